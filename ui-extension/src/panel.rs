//! The panel: the envelopes of the record, by what the rep must do next, and the way to send another.

mod connect;
mod draft;
mod menu;
mod row;
mod standing;

use leptos::prelude::*;
use shared::{api::Connection, envelope::Group, error::Code};

pub use self::connect::{by_hand, open as open_window};
pub use self::row::row;
pub use self::standing::{recipient_standing, standing, status_words};
use crate::redraw::redrawn;
use crate::{
    app::{Screens, inside, preload_wizard, skeleton},
    edge::Failure,
    fault,
    frame::{Frame, Line},
    icon::{icon, mark},
    live, say,
    times::{exact, relative},
    words::say,
};

/// From this many envelopes on they can be searched.
const SEARCH_FROM: u32 = 10;

pub fn panel() -> AnyView {
    let frame = expect_context::<Frame>();
    let menu_open = RwSignal::new(false);
    // The list is drawn once and changes in place: what is open in a row stays.
    let is_empty = Memo::new(move |_| frame.is_empty());
    view! {
        <main class="panel" aria-busy=move || frame.loading.get().to_string() data-testid="panel">
            <header>
                {mark()} <h1 class="as-h3">"DocuSign"</h1> {menu::menu(frame, menu_open)}
            </header>
            // What lies behind an open menu cannot be reached.
            <div class="behind" inert=move || menu_open.get()>
                {redrawn(move || lead(frame))}
                {redrawn(move || faults(frame))}
                {redrawn(move || if frame.finding.get() { inside(frame, None) } else { list(frame, is_empty) })}
                {redrawn(move || footer(frame))}
            </div>
        </main>
    }
    .into_any()
}

/// The first thing in the panel: the one primary button, or what stands in its way.
fn lead(frame: Frame) -> AnyView {
    let inside = match frame.connection.get() {
        Some(Connection::NotInstalled) => fault::banner(None, &edge_says(Code::NotInstalled), None),
        Some(Connection::NotConnected) => return connect::invitation(frame),
        Some(Connection::MustReconnect(_)) => connect::reconnect(frame),
        Some(Connection::Connected(_)) | None => match frame.denied.get() {
            Some(error) => {
                let again = fault::try_again(move || frame.denied.set(None));
                fault::banner(Some(say("denied-title")), &Failure::Edge(Box::new(error)), Some(again))
            }
            None => return sending(frame),
        },
    };
    view! { <div class="lead">{inside}</div> }.into_any()
}

fn edge_says(code: Code) -> Failure {
    Failure::Edge(Box::new(code.into()))
}

fn sending(frame: Frame) -> AnyView {
    let screens = expect_context::<Screens>();
    let preload = move || preload_wizard(frame, screens);
    let is_empty = Memo::new(move |_| frame.is_empty() && frame.fault.with(Option::is_none));
    view! {
        <div class="lead" class:empty=move || is_empty.get()>
            {redrawn(move || is_empty.get().then(|| {
                view! { <p>{say!("panel-empty", record = frame.record_kind())}</p> }
            }))}
            <button type="button" class="btn primary wide" id="send-from-template"
                on:pointerenter=move |_| preload() on:focus=move |_| preload()
                on:click=move |_| frame.start_sending()>
                {say("send-from-template")}
            </button>
            {redrawn(move || connect::by_hand(frame))}
        </div>
    }
    .into_any()
}

/// What is known is shown; beside it, what is not.
fn faults(frame: Frame) -> AnyView {
    let fault = frame.fault.get().map(|failure| {
        let again = fault::try_again(move || frame.refresh());
        fault::banner(Some(say("panel-failed")), &failure, Some(again))
    });
    let line = (frame.line.get() == Line::Lost).then(|| {
        view! {
            <div class="banner warning" role="status">
                {icon("s-expired")}
                <div>
                    <b>{say("line-lost")}</b>
                    <p>{say("line-lost-fix")}</p>
                    <div class="row">{fault::try_again(live::retry_now)}</div>
                </div>
            </div>
        }
    });
    if fault.is_none() && line.is_none() {
        return ().into_any();
    }
    view! { <div class="lead stack tight">{fault} {line}</div> }.into_any()
}

