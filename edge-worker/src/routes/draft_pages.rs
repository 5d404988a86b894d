//! `GET /api/drafts/{id}/documents/{id}/pages`, and `…/{number}?width=`: as for a template's documents, but of the
//! draft at DocuSign. Kept by the version of the draft's documents, which changes with every edit.

use shared::{
    api::PageList,
    error::{AppError, Code},
};
use worker::Response;

use super::{
    compose::is_template_id,
    draft_save::draft_id,
    page_image::{image, page_number, step},
    pages::numbered,
};
use crate::{
    access::{self, Guest},
    answer, cached,
    call::Call,
    docusign::{DocuSign, documents::Holder, failure::During},
    failure::Outcome,
    portal::ask::{SeePaper, SeenPaper},
};

async fn seen(call: &Call, id: &str, document: &str) -> Outcome<(Guest, SeenPaper)> {
    let id = draft_id(id)?;
    if !is_template_id(document) {
        return Err(Code::NotFound.into());
    }
    let session = access::session(call)?;
    let ask = SeePaper { session_hash: session.hash, id, document: document.to_owned() };
    let seen = session.portal.ask(&ask).await?;
    Ok((access::enter(call).await?, seen))
}

pub async fn list(call: &Call, id: &str, document: &str) -> Outcome<Response> {
    let (guest, SeenPaper { envelope, version }) = seen(call, id, document).await?;
    let place = guest.place("draft-pages", &[&envelope, document, &version.to_string()]);
    if let Some(list) = cached::json::<PageList>(&place).await {
        return answer::data(&list);
    }
    let fetched = async |d: DocuSign| d.pages(Holder::Envelope(&envelope), document).await;
    let list = numbered(&guest.docusign(call, During::Envelope, fetched).await?);
    cached::keep_json(&place, &list, cached::MINUTES_10).await;
    answer::data(&list)
}

pub async fn picture(call: &Call, id: &str, document: &str, page: &str) -> Outcome<Response> {
    let page = page_number(page)?;
    let asked = call.parameter("width").and_then(|width| width.parse().ok());
    let asked: u32 = asked.ok_or_else(|| AppError::new(Code::BadRequest).field("width"))?;
    let width = step(asked);
    let (guest, SeenPaper { envelope, version }) = seen(call, id, document).await?;
    let names = [&envelope, document, &version.to_string(), &page.to_string(), &width.to_string()];
    let place = guest.place("draft-page", &names);
    let found = match cached::bytes(&place).await {
        Some(found) => found,
        None => {
            let fetched =
                async |d: DocuSign| d.page_image(Holder::Envelope(&envelope), document, page, width).await;
            let found = guest.docusign(call, During::Envelope, fetched).await?;
            cached::keep(&place, found.clone(), cached::MINUTES_10).await;
            found
        }
    };
    // The address stays when the document changes: the browser may not keep it.
    image(found, "private, no-cache")
}
