//! `GET /api/settings/users?cursor=`: who in the portal has a connection, and how it stands.

use worker::Response;

use super::{admin, hash};
use crate::{answer, call::Call, failure::Outcome, portal::ask::settings::ListUsers};

pub async fn answer(call: &Call) -> Outcome<Response> {
    let guest = admin(call).await?;
    let cursor = call.parameter("cursor").filter(|c| !c.is_empty());
    answer::data(&guest.portal.ask(&ListUsers { session_hash: hash(&guest), cursor }).await?)
}
