//! The routes below `/api/settings`, one file per endpoint; `shared::settings` lists them.
//!
//! All of them need a session of the settings. The admins' begin with [`admin`], and the Portal object asks for the
//! same again (`portal/settings.rs`): what the browser says about itself counts nowhere.

mod account;
mod audit;
mod automation;
mod check;
mod disconnect;
mod fields;
mod hs_fields;
mod keys;
mod language;
mod mappings;
mod mappings_file;
mod outbox;
mod overview;
mod preferences;
mod properties;
mod try_out;
mod uninstall;
mod users;

use shared::{error::Code, settings::Admin};
use worker::{Method, Response};

use crate::{
    access::{self, Guest, Wanted},
    call::Call,
    failure::{Failure, Outcome},
    hubspot::failure::During,
    portal::{ask::settings::KeepAdmin, kept::What},
};

/// Bodies but those of mappings.
const BODY_MAX: usize = 16 * 1024;

/// Answers `/api/settings/…`.
pub async fn answer(call: Call, method: Method, path: &[&str]) -> Outcome<Response> {
    match (method, path) {
        (Method::Get, []) => overview::answer(&call).await,
        (Method::Post, ["check"]) => check::answer(&call).await,
        (Method::Put, ["account"]) => account::answer(call).await,
        (Method::Delete, ["connections", user]) => disconnect::answer(&call, user).await,
        (Method::Put, ["language"]) => language::answer(call).await,
        (Method::Get, ["users"]) => users::answer(&call).await,
        (Method::Put, ["automation"]) => automation::answer(call).await,
        (Method::Put, ["preferences"]) => preferences::answer(call).await,
        (Method::Get, ["keys"]) => keys::list(&call).await,
        (Method::Put, ["keys", id]) => keys::add(call, id).await,
        (Method::Delete, ["keys", id]) => keys::remove(&call, id).await,
        (Method::Get, ["mappings"]) => mappings::read(&call).await,
        (Method::Put, ["mappings"]) => mappings::save(call).await,
        (Method::Delete, ["mappings"]) => mappings::reset(&call).await,
        (Method::Get, ["mappings", "export"]) => mappings_file::export(&call).await,
        (Method::Post, ["mappings", "import"]) => mappings_file::import(call).await,
        (Method::Post, ["mappings", "try"]) => try_out::answer(call).await,
        (Method::Get, ["fields"]) => fields::answer(&call).await,
        (Method::Get, ["properties"]) => properties::answer(&call).await,
        (Method::Get, ["hs-fields"]) => hs_fields::read(&call).await,
        (Method::Post, ["hs-fields"]) => hs_fields::make(call).await,
        (Method::Get, ["uninstall"]) => uninstall::plan(&call).await,
        (Method::Post, ["uninstall"]) => uninstall::answer(call).await,
        (Method::Get, ["envelopes"]) => outbox::index(&call).await,
        (Method::Get, ["outbox"]) => outbox::read(&call).await,
        (Method::Post, ["outbox"]) => outbox::retry(call).await,
        (Method::Get, ["audit"]) => audit::page(&call).await,
        (Method::Get, ["audit.csv"]) => audit::download(&call).await,
        _ => Err(Code::NotFound.into()),
    }
}

/// Somebody with a session of the settings.
pub async fn person(call: &Call) -> Outcome<Guest> {
    person_with(call, &[]).await
}

async fn person_with(call: &Call, kept: &[What]) -> Outcome<Guest> {
    let guest = access::enter_with(call, Wanted { kept, ..Wanted::default() }).await?;
    if guest.visit.record.is_some() {
        return Err(Failure::new(Code::NotFound, "a session of a record"));
    }
    Ok(guest)
}

/// As [`person`], whom HubSpot calls a super admin.
pub async fn admin(call: &Call) -> Outcome<Guest> {
    admin_with(call, &[]).await
}

/// As [`admin`]; the object adds the kept answers that it has.
pub async fn admin_with(call: &Call, kept: &[What]) -> Outcome<Guest> {
    let guest = person_with(call, kept).await?;
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
    guest.portal.ask(&KeepAdmin { session_hash: hash(guest), admin }).await?;
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

/// The hash that the object knows the session by.
fn hash(guest: &Guest) -> String {
    guest.session_hash().to_owned()
}

/// An answer for the browser to save under a name.
fn download(text: String, kind: &str, name: &str) -> Outcome<Response> {
    let response = crate::answer::text(text)?;
    response.headers().set("content-type", kind)?;
    response.headers().set("content-disposition", &format!("attachment; filename=\"{name}\""))?;
    Ok(response)
}
