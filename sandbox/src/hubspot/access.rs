//! Who calls the API: the access token, its scopes, and the rate limits that count against its portal.

use axum::{
    body::Bytes,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde::de::DeserializeOwned;
use serde_json::json;

use super::{
    limits,
    model::{Crm, Kind, Portal},
    refusal::Refusal,
    time,
};
use crate::{lock::lock, world::World};

/// The app in one portal, as its token says.
#[derive(Clone, Debug)]
pub struct Caller {
    pub portal: u64,
    pub scopes: Vec<String>,
}

impl Caller {
    /// One of the scopes must have been granted.
    pub fn require(&self, any_of: &[&str]) -> Result<(), Refusal> {
        if any_of.iter().any(|wanted| self.scopes.iter().any(|held| held == wanted)) {
            Ok(())
        } else {
            Err(Refusal::missing_scopes(any_of))
        }
    }

    /// Scope of reading or writing a kind of record. Notes belong to contacts, as in HubSpot.
    pub fn require_objects(&self, kind: Kind, action: &str) -> Result<(), Refusal> {
        let plural = match kind {
            Kind::Note => Kind::Contact.plural(),
            kind => kind.plural(),
        };
        self.require(&[&format!("crm.objects.{plural}.{action}")])
    }
}

/// Reads the token of a call.
///
/// # Errors
/// 401 for a token that is missing, unknown, revoked or expired. HubSpot tells these apart in the category only.
pub fn caller(crm: &Crm, headers: &HeaderMap, now: i64) -> Result<Caller, Refusal> {
    let token = bearer(headers).and_then(|token| crm.access_tokens.get(token));
    let Some(token) = token else {
        return Err(Refusal::new(
            401,
            "INVALID_AUTHENTICATION",
            "Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview",
        ));
    };
    if token.expires_at <= now {
        let seconds = (now - token.expires_at) / 1_000;
        return Err(Refusal::new(
            401,
            "EXPIRED_AUTHENTICATION",
            format!("The OAuth token used to make this call expired {seconds} second(s) ago."),
        )
        .context(json!({ "expire time": [time::iso(token.expires_at)] })));
    }
    Ok(Caller { portal: token.portal, scopes: token.scopes.clone() })
}

pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// The layer around all API routes: token, then limits. Search has limits of its own and answers without headers.
pub async fn guard(State(world): State<World>, mut request: Request, next: Next) -> Response {
    let now = world.clock.now().timestamp_millis();
    let search = request.uri().path().ends_with("/search");
    let admitted = {
        let mut crm = lock(&world.hubspot);
        caller(&crm, request.headers(), now).and_then(|caller| {
            let portal = crm.portals.get_mut(&caller.portal).ok_or_else(Refusal::not_found)?;
            count(portal, search, now).map(|left| (caller, left))
        })
    };
    match admitted {
        Err(refusal) => refusal.into_response(),
        Ok((caller, left)) => {
            request.extensions_mut().insert(caller);
            let mut response = next.run(request).await;
            if let Some(left) = left {
                rate_headers(response.headers_mut(), left);
            }
            response
        }
    }
}

fn count(portal: &mut Portal, search: bool, now: i64) -> Result<Option<usize>, Refusal> {
    if search {
        let left = portal.limits.searches.take(now, limits::SEARCHES, limits::SEARCHES_WINDOW_MS);
        return left.map(|_| None).ok_or_else(|| Refusal::rate_limit("SECONDLY"));
    }
    match portal.limits.calls.take(now, limits::CALLS, limits::CALLS_WINDOW_MS) {
        Some(left) => Ok(Some(left)),
        None => {
            let mut refusal = Refusal::rate_limit("TEN_SECONDLY_ROLLING");
            rate_headers(&mut refusal.headers, 0);
            Err(refusal)
        }
    }
}

fn rate_headers(headers: &mut HeaderMap, left: usize) {
    headers.insert("x-hubspot-ratelimit-max", HeaderValue::from(limits::CALLS));
    headers.insert("x-hubspot-ratelimit-remaining", HeaderValue::from(left));
    headers.insert("x-hubspot-ratelimit-interval-milliseconds", HeaderValue::from(limits::CALLS_WINDOW_MS));
}

/// A JSON body, refused as HubSpot does: 415 without the content type, 400 with what does not fit.
pub fn body<T: DeserializeOwned>(headers: &HeaderMap, bytes: &Bytes) -> Result<T, Refusal> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/json") {
        return Err(Refusal::new(
            415,
            "VALIDATION_ERROR",
            "Unsupported Media Type: expected application/json",
        ));
    }
    serde_json::from_slice(bytes).map_err(|problem| {
        let (line, column) = (problem.line(), problem.column());
        Refusal::validation(format!("Invalid input JSON on line {line}, column {column}: {problem}"))
    })
}

/// The portal a call works on, and the time.
pub fn with_portal<T>(
    world: &World,
    caller: &Caller,
    work: impl FnOnce(&mut Portal, i64) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let now = world.clock.now().timestamp_millis();
    let mut crm = lock(&world.hubspot);
    let portal = crm.portals.get_mut(&caller.portal).ok_or_else(Refusal::not_found)?;
    work(portal, now)
}
