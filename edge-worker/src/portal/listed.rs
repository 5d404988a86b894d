//! What the panel's list is found by: a narrow row beside each envelope, in the panel's order, and a sum for each
//! record. Opening a record reads one sum and a page of rows, however many envelopes portal and record have; a
//! search reads the narrow rows of the record.

use serde::Deserialize;
use shared::{
    card::face,
    envelope::{Envelope, Group, group},
    record::RecordRef,
    time::Timestamp,
};

use super::{ask::Wanted, envelopes::shown, room::Room};
use crate::failure::Outcome;

/// Envelopes on a page of the panel.
const PAGE: usize = 25;
/// Rows that are filled in at once after an update.
const BATCH: i64 = 200;

pub struct EnvelopePage {
    pub envelopes: Vec<Envelope>,
    /// Of the record, or of what was found.
    pub total: u32,
    pub next: Option<String>,
    pub synced_at: Option<Timestamp>,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    body: String,
    rank: f64,
    place: f64,
}

#[derive(Deserialize)]
struct Sum {
    total: f64,
    #[serde(default)]
    synced_at: Option<f64>,
}

#[derive(Deserialize)]
struct Id {
    record: String,
}

/// The envelopes of a record that are wanted, after `cursor`. A cursor that is none of ours starts at the top.
pub fn page(room: &Room, record: &RecordRef, cursor: Option<&str>, wanted: &Wanted) -> Outcome<EnvelopePage> {
    let record = record.to_string();
    let sum: Option<Sum> = room
        .sql
        .row("SELECT total, synced_at FROM records WHERE record = ?", vec![record.as_str().into()])?;
    let (which, values) = conditions(&record, wanted);
    let is_all = *wanted == Wanted { by_change: wanted.by_change, ..Wanted::default() };
    let total = match (&sum, is_all) {
        (sum, true) => sum.as_ref().map_or(0.0, |sum| sum.total),
        (_, false) => {
            let found: Option<Sum> = room.sql.row(
                &format!("SELECT count(*) AS total FROM listed l WHERE {which}"),
                values.iter().map(value).collect(),
            )?;
            found.map_or(0.0, |sum| sum.total)
        }
    };
    let after = cursor.and_then(parse_cursor).unwrap_or((-1, i64::MIN >> 10, String::new()));
    let (place, order, beyond) = if wanted.by_change {
        ("latest", "l.latest, l.id", "(l.latest, l.id) > (?, ?)")
    } else {
        ("newest", "l.rank, l.newest, l.id", "(l.rank, l.newest, l.id) > (?, ?, ?)")
    };
    let mut all: Vec<worker::SqlStorageValue> = values.iter().map(value).collect();
    if !wanted.by_change {
        all.push(after.0.into());
    }
    all.extend([after.1.into(), after.2.into(), i64::try_from(PAGE + 1).unwrap_or(i64::MAX).into()]);
    let rows: Vec<Row> = room.sql.rows(
        &format!(
            "SELECT l.id, l.rank, l.{place} AS place, e.body FROM listed l JOIN envelopes e ON e.id = l.id
             WHERE {which} AND {beyond} ORDER BY {order} LIMIT ?"
        ),
        all,
    )?;
    let mut envelopes = Vec::with_capacity(rows.len());
    for row in rows.iter().take(PAGE) {
        envelopes.push(shown(crate::json::read_text(&row.body)?));
    }
    let last = (rows.len() > PAGE).then(|| rows.get(PAGE - 1)).flatten();
    Ok(EnvelopePage {
        envelopes,
        total: total as u32,
        next: last.map(|row| format!("{}~{}~{}", row.rank as i64, row.place as i64, row.id)),
        synced_at: sum.and_then(|sum| sum.synced_at).map(|at| Timestamp(at as i64)),
    })
}

enum Bound {
    Text(String),
    Number(i64),
}

fn value(bound: &Bound) -> worker::SqlStorageValue {
    match bound {
        Bound::Text(text) => text.as_str().into(),
        Bound::Number(number) => (*number).into(),
    }
}

