//! The connections of the portal as its settings show and change them: whose there are, which one automation uses,
//! another account, the end of one.

use std::rc::Rc;

use serde::Deserialize;
use serde_json::json;
use shared::{
    api::{Connection, Live},
    error::{AppError, Code},
    settings::{ConnectedUser, Disconnected, Todo, UserPage, audit::Action},
};

use super::{
    ask::{
        AccountAt,
        settings::{ChooseAutomation, ChooseLanguage, Disconnect, ListUsers, NoteTrouble, SwitchAccount},
    },
    audit::{self, Who},
    connections, live,
    room::Room,
    settings,
};
use crate::{
    environment,
    failure::{Failure, Outcome},
    log, moment,
    vault::grant::Holder,
};

const PAGE: usize = 100;
/// Characters of a language tag.
const LANGUAGE_MAX: usize = 16;

#[derive(Deserialize)]
struct User {
    user: String,
    user_email: String,
}

/// Those who must do something first, then by e-mail.
pub fn list(room: &Rc<Room>, ask: &ListUsers) -> Outcome<UserPage> {
    #[derive(Deserialize)]
    struct Sum {
        total: f64,
    }
    let admin = settings::admin(room, &ask.session_hash)?;
    let from = ask.cursor.as_deref().and_then(|c| c.parse::<i64>().ok()).unwrap_or(0).max(0);
    let rows: Vec<User> = room.sql.rows(
        "SELECT user, user_email FROM connections WHERE state <> 'disconnected'
         ORDER BY (state = 'connected' AND trouble IS NULL), user_email, user LIMIT ? OFFSET ?",
        vec![(PAGE as i64 + 1).into(), from.into()],
    )?;
    let sum: Option<Sum> =
        room.sql.row("SELECT count(*) AS total FROM connections WHERE state <> 'disconnected'", vec![])?;
    let next = (rows.len() > PAGE).then(|| (from + PAGE as i64).to_string());
    let mut users = Vec::with_capacity(rows.len());
    for row in rows.into_iter().take(PAGE) {
        users.extend(user(room, row, &admin.user)?);
    }
    Ok(UserPage { users, total: sum.map_or(0, |sum| sum.total as u32), next })
}

fn user(room: &Room, row: User, you: &str) -> Outcome<Option<ConnectedUser>> {
    let known = connections::known(room, &row.user)?;
    Ok(known.standing.map(|standing| ConnectedUser {
        you: row.user == you,
        user: row.user,
        email: row.user_email,
        connection: known.connection,
        standing,
        todo: known.todo,
    }))
}

/// Tells a user's open panels and settings how they stand, and the open settings of all admins.
pub fn announce(room: &Rc<Room>, user_id: &str) {
    connections::announce(room, user_id);
    let row: Outcome<Option<User>> =
        room.sql.row("SELECT user, user_email FROM connections WHERE user = ?", vec![user_id.into()]);
    let Ok(Some(row)) = row else { return };
    if let Ok(Some(user)) = user(room, row, "") {
        let is_admin = |user: &str| settings::is_admin(room, user).ok().flatten() == Some(true);
        live::tell_settings(room, is_admin, &Live::User { user: Box::new(user) });
    }
}

pub async fn choose_automation(room: &Rc<Room>, ask: ChooseAutomation) -> Outcome<()> {
    let admin = settings::admin(room, &ask.session_hash)?;
    let mut about = String::new();
    if let Some(user) = &ask.user {
        match connections::of_user(room, user)?.0 {
            Connection::Connected(who) => about = who.email,
            Connection::MustReconnect(_) => return Err(Code::MustReconnect.into()),
            Connection::NotConnected | Connection::NotInstalled => {
                return Err(AppError::new(Code::NotFound).field("user").into());
            }
        }
        // It is kept alive from now on, however long nobody used it.
        room.sql.run(
            "UPDATE connections SET keep_at = coalesce(keep_at, ?) WHERE user = ?",
            vec![moment::now().0.into(), user.as_str().into()],
        )?;
        room.wake_by(moment::now().plus_seconds(60)).await?;
    }
    room.sql.run("UPDATE settings SET automation = ?", vec![ask.user.into()])?;
    let who = Who { user: &admin.user, email: &admin.user_email };
    audit::note(room, &who, Action::AutomationChosen, &about)
}

pub fn choose_language(room: &Rc<Room>, ask: ChooseLanguage) -> Outcome<()> {
    let person = settings::person(room, &ask.session_hash)?;
    let Some(language) = ask.language else {
        return room.sql.run("DELETE FROM languages WHERE user = ?", vec![person.user.into()]);
    };
    let good = (2..=LANGUAGE_MAX).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if !good {
        return Err(AppError::new(Code::BadRequest).field("language").into());
    }
    room.sql.run(
        "INSERT OR REPLACE INTO languages (user, language) VALUES (?, ?)",
        vec![person.user.into(), language.into()],
    )
}

