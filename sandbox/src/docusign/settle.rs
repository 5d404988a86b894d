//! What every envelope gets before it is kept, and what is refused: ids and defaults, addresses, lengths.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::letters::merged;
use super::model::{Account, Document, Object, Paper, Recipient, new_id, objects, text};
use super::paper::{each_tab, retain_tabs};
use super::problem::{Problem, invalid_parameter, problem};

const MOST_RECIPIENTS: usize = 100;
const LONGEST_SUBJECT: usize = 100;
const LONGEST_BLURB: usize = 10_000;

pub fn add_custom_fields(paper: &mut Paper, given: Option<&Value>) {
    let Some(given) = given else { return };
    for field in objects(given.get("textCustomFields")) {
        put_field(&mut paper.text_fields, field);
    }
    for field in objects(given.get("listCustomFields")) {
        put_field(&mut paper.list_fields, field);
    }
}

/// By id, else by name; a new one is added.
pub fn put_field(list: &mut Vec<Object>, field: Object) {
    let same = |f: &Object| match text(&field, "fieldId") {
        "" => text(f, "name") == text(&field, "name"),
        id => text(f, "fieldId") == id,
    };
    match list.iter_mut().find(|f| same(f)) {
        Some(own) => own.extend(field),
        None => list.push(field),
    }
}

/// What every envelope gets before it is stored: ids, defaults, and the checks of its values.
pub fn settle(account: &mut Account, paper: &mut Paper) -> Result<(), Problem> {
    if paper.recipients.len() > MOST_RECIPIENTS {
        return Err(problem(
            400,
            "RECIPIENT_LIMIT_EXCEEDED",
            "The maximum number of recipients for an envelope is 100.",
        ));
    }
    for (n, r) in (1..).zip(&mut paper.recipients) {
        r.guid = new_id();
        settle_recipient(r, n);
    }
    point_to_guids(&mut paper.recipients);
    let ids: BTreeSet<&str> = paper.recipients.iter().map(Recipient::id).collect();
    if ids.len() != paper.recipients.len() {
        return Err(problem(
            400,
            "INVALID_RECIPIENT_ID",
            "The recipientId must be unique within the envelope.",
        ));
    }
    for r in &paper.recipients {
        check_recipient(r)?;
    }
    for d in &mut paper.documents {
        d.guid = new_id();
    }
    check_documents(&paper.documents)?;
    check_message(paper)?;
    settle_fields(account, paper)
}

/// A witness is told by GUID too whose witness it is.
fn point_to_guids(recipients: &mut [Recipient]) {
    let guids: Vec<(String, String)> =
        recipients.iter().map(|r| (r.id().to_owned(), r.guid.clone())).collect();
    for r in recipients.iter_mut().filter(|r| r.kind == "witnesses") {
        let found = guids.iter().find(|(id, _)| id == r.text("witnessFor")).map(|(_, guid)| guid.clone());
        if let Some(guid) = found {
            r.set("witnessForGuid", guid);
        }
    }
}

pub fn settle_fields(account: &mut Account, paper: &mut Paper) -> Result<(), Problem> {
    for field in paper.text_fields.iter_mut().chain(paper.list_fields.iter_mut()) {
        for key in ["name", "value"] {
            if text(field, key).chars().count() > 100 {
                return Err(invalid_parameter(format_args!(
                    "The {key} of a custom field may not be longer than 100 characters."
                )));
            }
        }
        if text(field, "fieldId").is_empty() {
            field.insert("fieldId".to_owned(), json!(account.number().to_string()));
        }
        for (key, value) in [("show", "false"), ("required", "false")] {
            field.entry(key).or_insert_with(|| json!(value));
        }
    }
    Ok(())
}

pub fn settle_recipient(r: &mut Recipient, n: u32) {
    let defaults = [
        ("recipientId", n.to_string()),
        ("routingOrder", "1".to_owned()),
        ("deliveryMethod", "email".to_owned()),
        ("requireIdLookup", "false".to_owned()),
        ("recipientType", super::sample::recipient_type(&r.kind).to_owned()),
    ];
    for (key, value) in defaults {
        if r.text(key).is_empty() {
            r.set(key, value);
        }
    }
    r.set("status", "created");
    let id = r.id().to_owned();
    retain_tabs(r, |group, tab| {
        tab.insert("recipientId".to_owned(), json!(id));
        tab.insert("tabId".to_owned(), json!(new_id()));
        tab.entry("tabType").or_insert_with(|| json!(super::paper::tab_type(group)));
        true
    });
}

