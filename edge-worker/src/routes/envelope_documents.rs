//! `GET /api/envelopes/{id}/documents`, and `…/{document}`: which documents there are, and the PDF of one, of all
//! together (`combined`), or DocuSign's certificate. A PDF is passed on as it comes in, however large.

use core::pin::pin;

use futures_util::future::{Either, select};
use reqwest::header::HeaderMap;
use shared::{
    after_send::{EnvelopeDocument, EnvelopeDocuments},
    error::Code,
};
use worker::{
    AbortController, Delay, Fetch, Headers, Method, Request, RequestInit, Response, ResponseBuilder,
};

use super::{compose::is_template_id, envelope::envelope_id};
use crate::{
    access::{self, Guest},
    answer,
    call::Call,
    docusign::{self, DocuSign, after_send::Download, documents::header_name, failure::During},
    failure::Outcome,
    portal::ask::{PdfAt, TakePdf},
    vendor::{self, VendorError},
};

/// Longer names of files are cut.
const NAME_MAX_CHARS: usize = 80;

async fn allowed(call: &Call, id: &str, document: Option<&str>) -> Outcome<(Guest, PdfAt)> {
    let session = access::session(call)?;
    let document = document.map(str::to_owned);
    let ask = TakePdf { session_hash: session.hash, id: id.to_owned(), document };
    let at = session.portal.ask(&ask).await?;
    Ok((access::enter(call).await?, at))
}

pub async fn list(call: &Call, id: &str) -> Outcome<Response> {
    let id = envelope_id(id)?;
    let (guest, _) = allowed(call, &id, None).await?;
    let found = guest.docusign(call, During::Envelope, async |d: DocuSign| d.documents(&id).await).await?;
    let documents =
        found.into_iter().map(|one| EnvelopeDocument { id: one.document_id, name: one.name }).collect();
    answer::data(&EnvelopeDocuments { documents })
}

pub async fn pdf(call: &Call, id: &str, document: &str) -> Outcome<Response> {
    let id = envelope_id(id)?;
    if !is_template_id(document) {
        return Err(Code::NotFound.into());
    }
    let (guest, PdfAt { subject }) = allowed(call, &id, Some(document)).await?;
    let fetched = async |d: DocuSign| fetch(&d.download(&id, document)).await;
    let response = guest.docusign(call, During::Envelope, fetched).await?;
    let (_, body) = response.into_parts();
    let headers = Headers::new();
    headers.set("content-type", "application/pdf")?;
    headers.set("content-disposition", &disposition(&subject, document))?;
    headers.set("content-security-policy", "default-src 'none'; sandbox; frame-ancestors 'none'")?;
    headers.set("cross-origin-resource-policy", "same-origin")?;
    headers.set("cache-control", "no-store")?;
    Ok(ResponseBuilder::new().with_headers(headers).body(body))
}

/// A name for the file, in the letters that every header can hold.
fn disposition(subject: &str, document: &str) -> String {
    let word = match document {
        "combined" => "",
        "certificate" => " - certificate",
        _ => " - document",
    };
    let number = if word == " - document" { [" ", document].concat() } else { String::new() };
    let name: String = header_name(subject).chars().filter(|c| !"/:*?<>|".contains(*c)).collect();
    let name: String = name.trim().chars().take(NAME_MAX_CHARS).collect();
    let name = if name.is_empty() { "envelope" } else { &name };
    format!("attachment; filename=\"{name}{word}{number}.pdf\"")
}

/// A `GET` whose answer is not read: the body goes on to the browser.
async fn fetch(download: &Download) -> Result<Response, VendorError> {
    let cut = |_: worker::Error| VendorError::Cut;
    let headers = Headers::new();
    for (name, value) in &download.headers {
        headers.set(name, value).map_err(cut)?;
    }
    let mut init = RequestInit::new();
    init.with_method(Method::Get).with_headers(headers);
    let request = Request::new_with_init(&download.url, &init).map_err(cut)?;
    let abort = AbortController::default();
    let signal = abort.signal();
    let fetch = Fetch::Request(request);
    let mut response =
        match select(pin!(fetch.send_with_signal(&signal)), pin!(Delay::from(vendor::SEND))).await {
            Either::Left((response, _)) => response.map_err(cut)?,
            Either::Right(_) => {
                abort.abort();
                return Err(VendorError::Timeout);
            }
        };
    let status = response.status_code();
    if (200..300).contains(&status) {
        return Ok(response);
    }
    let body = response.bytes().await.map_err(cut)?;
    Err(vendor::refused(status, &HeaderMap::new(), &body, docusign::ERRORS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_by_its_subject_and_cannot_leave_its_header() {
        let check = |subject: &str, document: &str, expected: &str| {
            assert_eq!(disposition(subject, document), format!("attachment; filename=\"{expected}\""));
        };
        check("NDA for Nordhavn", "combined", "NDA for Nordhavn.pdf");
        check("NDA", "certificate", "NDA - certificate.pdf");
        check("NDA", "3", "NDA - document 3.pdf");
        check("a/b\"; x=\r\ny.exe", "combined", "ab__ x=__y.exe.pdf");
        check(" ", "combined", "envelope.pdf");
        check(&"x".repeat(200), "combined", &format!("{}.pdf", "x".repeat(80)));
    }
}
