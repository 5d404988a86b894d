//! What can be done with an envelope after it was sent: routes, requests and answers.
//!
//! | route | what it does |
//! | --- | --- |
//! | `GET /api/envelopes/ID` | [`Detail`]; asks no vendor |
//! | `POST /api/envelopes/ID/remind` [`Remind`] | mails again, at most once an hour to each |
//! | `POST /api/envelopes/ID/correct` [`Correction`] | other names, addresses, order, subject or message |
//! | `POST /api/envelopes/ID/void` [`Void`] | ends it |
//! | `POST /api/envelopes/ID/again` (`null`) | makes a draft of the same templates to the same people, under the key; answered with [`DraftSaved`](crate::api::DraftSaved) |
//! | `GET /api/envelopes/ID/audit` | [`AuditTrail`]: DocuSign's own history, asked for at most every 15 minutes |
//! | `GET /api/envelopes/ID/documents` | [`EnvelopeDocuments`] |
//! | `GET /api/envelopes/ID/documents/DOCUMENT` | the PDF: a document's id, `combined` or `certificate` |
//!
//! A `POST` carries an `Idempotency-Key`; the first three are answered with the [`Detail`] as it is afterwards. The same key and
//! body do it once. What is not possible is `not-possible`, with the name of the [`Why`](doable::Why) as its field.
//! An envelope of another record, or of another portal, is not found.

pub mod again;
pub mod correction;
pub mod doable;
pub mod history;

use serde::{Deserialize, Serialize};

pub use self::{
    correction::{Corrected, Correction},
    history::Entry,
};
use crate::{envelope::Envelope, time::Timestamp};

/// An envelope with all that the panel's list does not need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    pub envelope: Envelope,
    /// The DocuSign account it is in.
    pub account: String,
    /// Its page at DocuSign; whoever opens it signs in there.
    pub url: String,
    /// When who was last reminded from here.
    pub reminded: Vec<Reminded>,
    /// The templates it was sent from, as far as we know.
    pub templates: Vec<String>,
    /// Newest first.
    pub history: Vec<Entry>,
}

/// A reminder is counted from when it was asked for, whether DocuSign confirmed it or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminded {
    /// [`Recipient::key`](crate::envelope::Recipient::key).
    pub recipient: String,
    pub at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remind {
    /// Keys of recipients; none for everybody who can be reminded now.
    #[serde(default)]
    pub recipients: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Void {
    /// DocuSign tells it to the recipients; 1 to [`REASON_MAX_CHARS`] characters.
    pub reason: String,
}

/// What DocuSign takes of a reason (docusign facts §8, assumed).
pub const REASON_MAX_CHARS: usize = 200;

/// Whether DocuSign takes this reason for voiding.
pub fn is_reason(text: &str) -> bool {
    !text.trim().is_empty() && text.encode_utf16().count() <= REASON_MAX_CHARS
}

/// DocuSign's own history, in its own words, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditTrail {
    pub asked_at: Timestamp,
    pub events: Vec<AuditEvent>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEvent {
    pub at: Option<Timestamp>,
    pub user: String,
    pub action: String,
    pub message: String,
    /// Where from, as far as DocuSign says: a place or an address.
    pub place: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnvelopeDocuments {
    pub documents: Vec<EnvelopeDocument>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnvelopeDocument {
    pub id: String,
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_some_text_that_docusign_takes() {
        for good in ["x", "The price has changed.", &"å".repeat(200)] {
            assert!(is_reason(good), "{good}");
        }
        for bad in ["", "  \n", &"a".repeat(201), &"😀".repeat(101)] {
            assert!(!is_reason(bad), "{bad}");
        }
    }
}
