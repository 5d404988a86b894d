//! `/api/drafts/{id}/documents`: a draft's documents once they are edited (the table of routes is
//! [`shared::api::DraftDocuments`]). Everything happens in the portal's object; a file is passed on to it as it comes
//! in, and by it to DocuSign.

use shared::{
    api::{DocumentOrder, DraftDocuments},
    draft::{DraftDocument, refusal},
    error::{AppError, Code},
    template::Template,
};
use worker::Response;

use super::{
    compose::{is_template_id, joined, template_ids},
    draft_save::draft_id,
};
use crate::{
    access::{self, Wanted},
    answer,
    call::Call,
    failure::Outcome,
    portal::ask::{AddDocument, ArrangeDocuments, CheckPaper, OpenDraft, RemoveDocument, StartDocuments},
};

/// A hundred ids.
const ORDER_MAX: usize = 16 * 1024;
/// Of a file's name; DocuSign cuts longer ones.
const NAME_MAX_CHARS: usize = 200;

/// `POST`: makes the documents editable.
pub async fn start(call: &Call, id: &str) -> Outcome<Response> {
    let id = draft_id(id)?;
    let session = access::session(call)?;
    let template = template(call, &id).await?;
    let ask = StartDocuments { session_hash: session.hash, id, template };
    answered(session.portal.ask(&ask).await?)
}

/// The template that a draft's documents are to be made of: as it was when they were, else read now.
pub async fn template(call: &Call, id: &str) -> Outcome<Template> {
    let session = access::session(call)?;
    let open = OpenDraft { session_hash: session.hash.clone(), id: id.to_owned() };
    let stored = session.portal.ask(&open).await?;
    if stored.handed_over {
        // Not made anew, whatever the template is like now.
        return Ok(Template::default());
    }
    let check = CheckPaper { session_hash: session.hash, id: id.to_owned(), at_docusign: false };
    if let Some(template) = session.portal.ask(&check).await? {
        return Ok(template);
    }
    let ids = template_ids(&stored.draft)?;
    let guest = access::enter_with(call, Wanted { templates: ids.clone(), ..Wanted::default() }).await?;
    joined(call, &guest, &ids, &guest.visit.templates).await
}

/// `PUT ?name=`: adds the file that is the body. Its length must be announced, and be kept to.
pub async fn add(call: &Call, id: &str) -> Outcome<Response> {
    let id = draft_id(id)?;
    let name = call.parameter("name").map(|name| name.trim().to_owned()).unwrap_or_default();
    if name.is_empty() || name.chars().count() > NAME_MAX_CHARS || name.chars().any(char::is_control) {
        return Err(AppError::new(Code::BadRequest).field("name").into());
    }
    let announced = call.header("content-length").and_then(|length| length.trim().parse::<u64>().ok());
    let bytes = announced.ok_or_else(|| AppError::new(Code::BadRequest).field("Content-Length"))?;
    if let Some(code) = refusal(&name, bytes) {
        return Err(AppError::new(code).field(name).into());
    }
    let session = access::session(call)?;
    let ask = AddDocument { session_hash: session.hash, id, name, bytes };
    answered(session.portal.ask_with_body(&ask, &call.request).await?)
}

/// `PUT …/order`.
pub async fn arrange(mut call: Call, id: &str) -> Outcome<Response> {
    let id = draft_id(id)?;
    let session = access::session(&call)?;
    let DocumentOrder { ids } = call.json(ORDER_MAX).await?;
    let ask = ArrangeDocuments { session_hash: session.hash, id, ids };
    answered(session.portal.ask(&ask).await?)
}

/// `DELETE …/{document}`.
pub async fn remove(call: &Call, id: &str, document: &str) -> Outcome<Response> {
    let id = draft_id(id)?;
    if !is_template_id(document) {
        return Err(Code::NotFound.into());
    }
    let session = access::session(call)?;
    let ask = RemoveDocument { session_hash: session.hash, id, document: document.to_owned() };
    answered(session.portal.ask(&ask).await?)
}

fn answered(documents: Vec<DraftDocument>) -> Outcome<Response> {
    answer::data(&DraftDocuments { documents })
}
