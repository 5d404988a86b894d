//! `hubspot.fetch` as HubSpot's proxy does it, for the card of a CRM page and for tests.
//!
//! The user's identity is appended to the URL, the request is signed (v2 and v3), sent without following redirects
//! within 15 seconds, and sent once more when the connection fails or the app answers 5xx. What is not 2xx comes
//! back wrapped as `BAD_GATEWAY`.

use std::time::{Duration, Instant};

use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::post,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::{Value, json, value::RawValue};

use super::{
    limits,
    model::{Crm, User},
    refusal::{Refusal, correlation},
    signature,
};
use crate::{
    lock::lock,
    sample_app,
    traffic::{self, Vendor},
    world::World,
};

const TIMEOUT: Duration = Duration::from_secs(15);
const LARGEST: usize = 1_048_576;

/// What JavaScript's `encodeURIComponent` leaves alone.
const COMPONENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'!')
    .remove(b'~')
    .remove(b'*')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')');

pub fn router(world: World) -> Router {
    Router::new().route("/__sandbox/hubspot/fetch", post(fetch)).with_state(world)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Call {
    #[serde(deserialize_with = "super::text_or_number")]
    portal_id: u64,
    #[serde(deserialize_with = "super::text_or_number")]
    user_id: u64,
    #[serde(default = "get")]
    method: String,
    url: String,
    /// Kept as text: what is signed is what is sent, key order included.
    body: Option<Box<RawValue>>,
    #[serde(default)]
    headers: std::collections::BTreeMap<String, String>,
    /// Milliseconds; 15 seconds at most, as in HubSpot.
    timeout: Option<u64>,
}

fn get() -> String {
    "GET".into()
}

/// One call on its way: what the error bodies tell about it.
struct Context {
    portal: u64,
    method: String,
    url: String,
}

impl Context {
    fn refuse(&self, status: u16, category: &str, message: &str) -> Refusal {
        Refusal::new(status, category, message).context(self.wire(None))
    }

    fn wire(&self, app_status: Option<u16>) -> Value {
        let mut context = json!({
            "portalId": [self.portal.to_string()],
            "httpMethod": [self.method],
            "requestUri": [self.url],
            "correlationId": [correlation()],
        });
        if let (Some(status), Some(map)) = (app_status, context.as_object_mut()) {
            map.insert("appServerStatusCode".into(), json!([status.to_string()]));
        }
        context
    }
}

/// Holds one of a portal's twenty places until dropped.
struct Place<'a> {
    world: &'a World,
    portal: u64,
}

