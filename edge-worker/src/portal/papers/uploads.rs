//! A file of the sender's on its way into DocuSign's draft: passed on as it comes in, never held as a whole.
//!
//! It goes up under a number that was written down before. Whatever becomes of the transfer, DocuSign is asked
//! afterwards what it has: a file that is there and was not meant to be is taken out again, at once, or by the next
//! edit or the send if we did not live to do it.

use core::cell::Cell;
use std::rc::Rc;

use futures_util::{
    StreamExt,
    future::{Either, select},
};
use reqwest::header::HeaderMap;
use serde::Deserialize;
use shared::{
    draft::{DocumentSource, DraftDocument, extension, refusal},
    error::{AppError, Code},
};
use worker::{
    AbortController, Delay, Fetch, FixedLengthStream, Headers, Method, Request, RequestInit,
    wasm_bindgen::JsValue, worker_sys,
};

use super::{FIRST_UPLOAD, about, alone, changed, desk, editable, known, names, now, own_document};
use crate::{
    docusign::{
        self,
        documents::{Upload, header_name},
        failure::{During, app_error, failure},
    },
    failure::{Failure, Outcome},
    portal::{
        ask::{AddDocument, Desk, StoredDraft},
        grants,
        room::Room,
    },
    vendor::{self, VendorError},
};

/// Documents of one draft, together with its templates' own.
const DOCUMENTS_MAX: usize = 100;
/// A reservation is of no use for longer.
const RESERVED_SECONDS: i64 = 7 * 24 * 3600;

/// Adds the file that is the request's body.
pub async fn upload(room: &Rc<Room>, ask: AddDocument, mut request: Request) -> Outcome<Vec<DraftDocument>> {
    if let Some(code) = refusal(&ask.name, ask.bytes) {
        return Err(named(code, &ask.name).into());
    }
    let stored = editable(room, ask.session_hash.clone(), ask.id.clone())?;
    let (user, id) = (stored.user.clone(), stored.id.clone());
    let reserved = alone(room, &user, &id, reserve(room, &ask)).await?;
    let place = (reserved.envelope.clone(), reserved.document.clone());
    room.uploading.borrow_mut().insert(place.clone());
    let transferred = transfer(room, &user, &reserved, &ask, &mut request).await;
    let outcome = alone(room, &user, &id, settle(room, &ask, &reserved, transferred)).await;
    room.uploading.borrow_mut().remove(&place);
    outcome
}

/// A number in DocuSign's draft that is this file's alone.
struct Reserved {
    envelope: String,
    document: String,
    desk: Desk,
}

#[derive(Deserialize)]
struct Number {
    document: String,
}

async fn reserve(room: &Rc<Room>, ask: &AddDocument) -> Outcome<Reserved> {
    let stored = editable(room, ask.session_hash.clone(), ask.id.clone())?;
    let (paper, envelope, _) = known(room, &stored)?;
    let desk = desk(room, &stored.user, Some(&paper.account))?;
    let documents = sweep(room, &stored, &desk).await?;
    if documents.len() >= DOCUMENTS_MAX {
        return Err(named(Code::TooLarge, &ask.name).into());
    }
    let reserved: Vec<Number> =
        room.sql.rows("SELECT document FROM uploads WHERE envelope = ?", vec![envelope.as_str().into()])?;
    let taken = documents.iter().map(|document| &document.id).chain(reserved.iter().map(|row| &row.document));
    let last = taken.filter_map(|id| id.parse::<u64>().ok()).max().unwrap_or(0);
    let document = last.saturating_add(1).max(FIRST_UPLOAD).to_string();
    room.sql.run(
        "INSERT INTO uploads (envelope, document, expires) VALUES (?, ?, ?)",
        vec![envelope.as_str().into(), document.as_str().into(), (now() + RESERVED_SECONDS * 1000).into()],
    )?;
    Ok(Reserved { envelope, document, desk })
}

