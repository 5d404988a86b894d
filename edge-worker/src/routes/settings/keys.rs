//! `/api/settings/keys`: the portal's own keys for DocuSign Connect, and what was signed with them of late.

use shared::{
    error::{AppError, Code},
    settings::keys::{AddedKey, KeyList, NewKey, problem},
};
use uuid::Uuid;
use worker::Response;

use super::{BODY_MAX, admin, hash};
use crate::{
    access::Guest,
    answer,
    call::Call,
    failure::Outcome,
    portal::ask::settings::{AddKey, ListKeys, RemoveKey, StoredKeys},
    secret::Secret,
    token,
};

pub async fn list(call: &Call) -> Outcome<Response> {
    let guest = admin(call).await?;
    let stored = guest.portal.ask(&ListKeys { session_hash: hash(&guest) }).await?;
    shown(call, &guest, stored)
}

/// A key that is made here is told once, in this answer, and only where nothing was under this id before.
pub async fn add(mut call: Call, id: &str) -> Outcome<Response> {
    let id = Uuid::parse_str(id).map_err(|_| AppError::new(Code::BadRequest).field("id"))?.to_string();
    let new: NewKey = call.json(BODY_MAX).await?;
    if let Some(field) = problem(&new) {
        return Err(AppError::new(Code::KeyRefused).field(field).into());
    }
    let guest = admin(&call).await?;
    let made = new.key.is_none().then(token::connect_key);
    let key = Secret::new(made.clone().or(new.key).unwrap_or_default());
    let label = new.label.trim().to_owned();
    let stored = guest.portal.ask(&AddKey { session_hash: hash(&guest), id, label, key }).await?;
    // Another end: there was a key under this id, and what was just made is nobody's.
    let secret = made.filter(|made| made.ends_with(&stored.end));
    answer::data(&AddedKey { key: stored, secret })
}

pub async fn remove(call: &Call, id: &str) -> Outcome<Response> {
    let id = Uuid::parse_str(id).map_err(|_| Code::NotFound)?.to_string();
    let guest = admin(call).await?;
    let stored = guest.portal.ask(&RemoveKey { session_hash: hash(&guest), id }).await?;
    shown(call, &guest, stored)
}

fn shown(call: &Call, guest: &Guest, stored: StoredKeys) -> Outcome<Response> {
    answer::data(&KeyList {
        keys: stored.keys,
        deliveries: stored.deliveries,
        connect_url: format!("{}/docusign/connect/{}", call.config.base_url, guest.portal.id),
    })
}
