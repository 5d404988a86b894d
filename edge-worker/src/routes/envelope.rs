//! `GET /api/envelopes/{id}`: an envelope with its history. No vendor is asked.

use shared::error::Code;
use worker::Response;

use crate::{access, answer, call::Call, failure::Outcome, portal::ask::SeeEnvelope};

pub async fn answer(call: &Call, id: &str) -> Outcome<Response> {
    let id = envelope_id(id)?;
    let session = access::session(call)?;
    answer::data(&session.portal.ask(&SeeEnvelope { session_hash: session.hash, id }).await?)
}

/// DocuSign's ids are UUIDs; a row that is being sent has one of ours, with a word before it.
pub fn envelope_id(id: &str) -> Outcome<String> {
    let plain =
        !id.is_empty() && id.len() <= 64 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if plain { Ok(id.to_owned()) } else { Err(Code::NotFound.into()) }
}
