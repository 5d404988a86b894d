//! HubSpot's CRM, as far as we call it (hubspot facts §4): one function per question, for one portal.

pub mod auth;
pub mod failure;

use core::time::Duration;
use std::collections::{BTreeMap, BTreeSet};

use reqwest::{Client, Method, RequestBuilder};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use shared::record::{Contact, ObjectType, Record, RecordRef};

use crate::{
    moment,
    secret::Secret,
    vendor::{self, ErrorFields, VendorError},
    wire::hubspot::{AccountWire, Object, Objects, PropertyList, PropertyWire, UserWire},
};

/// The dated version of every path. Versions live 18 months; this is the one constant to change.
pub const VERSION: &str = "2026-03";
/// HubSpot takes at most this many ids in one batch read; a record's further contacts are not offered.
const BATCH: usize = 100;
/// Contacts a search answers with.
const FOUND_MAX: u32 = 20;
/// HubSpot's limit of a query is 3,000; nobody types more than this.
const QUERY_MAX_CHARS: usize = 200;

pub const ERRORS: ErrorFields = ErrorFields {
    codes: &["policyName", "category", "errorType", "status", "error"],
    trace_header: "x-hubspot-correlation-id",
    trace_field: "correlationId",
};

const CONTACT_PROPERTIES: [&str; 4] = ["firstname", "lastname", "email", "company"];

#[derive(Debug, Clone)]
pub struct HubSpot {
    http: Client,
    base: String,
    /// Where CRM objects are.
    api: String,
    token: Secret,
}

impl HubSpot {
    pub fn new(http: Client, api_base: &str, token: Secret) -> Self {
        Self { http, base: api_base.to_owned(), api: format!("{api_base}/crm/objects/{VERSION}"), token }
    }

    fn call(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.api)).bearer_auth(self.token.expose())
    }

    /// The record and its contacts: itself, or the associated ones.
    pub async fn record(&self, reference: &RecordRef) -> Result<Record, VendorError> {
        let object = reference.object();
        let path = format!("/{}/{}", object.path(), reference.id());
        let mut query = vec![("properties", name_properties(object).join(","))];
        if object != ObjectType::Contact {
            query.push(("associations", "contacts".to_owned()));
        }
        let found: Object = self.patiently(|| self.call(Method::GET, &path).query(&query)).await?;
        if object == ObjectType::Contact {
            let contact = found.contact();
            return Ok(Record {
                reference: reference.clone(),
                name: contact.name.clone(),
                contacts: vec![contact],
            });
        }
        let name = name_properties(object).first().map(|p| found.property(p).to_owned()).unwrap_or_default();
        let contacts = self.contacts(&found.contact_ids()).await?;
        Ok(Record { reference: reference.clone(), name, contacts })
    }

    /// The contacts with these ids, in this order. Ids that HubSpot does not know are left out.
    async fn contacts(&self, ids: &[String]) -> Result<Vec<Contact>, VendorError> {
        let ids = ids.get(..BATCH).unwrap_or(ids);
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let body = json!({
            "inputs": ids.iter().map(|id| json!({ "id": id })).collect::<Vec<Value>>(),
            "properties": CONTACT_PROPERTIES,
            "propertiesWithHistory": [],
        });
        let read: Objects =
            self.patiently(|| self.call(Method::POST, "/contacts/batch/read").json(&body)).await?;
        let found: Vec<Contact> = read.results.unwrap_or_default().iter().map(Object::contact).collect();
        Ok(ids.iter().filter_map(|id| found.iter().find(|c| c.id == *id).cloned()).collect())
    }

    /// Contacts that fit `query`, those without an e-mail included.
    pub async fn search_contacts(&self, query: &str) -> Result<Vec<Contact>, VendorError> {
        let query: String = query.trim().chars().take(QUERY_MAX_CHARS).collect();
        let mut body = json!({
            "limit": FOUND_MAX,
            "after": "0",
            "properties": CONTACT_PROPERTIES,
            "filterGroups": [],
            "sorts": [],
        });
        if !query.is_empty()
            && let Some(fields) = body.as_object_mut()
        {
            fields.insert("query".into(), query.into());
        }
        let found: Objects =
            self.patiently(|| self.call(Method::POST, "/contacts/search").json(&body)).await?;
        Ok(found.results.unwrap_or_default().iter().map(Object::contact).collect())
    }

    /// The definitions of all properties of a kind of record.
    pub async fn properties(&self, object: ObjectType) -> Result<Vec<PropertyWire>, VendorError> {
        let address = format!("{}/crm/properties/{VERSION}/{}", self.base, object.path());
        let request = || self.http.get(&address).bearer_auth(self.token.expose());
        let found: PropertyList = self.patiently(request).await?;
        Ok(found.results.unwrap_or_default())
    }

    /// Whether a user of the portal may manage it (hubspot facts §3.2).
    pub async fn is_super_admin(&self, user: &str) -> Result<bool, VendorError> {
        let address = format!("{}/settings/users/{VERSION}/{user}", self.base);
        let request = || self.http.get(&address).bearer_auth(self.token.expose());
        let found: UserWire = self.patiently(request).await?;
        Ok(found.super_admin)
    }

    /// Time zone and currency of the portal.
    pub async fn account(&self) -> Result<AccountWire, VendorError> {
        let address = format!("{}/account-info/{VERSION}/details", self.base);
        self.patiently(|| self.http.get(&address).bearer_auth(self.token.expose())).await
    }

    /// These properties of a record, and no others. An empty one is left out.
    pub async fn values(
        &self,
        reference: &RecordRef,
        names: &BTreeSet<String>,
    ) -> Result<BTreeMap<String, String>, VendorError> {
        if names.is_empty() {
            return Ok(BTreeMap::new());
        }
        let path = format!("/{}/{}", reference.object().path(), reference.id());
        let listed = names.iter().map(String::as_str).collect::<Vec<_>>().join(",");
        let query = [("properties", listed)];
        let found: Object = self.patiently(|| self.call(Method::GET, &path).query(&query)).await?;
        let value = |name: &String| {
            Some((name.clone(), found.property(name).to_owned())).filter(|(_, v)| !v.is_empty())
        };
        Ok(names.iter().filter_map(value).collect())
    }

    /// A read that HubSpot turns away for its per-second limit is tried again twice, within a second
    /// (five searches a second are shared by all apps of an account).
    async fn patiently<T: DeserializeOwned>(
        &self,
        request: impl Fn() -> RequestBuilder,
    ) -> Result<T, VendorError> {
        for wait in [300, 700] {
            match vendor::json(request(), vendor::READ, ERRORS).await {
                Err(VendorError::Refused { status: 429, .. }) => {
                    moment::pause(Duration::from_millis(wait)).await;
                }
                other => return other,
            }
        }
        vendor::json(request(), vendor::READ, ERRORS).await
    }
}

fn name_properties(object: ObjectType) -> &'static [&'static str] {
    match object {
        ObjectType::Contact => &CONTACT_PROPERTIES,
        ObjectType::Company => &["name"],
        ObjectType::Deal => &["dealname"],
    }
}
