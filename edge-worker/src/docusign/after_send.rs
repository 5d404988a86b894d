//! DocuSign's calls about an envelope that was sent (docusign facts §3.3): mailing again, correcting, voiding, its
//! history, and where its papers are fetched.

use reqwest::Method;
use serde_json::{Map, Value, json};
use shared::{
    after_send::{AuditEvent, correction::Change},
    envelope::Recipient,
    template::RecipientKind,
};

use super::{DocuSign, ERRORS, kept_back, segment};
use crate::{
    moment,
    vendor::{self, VendorError},
};

/// Longer histories are of no use to a reader.
const EVENTS_MAX: usize = 500;

/// Where a PDF is fetched, and with which headers.
#[derive(Debug, Clone)]
pub struct Download {
    pub url: String,
    pub headers: [(&'static str, String); 2],
}

impl DocuSign {
    /// Mails the request to sign again, to these recipients alone. An address that is given counts as a new one
    /// (facts §3.3), so none is.
    pub async fn remind(&self, envelope: &str, recipients: &[Recipient]) -> Result<(), VendorError> {
        let mut body = Map::new();
        for one in recipients {
            lay(&mut body, &one.kind, json!({ "recipientId": one.id }));
        }
        let request = self
            .call(Method::PUT, &format!("/envelopes/{}/recipients", segment(envelope)))
            .query(&[("resend_envelope", "true")])
            .json(&body);
        let answer: Value = vendor::json(request, vendor::SEND, ERRORS).await?;
        kept_back(&answer)
    }

    /// Changes recipients of an envelope under way. Who has a new address gets the mail there.
    pub async fn correct_recipients(
        &self,
        envelope: &str,
        changes: &[Change<'_>],
    ) -> Result<(), VendorError> {
        let body = corrected(changes);
        let request =
            self.call(Method::PUT, &format!("/envelopes/{}/recipients", segment(envelope))).json(&body);
        let answer: Value = vendor::json(request, vendor::SEND, ERRORS).await?;
        kept_back(&answer)
    }

    /// Changes subject and message of an envelope under way, for the mails that are still to be sent.
    pub async fn correct_message(
        &self,
        envelope: &str,
        subject: Option<&str>,
        message: Option<&str>,
    ) -> Result<(), VendorError> {
        let mut body = Map::new();
        for (name, words) in [("emailSubject", subject), ("emailBlurb", message)] {
            if let Some(words) = words {
                body.insert(name.to_owned(), words.into());
            }
        }
        let request = self.call(Method::PUT, &format!("/envelopes/{}", segment(envelope))).json(&body);
        vendor::json::<Value>(request, vendor::SEND, ERRORS).await.map(drop)
    }

    pub async fn void(&self, envelope: &str, reason: &str) -> Result<(), VendorError> {
        let request = self
            .call(Method::PUT, &format!("/envelopes/{}", segment(envelope)))
            .json(&json!({ "status": "voided", "voidedReason": reason }));
        vendor::json::<Value>(request, vendor::SEND, ERRORS).await.map(drop)
    }

    /// DocuSign's own history of an envelope, oldest first.
    pub async fn audit_events(&self, envelope: &str) -> Result<Vec<AuditEvent>, VendorError> {
        let request = self.call(Method::GET, &format!("/envelopes/{}/audit_events", segment(envelope)));
        let answer: Value = vendor::json(request, vendor::READ, ERRORS).await?;
        Ok(events(&answer))
    }

    /// The PDF of a document of an envelope; `combined` and `certificate` are documents, too.
    pub fn download(&self, envelope: &str, document: &str) -> Download {
        let path = format!("/envelopes/{}/documents/{}", segment(envelope), segment(document));
        Download {
            url: format!("{}{path}", self.root),
            headers: [
                ("authorization", format!("Bearer {}", self.token.expose())),
                ("accept", "application/pdf".to_owned()),
            ],
        }
    }
}

/// DocuSign's own page of an envelope, for a person who signs in there. Where the web application is follows from
/// the account server.
pub fn page_of(auth_base: &str, envelope: &str) -> String {
    let base = match auth_base {
        "https://account.docusign.com" => "https://app.docusign.com",
        "https://account-d.docusign.com" => "https://appdemo.docusign.com",
        other => other,
    };
    format!("{base}/documents/details/{}", segment(envelope))
}

fn lay(body: &mut Map<String, Value>, kind: &RecipientKind, item: Value) {
    if let Some(items) = body.entry(kind.array_name()).or_insert_with(|| json!([])).as_array_mut() {
        items.push(item);
    }
}

/// Only what changes: an address that is repeated would be mailed again.
fn corrected(changes: &[Change<'_>]) -> Map<String, Value> {
    let mut body = Map::new();
    for change in changes {
        let mut item = Map::new();
        item.insert("recipientId".to_owned(), change.recipient.id.as_str().into());
        // The name and address of an in-person signer's recipient are the host's.
        let (name, email) = match change.recipient.kind {
            RecipientKind::InPersonSigner => ("signerName", "signerEmail"),
            _ => ("name", "email"),
        };
        if let Some(text) = change.name {
            item.insert(name.to_owned(), text.into());
        }
        if let Some(text) = change.email {
            item.insert(email.to_owned(), text.into());
        }
        if let Some(order) = change.routing_order {
            item.insert("routingOrder".to_owned(), order.to_string().into());
        }
        lay(&mut body, &change.recipient.kind, Value::Object(item));
    }
    body
}

/// Each event is a list of named fields; what is missing is empty.
fn events(answer: &Value) -> Vec<AuditEvent> {
    let list = answer.get("auditEvents").and_then(Value::as_array);
    let read = |event: &Value| {
        let fields = event.get("eventFields")?.as_array()?;
        let field = |name: &str| {
            let named = |one: &&Value| {
                one.get("name").and_then(Value::as_str).is_some_and(|known| known.eq_ignore_ascii_case(name))
            };
            let value = fields.iter().find(named).and_then(|one| one.get("value")?.as_str());
            value.unwrap_or_default().trim().to_owned()
        };
        let place = Some(field("GeoLocation")).filter(|place| !place.is_empty());
        Some(AuditEvent {
            at: moment::parse(&field("logTime")),
            user: field("UserName"),
            action: field("Action"),
            message: field("Message"),
            place: place.unwrap_or_else(|| field("ClientIPAddress")),
        })
    };
    list.into_iter().flatten().filter_map(read).take(EVENTS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{envelope::RecipientStatus, time::Timestamp};

    #[test]
    fn the_page_is_on_the_web_application_beside_the_account_server() {
        let page = |base: &str| page_of(base, "a-1");
        assert_eq!(page("https://account.docusign.com"), "https://app.docusign.com/documents/details/a-1");
        assert_eq!(
            page("https://account-d.docusign.com"),
            "https://appdemo.docusign.com/documents/details/a-1"
        );
        assert_eq!(page("http://127.0.0.1:4401"), "http://127.0.0.1:4401/documents/details/a-1");
    }

    #[test]
    fn a_correction_says_only_what_changes() {
        let recipient = |kind| Recipient {
            id: "7".into(),
            name: "Ann".into(),
            email: "ann@firm.example".into(),
            role_name: String::new(),
            kind,
            routing_order: 1,
            status: RecipientStatus::Sent,
            status_at: Timestamp(0),
            reason: None,
        };
        let (signer, host) = (recipient(RecipientKind::Signer), recipient(RecipientKind::InPersonSigner));
        let of = |recipient| Change {
            recipient,
            name: None,
            email: Some("new@firm.example"),
            routing_order: Some(2),
        };
        assert_eq!(
            Value::Object(corrected(&[of(&signer), of(&host)])),
            json!({
                "signers": [{ "recipientId": "7", "email": "new@firm.example", "routingOrder": "2" }],
                "inPersonSigners": [{ "recipientId": "7", "signerEmail": "new@firm.example", "routingOrder": "2" }],
            })
        );
    }

    #[test]
    fn an_event_is_read_by_the_names_of_its_fields() {
        let field = |name: &str, value: &str| json!({ "name": name, "value": value });
        let answer = json!({ "auditEvents": [
            { "eventFields": [
                field("logTime", "1970-01-01T00:00:01Z"), field("username", "Ann"), field("Action", "Signed"),
                field("Message", "Envelope was signed"), field("ClientIPAddress", "192.0.2.7"),
            ] },
            { "eventFields": "odd" }, {},
        ] });
        let expected = AuditEvent {
            at: Some(Timestamp(1000)),
            user: "Ann".into(),
            action: "Signed".into(),
            message: "Envelope was signed".into(),
            place: "192.0.2.7".into(),
        };
        assert_eq!(events(&answer), [expected]);
        assert!(events(&Value::Null).is_empty());
    }
}
