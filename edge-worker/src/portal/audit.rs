//! The list of who changed what. The last ten thousand entries are kept, as long as the portal.

use std::rc::Rc;

use serde::Deserialize;
use shared::{
    settings::audit::{Action, AuditEntry, AuditPage},
    time::Timestamp,
};

use super::{
    ask::settings::{NoteAudit, ReadAudit},
    room::Room,
    settings,
};
use crate::{failure::Outcome, moment};

const PAGE: i64 = 50;
const KEPT: i64 = 10_000;

/// Somebody, or nobody where it happened by itself.
pub struct Who<'a> {
    pub user: &'a str,
    pub email: &'a str,
}

pub const NOBODY: Who<'static> = Who { user: "", email: "" };

/// Writes an entry. `about` must hold no secret.
pub fn note(room: &Room, who: &Who<'_>, action: Action, about: &str) -> Outcome<()> {
    room.sql.run(
        "INSERT INTO audit (at, user, email, action, about) VALUES (?, ?, ?, ?, ?)",
        vec![moment::now().0.into(), who.user.into(), who.email.into(), action.name().into(), about.into()],
    )?;
    room.sql.run("DELETE FROM audit WHERE id <= (SELECT max(id) FROM audit) - ?", vec![KEPT.into()])
}

pub fn note_for(room: &Rc<Room>, ask: &NoteAudit) -> Outcome<()> {
    let admin = settings::admin(room, &ask.session_hash)?;
    note(room, &Who { user: &admin.user, email: &admin.user_email }, ask.action, &ask.about)
}

pub fn read(room: &Rc<Room>, ask: &ReadAudit) -> Outcome<AuditPage> {
    #[derive(Deserialize)]
    struct Row {
        id: f64,
        at: f64,
        user: String,
        email: String,
        action: String,
        about: String,
    }
    settings::admin(room, &ask.session_hash)?;
    let page = if ask.all { KEPT } else { PAGE };
    let before = ask.cursor.as_deref().and_then(|c| c.parse::<i64>().ok()).unwrap_or(i64::MAX >> 10);
    let rows: Vec<Row> = room.sql.rows(
        "SELECT id, at, user, email, action, about FROM audit
         WHERE id < ? AND at >= ? AND at <= ? AND (? = '' OR action = ?) AND (? = '' OR user = ?)
         ORDER BY id DESC LIMIT ?",
        {
            let action = ask.action.map_or("", Action::name);
            let user = ask.user.as_deref().unwrap_or_default();
            vec![
                before.into(),
                ask.from.map_or(0, |at| at.0).into(),
                ask.to.map_or(i64::MAX >> 10, |at| at.0).into(),
                action.into(),
                action.into(),
                user.into(),
                user.into(),
                (page + 1).into(),
            ]
        },
    )?;
    let limit = usize::try_from(page).unwrap_or(usize::MAX);
    let next =
        (rows.len() > limit).then(|| rows.get(limit - 1).map(|row| (row.id as i64).to_string())).flatten();
    let entries = rows.into_iter().take(limit).filter_map(|row| {
        Some(AuditEntry {
            at: Timestamp(row.at as i64),
            user: row.user,
            email: row.email,
            action: Action::of_name(&row.action)?,
            about: row.about,
        })
    });
    Ok(AuditPage { entries: entries.collect(), next })
}
