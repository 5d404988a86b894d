//! Templates (facts §2): list, detail, documents, page images, folders, favourites.

use axum::Router;
use axum::body::Body;
use axum::http::HeaderValue;
use axum::response::Response;
use axum::routing::get;
use serde_json::{Value, json};

use super::blob::Blob;
use super::call::{Call, Reply, created, ok, template_of};
use super::model::{Account, EditLock, Object, Template, object, objects, text};
use super::pages::{DEFAULT_DPI, Size};
use super::paper::{Wanted, pdf_of};
use super::problem::{Problem, document_missing, invalid_parameter, problem};
use super::wire::{self, Parts, paging};
use crate::clock::seven_digits;
use crate::world::World;

/// At most so many templates are ever given (facts §2.1).
const MOST: usize = 2_000;
const DEFAULT_COUNT: usize = 50;

pub fn router() -> Router<World> {
    Router::new()
        .route("/templates", get(list))
        .route("/templates/{templateId}", get(detail))
        .route("/templates/{templateId}/recipients", get(recipients))
        .route("/templates/{templateId}/documents", get(documents))
        .route("/templates/{templateId}/documents/{documentId}", get(document))
        .route("/templates/{templateId}/documents/{documentId}/pages", get(pages))
        .route(
            "/templates/{templateId}/documents/{documentId}/pages/{pageNumber}/page_image",
            get(page_image),
        )
        .route("/templates/{templateId}/documents/{documentId}/tabs", get(document_tabs))
        .route("/templates/{templateId}/custom_fields", get(custom_fields))
        .route("/templates/{templateId}/notification", get(notification))
        .route("/templates/{templateId}/lock", get(lock_info).post(make_lock).delete(end_lock))
        .route("/favorite_templates", get(favorites).put(favor).delete(unfavor))
}

/// `count` and `start_position` of the query.
pub fn window(call: &Call, default_count: usize) -> Result<(usize, usize), Problem> {
    let number = |name: &str, default: usize| match call.query(name) {
        "" => Ok(default),
        text => text.parse().map_err(|_| invalid_parameter(format_args!("'{name}' is not a number."))),
    };
    Ok((number("start_position", 0)?, number("count", default_count)?))
}

async fn list(call: Call) -> Reply {
    let search = call.query("search_text").to_lowercase();
    if search.chars().count() > 48 {
        return Err(invalid_parameter("'search_text' may not be longer than 48 characters."));
    }
    let (start, count) = window(&call, DEFAULT_COUNT)?;
    let me = call.caller.user.user_id.clone();
    let parts = Parts {
        documents: call.includes("include", "documents"),
        recipients: call.includes("include", "recipients"),
        tabs: false,
        folders: call.includes("include", "folders"),
        custom_fields: call.includes("include", "custom_fields"),
        notifications: call.includes("include", "notifications"),
    };
    call.account(|account, users| {
        let root = account.folders.iter().find(|f| f.name == "Templates").map(|f| f.folder_id.clone());
        let mut found: Vec<&Template> = account
            .templates
            .iter()
            .filter(|t| !t.deleted && (search.is_empty() || t.name.to_lowercase().contains(&search)))
            .filter(|t| in_folders(&call, t, root.as_deref()))
            .filter(|t| match call.query("user_filter") {
                "owned_by_me" => t.owner_id == me,
                "shared_with_me" => t.owner_id != me && t.shared,
                _ => t.owner_id == me || t.shared,
            })
            .collect();
        match call.query("order_by") {
            "name" => found.sort_by_key(|t| t.name.to_lowercase()),
            "used" => found.sort_by_key(|t| t.used),
            _ => found.sort_by_key(|t| t.modified),
        }
        let descending = match call.query("order") {
            "asc" => false,
            "desc" => true,
            // Newest first unless asked otherwise, names from A.
            _ => call.query("order_by") != "name",
        };
        if descending {
            found.reverse();
        }
        found.truncate(MOST);
        let total = found.len();
        let shown: Vec<Value> = found
            .into_iter()
            .skip(start)
            .take(count)
            .map(|t| wire::template(t, account, users, &me, parts))
            .collect();
        let query = query_without_paging(&call);
        let mut out = paging(total, start, shown.len(), "/templates", &query);
        out.insert("envelopeTemplates".to_owned(), Value::Array(shown));
        ok(Value::Object(out))
    })
}

fn query_without_paging(call: &Call) -> String {
    let mut out = url::form_urlencoded::Serializer::new(String::new());
    for name in ["count", "search_text", "order_by", "order", "folder_ids", "user_filter", "include"] {
        if !call.query(name).is_empty() {
            out.append_pair(name, call.query(name));
        }
    }
    out.finish()
}

