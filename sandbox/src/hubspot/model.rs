//! What the sandbox's HubSpot knows: portals, their users, records, associations, files, installs and tokens.
//!
//! Plain data that serialises whole, so that a restart forgets nothing. Everything hangs on a portal. Times are
//! epoch milliseconds of the sandbox's clock. Ids are unique within a portal only: the sample portals share their
//! record ids on purpose, as HubSpot's accounts may, so that a mix-up of portals shows.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{limits::Limits, properties::PropertyDef};

/// All portals, and what the app was given in them.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Crm {
    pub portals: BTreeMap<u64, Portal>,
    pub codes: BTreeMap<String, Code>,
    pub access_tokens: BTreeMap<String, AccessToken>,
    pub refresh_tokens: BTreeMap<String, RefreshToken>,
    /// What the app reported to HubSpot outside of records; shown on the control page, asserted by tests.
    pub callbacks: Vec<Callback>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Portal {
    pub id: u64,
    pub name: String,
    pub domain: String,
    pub time_zone: String,
    pub currency: String,
    pub hosting: String,
    pub users: Vec<User>,
    pub owners: Vec<Owner>,
    pub records: BTreeMap<Kind, BTreeMap<u64, Record>>,
    pub links: Vec<Link>,
    pub activities: Vec<Activity>,
    pub files: BTreeMap<u64, StoredFile>,
    /// Records that went into others: the old id leads to the new one.
    #[serde(default)]
    pub merged: BTreeMap<Kind, BTreeMap<u64, u64>>,
    pub own_properties: BTreeMap<Kind, Vec<PropertyDef>>,
    pub own_groups: BTreeMap<Kind, Vec<Group>>,
    pub events: BTreeMap<String, AppEvent>,
    pub install: Option<Install>,
    pub next_id: u64,
    /// Calls of the last seconds; a restart forgets them.
    #[serde(skip)]
    pub limits: Limits,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct User {
    pub id: u64,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
    pub super_admin: bool,
    /// Language of the CRM pages' cards: `en` or `da`.
    pub locale: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Owner {
    pub id: u64,
    pub user_id: Option<u64>,
    pub email: Option<String>,
    pub first_name: String,
    pub last_name: String,
    pub queue: bool,
    pub archived: bool,
    pub at: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    Contact,
    Company,
    Deal,
    Note,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Record {
    pub id: u64,
    pub properties: BTreeMap<String, String>,
    pub created_at: i64,
    pub updated_at: i64,
    pub archived: bool,
}

/// A record by kind and id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct At {
    pub kind: Kind,
    pub id: u64,
}

/// One direction of an association; the other direction is a link of its own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Link {
    pub from: At,
    pub to: At,
    pub types: BTreeSet<u32>,
}

/// Timeline entries that are not notes: e-mails, calls, meetings, stage changes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Activity {
    pub kind: String,
    pub at: i64,
    pub title: String,
    pub body: String,
    pub records: Vec<At>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StoredFile {
    pub id: u64,
    pub name: String,
    pub extension: String,
    pub content_type: String,
    pub access: String,
    pub folder: String,
    /// Base64, so that the state file stays text.
    pub content: String,
    pub size: usize,
    pub created_at: i64,
    pub archived: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Group {
    pub name: String,
    pub label: String,
    pub display_order: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AppEvent {
    pub body: serde_json::Value,
    pub at: i64,
}

/// The app in a portal.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Install {
    pub user_id: u64,
    pub scopes: Vec<String>,
    pub at: i64,
    pub install_id: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Code {
    pub portal: u64,
    pub user: u64,
    pub scopes: Vec<String>,
    pub redirect_uri: String,
    pub expires_at: i64,
    pub used: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AccessToken {
    pub portal: u64,
    pub user: u64,
    pub scopes: Vec<String>,
    pub expires_at: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RefreshToken {
    pub portal: u64,
    pub user: u64,
    pub scopes: Vec<String>,
    pub revoked: bool,
}

/// A workflow callback that the app completed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Callback {
    pub portal: u64,
    pub callback_id: String,
    pub body: serde_json::Value,
    pub at: i64,
}

impl Kind {
    pub const RECORDS: [Kind; 3] = [Kind::Contact, Kind::Company, Kind::Deal];

    /// From what stands in a path: `contacts`, `contact` or the object type id `0-1`.
    pub fn parse(text: &str) -> Option<Kind> {
        Some(match text.to_ascii_lowercase().as_str() {
            "contacts" | "contact" | "0-1" => Kind::Contact,
            "companies" | "company" | "0-2" => Kind::Company,
            "deals" | "deal" | "0-3" => Kind::Deal,
            "notes" | "note" | "0-46" => Kind::Note,
            _ => return None,
        })
    }

    pub fn type_id(self) -> &'static str {
        match self {
            Kind::Contact => "0-1",
            Kind::Company => "0-2",
            Kind::Deal => "0-3",
            Kind::Note => "0-46",
        }
    }

    pub fn plural(self) -> &'static str {
        match self {
            Kind::Contact => "contacts",
            Kind::Company => "companies",
            Kind::Deal => "deals",
            Kind::Note => "notes",
        }
    }

    pub fn singular(self) -> &'static str {
        match self {
            Kind::Contact => "contact",
            Kind::Company => "company",
            Kind::Deal => "deal",
            Kind::Note => "note",
        }
    }
}

impl User {
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

impl Owner {
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name).trim().to_owned()
    }
}

