//! What the sender may want otherwise than the template has it: rights of the recipients, reminders, expiration.

use serde::{Deserialize, Serialize};

/// `None` everywhere: as the template says (docusign facts §3.1, §10). A template's own settings have the same
/// form, with `None` where DocuSign did not say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// Recipients may pass the envelope on to somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reassign: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comments: Option<bool>,
    /// Recipients may print, sign on paper and upload.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_on_paper: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sign_on_mobile: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view_history: Option<bool>,
    /// A recipient sees only documents they have something to do in, less those hidden from them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit_visibility: Option<bool>,
    /// DocuSign writes the envelope's id on every page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_stamp: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminders: Option<Reminders>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expiration: Option<Expiration>,
}

/// When who has not signed is reminded. Days; `first_after` 0: no reminders.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reminders {
    pub first_after: u32,
    pub then_every: u32,
    /// `None`: as many as it takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
}

/// When the envelope is voided by itself. Days; `warn_before` 0: without a warning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expiration {
    pub after: u32,
    pub warn_before: u32,
}