fn in_folders(call: &Call, t: &Template, root: Option<&str>) -> bool {
    let asked = call.query("folder_ids");
    asked.is_empty()
        || asked.split(',').any(|id| id.trim() == t.folder_id || (Some(id.trim()) == root && t.shared))
}

async fn detail(call: Call) -> Reply {
    let id = call.param("templateId");
    let me = call.caller.user.user_id.clone();
    let all = Parts {
        documents: true,
        recipients: true,
        tabs: call.includes("include", "tabs"),
        folders: call.includes("include", "folders"),
        custom_fields: true,
        notifications: true,
    };
    call.account(|account, users| {
        template_of(account, id)?;
        let t = account.templates.iter().find(|t| t.template_id.eq_ignore_ascii_case(id));
        ok(t.map(|t| wire::template(t, account, users, &me, all)).unwrap_or_default())
    })
}

async fn recipients(call: Call) -> Reply {
    let with_tabs = call.flag("include_tabs");
    call.template(|t| ok(wire::recipients(&t.paper, with_tabs)))
}

async fn documents(call: Call) -> Reply {
    call.template(|t| {
        let uri = format!("/templates/{}", t.template_id);
        let list: Vec<Value> = t.paper.documents.iter().map(|d| wire::envelope_document(d, &uri)).collect();
        ok(json!({ "templateId": t.template_id, "templateDocuments": list }))
    })
}

async fn document(call: Call) -> Reply {
    let id = call.param("documentId").to_owned();
    let (name, papers) = call.template(|t| Wanted::new(&t.paper, &id, &t.name))?;
    file(&id, &name, &pdf_of(papers).await)
}

/// A PDF with DocuSign's way of naming it.
pub fn file(document_id: &str, name: &str, pdf: &Blob) -> Reply {
    let ascii: String = name
        .chars()
        .map(|c| if c.is_ascii_graphic() || c == ' ' { c } else { '_' })
        .filter(|c| *c != '"')
        .collect();
    let mut response = Response::new(Body::from(pdf.bytes().as_ref().clone()));
    let headers = response.headers_mut();
    headers.insert("content-type", HeaderValue::from_static("application/pdf"));
    let disposition = format!("file; filename=\"{ascii}\"; documentid=\"{document_id}\"");
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert("content-disposition", value);
    }
    Ok(response)
}

async fn pages(call: Call) -> Reply {
    let id = call.param("documentId").to_owned();
    let (_, papers) = call.template(|t| Wanted::new(&t.paper, &id, &t.name))?;
    page_list(
        &call,
        &pdf_of(papers).await,
        &format!("/templates/{}/documents/{id}/pages", call.param("templateId")),
    )
}

async fn page_image(call: Call) -> Reply {
    let id = call.param("documentId").to_owned();
    let (_, papers) = call.template(|t| Wanted::new(&t.paper, &id, &t.name))?;
    image(&call, pdf_of(papers).await).await
}

/// The size asked for in the query.
///
/// # Errors
/// A resolution outside 1 to 310.
pub fn size(call: &Call) -> Result<Size, Problem> {
    let number = |name: &str| call.query(name).parse::<f32>().ok();
    let dpi = number("dpi").unwrap_or(DEFAULT_DPI);
    if !(1.0..=310.0).contains(&dpi) {
        return Err(invalid_parameter("'dpi' must be between 1 and 310."));
    }
    Ok(Size { dpi, max_width: number("max_width"), max_height: number("max_height") })
}

/// Facts about the pages; `imageBytes` is a number, not the image.
pub fn page_list(call: &Call, pdf: &Blob, path: &str) -> Reply {
    let (start, count) = window(call, 1_000)?;
    let size = size(call)?;
    let sizes = super::pages::sizes(pdf);
    let shown: Vec<Value> = sizes
        .iter()
        .enumerate()
        .skip(start)
        .take(count)
        .map(|(n, (w, h))| {
            let scale = size.scale(*w, *h);
            json!({
                "pageId": super::model::stable_id(&[path, &n.to_string()]), "sequence": (n + 1).to_string(),
                "width": ((w * scale) as u32).to_string(), "height": ((h * scale) as u32).to_string(),
                "dpi": ((scale * 72.0).round() as u32).to_string(), "imageBytes": "0", "mimeType": "image/png",
            })
        })
        .collect();
    let mut out = paging(sizes.len(), start, shown.len(), path, "");
    out.insert("pages".to_owned(), Value::Array(shown));
    ok(Value::Object(out))
}

