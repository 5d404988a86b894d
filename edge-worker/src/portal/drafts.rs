//! Drafts: what the wizard has gathered, saved as the rep works. They are seen by the user who made them, from the
//! record they were made for, and by nobody else.
//!
//! A save names the version it was made from; one made from an older version is refused and changes nothing, so that
//! two windows cannot undo each other unseen. A draft ends when it is sent (in the same transaction), when it is
//! deleted, or after ninety days without a save.

mod forget;

use std::rc::Rc;

use serde::Deserialize;
use shared::{
    api::{DraftSaved, DraftSummary, Live},
    draft::{Draft, DraftDocument},
    error::Code,
    record::RecordRef,
    time::Timestamp,
};

pub use self::forget::forget_contact;
use super::{
    ask::{DeleteDraft, OpenDraft, SaveDraft, StoredDraft},
    connections, discards, live, papers,
    room::Room,
    sends, visits,
};
use crate::{
    failure::{Failure, Outcome},
    json, moment,
};

const KEPT_SECONDS: i64 = 90 * 24 * 3600;
/// Of one user for one kind of record.
const DRAFTS_MAX: f64 = 200.0;

/// The columns of [`Row`].
const COLUMNS: &str =
    "user, id, record, version, step, template_modified, body, template_name, saved_at, account,
     envelope, documents, handed_over, roles";

#[derive(Deserialize)]
struct Row {
    user: String,
    id: String,
    record: String,
    version: f64,
    step: String,
    template_modified: Option<f64>,
    body: String,
    template_name: String,
    saved_at: f64,
    account: String,
    envelope: Option<String>,
    documents: Option<String>,
    handed_over: f64,
    roles: Option<String>,
}

#[derive(Deserialize)]
struct SummaryRow {
    id: String,
    template_name: String,
    subject: String,
    recipients: String,
    saved_at: f64,
    handed_over: f64,
}

#[derive(Deserialize)]
struct Count {
    n: f64,
}

/// A user's draft, whichever record it is of.
pub fn find(room: &Room, user: &str, id: &str) -> Outcome<Option<StoredDraft>> {
    let row: Option<Row> = room.sql.row(
        &format!("SELECT {COLUMNS} FROM drafts WHERE user = ? AND id = ? AND expires > ?"),
        vec![user.into(), id.into(), moment::now().0.into()],
    )?;
    row.map(Row::stored).transpose()
}

/// The draft that is this one at DocuSign.
pub fn by_envelope(room: &Room, envelope: &str) -> Outcome<Option<StoredDraft>> {
    let row: Option<Row> = room
        .sql
        .row(&format!("SELECT {COLUMNS} FROM drafts WHERE envelope = ? LIMIT 1"), vec![envelope.into()])?;
    row.map(Row::stored).transpose()
}

/// The drafts of a user for a record, last saved first.
pub fn list(room: &Room, user: &str, record: &RecordRef) -> Outcome<Vec<DraftSummary>> {
    let rows: Vec<SummaryRow> = room.sql.rows(
        "SELECT id, template_name, subject, recipients, saved_at, handed_over FROM drafts
         WHERE user = ? AND record = ? AND expires > ? ORDER BY saved_at DESC, id LIMIT 50",
        vec![user.into(), record.to_string().into(), moment::now().0.into()],
    )?;
    rows.into_iter().map(SummaryRow::summary).collect()
}

/// The session user's own draft of the session's record.
pub fn open(room: &Rc<Room>, ask: &OpenDraft) -> Outcome<StoredDraft> {
    let visitor = visits::visitor(room, &ask.session_hash)?;
    let found = find(room, &visitor.user, &ask.id)?.filter(|stored| stored.record == visitor.record);
    found.ok_or(Code::NotFound.into())
}

