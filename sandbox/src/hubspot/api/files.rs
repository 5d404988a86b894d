//! Files: upload, metadata, short-lived signed links, deletion.
//!
//! The trap: a private file's `url` does not open without a signature, and a public one opens for anybody.

use axum::{
    Extension, Json, Router,
    extract::{Multipart, Path, RawQuery, State, multipart::Field},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{delete, get, post},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{id, objects::Query};
use crate::{
    hubspot::{
        access::{Caller, with_portal},
        model::{Portal, StoredFile},
        refusal::Refusal,
        signature, time,
    },
    lock::lock,
    sample_app,
    world::World,
};

type Answer = Result<Response, Refusal>;

const ACCESS: [&str; 8] = [
    "HIDDEN_INDEXABLE",
    "HIDDEN_NOT_INDEXABLE",
    "HIDDEN_PRIVATE",
    "HIDDEN_SENSITIVE",
    "PRIVATE",
    "PUBLIC_INDEXABLE",
    "PUBLIC_NOT_INDEXABLE",
    "SENSITIVE",
];

pub fn router() -> Router<World> {
    Router::new()
        .route("/files/2026-03/files", post(upload))
        .route("/files/2026-03/files/stat/{*path}", get(stat))
        .route("/files/2026-03/files/{id}", get(metadata).delete(remove))
        .route("/files/2026-03/files/{id}/signed-url", get(signed_url))
        .route("/files/2026-03/files/{id}/gdpr-delete", delete(remove))
        .layer(axum::extract::DefaultBodyLimit::max(60_000_000))
}

/// Where file URLs lead; for browsers, without a token.
pub fn public_router() -> Router<World> {
    Router::new().route("/hubfs/{portal}/{id}/{name}", get(open))
}

fn path(portal: u64, file: &StoredFile) -> String {
    let name = percent_encoding::utf8_percent_encode(&file.name, percent_encoding::NON_ALPHANUMERIC);
    format!("/hubfs/{portal}/{}/{name}.{}", file.id, file.extension)
}

fn wire(world: &World, portal: u64, file: &StoredFile) -> Value {
    let url = format!("{}{}", world.hubspot_url(), path(portal, file));
    json!({
        "id": file.id.to_string(),
        "name": file.name,
        "path": format!("{}/{}.{}", file.folder, file.name, file.extension),
        "extension": file.extension,
        "size": file.size,
        "type": if file.extension == "pdf" { "DOCUMENT" } else { "OTHER" },
        "access": file.access,
        "url": url,
        "defaultHostingUrl": url,
        "isUsableInContent": false,
        "createdAt": time::iso(file.created_at),
        "updatedAt": time::iso(file.created_at),
        "archived": file.archived,
    })
}

#[derive(Deserialize)]
struct Options {
    access: String,
}

async fn text(field: Field<'_>) -> Result<String, Refusal> {
    field.text().await.map_err(|problem| Refusal::validation(problem.to_string()))
}

async fn upload(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    mut form: Multipart,
) -> Answer {
    caller.require(&["files", "files.ui_hidden.write", "files.write"])?;
    let (mut content, mut given_name, mut content_type) = (None, None, String::new());
    let (mut file_name, mut folder, mut folder_id, mut options) = (None, None, None, None);
    while let Some(field) =
        form.next_field().await.map_err(|problem| Refusal::validation(problem.to_string()))?
    {
        match field.name().unwrap_or_default() {
            "file" => {
                given_name = field.file_name().map(str::to_owned);
                content_type = field.content_type().unwrap_or("application/octet-stream").to_owned();
                content =
                    Some(field.bytes().await.map_err(|problem| Refusal::validation(problem.to_string()))?);
            }
            "fileName" => file_name = Some(text(field).await?),
            "folderPath" => folder = Some(text(field).await?),
            "folderId" => folder_id = Some(text(field).await?),
            "options" => options = Some(text(field).await?),
            _ => {}
        }
    }
    let content = content.ok_or_else(|| Refusal::validation("file is required"))?;
    let options: Options = options
        .as_deref()
        .and_then(|text| serde_json::from_str(text).ok())
        .ok_or_else(|| Refusal::validation("options must be a JSON text with an access level"))?;
    if !ACCESS.contains(&options.access.as_str()) {
        return Err(Refusal::validation(format!("Invalid access level: {}", options.access)));
    }
    if folder.is_some() == folder_id.is_some() {
        return Err(Refusal::validation("Either folderPath or folderId must be specified, and not both."));
    }
    let name = file_name.or(given_name).unwrap_or_else(|| "file".into());
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem.to_owned(), extension.to_lowercase()),
        _ => (name.clone(), String::new()),
    };
    with_portal(&world, &caller, |portal, now| {
        let file = StoredFile {
            id: portal.fresh_id(),
            name: stem,
            extension,
            content_type,
            access: options.access,
            folder: folder.unwrap_or_else(|| format!("/{}", folder_id.unwrap_or_default())),
            size: content.len(),
            content: STANDARD.encode(&content),
            created_at: now,
            archived: false,
        };
        let answer = wire(&world, portal.id, &file);
        portal.files.insert(file.id, file);
        Ok((StatusCode::CREATED, Json(answer)).into_response())
    })
}

