//! HubSpot's request signatures v1, v2 and v3 (hubspot facts §2), and which of them a route accepts.
//!
//! v3 is an HMAC with a time; v1 and v2 are plain hashes without one, so what they protect must be
//! recognised when it comes twice. v1 and v2 are accepted only where HubSpot sends nothing better.

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use shared::time::Timestamp;

use crate::secret::Secret;

/// A v3 signature is good for five minutes, before and after.
pub const WINDOW_MS: i64 = 300_000;

/// What a signature is computed over.
#[derive(Debug, Clone, Copy)]
pub struct Signed<'a> {
    pub method: &'a str,
    /// The address HubSpot called, as called: scheme, host, path and query.
    pub url: &'a str,
    pub body: &'a [u8],
}

/// The headers that matter.
#[derive(Debug, Clone, Default)]
pub struct Headers {
    /// `X-HubSpot-Signature`.
    pub signature: Option<String>,
    /// `X-HubSpot-Signature-Version`.
    pub version: Option<String>,
    /// `X-HubSpot-Signature-v3`.
    pub v3: Option<String>,
    /// `X-HubSpot-Request-Timestamp`, milliseconds.
    pub timestamp: Option<String>,
}

/// What a route takes when there is no v3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Older {
    /// Nothing: `hubspot.fetch` always signs v3.
    None,
    /// Webhook subscriptions.
    V1,
    /// Workflow actions.
    V2,
}

/// Whether the request is HubSpot's. With a v3 header present, v3 decides alone.
pub fn verify(secret: &Secret, signed: Signed<'_>, headers: &Headers, older: Older, now: Timestamp) -> bool {
    if let Some(v3) = &headers.v3 {
        let Some(timestamp) = headers.timestamp.as_deref() else { return false };
        let Some(sent) = parse_timestamp(timestamp) else { return false };
        let age = i128::from(now.0) - i128::from(sent);
        let fresh = age.unsigned_abs() <= WINDOW_MS.unsigned_abs().into();
        let genuine = v3_fits(secret, signed, timestamp, v3);
        return fresh && genuine;
    }
    let (Some(signature), version) = (&headers.signature, headers.version.as_deref()) else { return false };
    match (older, version) {
        (Older::V1, None | Some("v1")) => same_hex(&hash_v1(secret, signed), signature),
        (Older::V2, Some("v2")) => same_hex(&hash_v2(secret, signed), signature),
        _ => false,
    }
}

/// Digits only: `+1`, ` 1` and `1e3` are not what HubSpot sends.
fn parse_timestamp(text: &str) -> Option<i64> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}

fn v3_fits(secret: &Secret, signed: Signed<'_>, timestamp: &str, signature: &str) -> bool {
    let Ok(given) = STANDARD.decode(signature.trim()) else { return false };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()) else { return false };
    mac.update(signed.method.as_bytes());
    mac.update(decode(signed.url).as_bytes());
    mac.update(signed.body);
    mac.update(timestamp.as_bytes());
    super::same(&mac.finalize().into_bytes(), &given)
}

fn hash_v1(secret: &Secret, signed: Signed<'_>) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(secret.expose().as_bytes());
    hash.update(signed.body);
    hash.finalize().into()
}

fn hash_v2(secret: &Secret, signed: Signed<'_>) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(secret.expose().as_bytes());
    hash.update(signed.method.as_bytes());
    hash.update(signed.url.as_bytes());
    hash.update(signed.body);
    hash.finalize().into()
}

fn same_hex(expected: &[u8; 32], given: &str) -> bool {
    // Lower case is what HubSpot sends, and all that is taken.
    super::same(hex::encode(expected).as_bytes(), given.trim().as_bytes())
}

/// The twelve escapes that HubSpot decodes in the query before it signs (facts §2.1). All others stay as they
/// are: decoding `%26` or `%3D` would make two addresses one.
const DECODED: [(&str, char); 12] = [
    ("3A", ':'),
    ("2F", '/'),
    ("3F", '?'),
    ("40", '@'),
    ("21", '!'),
    ("24", '$'),
    ("27", '\''),
    ("28", '('),
    ("29", ')'),
    ("2A", '*'),
    ("2C", ','),
    ("3B", ';'),
];

