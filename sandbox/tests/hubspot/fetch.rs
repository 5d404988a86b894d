//! `hubspot.fetch` and webhooks, seen by an app that writes down what reaches it.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use sandbox::{hubspot::signature, sample_app::HUBSPOT_CLIENT_SECRET};

use crate::{Desk, desk};

#[derive(Clone)]
struct Seen {
    uri: String,
    headers: HeaderMap,
    body: String,
}

type Log = Arc<Mutex<Vec<Seen>>>;

async fn app(State(log): State<Log>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let body = String::from_utf8_lossy(&body).into_owned();
    let count = {
        let mut log = log.lock().expect("the log");
        log.push(Seen { uri: uri.to_string(), headers, body });
        log.len()
    };
    match uri.path() {
        "/slow" => {
            tokio::time::sleep(Duration::from_secs(30)).await;
            StatusCode::OK.into_response()
        }
        "/once-broken" if count == 1 => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        "/redirect" => (StatusCode::FOUND, [("location", "/elsewhere")]).into_response(),
        "/refused" => (StatusCode::UNAUTHORIZED, axum::Json(json!({ "code": "stale" }))).into_response(),
        "/huge" => vec![b'x'; 1_048_577].into_response(),
        _ => axum::Json(json!({ "ok": true })).into_response(),
    }
}

async fn worker() -> (String, Log) {
    let log = Log::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let router = Router::new().fallback(app).with_state(log.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, log)
}

async fn fetch(desk: &Desk, user: usize, path: &str, more: Value) -> (u16, Value) {
    let mut call = json!({
        "portalId": desk.portal_id(),
        "userId": desk.user(user)["id"],
        "method": "POST",
        "url": format!("{}{path}", desk.running.world.config.worker_url),
    });
    call.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    send(desk, call.to_string()).await
}

async fn send(desk: &Desk, call: String) -> (u16, Value) {
    let request =
        desk.http.post(desk.url("/__sandbox/hubspot/fetch")).header("content-type", "application/json");
    let response = request.body(call).send().await.expect("an answer");
    (response.status().as_u16(), response.json().await.unwrap_or(Value::Null))
}

fn last(log: &Log) -> Seen {
    log.lock().expect("the log").last().expect("a call").clone()
}

