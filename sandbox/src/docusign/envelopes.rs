//! Envelopes as a whole: list, read, change, send, void, resend; custom fields, notification, lock, history,
//! form data.

use axum::Router;
use axum::routing::{get, put};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::call::{Call, Reply, created, envelope_of, lock_token, not_lock_owner, ok};
use super::create::{add_custom_fields, check_message, put_field, settle_fields};
use super::lifecycle;
use super::model::{Account, Envelope, Object, object, objects, text};
use super::paper::each_tab;
use super::problem::{Problem, invalid_parameter, problem, wrong_status};
use super::templates::{already_locked, new_lock, not_locked, window, with_token};
use super::wire::{self, AccountView, EnvelopeParts, KEPT, Users, paging};
use crate::clock::seven_digits;
use crate::world::World;

pub fn router() -> Router<World> {
    Router::new()
        .route("/envelopes", get(list).post(super::create::post))
        .route("/envelopes/status", put(statuses))
        .route("/envelopes/{envelopeId}", get(detail).put(update))
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

fn shown(account: &Account, users: &Users<'_>, e: &Envelope, parts: EnvelopeParts) -> Value {
    let view = AccountView { account_id: &account.account_id, folders: &account.folders, users };
    wire::envelope(e, &view, parts)
}

fn parts(call: &Call) -> EnvelopeParts {
    let has = |word| call.includes("include", word);
    EnvelopeParts {
        recipients: has("recipients") || has("tabs"),
        tabs: has("tabs"),
        custom_fields: has("custom_fields"),
        documents: has("documents"),
        folders: has("folders"),
    }
}

async fn list(call: Call) -> Reply {
    let ids = |name: &str| -> Vec<String> {
        call.query(name).split(',').map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()).collect()
    };
    let (envelope_ids, transaction_ids) = (ids("envelope_ids"), ids("transaction_ids"));
    let from = date(&call, "from_date")?;
    if from.is_none() && envelope_ids.is_empty() && transaction_ids.is_empty() {
        return Err(invalid_parameter("A value was not found for query parameter: from_date."));
    }
    let to = date(&call, "to_date")?;
    let (start, count) = window(&call, 100)?;
    let count = count.min(1_000);
    let statuses = ids("status");
    let folders = ids("folder_ids");
    let search = call.query("search_text").to_lowercase();
    let custom_field = call.query("custom_field").split_once('=').map(|(n, v)| (n.to_owned(), v.to_owned()));
    let me = &call.caller.user;
    let with = parts(&call);
    call.account(|account, users| {
        let folder_kinds: Vec<&str> = account
            .folders
            .iter()
            .filter(|f| folders.iter().any(|id| *id == f.folder_id || *id == f.kind))
            .map(|f| f.kind.as_str())
            .collect();
        let mut found: Vec<&Envelope> = account
            .envelopes
            .values()
            .filter(|e| me.is_admin || e.sender_id == me.user_id)
            .filter(|e| envelope_ids.is_empty() || envelope_ids.contains(&e.envelope_id))
            .filter(|e| transaction_ids.is_empty() || transaction_ids.contains(&e.transaction_id))
            .filter(|e| match (folders.is_empty(), folder_of(e)) {
                (true, kind) => kind != "recyclebin",
                (false, kind) => folder_kinds.contains(&kind),
            })
            .filter(|e| statuses.is_empty() || statuses.iter().any(|s| s == "any" || s.eq_ignore_ascii_case(&e.status)))
            .filter(|e| {
                let at = qualified(e, call.query("from_to_status"));
                from.is_none_or(|f| at.is_some_and(|at| at >= f)) && to.is_none_or(|t| at.is_some_and(|at| at <= t))
            })
            .filter(|e| search.is_empty() || e.paper.text("emailSubject").to_lowercase().contains(&search))
            .filter(|e| match &custom_field {
                None => true,
                Some((name, value)) => e
                    .paper
                    .text_fields
                    .iter()
                    .chain(&e.paper.list_fields)
                    .any(|f| text(f, "name") == name && text(f, "value") == value),
            })
            .collect();
        match call.query("order_by") {
            "created" => found.sort_by_key(|e| e.created),
            "sent" => found.sort_by_key(|e| e.sent),
            "completed" => found.sort_by_key(|e| e.completed),
            "status_changed" => found.sort_by_key(|e| e.status_changed),
            "subject" => found.sort_by_key(|e| e.paper.text("emailSubject").to_lowercase()),
            _ => found.sort_by_key(|e| e.modified),
        }
        if call.query("order") != "asc" {
            found.reverse();
        }
        let total = found.len();
        let page: Vec<&Envelope> = found.into_iter().skip(start).take(count).collect();
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for name in ["from_date", "to_date", "status", "custom_field", "include", "count", "order_by", "order"] {
            if !call.query(name).is_empty() {
                query.append_pair(name, call.query(name));
            }
        }
        let mut out = paging(total, start, page.len(), "/envelopes", &query.finish());
        if !transaction_ids.is_empty() {
            let known: Vec<Value> = page
                .iter()
                .map(|e| json!({ "envelopeId": e.envelope_id, "transactionId": e.transaction_id, "status": e.status }))
                .collect();
            out.insert("envelopeTransactionStatuses".to_owned(), Value::Array(known));
        }
        let envelopes: Vec<Value> = page.iter().map(|e| shown(account, users, e, with)).collect();
        out.insert("envelopes".to_owned(), Value::Array(envelopes));
        out.insert("lastQueriedDateTime".to_owned(), json!(seven_digits(call.now)));
        out.insert("continuationToken".to_owned(), json!(""));
        ok(Value::Object(out))
    })
}

