//! The account server (facts §1): login and consent pages, tokens, user info, logout.

use std::collections::HashMap;

use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::model::{AccessToken, Code, DocuSign, RefreshToken, User, new_id};
use crate::assets::page;
use crate::lock::lock;
use crate::sample_app::{DOCUSIGN_INTEGRATION_KEY, DOCUSIGN_SECRET_KEY};
use crate::world::World;

pub const ACCESS_SECONDS: i64 = 28_800;
pub const REFRESH_DAYS: i64 = 30;
const CODE_SECONDS: i64 = 120;
const COOKIE: &str = "ds_sandbox_login";
const SCOPES: [&str; 5] = ["signature", "extended", "impersonation", "openid", "cors"];

pub fn router(world: World) -> Router {
    Router::new()
        .route("/oauth/auth", get(authorize))
        .route("/oauth/login", post(login))
        .route("/oauth/consent", post(consent))
        .route("/oauth/token", post(token))
        .route("/oauth/userinfo", get(userinfo))
        .route("/oauth/logout", get(logout))
        .with_state(world)
}

fn redirect_uri(world: &World) -> String {
    format!("{}/oauth/docusign/callback", world.config.worker_url)
}

type Words = HashMap<String, String>;

fn word<'a>(words: &'a Words, name: &str) -> &'a str {
    words.get(name).map(String::as_str).unwrap_or("")
}

