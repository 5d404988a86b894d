//! The stand-in for HubSpot: OAuth, CRM API, `hubspot.fetch`, webhooks.

mod access;
mod api;
pub mod fetch;
pub mod limits;
pub mod links;
pub mod model;
pub mod oauth;
pub mod properties;
pub mod refusal;
mod sample;
pub mod search;
pub mod signature;
pub mod time;
pub mod webhook;

use std::collections::HashMap;

use axum::Router;
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use tower::ServiceExt as _;

pub use self::api::files;
pub use self::model::Crm;
use crate::lock::lock;
use crate::world::World;

/// Put on a response whose request did not show whose it is: the request log reads it.
#[derive(Clone, Copy, Debug)]
pub struct OfPortal(pub u64);

/// The portal that a call belongs to, by its access token, for faults and the request log.
pub fn portal_of(world: &World, headers: &HeaderMap, _path: &str) -> Option<String> {
    let token = access::bearer(headers)?;
    lock(&world.hubspot).access_tokens.get(token).map(|token| token.portal.to_string())
}

/// The portal of a token call, by the code or the token that it is about.
pub fn portal_of_grant(world: &World, form: &HashMap<String, String>) -> Option<String> {
    let hubspot = lock(&world.hubspot);
    let code = form.get("code").and_then(|c| hubspot.codes.get(c)).map(|c| c.portal);
    let refresh = || form.get("refresh_token").and_then(|t| hubspot.refresh_tokens.get(t)).map(|t| t.portal);
    code.or_else(refresh).map(|portal| portal.to_string())
}

/// API and OAuth of HubSpot, plus `/__sandbox/hubspot/…`. Faults and the request log are laid around it by
/// `serve`.
pub fn router(world: World) -> Router {
    let current = Router::new()
        .merge(oauth::router(world.clone()))
        .merge(fetch::router(world.clone()))
        .merge(webhook::router(world.clone()))
        .merge(api::router(world));
    current.clone().fallback(move |request: Request| elsewhere(current, request))
}

/// What the API's paths were called before they had a date: HubSpot's own SDK still uses them.
const OLDER: [(&str, &str); 9] = [
    ("/crm/v3/objects", "/crm/objects/2026-03"),
    ("/crm/v4/objects", "/crm/objects/2026-03"),
    ("/crm/v4/associations", "/crm/associations/2026-03"),
    ("/crm/v3/properties", "/crm/properties/2026-03"),
    ("/crm/v3/owners", "/crm/owners/2026-03"),
    ("/settings/v3/users", "/settings/users/2026-03"),
    ("/files/v3/files", "/files/2026-03/files"),
    ("/oauth/v1/token", "/oauth/2026-03/token"),
    ("/account-info/v3/details", "/account-info/2026-03/details"),
];

const API: [&str; 8] = [
    "/crm/",
    "/oauth/",
    "/files/",
    "/automation/",
    "/settings/",
    "/integrators/",
    "/account-info/",
    "/appinstalls/",
];

/// Older paths lead to the same handlers. Other paths of the API answer as HubSpot does, so that a call which the
/// sandbox does not emulate is seen in the request log; all else is a page for people.
async fn elsewhere(current: Router, mut request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let dated = OLDER.iter().find_map(|(older, dated)| {
        let rest = path.strip_prefix(older)?;
        (rest.is_empty() || rest.starts_with('/')).then(|| format!("{dated}{}", rest.trim_end_matches('/')))
    });
    if let Some(mut dated) = dated {
        if let Some(query) = request.uri().query() {
            dated.push('?');
            dated.push_str(query);
        }
        if let Ok(uri) = dated.parse() {
            *request.uri_mut() = uri;
            return current.oneshot(request).await.into_response();
        }
    }
    if API.iter().any(|start| path.starts_with(start)) {
        return refusal::Refusal::new(404, "NOT_FOUND", format!("No handler for {path}")).into_response();
    }
    crate::crm::missing("This page is not there", "The address may be mistyped.")
}

/// Ids come as numbers from a card and as texts from most tests.
fn text_or_number<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(u64),
        Text(String),
    }
    match <Either as serde::Deserialize>::deserialize(deserializer)? {
        Either::Number(number) => Ok(number),
        Either::Text(text) => text.parse().map_err(serde::de::Error::custom),
    }
}
