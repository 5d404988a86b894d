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

use axum::Router;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};

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

/// API and OAuth of HubSpot, plus `/__sandbox/hubspot/…`. Faults and the request log are laid around it by
/// `serve`.
pub fn router(world: World) -> Router {
    Router::new()
        .merge(oauth::router(world.clone()))
        .merge(fetch::router(world.clone()))
        .merge(webhook::router(world.clone()))
        .merge(api::router(world))
        .fallback(nowhere)
}

/// Paths of the API answer as HubSpot does, so that a call the sandbox does not emulate is seen in the request log;
/// all else is a page for people.
async fn nowhere(uri: axum::http::Uri) -> Response {
    let api = [
        "/crm/",
        "/oauth/",
        "/files/",
        "/automation/",
        "/settings/",
        "/integrators/",
        "/account-info/",
        "/appinstalls/",
    ];
    if api.iter().any(|start| uri.path().starts_with(start)) {
        return refusal::Refusal::new(404, "NOT_FOUND", format!("No handler for {}", uri.path()))
            .into_response();
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
