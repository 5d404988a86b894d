//! Installing, and the way to DocuSign's login and back.

use std::rc::Rc;

use serde::Deserialize;
use shared::{error::Code, settings::audit::Action};

use super::{
    ask::{Install, OnBehalf, SignIn, StartSignIn, TakeSignIn},
    audit::{self, Who},
    connections, grants, outbox,
    room::Room,
    upkeep,
};
use crate::{
    failure::{Failure, Outcome},
    moment,
    vault::grant::{Grant, Holder},
};

/// How long a browser may take at the vendor's login.
pub const SIGN_IN_SECONDS: i64 = 600;

#[derive(Deserialize)]
struct PortalRow {
    generation: f64,
}

#[derive(Deserialize)]
struct TicketRow {
    user: String,
    user_email: String,
    locale: Option<String>,
}

#[derive(Deserialize)]
struct SignInRow {
    browser: String,
    user: String,
    user_email: String,
    verifier: String,
    locale: Option<String>,
}

/// The portal exists from now on, or is installed again.
pub async fn install(room: &Rc<Room>, ask: Install) -> Outcome<()> {
    room.create()?;
    let now = moment::now();
    spend(room, &ask.state_hash, SIGN_IN_SECONDS)?;
    let row: Option<PortalRow> = room.sql.row("SELECT generation FROM portal", vec![])?;
    let grant = Grant {
        generation: row.map_or_else(connections::first_generation, |r| r.generation as u64 + 1),
        access_token: ask.tokens.access_token,
        refresh_token: ask.tokens.refresh_token,
        expires_at: ask.tokens.expires_at,
    };
    let holder = Holder::HubSpot { portal: ask.portal };
    let sealed = grants::seal(room, &holder, &grant)?;
    room.sql.run(
        "INSERT INTO portal (one, id, domain, installed, installed_by, installed_at, generation, sealed, check_at)
         VALUES (1, ?, ?, 1, ?, ?, ?, ?, ?)
         ON CONFLICT (one) DO UPDATE SET domain = excluded.domain, installed = 1,
             installed_by = excluded.installed_by, installed_at = excluded.installed_at,
             generation = excluded.generation, sealed = excluded.sealed, check_at = excluded.check_at,
             gone_at = NULL",
        vec![
            ask.portal.to_string().into(),
            ask.domain.into(),
            ask.user.as_str().into(),
            now.0.into(),
            (grant.generation as i64).into(),
            sealed.clone().into(),
            now.plus_seconds(upkeep::CHECK_SECONDS).0.into(),
        ],
    )?;
    outbox::installed(room)?;
    audit::note(room, &Who { user: &ask.user, email: &ask.user_email }, Action::Installed, "")?;
    room.wake_by(now.plus_seconds(SIGN_IN_SECONDS)).await?;
    grants::publish(room, &holder, &sealed).await;
    outbox::wake(room).await
}

/// Remembers a hash for `seconds`; one that is remembered already is refused.
pub fn spend(room: &Rc<Room>, hash: &str, seconds: i64) -> Outcome<()> {
    let now = moment::now();
    let known: Vec<serde_json::Value> = room
        .sql
        .rows("SELECT hash FROM spent WHERE hash = ? AND expires > ?", vec![hash.into(), now.0.into()])?;
    if !known.is_empty() {
        return Err(Failure::new(Code::Unauthorized, "seen before"));
    }
    room.sql.run(
        "INSERT OR REPLACE INTO spent (hash, expires) VALUES (?, ?)",
        vec![hash.into(), now.plus_seconds(seconds).0.into()],
    )
}

/// Takes the ticket, if there is one, and remembers the state for the way back.
pub async fn start(room: &Rc<Room>, ask: StartSignIn) -> Outcome<()> {
    room.must_exist()?;
    let now = moment::now();
    let (user, user_email, locale) = match ask.on_behalf {
        OnBehalf::Installer { user, email } => (user, email, ask.locale),
        OnBehalf::Ticket { hash } => {
            let row: Option<TicketRow> = room.sql.row(
                "DELETE FROM tickets WHERE hash = ? AND expires > ? RETURNING user, user_email, locale",
                vec![hash.into(), now.0.into()],
            )?;
            let row = row.ok_or(Failure::new(Code::Unauthorized, "ticket unknown, used or stale"))?;
            (row.user, row.user_email, row.locale.or(ask.locale))
        }
    };
    let expires = now.plus_seconds(SIGN_IN_SECONDS);
    room.sql.run(
        "INSERT INTO sign_ins (hash, browser, user, user_email, verifier, locale, expires)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        vec![
            ask.state_hash.into(),
            ask.browser_hash.into(),
            user.into(),
            user_email.into(),
            ask.verifier.into(),
            locale.into(),
            expires.0.into(),
        ],
    )?;
    room.wake_by(expires).await
}

/// The state, once, and only for the browser that it was given to.
pub fn take(room: &Rc<Room>, ask: &TakeSignIn) -> Outcome<SignIn> {
    room.must_exist()?;
    let row: Option<SignInRow> = room.sql.row(
        "SELECT browser, user, user_email, verifier, locale FROM sign_ins WHERE hash = ? AND expires > ?",
        vec![ask.state_hash.as_str().into(), moment::now().0.into()],
    )?;
    let row = row.ok_or(Failure::new(Code::Unauthorized, "state unknown, used or stale"))?;
    // Compared as hashes, so the time tells nothing. Another browser does not use the state up.
    if row.browser != ask.browser_hash {
        return Err(Failure::new(Code::Unauthorized, "state of another browser"));
    }
    room.sql.run("DELETE FROM sign_ins WHERE hash = ?", vec![ask.state_hash.as_str().into()])?;
    Ok(SignIn { user: row.user, user_email: row.user_email, verifier: row.verifier, locale: row.locale })
}
