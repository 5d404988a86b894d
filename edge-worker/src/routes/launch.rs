//! `POST /hubspot/launch`: the card asks, through HubSpot, for an address to open. HubSpot's v3 signature says
//! that portal and user in the query are true; the record in the body is what the card says, and the session
//! that follows can do no more with it than its user could in HubSpot's own view of it.
//!
//! A signature opens one launch: the same signed request seen again is refused, so a copy of it is worth
//! nothing once HubSpot has its answer. Until then (an answer of ours outside 2xx) it may be repeated, which
//! HubSpot does by itself after a 5xx. Everything that is not right gets the same 401.

use shared::{
    api::{LaunchAnswer, LaunchRequest, View},
    error::{AppError, Code},
    record::{ObjectType, RecordRef},
};
use worker::Response;

use crate::{
    answer,
    call::{self, Call},
    failure::{Failure, Outcome},
    moment,
    portal::ask::OpenLaunch,
    signature::hubspot::{Headers, Older, Signed, verify},
    token,
};

pub const BODY_MAX: usize = 64 * 1024;

/// The signature headers of a request from HubSpot.
pub fn signature_headers(call: &Call) -> Headers {
    Headers {
        signature: call.header("x-hubspot-signature"),
        version: call.header("x-hubspot-signature-version"),
        v3: call.header("x-hubspot-signature-v3"),
        timestamp: call.header("x-hubspot-request-timestamp"),
    }
}

/// Whom HubSpot's signature vouches for.
pub struct Caller {
    pub portal: u64,
    pub user: String,
    pub email: String,
    /// Hash of the signature itself.
    pub signature_hash: String,
}

/// Who calls through `hubspot.fetch`: v3 or nothing.
pub fn caller(call: &Call, body: &[u8]) -> Outcome<Caller> {
    let headers = signature_headers(call);
    let signed = Signed { method: "POST", url: &call.public_url(), body };
    if !verify(&call.config.hubspot_client_secret, signed, &headers, Older::None, moment::now()) {
        return Err(Failure::new(Code::Unauthorized, "HubSpot's signature is missing, stale or wrong"));
    }
    let query = call.query();
    let said = |name: &str| call::only(&query, name).filter(|v| !v.is_empty());
    let portal = said("portalId").and_then(|id| token::portal_id(&id));
    let (Some(portal), Some(user)) = (portal, said("userId").filter(|id| is_number(id))) else {
        return Err(Failure::new(Code::Unauthorized, "no portal or user in the signed query"));
    };
    // An unescaped plus reads as a space, which no address holds.
    let email = said("userEmail").unwrap_or_default().replace(' ', "+");
    Ok(Caller { portal, user, email, signature_hash: token::hash(headers.v3.as_deref().unwrap_or_default()) })
}

/// The record that the card says it is on.
pub fn record(object_type_id: &str, object_id: &str) -> Outcome<RecordRef> {
    let object = ObjectType::from_type_id(object_type_id)
        .ok_or_else(|| AppError::new(Code::BadRequest).field("objectTypeId"))?;
    let bad_id = |_| AppError::new(Code::BadRequest).field("objectId").into();
    RecordRef::new(object, object_id).map_err(bad_id)
}

pub async fn answer(mut call: Call) -> Outcome<Response> {
    let body = call.body(BODY_MAX).await?;
    let caller = caller(&call, &body)?;
    let launch: LaunchRequest = call::from_json(&body)?;
    let record = match launch.view {
        View::Settings => None,
        View::Panel | View::Send => {
            let named = |field: Option<String>| field.unwrap_or_default();
            Some(record(&named(launch.object_type_id), &named(launch.object_id))?)
        }
    };
    let launch_token = token::for_portal(caller.portal);
    let ask = OpenLaunch {
        signature_hash: caller.signature_hash,
        launch_hash: token::hash(&launch_token),
        user: caller.user,
        user_email: caller.email,
        record,
        view: launch.view,
        locale: launch.locale.filter(|l| is_locale(l)),
    };
    call.portal(caller.portal)?.ask(&ask).await?;
    answer::data(&LaunchAnswer { url: format!("{}/app/#launch={launch_token}", call.config.base_url) })
}

fn is_number(text: &str) -> bool {
    (1..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_locale(text: &str) -> bool {
    (2..=16).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}
