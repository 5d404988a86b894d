//! Property definitions: the built-in ones, those an app creates, and the check of values.

mod builtin;

use std::{collections::BTreeMap, sync::LazyLock};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    model::{Group, Kind, Portal},
    refusal::Refusal,
    time,
};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PropertyDef {
    pub name: String,
    pub label: String,
    pub kind: String,
    pub field: String,
    pub group: String,
    pub description: String,
    pub options: Vec<Choice>,
    pub hidden: bool,
    pub calculated: bool,
    pub read_only: bool,
    pub hubspot_defined: bool,
    pub sensitive: bool,
    pub unique: bool,
    pub owner: bool,
    pub display_order: i64,
    /// When an app or a person made it; built-in ones have no time.
    pub created_at: Option<i64>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Choice {
    pub label: String,
    pub value: String,
    pub hidden: bool,
}

static BUILT_IN: LazyLock<BTreeMap<Kind, Vec<PropertyDef>>> = LazyLock::new(|| {
    [Kind::Contact, Kind::Company, Kind::Deal, Kind::Note].map(|kind| (kind, builtin::of(kind))).into()
});

/// Every property of a kind in a portal, built-in first.
pub fn all(portal: &Portal, kind: Kind) -> impl Iterator<Item = &PropertyDef> {
    BUILT_IN.get(&kind).into_iter().flatten().chain(portal.own_properties.get(&kind).into_iter().flatten())
}

pub fn find<'a>(portal: &'a Portal, kind: Kind, name: &str) -> Option<&'a PropertyDef> {
    all(portal, kind).find(|property| property.name == name)
}

pub fn groups(portal: &Portal, kind: Kind) -> Vec<Group> {
    let mut groups = builtin::groups(kind);
    groups.extend(portal.own_groups.get(&kind).into_iter().flatten().cloned());
    groups
}

/// What comes back when nothing is asked for.
pub fn defaults(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Contact => {
            &["createdate", "email", "firstname", "hs_object_id", "lastmodifieddate", "lastname"]
        }
        Kind::Company => &["createdate", "domain", "hs_lastmodifieddate", "hs_object_id", "name"],
        Kind::Deal => &[
            "amount",
            "closedate",
            "createdate",
            "dealname",
            "dealstage",
            "hs_lastmodifieddate",
            "hs_object_id",
            "pipeline",
        ],
        Kind::Note => &["createdate", "hs_lastmodifieddate", "hs_object_id"],
    }
}

/// What comes back whatever is asked for.
pub fn always(kind: Kind) -> [&'static str; 3] {
    ["createdate", super::model::modified_name(kind), "hs_object_id"]
}

/// The definition as the properties API writes it.
pub fn wire(property: &PropertyDef) -> Value {
    let options: Vec<Value> = property
        .options
        .iter()
        .enumerate()
        .map(|(order, option)| {
            json!({ "label": option.label, "value": option.value, "displayOrder": order, "hidden": option.hidden })
        })
        .collect();
    let mut wire = json!({
        "name": property.name,
        "label": property.label,
        "type": property.kind,
        "fieldType": property.field,
        "description": property.description,
        "groupName": property.group,
        "options": options,
        "displayOrder": property.display_order,
        "calculated": property.calculated,
        "externalOptions": property.owner,
        "archived": false,
        "hasUniqueValue": property.unique,
        "hidden": property.hidden,
        "formField": !property.read_only && !property.calculated,
        "dataSensitivity": if property.sensitive { "sensitive" } else { "non_sensitive" },
        "modificationMetadata": {
            "archivable": !property.hubspot_defined,
            "readOnlyDefinition": property.hubspot_defined,
            "readOnlyValue": property.read_only || property.calculated,
        },
    });
    if let Some(map) = wire.as_object_mut() {
        if property.hubspot_defined {
            map.insert("hubspotDefined".into(), true.into());
        }
        if property.owner {
            map.insert("referencedObjectType".into(), "OWNER".into());
        }
        if let Some(at) = property.created_at {
            map.insert("createdAt".into(), time::iso(at).into());
            map.insert("updatedAt".into(), time::iso(at).into());
        }
    }
    wire
}

/// Checks a write: names exist, values fit their type, nothing is read-only. All problems come in one answer.
pub fn check(portal: &Portal, kind: Kind, changes: &BTreeMap<String, String>) -> Result<(), Refusal> {
    let problems: Vec<(String, String, &str)> = changes
        .iter()
        .filter_map(|(name, value)| {
            problem(portal, kind, name, value).map(|(message, code)| (name.clone(), message, code))
        })
        .collect();
    if problems.is_empty() {
        return Ok(());
    }
    let listed: Vec<Value> = problems
        .iter()
        .map(|(name, message, code)| {
            json!({ "isValid": false, "message": message, "error": code, "name": name, "localizedErrorMessage": message, "portalId": portal.id })
        })
        .collect();
    let errors: Vec<Value> = problems
        .iter()
        .map(|(name, message, code)| json!({ "message": message, "code": code, "context": { "propertyName": [name] } }))
        .collect();
    Err(Refusal::validation(format!("Property values were not valid: {}", Value::Array(listed)))
        .errors(errors.into()))
}

