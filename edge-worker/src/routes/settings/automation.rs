//! `PUT /api/settings/automation`: whose connection does what nobody clicked for.

use shared::settings::ChooseAutomation;
use worker::Response;

use super::{BODY_MAX, admin, hash};
use crate::{answer, call::Call, failure::Outcome, portal::ask::settings as ask};

pub async fn answer(mut call: Call) -> Outcome<Response> {
    let ChooseAutomation { user } = call.json(BODY_MAX).await?;
    let guest = admin(&call).await?;
    answer::data(&guest.portal.ask(&ask::ChooseAutomation { session_hash: hash(&guest), user }).await?)
}
