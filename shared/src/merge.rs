//! What we put into a template's fields, and what the sender is told about it before sending.
//!
//! A template author drags in the account's custom fields whose names begin with `HS ` (docusign facts §5). For
//! each such tab: which HubSpot property it asks for ([`asked`]), what that property holds on the record
//! ([`value`], or another one that the portal's mappings name, see [`mapped`]), how it is written in the recipient's language ([`wording`]), whether it fits the tab
//! ([`convert`]); [`fields`] does it all. Data comes only from the records that the caller hands in: the one the
//! envelope is sent from, and those beside it that a mapping names.
//!
//! The edge makes the fields, the browser lays the sender's own values over them ([`review`]), and the edge does
//! both again before it sends: one rule, shown and enforced.

mod asked;
mod convert;
mod fields;
mod mapped;
mod review;
mod value;
mod wording;

use serde::{Deserialize, Serialize};

pub(crate) use self::value::Decimal;
pub use self::{
    asked::{Asked, Definition, asked, ways_asked},
    convert::fits,
    fields::{Sources, fields},
    mapped::{owner_properties, properties_asked},
    review::{Line, ToSend, check, review, to_send},
    value::{Property, PropertyKind, RecordValues},
    wording::{Day, Wording},
};
use crate::{
    mapping::Via,
    record::ObjectType,
    tab::{Choice, TabKind},
};

/// DocuSign's limit of a tab's value, in bytes of UTF-8 (docusign facts §5.3).
pub const VALUE_MAX_BYTES: usize = 4_000;

/// A value that the sender wrote over the one we found; empty to leave the field empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldValue {
    /// Id of any of the field's tabs.
    pub tab: String,
    pub value: String,
}

/// A field that we fill: all tabs of one recipient that ask for the same thing in the same way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The ids of its tabs, in the order of the template; never empty. The first one stands for the field.
    pub tabs: Vec<String>,
    /// Their labels, each once: by these the value is sent.
    pub labels: Vec<String>,
    pub kind: TabKind,
    /// `recipient_id` of the template's role.
    pub recipient: String,
    /// As the template's author named it, such as `HS Deal amount`.
    pub name: String,
    /// The property it asks for; `None` where there is no such property.
    pub source: Option<Source>,
    /// What would be sent if the sender changes nothing; where it cannot be sent, what was found.
    pub value: String,
    pub state: State,
    /// It must not be empty: the signer could not finish.
    pub needed: bool,
    /// The sender may not change it.
    pub locked: bool,
    /// Of a list or radio group: what may be chosen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Source {
    pub object: ObjectType,
    /// How it is reached from the record of the envelope.
    #[serde(default)]
    pub via: Via,
    pub property: String,
    /// The property's label in HubSpot; its name where we have not looked.
    pub label: String,
}

/// How it stands with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Longer than DocuSign takes.
    TooLong,
    /// Found, but it does not fit: a text in a number field, an item that the list does not have.
    WrongKind,
    /// The record's property is empty, and the template holds nothing either.
    Missing,
    /// It asks for a property that HubSpot does not have.
    Unknown,
    /// It belongs to another kind of record than the one the envelope is sent from.
    OtherRecord,
    /// The template does not let the sender change it: it goes out as the template holds it.
    Locked,
    Filled,
}

impl State {
    pub const ALL: [Self; 7] = [
        Self::TooLong,
        Self::WrongKind,
        Self::Missing,
        Self::Unknown,
        Self::OtherRecord,
        Self::Locked,
        Self::Filled,
    ];

    /// The word that stands for it on the wire and in the catalogues.
    pub fn name(self) -> &'static str {
        match self {
            Self::TooLong => "too-long",
            Self::WrongKind => "wrong-kind",
            Self::Missing => "missing",
            Self::Unknown => "unknown",
            Self::OtherRecord => "other-record",
            Self::Locked => "locked",
            Self::Filled => "filled",
        }
    }
}

#[cfg(test)]
pub(crate) mod sample;
