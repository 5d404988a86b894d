//! One REST call: who calls, what was asked, and the way to the account's data.
//!
//! The gate in front of every REST route checks token, membership, suspension, permission, limits and locks, in
//! that order, so that routes need not.

use std::collections::HashMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts as _, OriginalUri, RawPathParams, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde_json::Value;

use super::lifecycle::Event;
use super::model::{Account, Envelope, Object, Template, User, as_strings, new_id, object};
use super::problem::{Problem, envelope_missing, invalid_body, problem, template_missing};
use super::wire::Users;
use crate::lock::lock;
use crate::world::World;

pub type Reply = Result<Response, Problem>;

/// Who calls, put into the request by the gate.
#[derive(Clone, Debug)]
pub struct Caller {
    pub user: User,
    pub account_id: String,
}

pub struct Call {
    pub world: World,
    pub caller: Caller,
    pub headers: HeaderMap,
    pub body: Bytes,
    pub now: DateTime<Utc>,
    params: HashMap<String, String>,
    query: HashMap<String, String>,
}

impl FromRequest<World> for Call {
    type Rejection = Problem;

    async fn from_request(request: Request, world: &World) -> Result<Self, Problem> {
        let caller = request.extensions().get::<Caller>().cloned().ok_or_else(no_token)?;
        let query = query_of(request.uri().query());
        let headers = request.headers().clone();
        let (mut parts, body) = request.into_parts();
        let params = RawPathParams::from_request_parts(&mut parts, world)
            .await
            .map(|p| p.iter().map(|(k, v)| (k.to_owned(), v.to_owned())).collect())
            .unwrap_or_default();
        let body = axum::body::to_bytes(body, crate::traffic::LARGEST_BODY)
            .await
            .map_err(|_| invalid_body("The body is too large."))?;
        Ok(Call { world: world.clone(), caller, headers, body, now: world.clock.now(), params, query })
    }
}

impl Call {
    pub fn param(&self, name: &str) -> &str {
        self.params.get(name).map(String::as_str).unwrap_or("")
    }

    pub fn query(&self, name: &str) -> &str {
        self.query.get(name).map(String::as_str).unwrap_or("")
    }

    /// Whether a comma list in the query holds a word (`include=documents,tabs`).
    pub fn includes(&self, name: &str, word: &str) -> bool {
        self.query(name).split(',').any(|w| w.trim() == word)
    }

    pub fn flag(&self, name: &str) -> bool {
        self.query(name).eq_ignore_ascii_case("true")
    }

    /// The JSON body with every scalar as a string.
    ///
    /// # Errors
    /// `INVALID_REQUEST_BODY`.
    pub fn json(&self) -> Result<Object, Problem> {
        if self.body.is_empty() {
            return Ok(Object::new());
        }
        match serde_json::from_slice::<Value>(&self.body) {
            Ok(value @ Value::Object(_)) => Ok(object(as_strings(value))),
            Ok(_) => Err(invalid_body("An object was expected.")),
            Err(e) => Err(invalid_body(e)),
        }
    }

    /// Works on the account under the lock, then lets Connect messages out.
    ///
    /// # Errors
    /// Those of `work`.
    pub fn account<T>(
        &self,
        work: impl FnOnce(&mut Account, &Users<'_>) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        let (result, messages) = {
            let mut docusign = lock(&self.world.docusign);
            let (accounts, users) = docusign.split();
            let account = accounts.get_mut(&self.caller.account_id).ok_or_else(not_member)?;
            (work(account, &users), std::mem::take(&mut account.outbox))
        };
        super::connect::send(&self.world, messages);
        result
    }

    /// Works on the envelope that the path names.
    ///
    /// # Errors
    /// `ENVELOPE_DOES_NOT_EXIST`, and those of `work`.
    pub fn envelope<T>(&self, work: impl FnOnce(&mut Envelope) -> Result<T, Problem>) -> Result<T, Problem> {
        self.account(|account, _| work(envelope_of(account, self.param("envelopeId"))?))
    }

