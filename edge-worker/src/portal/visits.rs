//! From a signed launch to a session, and what a session may see.
//!
//! Tokens are kept as hashes. A launch works once and for two minutes; a session lives twelve hours, a working
//! day, and is bound to one user and one record.

use std::rc::Rc;

use serde::Deserialize;
use shared::{
    api::{Connection, Panel, View},
    error::Code,
    record::RecordRef,
    template::Template,
};

use super::{
    ask::{
        Card, Enter, KeepTemplate, NewTicket, OpenLaunch, OpenSession, OpenedSession, Page, Visit, Wanted,
    },
    connections, drafts, kept, listed, papers,
    room::Room,
    sends, settings, sign_in,
};
use crate::{
    failure::{Failure, Outcome},
    moment, signature,
};

/// How long a launch token and a ticket work.
pub const ONE_TIME_SECONDS: i64 = 120;
pub const SESSION_SECONDS: i64 = 12 * 3600;
/// A template that was read for the wizard serves the send that follows. Longer than filling in a wizard
/// takes; a template changed meanwhile is caught by DocuSign.
const TEMPLATE_SECONDS: i64 = 30 * 60;
/// A signature is good five minutes before and after its time; it is remembered for longer than both.
const SIGNATURE_SECONDS: i64 = 11 * 60;

#[derive(Deserialize)]
struct LaunchRow {
    user: String,
    user_email: String,
    record: String,
    view: String,
    locale: Option<String>,
}

#[derive(Deserialize)]
struct SessionRow {
    user: String,
    user_email: String,
    record: String,
    locale: Option<String>,
    expires: f64,
}

/// Somebody with an open session; one of the settings has no record.
pub struct Visitor<Where = RecordRef> {
    pub user: String,
    pub user_email: String,
    pub record: Where,
    pub locale: Option<String>,
    pub expires: i64,
}

pub async fn open_launch(room: &Rc<Room>, ask: OpenLaunch) -> Outcome<()> {
    room.must_exist()?;
    sign_in::spend(room, &ask.signature_hash, SIGNATURE_SECONDS)?;
    let now = moment::now();
    room.sql.run(
        "INSERT INTO launches (hash, user, user_email, record, view, locale, expires) VALUES (?, ?, ?, ?, ?, ?, ?)",
        vec![
            ask.launch_hash.into(),
            ask.user.into(),
            ask.user_email.into(),
            ask.record.map(|record| record.to_string()).unwrap_or_default().into(),
            serde_json::to_string(&ask.view)?.into(),
            ask.locale.into(),
            now.plus_seconds(ONE_TIME_SECONDS).0.into(),
        ],
    )?;
    room.wake_by(now.plus_seconds(SIGNATURE_SECONDS)).await
}

/// Takes the launch and opens a session: both in one go, so a token used twice at once works once.
pub async fn open_session(room: &Rc<Room>, ask: OpenSession) -> Outcome<OpenedSession> {
    room.must_exist()?;
    let now = moment::now();
    let row: Option<LaunchRow> = room.sql.row(
        "DELETE FROM launches WHERE hash = ? AND expires > ? RETURNING user, user_email, record, view, locale",
        vec![ask.launch_hash.into(), now.0.into()],
    )?;
    let row = row.ok_or(Failure::new(Code::Unauthorized, "launch unknown, used or stale"))?;
    let expires_at = now.plus_seconds(SESSION_SECONDS);
    let locale = settings::language(room, &row.user)?.or(row.locale);
    room.sql.run(
        "INSERT INTO sessions (hash, user, user_email, record, locale, expires) VALUES (?, ?, ?, ?, ?, ?)",
        vec![
            ask.session_hash.into(),
            row.user.as_str().into(),
            row.user_email.as_str().into(),
            row.record.as_str().into(),
            locale.clone().into(),
            expires_at.0.into(),
        ],
    )?;
    let record = parse_record(&row.record)?;
    let view: View = crate::json::read_text(&row.view)?;
    let panel = match &record {
        Some(record) => panel(room, &row.user, record, None, &Wanted::default())?,
        None => empty_panel(connections::of_user(room, &row.user)?.0),
    };
    room.wake_by(expires_at).await?;
    Ok(OpenedSession { expires_at, user_email: row.user_email, record, view, locale, panel })
}

/// Whose session it is, on which record. To a session without one there is no such thing.
pub fn visitor(room: &Room, session_hash: &str) -> Outcome<Visitor> {
    let Visitor { user, user_email, record, locale, expires } = anybody(room, session_hash)?;
    let record = record.ok_or(Failure::new(Code::NotFound, "a session without a record"))?;
    Ok(Visitor { user, user_email, record, locale, expires })
}

/// Whose session it is, with or without a record.
pub fn anybody(room: &Room, session_hash: &str) -> Outcome<Visitor<Option<RecordRef>>> {
    room.must_exist()?;
    let row: Option<SessionRow> = room.sql.row(
        "SELECT user, user_email, record, locale, expires FROM sessions WHERE hash = ? AND expires > ?",
        vec![session_hash.into(), moment::now().0.into()],
    )?;
    let row = row.ok_or(Failure::new(Code::Unauthorized, "session unknown or stale"))?;
    Ok(Visitor {
        user: row.user,
        user_email: row.user_email,
        record: parse_record(&row.record)?,
        locale: row.locale,
        expires: row.expires as i64,
    })
}

