//! The end: what is deleted, what stays, and the name of the portal typed before it happens.

use leptos::prelude::*;
use shared::settings::{Index, Uninstall, UninstallPlan, Uninstalled};

use super::{
    board::{Board, Deed, Fetched},
    form, head,
};
use crate::{edge, icon::icon, say, words::say};

const PATH: &str = "/api/settings/uninstall";

pub fn page(board: Board) -> AnyView {
    let plan = Fetched::<UninstallPlan>::of(board, || PATH.to_owned());
    view! { {head("uninstall", None)} {plan.shown(move |known| question(board, known, plan))} }.into_any()
}

/// The whole index, as a file's text.
async fn index(token: String) -> edge::Answer<String> {
    let mut envelopes = Vec::new();
    let mut cursor = String::new();
    loop {
        let query = [("cursor", cursor.as_str())];
        let page: Index = edge::settings::get(&token, "/api/settings/envelopes", &query).await?;
        envelopes.extend(page.envelopes);
        match page.next {
            Some(next) => cursor = next,
            None => break,
        }
    }
    serde_json::to_string(&envelopes).map_err(|_| edge::Failure::Unreachable)
}

fn question(board: Board, plan: UninstallPlan, again: Fetched<UninstallPlan>) -> AnyView {
    let typed = RwSignal::new(String::new());
    let wrong = RwSignal::new(false);
    let deed = Deed::new(board);
    Effect::new(move |_| {
        if deed.fault.with(Option::is_some) {
            board.leaving.set(false);
        }
    });
    let name = match plan.portal_domain.as_str() {
        "" => plan.portal_id.to_string(),
        domain => domain.to_owned(),
    };
    let (domain, id) = (plan.portal_domain.clone(), plan.portal_id);
    let go = move || {
        let uninstall = Uninstall { confirm: typed.get_untracked() };
        wrong.set(!uninstall.confirms(&domain, id));
        if wrong.get_untracked() {
            return crate::wizard::focus_soon("#confirm".to_owned());
        }
        board.leaving.set(true);
        deed.run(
            |token| async move { edge::settings::post(&token, PATH, &uninstall).await },
            move |done: Uninstalled| board.ended.set(Some(done)),
        );
    };
    let gone = |words: String| view! { <li>{icon("s-voided")} <span>{words}</span></li> };
    let stays = |words: String| view! { <li class="success">{icon("s-done")} <span>{words}</span></li> };
    let sending = (plan.sending > 0).then(|| {
        view! {
            <div class="banner warning" role="status">
                {icon("s-sending")}
                <div>
                    <b>{say!("uninstall-sending", count = plan.sending)}</b>
                    <p>{say("uninstall-sending-help")}</p>
                    <div class="row"><button type="button" class="btn small" on:click=move |_| again.again()>
                        {icon("refresh")} {say("look-again")}
                    </button></div>
                </div>
            </div>
        }
    });
    let keeping = Deed::new(board);
    let keep = move || {
        keeping.run(index, move |text| {
            form::save("envelopes.json", &text);
            board.tell(say("index-saved"));
        });
    };
    let error = Signal::derive(move || wrong.get().then(|| say("error-uninstall-unconfirmed")));
    view! {
        {sending}
        <section class="card stack">
            <h2 class="as-h4">{say("uninstall-gone")}</h2>
            <ul class="permits">
                {gone(say!("uninstall-connections", count = plan.connections))}
                {gone(say!("uninstall-index", count = plan.envelopes, total = plan.open_envelopes))}
                {gone(say!("uninstall-drafts", count = plan.drafts))}
                {gone(say!("uninstall-settings", shown = plan.mappings, count = plan.keys, total = plan.audit_entries))}
            </ul>
            <div class="row">{keeping.button("btn small", say("index-save"), keep)}</div>
            {keeping.told()}
            <h2 class="as-h4">{say("uninstall-stays")}</h2>
            <ul class="permits">
                {stays(say!("uninstall-stays-docusign", count = plan.open_envelopes))}
                {stays(say("uninstall-stays-hubspot"))}
            </ul>
            <div class="half">
                {form::text_field("confirm", say!("uninstall-type", name = &name), typed, "", error)}
            </div>
            {deed.told()}
            <div class="row">{deed.button("btn destructive", say("uninstall-now"), go)}</div>
        </section>
    }
    .into_any()
}

/// After it: nothing here works any more.
pub fn over(done: Uninstalled) -> AnyView {
    view! {
        <div class="content alone">
            <h1 class="as-h1" tabindex="-1">{say("uninstalled")}</h1>
            <p>{say!("uninstalled-connections", count = done.connections)}</p>
            {(!done.hubspot).then(|| view! {
                <div class="banner warning">{icon("s-declined")} <div><p>{say("uninstalled-hubspot")}</p></div></div>
            })}
            <p class="subtle">{say("uninstalled-close")}</p>
        </div>
    }
    .into_any()
}
