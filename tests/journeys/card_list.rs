//! The native card's list: `POST /hubspot/panel` through `hubspot.fetch`.

use std::sync::Arc;

use anyhow::{Result, ensure};
use journeys::{
    control::{Portal, call, client},
    stand::{Stand, journey},
    wire,
};
use libtest_mimic::Trial;
use serde_json::{Value, json};

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "main::the_card_lists_what_was_sent_and_calls_no_vendor", list),
        journey(stand, "main::the_card_is_told_who_is_not_connected", not_connected),
        journey(stand, "bad_input::the_cards_list_is_signed_as_a_launch_is", refused),
    ]
}

fn body(object: &str) -> Value {
    json!({ "objectTypeId": "0-3", "objectId": object.parse::<u64>().unwrap_or_default() })
}

async fn list(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let deal = portal.deal()?;
    let session = portal.session("0-3", &deal).await?;
    let draft = session.draft(&portal.template("Mutual NDA")?).await?;
    session.send(&uuid::Uuid::new_v4().to_string(), &draft).await?.ok()?;
    portal.idle().await?;
    let before = portal.vendor_calls().await?.len();
    let card = portal.fetch("POST", "/hubspot/panel", body(&deal)).await?.ok()?;
    let at = |path: &str| card.pointer(path).cloned().unwrap_or_default();
    ensure!(at("/connection/state") == "connected" && at("/total") == 1, "{card}");
    let name = draft.pointer("/rows/0/name").cloned().unwrap_or_default();
    ensure!(at("/envelopes/0/face") == "sent" && at("/envelopes/0/next/0") == name, "{card}");
    ensure!(!card.to_string().contains('@'), "an address in {card}");
    let calls = portal.vendor_calls().await?;
    ensure!(calls.len() == before, "the list called {:?}", calls.get(before..));
    let other = portal.fetch("POST", "/hubspot/panel", body("1")).await?.ok()?;
    ensure!(other.pointer("/total") == Some(&json!(0)), "another record has {other}");
    Ok(())
}

async fn not_connected(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let (address, query) = (format!("{}/hubspot/panel", portal.worker), format!("portalId={}", portal.id));
    let colleague = portal.user(1);
    let url = format!("{address}?userId={colleague}&{query}");
    let (text, at) = (body("1").to_string(), wire::now());
    let signature = wire::hubspot_v3(&portal.client_secret, "POST", &url, &text, at);
    let request = client().post(&url).header("X-HubSpot-Request-Timestamp", at.to_string());
    let card = call(request.header("X-HubSpot-Signature-v3", signature).body(text)).await?.ok()?;
    ensure!(card.pointer("/connection/state") == Some(&json!("not-connected")), "{card}");
    Ok(())
}

async fn refused(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let url = format!("{}/hubspot/panel?userId={}&portalId={}", portal.worker, portal.rep(), portal.id);
    let (text, now) = (body("1").to_string(), wire::now());
    for (what, at, secret) in [
        ("stale", now - 360_000, portal.client_secret.clone()),
        ("ahead", now + 360_000, portal.client_secret.clone()),
        ("wrong", now, "another".to_owned()),
    ] {
        let signature = wire::hubspot_v3(&secret, "POST", &url, &text, at);
        let request = client().post(&url).header("X-HubSpot-Request-Timestamp", at.to_string());
        let answer = call(request.header("X-HubSpot-Signature-v3", signature).body(text.clone())).await?;
        ensure!(answer.status == 401 && answer.code() == "unauthorized", "{what}: {answer:?}");
    }
    let unsigned = call(client().post(&url).body(text)).await?;
    ensure!(unsigned.status == 401, "unsigned: {unsigned:?}");
    for bad in [
        json!({}),
        json!({ "objectTypeId": "0-9", "objectId": 1 }),
        json!({ "objectTypeId": "0-3", "objectId": "x" }),
    ] {
        let answer = portal.fetch("POST", "/hubspot/panel", bad.clone()).await?;
        ensure!(answer.status == 400, "{bad}: {answer:?}");
    }
    Ok(())
}
