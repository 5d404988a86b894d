//! HubSpot's CRM objects, and what they are in our words.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use shared::{
    mapping::{Flaw, PropertyInfo, PropertyType},
    merge::{Day, Property, PropertyKind},
    record::{Contact, ObjectType},
    time::Timestamp,
};

use super::lenient::{flag, list, maybe, number, text};
use crate::moment;

/// One CRM object.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Object {
    #[serde(deserialize_with = "text")]
    pub id: String,
    pub properties: Map<String, Value>,
    pub associations: Option<Associations>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Associations {
    pub contacts: Option<Associated>,
    pub companies: Option<Associated>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Associated {
    #[serde(deserialize_with = "list")]
    pub results: Option<Vec<Link>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Link {
    #[serde(deserialize_with = "text")]
    pub id: String,
    #[serde(rename = "type", deserialize_with = "text")]
    pub kind: String,
}

/// The answer of a search or a batch read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Objects {
    #[serde(deserialize_with = "list")]
    pub results: Option<Vec<Object>>,
}

/// `GET /crm/properties/…/{objects}`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct PropertyList {
    #[serde(deserialize_with = "list")]
    pub results: Option<Vec<PropertyWire>>,
}

/// `GET …/associations/{objects}`: a page of what a record is tied to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Linked {
    #[serde(deserialize_with = "list")]
    results: Option<Vec<LinkedTo>>,
    paging: Option<Paging>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct LinkedTo {
    #[serde(deserialize_with = "text")]
    to_object_id: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Paging {
    next: Option<NextPage>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct NextPage {
    #[serde(deserialize_with = "maybe")]
    after: Option<String>,
}

impl Linked {
    pub fn ids(&self) -> Vec<String> {
        self.results.iter().flatten().map(|one| one.to_object_id.clone()).collect()
    }

    pub fn next(self) -> Option<String> {
        self.paging?.next?.after
    }
}

/// `GET /files/…/stat/{path}`: a file or a folder.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FileStat {
    file: Option<FileWire>,
}

/// A file.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct FileWire {
    #[serde(deserialize_with = "maybe")]
    pub id: Option<String>,
}

impl FileStat {
    pub fn id(self) -> Option<String> {
        self.file?.id
    }
}

/// A property's definition.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PropertyWire {
    #[serde(deserialize_with = "text")]
    name: String,
    #[serde(deserialize_with = "text")]
    label: String,
    #[serde(rename = "type", deserialize_with = "text")]
    kind: String,
    #[serde(deserialize_with = "text")]
    field_type: String,
    #[serde(deserialize_with = "list")]
    options: Option<Vec<OptionWire>>,
    #[serde(deserialize_with = "flag")]
    external_options: bool,
    #[serde(deserialize_with = "flag")]
    show_currency_symbol: bool,
    #[serde(deserialize_with = "text")]
    number_display_hint: String,
    #[serde(deserialize_with = "text")]
    data_sensitivity: String,
    #[serde(deserialize_with = "text")]
    group_name: String,
    #[serde(deserialize_with = "flag")]
    hidden: bool,
    #[serde(deserialize_with = "flag")]
    calculated: bool,
    modification_metadata: Option<Modification>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Modification {
    #[serde(deserialize_with = "flag")]
    read_only_value: bool,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct OptionWire {
    #[serde(deserialize_with = "text")]
    label: String,
    #[serde(deserialize_with = "text")]
    value: String,
}

impl PropertyWire {
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What can be written to it, and whether several options can.
    pub fn takes(&self) -> (PropertyKind, bool) {
        (self.kind(), self.field_type == "checkbox")
    }

    fn is_sensitive(&self) -> bool {
        !matches!(self.data_sensitivity.as_str(), "" | "non_sensitive")
    }

    /// As the settings offer it.
    pub fn info(&self, object: ObjectType) -> PropertyInfo {
        let is_read_only = self.modification_metadata.as_ref().is_some_and(|m| m.read_only_value);
        let shy = [(self.is_sensitive(), Flaw::Sensitive), (self.hidden, Flaw::Hidden)];
        let no_read = shy.into_iter().find_map(|(is_so, flaw)| is_so.then_some(flaw));
        let fixed = [(self.calculated, Flaw::Calculated), (is_read_only, Flaw::ReadOnly)];
        let no_write = no_read.or_else(|| fixed.into_iter().find_map(|(is_so, flaw)| is_so.then_some(flaw)));
        PropertyInfo {
            object,
            name: self.name.clone(),
            label: if self.label.is_empty() { self.name.clone() } else { self.label.clone() },
            kind: match self.kind() {
                PropertyKind::Text => PropertyType::Text,
                PropertyKind::Number => PropertyType::Number,
                PropertyKind::Money => PropertyType::Money,
                PropertyKind::Bool => PropertyType::YesNo,
                PropertyKind::Date => PropertyType::Date,
                PropertyKind::DateTime => PropertyType::DateTime,
                PropertyKind::Options(_) => PropertyType::Options,
                PropertyKind::Reference => PropertyType::Reference,
            },
            group: self.group_name.clone(),
            no_write,
            no_read,
        }
    }

    /// `None` for one that HubSpot marks as sensitive: such values are for no document of ours.
    pub fn property(self, object: ObjectType) -> Option<Property> {
        if self.is_sensitive() {
            return None;
        }
        let kind = self.kind();
        let label = if self.label.is_empty() { self.name.clone() } else { self.label };
        Some(Property { object, name: self.name, label, kind })
    }

    fn kind(&self) -> PropertyKind {
        // HubSpot's own amounts do not always say that they are money.
        let is_money = self.show_currency_symbol
            || self.number_display_hint == "currency"
            || matches!(self.name.as_str(), "amount" | "annualrevenue" | "total_revenue");
        match self.kind.as_str() {
            "number" if is_money => PropertyKind::Money,
            "number" => PropertyKind::Number,
            "bool" => PropertyKind::Bool,
            "date" => PropertyKind::Date,
            "datetime" => PropertyKind::DateTime,
            "enumeration" if self.external_options => PropertyKind::Reference,
            "enumeration" => {
                let options = self.options.iter().flatten();
                PropertyKind::Options(options.map(|o| (o.value.clone(), o.label.clone())).collect())
            }
            "json" | "object_coordinates" => PropertyKind::Reference,
            _ => PropertyKind::Text,
        }
    }
}

/// `GET /crm/owners/…/{id}`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct OwnerWire {
    #[serde(deserialize_with = "text")]
    first_name: String,
    #[serde(deserialize_with = "text")]
    last_name: String,
    #[serde(deserialize_with = "text")]
    email: String,
}

