//! Recipients and tabs of an envelope (facts §3.3, §5.3).

use axum::Router;
use axum::routing::{delete, get, put};
use serde_json::{Value, json};

use super::call::{Call, Reply, created, ok};
use super::lifecycle;
use super::model::{Envelope, Object, Recipient, new_id, object, objects, text};
use super::paper::{label, overlay, overlay_tabs, push_tab, recipients_in, retain_tabs};
use super::problem::{Problem, problem, recipient_missing, wrong_status};
use super::settle::{check_recipient, settle_recipient};
use super::wire;
use crate::world::World;

pub fn router() -> Router<World> {
    Router::new()
        .route("/envelopes/{envelopeId}/recipients", get(list).post(add).put(change).delete(remove_many))
        .route("/envelopes/{envelopeId}/recipients/document_visibility", put(visibility))
        .route("/envelopes/{envelopeId}/recipients/{recipientId}", delete(remove_one))
        .route(
            "/envelopes/{envelopeId}/recipients/{recipientId}/tabs",
            get(tabs).post(add_tabs).put(change_tabs).delete(delete_tabs),
        )
}

async fn list(call: Call) -> Reply {
    let with_tabs = call.flag("include_tabs");
    call.envelope(|e| ok(wire::recipients(&e.paper, with_tabs)))
}

fn changeable(e: &Envelope) -> Result<(), Problem> {
    if lifecycle::is_over(e) { Err(wrong_status()) } else { Ok(()) }
}

/// Adds recipients. Tabs in this body are not added (facts §3.3): that is how DocuSign does it.
async fn add(call: Call) -> Reply {
    let body = call.json()?;
    let settings = call.account(|account, _| Ok(account.settings.clone()))?;
    let answer = call.change(|e| {
        changeable(e)?;
        let mut added = Vec::new();
        for mut r in recipients_in(&body) {
            r.tabs = Object::new();
            if r.id().is_empty() || e.paper.recipient(r.id()).is_some() {
                return Err(problem(
                    400,
                    "INVALID_RECIPIENT_ID",
                    "The recipientId is missing or already in use.",
                ));
            }
            settle_recipient(&mut r, 1);
            check_recipient(&r)?;
            added.push(r);
        }
        let before = e.paper.clone();
        e.paper.recipients.extend(added.iter().cloned());
        if let Err(p) = super::settings::admit(&settings, &mut e.paper) {
            e.paper = before;
            return Err(p);
        }
        let events = lifecycle::rerouted(e, call.now);
        let mut only = e.paper.clone();
        only.recipients = added;
        Ok((wire::recipients(&only, false), events))
    })?;
    created(answer)
}

fn failed(id: &str, p: &Problem) -> Value {
    json!({ "recipientId": id, "errorDetails": p.details() })
}

fn not_correctable() -> Problem {
    problem(
        400,
        "RECIPIENT_UPDATE_FAILED",
        "The recipient could not be updated.  Recipient not in state that allows correction.",
    )
}

/// Changes recipients one by one; what fails is told beside the others, under HTTP 200.
async fn change(call: Call) -> Reply {
    let body = call.json()?;
    let resend = call.flag("resend_envelope");
    let settings = call.account(|account, _| Ok(account.settings.clone()))?;
    let results = call.change(|e| {
        changeable(e)?;
        let before = e.paper.clone();
        let (results, again) = lay_all(e, &body, resend);
        if let Err(p) = super::settings::admit(&settings, &mut e.paper) {
            e.paper = before;
            return Err(p);
        }
        let mut events = lifecycle::rerouted(e, call.now);
        if !again.is_empty() {
            events.extend(lifecycle::resend(e, &call.caller.user.name(), Some(&again), call.now));
        }
        Ok((results, events))
    })?;
    ok(json!({ "recipientUpdateResults": results }))
}

