//! The outbox: what envelopes bring to HubSpot, stored with the event that brings it, done by the alarm, once.
//!
//! An effect is a row under envelope and name (`shared::effects`), so that an event that comes twice adds nothing; the
//! row stays when it is done. A row is written as being done before HubSpot is called. Should we not live to hear the
//! answer, or hear none, the next try looks before it repeats, and not before HubSpot had time to finish.
//!
//! The status of a record is one row for the record: however often it moved meanwhile, the newest is written. While
//! it is being written it may fall due again: `revision` tells.
//!
//! One effect per record is under way at a time, a few records side by side. What HubSpot refuses for good, or for too
//! long, is stuck: it waits in the settings for an admin.

mod deeds;
mod filing;
pub mod stuck;
mod values;
mod words;

use std::rc::Rc;

use futures_util::future::join_all;
use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::{
    effects::{Effect, plan},
    envelope::Envelope,
    error::{AppError, Code},
    record::RecordRef,
    time::Timestamp,
};

use super::{mappings, room::Room, settings};
use crate::{
    failure::{Failure, Outcome},
    log, moment, token,
};

/// Records that are worked on side by side.
const SIDE_BY_SIDE: usize = 6;
/// Rows that one ring of the alarm does, before it lets others have a turn.
const AT_ONCE: usize = 120;
/// Tries before an effect is stuck: with an hour between the later ones, most of a day.
const TRIES_MAX: u32 = 30;
const WAIT_MAX_MS: i64 = 3_600_000;
/// How long HubSpot may still be at work on a call whose answer we did not hear, in first waits.
const AT_WORK_WAITS: i64 = 6;

/// The owner of the effect that makes our properties.
const PORTAL: &str = "portal";
const PROPERTIES: &str = "properties";

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Task {
    /// Of the envelope that is the row's owner; of a record, for [`Effect::Status`].
    Envelope(Effect),
    /// Our properties, for all kinds of record.
    Properties,
}

#[derive(Debug, Clone, Deserialize)]
struct Row {
    owner: String,
    effect: String,
    record: String,
    state: String,
    revision: f64,
    tries: f64,
    tried: Option<f64>,
    work: Option<String>,
}

impl Row {
    fn task(&self) -> Option<Task> {
        if self.owner == PORTAL {
            return (self.effect == PROPERTIES).then_some(Task::Properties);
        }
        Effect::of_name(&self.effect).map(Task::Envelope)
    }

    fn record(&self) -> Outcome<RecordRef> {
        self.record.parse().map_err(|_| Failure::internal("an effect on no record"))
    }

    fn key(&self) -> [worker::SqlStorageValue; 2] {
        [self.owner.as_str().into(), self.effect.as_str().into()]
    }
}

/// How a try ended that did not do it.
struct Undone {
    failure: Failure,
    /// Trying again is of no use until somebody changed something.
    never: bool,
    /// HubSpot may have done it.
    unsure: bool,
}

impl From<Failure> for Undone {
    /// Ours, or a vendor's that passes.
    fn from(failure: Failure) -> Self {
        Self { failure, never: false, unsure: false }
    }
}

/// Done, but for some fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lacking {
    pub fields: Vec<shared::settings::outbox::FieldTrouble>,
}

/// Writes down what an event brings: called where the envelope is stored, before any await, so that both are stored
/// or neither.
pub fn note(room: &Room, before: Option<&Envelope>, after: &Envelope) -> Outcome<()> {
    let preferences = settings::preferences(room)?.0;
    let record = after.record.to_string();
    for effect in plan(before, after, &preferences, &mappings::all(room)?) {
        let owner = if effect == Effect::Status { &record } else { &after.id };
        add(room, owner, &effect.name(), &record, effect == Effect::Status)?;
    }
    Ok(())
}

/// Has our properties made, or looked at again.
pub fn note_properties(room: &Room) -> Outcome<()> {
    add(room, PORTAL, PROPERTIES, PORTAL, true)
}

