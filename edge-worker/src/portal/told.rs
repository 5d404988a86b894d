//! What DocuSign Connect tells us: each event once, in whatever order, and none lost that is ours.

use std::rc::Rc;

use serde::Deserialize;
use serde_json::{Value, json};
use shared::{
    envelope::{Applied, Event, apply},
    error::Code,
    settings::keys::Signed,
};

use super::{
    ask::{Heard, StoredDraft, Tell},
    connections, drafts,
    envelopes::{self, Stored},
    keys, outbox, papers,
    room::Room,
    sends,
};
use crate::{
    failure::{Failure, Outcome},
    log, moment,
};

/// How long an event of an envelope that is being sent waits for the send to be settled.
const EARLY_SECONDS: i64 = 24 * 3600;

pub async fn tell(room: &Rc<Room>, ask: Tell) -> Outcome<Heard> {
    room.must_exist()?;
    if let Signed::Portal { id } = &ask.signed
        && !keys::is_active(room, id)?
    {
        keys::note(room, &Signed::Nobody)?;
        return Err(Failure::new(Code::Unauthorized, "signed with a key that was removed"));
    }
    keys::note(room, &ask.signed)?;
    let portal = connections::installation(room)?.portal;
    let heard = if ask.portal.is_some_and(|p| p != portal) {
        Heard::Unknown
    } else if let Some(stored) = envelopes::find(room, &ask.envelope)? {
        take_in(room, stored, &ask.event)?
    } else if let Some(draft) = untouched(room, &ask.envelope)? {
        match papers::outside::heard(room, &draft, &ask)? {
            Heard::Kept => match envelopes::find(room, &ask.envelope)? {
                Some(stored) => take_in(room, stored, &ask.event)?,
                None => Heard::Unknown,
            },
            heard => heard,
        }
    } else if sends_open(room, &ask)? {
        keep(room, &ask)?;
        Heard::Kept
    } else {
        Heard::Unknown
    };
    outbox::wake(room).await?;
    log::info(
        "connect",
        json!({ "portal": portal, "envelope": ask.envelope, "event": ask.event.name, "heard": heard }),
    );
    Ok(heard)
}

/// Events that came before DocuSign's answer to the send did.
pub fn take_in_early(room: &Room, envelope: &str) -> Outcome<()> {
    #[derive(Deserialize)]
    struct Row {
        event: String,
    }
    let rows: Vec<Row> =
        room.sql.rows("DELETE FROM early WHERE envelope = ? RETURNING event", vec![envelope.into()])?;
    for row in rows {
        let event: Event = crate::json::read_text(&row.event)?;
        if let Some(stored) = envelopes::find(room, envelope)? {
            take_in(room, stored, &event)?;
        }
    }
    Ok(())
}

/// Applies an event that was not seen yet. DocuSign repeats itself, and sends copies with another
/// `retryCount`: an event is known by envelope, name, recipient and DocuSign's own time.
fn take_in(room: &Room, mut stored: Stored, event: &Event) -> Outcome<Heard> {
    let envelope = stored.envelope.id.clone();
    let recipient = event.recipient_id.clone().unwrap_or_default();
    let seen: Vec<Value> = room.sql.rows(
        "SELECT 1 AS seen FROM events WHERE envelope = ? AND name = ? AND recipient = ? AND at = ?",
        vec![
            envelope.as_str().into(),
            event.name.as_str().into(),
            recipient.as_str().into(),
            event.at.0.into(),
        ],
    )?;
    if !seen.is_empty() {
        return Ok(Heard::Duplicate);
    }
    let now = moment::now();
    room.sql.run(
        "INSERT INTO events (envelope, name, recipient, at, received) VALUES (?, ?, ?, ?, ?)",
        vec![envelope.into(), event.name.as_str().into(), recipient.into(), event.at.0.into(), now.0.into()],
    )?;
    change(room, &mut stored, event)?;
    Ok(Heard::Applied)
}

/// What was not told but asked for: it comes once, whatever its time.
pub fn take_in_answer(room: &Room, envelope: &str, event: &Event) -> Outcome<()> {
    match envelopes::find(room, envelope)? {
        Some(mut stored) => change(room, &mut stored, event),
        None => Ok(()),
    }
}

/// Changes the envelope, and stores what that brings along with it.
fn change(room: &Room, stored: &mut Stored, event: &Event) -> Outcome<()> {
    let before = stored.envelope.clone();
    let applied = apply(&mut stored.envelope, event);
    envelopes::keep_forgotten(room, &mut stored.envelope)?;
    stored.envelope.synced_at = moment::now();
    envelopes::save(room, stored)?;
    outbox::note(room, Some(&before), &stored.envelope)?;
    if applied == Applied::Changed {
        envelopes::show(room, &stored.envelope);
    }
    Ok(())
}

/// The draft that an envelope is, unless it is being sent from here right now.
fn untouched(room: &Room, envelope: &str) -> Outcome<Option<StoredDraft>> {
    let Some(draft) = drafts::by_envelope(room, envelope)? else { return Ok(None) };
    Ok(if sends::is_open(room, &draft.user, &draft.id)? { None } else { Some(draft) })
}

/// Whether a send of this record (of any, when the message does not say) waits for DocuSign.
fn sends_open(room: &Room, ask: &Tell) -> Outcome<bool> {
    let record = ask.record.as_ref().map(ToString::to_string);
    let open: Vec<Value> = room.sql.rows(
        "SELECT 1 AS open FROM sends WHERE state = 'claimed' AND (? IS NULL OR record = ?) LIMIT 1",
        vec![record.clone().into(), record.into()],
    )?;
    Ok(!open.is_empty())
}

fn keep(room: &Room, ask: &Tell) -> Outcome<()> {
    room.sql.run(
        "INSERT INTO early (envelope, event, expires) VALUES (?, ?, ?)",
        vec![
            ask.envelope.as_str().into(),
            serde_json::to_string(&ask.event)?.into(),
            moment::now().plus_seconds(EARLY_SECONDS).0.into(),
        ],
    )
}