/// Lays the recipients of a body over those of the envelope. Answers what DocuSign tells of each, and the ids of
/// those who are to get their mail again.
pub fn lay_all(e: &mut Envelope, body: &Object, resend: bool) -> (Vec<Value>, Vec<String>) {
    let draft = e.status == "created";
    let mut results = Vec::new();
    let mut again = Vec::new();
    for given in recipients_in_unplaced(body) {
        let id = given.id().to_owned();
        match lay_one(e, given, draft) {
            Ok(laid) => {
                if !draft && (resend || laid.new_address) {
                    again.push(id.clone());
                }
                let told = laid.refused.as_ref().map_or_else(success, Problem::details);
                let mut result = object(json!({
                    "recipientId": id, "recipientIdGuid": laid.guid, "errorDetails": told,
                }));
                if laid.refused.is_some() {
                    result.insert("tabs".to_owned(), Value::Object(laid.tabs));
                }
                results.push(Value::Object(result));
            }
            Err(p) => results.push(failed(&id, &p)),
        }
    }
    (results, again)
}

/// What DocuSign says of an item that went well.
fn success() -> Value {
    json!({ "errorCode": "SUCCESS", "message": "" })
}

struct Laid {
    guid: String,
    new_address: bool,
    /// The first tab that could not be changed; the rest of the recipient is.
    refused: Option<Problem>,
    tabs: Object,
}

fn lay_one(e: &mut Envelope, mut given: Recipient, draft: bool) -> Result<Laid, Problem> {
    let documents: Vec<String> = e.paper.documents.iter().map(|d| d.id.clone()).collect();
    let tabs = std::mem::take(&mut given.tabs);
    let id = given.id().to_owned();
    let Some(own) = e.paper.recipient_mut(&id) else {
        if !draft {
            return Err(recipient_missing());
        }
        if id.is_empty() {
            return Err(problem(400, "INVALID_RECIPIENT_ID", "The recipientId is missing."));
        }
        settle_recipient(&mut given, 1);
        check_recipient(&given)?;
        let changed = change_tabs_of(&mut given, &documents, &tabs);
        let guid = given.guid.clone();
        e.paper.recipients.push(given);
        return Ok(Laid { guid, new_address: false, refused: changed.refused, tabs: changed.told });
    };
    if own.is_done() {
        return Err(not_correctable());
    }
    let mut changed = own.clone();
    overlay(&mut changed, &given);
    if changed.kind != given.kind && !own.is_locked() {
        changed.kind = given.kind.clone();
        changed.set("recipientType", super::sample::recipient_type(&given.kind));
        if !changed.acts() {
            changed.tabs = Object::new();
        }
    }
    check_recipient(&changed)?;
    let told = change_tabs_of(&mut changed, &documents, &tabs);
    check_recipient(&changed)?;
    // "Any e-mail address you provide is treated as a new e-mail address, even if it is exactly the same as before."
    let says_address = ["email", "signerEmail"].iter().any(|key| !given.text(key).is_empty());
    let new_address = says_address || changed.mail_address() != own.mail_address();
    if new_address && own.status() == "autoresponded" {
        changed.set("status", "sent");
        changed.fields.remove("autoRespondedReason");
    }
    let guid = own.guid.clone();
    let new_code = changed.text("accessCode") != own.text("accessCode");
    *own = changed;
    if new_code {
        e.wrong_codes.remove(&guid);
    }
    Ok(Laid { guid, new_address, refused: told.refused, tabs: told.told })
}

/// Recipients with their tabs as they came, so that they match those that are there.
fn recipients_in_unplaced(body: &Object) -> Vec<Recipient> {
    let mut list = recipients_in(body);
    let mut raw = wire::KINDS.iter().flat_map(|kind| objects(body.get(*kind)));
    for r in &mut list {
        let given = raw.next().unwrap_or_default();
        r.tabs = given.get("tabs").and_then(Value::as_object).cloned().unwrap_or_default();
    }
    list
}

