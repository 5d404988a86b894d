//! The envelope definition of a send: a composite template (docusign facts §3.1) for each template, whose inline part
//! fills the template's roles, adds the recipients the sender added, and ties the envelope to its record.
//!
//! Traps that shape this: custom fields at the root of a composite are ignored, so they are in the inline
//! template; roles are matched by name, case-sensitively; ids are renumbered by DocuSign, so that who does not see
//! which document can only be said afterwards; a role that is in the template cannot be left out by an overlay. An
//! envelope with a dropped role or a hidden document therefore goes through a draft: five calls at most.

use serde_json::{Map, Value, json};
use shared::{
    draft::{Draft, Row, dropped_roles, is_limited, sendable_rows},
    record::RecordRef,
    tab::{Tab, TabKind},
    template::{Part, RecipientKind, Role, Template},
};

use super::options::options;
use crate::wire::{
    connect::{PORTAL_FIELD, RECORD_FIELD},
    docusign::RecipientWire,
};

/// What ties the envelope to us.
#[derive(Debug, Clone)]
pub struct Binding<'a> {
    pub portal: u64,
    pub record: &'a RecordRef,
    pub transaction_id: &'a str,
    /// Our Connect address for this portal.
    pub connect_url: &'a str,
    /// The sender's locale; decides the language of recipients' own messages.
    pub locale: Option<&'a str>,
    /// The sender's name and e-mail at DocuSign: the host of in-person signers that have no other.
    pub sender: (&'a str, &'a str),
}

/// How an envelope is sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The body of `POST /envelopes`.
    pub definition: Value,
    /// What is left to do when the envelope has been made: then `POST` makes a draft, which is finished and sent.
    pub finish: Finish,
}

/// What DocuSign only does to a draft. Empty: one call sends the envelope.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Finish {
    /// Recipients that the template brings and the sender dropped: they are taken off.
    pub dropped: Vec<Who>,
    /// Documents that the sender hid from somebody, or showed again: the ids of a composite's documents are
    /// renumbered, so they can only be named afterwards.
    pub hidden: Vec<Hidden>,
}

impl Finish {
    pub fn is_nothing(&self) -> bool {
        self.dropped.is_empty() && self.hidden.is_empty()
    }
}

/// How to find a recipient again whom DocuSign has numbered anew.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Who {
    kind: RecipientKind,
    role_name: String,
    name: String,
    email: String,
}

/// Documents, by their place in the envelope from 0, that somebody is not to see, and those they are to see again.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Hidden {
    from: Who,
    documents: Vec<usize>,
    shown: Vec<usize>,
}

/// Events we want to hear of. Rare ones are listed too: a reassigned or bounced recipient changes the panel.
const EVENTS: [&str; 17] = [
    "envelope-sent",
    "envelope-delivered",
    "envelope-completed",
    "envelope-declined",
    "envelope-voided",
    "envelope-resent",
    "envelope-corrected",
    "recipient-sent",
    "recipient-delivered",
    "recipient-completed",
    "recipient-declined",
    "recipient-autoresponded",
    "recipient-authenticationfailed",
    "recipient-reassign",
    "recipient-delegate",
    "recipient-finish-later",
    "recipient-resent",
];

/// A value for the tabs of a kind and label that a template's recipient has.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TabValue {
    /// The role's `recipientId` in the template.
    pub recipient: String,
    pub kind: TabKind,
    pub label: String,
    pub value: String,
}

