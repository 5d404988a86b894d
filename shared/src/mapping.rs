//! Which DocuSign field goes with which HubSpot property, and which way values travel.
//!
//! A mapping belongs to a kind of record: it counts for envelopes that are sent from such a record. On the way to
//! DocuSign it overrides what a field's `HS ` name asks for, and it may take the value from a record beside the
//! envelope's own ([`Via`]). The way back is stored, and carried out by the write-back when an envelope is completed.
//!
//! [`check`] finds what is wrong with a set; the edge refuses what [`Flaw::refuses`].

mod check;
mod defaults;
mod file;
mod written;

use serde::{Deserialize, Serialize};

pub use self::{
    check::{Known, check},
    defaults::defaults,
    file::{FILE_FORMAT, FILE_MAX_BYTES, MappingFile},
    written::written,
};
use crate::{
    merge::Field,
    record::{ObjectType, RecordRef},
    tab::TabKind,
};

/// Mappings in a portal.
pub const MAPPINGS_MAX: usize = 200;
/// Characters of a field's name or label, a property's name, an id.
pub const NAME_MAX_CHARS: usize = 200;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// Made by the browser; unique in the portal.
    pub id: String,
    /// The kind of record that the envelope is sent from.
    pub object: ObjectType,
    pub field: FieldRef,
    pub property: PropertyRef,
    #[serde(default)]
    pub direction: Direction,
    #[serde(default)]
    pub conflict: OnConflict,
    #[serde(default, skip_serializing_if = "WriteTime::is_default")]
    pub when: WriteTime,
    #[serde(default)]
    pub paused: bool,
}

impl Mapping {
    /// Whether it writes back for envelopes of such records.
    pub fn writes_back(&self, object: ObjectType) -> bool {
        self.object == object && !self.paused && self.direction.to_hubspot()
    }
}

/// When a value is written back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WriteTime {
    /// When everybody is done.
    #[default]
    Completed,
    /// As soon as the recipient whose field it is has signed.
    Signed,
}

impl WriteTime {
    pub const ALL: [Self; 2] = [Self::Completed, Self::Signed];

    pub fn name(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Signed => "signed",
        }
    }

    fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// A DocuSign field.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "of")]
pub enum FieldRef {
    /// A custom field of the account, by its name, which is the tooltip of every tab made from it: an id is
    /// different in each account.
    Account { name: String },
    /// A field of a template, by its label. `kind` is what it was when it was chosen.
    Template {
        label: String,
        #[serde(default)]
        kind: Option<TabKind>,
    },
}

impl FieldRef {
    /// Name or label.
    pub fn name(&self) -> &str {
        match self {
            Self::Account { name } => name,
            Self::Template { label, .. } => label,
        }
    }

    /// By what two references mean the same field: capitals and spaces around a custom field's name do not count.
    pub fn key(&self) -> (bool, String) {
        match self {
            Self::Account { name } => (true, name.trim().to_lowercase()),
            Self::Template { label, .. } => (false, label.clone()),
        }
    }
}

/// A HubSpot property, as seen from the record of the envelope.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PropertyRef {
    #[serde(default)]
    pub via: Via,
    /// HubSpot's internal name; of an owner one of [`OWNER_PROPERTIES`].
    pub name: String,
}

/// What an owner has.
pub const OWNER_PROPERTIES: [&str; 4] = ["name", "firstname", "lastname", "email"];

/// Whose property it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Via {
    /// The record that the envelope is sent from.
    #[default]
    Record,
    /// Its primary company.
    Company,
    /// Its primary contact.
    Contact,
    /// The HubSpot user who owns it. Never written to.
    Owner,
}

impl Via {
    pub const ALL: [Self; 4] = [Self::Record, Self::Company, Self::Contact, Self::Owner];

    /// The word that stands for it on the wire and in the catalogues.
    pub fn name(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Company => "company",
            Self::Contact => "contact",
            Self::Owner => "owner",
        }
    }

    /// The kind of record that it leads to from `object`; `None` for an owner, who is no record, and where it
    /// leads nowhere: a company has no other company.
    pub fn leads_to(self, object: ObjectType) -> Option<ObjectType> {
        match (self, object) {
            (Self::Record, object) => Some(object),
            (Self::Company, ObjectType::Contact | ObjectType::Deal) => Some(ObjectType::Company),
            (Self::Contact, ObjectType::Company | ObjectType::Deal) => Some(ObjectType::Contact),
            _ => None,
        }
    }

    /// The ways from `object`, in the order to offer them.
    pub fn of(object: ObjectType) -> Vec<Self> {
        Self::ALL.into_iter().filter(|via| *via == Self::Owner || via.leads_to(object).is_some()).collect()
    }
}

/// Which way values travel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// When the envelope is sent.
    #[default]
    ToDocusign,
    /// When it is completed or signed, see [`WriteTime`].
    ToHubspot,
    Both,
}

impl Direction {
    pub const ALL: [Self; 3] = [Self::ToDocusign, Self::ToHubspot, Self::Both];

    pub fn name(self) -> &'static str {
        match self {
            Self::ToDocusign => "to-docusign",
            Self::ToHubspot => "to-hubspot",
            Self::Both => "both",
        }
    }

    pub fn to_docusign(self) -> bool {
        self != Self::ToHubspot
    }

    pub fn to_hubspot(self) -> bool {
        self != Self::ToDocusign
    }
}

/// What to do when the target already has a value: the template's field on the way to DocuSign, the property on the
/// way back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnConflict {
    #[default]
    Overwrite,
    Keep,
}

