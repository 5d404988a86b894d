//! What people do in HubSpot's own CRM, and a look at a record with its notes and files.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::hubspot::model::{At, Crm, Kind, Portal};
use crate::hubspot::properties::{self, PropertyCreate};
use crate::lock::lock;
use crate::world::World;

pub fn router() -> Router<World> {
    Router::new()
        .route("/__sandbox/hubspot/portals/{portal}/{type}/{id}", post(change).get(look))
        .route("/__sandbox/hubspot/portals/{portal}/{type}/properties", post(change_properties))
}

fn of<'a>(crm: &'a mut Crm, portal: u64, kind: &str) -> Option<(&'a mut Portal, Kind)> {
    Some((crm.portals.get_mut(&portal)?, Kind::parse(kind)?))
}

/// The record, with what hangs on it.
async fn look(State(world): State<World>, Path((portal, kind, id)): Path<(u64, String, u64)>) -> Response {
    let mut crm = lock(&world.hubspot);
    let Some((portal, kind)) = of(&mut crm, portal, &kind) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let Some(record) = portal.record(At { kind, id }) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let file = |id: &str| {
        let file = portal.files.get(&id.parse().ok()?)?;
        Some(json!({ "id": file.id.to_string(), "name": file.name, "access": file.access,
            "folder": file.folder, "size": file.size }))
    };
    let note = |at: At| {
        let note = portal.record(at)?;
        let ids = note.get("hs_attachment_ids").unwrap_or_default();
        let files: Vec<Value> = ids.split(';').filter_map(file).collect();
        Some(json!({ "id": note.id.to_string(), "properties": note.properties, "files": files }))
    };
    let links = portal.links(At { kind, id: record.id }, Kind::Note);
    let notes: Vec<Value> = links.into_iter().filter_map(|link| note(link.to)).collect();
    let all: Vec<Value> = portal
        .files
        .values()
        .filter(|file| !file.archived)
        .map(|file| json!({ "folder": file.folder, "name": file.name }))
        .collect();
    Json(json!({ "id": record.id.to_string(), "properties": record.properties, "notes": notes, "allFiles": all }))
        .into_response()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Change {
    #[serde(default)]
    properties: BTreeMap<String, String>,
    #[serde(default)]
    delete: bool,
    /// The record goes into another, whose id answers for both from then on.
    merge_into: Option<u64>,
}

async fn change(
    State(world): State<World>,
    Path((portal, kind, id)): Path<(u64, String, u64)>,
    Json(change): Json<Change>,
) -> StatusCode {
    let now = world.clock.now().timestamp_millis();
    let mut crm = lock(&world.hubspot);
    let Some((portal, kind)) = of(&mut crm, portal, &kind) else { return StatusCode::NOT_FOUND };
    let at = At { kind, id };
    portal.update(at, &change.properties, now);
    if let Some(into) = change.merge_into {
        portal.merge(at, into);
    }
    if change.delete
        && let Some(record) = portal.record_mut(at)
    {
        record.archived = true;
    }
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeProperties {
    archive: Option<String>,
    create: Option<PropertyCreate>,
}

async fn change_properties(
    State(world): State<World>,
    Path((portal, kind)): Path<(u64, String)>,
    Json(change): Json<ChangeProperties>,
) -> StatusCode {
    let now = world.clock.now().timestamp_millis();
    let mut crm = lock(&world.hubspot);
    let Some((portal, kind)) = of(&mut crm, portal, &kind) else { return StatusCode::NOT_FOUND };
    if let Some(name) = change.archive {
        portal.own_properties.entry(kind).or_default().retain(|property| property.name != name);
    }
    match change.create.map(|new| properties::create(portal, kind, new, now)) {
        Some(Err(_)) => StatusCode::BAD_REQUEST,
        _ => StatusCode::NO_CONTENT,
    }
}
