//! An envelope's history: what was done from here and by whom is written down; what DocuSign told is in the events
//! that were heard anyway. No line holds a recipient's name or address.

use std::rc::Rc;

use serde::Deserialize;
use shared::{
    after_send::{
        Detail, Reminded,
        doable::{Action, Case, REMIND_SECONDS, Why},
        history::{Deed, Told, history},
    },
    envelope::Envelope,
    error::{AppError, Code},
    time::Timestamp,
};

use super::{
    ask::{PdfAt, SeeEnvelope, TakePdf},
    connections,
    envelopes::{self, Stored, shown},
    room::Room,
    visits::{self, Visitor},
};
use crate::{
    docusign,
    failure::{Failure, Outcome},
    moment,
};

/// Lines of one history; the oldest are left out.
const LINES: i64 = 300;

/// What somebody did. `recipients` are keys; `about` says what else, and nothing of a person.
pub struct Line<'a> {
    /// Now, where it is not said.
    pub at: Option<Timestamp>,
    pub user: &'a str,
    pub email: &'a str,
    pub what: &'a str,
    pub recipients: &'a [String],
    pub about: &'a str,
}

/// Writes a line, and gives its number.
pub fn note(room: &Room, envelope: &str, line: &Line<'_>) -> Outcome<i64> {
    #[derive(Deserialize)]
    struct Number {
        id: f64,
    }
    let row: Option<Number> = room.sql.row(
        "INSERT INTO history (envelope, at, user, email, what, recipients, about) VALUES (?, ?, ?, ?, ?, ?, ?)
         RETURNING id",
        vec![
            envelope.into(),
            line.at.unwrap_or_else(moment::now).0.into(),
            line.user.into(),
            line.email.into(),
            line.what.into(),
            serde_json::to_string(line.recipients)?.into(),
            line.about.into(),
        ],
    )?;
    row.map(|row| row.id as i64).ok_or(Failure::internal("a line of the history was not written"))
}

/// Takes a line back: it turned out not to have happened.
pub fn unnote(room: &Room, line: i64) -> Outcome<()> {
    room.sql.run("DELETE FROM history WHERE id = ?", vec![line.into()])
}

/// It was sent, at DocuSign's time; `templates` are what it was made of, for sending again.
pub fn note_sent(
    room: &Room,
    envelope: &Envelope,
    (user, email): (&str, &str),
    what: &str,
    templates: &[String],
) -> Outcome<()> {
    let about = serde_json::to_string(templates)?;
    let at = Some(envelope.sent_at);
    note(room, &envelope.id, &Line { at, user, email, what, recipients: &[], about: &about }).map(drop)
}

#[derive(Deserialize)]
struct Row {
    at: f64,
    email: String,
    what: String,
    recipients: String,
    about: String,
}

/// Who was reminded from here within the hour, by anybody.
pub fn reminded(room: &Room, envelope: &str) -> Outcome<Vec<Reminded>> {
    let since = moment::now().plus_seconds(-REMIND_SECONDS);
    let rows: Vec<Row> = room.sql.rows(
        "SELECT at, email, what, recipients, about FROM history
         WHERE envelope = ? AND what = 'reminded' AND at > ? ORDER BY id",
        vec![envelope.into(), since.0.into()],
    )?;
    let mut list = Vec::new();
    for row in rows {
        let recipients: Vec<String> = crate::json::read_text(&row.recipients)?;
        let at = Timestamp(row.at as i64);
        list.extend(recipients.into_iter().map(|recipient| Reminded { recipient, at }));
    }
    Ok(list)
}

/// The envelope `id`, if it is of the session's record.
pub fn own(room: &Room, visitor: &Visitor, id: &str) -> Outcome<Stored> {
    let found = envelopes::find(room, id)?.filter(|stored| stored.envelope.record == visitor.record);
    found.ok_or(Code::NotFound.into())
}

pub fn see(room: &Rc<Room>, ask: &SeeEnvelope) -> Outcome<Detail> {
    let visitor = visits::visitor(room, &ask.session_hash)?;
    detail(room, own(room, &visitor, &ask.id)?)
}

/// The envelope with its history. No vendor is asked.
pub fn detail(room: &Room, stored: Stored) -> Outcome<Detail> {
    #[derive(Deserialize)]
    struct Heard {
        name: String,
        recipient: String,
        at: f64,
    }
    let Stored { envelope, account, .. } = stored;
    let id = || vec![envelope.id.as_str().into(), LINES.into()];
    let rows: Vec<Row> = room.sql.rows(
        "SELECT at, email, what, recipients, about FROM history WHERE envelope = ? ORDER BY id DESC LIMIT ?",
        id(),
    )?;
    let heard: Vec<Heard> = room
        .sql
        .rows("SELECT name, recipient, at FROM events WHERE envelope = ? ORDER BY at DESC LIMIT ?", id())?;
    let mut deeds = Vec::with_capacity(rows.len());
    let mut templates = Vec::new();
    for row in rows {
        let is_sent = row.what.starts_with("sent");
        if is_sent {
            templates = crate::json::read_text(&row.about)?;
        }
        deeds.push(Deed {
            at: Timestamp(row.at as i64),
            what: row.what,
            by: row.email,
            recipients: crate::json::read_text(&row.recipients)?,
            about: if is_sent { String::new() } else { row.about },
        });
    }
    let told: Vec<Told> = heard
        .into_iter()
        .map(|one| Told { at: Timestamp(one.at as i64), name: one.name, recipient: one.recipient })
        .collect();
    Ok(Detail {
        account,
        url: docusign::after_send::page_of(&room.config()?.docusign_auth_base, &envelope.id),
        reminded: reminded(room, &envelope.id)?,
        templates,
        history: history(&envelope, &deeds, &told),
        envelope: shown(envelope),
    })
}

/// What is not possible, and why.
pub fn refused(why: Why) -> Failure {
    let mut error = AppError::new(Code::NotPossible).field(why.name());
    if let Why::TooSoon { until } = why {
        let left = until.0.saturating_sub(moment::now().0).max(0) / 1000 + 1;
        error.retry_after = u32::try_from(left).ok();
    }
    error.into()
}

/// Asks `shared` about one envelope and one user, as it is now.
pub fn asked<T>(
    room: &Room,
    visitor: &Visitor,
    stored: &Stored,
    question: impl FnOnce(Case<'_>) -> Result<T, Why>,
) -> Outcome<T> {
    let (connection, _) = connections::of_user(room, &visitor.user)?;
    let reminded = reminded(room, &stored.envelope.id)?;
    let case = Case {
        envelope: &stored.envelope,
        account: &stored.account,
        connection: &connection,
        reminded: &reminded,
        has_template: true,
        now: moment::now(),
    };
    question(case).map_err(refused)
}

/// Whether the papers may be fetched. Fetching one is written down.
pub fn take_pdf(room: &Rc<Room>, ask: &TakePdf) -> Outcome<PdfAt> {
    let visitor = visits::visitor(room, &ask.session_hash)?;
    let stored = own(room, &visitor, &ask.id)?;
    let action = match ask.document.as_deref() {
        Some("certificate") => Action::Certificate,
        _ => Action::Download,
    };
    asked(room, &visitor, &stored, |case| case.may(action))?;
    if let Some(document) = &ask.document {
        let line = Line {
            at: None,
            user: &visitor.user,
            email: &visitor.user_email,
            what: "downloaded",
            recipients: &[],
            about: document,
        };
        note(room, &stored.envelope.id, &line)?;
    }
    Ok(PdfAt { subject: stored.envelope.subject })
}
