//! HubSpot's CRM, as far as we call it (hubspot facts §4): one function per question, for one portal.

pub mod auth;
pub mod failure;
pub mod writing;

use core::time::Duration;
use std::collections::{BTreeMap, BTreeSet};

use reqwest::{Client, Method, RequestBuilder};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use shared::{
    mapping::Via,
    record::{Contact, ObjectType, Record, RecordRef},
};

use crate::{
    moment,
    secret::Secret,
    vendor::{self, ErrorFields, VendorError},
    wire::hubspot::{AccountWire, Object, Objects, OwnerWire, PropertyList, PropertyWire, UserWire},
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

    /// Takes the installation back; its administrators get an e-mail (hubspot facts §3.1).
    pub async fn uninstall(&self) -> Result<(), VendorError> {
        let address = format!("{}/appinstalls/{VERSION}/external-install", self.base);
        let request = self.http.delete(&address).bearer_auth(self.token.expose());
        vendor::raw(request, vendor::READ, ERRORS).await.map(drop)
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
        let query = [("properties", joined(names))];
        let found: Object = self.patiently(|| self.call(Method::GET, &path).query(&query)).await?;
        Ok(held(&found, names))
    }

    /// The primary company or contact beside a record.
    pub async fn beside(&self, reference: &RecordRef, via: Via) -> Result<Option<RecordRef>, VendorError> {
        let Some(kind) = via.leads_to(reference.object()) else { return Ok(None) };
        let path = format!("/{}/{}", reference.object().path(), reference.id());
        let query = [("associations", kind.path())];
        let object: Object = self.patiently(|| self.call(Method::GET, &path).query(&query)).await?;
        let ids = if via == Via::Company { object.company_ids() } else { object.contact_ids() };
        Ok(ids.first().and_then(|id| RecordRef::new(kind, id).ok()))
    }

    /// These properties of a record and of those beside it. Where there is none beside it, or what is beside it may
    /// not be read, nothing is answered for that way.
    pub async fn values_around(
        &self,
        reference: &RecordRef,
        wanted: &BTreeMap<Via, BTreeSet<String>>,
    ) -> Result<BTreeMap<Via, BTreeMap<String, String>>, VendorError> {
        const OWNER: &str = "hubspot_owner_id";
        let mut names = wanted.get(&Via::Record).cloned().unwrap_or_default();
        let wants_owner = wanted.contains_key(&Via::Owner);
        if wants_owner {
            names.insert(OWNER.to_owned());
        }
        let beside: Vec<(Via, ObjectType)> = [Via::Company, Via::Contact]
            .into_iter()
            .filter(|via| wanted.get(via).is_some_and(|names| !names.is_empty()))
            .filter_map(|via| Some((via, via.leads_to(reference.object())?)))
            .collect();
        let mut found = BTreeMap::new();
        if beside.is_empty() && !wants_owner {
            found.insert(Via::Record, self.values(reference, &names).await?);
            return Ok(found);
        }
        let path = format!("/{}/{}", reference.object().path(), reference.id());
        let mut query = vec![("properties", joined(&names))];
        if !beside.is_empty() {
            query.push(("associations", beside.iter().map(|(_, o)| o.path()).collect::<Vec<_>>().join(",")));
        }
        let object: Object = self.patiently(|| self.call(Method::GET, &path).query(&query)).await?;
        for (via, kind) in beside {
            let ids = if via == Via::Company { object.company_ids() } else { object.contact_ids() };
            let first = ids.first().and_then(|id| RecordRef::new(kind, id).ok());
            if let (Some(record), Some(names)) = (first, wanted.get(&via)) {
                found.extend(readable(self.values(&record, names).await)?.map(|values| (via, values)));
            }
        }
        let owner = object.property(OWNER);
        if wants_owner && !owner.is_empty() && owner.bytes().all(|b| b.is_ascii_digit()) {
            found.extend(readable(self.owner(owner).await)?.map(|owner| (Via::Owner, owner.values())));
        }
        found.insert(Via::Record, held(&object, &names));
        Ok(found)
    }

    async fn owner(&self, id: &str) -> Result<OwnerWire, VendorError> {
        let address = format!("{}/crm/owners/{VERSION}/{id}", self.base);
        self.patiently(|| self.http.get(&address).bearer_auth(self.token.expose())).await
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

fn joined(names: &BTreeSet<String>) -> String {
    names.iter().map(String::as_str).collect::<Vec<_>>().join(",")
}

/// Those of `names` that are not empty.
fn held(object: &Object, names: &BTreeSet<String>) -> BTreeMap<String, String> {
    let value = |name: &String| {
        Some((name.clone(), object.property(name).to_owned())).filter(|(_, value)| !value.is_empty())
    };
    names.iter().filter_map(value).collect()
}

/// What is beside a record may be gone, or of a kind that the app may not read: that empties a field and stops nothing.
fn readable<T>(outcome: Result<T, VendorError>) -> Result<Option<T>, VendorError> {
    match outcome {
        Err(VendorError::Refused { status: 403 | 404, .. }) => Ok(None),
        other => other.map(Some),
    }
}

fn name_properties(object: ObjectType) -> &'static [&'static str] {
    match object {
        ObjectType::Contact => &CONTACT_PROPERTIES,
        ObjectType::Company => &["name"],
        ObjectType::Deal => &["dealname"],
    }
}
