//! `GET /api/panel?cursor=`: a page of the record's envelopes, from our own index.

use worker::Response;

use crate::{access, answer, call::Call, failure::Outcome, portal::ask::Page};

pub async fn answer(call: &Call) -> Outcome<Response> {
    let session = access::session(call)?;
    let cursor = call.parameter("cursor").filter(|c| !c.is_empty());
    let panel = session.portal.ask(&Page { session_hash: session.hash, cursor }).await?;
    answer::data(&panel)
}
