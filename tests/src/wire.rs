//! Signatures as the vendors make them, written down once more from their documentation: the journeys must be
//! able to sign what no vendor would send.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

fn hmac_sha256(key: &str, message: &[u8]) -> String {
    // HMAC takes a key of any length; an empty one never comes here.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else { return String::new() };
    mac.update(message);
    STANDARD.encode(mac.finalize().into_bytes())
}

/// HubSpot's v3: method, address (with `%40` and its like decoded), body, time in milliseconds.
pub fn hubspot_v3(secret: &str, method: &str, decoded_url: &str, body: &str, at: i64) -> String {
    hmac_sha256(secret, format!("{method}{decoded_url}{body}{at}").as_bytes())
}

/// HubSpot's v2: a plain hash over secret, method, address as sent, and body, in hex.
pub fn hubspot_v2(secret: &str, method: &str, url: &str, body: &str) -> String {
    hex::encode(Sha256::digest(format!("{secret}{method}{url}{body}")))
}

/// DocuSign Connect: the raw body.
pub fn connect(key: &str, body: &[u8]) -> String {
    hmac_sha256(key, body)
}

/// Milliseconds since 1970.
pub fn now() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.ok().and_then(|d| i64::try_from(d.as_millis()).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vendors_own_vectors_come_out() {
        let body = "{'example_field':'example_value'}";
        let url = "https://www.example.com/webhook_uri";
        let secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
        let v3 = hubspot_v3(secret, "POST", url, body, 1_693_657_560_000);
        let v2 = hubspot_v2(secret, "POST", url, body);
        assert_eq!(v2, "4fe4e3a7d3cf09db53be39d0a58130e2aaba074ec123a9e355b876a689a1c383");
        assert_eq!(v3, "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=");
        assert_eq!(
            connect("3sEcReTk3yForTests0000000000000000000000000=", br#"{"event":"envelope-sent"}"#),
            "Ua3b+9hAXK7tFwGzOMj3m/L8tk9DHQ9AfGFdwKpdqbk="
        );
    }
}