/// The plan for a draft that [`shared::draft::check`] found nothing wrong with, with `values` in its fields.
///
/// Each template is a composite of its own. A role that several of them have is filled in each, with the same person
/// in the same order: DocuSign makes one recipient of them.
pub fn plan(draft: &Draft, template: &Template, values: &[TabValue], binding: &Binding<'_>) -> Plan {
    let parts = parts(template);
    let several = parts.len() > 1;
    let mut dropped: Vec<&Role> = dropped_roles(draft, template);
    let mut recipients: Vec<Map<String, Value>> = vec![Map::new(); parts.len()];
    let ids = parts.iter().flat_map(|part| &part.roles).filter_map(|(own, _)| own.parse::<u64>().ok());
    let mut next_id = ids.max().unwrap_or(0);
    let rows = sendable_rows(draft);
    for row in &rows {
        let role = row.role_in(template);
        match role {
            Some(role) if can_overlay(row, role) => {
                for (part, recipients) in parts.iter().zip(&mut recipients) {
                    let Some((own, _)) = part.roles.iter().find(|(_, id)| *id == role.recipient_id) else {
                        continue;
                    };
                    let tabs = tabs(&role.recipient_id, values, |value| has_field(part, value, template));
                    // Left to the template as it is: somebody whom it already names, unchanged. Another template
                    // may have another order for them, so there it is said.
                    if !several && tabs.is_empty() && is_unchanged(row, role) {
                        continue;
                    }
                    let mut recipient = person(row, Some(role), draft, binding);
                    if !tabs.is_empty() {
                        recipient.insert("tabs".into(), Value::Object(tabs));
                    }
                    recipient.insert("recipientId".into(), own.clone().into());
                    recipient.insert("roleName".into(), role.role_name.clone().into());
                    push(recipients, row, recipient);
                }
            }
            Some(role) if is_unchanged(row, role) => {}
            // A role that changed its kind, or has no name to match it by, makes way for a new recipient.
            other => {
                dropped.extend(other);
                next_id += 1;
                let mut recipient = person(row, other.filter(|role| role.kind == row.kind), draft, binding);
                recipient.insert("recipientId".into(), next_id.to_string().into());
                if let Some(first) = recipients.first_mut() {
                    push(first, row, recipient);
                }
            }
        }
    }
    let finish = Finish {
        dropped: dropped.into_iter().map(Who::of_role).collect(),
        hidden: hidden(draft, template, &rows),
    };
    let composites: Vec<Value> = (1..)
        .zip(parts.iter().zip(recipients))
        .map(|(place, (part, recipients)): (u32, _)| {
            let mut inline = json!({ "sequence": "2", "recipients": recipients });
            if place == 1 {
                inline["customFields"] = custom_fields(binding);
            }
            json!({
                "compositeTemplateId": place.to_string(),
                "serverTemplates": [{ "sequence": "1", "templateId": part.template }],
                "inlineTemplates": [inline],
            })
        })
        .collect();
    let mut definition = json!({
        "status": if finish.is_nothing() { "sent" } else { "created" },
        "emailSubject": draft.subject,
        "emailBlurb": draft.message,
        "transactionId": binding.transaction_id,
        "compositeTemplates": composites,
        "eventNotifications": [event_notification(binding, &EVENTS)],
    });
    if let Some(definition) = definition.as_object_mut() {
        definition.extend(options(&draft.options, &template.options));
    }
    Plan { definition, finish }
}

/// The templates of an envelope; a single one is its own only part.
fn parts(template: &Template) -> Vec<Part> {
    if !template.parts.is_empty() {
        return template.parts.clone();
    }
    let same = |role: &Role| (role.recipient_id.clone(), role.recipient_id.clone());
    let roles = template.roles.iter().map(same).collect();
    vec![Part { template: template.id.clone(), name: template.name.clone(), roles }]
}

/// Whether a template of several has a field that the value is for. One alone has all there are.
fn has_field(part: &Part, value: &TabValue, template: &Template) -> bool {
    let of_part = |tab: &&Tab| {
        let document = template.documents.iter().find(|document| document.id == tab.document);
        document.is_none_or(|document| document.template.as_deref() == Some(&part.template))
    };
    let fits =
        |tab: &Tab| tab.recipient == value.recipient && tab.kind == value.kind && tab.label == value.label;
    template.parts.is_empty() || template.tabs.iter().filter(of_part).any(fits)
}

fn push(recipients: &mut Map<String, Value>, row: &Row, recipient: Map<String, Value>) {
    let array = recipients.entry(row.kind.array_name()).or_insert_with(|| json!([]));
    if let Some(items) = array.as_array_mut() {
        items.push(Value::Object(recipient));
    }
}

/// Whose sight of which documents is otherwise than the template has it. Nobody's, where all see everything.
fn hidden(draft: &Draft, template: &Template, rows: &[Row]) -> Vec<Hidden> {
    if !is_limited(draft, template) {
        return Vec::new();
    }
    let places = |ids: &[String], but: &[String]| -> Vec<usize> {
        let is_meant = |id: &String| ids.contains(id) && !but.contains(id);
        let documents = template.documents.iter().enumerate();
        documents.filter(|(_, document)| is_meant(&document.id)).map(|(place, _)| place).collect()
    };
    let of_row = |row: &Row| {
        let role = row.role_in(template).filter(|role| can_overlay(row, role) || is_unchanged(row, role));
        let theirs = role.map_or(&[][..], |role| &role.hidden_documents);
        let documents = places(&row.hidden_documents, theirs);
        let shown = places(theirs, &row.hidden_documents);
        let changed = !documents.is_empty() || !shown.is_empty();
        changed.then(|| Hidden { from: Who::of_row(row, role), documents, shown })
    };
    rows.iter().filter_map(of_row).collect()
}

