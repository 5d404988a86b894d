//! Drafts at DocuSign that were deleted here and are still to be thrown away there.
//!
//! Tried at once, soon again, and then by the alarm until DocuSign has done it or a week is over. Only ever a draft of ours is named:
//! what was sent is no draft any more, and DocuSign is asked for its status first.

use std::rc::Rc;

use serde::Deserialize;
use serde_json::json;
use shared::time::Timestamp;

use super::{connections, grants, room::Room};
use crate::{
    docusign::{
        DocuSign,
        failure::{During, failure},
    },
    failure::Outcome,
    log, moment,
    vendor::VendorError,
};

const KEPT_SECONDS: i64 = 7 * 24 * 3600;
/// Most failures are over by then.
const SOON_SECONDS: i64 = 15;
const RETRY_SECONDS: i64 = 15 * 60;

#[derive(Deserialize)]
struct Row {
    envelope: String,
    user: String,
    account: String,
}

/// Throws a draft away at DocuSign, now or later. Fails only if that cannot be written down.
pub async fn add(room: &Rc<Room>, envelope: &str, user: &str, account: &str) -> Outcome<()> {
    let now = moment::now();
    room.sql.run(
        "INSERT OR REPLACE INTO discards (envelope, user, account, due, expires) VALUES (?, ?, ?, ?, ?)",
        vec![
            envelope.into(),
            user.into(),
            account.into(),
            now.plus_seconds(SOON_SECONDS).0.into(),
            now.plus_seconds(KEPT_SECONDS).0.into(),
        ],
    )?;
    room.wake_by(now.plus_seconds(SOON_SECONDS)).await?;
    let row = Row { envelope: envelope.to_owned(), user: user.to_owned(), account: account.to_owned() };
    discard(room, &row).await;
    Ok(())
}

/// Drafts that are over: those that nobody went on with in DocuSign are thrown away there too.
pub fn add_expired(room: &Room, now: Timestamp) -> Outcome<()> {
    room.sql.run(
        "INSERT OR IGNORE INTO discards (envelope, user, account, due, expires)
         SELECT envelope, user, account, ?, ? FROM drafts
         WHERE expires <= ? AND envelope IS NOT NULL AND handed_over = 0",
        vec![now.0.into(), now.plus_seconds(KEPT_SECONDS).0.into(), now.0.into()],
    )
}

/// The alarm's part.
pub async fn retry(room: &Rc<Room>) -> Outcome<()> {
    let now = moment::now();
    let due: Vec<Row> = room.sql.rows(
        "UPDATE discards SET due = ? WHERE envelope IN (SELECT envelope FROM discards WHERE due <= ? LIMIT 20)
         RETURNING envelope, user, account",
        vec![now.plus_seconds(RETRY_SECONDS).0.into(), now.0.into()],
    )?;
    for row in due {
        discard(room, &row).await;
    }
    Ok(())
}

async fn discard(room: &Rc<Room>, row: &Row) {
    match attempt(room, row).await {
        Ok(()) => {
            let gone = "DELETE FROM discards WHERE envelope = ?";
            let _ = room.sql.run(gone, vec![row.envelope.as_str().into()]);
        }
        Err(failure) => log::warn(
            "a deleted draft is still at DocuSign",
            json!({ "envelope": row.envelope, "code": failure.error.code, "detail": failure.detail }),
        ),
    }
}

/// Done when there is no such draft at DocuSign any more, whoever saw to that.
async fn attempt(room: &Rc<Room>, row: &Row) -> Outcome<()> {
    let (_, desk) = connections::of_user(room, &row.user)?;
    // Who is not connected, or is to another account, may be again within the week.
    let Some(desk) = desk.filter(|desk| desk.account == row.account) else {
        return Err(shared::error::Code::NotConnected.into());
    };
    let (docusign, generation) = grants::docusign(room, &row.user, &desk, 0).await?;
    let outcome = match throw_away(&docusign, &row.envelope).await {
        Err(error) if error.is_unauthorized() => {
            let (docusign, _) = grants::docusign(room, &row.user, &desk, generation).await?;
            throw_away(&docusign, &row.envelope).await
        }
        other => other,
    };
    outcome.map_err(|error| failure(&error, During::Envelope))
}

async fn throw_away(docusign: &DocuSign, envelope: &str) -> Result<(), VendorError> {
    match docusign.envelope(envelope).await {
        Ok(found) if found.status.eq_ignore_ascii_case("created") => docusign.discard_draft(envelope).await,
        Ok(_) | Err(VendorError::Refused { status: 404, .. }) => Ok(()),
        Err(error) => Err(error),
    }
}