impl OwnerWire {
    /// By the names of `shared::mapping::OWNER_PROPERTIES`.
    pub fn values(&self) -> BTreeMap<String, String> {
        let name = [self.first_name.trim(), self.last_name.trim()].join(" ").trim().to_owned();
        [
            ("name", &name),
            ("firstname", &self.first_name),
            ("lastname", &self.last_name),
            ("email", &self.email),
        ]
        .into_iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect()
    }
}

/// `GET /settings/users/…/{id}`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct UserWire {
    #[serde(deserialize_with = "flag")]
    pub super_admin: bool,
}

/// `GET /account-info/…/details`.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AccountWire {
    #[serde(deserialize_with = "text")]
    time_zone: String,
    #[serde(deserialize_with = "text")]
    utc_offset_milliseconds: String,
    #[serde(deserialize_with = "maybe")]
    company_currency: Option<String>,
}

impl AccountWire {
    pub fn currency(&self) -> Option<String> {
        self.company_currency.clone()
    }

    /// The portal's day at a moment; by its offset of today where the time zone is not known.
    pub fn day(&self, at: Timestamp) -> Day {
        let offset = self.utc_offset_milliseconds.trim().parse().unwrap_or(0);
        moment::day_in(&self.time_zone, at).unwrap_or_else(|| Day::utc(at.0.saturating_add(offset)))
    }
}

/// `POST /oauth/…/token/introspect`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Introspection {
    pub active: bool,
    pub hub_id: Option<u64>,
    #[serde(deserialize_with = "text")]
    pub hub_domain: String,
    #[serde(deserialize_with = "text")]
    pub user_id: String,
    /// The user's e-mail.
    #[serde(deserialize_with = "text")]
    pub user: String,
}

/// An event of a webhook batch.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct WebhookEvent {
    pub portal_id: Option<u64>,
    #[serde(deserialize_with = "text")]
    pub subscription_type: String,
    #[serde(deserialize_with = "maybe")]
    pub object_id: Option<String>,
    #[serde(deserialize_with = "number")]
    pub attempt_number: Option<u32>,
}

impl Object {
    /// A property's text; empty when it is absent or `null`.
    pub fn property(&self, name: &str) -> &str {
        self.properties.get(name).and_then(Value::as_str).unwrap_or_default().trim()
    }

    /// Ids of the associated contacts: those under a label with "primary" first, each id once, otherwise in
    /// the order HubSpot gives.
    pub fn contact_ids(&self) -> Vec<String> {
        self.ids(|associations| associations.contacts.as_ref())
    }

    /// As [`Self::contact_ids`], of companies.
    pub fn company_ids(&self) -> Vec<String> {
        self.ids(|associations| associations.companies.as_ref())
    }

