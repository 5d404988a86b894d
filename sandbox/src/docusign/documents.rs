//! Documents of an envelope: list, bytes, pages, tabs; add, replace, remove while it is not over.

use axum::Router;
use axum::routing::get;
use serde_json::{Value, json};

use super::call::{Call, Reply, created, ok};
use super::lifecycle;
use super::model::{Envelope, Object, objects, text};
use super::paper::{Wanted, document_from, document_in, pdf_of, retain_tabs, tabs_of_document, with_ids};
use super::problem::{Problem, document_missing, invalid_parameter, wrong_status};
use super::templates::{file, image, page_list};
use super::wire;
use crate::world::World;

pub fn router() -> Router<World> {
    Router::new()
        .route("/envelopes/{envelopeId}/documents", get(list).put(put_many).delete(delete))
        .route("/envelopes/{envelopeId}/documents/{documentId}", get(document).put(put_one))
        .route("/envelopes/{envelopeId}/documents/{documentId}/pages", get(pages))
        .route(
            "/envelopes/{envelopeId}/documents/{documentId}/pages/{pageNumber}/page_image",
            get(page_image),
        )
        .route(
            "/envelopes/{envelopeId}/documents/{documentId}/tabs",
            get(tabs).post(set_tabs_created).put(set_tabs).delete(delete_tabs),
        )
}

fn shown(e: &Envelope) -> Value {
    let uri = format!("/envelopes/{}", e.envelope_id);
    let mut list: Vec<Value> = e.paper.documents.iter().map(|d| wire::envelope_document(d, &uri)).collect();
    if e.status == "completed" {
        list.push(json!({
            "documentId": "certificate", "documentIdGuid": super::model::stable_id(&[&e.envelope_id, "certificate"]),
            "name": "Summary", "type": "summary", "uri": format!("{uri}/documents/certificate"), "order": "999",
            "display": "inline", "includeInDownload": "true",
        }));
    }
    json!({ "envelopeId": e.envelope_id, "envelopeDocuments": list })
}

async fn list(call: Call) -> Reply {
    call.envelope(|e| ok(shown(e)))
}

fn bytes_of(call: &Call) -> Result<(String, Vec<Wanted>), Problem> {
    let id = call.param("documentId");
    call.envelope(|e| {
        if id == "certificate" {
            return Ok(Wanted::certificate(e));
        }
        Wanted::new(&e.paper, id, e.paper.text("emailSubject"))
    })
}

async fn document(call: Call) -> Reply {
    let (name, papers) = bytes_of(&call)?;
    file(call.param("documentId"), &name, &pdf_of(papers).await)
}

async fn pages(call: Call) -> Reply {
    let (_, papers) = bytes_of(&call)?;
    let path =
        format!("/envelopes/{}/documents/{}/pages", call.param("envelopeId"), call.param("documentId"));
    page_list(&call, &pdf_of(papers).await, &path)
}

async fn page_image(call: Call) -> Reply {
    let (_, papers) = bytes_of(&call)?;
    image(&call, pdf_of(papers).await).await
}

fn changeable(e: &Envelope) -> Result<(), Problem> {
    if lifecycle::is_over(e) { Err(wrong_status()) } else { Ok(()) }
}

/// Replaces the document with the same id, or adds.
fn place(e: &mut Envelope, mut document: super::model::Document) {
    match e.paper.documents.iter_mut().find(|d| d.id == document.id) {
        Some(own) => {
            if !document.fields.contains_key("order") {
                document.order = own.order;
            }
            *own = document;
        }
        None => {
            if !document.fields.contains_key("order") {
                document.order = e.paper.documents.iter().map(|d| d.order).max().unwrap_or(0) + 1;
            }
            e.paper.documents.push(document);
        }
    }
    e.paper.documents.sort_by_key(|d| d.order);
    drop_lost_tabs(e);
}

/// Tabs on pages that are no longer there go, and so do documents hidden from somebody.
fn drop_lost_tabs(e: &mut Envelope) {
    let pages: Vec<(String, u32)> = e.paper.documents.iter().map(|d| (d.id.clone(), d.pages)).collect();
    let there = |id: &str, page: u32| pages.iter().any(|(d, n)| d == id && page <= *n);
    for r in &mut e.paper.recipients {
        retain_tabs(r, |_, tab| there(text(tab, "documentId"), text(tab, "pageNumber").parse().unwrap_or(1)));
        if let Some(hidden) = r.fields.get_mut("excludedDocuments").and_then(Value::as_array_mut) {
            hidden.retain(|d| d.as_str().is_some_and(|d| there(d, 1)));
        }
    }
}

/// Documents with bytes are added or replaced; of those without, order, name and options change. All or nothing.
async fn put_many(call: Call) -> Reply {
    let body = call.json()?;
    let mut made = Vec::new();
    for fields in objects(body.get("documents")) {
        let document = match fields.contains_key("documentBase64") {
            true => Some(document_in(&fields, 1)?),
            false => None,
        };
        made.push((fields, document));
    }
    let answer = call.change(|e| {
        changeable(e)?;
        let missing = |(fields, made): &&(Object, Option<_>)| {
            made.is_none() && e.paper.document(text(fields, "documentId")).is_none()
        };
        if made.iter().any(|m| missing(&m)) {
            return Err(document_missing());
        }
        for (fields, document) in made {
            let id = text(&fields, "documentId").to_owned();
            match (document, e.paper.documents.iter_mut().find(|d| d.id == id)) {
                (Some(document), _) => place(e, document),
                (None, Some(own)) => {
                    if let Ok(order) = text(&fields, "order").parse() {
                        own.order = order;
                    }
                    if !text(&fields, "name").is_empty() {
                        own.name = text(&fields, "name").to_owned();
                    }
                    own.fields.extend(fields);
                }
                (None, None) => {}
            }
        }
        e.paper.documents.sort_by_key(|d| d.order);
        Ok((shown(e), vec![]))
    })?;
    ok(answer)
}