fn problem(portal: &Portal, kind: Kind, name: &str, value: &str) -> Option<(String, &'static str)> {
    let Some(property) = find(portal, kind, name) else {
        return Some((format!("Property \"{name}\" does not exist"), "PROPERTY_DOESNT_EXIST"));
    };
    if property.read_only || property.calculated {
        return Some((
            format!("\"{name}\" is a read only property; its value cannot be set."),
            "READ_ONLY_VALUE",
        ));
    }
    if value.is_empty() {
        return None;
    }
    let allowed = |part: &str| property.options.iter().any(|option| option.value == part);
    match property.kind.as_str() {
        "number" if value.parse::<f64>().is_err() => {
            Some((format!("{value} was not a valid number."), "INVALID_LONG"))
        }
        "bool" if !matches!(value, "true" | "false") => {
            Some((format!("{value} was not one of the allowed options: [true, false]"), "INVALID_OPTION"))
        }
        "datetime" if time::parse(value).is_none() => {
            Some((format!("{value} was not a valid date."), "INVALID_DATE"))
        }
        "date" => match time::parse(value) {
            None => Some((format!("{value} was not a valid date."), "INVALID_DATE")),
            Some(at) if at.rem_euclid(86_400_000) != 0 => {
                let message = format!("{value} is at {}, which is not midnight in UTC.", time::iso(at));
                Some((message, "INVALID_DATE"))
            }
            Some(_) => None,
        },
        "enumeration" if property.owner => portal
            .owner(value)
            .is_none()
            .then(|| (format!("Owner {value} does not exist."), "INVALID_OWNER_ID")),
        "enumeration" => {
            let many = property.field == "checkbox";
            let fits = if many {
                value.split(';').all(|part| part.is_empty() || allowed(part))
            } else {
                allowed(value)
            };
            let options: Vec<&str> = property.options.iter().map(|option| option.value.as_str()).collect();
            (!fits).then(|| {
                (format!("{value} was not one of the allowed options: {options:?}"), "INVALID_OPTION")
            })
        }
        _ if name == "email" && !looks_like_email(value) => {
            Some((format!("Email address {value} is invalid"), "INVALID_EMAIL"))
        }
        _ if value.len() > 65_536 => {
            Some(("Property value is too long (65536 characters at most)".into(), "PROPERTY_VALUE_TOO_LONG"))
        }
        _ => None,
    }
}

fn looks_like_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    !local.is_empty()
        && domain.contains('.')
        && !text.contains(char::is_whitespace)
        && !domain.starts_with('.')
        && !domain.ends_with('.')
}

/// Values as HubSpot stores them: e-mail addresses in lower case, dates as `2026-11-23`, times as ISO.
pub fn normalise(portal: &Portal, kind: Kind, name: &str, value: &str) -> String {
    let value = value.trim();
    let Some(property) = find(portal, kind, name) else { return value.to_owned() };
    match (property.kind.as_str(), time::parse(value)) {
        ("date", Some(at)) => time::moment(at).date_naive().to_string(),
        ("datetime", Some(at)) => time::iso(at),
        _ if name == "email" => value.to_lowercase(),
        _ => value.to_owned(),
    }
}

/// A property as the app asks to create it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PropertyCreate {
    pub name: String,
    pub label: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub field_type: String,
    pub group_name: String,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub options: Vec<OptionInput>,
    #[serde(default)]
    pub hidden: bool,
    #[serde(default)]
    pub has_unique_value: bool,
    #[serde(default)]
    pub display_order: Option<i64>,
}

#[derive(Debug, Deserialize)]
pub struct OptionInput {
    pub label: String,
    pub value: String,
    #[serde(default)]
    pub hidden: bool,
}

/// Adds a property to a portal, or says why not: a bad name, an unknown group, a type that does not fit its
/// field, or a name that is taken (409).
pub fn create(
    portal: &mut Portal,
    kind: Kind,
    new: PropertyCreate,
    now: i64,
) -> Result<PropertyDef, Refusal> {
    let PropertyCreate { name, label, kind: value_type, field_type, group_name, .. } = &new;
    let named = !name.is_empty()
        && name.len() <= 100
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !named {
        return Err(Refusal::validation(format!(
            "Invalid property name: {name}. Names use lower case letters, digits and underscores, and begin with a letter."
        )));
    }
    if label.trim().is_empty() {
        return Err(Refusal::validation("A property needs a label."));
    }
    if find(portal, kind, name).is_some() {
        return Err(Refusal::new(
            409,
            "OBJECT_ALREADY_EXISTS",
            format!("A property named '{name}' already exists."),
        )
        .with("subCategory", "Properties.PROPERTY_EXISTS".into()));
    }
    if !groups(portal, kind).iter().any(|group| group.name == *group_name) {
        return Err(Refusal::validation(format!("Property group {group_name} does not exist.")));
    }
    let fields: &[&str] = match value_type.as_str() {
        "string" => &["text", "textarea", "file", "html", "phonenumber"],
        "enumeration" => &["select", "radio", "checkbox", "booleancheckbox"],
        "bool" => &["booleancheckbox"],
        "number" => &["number"],
        "date" | "datetime" => &["date"],
        "phone_number" => &["phonenumber"],
        other => return Err(Refusal::validation(format!("Invalid property type: {other}"))),
    };
    if !fields.contains(&field_type.as_str()) {
        return Err(Refusal::validation(format!("fieldType {field_type} does not fit type {value_type}")));
    }
    if value_type == "enumeration" && new.options.is_empty() {
        return Err(Refusal::validation("An enumeration property needs options."));
    }
    let property = PropertyDef {
        display_order: new.display_order.unwrap_or(-1),
        name: new.name,
        label: new.label,
        kind: new.kind,
        field: new.field_type,
        group: new.group_name,
        description: new.description,
        options: new
            .options
            .into_iter()
            .map(|o| Choice { label: o.label, value: o.value, hidden: o.hidden })
            .collect(),
        hidden: new.hidden,
        calculated: false,
        read_only: false,
        hubspot_defined: false,
        sensitive: false,
        unique: new.has_unique_value,
        owner: false,
        created_at: Some(now),
    };
    portal.own_properties.entry(kind).or_default().push(property.clone());
    Ok(property)
}