/// The app was installed, maybe with scopes that were missing: what waits for that is tried again.
pub fn installed(room: &Room) -> Outcome<()> {
    let told = |code: Code| format!("\"code\":\"{}\"", code.name());
    room.sql.run(
        "UPDATE outbox SET state = 'waiting', due = ?, tries = 0, told = NULL
         WHERE state = 'stuck' AND (instr(told, ?) > 0 OR instr(told, ?) > 0)",
        vec![moment::now().0.into(), told(Code::HubspotMissingScope).into(), told(Code::NotInstalled).into()],
    )?;
    note_properties(room)
}

fn add(room: &Room, owner: &str, effect: &str, record: &str, again: bool) -> Outcome<()> {
    let now = moment::now();
    let conflict = if again {
        // What is being done goes on, and is done again afterwards.
        "DO UPDATE SET revision = revision + 1, due = excluded.due, tries = 0, told = NULL,
             state = CASE state WHEN 'doing' THEN 'doing' ELSE 'waiting' END"
    } else {
        "DO NOTHING"
    };
    room.sql.run(
        &format!(
            "INSERT INTO outbox (owner, effect, record, state, revision, tries, due, made)
             VALUES (?, ?, ?, 'waiting', 0, 0, ?, ?) ON CONFLICT (owner, effect) {conflict}"
        ),
        vec![owner.into(), effect.into(), record.into(), now.0.into(), now.0.into()],
    )
}

/// Has the alarm ring when something is due.
pub async fn wake(room: &Rc<Room>) -> Outcome<()> {
    if room.must_exist().is_err() {
        return Ok(());
    }
    match next(room)? {
        Some(at) => room.wake_by(at).await,
        None => Ok(()),
    }
}

/// When there is something to do next.
pub fn next(room: &Room) -> Outcome<Option<Timestamp>> {
    #[derive(Deserialize)]
    struct Next {
        at: Option<f64>,
    }
    let row: Option<Next> =
        room.sql.row("SELECT min(due) AS at FROM outbox WHERE due IS NOT NULL", vec![])?;
    let at = row.and_then(|row| row.at).map(|at| at as i64);
    Ok(at.map(|at| Timestamp(at.max(room.quiet_until.get()))))
}

/// The alarm's part.
pub async fn run(room: &Rc<Room>) -> Outcome<()> {
    if room.delivering.replace(true) {
        return Ok(());
    }
    let outcome = work(room).await;
    room.delivering.set(false);
    outcome
}

async fn work(room: &Rc<Room>) -> Outcome<()> {
    let mut left = AT_ONCE;
    while left > 0 {
        let now = moment::now();
        // The portal may have been uninstalled meanwhile: nothing of it is written any more.
        if room.must_exist().is_err() {
            return Ok(());
        }
        if room.quiet_until.get() > now.0 {
            break;
        }
        // The earliest of each record. Should we end here, the alarm is set already.
        let rows: Vec<Row> = room.sql.rows(
            "SELECT owner, effect, record, state, revision, tries, tried, work, min(due) AS due FROM outbox
             WHERE due <= ? GROUP BY record LIMIT ?",
            vec![now.0.into(), (SIDE_BY_SIDE as i64).into()],
        )?;
        if rows.is_empty() {
            break;
        }
        left = left.saturating_sub(rows.len());
        room.wake_by(now.plus_seconds(2)).await?;
        for done in join_all(rows.into_iter().map(|row| one(room, row))).await {
            done?;
        }
    }
    wake(room).await
}

/// One try of one effect.
async fn one(room: &Rc<Room>, row: Row) -> Outcome<()> {
    let now = moment::now();
    let unsure = row.state == "doing";
    let at_work_until = row.tried.map_or(0, |at| at as i64) + AT_WORK_WAITS * first_wait(room)?;
    if unsure && at_work_until > now.0 {
        let [owner, effect] = row.key();
        return room.sql.run(
            "UPDATE outbox SET due = ? WHERE owner = ? AND effect = ?",
            vec![at_work_until.into(), owner, effect],
        );
    }
    let [owner, effect] = row.key();
    room.sql.run(
        "UPDATE outbox SET state = 'doing', tries = tries + 1, tried = ? WHERE owner = ? AND effect = ?",
        vec![now.0.into(), owner, effect],
    )?;
    let outcome = match row.task() {
        Some(task) => deeds::perform(room, &row, &task, unsure).await,
        None => Err(Undone { never: true, ..Failure::internal("an effect that nobody knows").into() }),
    };
    conclude(room, &row, outcome)
}

