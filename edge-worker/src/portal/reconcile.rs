//! Finds what Connect did not tell: while envelopes of an account are under way, DocuSign is asked for the hundred
//! that were heard of least recently; one call per account and interval, none while nothing is under way.
//!
//! What it answers goes through the same rule as Connect's messages, at DocuSign's own times, so that it overtakes
//! nothing. An account that cannot be asked is asked less and less often, once a day at least.

use std::rc::Rc;

use serde::Deserialize;
use serde_json::json;
use shared::{
    envelope::{Event, Status},
    time::Timestamp,
};

use super::{connections, grants, room::Room, told};
use crate::{
    failure::Outcome,
    log, moment,
    vendor::{self, VendorError},
    wire::docusign::{EnvelopeList, EnvelopeWire},
};

/// Envelopes in one call.
const AT_ONCE: usize = 100;
/// Between two tries with an account that cannot be asked.
const WAIT_MAX_SECONDS: i64 = 24 * 3600;

/// Envelopes that somebody may still act on.
/// What DocuSign no longer knows is not asked for for ever: nothing is under way for a year.
const OPEN: &str = "over_at IS NULL AND moved_at > (unixepoch() - 31536000) * 1000";

#[derive(Deserialize)]
struct Account {
    account: String,
    failures: f64,
}

/// Has an account looked after, from the first envelope of it that is under way.
pub fn follow(room: &Room, account: &str) -> Outcome<()> {
    let due = moment::now().plus_seconds(room.config()?.reconcile_seconds);
    room.sql.run(
        "INSERT OR IGNORE INTO looks (account, due, failures) VALUES (?, ?, 0)",
        vec![account.into(), due.0.into()],
    )
}

/// The query for when there is something to do next.
pub const DUE: &str = "SELECT min(due) AS at FROM looks";

/// The alarm's part.
pub async fn run(room: &Rc<Room>) -> Outcome<()> {
    let due: Vec<Account> = room
        .sql
        .rows("SELECT account, failures FROM looks WHERE due <= ? LIMIT 10", vec![moment::now().0.into()])?;
    for Account { account, failures } in due {
        let Some(first) = next_user(room, &account)? else {
            room.sql.run("DELETE FROM looks WHERE account = ?", vec![account.into()])?;
            continue;
        };
        let interval = room.config()?.reconcile_seconds;
        // Set before asking: whatever becomes of the call, it was one.
        postpone(room, &account, interval, failures as i64)?;
        if let Some(until) = vendor::scarce_until(&account) {
            set_due(room, &account, until, failures as i64)?;
            continue;
        }
        match look(room, &account, &first).await {
            Ok(found) => {
                postpone(room, &account, interval, 0)?;
                log::info("reconciled", json!({ "account": account, "envelopes": found }));
            }
            Err(failure) => {
                let failures = failures as i64 + 1;
                let wait = interval.saturating_mul(1 << failures.clamp(0, 16)).min(WAIT_MAX_SECONDS);
                let asked = failure.error.retry_after.map_or(0, i64::from);
                postpone(room, &account, wait.max(asked), failures)?;
                log::warn(
                    "DocuSign could not be asked what became of envelopes",
                    json!({ "account": account, "code": failure.error.code, "detail": failure.detail }),
                );
            }
        }
    }
    Ok(())
}

fn postpone(room: &Room, account: &str, seconds: i64, failures: i64) -> Outcome<()> {
    set_due(room, account, moment::now().plus_seconds(seconds), failures)
}

fn set_due(room: &Room, account: &str, at: Timestamp, failures: i64) -> Outcome<()> {
    room.sql.run(
        "UPDATE looks SET due = ?, failures = ? WHERE account = ?",
        vec![at.0.into(), failures.into(), account.into()],
    )
}

/// The sender of what was heard of least recently; `None` when nothing of the account is under way.
fn next_user(room: &Room, account: &str) -> Outcome<Option<String>> {
    #[derive(Deserialize)]
    struct Row {
        user: String,
    }
    let row: Option<Row> = room.sql.row(
        &format!("SELECT user FROM envelopes WHERE account = ? AND {OPEN} ORDER BY synced_at LIMIT 1"),
        vec![account.into()],
    )?;
    Ok(row.map(|row| row.user))
}

/// One call; answers how many envelopes DocuSign told of.
async fn look(room: &Rc<Room>, account: &str, user: &str) -> Outcome<usize> {
    #[derive(Deserialize)]
    struct Row {
        id: String,
    }
    let (asker, desk) = connections::desk_in(room, account, user)?;
    let mine: Vec<Row> = room.sql.rows(
        &format!(
            "SELECT id FROM envelopes WHERE account = ? AND user = ? AND {OPEN} ORDER BY synced_at LIMIT {AT_ONCE}"
        ),
        vec![account.into(), user.into()],
    )?;
    let ids: Vec<String> = mine.into_iter().map(|row| row.id).collect();
    let mut older_than = 0;
    let list: EnvelopeList = loop {
        let (docusign, generation) = grants::docusign(room, &asker, &desk, older_than).await?;
        match docusign.envelopes(&ids).await {
            Err(error) if older_than == 0 && error.is_unauthorized() => older_than = generation,
            other => break other.map_err(|error| failure(&error))?,
        }
    };
    let asked_at = list.last_queried_date_time.as_deref().and_then(moment::parse).unwrap_or(moment::now());
    let found = list.envelopes.unwrap_or_default();
    for wire in &found {
        take(room, wire, asked_at)?;
    }
    // Also what DocuSign does not know: others have their turn first.
    let now = moment::now();
    for id in &ids {
        room.sql.run(
            "UPDATE envelopes SET synced_at = max(synced_at, ?) WHERE id = ?",
            vec![now.0.into(), id.as_str().into()],
        )?;
    }
    Ok(found.len())
}

fn failure(error: &VendorError) -> crate::failure::Failure {
    crate::docusign::failure::failure(error, crate::docusign::failure::During::Envelope)
}

/// Two events: that the status changed, at its time, and how everybody stands, as of now.
fn take(room: &Room, wire: &EnvelopeWire, asked_at: Timestamp) -> Outcome<()> {
    let status = Status::from_name(&wire.status);
    if wire.status.is_empty() || status == Status::Created {
        return Ok(());
    }
    let event = |at: Timestamp| Event {
        name: "reconcile".to_owned(),
        at,
        recipient_id: None,
        status: Some(status.clone()),
        voided_reason: wire.voided_reason.clone(),
        recipients: None,
    };
    let changed = wire.status_changed_date_time.as_deref().and_then(moment::parse);
    if let Some(at) = changed {
        told::take_in_answer(room, &wire.envelope_id, &event(at))?;
    }
    let recipients = wire.people();
    if !recipients.is_empty() {
        let now = Event { recipients: Some(recipients), ..event(asked_at) };
        told::take_in_answer(room, &wire.envelope_id, &now)?;
    }
    Ok(())
}
