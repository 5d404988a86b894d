//! Pages of documents that may be a few minutes old, in workerd's own cache near the caller: sizes and pictures.
//! Nothing that decides whether something is allowed. Lists that a send needs are the object's to keep
//! (`portal/kept.rs`).
//!
//! The cache is a convenience: what cannot be read or kept is asked for again. A place names the portal, and where
//! it matters the user, so that nobody is shown what another fetched; the addresses are served by nobody.

use core::fmt::Write as _;

use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;
use worker::{Cache, Response, ResponseBuilder};

use crate::log;

pub const MINUTES_10: u32 = 600;
pub const MINUTES_15: u32 = 900;

/// The address of something of a portal. Parts are escaped, so that no id can leave its place.
pub fn place(portal: u64, what: &str, names: &[&str]) -> String {
    let mut place = format!("https://cache.countersign.invalid/{portal}/{what}");
    for name in names {
        place.push('/');
        for byte in name.bytes() {
            if byte.is_ascii_alphanumeric() || byte == b'-' {
                place.push(char::from(byte));
            } else {
                // Writing to a String cannot fail.
                let _ = write!(place, "%{byte:02X}");
            }
        }
    }
    place
}

pub async fn json<T: DeserializeOwned>(place: &str) -> Option<T> {
    crate::json::read(&bytes(place).await?).ok()
}

pub async fn keep_json<T: Serialize>(place: &str, value: &T, seconds: u32) {
    if let Ok(body) = serde_json::to_vec(value) {
        keep(place, body, seconds).await;
    }
}

pub async fn bytes(place: &str) -> Option<Vec<u8>> {
    let mut found = Cache::default().get(place, false).await.ok()??;
    found.bytes().await.ok()
}

pub async fn keep(place: &str, body: Vec<u8>, seconds: u32) {
    let kept = async {
        let response: Response = ResponseBuilder::new().from_bytes(body)?;
        response.headers().set("cache-control", &format!("max-age={seconds}"))?;
        Cache::default().put(place, response).await
    };
    if let Err(error) = kept.await {
        log::warn("nothing was cached", json!({ "detail": error.to_string() }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_one_portals_and_one_users() {
        assert_eq!(
            place(7, "page", &["a-1", "42", "3"]),
            "https://cache.countersign.invalid/7/page/a-1/42/3"
        );
        assert_eq!(
            place(7, "page", &["../x?", "é"]),
            "https://cache.countersign.invalid/7/page/%2E%2E%2Fx%3F/%C3%A9"
        );
    }
}
