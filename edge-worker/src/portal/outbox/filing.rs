//! The signed documents and the certificate, as private files on a note. The bytes go through as they come in; nobody
//! holds a file as a whole.
//!
//! Each file has a place of its own, in a folder named after the envelope, and is looked for there before it is sent a
//! second time. How far we have come is written down after each step.

use std::rc::Rc;

use futures_util::{
    StreamExt,
    future::{Either, select},
    stream,
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::HeaderMap;
use serde::{Deserialize, Serialize};
use shared::{envelope::Envelope, settings::NoteEvent};
use uuid::Uuid;
use worker::{
    AbortController, Delay, Fetch, FixedLengthStream, Headers, Method, Request, RequestInit, Response,
    wasm_bindgen::JsValue, worker_sys,
};

use super::{Row, Undone, deeds, keep_work, words};
use crate::{
    docusign::{self, after_send::page_of},
    hubspot::{self, writing::FileUpload},
    portal::{envelopes::Stored, room::Room},
    vendor::{self, VendorError},
    wire::hubspot::FileWire,
};

/// Larger ones stay at DocuSign, and the note has a link to them.
const FILE_MAX_BYTES: u64 = 100 * 1024 * 1024;
/// Of a file whose size DocuSign does not tell, this much is held.
const HELD_MAX_BYTES: usize = 16 * 1024 * 1024;
const NAME_MAX_CHARS: usize = 80;

/// How far we have come.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Work {
    /// HubSpot's id of each of [`PARTS`] that is there.
    files: Vec<Option<String>>,
    too_large: bool,
}

/// DocuSign's word for a document, and what its name here ends with.
const PARTS: [(&str, &str); 2] = [("combined", ""), ("certificate", " - certificate")];

pub(super) async fn file(room: &Rc<Room>, row: &Row, stored: &Stored, unsure: bool) -> Result<(), Undone> {
    let mut work: Work =
        row.work.as_deref().and_then(|work| crate::json::read_text(work).ok()).unwrap_or_default();
    work.files.resize(PARTS.len(), None);
    let folder = format!("/Countersign/{}", stored.envelope.id);
    for (at, (part, ending)) in PARTS.into_iter().enumerate() {
        let have = work.files.get(at).is_some_and(Option::is_some);
        if have || (work.too_large && part == "combined") {
            continue;
        }
        let name = format!("{}{ending}.pdf", title(&stored.envelope));
        let found = if unsure {
            let path = path(&folder, &name);
            deeds::hubspot(room, async |h| h.file_at(&path).await).await?
        } else {
            None
        };
        let id = match found {
            Some(id) => Some(id),
            None => pass_on(room, stored, part, &folder, &name).await?,
        };
        work.too_large |= id.is_none() && part == "combined";
        if let Some(place) = work.files.get_mut(at) {
            *place = id;
        }
        keep_work(room, row, &work)?;
    }
    let auth_base = room.config()?.docusign_auth_base.as_str();
    let link = work.too_large.then(|| page_of(auth_base, &stored.envelope.id));
    let body = words::note(room, stored, NoteEvent::Completed, link.as_deref())?;
    let files = work.files.into_iter().flatten().collect();
    deeds::write_note(room, stored, NoteEvent::Completed, unsure, files, body).await
}

/// What the files are called: letters, digits and a few marks that are good in any path.
fn title(envelope: &Envelope) -> String {
    let plain = |c: char| if c.is_alphanumeric() || matches!(c, ' ' | '_' | ',') { c } else { '-' };
    let title: String = envelope.subject.chars().take(NAME_MAX_CHARS).map(plain).collect();
    let title = title.trim();
    if title.is_empty() { "Document".to_owned() } else { title.to_owned() }
}

fn path(folder: &str, name: &str) -> String {
    const PLAIN: AsciiSet = NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'/');
    utf8_percent_encode(&format!("{}/{name}", folder.trim_start_matches('/')), &PLAIN).to_string()
}

