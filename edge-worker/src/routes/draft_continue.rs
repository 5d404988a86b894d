//! `POST /api/drafts/{id}/continue`: on with the draft in DocuSign's own editor. What becomes of it there, Connect
//! tells; nothing is read from the address that DocuSign sends the browser back to.

use shared::{api::ContinueAnswer, merge};
use worker::Response;

use super::{compose, draft_documents, draft_save::draft_id, envelopes::tab_value};
use crate::{
    access::{self, Wanted},
    answer,
    call::Call,
    failure::Outcome,
    portal::ask::{ContinueDraft, OpenDraft},
};

pub async fn answer(call: &Call, id: &str) -> Outcome<Response> {
    let id = draft_id(id)?;
    let session = access::session(call)?;
    let open = OpenDraft { session_hash: session.hash.clone(), id: id.clone() };
    let stored = session.portal.ask(&open).await?;
    let template = draft_documents::template(call, &id).await?;
    let guest = access::enter_with(call, Wanted { kept: &compose::KEPT, ..Wanted::default() }).await?;
    let fields = compose::merge(call, &guest, &template).await?;
    let lines = merge::review(&fields, &stored.draft, &template);
    let values = merge::to_send(&lines).iter().map(tab_value).collect();
    let locale = guest.visit.locale.clone();
    let ask = ContinueDraft { session_hash: session.hash, id, template, values, locale };
    answer::data(&ContinueAnswer { url: session.portal.ask(&ask).await? })
}
