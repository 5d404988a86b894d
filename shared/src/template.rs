//! A DocuSign template as the wizard sees it: documents, roles, locks.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// What a recipient is asked to do. DocuSign keeps each kind in an array of its own (docusign facts §2.2).
/// A kind that we do not know is carried along untouched under DocuSign's own array name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RecipientKind {
    Signer,
    CarbonCopy,
    CertifiedDelivery,
    Agent,
    Editor,
    Intermediary,
    InPersonSigner,
    Witness,
    #[serde(untagged)]
    Other(String),
}

/// A row of the template list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateSummary {
    pub id: String,
    pub name: String,
    pub description: String,
    pub folder: Option<String>,
    pub owner: String,
    /// `None` where the list did not say.
    pub documents: Option<u32>,
    pub pages: Option<u32>,
    pub roles: Vec<String>,
    pub modified: Option<Timestamp>,
    pub favorite: bool,
    /// Why this template cannot be sent from here, known before it is chosen.
    pub problem: Option<TemplateProblem>,
}

/// Why a template cannot be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TemplateProblem {
    NoRecipients,
    NoDocuments,
}

/// One template with all that a send needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    pub id: String,
    pub name: String,
    pub subject: String,
    pub message: String,
    pub documents: Vec<Document>,
    /// In routing order; within one order as the template holds them.
    pub roles: Vec<Role>,
    /// The sender may not change subject and message.
    pub message_locked: bool,
    /// The sender may neither add, remove nor reorder recipients.
    pub recipients_locked: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    pub id: String,
    pub name: String,
    pub pages: Option<u32>,
}

/// A recipient of the template: a placeholder (`name` and `email` empty) or a person already filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// DocuSign's `recipientId` inside the template.
    pub recipient_id: String,
    /// Matched case-sensitively by DocuSign; may be empty for a filled-in person.
    pub role_name: String,
    pub kind: RecipientKind,
    pub routing_order: u32,
    pub name: String,
    pub email: String,
    /// `templateLocked`: of a locked role only e-mail, name and access code may be changed.
    pub locked: bool,
    /// `templateRequired`: the sender may not drop it.
    pub required: bool,
    /// The template's own message for this recipient.
    pub message: Option<OwnMessage>,
}

/// A subject and message for one recipient alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnMessage {
    pub subject: String,
    pub body: String,
}
