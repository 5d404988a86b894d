//! What the frame knows while it is open: the session, the connection, the envelopes of its record.
//!
//! Kept in signals outside the screens, so that screens can be drawn anew (another language, back from the
//! wizard) without asking the edge again. The session token is in memory only and dies with the frame.

use std::cmp::Reverse;

use gloo_timers::callback::Interval;
use leptos::{prelude::*, task::spawn_local};
use shared::{
    api::{Connection, DraftSummary, Panel, Session, View},
    envelope::{Envelope, Group, group},
    error::Code,
    record::ObjectType,
    time::Timestamp,
};

use crate::{
    edge::{self, Failure, Refusal},
    times::now,
    words::{self, Language},
};

/// Which screen fills the frame.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Screen {
    #[default]
    Panel,
    Wizard,
    /// A launch without a record; nothing else is shown in its frame.
    Settings,
    /// The wizard was all there was to this launch, and it is done.
    Over,
}

/// How far opening got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    UnderWay,
    Open,
    /// No token, or one that was used or is too old: only HubSpot can make another.
    Stale,
    Failed(Failure),
}

/// The session's facts that screens show or send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    pub token: String,
    pub user_email: String,
    pub object: ObjectType,
    pub launched_as: View,
}

/// Whether the live connection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Not tried yet, or being tried for the first time: nothing to tell.
    Quiet,
    Up,
    Lost,
}

/// All of it, cheap to pass around.
#[derive(Clone, Copy)]
pub struct Frame {
    /// The folder of this build, such as `/a/3f2c`.
    pub base: StoredValue<String>,
    pub opening: RwSignal<Opening>,
    pub seat: RwSignal<Option<Seat>>,
    pub screen: RwSignal<Screen>,
    /// `None` until the first catalogue is here.
    pub language: RwSignal<Option<Language>>,
    /// The language last asked for, here or not yet.
    pub learning: StoredValue<Option<Language>>,
    /// A launch token that could not be traded in yet, kept for another try.
    pub launch: StoredValue<Option<String>>,
    pub connection: RwSignal<Option<Connection>>,
    /// Set when DocuSign refused us a right; sending waits until a list succeeds again.
    pub denied: RwSignal<Option<Refusal>>,
    /// Newest first, no id twice.
    pub envelopes: RwSignal<Vec<Envelope>>,
    /// The user's own, last saved first.
    pub drafts: RwSignal<Vec<DraftSummary>>,
    /// The draft that the wizard opens with.
    pub resumed: RwSignal<Option<String>>,
    pub total: RwSignal<u32>,
    pub next: RwSignal<Option<String>>,
    pub synced_at: RwSignal<Option<Timestamp>>,
    pub loading: RwSignal<bool>,
    /// Why the last reading of the panel failed.
    pub fault: RwSignal<Option<Failure>>,
    pub line: RwSignal<Line>,
    /// Where DocuSign's login waits, when the browser did not let us open it.
    pub popup_blocked: RwSignal<Option<String>>,
    /// What a screen reader is told next.
    pub news: RwSignal<String>,
    /// The clock that relative times are told by; ticks twice a minute.
    pub now: RwSignal<Timestamp>,
    /// Envelope rows that are open, by id: a row keeps this when it moves to another group.
    pub unfolded: RwSignal<Vec<String>>,
    /// The search stands in the place of the list.
    pub finding: RwSignal<bool>,
    /// Counts what the edge told that the settings may want to read anew.
    pub touched: RwSignal<u32>,
    /// The page of the settings, by its name: it outlives a change of the language.
    pub subject: RwSignal<&'static str>,
    /// Single keys do something in the wizard. Nothing is kept in the browser: on again in the next frame.
    pub hotkeys: RwSignal<bool>,
}

