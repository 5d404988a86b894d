//! The custom fields whose names begin with `HS `, in the DocuSign account: which there should be, and what became
//! of them. A template author drags them in; they are filled when an envelope is sent.

use serde::{Deserialize, Serialize};

use crate::{error::Code, record::ObjectType, time::Timestamp};

/// Properties an admin may add at once to those that are always made.
pub const ADDED_MAX: usize = 50;
/// DocuSign's limit of a custom field's name.
pub const NAME_MAX_CHARS: usize = 100;

/// `GET /api/settings/hs-fields`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HsFields {
    /// Those that are made in any case.
    pub standard: Vec<HsField>,
    /// Those that an admin added before.
    pub added: Vec<HsField>,
    /// What came of the last time; made at the first connection by an administrator, too.
    pub last: Option<HsFieldsReport>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HsField {
    /// `HS Deal amount`
    pub name: String,
    /// DocuSign's label, by which it is filled: `hs_deal_amount`.
    pub label: String,
}

/// `POST /api/settings/hs-fields`: makes those that are missing. Nothing that is there is deleted, and a field whose
/// name is there, in whatever capitals, is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateHsFields {
    /// Properties that shall have a field, too; remembered.
    #[serde(default)]
    pub add: Vec<PropertyChoice>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PropertyChoice {
    pub object: ObjectType,
    /// HubSpot's internal name.
    pub property: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HsFieldsReport {
    pub at: Timestamp,
    /// E-mail of the HubSpot user whose connection it was made with.
    pub by: String,
    pub account_name: String,
    pub lines: Vec<HsFieldLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HsFieldLine {
    pub name: String,
    pub outcome: HsFieldOutcome,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "outcome")]
pub enum HsFieldOutcome {
    Created,
    /// It was there, and as it should be.
    Kept,
    /// It was there and was made usable to everybody in the account.
    Updated,
    /// [`Code::fixer`] says who can.
    Failed {
        code: Code,
    },
}

/// What every portal wants: object word, rest of the name, rest of the label. The label's rest is the property.
const STANDARD: &[(&str, &str, &str)] = &[
    ("Contact", "first name", "firstname"),
    ("Contact", "last name", "lastname"),
    ("Contact", "email", "email"),
    ("Contact", "phone number", "phone"),
    ("Contact", "job title", "jobtitle"),
    ("Company", "name", "name"),
    ("Company", "street address", "address"),
    ("Company", "postal code", "zip"),
    ("Company", "city", "city"),
    ("Company", "country/region", "country"),
    ("Company", "domain name", "domain"),
    ("Deal", "name", "dealname"),
    ("Deal", "amount", "amount"),
    ("Deal", "close date", "closedate"),
    ("Owner", "name", "name"),
    ("Owner", "email", "email"),
];

/// The fields that are made in any case.
pub fn standard() -> Vec<HsField> {
    STANDARD
        .iter()
        .map(|(object, name, label)| HsField {
            name: format!("HS {object} {name}"),
            label: format!("hs_{}_{label}", object.to_lowercase()),
        })
        .collect()
}

/// The field of a property, by HubSpot's label of it.
pub fn of_property(object: ObjectType, property: &str, label: &str) -> HsField {
    let word = match object {
        ObjectType::Contact => "Contact",
        ObjectType::Company => "Company",
        ObjectType::Deal => "Deal",
    };
    let readable = if label.trim().is_empty() { property } else { label.trim() };
    let name: String = format!("HS {word} {readable}").chars().take(NAME_MAX_CHARS).collect();
    HsField { name: name.trim_end().to_owned(), label: format!("hs_{}_{property}", word.to_lowercase()) }
}

/// Of `wanted`, those whose name `there` does not have in any capitals; no name twice.
pub fn missing<'w>(wanted: &'w [HsField], there: &[String]) -> Vec<&'w HsField> {
    let bare = |name: &str| name.trim().to_lowercase();
    let mut known: Vec<String> = there.iter().map(|name| bare(name)).collect();
    wanted
        .iter()
        .filter(|field| {
            let name = bare(&field.name);
            let is_new = !known.contains(&name);
            known.push(name);
            is_new
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_in_any_capitals_is_not_made_again() {
        let mut wanted = vec![of_property(ObjectType::Deal, "amount", "Amount")];
        wanted.push(of_property(ObjectType::Deal, "renewal_date", "Renewal date"));
        wanted.push(of_property(ObjectType::Deal, "renewal_date", "RENEWAL date"));
        let names = |there: &[&str]| -> Vec<String> {
            let there: Vec<String> = there.iter().map(|t| (*t).to_owned()).collect();
            missing(&wanted, &there).into_iter().map(|f| f.name.clone()).collect()
        };
        assert_eq!(names(&[]), ["HS Deal Amount", "HS Deal Renewal date"]);
        assert_eq!(names(&[" hs deal AMOUNT "]), ["HS Deal Renewal date"]);
        assert!(names(&["HS Deal amount", "HS DEAL renewal DATE"]).is_empty());
    }

    #[test]
    fn standard_names_are_all_different_and_fit() {
        let fields = standard();
        assert_eq!(missing(&fields, &[]).len(), fields.len());
        assert!(fields.iter().all(|f| f.name.len() <= NAME_MAX_CHARS));
        let long = of_property(ObjectType::Company, "x", &"long ".repeat(40));
        assert!(long.name.chars().count() <= NAME_MAX_CHARS && !long.name.ends_with(' '));
        assert_eq!(of_property(ObjectType::Deal, "x_y", " ").name, "HS Deal x_y");
    }
}
