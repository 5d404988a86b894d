//! What the app reports back: workflow callbacks, and app events on the timeline.

use axum::{
    Extension, Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::post,
};
use serde::Deserialize;
use serde_json::Value;

use crate::{
    hubspot::{
        access::{Caller, body, with_portal},
        model::{AppEvent, Callback},
        refusal::Refusal,
    },
    lock::lock,
    world::World,
};

type Answer = Result<Response, Refusal>;

pub fn router() -> Router<World> {
    Router::new()
        .route("/automation/actions/callbacks/2026-03/complete", post(complete_many))
        .route("/automation/actions/callbacks/2026-03/{id}/complete", post(complete))
        .route("/integrators/timeline/2026-03/events", post(event))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Completion {
    callback_id: Option<String>,
    output_fields: Value,
    typed_outputs: Value,
}

async fn complete(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path(callback_id): Path<String>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answer {
    caller.require(&["automation"])?;
    let completion: Completion = body(&headers, &bytes)?;
    keep(&world, &caller, callback_id, completion)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

#[derive(Deserialize)]
struct Completions {
    inputs: Vec<Completion>,
}

async fn complete_many(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answer {
    caller.require(&["automation"])?;
    let Completions { inputs } = body(&headers, &bytes)?;
    for mut completion in inputs {
        let id =
            completion.callback_id.take().ok_or_else(|| Refusal::validation("callbackId is required"))?;
        keep(&world, &caller, id, completion)?;
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn keep(world: &World, caller: &Caller, callback_id: String, completion: Completion) -> Result<(), Refusal> {
    let Completion { output_fields, typed_outputs, .. } = completion;
    if !output_fields.is_object() || !typed_outputs.is_object() {
        return Err(Refusal::validation("outputFields and typedOutputs must be objects"));
    }
    let at = world.clock.now().timestamp_millis();
    lock(&world.hubspot).callbacks.push(Callback {
        portal: caller.portal,
        callback_id,
        body: output_fields,
        at,
    });
    Ok(())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    event_type_name: String,
    id: String,
    /// Every value must be a text; they are stored with the whole.
    #[serde(rename = "properties")]
    _properties: std::collections::BTreeMap<String, String>,
}

/// Occurrences never change: the same type and id again is 409.
async fn event(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answer {
    caller.require(&["timeline"])?;
    let whole: Value = body(&headers, &bytes)?;
    let Event { event_type_name, id, .. } = body(&headers, &bytes)?;
    with_portal(&world, &caller, |portal, now| {
        let key = format!("{event_type_name}/{id}");
        if portal.events.contains_key(&key) {
            let message = format!("An event of type {event_type_name} with id {id} already exists");
            return Err(Refusal::new(409, "CONFLICT", message));
        }
        portal.events.insert(key, AppEvent { body: whole.clone(), at: now });
        Ok((StatusCode::CREATED, Json(whole)).into_response())
    })
}
