//! The index of envelopes: ours, so that opening a panel asks nobody.

use std::rc::Rc;

use serde::Deserialize;
use shared::{
    api::Live,
    envelope::{Envelope, Heard, Status, forget},
    record::RecordRef,
    settings::{Index, audit::Action},
    time::Timestamp,
};

use super::{
    ask::{ForgetContact, settings::ReadIndex},
    audit::{self, Who},
    drafts, listed, live,
    room::Room,
    settings,
};
use crate::{failure::Outcome, token};

/// An envelope with what the panel does not show.
pub struct Stored {
    pub envelope: Envelope,
    pub account: String,
    pub user: String,
}

pub fn find(room: &Room, id: &str) -> Outcome<Option<Stored>> {
    #[derive(Deserialize)]
    struct Row {
        body: String,
        account: String,
        user: String,
    }
    let row: Option<Row> =
        room.sql.row("SELECT body, account, user FROM envelopes WHERE id = ?", vec![id.into()])?;
    row.map(|r| Ok(Stored { envelope: crate::json::read_text(&r.body)?, account: r.account, user: r.user }))
        .transpose()
}

/// Writes an envelope. The panels are told with [`show`], since they need not know of every write.
pub fn save(room: &Room, stored: &Stored) -> Outcome<()> {
    let envelope = &stored.envelope;
    room.sql.run(
        "INSERT OR REPLACE INTO envelopes (id, record, sent_at, synced_at, account, user, body, over_at,
             moved_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        vec![
            envelope.id.as_str().into(),
            envelope.record.to_string().into(),
            envelope.sent_at.0.into(),
            envelope.synced_at.0.into(),
            stored.account.as_str().into(),
            stored.user.as_str().into(),
            serde_json::to_string(envelope)?.into(),
            over_at(envelope).map(|at| at.0).into(),
            moved_at(envelope).map(|at| at.0).into(),
        ],
    )?;
    listed::keep(room, envelope)
}

/// When an envelope came to its end, if it did.
fn over_at(envelope: &Envelope) -> Option<Timestamp> {
    let is_over = matches!(envelope.status, Status::Completed | Status::Declined | Status::Voided);
    is_over.then_some(envelope.status_at)
}

/// When an envelope that was sent came to its status: the record shows the one that moved last.
fn moved_at(envelope: &Envelope) -> Option<Timestamp> {
    let is_out = !matches!(envelope.status, Status::Sending | Status::Created);
    is_out.then_some(envelope.status_at)
}

/// A record was merged into another: everything of it is the other's now.
pub fn rehome(room: &Room, from: &RecordRef, to: &RecordRef) -> Outcome<()> {
    let (from, to) = (from.to_string(), to.to_string());
    room.sql.run(
        "UPDATE envelopes SET record = ?, body = json_set(body, '$.record', ?) WHERE record = ?",
        vec![to.as_str().into(), to.as_str().into(), from.as_str().into()],
    )?;
    room.sql.run(
        "INSERT INTO records (record, total, synced_at)
             SELECT ?, total, synced_at FROM records WHERE record = ?
         ON CONFLICT (record) DO UPDATE SET total = total + excluded.total,
             synced_at = max(synced_at, excluded.synced_at)",
        vec![to.as_str().into(), from.as_str().into()],
    )?;
    room.sql.run("DELETE FROM records WHERE record = ?", vec![from.as_str().into()])?;
    for table in ["listed", "drafts", "sends", "outbox"] {
        room.sql.run(
            &format!("UPDATE {table} SET record = ? WHERE record = ?"),
            vec![to.as_str().into(), from.as_str().into()],
        )?;
    }
    Ok(())
}

/// The contacts who were picked as those recipients of an envelope who sign it.
pub fn signing_contacts(room: &Room, envelope: &Envelope) -> Outcome<Vec<String>> {
    #[derive(Deserialize)]
    struct Row {
        contact: String,
        email_hash: String,
    }
    let rows: Vec<Row> = room.sql.rows(
        "SELECT contact, email_hash FROM people WHERE envelope = ? AND forgotten = 0 ORDER BY contact",
        vec![envelope.id.as_str().into()],
    )?;
    let signers = || envelope.recipients.iter().filter(|one| one.kind.needs_signature());
    let signs = |row: &Row| signers().any(|one| email_hash(&one.email) == row.email_hash);
    let mut contacts: Vec<String> = rows.into_iter().filter(signs).map(|row| row.contact).collect();
    contacts.dedup();
    Ok(contacts)
}

/// As the browser gets it: without what only [`shared::envelope::apply`] needs.
pub fn shown(envelope: Envelope) -> Envelope {
    Envelope { heard: Heard::default(), ..envelope }
}

