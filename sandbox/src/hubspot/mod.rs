//! The stand-in for HubSpot: OAuth, CRM API, `hubspot.fetch`.

pub mod limits;
pub mod links;
pub mod model;
pub mod properties;
pub mod refusal;
mod sample;
pub mod search;
pub mod signature;
pub mod time;

use axum::Router;
use axum::http::HeaderMap;

pub use self::model::Crm;
use crate::world::World;

/// The portal that a call belongs to, by its access token, for faults and the request log.
pub fn portal_of(_world: &World, _headers: &HeaderMap, _path: &str) -> Option<String> {
    None
}

/// API and OAuth of HubSpot, plus `/__sandbox/hubspot/…`. Faults and the request log are laid around it by
/// `serve`.
pub fn router(_world: World) -> Router {
    Router::new()
}
