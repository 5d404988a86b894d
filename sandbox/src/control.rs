//! `/__sandbox`: what tests and demos steer and look at. Documented in `sandbox/README.md`.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::faults::Rule;
use crate::lock::lock;
use crate::sample_app as app;
use crate::traffic::{Filter, Vendor};
use crate::world::World;

pub fn router(world: World) -> Router {
    Router::new()
        .route("/__sandbox/state", get(state))
        .route("/__sandbox/reset", post(reset))
        .route("/__sandbox/clock", get(clock).post(advance))
        .route("/__sandbox/faults", get(faults).post(add_faults).delete(remove_faults))
        .route("/__sandbox/requests", get(requests).delete(forget_requests))
        .route("/__sandbox/portals", post(portals))
        .with_state(world)
}

async fn state(State(world): State<World>) -> Json<Value> {
    let hubspot = lock(&world.hubspot).describe();
    let docusign = lock(&world.docusign).describe();
    let worker = &world.config.worker_url;
    Json(json!({
        "app": {
            "HUBSPOT_CLIENT_ID": app::HUBSPOT_CLIENT_ID,
            "HUBSPOT_CLIENT_SECRET": app::HUBSPOT_CLIENT_SECRET,
            "HUBSPOT_APP_ID": app::HUBSPOT_APP_ID.to_string(),
            "DOCUSIGN_INTEGRATION_KEY": app::DOCUSIGN_INTEGRATION_KEY,
            "DOCUSIGN_SECRET_KEY": app::DOCUSIGN_SECRET_KEY,
            "DOCUSIGN_CONNECT_KEYS": app::DOCUSIGN_CONNECT_KEYS.join(","),
        },
        "urls": {
            "worker": worker,
            "hubspot": world.hubspot_url(),
            "hubspotApi": format!("http://127.0.0.1:{}", world.config.port),
            "docusign": world.docusign_url(),
            "mailbox": format!("{}/mail", world.docusign_url()),
            "hubspotRedirectUri": format!("{worker}/oauth/hubspot/callback"),
            "docusignRedirectUri": format!("{worker}/oauth/docusign/callback"),
        },
        "now": crate::clock::milliseconds(world.clock.now()),
        "clockOffsetSeconds": world.clock.offset_seconds(),
        "faults": world.faults.list(),
        "hubspot": hubspot,
        "docusign": docusign,
    }))
}

async fn reset(State(world): State<World>) -> StatusCode {
    world.reset();
    StatusCode::NO_CONTENT
}

async fn clock(State(world): State<World>) -> Json<Value> {
    Json(json!({
        "now": crate::clock::milliseconds(world.clock.now()),
        "clockOffsetSeconds": world.clock.offset_seconds(),
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Advance {
    advance_seconds: i64,
}

async fn advance(State(world): State<World>, Json(body): Json<Advance>) -> Json<Value> {
    world.clock.advance(body.advance_seconds);
    clock(State(world)).await
}

async fn faults(State(world): State<World>) -> Json<Vec<Rule>> {
    Json(world.faults.list())
}

/// One rule, or a list of them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Rules {
    Many(Vec<Rule>),
    One(Box<Rule>),
}

async fn add_faults(State(world): State<World>, Json(body): Json<Value>) -> Response {
    let rules = match serde_json::from_value::<Rules>(body.clone()) {
        Ok(Rules::Many(rules)) => rules,
        Ok(Rules::One(rule)) => vec![*rule],
        Err(_) => {
            let why = serde_json::from_value::<Rule>(body).err().map(|e| e.to_string()).unwrap_or_default();
            return (StatusCode::BAD_REQUEST, Json(json!({ "error": why }))).into_response();
        }
    };
    let added: Vec<Rule> = rules.into_iter().map(|r| world.faults.add(r)).collect();
    (StatusCode::CREATED, Json(added)).into_response()
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Which {
    id: Option<u64>,
    vendor: Option<Vendor>,
    account_id: Option<String>,
    portal_id: Option<String>,
}

async fn remove_faults(State(world): State<World>, Query(which): Query<Which>) -> StatusCode {
    world.faults.remove(|rule| {
        let fits = which.id.is_none_or(|id| id == rule.id)
            && which.vendor.is_none_or(|v| v == rule.vendor)
            && which.account_id.as_ref().is_none_or(|a| rule.account_id.as_ref() == Some(a))
            && which.portal_id.as_ref().is_none_or(|p| rule.portal_id.as_ref() == Some(p));
        !fits
    });
    StatusCode::NO_CONTENT
}

async fn requests(State(world): State<World>, Query(filter): Query<Filter>) -> Json<Value> {
    Json(json!({ "requests": world.traffic.list(&filter) }))
}

async fn forget_requests(State(world): State<World>, Query(filter): Query<Filter>) -> StatusCode {
    world.traffic.clear(&filter);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize, Default)]
struct NewPortal {
    name: Option<String>,
}

async fn portals(State(world): State<World>, body: Option<Json<NewPortal>>) -> Response {
    let name = body.and_then(|Json(b)| b.name);
    (StatusCode::CREATED, Json(world.fresh_portal(name))).into_response()
}
