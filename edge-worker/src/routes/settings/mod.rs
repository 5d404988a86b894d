//! The routes below `/api/settings`, one file per endpoint; `shared::settings` lists them.
//!
//! All of them need a session of the settings. The admins' begin with [`admin`], and the Portal object asks for the
//! same again (`portal/settings.rs`): what the browser says about itself counts nowhere.

mod overview;

use shared::{error::Code, settings::Admin};
use worker::{Method, Response};

use crate::{
    access::{self, Guest},
    call::Call,
    failure::{Failure, Outcome},
    hubspot::failure::During,
    portal::ask::KeepAdmin,
};

/// Answers `/api/settings/…`.
pub async fn answer(call: Call, method: Method, path: &[&str]) -> Outcome<Response> {
    match (method, path) {
        (Method::Get, []) => overview::answer(&call).await,
        _ => Err(Code::NotFound.into()),
    }
}

/// Somebody with a session of the settings.
pub async fn person(call: &Call) -> Outcome<Guest> {
    let guest = access::enter(call).await?;
    if guest.visit.record.is_some() {
        return Err(Failure::new(Code::NotFound, "a session of a record"));
    }
    Ok(guest)
}

/// As [`person`], whom HubSpot calls a super admin.
pub async fn admin(call: &Call) -> Outcome<Guest> {
    let guest = person(call).await?;
    match is_admin(call, &guest).await? {
        true => Ok(guest),
        false => Err(Code::NotAdmin.into()),
    }
}

/// HubSpot's word, of the last five minutes or fresh.
async fn is_admin(call: &Call, guest: &Guest) -> Outcome<bool> {
    if let Some(known) = guest.visit.admin {
        return Ok(known);
    }
    let user = &guest.visit.user;
    let admin = guest.hubspot(call, During::Settings, async |h| h.is_super_admin(user).await).await?;
    guest.portal.ask(&KeepAdmin { session_hash: guest.session_hash().to_owned(), admin }).await?;
    Ok(admin)
}

/// As the settings show it: a failure to find out is told, and nobody is an admin meanwhile.
pub async fn standing_as_admin(call: &Call, guest: &Guest) -> Admin {
    match is_admin(call, guest).await {
        Ok(true) => Admin::Yes,
        Ok(false) => Admin::No,
        Err(failure) => Admin::Unknown { code: failure.error.code },
    }
}