/// Stored as empty text where there is none.
fn parse_record(text: &str) -> Outcome<Option<RecordRef>> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| Failure::internal("a stored record reference is malformed"))
}

pub fn enter(room: &Rc<Room>, ask: &Enter) -> Outcome<Visit> {
    let visitor = anybody(room, &ask.session_hash)?;
    let (connection, docusign) = connections::of_user(room, &visitor.user)?;
    connections::used(room, &visitor.user)?;
    let installation = connections::installation(room)?;
    let mut templates = Vec::new();
    if let Some(desk) = &docusign {
        for id in &ask.templates {
            templates.extend(kept_template(room, &visitor.user, &desk.account, id)?);
        }
    }
    let (sent, draft) = match &ask.key {
        Some(key) => (sends::sent(room, &visitor.user, key)?, drafts::find(room, &visitor.user, key)?),
        None => (None, None),
    };
    let object = visitor.record.as_ref().map(RecordRef::object);
    let kept = kept::find(room, &visitor.user, object, docusign.as_ref(), &ask.kept)?;
    let admin = if visitor.record.is_none() { settings::is_admin(room, &visitor.user)? } else { None };
    let paper = match &draft {
        Some(draft) => papers::current(room, draft)?.filter(|paper| paper.is_of(&draft.draft)),
        None => None,
    };
    let paper = paper.map(|paper| paper.template);
    Ok(Visit {
        kept,
        admin,
        preferences: settings::preferences(room)?.0,
        user: visitor.user,
        user_email: visitor.user_email,
        record: visitor.record,
        locale: visitor.locale,
        connection,
        docusign,
        hubspot_generation: if installation.installed { installation.generation } else { 0 },
        templates,
        sent,
        paper,
        documents: draft.and_then(|draft| draft.documents),
    })
}

pub fn page(room: &Rc<Room>, ask: &Page) -> Outcome<Panel> {
    let visitor = visitor(room, &ask.session_hash)?;
    panel(room, &visitor.user, &visitor.record, ask.cursor.as_deref(), &ask.wanted)
}

pub fn card(room: &Rc<Room>, ask: &Card) -> Outcome<Panel> {
    room.must_exist()?;
    panel(room, &ask.user, &ask.record, None, &Wanted::default())
}

/// The settings show no envelopes.
fn empty_panel(connection: Connection) -> Panel {
    Panel { connection, envelopes: Vec::new(), drafts: Vec::new(), total: 0, next: None, synced_at: None }
}

/// No vendor is asked: connection and envelopes come from this object's own tables.
fn panel(
    room: &Room,
    user: &str,
    record: &RecordRef,
    cursor: Option<&str>,
    wanted: &Wanted,
) -> Outcome<Panel> {
    let (connection, _) = connections::of_user(room, user)?;
    let page = listed::page(room, record, cursor, wanted)?;
    let is_first = cursor.is_none() && *wanted == Wanted::default();
    let drafts = if is_first { drafts::list(room, user, record)? } else { Vec::new() };
    Ok(Panel {
        connection,
        envelopes: page.envelopes,
        drafts,
        total: page.total,
        next: page.next,
        synced_at: page.synced_at,
    })
}

pub async fn new_ticket(room: &Rc<Room>, ask: NewTicket) -> Outcome<()> {
    let visitor = anybody(room, &ask.session_hash)?;
    let expires = moment::now().plus_seconds(ONE_TIME_SECONDS);
    room.sql.run(
        "INSERT INTO tickets (hash, user, user_email, locale, expires) VALUES (?, ?, ?, ?, ?)",
        vec![
            ask.ticket_hash.into(),
            visitor.user.into(),
            visitor.user_email.into(),
            visitor.locale.into(),
            expires.0.into(),
        ],
    )?;
    room.wake_by(expires).await
}

#[derive(Deserialize)]
struct TemplateRow {
    body: String,
}

/// Kept per user and account: what one user may see is not shown to another.
pub fn kept_template(room: &Room, user: &str, account: &str, id: &str) -> Outcome<Option<Template>> {
    let row: Option<TemplateRow> = room.sql.row(
        "SELECT body FROM templates WHERE user = ? AND account = ? AND id = ? AND expires > ?",
        vec![user.into(), account.into(), id.into(), moment::now().0.into()],
    )?;
    // A form that an older version wrote is as good as none.
    Ok(row.and_then(|r| crate::json::read_text(&r.body).ok()))
}

pub fn keep_template(room: &Rc<Room>, ask: &KeepTemplate) -> Outcome<()> {
    room.must_exist()?;
    let expires = moment::now().plus_seconds(TEMPLATE_SECONDS);
    room.sql.run(
        "INSERT OR REPLACE INTO templates (user, account, id, body, expires) VALUES (?, ?, ?, ?, ?)",
        vec![
            ask.user.as_str().into(),
            ask.account.as_str().into(),
            ask.template.id.as_str().into(),
            serde_json::to_string(&ask.template)?.into(),
            expires.0.into(),
        ],
    )
}

// The signature of a launch is remembered for longer than it could be replayed.
const _: () = assert!(SIGNATURE_SECONDS * 1000 > 2 * signature::hubspot::WINDOW_MS);