fn list(frame: Frame, is_empty: Memo<bool>) -> AnyView {
    if is_empty.get() {
        return match frame.loading.get() {
            true => view! { <div class="group">{skeleton(Some(say("panel-loading")))}</div> }.into_any(),
            false => ().into_any(),
        };
    }
    let ids = move |group: Group| Memo::new(move |_| frame.ids_of(group));
    let (attention, progress, completed) =
        (ids(Group::NeedsAttention), ids(Group::InProgress), ids(Group::Completed));
    let drafts = Memo::new(move |_| frame.draft_ids());
    let none =
        move || attention.with(Vec::is_empty) && progress.with(Vec::is_empty) && drafts.with(Vec::is_empty);
    // Not drawn anew with every change: what is open in a row, a question that is being answered say, stays.
    let some_over = Memo::new(move |_| completed.with(|ids| !ids.is_empty()));
    view! {
        {redrawn(move || (frame.total.get() >= SEARCH_FROM).then(|| view! {
            <div class="group">
                <button type="button" class="btn small" id="find-envelopes" on:click=move |_| frame.finding.set(true)>
                    {icon("search")} {say("panel-search")}
                </button>
            </div>
        }))}
        {open_group("group-attention", "badge danger", attention, None)}
        {open_group("group-progress", "badge", progress, Some(drafts))}
        {redrawn(move || some_over.get().then(|| {
            view! {
                <section class="group" data-group="completed">
                    <details class="disclosure" open=none>
                        <summary>
                            <h2><span>{say("group-completed")} " "</span><span class="badge">{redrawn(move || completed.with(Vec::len))}</span></h2>
                            <svg class="icon chev" aria-hidden="true" inner_html=chevron(frame)></svg>
                        </summary>
                        {rows(completed, row::row)}
                    </details>
                </section>
            }
        }))}
        {redrawn(move || frame.next.with(Option::is_some).then(|| {
            view! {
                <div class="group stack tight">
                    <div class="row">
                        <button type="button" class="btn small" aria-busy=move || frame.loading.get().to_string()
                            on:click=move |_| frame.show_more()>
                            {say("show-more")}
                        </button>
                        <span class="detail subtle">
                            {redrawn(move || say!("panel-shown", shown = frame.envelopes.with(Vec::len), total = frame.total.get()))}
                        </span>
                    </div>
                </div>
            }
        }))}
    }
    .into_any()
}

fn chevron(frame: Frame) -> String {
    ["<use href=\"", &frame.base.get_value(), "/icons.svg#right\"/>"].concat()
}

fn open_group(
    title: &'static str,
    badge: &'static str,
    ids: Memo<Vec<String>>,
    drafts: Option<Memo<Vec<String>>>,
) -> AnyView {
    let count = move || ids.with(Vec::len).saturating_add(drafts.map_or(0, |drafts| drafts.with(Vec::len)));
    let some = Memo::new(move |_| count() > 0);
    redrawn(move || {
        some.get().then(|| {
            view! {
                <section class="group" data-group=title.trim_start_matches("group-")>
                    <h2>{say(title)} " " <span class=badge>{redrawn(count)}</span></h2>
                    {drafts.map(|drafts| rows(drafts, draft::row))}
                    {rows(ids, row::row)}
                </section>
            }
        })
    })
}

fn rows(ids: Memo<Vec<String>>, row: fn(String) -> AnyView) -> AnyView {
    view! { <ul><For each=move || ids.get() key=Clone::clone children=row/></ul> }.into_any()
}

fn footer(frame: Frame) -> AnyView {
    let synced = frame.synced_at.get().map(|at| {
        view! {
            <span title=exact(at)>
                {redrawn(move || say!("synced", ago = &relative(at, frame.now.get())))}
            </span>
        }
    });
    view! {
        <footer>
            {match synced {
                Some(synced) => synced.into_any(),
                None => view! { <span></span> }.into_any(),
            }}
            <button type="button" class="btn transparent small" on:click=move |_| frame.refresh()>
                {icon("refresh")} {say("refresh")}
            </button>
        </footer>
    }
    .into_any()
}
