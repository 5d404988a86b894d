//! Account settings (`GET /settings`), and what becomes of an envelope in an account that lacks a feature.
//!
//! The names are those of DocuSign's `accountSettingsInformation`. That a kind of recipient or document visibility
//! which the account does not have is refused, and that options which a sender may not change are passed over
//! without a word, is assumed: DocuSign describes the settings, not what calls against them answer.

use serde_json::{Value, json};

use super::model::{Object, Paper, object, text};
use super::problem::{Problem, problem};

/// Everything on, as in an account with a large plan.
fn defaults() -> Object {
    object(json!({
        "allowDocumentVisibility": "true", "specifyDocumentVisibility": "true",
        "allowSignerReassign": "true", "allowSignerReassignOverride": "true",
        "commentsAllowEnvelopeOverride": "true", "allowMarkup": "true",
        "enableSignOnPaper": "true", "enableSignOnPaperOverride": "true", "signerCanSignOnMobile": "true",
        "allowReminders": "true", "allowEnvelopeCustomFields": "true", "allowEnvelopeCorrect": "true",
        "disableSignerHistoryView": "false", "enableAutoNav": "true", "enableResponsiveSigning": "true",
        "allowInPerson": "true", "inPersonSigningEnabled": "true", "enableWitnessing": "true",
        "sendToCertifiedDeliveryEnabled": "true", "allowSendToCertifiedDelivery": "true",
        "enableSendToAgent": "true", "enableSendToManage": "true",
        "enableSendToIntermediary": "true", "allowSendToIntermediary": "true",
        "setRecipEmailLang": "true", "setRecipSignLang": "true", "authenticationCheck": "initial_access",
        "allowServerTemplates": "true", "sharedTemplateFolders": "true", "allowSharedTabs": "true",
        "allowConnectHttpListenerConfigs": "true", "allowDataDownload": "true", "dataPopulationScope": "document",
        "accountNotification": {
            "userOverrideEnabled": "true",
            "reminders": { "reminderEnabled": "false", "reminderDelay": "0", "reminderFrequency": "0" },
            "expirations": { "expireEnabled": "true", "expireAfter": "120", "expireWarn": "0" },
        },
    }))
}

/// The account's settings: the defaults with what was set over them.
pub fn settings(own: &Object) -> Object {
    let mut all = defaults();
    for (key, value) in own {
        match (all.get_mut(key), value) {
            (Some(Value::Object(base)), Value::Object(given)) => base.extend(given.clone()),
            _ => {
                all.insert(key.clone(), value.clone());
            }
        }
    }
    all
}

/// Names in `given` that no setting of the sandbox has.
pub fn unknown(given: &Object) -> Vec<String> {
    let known = defaults();
    given.keys().filter(|k| !known.contains_key(*k)).cloned().collect()
}

/// Array of recipients, the settings that must be on for it, and the word for it.
const KINDS: [(&str, [&str; 2], &str); 6] = [
    ("inPersonSigners", ["allowInPerson", "inPersonSigningEnabled"], "In-person signing"),
    ("witnesses", ["enableWitnessing", "enableWitnessing"], "Witnessing"),
    (
        "certifiedDeliveries",
        ["allowSendToCertifiedDelivery", "sendToCertifiedDeliveryEnabled"],
        "Certified delivery",
    ),
    ("agents", ["enableSendToAgent", "enableSendToAgent"], "The agent recipient type"),
    ("editors", ["enableSendToManage", "enableSendToManage"], "The editor recipient type"),
    (
        "intermediaries",
        ["allowSendToIntermediary", "enableSendToIntermediary"],
        "The intermediary recipient type",
    ),
];

/// Options that a sender may set only if the account lets him, the setting that says so, and the setting whose
/// value counts otherwise ("" = off).
const OPTIONS: [(&str, &str, &str); 5] = [
    ("allowReassign", "allowSignerReassignOverride", "allowSignerReassign"),
    ("allowComments", "commentsAllowEnvelopeOverride", ""),
    ("allowMarkup", "allowMarkup", ""),
    ("enableWetSign", "enableSignOnPaperOverride", "enableSignOnPaper"),
    ("signerCanSignOnMobile", "signerCanSignOnMobile", ""),
];

/// Holds an envelope against the account's settings: refuses what needs a feature that is not there, and takes
/// back options that the sender may not change.
///
/// # Errors
/// `PLAN_ITEM_NOT_ENABLED` for kinds of recipients, `ACCOUNT_LACKS_PERMISSIONS` for document visibility.
pub fn admit(own: &Object, paper: &mut Paper) -> Result<(), Problem> {
    let all = settings(own);
    let on = |name: &str| text(&all, name) == "true";
    for (kind, needs, words) in KINDS {
        if paper.recipients.iter().any(|r| r.kind == kind) && !needs.iter().all(|n| on(n)) {
            return Err(problem(
                400,
                "PLAN_ITEM_NOT_ENABLED",
                format!("The specified plan item is not enabled. {words} is not enabled for this account."),
            ));
        }
    }
    let hides = |r: &super::model::Recipient| {
        r.fields.get("excludedDocuments").and_then(Value::as_array).is_some_and(|l| !l.is_empty())
    };
    if !on("allowDocumentVisibility")
        && (paper.text("enforceSignerVisibility") == "true" || paper.recipients.iter().any(hides))
    {
        return Err(problem(
            400,
            "ACCOUNT_LACKS_PERMISSIONS",
            "This Account lacks sufficient permissions. Document visibility is not enabled for this account.",
        ));
    }
    for (option, right, otherwise) in OPTIONS {
        if !on(right) && paper.fields.contains_key(option) {
            let value = on(otherwise).to_string();
            paper.fields.insert(option.to_owned(), Value::String(value));
        }
    }
    if on("disableSignerHistoryView") && paper.fields.contains_key("allowViewHistory") {
        paper.fields.insert("allowViewHistory".to_owned(), json!("false"));
    }
    if !on("allowEnvelopeCustomFields") {
        paper.text_fields.clear();
        paper.list_fields.clear();
    }
    notification(&all, paper);
    Ok(())
}

fn notification(all: &Object, paper: &mut Paper) {
    let standard = all.get("accountNotification").and_then(Value::as_object);
    let may_differ = standard.is_some_and(|n| text(n, "userOverrideEnabled") == "true");
    let has_own = paper
        .notification
        .as_ref()
        .is_some_and(|n| n.get("useAccountDefaults").and_then(Value::as_str) != Some("true"));
    if !(may_differ && has_own) {
        let mut taken = standard.cloned().unwrap_or_default();
        taken.remove("userOverrideEnabled");
        taken.insert("useAccountDefaults".to_owned(), json!("true"));
        paper.notification = Some(Value::Object(taken));
    }
    if text(all, "allowReminders") != "true"
        && let Some(own) = paper.notification.as_mut().and_then(Value::as_object_mut)
    {
        own.insert("reminders".to_owned(), json!({ "reminderEnabled": "false" }));
    }
}
