//! `PUT /api/drafts/{id}`: saves the wizard's state as the rep works.

use shared::{api::SaveDraft, error::Code};
use worker::Response;

use super::compose;
use crate::{access, answer, call::Call, failure::Outcome, portal::ask};

/// As much as may be sent (see `envelopes.rs`), and a little for what goes around it.
const BODY_MAX: usize = 513 * 1024;

pub async fn answer(mut call: Call, id: &str) -> Outcome<Response> {
    let id = draft_id(id)?;
    let session = access::session(&call)?;
    let save: SaveDraft = call.json(BODY_MAX).await?;
    compose::template_ids(&save.draft)?;
    let saved = session.portal.ask(&ask::SaveDraft { session_hash: session.hash, id, save }).await?;
    answer::data(&saved)
}

/// A draft's id is a UUID; whatever else is asked for is not there.
pub fn draft_id(id: &str) -> Outcome<String> {
    Ok(uuid::Uuid::parse_str(id).map_err(|_| Code::NotFound)?.to_string())
}
