//! `DELETE /api/drafts/{id}`: throws a draft away, at DocuSign too. Also answered when it is gone already.

use worker::Response;

use super::draft_save::draft_id;
use crate::{access, answer, call::Call, failure::Outcome, portal::ask::DeleteDraft};

pub async fn answer(call: &Call, id: &str) -> Outcome<Response> {
    let id = draft_id(id)?;
    let session = access::session(call)?;
    session.portal.ask(&DeleteDraft { session_hash: session.hash, id }).await?;
    answer::data(&())
}