/// Takes out what an upload that nobody is at work on any more may have left. Answers with the documents as they are.
pub async fn sweep(room: &Rc<Room>, stored: &StoredDraft, desk: &Desk) -> Outcome<Vec<DraftDocument>> {
    let (_, envelope, documents) = known(room, stored)?;
    let rows: Vec<Number> =
        room.sql.rows("SELECT document FROM uploads WHERE envelope = ?", vec![envelope.as_str().into()])?;
    let dead: Vec<String> = {
        let alive = room.uploading.borrow();
        let is_dead = |id: &String| !alive.contains(&(envelope.clone(), id.clone()));
        rows.into_iter().map(|row| row.document).filter(is_dead).collect()
    };
    if dead.is_empty() {
        return Ok(documents);
    }
    take_out(room, stored, desk, &envelope, &dead).await?;
    Ok(documents)
}

/// Whether a file is on its way into this envelope.
pub fn is_busy(room: &Room, envelope: &str) -> bool {
    room.uploading.borrow().iter().any(|(of, _)| of == envelope)
}

/// Takes those documents out that are there, and forgets their reservation.
async fn take_out(
    room: &Rc<Room>,
    stored: &StoredDraft,
    desk: &Desk,
    envelope: &str,
    unwanted: &[String],
) -> Outcome<()> {
    let there = async |d: docusign::DocuSign| d.documents(envelope).await;
    let there = about(room, stored, desk, During::Envelope, there).await?;
    let gone: Vec<String> =
        unwanted.iter().filter(|id| there.iter().any(|d| d.document_id == **id)).cloned().collect();
    if !gone.is_empty() {
        let take = async |d: docusign::DocuSign| d.delete_documents(envelope, &gone).await;
        about(room, stored, desk, During::Envelope, take).await?;
    }
    for document in unwanted {
        unreserve(room, envelope, document)?;
    }
    Ok(())
}

fn unreserve(room: &Room, envelope: &str, document: &str) -> Outcome<()> {
    room.sql.run(
        "DELETE FROM uploads WHERE envelope = ? AND document = ?",
        vec![envelope.into(), document.into()],
    )
}

/// Finds out what became of a transfer, and makes of it either a document or nothing.
async fn settle(
    room: &Rc<Room>,
    ask: &AddDocument,
    reserved: &Reserved,
    transferred: Outcome<()>,
) -> Outcome<Vec<DraftDocument>> {
    let Reserved { envelope, document, desk } = reserved;
    // Meanwhile the draft may have been deleted, handed over, or made anew from more templates.
    let stored = editable(room, ask.session_hash.clone(), ask.id.clone())?;
    let (paper, now_in, mut documents) = known(room, &stored)?;
    if now_in != *envelope {
        return Err(Code::DraftConflict.into());
    }
    if let Err(failure) = transferred {
        take_out(room, &stored, desk, envelope, core::slice::from_ref(document)).await?;
        return Err(failure);
    }
    let there = async |d: docusign::DocuSign| d.documents(envelope).await;
    let there = about(room, &stored, desk, During::Upload, there).await?;
    let Some(wire) = there.iter().find(|one| one.document_id == *document) else {
        unreserve(room, envelope, document)?;
        return Err(Failure::new(
            named(Code::FileUnreadable, &ask.name),
            "DocuSign took the file and has it not",
        ));
    };
    let source = DocumentSource::Upload { bytes: ask.bytes };
    documents.push(DraftDocument { name: ask.name.clone(), ..own_document(wire, source) });
    if header_name(&ask.name) != ask.name {
        let names = names(&documents);
        let rename = async |d: docusign::DocuSign| d.arrange_documents(envelope, &names).await;
        about(room, &stored, desk, During::Envelope, rename).await?;
    }
    changed(room, &stored, &paper, envelope, &documents)?;
    unreserve(room, envelope, document)?;
    Ok(documents)
}

fn named(code: Code, name: &str) -> AppError {
    AppError::new(code).field(name.chars().take(200).collect::<String>())
}