impl Frame {
    pub fn new(base: String) -> Self {
        let clock = RwSignal::new(now());
        Interval::new(30_000, move || clock.set(now())).forget();
        Self {
            base: StoredValue::new(base),
            opening: RwSignal::new(Opening::UnderWay),
            seat: RwSignal::new(None),
            screen: RwSignal::new(Screen::Panel),
            language: RwSignal::new(None),
            learning: StoredValue::new(None),
            launch: StoredValue::new(None),
            connection: RwSignal::new(None),
            denied: RwSignal::new(None),
            envelopes: RwSignal::new(Vec::new()),
            drafts: RwSignal::new(Vec::new()),
            resumed: RwSignal::new(None),
            total: RwSignal::new(0),
            next: RwSignal::new(None),
            synced_at: RwSignal::new(None),
            loading: RwSignal::new(false),
            fault: RwSignal::new(None),
            line: RwSignal::new(Line::Quiet),
            popup_blocked: RwSignal::new(None),
            news: RwSignal::new(String::new()),
            now: clock,
            unfolded: RwSignal::new(Vec::new()),
            finding: RwSignal::new(false),
            touched: RwSignal::new(0),
            subject: RwSignal::new(""),
            hotkeys: RwSignal::new(true),
        }
    }

    /// Takes in a fresh session.
    pub fn open(self, session: Session) {
        if session.view == View::Send && matches!(session.panel.connection, Connection::Connected(_)) {
            self.screen.set(Screen::Wizard);
        }
        if session.view == View::Settings {
            self.screen.set(Screen::Settings);
        }
        self.seat.set(Some(Seat {
            token: session.token,
            user_email: session.user_email,
            object: session.record.as_ref().map_or(ObjectType::Deal, |record| record.object()),
            launched_as: session.view,
        }));
        self.take_page(session.panel, true);
        self.opening.set(Opening::Open);
    }

    /// The bearer token; empty before the session is there.
    pub fn token(self) -> String {
        self.seat.with_untracked(|seat| seat.as_ref().map(|seat| seat.token.clone()).unwrap_or_default())
    }

