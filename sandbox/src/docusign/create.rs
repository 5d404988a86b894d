//! `POST /envelopes` (facts §3.1), with the traps that DocuSign documents: composite templates ignore the
//! root's custom fields, ids are renumbered, names match to the letter, a role left empty makes the envelope
//! incomplete.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::call::{Call, Reply, created, template_of};
use super::lifecycle;
use super::model::{Account, Envelope, Object, Paper, Recipient, new_id, object, objects, text};
use super::paper::{document_in, each_tab, overlay, push_tab, recipients_in, retain_tabs};
use super::problem::{Problem, invalid_parameter};
use super::settle::{add_custom_fields, settle};
use super::wire::KEPT;
use crate::clock::seven_digits;

pub async fn post(call: Call) -> Reply {
    let definition = call.json()?;
    let status = match text(&definition, "status") {
        "" | "created" => "created",
        "sent" => "sent",
        other => {
            return Err(invalid_parameter(format_args!(
                "'{other}' is not a status to create an envelope with."
            )));
        }
    };
    let is_async = text(&definition, "asynchronous") == "true";
    if is_async && text(&definition, "transactionId").is_empty() {
        return Err(invalid_parameter("'transactionId' is required for an asynchronous call."));
    }
    let merge_roles = call.flag("merge_roles_on_draft") && status == "created";
    let now = call.now;
    let user = call.caller.user.clone();
    call.account(|account, users| {
        let (mut paper, template_ids) = assemble(account, &definition, merge_roles)?;
        super::settings::admit(&account.settings, &mut paper)?;
        settle(account, &mut paper)?;
        super::anchors::place(&mut paper)?;
        let mut envelope = Envelope {
            envelope_id: new_id(),
            sender_id: user.user_id.clone(),
            status: "created".to_owned(),
            transaction_id: text(&definition, "transactionId").to_owned(),
            notifications: super::connect::listeners(&definition),
            created: now,
            modified: now,
            status_changed: now,
            template_ids,
            paper,
            ..Envelope::default()
        };
        lifecycle::note(&mut envelope, now, &user.name(), "Registered", "The envelope was created");
        let mut events = vec![lifecycle::created()];
        if status == "sent" {
            events.extend(lifecycle::send(&mut envelope, &user.name(), now)?);
        }
        for id in &envelope.template_ids {
            if let Ok(t) = template_of(account, id) {
                t.used = Some(now);
            }
        }
        let id = envelope.envelope_id.clone();
        let mut summary = object(json!({
            "envelopeId": id, "uri": format!("/envelopes/{id}"), "statusDateTime": seven_digits(now),
            "status": envelope.status,
        }));
        if is_async {
            summary.remove("envelopeId");
            summary.remove("uri");
            summary.insert("status".to_owned(), json!("processing"));
        }
        account.envelopes.insert(id.clone(), envelope);
        super::connect::publish(account, users, &id, &events, now);
        created(Value::Object(summary))
    })
}

/// Builds the envelope's paper from one of the three shapes of a definition.
fn assemble(
    account: &mut Account,
    definition: &Object,
    merge_roles: bool,
) -> Result<(Paper, Vec<String>), Problem> {
    let composites = objects(definition.get("compositeTemplates"));
    let mut template_ids = Vec::new();
    let mut paper = if !composites.is_empty() {
        let mut paper = Paper::default();
        for composite in &composites {
            let part = one_composite(account, composite, &mut template_ids)?;
            join(&mut paper, part, merge_roles);
        }
        renumber(account, &mut paper);
        paper
    } else if !text(definition, "templateId").is_empty() {
        let id = text(definition, "templateId");
        let mut paper = template_of(account, id)?.paper.clone();
        template_ids.push(id.to_owned());
        for role in objects(definition.get("templateRoles")) {
            fill_role(&mut paper, role);
        }
        add_custom_fields(&mut paper, definition.get("customFields"));
        paper
    } else {
        let mut paper = Paper::default();
        for (n, fields) in (1..).zip(objects(definition.get("documents"))) {
            paper.documents.push(document_in(&fields, n)?);
        }
        if let Some(body) = definition.get("recipients").and_then(Value::as_object) {
            paper.recipients = recipients_in(body);
        }
        add_custom_fields(&mut paper, definition.get("customFields"));
        paper
    };
    for key in KEPT {
        if let Some(value) = definition.get(key) {
            paper.fields.insert(key.to_owned(), value.clone());
        }
    }
    if let Some(notification) = definition.get("notification") {
        paper.notification = Some(notification.clone());
    }
    Ok((paper, template_ids))
}

/// A role of `templateRoles` into the place of that name. A name that the template does not have is passed
/// over without a word.
fn fill_role(paper: &mut Paper, mut role: Object) {
    let Some(place) = paper.recipients.iter_mut().find(|r| r.text("roleName") == text(&role, "roleName"))
    else {
        return;
    };
    let tabs = role.remove("tabs").map(object).unwrap_or_default();
    if place.kind == "inPersonSigners" {
        let host = (text(&role, "name").to_owned(), text(&role, "email").to_owned());
        let signer = text(&role, "inPersonSignerName").to_owned();
        role.retain(|k, _| !matches!(k.as_str(), "name" | "email" | "inPersonSignerName"));
        role.insert("hostName".to_owned(), json!(host.0));
        role.insert("hostEmail".to_owned(), json!(host.1));
        role.insert("signerName".to_owned(), json!(signer));
    }
    let given = Recipient { fields: role, tabs, ..Recipient::default() };
    overlay(place, &given);
}

