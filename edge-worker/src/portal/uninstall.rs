//! The end of a portal: asked for by an admin, or found out after HubSpot's own screens ended it.
//!
//! Everything of the portal goes: its keys in KV, its rows, its alarm, its open sockets. HubSpot is told to take the
//! installation back, which makes its tokens worthless; DocuSign has no way of telling (docusign facts §1.3), there
//! the tokens are just gone. An envelope that is being sent is waited for: uninstalling in the middle would leave
//! nobody to find out whether it was sent.

use std::rc::Rc;

use serde::Deserialize;
use serde_json::json;
use shared::{
    error::{AppError, Code},
    settings::{UninstallPlan, Uninstalled},
    time::Timestamp,
};

use super::{
    ask::{
        FreshGrant,
        settings::{PlanUninstall, Uninstall},
    },
    connections, grants, keys, mappings,
    room::Room,
    settings,
};
use crate::{
    environment,
    failure::{Failure, Outcome},
    hubspot::{self, HubSpot},
    log, moment,
    vault::grant::Holder,
    vendor::VendorError,
};

/// After HubSpot's own screens uninstalled the app, everything is kept this long: an install by mistake undone is an
/// install again.
pub const GRACE_SECONDS: i64 = 7 * 24 * 3600;
/// How long an uninstall from here may take before the alarm takes it to its end.
const FINISH_SECONDS: i64 = 300;

fn count(room: &Room, of: &str) -> Outcome<u32> {
    #[derive(Deserialize)]
    struct Count {
        n: f64,
    }
    let row: Option<Count> = room.sql.row(&format!("SELECT count(*) AS n FROM {of}"), vec![])?;
    Ok(row.map_or(0, |row| row.n as u32))
}

fn sending(room: &Room) -> Outcome<u32> {
    count(room, "sends WHERE state = 'claimed'")
}

pub fn plan(room: &Rc<Room>, ask: &PlanUninstall) -> Outcome<UninstallPlan> {
    settings::admin(room, &ask.session_hash)?;
    Ok(UninstallPlan {
        portal_domain: settings::domain(room)?,
        portal_id: connections::installation(room)?.portal,
        connections: count(room, "connections WHERE state <> 'disconnected'")?,
        envelopes: count(room, "envelopes")?,
        open_envelopes: count(room, "envelopes WHERE over_at IS NULL")?,
        drafts: count(room, "drafts")?,
        mappings: mappings::own(room)?,
        keys: count(room, "connect_keys")?,
        audit_entries: count(room, "audit")?,
        sending: sending(room)?,
    })
}

pub async fn uninstall(room: &Rc<Room>, ask: Uninstall) -> Outcome<Uninstalled> {
    settings::admin(room, &ask.session_hash)?;
    let installation = connections::installation(room)?;
    let confirm = shared::settings::Uninstall { confirm: ask.confirm };
    if !confirm.confirms(&settings::domain(room)?, installation.portal) {
        return Err(AppError::new(Code::UninstallUnconfirmed).field("confirm").into());
    }
    refuse_while_sending(room)?;
    let connections = count(room, "connections WHERE state <> 'disconnected'")?;
    let mut hubspot = true;
    if installation.installed {
        let holder = Holder::HubSpot { portal: installation.portal };
        let grant = grants::fresh(room, FreshGrant { holder, older_than: 0 }).await;
        refuse_while_sending(room)?;
        let was_there = connections::installation(room)?.installed;
        // Closed from here on: nothing is sent any more. Should all this break off, the alarm ends it; not before, or
        // an alarm that happens to ring while HubSpot is told would.
        close(room, Some(moment::now().plus_seconds(FINISH_SECONDS - GRACE_SECONDS)))?;
        room.wake_by(moment::now().plus_seconds(FINISH_SECONDS)).await?;
        let told = match grant {
            Ok(grant) => take_back(room, grant.access_token).await,
            // It was taken back already; or the grant is lost, and with it the way to tell.
            Err(failure) if failure.error.code == Code::NotInstalled => {
                hubspot = !was_there;
                Ok(())
            }
            Err(failure) => Err(failure),
        };
        if let Err(failure) = told {
            close(room, None)?;
            return Err(failure);
        }
    }
    wipe(room).await?;
    Ok(Uninstalled { hubspot, connections })
}

fn refuse_while_sending(room: &Room) -> Outcome<()> {
    if sending(room)? == 0 && room.sending.borrow().is_empty() {
        return Ok(());
    }
    let mut error = AppError::new(Code::UninstallBusy);
    error.retry_after = Some(60);
    Err(error.into())
}

/// Closes the portal as uninstalled since `gone_at`, or opens it again.
fn close(room: &Room, gone_at: Option<Timestamp>) -> Outcome<()> {
    room.sql.run(
        "UPDATE portal SET installed = ?, gone_at = ?",
        vec![i64::from(gone_at.is_none()).into(), gone_at.map(|at| at.0).into()],
    )
}

/// Tells HubSpot. That it does not know the installation any more is as good.
async fn take_back(room: &Rc<Room>, token: crate::secret::Secret) -> Outcome<()> {
    let hubspot = HubSpot::new(room.http.clone(), &room.config()?.hubspot_api_base, token);
    match hubspot.uninstall().await {
        Ok(()) => Ok(()),
        Err(error)
            if error.is_unauthorized() || matches!(error, VendorError::Refused { status: 404, .. }) =>
        {
            Ok(())
        }
        Err(error) => Err(hubspot::failure::failure(&error, hubspot::failure::During::Settings)),
    }
}

/// The alarm's part: what was uninstalled in HubSpot's own screens, or could not be finished, once the grace is over.
/// Says whether there is nothing left.
pub async fn when_over(room: &Rc<Room>) -> Outcome<bool> {
    let is_over = count(
        room,
        &format!(
            "portal WHERE installed = 0 AND gone_at <= {}",
            moment::now().plus_seconds(-GRACE_SECONDS).0
        ),
    )?;
    if is_over == 0 || sending(room)? > 0 {
        return Ok(false);
    }
    wipe(room).await?;
    Ok(true)
}

/// Deletes everything. KV first, while the rows still say what is there; should that fail, the alarm tries again.
async fn wipe(room: &Rc<Room>) -> Outcome<()> {
    #[derive(Deserialize)]
    struct Row {
        user: String,
    }
    // The alarm may have been there first.
    if room.must_exist().is_err() {
        return Ok(());
    }
    let portal = connections::installation(room)?.portal;
    // Refreshes that are under way write to KV when they end.
    let flights: Vec<_> = room.refreshing.borrow().values().cloned().collect();
    for flight in flights {
        let _ = flight.await;
    }
    let rows: Vec<Row> = room.sql.rows("SELECT user FROM connections", vec![])?;
    let mut places = vec![Holder::HubSpot { portal }.place(), keys::place(portal)];
    places.extend(rows.into_iter().map(|row| Holder::DocuSign { portal, user: row.user }.place()));
    room.wake_by(moment::now().plus_seconds(60)).await?;
    let kv = room.env.kv(environment::TOKENS)?;
    for place in places {
        kv.delete(&place).await.map_err(Failure::from)?;
    }
    connections::announce_all(room);
    for socket in room.state.get_websockets() {
        let _ = socket.close(Some(4401), Some("the app was uninstalled"));
    }
    let storage = room.state.storage();
    storage.delete_alarm().await?;
    storage.delete_all().await?;
    room.forget();
    log::info("uninstalled", json!({ "portal": portal }));
    Ok(())
}