/// Removes those that may go; those that may not are told beside them, under HTTP 200.
async fn remove_many(call: Call) -> Reply {
    let body = call.json()?;
    let ids: Vec<String> = recipients_in(&body).iter().map(|r| r.id().to_owned()).collect();
    let answer = call.change(|e| {
        changeable(e)?;
        let mut told = e.paper.clone();
        told.recipients.clear();
        for (id, given) in ids.iter().zip(recipients_in(&body)) {
            match removable(e, id) {
                Ok(()) => {
                    told.recipients.extend(e.paper.recipient(id).cloned());
                    e.paper.recipients.retain(|r| r.id() != id);
                }
                Err(p) => {
                    let mut kept = e.paper.recipient(id).cloned().unwrap_or(given);
                    kept.fields.insert("errorDetails".to_owned(), p.details());
                    told.recipients.push(kept);
                }
            }
        }
        let events = lifecycle::rerouted(e, call.now);
        Ok((wire::recipients(&told, false), events))
    })?;
    ok(answer)
}

async fn remove_one(call: Call) -> Reply {
    let id = call.param("recipientId").to_owned();
    let answer = call.change(|e| {
        changeable(e)?;
        removable(e, &id)?;
        let mut gone = e.paper.clone();
        gone.recipients.retain(|r| r.id() == id || r.guid == id);
        e.paper.recipients.retain(|r| r.id() != id && r.guid != id);
        let events = lifecycle::rerouted(e, call.now);
        Ok((wire::recipients(&gone, false), events))
    })?;
    ok(answer)
}

fn removable(e: &Envelope, id: &str) -> Result<(), Problem> {
    let r = e.paper.recipient(id).ok_or_else(recipient_missing)?;
    if r.is_done() {
        return Err(not_correctable());
    }
    if r.text("templateRequired") == "true" {
        return Err(problem(
            400,
            "RECIPIENT_UPDATE_FAILED",
            "The recipient is required by the template and cannot be removed.",
        ));
    }
    Ok(())
}

/// Sets for each pair that is named whether the recipient sees the document; others stay as they are.
async fn visibility(call: Call) -> Reply {
    let body = call.json()?;
    let pairs: Vec<Object> = objects(body.get("documentVisibility"));
    let settings = call.account(|account, _| Ok(account.settings.clone()))?;
    call.envelope(|e| {
        let before = e.paper.clone();
        for pair in &pairs {
            if e.paper.document(text(pair, "documentId")).is_none() {
                e.paper = before;
                return Err(super::problem::document_missing());
            }
            let Some(r) = e.paper.recipient_mut(text(pair, "recipientId")) else {
                e.paper = before;
                return Err(recipient_missing());
            };
            let document = Value::String(text(pair, "documentId").to_owned());
            let Value::Array(hidden) = r.fields.entry("excludedDocuments").or_insert_with(|| json!([]))
            else {
                continue;
            };
            hidden.retain(|d| *d != document);
            if text(pair, "visible") == "false" {
                hidden.push(document);
            }
        }
        if let Err(p) = super::settings::admit(&settings, &mut e.paper) {
            e.paper = before;
            return Err(p);
        }
        ok(json!({ "documentVisibility": pairs }))
    })
}

fn recipient_of<'a>(e: &'a mut Envelope, call: &Call) -> Result<&'a mut Recipient, Problem> {
    e.paper.recipient_mut(call.param("recipientId")).ok_or_else(recipient_missing)
}

async fn tabs(call: Call) -> Reply {
    call.envelope(|e| ok(Value::Object(recipient_of(e, &call)?.tabs.clone())))
}

async fn add_tabs(call: Call) -> Reply {
    let body = call.json()?;
    call.envelope(|e| {
        changeable(e)?;
        let known: Vec<String> = e.paper.documents.iter().map(|d| d.id.clone()).collect();
        let r = recipient_of(e, &call)?;
        let mut out = Object::new();
        for (group, list) in &body {
            for tab in objects(Some(list)) {
                let document = text(&tab, "documentId");
                if !document.is_empty() && !known.iter().any(|k| k == document) {
                    return Err(super::problem::document_missing());
                }
                let stored = push_tab(r, group, tab);
                if let Value::Array(list) = out.entry(group.clone()).or_insert_with(|| json!([])) {
                    list.push(Value::Object(stored));
                }
            }
        }
        super::anchors::place(&mut e.paper)?;
        created(Value::Object(out))
    })
}

