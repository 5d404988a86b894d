//! `PUT /api/settings/language`: the user's own language, over HubSpot's. It counts for sessions from now on.

use shared::settings::ChooseLanguage;
use worker::Response;

use super::{BODY_MAX, hash, person};
use crate::{answer, call::Call, failure::Outcome, portal::ask::settings as ask};

pub async fn answer(mut call: Call) -> Outcome<Response> {
    let ChooseLanguage { language } = call.json(BODY_MAX).await?;
    let guest = person(&call).await?;
    answer::data(&guest.portal.ask(&ask::ChooseLanguage { session_hash: hash(&guest), language }).await?)
}
