//! HubSpot's OAuth: the consent page, tokens of 30 minutes, introspection, revocation, and the end of an install.
//!
//! Traps kept: the redirect URI must be exactly the registered one, required scopes must be asked for, parameters
//! are read from the form body only, codes work once, an uninstall is told to nobody, and an access token outlives
//! its revoked refresh token.

mod consent;
mod token;

use axum::{
    Router,
    routing::{get, post},
};

use super::model::Crm;
use crate::world::World;

/// Scopes that the app is registered with as required: every install URL must ask for them.
pub const REQUIRED: [&str; 2] = ["oauth", "crm.objects.contacts.read"];

/// Every scope the sandbox knows, and what the consent page says of it.
pub const KNOWN: [(&str, &str); 18] = [
    ("oauth", "Know which account it is installed in"),
    ("crm.objects.contacts.read", "See contacts and their notes"),
    ("crm.objects.contacts.write", "Change contacts, and add notes"),
    ("crm.objects.companies.read", "See companies"),
    ("crm.objects.companies.write", "Change companies"),
    ("crm.objects.deals.read", "See deals"),
    ("crm.objects.deals.write", "Change deals"),
    ("crm.objects.owners.read", "See who owns a record"),
    ("crm.schemas.contacts.read", "See which properties contacts have"),
    ("crm.schemas.contacts.write", "Add properties to contacts"),
    ("crm.schemas.companies.read", "See which properties companies have"),
    ("crm.schemas.companies.write", "Add properties to companies"),
    ("crm.schemas.deals.read", "See which properties deals have"),
    ("crm.schemas.deals.write", "Add properties to deals"),
    ("settings.users.read", "See users and who is a super admin"),
    ("files", "Upload and delete files"),
    ("automation", "Take part in workflows"),
    ("timeline", "Add events to the timeline of records"),
];

const CODE_MS: i64 = 300_000;
const TOKEN_SECONDS: i64 = 1_800;

pub fn router(world: World) -> Router {
    Router::new()
        .route("/oauth/authorize", get(consent::page).post(consent::decide))
        .route("/oauth/{portal}/authorize", get(consent::page_for))
        .route("/oauth/2026-03/token", post(token::issue))
        .route("/oauth/2026-03/token/introspect", post(token::introspect))
        .route("/oauth/2026-03/token/revoke", post(token::revoke))
        .with_state(world)
}

/// Removes the app from a portal. All its tokens die; nobody is called.
pub fn uninstall(crm: &mut Crm, portal: u64) {
    crm.access_tokens.retain(|_, token| token.portal != portal);
    for token in crm.refresh_tokens.values_mut().filter(|token| token.portal == portal) {
        token.revoked = true;
    }
    crm.codes.retain(|_, code| code.portal != portal);
    if let Some(portal) = crm.portals.get_mut(&portal) {
        portal.install = None;
    }
}

pub fn redirect_uri(world: &World) -> String {
    format!("{}/oauth/hubspot/callback", world.config.worker_url)
}
