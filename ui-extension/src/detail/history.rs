//! Who did what when: from our own log and what DocuSign told; DocuSign's own history when it is asked for.

use leptos::{prelude::*, task::spawn_local};
use shared::after_send::{AuditTrail, Entry, history::DONE};

use super::{Desk, reasons};
use crate::{
    edge::{Failure, after_send as edge},
    redraw::redrawn,
    say,
    times::when,
    words::say,
};

/// Events of DocuSign's that have words here, as `told-<name>`.
const TOLD: [&str; 16] = [
    "envelope-created",
    "envelope-sent",
    "envelope-completed",
    "envelope-declined",
    "envelope-voided",
    "envelope-corrected",
    "envelope-purge",
    "envelope-deleted",
    "recipient-sent",
    "recipient-resent",
    "recipient-delivered",
    "recipient-completed",
    "recipient-declined",
    "recipient-autoresponded",
    "recipient-authenticationfailed",
    "recipient-reassign",
];
/// So many lines are shown at first.
const FIRST: usize = 6;

pub fn history(desk: Desk) -> AnyView {
    let all = RwSignal::new(false);
    let trail = RwSignal::new(None::<AuditTrail>);
    let failed = RwSignal::new(None::<Failure>);
    let asking = RwSignal::new(false);
    let entries = Memo::new(move |_| {
        desk.detail.with(|detail| detail.as_ref().map(|one| one.history.clone()).unwrap_or_default())
    });
    let ask = move |_| {
        asking.set(true);
        failed.set(None);
        spawn_local(async move {
            match edge::audit(&desk.frame.token(), &desk.id()).await {
                Ok(found) => {
                    let _ = trail.try_set(Some(found));
                }
                Err(failure) => {
                    let _ = failed.try_set(Some(failure));
                }
            }
            let _ = asking.try_set(false);
        });
    };
    let lines = move || {
        let shown = if all.get() { usize::MAX } else { FIRST };
        let lines = entries.get().into_iter().take(shown).map(|entry| {
            view! { <li data-what=entry.what.clone()>{when(entry.at, desk.frame.now.into())} <span>{words(&entry)}</span></li> }
        });
        lines.collect_view()
    };
    view! {
        <div class="stack tight">
            <h3 class="overline">{say("history")}</h3>
            <ol class="history" aria-label=say("history")>{redrawn(lines)}</ol>
            <div class="row">
                {redrawn(move || (!all.get() && entries.with(Vec::len) > FIRST).then(|| view! {
                    <button type="button" class="btn transparent small" on:click=move |_| all.set(true)>
                        {say!("history-all", count = entries.with(Vec::len))}
                    </button>
                }))}
                {redrawn(move || trail.with(Option::is_none).then(|| view! {
                    <button type="button" class="btn transparent small" data-act="audit"
                        aria-busy=move || asking.get().to_string() on:click=ask>{say("audit-ask")}</button>
                }))}
            </div>
            {redrawn(move || failed.get().map(|failure| reasons::banner(desk, &failure)))}
            {redrawn(move || trail.get().map(|trail| docusigns(desk, trail)))}
        </div>
    }
    .into_any()
}

fn words(entry: &Entry) -> String {
    let names = entry.recipients.join(", ");
    let name = if names.is_empty() { say("somebody") } else { names };
    if DONE.contains(&entry.what.as_str()) {
        let by = if entry.by.is_empty() { say("somebody") } else { entry.by.clone() };
        let about = match entry.about.as_str() {
            "combined" => say("about-combined"),
            "certificate" => say("about-certificate"),
            number => say!("about-document", number = number),
        };
        return say!(&["did-", &entry.what].concat(), by = &by, name = &name, about = &about);
    }
    match TOLD.iter().find(|known| **known == entry.what) {
        Some(known) => say!(&["told-", known].concat(), name = &name),
        None => say!("told-other", what = &entry.what),
    }
}

/// In DocuSign's own words.
fn docusigns(desk: Desk, trail: AuditTrail) -> AnyView {
    let lines = trail.events.into_iter().rev().map(|event| {
        let at = event.at.map(|at| when(at, desk.frame.now.into()));
        let place = Some(event.place).filter(|place| !place.is_empty());
        view! {
            <li>
                {at}
                <span>
                    {event.user} ": " {event.action}
                    <small class="subtle">{event.message} {place.map(|place| [" · ", &place].concat())}</small>
                </span>
            </li>
        }
    });
    view! {
        <section class="stack tight" data-testid="audit">
            <h3 class="overline">{say("audit-title")}</h3>
            <p class="detail subtle">{say("audit-asked")} " " {when(trail.asked_at, desk.frame.now.into())}</p>
            <ol class="history">{lines.collect_view()}</ol>
        </section>
    }
    .into_any()
}
