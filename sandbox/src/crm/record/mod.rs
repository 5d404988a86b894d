//! A record's page: properties on the left, what happened in the middle, cards on the right.

pub mod card;
mod left;
mod middle;
mod right;

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use maud::html;

use super::{frame, list, missing, visit};
use crate::{
    hubspot::model::{At, Kind},
    world::World,
};

pub async fn page(
    State(world): State<World>,
    Path((portal, object_type, id)): Path<(u64, String, u64)>,
    headers: HeaderMap,
) -> Response {
    let Some(kind) = Kind::parse(&object_type).filter(|kind| Kind::RECORDS.contains(kind)) else {
        return missing("There is no such kind of record", "Contacts are 0-1, companies 0-2, deals 0-3.");
    };
    let at = At { kind, id };
    visit(&world, &headers, portal, |here| {
        let Some(record) = here.portal.record(at) else {
            return Err(frame::bare(
                "This record is not there",
                &html! { h1 { "This record is not there" } p { "It may have been deleted, or belongs to another account." } p { a href=(format!("/contacts/{portal}/objects/{}/views", kind.type_id())) { "Go to the list" } } },
            ));
        };
        let title = here.portal.title(at);
        let main = html! {
            main.record #main tabindex="-1" aria-label=(format!("{} {title}", noun(kind))) {
                div.left { (left::show(here, at, record, &title)) }
                div.middle { (middle::show(here, at, record)) }
                div.right { (card::show(here, at)) (right::show(here, at)) }
            }
            (card::modal())
        };
        let path = list::record_path(here.portal, at);
        Ok(frame::page(here, &title, list::place(kind), &path, "", &main, &["card.js"]))
    })
}

pub fn noun(kind: Kind) -> &'static str {
    match kind {
        Kind::Company => "Company",
        Kind::Deal => "Deal",
        Kind::Note => "Note",
        Kind::Contact => "Contact",
    }
}