/// Passes the bytes on. The token cannot be replaced in between, since the bytes cannot be had twice.
async fn transfer(
    room: &Rc<Room>,
    user: &str,
    reserved: &Reserved,
    ask: &AddDocument,
    request: &mut Request,
) -> Outcome<()> {
    let (docusign, generation) = grants::docusign(room, user, &reserved.desk, 0).await?;
    let end = extension(&ask.name).unwrap_or("pdf");
    let upload = docusign.upload(&reserved.envelope, &reserved.document, (&ask.name, end));
    let body = request
        .stream()
        .map_err(|_| Failure::new(named(Code::FileUnreadable, &ask.name), "an upload without a body"))?;
    let seen = Rc::new(Seen::default());
    let watched = {
        let seen = Rc::clone(&seen);
        body.map(move |chunk| chunk.inspect(|bytes| seen.look_at(bytes)))
    };
    match put(&upload, FixedLengthStream::wrap(watched, ask.bytes)).await {
        Ok(()) => Ok(()),
        Err(error) => {
            if error.is_unauthorized() {
                // So that the next try has a good one.
                grants::docusign(room, user, &reserved.desk, generation).await?;
                return Err(Failure::new(Code::DocusignUnreachable, "the token was refused while uploading"));
            }
            let mut told = failure(&error, During::Upload);
            let code = app_error(&error, During::Upload).code;
            if code == Code::FileUnreadable && seen.is_protected.get() {
                told.error.code = Code::FileProtected;
            }
            if matches!(
                told.error.code,
                Code::FileUnreadable | Code::FileProtected | Code::FileTypeRefused | Code::TooLarge
            ) {
                told.error.field = named(code, &ask.name).field;
            }
            Err(told)
        }
    }
}

/// What was seen of a file as it passed.
#[derive(Default)]
struct Seen {
    /// It names an encryption dictionary, as a protected PDF does. Only asked when DocuSign does not take the file,
    /// since it does not always say why.
    is_protected: Cell<bool>,
    /// The end of the chunk before: the word may lie across two.
    tail: Cell<Vec<u8>>,
}

impl Seen {
    fn look_at(&self, chunk: &[u8]) {
        const WORD: &[u8] = b"/Encrypt";
        let has = |bytes: &[u8]| bytes.windows(WORD.len()).any(|window| window == WORD);
        let mut seam = self.tail.take();
        seam.extend(chunk.iter().take(WORD.len()));
        if has(&seam) || has(chunk) {
            self.is_protected.set(true);
        }
        seam.extend(chunk.iter().skip(WORD.len()).rev().take(WORD.len()).rev());
        let from = seam.len().saturating_sub(WORD.len());
        self.tail.set(seam.split_off(from));
    }
}

/// `PUT` with a body that is still coming in.
async fn put(upload: &Upload, body: FixedLengthStream) -> Result<(), VendorError> {
    let cut = |_: worker::Error| VendorError::Cut;
    let headers = Headers::new();
    for (name, value) in &upload.headers {
        headers.set(name, value).map_err(cut)?;
    }
    let body: worker_sys::FixedLengthStream = body.into();
    let mut init = RequestInit::new();
    init.with_method(Method::Put).with_headers(headers).with_body(Some(JsValue::from(body.readable())));
    let request = Request::new_with_init(&upload.url, &init).map_err(cut)?;
    let abort = AbortController::default();
    let signal = abort.signal();
    let fetch = Fetch::Request(request);
    let sent = core::pin::pin!(fetch.send_with_signal(&signal));
    let over = core::pin::pin!(Delay::from(vendor::UPLOAD));
    let mut response = match select(sent, over).await {
        Either::Left((response, _)) => response.map_err(cut)?,
        Either::Right(_) => {
            abort.abort();
            return Err(VendorError::Timeout);
        }
    };
    let status = response.status_code();
    let body = response.bytes().await.map_err(cut)?;
    if (200..300).contains(&status) {
        return Ok(());
    }
    Err(vendor::refused(status, &HeaderMap::new(), &body, docusign::ERRORS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_protected_file_is_noticed_wherever_it_is_cut() {
        let file = b"%PDF-1.7 trailer << /Size 9 /Encrypt 5 0 R >>";
        for size in 1..file.len() {
            let seen = Seen::default();
            file.chunks(size).for_each(|chunk| seen.look_at(chunk));
            assert!(seen.is_protected.get(), "in pieces of {size}");
        }
        let seen = Seen::default();
        b"/Enc nothing rypt".chunks(3).for_each(|chunk| seen.look_at(chunk));
        assert!(!seen.is_protected.get());
    }
}
