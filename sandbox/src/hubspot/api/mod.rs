//! HubSpot's API on the paths of version 2026-03: one file per area.

mod account;
mod associations;
mod automation;
mod batch;
pub mod files;
mod objects;
mod owners;
mod properties;

use axum::{Router, middleware::from_fn_with_state};
use serde_json::{Value, json};

use super::{access, model::Kind, refusal::Refusal, time};
use crate::world::World;

pub fn router(world: World) -> Router {
    let guarded = Router::new()
        .merge(objects::router())
        .merge(batch::router())
        .merge(associations::router())
        .merge(properties::router())
        .merge(owners::router())
        .merge(account::router())
        .merge(files::router())
        .merge(automation::router())
        .layer(from_fn_with_state(world.clone(), access::guard));
    guarded.merge(files::public_router()).with_state(world)
}

/// The kind that a path names.
fn kind(text: &str) -> Result<Kind, Refusal> {
    Kind::parse(text).ok_or_else(|| Refusal::validation(format!("Unable to infer object type from: {text}")))
}

fn id(text: &str) -> Result<u64, Refusal> {
    text.parse().map_err(|_| Refusal::not_found())
}

/// The frame of every batch answer.
fn batch_answer(results: Vec<Value>, now: i64) -> Value {
    json!({ "status": "COMPLETE", "results": results, "startedAt": time::iso(now), "completedAt": time::iso(now) })
}

/// The same with some inputs refused: to be sent with 207.
fn batch_answer_with(results: Vec<Value>, errors: Vec<Value>, now: i64) -> Value {
    let mut answer = batch_answer(results, now);
    if let Some(map) = answer.as_object_mut() {
        map.insert("numErrors".into(), errors.len().into());
        map.insert("errors".into(), errors.into());
    }
    answer
}

/// One problem inside a batch answer.
fn batch_error(category: &str, message: String, context: Value) -> Value {
    json!({ "status": "error", "category": category, "message": message, "context": context, "errors": [], "links": {} })
}
