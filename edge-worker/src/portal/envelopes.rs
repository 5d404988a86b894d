//! The index of envelopes: ours, so that opening a panel asks nobody.

use std::rc::Rc;

use serde::Deserialize;
use shared::{
    api::Live,
    envelope::{Envelope, Heard, Status, forget},
    record::RecordRef,
    time::Timestamp,
};

use super::{ask::ForgetContact, drafts, live, room::Room};
use crate::{failure::Outcome, token};

/// Envelopes on a page of the panel.
const PAGE: usize = 25;

#[derive(Deserialize)]
struct Body {
    body: String,
}

#[derive(Deserialize)]
struct Sums {
    total: f64,
    synced_at: Option<f64>,
}

pub struct EnvelopePage {
    pub envelopes: Vec<Envelope>,
    pub total: u32,
    pub next: Option<String>,
    pub synced_at: Option<Timestamp>,
}

/// An envelope with what the panel does not show.
pub struct Stored {
    pub envelope: Envelope,
    pub account: String,
    pub user: String,
}

/// The envelopes of a record, newest first, after `cursor`. A cursor that is none of ours starts at the top.
pub fn page(room: &Room, record: &RecordRef, cursor: Option<&str>) -> Outcome<EnvelopePage> {
    let record = record.to_string();
    let (before, before_id) = cursor.and_then(parse_cursor).unwrap_or((i64::MAX >> 10, String::new()));
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let rows: Vec<Body> = room.sql.rows(
        "SELECT body FROM envelopes WHERE record = ? AND (sent_at < ? OR (sent_at = ? AND id < ?))
         ORDER BY sent_at DESC, id DESC LIMIT ?",
        vec![record.as_str().into(), before.into(), before.into(), before_id.into(), limit.into()],
    )?;
    let sums: Option<Sums> = room.sql.row(
        "SELECT count(*) AS total, max(synced_at) AS synced_at FROM envelopes WHERE record = ?",
        vec![record.into()],
    )?;
    let mut envelopes = Vec::with_capacity(rows.len());
    for row in rows.iter().take(PAGE) {
        envelopes.push(shown(crate::json::read_text(&row.body)?));
    }
    let more = rows.len() > PAGE;
    let next = envelopes.last().filter(|_| more).map(|last| format!("{}~{}", last.sent_at.0, last.id));
    let (total, synced_at) = sums.map_or((0, None), |s| (s.total as u32, s.synced_at));
    Ok(EnvelopePage { envelopes, total, next, synced_at: synced_at.map(|at| Timestamp(at as i64)) })
}

fn parse_cursor(cursor: &str) -> Option<(i64, String)> {
    let (at, id) = cursor.split_once('~')?;
    let at: i64 = at.parse().ok()?;
    (id.len() <= 64 && (0..1 << 52).contains(&at)).then(|| (at, id.to_owned()))
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
        "INSERT OR REPLACE INTO envelopes (id, record, sent_at, synced_at, account, user, body, over_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        vec![
            envelope.id.as_str().into(),
            envelope.record.to_string().into(),
            envelope.sent_at.0.into(),
            envelope.synced_at.0.into(),
            stored.account.as_str().into(),
            stored.user.as_str().into(),
            serde_json::to_string(envelope)?.into(),
            over_at(envelope).map(|at| at.0).into(),
        ],
    )
}

/// When an envelope came to its end, if it did.
fn over_at(envelope: &Envelope) -> Option<Timestamp> {
    let is_over = matches!(envelope.status, Status::Completed | Status::Declined | Status::Voided);
    is_over.then_some(envelope.status_at)
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

/// Takes a row out, and out of the open panels.
pub fn remove(room: &Room, record: &RecordRef, id: &str) -> Outcome<()> {
    room.sql.run("DELETE FROM envelopes WHERE id = ?", vec![id.into()])?;
    live::tell_record(room, record, &Live::Gone { id: id.to_owned() });
    Ok(())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_that_is_none_of_ours_is_no_cursor() {
        assert_eq!(parse_cursor("1795435200123~abc"), Some((1_795_435_200_123, "abc".into())));
        for bad in ["", "~", "x~y", "-1~y", "99999999999999999999~y", "5"] {
            assert_eq!(parse_cursor(bad), None, "{bad}");
        }
    }
}