pub fn note_trouble(room: &Rc<Room>, ask: &NoteTrouble) -> Outcome<()> {
    let visitor = super::visits::anybody(room, &ask.session_hash)?;
    trouble(room, &visitor.user, ask.trouble)
}

/// What DocuSign said is wrong with a connection; told when it changes.
pub fn trouble(room: &Rc<Room>, user: &str, trouble: Option<Todo>) -> Outcome<()> {
    let name: Option<String> = trouble.map(|t| t.name().to_owned());
    let changed: Option<serde_json::Value> = room.sql.row(
        "UPDATE connections SET trouble = ? WHERE user = ? AND trouble IS NOT ? RETURNING user",
        vec![name.clone().into(), user.into(), name.into()],
    )?;
    if changed.is_some() {
        announce(room, user);
    }
    Ok(())
}

/// From now on envelopes are sent from another account of the same DocuSign user. The token is the user's, so nothing
/// is signed anew; what was sent from the account before stays where it is.
pub fn switch_account(room: &Rc<Room>, ask: SwitchAccount) -> Outcome<()> {
    #[derive(Deserialize)]
    struct Row {
        accounts: String,
    }
    let person = settings::person(room, &ask.session_hash)?;
    let (connection, desk) = connections::of_user(room, &person.user)?;
    let desk = desk.ok_or_else(|| connections::lacking(&connection))?;
    let row: Option<Row> =
        room.sql.row("SELECT accounts FROM connections WHERE user = ?", vec![person.user.as_str().into()])?;
    let accounts: Vec<AccountAt> =
        row.map(|row| crate::json::read_text(&row.accounts)).transpose()?.unwrap_or_default();
    let account = accounts.into_iter().find(|account| account.id == ask.account);
    let account = account.ok_or(Failure::from(Code::AccountUnknown))?;
    // The list was filtered when it was stored; the setting may have changed since.
    if !room.config()?.allows_docusign_host(&account.base_uri) {
        return Err(Code::AccountUnknown.into());
    }
    if account.id == desk.account {
        return Ok(());
    }
    room.sql.run(
        "UPDATE connections SET account = ?, base_uri = ?, trouble = NULL WHERE user = ?",
        vec![account.id.into(), account.base_uri.into(), person.user.as_str().into()],
    )?;
    let who = Who { user: &person.user, email: &person.user_email };
    audit::note(room, &who, Action::AccountSwitched, &account.name)?;
    announce(room, &person.user);
    Ok(())
}

/// Every trace of the tokens is gone, here and in KV. What stays of the row is that there was one, and the number of
/// its grants, so that a stale copy in KV is never taken for a newer one.
pub async fn disconnect(room: &Rc<Room>, ask: Disconnect) -> Outcome<Disconnected> {
    let person = settings::person(room, &ask.session_hash)?;
    let user = ask.user.unwrap_or_else(|| person.user.clone());
    if user != person.user {
        settings::admin(room, &ask.session_hash)?;
    }
    let portal = connections::installation(room)?.portal;
    let known = connections::known(room, &user)?;
    let standing = known.standing.ok_or(Failure::from(Code::NotFound))?;
    let about = connections::person(known.connection).map(|(_, email)| email).unwrap_or_default();
    // The row goes on to exist so that a refresh under way finds another generation.
    room.sql.run(
        "UPDATE connections SET state = 'disconnected', name = '', email = '', docusign_user = '', account = '',
             base_uri = '', accounts = '[]', sealed = '', trouble = NULL, used_at = NULL, keep_at = NULL,
             generation = generation + 1 WHERE user = ?",
        vec![user.as_str().into()],
    )?;
    room.sql.run("UPDATE settings SET automation = NULL WHERE automation = ?", vec![user.as_str().into()])?;
    for table in ["templates", "kept"] {
        let of_user = match table {
            "kept" => "place LIKE '% ' || ?",
            _ => "user = ?",
        };
        room.sql.run(&format!("DELETE FROM {table} WHERE {of_user}"), vec![user.as_str().into()])?;
    }
    let who = Who { user: &person.user, email: &person.user_email };
    audit::note(room, &who, Action::Disconnected, &about)?;
    let place = Holder::DocuSign { portal, user: user.clone() }.place();
    let deleted = async { Outcome::Ok(room.env.kv(environment::TOKENS)?.delete(&place).await?) };
    if let Err(failure) = deleted.await {
        // Sealed, and known by its generation to be old; it ends by itself.
        log::warn("KV kept the grant of a connection that ended", json!({ "detail": failure.detail }));
    }
    announce(room, &user);
    Ok(Disconnected { user, open_envelopes: standing.open_envelopes, was_automation: standing.automation })
}
