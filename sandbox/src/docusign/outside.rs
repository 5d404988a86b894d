//! What happens in DocuSign's own web app, for the control API: templates are changed, drafts sent and thrown away.

use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::{Value, json};

use super::call::template_of;
use super::contract::Contract;
use super::lifecycle;
use super::model::{Document, Object, Recipient, Source, Template, new_id};
use super::problem::{Problem, document_missing, invalid_parameter, template_missing, wrong_status};
use super::sample;
use crate::clock::seven_digits;
use crate::lock::lock;
use crate::world::World;

/// How many templates one account may have here.
const MOST_TEMPLATES: usize = 20_000;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct TemplateChange {
    name: Option<String>,
    email_subject: Option<String>,
    email_blurb: Option<String>,
    message_lock: Option<bool>,
    recipients_lock: Option<bool>,
    shared: Option<bool>,
    /// Any other property of the envelope, such as `allowReassign`.
    options: Object,
    rename_role: Option<Renaming>,
    /// Role name to the recipient's properties that change (`templateLocked`, `email`, …).
    roles: std::collections::BTreeMap<String, Object>,
    remove_role: Option<String>,
    add_role: Option<NewRole>,
    add_document: Option<NewDocument>,
    remove_document: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Renaming {
    from: String,
    to: String,
}

/// A signer without fields.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewRole {
    name: String,
    #[serde(default = "one")]
    routing_order: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct NewDocument {
    name: String,
    #[serde(default = "one")]
    pages: u32,
}

fn one() -> u32 {
    1
}

/// The envelope's sender sends the draft.
///
/// # Errors
/// Those of sending; a discarded draft cannot be sent.
pub fn send(world: &World, envelope_id: &str) -> Result<(), Problem> {
    let now = world.clock.now();
    super::change(world, envelope_id, |e| {
        if e.deleted.is_some() {
            return Err(wrong_status());
        }
        lifecycle::send(e, "Sender in DocuSign", now)
    })
}

/// The envelope's sender voids it.
///
/// # Errors
/// `ENVELOPE_CANNOT_VOID_INVALID_STATE`; a draft is thrown away instead.
pub fn void(world: &World, envelope_id: &str) -> Result<(), Problem> {
    let now = world.clock.now();
    super::change(world, envelope_id, |e| lifecycle::void(e, "Sender in DocuSign", "Voided in DocuSign", now))
}

/// # Errors
/// `ENVELOPE_DOES_NOT_EXIST`, also if it is in the recycle bin already.
pub fn discard(world: &World, envelope_id: &str) -> Result<(), Problem> {
    let now = world.clock.now();
    super::change(world, envelope_id, |e| {
        if e.deleted.is_some() {
            return Err(super::problem::envelope_missing());
        }
        Ok(lifecycle::discarded(e, now))
    })
}

/// Answers what the template is like now.
///
/// # Errors
/// Unknown template, role or document; then nothing is changed.
pub fn change_template(world: &World, id: &str, change: TemplateChange) -> Result<Value, Problem> {
    let now = world.clock.now();
    let mut docusign = lock(&world.docusign);
    let found = docusign.accounts.values_mut().find_map(|a| template_of(a, id).ok());
    let t = found.ok_or_else(template_missing)?;
    let mut changed = t.clone();
    apply(&mut changed, change)?;
    // Later than before, even within one moment.
    changed.modified = now.max(t.modified + TimeDelta::milliseconds(1));
    *t = changed;
    world.touch();
    Ok(json!({
        "templateId": t.template_id, "name": t.name, "lastModified": seven_digits(t.modified),
        "roles": t.paper.recipients.iter().map(|r| r.text("roleName")).collect::<Vec<_>>(),
        "documents": t.paper.documents.iter().map(|d| json!({ "documentId": d.id, "name": d.name })).collect::<Vec<_>>(),
    }))
}

fn apply(t: &mut Template, change: TemplateChange) -> Result<(), Problem> {
    let texts = [("emailSubject", change.email_subject), ("emailBlurb", change.email_blurb)];
    let flags = [("messageLock", change.message_lock), ("recipientsLock", change.recipients_lock)];
    let flags = flags.map(|(key, value)| (key, value.map(|v| v.to_string())));
    for (key, value) in texts.into_iter().chain(flags) {
        if let Some(value) = value {
            t.paper.fields.insert(key.to_owned(), json!(value));
        }
    }
    t.paper.fields.extend(change.options);
    t.name = change.name.unwrap_or(std::mem::take(&mut t.name));
    t.shared = change.shared.unwrap_or(t.shared);
    let role_missing = |name: &str| invalid_parameter(format_args!("There is no role '{name}'."));
    if let Some(Renaming { from, to }) = change.rename_role {
        let mut found = t.paper.recipients.iter_mut().filter(|r| r.text("roleName") == from).peekable();
        found.peek().ok_or_else(|| role_missing(&from))?;
        found.for_each(|r| r.set("roleName", to.clone()));
    }
    for (name, fields) in change.roles {
        let found = t.paper.recipients.iter_mut().find(|r| r.text("roleName") == name);
        found.ok_or_else(|| role_missing(&name))?.fields.extend(fields);
    }
    if let Some(name) = change.remove_role {
        let before = t.paper.recipients.len();
        t.paper.recipients.retain(|r| r.text("roleName") != name);
        if t.paper.recipients.len() == before {
            return Err(role_missing(&name));
        }
    }
    if let Some(NewRole { name, routing_order }) = change.add_role {
        let ids = t.paper.recipients.iter().map(|r| r.id().parse::<u32>().unwrap_or(0));
        let id = ids.max().unwrap_or(0) + 1;
        let fields = json!({
            "recipientId": id.to_string(), "roleName": name, "routingOrder": routing_order.to_string(),
            "name": "", "email": "", "note": "", "accessCode": "", "requireIdLookup": "false",
            "deliveryMethod": "email", "templateLocked": "false", "templateRequired": "false",
            "recipientType": "signer",
        });
        t.paper.recipients.push(Recipient {
            kind: "signers".to_owned(),
            guid: new_id(),
            fields: fields.as_object().cloned().unwrap_or_default(),
            tabs: Object::new(),
        });
    }
    if let Some(id) = change.remove_document {
        t.paper.document(&id).ok_or_else(document_missing)?;
        t.paper.documents.retain(|d| d.id != id);
        for r in &mut t.paper.recipients {
            super::paper::retain_tabs(r, |_, tab| super::model::text(tab, "documentId") != id);
        }
    }
    if let Some(NewDocument { name, pages }) = change.add_document {
        let number = |d: &Document| d.id.parse::<u32>().unwrap_or(0);
        let id = t.paper.documents.iter().map(number).max().unwrap_or(0) + 1;
        let order = t.paper.documents.iter().map(|d| d.order).max().unwrap_or(0) + 1;
        t.paper.documents.push(Document {
            id: id.to_string(),
            guid: new_id(),
            order,
            pages: pages.max(1),
            fields: Object::new(),
            prefill: Object::new(),
            sizes: Vec::new(),
            source: Source::Contract(Contract {
                title: name.clone(),
                pages: pages.max(1),
                ..Contract::default()
            }),
            name,
        });
    }
    Ok(())
}

/// Answers whether there was one.
pub fn delete_template(world: &World, template_id: &str) -> bool {
    let mut docusign = lock(&world.docusign);
    let found = docusign.accounts.values_mut().find_map(|a| template_of(a, template_id).ok());
    found.map(|t| t.deleted = true).is_some()
}

/// Adds `count` templates of one page and one role; answers how many the account has now.
pub fn make_templates(
    world: &World,
    account_id: &str,
    count: usize,
    name: &str,
    folder: &str,
) -> Option<usize> {
    let now = world.clock.now();
    let mut docusign = lock(&world.docusign);
    let (accounts, users) = docusign.split();
    let account = accounts.get_mut(account_id)?;
    let owner = users.0.values().find(|u| u.is_admin && u.accounts.iter().any(|a| a == account_id))?;
    let room = MOST_TEMPLATES.saturating_sub(account.templates.len());
    let made = sample::bulk(account, owner, count.min(room), name, folder, now);
    account.templates.extend(made);
    world.touch();
    Some(account.templates.iter().filter(|t| !t.deleted).count())
}
