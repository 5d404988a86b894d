//! One envelope: its name and standing, who is next, and opened in place the rest, which is a piece of its own.

use leptos::prelude::*;
use shared::envelope::{Envelope, Group, Recipient, RecipientStatus, Status, group, next_up};
use wasm_bindgen::JsCast;
use web_sys::HtmlDetailsElement;

use super::standing::{recipient_standing, standing};
use crate::redraw::redrawn;
use crate::{
    app::inside,
    frame::Frame,
    icon::icon,
    say,
    times::{relative, when},
    words::say,
};

/// The row of the envelope `id`. What changes in it changes in place.
pub fn row(id: String) -> AnyView {
    let frame = expect_context::<Frame>();
    let known = id.clone();
    let envelope =
        Memo::new(move |_| frame.envelopes.with(|all| all.iter().find(|one| one.id == known).cloned()));
    let status = move || envelope.with(|one| one.as_ref().map(|one| one.status.name().to_owned()));
    let open = frame.unfolded.with_untracked(|open| open.contains(&id));
    let opened = RwSignal::new(open);
    let (folded, within) = (id.clone(), StoredValue::new(id.clone()));
    let remember = move |event: leptos::ev::Event| {
        let details = event.target().and_then(|target| target.dyn_into::<HtmlDetailsElement>().ok());
        let is_open = details.is_some_and(|details| details.open());
        opened.set(is_open);
        frame.unfolded.update(|open| {
            open.retain(|one| *one != folded);
            if is_open {
                open.push(folded.clone());
            }
        });
    };
    view! {
        <li class="envelope" data-envelope-id=id data-status=status>
            <details open=open on:toggle=remember>
                <summary>{redrawn(move || envelope.get().map(|one| summary(frame, &one)))}</summary>
                <div class="more">{redrawn(move || opened.get().then(|| inside(frame, Some(within.get_value()))))}</div>
            </details>
            {redrawn(move || envelope.get().and_then(|one| next(frame, &one)))}
        </li>
    }
    .into_any()
}

fn summary(frame: Frame, envelope: &Envelope) -> AnyView {
    let standing = standing(envelope);
    view! {
        <b>{envelope.subject.clone()}</b>
        {icon("right")}
        <span class="meta">
            <span class=["status ", standing.tone].concat()>{icon(standing.shape)} <span>{standing.words}</span></span>
            <span class="when">{when(envelope.status_at, frame.now.into())}</span>
        </span>
    }
    .into_any()
}

/// What stands under the row without opening it: a reason to act, or whose turn it is.
fn next(frame: Frame, envelope: &Envelope) -> Option<AnyView> {
    let inside = match (group(envelope), &envelope.status) {
        (Group::NeedsAttention, _) => reasons(envelope),
        (Group::InProgress, Status::Sending) => {
            view! { <p class="detail subtle">{say("sending-unsettled")}</p> }.into_any()
        }
        (Group::InProgress, _) if !envelope.recipients.is_empty() => route(frame, envelope),
        _ => return None,
    };
    Some(view! { <div class="next">{inside}</div> }.into_any())
}

/// Who declined or could not be reached, and why.
fn reasons(envelope: &Envelope) -> AnyView {
    let stuck = envelope
        .recipients
        .iter()
        .filter(|one| matches!(one.status, RecipientStatus::Declined | RecipientStatus::AutoResponded));
    let lines =
        stuck.map(|one| match (&one.status, one.reason.as_deref().filter(|reason| !reason.is_empty())) {
            (RecipientStatus::Declined, Some(reason)) => {
                let words = say!("declined-because", name = &one.name, reason = reason);
                view! { <blockquote>{words}</blockquote> }.into_any()
            }
            (RecipientStatus::Declined, None) => {
                view! { <p class="detail">{say!("declined-silently", name = &one.name)}</p> }.into_any()
            }
            _ => view! { <p class="detail">{say!("bounced", email = &one.email)}</p> }.into_any(),
        });
    lines.collect_view().into_any()
}

/// The recipients in one line, the one whose turn it is in bold with the time it has waited.
fn route(frame: Frame, envelope: &Envelope) -> AnyView {
    let waiting: Vec<&Recipient> = next_up(envelope);
    let steps = envelope.recipients.iter().map(|one| {
        let standing = recipient_standing(one);
        let is_next = waiting.iter().any(|next| std::ptr::eq(*next, one));
        let class = [standing.tone, if is_next { " is-next" } else { "" }].concat();
        let since = is_next.then(|| {
            let at = one.status_at;
            view! { <span>", " {redrawn(move || relative(at, frame.now.get()))}</span> }
        });
        let spoken = match is_next {
            true => say!("recipient-next", standing = &standing.words),
            false => say!("recipient-is", standing = &standing.words),
        };
        view! {
            <li class=class>
                {icon(standing.shape)} <span class="sr-only">{spoken} " "</span>
                <span>{one.name.clone()} {since}</span>
            </li>
        }
    });
    view! { <ol class="route" aria-label=say("recipients-in-order")>{steps.collect_view()}</ol> }.into_any()
}