/// Writes down how a try ended.
fn conclude(room: &Room, row: &Row, outcome: Result<Lacking, Undone>) -> Outcome<()> {
    #[derive(Deserialize)]
    struct Now {
        revision: f64,
    }
    let [owner, effect] = row.key();
    // The portal may be gone, or the envelope.
    let now: Option<Now> = match room.must_exist() {
        Ok(()) => room.sql.row(
            "SELECT revision FROM outbox WHERE owner = ? AND effect = ?",
            vec![owner.clone(), effect.clone()],
        )?,
        Err(_) => None,
    };
    let Some(now) = now else { return Ok(()) };
    let moved_on = now.revision != row.revision;
    let (state, due, told) = match &outcome {
        // It fell due again while it was being done.
        Ok(_) if moved_on => ("waiting", Some(moment::now().0), None),
        Ok(lacking) if lacking.fields.is_empty() => ("done", None, None),
        Ok(lacking) => ("partly", None, Some(serde_json::to_string(lacking)?)),
        Err(undone) => {
            let tries = row.tries as u32 + 1;
            let wait = wait(room, tries, undone.failure.error.retry_after)?;
            let mut error = undone.failure.error.clone();
            log::warn(
                "an effect was not done",
                json!({ "owner": row.owner, "effect": row.effect, "code": error.code, "tries": tries,
                    "detail": undone.failure.detail }),
            );
            if matches!(error.code, Code::HubspotBusy) {
                // The limit is the portal's, not this effect's.
                room.quiet_until.set(moment::now().0 + wait);
            }
            if error.support_id.is_empty() {
                error.support_id = token::support_id();
            }
            let state = if undone.unsure { "doing" } else { "waiting" };
            if moved_on {
                (state, Some(moment::now().0 + wait), None)
            } else if undone.never || tries >= TRIES_MAX {
                ("stuck", None, Some(serde_json::to_string(&error)?))
            } else {
                (state, Some(moment::now().0 + wait), Some(serde_json::to_string(&error)?))
            }
        }
    };
    room.sql.run(
        "UPDATE outbox SET state = ?, due = ?, told = ?, work = CASE ? WHEN 'done' THEN NULL ELSE work END
         WHERE owner = ? AND effect = ?",
        vec![state.into(), due.into(), told.into(), state.into(), owner, effect],
    )?;
    if matches!(state, "stuck" | "partly") {
        stuck::announce(room, row);
    }
    Ok(())
}

fn first_wait(room: &Room) -> Outcome<i64> {
    Ok(room.config()?.outbox_retry_ms)
}

/// Doubled with every try, an hour at most, shifted by up to a quarter so that what failed together does not come back
/// together; never less than the vendor asked for.
fn wait(room: &Room, tries: u32, retry_after: Option<u32>) -> Outcome<i64> {
    let doubled = first_wait(room)?.saturating_mul(1 << tries.saturating_sub(1).min(20)).min(WAIT_MAX_MS);
    let quarter = (doubled / 4).max(1);
    let shifted = doubled - quarter + token::below(2 * quarter.unsigned_abs()) as i64;
    Ok(shifted.max(retry_after.map_or(0, |seconds| i64::from(seconds) * 1000)))
}

/// Keeps how far an effect has come.
fn keep_work<T: Serialize>(room: &Room, row: &Row, work: &T) -> Outcome<()> {
    let [owner, effect] = row.key();
    room.sql.run(
        "UPDATE outbox SET work = ? WHERE owner = ? AND effect = ?",
        vec![serde_json::to_string(work)?.into(), owner, effect],
    )
}

/// The error that a stuck effect is shown with.
fn told_error(told: Option<&str>) -> AppError {
    told.and_then(|told| crate::json::read_text(told).ok()).unwrap_or(Code::Internal.into())
}
