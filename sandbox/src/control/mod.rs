//! `/__sandbox`: what tests and demos steer and look at. Documented in `sandbox/README.md`.

mod docusign;
mod hubspot;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::docusign::model::as_strings;
use crate::docusign::{Act, act, tick, unknown_settings};
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
        .route("/__sandbox/docusign/envelopes/{envelopeId}", get(envelope))
        .route(
            "/__sandbox/docusign/envelopes/{envelopeId}/recipients/{recipient}/{action}",
            post(recipient_acts),
        )
        .route("/__sandbox/docusign/tokens/expire", post(expire_tokens))
        .route("/__sandbox/docusign/users/{userId}", post(set_user))
        .route("/__sandbox/docusign/accounts/{accountId}", post(set_account))
        .route("/__sandbox/docusign/accounts/{accountId}/envelopes", get(envelopes))
        .route("/__sandbox/docusign/settings", post(set_docusign))
        .merge(docusign::router())
        .merge(hubspot::router())
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
    tick(&world);
    world.touch();
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

fn not_found(what: &str) -> Response {
    (StatusCode::NOT_FOUND, Json(json!({ "error": format!("no such {what}") }))).into_response()
}

async fn envelope(State(world): State<World>, Path(id): Path<String>) -> Response {
    match lock(&world.docusign).describe_envelope(&id) {
        Some(e) => Json(e).into_response(),
        None => not_found("envelope"),
    }
}

/// All envelopes of an account, drafts too; what was thrown away is not among them.
async fn envelopes(State(world): State<World>, Path(id): Path<String>) -> Response {
    match lock(&world.docusign).describe_envelopes(&id) {
        Some(list) => Json(json!({ "envelopes": list })).into_response(),
        None => not_found("account"),
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct RecipientAct {
    reason: Option<String>,
    tabs: serde_json::Map<String, Value>,
}

/// The recipient acts, and the answer is the envelope as it is then. Connect messages are on their way.
async fn recipient_acts(
    State(world): State<World>,
    Path((envelope_id, recipient, action)): Path<(String, String, String)>,
    body: Option<Json<RecipientAct>>,
) -> Response {
    let body = body.map(|Json(b)| b).unwrap_or_default();
    let todo = match action.as_str() {
        "view" => Act::View,
        "sign" => Act::Sign(body.tabs),
        "decline" => Act::Decline(body.reason.unwrap_or_else(|| "Declined in the sandbox".to_owned())),
        "bounce" => Act::Bounce,
        _ => return not_found("action; there are view, sign, decline, bounce"),
    };
    match act(&world, &envelope_id, &recipient, &todo) {
        Ok(()) => envelope(State(world), Path(envelope_id)).await,
        Err(p) => p.into_response(),
    }
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct Expire {
    account_id: Option<String>,
    user_id: Option<String>,
    all: bool,
    refresh: bool,
}

/// Ends access tokens; with `refresh` the refresh tokens too, and the next refresh is `invalid_grant`.
async fn expire_tokens(State(world): State<World>, Json(which): Json<Expire>) -> Json<Value> {
    let now = world.clock.now();
    let mut docusign = lock(&world.docusign);
    let users: Vec<String> = docusign
        .users
        .values()
        .filter(|u| {
            which.all
                || which.user_id.as_ref() == Some(&u.user_id)
                || which.account_id.as_ref().is_some_and(|a| u.accounts.contains(a))
        })
        .map(|u| u.user_id.clone())
        .collect();
    let mut count = 0;
    for token in docusign.access_tokens.values_mut().filter(|t| users.contains(&t.user_id)) {
        token.expires = now;
        count += 1;
    }
    let mut refresh = 0;
    if which.refresh {
        for token in docusign.refresh_tokens.values_mut().filter(|t| users.contains(&t.user_id)) {
            token.expires = now;
            refresh += 1;
        }
    }
    Json(json!({ "accessTokens": count, "refreshTokens": refresh }))
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct UserSwitches {
    lacks_permission: Option<bool>,
    is_admin: Option<bool>,
    /// The user has never said yes, or takes it back.
    revoke_consent: bool,
}

async fn set_user(
    State(world): State<World>,
    Path(id): Path<String>,
    Json(set): Json<UserSwitches>,
) -> Response {
    let mut docusign = lock(&world.docusign);
    if set.revoke_consent {
        docusign.consents.remove(&id);
    }
    let Some(user) = docusign.users.get_mut(&id) else { return not_found("user") };
    user.lacks_permission = set.lacks_permission.unwrap_or(user.lacks_permission);
    user.is_admin = set.is_admin.unwrap_or(user.is_admin);
    StatusCode::NO_CONTENT.into_response()
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct AccountSwitches {
    suspended: Option<bool>,
    form_data_allowed: Option<bool>,
    connect_keys: Option<Vec<String>>,
    /// Account settings by DocuSign's names, over those that were set before.
    settings: serde_json::Map<String, Value>,
}

async fn set_account(
    State(world): State<World>,
    Path(id): Path<String>,
    Json(set): Json<AccountSwitches>,
) -> Response {
    let mut docusign = lock(&world.docusign);
    let Some(account) = docusign.accounts.get_mut(&id) else { return not_found("account") };
    let unknown = unknown_settings(&set.settings);
    if !unknown.is_empty() {
        return (
            StatusCode::BAD_REQUEST,
            Json(json!({ "error": format!("no such setting: {}", unknown.join(", ")) })),
        )
            .into_response();
    }
    for (key, value) in set.settings {
        account.settings.insert(key, as_strings(value));
    }
    account.suspended = set.suspended.unwrap_or(account.suspended);
    account.form_data_allowed = set.form_data_allowed.unwrap_or(account.form_data_allowed);
    if let Some(keys) = set.connect_keys {
        account.connect_keys = keys;
    }
    StatusCode::NO_CONTENT.into_response()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct DocuSignSwitches {
    revoke_old_refresh_tokens: bool,
}

async fn set_docusign(State(world): State<World>, Json(set): Json<DocuSignSwitches>) -> StatusCode {
    lock(&world.docusign).revoke_on_refresh = set.revoke_old_refresh_tokens;
    StatusCode::NO_CONTENT
}
