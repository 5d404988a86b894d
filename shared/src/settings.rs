//! What travels between the settings and the edge. Opened by `POST /hubspot/launch` with `"view": "settings"` and no
//! record; the session that follows has none, and routes that need a record answer it with `not-found`.
//!
//! Errors are [`AppError`](crate::error::AppError)s; the codes a route may answer with besides those that every route
//! may are named here. "Admin" is a HubSpot super admin: HubSpot is asked by the edge, and what it said is good for
//! five minutes. Anybody else gets `not-admin`, and `hubspot-missing-scope` says that HubSpot did not let us ask.
//!
//! | route | who | request → answer | codes of its own |
//! | --- | --- | --- | --- |
//! | `GET /api/settings` | all | [`Settings`] | |
//! | `POST /api/settings/check` `null` | all | asks DocuSign whether the connection works → [`Settings`] | |
//! | `PUT /api/settings/account` | all | [`SwitchAccount`] → [`Settings`] | `account-unknown`, `not-connected`, `must-reconnect` |
//! | `DELETE /api/settings/connections/USER` | own; admin: any | `USER` is a HubSpot user id or `me` → [`Disconnected`] | `not-found` |
//! | `PUT /api/settings/language` | all | [`ChooseLanguage`] → `null` | |
//! | `GET /api/settings/users?cursor=` | admin | [`UserPage`] | |
//! | `PUT /api/settings/automation` | admin | [`ChooseAutomation`] → `null` | `not-found`, `must-reconnect` |
//! | `PUT /api/settings/preferences` | admin | [`SavePreferences`] → [`Saved`] | `settings-conflict`, `bad-request` with `field` |
//! | `GET /api/settings/keys` | admin | [`KeyList`](keys::KeyList); also what the test button asks | |
//! | `PUT /api/settings/keys/ID` | admin | [`NewKey`](keys::NewKey) → [`AddedKey`](keys::AddedKey); `ID` a UUID made by the browser | `key-refused`, `too-many-keys` |
//! | `DELETE /api/settings/keys/ID` | admin | [`KeyList`](keys::KeyList) | |
//! | `GET /api/settings/mappings` | admin | [`MappingSet`](crate::mapping::MappingSet) | |
//! | `PUT /api/settings/mappings` | admin | [`SaveMappings`](crate::mapping::SaveMappings) → [`Saved`] | `settings-conflict`, `mapping-refused` with `mappings` |
//! | `DELETE /api/settings/mappings?version=` | admin | back to the defaults → [`MappingSet`](crate::mapping::MappingSet) | `settings-conflict` |
//! | `GET /api/settings/mappings/export` | admin | [`MappingFile`](crate::mapping::MappingFile), as a download | |
//! | `POST /api/settings/mappings/import?version=` | admin | the file as it is → [`MappingSet`](crate::mapping::MappingSet); replaces all | `import-refused` with `field`, `import-other-portal`, `mapping-refused`, `settings-conflict`, `too-large` |
//! | `POST /api/settings/mappings/try` | admin | [`Try`](crate::mapping::Try) → [`Tried`](crate::mapping::Tried) | as `GET /api/compose` |
//! | `GET /api/settings/fields?template=ID` | admin | [`FieldList`](crate::mapping::FieldList): the account's custom fields; with a template, that template's fields | `template-gone`, `docusign-no-permission` |
//! | `GET /api/settings/properties?object=contact` | admin | [`PropertyList`](crate::mapping::PropertyList) | |
//! | `GET /api/settings/hs-fields` | admin | [`HsFields`](hs_fields::HsFields) | |
//! | `POST /api/settings/hs-fields` | admin | [`CreateHsFields`](hs_fields::CreateHsFields) → [`HsFieldsReport`](hs_fields::HsFieldsReport) | `not-connected`, `must-reconnect` |
//! | `GET /api/settings/uninstall` | admin | [`UninstallPlan`] | |
//! | `POST /api/settings/uninstall` | admin | [`Uninstall`] → [`Uninstalled`]; the session ends with it | `uninstall-unconfirmed`, `uninstall-busy` |
//! | `GET /api/settings/envelopes?cursor=` | admin | [`Index`]: the portal's envelopes, page by page, for a file | |
//! | `GET /api/settings/outbox` | admin | [`Outbox`](outbox::Outbox): what could not be done in HubSpot | |
//! | `POST /api/settings/outbox` | admin | [`Retry`](outbox::Retry) → [`Outbox`](outbox::Outbox) | `not-found` |
//! | `GET /api/settings/audit?action=&user=&from=&to=&cursor=` | admin | [`AuditPage`](audit::AuditPage) | |
//! | `GET /api/settings/audit.csv?action=&user=&from=&to=` | admin | `text/csv`, as a download | |
//!
//! A settings session may also call `POST /api/connect`, `GET /api/templates`, `GET /api/folders`, `GET /api/contacts`
//! and `GET /api/live` (which tells it of [`Live::Connection`](crate::api::Live) and, to admins, of
//! [`Live::User`](crate::api::Live)).

