//! A field on a template's page, as DocuSign holds it: a tab. What it is, whose it is, where it lies, and
//! what may be put into it.

use serde::{Deserialize, Serialize};

/// What a tab is for. DocuSign keeps each kind in an array of its own (docusign facts §5.2); a kind that we do
/// not know is carried along under that array's name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TabKind {
    Signature,
    Initials,
    DateSigned,
    FullName,
    FirstName,
    LastName,
    /// The recipient's own address, written by DocuSign. Not to be mixed up with [`Self::Email`].
    EmailAddress,
    Company,
    Title,
    Text,
    Number,
    /// DocuSign's newer number field.
    Numerical,
    Date,
    Email,
    Checkbox,
    List,
    /// A group of radio buttons, of which one is chosen.
    Radio,
    EnvelopeId,
    #[serde(untagged)]
    Other(String),
}

/// A kind and the array of DocuSign's `tabs` object that holds it.
const ARRAYS: [(TabKind, &str); 18] = [
    (TabKind::Signature, "signHereTabs"),
    (TabKind::Initials, "initialHereTabs"),
    (TabKind::DateSigned, "dateSignedTabs"),
    (TabKind::FullName, "fullNameTabs"),
    (TabKind::FirstName, "firstNameTabs"),
    (TabKind::LastName, "lastNameTabs"),
    (TabKind::EmailAddress, "emailAddressTabs"),
    (TabKind::Company, "companyTabs"),
    (TabKind::Title, "titleTabs"),
    (TabKind::Text, "textTabs"),
    (TabKind::Number, "numberTabs"),
    (TabKind::Numerical, "numericalTabs"),
    (TabKind::Date, "dateTabs"),
    (TabKind::Email, "emailTabs"),
    (TabKind::Checkbox, "checkboxTabs"),
    (TabKind::List, "listTabs"),
    (TabKind::Radio, "radioGroupTabs"),
    (TabKind::EnvelopeId, "envelopeIdTabs"),
];

impl TabKind {
    pub fn array_name(&self) -> &str {
        match self {
            Self::Other(name) => name,
            known => ARRAYS.iter().find(|(kind, _)| kind == known).map_or("", |(_, name)| name),
        }
    }

    /// The kind kept in DocuSign's array `name`; one that we do not know becomes [`Self::Other`].
    pub fn from_array_name(name: &str) -> Self {
        let known = ARRAYS.iter().find(|(_, array)| *array == name);
        known.map_or_else(|| Self::Other(name.to_owned()), |(kind, _)| kind.clone())
    }

    /// A sender may put a value into it before the envelope is sent (docusign facts §5.3).
    pub fn takes_value(&self) -> bool {
        matches!(
            self,
            Self::Text
                | Self::Number
                | Self::Numerical
                | Self::Date
                | Self::Email
                | Self::Checkbox
                | Self::List
                | Self::Radio
        )
    }

    /// The recipient does something here when signing; the rest is written by DocuSign.
    pub fn is_filled_in(&self) -> bool {
        self.takes_value() || matches!(self, Self::Signature | Self::Initials | Self::Company | Self::Title)
    }
}

/// One tab of a template. A group of radio buttons is one tab: each button has its own place in [`Tab::choices`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tab {
    /// DocuSign's `tabId`; for a radio group, that of its first button.
    pub id: String,
    pub kind: TabKind,
    /// DocuSign's `tabLabel` (a radio group's `groupName`), by which it is addressed in an envelope.
    pub label: String,
    /// What a person reads: its tooltip, or its name where it has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// The account's custom field that it was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub custom_id: Option<String>,
    /// What the template already holds: `true` for a ticked box, an item's value for a list or radio group.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub value: String,
    /// The signer may not change it.
    #[serde(default, skip_serializing_if = "is_no")]
    pub locked: bool,
    /// `templateLocked`: the sender may not change it.
    #[serde(default, skip_serializing_if = "is_no")]
    pub template_locked: bool,
    /// The signer cannot finish without it.
    #[serde(default, skip_serializing_if = "is_no")]
    pub required: bool,
    /// The envelope cannot be sent without it.
    #[serde(default, skip_serializing_if = "is_no")]
    pub sender_required: bool,
    /// `recipient_id` of the role whose tab it is.
    pub recipient: String,
    pub document: String,
    /// `None` where DocuSign has not said; of a radio group always, since its buttons have places of their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The items of a list, or the buttons of a radio group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
}

/// Where a tab lies, in points (72 to the inch) from the page's upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// From 1.
    pub page: u32,
    pub x: i32,
    pub y: i32,
    pub width: u32,
    pub height: u32,
}

/// An item of a list, or a button of a radio group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    pub value: String,
    /// What is read; the value itself where DocuSign gives none.
    pub text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

impl Tab {
    /// What to call it: its tooltip or name, or else its label.
    pub fn title(&self) -> &str {
        let name = self.name.trim();
        if name.is_empty() { self.label.trim() } else { name }
    }
}

/// The size of a tab that DocuSign gives none for, in points.
pub fn usual_size(kind: &TabKind) -> (u32, u32) {
    match kind {
        TabKind::Signature => (110, 36),
        TabKind::Initials => (48, 30),
        TabKind::Checkbox | TabKind::Radio => (11, 11),
        TabKind::DateSigned | TabKind::Date => (80, 14),
        TabKind::EnvelopeId => (180, 12),
        _ => (140, 14),
    }
}

fn is_no(flag: &bool) -> bool {
    !flag
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_knows_its_array_and_survives_the_wire() {
        let arrays = ARRAYS.iter().map(|(_, array)| *array).chain(["ssnTabs", "viewTabs"]);
        for array in arrays {
            let kind = TabKind::from_array_name(array);
            assert_eq!(kind.array_name(), array);
            let wire = serde_json::to_string(&kind).expect("JSON");
            assert_eq!(serde_json::from_str::<TabKind>(&wire).expect("and back"), kind, "{wire}");
        }
        assert_eq!(TabKind::from_array_name("ssnTabs"), TabKind::Other("ssnTabs".into()));
    }

    #[test]
    fn a_tab_on_the_wire_holds_only_what_is_said() {
        let wire = r#"{"id":"t","kind":"signature","label":"Sign Here","recipient":"1","document":"1"}"#;
        let tab: Tab = serde_json::from_str(wire).expect("a tab");
        assert_eq!(serde_json::to_string(&tab).expect("JSON"), wire);
        assert_eq!(tab.title(), "Sign Here");
    }
}
