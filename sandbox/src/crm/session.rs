//! Who is signed in to the CRM: any user of the portal, chosen freely, kept in a cookie per portal.
//!
//! Nobody is kept out: the sandbox runs on the reader's own machine.

use axum::http::{HeaderMap, header};

use crate::hubspot::model::{Portal, User};

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
