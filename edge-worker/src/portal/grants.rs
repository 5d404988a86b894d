//! Both vendors' tokens: the authoritative copy, and the only place where they are refreshed.
//!
//! The sealed grant lies in this object's storage, and a copy in KV for readers everywhere. A refresh is
//! single-flight: however many ask at once, one request goes to the vendor and all get its outcome.

use std::rc::Rc;

use futures_util::{FutureExt, future::LocalBoxFuture};
use serde::Deserialize;
use serde_json::json;
use shared::{error::Code, settings::audit::Action};

use super::{
    ask::{Desk, FreshGrant},
    audit::{self, Who},
    connections, people,
    room::Room,
    settings, upkeep,
};
use crate::{
    docusign::{self, DocuSign},
    environment,
    failure::{Failure, Outcome},
    hubspot, log, moment,
    vault::{
        grant::{Grant, Holder},
        seal::Unsealable,
    },
    vendor::VendorError,
};

/// KV forgets a copy that was not renewed for this long. DocuSign's refresh tokens live as long.
const COPY_SECONDS: u64 = 30 * 24 * 3600;

#[derive(Deserialize)]
struct Sealed {
    sealed: String,
    alive: f64,
}

pub fn seal(room: &Room, holder: &Holder, grant: &Grant) -> Outcome<String> {
    grant
        .seal(&room.config()?.sealing_keys, holder)
        .map_err(|e| Failure::internal(format!("sealing {}: {e}", holder.place())))
}

/// The grant as stored; the error for the user when there is none that could be used.
fn stored(room: &Room, holder: &Holder) -> Outcome<Grant> {
    room.must_exist()?;
    let (row, missing, dead): (Option<Sealed>, _, _) = match holder {
        Holder::HubSpot { .. } => (
            room.sql.row("SELECT sealed, installed AS alive FROM portal", vec![])?,
            Code::NotInstalled,
            Code::NotInstalled,
        ),
        Holder::DocuSign { user, .. } => (
            room.sql.row(
                "SELECT sealed, (state = 'connected') AS alive FROM connections WHERE user = ?",
                vec![user.as_str().into()],
            )?,
            Code::NotConnected,
            Code::MustReconnect,
        ),
    };
    let row = row.filter(|row| !row.sealed.is_empty()).ok_or(Failure::from(missing))?;
    if row.alive == 0.0 {
        return Err(dead.into());
    }
    Grant::open(&room.config()?.sealing_keys, holder, &row.sealed).map_err(|e| {
        let detail = format!("opening {}: {e}", holder.place());
        match e {
            // Its sealing key was taken away: whoever it belongs to signs in again.
            Unsealable::UnknownKey(_) => Failure::new(dead, detail),
            Unsealable::Malformed | Unsealable::Refused => Failure::internal(detail),
        }
    })
}

/// A DocuSign client for a user, with a grant newer than `older_than`, and that grant's generation. Boxed, so that
/// it is compiled once.
pub fn docusign<'a>(
    room: &'a Rc<Room>,
    user: &'a str,
    desk: &'a Desk,
    older_than: u64,
) -> LocalBoxFuture<'a, Outcome<(DocuSign, u64)>> {
    async move {
        let portal = connections::installation(room)?.portal;
        let holder = Holder::DocuSign { portal, user: user.to_owned() };
        let grant = fresh(room, FreshGrant { holder, older_than }).await?;
        let client = DocuSign::new(room.http.clone(), &desk.base_uri, &desk.account, grant.access_token);
        Ok((client, grant.generation))
    }
    .boxed_local()
}

/// A usable grant newer than `older_than`.
pub async fn fresh(room: &Rc<Room>, ask: FreshGrant) -> Outcome<Grant> {
    let known = stored(room, &ask.holder)?;
    if known.generation > ask.older_than && known.is_usable(moment::now()) {
        return Ok(known);
    }
    let place = ask.holder.place();
    let flight = room
        .refreshing
        .borrow_mut()
        .entry(place.clone())
        .or_insert_with(|| {
            let room = Rc::clone(room);
            async move {
                let outcome = refresh(&room, &ask.holder, &known).await;
                room.refreshing.borrow_mut().remove(&place);
                outcome
            }
            .boxed_local()
            .shared()
        })
        .clone();
    flight.await
}