pub fn folder_of(e: &Envelope) -> &'static str {
    match (e.deleted.is_some(), e.status.as_str()) {
        (true, _) => "recyclebin",
        (false, "created") => "draft",
        _ => "sentitems",
    }
}

/// The date that `from_date` and `to_date` mean.
fn qualified(e: &Envelope, status: &str) -> Option<DateTime<Utc>> {
    match status.to_ascii_lowercase().as_str() {
        "created" => Some(e.created),
        "sent" => e.sent,
        "delivered" => e.delivered,
        "completed" => e.completed,
        "declined" => e.declined,
        "voided" => e.voided,
        _ => Some(e.status_changed),
    }
}

fn date(call: &Call, name: &str) -> Result<Option<DateTime<Utc>>, Problem> {
    let given = call.query(name);
    if given.is_empty() {
        return Ok(None);
    }
    // A `+` of an offset that was not escaped arrives as a blank.
    let given = given.replace(' ', "+");
    let parsed = DateTime::parse_from_rfc3339(&given).map(|t| t.with_timezone(&Utc)).ok().or_else(|| {
        let day = chrono::NaiveDate::parse_from_str(&given, "%Y-%m-%d").ok()?;
        Some(day.and_hms_opt(0, 0, 0)?.and_utc())
    });
    let parsed = parsed.or_else(|| {
        chrono::NaiveDateTime::parse_from_str(&given, "%Y-%m-%dT%H:%M:%S%.f").ok().map(|t| t.and_utc())
    });
    parsed.map(Some).ok_or_else(|| invalid_parameter(format_args!("'{name}' is not a date.")))
}