pub mod audit;
pub mod hs_fields;
pub mod keys;
pub mod outbox;
mod preferences;

use serde::{Deserialize, Serialize};

pub use self::preferences::{DAYS_MAX, NoteEvent, Preferences, RETENTION_DAYS, SavePreferences};
use crate::{
    api::Connection,
    error::{Code, Fixer},
    time::Timestamp,
};

/// What everybody may see of the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    pub portal_id: u64,
    /// HubSpot's domain of the portal, such as `fjordlys.example`.
    pub portal_domain: String,
    pub installed_at: Timestamp,
    pub you: You,
    pub preferences: Preferences,
    /// Counts the changes of the preferences; goes back with [`SavePreferences`].
    pub preferences_version: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct You {
    /// HubSpot's id of the user.
    pub user: String,
    pub email: String,
    pub admin: Admin,
    /// `None`: HubSpot's language.
    pub language: Option<String>,
    pub connection: Connection,
    /// What is known besides, when there is a connection.
    pub standing: Option<Standing>,
    /// What needs doing, the most urgent first; empty when all is well.
    pub todo: Vec<Todo>,
}

/// Whether HubSpot says that this user may manage the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "admin")]
pub enum Admin {
    Yes,
    No,
    /// HubSpot could not be asked; until it can be, the user is none.
    Unknown {
        code: Code,
    },
}

/// How a connection is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// When a call was last made with it, to the hour.
    pub last_used: Option<Timestamp>,
    /// When DocuSign's consent ends unless the connection is used or kept alive.
    pub good_until: Timestamp,
    /// Envelopes that this connection sent from its account and that are still under way. They stay visible and are
    /// followed, whatever becomes of the connection; reminding, voiding and downloading them needs that account.
    pub open_envelopes: u32,
    /// Scheduled work of the portal is done with this connection.
    pub automation: bool,
}

/// Something that somebody must do before the connection works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Todo {
    /// The app was uninstalled in HubSpot.
    InstallAgain,
    Connect,
    Reconnect,
    /// The DocuSign account is suspended.
    AccountSuspended,
    /// The DocuSign user lacks a right that sending needs.
    MissingRight,
}

impl Todo {
    pub const ALL: [Self; 5] =
        [Self::InstallAgain, Self::Connect, Self::Reconnect, Self::AccountSuspended, Self::MissingRight];

    /// The word that stands for it on the wire and in the catalogues, as `todo-<name>`.
    pub fn name(self) -> &'static str {
        match self {
            Self::InstallAgain => "install-again",
            Self::Connect => "connect",
            Self::Reconnect => "reconnect",
            Self::AccountSuspended => "account-suspended",
            Self::MissingRight => "missing-right",
        }
    }

    pub fn fixer(self) -> Fixer {
        match self {
            Self::InstallAgain => Fixer::HubspotAdmin,
            Self::Connect | Self::Reconnect => Fixer::You,
            Self::AccountSuspended | Self::MissingRight => Fixer::DocusignAdmin,
        }
    }
}

