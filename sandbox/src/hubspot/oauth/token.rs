//! `/oauth/2026-03/token` and its siblings.

use std::collections::BTreeMap;

use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::TOKEN_SECONDS;
use crate::{
    hubspot::{
        OfPortal,
        model::{AccessToken, Crm, Install, RefreshToken},
        refusal::correlation,
    },
    lock::lock,
    sample_app,
    world::World,
};

/// OAuth errors have a body of their own.
struct Problem(&'static str, &'static str, String);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let Problem(status, error, message) = self;
        let code = if error == "invalid_client" { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST };
        let body = json!({
            "status": status,
            "message": message,
            "correlationId": correlation(),
            "error": error,
            "error_description": message,
        });
        (code, Json(body)).into_response()
    }
}

type Form = BTreeMap<String, String>;

fn form(headers: &HeaderMap, bytes: &Bytes) -> Result<Form, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(Problem(
            "INVALID_CONTENT_TYPE",
            "invalid_request",
            "expected application/x-www-form-urlencoded".into(),
        ));
    }
    Ok(url::form_urlencoded::parse(bytes).into_owned().collect())
}

fn field<'a>(form: &'a Form, name: &'static str) -> Result<&'a str, Problem> {
    match form.get(name).map(String::as_str) {
        Some(value) if !value.is_empty() => Ok(value),
        _ => {
            Err(Problem("MISSING_PARAMETER", "invalid_request", format!("missing required parameter {name}")))
        }
    }
}

fn check_client(form: &Form) -> Result<(), Problem> {
    if field(form, "client_id")? != sample_app::HUBSPOT_CLIENT_ID {
        return Err(Problem("BAD_CLIENT_ID", "invalid_client", "missing or invalid client id".into()));
    }
    if field(form, "client_secret")? != sample_app::HUBSPOT_CLIENT_SECRET {
        return Err(Problem(
            "BAD_CLIENT_SECRET",
            "invalid_client",
            "missing or invalid client secret".into(),
        ));
    }
    Ok(())
}

pub async fn issue(State(world): State<World>, headers: HeaderMap, bytes: Bytes) -> Response {
    let now = world.clock.now().timestamp_millis();
    match grant(&world, &headers, &bytes, now) {
        Ok((portal, answer)) => {
            let mut response = Json(answer).into_response();
            response.extensions_mut().insert(OfPortal(portal));
            response
        }
        Err(problem) => problem.into_response(),
    }
}

fn grant(world: &World, headers: &HeaderMap, bytes: &Bytes, now: i64) -> Result<(u64, Value), Problem> {
    let form = form(headers, bytes)?;
    let kind = field(&form, "grant_type")?;
    check_client(&form)?;
    let mut crm = lock(&world.hubspot);
    match kind {
        "authorization_code" => from_code(&mut crm, &form, now),
        "refresh_token" => from_refresh_token(&mut crm, &form, now),
        other => Err(Problem(
            "BAD_GRANT_TYPE",
            "unsupported_grant_type",
            format!("unsupported grant type {other}"),
        )),
    }
}

fn from_code(crm: &mut Crm, form: &Form, now: i64) -> Result<(u64, Value), Problem> {
    let bad = || Problem("BAD_AUTH_CODE", "invalid_grant", "missing or unknown auth code".into());
    let code = crm
        .codes
        .get_mut(field(form, "code")?)
        .filter(|code| !code.used && code.expires_at > now)
        .ok_or_else(bad)?;
    if code.redirect_uri != field(form, "redirect_uri")? {
        return Err(Problem(
            "BAD_REDIRECT_URI",
            "invalid_grant",
            "redirect_uri does not match the initial request".into(),
        ));
    }
    code.used = true;
    let (portal, user, scopes) = (code.portal, code.user, code.scopes.clone());
    // A new install of the same app replaces what was granted before, but the portal keeps one refresh token.
    let existing = crm
        .refresh_tokens
        .iter()
        .find(|(_, token)| token.portal == portal && token.user == user && !token.revoked)
        .map(|(text, _)| text.clone());
    let refresh_token = existing.unwrap_or_else(|| format!("eu1-{}", correlation()));
    let held = RefreshToken { portal, user, scopes: scopes.clone(), revoked: false };
    crm.refresh_tokens.insert(refresh_token.clone(), held);
    if let Some(portal) = crm.portals.get_mut(&portal) {
        portal.install = Some(Install { user_id: user, scopes, at: now, install_id: correlation() });
    }
    Ok((portal, access(crm, &refresh_token, now)))
}