/// Which rows of `l`, with what is bound to it.
fn conditions(record: &str, wanted: &Wanted) -> (String, Vec<Bound>) {
    let mut which = "l.record = ?".to_owned();
    let mut values = vec![Bound::Text(record.to_owned())];
    if let Some(group) = wanted.group {
        which.push_str(" AND l.rank = ?");
        values.push(Bound::Number(rank(group)));
    }
    if let Some(face) = wanted.face {
        which.push_str(" AND l.face = ?");
        values.push(Bound::Text(face.name().to_owned()));
    }
    for word in &wanted.words {
        which.push_str(" AND instr(l.words, ?) > 0");
        values.push(Bound::Text(word.clone()));
    }
    (which, values)
}

fn rank(of: Group) -> i64 {
    match of {
        Group::NeedsAttention => 0,
        Group::InProgress => 1,
        Group::Completed => 2,
    }
}

fn parse_cursor(cursor: &str) -> Option<(i64, i64, String)> {
    let mut parts = cursor.splitn(3, '~');
    let rank: i64 = parts.next()?.parse().ok().filter(|rank| (0..3).contains(rank))?;
    let place: i64 = parts.next()?.parse().ok().filter(|place| (-(1 << 52)..=0).contains(place))?;
    let id = parts.next().filter(|id| !id.is_empty() && id.len() <= 64)?;
    Some((rank, place, id.to_owned()))
}

/// What a search looks in.
fn words(envelope: &Envelope) -> String {
    let people = envelope.recipients.iter().flat_map(|one| [one.name.as_str(), one.email.as_str()]);
    let texts = [envelope.subject.as_str(), envelope.template_name.as_str()];
    texts.into_iter().chain(people).collect::<Vec<_>>().join("\n").to_lowercase()
}

/// Writes down how an envelope is found; after every write of the envelope itself.
pub fn keep(room: &Room, envelope: &Envelope) -> Outcome<()> {
    let record = envelope.record.to_string();
    let known: Option<Id> =
        room.sql.row("SELECT record FROM listed WHERE id = ?", vec![envelope.id.as_str().into()])?;
    let known = known.map(|row| row.record);
    if known.as_ref().is_some_and(|known| *known != record) {
        drop(room, &envelope.id)?;
    }
    let is_new = known.is_none_or(|known| known != record);
    room.sql.run(
        "INSERT OR REPLACE INTO listed (id, record, rank, face, newest, latest, words)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        vec![
            envelope.id.as_str().into(),
            record.as_str().into(),
            rank(group(envelope)).into(),
            face(envelope).name().into(),
            (-envelope.sent_at.0).into(),
            (-envelope.status_at.0).into(),
            words(envelope).into(),
        ],
    )?;
    room.sql.run(
        "INSERT INTO records (record, total, synced_at) VALUES (?, 1, ?) ON CONFLICT (record) DO UPDATE
         SET total = total + ?, synced_at = max(synced_at, excluded.synced_at)",
        vec![record.into(), envelope.synced_at.0.into(), i64::from(is_new).into()],
    )
}

/// Takes an envelope out of the list.
pub fn drop(room: &Room, id: &str) -> Outcome<()> {
    let gone: Option<Id> =
        room.sql.row("DELETE FROM listed WHERE id = ? RETURNING record", vec![id.into()])?;
    let Some(gone) = gone else { return Ok(()) };
    room.sql
        .run("UPDATE records SET total = total - 1 WHERE record = ?", vec![gone.record.as_str().into()])?;
    room.sql.run("DELETE FROM records WHERE record = ? AND total <= 0", vec![gone.record.into()])
}

/// Lists what an older version wrote.
pub fn fill(room: &Room) -> Outcome<()> {
    #[derive(Deserialize)]
    struct Body {
        body: String,
    }
    loop {
        let rows: Vec<Body> = room.sql.rows(
            "SELECT body FROM envelopes WHERE id NOT IN (SELECT id FROM listed) LIMIT ?",
            vec![BATCH.into()],
        )?;
        for row in &rows {
            keep(room, &crate::json::read_text(&row.body)?)?;
        }
        if rows.is_empty() {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_that_is_none_of_ours_is_no_cursor() {
        assert_eq!(parse_cursor("1~-1795435200123~a~b"), Some((1, -1_795_435_200_123, "a~b".into())));
        for bad in
            ["", "~~", "0~x~y", "3~-1~y", "0~1~y", "-1~-1~y", "0~-99999999999999999999~y", "0~-5", "0~-5~"]
        {
            assert_eq!(parse_cursor(bad), None, "{bad}");
        }
    }
}