/// # Errors
/// A bad address, a text that is too long, an own message without a language.
pub fn check_recipient(r: &Recipient) -> Result<(), Problem> {
    for address in [r.text("email"), r.text("hostEmail"), r.text("signerEmail")] {
        if !address.is_empty() && !is_address(address) {
            return Err(problem(
                400,
                "INVALID_EMAIL_ADDRESS_FOR_RECIPIENT",
                format!(
                    "The email address for the recipient is invalid. The recipient Id follows. {}",
                    r.id()
                ),
            ));
        }
    }
    if r.text("routingOrder").parse::<u32>().is_err() {
        return Err(invalid_parameter("'routingOrder' must be a whole number."));
    }
    for (key, most) in [("note", 1_000), ("accessCode", 50)] {
        if r.text(key).chars().count() > most {
            return Err(invalid_parameter(format_args!("'{key}' may not be longer than {most} characters.")));
        }
    }
    if let Some(own) = r.fields.get("emailNotification").and_then(Value::as_object) {
        let says = !text(own, "emailSubject").is_empty() || !text(own, "emailBody").is_empty();
        if says && text(own, "supportedLanguage").is_empty() {
            return Err(invalid_parameter(
                "'supportedLanguage' must be set in the emailNotification of a recipient.",
            ));
        }
        if text(own, "emailSubject").chars().count() > LONGEST_SUBJECT
            || text(own, "emailBody").chars().count() > LONGEST_BLURB
        {
            return Err(invalid_parameter("The emailSubject or emailBody of a recipient is too long."));
        }
    }
    let long = each_tab(r).find(|(_, t)| text(t, "value").len() > 4_000);
    if let Some((_, tab)) = long {
        return Err(invalid_parameter(format_args!(
            "The value of the tab '{}' is longer than 4000 bytes.",
            text(tab, "tabLabel")
        )));
    }
    Ok(())
}

/// One `@`, something before it, and a domain with a dot and no blanks after it.
pub fn is_address(address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else { return false };
    !local.is_empty()
        && !local.contains('@')
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !domain.contains("..")
        && !address.chars().any(|c| c.is_whitespace() || c.is_control() || matches!(c, ',' | ';' | '<' | '>'))
}

fn check_documents(documents: &[Document]) -> Result<(), Problem> {
    let ids: BTreeSet<&str> = documents.iter().map(|d| d.id.as_str()).collect();
    if ids.len() == documents.len() {
        Ok(())
    } else {
        Err(invalid_parameter("A 'documentId' is used twice."))
    }
}

/// The subject counts with its merge fields filled in, and is refused, not cut.
///
/// # Errors
/// Subject or message too long.
pub fn check_message(paper: &Paper) -> Result<(), Problem> {
    let subject = merged(paper.text("emailSubject"), &paper.recipients);
    if subject.chars().count() > LONGEST_SUBJECT {
        return Err(invalid_parameter(
            "'emailSubject' may not be longer than 100 characters, merge fields included.",
        ));
    }
    if paper.text("emailBlurb").chars().count() > LONGEST_BLURB {
        return Err(invalid_parameter("'emailBlurb' may not be longer than 10000 characters."));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn addresses_are_told_from_what_is_none() {
        let good = [
            "a@b.example",
            "ann+contracts@nordhavn.example",
            "renee.o'connor@x.example",
            "jörg@münchen.example",
        ];
        let bad = [
            "",
            "a",
            "a@b",
            "@b.example",
            "a@.example",
            "a@b.",
            "a@b..example",
            "a b@c.example",
            "a@b@c.example",
            "a@b.example,c@d.example",
        ];
        for address in good {
            assert!(is_address(address), "{address}");
        }
        for address in bad {
            assert!(!is_address(address), "{address}");
        }
    }
}
