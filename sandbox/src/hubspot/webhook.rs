//! Webhooks from HubSpot to the app: arrays of events, signed v1 and v3.

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::signature;
use crate::{
    sample_app,
    traffic::{self, Vendor},
    world::World,
};

pub fn router(world: World) -> Router {
    Router::new().route("/__sandbox/hubspot/webhook", post(send)).with_state(world)
}

/// Fields that are left out are filled in; an unknown field goes out as it is.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Order {
    #[serde(deserialize_with = "super::text_or_number")]
    portal_id: u64,
    events: Vec<Map<String, Value>>,
    /// A wrong secret, to see the app refuse.
    secret: Option<String>,
}

async fn send(State(world): State<World>, Json(order): Json<Order>) -> Response {
    let now = world.clock.now().timestamp_millis();
    let events: Vec<Value> = (1_u64..)
        .zip(order.events)
        .map(|(n, given)| {
            let mut event = json!({
                "eventId": now.unsigned_abs() % 1_000_000_000 + n,
                "subscriptionId": 100_000 + n,
                "portalId": order.portal_id,
                "appId": sample_app::HUBSPOT_APP_ID,
                "occurredAt": now,
                "attemptNumber": 0,
                "changeSource": "CRM_UI",
            });
            if let Some(map) = event.as_object_mut() {
                map.extend(given);
            }
            event
        })
        .collect();
    let (status, answer) = deliver(&world, order.portal_id, &events, order.secret.as_deref()).await;
    (StatusCode::OK, Json(json!({ "status": status, "body": answer, "sent": events }))).into_response()
}

/// Sends the events in one message, once. Status 0: the app did not answer within five seconds.
pub async fn deliver(world: &World, portal: u64, events: &[Value], secret: Option<&str>) -> (u16, Value) {
    let secret = secret.unwrap_or(sample_app::HUBSPOT_CLIENT_SECRET);
    let url = format!("{}/hubspot/webhooks", world.config.worker_url);
    let body = Value::from(events).to_string();
    let now = world.clock.now().timestamp_millis();
    let mut entry = traffic::entry(world, Vendor::HubspotCall, "POST", &url);
    entry.portal_id = Some(portal.to_string());
    entry.request_body = events.into();
    let seq = world.traffic.begin(entry);
    let response = world
        .http
        .post(&url)
        .timeout(std::time::Duration::from_secs(5))
        .header("Content-Type", "application/json")
        .header("X-HubSpot-Signature", signature::v1(secret, body.as_bytes()))
        .header("X-HubSpot-Signature-Version", "v1")
        .header("X-HubSpot-Request-Timestamp", now.to_string())
        .header("X-HubSpot-Signature-v3", signature::v3(secret, "POST", &url, body.as_bytes(), now))
        .body(body)
        .send()
        .await;
    let (status, answer) = match response {
        Ok(response) => {
            (response.status().as_u16(), response.text().await.map_or(Value::Null, Value::String))
        }
        Err(_) => (0, Value::Null),
    };
    world.traffic.finish(seq, |entry| {
        entry.status = status;
        entry.response_body = answer.clone();
    });
    (status, answer)
}
