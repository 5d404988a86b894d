//! What could not be done in HubSpot, or not yet: why, who can mend it, and trying again.

use leptos::prelude::*;
use shared::settings::outbox::{Entry, FieldTrouble, Outbox, Retry, State};

use super::{
    board::{Board, Deed, Fetched, status},
    head,
};
use crate::{
    edge::{self, Failure},
    fault,
    icon::icon,
    redraw::redrawn,
    say,
    times::when,
    words::say,
};

const PATH: &str = "/api/settings/outbox";

pub fn page(board: Board) -> AnyView {
    let outbox = Fetched::<Outbox>::of(board, || PATH.to_owned());
    let retrying = Deed::new(board);
    let retry = move |id: Option<String>| {
        retrying.run(
            |token| async move { edge::settings::post(&token, PATH, &Retry { id }).await },
            move |now| {
                outbox.put(Ok(now));
                board.tell(say("outbox-retried"));
            },
        );
    };
    let all = move || {
        let some = outbox.got().is_some_and(|known| !known.entries.is_empty());
        some.then(|| retrying.button("btn", say("outbox-retry-all"), move || retry(None)))
    };
    view! {
        {head("outbox", Some(redrawn(all)))}
        {retrying.told()}
        {outbox.shown(move |known| list(board, known, retrying, retry))}
        <div class="row">
            <button type="button" class="btn small" on:click=move |_| outbox.again()>{say("outbox-look-again")}</button>
        </div>
    }
    .into_any()
}

fn list(
    board: Board,
    outbox: Outbox,
    retrying: Deed,
    retry: impl Fn(Option<String>) + Copy + Send + Sync + 'static,
) -> AnyView {
    let now = board.frame.now.into();
    let paused = outbox.paused_until.map(|until| {
        view! {
            <div class="banner info">
                {icon("x-s-info")}
                <div><b>{say("outbox-paused")}</b> <p>{say("outbox-paused-help")} " " {when(until, now)}</p></div>
            </div>
        }
    });
    let waiting = (outbox.waiting > 0)
        .then(|| view! { <p class="subtle">{say!("outbox-waiting", count = outbox.waiting as usize)}</p> });
    if outbox.entries.is_empty() {
        return view! { {paused} {waiting} <p class="empty">{say("outbox-empty")}</p> }.into_any();
    }
    let rows = outbox.entries.iter().cloned().map(|entry| row(board, entry, retrying, retry));
    let more = outbox.total.saturating_sub(outbox.entries.len() as u32);
    view! {
        {paused}
        {waiting}
        <div class="table-wrap">
            <table class="table" data-testid="outbox">
                <caption class="sr-only">{say("subject-outbox")}</caption>
                <thead><tr>
                    <th scope="col">{say("column-what")}</th>
                    <th scope="col">{say("column-status")}</th>
                    <th scope="col">{say("outbox-why")}</th>
                    <th scope="col"><span class="sr-only">{say("column-actions")}</span></th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        {(more > 0).then(|| view! { <p class="subtle">{say!("outbox-more", count = more as usize)}</p> })}
    }
    .into_any()
}

fn row(
    board: Board,
    entry: Entry,
    retrying: Deed,
    retry: impl Fn(Option<String>) + Copy + Send + Sync + 'static,
) -> AnyView {
    let now = board.frame.now.into();
    let what = say(&["not-done-", entry.kind.name()].concat());
    let state = match entry.state {
        State::Stuck => status("danger", "s-declined", say("outbox-stuck")),
        State::Partly => status("warning", "s-correct", say("outbox-partly")),
        State::Waiting => status("info", "s-sent", say("outbox-again")),
    };
    let next = entry.next_try.map(|at| view! { <small>{say("outbox-next")} " " {when(at, now)}</small> });
    let why = match (&entry.error, entry.fields.as_slice()) {
        (Some(error), _) => {
            let failure = Failure::Edge(Box::new(error.code.into()));
            view! { <p>{fault::sentence(&failure)}</p> <p class="subtle">{fault::next_step(&failure)}</p> }
                .into_any()
        }
        (None, fields) => fields.iter().map(lacking).collect_view().into_any(),
    };
    let spoken = [say("outbox-retry"), ": ".to_owned(), what.clone()].concat();
    let id = entry.id;
    view! {
        <tr>
            <th scope="row">{what} <small>{entry.subject} " " {when(entry.since, now)}</small></th>
            <td data-label=say("column-status")>{state} {next}</td>
            <td data-label=say("outbox-why")>{why}</td>
            <td class="end"><button type="button" class="btn small" aria-label=spoken
                aria-busy=move || retrying.busy.get().to_string()
                on:click=move |_| retry(Some(id.clone()))>{say("outbox-retry")}</button></td>
        </tr>
    }
    .into_any()
}

fn lacking(field: &FieldTrouble) -> AnyView {
    view! {
        <p>
            <b>{field.field.clone()}</b> " → " <code>{field.property.clone()}</code> ": "
            {say(&["not-written-", field.why.name()].concat())}
        </p>
    }
    .into_any()
}
