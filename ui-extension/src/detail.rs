//! One envelope, opened in its row: its recipients, what can be done with it, its history. And the search through all
//! envelopes of the record. A piece of wasm of its own, with its own words and styles.
//!
//! What is possible is `shared::after_send::doable`'s to say, from the envelope as the live panel knows it; the edge
//! says it again when something is done.

mod acts;
mod correct;
mod find;
mod history;
mod papers;
mod reasons;
mod void;

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use shared::{
    after_send::{
        Detail,
        doable::{Action, Case, Why},
    },
    api::Connection,
    envelope::{Envelope, RecipientStatus, Status},
};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

pub use self::find::find;
use crate::{
    edge::{Failure, after_send as edge},
    fault,
    frame::Frame,
    icon::icon,
    panel::recipient_standing,
    redraw::redrawn,
    say,
    times::{now, when},
    words::say,
};

/// What is under way or asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asking {
    Void,
    Correct,
    Papers,
}

/// How the last thing that was done ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Done(String),
    Failed(Failure),
}

/// All that the parts of one opened envelope share.
#[derive(Clone, Copy)]
pub struct Desk {
    pub frame: Frame,
    id: StoredValue<String>,
    /// As the live panel knows it.
    pub envelope: Memo<Option<Envelope>>,
    /// What else the edge said.
    pub detail: RwSignal<Option<Detail>>,
    pub fault: RwSignal<Option<Failure>>,
    /// The name of what is being done.
    pub busy: RwSignal<Option<&'static str>>,
    pub said: RwSignal<Option<Said>>,
    pub asking: RwSignal<Option<Asking>>,
}

impl Desk {
    pub fn id(self) -> String {
        self.id.get_value()
    }

    /// Reads it anew; no vendor is asked.
    pub fn load(self) {
        spawn_local(async move {
            match edge::detail(&self.frame.token(), &self.id()).await {
                Ok(detail) => self.take(detail),
                Err(failure) => {
                    let _ = self.fault.try_set(Some(failure));
                }
            }
        });
    }

    pub fn take(self, detail: Detail) {
        let is_known = self.envelope.try_with_untracked(|known| known.as_ref() == Some(&detail.envelope));
        if is_known == Some(false) {
            self.frame.take_envelope(detail.envelope.clone());
        }
        let _ = self.fault.try_set(None);
        let _ = self.detail.try_set(Some(detail));
    }

