//! Who in the portal is connected, who must do something, and whose connection automation uses.

use leptos::prelude::*;
use shared::{
    api::Connection,
    settings::{ChooseAutomation, ConnectedUser, UserPage},
};

use super::{
    board::{Board, Deed, Fetched, status},
    connection::consequences,
    head,
};
use crate::{edge, frame::lowercase, icon::icon, redraw::redrawn, say, times::when, words::say};

/// From this many on there is a search box.
const SEARCH_FROM: u32 = 10;

pub fn page(board: Board) -> AnyView {
    let cursor = RwSignal::new(None::<String>);
    let users = Fetched::<UserPage>::of(board, move || match cursor.get_untracked() {
        Some(cursor) => ["/api/settings/users?cursor=", &edge::settings::part(&cursor)].concat(),
        None => "/api/settings/users".to_owned(),
    });
    Effect::new(move |before: Option<()>| {
        board.frame.touched.track();
        if before.is_some() {
            users.again();
        }
    });
    let search = RwSignal::new(String::new());
    let leaving = RwSignal::new(None::<ConnectedUser>);
    let shown = RwSignal::new(false);
    let automation = Deed::new(board);
    view! {
        {head("users", None)}
        {redrawn(move || {
            let total = users.got().map_or(0, |page| page.total);
            (total >= SEARCH_FROM).then(|| search_box(search, total))
        })}
        {automation.told()}
        {users.shown(move |page| list(board, page, users, cursor, search, automation, leaving, shown))}
        {redrawn(move || {
            let user = leaving.get().filter(|_| shown.get())?;
            let id = if user.you { "me".to_owned() } else { user.user.clone() };
            Some(consequences(
                board,
                shown,
                id,
                Some(user.email.clone()),
                user.standing.open_envelopes,
                user.standing.automation,
                move |_| {
                    users.again();
                    board.load();
                },
            ))
        })}
    }
    .into_any()
}

fn search_box(search: RwSignal<String>, total: u32) -> AnyView {
    view! {
        <div class="search half">
            {icon("search")}
            <input class="input" type="search" aria-label=say("users-search")
                placeholder=say!("users-search-in", count = total)
                prop:value=move || search.get() on:input=move |event| search.set(event_target_value(&event))/>
        </div>
    }
    .into_any()
}