fn held<'a>(portal: &'a Portal, key: &str) -> Result<&'a StoredFile, Refusal> {
    portal.files.get(&id(key)?).filter(|file| !file.archived).ok_or_else(Refusal::not_found)
}

async fn metadata(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path(key): Path<String>,
) -> Answer {
    caller.require(&["files", "files.read", "files.ui_hidden.read"])?;
    with_portal(&world, &caller, |portal, _| {
        Ok(Json(wire(&world, portal.id, held(portal, &key)?)).into_response())
    })
}

/// A file by its place.
async fn stat(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path(wanted): Path<String>,
) -> Answer {
    caller.require(&["files", "files.read", "files.ui_hidden.read"])?;
    let wanted = format!("/{}", wanted.trim_start_matches('/'));
    with_portal(&world, &caller, |portal, _| {
        let place = |file: &StoredFile| format!("{}/{}.{}", file.folder, file.name, file.extension);
        let found = portal.files.values().find(|file| !file.archived && place(file) == wanted);
        let file = found.ok_or_else(Refusal::not_found)?;
        Ok(Json(json!({ "file": wire(&world, portal.id, file) })).into_response())
    })
}

async fn remove(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path(key): Path<String>,
) -> Answer {
    caller.require(&["files", "files.ui_hidden.write", "files.delete"])?;
    with_portal(&world, &caller, |portal, _| {
        let id = held(portal, &key)?.id;
        portal.files.remove(&id);
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}

/// A link to a private file for a while.
pub fn signed_link(portal: u64, file: &StoredFile, expires_at: i64) -> String {
    let path = path(portal, file);
    let proof =
        signature::v2(sample_app::HUBSPOT_CLIENT_SECRET, "file", &path, expires_at.to_string().as_bytes());
    format!("{path}?expires={expires_at}&signature={proof}")
}

async fn signed_url(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path(key): Path<String>,
    RawQuery(raw): RawQuery,
) -> Answer {
    caller.require(&["files", "files.read", "files.ui_hidden.read"])?;
    let seconds = Query::parse(raw).number("expirationSeconds", 300, 2_628_288)?;
    with_portal(&world, &caller, |portal, now| {
        let file = held(portal, &key)?;
        let expires_at = now + i64::try_from(seconds).unwrap_or(300) * 1_000;
        let answer = json!({
            "url": format!("{}{}", world.hubspot_url(), signed_link(portal.id, file, expires_at)),
            "expiresAt": time::iso(expires_at),
            "name": file.name,
            "extension": file.extension,
            "size": file.size,
            "type": if file.extension == "pdf" { "DOCUMENT" } else { "OTHER" },
        });
        Ok(Json(answer).into_response())
    })
}

async fn open(
    State(world): State<World>,
    Path((portal_id, key, _)): Path<(u64, String, String)>,
    RawQuery(raw): RawQuery,
) -> Answer {
    let query = Query::parse(raw);
    let now = world.clock.now().timestamp_millis();
    let crm = lock(&world.hubspot);
    let portal = crm.portals.get(&portal_id).ok_or_else(Refusal::not_found)?;
    let file = held(portal, &key)?;
    if !file.access.starts_with("PUBLIC") {
        let expires_at: i64 = query.get("expires").and_then(|text| text.parse().ok()).unwrap_or_default();
        let link = signed_link(portal_id, file, expires_at);
        let signed =
            link.split_once("signature=").is_some_and(|(_, proof)| query.get("signature") == Some(proof));
        if !signed || expires_at <= now {
            return Err(Refusal::new(403, "FORBIDDEN", "This file is private, or its link has expired."));
        }
    }
    let content = STANDARD.decode(&file.content).unwrap_or_default();
    Ok(([(header::CONTENT_TYPE, file.content_type.clone())], content).into_response())
}
