//! `/api/settings/uninstall`: what would be deleted, and the deleting.

use shared::settings::Uninstall;
use worker::Response;

use super::{BODY_MAX, admin, hash};
use crate::{
    answer,
    call::Call,
    failure::Outcome,
    portal::ask::settings::{self as ask, PlanUninstall},
};

pub async fn plan(call: &Call) -> Outcome<Response> {
    let guest = admin(call).await?;
    answer::data(&guest.portal.ask(&PlanUninstall { session_hash: hash(&guest) }).await?)
}

pub async fn answer(mut call: Call) -> Outcome<Response> {
    let Uninstall { confirm } = call.json(BODY_MAX).await?;
    let guest = admin(&call).await?;
    answer::data(&guest.portal.ask(&ask::Uninstall { session_hash: hash(&guest), confirm }).await?)
}
