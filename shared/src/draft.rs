//! A draft: what the wizard has gathered, and what it still needs before it may be sent.

mod carry;
mod check;
mod documents;
mod files;
mod language;
mod options;
mod order;
mod placed;
#[cfg(test)]
pub(crate) mod sample;
mod sight;
mod subject;

use serde::{Deserialize, Serialize};

pub use self::{
    carry::{carried, with_new_roles},
    check::{Problem, check},
    documents::{DocumentSource, DraftDocument, edited},
    files::{FILE_EXTENSIONS, extension, refusal},
    language::LANGUAGES,
    options::{Expiration, Options, Reminders},
    order::{
        Direction, can_move, can_set_beside, kinds_for, may_change, may_drop, may_word, move_row, reordered,
        set_beside, set_order,
    },
    placed::{PlacedAt, PlacedField, PlacedKind},
    sight::{has_field, is_limited, sees, without_fields},
    subject::{chars, merged_subject},
};
use crate::{
    merge::FieldValue,
    prefill::Prefill,
    sorted,
    template::{OwnMessage, RecipientKind, Role, Template},
};

/// DocuSign refuses a longer subject, merged fields included (docusign facts §3.1).
pub const SUBJECT_MAX_CHARS: usize = 100;
/// DocuSign's limit of the message. Lengths are counted by [`chars`].
pub const MESSAGE_MAX_CHARS: usize = 10_000;
/// DocuSign's limit of a recipient's name.
pub const NAME_MAX_CHARS: usize = 100;
/// DocuSign's limit of a recipient's private note (docusign facts §3.1).
pub const NOTE_MAX_CHARS: usize = 1_000;
/// DocuSign's limit of an access code (docusign facts §3.1).
pub const ACCESS_CODE_MAX_CHARS: usize = 50;
/// DocuSign's limit of recipients of one envelope.
pub const RECIPIENTS_MAX: usize = 100;

/// An envelope in the making. A role of the template without a row here has been dropped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    pub template_id: String,
    /// More templates whose documents and roles are part of the envelope, in this order after the first
    /// (see [`crate::template::join`]).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added_templates: Vec<String>,
    pub rows: Vec<Row>,
    pub subject: String,
    pub message: String,
    /// Values that the sender wrote into the template's fields.
    #[serde(default)]
    pub values: Vec<FieldValue>,
    /// What the sender wants otherwise than the template has it.
    #[serde(default)]
    pub options: Options,
    /// Fields that the sender put on documents that came without.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub placed: Vec<PlacedField>,
}

/// One recipient of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Names the row within its draft, wherever it moves; never used again for another. 0: not numbered.
    #[serde(default)]
    pub id: u32,
    /// `recipient_id` of the template role that this row fills; `None` for an added recipient.
    pub role: Option<String>,
    pub kind: RecipientKind,
    pub routing_order: u32,
    pub name: String,
    pub email: String,
    /// The HubSpot contact this person was picked from.
    pub contact_id: Option<String>,
    pub own_message: Option<OwnMessage>,
    /// Told to this recipient alone, in their e-mail and beside the documents.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Asked for before the documents are shown. The sender tells it by another way.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub access_code: String,
    /// DocuSign's code of the language this recipient is addressed in; `None`: the sender's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Ids of the documents ([`crate::template::Document`]) that this recipient does not see.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hidden_documents: Vec<String>,
}

impl Draft {
    /// The draft a wizard starts with: the template's own words, and the rows of the prefill.
    pub fn from_prefill(template: &Template, prefill: &Prefill) -> Self {
        Self {
            template_id: template.id.clone(),
            added_templates: Vec::new(),
            rows: prefill.rows.clone(),
            subject: template.subject.clone(),
            message: template.message.clone(),
            values: Vec::new(),
            options: Options::default(),
            placed: Vec::new(),
        }
    }

    /// The ids of the templates that it is made of, in their order.
    pub fn templates(&self) -> Vec<String> {
        [&self.template_id].into_iter().chain(&self.added_templates).cloned().collect()
    }

    /// Who it is for, by name, as a list of drafts shows it.
    pub fn people(&self) -> Vec<String> {
        let names = self.rows.iter().map(|row| row.name.trim());
        names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
    }

    /// Appends an empty recipient that the template does not have, after everybody else in the routing
    /// order. Answers with its place in `rows`.
    pub fn add_row(&mut self, kind: RecipientKind) -> usize {
        let last = self.rows.iter().map(|row| row.routing_order).max().unwrap_or(0);
        self.append(Row::new(None, kind, last.saturating_add(1)));
        self.rows.len() - 1
    }

    /// Adds a row under a number of its own, at the end of `rows`.
    fn append(&mut self, row: Row) {
        let id = self.rows.iter().map(|row| row.id).max().unwrap_or(0).saturating_add(1);
        self.rows.push(Row { id, ..row });
    }
}

impl Row {
    /// A row for nobody yet, not numbered.
    pub fn new(role: Option<String>, kind: RecipientKind, routing_order: u32) -> Self {
        Self {
            id: 0,
            role,
            kind,
            routing_order,
            name: String::new(),
            email: String::new(),
            contact_id: None,
            own_message: None,
            note: String::new(),
            access_code: String::new(),
            language: None,
            hidden_documents: Vec::new(),
        }
    }

    /// A role as the template has it, not numbered.
    pub fn of_role(role: &Role) -> Self {
        Self {
            name: role.name.clone(),
            email: role.email.clone(),
            own_message: role.message.clone(),
            note: role.note.clone(),
            access_code: role.access_code.clone(),
            language: role.language.clone(),
            hidden_documents: role.hidden_documents.clone(),
            ..Self::new(Some(role.recipient_id.clone()), role.kind.clone(), role.routing_order)
        }
    }

    /// The template role that this row fills; `None` for an added recipient, and for an unknown role.
    pub fn role_in<'t>(&self, template: &'t Template) -> Option<&'t Role> {
        let id = self.role.as_deref()?;
        template.roles.iter().find(|role| role.recipient_id == id)
    }
}

/// The roles of the template that no row fills: they will not be part of the envelope.
pub fn dropped_roles<'t>(draft: &Draft, template: &'t Template) -> Vec<&'t Role> {
    template
        .roles
        .iter()
        .filter(|role| !draft.rows.iter().any(|row| row.role.as_deref() == Some(&role.recipient_id)))
        .collect()
}

/// The rows as they are sent: names and e-mails trimmed, in routing order, rows of one order as they stand.
pub fn sendable_rows(draft: &Draft) -> Vec<Row> {
    let mut rows: Vec<Row> = draft
        .rows
        .iter()
        .map(|row| Row {
            name: row.name.trim().to_owned(),
            email: row.email.trim().to_owned(),
            ..row.clone()
        })
        .collect();
    sorted::by_number(&mut rows, |row| u64::from(row.routing_order));
    rows
}