enum Layer {
    Server(String),
    Inline(Object),
}

fn one_composite(
    account: &mut Account,
    composite: &Object,
    template_ids: &mut Vec<String>,
) -> Result<Paper, Problem> {
    let mut layers: Vec<(u32, Layer)> = Vec::new();
    let sequence = |o: &Object| {
        text(o, "sequence")
            .parse::<u32>()
            .map_err(|_| invalid_parameter("'sequence' must be a whole number."))
    };
    for server in objects(composite.get("serverTemplates")) {
        layers.push((sequence(&server)?, Layer::Server(text(&server, "templateId").to_owned())));
    }
    for inline in objects(composite.get("inlineTemplates")) {
        layers.push((sequence(&inline)?, Layer::Inline(inline)));
    }
    let numbers: BTreeSet<u32> = layers.iter().map(|(n, _)| *n).collect();
    if numbers.len() != layers.len() {
        return Err(invalid_parameter("A 'sequence' is used twice in one composite template."));
    }
    layers.sort_by_key(|(n, _)| *n);
    let mut paper = Paper::default();
    let own_document = match composite.get("document").and_then(Value::as_object) {
        Some(fields) => Some(document_in(fields, 1)?),
        None => None,
    };
    for (_, layer) in layers {
        match layer {
            Layer::Server(id) => {
                let t = template_of(account, &id)?;
                template_ids.push(t.template_id.clone());
                lay_template(&mut paper, t.paper.clone());
            }
            Layer::Inline(inline) => lay_inline(&mut paper, &inline)?,
        }
    }
    if let Some(document) = own_document {
        // The document takes the place of the template's first one, tabs included.
        let replaced = paper.documents.first().map(|d| d.id.clone()).unwrap_or_else(|| "1".to_owned());
        for r in &mut paper.recipients {
            retain_tabs(r, |_, tab| {
                if is_everywhere(tab) {
                    return true;
                }
                let stays = text(tab, "documentId") == replaced || text(tab, "documentId") == document.id;
                tab.insert("documentId".to_owned(), json!(document.id));
                stays
            });
        }
        paper.documents = vec![document];
    }
    // Two composites may use the same ids.
    renumber_recipients(account, &mut paper);
    Ok(paper)
}

fn lay_template(paper: &mut Paper, template: Paper) {
    paper.fields.extend(template.fields);
    if paper.documents.is_empty() {
        paper.documents = template.documents;
    }
    lay_recipients(paper, template.recipients);
    paper.text_fields.extend(template.text_fields);
    paper.list_fields.extend(template.list_fields);
    paper.notification = template.notification.or(paper.notification.take());
}

fn lay_inline(paper: &mut Paper, inline: &Object) -> Result<(), Problem> {
    if let Some(body) = inline.get("recipients").and_then(Value::as_object) {
        lay_recipients(paper, recipients_raw(body));
    }
    if paper.documents.is_empty() {
        for (n, fields) in (1..).zip(objects(inline.get("documents"))) {
            paper.documents.push(document_in(&fields, n)?);
        }
    }
    add_custom_fields(paper, inline.get("customFields"));
    Ok(())
}

/// As [`recipients_in`], but with the tabs left as they came: they are to be matched, not added.
fn recipients_raw(body: &Object) -> Vec<Recipient> {
    let mut list = Vec::new();
    for kind in super::wire::KINDS {
        for mut fields in objects(body.get(kind)) {
            let tabs = fields.remove("tabs").map(object).unwrap_or_default();
            fields.remove("status");
            list.push(Recipient { kind: kind.to_owned(), guid: new_id(), fields, tabs });
        }
    }
    list
}

/// Lays a layer's recipients over those that are there. What a witness points to is an id of its own layer.
fn lay_recipients(paper: &mut Paper, given: Vec<Recipient>) {
    let witnesses: Vec<bool> = given.iter().map(|r| !r.text("witnessFor").is_empty()).collect();
    let ids: Vec<(String, String)> =
        given.into_iter().map(|r| (r.id().to_owned(), lay_recipient(paper, r))).collect();
    for ((_, id), _) in ids.iter().zip(witnesses).filter(|(_, is_witness)| *is_witness) {
        if let Some(r) = paper.recipient_mut(id) {
            r.repoint(&ids, &[]);
        }
    }
}

