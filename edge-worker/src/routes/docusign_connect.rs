//! `POST /docusign/connect/{portal}`: DocuSign Connect tells us what happened to an envelope.
//!
//! The signature is checked over the raw bytes before anything is read or any object woken: against the deployment's
//! own keys, then against those that the portal added. A message that is
//! genuine is answered 200 even when we have no use for it (an event or envelope that is not ours): DocuSign
//! repeats whatever is not answered so, and a repetition would not make it useful. 401 is for what is not
//! genuine and for portals we do not know, 413 for what is too long, 5xx for when we failed and want it again.
//!
//! A genuine message that is no JSON object is answered 422: a configuration that sends us XML or aggregates is
//! wrong, no later message of it would be read either, and only a failure shows in DocuSign's Connect log.

use core::cell::RefCell;
use std::collections::HashMap;

use serde_json::json;
use shared::{
    error::{AppError, Code},
    settings::keys::Signed,
};
use worker::Response;

use crate::{
    answer,
    call::Call,
    environment,
    failure::{Failure, Outcome},
    log, moment,
    portal::{
        ask::{Tell, settings::Delivered},
        keys::{self, Copy},
    },
    signature::docusign::{SIGNATURES_MAX, header, is_signature, verify},
    token,
    vault::{grant::Holder, seal},
    wire::connect::{Meaning, parse},
};

/// We ask for no documents in messages; recipients and custom fields come to a few kilobytes.
const BODY_MAX: usize = 2 * 1024 * 1024;
/// Refusals of a portal closer together than this are noted once.
const NOTED_MS: i64 = 10_000;
/// Portals whose refusals are noted within that time.
const NOTED_MAX: usize = 20;

pub async fn answer(mut call: Call, portal: &str) -> Outcome<Response> {
    let body = call.body(BODY_MAX).await?;
    let signatures: Vec<String> = (1..=SIGNATURES_MAX).map_while(|n| call.header(&header(n))).collect();
    let (portal, signed) = signed(&call, portal, &signatures, &body).await?;
    let told = match parse(&body, moment::now()) {
        Ok(Meaning::Envelope(told)) => told,
        Ok(Meaning::Nothing) => return answer::data(&json!({ "heard": "nothing" })),
        Err(error) => {
            let refusal = AppError::new(Code::BadRequest).field("body");
            return Err(Failure::new(refusal, format!("genuine, but cannot be read: {error}")));
        }
    };
    let tell = Tell {
        signed,
        envelope: told.envelope_id,
        event: told.event,
        portal: told.portal,
        record: told.record,
    };
    let heard = call.portal(portal)?.ask(&tell).await?;
    answer::data(&json!({ "heard": heard }))
}

/// With whose key the message is signed. The deployment's own keys are tried first and cost nothing; the portal's own
/// are read from KV, nearby, and only where a header has the form of a signature.
async fn signed(call: &Call, portal: &str, signatures: &[String], body: &[u8]) -> Outcome<(u64, Signed)> {
    let refused = |why: &str| Failure::new(Code::Unauthorized, why);
    let given = || signatures.iter().map(String::as_str);
    let id = token::portal_id(portal);
    if verify(&call.config.docusign_connect_keys, given(), body) {
        return Ok((id.ok_or_else(|| refused("not a portal"))?, Signed::Integration));
    }
    let (Some(portal), true) = (id, given().any(is_signature)) else {
        return Err(refused("DocuSign's signature is missing"));
    };
    let keys = portal_keys(call, portal).await;
    // All are compared, whether one has fitted or not.
    let fits: Vec<&Copy> =
        keys.iter().filter(|own| verify(core::slice::from_ref(&own.key), given(), body)).collect();
    match fits.first() {
        Some(own) => Ok((portal, Signed::Portal { id: own.id.clone() })),
        None => {
            note_refusal(call, portal).await;
            Err(refused("DocuSign's signature is wrong"))
        }
    }
}

/// The portal's own keys, as KV has them: a minute old at most. None where they cannot be had.
async fn portal_keys(call: &Call, portal: u64) -> Vec<Copy> {
    let read = async {
        let sealed = call.env.kv(environment::TOKENS).ok()?.get(&keys::place(portal)).text().await.ok()??;
        let plain = seal::open(&call.config.sealing_keys, &keys::place(portal), &sealed).ok()?;
        crate::json::read(&plain).ok()
    };
    read.await.unwrap_or_default()
}

thread_local! {
    /// When a refusal was last written down, by portal; in this isolate.
    static NOTED: RefCell<HashMap<u64, i64>> = RefCell::default();
}

/// Writes down that a message was refused, for the list in the settings: once in ten seconds for each portal, for few
/// portals, and only where the app is installed, so that whoever floods this route writes and wakes next to nothing.
async fn note_refusal(call: &Call, portal: u64) {
    let now = moment::now().0;
    let may = NOTED.with_borrow_mut(|noted| {
        noted.retain(|_, at| now - *at < NOTED_MS);
        let is_new = noted.len() < NOTED_MAX && !noted.contains_key(&portal);
        if is_new {
            noted.insert(portal, now);
        }
        is_new
    });
    if !may {
        return;
    }
    let installed = async {
        let place = Holder::HubSpot { portal }.place();
        call.env.kv(environment::TOKENS).ok()?.get(&place).text().await.ok()?
    };
    if installed.await.is_none() {
        return;
    }
    let noted = async { call.portal(portal)?.ask(&Delivered { signed: Signed::Nobody }).await };
    if let Err(failure) = noted.await {
        log::warn("a refused message was not written down", json!({ "detail": failure.detail }));
    }
}
