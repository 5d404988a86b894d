//! The Worker and the HubSpot project must say the same: scopes, addresses, signatures.

use edge_worker::{
    hubspot::auth::{OPTIONAL_SCOPES, SCOPES},
    secret::Secret,
    signature::hubspot::{Headers, Older, Signed, verify},
};
use serde_json::Value;
use shared::time::Timestamp;

const APP: &str = include_str!("../../ui-extension/hubspot/src/app/app-hsmeta.json");

#[test]
fn the_project_requires_exactly_the_scopes_the_worker_asks_for() {
    let app: Value = serde_json::from_str(APP).expect("JSON");
    let auth = app.pointer("/config/auth").expect("auth");
    let required: Vec<&str> = auth["requiredScopes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|scope| scope.as_str().expect("a text"))
        .collect();
    assert_eq!(required, SCOPES);
    assert_eq!(auth["optionalScopes"], serde_json::json!(OPTIONAL_SCOPES));
    assert_eq!(auth["conditionallyRequiredScopes"], serde_json::json!([]));
    assert_eq!(auth["redirectUrls"], serde_json::json!(["${BASE_URL}/oauth/hubspot/callback"]));
}

/// Run by `cargo xtask hubspot`, which has HubSpot's package sign first.
#[test]
#[ignore = "needs COUNTERSIGN_SIGNED, written by ui-extension/hubspot/checks/sign.mjs"]
fn what_hubspots_own_proxy_signs_is_accepted_and_a_changed_byte_is_not() {
    let path = std::env::var_os("COUNTERSIGN_SIGNED").expect("COUNTERSIGN_SIGNED");
    let file: Value = serde_json::from_slice(&std::fs::read(path).expect("readable")).expect("JSON");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let secret = Secret::new(text(&file["secret"]));
    let all = file["signed"].as_array().expect("a list");
    assert!(all.len() >= 5, "{}", all.len());
    for request in all {
        let (method, url, body) = (text(&request["method"]), text(&request["url"]), text(&request["body"]));
        let timestamp = request["headers"]["X-HubSpot-Request-Timestamp"].as_i64().expect("milliseconds");
        let headers = Headers {
            signature: Some(text(&request["headers"]["X-HubSpot-Signature"])),
            version: Some(text(&request["headers"]["X-HubSpot-Signature-Version"])),
            v3: Some(text(&request["headers"]["X-HubSpot-Signature-v3"])),
            timestamp: Some(timestamp.to_string()),
        };
        let genuine = |secret: &Secret, method: &str, url: &str, body: &str, headers: &Headers, older| {
            let signed = Signed { method, url, body: body.as_bytes() };
            verify(secret, signed, headers, older, Timestamp(timestamp))
        };
        assert!(genuine(&secret, &method, &url, &body, &headers, Older::None), "v3 {url}");
        assert!(!genuine(&secret, &method, &url, &format!("{body} "), &headers, Older::None), "body {url}");
        assert!(!genuine(&secret, &method, &format!("{url}x"), &body, &headers, Older::None), "url {url}");
        assert!(!genuine(&secret, "PUT", &url, &body, &headers, Older::None), "method {url}");
        let other = Secret::new("another");
        assert!(!genuine(&other, &method, &url, &body, &headers, Older::None), "secret {url}");
        let v2 = Headers { v3: None, timestamp: None, ..headers };
        assert!(genuine(&secret, &method, &url, &body, &v2, Older::V2), "v2 {url}");
        assert!(!genuine(&secret, &method, &url, &body, &v2, Older::None), "v2 where v3 is due {url}");
    }
}
