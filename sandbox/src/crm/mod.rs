//! The CRM's pages, as far as a person needs them to judge our app in it.
//!
//! Addresses are HubSpot's (`/contacts/{portal}/record/0-3/{id}`). Pages are rendered here; three small scripts add
//! the app's card, dialogs and the control page.

mod apps;
mod control;
mod edit;
mod format;
pub mod frame;
mod list;
mod record;
mod rich_text;
pub mod session;

use axum::{
    Router,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use maud::{Markup, html};

use crate::{
    hubspot::model::{Crm, Portal, User},
    lock::lock,
    world::World,
};

pub fn router(world: World) -> Router {
    let file = |kind: &'static str, text: &'static str| {
        get(
            move || async move { ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")], text) },
        )
    };
    let script = "text/javascript; charset=utf-8";
    Router::new()
        .route("/", get(home))
        .route("/session", get(session::choose).post(session::choose_by_form))
        .route("/contacts/{portal}/objects/{type}/views", get(list::page))
        .route("/contacts/{portal}/record/{type}/{id}", get(record::page))
        .route("/contacts/{portal}/record/{type}/{id}/notes", post(edit::add_note))
        .route("/contacts/{portal}/record/{type}/{id}/properties", post(edit::change_properties))
        .route("/search/{portal}", get(list::search))
        .route("/apps", get(apps::home))
        .route("/apps/{portal}", get(apps::page))
        .route("/apps/{portal}/uninstall", post(apps::uninstall))
        .route("/control", get(control::page))
        .route(
            "/assets/crm/crm.css",
            file("text/css; charset=utf-8", include_str!("../../assets/crm/crm.css")),
        )
        .route("/assets/crm/crm.js", file(script, include_str!("../../assets/crm/crm.js")))
        .route("/assets/crm/card.js", file(script, include_str!("../../assets/crm/card.js")))
        .route("/assets/crm/control.js", file(script, include_str!("../../assets/crm/control.js")))
        .with_state(world)
}

/// Where somebody is, and as whom.
pub struct Here<'a> {
    pub portal: &'a Portal,
    pub user: &'a User,
    pub portals: Vec<(u64, &'a str)>,
    pub mailbox: String,
    pub worker: &'a str,
    pub now: i64,
}

/// Runs a page in a portal as its signed-in user; a portal that is not there is a page too.
fn visit(
    world: &World,
    headers: &HeaderMap,
    portal: u64,
    page: impl FnOnce(&Here<'_>) -> Result<Markup, Markup>,
) -> Response {
    let crm = lock(&world.hubspot);
    let Some(here) = here(world, &crm, headers, portal) else {
        return missing("There is no such account", "It may be from before the sandbox was reset.");
    };
    let cookie = format!("{}={portal}; Path=/; SameSite=Lax", session::PORTAL);
    match page(&here) {
        Ok(markup) => ([(header::SET_COOKIE, cookie)], markup).into_response(),
        Err(markup) => (StatusCode::NOT_FOUND, markup).into_response(),
    }
}

fn here<'a>(world: &'a World, crm: &'a Crm, headers: &HeaderMap, portal: u64) -> Option<Here<'a>> {
    let portal = crm.portals.get(&portal)?;
    Some(Here {
        portal,
        user: session::user(headers, portal)?,
        portals: crm.portals.values().map(|portal| (portal.id, portal.name.as_str())).collect(),
        mailbox: format!("{}/mail", world.docusign_url()),
        worker: &world.config.worker_url,
        now: world.clock.now().timestamp_millis(),
    })
}

/// A page that says what is not there.
pub fn missing(title: &str, detail: &str) -> Response {
    let page =
        frame::bare(title, &html! { h1 { (title) } p { (detail) } p { a href="/" { "Go to the CRM" } } });
    (StatusCode::NOT_FOUND, page).into_response()
}

async fn home(State(world): State<World>, headers: HeaderMap) -> Response {
    match session::portal(&lock(&world.hubspot), &headers) {
        Some(portal) => Redirect::to(&format!("/contacts/{portal}/objects/0-1/views")).into_response(),
        None => missing("There is no account", "Reset the sandbox to get its sample accounts back."),
    }
}
