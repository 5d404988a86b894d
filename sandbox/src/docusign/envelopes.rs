//! Envelopes as a whole: read, change, send, void, resend; custom fields, notification, history, form data.

use axum::Router;
use axum::routing::{get, put};
use serde_json::{Value, json};

use super::call::{Call, Reply, created, envelope_of, ok};
use super::envelope_list::{list, statuses};
use super::lifecycle;
use super::locks::{end_lock, extend_lock, lock_info, make_lock};
use super::model::{Account, Envelope, Object, object, objects, text};
use super::paper::each_tab;
use super::problem::{Problem, problem, wrong_status};
use super::settle::{add_custom_fields, put_field, settle_fields};
use super::wire::{self, AccountView, EnvelopeParts, Users};
use crate::clock::seven_digits;
use crate::world::World;

pub fn router() -> Router<World> {
    Router::new()
        .route("/envelopes", get(list).post(super::create::post))
        .route("/envelopes/status", put(statuses))
        .route("/envelopes/{envelopeId}", get(detail).put(super::update::put))
        .route(
            "/envelopes/{envelopeId}/custom_fields",
            get(custom_fields).post(add_fields).put(change_fields).delete(delete_fields),
        )
        .route("/envelopes/{envelopeId}/notification", get(notification).put(set_notification))
        .route(
            "/envelopes/{envelopeId}/email_settings",
            get(email_settings).post(set_email_settings).put(set_email_settings).delete(no_email_settings),
        )
        .route(
            "/envelopes/{envelopeId}/lock",
            get(lock_info).post(make_lock).put(extend_lock).delete(end_lock),
        )
        .route("/envelopes/{envelopeId}/form_data", get(form_data))
        .route("/envelopes/{envelopeId}/audit_events", get(audit_events))
}

pub fn shown(account: &Account, users: &Users<'_>, e: &Envelope, parts: EnvelopeParts) -> Value {
    let view = AccountView { account_id: &account.account_id, folders: &account.folders, users };
    wire::envelope(e, &view, parts)
}

pub fn parts(call: &Call) -> EnvelopeParts {
    let has = |word| call.includes("include", word);
    EnvelopeParts {
        recipients: has("recipients") || has("tabs"),
        tabs: has("tabs"),
        custom_fields: has("custom_fields"),
        documents: has("documents"),
        folders: has("folders"),
    }
}

async fn detail(call: Call) -> Reply {
    let id = call.param("envelopeId");
    let with = EnvelopeParts { recipients: true, ..parts(&call) };
    let with = if call.query("include").is_empty() { EnvelopeParts::default() } else { with };
    call.account(|account, users| {
        envelope_of(account, id)?;
        let e = account.envelopes.get(id).ok_or_else(super::problem::envelope_missing)?;
        ok(shown(account, users, e, with))
    })
}

async fn custom_fields(call: Call) -> Reply {
    call.envelope(|e| ok(wire::custom_fields(&e.paper)))
}

async fn add_fields(call: Call) -> Reply {
    change_custom_fields(&call, true).and_then(created)
}

async fn change_fields(call: Call) -> Reply {
    change_custom_fields(&call, false).and_then(ok)
}

fn change_custom_fields(call: &Call, add: bool) -> Result<Value, Problem> {
    let body = Value::Object(call.json()?);
    let id = call.param("envelopeId");
    call.account(|account, _| {
        let mut paper = std::mem::take(&mut envelope_of(account, id)?.paper);
        if add {
            add_custom_fields(&mut paper, Some(&body));
        } else {
            for (list, name) in
                [(&mut paper.text_fields, "textCustomFields"), (&mut paper.list_fields, "listCustomFields")]
            {
                for field in objects(body.get(name)) {
                    put_field(list, field);
                }
            }
        }
        let settled = settle_fields(account, &mut paper);
        let answer = wire::custom_fields(&paper);
        envelope_of(account, id)?.paper = paper;
        settled.map(|()| answer)
    })
}

async fn delete_fields(call: Call) -> Reply {
    let body = call.json()?;
    let gone: Vec<String> = ["textCustomFields", "listCustomFields"]
        .iter()
        .flat_map(|name| objects(body.get(*name)))
        .map(|f| text(&f, "fieldId").to_owned())
        .collect();
    call.envelope(|e| {
        e.paper.text_fields.retain(|f| !gone.iter().any(|id| id == text(f, "fieldId")));
        e.paper.list_fields.retain(|f| !gone.iter().any(|id| id == text(f, "fieldId")));
        ok(wire::custom_fields(&e.paper))
    })
}

