//! The settings of a portal: who may change them, and what everybody may see of them.
//!
//! Whether somebody is an admin is HubSpot's to say; what it said is kept for five minutes. [`admin`] is the door of
//! every question that only admins may ask.

use std::rc::Rc;

use serde::Deserialize;
use shared::{
    error::{AppError, Code},
    record::RecordRef,
    settings::{Preferences, Saved, audit::Action},
    time::Timestamp,
};

use super::{
    ask::settings::{KeepAdmin, ReadSettings, SavePreferences, StoredSettings},
    audit::{self, Who},
    connections,
    room::Room,
    visits::{self, Visitor},
};
use crate::{
    failure::{Failure, Outcome},
    moment,
};

/// How long HubSpot's word about an admin is good.
const ADMIN_SECONDS: i64 = 300;

/// Somebody with a session of the settings: one that is bound to a record has no business here.
pub fn person(room: &Room, session_hash: &str) -> Outcome<Visitor<Option<RecordRef>>> {
    let visitor = visits::anybody(room, session_hash)?;
    if visitor.record.is_some() {
        return Err(Failure::new(Code::NotFound, "a session of a record"));
    }
    Ok(visitor)
}

/// As [`person`], and HubSpot says that they are a super admin.
pub fn admin(room: &Room, session_hash: &str) -> Outcome<Visitor<Option<RecordRef>>> {
    let visitor = person(room, session_hash)?;
    if is_admin(room, &visitor.user)? != Some(true) {
        return Err(Code::NotAdmin.into());
    }
    Ok(visitor)
}

/// What HubSpot said of late; `None` when it must be asked.
pub fn is_admin(room: &Room, user: &str) -> Outcome<Option<bool>> {
    #[derive(Deserialize)]
    struct Row {
        admin: f64,
    }
    let row: Option<Row> = room.sql.row(
        "SELECT admin FROM admins WHERE user = ? AND expires > ?",
        vec![user.into(), moment::now().0.into()],
    )?;
    Ok(row.map(|row| row.admin != 0.0))
}

pub async fn keep_admin(room: &Rc<Room>, ask: KeepAdmin) -> Outcome<()> {
    let visitor = person(room, &ask.session_hash)?;
    let expires = moment::now().plus_seconds(ADMIN_SECONDS);
    room.sql.run(
        "INSERT OR REPLACE INTO admins (user, admin, expires) VALUES (?, ?, ?)",
        vec![visitor.user.into(), i64::from(ask.admin).into(), expires.0.into()],
    )?;
    room.wake_by(expires).await
}

/// The language that a user chose over HubSpot's.
pub fn language(room: &Room, user: &str) -> Outcome<Option<String>> {
    #[derive(Deserialize)]
    struct Row {
        language: String,
    }
    let row: Option<Row> =
        room.sql.row("SELECT language FROM languages WHERE user = ?", vec![user.into()])?;
    Ok(row.map(|row| row.language))
}

pub fn read(room: &Rc<Room>, ask: &ReadSettings) -> Outcome<StoredSettings> {
    #[derive(Deserialize)]
    struct Row {
        installed_at: f64,
    }
    let visitor = person(room, &ask.session_hash)?;
    let row: Option<Row> = room.sql.row("SELECT installed_at FROM portal", vec![])?;
    let row = row.ok_or(Failure::internal("a portal without its row"))?;
    let known = connections::known(room, &visitor.user)?;
    let (preferences, preferences_version) = preferences(room)?;
    Ok(StoredSettings {
        portal_domain: domain(room)?,
        installed_at: Timestamp(row.installed_at as i64),
        language: language(room, &visitor.user)?,
        user: visitor.user,
        email: visitor.user_email,
        connection: known.connection,
        standing: known.standing,
        todo: known.todo,
        preferences,
        preferences_version,
    })
}

pub fn domain(room: &Room) -> Outcome<String> {
    #[derive(Deserialize)]
    struct Row {
        domain: String,
    }
    let row: Option<Row> = room.sql.row("SELECT domain FROM portal", vec![])?;
    row.map(|row| row.domain).ok_or(Failure::internal("a portal without its row"))
}

/// A HubSpot user's e-mail, of those who connected; empty for others.
pub fn email_of(room: &Room, user: &str) -> Outcome<String> {
    #[derive(Deserialize)]
    struct Row {
        user_email: String,
    }
    let row: Option<Row> =
        room.sql.row("SELECT user_email FROM connections WHERE user = ?", vec![user.into()])?;
    Ok(row.map(|row| row.user_email).unwrap_or_default())
}

pub async fn save_preferences(room: &Rc<Room>, ask: SavePreferences) -> Outcome<Saved> {
    let admin = admin(room, &ask.session_hash)?;
    if let Some(field) = ask.preferences.problem() {
        return Err(AppError::new(Code::BadRequest).field(field).into());
    }
    let (known, version) = preferences(room)?;
    if version != ask.version {
        return Err(Code::SettingsConflict.into());
    }
    let version = version + 1;
    room.sql.run(
        "UPDATE settings SET preferences = ?, preferences_version = ?",
        vec![serde_json::to_string(&ask.preferences)?.into(), i64::from(version).into()],
    )?;
    let who = Who { user: &admin.user, email: &admin.user_email };
    audit::note(room, &who, Action::PreferencesSaved, "")?;
    if ask.preferences.retention_days != known.retention_days {
        // What is too old by now goes soon.
        room.wake_by(moment::now().plus_seconds(60)).await?;
    }
    Ok(Saved { version })
}

pub fn preferences(room: &Room) -> Outcome<(Preferences, u32)> {
    #[derive(Deserialize)]
    struct Row {
        preferences: Option<String>,
        preferences_version: f64,
    }
    let row: Option<Row> = room.sql.row("SELECT preferences, preferences_version FROM settings", vec![])?;
    let Some(row) = row else { return Ok((Preferences::default(), 0)) };
    let kept = row.preferences.as_deref().map(crate::json::read_text).transpose()?;
    Ok((kept.unwrap_or_default(), row.preferences_version as u32))
}