pub async fn save(room: &Rc<Room>, ask: SaveDraft) -> Outcome<DraftSaved> {
    let visitor = visits::visitor(room, &ask.session_hash)?;
    let (user, id, save) = (&visitor.user, &ask.id, &ask.save);
    let known = find(room, user, id)?;
    let body = serde_json::to_string(&save.draft)?;
    let now = moment::now();
    match &known {
        Some(known) if known.record != visitor.record => return Err(Code::NotFound.into()),
        Some(known) if known.handed_over => return Err(Code::DraftHandedOver.into()),
        // The answer to this very save was lost.
        Some(known)
            if known.version == save.version.saturating_add(1)
                && known.draft == save.draft
                && known.step == save.step =>
        {
            return Ok(DraftSaved { version: known.version, saved_at: known.saved_at });
        }
        Some(known) if known.version != save.version => return Err(Code::DraftConflict.into()),
        Some(_) => {}
        // Sent or deleted while this window was open.
        None if save.version > 0 || sends::sent(room, user, id)?.is_some() => {
            return Err(Code::DraftGone.into());
        }
        None => room_for_one_more(room, user, &visitor.record)?,
    }
    let version = save.version.saturating_add(1);
    let (_, desk) = connections::of_user(room, user)?;
    let account = desk.map(|desk| desk.account);
    let template_name = template_name(room, user, account.as_deref(), &save.draft, known.as_ref())?;
    // A DocuSign draft stays in the account it was made in.
    let account =
        known.as_ref().filter(|known| known.envelope.is_some()).map(|k| k.account.clone()).or(account);
    let expires = now.plus_seconds(KEPT_SECONDS);
    let summary = DraftSummary {
        id: id.clone(),
        template_name,
        subject: save.draft.subject.clone(),
        recipients: save.draft.people(),
        saved_at: now,
        handed_over: false,
    };
    room.sql.run(
        "INSERT INTO drafts (user, id, record, version, step, template_modified, body, template_name, subject,
             recipients, saved_at, account, handed_over, expires, roles)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)
         ON CONFLICT (user, id) DO UPDATE SET version = excluded.version, step = excluded.step,
             template_modified = excluded.template_modified, body = excluded.body,
             template_name = excluded.template_name, subject = excluded.subject,
             recipients = excluded.recipients, saved_at = excluded.saved_at, account = excluded.account,
             expires = excluded.expires, roles = excluded.roles",
        vec![
            user.as_str().into(),
            id.as_str().into(),
            visitor.record.to_string().into(),
            i64::from(version).into(),
            serde_json::to_string(&save.step)?.into(),
            save.template_modified.map(|at| at.0).into(),
            body.into(),
            summary.template_name.as_str().into(),
            summary.subject.as_str().into(),
            serde_json::to_string(&summary.recipients)?.into(),
            now.0.into(),
            account.unwrap_or_default().into(),
            expires.0.into(),
            save.roles.as_ref().map(serde_json::to_string).transpose()?.into(),
        ],
    )?;
    live::tell_user_of_record(room, user, &visitor.record, &Live::Draft { draft: Box::new(summary) });
    room.wake_by(expires).await?;
    Ok(DraftSaved { version, saved_at: now })
}

fn room_for_one_more(room: &Room, user: &str, record: &RecordRef) -> Outcome<()> {
    let kind = format!("{}:%", record.object().type_id());
    let count: Option<Count> = room.sql.row(
        "SELECT count(*) AS n FROM drafts WHERE user = ? AND record LIKE ?",
        vec![user.into(), kind.into()],
    )?;
    if count.is_some_and(|count| count.n >= DRAFTS_MAX) {
        return Err(Code::TooManyDrafts.into());
    }
    Ok(())
}

/// What the panel calls it: the template's name, or the names of several. The wizard has just read them; a name that
/// is not known any more stays what it was.
fn template_name(
    room: &Room,
    user: &str,
    account: Option<&str>,
    draft: &Draft,
    known: Option<&StoredDraft>,
) -> Outcome<String> {
    if let Some(known) = known
        && known.draft.templates() == draft.templates()
        && !known.template_name.is_empty()
    {
        return Ok(known.template_name.clone());
    }
    let mut names = Vec::new();
    for id in draft.templates() {
        if let Some(account) = account
            && let Some(template) = visits::kept_template(room, user, account, &id)?
        {
            names.push(template.name);
        }
    }
    Ok(names.join(", "))
}

