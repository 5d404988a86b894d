//! What the sender wants otherwise than the template has it, in DocuSign's words (docusign facts §3.1).

use serde_json::{Map, Value, json};
use shared::draft::Options;

/// The properties of an envelope for what `wanted` says; nothing for what it leaves to the template. Reminders and
/// expiration are one object at DocuSign: where only one is wanted, the other is said as `template` has it.
pub fn options(wanted: &Options, template: &Options) -> Map<String, Value> {
    let rights = [
        ("allowReassign", wanted.reassign),
        ("allowComments", wanted.comments),
        ("enableWetSign", wanted.sign_on_paper),
        ("signerCanSignOnMobile", wanted.sign_on_mobile),
        ("allowViewHistory", wanted.view_history),
        ("enforceSignerVisibility", wanted.limit_visibility),
        ("envelopeIdStamping", wanted.id_stamp),
    ];
    let mut fields: Map<String, Value> = rights
        .into_iter()
        .filter_map(|(name, right)| Some((name.to_owned(), Value::String(right?.to_string()))))
        .collect();
    if wanted.reminders.is_none() && wanted.expiration.is_none() {
        return fields;
    }
    let mut notification = json!({ "useAccountDefaults": "false" });
    if let Some(reminders) = wanted.reminders.or(template.reminders) {
        let mut said = json!({
            "reminderEnabled": (reminders.first_after > 0).to_string(),
            "reminderDelay": reminders.first_after.to_string(),
            "reminderFrequency": reminders.then_every.to_string(),
        });
        if let Some(most) = reminders.at_most {
            said["maximumReminderCount"] = most.to_string().into();
        }
        notification["reminders"] = said;
    }
    if let Some(expiration) = wanted.expiration.or(template.expiration) {
        notification["expirations"] = json!({
            "expireEnabled": "true",
            "expireAfter": expiration.after.to_string(),
            "expireWarn": expiration.warn_before.to_string(),
        });
    }
    fields.insert("notification".into(), notification);
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::draft::{Expiration, Reminders};

    #[test]
    fn only_what_the_sender_wants_is_said() {
        assert!(
            options(&Options::default(), &Options { reassign: Some(true), ..Options::default() }).is_empty()
        );
        let wanted = Options { comments: Some(false), limit_visibility: Some(true), ..Options::default() };
        assert_eq!(
            Value::Object(options(&wanted, &Options::default())),
            json!({ "allowComments": "false", "enforceSignerVisibility": "true" })
        );
    }

    #[test]
    fn reminders_alone_leave_the_templates_expiration_as_it_is() {
        let reminders = Reminders { first_after: 3, then_every: 2, at_most: Some(5) };
        let wanted = Options { reminders: Some(reminders), ..Options::default() };
        let expiration = Expiration { after: 30, warn_before: 0 };
        let template = Options { expiration: Some(expiration), ..Options::default() };
        assert_eq!(
            options(&wanted, &template).get("notification"),
            Some(&json!({
                "useAccountDefaults": "false",
                "reminders": { "reminderEnabled": "true", "reminderDelay": "3", "reminderFrequency": "2",
                    "maximumReminderCount": "5" },
                "expirations": { "expireEnabled": "true", "expireAfter": "30", "expireWarn": "0" },
            }))
        );
    }
}
