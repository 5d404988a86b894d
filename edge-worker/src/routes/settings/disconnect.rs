//! `DELETE /api/settings/connections/{user}`: ends one's own connection, or as an admin anybody's.

use shared::error::Code;
use worker::Response;

use super::{admin, hash, person};
use crate::{answer, call::Call, failure::Outcome, portal::ask::settings::Disconnect};

pub async fn answer(call: &Call, user: &str) -> Outcome<Response> {
    let is_id = (1..=20).contains(&user.len()) && user.bytes().all(|b| b.is_ascii_digit());
    if user != "me" && !is_id {
        return Err(Code::NotFound.into());
    }
    let guest = person(call).await?;
    let other = Some(user.to_owned()).filter(|user| user != "me" && *user != guest.visit.user);
    let guest = if other.is_some() { admin(call).await? } else { guest };
    answer::data(&guest.portal.ask(&Disconnect { session_hash: hash(&guest), user: other }).await?)
}