async fn notification(call: Call) -> Reply {
    call.envelope(|e| {
        ok(e.paper.notification.clone().unwrap_or_else(|| json!({ "useAccountDefaults": "true" })))
    })
}

async fn set_notification(call: Call) -> Reply {
    let body = Value::Object(call.json()?);
    call.envelope(|e| {
        if lifecycle::is_over(e) {
            return Err(wrong_status());
        }
        e.paper.notification = Some(body.clone());
        ok(body)
    })
}

async fn email_settings(call: Call) -> Reply {
    call.envelope(|e| ok(e.paper.fields.get("emailSettings").cloned().unwrap_or_else(|| json!({}))))
}

async fn set_email_settings(call: Call) -> Reply {
    let body = Value::Object(call.json()?);
    call.envelope(|e| {
        e.paper.fields.insert("emailSettings".to_owned(), body.clone());
        created(body)
    })
}

async fn no_email_settings(call: Call) -> Reply {
    call.envelope(|e| ok(e.paper.fields.remove("emailSettings").unwrap_or_else(|| json!({}))))
}

async fn form_data(call: Call) -> Reply {
    let id = call.param("envelopeId");
    call.account(|account, users| {
        if !account.form_data_allowed {
            return Err(problem(403, "USER_LACKS_PERMISSIONS", "User Lacks Permission"));
        }
        let e = envelope_of(account, id)?;
        let mut all = Vec::new();
        let mut by_recipient = Vec::new();
        for r in &e.paper.recipients {
            let items: Vec<Value> = each_tab(r).filter_map(|(group, tab)| item(group, tab)).collect();
            all.extend(items.clone());
            let mut entry = object(json!({
                "recipientId": r.id(), "name": r.display_name(), "email": r.mail_address(), "formData": items,
            }));
            for (key, from) in [
                ("SentTime", "sentDateTime"),
                ("DeliveredTime", "deliveredDateTime"),
                ("SignedTime", "signedDateTime"),
                ("DeclinedTime", "declinedDateTime"),
            ] {
                if !r.text(from).is_empty() {
                    entry.insert(key.to_owned(), json!(r.text(from)));
                }
            }
            by_recipient.push(Value::Object(entry));
        }
        let prefill: Vec<Value> = e
            .paper
            .documents
            .iter()
            .flat_map(|d| d.prefill.iter())
            .flat_map(|(group, l)| objects(Some(l)).into_iter().filter_map(move |t| item(group, &t)))
            .collect();
        let mut out = object(json!({
            "envelopeId": e.envelope_id, "status": e.status, "emailSubject": e.paper.text("emailSubject"),
            "formData": all, "recipientFormData": by_recipient,
        }));
        if let Some(sender) = users.0.get(&e.sender_id) {
            out.insert(
                "prefillFormData".to_owned(),
                json!({ "formData": prefill, "senderUserId": sender.user_id, "senderName": sender.name(), "senderEmail": sender.email }),
            );
        }
        if let Some(sent) = e.sent {
            out.insert("sentDateTime".to_owned(), json!(seven_digits(sent)));
        }
        ok(Value::Object(out))
    })
}

fn item(group: &str, tab: &Object) -> Option<Value> {
    let value = match group {
        "signHereTabs" | "initialHereTabs" => return None,
        "checkboxTabs" => {
            if text(tab, "selected") == "true" {
                "X"
            } else {
                ""
            }
        }
        _ => text(tab, "value"),
    };
    let mut out = object(
        json!({ "name": text(tab, "tabLabel"), "value": value, "originalValue": text(tab, "originalValue") }),
    );
    if group == "listTabs" {
        out.insert("listSelectedValue".to_owned(), json!(value));
    }
    Some(Value::Object(out))
}

async fn audit_events(call: Call) -> Reply {
    call.envelope(|e| {
        let list: Vec<Value> = e
            .audit
            .iter()
            .map(|a| {
                let field = |name: &str, value: &str| json!({ "name": name, "value": value });
                json!({ "eventFields": [
                    field("logTime", &seven_digits(a.at)), field("Source", "api"), field("UserName", &a.user),
                    field("Action", &a.action), field("Message", &a.message), field("EnvelopeStatus", &e.status),
                    field("ClientIPAddress", "127.0.0.1"), field("Information", ""), field("InformationLocalized", ""),
                    field("GeoLocation", ""), field("Language", "en"),
                ] })
            })
            .collect();
        ok(json!({ "auditEvents": list }))
    })
}
