//! `GET /api/drafts/{id}`: all that the wizard needs to go on with a draft. The templates are read anew, so that a
//! change made in DocuSign meanwhile is seen now and not when sending.

use shared::{api::OpenedDraft, draft::with_new_roles, error::Code};
use worker::Response;

use super::{
    compose::{KEPT, compose, template_ids},
    draft_save::draft_id,
};
use crate::{
    access::{self, Wanted},
    answer,
    call::Call,
    failure::Outcome,
    portal::ask::{CheckPaper, OpenDraft},
};

pub async fn answer(call: &Call, id: &str) -> Outcome<Response> {
    let id = draft_id(id)?;
    let session = access::session(call)?;
    // Once its documents were edited, a draft is of the template as it was then; and DocuSign is asked whether
    // somebody sent it there or threw it away.
    let check = CheckPaper { session_hash: session.hash.clone(), id: id.clone(), at_docusign: true };
    let paper = session.portal.ask(&check).await?;
    let stored = session.portal.ask(&OpenDraft { session_hash: session.hash, id }).await?;
    if stored.handed_over {
        return Err(Code::DraftHandedOver.into());
    }
    let guest = access::enter_with(call, Wanted { kept: &KEPT, ..Wanted::default() }).await?;
    let compose =
        compose(call, &guest, &template_ids(&stored.draft)?, paper, stored.documents.as_deref()).await?;
    let changed = |before| compose.template.modified.is_some_and(|now| now != before);
    let draft = match &stored.roles {
        Some(known) => with_new_roles(stored.draft, known, &compose.template),
        None => stored.draft,
    };
    answer::data(&OpenedDraft {
        template_changed: stored.template_modified.is_some_and(changed),
        draft,
        version: stored.version,
        step: stored.step,
        compose,
        documents: stored.documents,
    })
}