/// The parts of a `Content-Disposition`: names in lower case, quotes gone. Letters beyond ASCII may come as
/// UTF-8 or Latin-1, or as `filename*`.
fn disposition(header: &[u8]) -> Vec<(String, String)> {
    let header = match std::str::from_utf8(header) {
        Ok(text) => text.to_owned(),
        Err(_) => header.iter().map(|b| char::from(*b)).collect(),
    };
    let (mut parts, mut quoted, mut escaped) = (vec![String::new()], false, false);
    for c in header.chars() {
        let is_quote = c == '"' && !escaped;
        quoted ^= is_quote;
        escaped = c == '\\' && quoted && !escaped;
        match parts.last_mut() {
            _ if c == ';' && !quoted => parts.push(String::new()),
            Some(part) if !is_quote && !escaped => part.push(c),
            _ => {}
        }
    }
    let pairs = parts.iter().filter_map(|p| p.trim().split_once('='));
    pairs
        .map(|(name, value)| {
            let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
            match (name.strip_suffix('*'), value.split_once("''")) {
                (Some(plain), Some((_, coded))) => {
                    let text = percent_encoding::percent_decode_str(coded).decode_utf8_lossy();
                    (plain.to_owned(), text.into_owned())
                }
                _ => (name, value.to_owned()),
            }
        })
        .collect()
}

async fn put_one(call: Call) -> Reply {
    let header = call.headers.get("content-disposition").map(|v| v.as_bytes()).unwrap_or_default();
    let parts = disposition(header);
    let part =
        |name: &str| parts.iter().rev().find(|(n, _)| n == name).map(|(_, v)| v.as_str()).unwrap_or_default();
    let id = call.param("documentId").to_owned();
    let made = document_from(call.body.to_vec(), part("filename"), part("fileextension"), id.clone())?;
    let answer = call.change(|e| {
        changeable(e)?;
        place(e, made);
        let uri = format!("/envelopes/{}", e.envelope_id);
        let d = e.paper.document(&id).ok_or_else(document_missing)?;
        Ok((wire::envelope_document(d, &uri), vec![]))
    })?;
    ok(answer)
}

async fn delete(call: Call) -> Reply {
    let ids: Vec<String> =
        objects(call.json()?.get("documents")).iter().map(|d| text(d, "documentId").to_owned()).collect();
    let answer = call.change(|e| {
        changeable(e)?;
        if ids.iter().any(|id| e.paper.document(id).is_none()) {
            return Err(document_missing());
        }
        e.paper.documents.retain(|d| !ids.contains(&d.id));
        drop_lost_tabs(e);
        Ok((shown(e), vec![]))
    })?;
    ok(answer)
}

async fn tabs(call: Call) -> Reply {
    call.envelope(|e| {
        let document = e.paper.document(call.param("documentId")).ok_or_else(document_missing)?;
        ok(tabs_of_document(&e.paper, document))
    })
}

async fn set_tabs(call: Call) -> Reply {
    prefill(&call).and_then(ok)
}

async fn set_tabs_created(call: Call) -> Reply {
    prefill(&call).and_then(created)
}

/// Sender's tabs of a draft's document: changed by id, or added.
fn prefill(call: &Call) -> Result<Value, Problem> {
    let body = call.json()?;
    let groups = body.get("prefillTabs").and_then(Value::as_object).cloned().unwrap_or_default();
    let id = call.param("documentId");
    call.envelope(|e| {
        if e.status != "created" {
            return Err(wrong_status());
        }
        let document = e.paper.documents.iter_mut().find(|d| d.id == id).ok_or_else(document_missing)?;
        for (group, list) in with_ids(groups, id) {
            let Value::Array(own) = document.prefill.entry(group).or_insert_with(|| json!([])) else {
                continue;
            };
            for given in objects(Some(&list)) {
                let same = own
                    .iter_mut()
                    .filter_map(Value::as_object_mut)
                    .find(|t| text(t, "tabId") == text(&given, "tabId"));
                match same {
                    Some(tab) => tab.extend(given),
                    None => own.push(Value::Object(given)),
                }
            }
        }
        Ok(json!({ "prefillTabs": document.prefill }))
    })
}

async fn delete_tabs(call: Call) -> Reply {
    let body = call.json()?;
    let groups: Object = body.get("prefillTabs").and_then(Value::as_object).cloned().unwrap_or_default();
    let ids: Vec<String> =
        groups.values().flat_map(|l| objects(Some(l))).map(|t| text(&t, "tabId").to_owned()).collect();
    if ids.is_empty() {
        return Err(invalid_parameter("No tabs were named."));
    }
    let id = call.param("documentId");
    call.envelope(|e| {
        let document = e.paper.documents.iter_mut().find(|d| d.id == id).ok_or_else(document_missing)?;
        for list in document.prefill.values_mut().filter_map(Value::as_array_mut) {
            list.retain(|t| !t.as_object().is_some_and(|t| ids.iter().any(|id| id == text(t, "tabId"))));
        }
        ok(json!({ "prefillTabs": groups }))
    })
}