/// The address as HubSpot signs it. The path is left alone.
fn decode(url: &str) -> String {
    let Some((path, query)) = url.split_once('?') else { return url.to_owned() };
    let mut out = String::with_capacity(url.len());
    out.push_str(path);
    out.push('?');
    let mut rest = query;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        let escape = after.get(..2).unwrap_or_default();
        match DECODED.iter().find(|(code, _)| code.eq_ignore_ascii_case(escape)) {
            Some((_, plain)) => {
                out.push(*plain);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                out.push('%');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
    const C: &str = "12345678-aaaa-bbbb-cccc-ddddeeeeffff";
    const URL: &str = "https://www.example.com/webhook_uri";
    const CARD: &str = "https://hubspot.com/?appId=1&portalId=2&userId=3";
    const BODY1: &str = r#"[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW","appId":54321}]"#;
    const BODY2: &str = r#"{"example_field":"example_value"}"#;
    const BODY3: &str = "{'example_field':'example_value'}";

    fn signed<'a>(method: &'a str, url: &'a str, body: &'a str) -> Signed<'a> {
        Signed { method, url, body: body.as_bytes() }
    }

    fn older(version: &str, signature: &str) -> Headers {
        Headers { signature: Some(signature.into()), version: Some(version.into()), ..Headers::default() }
    }

    fn v3(timestamp: &str, signature: &str) -> Headers {
        Headers { v3: Some(signature.into()), timestamp: Some(timestamp.into()), ..Headers::default() }
    }

    #[test]
    fn the_vendors_v1_vectors_fit() {
        for (body, signature) in [
            (BODY1, "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de"),
            (BODY3, "69fc6631a867edd4f9e9e627fc5c1148e3fbdd8b21837b6d2b8901c1fa57f750"),
        ] {
            let headers = older("v1", signature);
            assert!(verify(&Secret::new(A), signed("POST", URL, body), &headers, Older::V1, Timestamp(0)));
            assert!(!verify(&Secret::new(A), signed("POST", URL, body), &headers, Older::V2, Timestamp(0)));
            assert!(!verify(&Secret::new(A), signed("POST", URL, body), &headers, Older::None, Timestamp(0)));
        }
    }

    #[test]
    fn the_vendors_v2_vectors_fit() {
        for (secret, method, url, body, signature) in [
            (A, "GET", URL, "", "eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e"),
            (A, "POST", URL, BODY2, "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900"),
            (A, "POST", URL, BODY3, "4fe4e3a7d3cf09db53be39d0a58130e2aaba074ec123a9e355b876a689a1c383"),
            (C, "GET", CARD, "", "99080134002180aee8d0884d21ad51288c43b57e9953e4db1e3757999b35c392"),
            (
                C,
                "GET",
                CARD,
                r#"{"a":1,"b":2}"#,
                "bc131b34cd63dafbbd2e969e87167311f5f6c0cd543c90fe84c73496093cf4a2",
            ),
            (C, "GET", CARD, "{}", "e955f4008c9f8bc80a14a00cb92fcc062d8df2023ddb39e135625f32764a1e78"),
        ] {
            let headers = older("v2", signature);
            assert!(verify(
                &Secret::new(secret),
                signed(method, url, body),
                &headers,
                Older::V2,
                Timestamp(0)
            ));
            assert!(!verify(
                &Secret::new(secret),
                signed(method, url, body),
                &headers,
                Older::V1,
                Timestamp(0)
            ));
        }
    }

    #[test]
    fn the_vendors_v3_vectors_fit_within_five_minutes_both_ways() {
        for (secret, method, url, body, timestamp, signature) in [
            (A, "POST", URL, BODY3, "15000000", "HPW73RUtKmcYoEDADG0s6MmGFWUzWJKAW07r8RDgcQw="),
            (A, "POST", URL, BODY3, "1693657560000", "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y="),
            (A, "POST", URL, BODY3, "1700000300000", "RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw="),
            (C, "GET", CARD, "", "1111111111", "zTfXjo07jfzGouo4wvyAj3qEMUTVJ0PPYPACrluQtQI="),
            (
                C,
                "GET",
                CARD,
                r#"{"a":1,"b":2}"#,
                "1111111111",
                "aaknaCGCYJ4yqzuf1UKGqAWUfdcilJtm5nc/ZCudR9k=",
            ),
            (C, "GET", CARD, "{}", "1111111111", "bRPTUf7UOx1OqVAME6JSNfst9KxQYF5nRIUwG/KcQhQ="),
        ] {
            let at: i64 = timestamp.parse().expect("digits");
            let headers = v3(timestamp, signature);
            let check = |now: i64, expected: bool| {
                let got = verify(
                    &Secret::new(secret),
                    signed(method, url, body),
                    &headers,
                    Older::None,
                    Timestamp(now),
                );
                assert_eq!(got, expected, "{signature} at {now}");
            };
            check(at, true);
            check(at + WINDOW_MS, true);
            check(at - WINDOW_MS, true);
            check(at + WINDOW_MS + 1, false);
            check(at - WINDOW_MS - 1, false);
            check(i64::MAX, false);
            check(i64::MIN, false);
        }
    }

    #[test]
    fn an_at_sign_in_the_query_is_decoded_and_a_plus_is_not() {
        let url = "https://ds.example.com/api/panel?objectId=151&objectTypeId=0-1&userId=42&portalId=62515&userEmail=rep%2Btest%40example.com&appId=54321";
        let check = |signature: &str| {
            let headers = v3("1790000000000", signature);
            verify(
                &Secret::new(A),
                signed("GET", url, ""),
                &headers,
                Older::None,
                Timestamp(1_790_000_000_000),
            )
        };
        assert!(check("X92qShd0NekA7DSazjYThnvTzkiR1K66lLG/bPLBJsI="));
        assert!(!check("eKE4ouinVuaLrCzoKgUZ+IAJVcspDCasBkPsTaPG7A4="));
    }

    #[test]
    fn exactly_twelve_escapes_are_decoded_and_only_in_the_query() {
        let check = |url: &str, expected: &str| assert_eq!(decode(url), expected);
        check("https://x/a%40b", "https://x/a%40b");
        check("https://x/a%2Fb?c=%2F", "https://x/a%2Fb?c=/");
        check("https://x/?q=%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B", "https://x/?q=:/?@!$'()*,;");
        check("https://x/?q=%3a%2f%3f%2a%2c%3b", "https://x/?q=:/?*,;");
        check("https://x/?q=%20%26%3D%2B%25%23%5B", "https://x/?q=%20%26%3D%2B%25%23%5B");
        check("https://x/?q=%2540", "https://x/?q=%2540");
        check("https://x/?q=%", "https://x/?q=%");
        check("https://x/?q=%4", "https://x/?q=%4");
        check("https://x/?q=æ%40ø", "https://x/?q=æ@ø");
        check("https://x/?a=1?b=%40", "https://x/?a=1?b=@");
    }

    #[test]
    fn a_wrong_v3_is_final_even_beside_a_good_older_signature() {
        let good = "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900";
        let mut headers = older("v2", good);
        let check = |headers: &Headers| {
            verify(&Secret::new(A), signed("POST", URL, BODY2), headers, Older::V2, Timestamp(0))
        };
        assert!(check(&headers));
        headers.v3 = Some("AAAA".into());
        assert!(!check(&headers), "no timestamp");
        headers.timestamp = Some("0".into());
        assert!(!check(&headers), "wrong");
        headers.v3 = Some(String::new());
        assert!(!check(&headers), "empty");
    }

    #[test]
    fn unsigned_and_oddly_dated_requests_are_refused() {
        let check = |headers: &Headers| {
            verify(&Secret::new(A), signed("POST", URL, BODY3), headers, Older::V1, Timestamp(15_000_000))
        };
        assert!(!check(&Headers::default()));
        let good = "HPW73RUtKmcYoEDADG0s6MmGFWUzWJKAW07r8RDgcQw=";
        assert!(check(&v3("15000000", good)));
        for timestamp in ["", "+15000000", " 15000000", "15000000.0", "1.5e7", "99999999999999999999999"] {
            assert!(!check(&v3(timestamp, good)), "{timestamp}");
        }
    }
}