/// `PUT /api/settings/account`: the account that this user's envelopes are sent from, from now on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwitchAccount {
    /// [`Account::id`](crate::api::Account::id) of one of [`ConnectedAs::accounts`](crate::api::ConnectedAs).
    pub account_id: String,
}

/// What is left of a connection. DocuSign lets nobody but the user take the app's consent back (in DocuSign:
/// **My profile → Connected apps**); here every trace of the tokens is gone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disconnected {
    pub user: String,
    /// Envelopes under way that the connection had sent: they stay, and are followed.
    pub open_envelopes: u32,
    /// It was the connection that automation used: none is named now.
    pub was_automation: bool,
}

/// `PUT /api/settings/language`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChooseLanguage {
    /// Such as `da`; `None` to follow HubSpot.
    pub language: Option<String>,
}

/// A hundred at a time, those who must do something first, then by e-mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserPage {
    pub users: Vec<ConnectedUser>,
    pub total: u32,
    pub next: Option<String>,
}

/// A HubSpot user who has, or had, a connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectedUser {
    pub user: String,
    pub email: String,
    pub you: bool,
    pub connection: Connection,
    pub standing: Standing,
    pub todo: Vec<Todo>,
}

/// `PUT /api/settings/automation`: whose connection does what nobody clicked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChooseAutomation {
    /// A connected HubSpot user; `None` for nobody.
    pub user: Option<String>,
}

/// The answer to whatever was saved under a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    pub version: u32,
}

/// `GET /api/settings/envelopes`: the index of a portal, by id, five hundred at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    pub envelopes: Vec<crate::envelope::Envelope>,
    pub next: Option<String>,
}

/// `GET /api/settings/uninstall`: what would be deleted. Envelopes, documents and custom fields stay in DocuSign;
/// records, notes and files stay in HubSpot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UninstallPlan {
    /// Either must be typed.
    pub portal_domain: String,
    pub portal_id: u64,
    pub connections: u32,
    pub envelopes: u32,
    /// Of these, still under way: they go on at DocuSign, and nobody follows them here.
    pub open_envelopes: u32,
    pub drafts: u32,
    pub mappings: u32,
    pub keys: u32,
    pub audit_entries: u32,
    /// Sends of which DocuSign has not told the end: until they are settled, `uninstall-busy`.
    pub sending: u32,
}

/// `POST /api/settings/uninstall`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uninstall {
    /// The portal's domain or number, as typed; capitals and spaces around it do not matter.
    pub confirm: String,
}

impl Uninstall {
    pub fn confirms(&self, portal_domain: &str, portal_id: u64) -> bool {
        let typed = self.confirm.trim().to_lowercase();
        typed == portal_id.to_string() || (!typed.is_empty() && typed == portal_domain.to_lowercase())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uninstalled {
    /// HubSpot was told, or knew it already.
    pub hubspot: bool,
    pub connections: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_on_the_wire_are_the_names() {
        for todo in Todo::ALL {
            assert_eq!(serde_json::to_value(todo).expect("JSON"), todo.name());
        }
        let unknown = Admin::Unknown { code: Code::HubspotMissingScope };
        let wire = serde_json::to_string(&unknown).expect("JSON");
        insta::assert_snapshot!(wire, @r#"{"admin":"unknown","code":"hubspot-missing-scope"}"#);
    }

    #[test]
    fn an_uninstall_is_confirmed_by_domain_or_number() {
        let check = |typed: &str, expected: bool| {
            let typed = Uninstall { confirm: typed.into() };
            assert_eq!(typed.confirms("Fjordlys.example", 62515), expected, "{typed:?}");
        };
        check("fjordlys.example", true);
        check(" FJORDLYS.example ", true);
        check("62515", true);
        check("6251", false);
        check("", false);
        check("delete", false);
        assert!(!Uninstall { confirm: " ".into() }.confirms("", 62515));
    }
}
