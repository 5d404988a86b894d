//! The object's one alarm: settles sends that DocuSign did not answer, discards
//! there what was deleted here, and throws away what is over.
//!
//! Nothing here fails outwards: a failure is logged, and the alarm set again.

use std::rc::Rc;

use futures_util::future::join;
use serde::Deserialize;
use serde_json::json;
use shared::time::Timestamp;

use super::{discards, outbox, papers, reconcile, room::Room, sends, upkeep};
use crate::{failure::Outcome, log, moment};

/// Tables whose rows end by themselves.
const ENDING: [&str; 15] = [
    "admins",
    "launches",
    "sessions",
    "tickets",
    "sign_ins",
    "spent",
    "templates",
    "early",
    "sends",
    "drafts",
    "discards",
    "kept",
    "papers",
    "uploads",
    "deeds",
];

#[derive(Deserialize)]
struct Next {
    at: Option<f64>,
}

pub async fn ring(room: &Rc<Room>) {
    if let Err(failure) = work(room).await {
        log::warn("the alarm failed", json!({ "code": failure.error.code, "detail": failure.detail }));
        // Of a portal that was uninstalled meanwhile nothing is left behind, no alarm either.
        if room.must_exist().is_ok() {
            let _ = room.wake_by(moment::now().plus_seconds(60)).await;
        }
    }
}

async fn work(room: &Rc<Room>) -> Outcome<()> {
    // An alarm that was set before the portal was uninstalled.
    if room.must_exist().is_err() {
        return Ok(());
    }
    // What was sent is settled, and what it brings is done, side by side.
    let (settled, done) = join(sends::settle_due(room), outbox::run(room)).await;
    settled?;
    done?;
    if room.must_exist().is_err() {
        return Ok(());
    }
    reconcile::run(room).await?;
    let now = moment::now();
    papers::settle_due(room).await?;
    discards::add_expired(room, now)?;
    discards::retry(room).await?;
    if !upkeep::run(room).await? {
        return Ok(());
    }
    for table in ENDING {
        room.sql.run(&format!("DELETE FROM {table} WHERE expires <= ?"), vec![now.0.into()])?;
    }
    outbox::wake(room).await?;
    match next(room)? {
        // Ends that come close together are cleared together: rows are refused once they are over, whether
        // they are still there or not.
        Some(at) => room.wake_by(Timestamp(at.0.max(now.plus_seconds(30).0))).await,
        None => Ok(()),
    }
}

/// When something is due or over next. A query for each: workerd takes few terms in one compound select.
fn next(room: &Room) -> Outcome<Option<Timestamp>> {
    let mut questions = ENDING.map(|table| format!("SELECT min(expires) AS at FROM {table}")).to_vec();
    questions.push("SELECT min(due) AS at FROM sends WHERE due IS NOT NULL".to_owned());
    questions.push("SELECT min(due) AS at FROM discards".to_owned());
    questions.push(papers::due());
    questions.push(reconcile::DUE.to_owned());
    questions.extend(upkeep::due(room)?);
    let mut first: Option<f64> = None;
    for question in questions {
        let row: Option<Next> = room.sql.row(&question, vec![])?;
        let at = row.and_then(|row| row.at);
        first = [first, at].into_iter().flatten().reduce(f64::min);
    }
    Ok(first.map(|at| Timestamp(at as i64)))
}
