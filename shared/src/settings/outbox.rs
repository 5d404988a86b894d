//! What could not be done in HubSpot, or not yet: the admins' page *Not done*.
//!
//! | route | who | request → answer |
//! | --- | --- | --- |
//! | `GET /api/settings/outbox` | admin | [`Outbox`] |
//! | `POST /api/settings/outbox` | admin | [`Retry`] → [`Outbox`] |

use serde::{Deserialize, Serialize};

use crate::{error::AppError, record::RecordRef, time::Timestamp};

/// Entries that are told at once.
pub const SHOWN_MAX: usize = 100;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outbox {
    /// The newest first.
    pub entries: Vec<Entry>,
    /// How many there are; the entries are a hundred of them at most.
    pub total: u32,
    /// Effects that are still to be done and met no trouble so far.
    pub waiting: u32,
    /// HubSpot or DocuSign asked for a pause until then: only sends go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paused_until: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub id: String,
    pub kind: Kind,
    pub state: State,
    /// Of our properties there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordRef>,
    /// Of a record's status, and of what is gone from the index, there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    pub since: Timestamp,
    pub tries: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_try: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<AppError>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldTrouble>,
}

/// What was to be done. Its word is `not-done-<name>` in the catalogues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The status on the record.
    Status,
    Note,
    /// The signed documents.
    Filing,
    /// Mapped values.
    Values,
    /// Our own properties in HubSpot.
    Properties,
}

impl Kind {
    pub const ALL: [Self; 5] = [Self::Status, Self::Note, Self::Filing, Self::Values, Self::Properties];

    pub fn name(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::Note => "note",
            Self::Filing => "filing",
            Self::Values => "values",
            Self::Properties => "properties",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Met trouble, and is tried again.
    Waiting,
    /// Done but for some fields.
    Partly,
    /// Not tried again by itself.
    Stuck,
}

/// A value that was not written back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldTrouble {
    /// The DocuSign field's name or label.
    pub field: String,
    /// HubSpot's name of the property.
    pub property: String,
    pub why: NotWritten,
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $name:literal;)*) => {
        /// Why a value was not written back. Its sentence is `not-written-<name>` in the catalogues.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum NotWritten { $($(#[$doc])* $variant,)* }

        impl NotWritten {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word that stands for it on the wire and in the catalogues.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

reasons! {
    NoNumber = "no-number";
    NoDate = "no-date";
    NoYesOrNo = "no-yes-or-no";
    NoOption = "no-option";
    /// The property cannot be written at all.
    NotWritable = "not-writable";
    /// The property was archived or deleted in HubSpot.
    PropertyGone = "property-gone";
    /// There is no company or contact beside the record.
    NoRecord = "no-record";
    /// HubSpot did not take the value.
    Refused = "refused";
}

/// `POST /api/settings/outbox`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retry {
    /// [`Entry::id`]; `None` for all that are stuck.
    pub id: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_on_the_wire_are_the_names() {
        for kind in Kind::ALL {
            assert_eq!(serde_json::to_value(kind).expect("JSON"), kind.name());
        }
        for why in NotWritten::ALL {
            assert_eq!(serde_json::to_value(why).expect("JSON"), why.name());
        }
    }
}
