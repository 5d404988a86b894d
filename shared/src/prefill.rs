//! Who goes into which role when the wizard opens, and what the sender is told about it (PRODUCT M13).

use serde::{Deserialize, Serialize};

use crate::{draft::Row, record::Record, template::Template};

/// The rows a wizard starts with, and the notices shown above them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prefill {
    /// One row per template role, in routing order; unfilled ones with empty name and e-mail.
    pub rows: Vec<Row>,
    pub notices: Vec<Notice>,
}

/// Something the sender should know about the rows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "notice")]
pub enum Notice {
    /// The deal has more contacts than the template has placeholders; the first ones were filled in.
    MoreContactsThanPlaceholders { contacts: usize, placeholders: usize },
    /// A contact was not added because the template already holds the same e-mail.
    AlreadyInTemplate { name: String, email: String },
    /// A contact of the record cannot be filled in without an e-mail.
    ContactWithoutEmail { name: String },
    /// The record has no contact to fill in.
    NoContacts,
    /// A company's contacts are offered, not filled in.
    CompanyContactsOffered { contacts: usize },
}

impl Notice {
    /// The names of all notices, so that the catalogues can be checked for completeness.
    pub const NAMES: [&'static str; 5] = [
        "more-contacts-than-placeholders",
        "already-in-template",
        "contact-without-email",
        "no-contacts",
        "company-contacts-offered",
    ];

    /// The word that stands for it on the wire and in the catalogues.
    pub fn name(&self) -> &'static str {
        match self {
            Self::MoreContactsThanPlaceholders { .. } => "more-contacts-than-placeholders",
            Self::AlreadyInTemplate { .. } => "already-in-template",
            Self::ContactWithoutEmail { .. } => "contact-without-email",
            Self::NoContacts => "no-contacts",
            Self::CompanyContactsOffered { .. } => "company-contacts-offered",
        }
    }
}

/// The rows for `template` sent from `record`.
pub fn prefill(_template: &Template, _record: &Record) -> Prefill {
    Prefill { rows: Vec::new(), notices: Vec::new() }
}