/// The definition of a draft of the templates as they are, roles unfilled: what the sender drafted is laid over it
/// when it is sent. A composite for each template, since each brings documents (docusign facts §3.1).
pub fn bare(templates: &[&str], subject: &str, binding: &Binding<'_>) -> Value {
    let composites: Vec<Value> = (1..)
        .zip(templates)
        .map(|(place, id): (u32, _)| {
            let mut composite = json!({
                "compositeTemplateId": place.to_string(),
                "serverTemplates": [{ "sequence": "1", "templateId": id }],
            });
            if place == 1 {
                composite["inlineTemplates"] =
                    json!([{ "sequence": "2", "customFields": custom_fields(binding) }]);
            }
            composite
        })
        .collect();
    // Sent, discarded or deleted in DocuSign's own pages: nobody else would tell us.
    let events: Vec<&str> = EVENTS.into_iter().chain(["envelope-discard", "envelope-deleted"]).collect();
    json!({
        "status": "created",
        "emailSubject": subject,
        "transactionId": binding.transaction_id,
        "compositeTemplates": composites,
        "eventNotifications": [event_notification(binding, &events)],
    })
}

/// What ties an envelope to portal and record.
fn custom_fields(binding: &Binding<'_>) -> Value {
    let field = |name: &str, value: String| json!({ "name": name, "value": value, "show": "false", "required": "false" });
    json!({ "textCustomFields": [
        field(PORTAL_FIELD, binding.portal.to_string()),
        field(RECORD_FIELD, binding.record.to_string()),
    ]})
}

/// The envelope's own Connect subscription.
fn event_notification(binding: &Binding<'_>, events: &[&str]) -> Value {
    json!({
        "url": binding.connect_url,
        "deliveryMode": "SIM",
        "eventData": { "version": "restv2.1", "format": "json", "includeData": ["recipients", "custom_fields"] },
        "events": events,
        "requireAcknowledgment": "true",
        "loggingEnabled": "true",
        "includeHMAC": "true",
        "integratorManaged": "true",
        "includeEnvelopeVoidReason": "true",
        "includeDocuments": "false",
    })
}

/// The `tabs` of an overlay. DocuSign finds the template's tabs by kind and label, case-sensitively; without a
/// document the value goes to all of them (docusign facts §3.1, §5.3). Position and looks stay the template's.
fn tabs(recipient: &str, values: &[TabValue], has: impl Fn(&TabValue) -> bool) -> Map<String, Value> {
    let mut tabs = Map::new();
    let theirs = values.iter().filter(|value| value.recipient == recipient && has(value));
    for TabValue { kind, label, value, .. } in theirs {
        let tab = match kind {
            TabKind::Checkbox => json!({ "tabLabel": label, "selected": (value == "true").to_string() }),
            // A button cannot be let go, only another one pressed.
            TabKind::Radio if value.is_empty() => continue,
            TabKind::Radio => {
                json!({ "groupName": label, "radios": [{ "value": value, "selected": "true" }] })
            }
            TabKind::Numerical => json!({ "tabLabel": label, "numericalValue": value }),
            _ => json!({ "tabLabel": label, "value": value }),
        };
        let array = tabs.entry(kind.array_name()).or_insert_with(|| json!([]));
        if let Some(items) = array.as_array_mut() {
            items.push(tab);
        }
    }
    tabs
}

/// An overlay matches by role name and stays in the array of its kind.
fn can_overlay(row: &Row, role: &Role) -> bool {
    row.kind == role.kind && !role.role_name.is_empty()
}

fn is_unchanged(row: &Row, role: &Role) -> bool {
    let message = |m: &Option<shared::template::OwnMessage>| m.clone().unwrap_or_default();
    row.kind == role.kind
        && row.routing_order == role.routing_order
        && row.name == role.name
        && row.email == role.email
        && message(&row.own_message) == message(&role.message)
        && (row.note == role.note && row.access_code == role.access_code && row.language == role.language)
}

