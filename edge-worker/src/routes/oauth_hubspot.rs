//! `GET /oauth/hubspot/install` and `/callback`: an admin installs the app into a portal, and is led on to
//! connect DocuSign right away.
//!
//! The portal is not known before HubSpot names it, so there is no object yet to keep the state: it is kept in
//! a sealed cookie, which binds it to the browser and to ten minutes, and the portal's object refuses a state
//! that was used.

use serde_json::json;
use shared::time::Timestamp;
use worker::Response;

use super::oauth_docusign;
use crate::{
    answer,
    call::Call,
    cookie,
    failure::{Failure, Outcome},
    hubspot::{self, failure::During},
    log, moment,
    pages::{self, Language, Page},
    portal::ask::{Install, NewTokens, OnBehalf},
    secret::Secret,
    token,
    vault::seal,
};

const STATE_SECONDS: i64 = 600;

/// What the cookie is sealed for.
fn place(state: &str) -> String {
    format!("install/{}", token::hash(state))
}

/// With `?portalId=`, HubSpot does not ask which portal is meant.
pub fn install(call: &Call) -> Outcome<Response> {
    let portal = call.parameter("portalId").and_then(|id| token::portal_id(&id));
    let state = token::random();
    let ends = moment::now().plus_seconds(STATE_SECONDS);
    let sealed = seal::seal(&call.config.sealing_keys, &place(&state), ends.0.to_string().as_bytes())
        .map_err(|e| Failure::internal(format!("sealing the state: {e}")))?;
    let response = answer::redirect(&hubspot::auth::authorize_url(&call.config, &state, portal))?;
    response.headers().append("set-cookie", &cookie::set(&call.config, &state, &sealed, STATE_SECONDS))?;
    Ok(response)
}

pub async fn callback(call: &Call) -> Outcome<Response> {
    let language = Language::of(None, call.header("accept-language").as_deref());
    let state = call.parameter("state").unwrap_or_default();
    let response = match finish(call, &state).await {
        Ok(response) => response,
        Err(Ended::At(page)) => pages::render(&page, language)?,
        Err(Ended::Failed(failure)) => {
            let support_id = oauth_docusign::log_failure("/oauth/hubspot/callback", &failure);
            pages::render(&Page::InstallFailed { support_id }, language)?
        }
    };
    response.headers().append("set-cookie", &cookie::clear(&call.config, &state))?;
    Ok(response)
}

/// How a callback ends when it does not go on to DocuSign.
enum Ended {
    At(Page),
    Failed(Failure),
}

impl From<Failure> for Ended {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

async fn finish(call: &Call, state: &str) -> Result<Response, Ended> {
    if !is_ours(call, state) {
        return Err(Ended::At(Page::InstallOver));
    }
    let code = match call.parameter("code") {
        Some(code) if call.parameter("error").is_none() => Secret::new(code),
        _ => return Err(Ended::At(Page::InstallCancelled)),
    };
    let failed = |e| hubspot::failure::failure(&e, During::Token);
    let tokens = hubspot::auth::exchange(&call.http, &call.config, &code).await.map_err(failed)?;
    let who =
        hubspot::auth::introspect(&call.http, &call.config, &tokens.access_token).await.map_err(failed)?;
    let (Some(portal), true) = (who.hub_id, who.active && !who.user_id.is_empty()) else {
        return Err(Failure::internal("HubSpot's token names no portal or user").into());
    };
    let install = Install {
        portal,
        domain: who.hub_domain,
        user: who.user_id.clone(),
        user_email: who.user.clone(),
        state_hash: token::hash(state),
        tokens: NewTokens {
            access_token: tokens.access_token,
            refresh_token: tokens.refresh_token,
            expires_at: tokens.expires_at,
        },
    };
    match call.portal(portal)?.ask(&install).await {
        Err(failure) if failure.error.code == shared::error::Code::Unauthorized => {
            return Err(Ended::At(Page::InstallOver));
        }
        other => other?,
    }
    log::info("installed", json!({ "portal": portal, "user": who.user_id }));
    let installer = OnBehalf::Installer { user: who.user_id, email: who.user };
    Ok(oauth_docusign::lead_to_docusign(call, portal, installer).await?)
}

/// Whether this browser was given this state, and lately.
fn is_ours(call: &Call, state: &str) -> bool {
    let cookies = call.header("cookie").unwrap_or_default();
    let Some(sealed) = cookie::get(&call.config, state, &cookies) else { return false };
    let Ok(ends) = seal::open(&call.config.sealing_keys, &place(state), sealed) else { return false };
    let ends = String::from_utf8(ends).ok().and_then(|text| text.parse().ok()).map(Timestamp);
    ends.is_some_and(|ends| ends > moment::now())
}
