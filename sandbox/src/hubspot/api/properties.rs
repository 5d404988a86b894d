//! `/crm/properties/2026-03/{type}`: definitions and groups.

use axum::{
    Extension, Json, Router,
    body::Bytes,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{kind, objects::Query};
use crate::{
    hubspot::{
        access::{Caller, body, with_portal},
        model::{Group, Kind},
        properties::{self, PropertyCreate},
        refusal::Refusal,
    },
    world::World,
};

type Answer = Result<Response, Refusal>;

pub fn router() -> Router<World> {
    Router::new()
        .route("/crm/properties/2026-03/{type}", get(list).post(create))
        .route("/crm/properties/2026-03/{type}/groups", get(groups).post(create_group))
        .route("/crm/properties/2026-03/{type}/groups/{name}", get(group))
        .route("/crm/properties/2026-03/{type}/{name}", get(one).delete(archive))
}

/// Reading needs the schema or the object scope.
fn readable(caller: &Caller, kind: Kind) -> Result<(), Refusal> {
    let plural = kind.plural();
    caller.require(&[&format!("crm.schemas.{plural}.read"), &format!("crm.objects.{plural}.read")])
}

fn writable(caller: &Caller, kind: Kind) -> Result<(), Refusal> {
    caller.require(&[&format!("crm.schemas.{}.write", kind.plural())])
}

async fn list(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path(object_type): Path<String>,
    RawQuery(raw): RawQuery,
) -> Answer {
    let kind = kind(&object_type)?;
    readable(&caller, kind)?;
    let sensitive = Query::parse(raw).get("dataSensitivity") == Some("sensitive");
    with_portal(&world, &caller, |portal, _| {
        let results: Vec<Value> = properties::all(portal, kind)
            .filter(|p| p.sensitive == sensitive)
            .map(properties::wire)
            .collect();
        Ok(Json(json!({ "results": results })).into_response())
    })
}

async fn one(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path((object_type, name)): Path<(String, String)>,
) -> Answer {
    let kind = kind(&object_type)?;
    readable(&caller, kind)?;
    with_portal(&world, &caller, |portal, _| {
        let property = properties::find(portal, kind, &name).ok_or_else(Refusal::not_found)?;
        Ok(Json(properties::wire(property)).into_response())
    })
}

async fn create(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path(object_type): Path<String>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answer {
    let kind = kind(&object_type)?;
    writable(&caller, kind)?;
    let new: PropertyCreate = body(&headers, &bytes)?;
    with_portal(&world, &caller, |portal, now| {
        let property = properties::create(portal, kind, new, now)?;
        Ok((StatusCode::CREATED, Json(properties::wire(&property))).into_response())
    })
}

async fn archive(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path((object_type, name)): Path<(String, String)>,
) -> Answer {
    let kind = kind(&object_type)?;
    writable(&caller, kind)?;
    with_portal(&world, &caller, |portal, _| {
        let own = portal.own_properties.entry(kind).or_default();
        let before = own.len();
        own.retain(|property| property.name != name);
        if own.len() == before && properties::find(portal, kind, &name).is_some() {
            return Err(Refusal::validation(format!(
                "Property {name} is defined by HubSpot and cannot be archived"
            )));
        }
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}

fn wire_group(group: &Group) -> Value {
    json!({ "name": group.name, "label": group.label, "displayOrder": group.display_order, "archived": false })
}

async fn groups(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path(object_type): Path<String>,
) -> Answer {
    let kind = kind(&object_type)?;
    readable(&caller, kind)?;
    with_portal(&world, &caller, |portal, _| {
        let results: Vec<Value> = properties::groups(portal, kind).iter().map(wire_group).collect();
        Ok(Json(json!({ "results": results })).into_response())
    })
}

async fn group(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path((object_type, name)): Path<(String, String)>,
) -> Answer {
    let kind = kind(&object_type)?;
    readable(&caller, kind)?;
    with_portal(&world, &caller, |portal, _| {
        let groups = properties::groups(portal, kind);
        let group = groups.iter().find(|group| group.name == name).ok_or_else(Refusal::not_found)?;
        Ok(Json(wire_group(group)).into_response())
    })
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct GroupInput {
    name: String,
    label: String,
    display_order: Option<i64>,
}

async fn create_group(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path(object_type): Path<String>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answer {
    let kind = kind(&object_type)?;
    writable(&caller, kind)?;
    let input: GroupInput = body(&headers, &bytes)?;
    with_portal(&world, &caller, |portal, _| {
        if properties::groups(portal, kind).iter().any(|group| group.name == input.name) {
            let message = format!("Property group {} already exists.", input.name);
            return Err(Refusal::new(409, "OBJECT_ALREADY_EXISTS", message));
        }
        let group =
            Group { name: input.name, label: input.label, display_order: input.display_order.unwrap_or(-1) };
        portal.own_groups.entry(kind).or_default().push(group.clone());
        Ok((StatusCode::CREATED, Json(wire_group(&group))).into_response())
    })
}
