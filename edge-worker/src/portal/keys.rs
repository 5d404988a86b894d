//! The portal's own keys for DocuSign Connect, and which messages were signed with which.
//!
//! A key is sealed for `connect/<portal>/<id>`. All of them together lie sealed in KV under `connect/<portal>`, where
//! the route of Connect finds them without waking this object; what it finds there may be a minute old, so a key that
//! was removed is refused here once more ([`is_active`]).

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::{
    error::Code,
    settings::{
        audit::Action,
        keys::{ConnectKey, Delivery, KEYS_MAX, Signed},
    },
    time::Timestamp,
};

use super::{
    ask::settings::{AddKey, Delivered, ListKeys, RemoveKey, StoredKeys},
    audit::{self, Who},
    connections,
    room::Room,
    settings,
};
use crate::{
    environment,
    failure::{Failure, Outcome},
    log, moment,
    secret::Secret,
    vault::seal,
};

/// Deliveries that are kept, of those that were signed and of those that were not: nobody who floods the route
/// pushes the good ones out.
const DELIVERIES: i64 = 10;

/// A key as it lies in KV.
#[derive(Clone, Serialize, Deserialize)]
pub struct Copy {
    pub id: String,
    pub key: Secret,
}

/// Where the copies of a portal's keys are, in KV.
pub fn place(portal: u64) -> String {
    format!("connect/{portal}")
}

fn place_of(portal: u64, id: &str) -> String {
    format!("connect/{portal}/{id}")
}

pub fn list(room: &Rc<Room>, ask: &ListKeys) -> Outcome<StoredKeys> {
    settings::admin(room, &ask.session_hash)?;
    stored(room)
}

#[derive(Deserialize)]
struct KeyRow {
    id: String,
    label: String,
    ending: String,
    added_at: f64,
    added_by: String,
    last_valid: Option<f64>,
}

const KEY: &str = "SELECT id, label, ending, added_at, added_by, last_valid FROM connect_keys";

impl KeyRow {
    fn key(self) -> ConnectKey {
        ConnectKey {
            id: self.id,
            label: self.label,
            end: self.ending,
            added_at: Timestamp(self.added_at as i64),
            added_by: self.added_by,
            last_valid: self.last_valid.map(|at| Timestamp(at as i64)),
        }
    }
}

fn stored(room: &Room) -> Outcome<StoredKeys> {
    #[derive(Deserialize)]
    struct Row {
        at: f64,
        signed: String,
    }
    let keys: Vec<KeyRow> = room.sql.rows(&format!("{KEY} ORDER BY added_at, id"), vec![])?;
    let rows: Vec<Row> =
        room.sql.rows("SELECT at, signed FROM deliveries ORDER BY id DESC LIMIT 20", vec![])?;
    let deliveries = rows.into_iter().filter_map(|row| {
        let signed = crate::json::read_text(&row.signed).ok()?;
        Some(Delivery { at: Timestamp(row.at as i64), signed })
    });
    Ok(StoredKeys { keys: keys.into_iter().map(KeyRow::key).collect(), deliveries: deliveries.collect() })
}

/// Adds a key; one that is there already under this id is left as it is.
pub async fn add(room: &Rc<Room>, ask: AddKey) -> Outcome<ConnectKey> {
    #[derive(Deserialize)]
    struct Count {
        n: f64,
    }
    let admin = settings::admin(room, &ask.session_hash)?;
    let find = || room.sql.row::<KeyRow>(&format!("{KEY} WHERE id = ?"), vec![ask.id.as_str().into()]);
    if let Some(known) = find()? {
        return Ok(known.key());
    }
    let count: Option<Count> = room.sql.row("SELECT count(*) AS n FROM connect_keys", vec![])?;
    if count.is_some_and(|count| count.n as usize >= KEYS_MAX) {
        return Err(Code::TooManyKeys.into());
    }
    let portal = connections::installation(room)?.portal;
    let sealed =
        seal::seal(&room.config()?.sealing_keys, &place_of(portal, &ask.id), ask.key.expose().as_bytes())
            .map_err(|e| Failure::internal(format!("sealing a Connect key: {e}")))?;
    let chars: Vec<char> = ask.key.expose().chars().collect();
    let ending: String = chars.iter().skip(chars.len().saturating_sub(4)).collect();
    room.sql.run(
        "INSERT INTO connect_keys (id, label, ending, sealed, added_at, added_by) VALUES (?, ?, ?, ?, ?, ?)",
        vec![
            ask.id.as_str().into(),
            ask.label.as_str().into(),
            ending.as_str().into(),
            sealed.into(),
            moment::now().0.into(),
            admin.user_email.as_str().into(),
        ],
    )?;
    let who = Who { user: &admin.user, email: &admin.user_email };
    audit::note(room, &who, Action::KeyAdded, &format!("{} (…{ending})", ask.label))?;
    publish(room).await;
    find()?.map(KeyRow::key).ok_or(Failure::internal("a key that was added is gone"))
}

