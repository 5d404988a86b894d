//! The account itself, and the app's own removal from it.

use axum::{
    Extension, Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{delete, get},
};
use serde_json::json;

use crate::{
    hubspot::{
        access::{Caller, with_portal},
        oauth,
        refusal::Refusal,
        time,
    },
    lock::lock,
    world::World,
};

pub fn router() -> Router<World> {
    Router::new()
        .route("/account-info/2026-03/details", get(details))
        .route("/account-info/2026-09/details", get(details))
        .route("/appinstalls/2026-03/external-install", delete(uninstall))
}

async fn details(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
) -> Result<Response, Refusal> {
    caller.require(&["oauth"])?;
    let ui_domain = format!("{}:{}", world.config.crm_public_host, world.config.port);
    with_portal(&world, &caller, |portal, _| {
        let hours = time::offset_hours(&portal.time_zone);
        let sign = if hours < 0 { '-' } else { '+' };
        let answer = json!({
            "portalId": portal.id,
            "accountType": "STANDARD",
            "timeZone": portal.time_zone,
            "companyCurrency": portal.currency,
            "additionalCurrencies": [],
            "utcOffset": format!("{sign}{:02}:00", hours.abs()),
            "utcOffsetMilliseconds": hours * 3_600_000,
            "uiDomain": ui_domain,
            "dataHostingLocation": portal.hosting,
        });
        Ok(Json(answer).into_response())
    })
}

async fn uninstall(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
) -> Result<Response, Refusal> {
    caller.require(&["oauth"])?;
    oauth::uninstall(&mut lock(&world.hubspot), caller.portal);
    Ok(StatusCode::NO_CONTENT.into_response())
}