/// From DocuSign to HubSpot. `None`: it is too large.
async fn pass_on(
    room: &Rc<Room>,
    stored: &Stored,
    part: &str,
    folder: &str,
    name: &str,
) -> Result<Option<String>, Undone> {
    let boundary = format!("countersign-{}", Uuid::new_v4().simple());
    let id = stored.envelope.id.as_str();
    let started = async |d: docusign::DocuSign| start(d.download(id, part)).await;
    let mut document = deeds::docusign(room, stored, started).await?;
    let size = document.headers().get("content-length").ok().flatten().and_then(|n| n.parse::<u64>().ok());
    if size.is_some_and(|size| size > FILE_MAX_BYTES) {
        return Ok(None);
    }
    let (hubspot, generation) = deeds::client(room, 0).await?;
    let upload = hubspot.upload(folder, name, &boundary);
    let sent = match size {
        Some(size) => {
            let body = document.stream().map_err(|_| deeds::of_docusign(&VendorError::Cut))?;
            let around = |bytes: Vec<u8>| stream::once(async move { worker::Result::Ok(bytes) });
            let whole = upload.before.len() as u64 + size + upload.after.len() as u64;
            let parts = around(upload.before.clone()).chain(body).chain(around(upload.after.clone()));
            let body: worker_sys::FixedLengthStream =
                FixedLengthStream::wrap(parts.boxed_local(), whole).into();
            post(&upload, JsValue::from(body.readable())).await
        }
        None => {
            let bytes = document.bytes().await.map_err(|_| deeds::of_docusign(&VendorError::Cut))?;
            if bytes.len() > HELD_MAX_BYTES {
                return Ok(None);
            }
            let whole = [upload.before.as_slice(), &bytes, &upload.after].concat();
            post(&upload, worker::js_sys::Uint8Array::from(whole.as_slice()).into()).await
        }
    };
    match sent {
        Ok(id) => Ok(Some(id)),
        Err(VendorError::Refused { status: 413, .. }) => Ok(None),
        Err(error) => {
            if error.is_unauthorized() {
                // The bytes can be had once: the next try has a good token.
                deeds::client(room, generation).await?;
            }
            Err(deeds::of_hubspot(&error))
        }
    }
}

/// Begins to read a document.
async fn start(download: docusign::after_send::Download) -> Result<Response, VendorError> {
    let cut = |_: worker::Error| VendorError::Cut;
    let headers = Headers::new();
    for (name, value) in &download.headers {
        headers.set(name, value).map_err(cut)?;
    }
    let mut init = RequestInit::new();
    init.with_method(Method::Get).with_headers(headers);
    let mut response = answered(&download.url, &init).await?;
    let status = response.status_code();
    if (200..300).contains(&status) {
        return Ok(response);
    }
    let body = response.bytes().await.map_err(cut)?;
    Err(vendor::refused(status, &HeaderMap::new(), &body, docusign::ERRORS))
}

async fn post(upload: &FileUpload, body: JsValue) -> Result<String, VendorError> {
    let cut = |_: worker::Error| VendorError::Cut;
    let headers = Headers::new();
    for (name, value) in &upload.headers {
        headers.set(name, value).map_err(cut)?;
    }
    let mut init = RequestInit::new();
    init.with_method(Method::Post).with_headers(headers).with_body(Some(body));
    let mut response = answered(&upload.url, &init).await?;
    let status = response.status_code();
    let body = response.bytes().await.map_err(cut)?;
    if !(200..300).contains(&status) {
        return Err(vendor::refused(status, &HeaderMap::new(), &body, hubspot::ERRORS));
    }
    let file: Option<FileWire> = crate::json::read(&body).ok();
    file.and_then(|file| file.id).ok_or_else(|| VendorError::Garbled("a file without an id".into()))
}

/// Sends, within the time that a file may take.
async fn answered(url: &str, init: &RequestInit) -> Result<Response, VendorError> {
    let cut = |_: worker::Error| VendorError::Cut;
    let request = Request::new_with_init(url, init).map_err(cut)?;
    let abort = AbortController::default();
    let signal = abort.signal();
    let fetch = Fetch::Request(request);
    let sent = core::pin::pin!(fetch.send_with_signal(&signal));
    let over = core::pin::pin!(Delay::from(vendor::UPLOAD));
    match select(sent, over).await {
        Either::Left((response, _)) => response.map_err(cut),
        Either::Right(_) => {
            abort.abort();
            Err(VendorError::Timeout)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_keeps_its_folders_and_escapes_the_rest() {
        assert_eq!(path("/Countersign/e-1", "Aftale æ.pdf"), "Countersign/e-1/Aftale%20%C3%A6.pdf");
        assert_eq!(path("/Countersign/e-1", "a?b#c%.pdf"), "Countersign/e-1/a%3Fb%23c%25.pdf");
    }
}
