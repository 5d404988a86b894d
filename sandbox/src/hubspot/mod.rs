//! The stand-in for HubSpot: OAuth, CRM API, `hubspot.fetch`.

use axum::Router;
use axum::http::HeaderMap;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::world::{PortalSpec, World};

/// Everything that HubSpot knows; saved as JSON.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Crm {}

impl Crm {
    /// Adds a portal with its own copy of the sample data. Answers what a test needs: `portalId`, `users`
    /// (id, email, name), `contacts`, `companies`, `deals` (id by name).
    pub fn add_portal(&mut self, spec: &PortalSpec, _now: DateTime<Utc>) -> Value {
        json!({ "portalId": spec.portal_id })
    }

    /// What `GET /__sandbox/state` shows of HubSpot.
    pub fn describe(&self) -> Value {
        json!({})
    }
}

/// The portal that a call belongs to, by its access token, for faults and the request log.
pub fn portal_of(_world: &World, _headers: &HeaderMap, _path: &str) -> Option<String> {
    None
}

/// API and OAuth of HubSpot, plus `/__sandbox/hubspot/…`. Faults and the request log are laid around it by
/// `serve`.
pub fn router(_world: World) -> Router {
    Router::new()
}