    /// Works on the envelope that the path names, then tells the listeners what happened to it.
    ///
    /// # Errors
    /// `ENVELOPE_DOES_NOT_EXIST`, and those of `work`.
    pub fn change<T>(
        &self,
        work: impl FnOnce(&mut Envelope) -> Result<(T, Vec<Event>), Problem>,
    ) -> Result<T, Problem> {
        let id = self.param("envelopeId");
        self.account(|account, users| {
            let envelope = envelope_of(account, id)?;
            envelope.modified = self.now;
            let (answer, events) = work(envelope)?;
            super::connect::publish(account, users, id, &events, self.now);
            Ok(answer)
        })
    }

    /// Works on the template that the path names.
    ///
    /// # Errors
    /// `TEMPLATE_ID_INVALID`, and those of `work`.
    pub fn template<T>(&self, work: impl FnOnce(&mut Template) -> Result<T, Problem>) -> Result<T, Problem> {
        self.account(|account, _| work(template_of(account, self.param("templateId"))?))
    }

    /// # Errors
    /// `USER_NOT_ACCOUNT_ADMIN`.
    pub fn admin_only(&self) -> Result<(), Problem> {
        if self.caller.user.is_admin { Ok(()) } else { Err(super::problem::not_admin()) }
    }
}

pub fn envelope_of<'a>(account: &'a mut Account, id: &str) -> Result<&'a mut Envelope, Problem> {
    account.envelopes.get_mut(id).ok_or_else(envelope_missing)
}

pub fn template_of<'a>(account: &'a mut Account, id: &str) -> Result<&'a mut Template, Problem> {
    account
        .templates
        .iter_mut()
        .find(|t| t.template_id.eq_ignore_ascii_case(id) && !t.deleted)
        .ok_or_else(template_missing)
}

pub fn ok(value: Value) -> Reply {
    Ok(Json(value).into_response())
}

pub fn created(value: Value) -> Reply {
    Ok((StatusCode::CREATED, Json(value)).into_response())
}

pub fn query_of(query: Option<&str>) -> HashMap<String, String> {
    url::form_urlencoded::parse(query.unwrap_or("").as_bytes()).into_owned().collect()
}