async fn refresh(room: &Rc<Room>, holder: &Holder, old: &Grant) -> Outcome<Grant> {
    let config = room.config()?;
    let tokens = match holder {
        Holder::HubSpot { .. } => hubspot::auth::refresh(&room.http, config, &old.refresh_token).await,
        Holder::DocuSign { .. } => docusign::auth::refresh(&room.http, config, &old.refresh_token).await,
    };
    // Somebody may have signed in anew meanwhile: theirs is the newer grant, whatever came of this refresh.
    let now = stored(room, holder)?;
    if now.generation != old.generation {
        return Ok(now);
    }
    let tokens = match tokens {
        Ok(tokens) => tokens,
        Err(error) => return Err(died(room, holder, &error)),
    };
    let grant = Grant {
        generation: old.generation + 1,
        access_token: tokens.access_token,
        refresh_token: tokens.refresh_token,
        expires_at: tokens.expires_at,
    };
    let sealed = seal(room, holder, &grant)?;
    let generation = grant.generation as i64;
    match holder {
        Holder::HubSpot { .. } => room.sql.run(
            "UPDATE portal SET sealed = ?, generation = ?, check_at = ?",
            vec![
                sealed.clone().into(),
                generation.into(),
                moment::now().plus_seconds(upkeep::CHECK_SECONDS).0.into(),
            ],
        )?,
        Holder::DocuSign { user, .. } => room.sql.run(
            "UPDATE connections SET sealed = ?, generation = ?, renewed_at = ?, keep_at = ? WHERE user = ?",
            vec![
                sealed.clone().into(),
                generation.into(),
                moment::now().0.into(),
                moment::now().plus_seconds(upkeep::KEEP_SECONDS).0.into(),
                user.as_str().into(),
            ],
        )?,
    }
    publish(room, holder, &sealed).await;
    log::info("refreshed", json!({ "grant": holder.place(), "generation": generation }));
    Ok(grant)
}

/// A refused refresh token is final; anything else may pass.
fn died(room: &Rc<Room>, holder: &Holder, error: &VendorError) -> Failure {
    match holder {
        Holder::HubSpot { .. } => {
            if hubspot::failure::is_uninstalled(error) {
                let now = moment::now();
                let _ = room.sql.run(
                    "UPDATE portal SET installed = 0, gone_at = coalesce(gone_at, ?)",
                    vec![now.0.into()],
                );
                let _ = audit::note(room, &audit::NOBODY, Action::UninstallNoticed, "");
                connections::announce_all(room);
            }
            hubspot::failure::failure(error, hubspot::failure::During::Token)
        }
        Holder::DocuSign { user, .. } => {
            let failure = docusign::failure::failure(error, docusign::failure::During::Token);
            if failure.error.code == Code::MustReconnect {
                let _ = room.sql.run(
                    "UPDATE connections SET state = 'must-reconnect' WHERE user = ?",
                    vec![user.as_str().into()],
                );
                let email = settings::email_of(room, user).unwrap_or_default();
                let _ = audit::note(room, &Who { user, email: &email }, Action::ConnectionDied, "");
                people::announce(room, user);
            }
            failure
        }
    }
}

/// Copies a sealed grant to KV. Readers do without when this fails: they ask the object.
pub async fn publish(room: &Rc<Room>, holder: &Holder, sealed: &str) {
    let put = async {
        let builder = room.env.kv(environment::TOKENS)?.put(&holder.place(), sealed)?;
        builder.expiration_ttl(COPY_SECONDS).execute().await?;
        Outcome::Ok(())
    };
    let outcome = put.await;
    // A connection or portal that ended meanwhile leaves nothing behind.
    if stored(room, holder).is_err() {
        if let Ok(kv) = room.env.kv(environment::TOKENS) {
            let _ = kv.delete(&holder.place()).await;
        }
        return;
    }
    if let Err(failure) = outcome {
        log::warn("KV was not written", json!({ "grant": holder.place(), "detail": failure.detail }));
    }
}