#[allow(clippy::too_many_arguments)]
fn list(
    board: Board,
    page: UserPage,
    users: Fetched<UserPage>,
    cursor: RwSignal<Option<String>>,
    search: RwSignal<String>,
    automation: Deed,
    leaving: RwSignal<Option<ConnectedUser>>,
    asked: RwSignal<bool>,
) -> AnyView {
    if page.users.is_empty() {
        return view! { <p class="empty">{say("users-empty")}</p> }.into_any();
    }
    let all = StoredValue::new(page.users);
    let rows = move || {
        let wanted = lowercase(&search.get());
        let fits = |user: &&ConnectedUser| {
            let docusign = match &user.connection {
                Connection::Connected(p) | Connection::MustReconnect(p) => {
                    [p.name.as_str(), &p.email, &p.account_name].join(" ")
                }
                _ => String::new(),
            };
            lowercase(&[&user.email, " ", &docusign].concat()).contains(wanted.trim())
        };
        let found: Vec<AnyView> = all.with_value(|all| {
            all.iter().filter(fits).map(|user| row(board, user, users, automation, leaving, asked)).collect()
        });
        match found.is_empty() {
            true => view! { <tr><td colspan="6">{say("users-none-found")}</td></tr> }.into_any(),
            false => found.into_any(),
        }
    };
    let next = page.next;
    let total = page.total;
    let pager = (next.is_some() || cursor.with_untracked(Option::is_some)).then(|| {
        let go = move |to: Option<String>| {
            cursor.set(to);
            users.again();
        };
        view! {
            <div class="row spread detail subtle">
                <span>{say!("users-total", total = total)}</span>
                <span class="row">
                    <button type="button" class="btn small" on:click=move |_| go(None)>{say("first-page")}</button>
                    {next.map(|next| view! {
                        <button type="button" class="btn small" on:click=move |_| go(Some(next.clone()))>{say("next-page")}</button>
                    })}
                </span>
            </div>
        }
    });
    view! {
        <div class="table-wrap">
            <table class="table roomy" data-testid="users">
                <caption class="sr-only">{say("subject-users")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{say("column-user")}</th>
                        <th scope="col">{say("column-docusign")}</th>
                        <th scope="col">{say("column-status")}</th>
                        <th scope="col">{say("last-used")}</th>
                        <th scope="col"><span class="sr-only">{say("column-actions")}</span></th>
                    </tr>
                </thead>
                <tbody>{redrawn(rows)}</tbody>
            </table>
        </div>
        {pager}
    }
    .into_any()
}

fn row(
    board: Board,
    user: &ConnectedUser,
    users: Fetched<UserPage>,
    automation: Deed,
    leaving: RwSignal<Option<ConnectedUser>>,
    asked: RwSignal<bool>,
) -> AnyView {
    let now = board.frame.now.into();
    let (person, alive) = match &user.connection {
        Connection::Connected(person) => (Some(person), true),
        Connection::MustReconnect(person) => (Some(person), false),
        _ => (None, false),
    };
    let state = match (user.todo.first(), &user.connection) {
        (None, Connection::Connected(_)) => status("success", "s-done", say("state-connected")),
        (_, Connection::MustReconnect(_)) => status("warning", "s-expired", say("state-reconnect")),
        (_, Connection::Connected(_)) => status("danger", "s-declined", say("state-attention")),
        _ => status("", "s-waiting", say("state-none")),
    };
    let why = user.todo.iter().filter(|_| alive).map(|todo| {
        view! { <small>{say(&["todo-", todo.name()].concat())}</small> }
    });
    let used = match user.standing.last_used {
        Some(at) => when(at, now),
        None => view! { <span class="subtle">{say("never-used")}</span> }.into_any(),
    };
    let is_automation = user.standing.automation;
    let docusign = person.map(|person| {
        view! { <span><span class="mail">{person.email.clone()}</span> <small>{person.account_name.clone()}</small></span> }
    });
    let email = user.email.clone();
    let id = user.user.clone();
    let choose = move || {
        let user = (!is_automation).then(|| id.clone());
        automation.run(
            |token| async move {
                edge::settings::put_only(&token, "/api/settings/automation", &ChooseAutomation { user }).await
            },
            move |()| {
                users.again();
                board.load();
                board.tell(say(if is_automation { "automation-taken" } else { "automation-given" }));
            },
        );
    };
    let label = say(if is_automation { "automation-stop" } else { "automation-use" });
    let spoken = [label.as_str(), ": ", &email].concat();
    let automation_button = (alive || is_automation).then(|| {
        view! {
            <button type="button" class="btn small" aria-label=spoken on:click=move |_| choose()>{label}</button>
        }
    });
    let whole = user.clone();
    let spoken = [say("disconnect-ask"), ": ".to_owned(), email.clone()].concat();
    let you = user.you.then(|| view! { <small>{say("that-is-you")}</small> });
    view! {
        <tr data-user=user.user.clone()>
            <th scope="row">{email} {you}</th>
            <td data-label=say("column-docusign")>{docusign}</td>
            <td data-label=say("column-status")><span>{state} {why.collect_view()}
                {is_automation.then(|| view! { <small>{say("automation-row")}</small> })}</span></td>
            <td data-label=say("last-used")>{used}</td>
            <td class="end wrap"><span class="row">
                {automation_button}
                <button type="button" class="btn small" aria-label=spoken on:click=move |_| {
                    leaving.set(Some(whole.clone()));
                    asked.set(true);
                }>{say("disconnect-ask")}</button>
            </span></td>
        </tr>
    }
    .into_any()
}