fn header(seen: &Seen, name: &str) -> String {
    seen.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn the_call_is_signed_over_the_bytes_and_the_identity() {
    let (url, log) = worker().await;
    let desk = desk(&url).await;
    desk.install().await;
    let user = desk.user(3);
    // Written by hand: keys out of order must arrive and be signed as they are.
    let call = format!(
        r#"{{"portalId":{},"userId":{},"method":"POST","url":"{url}/hubspot/launch","body":{{"z":"æ","a":1}}}}"#,
        desk.portal_id(),
        user["id"]
    );
    let (status, answer) = send(&desk, call).await;
    assert_eq!((status, answer), (200, json!({ "ok": true })));
    let seen = last(&log);
    assert_eq!(seen.body, r#"{"z":"æ","a":1}"#);
    let email = user["email"].as_str().expect("an address").replace('+', "%2B").replace('@', "%40");
    assert!(
        seen.uri.starts_with(&format!(
            "/hubspot/launch?userId={}&portalId={}&userEmail={email}&appId=",
            user["id"],
            desk.portal_id()
        )),
        "{}",
        seen.uri
    );
    let at: i64 = header(&seen, "x-hubspot-request-timestamp").parse().expect("a time");
    let whole = format!("{url}{}", seen.uri);
    let v3 = signature::v3(HUBSPOT_CLIENT_SECRET, "POST", &whole, seen.body.as_bytes(), at);
    assert_eq!(header(&seen, "x-hubspot-signature-v3"), v3);
    assert_eq!(
        header(&seen, "x-hubspot-signature"),
        signature::v2(HUBSPOT_CLIENT_SECRET, "POST", &whole, seen.body.as_bytes())
    );
    assert_eq!(header(&seen, "x-hubspot-signature-version"), "v2");
    assert_eq!(header(&seen, "content-type"), "application/json");
}

#[tokio::test]
async fn nothing_is_sent_where_the_app_is_not_installed_or_the_url_is_not_permitted() {
    let (url, log) = worker().await;
    let desk = desk(&url).await;
    assert_eq!(fetch(&desk, 0, "/x", json!({})).await.0, 403);
    desk.install().await;
    for elsewhere in ["http://127.0.0.1:1/x".to_owned(), format!("{url}.evil.example/x")] {
        assert_eq!(fetch(&desk, 0, "", json!({ "url": elsewhere })).await.0, 400);
    }
    assert!(log.lock().expect("the log").is_empty());
}

#[tokio::test]
async fn only_the_authorization_header_passes() {
    let (url, log) = worker().await;
    let desk = desk(&url).await;
    desk.install().await;
    let (status, answer) = fetch(&desk, 0, "/x", json!({ "headers": { "X-Mine": "1" } })).await;
    assert_eq!((status, answer["category"].as_str()), (400, Some("VALIDATION_ERROR")));
    assert_eq!(fetch(&desk, 0, "/x", json!({ "headers": { "authorization": "Bearer t" } })).await.0, 200);
    assert_eq!(header(&last(&log), "authorization"), "Bearer t");
}

#[tokio::test]
async fn a_server_error_is_tried_once_more() {
    let (url, log) = worker().await;
    let desk = desk(&url).await;
    desk.install().await;
    assert_eq!(fetch(&desk, 0, "/once-broken", json!({ "body": { "key": 1 } })).await.0, 200);
    let log = log.lock().expect("the log");
    assert_eq!(log.len(), 2);
    assert_eq!(log[0].body, log[1].body);
}

#[tokio::test]
async fn what_is_not_success_comes_back_wrapped_and_redirects_are_not_followed() {
    let (url, log) = worker().await;
    let desk = desk(&url).await;
    desk.install().await;
    for (path, code) in [("/refused", "401"), ("/redirect", "302")] {
        let (status, answer) = fetch(&desk, 0, path, json!({})).await;
        assert_eq!((status, answer["category"].as_str()), (502, Some("BAD_GATEWAY")));
        assert_eq!(answer["context"]["appServerStatusCode"][0], code);
    }
    assert_eq!(fetch(&desk, 0, "/refused", json!({})).await.1["responseBody"]["code"], "stale");
    assert_eq!(log.lock().expect("the log").len(), 3);
}

#[tokio::test]
async fn a_get_loses_its_body_and_is_signed_as_empty() {
    let (url, log) = worker().await;
    let desk = desk(&url).await;
    desk.install().await;
    fetch(&desk, 0, "/x?q=a%20b", json!({ "method": "GET", "body": { "a": 1 } })).await;
    let seen = last(&log);
    assert_eq!(seen.body, "");
    let whole = format!("{url}{}", seen.uri);
    assert_eq!(
        header(&seen, "x-hubspot-signature"),
        signature::v2(HUBSPOT_CLIENT_SECRET, "GET", &whole, b"")
    );
}

#[tokio::test]
async fn slow_and_huge_answers_are_given_up_on() {
    let (url, _) = worker().await;
    let desk = desk(&url).await;
    desk.install().await;
    let (status, answer) = fetch(&desk, 0, "/slow", json!({ "timeout": 200 })).await;
    assert_eq!((status, answer["category"].as_str()), (504, Some("GATEWAY_TIMEOUT")));
    assert_eq!(fetch(&desk, 0, "/huge", json!({})).await.0, 502);
    assert_eq!(fetch(&desk, 0, "/x", json!({ "body": "y".repeat(1_048_577) })).await.0, 413);
}

#[tokio::test]
async fn the_twenty_first_call_at_once_is_refused() {
    let (url, _) = worker().await;
    let desk = desk(&url).await;
    desk.install().await;
    let calls = (0..21).map(|_| fetch(&desk, 0, "/slow", json!({ "timeout": 1_500 })));
    let answers = futures_util::future::join_all(calls).await;
    assert_eq!(answers.iter().filter(|(status, _)| *status == 429).count(), 1);
    assert_eq!(fetch(&desk, 0, "/x", json!({})).await.0, 200);
}

#[tokio::test]
async fn webhooks_are_arrays_signed_in_both_versions() {
    let (url, log) = worker().await;
    let desk = desk(&url).await;
    let order = json!({ "portalId": desk.portal_id(), "events": [{ "subscriptionType": "contact.privacyDeletion", "objectId": 7 }] });
    let response =
        desk.http.post(desk.url("/__sandbox/hubspot/webhook")).json(&order).send().await.expect("an answer");
    assert_eq!(response.json::<Value>().await.expect("JSON")["status"], 200);
    let seen = last(&log);
    assert_eq!(seen.uri, "/hubspot/webhooks");
    let events: Value = serde_json::from_str(&seen.body).expect("JSON");
    assert_eq!(
        (events[0]["objectId"].as_u64(), events[0]["portalId"].as_u64()),
        (Some(7), Some(desk.portal_id()))
    );
    assert_eq!(
        header(&seen, "x-hubspot-signature"),
        signature::v1(HUBSPOT_CLIENT_SECRET, seen.body.as_bytes())
    );
    let at: i64 = header(&seen, "x-hubspot-request-timestamp").parse().expect("a time");
    let v3 = signature::v3(
        HUBSPOT_CLIENT_SECRET,
        "POST",
        &format!("{url}/hubspot/webhooks"),
        seen.body.as_bytes(),
        at,
    );
    assert_eq!(header(&seen, "x-hubspot-signature-v3"), v3);
}