async fn statuses(call: Call) -> Reply {
    let body = call.json()?;
    let list = |name: &str| -> Vec<String> {
        body.get(name)
            .and_then(Value::as_array)
            .map(|l| l.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect())
            .unwrap_or_default()
    };
    let (ids, transactions) = (list("envelopeIds"), list("transactionIds"));
    call.account(|account, users| {
        let found: Vec<Value> = account
            .envelopes
            .values()
            .filter(|e| {
                ids.contains(&e.envelope_id)
                    || (!e.transaction_id.is_empty() && transactions.contains(&e.transaction_id))
            })
            .map(|e| shown(account, users, e, EnvelopeParts::default()))
            .collect();
        let mut out = paging(found.len(), 0, found.len(), "/envelopes/status", "");
        out.insert("envelopes".to_owned(), Value::Array(found));
        ok(Value::Object(out))
    })
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

async fn update(call: Call) -> Reply {
    let body = call.json()?;
    let user = call.caller.user.name();
    let resend = call.flag("resend_envelope");
    call.change(|e| {
        if lifecycle::is_over(e) {
            // Voiding has words of its own for this.
            return match text(&body, "status") {
                "voided" => {
                    lifecycle::void(e, &user, text(&body, "voidedReason"), call.now).map(|_| ((), vec![]))
                }
                _ => Err(wrong_status()),
            };
        }
        let mut events = Vec::new();
        if text(&body, "status") == "voided" {
            events.extend(lifecycle::void(e, &user, text(&body, "voidedReason"), call.now)?);
            return Ok(((), events));
        }
        for key in KEPT {
            if let Some(value) = body.get(key) {
                e.paper.fields.insert(key.to_owned(), value.clone());
            }
        }
        check_message(&e.paper)?;
        if let Some(n) = body.get("notification").filter(|_| call.flag("advanced_update")) {
            e.paper.notification = Some(n.clone());
        }
        match text(&body, "status") {
            "" | "created" => {}
            "sent" => events.extend(lifecycle::send(e, &user, call.now)?),
            other => {
                return Err(invalid_parameter(format_args!("The status cannot be changed to '{other}'.")));
            }
        }
        if resend {
            if !lifecycle::is_open(e) {
                return Err(wrong_status());
            }
            events.extend(lifecycle::resend(e, None, call.now));
        }
        Ok(((), events))
    })?;
    ok(json!({ "envelopeId": call.param("envelopeId") }))
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

async fn lock_info(call: Call) -> Reply {
    let id = call.param("envelopeId");
    call.account(|account, users| {
        match envelope_of(account, id)?.lock.as_ref().filter(|l| l.until > call.now) {
            // The token is shown to its owner.
            Some(l) if l.user_id == call.caller.user.user_id => ok(with_token(l, users)),
            Some(l) => ok(wire::lock_information(l, users)),
            None => Err(not_locked()),
        }
    })
}

async fn make_lock(call: Call) -> Reply {
    let body = call.json()?;
    let id = call.param("envelopeId");
    call.account(|account, users| {
        let e = envelope_of(account, id)?;
        if e.lock.as_ref().is_some_and(|l| l.until > call.now) {
            return Err(already_locked());
        }
        if lifecycle::is_over(e) {
            return Err(wrong_status());
        }
        let made = new_lock(&body, &call);
        let answer = with_token(&made, users);
        e.lock = Some(made);
        created(answer)
    })
}

async fn extend_lock(call: Call) -> Reply {
    let body = call.json()?;
    let id = call.param("envelopeId");
    let token = lock_token(&call.headers);
    call.account(|account, users| {
        let held =
            envelope_of(account, id)?.lock.as_mut().filter(|l| l.until > call.now).ok_or_else(not_locked)?;
        if token.as_deref() != Some(&held.token) {
            return Err(not_lock_owner());
        }
        let fresh = new_lock(&body, &call);
        held.seconds = fresh.seconds;
        held.until = fresh.until;
        ok(with_token(held, users))
    })
}

async fn end_lock(call: Call) -> Reply {
    let user = call.caller.user.name();
    let token = lock_token(&call.headers);
    let id = call.param("envelopeId").to_owned();
    let answer = call.account(|account, users| {
        let e = envelope_of(account, &id)?;
        let held = e.lock.as_ref().filter(|l| l.until > call.now).ok_or_else(not_locked)?;
        if token.as_deref() != Some(&held.token) {
            return Err(not_lock_owner());
        }
        let answer = with_token(held, users);
        Ok(answer)
    })?;
    call.change(|e| {
        let used = e.lock.take().is_some_and(|l| l.used);
        let events =
            if used && lifecycle::is_open(e) { lifecycle::corrected(e, &user, call.now) } else { vec![] };
        Ok(((), events))
    })?;
    ok(answer)
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