fn from_refresh_token(crm: &mut Crm, form: &Form, now: i64) -> Result<(u64, Value), Problem> {
    let text = field(form, "refresh_token")?;
    let held = crm.refresh_tokens.get(text).filter(|token| !token.revoked);
    let Some(portal) = held.map(|token| token.portal) else {
        let message = "refresh token is invalid, expired or revoked".into();
        return Err(Problem("BAD_REFRESH_TOKEN", "invalid_grant", message));
    };
    Ok((portal, access(crm, text, now)))
}

/// A new access token. Its length is not promised by HubSpot, and is well over 255 here.
fn access(crm: &mut Crm, refresh_token: &str, now: i64) -> Value {
    let Some(held) = crm.refresh_tokens.get(refresh_token).cloned() else { return Value::Null };
    let text = format!("C{}", (0..9).map(|_| uuid::Uuid::new_v4().simple().to_string()).collect::<String>());
    // What expired an hour ago will not be asked about again.
    crm.access_tokens.retain(|_, token| token.expires_at > now - 3_600_000);
    crm.access_tokens.insert(
        text.clone(),
        AccessToken {
            portal: held.portal,
            user: held.user,
            scopes: held.scopes.clone(),
            expires_at: now + TOKEN_SECONDS * 1_000,
        },
    );
    json!({
        "access_token": text,
        "refresh_token": refresh_token,
        "expires_in": TOKEN_SECONDS,
        "token_type": "bearer",
        "token_use": "access_token",
        "hub_id": held.portal,
        "user_id": held.user,
        "scopes": held.scopes,
    })
}

pub async fn introspect(State(world): State<World>, headers: HeaderMap, bytes: Bytes) -> Response {
    let form = match form(&headers, &bytes).and_then(|form| check_client(&form).map(|()| form)) {
        Ok(form) => form,
        Err(problem) => return problem.into_response(),
    };
    let now = world.clock.now().timestamp_millis();
    let crm = lock(&world.hubspot);
    let token = form.get("token").cloned().unwrap_or_default();
    let app_id = sample_app::HUBSPOT_APP_ID;
    let person = |portal: u64, user: u64| {
        let portal = crm.portals.get(&portal);
        let email =
            portal.and_then(|portal| portal.user(user)).map(|user| user.email.clone()).unwrap_or_default();
        (portal.map(|portal| portal.domain.clone()).unwrap_or_default(), email)
    };
    if let Some(held) = crm.access_tokens.get(&token) {
        let (domain, email) = person(held.portal, held.user);
        let install_id = crm
            .portals
            .get(&held.portal)
            .and_then(|portal| portal.install.as_ref())
            .map(|install| install.install_id.clone());
        return Json(json!({
            "active": held.expires_at > now,
            "app_id": app_id,
            "client_id": sample_app::HUBSPOT_CLIENT_ID,
            "expires_in": ((held.expires_at - now) / 1_000).max(0),
            "hub_domain": domain,
            "hub_id": held.portal,
            "is_private_distribution": true,
            "scopes": held.scopes,
            "signed_access_token": {
                "appId": app_id,
                "appInstallId": install_id.unwrap_or_default(),
                "audience": "",
                "expiresAt": held.expires_at,
                "hubId": held.portal,
                "hublet": "eu1",
                "installingUserId": held.user,
                "isPrivateDistribution": true,
                "isServiceAccount": false,
                "isUserLevel": false,
                "newSignature": "",
                "scopeToScopeGroupPks": "",
                "scopes": "",
                "signature": "",
                "trialScopeToScopeGroupPks": "",
                "trialScopes": "",
                "userId": held.user,
            },
            "token": token,
            "token_type": "bearer",
            "token_use": "access_token",
            "user": email,
            "user_id": held.user,
        }))
        .into_response();
    }
    if let Some(held) = crm.refresh_tokens.get(&token) {
        let (domain, email) = person(held.portal, held.user);
        return Json(json!({
            "active": !held.revoked,
            "app_id": app_id,
            "client_id": sample_app::HUBSPOT_CLIENT_ID,
            "hub_domain": domain,
            "hub_id": held.portal,
            "scopes": held.scopes,
            "token": token,
            "token_type": "bearer",
            "token_use": "refresh_token",
            "user": email,
            "user_id": held.user,
        }))
        .into_response();
    }
    Problem("BAD_TOKEN", "invalid_request", "unknown token".into()).into_response()
}

/// Kills a refresh token; access tokens that were made from it live on until they expire. An unknown token is no
/// error.
pub async fn revoke(State(world): State<World>, headers: HeaderMap, bytes: Bytes) -> Response {
    let form = match form(&headers, &bytes).and_then(|form| check_client(&form).map(|()| form)) {
        Ok(form) => form,
        Err(problem) => return problem.into_response(),
    };
    let mut crm = lock(&world.hubspot);
    if let Some(held) = form.get("token").and_then(|token| crm.refresh_tokens.get_mut(token)) {
        held.revoked = true;
    }
    StatusCode::NO_CONTENT.into_response()
}