impl Record {
    /// The property's value; empty and absent are the same.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.properties.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }
}

impl Portal {
    pub fn user(&self, id: u64) -> Option<&User> {
        self.users.iter().find(|user| user.id == id)
    }

    pub fn owner(&self, id: &str) -> Option<&Owner> {
        self.owners.iter().find(|owner| owner.id.to_string() == id)
    }

    /// A record that is not archived.
    pub fn record(&self, at: At) -> Option<&Record> {
        self.records.get(&at.kind)?.get(&self.now(at)).filter(|record| !record.archived)
    }

    /// The id that answers for a record, since it may have been merged into another.
    fn now(&self, at: At) -> u64 {
        self.merged.get(&at.kind).and_then(|ids| ids.get(&at.id)).copied().unwrap_or(at.id)
    }

    /// One record goes into another, with what is tied to it.
    pub fn merge(&mut self, at: At, into: u64) {
        self.merged.entry(at.kind).or_default().insert(at.id, into);
        for link in &mut self.links {
            for end in [&mut link.from, &mut link.to] {
                if *end == at {
                    end.id = into;
                }
            }
        }
    }

    pub fn record_mut(&mut self, at: At) -> Option<&mut Record> {
        let id = self.now(at);
        self.records.get_mut(&at.kind)?.get_mut(&id).filter(|record| !record.archived)
    }

    /// All records of a kind that are not archived, oldest first.
    pub fn all(&self, kind: Kind) -> impl Iterator<Item = &Record> {
        self.records
            .get(&kind)
            .into_iter()
            .flat_map(|records| records.values())
            .filter(|record| !record.archived)
    }

    pub fn fresh_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    /// What a person calls the record.
    pub fn title(&self, at: At) -> String {
        let Some(record) = self.record(at) else { return "–".into() };
        let get = |name| record.get(name).unwrap_or_default();
        let title = match at.kind {
            Kind::Contact => format!("{} {}", get("firstname"), get("lastname")).trim().to_owned(),
            Kind::Company => get("name").to_owned(),
            Kind::Deal => get("dealname").to_owned(),
            Kind::Note => "Note".to_owned(),
        };
        match (title.is_empty(), record.get("email")) {
            (false, _) => title,
            (true, Some(email)) => email.to_owned(),
            (true, None) => "–".into(),
        }
    }

    /// Stores a new record and returns its id. Times and the id become properties, as in HubSpot.
    pub fn create(&mut self, kind: Kind, properties: BTreeMap<String, String>, now: i64) -> u64 {
        let id = self.fresh_id();
        let mut record = Record { id, properties, created_at: now, updated_at: now, archived: false };
        record.properties.retain(|_, value| !value.is_empty());
        record.properties.insert("hs_object_id".into(), id.to_string());
        record.properties.insert("createdate".into(), super::time::iso(now));
        record.properties.insert(modified_name(kind).into(), super::time::iso(now));
        self.records.entry(kind).or_default().insert(id, record);
        id
    }

    /// Changes properties; an empty value clears. The caller has checked names and values.
    pub fn update(&mut self, at: At, changes: &BTreeMap<String, String>, now: i64) {
        let Some(record) = self.record_mut(at) else { return };
        for (name, value) in changes {
            if value.is_empty() {
                record.properties.remove(name);
            } else {
                record.properties.insert(name.clone(), value.clone());
            }
        }
        record.updated_at = now;
        record.properties.insert(modified_name(at.kind).into(), super::time::iso(now));
    }
}

/// Contacts call their time of change differently from all other objects.
pub fn modified_name(kind: Kind) -> &'static str {
    if kind == Kind::Contact { "lastmodifieddate" } else { "hs_lastmodifieddate" }
}
