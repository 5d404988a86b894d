//! The user's own connection with DocuSign: as whom, in which account, what needs doing; and the portal's facts.

mod switch;

use leptos::prelude::*;
use shared::{
    api::{ConnectedAs, Connection},
    settings::{Admin, Disconnected, Settings, Standing, Todo},
};

use super::{
    board::{Board, Deed, tag},
    dialog, head,
};
use crate::{
    edge, fault,
    icon::icon,
    panel::{by_hand, open_window},
    redraw::redrawn,
    say,
    times::{exact, when},
    words::say,
};

pub fn page(board: Board) -> AnyView {
    let switching = RwSignal::new(false);
    let leaving = RwSignal::new(false);
    view! {
        {redrawn(move || board.settings.get().map(|settings| facts(board, &settings, switching, leaving)))}
        {redrawn(move || switching.get().then(|| switch::dialog(board, switching)))}
        {redrawn(move || leaving.get().then(|| disconnect_dialog(board, leaving)))}
    }
    .into_any()
}

fn facts(board: Board, settings: &Settings, switching: RwSignal<bool>, leaving: RwSignal<bool>) -> AnyView {
    let you = &settings.you;
    let state = match &you.connection {
        Connection::Connected(_) if you.todo.is_empty() => tag("success", "s-done", say("state-connected")),
        Connection::Connected(_) => tag("warning", "s-declined", say("state-attention")),
        Connection::MustReconnect(_) => tag("warning", "s-expired", say("state-reconnect")),
        Connection::NotConnected => tag("", "s-waiting", say("state-none")),
        Connection::NotInstalled => tag("danger", "s-declined", say("state-uninstalled")),
    };
    let todo = you.todo.iter().map(|todo| todo_banner(board, *todo)).collect_view();
    let failed = redrawn(move || {
        board.fault.get().map(|failure| {
            let again = fault::try_again(move || board.load());
            fault::banner(Some(say("settings-failed")), &failure, Some(again))
        })
    });
    let account = match &you.connection {
        Connection::Connected(person) => Some(account(board, person, you.standing.as_ref(), true, switching)),
        Connection::MustReconnect(person) => {
            Some(account(board, person, you.standing.as_ref(), false, switching))
        }
        Connection::NotConnected | Connection::NotInstalled => None,
    };
    let has_connection = account.is_some();
    view! {
        {head("connection", Some(state))}
        {failed}
        {todo}
        {account}
        {portal(board, settings)}
        {permits(settings)}
        {has_connection.then(|| disconnecting(leaving))}
    }
    .into_any()
}

/// What needs doing, with the button where it is the reader who can.
fn todo_banner(board: Board, todo: Todo) -> AnyView {
    let words = say(&["todo-", todo.name()].concat());
    let (tone, shape) = match todo {
        Todo::Connect => ("banner info", "x-s-info"),
        Todo::Reconnect => ("banner warning", "s-expired"),
        Todo::InstallAgain | Todo::AccountSuspended | Todo::MissingRight => ("banner danger", "s-declined"),
    };
    let action = matches!(todo, Todo::Connect | Todo::Reconnect).then(|| {
        let label = say(if todo == Todo::Connect { "connect" } else { "reconnect" });
        let fault = RwSignal::new(None);
        view! {
            <div class="row">
                <button type="button" class="btn primary small" on:click=move |_| {
                    fault.set(None);
                    open_window(board.frame, "/api/connect".to_owned(), Box::new(move |failure| {
                        fault.try_set(Some(failure));
                    }));
                }>{label}</button>
            </div>
            {redrawn(move || by_hand(board.frame))}
            {redrawn(move || fault.get().map(|failure| fault::banner(None, &failure, None)))}
        }
    });
    let help = (todo == Todo::Connect).then(|| view! { <p class="detail subtle">{say("connect-how")}</p> });
    view! {
        <div class=tone role="status" data-todo=todo.name()>
            {icon(shape)}
            <div><p>{words}</p> {action} {help}</div>
        </div>
    }
    .into_any()
}

fn account(
    board: Board,
    person: &ConnectedAs,
    standing: Option<&Standing>,
    alive: bool,
    switching: RwSignal<bool>,
) -> AnyView {
    let now = board.frame.now.into();
    let check = Deed::new(board);
    let switch = (alive && person.accounts.len() > 1).then(|| {
        view! {
            <button type="button" class="btn small" on:click=move |_| switching.set(true)>
                {icon("x-swap")} {say("switch-account")}
            </button>
        }
    });
    let try_it = alive.then(|| {
        check.button("btn small", say("check-connection"), move || {
            check.run(
                |token| async move { edge::settings::post(&token, "/api/settings/check", &()).await },
                move |settings| {
                    board.take(settings);
                    board.tell(say("checked-connection"));
                },
            );
        })
    });
    let standing = standing.map(|standing| {
        let used = match standing.last_used {
            Some(at) => when(at, now),
            None => view! { <span class="subtle">{say("never-used")}</span> }.into_any(),
        };
        view! {
            <dt>{say("last-used")}</dt>
            <dd>{used}</dd>
            {alive.then(|| view! {
                <dt>{say("good-until")}</dt>
                <dd>{exact(standing.good_until)} " " <span class="subtle">{say("good-until-help")}</span></dd>
            })}
            <dt>{say("under-way")}</dt>
            <dd>{say!("under-way-count", count = standing.open_envelopes)}</dd>
            <dt>{say("automation")}</dt>
            <dd>{say(if standing.automation { "automation-yes" } else { "automation-no" })}</dd>
        }
    });
    view! {
        <section class="card stack">
            <div class="row spread">
                <h2 class="as-h4">{say("docusign-account")}</h2>
                <div class="row">{try_it} {switch}</div>
            </div>
            <dl class="facts">
                <dt>{say("account-label")}</dt>
                <dd><b>{person.account_name.clone()}</b> " " <span class="subtle">{say!("account-id", id = &person.account_id)}</span></dd>
                <dt>{say("signed-in-as")}</dt>
                <dd>{say!("name-and-email", name = &person.name, email = &person.email)}</dd>
                <dt>{say("since")}</dt>
                <dd>{when(person.since, now)}</dd>
                {standing}
            </dl>
            {check.told()}
        </section>
    }
    .into_any()
}

