//! `PUT /envelopes/{id}`: message, sending, voiding, mailing again; with `advanced_update=true` also recipients,
//! tabs, custom fields, notification and options.
//!
//! All or nothing, but for recipients and tabs that cannot be changed: those are told one by one under HTTP 200.
//! That the call leaves options alone without `advanced_update` is assumed.

use serde_json::{Value, json};

use super::call::{Call, Reply, envelope_of, ok};
use super::lifecycle::{self, Event};
use super::model::{Account, Envelope, Object, Paper, object, objects, text};
use super::problem::{Problem, invalid_parameter, wrong_status};
use super::recipients::lay_all;
use super::settle::{check_message, put_field, settle_fields};
use super::wire::KEPT;

pub async fn put(call: Call) -> Reply {
    let body = call.json()?;
    let id = call.param("envelopeId");
    let user = call.caller.user.name();
    let mut answer = object(json!({ "envelopeId": id }));
    call.account(|account, users| {
        let before = envelope_of(account, id)?.paper.clone();
        match change(&call, account, &body, &user, &mut answer) {
            Ok(events) => {
                envelope_of(account, id)?.modified = call.now;
                super::connect::publish(account, users, id, &events, call.now);
                Ok(())
            }
            Err(p) => {
                envelope_of(account, id)?.paper = before;
                Err(p)
            }
        }
    })?;
    ok(Value::Object(answer))
}

fn change(
    call: &Call,
    account: &mut Account,
    body: &Object,
    user: &str,
    answer: &mut Object,
) -> Result<Vec<Event>, Problem> {
    let id = call.param("envelopeId");
    let e = envelope_of(account, id)?;
    if text(body, "status") == "voided" {
        // Voiding has words of its own for an envelope that is over.
        return lifecycle::void(e, user, text(body, "voidedReason"), call.now);
    }
    if lifecycle::is_over(e) {
        return Err(wrong_status());
    }
    for key in ["emailSubject", "emailBlurb"] {
        if let Some(value) = body.get(key) {
            e.paper.fields.insert(key.to_owned(), value.clone());
        }
    }
    let mut events = Vec::new();
    if call.flag("advanced_update") {
        if e.status == "created" {
            advanced(account, id, body, answer)?;
        } else {
            // Of an envelope under way, only what can be corrected.
            notification(&mut e.paper, body);
        }
    }
    let e = envelope_of(account, id)?;
    check_message(&e.paper)?;
    match text(body, "status") {
        "" | "created" => {}
        "sent" => events.extend(lifecycle::send(e, user, call.now)?),
        other => {
            return Err(invalid_parameter(format_args!("The status cannot be changed to '{other}'.")));
        }
    }
    if call.flag("resend_envelope") {
        if !lifecycle::is_open(e) {
            return Err(wrong_status());
        }
        events.extend(lifecycle::resend(e, user, None, call.now));
    }
    Ok(events)
}

/// Everything that only `advanced_update` changes.
fn advanced(account: &mut Account, id: &str, body: &Object, answer: &mut Object) -> Result<(), Problem> {
    let settings = account.settings.clone();
    let e = envelope_of(account, id)?;
    for key in KEPT.iter().filter(|k| !matches!(**k, "transactionId" | "asynchronous")) {
        if let Some(value) = body.get(*key) {
            e.paper.fields.insert((*key).to_owned(), value.clone());
        }
    }
    if let Some(given) = body.get("recipients").and_then(Value::as_object) {
        let (results, _) = lay_all(e, given, false);
        answer.insert("recipientUpdateResults".to_owned(), Value::Array(results));
    }
    notification(&mut e.paper, body);
    custom_fields(e, body, answer);
    super::settings::admit(&settings, &mut e.paper)?;
    super::anchors::place(&mut e.paper)?;
    let mut paper = std::mem::take(&mut e.paper);
    let settled = settle_fields(account, &mut paper);
    envelope_of(account, id)?.paper = paper;
    settled
}

fn notification(paper: &mut Paper, body: &Object) {
    if let Some(given) = body.get("notification") {
        paper.notification = Some(given.clone());
    }
}

fn custom_fields(e: &mut Envelope, body: &Object, answer: &mut Object) {
    let Some(given) = body.get("customFields") else { return };
    let lists = [
        ("textCustomFields", "textCustomFieldUpdateResults", &mut e.paper.text_fields),
        ("listCustomFields", "listCustomFieldUpdateResults", &mut e.paper.list_fields),
    ];
    for (name, told, list) in lists {
        let fields = objects(given.get(name));
        if fields.is_empty() {
            continue;
        }
        for field in &fields {
            put_field(list, field.clone());
        }
        answer.insert(told.to_owned(), json!(fields));
    }
}