    fn ids(&self, of: impl Fn(&Associations) -> Option<&Associated>) -> Vec<String> {
        let links: Vec<&Link> =
            self.associations.iter().filter_map(of).flat_map(|a| a.results.iter().flatten()).collect();
        let is_primary = |link: &&&Link| link.kind.to_ascii_lowercase().contains("primary");
        let mut ids: Vec<String> = Vec::new();
        for link in links.iter().filter(is_primary).chain(links.iter()) {
            if !link.id.is_empty() && !ids.contains(&link.id) {
                ids.push(link.id.clone());
            }
        }
        ids
    }

    /// As a possible recipient.
    pub fn contact(&self) -> Contact {
        let email = Some(self.property("email").to_owned()).filter(|e| !e.is_empty());
        let name = [self.property("firstname"), self.property("lastname")].join(" ").trim().to_owned();
        Contact {
            id: self.id.clone(),
            name: if name.is_empty() { email.clone().unwrap_or_default() } else { name },
            email,
            company: Some(self.property("company").to_owned()).filter(|c| !c.is_empty()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(json: &str) -> Object {
        serde_json::from_str(json).expect(json)
    }

    #[test]
    fn contacts_are_named_by_what_there_is() {
        let check = |properties: &str, name: &str, email: Option<&str>| {
            let contact = object(&format!(r#"{{"id":"1","properties":{properties}}}"#)).contact();
            assert_eq!((contact.name.as_str(), contact.email.as_deref()), (name, email), "{properties}");
        };
        check(
            r#"{"firstname":"Ann","lastname":"Lee","email":"ann@x.example"}"#,
            "Ann Lee",
            Some("ann@x.example"),
        );
        check(r#"{"firstname":null,"lastname":"Lee","email":null}"#, "Lee", None);
        check(r#"{"email":"ann@x.example"}"#, "ann@x.example", Some("ann@x.example"));
        check("{}", "", None);
    }

    #[test]
    fn primary_contacts_come_first_and_nobody_twice() {
        let deal = object(
            r#"{"id":"9","properties":{},"associations":{"contacts":{"results":[
                {"id":"1","type":"deal_to_contact"},{"id":"2","type":"deal_to_contact"},
                {"id":"2","type":"deal_to_contact_primary"},{"id":"3","type":"deal_to_contact"}]}}}"#,
        );
        assert_eq!(deal.contact_ids(), ["2", "1", "3"]);
        assert!(object(r#"{"id":"9","properties":{}}"#).contact_ids().is_empty());
    }

    #[test]
    fn properties_are_read_by_their_types() {
        let check = |json: &str, expected: Option<PropertyKind>| {
            let wire: PropertyWire = serde_json::from_str(json).expect(json);
            assert_eq!(wire.property(ObjectType::Deal).map(|p| p.kind), expected, "{json}");
        };
        check(r#"{"name":"amount","type":"number"}"#, Some(PropertyKind::Money));
        check(r#"{"name":"fee","type":"number","showCurrencySymbol":true}"#, Some(PropertyKind::Money));
        check(r#"{"name":"fee","type":"number","numberDisplayHint":"currency"}"#, Some(PropertyKind::Money));
        check(r#"{"name":"discount","type":"number"}"#, Some(PropertyKind::Number));
        check(r#"{"name":"closedate","type":"datetime"}"#, Some(PropertyKind::DateTime));
        check(
            r#"{"name":"owner","type":"enumeration","externalOptions":true}"#,
            Some(PropertyKind::Reference),
        );
        check(
            r#"{"name":"terms","type":"enumeration","options":[{"label":"30 days","value":"net30","hidden":false}]}"#,
            Some(PropertyKind::Options(vec![("net30".into(), "30 days".into())])),
        );
        check(r#"{"name":"x","type":"phone_number"}"#, Some(PropertyKind::Text));
        check(r#"{"name":"x","type":"string","dataSensitivity":"non_sensitive"}"#, Some(PropertyKind::Text));
        check(r#"{"name":"x","type":"string","dataSensitivity":"highly_sensitive"}"#, None);
    }

    #[test]
    fn without_a_known_time_zone_the_offset_tells_the_day() {
        let account: AccountWire = serde_json::from_str(
            r#"{"timeZone":"","utcOffsetMilliseconds":7200000,"companyCurrency":"EUR"}"#,
        )
        .expect("an account");
        // 2026-12-31T22:30Z
        assert_eq!(Some(account.day(Timestamp(1_798_756_200_000))), Day::read("2027-01-01"));
        assert_eq!(account.currency().as_deref(), Some("EUR"));
    }
}
