//! A draft: what the wizard has gathered, and what it still needs before it may be sent.

use serde::{Deserialize, Serialize};

use crate::template::{OwnMessage, RecipientKind, Template};

/// DocuSign refuses a longer subject, merged fields included (docusign facts §3.1).
pub const SUBJECT_MAX_CHARS: usize = 100;
/// DocuSign's limit of the message.
pub const MESSAGE_MAX_CHARS: usize = 10_000;
/// DocuSign's limit of recipients of one envelope.
pub const RECIPIENTS_MAX: usize = 100;

/// An envelope in the making. A role of the template without a row here has been dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub template_id: String,
    pub rows: Vec<Row>,
    pub subject: String,
    pub message: String,
}

/// One recipient of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// `recipient_id` of the template role that this row fills; `None` for an added recipient.
    pub role: Option<String>,
    pub kind: RecipientKind,
    pub routing_order: u32,
    pub name: String,
    pub email: String,
    /// The HubSpot contact this person was picked from.
    pub contact_id: Option<String>,
    pub own_message: Option<OwnMessage>,
}

/// A reason why a draft may not be sent yet. `row` counts `Draft::rows` from 0.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "problem")]
pub enum Problem {
    WrongTemplate,
    TemplateHasNoDocuments,
    NoRecipients,
    /// Nobody signs, approves or receives: only agents and the like are left.
    TooManyRecipients,
    NameMissing {
        row: usize,
    },
    NameTooLong {
        row: usize,
    },
    EmailMissing {
        row: usize,
    },
    EmailInvalid {
        row: usize,
    },
    /// The same e-mail, role and kind as an earlier row.
    Duplicate {
        row: usize,
        of: usize,
    },
    /// A row refers to a role that the template does not have.
    UnknownRole {
        row: usize,
    },
    /// Two rows fill the same role.
    RoleTwice {
        row: usize,
        of: usize,
    },
    /// A required role was dropped.
    RequiredRoleDropped {
        role: String,
    },
    /// A role was dropped, added or reordered although the template's recipients are locked.
    RecipientsLocked,
    /// Kind or order of a locked role was changed.
    RoleLocked {
        row: usize,
    },
    /// Subject or message was changed although the template's message is locked.
    MessageLocked,
    SubjectMissing,
    SubjectTooLong {
        chars: usize,
    },
    MessageTooLong {
        chars: usize,
    },
    OwnSubjectMissing {
        row: usize,
    },
    OwnSubjectTooLong {
        row: usize,
        chars: usize,
    },
    OwnMessageTooLong {
        row: usize,
        chars: usize,
    },
}

/// Everything that keeps `draft` from being sent with `template`; empty when it may go.
pub fn check(_draft: &Draft, _template: &Template) -> Vec<Problem> {
    Vec::new()
}