/// A recipient as DocuSign is told of it; `role` is the template's, if it is filled in and not replaced.
pub(super) fn person(
    row: &Row,
    role: Option<&Role>,
    draft: &Draft,
    binding: &Binding<'_>,
) -> Map<String, Value> {
    let mut recipient = Map::new();
    // An in-person signer's own name is under other keys; the other two are the host's.
    let (name, email) = match row.kind {
        RecipientKind::InPersonSigner => ("signerName", "signerEmail"),
        _ => ("name", "email"),
    };
    recipient.insert(name.into(), row.name.clone().into());
    recipient.insert(email.into(), row.email.clone().into());
    let has_host = role.is_some_and(|role| role.kind == row.kind && role.hosted);
    if row.kind == RecipientKind::InPersonSigner && !has_host {
        recipient.insert("hostName".into(), binding.sender.0.into());
        recipient.insert("hostEmail".into(), binding.sender.1.into());
    }
    recipient.insert("routingOrder".into(), row.routing_order.to_string().into());
    if let Some(contact) = &row.contact_id {
        recipient.insert("customFields".into(), json!([format!("hs_contact={contact}")]));
    }
    // What the template has and the sender took away is said as empty.
    if !row.note.is_empty() || role.is_some_and(|role| !role.note.is_empty()) {
        recipient.insert("note".into(), row.note.clone().into());
    }
    if !row.access_code.is_empty() || role.is_some_and(|role| !role.access_code.is_empty()) {
        recipient.insert("accessCode".into(), row.access_code.clone().into());
    }
    let had_own = role.is_some_and(|role| role.message.is_some());
    let language_changed = row.language.as_deref() != role.and_then(|role| role.language.as_deref());
    if row.own_message.is_some() || had_own || language_changed {
        let (subject, body) = match &row.own_message {
            Some(own) => (&own.subject, &own.body),
            None => (&draft.subject, &draft.message),
        };
        recipient.insert(
            "emailNotification".into(),
            json!({
                "emailSubject": subject,
                "emailBody": body,
                // Must be said with every own message (docusign facts §3.1).
                "supportedLanguage": row.language.as_deref().unwrap_or(language(binding.locale)),
            }),
        );
    }
    recipient
}

/// DocuSign's code for a HubSpot locale: the languages both speak, English for all others.
fn language(locale: Option<&str>) -> &'static str {
    let locale = locale.unwrap_or_default().to_ascii_lowercase().replace('_', "-");
    match locale.as_str() {
        "pt-br" => return "pt_BR",
        "zh-tw" | "zh-hant" => return "zh_TW",
        "fr-ca" => return "fr_CA",
        _ => {}
    }
    match locale.split('-').next().unwrap_or_default() {
        "da" => "da",
        "de" => "de",
        "es" => "es",
        "fi" => "fi",
        "fr" => "fr",
        "it" => "it",
        "ja" => "ja",
        "nb" | "no" => "no",
        "nl" => "nl",
        "pl" => "pl",
        "pt" => "pt",
        "sv" => "sv",
        "zh" => "zh_CN",
        _ => "en",
    }
}

impl Who {
    fn of_role(role: &Role) -> Self {
        Self {
            kind: role.kind.clone(),
            role_name: role.role_name.clone(),
            name: role.name.clone(),
            email: role.email.clone(),
        }
    }

    fn of_row(row: &Row, role: Option<&Role>) -> Self {
        Self {
            kind: row.kind.clone(),
            role_name: role.map(|role| role.role_name.clone()).unwrap_or_default(),
            name: row.name.clone(),
            email: row.email.clone(),
        }
    }

    fn is(&self, kind: &RecipientKind, recipient: &RecipientWire) -> bool {
        if *kind != self.kind {
            return false;
        }
        if self.role_name.is_empty() {
            let (name, email) = recipient.person(kind);
            return name == self.name && email.eq_ignore_ascii_case(&self.email);
        }
        recipient.role_name == self.role_name
    }
}

/// Which recipients of the draft are to be taken off it: kind and id as DocuSign numbered them.
pub fn to_remove(
    dropped: &[Who],
    recipients: &[(RecipientKind, RecipientWire)],
) -> Vec<(RecipientKind, String)> {
    recipients
        .iter()
        .filter(|(kind, recipient)| dropped.iter().any(|d| d.is(kind, recipient)))
        .map(|(kind, recipient)| (kind.clone(), recipient.recipient_id.clone()))
        .collect()
}

/// Who sees which document, as DocuSign takes it: with its own numbers, `documents` in the envelope's order.
/// `None` if somebody or something is not there: then nobody may get the envelope.
pub fn visibility(
    hidden: &[Hidden],
    recipients: &[(RecipientKind, RecipientWire)],
    documents: &[String],
) -> Option<Vec<Value>> {
    let mut rights = Vec::new();
    for Hidden { from, documents: out, shown } in hidden {
        let (_, recipient) = recipients.iter().find(|(kind, recipient)| from.is(kind, recipient))?;
        for (places, visible) in [(out, "false"), (shown, "true")] {
            for place in places {
                rights.push(json!({
                    "documentId": documents.get(*place)?,
                    "recipientId": recipient.recipient_id,
                    "visible": visible,
                }));
            }
        }
    }
    Some(rights)
}

#[cfg(test)]
mod tests;
