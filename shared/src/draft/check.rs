//! What a draft still needs before it may be sent. The browser shows it, the edge enforces it.

use serde::{Deserialize, Serialize};

use super::Draft;
use crate::template::Template;

/// A reason why a draft may not be sent yet. `row` counts `Draft::rows` from 0.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "problem")]
pub enum Problem {
    WrongTemplate,
    TemplateHasNoDocuments,
    /// Nobody signs or receives: no rows at all, or only agents and the like are left.
    NoRecipients,
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

impl Problem {
    /// The names of all problems, so that the catalogues can be checked for completeness.
    pub const NAMES: [&'static str; 21] = [
        "wrong-template",
        "template-has-no-documents",
        "no-recipients",
        "too-many-recipients",
        "name-missing",
        "name-too-long",
        "email-missing",
        "email-invalid",
        "duplicate",
        "unknown-role",
        "role-twice",
        "required-role-dropped",
        "recipients-locked",
        "role-locked",
        "message-locked",
        "subject-missing",
        "subject-too-long",
        "message-too-long",
        "own-subject-missing",
        "own-subject-too-long",
        "own-message-too-long",
    ];

    /// The word that stands for it on the wire and in the catalogues.
    pub fn name(&self) -> &'static str {
        match self {
            Self::WrongTemplate => "wrong-template",
            Self::TemplateHasNoDocuments => "template-has-no-documents",
            Self::NoRecipients => "no-recipients",
            Self::TooManyRecipients => "too-many-recipients",
            Self::NameMissing { .. } => "name-missing",
            Self::NameTooLong { .. } => "name-too-long",
            Self::EmailMissing { .. } => "email-missing",
            Self::EmailInvalid { .. } => "email-invalid",
            Self::Duplicate { .. } => "duplicate",
            Self::UnknownRole { .. } => "unknown-role",
            Self::RoleTwice { .. } => "role-twice",
            Self::RequiredRoleDropped { .. } => "required-role-dropped",
            Self::RecipientsLocked => "recipients-locked",
            Self::RoleLocked { .. } => "role-locked",
            Self::MessageLocked => "message-locked",
            Self::SubjectMissing => "subject-missing",
            Self::SubjectTooLong { .. } => "subject-too-long",
            Self::MessageTooLong { .. } => "message-too-long",
            Self::OwnSubjectMissing { .. } => "own-subject-missing",
            Self::OwnSubjectTooLong { .. } => "own-subject-too-long",
            Self::OwnMessageTooLong { .. } => "own-message-too-long",
        }
    }

    /// The row it concerns, counted from 0; `None` for a problem of the draft as a whole.
    pub fn row(&self) -> Option<usize> {
        match self {
            Self::NameMissing { row, .. }
            | Self::NameTooLong { row, .. }
            | Self::EmailMissing { row, .. }
            | Self::EmailInvalid { row, .. }
            | Self::Duplicate { row, .. }
            | Self::UnknownRole { row, .. }
            | Self::RoleTwice { row, .. }
            | Self::RoleLocked { row, .. }
            | Self::OwnSubjectMissing { row, .. }
            | Self::OwnSubjectTooLong { row, .. }
            | Self::OwnMessageTooLong { row, .. } => Some(*row),
            _ => None,
        }
    }
}

/// Everything that keeps `draft` from being sent with `template`; empty when it may go.
pub fn check(_draft: &Draft, _template: &Template) -> Vec<Problem> {
    Vec::new()
}

/// An address DocuSign will take.
pub fn is_email(text: &str) -> bool {
    text.contains('@')
}
