//! Recipients and tabs of an envelope (facts §3.3, §5.3).

use axum::Router;
use axum::routing::{delete, get, put};
use serde_json::{Value, json};

use super::call::{Call, Reply, created, ok};
use super::lifecycle;
use super::model::{Envelope, Object, Recipient, new_id, objects, text};
use super::paper::{overlay, overlay_tabs, push_tab, recipients_in, retain_tabs};
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
        e.paper.recipients.extend(added.iter().cloned());
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
    let results = call.change(|e| {
        changeable(e)?;
        let draft = e.status == "created";
        let mut results = Vec::new();
        let mut again = Vec::new();
        for mut given in recipients_in_unplaced(&body) {
            let id = given.id().to_owned();
            match e.paper.recipient_mut(&id) {
                None if draft => {
                    settle_recipient(&mut given, 1);
                    match check_recipient(&given) {
                        Ok(()) => {
                            results.push(json!({ "recipientId": id, "recipientIdGuid": given.guid }));
                            e.paper.recipients.push(given);
                        }
                        Err(p) => results.push(failed(&id, &p)),
                    }
                }
                None => results.push(failed(&id, &recipient_missing())),
                Some(own) if own.is_done() => results.push(failed(&id, &not_correctable())),
                Some(own) => {
                    let mut changed = own.clone();
                    overlay(&mut changed, &given);
                    if changed.kind != given.kind && !own.is_locked() {
                        changed.kind = given.kind.clone();
                        changed.set("recipientType", super::sample::recipient_type(&given.kind));
                        if !changed.acts() {
                            changed.tabs = Object::new();
                        }
                    }
                    match check_recipient(&changed) {
                        Ok(()) => {
                            let new_address = changed.mail_address() != own.mail_address();
                            if new_address && own.status() == "autoresponded" {
                                changed.set("status", "sent");
                                changed.fields.remove("autoRespondedReason");
                            }
                            if !draft && (resend || new_address) {
                                again.push(id.clone());
                            }
                            results.push(json!({ "recipientId": id, "recipientIdGuid": own.guid }));
                            *own = changed;
                        }
                        Err(p) => results.push(failed(&id, &p)),
                    }
                }
            }
        }
        let mut events = lifecycle::rerouted(e, call.now);
        if !again.is_empty() {
            events.extend(lifecycle::resend(e, Some(&again), call.now));
        }
        Ok((results, events))
    })?;
    ok(json!({ "recipientUpdateResults": results }))
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

async fn visibility(call: Call) -> Reply {
    let body = call.json()?;
    let hidden: Vec<Object> = objects(body.get("documentVisibility"));
    call.envelope(|e| {
        for r in &mut e.paper.recipients {
            let excluded: Vec<&str> = hidden
                .iter()
                .filter(|v| text(v, "recipientId") == r.id() && text(v, "visible") == "false")
                .map(|v| text(v, "documentId"))
                .collect();
            if !excluded.is_empty() {
                r.fields.insert("excludedDocuments".to_owned(), json!(excluded));
            }
        }
        ok(json!({ "documentVisibility": hidden }))
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
        created(Value::Object(out))
    })
}

/// By `tabId`; without one, by label as when an envelope is made.
async fn change_tabs(call: Call) -> Reply {
    let body = call.json()?;
    call.envelope(|e| {
        changeable(e)?;
        let r = recipient_of(e, &call)?;
        if r.is_done() {
            return Err(not_correctable());
        }
        let mut out = Object::new();
        for (group, list) in &body {
            for given in objects(Some(list)) {
                let id = text(&given, "tabId").to_owned();
                let mut answer = given.clone();
                if id.is_empty() {
                    let mut one = Object::new();
                    one.insert(group.clone(), json!([given]));
                    overlay_tabs(r, &one);
                } else {
                    let mut found = None;
                    retain_tabs(r, |_, tab| {
                        if text(tab, "tabId") == id {
                            if text(tab, "templateLocked") == "true" {
                                found = Some(false);
                            } else {
                                tab.extend(given.clone());
                                found = Some(true);
                            }
                        }
                        true
                    });
                    let error = match found {
                        Some(true) => None,
                        Some(false) => {
                            Some(problem(400, "TAB_NOT_EDITABLE", "The tab is locked by the template."))
                        }
                        None => Some(problem(400, "INVALID_TAB_ID", "The tab ID is not valid.")),
                    };
                    if let Some(p) = error {
                        answer.insert("errorDetails".to_owned(), p.details());
                    }
                }
                if let Value::Array(list) = out.entry(group.clone()).or_insert_with(|| json!([])) {
                    list.push(Value::Object(answer));
                }
            }
        }
        ok(Value::Object(out))
    })
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
