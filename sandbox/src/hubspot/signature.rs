//! How HubSpot signs what it sends: v1 (webhooks), v2 (workflow actions, cards) and v3 (cards, newer).
//!
//! Written from HubSpot's published tests, apart from the Worker's verifier, so that a mistake in one shows in
//! the other. Nothing is verified here: the sandbox only signs.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// v1: lower-case hex of `SHA256(client secret + body)`.
pub fn v1(secret: &str, body: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(secret.as_bytes());
    hash.update(body);
    hex::encode(hash.finalize())
}

/// v2: lower-case hex of `SHA256(client secret + METHOD + URL + body)`; no time in it, so it never goes stale.
pub fn v2(secret: &str, method: &str, url: &str, body: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(secret.as_bytes());
    hash.update(method.as_bytes());
    hash.update(url.as_bytes());
    hash.update(body);
    hex::encode(hash.finalize())
}

/// v3: base64 of `HMAC-SHA256(client secret, METHOD + decoded URL + body + timestamp)`, time in milliseconds.
pub fn v3(secret: &str, method: &str, url: &str, body: &[u8], timestamp_ms: i64) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(method.as_bytes());
    mac.update(decoded(url).as_bytes());
    mac.update(body);
    mac.update(timestamp_ms.to_string().as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

/// The URL as v3 signs it: exactly twelve escapes of the query are decoded, and nothing else. `%20`, `%26`, `%3D`,
/// `%2B` and `%25` stay, so that the signed text keeps one meaning.
pub fn decoded(url: &str) -> String {
    let Some((path, query)) = url.split_once('?') else { return url.to_owned() };
    let mut out = format!("{path}?");
    let mut rest = query;
    while let Some(at) = rest.find('%') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let escape = from.get(..3).unwrap_or(from);
        match plain(escape) {
            Some(character) => out.push(character),
            None => out.push_str(escape),
        }
        rest = from.get(escape.len()..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

fn plain(escape: &str) -> Option<char> {
    Some(match escape.to_ascii_uppercase().as_str() {
        "%3A" => ':',
        "%2F" => '/',
        "%3F" => '?',
        "%40" => '@',
        "%21" => '!',
        "%24" => '$',
        "%27" => '\'',
        "%28" => '(',
        "%29" => ')',
        "%2A" => '*',
        "%2C" => ',',
        "%3B" => ';',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
    const C: &str = "12345678-aaaa-bbbb-cccc-ddddeeeeffff";
    const URL_A: &str = "https://www.example.com/webhook_uri";
    const URL_C: &str = "https://hubspot.com/?appId=1&portalId=2&userId=3";
    const BODY_1: &str = r#"[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]"#;
    const BODY_2: &str = r#"{"example_field":"example_value"}"#;
    const BODY_3: &str = "{'example_field':'example_value'}";

    #[test]
    fn v1_agrees_with_every_published_vector() {
        assert_eq!(
            v1(A, BODY_1.as_bytes()),
            "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de"
        );
        assert_eq!(
            v1(A, BODY_3.as_bytes()),
            "69fc6631a867edd4f9e9e627fc5c1148e3fbdd8b21837b6d2b8901c1fa57f750"
        );
    }

    #[test]
    fn v2_agrees_with_every_published_vector() {
        for (secret, method, url, body, expected) in [
            (A, "GET", URL_A, "", "eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e"),
            (A, "POST", URL_A, BODY_2, "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900"),
            (A, "POST", URL_A, BODY_3, "4fe4e3a7d3cf09db53be39d0a58130e2aaba074ec123a9e355b876a689a1c383"),
            (C, "GET", URL_C, "", "99080134002180aee8d0884d21ad51288c43b57e9953e4db1e3757999b35c392"),
            (
                C,
                "GET",
                URL_C,
                r#"{"a":1,"b":2}"#,
                "bc131b34cd63dafbbd2e969e87167311f5f6c0cd543c90fe84c73496093cf4a2",
            ),
            (C, "GET", URL_C, "{}", "e955f4008c9f8bc80a14a00cb92fcc062d8df2023ddb39e135625f32764a1e78"),
        ] {
            assert_eq!(v2(secret, method, url, body.as_bytes()), expected, "{method} {url} {body}");
        }
    }

    #[test]
    fn v3_agrees_with_every_published_vector() {
        for (secret, method, url, body, at, expected) in [
            (A, "POST", URL_A, BODY_3, 15_000_000, "HPW73RUtKmcYoEDADG0s6MmGFWUzWJKAW07r8RDgcQw="),
            (A, "POST", URL_A, BODY_3, 1_693_657_560_000, "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y="),
            (A, "POST", URL_A, BODY_3, 1_700_000_300_000, "RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw="),
            (C, "GET", URL_C, "", 1_111_111_111, "zTfXjo07jfzGouo4wvyAj3qEMUTVJ0PPYPACrluQtQI="),
            (
                C,
                "GET",
                URL_C,
                r#"{"a":1,"b":2}"#,
                1_111_111_111,
                "aaknaCGCYJ4yqzuf1UKGqAWUfdcilJtm5nc/ZCudR9k=",
            ),
            (C, "GET", URL_C, "{}", 1_111_111_111, "bRPTUf7UOx1OqVAME6JSNfst9KxQYF5nRIUwG/KcQhQ="),
        ] {
            assert_eq!(v3(secret, method, url, body.as_bytes(), at), expected, "{method} {url} {body} {at}");
        }
    }

    #[test]
    fn v3_signs_the_at_sign_decoded_and_the_plus_encoded() {
        let url = "https://ds.example.com/api/panel?objectId=151&objectTypeId=0-1&userId=42&portalId=62515&userEmail=rep%2Btest%40example.com&appId=54321";
        assert_eq!(v3(A, "GET", url, b"", 1_790_000_000_000), "X92qShd0NekA7DSazjYThnvTzkiR1K66lLG/bPLBJsI=");
    }

    #[test]
    fn exactly_twelve_escapes_are_decoded_and_only_in_the_query() {
        assert_eq!(
            decoded("https://x.example/a%40b?q=%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B%20%26%3D%2B%25%2"),
            "https://x.example/a%40b?q=:/?@!$'()*,;%20%26%3D%2B%25%2"
        );
        assert_eq!(
            decoded("https://x.example/?mail=a%40b.example%2f%C3%A6é%"),
            "https://x.example/?mail=a@b.example/%C3%A6é%"
        );
    }
}
