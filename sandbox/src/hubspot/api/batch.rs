//! Batches of records: at most 100, answered 200, or 207 when some were not found.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    Extension, Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    batch_answer, batch_answer_with, batch_error, kind,
    objects::{change, locate, texts, wire},
};
use crate::{
    hubspot::{
        access::{Caller, body, with_portal},
        model::{At, Kind},
        properties,
        refusal::Refusal,
    },
    world::World,
};

type Answer = Result<Response, Refusal>;

const LARGEST: usize = 100;

pub fn router() -> Router<World> {
    Router::new()
        .route("/crm/objects/2026-03/{type}/batch/read", post(read))
        .route("/crm/objects/2026-03/{type}/batch/update", post(update))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ReadInput {
    inputs: Vec<Input>,
    #[serde(default)]
    properties: Vec<String>,
    id_property: Option<String>,
}

#[derive(Deserialize)]
struct Input {
    id: String,
}

#[derive(Deserialize)]
struct UpdateInput {
    inputs: Vec<Change>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    id: String,
    id_property: Option<String>,
    properties: BTreeMap<String, Value>,
}

fn check_size(count: usize) -> Result<(), Refusal> {
    if count > LARGEST {
        return Err(Refusal::validation(format!(
            "The maximum number of inputs supported in a batch request is {LARGEST}; got {count}."
        )));
    }
    Ok(())
}

fn missing(kind: Kind, ids: Vec<String>) -> Value {
    let name = kind.singular().to_uppercase();
    batch_error(
        "OBJECT_NOT_FOUND",
        format!(
            "Could not get some {name} objects, they may be deleted or not exist. Check that ids are valid."
        ),
        json!({ "ids": ids }),
    )
}

async fn read(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path(object_type): Path<String>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answer {
    let kind = kind(&object_type)?;
    caller.require_objects(kind, "read")?;
    let input: ReadInput = body(&headers, &bytes)?;
    check_size(input.inputs.len())?;
    with_portal(&world, &caller, |portal, now| {
        let (mut results, mut lost) = (vec![], vec![]);
        for Input { id } in input.inputs {
            match locate(portal, kind, &id, input.id_property.as_deref()) {
                Ok(record) => results.push(wire(portal, kind, record, &input.properties)),
                Err(refusal) if refusal.status == StatusCode::NOT_FOUND => lost.push(id),
                Err(refusal) => return Err(refusal),
            }
        }
        Ok(finish(results, lost, kind, now))
    })
}

async fn update(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path(object_type): Path<String>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answer {
    let kind = kind(&object_type)?;
    caller.require_objects(kind, "write")?;
    let input: UpdateInput = body(&headers, &bytes)?;
    check_size(input.inputs.len())?;
    let mut seen = BTreeSet::new();
    if let Some(twice) = input.inputs.iter().find(|change| !seen.insert(&change.id)) {
        return Err(Refusal::validation(format!(
            "Duplicate IDs found in batch input: [{}]. IDs must be unique",
            twice.id
        )));
    }
    with_portal(&world, &caller, |portal, now| {
        let (mut found, mut lost) = (vec![], vec![]);
        for Change { id, id_property, properties: values } in input.inputs {
            let values = texts(values)?;
            properties::check(portal, kind, &values)?;
            match locate(portal, kind, &id, id_property.as_deref()) {
                Ok(record) => found.push((record.id, values)),
                Err(refusal) if refusal.status == StatusCode::NOT_FOUND => lost.push(id),
                Err(refusal) => return Err(refusal),
            }
        }
        let results = found
            .into_iter()
            .map(|(id, values)| change(portal, At { kind, id }, values, now))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(finish(results, lost, kind, now))
    })
}

fn finish(results: Vec<Value>, lost: Vec<String>, kind: Kind, now: i64) -> Response {
    if lost.is_empty() {
        return Json(batch_answer(results, now)).into_response();
    }
    (StatusCode::MULTI_STATUS, Json(batch_answer_with(results, vec![missing(kind, lost)], now)))
        .into_response()
}
