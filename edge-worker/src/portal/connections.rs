//! Who is connected to DocuSign: one connection per HubSpot user.

use std::rc::Rc;

use serde::Deserialize;
use serde_json::json;
use shared::{
    api::{Account, ConnectedAs, Connection, Live},
    error::Code,
    settings::{Standing, Todo, audit::Action},
    time::Timestamp,
};

use super::{
    ask::{AccountAt, Connect, Desk},
    audit::{self, Who},
    grants, live, people,
    room::Room,
    upkeep,
};
use crate::{
    failure::{Failure, Outcome},
    log, moment,
    vault::{
        grant::{Grant, Holder},
        seal,
    },
};

#[derive(Deserialize)]
struct Row {
    state: String,
    docusign_user: String,
    name: String,
    email: String,
    account: String,
    base_uri: String,
    accounts: String,
    since: f64,
    generation: f64,
    sealed: String,
}

#[derive(Deserialize)]
struct PortalRow {
    id: String,
    installed: f64,
    generation: f64,
}

/// What the portal itself is.
pub struct Installation {
    pub portal: u64,
    pub installed: bool,
    /// Generation of HubSpot's grant.
    pub generation: u64,
}

pub fn installation(room: &Room) -> Outcome<Installation> {
    let row: Option<PortalRow> = room.sql.row("SELECT id, installed, generation FROM portal", vec![])?;
    let row = row.ok_or(Failure::new(Code::Unauthorized, "the portal was never installed"))?;
    let portal = row.id.parse().map_err(|_| Failure::internal("the portal's own number is not a number"))?;
    Ok(Installation { portal, installed: row.installed != 0.0, generation: row.generation as u64 })
}

/// How a user stands, and the account they use when they are connected.
pub fn of_user(room: &Room, user: &str) -> Outcome<(Connection, Option<Desk>)> {
    if !installation(room)?.installed {
        return Ok((Connection::NotInstalled, None));
    }
    let row: Option<Row> = room.sql.row(
        "SELECT state, docusign_user, name, email, account, base_uri, accounts, since, generation, sealed FROM connections WHERE user = ? AND state <> 'disconnected'",
        vec![user.into()],
    )?;
    let Some(row) = row else { return Ok((Connection::NotConnected, None)) };
    let accounts: Vec<AccountAt> = crate::json::read_text(&row.accounts)?;
    let account_name =
        accounts.iter().find(|a| a.id == row.account).map(|a| a.name.clone()).unwrap_or_default();
    let connected = ConnectedAs {
        name: row.name,
        email: row.email,
        account_id: row.account.clone(),
        account_name,
        since: Timestamp(row.since as i64),
        accounts: accounts
            .into_iter()
            .map(|a| Account { id: a.id, name: a.name, is_default: a.is_default })
            .collect(),
    };
    // A grant whose sealing key was taken away is lost; should the key come back, so does the connection.
    if row.state != "connected" || !seal::has_key(&room.config()?.sealing_keys, &row.sealed) {
        return Ok((Connection::MustReconnect(connected), None));
    }
    let desk = Desk {
        account: row.account,
        base_uri: row.base_uri,
        generation: row.generation as u64,
        user: row.docusign_user,
    };
    Ok((Connection::Connected(connected), Some(desk)))
}

/// With whose connection an account of DocuSign's is worked in: that of `first`, else automation's, if they belong to it.
pub fn desk_in(room: &Room, account: &str, first: &str) -> Outcome<(String, Desk)> {
    #[derive(Deserialize)]
    struct Automation {
        automation: Option<String>,
    }
    let chosen: Option<Automation> = room.sql.row("SELECT automation FROM settings", vec![])?;
    let automation = chosen.and_then(|row| row.automation);
    let mut lacks = Failure::from(Code::NotConnected);
    for user in [Some(first.to_owned()), automation].into_iter().flatten() {
        let (connection, desk) = of_user(room, &user)?;
        let Some(desk) = desk else {
            lacks = lacking(&connection);
            continue;
        };
        if desk.account == account {
            return Ok((user, desk));
        }
        if let Some(base_uri) = base_of(room, &user, account)? {
            return Ok((user, Desk { account: account.to_owned(), base_uri, ..desk }));
        }
    }
    Err(lacks)
}

/// Where an account is served that a user belongs to.
fn base_of(room: &Room, user: &str, account: &str) -> Outcome<Option<String>> {
    #[derive(Deserialize)]
    struct Row {
        accounts: String,
    }
    let row: Option<Row> =
        room.sql.row("SELECT accounts FROM connections WHERE user = ?", vec![user.into()])?;
    let Some(row) = row else { return Ok(None) };
    let accounts: Vec<AccountAt> = crate::json::read_text(&row.accounts)?;
    Ok(accounts.into_iter().find(|one| one.id == account).map(|one| one.base_uri))
}

/// Why DocuSign cannot be called for a user who stands so.
pub fn lacking(connection: &Connection) -> Failure {
    Failure::from(match connection {
        Connection::MustReconnect(_) => Code::MustReconnect,
        Connection::NotInstalled => Code::NotInstalled,
        Connection::NotConnected | Connection::Connected(_) => Code::NotConnected,
    })
}

/// A connection with all that the settings show of it.
pub struct Known {
    pub connection: Connection,
    /// `None` where there is no connection.
    pub standing: Option<Standing>,
    pub todo: Vec<Todo>,
}

