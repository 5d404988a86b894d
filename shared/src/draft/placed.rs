//! Fields that the sender puts on a document that came without any.

use serde::{Deserialize, Serialize};

use crate::tab::{TabKind, usual_size};

/// A field for one recipient on one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlacedField {
    /// Names the field within its draft.
    pub id: u32,
    /// [`Row::id`](super::Row::id) of the recipient it is for.
    pub row: u32,
    /// Id of the document ([`crate::template::Document`]).
    pub document: String,
    pub kind: PlacedKind,
    pub at: PlacedAt,
}

/// What may be placed from here; everything else is DocuSign's own editor's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlacedKind {
    Signature,
    Initials,
    FullName,
    DateSigned,
}

/// Where it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "by")]
pub enum PlacedAt {
    /// Points (72 to the inch) from the page's upper left corner to the field's; `page` counts from 1.
    Point { page: u32, x: u32, y: u32 },
    /// At every place where this text stands in the document.
    Text { text: String },
}

impl PlacedKind {
    pub const ALL: [Self; 4] = [Self::Signature, Self::Initials, Self::FullName, Self::DateSigned];

    /// The word that stands for it on the wire and in the catalogues.
    pub fn name(self) -> &'static str {
        match self {
            Self::Signature => "signature",
            Self::Initials => "initials",
            Self::FullName => "full-name",
            Self::DateSigned => "date-signed",
        }
    }

    /// The kind of tab it becomes.
    pub fn tab(self) -> TabKind {
        match self {
            Self::Signature => TabKind::Signature,
            Self::Initials => TabKind::Initials,
            Self::FullName => TabKind::FullName,
            Self::DateSigned => TabKind::DateSigned,
        }
    }

    /// How large it is drawn, in points.
    pub fn size(self) -> (u32, u32) {
        usual_size(&self.tab())
    }
}