/// `GET /api/settings/mappings`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MappingSet {
    /// Counts the changes; goes back with [`SaveMappings`].
    pub version: u32,
    pub mappings: Vec<Mapping>,
    /// Nobody changed them: they are those that a new portal has.
    pub default: bool,
    /// What is wrong with them as DocuSign and HubSpot are now.
    pub problems: Vec<MappingProblem>,
}

/// `PUT /api/settings/mappings`: the whole set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveMappings {
    /// The version this was made from; another one is `settings-conflict`, and nothing is saved.
    pub version: u32,
    pub mappings: Vec<Mapping>,
}

/// Something wrong with one mapping.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct MappingProblem {
    /// [`Mapping::id`].
    pub mapping: String,
    pub flaw: Flaw,
}

macro_rules! flaws {
    ($($(#[$doc:meta])* $variant:ident = $name:literal;)*) => {
        /// What is wrong. Its sentence is `mapping-<name>` in the catalogues.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Flaw { $($(#[$doc])* $variant,)* }

        crate::word::read_by_name!(Flaw);

        impl Flaw {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word that stands for it on the wire and in the catalogues.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

flaws! {
    /// An id, name or label is empty, too long, or comes twice.
    Malformed = "malformed";
    /// More mappings than a portal may have.
    TooMany = "too-many";
    /// The account has no such custom field (yet). Told, not refused.
    UnknownField = "unknown-field";
    /// The account has two custom fields of this name: nobody could tell which is meant.
    AmbiguousField = "ambiguous-field";
    UnknownProperty = "unknown-property";
    /// Another mapping of this kind of record fills the same field.
    DuplicateField = "duplicate-field";
    /// Another mapping of this kind of record writes the same property.
    DuplicateProperty = "duplicate-property";
    /// What the property holds does not go into such a field.
    CannotSend = "cannot-send";
    /// What is entered in such a field does not go into the property.
    CannotWriteBack = "cannot-write-back";
    ReadOnly = "read-only";
    Calculated = "calculated";
    Hidden = "hidden";
    /// Marked as sensitive in HubSpot: for no document, and never written.
    Sensitive = "sensitive";
    /// Nothing is written to an owner.
    OwnerReadOnly = "owner-read-only";
    /// From such a record no way leads there.
    NoSuchWay = "no-such-way";
    /// A value would travel in a circle through two or more properties, and change with every envelope.
    Loop = "loop";
}

impl Flaw {
    /// A set with this is not saved.
    pub fn refuses(self) -> bool {
        self != Self::UnknownField
    }
}

/// `GET /api/settings/fields`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldList {
    pub fields: Vec<FieldInfo>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldInfo {
    pub field: FieldRef,
    /// What a person reads.
    pub name: String,
    pub kind: TabKind,
    /// The roles whose field it is; of an account's custom field nobody's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
}

/// `GET /api/settings/properties`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PropertyList {
    pub properties: Vec<PropertyInfo>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PropertyInfo {
    pub object: ObjectType,
    pub name: String,
    pub label: String,
    pub kind: PropertyType,
    /// HubSpot's name of the group it is in.
    pub group: String,
    /// Why nothing can be written to it, if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_write: Option<Flaw>,
    /// Why it cannot be read into a document, if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_read: Option<Flaw>,
}

/// What a property holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PropertyType {
    Text,
    Number,
    Money,
    YesNo,
    Date,
    DateTime,
    /// One or several of a list.
    Options,
    /// An id whose meaning is kept elsewhere.
    Reference,
}

/// `POST /api/settings/mappings/try`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Try {
    pub record: RecordRef,
    /// Ids of templates, as in `GET /api/compose`.
    pub templates: Vec<String>,
    /// A set that is not saved yet; `None` for the one that is.
    #[serde(default)]
    pub mappings: Option<Vec<Mapping>>,
}

/// What would go into the template's fields, if it were sent from that record now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    pub record_name: String,
    pub template_name: String,
    pub fields: Vec<Field>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_on_the_wire_are_the_names() {
        for flaw in Flaw::ALL {
            assert_eq!(serde_json::to_value(flaw).expect("JSON"), flaw.name());
        }
        for via in Via::ALL {
            assert_eq!(serde_json::to_value(via).expect("JSON"), via.name());
        }
        for direction in Direction::ALL {
            assert_eq!(serde_json::to_value(direction).expect("JSON"), direction.name());
        }
    }

    #[test]
    fn a_mapping_travels_in_few_words() {
        let json = r#"{"id":"m1","object":"deal","field":{"of":"account","name":"HS Company name"},"property":{"via":"company","name":"name"}}"#;
        let mapping: Mapping = serde_json::from_str(json).expect("a mapping");
        assert_eq!((mapping.direction, mapping.conflict, mapping.paused), Default::default());
        let wire = serde_json::to_string(&mapping).expect("JSON");
        insta::assert_snapshot!(wire, @r#"{"id":"m1","object":"deal","field":{"of":"account","name":"HS Company name"},"property":{"via":"company","name":"name"},"direction":"to-docusign","conflict":"overwrite","paused":false}"#);
    }

    #[test]
    fn ways_lead_from_each_kind_of_record_to_the_others() {
        let ways = |object| Via::of(object).into_iter().map(Via::name).collect::<Vec<_>>();
        assert_eq!(ways(ObjectType::Deal), ["record", "company", "contact", "owner"]);
        assert_eq!(ways(ObjectType::Contact), ["record", "company", "owner"]);
        assert_eq!(ways(ObjectType::Company), ["record", "contact", "owner"]);
    }
}