/// DocuSign's consent lasts this long without a refresh (docusign facts §1.3).
const CONSENT_SECONDS: i64 = 30 * 24 * 3600;

pub fn known(room: &Room, user: &str) -> Outcome<Known> {
    #[derive(Deserialize)]
    struct Row {
        account: String,
        used_at: Option<f64>,
        renewed_at: f64,
        trouble: Option<String>,
    }
    #[derive(Deserialize)]
    struct Sum {
        n: f64,
        automation: Option<String>,
    }
    let (connection, _) = of_user(room, user)?;
    let row: Option<Row> = room.sql.row(
        "SELECT account, used_at, coalesce(renewed_at, since) AS renewed_at, trouble FROM connections
         WHERE user = ? AND state <> 'disconnected'",
        vec![user.into()],
    )?;
    let mut todo: Vec<Todo> = match connection {
        Connection::NotInstalled => vec![Todo::InstallAgain],
        Connection::NotConnected => vec![Todo::Connect],
        Connection::MustReconnect(_) => vec![Todo::Reconnect],
        Connection::Connected(_) => Vec::new(),
    };
    let Some(row) = row else { return Ok(Known { connection, standing: None, todo }) };
    todo.extend(Todo::ALL.into_iter().find(|todo| Some(todo.name()) == row.trouble.as_deref()));
    let sum: Option<Sum> = room.sql.row(
        "SELECT count(*) AS n, (SELECT automation FROM settings) AS automation FROM envelopes
         WHERE user = ? AND account = ? AND over_at IS NULL",
        vec![user.into(), row.account.into()],
    )?;
    let standing = Standing {
        last_used: row.used_at.map(|at| Timestamp(at as i64)),
        good_until: Timestamp(row.renewed_at as i64).plus_seconds(CONSENT_SECONDS),
        open_envelopes: sum.as_ref().map_or(0, |sum| sum.n as u32),
        automation: sum.and_then(|sum| sum.automation).is_some_and(|chosen| chosen == user),
    };
    Ok(Known { connection, standing: Some(standing), todo })
}

/// Notes that a connection is in use, to the hour.
pub fn used(room: &Room, user: &str) -> Outcome<()> {
    let now = moment::now();
    room.sql.run(
        "UPDATE connections SET used_at = ? WHERE user = ? AND state = 'connected' AND coalesce(used_at, 0) < ?",
        vec![now.0.into(), user.into(), now.plus_seconds(-3600).0.into()],
    )
}

/// Name and e-mail at DocuSign.
pub fn person(connection: Connection) -> Option<(String, String)> {
    match connection {
        Connection::Connected(who) | Connection::MustReconnect(who) => Some((who.name, who.email)),
        Connection::NotConnected | Connection::NotInstalled => None,
    }
}

/// A user has signed in at DocuSign: stored, and told to their open panels.
pub async fn connect(room: &Rc<Room>, ask: Connect) -> Outcome<()> {
    room.must_exist()?;
    let portal = installation(room)?.portal;
    let known: Option<Generation> =
        room.sql.row("SELECT generation FROM connections WHERE user = ?", vec![ask.user.as_str().into()])?;
    let grant = Grant {
        // From the clock for the first one: a copy that an uninstalled portal left in KV is never newer.
        generation: known.map_or_else(first_generation, |r| r.generation as u64 + 1),
        access_token: ask.tokens.access_token,
        refresh_token: ask.tokens.refresh_token,
        expires_at: ask.tokens.expires_at,
    };
    let holder = Holder::DocuSign { portal, user: ask.user.clone() };
    let sealed = grants::seal(room, &holder, &grant)?;
    let now = moment::now();
    let keep_at = now.plus_seconds(upkeep::KEEP_SECONDS);
    room.sql.run(
        "INSERT OR REPLACE INTO connections (user, user_email, state, docusign_user, name, email, account,
             base_uri, accounts, since, generation, sealed, renewed_at, keep_at)
         VALUES (?, ?, 'connected', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        vec![
            ask.user.as_str().into(),
            ask.user_email.as_str().into(),
            ask.docusign_user.into(),
            ask.name.into(),
            ask.email.as_str().into(),
            ask.account.id.into(),
            ask.account.base_uri.into(),
            serde_json::to_string(&ask.accounts)?.into(),
            now.0.into(),
            (grant.generation as i64).into(),
            sealed.clone().into(),
            now.0.into(),
            keep_at.0.into(),
        ],
    )?;
    audit::note(
        room,
        &Who { user: &ask.user, email: &ask.user_email },
        Action::Connected,
        &format!("{}, {}", ask.email, ask.account.name),
    )?;
    room.wake_by(keep_at).await?;
    grants::publish(room, &holder, &sealed).await;
    log::info("connected", json!({ "portal": portal, "user": ask.user }));
    people::announce(room, &ask.user);
    Ok(())
}

/// The number of the first grant of a connection or an installation.
pub fn first_generation() -> u64 {
    u64::try_from(moment::now().0 / 1000).unwrap_or(1)
}

#[derive(Deserialize)]
struct Generation {
    generation: f64,
}

/// Tells a user's open panels how they stand now.
pub fn announce(room: &Rc<Room>, user: &str) {
    if let Ok((connection, _)) = of_user(room, user) {
        live::tell_user(room, user, &Live::Connection { connection });
    }
}

/// As [`announce`], to everybody: the app was uninstalled.
pub fn announce_all(room: &Rc<Room>) {
    live::tell_all(room, &Live::Connection { connection: Connection::NotInstalled });
}
