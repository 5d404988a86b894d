//! `/api/settings/outbox`: what could not be done in HubSpot, and trying it again; `/api/settings/envelopes`: all that
//! the index holds, to be kept elsewhere.

use shared::settings::outbox::Retry;
use worker::Response;

use super::{BODY_MAX, admin, hash};
use crate::{
    answer,
    call::Call,
    failure::Outcome,
    portal::ask::settings::{ReadIndex, ReadOutbox, RetryOutbox},
};

pub async fn read(call: &Call) -> Outcome<Response> {
    let guest = admin(call).await?;
    answer::data(&guest.portal.ask(&ReadOutbox { session_hash: hash(&guest) }).await?)
}

pub async fn index(call: &Call) -> Outcome<Response> {
    let guest = admin(call).await?;
    let cursor = call.parameter("cursor").filter(|cursor| !cursor.is_empty());
    answer::data(&guest.portal.ask(&ReadIndex { session_hash: hash(&guest), cursor }).await?)
}

pub async fn retry(mut call: Call) -> Outcome<Response> {
    let Retry { id } = call.json(BODY_MAX).await?;
    let guest = admin(&call).await?;
    answer::data(&guest.portal.ask(&RetryOutbox { session_hash: hash(&guest), id }).await?)
}
