//! The CRM record an envelope is sent from, and the people around it.

use core::{fmt, str::FromStr};
use serde::{Deserialize, Serialize};

/// The three kinds of record that carry a panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ObjectType {
    Contact,
    Company,
    Deal,
}

impl ObjectType {
    pub const ALL: [Self; 3] = [Self::Contact, Self::Company, Self::Deal];

    /// HubSpot's object type id (hubspot facts §1.5).
    pub fn type_id(self) -> &'static str {
        match self {
            Self::Contact => "0-1",
            Self::Company => "0-2",
            Self::Deal => "0-3",
        }
    }

    /// The plural used in HubSpot's CRM paths.
    pub fn path(self) -> &'static str {
        match self {
            Self::Contact => "contacts",
            Self::Company => "companies",
            Self::Deal => "deals",
        }
    }

    pub fn from_type_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.type_id() == id)
    }
}

/// One record of one portal, written `0-3:987654`. The id holds digits only, at most 20 of them, so that the
/// text form fits a DocuSign custom field and needs no escaping anywhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RecordRef {
    object: ObjectType,
    id: String,
}

/// Why a text is not a record reference.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a record reference: an object type 0-1, 0-2 or 0-3, a colon, and digits are expected")]
pub struct NotARecord;

impl RecordRef {
    pub fn new(object: ObjectType, id: &str) -> Result<Self, NotARecord> {
        let digits = !id.is_empty() && id.len() <= 20 && id.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| Self { object, id: id.to_owned() }).ok_or(NotARecord)
    }

    pub fn object(&self) -> ObjectType {
        self.object
    }

    pub fn id(&self) -> &str {
        &self.id
    }
}

impl fmt::Display for RecordRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.object.type_id(), self.id)
    }
}

impl FromStr for RecordRef {
    type Err = NotARecord;
    fn from_str(text: &str) -> Result<Self, NotARecord> {
        let (object, id) = text.split_once(':').ok_or(NotARecord)?;
        Self::new(ObjectType::from_type_id(object).ok_or(NotARecord)?, id)
    }
}

impl TryFrom<String> for RecordRef {
    type Error = NotARecord;
    fn try_from(text: String) -> Result<Self, NotARecord> {
        text.parse()
    }
}

impl From<RecordRef> for String {
    fn from(record: RecordRef) -> String {
        record.to_string()
    }
}

/// A HubSpot contact as a possible recipient. Without an e-mail it is shown, and cannot be picked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub id: String,
    /// First and last name joined; the e-mail where both are empty.
    pub name: String,
    pub email: Option<String>,
    pub company: Option<String>,
}

/// What the wizard needs to know of the record it was opened on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub reference: RecordRef,
    pub name: String,
    /// The contact itself, or the associated contacts: primary first, then in the order of association.
    pub contacts: Vec<Contact>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_reference_is_read_from_its_text_form() {
        let good = |text: &str, object, id: &str| {
            let record: RecordRef = text.parse().expect(text);
            assert_eq!((record.object(), record.id(), record.to_string()), (object, id, text.to_owned()));
        };
        good("0-1:501", ObjectType::Contact, "501");
        good("0-2:1", ObjectType::Company, "1");
        good("0-3:18446744073709551615", ObjectType::Deal, "18446744073709551615");
        for bad in [
            "",
            ":",
            "0-3",
            "0-3:",
            ":501",
            "0-4:501",
            "2-123:501",
            "0-3:5a",
            "0-3: 5",
            "0-3:5:6",
            "0-3:-5",
            "0-3:٣",
            "0-3:184467440737095516150",
            "deal:501",
            " 0-3:501",
        ] {
            assert_eq!(bad.parse::<RecordRef>(), Err(NotARecord), "{bad:?}");
        }
    }

    #[test]
    fn a_reference_travels_as_its_text_form() {
        let record: RecordRef = serde_json::from_str("\"0-3:7\"").expect("a record");
        assert_eq!(serde_json::to_string(&record).expect("JSON"), "\"0-3:7\"");
        assert!(serde_json::from_str::<RecordRef>("\"0-9:7\"").is_err());
    }

    #[test]
    fn object_types_are_known_by_their_ids() {
        for object in ObjectType::ALL {
            assert_eq!(ObjectType::from_type_id(object.type_id()), Some(object));
        }
        assert_eq!(ObjectType::from_type_id("0-5"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_a_reference_or_refused(text in ".*|0-[0-9]:.*|0-[123]:[0-9]*") {
            if let Ok(record) = text.parse::<RecordRef>() {
                prop_assert_eq!(record.to_string(), text);
            }
        }
    }
}