impl<'a> Place<'a> {
    fn take(world: &'a World, portal: u64) -> Option<Place<'a>> {
        let mut crm = lock(&world.hubspot);
        let limits = &mut crm.portals.get_mut(&portal)?.limits;
        if limits.fetches >= limits::FETCHES {
            return None;
        }
        limits.fetches += 1;
        Some(Place { world, portal })
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        if let Some(portal) = lock(&self.world.hubspot).portals.get_mut(&self.portal) {
            portal.limits.fetches = portal.limits.fetches.saturating_sub(1);
        }
    }
}

async fn fetch(State(world): State<World>, bytes: Bytes) -> Response {
    let call: Call = match serde_json::from_slice(&bytes) {
        Ok(call) => call,
        Err(problem) => {
            return Refusal::validation(format!("Invalid JSON Request Body: {problem}")).into_response();
        }
    };
    match proxy(&world, call).await {
        Ok(response) => response,
        Err(refusal) => refusal.into_response(),
    }
}

async fn proxy(world: &World, call: Call) -> Result<Response, Refusal> {
    let method = call.method.to_uppercase();
    let context = Context { portal: call.portal_id, method: method.clone(), url: call.url.clone() };
    let user = allowed(&lock(&world.hubspot), &call, &context, &world.config.worker_url)?;
    let with_body = matches!(method.as_str(), "POST" | "PUT" | "PATCH" | "DELETE");
    // A GET's body is dropped, and signed as nothing.
    let body = call.body.filter(|body| with_body && body.get() != "null").map(|body| body.get().to_owned());
    if body.as_ref().is_some_and(|body| body.len() > LARGEST) {
        return Err(context.refuse(413, "VALIDATION_ERROR", "The request is larger than 1 MB"));
    }
    let Some(_place) = Place::take(world, call.portal_id) else {
        return Err(Refusal::rate_limit("CONCURRENT").context(context.wire(None)));
    };
    let url = with_identity(&call.url, &user, call.portal_id);
    let authorization = call.headers.into_values().next();
    let limit = call.timeout.map_or(TIMEOUT, |ms| Duration::from_millis(ms).min(TIMEOUT));
    let started = Instant::now();
    let mut answer = Err(Failure::Connection);
    for _ in 0..2 {
        let left = limit.saturating_sub(started.elapsed());
        if left.is_zero() {
            break;
        }
        answer = send(world, &context, &url, body.as_deref(), authorization.as_deref(), left).await;
        match &answer {
            Err(Failure::Connection) => {}
            Ok(Answered { status, .. }) if *status >= 500 => {}
            _ => break,
        }
    }
    answered(answer, &context)
}

/// Everything that is refused before the app is called.
fn allowed(crm: &Crm, call: &Call, context: &Context, worker: &str) -> Result<User, Refusal> {
    let portal = crm
        .portals
        .get(&call.portal_id)
        .ok_or_else(|| context.refuse(404, "OBJECT_NOT_FOUND", "There is no such account"))?;
    let user = portal
        .user(call.user_id)
        .ok_or_else(|| context.refuse(404, "OBJECT_NOT_FOUND", "There is no such user in this account"))?;
    if portal.install.is_none() {
        return Err(context.refuse(403, "APP_NOT_INSTALLED", "The app is not installed in this account"));
    }
    if call.headers.len() > 1 {
        return Err(context.refuse(400, "VALIDATION_ERROR", "Only 'Authorization' header is allowed"));
    }
    if call.headers.keys().any(|name| !name.eq_ignore_ascii_case("authorization")) {
        let message =
            "Invalid Request Headers provided. Only 'Authorization' header is allowed from hubspot.fetch()";
        return Err(context.refuse(400, "VALIDATION_ERROR", message));
    }
    if !matches!(context.method.as_str(), "GET" | "POST" | "PUT" | "PATCH" | "DELETE") {
        return Err(context.refuse(
            400,
            "VALIDATION_ERROR",
            "Only GET, POST, PUT, PATCH and DELETE are supported",
        ));
    }
    // `permittedUrls.fetch` of the app holds the Worker's base URL.
    let permitted =
        call.url.strip_prefix(worker).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']));
    if !permitted || url::Url::parse(&call.url).is_err() {
        let message = "The URL is not in the permittedUrls.fetch list of the app";
        return Err(context.refuse(400, "VALIDATION_ERROR", message));
    }
    Ok(user.clone())
}

/// Appends who is calling. These parameters, and nothing the browser says, are what HubSpot vouches for.
pub fn with_identity(url: &str, user: &User, portal: u64) -> String {
    let joint = if url.contains('?') { '&' } else { '?' };
    let email = utf8_percent_encode(&user.email, COMPONENT);
    let (user, app) = (user.id, sample_app::HUBSPOT_APP_ID);
    format!("{url}{joint}userId={user}&portalId={portal}&userEmail={email}&appId={app}")
}

struct Answered {
    status: u16,
    content_type: String,
    body: Bytes,
}

enum Failure {
    Connection,
    Timeout,
    TooLarge,
}

async fn send(
    world: &World,
    context: &Context,
    url: &str,
    body: Option<&str>,
    authorization: Option<&str>,
    limit: Duration,
) -> Result<Answered, Failure> {
    let secret = sample_app::HUBSPOT_CLIENT_SECRET;
    let now = world.clock.now().timestamp_millis();
    let signed = body.unwrap_or_default().as_bytes();
    let method = context.method.as_str();
    let mut request = world
        .http
        .request(reqwest::Method::from_bytes(method.as_bytes()).unwrap_or_default(), url)
        .timeout(limit)
        .header("X-HubSpot-Signature", signature::v2(secret, method, url, signed))
        .header("X-HubSpot-Signature-Version", "v2")
        .header("X-HubSpot-Request-Timestamp", now.to_string())
        .header("X-HubSpot-Signature-v3", signature::v3(secret, method, url, signed, now));
    if let Some(authorization) = authorization {
        request = request.header("Authorization", authorization);
    }
    if let Some(body) = body {
        request = request.header("Content-Type", "application/json").body(body.to_owned());
    }
    let mut entry = traffic::entry(world, Vendor::HubspotCall, method, url);
    entry.portal_id = Some(context.portal.to_string());
    entry.request_body = body.and_then(|body| serde_json::from_str(body).ok()).unwrap_or(Value::Null);
    let seq = world.traffic.begin(entry);
    let result = receive(request).await;
    world.traffic.finish(seq, |entry| match &result {
        Ok(answered) => {
            entry.status = answered.status;
            let mut headers = HeaderMap::new();
            if let Ok(kind) = answered.content_type.parse() {
                headers.insert(header::CONTENT_TYPE, kind);
            }
            entry.response_body = traffic::readable(&headers, &answered.body);
        }
        Err(Failure::Timeout) => entry.outcome = Some("timeout".into()),
        Err(_) => entry.outcome = Some("failed".into()),
    });
    result
}

async fn receive(request: reqwest::RequestBuilder) -> Result<Answered, Failure> {
    let failure =
        |problem: reqwest::Error| if problem.is_timeout() { Failure::Timeout } else { Failure::Connection };
    let response = request.send().await.map_err(failure)?;
    let status = response.status().as_u16();
    let content_type = response
        .headers()
        .get("content-type")
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
        .to_owned();
    let body = response.bytes().await.map_err(failure)?;
    if body.len() > LARGEST {
        return Err(Failure::TooLarge);
    }
    Ok(Answered { status, content_type, body })
}

/// What the card gets.
fn answered(answer: Result<Answered, Failure>, context: &Context) -> Result<Response, Refusal> {
    match answer {
        Ok(Answered { status, content_type, body }) if (200..300).contains(&status) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
            Ok((status, [(header::CONTENT_TYPE, content_type)], body).into_response())
        }
        Ok(Answered { status, body, .. }) => {
            let text = String::from_utf8_lossy(&body).into_owned();
            let body = serde_json::from_slice(&body).unwrap_or(Value::String(text));
            let wrapped = json!({
                "status": "error",
                "category": "BAD_GATEWAY",
                "message": "Error returned from Request Uri",
                "context": context.wire(Some(status)),
                "responseBody": body,
                "errors": [{ "message": format!("Unacceptable HTTP status {status} calling {}", context.url) }],
            });
            Ok((StatusCode::BAD_GATEWAY, Json(wrapped)).into_response())
        }
        Err(Failure::Timeout) => {
            Err(context.refuse(504, "GATEWAY_TIMEOUT", "Gateway took too long to respond"))
        }
        Err(Failure::TooLarge) => Err(context.refuse(502, "BAD_GATEWAY", "The response is larger than 1 MB")),
        Err(Failure::Connection) => Err(context.refuse(502, "BAD_GATEWAY", "Network error")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_identity_is_appended_encoded_and_in_order() {
        let user = User {
            id: 42,
            email: "rep+test@example.com".into(),
            first_name: String::new(),
            last_name: String::new(),
            super_admin: false,
            locale: "en".into(),
        };
        let app = sample_app::HUBSPOT_APP_ID;
        assert_eq!(
            with_identity("https://x.example/launch", &user, 62_515),
            format!(
                "https://x.example/launch?userId=42&portalId=62515&userEmail=rep%2Btest%40example.com&appId={app}"
            )
        );
        assert!(
            with_identity("https://x.example/a?b=c", &user, 1)
                .starts_with("https://x.example/a?b=c&userId=42&")
        );
    }
}
