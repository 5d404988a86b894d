//! After sending: that it is on its way, and where it is now. It follows the live connection.

use leptos::prelude::*;
use shared::envelope::{Envelope, Status, next_up};

use super::{recipient::address, run::Run};
use crate::redraw::redrawn;
use crate::{icon::icon, panel::recipient_standing, panel::standing, say, words::say};

pub fn step(run: Run, close: impl Fn() + Copy + 'static) -> AnyView {
    let envelope = Memo::new(move |_| {
        let sent = run.sent.get()?;
        let live = run.frame.envelopes.with(|all| all.iter().find(|one| one.id == sent.id).cloned());
        Some(live.unwrap_or(sent))
    });
    view! {
        <div class="step" tabindex="0" role="group" aria-label=say("sent-news")>
            <div class="stack sent">
                {redrawn(move || envelope.get().map(|envelope| news(&envelope)))}
                <div class="row">
                    <button type="button" class="btn primary" on:click=move |_| close()>{say("close")}</button>
                    <button type="button" class="btn" on:click=move |_| run.restart()>{say("send-another")}</button>
                </div>
            </div>
        </div>
    }
    .into_any()
}

fn news(envelope: &Envelope) -> AnyView {
    let standing = standing(envelope);
    let next = next_up(envelope);
    let names = next.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ");
    let words = match envelope.status {
        Status::Completed | Status::Declined | Status::Voided => None,
        Status::Sending => Some(say("sending-unsettled")),
        _ if names.is_empty() => None,
        _ => Some(say!("sent-next", names = &names, count = next.len())),
    };
    let steps = envelope.recipients.iter().map(|one| {
        let standing = recipient_standing(one);
        view! {
            <li class=standing.tone>
                {icon(standing.shape)}
                <span><b>{one.name.clone()}</b> " " {standing.words} <small>{address(&one.email)}</small></span>
            </li>
        }
    });
    view! {
        <span class=["tag ", standing.tone].concat() data-status=envelope.status.name().to_owned()>
            {icon(if standing.tone == "info" { "s-done" } else { standing.shape })} {standing.words}
        </span>
        <h1 tabindex="-1">{say!("sent-title", name = &envelope.template_name)}</h1>
        {words.map(|words| view! { <p class="prose">{words}</p> })}
        <ol class="route column" aria-label=say("recipients-in-order")>{steps.collect_view()}</ol>
    }
    .into_any()
}
