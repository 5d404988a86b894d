//! Answers of vendors that may be some minutes old, near everything else a wizard needs: so that opening it again,
//! and sending, asks nobody for what has hardly changed. Nothing in here decides whether something is allowed.
//!
//! What a DocuSign user may see is kept for that user and account alone.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use shared::record::{ObjectType, RecordRef};

use super::{
    ask::{Desk, Keep},
    connections,
    room::Room,
    visits,
};
use crate::{failure::Outcome, moment};

/// As long as a template is kept for the send that follows.
const KEPT_SECONDS: i64 = 30 * 60;
/// What is larger is asked for every time; a row must stay below 2 MB.
const BODY_MAX: usize = 1_500_000;

/// What is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// The DocuSign account's custom fields.
    Definitions,
    /// What the DocuSign account lets a sender change.
    Allowed,
    /// The template folders that the user sees.
    Folders,
    /// The user's favourite templates, as the list shows them.
    Favorites,
    /// The portal's properties of the session's kind of record.
    Properties,
    /// Those of another kind.
    PropertiesOf(ObjectType),
    /// The portal's time zone and currency.
    Account,
}

#[derive(Deserialize)]
struct Row {
    body: String,
}

/// What of `wanted` is known for somebody.
pub fn find(
    room: &Room,
    user: &str,
    object: Option<ObjectType>,
    desk: Option<&Desk>,
    wanted: &[What],
) -> Outcome<Vec<(What, String)>> {
    let now = moment::now().0;
    let mut found = Vec::new();
    for what in wanted {
        let Some(place) = place(*what, user, object, desk) else { continue };
        let row: Option<Row> = room
            .sql
            .row("SELECT body FROM kept WHERE place = ? AND expires > ?", vec![place.into(), now.into()])?;
        found.extend(row.map(|row| (*what, row.body)));
    }
    Ok(found)
}

/// Keeps an answer, or forgets it where there is none.
pub async fn keep(room: &Rc<Room>, ask: Keep) -> Outcome<()> {
    let visitor = visits::anybody(room, &ask.session_hash)?;
    let (_, desk) = connections::of_user(room, &visitor.user)?;
    let object = visitor.record.as_ref().map(RecordRef::object);
    let Some(place) = place(ask.what, &visitor.user, object, desk.as_ref()) else { return Ok(()) };
    let expires = moment::now().plus_seconds(KEPT_SECONDS);
    match ask.body.filter(|body| body.len() <= BODY_MAX) {
        Some(body) => room.sql.run(
            "INSERT OR REPLACE INTO kept (place, body, expires) VALUES (?, ?, ?)",
            vec![place.into(), body.into(), expires.0.into()],
        )?,
        None => room.sql.run("DELETE FROM kept WHERE place = ?", vec![place.into()])?,
    }
    room.wake_by(expires).await
}

/// `None` for the properties of a session's kind of record where it has no record.
fn place(what: What, user: &str, object: Option<ObjectType>, desk: Option<&Desk>) -> Option<String> {
    let name = match what {
        What::Definitions => "definitions",
        What::Allowed => "allowed",
        What::Folders => "folders",
        What::Favorites => "favorites",
        What::Properties => return object.map(|object| format!("properties {}", object.path())),
        What::PropertiesOf(object) => return Some(format!("properties {}", object.path())),
        What::Account => return Some("account".to_owned()),
    };
    Some(format!("{name} {} {user}", desk.map_or("", |desk| &desk.account)))
}