pub async fn image(call: &Call, pdf: Blob) -> Reply {
    let size = size(call)?;
    let number: usize = call.param("pageNumber").parse().unwrap_or(0);
    let world = call.world.clone();
    let image = tokio::task::spawn_blocking(move || world.pages.png(&pdf, number.checked_sub(1)?, size))
        .await
        .ok()
        .flatten()
        .ok_or_else(|| problem(404, "PAGE_IMAGE_NOT_FOUND", "The requested page image was not found."))?;
    let mut response = Response::new(Body::from(image.as_ref().clone()));
    response.headers_mut().insert("content-type", HeaderValue::from_static("image/png"));
    Ok(response)
}

async fn document_tabs(call: Call) -> Reply {
    call.template(|t| {
        let document = t.paper.document(call.param("documentId")).ok_or_else(document_missing)?;
        ok(super::paper::tabs_of_document(&t.paper, document))
    })
}

async fn custom_fields(call: Call) -> Reply {
    call.template(|t| ok(wire::custom_fields(&t.paper)))
}

async fn notification(call: Call) -> Reply {
    call.template(|t| {
        ok(t.paper.notification.clone().unwrap_or_else(|| json!({ "useAccountDefaults": "true" })))
    })
}

async fn lock_info(call: Call) -> Reply {
    let id = call.param("templateId");
    call.account(|account, users| {
        let t = template_of(account, id)?;
        match t.lock.as_ref().filter(|l| l.until > call.now) {
            Some(l) => ok(wire::lock_information(l, users)),
            None => Err(not_locked()),
        }
    })
}

pub fn not_locked() -> Problem {
    problem(404, "EDIT_LOCK_ENVELOPE_NOT_LOCKED", "The specified template or envelope is not locked.")
}

pub fn already_locked() -> Problem {
    problem(
        400,
        "EDIT_LOCK_ENVELOPE_ALREADY_LOCKED",
        "The envelope is already locked by another user or in another application.",
    )
}

async fn make_lock(call: Call) -> Reply {
    let body = call.json()?;
    let id = call.param("templateId");
    call.account(|account, users| {
        let t = template_of(account, id)?;
        if t.lock.as_ref().is_some_and(|l| l.until > call.now) {
            return Err(already_locked());
        }
        let made = new_lock(&body, &call);
        let answer = with_token(&made, users);
        t.lock = Some(made);
        created(answer)
    })
}

pub fn new_lock(body: &Object, call: &Call) -> EditLock {
    let seconds = text(body, "lockDurationInSeconds").parse::<i64>().unwrap_or(300).clamp(1, 3600);
    EditLock {
        token: super::model::new_id(),
        user_id: call.caller.user.user_id.clone(),
        app: text(body, "lockedByApp").to_owned(),
        kind: if text(body, "lockType").is_empty() {
            "edit".to_owned()
        } else {
            text(body, "lockType").to_owned()
        },
        seconds,
        until: call.now + chrono::TimeDelta::seconds(seconds),
        scratch: text(body, "useScratchPad") == "true",
        used: false,
    }
}

/// For the one who made it: with the token.
pub fn with_token(edit: &EditLock, users: &wire::Users<'_>) -> Value {
    let mut out = object(wire::lock_information(edit, users));
    out.insert("lockToken".to_owned(), json!(edit.token));
    Value::Object(out)
}

async fn end_lock(call: Call) -> Reply {
    call.template(|t| match t.lock.take().filter(|l| l.until > call.now) {
        Some(_) => ok(json!({})),
        None => Err(not_locked()),
    })
}

fn favorites_of(account: &Account, user_id: &str) -> Value {
    let list: Vec<Value> = account
        .favorites
        .get(user_id)
        .map(|f| {
            f.iter().map(|(id, at)| json!({ "templateId": id, "favoritedDate": seven_digits(*at) })).collect()
        })
        .unwrap_or_default();
    json!({ "favoriteTemplates": list })
}

async fn favorites(call: Call) -> Reply {
    call.account(|account, _| ok(favorites_of(account, &call.caller.user.user_id)))
}

async fn favor(call: Call) -> Reply {
    change_favorites(&call, true)
}

async fn unfavor(call: Call) -> Reply {
    change_favorites(&call, false)
}

fn change_favorites(call: &Call, add: bool) -> Reply {
    let ids: Vec<String> = objects(call.json()?.get("favoriteTemplates"))
        .iter()
        .map(|f| text(f, "templateId").to_owned())
        .collect();
    call.account(|account, _| {
        let mut updated = 0;
        for id in &ids {
            if template_of(account, id).is_err() {
                continue;
            }
            let mine = account.favorites.entry(call.caller.user.user_id.clone()).or_default();
            let changed =
                if add { mine.insert(id.clone(), call.now).is_none() } else { mine.remove(id).is_some() };
            updated += u32::from(changed);
        }
        let mut out = object(favorites_of(account, &call.caller.user.user_id));
        out.insert("templatesUpdatedCount".to_owned(), json!(updated));
        ok(Value::Object(out))
    })
}
