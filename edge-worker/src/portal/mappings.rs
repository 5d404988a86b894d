//! The portal's mappings: one set, saved as a whole under a version. Whether it is good was checked before, against
//! what the vendors have; here only who may save it and on top of what.

use std::rc::Rc;

use serde::Deserialize;
use shared::{
    error::Code,
    mapping::{Mapping, defaults},
    settings::Saved,
};

use super::{
    ask::settings::{MappingsOf, ReadMappings, SaveMappings, StoredMappings},
    audit::{self, Who},
    room::Room,
    settings, visits,
};
use crate::failure::Outcome;

#[derive(Deserialize)]
struct Row {
    mappings: Option<String>,
    mappings_version: f64,
}

fn stored(room: &Room) -> Outcome<StoredMappings> {
    let row: Option<Row> = room.sql.row("SELECT mappings, mappings_version FROM settings", vec![])?;
    let version = row.as_ref().map_or(0, |row| row.mappings_version as u32);
    match row.and_then(|row| row.mappings) {
        Some(text) => {
            Ok(StoredMappings { version, mappings: crate::json::read_text(&text)?, default: false })
        }
        None => Ok(StoredMappings { version, mappings: defaults(), default: true }),
    }
}

/// How many there are that somebody made.
pub fn own(room: &Room) -> Outcome<u32> {
    let set = stored(room)?;
    Ok(if set.default { 0 } else { u32::try_from(set.mappings.len()).unwrap_or(u32::MAX) })
}

pub fn read(room: &Rc<Room>, ask: &ReadMappings) -> Outcome<StoredMappings> {
    settings::admin(room, &ask.session_hash)?;
    stored(room)
}

pub fn save(room: &Rc<Room>, ask: SaveMappings) -> Outcome<Saved> {
    let admin = settings::admin(room, &ask.session_hash)?;
    let known = stored(room)?;
    if known.version != ask.version {
        return Err(Code::SettingsConflict.into());
    }
    let version = known.version + 1;
    let text = ask.mappings.as_ref().map(serde_json::to_string).transpose()?;
    room.sql.run(
        "UPDATE settings SET mappings = ?, mappings_version = ?",
        vec![text.into(), i64::from(version).into()],
    )?;
    let count = ask.mappings.map_or(known.mappings.len(), |mappings| mappings.len());
    let who = Who { user: &admin.user, email: &admin.user_email };
    audit::note(room, &who, ask.action, &count.to_string())?;
    Ok(Saved { version })
}

/// All of them.
pub fn all(room: &Room) -> Outcome<Vec<Mapping>> {
    Ok(stored(room)?.mappings)
}

/// What counts when an envelope is sent from a kind of record.
pub fn of_object(room: &Rc<Room>, ask: &MappingsOf) -> Outcome<Vec<Mapping>> {
    visits::anybody(room, &ask.session_hash)?;
    let mut mappings = stored(room)?.mappings;
    mappings.retain(|m| m.object == ask.object && !m.paused && m.direction.to_docusign());
    Ok(mappings)
}
