//! `POST /hubspot/panel`: the native card's list, from our own index; no vendor is called and nothing changes,
//! so a signed request that comes twice is answered twice. Signed as a launch is, and refused alike.

use shared::card::{self, CardRequest};
use worker::Response;

use super::launch::{BODY_MAX, caller, record};
use crate::{
    answer,
    call::{self, Call},
    failure::Outcome,
    portal::ask::Card,
};

pub async fn answer(mut call: Call) -> Outcome<Response> {
    let body = call.body(BODY_MAX).await?;
    let caller = caller(&call, &body)?;
    let request: CardRequest = call::from_json(&body)?;
    let record = record(&request.object_type_id, &request.object_id)?;
    let panel = call.portal(caller.portal)?.ask(&Card { user: caller.user, record }).await?;
    answer::data(&card::card(panel))
}
