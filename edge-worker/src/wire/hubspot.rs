//! HubSpot's CRM objects, and what they are in our words.

use serde::Deserialize;
use serde_json::{Map, Value};
use shared::record::Contact;

use super::lenient::{list, maybe, number, text};

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
        let links: Vec<&Link> = self
            .associations
            .iter()
            .filter_map(|a| a.contacts.as_ref())
            .flat_map(|a| a.results.iter().flatten())
            .collect();
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
}
