//! Calls about an envelope that was sent: the routes are in `shared::after_send`.

use gloo_net::http::Request;
use js_sys::JsString;
use serde::Serialize;
use shared::after_send::{AuditTrail, Detail, EnvelopeDocuments};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlElement, Url};

use super::{Answer, Failure, answered, call, exchange, get, segment};

fn path(id: &str, rest: &str) -> String {
    ["/api/envelopes/", &segment(id), rest].concat()
}

pub async fn detail(token: &str, id: &str) -> Answer<Detail> {
    call(Request::get(&path(id, "")), Some(token), None).await
}

/// `remind`, `correct` or `void`.
pub async fn act(token: &str, id: &str, deed: &str, key: &str, body: &impl Serialize) -> Answer<Detail> {
    let body = serde_json::to_string(body).map_err(|_| Failure::Unreachable)?;
    let request = Request::post(&path(id, &["/", deed].concat())).header("Idempotency-Key", key);
    call(request, Some(token), Some(body)).await
}

/// Makes the draft `key`.
pub async fn again(token: &str, id: &str, key: &str) -> Answer<()> {
    let request = Request::post(&path(id, "/again")).header("Idempotency-Key", key);
    exchange(request, Some(token), Some("null".to_owned())).await.map(drop)
}

pub async fn audit(token: &str, id: &str) -> Answer<AuditTrail> {
    call(Request::get(&path(id, "/audit")), Some(token), None).await
}

pub async fn documents(token: &str, id: &str) -> Answer<EnvelopeDocuments> {
    call(Request::get(&path(id, "/documents")), Some(token), None).await
}

/// Fetches a PDF with the session, and has the browser save it: no address of it works for anybody else.
pub async fn save_pdf(token: &str, id: &str, document: &str) -> Answer<()> {
    let path = path(id, &["/documents/", &segment(document)].concat());
    let response = answered(get(&path, &[]), Some(token), None).await?;
    let name = response.headers().get("content-disposition").and_then(|header| file_name(&header));
    let lost = |_: JsValue| Failure::Unreachable;
    let blob = JsFuture::from(web_sys::Response::from(response).blob().map_err(lost)?).await.map_err(lost)?;
    let blob: Blob = blob.dyn_into().map_err(lost)?;
    let url = Url::create_object_url_with_blob(&blob).map_err(lost)?;
    let document = web_sys::window().and_then(|window| window.document()).ok_or(Failure::Unreachable)?;
    let link: HtmlElement = document.create_element("a").map_err(lost)?.unchecked_into();
    let _ = link.set_attribute("href", &url);
    let _ = link.set_attribute("download", name.as_deref().unwrap_or("envelope.pdf"));
    link.click();
    // The browser reads it while it saves; a minute is long enough for what is in memory already.
    gloo_timers::callback::Timeout::new(60_000, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}

fn file_name(disposition: &str) -> Option<String> {
    let (_, rest) = disposition.split_once("filename=\"")?;
    let (name, _) = rest.split_once('"')?;
    Some(String::from(JsString::from(name).trim())).filter(|name| !name.is_empty())
}

/// A page of the panel with what is looked for.
pub async fn find(token: &str, query: &[(&str, &str)]) -> Answer<shared::api::Panel> {
    call(get("/api/panel", query), Some(token), None).await
}
