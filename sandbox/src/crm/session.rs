//! Who is signed in to the CRM: any user of the portal, chosen freely, kept in a cookie per portal.
//!
//! Nobody is kept out: the sandbox runs on the reader's own machine.

use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use crate::{
    hubspot::model::{Crm, Portal, User},
    lock::lock,
    world::World,
};

/// Cookie of the portal that was looked at last.
pub const PORTAL: &str = "sandbox_portal";

pub fn cookie_name(portal: u64) -> String {
    format!("sandbox_user_{portal}")
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The user who is signed in; without a cookie the portal's first, who is its super admin.
pub fn user<'a>(headers: &HeaderMap, portal: &'a Portal) -> Option<&'a User> {
    cookie(headers, &cookie_name(portal.id))
        .and_then(|id| id.parse().ok())
        .and_then(|id| portal.user(id))
        .or_else(|| portal.users.first())
}

/// The portal that was looked at last, or the first.
pub fn portal(crm: &Crm, headers: &HeaderMap) -> Option<u64> {
    cookie(headers, PORTAL)
        .and_then(|id| id.parse().ok())
        .filter(|id| crm.portals.contains_key(id))
        .or_else(|| crm.portals.keys().next().copied())
}

#[derive(Deserialize)]
pub struct Choice {
    portal: u64,
    user: Option<u64>,
    /// Language of the app's card for this user.
    locale: Option<String>,
    /// Path to go on to.
    back: Option<String>,
}

pub async fn choose_by_form(state: State<World>, Form(choice): Form<Choice>) -> Response {
    choose(state, Query(choice)).await
}

/// Signs in as somebody and sets their language.
pub async fn choose(State(world): State<World>, Query(choice): Query<Choice>) -> Response {
    let Choice { portal, user, locale, back } = choice;
    if let Some(locale) = locale.filter(|locale| matches!(locale.as_str(), "en" | "da")) {
        let mut crm = lock(&world.hubspot);
        let users = crm.portals.get_mut(&portal).into_iter().flat_map(|portal| &mut portal.users);
        for one in users.filter(|one| Some(one.id) == user) {
            one.locale.clone_from(&locale);
        }
        world.touch();
    }
    // Only a path of this server.
    let back = back.filter(|path| path.starts_with('/') && !path.starts_with("//"));
    let target = back.unwrap_or_else(|| format!("/contacts/{portal}/objects/0-1/views"));
    let mut response = Redirect::to(&target).into_response();
    let mut cookies = vec![format!("{PORTAL}={portal}; Path=/; SameSite=Lax")];
    cookies.extend(user.map(|user| format!("{}={user}; Path=/; SameSite=Lax", cookie_name(portal))));
    for cookie in cookies {
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}