/// What is wrong with an authorize request: shown to the person, or told to the app.
enum Refusal {
    Shown(&'static str),
    Told(&'static str, &'static str),
}

fn check(world: &World, words: &Words) -> Result<(), Refusal> {
    if word(words, "client_id") != DOCUSIGN_INTEGRATION_KEY {
        return Err(Refusal::Shown("The client_id is not known: there is no such integration key."));
    }
    if word(words, "redirect_uri") != redirect_uri(world) {
        return Err(Refusal::Shown("The redirect URI is not registered properly with DocuSign."));
    }
    if word(words, "response_type") != "code" {
        return Err(Refusal::Told("unsupported_response_type", "The response_type must be code."));
    }
    let scopes: Vec<&str> = word(words, "scope").split(' ').filter(|s| !s.is_empty()).collect();
    if !scopes.contains(&"signature") || scopes.iter().any(|s| !SCOPES.contains(s)) {
        return Err(Refusal::Told("invalid_scope", "The scope is not valid."));
    }
    if !word(words, "code_challenge").is_empty() && word(words, "code_challenge_method") != "S256" {
        return Err(Refusal::Told("invalid_request", "The code_challenge_method must be S256."));
    }
    Ok(())
}

fn refuse(world: &World, words: &Words, refusal: &Refusal) -> Response {
    match refusal {
        Refusal::Shown(why) => {
            let body = html! {
                section.sbx-card.sbx-narrow {
                    h1 { "The app's request is not right" }
                    p data-error="authorize" { (why) }
                    p.subtle { "Registered redirect URI: " code { (redirect_uri(world)) } }
                }
            };
            (StatusCode::BAD_REQUEST, page("Not right", &body)).into_response()
        }
        Refusal::Told(error, why) => back(words, &[("error", error), ("error_description", why)]),
    }
}

/// Back to the app, with its own `state`.
fn back(words: &Words, answer: &[(&str, &str)]) -> Response {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in answer {
        query.append_pair(name, value);
    }
    if let Some(state) = words.get("state") {
        query.append_pair("state", state);
    }
    Redirect::to(&format!("{}?{}", word(words, "redirect_uri"), query.finish())).into_response()
}

fn cookie(headers: &HeaderMap) -> Option<String> {
    let line = headers.get(header::COOKIE)?.to_str().ok()?;
    line.split(';').find_map(|c| c.trim().strip_prefix(COOKIE)?.strip_prefix('=').map(str::to_owned))
}

async fn authorize(State(world): State<World>, Query(words): Query<Words>, headers: HeaderMap) -> Response {
    if let Err(refusal) = check(&world, &words) {
        return refuse(&world, &words, &refusal);
    }
    let now = world.clock.now();
    let mut docusign = lock(&world.docusign);
    let user_id = cookie(&headers).and_then(|c| docusign.sessions.get(&c).cloned());
    let user = user_id.and_then(|id| docusign.users.get(&id).cloned());
    match user {
        Some(user) if word(&words, "prompt") != "login" => {
            if docusign.consents.contains(&user.user_id) {
                let code = new_code(&mut docusign, &user.user_id, &words, now);
                return back(&words, &[("code", &code)]);
            }
            page("Consent", &consent_page(&user, &words)).into_response()
        }
        _ => page("Log in", &login_page(&docusign, &words, "")).into_response(),
    }
}

fn new_code(docusign: &mut DocuSign, user_id: &str, words: &Words, now: DateTime<Utc>) -> String {
    let code = long_token();
    let challenge = words.get("code_challenge").filter(|c| !c.is_empty()).cloned();
    docusign.codes.insert(
        code.clone(),
        Code {
            user_id: user_id.to_owned(),
            challenge,
            scope: word(words, "scope").to_owned(),
            expires: now + TimeDelta::seconds(CODE_SECONDS),
        },
    );
    code
}

fn carried(words: &Words) -> Markup {
    let names = [
        "response_type",
        "scope",
        "client_id",
        "redirect_uri",
        "state",
        "code_challenge",
        "code_challenge_method",
    ];
    html! {
        @for name in names {
            @if let Some(value) = words.get(name) { input type="hidden" name=(name) value=(value); }
        }
    }
}

fn login_page(docusign: &DocuSign, words: &Words, error: &str) -> Markup {
    let mut sample: Vec<&User> = docusign.users.values().collect();
    sample.sort_by_key(|u| (u.portal_id, !u.is_admin, u.email.clone()));
    let account = |u: &User| {
        u.accounts.first().and_then(|a| docusign.accounts.get(a)).map(|a| a.name.clone()).unwrap_or_default()
    };
    html! {
        section.sbx-card.sbx-narrow {
            h1 { "Log in to DocuSign" }
            p.subtle { "An app asks for access to an account. No password is needed in the sandbox." }
            form.stack method="post" action="/oauth/login" {
                (carried(words))
                div.field {
                    label for="email" { "E-mail address" }
                    input.input #email name="email" type="email" autocomplete="off" value=(word(words, "login_hint"))
                        aria-describedby=[(!error.is_empty()).then_some("login-error")] aria-invalid=[(!error.is_empty()).then_some("true")];
                    @if !error.is_empty() { p.error #login-error { (error) } }
                }
                button.btn.primary type="submit" { "Log in" }
            }
            h2.as-h4 { "Or choose somebody" }
            form method="post" action="/oauth/login" {
                (carried(words))
                ul.sbx-users {
                    @for user in sample {
                        li {
                            button.btn.wide name="email" value=(user.email) data-user-email=(user.email) {
                                span { (user.name()) small { (user.email) " · " (account(user)) @if user.is_admin { " · administrator" } } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn consent_page(user: &User, words: &Words) -> Markup {
    html! {
        section.sbx-card.sbx-narrow {
            h1 { "Allow access?" }
            p { strong { "Countersign" } " asks to use DocuSign as " strong { (user.name()) } " (" (user.email) ")." }
            ul.stack.tight {
                li { "Create and send envelopes, read their status, and manage templates" }
                @if word(words, "scope").contains("extended") { li { "Stay connected while you are away" } }
            }
            form.row method="post" action="/oauth/consent" {
                (carried(words))
                input type="hidden" name="user_id" value=(user.user_id);
                button.btn.primary name="allow" value="yes" { "Allow access" }
                button.btn name="allow" value="no" { "Cancel" }
            }
            form method="get" action="/oauth/auth" {
                (carried(words))
                input type="hidden" name="prompt" value="login";
                button.btn.transparent.small { "Use another user" }
            }
        }
    }
}

async fn login(State(world): State<World>, Form(words): Form<Words>) -> Response {
    if let Err(refusal) = check(&world, &words) {
        return refuse(&world, &words, &refusal);
    }
    let mut docusign = lock(&world.docusign);
    let email = word(&words, "email").trim().to_lowercase();
    let Some(user_id) = docusign.users.values().find(|u| u.email == email).map(|u| u.user_id.clone()) else {
        let body = login_page(&docusign, &words, "There is no user with this e-mail address in the sandbox.");
        return (StatusCode::BAD_REQUEST, page("Log in", &body)).into_response();
    };
    let session = new_id();
    docusign.sessions.insert(session.clone(), user_id);
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in words.iter().filter(|(n, _)| *n != "email") {
        query.append_pair(name, value);
    }
    let set = format!("{COOKIE}={session}; Path=/oauth; HttpOnly; SameSite=Lax");
    ([(header::SET_COOKIE, set)], Redirect::to(&format!("/oauth/auth?{}", query.finish()))).into_response()
}

async fn consent(State(world): State<World>, headers: HeaderMap, Form(words): Form<Words>) -> Response {
    if let Err(refusal) = check(&world, &words) {
        return refuse(&world, &words, &refusal);
    }
    let now = world.clock.now();
    let mut docusign = lock(&world.docusign);
    let user_id = cookie(&headers).and_then(|c| docusign.sessions.get(&c).cloned()).unwrap_or_default();
    if user_id.is_empty() || user_id != word(&words, "user_id") {
        return page("Log in", &login_page(&docusign, &words, "The login has ended.")).into_response();
    }
    if word(&words, "allow") != "yes" {
        return back(
            &words,
            &[("error", "access_denied"), ("error_description", "The user did not allow access.")],
        );
    }
    docusign.consents.insert(user_id.clone());
    let code = new_code(&mut docusign, &user_id, &words, now);
    back(&words, &[("code", &code)])
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct TokenRequest {
    grant_type: String,
    code: String,
    code_verifier: Option<String>,
    refresh_token: String,
}

fn denied(status: StatusCode, error: &str, why: &str) -> Response {
    (status, Json(json!({ "error": error, "error_description": why }))).into_response()
}

fn is_the_app(headers: &HeaderMap) -> bool {
    let expected = STANDARD.encode(format!("{DOCUSIGN_INTEGRATION_KEY}:{DOCUSIGN_SECRET_KEY}"));
    headers
        .get(header::AUTHORIZATION)
        .and_then(|v| v.to_str().ok())
        .and_then(|v| v.split_once(' '))
        .is_some_and(|(scheme, given)| scheme.eq_ignore_ascii_case("basic") && given.trim() == expected)
}

async fn token(
    State(world): State<World>,
    headers: HeaderMap,
    Form(request): Form<TokenRequest>,
) -> Response {
    if !is_the_app(&headers) {
        return denied(
            StatusCode::UNAUTHORIZED,
            "invalid_client",
            "The integration key or its secret is not right.",
        );
    }
    let now = world.clock.now();
    let mut docusign = lock(&world.docusign);
    match request.grant_type.as_str() {
        "authorization_code" => {
            // A code is good once, right or wrong.
            let Some(code) = docusign.codes.remove(&request.code).filter(|c| c.expires > now) else {
                return denied(StatusCode::BAD_REQUEST, "invalid_grant", "expired_client_token");
            };
            let proven = match (&code.challenge, &request.code_verifier) {
                (None, _) => true,
                (Some(challenge), Some(verifier)) => {
                    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes())) == *challenge
                }
                (Some(_), None) => false,
            };
            if !proven {
                return denied(StatusCode::BAD_REQUEST, "invalid_grant", "PKCE verification failed");
            }
            let expires = now + TimeDelta::days(REFRESH_DAYS);
            grant(&mut docusign, &code.user_id, &code.scope, now, expires)
        }
        "refresh_token" => {
            let Some(old) =
                docusign.refresh_tokens.get(&request.refresh_token).cloned().filter(|t| t.expires > now)
            else {
                return denied(StatusCode::BAD_REQUEST, "invalid_grant", "expired_client_token");
            };
            let extended = old.scope.split(' ').any(|s| s == "extended");
            let expires = if extended { now + TimeDelta::days(REFRESH_DAYS) } else { old.expires };
            if docusign.revoke_on_refresh {
                docusign.refresh_tokens.remove(&request.refresh_token);
            }
            grant(&mut docusign, &old.user_id, &old.scope, now, expires)
        }
        _ => denied(StatusCode::BAD_REQUEST, "unsupported_grant_type", "The grant_type is not supported."),
    }
}

fn grant(
    docusign: &mut DocuSign,
    user_id: &str,
    scope: &str,
    now: DateTime<Utc>,
    refresh_until: DateTime<Utc>,
) -> Response {
    let (access, refresh) = (long_token(), long_token());
    docusign.access_tokens.retain(|_, t| t.expires > now);
    docusign.access_tokens.insert(
        access.clone(),
        AccessToken {
            user_id: user_id.to_owned(),
            scope: scope.to_owned(),
            expires: now + TimeDelta::seconds(ACCESS_SECONDS),
        },
    );
    docusign.refresh_tokens.insert(
        refresh.clone(),
        RefreshToken { user_id: user_id.to_owned(), scope: scope.to_owned(), expires: refresh_until },
    );
    let body = json!({
        "access_token": access, "token_type": "Bearer", "refresh_token": refresh, "expires_in": ACCESS_SECONDS,
        "scope": scope,
    });
    ([(header::CACHE_CONTROL, "no-store")], Json(body)).into_response()
}

/// As long as DocuSign's own, so that nobody counts on short ones.
fn long_token() -> String {
    let random: String = (0..20).map(|_| uuid::Uuid::new_v4().simple().to_string()).collect();
    format!("eyJ0eXAiOiJNVCIsImFsZyI6IlJTMjU2In0.{random}")
}

async fn userinfo(State(world): State<World>, headers: HeaderMap) -> Response {
    let now = world.clock.now();
    let docusign = lock(&world.docusign);
    let user = super::call::bearer(&headers)
        .and_then(|t| docusign.access_tokens.get(t))
        .filter(|t| t.expires > now)
        .and_then(|t| docusign.users.get(&t.user_id));
    let Some(user) = user else {
        return denied(
            StatusCode::UNAUTHORIZED,
            "invalid_token",
            "The access token is missing, unknown or expired.",
        );
    };
    let accounts: Vec<Value> = user
        .accounts
        .iter()
        .filter_map(|id| docusign.accounts.get(id))
        .enumerate()
        .map(|(n, a)| {
            json!({
                "account_id": a.account_id, "is_default": n == 0, "account_name": a.name,
                "base_uri": world.docusign_url(),
            })
        })
        .collect();
    Json(json!({
        "sub": user.user_id, "name": user.name(), "given_name": user.first_name, "family_name": user.last_name,
        "created": user.created.format("%Y-%m-%dT%H:%M:%S.00").to_string(), "email": user.email,
        "accounts": accounts,
    }))
    .into_response()
}

async fn logout(State(world): State<World>, Query(words): Query<Words>, headers: HeaderMap) -> Response {
    if let Some(session) = cookie(&headers) {
        lock(&world.docusign).sessions.remove(&session);
    }
    let gone = format!("{COOKIE}=; Path=/oauth; Max-Age=0");
    let target = word(&words, "redirect_uri");
    let local = target.starts_with(&world.config.worker_url) || target.starts_with(&world.hubspot_url());
    if local && word(&words, "response_mode") == "logout_redirect" {
        return ([(header::SET_COOKIE, gone)], Redirect::to(target)).into_response();
    }
    let body = html! { section.sbx-card.sbx-narrow { h1 { "You are logged out" } } };
    ([(header::SET_COOKIE, gone)], page("Logged out", &body)).into_response()
}
