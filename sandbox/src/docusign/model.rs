//! What DocuSign holds: users, accounts, templates, envelopes.
//!
//! What a client sends is kept as it came (as strings, as the wire has it), so that properties which the
//! sandbox does not act on are given back unchanged; what it acts on has a field of its own.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use base64::Engine as _;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::blob::Blob;
use super::connect::Message;
use super::contract::Contract;
use super::limits::Limits;

pub type Object = Map<String, Value>;

/// Everything that DocuSign knows; saved as JSON.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DocuSign {
    pub users: BTreeMap<String, User>,
    pub accounts: BTreeMap<String, Account>,
    /// Browsers that are signed in: cookie to user id.
    pub sessions: BTreeMap<String, String>,
    /// Users who have said yes to the app.
    pub consents: BTreeSet<String>,
    pub codes: BTreeMap<String, Code>,
    pub access_tokens: BTreeMap<String, AccessToken>,
    pub refresh_tokens: BTreeMap<String, RefreshToken>,
    pub views: BTreeMap<String, View>,
    /// A switch for tests: a refresh ends the token it was made with. (Whether DocuSign does so is not known.)
    pub revoke_on_refresh: bool,
    #[serde(skip)]
    pub limits: HashMap<String, Limits>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct User {
    pub user_id: String,
    pub portal_id: u64,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub created: DateTime<Utc>,
    pub is_admin: bool,
    /// A switch for tests: the user may look, not send.
    pub lacks_permission: bool,
    /// The first one is the default.
    pub accounts: Vec<String>,
}

