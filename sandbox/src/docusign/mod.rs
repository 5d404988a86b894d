//! The stand-in for DocuSign: account server, eSignature REST API, Connect.

pub mod connect;

use axum::Router;
use axum::http::HeaderMap;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::traffic::Owner;
use crate::world::{PortalSpec, World};

/// Everything that DocuSign knows; saved as JSON.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct DocuSign {}

#[derive(Debug, Default)]
pub struct PageCache {}

impl DocuSign {
    pub fn add_portal(&mut self, _spec: &PortalSpec, _now: DateTime<Utc>) -> Value {
        json!({})
    }

    pub fn describe(&self) -> Value {
        json!({})
    }
}

pub fn owner(_world: &World, _headers: &HeaderMap, path: &str) -> Owner {
    let account_id = path.split("/accounts/").nth(1).and_then(|p| p.split('/').next()).map(str::to_owned);
    Owner { account_id, portal_id: None }
}

pub fn router(_world: World) -> Router {
    Router::new()
}
