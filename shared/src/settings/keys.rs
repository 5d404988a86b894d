//! The portal's own keys for DocuSign Connect. A new portal needs none: envelopes that are sent from here are signed
//! with the deployment's own keys (integrator-managed). A key of the portal is for a Connect configuration that an
//! administrator makes in DocuSign, and several may be active, so that one is rotated without a gap: add the new one
//! here, then in DocuSign; remove the old one in DocuSign; once it is no longer seen, remove it here.

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

/// A portal has at most this many.
pub const KEYS_MAX: usize = 10;
/// A key is at least and at most this long, in characters. DocuSign makes keys of 44.
pub const KEY_CHARS: core::ops::RangeInclusive<usize> = 16..=256;
pub const LABEL_MAX_CHARS: usize = 80;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyList {
    pub keys: Vec<ConnectKey>,
    /// The last twenty messages of DocuSign to this portal, newest first.
    pub deliveries: Vec<Delivery>,
    /// Where a Connect configuration in DocuSign must send to.
    pub connect_url: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectKey {
    pub id: String,
    pub label: String,
    /// Its last four characters: all that is ever shown of it again.
    pub end: String,
    pub added_at: Timestamp,
    /// E-mail of the admin who added it.
    pub added_by: String,
    /// When a message was last signed with it.
    pub last_valid: Option<Timestamp>,
}

/// A message that arrived: whether it was genuine, and nothing of its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    pub at: Timestamp,
    pub signed: Signed,
}

/// Whose key a message was signed with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "by")]
pub enum Signed {
    /// The deployment's own.
    Integration,
    /// One of [`KeyList::keys`], or one that is gone since.
    Portal { id: String },
    /// No key that we have: refused.
    Nobody,
}

/// `PUT /api/settings/keys/ID`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewKey {
    pub label: String,
    /// As DocuSign shows it; `None` to have one made here, to be pasted there.
    #[serde(default)]
    pub key: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddedKey {
    pub key: ConnectKey,
    /// The key that was made here: shown this once. The same call again does not repeat it.
    pub secret: Option<String>,
}

/// Which member of a [`NewKey`] is not as it must be.
pub fn problem(new: &NewKey) -> Option<&'static str> {
    let label = new.label.trim();
    if label.is_empty() || label.chars().count() > LABEL_MAX_CHARS || label.chars().any(char::is_control) {
        return Some("label");
    }
    let good =
        |key: &String| KEY_CHARS.contains(&key.chars().count()) && key.chars().all(|c| c.is_ascii_graphic());
    (!new.key.as_ref().is_none_or(good)).then_some("key")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_taken_as_docusign_shows_it_or_refused() {
        let check = |label: &str, key: Option<&str>, expected: Option<&str>| {
            let new = NewKey { label: label.into(), key: key.map(str::to_owned) };
            assert_eq!(problem(&new), expected, "{new:?}");
        };
        check("Production", None, None);
        check("Production", Some("3sEcReTk3yForTests0000000000000000000000000="), None);
        check("", None, Some("label"));
        check("  ", None, Some("label"));
        check(&"x".repeat(81), None, Some("label"));
        check("two\nlines", None, Some("label"));
        check("Production", Some(""), Some("key"));
        check("Production", Some("short"), Some("key"));
        check("Production", Some("3sEcReTk3yFor Tests0000000000000"), Some("key"));
        check("Production", Some(" 3sEcReTk3yForTests0000000000000"), Some("key"));
        check("Production", Some("3sEcReTk3yForTests0000000000000\n"), Some("key"));
        check("Production", Some("schlüssel-schlüssel-schlüssel"), Some("key"));
        check("Production", Some(&"k".repeat(257)), Some("key"));
    }
}
