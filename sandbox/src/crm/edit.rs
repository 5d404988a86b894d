//! What people change in the CRM by hand: notes and property values.

use std::collections::BTreeMap;

use axum::{
    Form,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use maud::html;
use serde::Deserialize;

use super::{frame, missing, session};
use crate::{
    hubspot::{
        model::{At, Kind},
        properties, time,
    },
    lock::lock,
    world::World,
};

type Where = Path<(u64, String, u64)>;

fn target((portal, object_type, id): (u64, String, u64)) -> Option<(u64, At, String)> {
    let kind = Kind::parse(&object_type).filter(|kind| Kind::RECORDS.contains(kind))?;
    Some((portal, At { kind, id }, format!("/contacts/{portal}/record/{}/{id}", kind.type_id())))
}

fn gone() -> Response {
    missing("This record is not there", "It may have been deleted, or belongs to another account.")
}

#[derive(Deserialize)]
pub struct Note {
    text: String,
}

pub async fn add_note(
    State(world): State<World>,
    Path(place): Where,
    headers: HeaderMap,
    Form(note): Form<Note>,
) -> Response {
    let Some((portal, at, path)) = target(place) else { return gone() };
    let now = world.clock.now().timestamp_millis();
    let mut crm = lock(&world.hubspot);
    let Some(portal) = crm.portals.get_mut(&portal).filter(|portal| portal.record(at).is_some()) else {
        return gone();
    };
    let paragraphs: String = note
        .text
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| html! { p { (line) } }.into_string())
        .collect();
    let mut values = BTreeMap::from([
        ("hs_note_body".to_owned(), paragraphs),
        ("hs_timestamp".to_owned(), time::iso(now)),
    ]);
    if let Some(user) = session::user(&headers, portal) {
        values.insert("hs_created_by".into(), user.id.to_string());
    }
    let id = portal.create(Kind::Note, values, now);
    portal.link(At { kind: Kind::Note, id }, at, None);
    Redirect::to(&path).into_response()
}

/// Takes only what differs, so that a value HubSpot no longer allows does not block the others. Several values of
/// one name are a multiple choice.
pub async fn change_properties(State(world): State<World>, Path(place): Where, bytes: Bytes) -> Response {
    let Some((portal, at, path)) = target(place) else { return gone() };
    let mut given: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in url::form_urlencoded::parse(&bytes).into_owned() {
        given.entry(name).or_default().push(value);
    }
    let now = world.clock.now().timestamp_millis();
    let mut crm = lock(&world.hubspot);
    let Some(portal) = crm.portals.get_mut(&portal) else { return gone() };
    let Some(record) = portal.record(at) else { return gone() };
    let changes: BTreeMap<String, String> = given
        .into_iter()
        .map(|(name, values)| {
            let text = values.into_iter().filter(|value| !value.is_empty()).collect::<Vec<_>>().join(";");
            let text = properties::normalise(portal, at.kind, &name, &text);
            (name, text)
        })
        .filter(|(name, value)| record.get(name).unwrap_or_default() != value)
        .collect();
    if let Err(refusal) = properties::check(portal, at.kind, &changes) {
        let why: Vec<String> = refusal
            .body
            .get("errors")
            .and_then(serde_json::Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|error| Some(error.get("message")?.as_str()?.to_owned()))
            .collect();
        let page = frame::bare(
            "Not saved",
            &html! { h1 { "Not saved" } ul { @for line in why { li { (line) } } } p { a href=(path) { "Back to the record" } } },
        );
        return (StatusCode::BAD_REQUEST, page).into_response();
    }
    portal.update(at, &changes, now);
    Redirect::to(&path).into_response()
}