pub async fn remove(room: &Rc<Room>, ask: RemoveKey) -> Outcome<StoredKeys> {
    let admin = settings::admin(room, &ask.session_hash)?;
    let gone: Option<KeyRow> = room.sql.row(
        "DELETE FROM connect_keys WHERE id = ? RETURNING id, label, ending, added_at, added_by, last_valid",
        vec![ask.id.as_str().into()],
    )?;
    if let Some(gone) = gone {
        let who = Who { user: &admin.user, email: &admin.user_email };
        audit::note(room, &who, Action::KeyRemoved, &format!("{} (…{})", gone.label, gone.ending))?;
        publish(room).await;
    }
    stored(room)
}

/// Whether a key that the route of Connect found fitting is still one of ours.
pub fn is_active(room: &Room, id: &str) -> Outcome<bool> {
    let found: Option<KeyRow> = room.sql.row(&format!("{KEY} WHERE id = ?"), vec![id.into()])?;
    Ok(found.is_some())
}

/// A message of which there is nothing to tell but that it came.
pub fn delivered(room: &Rc<Room>, ask: &Delivered) -> Outcome<()> {
    room.must_exist()?;
    note(room, &ask.signed)
}

/// Remembers that a message came, and with which key it was signed.
pub fn note(room: &Room, signed: &Signed) -> Outcome<()> {
    let now = moment::now().0;
    if let Signed::Portal { id } = signed {
        room.sql.run(
            "UPDATE connect_keys SET last_valid = ? WHERE id = ?",
            vec![now.into(), id.as_str().into()],
        )?;
    }
    room.sql.run(
        "INSERT INTO deliveries (at, signed) VALUES (?, ?)",
        vec![now.into(), serde_json::to_string(signed)?.into()],
    )?;
    let nobody = serde_json::to_string(&Signed::Nobody)?;
    for kind in ["=", "<>"] {
        room.sql.run(
            &format!(
                "DELETE FROM deliveries WHERE signed {kind} ? AND id NOT IN
                     (SELECT id FROM deliveries WHERE signed {kind} ? ORDER BY id DESC LIMIT {DELIVERIES})"
            ),
            vec![nobody.as_str().into(), nobody.as_str().into()],
        )?;
    }
    Ok(())
}

/// Copies all keys to KV, and says whether that worked. When it did not, messages that are signed with a key of the portal's own are refused until
/// a key is added or removed again; DocuSign repeats them.
async fn publish(room: &Rc<Room>) -> bool {
    let put = async {
        let portal = connections::installation(room)?.portal;
        let kv = room.env.kv(environment::TOKENS)?;
        let copies = copies(room, portal)?;
        if copies.is_empty() {
            kv.delete(&place(portal)).await?;
            return Ok(());
        }
        let plain = serde_json::to_vec(&copies)?;
        let sealed = seal::seal(&room.config()?.sealing_keys, &place(portal), &plain)
            .map_err(|e| Failure::internal(format!("sealing Connect keys: {e}")))?;
        kv.put(&place(portal), sealed)?.execute().await?;
        Outcome::Ok(())
    };
    let outcome = put.await;
    if let Err(failure) = &outcome {
        log::warn("KV has not the newest Connect keys", json!({ "detail": failure.detail }));
    }
    outcome.is_ok()
}

/// Seals anew what lies under an older sealing key, so that after a rotation the old one is needed for nothing. KV
/// first: should that fail, the rows still say what is to be done.
pub async fn seal_anew(room: &Rc<Room>) -> Outcome<()> {
    let keys = &room.config()?.sealing_keys;
    let is_old = |row: &Sealed| seal::has_key(keys, &row.sealed) && !seal::is_newest(keys, &row.sealed);
    if !sealed(room)?.iter().any(is_old) || !publish(room).await {
        return Ok(());
    }
    let portal = connections::installation(room)?.portal;
    for row in sealed(room)?.into_iter().filter(is_old) {
        let plain = open(room, portal, &row)?;
        let anew = seal::seal(keys, &place_of(portal, &row.id), plain.expose().as_bytes())
            .map_err(|e| Failure::internal(format!("sealing a Connect key: {e}")))?;
        room.sql.run("UPDATE connect_keys SET sealed = ? WHERE id = ?", vec![anew.into(), row.id.into()])?;
    }
    Ok(())
}

#[derive(Deserialize)]
struct Sealed {
    id: String,
    sealed: String,
}

fn sealed(room: &Room) -> Outcome<Vec<Sealed>> {
    room.sql.rows("SELECT id, sealed FROM connect_keys", vec![])
}

fn open(room: &Room, portal: u64, row: &Sealed) -> Outcome<Secret> {
    let plain = seal::open(&room.config()?.sealing_keys, &place_of(portal, &row.id), &row.sealed)
        .map_err(|e| Failure::internal(format!("opening a Connect key: {e}")))?;
    let key = String::from_utf8(plain).map_err(|_| Failure::internal("a Connect key is no text"))?;
    Ok(Secret::new(key))
}

/// Those that open: one whose sealing key was taken away must not take the others with it.
fn copies(room: &Room, portal: u64) -> Outcome<Vec<Copy>> {
    let opened = sealed(room)?.into_iter().filter_map(|row| match open(room, portal, &row) {
        Ok(key) => Some(Copy { id: row.id, key }),
        Err(failure) => {
            log::warn("a Connect key does not open", json!({ "detail": failure.detail }));
            None
        }
    });
    Ok(opened.collect())
}
