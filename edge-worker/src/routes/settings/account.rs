//! `PUT /api/settings/account`: the account that this user's envelopes are sent from, from now on.

use shared::settings::SwitchAccount;
use worker::Response;

use super::{BODY_MAX, hash, overview, person};
use crate::{answer, call::Call, failure::Outcome, portal::ask::settings as ask};

pub async fn answer(mut call: Call) -> Outcome<Response> {
    let SwitchAccount { account_id } = call.json(BODY_MAX).await?;
    let guest = person(&call).await?;
    guest.portal.ask(&ask::SwitchAccount { session_hash: hash(&guest), account: account_id }).await?;
    answer::data(&overview::read(&call, &guest).await?)
}
