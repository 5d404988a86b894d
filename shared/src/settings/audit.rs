//! Who changed what in the settings.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// Fifty at a time, newest first. `from` and `to` of the query are milliseconds since 1970, `action` a name of
/// [`Action`], `user` a HubSpot user id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    pub entries: Vec<AuditEntry>,
    pub next: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    pub at: Timestamp,
    /// HubSpot's id of the user; empty for what happened by itself.
    pub user: String,
    pub email: String,
    pub action: Action,
    /// What it was about: an account's name, a key's label and end, a number of mappings. Never a secret.
    pub about: String,
}

macro_rules! actions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal;)*) => {
        /// What was done. Its sentence is `audit-<name>` in the catalogues.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Action { $($(#[$doc])* $variant,)* }

        impl Action {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word that stands for it on the wire and in the catalogues.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

actions! {
    Installed = "installed";
    /// In HubSpot's own screens: a refresh was refused.
    UninstallNoticed = "uninstall-noticed";
    Connected = "connected";
    Disconnected = "disconnected";
    /// DocuSign refused the refresh token.
    ConnectionDied = "connection-died";
    AccountSwitched = "account-switched";
    AutomationChosen = "automation-chosen";
    KeyAdded = "key-added";
    KeyRemoved = "key-removed";
    MappingsSaved = "mappings-saved";
    MappingsReset = "mappings-reset";
    MappingsImported = "mappings-imported";
    MappingsExported = "mappings-exported";
    HsFieldsCreated = "hs-fields-created";
    PreferencesSaved = "preferences-saved";
    AuditDownloaded = "audit-downloaded";
    OutboxRetried = "outbox-retried";
    IndexDownloaded = "index-downloaded";
}

impl Action {
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.name() == name)
    }
}

/// The list as CSV, for a spreadsheet: times in UTC by `moment`, and no cell that a spreadsheet would compute.
pub fn csv(entries: &[AuditEntry], moment: impl Fn(Timestamp) -> String) -> String {
    let mut text = String::from("time,user,email,action,about\r\n");
    for entry in entries {
        let cells =
            [&moment(entry.at), &entry.user, &entry.email, &entry.action.name().to_owned(), &entry.about];
        text.push_str(&cells.map(|cell| quoted(cell)).join(","));
        text.push_str("\r\n");
    }
    text
}

fn quoted(cell: &str) -> String {
    // A cell that begins so is a formula to a spreadsheet.
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_words_on_the_wire() {
        for action in Action::ALL {
            assert_eq!(serde_json::to_value(action).expect("JSON"), action.name());
            assert_eq!(Action::of_name(action.name()), Some(*action));
        }
    }

    #[test]
    fn a_cell_is_text_whatever_it_holds() {
        let entry = |about: &str| AuditEntry {
            at: Timestamp(5),
            user: "7".into(),
            email: "a@x.example".into(),
            action: Action::KeyAdded,
            about: about.into(),
        };
        let text = csv(&[entry("=1+1"), entry("a \"b\", c")], |at| at.0.to_string());
        insta::assert_snapshot!(text.replace("\r\n", "\n"), @r#"
        time,user,email,action,about
        "5","7","a@x.example","key-added","'=1+1"
        "5","7","a@x.example","key-added","a ""b"", c"
        "#);
    }
}
