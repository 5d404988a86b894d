//! Calls about the documents of a draft, and the pictures of pages.

use gloo_net::http::Request;
use shared::{
    api::{ContinueAnswer, DocumentOrder, DraftDocuments, PageList},
    template::Document,
};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::{Answer, Failure, Refusal, answered, call, draft_path, segment};

/// Where a document is: `/api/templates/…/documents/…`, or the draft's own.
pub fn document_path(draft: &str, document: &Document) -> String {
    let (of, id) = match &document.template {
        Some(template) => ("/api/templates/", template.as_str()),
        None => ("/api/drafts/", draft),
    };
    [of, &segment(id), "/documents/", &segment(&document.at)].concat()
}

/// `GET …/pages`
pub async fn pages(token: &str, document: &str) -> Answer<PageList> {
    call(Request::get(&[document, "/pages"].concat()), Some(token), None).await
}

/// `GET …/pages/…`: a picture, which no `<img>` could fetch by itself for want of the token.
pub async fn page_image(token: &str, document: &str, page: u32, width: u32) -> Answer<Blob> {
    let path = [document, "/pages/", &page.to_string(), "?width=", &width.to_string()].concat();
    let response = answered(Request::get(&path).header("Accept", "image/png"), Some(token), None).await?;
    let response: web_sys::Response = response.into();
    let blob = JsFuture::from(response.blob().map_err(|_| Failure::Unreachable)?).await;
    blob.ok().and_then(|blob| blob.dyn_into().ok()).ok_or(Failure::Unreachable)
}

fn documents_path(draft: &str) -> String {
    [&draft_path(draft), "/documents"].concat()
}

/// `POST /api/drafts/…/documents`
pub async fn open_documents(token: &str, draft: &str) -> Answer<DraftDocuments> {
    call(Request::post(&documents_path(draft)), Some(token), Some("null".to_owned())).await
}

/// `PUT /api/drafts/…/documents/order`
pub async fn order_documents(token: &str, draft: &str, order: &DocumentOrder) -> Answer<DraftDocuments> {
    let body = serde_json::to_string(order).map_err(|_| Failure::Unreachable)?;
    let path = [&documents_path(draft), "/order"].concat();
    call(Request::put(&path), Some(token), Some(body)).await
}

/// `DELETE /api/drafts/…/documents/…`
pub async fn remove_document(token: &str, draft: &str, document: &str) -> Answer<DraftDocuments> {
    let path = [&documents_path(draft), "/", &segment(document)].concat();
    call(Request::delete(&path), Some(token), None).await
}

/// `POST /api/drafts/…/continue`
pub async fn continue_in_docusign(token: &str, draft: &str) -> Answer<ContinueAnswer> {
    let path = [&draft_path(draft), "/continue"].concat();
    call(Request::post(&path), Some(token), Some("null".to_owned())).await
}

/// `PUT /api/drafts/…/documents?name=`: where a file's bytes go. They are sent by `XMLHttpRequest`, which alone
/// tells how far it got.
pub fn upload_path(draft: &str, name: &str) -> String {
    [&documents_path(draft), "?name=", &segment(name)].concat()
}

/// The answer to an upload, as it came.
pub fn uploaded(status: u16, text: &str) -> Answer<DraftDocuments> {
    if (200..300).contains(&status) {
        return crate::json::from_str(text).ok_or(Failure::Unreachable);
    }
    Err(Refusal::read(text).map_or(Failure::Unreachable, |refusal| Failure::Edge(Box::new(refusal))))
}