impl User {
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Account {
    pub account_id: String,
    pub portal_id: u64,
    pub name: String,
    /// A switch for tests.
    pub suspended: bool,
    /// Account setting "Allow sender to download form data".
    pub form_data_allowed: bool,
    /// Account settings that differ from the sandbox's defaults.
    pub settings: Object,
    pub templates: Vec<Template>,
    pub envelopes: BTreeMap<String, Envelope>,
    pub folders: Vec<Folder>,
    /// Template id to the time it was made a favourite, per user.
    pub favorites: BTreeMap<String, BTreeMap<String, DateTime<Utc>>>,
    pub tab_definitions: Vec<Object>,
    pub custom_fields: Vec<Object>,
    pub connect: Vec<Object>,
    pub connect_logs: Vec<Object>,
    /// The account's own HMAC keys, for messages that are not integrator-managed.
    pub connect_keys: Vec<String>,
    pub next_number: u64,
    /// Connect messages that are to leave as soon as the lock is released.
    #[serde(skip)]
    pub outbox: Vec<Message>,
}

impl Account {
    pub fn number(&mut self) -> u64 {
        self.next_number += 1;
        self.next_number
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Folder {
    pub folder_id: String,
    pub name: String,
    /// Wire type: `templates`, `normal`, `draft`, `sentitems`, `recyclebin`, `inbox`.
    pub kind: String,
    /// The folder that it lies in.
    #[serde(default)]
    pub parent: Option<String>,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Template {
    pub template_id: String,
    pub name: String,
    pub description: String,
    pub folder_id: String,
    pub owner_id: String,
    pub shared: bool,
    pub deleted: bool,
    pub created: DateTime<Utc>,
    pub modified: DateTime<Utc>,
    pub used: Option<DateTime<Utc>>,
    pub paper: Paper,
    pub lock: Option<EditLock>,
}

/// What templates and envelopes have in common.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Paper {
    /// `emailSubject`, `emailBlurb` and the options (`allowReassign`, …), as sent.
    pub fields: Object,
    pub recipients: Vec<Recipient>,
    pub documents: Vec<Document>,
    pub text_fields: Vec<Object>,
    pub list_fields: Vec<Object>,
    pub notification: Option<Value>,
}

impl Paper {
    pub fn text(&self, name: &str) -> &str {
        text(&self.fields, name)
    }

    pub fn recipient(&self, id: &str) -> Option<&Recipient> {
        self.recipients.iter().find(|r| r.id() == id || r.guid == id)
    }

    pub fn recipient_mut(&mut self, id: &str) -> Option<&mut Recipient> {
        self.recipients.iter_mut().find(|r| r.id() == id || r.guid == id)
    }

    /// Whether a recipient sees a document (only if the envelope enforces it): what is excluded not, and a signer
    /// not what has fields of others only.
    pub fn shows(&self, document: &Document, to: &Recipient) -> bool {
        if self.text("enforceSignerVisibility") != "true" {
            return true;
        }
        let hidden = to.fields.get("excludedDocuments").and_then(Value::as_array);
        if hidden.is_some_and(|list| list.iter().any(|id| id.as_str() == Some(&document.id))) {
            return false;
        }
        let has_tabs =
            |r: &Recipient| super::paper::each_tab(r).any(|(_, tab)| text(tab, "documentId") == document.id);
        !matches!(to.kind.as_str(), "signers" | "inPersonSigners")
            || has_tabs(to)
            || !self.recipients.iter().any(has_tabs)
    }

    pub fn document(&self, id: &str) -> Option<&Document> {
        self.documents.iter().find(|d| d.id == id || d.guid == id)
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Recipient {
    /// The array it lives in: `signers`, `carbonCopies`, …
    pub kind: String,
    pub guid: String,
    /// As sent, plus `status` and the dates once the envelope is under way.
    pub fields: Object,
    /// Tab arrays by their names (`signHereTabs`, `textTabs`, …).
    pub tabs: Object,
}

impl Recipient {
    pub fn text(&self, name: &str) -> &str {
        text(&self.fields, name)
    }

    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.fields.insert(name.to_owned(), Value::String(value.into()));
    }

    pub fn id(&self) -> &str {
        self.text("recipientId")
    }

    /// What stands in browsers that have given the access code.
    pub fn code_cookie(&self) -> String {
        let digest = Sha256::digest(format!("{}/{}", self.guid, self.text("accessCode")).as_bytes());
        hex::encode(digest).chars().take(32).collect()
    }

    pub fn status(&self) -> &str {
        self.text("status")
    }

    pub fn order(&self) -> u32 {
        self.text("routingOrder").parse().unwrap_or(1)
    }

    /// The address that mail for this recipient goes to: an in-person signer's mail goes to the host.
    pub fn mail_address(&self) -> &str {
        if self.kind == "inPersonSigners" { self.text("hostEmail") } else { self.text("email") }
    }

    pub fn display_name(&self) -> &str {
        if self.kind == "inPersonSigners" { self.text("signerName") } else { self.text("name") }
    }

    /// A role that nobody has been put into. An in-person signer may be open although the host is known.
    pub fn is_placeholder(&self) -> bool {
        self.display_name().is_empty() && (self.kind == "inPersonSigners" || self.mail_address().is_empty())
    }

    /// Points to another recipient and to documents by their new ids.
    pub fn repoint(&mut self, recipients: &[(String, String)], documents: &[(String, String)]) {
        let to = |list: &[(String, String)], old: &str| {
            list.iter().find(|(from, _)| from == old).map(|(_, new)| new.clone())
        };
        if let Some(new) = to(recipients, self.text("witnessFor")) {
            self.set("witnessFor", new);
        }
        if let Some(hidden) = self.fields.get_mut("excludedDocuments").and_then(Value::as_array_mut) {
            for id in hidden {
                if let Some(new) = id.as_str().and_then(|old| to(documents, old)) {
                    *id = Value::String(new);
                }
            }
        }
    }

    pub fn is_locked(&self) -> bool {
        self.text("templateLocked") == "true"
    }

    /// Whether the envelope waits for it.
    pub fn acts(&self) -> bool {
        self.kind != "carbonCopies"
    }

    pub fn is_done(&self) -> bool {
        matches!(self.status(), "completed" | "declined")
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Document {
    pub id: String,
    pub guid: String,
    pub name: String,
    pub order: u32,
    pub pages: u32,
    pub fields: Object,
    /// Sender's tabs, which belong to a document and not to a recipient.
    pub prefill: Object,
    /// Of each page, in points; without entry Letter.
    #[serde(default)]
    pub sizes: Vec<(f32, f32)>,
    pub source: Source,
}

impl Document {
    /// Size of page `n` (from 1) in points.
    pub fn size(&self, n: u32) -> (f32, f32) {
        let index = usize::try_from(n).unwrap_or(1).saturating_sub(1);
        self.sizes.get(index).copied().unwrap_or((super::contract::WIDTH, super::contract::HEIGHT))
    }
}

/// Where a document's bytes come from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Source {
    /// Set when it is asked for.
    Contract(Contract),
    /// A PDF, as it was sent or as it was converted.
    Uploaded(Blob),
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Envelope {
    pub envelope_id: String,
    pub sender_id: String,
    pub status: String,
    pub paper: Paper,
    pub transaction_id: String,
    pub notifications: Vec<Object>,
    pub template_ids: Vec<String>,
    pub created: DateTime<Utc>,
    pub modified: DateTime<Utc>,
    pub status_changed: DateTime<Utc>,
    pub sent: Option<DateTime<Utc>>,
    pub delivered: Option<DateTime<Utc>>,
    pub completed: Option<DateTime<Utc>>,
    pub declined: Option<DateTime<Utc>>,
    pub voided: Option<DateTime<Utc>>,
    pub deleted: Option<DateTime<Utc>>,
    pub voided_reason: String,
    pub reminders_sent: u32,
    /// Wrong access codes by recipient; too many lock the recipient out.
    #[serde(default)]
    pub wrong_codes: BTreeMap<String, u32>,
    pub mails: Vec<Mail>,
    pub audit: Vec<Audit>,
    pub lock: Option<EditLock>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EditLock {
    pub token: String,
    pub user_id: String,
    pub app: String,
    pub kind: String,
    pub seconds: i64,
    pub until: DateTime<Utc>,
    pub scratch: bool,
    /// Something was changed under it: its end is a correction.
    pub used: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mail {
    pub id: String,
    pub recipient_guid: String,
    pub to_name: String,
    pub to_email: String,
    pub subject: String,
    pub body: String,
    /// `sign`, `copy`, `reminder`, `completed`, `declined`, `voided`, `corrected`.
    pub kind: String,
    pub note: String,
    pub language: String,
    pub at: DateTime<Utc>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Audit {
    pub at: DateTime<Utc>,
    pub user: String,
    pub action: String,
    pub message: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Code {
    pub user_id: String,
    pub challenge: Option<String>,
    pub scope: String,
    pub expires: DateTime<Utc>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct AccessToken {
    pub user_id: String,
    pub scope: String,
    pub expires: DateTime<Utc>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RefreshToken {
    pub user_id: String,
    pub scope: String,
    pub expires: DateTime<Utc>,
}

/// A URL handed out for an embedded view.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct View {
    pub kind: String,
    pub account_id: String,
    pub subject_id: String,
    pub recipient_guid: String,
    pub return_url: String,
    /// What the app wants to be shown (`settings` of the request).
    #[serde(default)]
    pub settings: Object,
    pub expires: DateTime<Utc>,
}

/// A string property, or "".
pub fn text<'a>(object: &'a Object, name: &str) -> &'a str {
    object.get(name).and_then(Value::as_str).unwrap_or("")
}

/// The wire form of what a client may send as a real boolean or number: a string. Nulls go.
pub fn as_strings(value: Value) -> Value {
    match value {
        Value::Bool(b) => Value::String(b.to_string()),
        Value::Number(n) => Value::String(n.to_string()),
        Value::Array(list) => Value::Array(list.into_iter().map(as_strings).collect()),
        Value::Object(object) => Value::Object(
            object.into_iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k, as_strings(v))).collect(),
        ),
        other => other,
    }
}

pub fn object(value: Value) -> Object {
    match value {
        Value::Object(o) => o,
        _ => Object::new(),
    }
}

pub fn objects(value: Option<&Value>) -> Vec<Object> {
    value
        .and_then(Value::as_array)
        .map(|list| list.iter().filter_map(|v| v.as_object().cloned()).collect())
        .unwrap_or_default()
}

pub fn new_id() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// An id that is the same in every run for the same words: sample data can be linked to.
pub fn stable_id(words: &[&str]) -> String {
    let digest = Sha256::digest(words.join("/").as_bytes());
    let mut bytes = [0u8; 16];
    for (to, from) in bytes.iter_mut().zip(digest.iter()) {
        *to = *from;
    }
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

pub fn decode_base64(text: &str) -> Option<Vec<u8>> {
    let compact: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    base64::engine::general_purpose::STANDARD.decode(compact).ok()
}

pub fn encode_base64(bytes: &[u8]) -> String {
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
