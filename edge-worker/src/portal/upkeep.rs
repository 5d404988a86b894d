//! What the alarm does for the settings: keeps connections alive, looks whether the app is still installed, seals
//! anew what lies under an old key, and deletes what is older than the portal wants.
//!
//! DocuSign's consent ends 30 days after the last refresh. A connection is refreshed after 20 of them while it is the
//! one that automation uses, or was used within the last 90 days; others end, and their user connects again. HubSpot's
//! refresh tokens do not end; one refresh a week finds out that the app was uninstalled in HubSpot's own screens.

use std::rc::Rc;

use serde::Deserialize;
use serde_json::json;

use super::{ask::FreshGrant, connections, envelopes, grants, keys, room::Room, settings, uninstall};
use crate::{failure::Outcome, log, moment, vault::grant::Holder};

const DAY: i64 = 24 * 3600;
/// When a connection is refreshed after its last refresh.
pub const KEEP_SECONDS: i64 = 20 * DAY;
/// How long a connection that nobody uses is kept alive.
const USED_SECONDS: i64 = 90 * DAY;
/// How often HubSpot is asked whether the app is installed.
pub const CHECK_SECONDS: i64 = 7 * DAY;
/// Envelopes that are deleted at once.
const SWEEP: i64 = 500;

/// Says whether the portal is still there.
pub async fn run(room: &Rc<Room>) -> Outcome<bool> {
    if uninstall::when_over(room).await? {
        return Ok(false);
    }
    keep_alive(room).await?;
    look_at_hubspot(room).await?;
    keys::seal_anew(room).await?;
    sweep(room)?;
    Ok(true)
}

async fn keep_alive(room: &Rc<Room>) -> Outcome<()> {
    #[derive(Deserialize)]
    struct Row {
        user: String,
        generation: f64,
    }
    let now = moment::now();
    let installation = connections::installation(room)?;
    if !installation.installed {
        return Ok(());
    }
    // Those that nobody uses are left to end.
    room.sql.run(
        "UPDATE connections SET keep_at = NULL WHERE keep_at <= ? AND coalesce(used_at, since) <= ?
             AND user IS NOT (SELECT automation FROM settings)",
        vec![now.0.into(), now.plus_seconds(-USED_SECONDS).0.into()],
    )?;
    // Tomorrow again, unless the refresh says when.
    let due: Vec<Row> = room.sql.rows(
        "UPDATE connections SET keep_at = ? WHERE user IN
             (SELECT user FROM connections WHERE keep_at <= ? AND state = 'connected' LIMIT 20)
         RETURNING user, generation",
        vec![now.plus_seconds(DAY).0.into(), now.0.into()],
    )?;
    for row in due {
        let holder = Holder::DocuSign { portal: installation.portal, user: row.user };
        let ask = FreshGrant { holder, older_than: row.generation as u64 };
        if let Err(failure) = grants::fresh(room, ask).await {
            log::warn("a connection was not kept alive", json!({ "code": failure.error.code }));
        }
    }
    Ok(())
}

async fn look_at_hubspot(room: &Rc<Room>) -> Outcome<()> {
    let now = moment::now();
    let due: Option<serde_json::Value> = room.sql.row(
        "UPDATE portal SET check_at = ? WHERE installed = 1 AND check_at <= ? RETURNING one",
        vec![now.plus_seconds(DAY).0.into(), now.0.into()],
    )?;
    if due.is_some() {
        let installation = connections::installation(room)?;
        let holder = Holder::HubSpot { portal: installation.portal };
        let ask = FreshGrant { holder, older_than: installation.generation };
        if let Err(failure) = grants::fresh(room, ask).await {
            log::warn("HubSpot was asked in vain", json!({ "code": failure.error.code }));
        }
    }
    Ok(())
}

/// Envelopes that are over for longer than the portal wants to see them.
fn sweep(room: &Room) -> Outcome<()> {
    #[derive(Deserialize)]
    struct Row {
        id: String,
    }
    let Some(days) = settings::preferences(room)?.0.retention_days else { return Ok(()) };
    let before = moment::now().plus_seconds(-i64::from(days) * DAY);
    let gone: Vec<Row> = room.sql.rows(
        "DELETE FROM envelopes WHERE id IN (SELECT id FROM envelopes WHERE over_at <= ? LIMIT ?) RETURNING id",
        vec![before.0.into(), SWEEP.into()],
    )?;
    gone.iter().try_for_each(|row| envelopes::forget_all(room, &row.id))
}

/// Queries for when there is something to do next.
pub fn due(room: &Room) -> Outcome<Vec<String>> {
    let grace = uninstall::GRACE_SECONDS * 1000;
    let mut due = vec![
        "SELECT min(keep_at) AS at FROM connections WHERE state = 'connected'
             AND (SELECT installed FROM portal) = 1"
            .to_owned(),
        format!("SELECT CASE installed WHEN 1 THEN check_at ELSE gone_at + {grace} END AS at FROM portal"),
    ];
    if let Some(days) = settings::preferences(room)?.0.retention_days {
        let kept = i64::from(days) * DAY * 1000;
        due.push(format!("SELECT min(over_at) + {kept} AS at FROM envelopes"));
    }
    Ok(due)
}
