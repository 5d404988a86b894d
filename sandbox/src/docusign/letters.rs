//! The mails that DocuSign would send, put into the recipients' mailbox.

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

use super::model::{Envelope, Mail, Recipient, new_id, text};

/// Puts a mail into the recipient's mailbox. Embedded recipients get none.
pub fn mail(e: &mut Envelope, guid: &str, kind: &str, now: DateTime<Utc>) {
    let Some(r) = e.paper.recipient(guid) else { return };
    if !r.text("clientUserId").is_empty() || r.mail_address().is_empty() {
        return;
    }
    let own = r.fields.get("emailNotification").and_then(Value::as_object).cloned().unwrap_or_else(Map::new);
    let pick = |mine: &str, everybodys: &str| {
        let mine = text(&own, mine);
        merged(if mine.is_empty() { e.paper.text(everybodys) } else { mine }, &e.paper.recipients)
    };
    let subject = pick("emailSubject", "emailSubject");
    let subject = match kind {
        "completed" => format!("Completed: {subject}"),
        "reminder" => format!("Reminder: {subject}"),
        "voided" => format!("Voided: {subject}"),
        "declined" => format!("Declined: {subject}"),
        _ => subject,
    };
    let language = text(&own, "supportedLanguage");
    let made = Mail {
        id: new_id(),
        recipient_guid: guid.to_owned(),
        to_name: r.display_name().to_owned(),
        to_email: r.mail_address().to_owned(),
        subject,
        body: pick("emailBody", "emailBlurb"),
        kind: kind.to_owned(),
        note: r.text("note").to_owned(),
        language: if language.is_empty() { "en".to_owned() } else { language.to_owned() },
        at: now,
    };
    e.mails.push(made);
}

/// `[[Role_UserName]]` and `[[Role_Email]]` filled in.
pub fn merged(words: &str, recipients: &[Recipient]) -> String {
    let mut out = words.to_owned();
    for r in recipients.iter().filter(|r| !r.text("roleName").is_empty()) {
        out = out
            .replace(&format!("[[{}_UserName]]", r.text("roleName")), r.display_name())
            .replace(&format!("[[{}_Email]]", r.text("roleName")), r.mail_address());
    }
    out
}
