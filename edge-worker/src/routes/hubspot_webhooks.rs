//! `POST /hubspot/webhooks`: HubSpot tells us, in batches, what happened in portals. Only one thing concerns
//! us: a person who must be forgotten. All else is taken note of with a 200, since HubSpot repeats what is
//! not, and a portal that we do not know is no reason to fail the others in the batch.

use serde_json::json;
use shared::error::Code;
use worker::Response;

use super::launch::signature_headers;
use crate::{
    answer,
    call::{self, Call},
    failure::{Failure, Outcome},
    log, moment,
    portal::ask::ForgetContact,
    signature::hubspot::{Older, Signed, verify},
    wire::hubspot::WebhookEvent,
};

/// A batch holds up to 100 events of a few hundred bytes.
const BODY_MAX: usize = 1024 * 1024;

pub async fn answer(mut call: Call) -> Outcome<Response> {
    let body = call.body(BODY_MAX).await?;
    let signed = Signed { method: "POST", url: &call.public_url(), body: &body };
    let headers = signature_headers(&call);
    if !verify(&call.config.hubspot_client_secret, signed, &headers, Older::V1, moment::now()) {
        return Err(Failure::new(Code::Unauthorized, "HubSpot's signature is missing, stale or wrong"));
    }
    let Ok(events) = call::from_json::<Vec<WebhookEvent>>(&body) else {
        log::warn("a genuine HubSpot webhook that cannot be read", json!({ "bytes": body.len() }));
        return answer::data(&json!({ "taken": 0 }));
    };
    let mut taken = 0;
    for event in events.into_iter().filter(|e| e.subscription_type == "contact.privacyDeletion") {
        let (Some(portal), Some(contact)) = (event.portal_id, event.object_id) else { continue };
        match call.portal(portal)?.ask(&ForgetContact { contact }).await {
            Ok(()) => taken += 1,
            // A portal that was never installed has nobody to forget.
            Err(failure) if failure.error.code == Code::Unauthorized => {}
            // Ours to do again: HubSpot repeats the batch, and forgetting twice does no harm.
            Err(failure) => return Err(failure),
        }
    }
    answer::data(&json!({ "taken": taken }))
}
