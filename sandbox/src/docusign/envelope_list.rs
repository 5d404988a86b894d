//! `GET /envelopes` and `PUT /envelopes/status`: which envelopes there are.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::call::{Call, Reply, ok};
use super::envelopes::{parts, shown};
use super::model::{Envelope, text};
use super::problem::{Problem, invalid_parameter};
use super::templates::window;
use super::wire::{EnvelopeParts, paging};
use crate::clock::seven_digits;

pub async fn list(call: Call) -> Reply {
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

pub async fn statuses(call: Call) -> Reply {
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
