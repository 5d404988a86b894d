//! Another account of the same DocuSign user; what it means is said before it happens.

use leptos::prelude::*;
use shared::{
    api::Connection,
    settings::{Settings, SwitchAccount},
};

use super::super::{
    board::{Board, Deed},
    dialog,
};
use crate::{edge, redraw::redrawn, say, words::say};

pub fn dialog(board: Board, shown: RwSignal<bool>) -> AnyView {
    let known = board.settings.with_untracked(|settings| {
        let you = &settings.as_ref()?.you;
        match &you.connection {
            Connection::Connected(person) => {
                Some((person.clone(), you.standing.as_ref().map_or(0, |one| one.open_envelopes)))
            }
            _ => None,
        }
    });
    let Some((person, open)) = known else { return ().into_any() };
    let now = person.account_id.clone();
    let chosen = RwSignal::new(now.clone());
    let deed = Deed::new(board);
    let missing = RwSignal::new(false);
    let choices = person.accounts.iter().map(|account| {
        let id = account.id.clone();
        let checked = id == now;
        let notes = [account.is_default.then(|| say("account-default")), checked.then(|| say("account-now"))];
        let notes = notes.into_iter().flatten().collect::<Vec<_>>();
        let second = [vec![say!("account-id", id = &account.id)], notes].concat().join(" · ");
        view! {
            <div class="choice">
                <label>
                    <input type="radio" name="account" value=account.id.clone() checked=checked
                        on:change=move |_| {
                            missing.set(false);
                            chosen.set(id.clone());
                        }/>
                    <span><b>{account.name.clone()}</b> <small>{second}</small></span>
                </label>
            </div>
        }
    });
    let before = person.account_name.clone();
    let stays = say!("switch-stays", count = open, name = &before);
    let press = {
        let now = now.clone();
        move || {
            let account_id = chosen.get_untracked();
            if account_id == now {
                return missing.set(true);
            }
            deed.run(
                |token| async move {
                    edge::settings::put(&token, "/api/settings/account", &SwitchAccount { account_id }).await
                },
                move |settings: Settings| {
                    dialog::close();
                    board.frame.set_connection(settings.you.connection.clone());
                    board.take(settings);
                    board.tell(say("switched"));
                },
            );
        }
    };
    let body = view! {
        <fieldset class="choices"><legend class="sr-only">{say("switch-legend")}</legend> {choices.collect_view()}</fieldset>
        <div class="stack tight">
            <p>{say("switch-new")}</p>
            <p>{stays}</p>
        </div>
        {redrawn(move || missing.get().then(|| view! { <p role="alert" class="missing">{say("switch-same")}</p> }))}
        {deed.told()}
    };
    let footer = view! { {dialog::cancel(say("cancel"))} {deed.button("btn primary", say("switch"), press)} };
    dialog::dialog("", say("switch-title"), move || shown.set(false), body.into_any(), footer.into_any())
}
