//! What met trouble, for the admins' page *Not done*, and trying it again.

use std::rc::Rc;

use serde::Deserialize;
use shared::{
    effects::Effect,
    error::Code,
    settings::{
        audit::Action,
        outbox::{Entry, Kind, Outbox, SHOWN_MAX, State},
    },
    time::Timestamp,
};

use super::{Lacking, PORTAL, Row, told_error, wake};
use crate::{
    failure::Outcome,
    log, moment,
    portal::{
        ask::settings::{ReadOutbox, RetryOutbox},
        audit::{self, Who},
        envelopes,
        room::Room,
        settings,
    },
    vendor,
};

/// What there is to tell of.
const TROUBLED: &str = "(state IN ('stuck', 'partly') OR (due IS NOT NULL AND told IS NOT NULL))";

pub fn read(room: &Rc<Room>, ask: &ReadOutbox) -> Outcome<Outbox> {
    settings::admin(room, &ask.session_hash)?;
    list(room)
}

fn list(room: &Room) -> Outcome<Outbox> {
    #[derive(Deserialize)]
    struct Told {
        owner: String,
        effect: String,
        record: String,
        state: String,
        tries: f64,
        due: Option<f64>,
        made: f64,
        told: Option<String>,
    }
    #[derive(Deserialize)]
    struct Account {
        account: String,
    }
    #[derive(Deserialize)]
    struct Sums {
        total: f64,
        waiting: f64,
    }
    let sums: Option<Sums> = room.sql.row(
        &format!(
            "SELECT (SELECT count(*) FROM outbox WHERE {TROUBLED}) AS total,
                 (SELECT count(*) FROM outbox WHERE due IS NOT NULL AND told IS NULL) AS waiting"
        ),
        vec![],
    )?;
    let rows: Vec<Told> = room.sql.rows(
        &format!(
            "SELECT owner, effect, record, state, tries, due, made, told FROM outbox WHERE {TROUBLED}
             ORDER BY made DESC, owner, effect LIMIT ?"
        ),
        vec![(SHOWN_MAX as i64).into()],
    )?;
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows {
        let state = match row.state.as_str() {
            "stuck" => State::Stuck,
            "partly" => State::Partly,
            _ => State::Waiting,
        };
        let lacking: Lacking = match (&row.told, state) {
            (Some(told), State::Partly) => crate::json::read_text(told).unwrap_or_default(),
            _ => Lacking::default(),
        };
        let kind = match Effect::of_name(&row.effect) {
            _ if row.owner == PORTAL => Kind::Properties,
            Some(Effect::Status) | None => Kind::Status,
            Some(Effect::Note(_)) => Kind::Note,
            Some(Effect::Filing) => Kind::Filing,
            Some(Effect::Values | Effect::ValuesOf(_)) => Kind::Values,
        };
        entries.push(Entry {
            id: format!("{}~{}", row.owner, row.effect),
            kind,
            state,
            record: row.record.parse().ok(),
            subject: envelopes::find(room, &row.owner)?.map(|stored| stored.envelope.subject),
            since: Timestamp(row.made as i64),
            tries: row.tries as u32,
            next_try: row.due.map(|at| Timestamp(at as i64)),
            error: (state != State::Partly).then(|| told_error(row.told.as_deref())),
            fields: lacking.fields,
        });
    }
    let (total, waiting) = sums.map_or((0, 0), |sums| (sums.total as u32, sums.waiting as u32));
    let quiet = Some(Timestamp(room.quiet_until.get())).filter(|until| until.0 > moment::now().0);
    let accounts: Vec<Account> = room.sql.rows("SELECT account FROM looks", vec![])?;
    let scarce = accounts.iter().filter_map(|one| vendor::scarce_until(&one.account)).max();
    let paused_until = quiet.max(scarce);
    Ok(Outbox { entries, total, waiting, paused_until })
}

/// Has one, or all that are stuck or lack something, tried again from the start.
pub async fn retry(room: &Rc<Room>, ask: RetryOutbox) -> Outcome<Outbox> {
    let admin = settings::admin(room, &ask.session_hash)?;
    let now = moment::now();
    let again = format!(
        "UPDATE outbox SET state = CASE state WHEN 'doing' THEN 'doing' ELSE 'waiting' END, due = ?, tries = 0,
             told = NULL WHERE {TROUBLED}"
    );
    let taken: Vec<serde_json::Value> = match ask.id.as_deref().map(|id| id.split_once('~')) {
        None => room.sql.rows(&format!("{again} RETURNING owner"), vec![now.0.into()])?,
        Some(None) => return Err(Code::NotFound.into()),
        Some(Some((owner, effect))) => room.sql.rows(
            &format!("{again} AND owner = ? AND effect = ? RETURNING owner"),
            vec![now.0.into(), owner.into(), effect.into()],
        )?,
    };
    if taken.is_empty() && ask.id.is_some() {
        return Err(Code::NotFound.into());
    }
    // A scope that was missing, or a property that was archived, is looked after first.
    super::note_properties(room)?;
    let who = Who { user: &admin.user, email: &admin.user_email };
    audit::note(room, &who, Action::OutboxRetried, &taken.len().to_string())?;
    wake(room).await?;
    list(room)
}

/// For the log; the admins find it in the settings.
pub(super) fn announce(room: &Room, row: &Row) {
    let portal = crate::portal::connections::installation(room).map(|one| one.portal).unwrap_or_default();
    log::warn(
        "an effect is stuck",
        serde_json::json!({ "portal": portal, "owner": row.owner, "effect": row.effect }),
    );
}
