//! DocuSign's calls about the documents of a draft (docusign facts §2.3, §3.3), and what of a template's and an
//! envelope's documents is read alike: pages and their pictures.
//!
//! A file goes up as raw bytes: as JSON it would be a third larger, and DocuSign takes 32 MB. Its name is in a
//! header, which cannot hold every letter; the real name is set by a second call where it matters.

use reqwest::Method;
use serde_json::{Map, Value, json};
use shared::{sorted, tab::Tab, template::RecipientKind};

use super::{DocuSign, ERRORS, PAGES_MAX, kept_back, segment};
use crate::{
    vendor::{self, VendorError},
    wire::{
        docusign::{DocumentList, DocumentWire, EnvelopeWire, RecipientWire, recipients},
        tab::{PageListWire, PageWire, tabs},
    },
};

/// What has documents.
#[derive(Debug, Clone, Copy)]
pub enum Holder<'a> {
    Template(&'a str),
    Envelope(&'a str),
}

impl Holder<'_> {
    fn document(self, document: &str) -> String {
        let (list, id) = match self {
            Self::Template(id) => ("templates", id),
            Self::Envelope(id) => ("envelopes", id),
        };
        format!("/{list}/{}/documents/{}", segment(id), segment(document))
    }
}

/// An upload, ready but for its body: where to, and with which headers.
#[derive(Debug, Clone)]
pub struct Upload {
    pub url: String,
    pub headers: [(&'static str, String); 4],
}

/// A draft's recipients as DocuSign has them, with what of them only some callers need.
#[derive(Debug, Default)]
pub struct People {
    pub recipients: Vec<(RecipientKind, RecipientWire)>,
    pub tabs: Vec<Tab>,
    /// As they came, by `recipientId`.
    pub whole: Map<String, Value>,
}

impl People {
    /// From a `recipients` object.
    pub fn of(object: &Map<String, Value>) -> Self {
        let whole = object
            .values()
            .filter_map(Value::as_array)
            .flatten()
            .filter_map(|one| Some((one.get("recipientId")?.as_str()?.to_owned(), one.clone())))
            .collect();
        Self { recipients: recipients(object), tabs: tabs(object), whole }
    }
}

impl DocuSign {
    /// The sizes of a document's pages; no pictures yet.
    pub async fn pages(&self, holder: Holder<'_>, document: &str) -> Result<Vec<PageWire>, VendorError> {
        let path = format!("{}/pages", holder.document(document));
        let request = self.call(Method::GET, &path).query(&[("count", PAGES_MAX)]);
        let found: PageListWire = vendor::json(request, vendor::READ, ERRORS).await?;
        Ok(found.pages.unwrap_or_default())
    }

    /// A page (from 1) of a document as a PNG, `width` pixels wide at most.
    pub async fn page_image(
        &self,
        holder: Holder<'_>,
        document: &str,
        page: u32,
        width: u32,
    ) -> Result<Vec<u8>, VendorError> {
        let path = format!("{}/pages/{page}/page_image", holder.document(document));
        // The finest resolution, of which the width is what limits.
        let request = self
            .http
            .request(Method::GET, format!("{}{path}", self.root))
            .bearer_auth(self.token.expose())
            .header("accept", "image/png")
            .query(&[("dpi", "200".to_owned()), ("max_width", width.to_string())]);
        vendor::raw(request, vendor::READ, ERRORS).await
    }

    /// An envelope's own facts.
    pub async fn envelope(&self, envelope: &str) -> Result<EnvelopeWire, VendorError> {
        let request = self.call(Method::GET, &format!("/envelopes/{}", segment(envelope)));
        vendor::json(request, vendor::READ, ERRORS).await
    }

    /// The documents of an envelope, in order; without the certificate.
    pub async fn documents(&self, envelope: &str) -> Result<Vec<DocumentWire>, VendorError> {
        let request = self.call(Method::GET, &format!("/envelopes/{}/documents", segment(envelope)));
        let found: DocumentList = vendor::json(request, vendor::READ, ERRORS).await?;
        let mut list = found.envelope_documents.unwrap_or_default();
        list.retain(|document| document.document_id.bytes().all(|b| b.is_ascii_digit()));
        sorted::by_number(&mut list, |document| sorted::or_last(document.order));
        Ok(list)
    }

    /// A document's bytes, as a PDF.
    pub async fn document(&self, envelope: &str, document: &str) -> Result<Vec<u8>, VendorError> {
        let path = Holder::Envelope(envelope).document(document);
        let request = self
            .http
            .request(Method::GET, format!("{}{path}", self.root))
            .bearer_auth(self.token.expose())
            .header("accept", "application/pdf");
        vendor::raw(request, vendor::UPLOAD, ERRORS).await
    }

    /// What has to be sent along with the bytes of a new document.
    pub fn upload(&self, envelope: &str, document: &str, (name, extension): (&str, &str)) -> Upload {
        let path = Holder::Envelope(envelope).document(document);
        let disposition = format!(
            "file; filename=\"{}\"; fileExtension={extension}; documentId={document}",
            header_name(name)
        );
        Upload {
            url: format!("{}{path}", self.root),
            headers: [
                ("authorization", format!("Bearer {}", self.token.expose())),
                ("accept", "application/json".to_owned()),
                ("content-type", "application/octet-stream".to_owned()),
                ("content-disposition", disposition),
            ],
        }
    }

    /// Puts bytes that we hold where [`DocuSign::upload`] says.
    pub async fn put_document(
        &self,
        envelope: &str,
        document: &str,
        name: (&str, &str),
        bytes: Vec<u8>,
    ) -> Result<(), VendorError> {
        let upload = self.upload(envelope, document, name);
        let mut request = self.http.request(Method::PUT, upload.url);
        for (name, value) in upload.headers {
            request = request.header(name, value);
        }
        vendor::raw(request.body(bytes), vendor::UPLOAD, ERRORS).await.map(drop)
    }

    /// Sets order and name of all documents of a draft, which keep their bytes.
    pub async fn arrange_documents(
        &self,
        envelope: &str,
        documents: &[(String, String)],
    ) -> Result<(), VendorError> {
        let documents: Vec<Value> = (1..)
            .zip(documents)
            .map(|(order, (id, name)): (u32, _)| {
                json!({ "documentId": id, "name": name, "order": order.to_string() })
            })
            .collect();
        let request = self
            .call(Method::PUT, &format!("/envelopes/{}/documents", segment(envelope)))
            .json(&json!({ "documents": documents }));
        let answer: Value = vendor::json(request, vendor::SEND, ERRORS).await?;
        kept_back(&answer)
    }

    /// Takes documents, and all fields on them, out of a draft.
    pub async fn delete_documents(&self, envelope: &str, documents: &[String]) -> Result<(), VendorError> {
        let documents: Vec<Value> = documents.iter().map(|id| json!({ "documentId": id })).collect();
        let request = self
            .call(Method::DELETE, &format!("/envelopes/{}/documents", segment(envelope)))
            .json(&json!({ "documents": documents }));
        let answer: Value = vendor::json(request, vendor::SEND, ERRORS).await?;
        kept_back(&answer)
    }

    /// An envelope with its recipients and their tabs, in one call.
    pub async fn whole(&self, envelope: &str) -> Result<(EnvelopeWire, People), VendorError> {
        let request = self
            .call(Method::GET, &format!("/envelopes/{}", segment(envelope)))
            .query(&[("include", "recipients,tabs")]);
        let mut object: Map<String, Value> = vendor::json(request, vendor::READ, ERRORS).await?;
        let people = match object.remove("recipients") {
            Some(Value::Object(found)) => People::of(&found),
            _ => People::default(),
        };
        let garbled = |_| VendorError::Garbled("of another shape".into());
        let envelope: EnvelopeWire = crate::json::of(Value::Object(object)).map_err(garbled)?;
        Ok((envelope, people))
    }

    /// Changes a draft as a whole: words, options, recipients and their tabs in one call. What DocuSign did not
    /// take of it, it says item by item under a good status.
    pub async fn update(&self, envelope: &str, changes: &Value) -> Result<(), VendorError> {
        let request = self
            .call(Method::PUT, &format!("/envelopes/{}", segment(envelope)))
            .query(&[("advanced_update", "true")])
            .json(changes);
        let answer: Value = vendor::json(request, vendor::SEND, ERRORS).await?;
        kept_back(&answer)
    }

    /// Takes tabs off one recipient of a draft.
    pub async fn delete_tabs(
        &self,
        envelope: &str,
        recipient: &str,
        gone: &Value,
    ) -> Result<(), VendorError> {
        let path = format!("/envelopes/{}/recipients/{}/tabs", segment(envelope), segment(recipient));
        let request = self.call(Method::DELETE, &path).json(gone);
        vendor::json::<Value>(request, vendor::SEND, ERRORS).await.map(drop)
    }

    /// The address of DocuSign's own editor for a draft, good for ten minutes (docusign facts §4.1). Its rights
    /// end at this envelope.
    pub async fn sender_view(&self, envelope: &str, return_url: &str) -> Result<String, VendorError> {
        let body = json!({
            "returnUrl": return_url,
            "viewAccess": "envelope",
            "settings": {
                "startingScreen": "Prepare",
                "sendButtonAction": "send",
                "showBackButton": "false",
                "showHeaderActions": "true",
                "showDiscardAction": "true",
            },
        });
        let request =
            self.call(Method::POST, &format!("/envelopes/{}/views/sender", segment(envelope))).json(&body);
        let answer: Value = vendor::json(request, vendor::SEND, ERRORS).await?;
        let url = answer.get("url").and_then(Value::as_str).filter(|url| !url.is_empty());
        url.map(str::to_owned).ok_or_else(|| VendorError::Garbled("no url".into()))
    }
}

/// The name as a header can hold it.
pub fn header_name(name: &str) -> String {
    let plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\\' | ';') || c == ' ';
    name.chars().map(|c| if plain(c) { c } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_leave_its_header() {
        assert_eq!(header_name("Aftale på \"dansk\"; a.pdf"), "Aftale p_ _dansk__ a.pdf");
        assert_eq!(header_name("a\r\nb\\.pdf"), "a__b_.pdf");
    }
}
