//! What people do in DocuSign's own web app: change templates, send, discard and void, and make a great many
//! templates.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::json;

use super::{envelope, not_found};
use crate::docusign::outside::{self, TemplateChange};
use crate::world::World;

pub fn router() -> Router<World> {
    Router::new()
        .route("/__sandbox/docusign/envelopes/{envelopeId}/send", post(send))
        .route("/__sandbox/docusign/envelopes/{envelopeId}/discard", post(discard))
        .route("/__sandbox/docusign/envelopes/{envelopeId}/void", post(void))
        .route("/__sandbox/docusign/templates/{templateId}", post(change_template))
        .route("/__sandbox/docusign/templates/{templateId}/delete", post(delete_template))
        .route("/__sandbox/docusign/accounts/{accountId}/templates", post(make_templates))
}

/// The draft's owner sends it in DocuSign.
async fn send(State(world): State<World>, Path(id): Path<String>) -> Response {
    match outside::send(&world, &id) {
        Ok(()) => envelope(State(world), Path(id)).await,
        Err(p) => p.into_response(),
    }
}

/// The owner throws it away in DocuSign: `envelope-discard` for a draft, `envelope-deleted` otherwise.
async fn discard(State(world): State<World>, Path(id): Path<String>) -> Response {
    match outside::discard(&world, &id) {
        Ok(()) => envelope(State(world), Path(id)).await,
        Err(p) => p.into_response(),
    }
}

async fn void(State(world): State<World>, Path(id): Path<String>) -> Response {
    match outside::void(&world, &id) {
        Ok(()) => envelope(State(world), Path(id)).await,
        Err(p) => p.into_response(),
    }
}

async fn change_template(
    State(world): State<World>,
    Path(id): Path<String>,
    Json(change): Json<TemplateChange>,
) -> Response {
    match outside::change_template(&world, &id, change) {
        Ok(now) => Json(now).into_response(),
        Err(p) => p.into_response(),
    }
}

async fn delete_template(State(world): State<World>, Path(id): Path<String>) -> Response {
    if outside::delete_template(&world, &id) { StatusCode::NO_CONTENT } else { StatusCode::NOT_FOUND }
        .into_response()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Many {
    count: usize,
    name: Option<String>,
    folder: Option<String>,
}

async fn make_templates(
    State(world): State<World>,
    Path(id): Path<String>,
    Json(many): Json<Many>,
) -> Response {
    let name = many.name.unwrap_or_else(|| "Bulk template".to_owned());
    let folder = many.folder.unwrap_or_else(|| "Sales".to_owned());
    match outside::make_templates(&world, &id, many.count, &name, &folder) {
        Some(total) => (StatusCode::CREATED, Json(json!({ "templates": total }))).into_response(),
        None => not_found("account"),
    }
}
