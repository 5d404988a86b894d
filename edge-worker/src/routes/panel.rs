//! `GET /api/panel?cursor=&q=&group=&status=&by=`: a page of the record's envelopes, from our own index.

use shared::{
    card::Face,
    envelope::Group,
    error::{AppError, Code},
};
use worker::Response;

use crate::{
    access, answer,
    call::Call,
    failure::Outcome,
    portal::ask::{Page, Wanted},
};

/// What counts of a search.
const WORDS_MAX: usize = 8;
const SEARCH_MAX_CHARS: usize = 100;

pub async fn answer(call: &Call) -> Outcome<Response> {
    let session = access::session(call)?;
    let parameter = |name: &str| call.parameter(name).filter(|value| !value.is_empty());
    let unknown = |name: &'static str| AppError::new(Code::BadRequest).field(name);
    let search: String = parameter("q").unwrap_or_default().chars().take(SEARCH_MAX_CHARS).collect();
    let group = parameter("group")
        .map(|name| Group::ALL.into_iter().find(|group| group.name() == name).ok_or(unknown("group")))
        .transpose()?;
    let face = parameter("status")
        .map(|name| Face::ALL.into_iter().find(|face| face.name() == name).ok_or(unknown("status")))
        .transpose()?;
    let by_change = match parameter("by").as_deref() {
        None => false,
        Some("changed") => true,
        Some(_) => return Err(unknown("by").into()),
    };
    let words = search.to_lowercase().split_whitespace().take(WORDS_MAX).map(str::to_owned).collect();
    let wanted = Wanted { words, group, face, by_change };
    let ask = Page { session_hash: session.hash, cursor: parameter("cursor"), wanted };
    answer::data(&session.portal.ask(&ask).await?)
}