fn portal(board: Board, settings: &Settings) -> AnyView {
    let now = board.frame.now.into();
    let domain = match settings.portal_domain.as_str() {
        "" => settings.portal_id.to_string(),
        domain => domain.to_owned(),
    };
    view! {
        <section class="card stack">
            <h2 class="as-h4">{say("hubspot-portal")}</h2>
            <dl class="facts">
                <dt>{say("portal-label")}</dt>
                <dd><b>{domain}</b> " " <span class="subtle">{say!("portal-number", id = &settings.portal_id.to_string())}</span></dd>
                <dt>{say("installed")}</dt>
                <dd>{when(settings.installed_at, now)}</dd>
                <dt>{say("you-are")}</dt>
                <dd>{settings.you.email.clone()}</dd>
            </dl>
        </section>
    }
    .into_any()
}

/// What this user may do, and who can change it.
fn permits(settings: &Settings) -> AnyView {
    let you = &settings.you;
    let connected = matches!(you.connection, Connection::Connected(_));
    let can_send = !you.todo.contains(&Todo::MissingRight) && !you.todo.contains(&Todo::AccountSuspended);
    let sending = connected.then(|| match can_send {
        true => permit("success", "s-done", say("permit-send"), None),
        false => permit("warning", "s-declined", say("permit-send-no"), Some(say("permit-send-who"))),
    });
    let managing = match you.admin {
        Admin::Yes => permit("success", "s-done", say("permit-manage"), None),
        Admin::No => permit("", "lock", say("permit-manage-no"), Some(say("permit-manage-who"))),
        Admin::Unknown { .. } => {
            permit("warning", "s-declined", say("permit-manage-unknown"), Some(say("permit-manage-who")))
        }
    };
    view! {
        <section class="card stack">
            <h2 class="as-h4">{say("permits")}</h2>
            <ul class="permits">{sending} {managing}</ul>
        </section>
    }
    .into_any()
}

fn permit(tone: &'static str, shape: &'static str, words: String, who: Option<String>) -> AnyView {
    let who = who.map(|who| view! { <br/><span class="detail subtle">{who}</span> });
    view! { <li class=tone>{icon(shape)} <span>{words} {who}</span></li> }.into_any()
}

fn disconnecting(leaving: RwSignal<bool>) -> AnyView {
    view! {
        <section class="card stack">
            <h2 class="as-h4">{say("disconnect")}</h2>
            <p class="subtle">{say("disconnect-short")}</p>
            <div class="row">
                <button type="button" class="btn" on:click=move |_| leaving.set(true)>{say("disconnect-ask")}</button>
            </div>
        </section>
    }
    .into_any()
}

fn disconnect_dialog(board: Board, shown: RwSignal<bool>) -> AnyView {
    let standing = board.settings.with_untracked(|s| s.as_ref().and_then(|s| s.you.standing.clone()));
    let (open, automation) = standing.map_or((0, false), |one| (one.open_envelopes, one.automation));
    consequences(board, shown, "me".to_owned(), None, open, automation, move |_| board.load())
}

/// Asks before a connection is taken away, one's own or another's.
pub fn consequences(
    board: Board,
    shown: RwSignal<bool>,
    user: String,
    email: Option<String>,
    open_envelopes: u32,
    automation: bool,
    done: impl Fn(Disconnected) + Clone + 'static,
) -> AnyView {
    let deed = Deed::new(board);
    let own = email.is_none();
    let press = move || {
        let path = ["/api/settings/connections/", &edge::settings::part(&user)].concat();
        let done = done.clone();
        deed.run(
            move |token| async move { edge::settings::delete(&token, &path).await },
            move |gone: Disconnected| {
                dialog::close();
                board.tell(say("disconnected"));
                done(gone);
            },
        );
    };
    let title = match &email {
        Some(email) => say!("disconnect-whom", email = email),
        None => say("disconnect-title"),
    };
    let body = view! {
        <ul class="permits">
            <li>{icon("s-voided")} <span>{say(if own { "disconnect-sending" } else { "disconnect-sending-theirs" })}</span></li>
            {automation.then(|| view! { <li class="warning">{icon("s-declined")} <span>{say("disconnect-automation")}</span></li> })}
            <li class="success">{icon("s-done")} <span>{say!("disconnect-stays", count = open_envelopes)}</span></li>
            <li class="info">{icon("x-s-info")} <span>{say("disconnect-consent")}</span></li>
        </ul>
        {deed.told()}
    };
    let footer = view! {
        {dialog::cancel(say("keep-connection"))}
        {deed.button("btn destructive", say("disconnect"), press)}
    };
    dialog::dialog("", title, move || shown.set(false), body.into_any(), footer.into_any())
}