    /// Asks `shared`, with what is known now. `None` while nothing is known.
    pub fn ask<T>(self, question: impl FnOnce(Case<'_>) -> T) -> Option<T> {
        let envelope = self.envelope.get()?;
        let connection = self.frame.connection.get().unwrap_or(Connection::NotConnected);
        // The frame's clock ticks twice a minute: whoever waits for the next reminder sees it come.
        self.frame.now.get();
        self.detail.with(|detail| {
            let detail = detail.as_ref()?;
            let case = Case {
                envelope: &envelope,
                account: &detail.account,
                connection: &connection,
                reminded: &detail.reminded,
                has_template: !detail.templates.is_empty(),
                now: now(),
            };
            Some(question(case))
        })
    }

    pub fn may(self, action: Action) -> Result<(), Why> {
        self.ask(|case| case.may(action)).unwrap_or(Err(Why::Unsettled))
    }

    /// Closes what is asked, says how it went, and leads the focus back into the row, wherever that is by now.
    pub fn end(self, said: Said) {
        let is_done = matches!(said, Said::Done(_));
        if let Said::Done(words) = &said {
            self.frame.news.set(words.clone());
        }
        let _ = self.busy.try_set(None);
        let _ = self.said.try_set(Some(said));
        if is_done {
            let _ = self.asking.try_set(None);
            lead_back(self.id.try_get_value().unwrap_or_default());
        }
    }
}

/// Puts the focus into the envelope's row, or, where that lies in a closed group by now, on the panel's first button.
fn lead_back(id: String) {
    let focus = move || {
        let row = ["[data-envelope-id='", &id, "'] summary"].concat();
        let find = |selector: &str| {
            document().query_selector(selector).ok().flatten()?.dyn_into::<HtmlElement>().ok()
        };
        let row = find(&row).filter(|row| row.offset_parent().is_some());
        if let Some(target) = row.or_else(|| find("#send-from-template")) {
            let _ = target.focus();
        }
    };
    // The row may be drawn anew in another group first.
    set_timeout(focus, Duration::from_millis(60));
}

/// The envelope `id`, in its row.
pub fn detail(id: String) -> AnyView {
    let frame = expect_context::<Frame>();
    let known = id.clone();
    let desk = Desk {
        frame,
        id: StoredValue::new(id),
        envelope: Memo::new(move |_| {
            frame.envelopes.with(|all| all.iter().find(|one| one.id == known).cloned())
        }),
        detail: RwSignal::new(None),
        fault: RwSignal::new(None),
        busy: RwSignal::new(None),
        said: RwSignal::new(None),
        asking: RwSignal::new(None),
    };
    // Whatever the live panel is told has a line in the history, too.
    Effect::new(move |_| {
        desk.envelope.with(|one| one.as_ref().map(|one| (one.synced_at, one.status.name().to_owned())));
        desk.load();
    });
    view! {
        <div class="opened" data-testid="detail" aria-busy=move || desk.busy.get().is_some().to_string()>
            {redrawn(move || desk.envelope.get().map(|one| people(desk, &one)))}
            {redrawn(move || desk.fault.get().map(|failure| {
                let again = fault::try_again(move || desk.load());
                fault::banner(Some(say("detail-failed")), &failure, Some(again))
            }))}
            {acts::acts(desk)}
            {redrawn(move || desk.said.get().filter(|_| desk.asking.with(Option::is_none)).map(|said| outcome(desk, &said)))}
            {redrawn(move || desk.envelope.get().map(|one| facts(desk, &one)))}
            {history::history(desk)}
            {redrawn(move || match desk.asking.get() {
                Some(Asking::Void) => void::dialog(desk),
                Some(Asking::Correct) => correct::dialog(desk),
                Some(Asking::Papers) => papers::dialog(desk),
                None => ().into_any(),
            })}
        </div>
    }
    .into_any()
}

/// Everybody in order, with what went wrong, and the reminder of each.
fn people(desk: Desk, envelope: &Envelope) -> AnyView {
    let frame = desk.frame;
    let rows = envelope.recipients.iter().map(|one| {
        let standing = recipient_standing(one);
        let at = (one.status != RecipientStatus::Created).then(|| {
            view! { " · " {when(one.status_at, frame.now.into())} }
        });
        let reason = one.reason.clone().filter(|reason| !reason.is_empty());
        let role = Some(one.role_name.clone()).filter(|role| !role.is_empty());
        let (recipient, name) = (one.clone(), one.name.clone());
        view! {
            <li class=standing.tone data-recipient-status=one.status.name().to_owned()>
                {icon(standing.shape)}
                <span>
                    <b>{one.name.clone()}</b> " " {standing.words}
                    <small>{one.email.clone()} {at}</small>
                    {role.map(|role| view! { <small>{role}</small> })}
                    {reason.map(|reason| view! { <small>{say!("quoted", text = &reason)}</small> })}
                    {redrawn(move || acts::remind_one(desk, &recipient, &name))}
                </span>
            </li>
        }
    });
    let voided = envelope.voided_reason.clone().filter(|reason| !reason.is_empty());
    let completed = (envelope.status == Status::Completed)
        .then(|| view! { <p class="detail">{say("completed-note")}</p> });
    view! {
        {voided.map(|reason| view! { <p class="detail">{say!("voided-because", reason = &reason)}</p> })}
        <ol class="route column" aria-label=say("recipients-in-order")>{rows.collect_view()}</ol>
        {completed}
    }
    .into_any()
}

fn facts(desk: Desk, envelope: &Envelope) -> AnyView {
    let now = desk.frame.now;
    view! {
        <dl class="facts detail">
            <dt>{say("template")}</dt>
            <dd>{envelope.template_name.clone()}</dd>
            <dt>{say("sent-by")}</dt>
            <dd>{envelope.sender.clone()} " · " {when(envelope.sent_at, now.into())}</dd>
            <dt>{say("last-synced")}</dt>
            <dd>{when(envelope.synced_at, now.into())}</dd>
        </dl>
    }
    .into_any()
}

fn outcome(desk: Desk, said: &Said) -> AnyView {
    match said {
        Said::Done(words) => view! {
            <p class="status success" data-testid="done">{icon("s-done")} <span>{words.clone()}</span></p>
        }
        .into_any(),
        Said::Failed(failure) => reasons::banner(desk, failure),
    }
}
