//! The settings: a page per subject beside a list of them. A piece of wasm of its own.
//!
//! Everybody sees their own connection and language; what is for everybody in the portal is shown to those whom
//! HubSpot calls super admins, and the edge asks again on every call.

mod board;
mod choose;
mod connection;
pub(crate) mod dialog;
mod form;
mod history;
mod hs_fields;
mod keys;
mod mappings;
mod outbox;
mod preferences;
mod uninstall;
mod users;

use leptos::prelude::*;
use shared::settings::Admin;

use self::board::Board;
use crate::{
    app::{late, skeleton},
    edge::Failure,
    fault,
    frame::Frame,
    icon::icon,
    redraw::redrawn,
    wizard::focus_soon,
    words::say,
};

/// A page: its name (in the address and in the catalogues), whether it is everybody's, and its view.
#[derive(Clone, Copy)]
struct Subject {
    name: &'static str,
    everybody: bool,
    page: fn(Board) -> AnyView,
}

const SUBJECTS: [Subject; 9] = [
    Subject { name: "connection", everybody: true, page: connection::page },
    Subject { name: "users", everybody: false, page: users::page },
    Subject { name: "keys", everybody: false, page: keys::page },
    Subject { name: "mappings", everybody: false, page: mappings::page },
    Subject { name: "hs-fields", everybody: false, page: hs_fields::page },
    Subject { name: "preferences", everybody: true, page: preferences::page },
    Subject { name: "outbox", everybody: false, page: outbox::page },
    Subject { name: "history", everybody: false, page: history::page },
    Subject { name: "uninstall", everybody: false, page: uninstall::page },
];

/// What the list calls a page.
fn title(subject: Subject) -> String {
    say(&["subject-", subject.name].concat())
}

pub fn settings() -> AnyView {
    let frame = expect_context::<Frame>();
    let board = Board::new(frame);
    board.load();
    Effect::new(move |before: Option<u32>| {
        let touched = frame.touched.get();
        if before.is_some() {
            board.load();
        }
        touched
    });
    // Drawn anew when somebody becomes an admin or stops being one, and not with every reading.
    let admin = Memo::new(move |_| board.settings.with(|known| known.as_ref().map(|s| s.you.admin)));
    view! {
        <main class="settings" data-testid="settings">
            {redrawn(move || match (board.ended.get(), admin.get()) {
                (Some(done), _) => uninstall::over(done),
                (None, Some(admin)) => shell(board, admin),
                (None, None) => opening(board),
            })}
        </main>
    }
    .into_any()
}

/// Nothing is known yet: awaited, or failed.
fn opening(board: Board) -> AnyView {
    let shown = late();
    let inside = move || match board.fault.get() {
        Some(failure) => {
            let again = fault::try_again(move || board.load());
            fault::banner(Some(say("settings-failed")), &failure, Some(again))
        }
        None if shown.get() => skeleton(Some(say("settings-loading"))),
        None => ().into_any(),
    };
    view! { <div class="content alone"><h1 class="as-h1">{say("settings")}</h1> {redrawn(inside)}</div> }
        .into_any()
}

fn shell(board: Board, admin: Admin) -> AnyView {
    let subjects: Vec<Subject> =
        SUBJECTS.into_iter().filter(|subject| subject.everybody || admin == Admin::Yes).collect();
    let first = subjects.first().map_or("", |subject| subject.name);
    let known = subjects.clone();
    let now = Memo::new(move |_| {
        let chosen = board.frame.subject.get();
        if known.iter().any(|subject| subject.name == chosen) { chosen } else { first }
    });
    let choose = move |name: &'static str| {
        board.told.set(None);
        board.frame.subject.set(name);
        window().scroll_to_with_x_and_y(0.0, 0.0);
    };
    let links = subjects.iter().copied().map(|subject| {
        let name = subject.name;
        view! {
            <li>
                <a href=["#", name].concat() aria-current=move || (now.get() == name).then_some("page")
                    on:click=move |event| {
                        event.prevent_default();
                        choose(name);
                        focus_soon(".settings h1".to_owned());
                    }>
                    {title(subject)}
                </a>
            </li>
        }
    });
    let options = subjects.iter().copied().map(|subject| {
        let name = subject.name;
        view! { <option value=name selected=move || now.get() == name>{title(subject)}</option> }
    });
    let by_select = subjects.clone();
    let pages = subjects.clone();
    view! {
        <div class="shell">
            <nav aria-label=say("settings")>
                <ul class="sidenav">{links.collect_view()}</ul>
                <div class="select narrow">
                    <select aria-label=say("settings-page") prop:value=move || now.get()
                        on:change=move |event| {
                            let value = event_target_value(&event);
                            if let Some(subject) = by_select.iter().find(|one| one.name == value) {
                                choose(subject.name);
                            }
                        }>
                        {options.collect_view()}
                    </select>
                    {icon("x-down")}
                </div>
                {(admin != Admin::Yes).then(|| others(board, admin))}
            </nav>
            <div class="content" data-page=move || now.get()>
                {redrawn(move || {
                    let name = now.get();
                    pages.iter().find(|one| one.name == name).map(|subject| (subject.page)(board))
                })}
                {redrawn(move || board.told.get().map(|words| toast(board, words)))}
            </div>
        </div>
    }
    .into_any()
}

/// Who can change what is not listed here.
fn others(board: Board, admin: Admin) -> AnyView {
    match admin {
        Admin::Unknown { code } => {
            let failure = Failure::Edge(Box::new(code.into()));
            let again = fault::try_again(move || board.load());
            fault::banner(Some(say("admin-unknown")), &failure, Some(again))
        }
        _ => view! { <p class="detail subtle others">{icon("lock")} <span>{say("admin-no")}</span></p> }
            .into_any(),
    }
}

/// What was just done. Stays until it is closed, or another page is opened.
fn toast(board: Board, words: String) -> AnyView {
    view! {
        <div class="toast" role="status">
            <span class="grow">{words}</span>
            <button type="button" class="btn small square" aria-label=say("close") on:click=move |_| board.told.set(None)>
                {icon("close")}
            </button>
        </div>
    }
    .into_any()
}

/// The top of a page: what it is called, what it is for, and beside it its one step or its state.
fn head(name: &'static str, beside: Option<AnyView>) -> AnyView {
    view! {
        <div class="stack tight">
            <div class="row spread">
                <h1 class="as-h1" tabindex="-1">{say(&["subject-", name].concat())}</h1>
                {beside}
            </div>
            <p class="subtle intro">{say(&["intro-", name].concat())}</p>
        </div>
    }
    .into_any()
}
