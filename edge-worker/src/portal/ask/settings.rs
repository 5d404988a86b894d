//! What may be asked about the settings. All carry the session, and the object looks who that is.

use serde::{Deserialize, Serialize};
use shared::{
    api::Connection,
    mapping::Mapping,
    record::ObjectType,
    settings::{
        Disconnected, Index, Preferences, Saved, Standing, Todo, UninstallPlan, Uninstalled, UserPage,
        audit::{Action, AuditPage},
        hs_fields::{HsField, HsFieldsReport},
        keys::{ConnectKey, Delivery, Signed},
        outbox::Outbox,
    },
    time::Timestamp,
};

use super::Ask;
use crate::secret::Secret;

asks! {
    ReadSettings => StoredSettings, "read-settings";
    KeepAdmin => (), "keep-admin";
    SwitchAccount => (), "switch-account";
    Disconnect => Disconnected, "disconnect";
    ChooseLanguage => (), "choose-language";
    NoteTrouble => (), "note-trouble";
    ListUsers => UserPage, "list-users";
    ChooseAutomation => (), "choose-automation";
    SavePreferences => Saved, "save-preferences";
    ListKeys => StoredKeys, "list-keys";
    AddKey => ConnectKey, "add-key";
    RemoveKey => StoredKeys, "remove-key";
    Delivered => (), "delivered";
    ReadMappings => StoredMappings, "read-mappings";
    SaveMappings => Saved, "save-mappings";
    MappingsOf => Vec<Mapping>, "mappings-of";
    ReadHsFields => StoredHsFields, "read-hs-fields";
    MakeHsFields => Option<HsFieldsReport>, "make-hs-fields";
    PlanUninstall => UninstallPlan, "plan-uninstall";
    Uninstall => Uninstalled, "uninstall";
    ReadIndex => Index, "read-index";
    ReadOutbox => Outbox, "read-outbox";
    RetryOutbox => Outbox, "retry-outbox";
    ReadAudit => AuditPage, "read-audit";
    NoteAudit => (), "note-audit";
}

/// What everybody may see of the settings, for a session of the settings.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReadSettings {
    pub session_hash: String,
}

/// [`shared::settings::Settings`], as far as the object knows: whether the user is an admin is the caller's to add.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StoredSettings {
    pub portal_domain: String,
    pub installed_at: Timestamp,
    pub user: String,
    pub email: String,
    pub language: Option<String>,
    pub connection: Connection,
    pub standing: Option<Standing>,
    pub todo: Vec<Todo>,
    pub preferences: Preferences,
    pub preferences_version: u32,
}

/// HubSpot has said whether the session's user is a super admin.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeepAdmin {
    pub session_hash: String,
    pub admin: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SwitchAccount {
    pub session_hash: String,
    pub account: String,
}

/// Ends a connection: the session user's own, or, for an admin, anybody's.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Disconnect {
    pub session_hash: String,
    /// `None`: their own.
    pub user: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChooseLanguage {
    pub session_hash: String,
    pub language: Option<String>,
}

/// DocuSign has said what is wrong with the session user's connection; `None` when it works.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NoteTrouble {
    pub session_hash: String,
    pub trouble: Option<Todo>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ListUsers {
    pub session_hash: String,
    pub cursor: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChooseAutomation {
    pub session_hash: String,
    pub user: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SavePreferences {
    pub session_hash: String,
    pub preferences: Preferences,
    pub version: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ListKeys {
    pub session_hash: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StoredKeys {
    pub keys: Vec<ConnectKey>,
    pub deliveries: Vec<Delivery>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AddKey {
    pub session_hash: String,
    pub id: String,
    pub label: String,
    pub key: Secret,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RemoveKey {
    pub session_hash: String,
    pub id: String,
}

/// A message of Connect came that is told to nobody: refused, or of no use.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Delivered {
    pub signed: Signed,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReadMappings {
    pub session_hash: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StoredMappings {
    pub version: u32,
    pub mappings: Vec<Mapping>,
    pub default: bool,
}

/// The whole set, found good; `None`: back to the defaults.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SaveMappings {
    pub session_hash: String,
    pub version: u32,
    pub mappings: Option<Vec<Mapping>>,
    /// How it came about.
    pub action: Action,
}

/// The mappings that count for envelopes of a kind of record, for any session.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MappingsOf {
    pub session_hash: String,
    pub object: ObjectType,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReadHsFields {
    pub session_hash: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StoredHsFields {
    pub added: Vec<HsField>,
    pub last: Option<HsFieldsReport>,
}

/// Makes the `HS ` fields that are missing in the account of a connection.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MakeHsFields {
    pub because: Because,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Because {
    /// This user has just connected: only where nobody could make them so far.
    Connected { user: String },
    /// An admin asks for them, and for some more.
    Asked { session_hash: String, add: Vec<HsField> },
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PlanUninstall {
    pub session_hash: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Uninstall {
    pub session_hash: String,
    pub confirm: String,
}

/// The portal's envelopes, for a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReadIndex {
    pub session_hash: String,
    /// The last id of the page before.
    pub cursor: Option<String>,
}

/// What could not be done in HubSpot.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReadOutbox {
    pub session_hash: String,
}

/// One of it, or all, is to be tried again.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RetryOutbox {
    pub session_hash: String,
    pub id: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ReadAudit {
    pub session_hash: String,
    pub action: Option<Action>,
    pub user: Option<String>,
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
    pub cursor: Option<String>,
    /// As many as one answer holds, for the download.
    pub all: bool,
}

/// Something worth an entry was done outside the object.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NoteAudit {
    pub session_hash: String,
    pub action: Action,
    pub about: String,
}
