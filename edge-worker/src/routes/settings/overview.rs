//! `GET /api/settings`: what everybody may see of the settings.

use shared::settings::{Settings, You};
use worker::Response;

use super::{hash, person, standing_as_admin};
use crate::{access::Guest, answer, call::Call, failure::Outcome, portal::ask::settings::ReadSettings};

pub async fn answer(call: &Call) -> Outcome<Response> {
    let guest = person(call).await?;
    answer::data(&read(call, &guest).await?)
}

pub async fn read(call: &Call, guest: &Guest) -> Outcome<Settings> {
    let admin = standing_as_admin(call, guest).await;
    let stored = guest.portal.ask(&ReadSettings { session_hash: hash(guest) }).await?;
    Ok(Settings {
        portal_id: guest.portal.id,
        portal_domain: stored.portal_domain,
        installed_at: stored.installed_at,
        you: You {
            user: stored.user,
            email: stored.email,
            admin,
            language: stored.language,
            connection: stored.connection,
            standing: stored.standing,
            todo: stored.todo,
        },
        preferences: stored.preferences,
        preferences_version: stored.preferences_version,
    })
}
