//! An envelope of our index, and how an event changes it.

mod apply;
mod standing;

use serde::{Deserialize, Serialize};

pub use self::{
    apply::{Applied, Heard, apply, forget},
    standing::{Group, Progress, group, is_expired, next_up, progress},
};
use crate::{record::RecordRef, template::RecipientKind, time::Timestamp};

/// Where an envelope stands (docusign facts §8). `Sending` is ours: claimed, DocuSign not yet answered.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Sending,
    Created,
    Sent,
    Delivered,
    Signed,
    Completed,
    Declined,
    Voided,
    /// Opened for correction: signing is stopped.
    Correct,
    /// A value DocuSign may add: kept and shown, not dropped.
    #[serde(untagged)]
    Other(String),
}

impl Status {
    /// DocuSign's word for it.
    pub fn name(&self) -> &str {
        match self {
            Self::Sending => "sending",
            Self::Created => "created",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Signed => "signed",
            Self::Completed => "completed",
            Self::Declined => "declined",
            Self::Voided => "voided",
            Self::Correct => "correct",
            Self::Other(name) => name,
        }
    }

    /// The status DocuSign calls `name`, in whatever case; one that we do not know is kept as it is.
    pub fn from_name(name: &str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "created" => Self::Created,
            "sent" => Self::Sent,
            "delivered" => Self::Delivered,
            "signed" => Self::Signed,
            "completed" => Self::Completed,
            "declined" => Self::Declined,
            "voided" => Self::Voided,
            "correct" => Self::Correct,
            _ => Self::Other(name.to_owned()),
        }
    }
}

/// Where one recipient stands.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RecipientStatus {
    /// Not reached yet in the routing order.
    Created,
    Sent,
    Delivered,
    Signed,
    Completed,
    Declined,
    /// The mail bounced: fix the address and resend.
    AutoResponded,
    #[serde(untagged)]
    Other(String),
}

impl RecipientStatus {
    /// DocuSign's word for it.
    pub fn name(&self) -> &str {
        match self {
            Self::Created => "created",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Signed => "signed",
            Self::Completed => "completed",
            Self::Declined => "declined",
            Self::AutoResponded => "autoresponded",
            Self::Other(name) => name,
        }
    }

    /// The status DocuSign calls `name`, in whatever case; one that we do not know is kept as it is.
    pub fn from_name(name: &str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "created" => Self::Created,
            "sent" => Self::Sent,
            "delivered" => Self::Delivered,
            "signed" => Self::Signed,
            "completed" => Self::Completed,
            "declined" => Self::Declined,
            "autoresponded" => Self::AutoResponded,
            _ => Self::Other(name.to_owned()),
        }
    }
}

/// One envelope of one record, as the panel shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    pub id: String,
    pub record: RecordRef,
    pub subject: String,
    pub template_name: String,
    pub status: Status,
    /// DocuSign's time at which it first was in `status`.
    pub status_at: Timestamp,
    pub sent_at: Timestamp,
    pub sender: String,
    /// In routing order.
    pub recipients: Vec<Recipient>,
    pub voided_reason: Option<String>,
    /// When anything was last heard from DocuSign about it.
    pub synced_at: Timestamp,
    /// What [`apply`] must remember to put late and doubled events in their place. Starts empty; a reader needs
    /// none of it.
    #[serde(default, skip_serializing_if = "Heard::is_empty")]
    pub heard: Heard,
}

/// One recipient of an envelope, as it now stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// DocuSign's `recipientId` in the envelope (renumbered by DocuSign; empty until it was heard of).
    pub id: String,
    pub name: String,
    pub email: String,
    pub role_name: String,
    pub kind: RecipientKind,
    pub routing_order: u32,
    pub status: RecipientStatus,
    /// In an [`Event`]: the recipient's own time of its status, zero where DocuSign gives none.
    pub status_at: Timestamp,
    /// Reason given on declining, or the bounce's text.
    pub reason: Option<String>,
}

impl Recipient {
    /// What a request calls this recipient: DocuSign's id, or the e-mail until that was heard of.
    pub fn key(&self) -> &str {
        if self.id.is_empty() { &self.email } else { &self.id }
    }
}

/// What a verified Connect message (or a reconcile) says about an envelope, stripped of the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// DocuSign's name, such as `envelope-completed`.
    pub name: String,
    /// DocuSign's own time (`generatedDateTime`): order is by this, never by arrival.
    pub at: Timestamp,
    /// The recipient of a `recipient-*` event.
    pub recipient_id: Option<String>,
    /// The envelope as of `at`, when the message carries it.
    pub status: Option<Status>,
    pub voided_reason: Option<String>,
    pub recipients: Option<Vec<Recipient>>,
}