/// The gate: a middleware of all REST routes.
pub async fn gate(State(world): State<World>, mut request: Request, next: Next) -> Response {
    let now = world.clock.now();
    // Under a nested router the request's own URI has lost its beginning.
    let uri = request.extensions().get::<OriginalUri>().map_or_else(|| request.uri(), |OriginalUri(uri)| uri);
    let path = uri.path().to_owned();
    let account_id = account_in(&path).unwrap_or("").to_owned();
    let admitted = admit(&world, &request, &account_id, &path, now);
    let mut response = match admitted {
        Ok(caller) => {
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(p) => p.into_response(),
    };
    let headers = response.headers_mut();
    if let Some(limits) = lock(&world.docusign).limits.get(&account_id) {
        limits.write(headers, now);
    }
    if let Ok(token) = HeaderValue::from_str(&new_id()) {
        headers.insert(HeaderName::from_static("x-docusign-tracetoken"), token);
    }
    headers.insert(HeaderName::from_static("x-docusign-node"), HeaderValue::from_static("SBX1FE1"));
    headers.entry("cache-control").or_insert(HeaderValue::from_static("no-cache"));
    response
}

fn admit(
    world: &World,
    request: &Request,
    account_id: &str,
    path: &str,
    now: DateTime<Utc>,
) -> Result<Caller, Problem> {
    let mut docusign = lock(&world.docusign);
    let token = bearer(request.headers()).ok_or_else(no_token)?;
    let access = docusign.access_tokens.get(token).ok_or_else(no_token)?;
    if access.expires <= now {
        return Err(problem(
            401,
            "USER_AUTHENTICATION_FAILED",
            "One or both of Username and Password are invalid. Invalid access token",
        ));
    }
    if !access.scope.split(' ').any(|s| s == "signature") {
        return Err(problem(403, "CONSENT_REQUIRED", "The scope signature is missing."));
    }
    let user = docusign.users.get(&access.user_id).cloned().ok_or_else(no_token)?;
    if !user.accounts.iter().any(|a| a == account_id) {
        return Err(not_member());
    }
    let changes = request.method() != Method::GET;
    let account = docusign.accounts.get_mut(account_id).ok_or_else(not_member)?;
    if account.suspended {
        return Err(problem(400, "ACCOUNT_HAS_BEEN_SUSPENDED", "This account has been suspended."));
    }
    if user.lacks_permission && changes {
        return Err(problem(
            403,
            "USER_LACKS_PERMISSIONS",
            "This user lacks sufficient permissions to access this resource.",
        ));
    }
    let envelope_id = after(path, "/envelopes/");
    let envelope = envelope_id.and_then(|id| account.envelopes.get(id));
    if envelope.is_some_and(|e| !may_see(e, &user)) {
        return Err(problem(
            400,
            "USER_NOT_ENVELOPE_SENDER_OR_RECIPIENT",
            "This user is not the sender or a recipient of the specified envelope.",
        ));
    }
    if changes && let Some(id) = envelope_id {
        check_lock(account, id, path, request.headers(), &user.user_id, now)?;
    }
    let limits = docusign.limits.entry(account_id.to_owned()).or_default();
    limits.count(now)?;
    if let Some(id) = envelope_id
        && request.method() == Method::GET
    {
        limits.polled(id, path, now)?;
    }
    Ok(Caller { user, account_id: account_id.to_owned() })
}

/// The sender, a recipient, or an account administrator.
fn may_see(e: &Envelope, user: &User) -> bool {
    let is_recipient =
        || e.paper.recipients.iter().any(|r| r.mail_address().eq_ignore_ascii_case(&user.email));
    user.is_admin || e.sender_id == user.user_id || is_recipient()
}

/// A locked envelope is changed only by who holds the lock's token (facts §3.4).
fn check_lock(
    account: &mut Account,
    envelope_id: &str,
    path: &str,
    headers: &HeaderMap,
    user_id: &str,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    let Some(envelope) = account.envelopes.get_mut(envelope_id) else { return Ok(()) };
    if envelope.lock.as_ref().is_some_and(|l| l.until <= now) {
        envelope.lock = None;
    }
    let Some(edit) = envelope.lock.as_mut() else { return Ok(()) };
    // The lock's own route, and pages to look at, answer for themselves.
    if path.ends_with("/lock") || path.contains("/views/") {
        return Ok(());
    }
    let given = lock_token(headers);
    if given.as_deref() == Some(edit.token.as_str()) && edit.user_id == user_id {
        edit.used = true;
        return Ok(());
    }
    Err(not_lock_owner())
}

pub fn not_lock_owner() -> Problem {
    problem(
        400,
        "EDIT_LOCK_NOT_LOCK_OWNER",
        "The user is not the owner of the lock. The template or envelope is locked by another user or in another application.",
    )
}

/// The token in `X-DocuSign-Edit`, which is JSON with keys in either case.
pub fn lock_token(headers: &HeaderMap) -> Option<String> {
    let text = headers.get("x-docusign-edit")?.to_str().ok()?;
    let value: Value = serde_json::from_str(text).ok()?;
    let object = value.as_object()?;
    object
        .iter()
        .find(|(k, _)| k.eq_ignore_ascii_case("locktoken"))
        .and_then(|(_, v)| v.as_str())
        .map(str::to_owned)
}

pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get("authorization")?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

pub fn account_in(path: &str) -> Option<&str> {
    after(path, "/accounts/")
}

/// The path segment after `marker`.
fn after<'a>(path: &'a str, marker: &str) -> Option<&'a str> {
    let rest = path.split_once(marker)?.1;
    let segment = rest.split('/').next()?;
    // `/envelopes/status` is no envelope.
    (segment.len() == 36).then_some(segment)
}

fn no_token() -> Problem {
    problem(401, "AUTHORIZATION_INVALID_TOKEN", "The access token provided is expired, revoked or malformed.")
}

fn not_member() -> Problem {
    problem(
        400,
        "USER_DOES_NOT_BELONG_TO_SPECIFIED_ACCOUNT",
        "The specified User is not a member of the specified Account.",
    )
}
