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

/// The rows for `template` sent from `record`.
pub fn prefill(_template: &Template, _record: &Record) -> Prefill {
    Prefill { rows: Vec::new(), notices: Vec::new() }
}