    /// `deal`, `contact` or `company`, as the catalogues select by it.
    pub fn record_kind(self) -> &'static str {
        match self.seat.with_untracked(|seat| seat.as_ref().map(|seat| seat.object)) {
            Some(ObjectType::Contact) => "contact",
            Some(ObjectType::Company) => "company",
            Some(ObjectType::Deal) | None => "deal",
        }
    }

    /// The settings, if they are what is shown, have something to read anew.
    pub fn touch(self) {
        self.touched.update(|count| *count = count.wrapping_add(1));
    }

    /// Reads the first page again. It costs no vendor call.
    pub fn refresh(self) {
        if self.screen.get_untracked() == Screen::Settings {
            return self.touch();
        }
        spawn_local(async move {
            self.loading.set(true);
            match edge::panel(&self.token(), None).await {
                Ok(page) => self.take_page(page, true),
                Err(failure) => self.fail(failure),
            }
            self.loading.set(false);
        });
    }

    /// Reads the page after those that are here.
    pub fn show_more(self) {
        let Some(cursor) = self.next.get_untracked() else { return };
        spawn_local(async move {
            self.loading.set(true);
            match edge::panel(&self.token(), Some(&cursor)).await {
                Ok(page) => self.take_page(page, false),
                Err(failure) => self.fail(failure),
            }
            self.loading.set(false);
        });
    }

    /// Notes a failed reading; a dead session closes the frame.
    pub fn fail(self, failure: Failure) {
        match failure.code() {
            Some(Code::Unauthorized) => self.opening.set(Opening::Stale),
            Some(Code::NotConnected) => self.connection.set(Some(Connection::NotConnected)),
            Some(Code::NotInstalled) => self.connection.set(Some(Connection::NotInstalled)),
            _ => self.fault.set(Some(failure)),
        }
    }

    /// A page of the panel: `first` also replaces the cursor, and drops what the edge no longer lists
    /// when everything fits one page.
    fn take_page(self, page: Panel, first: bool) {
        self.fault.set(None);
        if first {
            self.drafts.set(page.drafts);
        }
        self.set_connection(page.connection);
        self.total.set(page.total);
        self.synced_at.set(page.synced_at);
        self.envelopes.update(|known| {
            if first && page.next.is_none() {
                known.retain(|one| page.envelopes.iter().any(|other| other.id == one.id));
            }
            for envelope in page.envelopes {
                put(known, envelope);
            }
        });
        let deeper = self.envelopes.with_untracked(Vec::len) > 0 && self.next.with_untracked(Option::is_some);
        if !first || !deeper {
            self.next.set(page.next);
        }
        self.now.set(now());
    }

    /// An envelope that is new or has changed, from the live connection or from our own send.
    pub fn take_envelope(self, envelope: Envelope) {
        let synced = envelope.synced_at;
        let mut is_new = false;
        self.envelopes.update(|known| {
            is_new = put(known, envelope);
        });
        if is_new {
            self.total.update(|total| *total = total.saturating_add(1));
        }
        self.synced_at.update(|at| *at = Some(at.map_or(synced, |at| at.max(synced))));
        self.now.set(now());
    }

    /// A row in `Sending` that was refused, or is back under DocuSign's id.
    pub fn drop_envelope(self, id: &str) {
        let mut dropped = false;
        self.envelopes.update(|known| {
            let before = known.len();
            known.retain(|one| one.id != id);
            dropped = known.len() < before;
        });
        if dropped {
            self.total.update(|total| *total = total.saturating_sub(1));
        }
    }

    /// A draft that was saved, from the live connection or by our own wizard.
    pub fn take_draft(self, draft: DraftSummary) {
        self.drafts.update(|known| {
            known.retain(|one| one.id != draft.id);
            known.insert(0, draft);
        });
        self.now.set(now());
    }

    /// A draft that was sent or thrown away.
    pub fn drop_draft(self, id: &str) {
        self.drafts.update(|known| known.retain(|one| one.id != id));
    }

    pub fn set_connection(self, connection: Connection) {
        if self.connection.with_untracked(|known| known.as_ref() != Some(&connection)) {
            self.denied.set(None);
            self.connection.set(Some(connection));
        }
    }

    pub fn is_connected(self) -> bool {
        self.connection.with(|connection| matches!(connection, Some(Connection::Connected(_))))
    }

    /// The same, asked once.
    pub fn is_connected_now(self) -> bool {
        untrack(|| self.is_connected())
    }

    /// Ids of the envelopes in `wanted`, newest first.
    pub fn ids_of(self, wanted: Group) -> Vec<String> {
        self.envelopes
            .with(|known| known.iter().filter(|one| group(one) == wanted).map(|one| one.id.clone()).collect())
    }

    /// Ids of the drafts, last saved first.
    pub fn draft_ids(self) -> Vec<String> {
        self.drafts.with(|known| known.iter().map(|one| one.id.clone()).collect())
    }

    /// Envelopes that a search found: they follow live like the others.
    pub fn show_found(self, found: Vec<Envelope>) {
        self.envelopes.update(|known| {
            for envelope in found {
                put(known, envelope);
            }
        });
    }

    /// There is neither an envelope nor a draft.
    pub fn is_empty(self) -> bool {
        self.envelopes.with(Vec::is_empty) && self.drafts.with(Vec::is_empty)
    }

    /// Opens the wizard.
    pub fn start_sending(self) {
        self.screen.set(Screen::Wizard);
    }

    /// Changes the language; the screens follow once its catalogue is here. `false` when it could not be had.
    pub async fn speak(self, language: Language) -> bool {
        self.learning.set_value(Some(language));
        let spoken = words::speak(&self.base.get_value(), language).await;
        if spoken {
            self.language.set(Some(language));
        }
        spoken
    }
}

/// Puts an envelope in its place, newest first, instead of the one of the same id, unless that one is later.
/// `true` when it was not known. One at a time: a sort would be 4 kB for what is at most a page.
fn put(known: &mut Vec<Envelope>, envelope: Envelope) -> bool {
    let before = known.iter().position(|one| one.id == envelope.id);
    if let Some(at) = before {
        if known.get(at).is_some_and(|one| one.synced_at > envelope.synced_at) {
            return false;
        }
        known.remove(at);
    }
    let rank = |one: &Envelope| (Reverse(one.sent_at), one.id.clone());
    let wanted = rank(&envelope);
    let at = known.iter().position(|one| rank(one) > wanted).unwrap_or(known.len());
    known.insert(at, envelope);
    before.is_none()
}

/// The browser's own lower case: Rust's would bring its tables along.
pub fn lowercase(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}