/// Into the place with the same role and type; else onto the same person in the same order; else beside. Answers
/// the id that it has now.
fn lay_recipient(paper: &mut Paper, given: Recipient) -> String {
    let role = given.text("roleName");
    let place = paper.recipients.iter_mut().find(|r| {
        r.kind == given.kind && ((!role.is_empty() && r.text("roleName") == role) || same_person(r, &given))
    });
    if let Some(place) = place {
        overlay(place, &given);
        return place.id().to_owned();
    }
    let mut fresh = Recipient { tabs: Object::new(), ..given.clone() };
    if fresh.id().is_empty() || paper.recipient(fresh.id()).is_some() {
        // Taken by somebody of another layer; it is renumbered in the end.
        fresh.set("recipientId", new_id());
    }
    for (group, tab) in each_tab(&given) {
        push_tab(&mut fresh, group, tab.clone());
    }
    let id = fresh.id().to_owned();
    paper.recipients.push(fresh);
    id
}

fn same_person(a: &Recipient, b: &Recipient) -> bool {
    !a.mail_address().is_empty()
        && a.mail_address().eq_ignore_ascii_case(b.mail_address())
        && a.display_name() == b.display_name()
        && a.order() == b.order()
}

/// Joins what the composites made into one envelope.
fn join(paper: &mut Paper, part: Paper, merge_roles: bool) {
    // Ids of one composite must not be taken for those of another.
    let shift = paper.documents.len() as u32 * 1_000;
    let moved = |id: &str| (id.parse::<u32>().unwrap_or(1) + shift).to_string();
    let mut part = part;
    let documents: Vec<(String, String)> =
        part.documents.iter().map(|d| (d.id.clone(), moved(&d.id))).collect();
    for r in &mut part.recipients {
        r.repoint(&[], &documents);
        retain_tabs(r, |_, tab| {
            if !is_everywhere(tab) {
                let id = moved(text(tab, "documentId"));
                tab.insert("documentId".to_owned(), json!(id));
            }
            true
        });
    }
    let first = paper.documents.len() as u32;
    for (n, mut d) in (1..).zip(part.documents) {
        d.id = moved(&d.id);
        d.order = first + n;
        paper.documents.push(d);
    }
    let mut merged = Vec::new();
    for r in part.recipients {
        let twin = paper.recipients.iter_mut().find(|p| {
            let same_role = !r.text("roleName").is_empty() && p.text("roleName") == r.text("roleName");
            // Two people who were put into one role stay two.
            let open = p.is_placeholder() || r.is_placeholder();
            p.kind == r.kind && (same_person(p, &r) || (merge_roles && same_role && open))
        });
        match twin {
            Some(twin) => {
                merged.push((r.id().to_owned(), twin.id().to_owned()));
                merge(twin, r);
            }
            None => paper.recipients.push(r),
        }
    }
    for r in &mut paper.recipients {
        r.repoint(&merged, &[]);
    }
    for (key, value) in part.fields {
        paper.fields.entry(key).or_insert(value);
    }
    paper.text_fields.extend(part.text_fields);
    paper.list_fields.extend(part.list_fields);
    paper.notification = paper.notification.take().or(part.notification);
}

/// Puts the same recipient of another composite into `twin`: tabs are joined, and an open place is filled.
fn merge(twin: &mut Recipient, r: Recipient) {
    let hidden = |r: &Recipient| {
        r.fields.get("excludedDocuments").and_then(Value::as_array).cloned().unwrap_or_default()
    };
    let all: Vec<Value> = hidden(twin).into_iter().chain(hidden(&r)).collect();
    if twin.is_placeholder() {
        let id = twin.id().to_owned();
        let locks = ["templateLocked", "templateRequired"].map(|k| (k, twin.text(k) == "true"));
        twin.fields.extend(r.fields.clone());
        twin.set("recipientId", id);
        for (key, _) in locks.into_iter().filter(|(_, on)| *on) {
            twin.set(key, "true");
        }
    }
    if !all.is_empty() {
        twin.fields.insert("excludedDocuments".to_owned(), Value::Array(all));
    }
    for (group, tab) in each_tab(&r) {
        push_tab(twin, group, tab.clone());
    }
}

/// An anchored tab that names no document.
fn is_everywhere(tab: &Object) -> bool {
    text(tab, "documentId").is_empty() && !text(tab, "anchorString").is_empty()
}

fn renumber_recipients(account: &mut Account, paper: &mut Paper) {
    let mut ids = Vec::new();
    for r in &mut paper.recipients {
        let new = account.number().to_string();
        ids.push((r.id().to_owned(), new.clone()));
        r.set("recipientId", new.clone());
        retain_tabs(r, |_, tab| {
            tab.insert("recipientId".to_owned(), json!(new));
            true
        });
    }
    for r in &mut paper.recipients {
        r.repoint(&ids, &[]);
    }
}

/// New numbers for documents (recipients have theirs): those that were sent mean nothing afterwards (trap 4).
fn renumber(account: &mut Account, paper: &mut Paper) {
    let mut documents = Vec::new();
    for d in &mut paper.documents {
        let new = account.number().to_string();
        documents.push((std::mem::replace(&mut d.id, new.clone()), new));
    }
    for r in &mut paper.recipients {
        r.repoint(&[], &documents);
        retain_tabs(r, |_, tab| {
            let known = documents.iter().find(|(old, _)| old == text(tab, "documentId"));
            if let Some((_, new)) = known {
                tab.insert("documentId".to_owned(), json!(new));
            }
            known.is_some() || is_everywhere(tab)
        });
    }
}