/// Deletes the session user's own draft, at DocuSign too. A draft that is being sent stays: whoever deletes it would
/// not know whether it went out. One that is gone already is no failure.
pub async fn delete(room: &Rc<Room>, ask: DeleteDraft) -> Outcome<()> {
    let visitor = visits::visitor(room, &ask.session_hash)?;
    let Some(stored) = find(room, &visitor.user, &ask.id)?.filter(|s| s.record == visitor.record) else {
        return Ok(());
    };
    if sends::is_open(room, &visitor.user, &ask.id)? {
        return Err(Failure::new(Code::SendUnsettled, "the draft is being sent"));
    }
    // From here on a send with this key finds no draft any more.
    remove(room, &visitor.user, &ask.id)?;
    match stored.envelope {
        Some(envelope) => discards::add(room, &envelope, &visitor.user, &stored.account).await,
        None => Ok(()),
    }
}

/// Takes a draft out, and out of its user's open panels; what is at DocuSign stays there.
pub fn remove(room: &Room, user: &str, id: &str) -> Outcome<()> {
    #[derive(Deserialize)]
    struct Gone {
        record: String,
        envelope: Option<String>,
    }
    let gone: Option<Gone> = room.sql.row(
        "DELETE FROM drafts WHERE user = ? AND id = ? RETURNING record, envelope",
        vec![user.into(), id.into()],
    )?;
    if let Some(gone) = &gone {
        papers::forget(room, user, id, gone.envelope.as_deref())?;
    }
    if let Some(record) = gone.and_then(|gone| gone.record.parse().ok()) {
        live::tell_user_of_record(room, user, &record, &Live::DraftGone { id: id.to_owned() });
    }
    Ok(())
}

/// There is a draft at DocuSign now, with these documents.
pub fn set_documents(
    room: &Room,
    user: &str,
    id: &str,
    (account, envelope): (&str, &str),
    documents: &[DraftDocument],
) -> Outcome<()> {
    room.sql.run(
        "UPDATE drafts SET account = ?, envelope = ?, documents = ? WHERE user = ? AND id = ?",
        vec![
            account.into(),
            envelope.into(),
            serde_json::to_string(documents)?.into(),
            user.into(),
            id.into(),
        ],
    )
}

/// The draft at DocuSign is no more: from now on the documents are the template's again.
pub fn lose_documents(room: &Room, user: &str, id: &str) -> Outcome<()> {
    room.sql.run(
        "UPDATE drafts SET envelope = NULL, documents = NULL WHERE user = ? AND id = ?",
        vec![user.into(), id.into()],
    )
}

/// The draft is edited in DocuSign from now on; told to its user's open panels.
pub fn hand_over(room: &Room, user: &str, id: &str) -> Outcome<()> {
    #[derive(Deserialize)]
    struct Record {
        record: String,
    }
    let record: Option<Record> = room.sql.row(
        "UPDATE drafts SET handed_over = 1 WHERE user = ? AND id = ? RETURNING record",
        vec![user.into(), id.into()],
    )?;
    match record.and_then(|row| row.record.parse().ok()) {
        Some(record) => show(room, user, id, &record),
        None => Ok(()),
    }
}

/// Tells its user's open panels how a draft is now.
fn show(room: &Room, user: &str, id: &str, record: &RecordRef) -> Outcome<()> {
    let draft = list(room, user, record)?.into_iter().find(|draft| draft.id == id);
    if let Some(draft) = draft {
        live::tell_user_of_record(room, user, record, &Live::Draft { draft: Box::new(draft) });
    }
    Ok(())
}

impl Row {
    fn stored(self) -> Outcome<StoredDraft> {
        Ok(StoredDraft {
            record: self
                .record
                .parse()
                .map_err(|_| Failure::internal("a stored record reference is malformed"))?,
            draft: json::read_text(&self.body)?,
            version: self.version as u32,
            step: json::read_text(&self.step)?,
            template_modified: self.template_modified.map(|at| Timestamp(at as i64)),
            saved_at: Timestamp(self.saved_at as i64),
            documents: self.documents.as_deref().map(json::read_text).transpose()?,
            roles: self.roles.as_deref().map(json::read_text).transpose()?,
            handed_over: self.handed_over != 0.0,
            user: self.user,
            id: self.id,
            template_name: self.template_name,
            account: self.account,
            envelope: self.envelope,
        })
    }
}

impl SummaryRow {
    fn summary(self) -> Outcome<DraftSummary> {
        Ok(DraftSummary {
            id: self.id,
            template_name: self.template_name,
            subject: self.subject,
            recipients: json::read_text(&self.recipients)?,
            saved_at: Timestamp(self.saved_at as i64),
            handed_over: self.handed_over != 0.0,
        })
    }
}