/// By `tabId`; without one, by label as when an envelope is made.
async fn change_tabs(call: Call) -> Reply {
    let body = call.json()?;
    call.envelope(|e| {
        changeable(e)?;
        let documents: Vec<String> = e.paper.documents.iter().map(|d| d.id.clone()).collect();
        let r = recipient_of(e, &call)?;
        if r.is_done() {
            return Err(not_correctable());
        }
        let changed = change_tabs_of(r, &documents, &body);
        super::anchors::place(&mut e.paper)?;
        ok(Value::Object(changed.told))
    })
}

struct ChangedTabs {
    /// The tabs as they came, each with `errorDetails` if it was not taken.
    told: Object,
    refused: Option<Problem>,
}

/// Changes a recipient's tabs: by `tabId`; without one, those of the same kind and label; what matches none and
/// says where it stands is added.
fn change_tabs_of(r: &mut Recipient, documents: &[String], body: &Object) -> ChangedTabs {
    let mut out = ChangedTabs { told: Object::new(), refused: None };
    for (group, list) in body {
        for given in objects(Some(list)) {
            let mut answer = given.clone();
            if let Err(p) = change_tab(r, documents, group, given) {
                answer.insert("errorDetails".to_owned(), p.details());
                out.refused.get_or_insert(p);
            }
            if let Value::Array(list) = out.told.entry(group.clone()).or_insert_with(|| json!([])) {
                list.push(Value::Object(answer));
            }
        }
    }
    out
}

fn change_tab(
    r: &mut Recipient,
    documents: &[String],
    group: &str,
    mut given: Object,
) -> Result<(), Problem> {
    let locked = || problem(400, "TAB_NOT_EDITABLE", "The tab is locked by the template.");
    let document = text(&given, "documentId").to_owned();
    if !document.is_empty() && !documents.contains(&document) {
        return Err(super::problem::document_missing());
    }
    let id = text(&given, "tabId").to_owned();
    if id.is_empty() {
        // A tab that names no document stands on the first.
        let placed = !text(&given, "xPosition").is_empty() || !text(&given, "anchorString").is_empty();
        let fits = |t: &Object| {
            !label(&given).is_empty()
                && label(t) == label(&given)
                && (document.is_empty() || document == text(t, "documentId"))
        };
        let own: Vec<Object> = objects(r.tabs.get(group)).into_iter().filter(fits).collect();
        match own.as_slice() {
            [] if placed => {
                if let Some(first) = documents.first() {
                    given.entry("documentId").or_insert_with(|| json!(first));
                }
            }
            [] => return Err(no_such_tab()),
            tabs if tabs.iter().all(|t| text(t, "templateLocked") == "true") => return Err(locked()),
            _ => {}
        }
        let mut one = Object::new();
        one.insert(group.to_owned(), json!([given]));
        overlay_tabs(r, &one);
        return Ok(());
    }
    let mut found = None;
    retain_tabs(r, |_, tab| {
        if text(tab, "tabId") == id {
            found = Some(text(tab, "templateLocked") != "true");
            if found == Some(true) {
                super::paper::write_all(tab, &given);
            }
        }
        true
    });
    match found {
        Some(true) => Ok(()),
        Some(false) => Err(locked()),
        None => Err(no_such_tab()),
    }
}

fn no_such_tab() -> Problem {
    problem(
        400,
        "INVALID_TAB_OPERATION",
        "The Tab specified is not valid for the requested operation. Tab not found in envelope.",
    )
}

async fn delete_tabs(call: Call) -> Reply {
    let body = call.json()?;
    let ids: Vec<String> =
        body.values().flat_map(|l| objects(Some(l))).map(|t| text(&t, "tabId").to_owned()).collect();
    call.envelope(|e| {
        changeable(e)?;
        let r = recipient_of(e, &call)?;
        let mut gone = Recipient { guid: new_id(), ..Recipient::default() };
        retain_tabs(r, |group, tab| {
            let goes =
                ids.iter().any(|id| id == text(tab, "tabId")) && text(tab, "templateRequired") != "true";
            if goes && let Value::Array(list) = gone.tabs.entry(group).or_insert_with(|| json!([])) {
                list.push(Value::Object(tab.clone()));
            }
            !goes
        });
        ok(Value::Object(gone.tabs))
    })
}