/// Tells the open panels of the envelope's record.
pub fn show(room: &Room, envelope: &Envelope) {
    let envelope = Box::new(shown(envelope.clone()));
    live::tell_record(room, &envelope.record.clone(), &Live::Envelope { envelope });
}

/// Envelopes on a page of the index.
const INDEX_PAGE: usize = 500;

/// All of the portal's, for an admin's file.
pub fn index(room: &Room, ask: &ReadIndex) -> Outcome<Index> {
    let admin = settings::admin(room, &ask.session_hash)?;
    if ask.cursor.is_none() {
        let who = Who { user: &admin.user, email: &admin.user_email };
        audit::note(room, &who, Action::IndexDownloaded, "")?;
    }
    #[derive(Deserialize)]
    struct Body {
        body: String,
    }
    let rows: Vec<Body> = room.sql.rows(
        "SELECT body FROM envelopes WHERE moved_at IS NOT NULL AND id > ? ORDER BY id LIMIT ?",
        vec![ask.cursor.as_deref().unwrap_or_default().into(), (INDEX_PAGE as i64).into()],
    )?;
    let full = rows.len() == INDEX_PAGE;
    let envelopes = rows
        .iter()
        .map(|row| crate::json::read_text(&row.body).map(shown))
        .collect::<Result<Vec<Envelope>, _>>()?;
    let next = envelopes.last().filter(|_| full).map(|last| last.id.clone());
    Ok(Index { envelopes, next })
}

/// Takes a row out, and out of the open panels.
pub fn remove(room: &Room, record: &RecordRef, id: &str) -> Outcome<()> {
    room.sql.run("DELETE FROM envelopes WHERE id = ?", vec![id.into()])?;
    listed::drop(room, id)?;
    live::tell_record(room, record, &Live::Gone { id: id.to_owned() });
    Ok(())
}

/// What is kept about an envelope besides its row, which is gone already.
pub fn forget_all(room: &Room, id: &str) -> Outcome<()> {
    listed::drop(room, id)?;
    for table in ["people", "events", "early", "history", "deeds"] {
        room.sql.run(&format!("DELETE FROM {table} WHERE envelope = ?"), vec![id.into()])?;
    }
    room.sql.run("DELETE FROM outbox WHERE owner = ?", vec![id.into()])
}

/// Remembers which HubSpot contact a recipient was picked from, so that the person can be forgotten.
pub fn remember_contact(room: &Room, contact: &str, envelope: &str, email: &str) -> Outcome<()> {
    room.sql.run(
        "INSERT OR IGNORE INTO people (contact, envelope, email_hash, forgotten) VALUES (?, ?, ?, 0)",
        vec![contact.into(), envelope.into(), email_hash(email).into()],
    )
}

/// Tells a forgotten person's e-mail from others without keeping it.
fn email_hash(email: &str) -> String {
    token::hash(&email.trim().to_lowercase())
}

#[derive(Deserialize)]
struct Person {
    envelope: String,
    email_hash: String,
}

/// Blanks a person's name and e-mail in every envelope they were sent as a contact, and in every draft; who did what
/// when stays. Later messages of DocuSign about these envelopes name them again, so they are remembered as forgotten.
pub async fn forget_contact(room: &Rc<Room>, ask: ForgetContact) -> Outcome<()> {
    room.must_exist()?;
    drafts::forget_contact(room, &ask.contact).await?;
    let people: Vec<Person> = room.sql.rows(
        "UPDATE people SET forgotten = 1 WHERE contact = ? RETURNING envelope, email_hash",
        vec![ask.contact.as_str().into()],
    )?;
    for person in people {
        let Some(mut stored) = find(room, &person.envelope)? else { continue };
        blank(&mut stored.envelope, &person);
        save(room, &stored)?;
        show(room, &stored.envelope);
    }
    Ok(())
}

/// Forgets anew whom a message of DocuSign has just named again.
pub fn keep_forgotten(room: &Room, envelope: &mut Envelope) -> Outcome<()> {
    let people: Vec<Person> = room.sql.rows(
        "SELECT envelope, email_hash FROM people WHERE envelope = ? AND forgotten = 1",
        vec![envelope.id.as_str().into()],
    )?;
    people.iter().for_each(|person| blank(envelope, person));
    Ok(())
}

fn blank(envelope: &mut Envelope, person: &Person) {
    let is_theirs = |email: &&String| email_hash(email) == person.email_hash;
    let email = envelope.recipients.iter().map(|r| &r.email).find(is_theirs).cloned();
    if let Some(email) = email {
        forget(envelope, &email);
    }
}
