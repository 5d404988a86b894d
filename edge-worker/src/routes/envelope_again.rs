//! `POST /api/envelopes/{id}/again`: a draft of the same templates to the same people. The `Idempotency-Key` is the
//! draft's id, so that the wizard goes on with it.

use shared::{
    after_send::{again::again, doable::Why},
    api::{self, DraftStep},
    error::{AppError, Code},
};
use worker::Response;

use super::{
    compose::{KEPT, compose, good_ids},
    draft_save::draft_id,
    envelope::envelope_id,
};
use crate::{
    access::{self, Wanted},
    answer,
    call::Call,
    failure::Outcome,
    portal::ask::{SaveDraft, SeeEnvelope},
};

pub async fn answer(call: &Call, id: &str) -> Outcome<Response> {
    let id = envelope_id(id)?;
    let key = call.header("idempotency-key").and_then(|key| draft_id(key.trim()).ok());
    let key = key.ok_or_else(|| AppError::new(Code::BadRequest).field("Idempotency-Key"))?;
    let session = access::session(call)?;
    let seen = session.portal.ask(&SeeEnvelope { session_hash: session.hash.clone(), id }).await?;
    let unknown = || AppError::new(Code::NotPossible).field(Why::TemplateUnknown.name());
    let ids = good_ids(seen.templates).map_err(|_| unknown())?;
    let guest =
        access::enter_with(call, Wanted { templates: ids.clone(), kept: &KEPT, ..Wanted::default() }).await?;
    let composed = compose(call, &guest, &ids, None, None).await?;
    let mut draft = again(&composed.template, &composed.prefill, &seen.envelope);
    draft.template_id = ids.first().cloned().unwrap_or_default();
    draft.added_templates = ids.iter().skip(1).cloned().collect();
    draft.options = composed.options;
    let template_modified = composed.template.modified;
    let roles = Some(composed.template.roles.into_iter().map(|role| role.recipient_id).collect());
    let save = api::SaveDraft { draft, version: 0, step: DraftStep::Recipients, template_modified, roles };
    let saved = session.portal.ask(&SaveDraft { session_hash: session.hash, id: key, save }).await?;
    answer::data(&saved)
}
