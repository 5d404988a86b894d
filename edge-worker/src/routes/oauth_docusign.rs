//! `GET /oauth/docusign/connect` and `/callback`: a HubSpot user connects their DocuSign user.
//!
//! The state names the portal, whose object keeps the rest of it: whose sign-in it is, the sealed PKCE
//! verifier, and the hash of the cookie that binds it to the browser. It works once and for ten minutes.

use serde_json::json;
use shared::error::Code;
use worker::Response;

use crate::{
    answer,
    call::Call,
    cookie,
    docusign::{self, auth::AccountInfo, failure::During},
    failure::{Failure, Outcome},
    log::{self, Level},
    pages::{self, Language, Page},
    portal::ask::{
        AccountAt, Connect, NewTokens, OnBehalf, SignIn, StartSignIn, TakeSignIn,
        settings::{Because, MakeHsFields},
    },
    secret::Secret,
    token,
    vault::seal,
};

const STATE_SECONDS: i64 = 600;

/// What the verifier is sealed for.
fn place(state_hash: &str) -> String {
    format!("sign-in/{state_hash}")
}

pub async fn connect(call: &Call) -> Outcome<Response> {
    let language = language(call, None);
    let ticket = call.parameter("ticket").unwrap_or_default();
    let Some(portal) = token::portal_of(&ticket) else { return pages::render(&Page::ConnectOver, language) };
    match lead_to_docusign(call, portal, OnBehalf::Ticket { hash: token::hash(&ticket) }).await {
        Ok(response) => Ok(response),
        Err(failure) if failure.error.code == Code::Unauthorized => {
            pages::render(&Page::ConnectOver, language)
        }
        Err(failure) => {
            let support_id = log_failure("/oauth/docusign/connect", &failure);
            pages::render(&Page::ConnectFailed { support_id }, language)
        }
    }
}

/// Sends the browser to DocuSign's login for a user of `portal`.
pub async fn lead_to_docusign(call: &Call, portal: u64, on_behalf: OnBehalf) -> Outcome<Response> {
    let (state, browser, verifier) = (token::for_portal(portal), token::random(), token::random());
    let state_hash = token::hash(&state);
    let sealed = seal::seal(&call.config.sealing_keys, &place(&state_hash), verifier.as_bytes())
        .map_err(|e| Failure::internal(format!("sealing the verifier: {e}")))?;
    let start = StartSignIn {
        on_behalf,
        state_hash,
        browser_hash: token::hash(&browser),
        verifier: sealed,
        locale: None,
    };
    call.portal(portal)?.ask(&start).await?;
    let response = answer::redirect(&docusign::auth::authorize_url(&call.config, &state, &verifier))?;
    response.headers().append("set-cookie", &cookie::set(&call.config, &state, &browser, STATE_SECONDS))?;
    Ok(response)
}

pub async fn callback(call: &Call) -> Outcome<Response> {
    let state = call.parameter("state").unwrap_or_default();
    let (page, locale) = match take(call, &state).await {
        Ok((portal, sign_in)) => {
            let locale = sign_in.locale.clone();
            let page = match finish(call, portal, &state, sign_in).await {
                Ok(page) => page,
                Err(failure) => {
                    Page::ConnectFailed { support_id: log_failure("/oauth/docusign/callback", &failure) }
                }
            };
            (page, locale)
        }
        Err(failure) if failure.error.code == Code::Unauthorized => (Page::ConnectOver, None),
        Err(failure) => {
            (Page::ConnectFailed { support_id: log_failure("/oauth/docusign/callback", &failure) }, None)
        }
    };
    let response = pages::render(&page, language(call, locale.as_deref()))?;
    response.headers().append("set-cookie", &cookie::clear(&call.config, &state))?;
    Ok(response)
}

/// The sign-in this state stands for. From here on the state is used up, whatever comes of it.
async fn take(call: &Call, state: &str) -> Outcome<(u64, SignIn)> {
    let portal = token::portal_of(state).ok_or(Failure::new(Code::Unauthorized, "no state of ours"))?;
    let cookies = call.header("cookie").unwrap_or_default();
    let browser = cookie::get(&call.config, state, &cookies)
        .ok_or(Failure::new(Code::Unauthorized, "no cookie for this state"))?;
    let ask = TakeSignIn { state_hash: token::hash(state), browser_hash: token::hash(browser) };
    Ok((portal, call.portal(portal)?.ask(&ask).await?))
}

async fn finish(call: &Call, portal: u64, state: &str, sign_in: SignIn) -> Outcome<Page> {
    let code = match call.parameter("code") {
        Some(code) if call.parameter("error").is_none() => Secret::new(code),
        _ => return Ok(Page::ConnectCancelled),
    };
    let verifier = seal::open(&call.config.sealing_keys, &place(&token::hash(state)), &sign_in.verifier)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or(Failure::internal("the verifier does not open"))?;
    let failed = |e| docusign::failure::failure(&e, During::Token);
    let tokens = docusign::auth::exchange(&call.http, &call.config, &code, &Secret::new(verifier))
        .await
        .map_err(failed)?;
    let info =
        docusign::auth::user_info(&call.http, &call.config, &tokens.access_token).await.map_err(failed)?;
    let Some(account) = info.account(&call.config).map(kept) else {
        log::warn("a DocuSign user without a usable account", json!({ "accounts": info.accounts.len() }));
        return Ok(Page::NoAccount);
    };
    let accounts = info.accounts.iter().filter(|a| call.config.allows_docusign_host(&a.base_uri)).map(kept);
    let connect = Connect {
        user: sign_in.user,
        user_email: sign_in.user_email,
        docusign_user: info.sub.clone(),
        name: info.name.clone(),
        email: info.email.clone(),
        account,
        accounts: accounts.collect(),
        tokens: NewTokens {
            access_token: tokens.access_token,
            refresh_token: tokens.refresh_token,
            expires_at: tokens.expires_at,
        },
    };
    let because = Because::Connected { user: connect.user.clone() };
    let object = call.portal(portal)?;
    object.ask(&connect).await?;
    // Whether the account gets our custom fields concerns nobody's connection.
    if let Err(failure) = object.ask(&MakeHsFields { because }).await {
        log::warn("no HubSpot fields were made", json!({ "code": failure.error.code }));
    }
    Ok(Page::Connected {
        hubspot: format!("{}/contacts/{portal}/objects/0-3/views", call.config.hubspot_app_base),
    })
}

fn kept(account: &AccountInfo) -> AccountAt {
    AccountAt {
        id: account.account_id.clone(),
        name: account.account_name.clone(),
        is_default: account.is_default,
        base_uri: account.base_uri.clone(),
    }
}

fn language(call: &Call, locale: Option<&str>) -> Language {
    Language::of(locale, call.header("accept-language").as_deref())
}

/// Logs why a sign-in failed, and answers with the id to find it by.
pub fn log_failure(route: &str, failure: &Failure) -> String {
    let support_id = match failure.error.support_id.as_str() {
        "" => token::support_id(),
        id => id.to_owned(),
    };
    log::line(
        Level::Error,
        "a sign-in failed",
        json!({ "route": route, "code": failure.error.code, "support_id": support_id, "detail": failure.detail }),
    );
    support_id
}
