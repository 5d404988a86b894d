//! Associations with their types and labels: read for one record or many, made and removed.

use axum::{
    Extension, Json, Router,
    body::Bytes,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    batch_answer, batch_answer_with, batch_error, id, kind,
    objects::{NewType, Query},
};
use crate::{
    hubspot::{
        access::{Caller, body, with_portal},
        links,
        model::{At, Kind, Link, Portal},
        refusal::Refusal,
    },
    world::World,
};

type Answer = Result<Response, Refusal>;

pub fn router() -> Router<World> {
    Router::new()
        .route("/crm/objects/2026-03/{type}/{id}/associations/{to}", get(of_one))
        .route("/crm/objects/2026-03/{type}/{id}/associations/default/{to}/{to_id}", put(make_default))
        .route("/crm/objects/2026-03/{type}/{id}/associations/{to}/{to_id}", put(make).delete(remove))
        .route("/crm/associations/2026-03/{from}/{to}/batch/read", post(of_many))
}

/// A link with its types: labelled ones first, as HubSpot lists them; no label, no field.
fn wire(link: &Link) -> Value {
    let types: Vec<Value> = link
        .types
        .iter()
        .filter_map(|&number| {
            let (label, by_hubspot) = links::known(link.from.kind, link.to.kind, number)?;
            let mut one = json!({
                "category": if by_hubspot { "HUBSPOT_DEFINED" } else { "USER_DEFINED" },
                "typeId": number,
            });
            if let (Some(label), Some(map)) = (label, one.as_object_mut()) {
                map.insert("label".into(), label.into());
            }
            Some(one)
        })
        .collect();
    json!({ "toObjectId": link.to.id.to_string(), "associationTypes": types })
}

async fn of_one(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path((object_type, key, to)): Path<(String, String, String)>,
    RawQuery(raw): RawQuery,
) -> Answer {
    let (from, to) = (kind(&object_type)?, kind(&to)?);
    caller.require_objects(from, "read")?;
    let query = Query::parse(raw);
    let limit = query.number("limit", 500, 500)?;
    let after = query.number("after", 0, usize::MAX)?;
    with_portal(&world, &caller, |portal, _| {
        let at = At { kind: from, id: id(&key)? };
        portal.record(at).ok_or_else(Refusal::not_found)?;
        let links = portal.links(at, to);
        let results: Vec<Value> = links.iter().skip(after).take(limit).map(|link| wire(link)).collect();
        let end = after + results.len();
        let mut answer = json!({ "results": results });
        if let (true, Some(map)) = (end < links.len() && limit > 0, answer.as_object_mut()) {
            map.insert("paging".into(), json!({ "next": { "after": end.to_string() } }));
        }
        Ok(Json(answer).into_response())
    })
}

#[derive(Deserialize)]
struct ManyInput {
    inputs: Vec<One>,
}

#[derive(Deserialize)]
struct One {
    id: String,
}

/// A record without links is an error inside a 207, not an empty list.
async fn of_many(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path((from, to)): Path<(String, String)>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answer {
    let (from, to) = (kind(&from)?, kind(&to)?);
    caller.require_objects(from, "read")?;
    let input: ManyInput = body(&headers, &bytes)?;
    if input.inputs.len() > 1_000 {
        return Err(Refusal::validation(
            "The maximum number of inputs supported in a batch request is 1000.",
        ));
    }
    with_portal(&world, &caller, |portal, now| {
        let (mut results, mut errors) = (vec![], vec![]);
        for One { id } in input.inputs {
            let links = id.parse().map(|id| portal.links(At { kind: from, id }, to)).unwrap_or_default();
            if links.is_empty() {
                let mut error = batch_error(
                    "OBJECT_NOT_FOUND",
                    format!("No {} is associated with {} {id}.", to.singular(), from.singular()),
                    json!({ "fromObjectId": [id], "fromObjectType": [from.singular()], "toObjectType": [to.singular()] }),
                );
                if let Some(map) = error.as_object_mut() {
                    map.insert("subCategory".into(), "crm.associations.NO_ASSOCIATIONS_FOUND".into());
                }
                errors.push(error);
            } else {
                results.push(
                    json!({ "from": { "id": id }, "to": links.into_iter().map(wire).collect::<Vec<_>>() }),
                );
            }
        }
        Ok(if errors.is_empty() {
            Json(batch_answer(results, now)).into_response()
        } else {
            (StatusCode::MULTI_STATUS, Json(batch_answer_with(results, errors, now))).into_response()
        })
    })
}

fn ends(portal: &Portal, from: (Kind, &str), to: (Kind, &str)) -> Result<(At, At), Refusal> {
    let from = At { kind: from.0, id: id(from.1)? };
    let to = At { kind: to.0, id: id(to.1)? };
    for at in [from, to] {
        portal.record(at).ok_or_else(Refusal::not_found)?;
    }
    Ok((from, to))
}

async fn make_default(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path((object_type, key, to, to_key)): Path<(String, String, String, String)>,
) -> Answer {
    let (from_kind, to_kind) = (kind(&object_type)?, kind(&to)?);
    caller.require_objects(from_kind, "write")?;
    let number = links::default_type(from_kind, to_kind)
        .ok_or_else(|| Refusal::validation("There is no default association between these object types."))?;
    let back = links::default_type(to_kind, from_kind).unwrap_or(number);
    with_portal(&world, &caller, |portal, now| {
        let (from, to) = ends(portal, (from_kind, &key), (to_kind, &to_key))?;
        portal.link(from, to, None);
        let one = |from: At, to: At, number: u32| {
            json!({
                "from": { "id": from.id.to_string() },
                "to": { "id": to.id.to_string() },
                "associationSpec": { "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": number },
            })
        };
        Ok(Json(batch_answer(vec![one(from, to, number), one(to, from, back)], now)).into_response())
    })
}

async fn make(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path((object_type, key, to, to_key)): Path<(String, String, String, String)>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answer {
    let (from_kind, to_kind) = (kind(&object_type)?, kind(&to)?);
    caller.require_objects(from_kind, "write")?;
    let types: Vec<NewType> = body(&headers, &bytes)?;
    with_portal(&world, &caller, |portal, _| {
        let (from, to) = ends(portal, (from_kind, &key), (to_kind, &to_key))?;
        let mut labels = vec![];
        for new in &types {
            let number = new.association_type_id;
            let (label, _) = links::known(from_kind, to_kind, number)
                .ok_or_else(|| Refusal::validation(format!("Invalid association type {number}")))?;
            labels.extend(label);
            portal.link(from, to, Some(number));
        }
        let answer = json!({
            "fromObjectId": from.id.to_string(),
            "fromObjectTypeId": from.kind.type_id(),
            "toObjectId": to.id.to_string(),
            "toObjectTypeId": to.kind.type_id(),
            "labels": labels,
        });
        Ok((StatusCode::CREATED, Json(answer)).into_response())
    })
}

async fn remove(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path((object_type, key, to, to_key)): Path<(String, String, String, String)>,
) -> Answer {
    let (from_kind, to_kind) = (kind(&object_type)?, kind(&to)?);
    caller.require_objects(from_kind, "write")?;
    with_portal(&world, &caller, |portal, _| {
        let (from, to) = ends(portal, (from_kind, &key), (to_kind, &to_key))?;
        portal.unlink(from, to);
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}
