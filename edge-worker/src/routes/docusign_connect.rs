//! `POST /docusign/connect/{portal}`: DocuSign Connect tells us what happened to an envelope.
//!
//! The signature is checked over the raw bytes before anything is read or any object woken. A message that is
//! genuine is answered 200 even when we have no use for it (an event or envelope that is not ours): DocuSign
//! repeats whatever is not answered so, and a repetition would not make it useful. 401 is for what is not
//! genuine and for portals we do not know, 413 for what is too long, 5xx for when we failed and want it again.
//!
//! A genuine message that is no JSON object is answered 422: a configuration that sends us XML or aggregates is
//! wrong, no later message of it would be read either, and only a failure shows in DocuSign's Connect log.

use serde_json::json;
use shared::error::{AppError, Code};
use worker::Response;

use crate::{
    answer,
    call::Call,
    failure::{Failure, Outcome},
    moment,
    portal::ask::Tell,
    signature::docusign::{SIGNATURES_MAX, header, verify},
    token,
    wire::connect::{Meaning, parse},
};

/// We ask for no documents in messages; recipients and custom fields come to a few kilobytes.
const BODY_MAX: usize = 2 * 1024 * 1024;

pub async fn answer(mut call: Call, portal: &str) -> Outcome<Response> {
    let body = call.body(BODY_MAX).await?;
    let signatures: Vec<String> = (1..=SIGNATURES_MAX).map_while(|n| call.header(&header(n))).collect();
    let keys = &call.config.docusign_connect_keys;
    if !verify(keys, signatures.iter().map(String::as_str), &body) {
        return Err(Failure::new(Code::Unauthorized, "DocuSign's signature is missing or wrong"));
    }
    let portal = token::portal_id(portal).ok_or(Failure::new(Code::Unauthorized, "not a portal"))?;
    let told = match parse(&body, moment::now()) {
        Ok(Meaning::Envelope(told)) => told,
        Ok(Meaning::Nothing) => return answer::data(&json!({ "heard": "nothing" })),
        Err(error) => {
            let refusal = AppError::new(Code::BadRequest).field("body");
            return Err(Failure::new(refusal, format!("genuine, but cannot be read: {error}")));
        }
    };
    let tell =
        Tell { envelope: told.envelope_id, event: told.event, portal: told.portal, record: told.record };
    let heard = call.portal(portal)?.ask(&tell).await?;
    answer::data(&json!({ "heard": heard }))
}
