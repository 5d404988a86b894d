//! `PUT /api/settings/preferences`: what an admin decides for everybody in the portal.

use shared::settings::SavePreferences;
use worker::Response;

use super::{BODY_MAX, admin, hash};
use crate::{answer, call::Call, failure::Outcome, portal::ask::settings as ask};

pub async fn answer(mut call: Call) -> Outcome<Response> {
    let SavePreferences { preferences, version } = call.json(BODY_MAX).await?;
    let guest = admin(&call).await?;
    let ask = ask::SavePreferences { session_hash: hash(&guest), preferences, version };
    answer::data(&guest.portal.ask(&ask).await?)
}
