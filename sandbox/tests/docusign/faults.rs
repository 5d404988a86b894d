//! Faults on demand and the request log.

use serde_json::json;

use crate::stand::{Stand, client};

#[tokio::test]
async fn a_planned_status_comes_once_and_nothing_is_done() {
    let stand = Stand::new().await;
    let rule = json!({ "vendor": "docusign", "method": "POST", "path": "*/envelopes", "accountId": stand.account(), "count": 1,
        "effect": { "status": 503, "body": { "errorCode": "X", "message": "Y" }, "headers": { "Retry-After": "7" } } });
    assert_eq!(stand.control("/faults", rule).await.0, 201);
    assert_eq!(stand.refused(stand.composite("Mutual NDA", "sent", client())).await, (503, "X".to_owned()));
    stand.create(stand.composite("Mutual NDA", "sent", client())).await;
    let calls = stand
        .requests(&format!("vendor=docusign&method=POST&path=*/envelopes&accountId={}", stand.account()))
        .await;
    assert_eq!(calls.iter().map(|c| c["status"].clone()).collect::<Vec<_>>(), [json!(503), json!(201)]);
    assert_eq!(calls[0]["requestHeaders"]["authorization"], "Bearer <hidden>");
}

#[tokio::test]
async fn a_connection_cut_after_the_effect_leaves_an_envelope_behind() {
    let stand = Stand::new().await;
    for (cut, expected) in [("before", "0"), ("after", "1")] {
        let rule = json!({ "vendor": "docusign", "path": "*/envelopes", "method": "POST", "count": 1, "effect": { "cut": cut } });
        stand.control("/faults", rule).await;
        let url = stand.docusign(&format!("/restapi/v2.1/accounts/{}/envelopes", stand.account()));
        let call = stand.http.post(url).bearer_auth(&stand.token).json(&stand.composite(
            "Mutual NDA",
            "sent",
            client(),
        ));
        assert!(call.send().await.is_err(), "{cut}");
        assert_eq!(stand.get("/envelopes?from_date=2020-01-01").await["totalSetSize"], expected, "{cut}");
    }
}

#[tokio::test]
async fn connect_messages_are_dropped_doubled_and_reordered() {
    let stand = Stand::new().await;
    let portal = stand.portal["portalId"].to_string();
    let rule = |event: &str, what: &str| json!({ "vendor": "connect", "event": event, "portalId": portal, "count": 1, "effect": { "message": what } });
    stand
        .control(
            "/faults",
            json!([
                rule("envelope-sent", "drop"),
                rule("recipient-sent", "duplicate"),
                rule("recipient-completed", "reorder")
            ]),
        )
        .await;
    let id = stand.create(stand.composite("Mutual NDA", "sent", client())).await;
    stand.recipient_does(&id, "Client", "sign").await;
    let events = stand.inbox.until(|e| e.len() >= 6).await;
    assert_eq!(
        events,
        [
            "recipient-sent",
            "recipient-sent",
            "recipient-delivered",
            "envelope-delivered",
            "envelope-completed",
            "recipient-completed"
        ]
    );
}

#[tokio::test]
async fn a_rule_with_a_misspelt_word_is_refused() {
    let stand = Stand::new().await;
    let (status, body) =
        stand.control("/faults", json!({ "vendor": "docusign", "effect": { "staus": 500 } })).await;
    assert_eq!(status, 400);
    assert!(body["error"].as_str().unwrap_or("").contains("staus"));
}

#[tokio::test]
async fn a_token_call_is_known_by_what_it_trades_in() {
    let stand = Stand::new().await;
    let portal = stand.portal["portalId"].to_string();
    let rule = |portal: &str| json!({ "vendor": "docusign", "path": "/oauth/token", "portalId": portal, "count": 1, "effect": { "status": 500 } });
    stand.control("/faults", json!([rule("1"), rule(&portal)])).await;
    let refresh = [("grant_type", "refresh_token"), ("refresh_token", stand.refresh.as_str())];
    assert_eq!(stand.token_call(&refresh).await.status(), 500);
    assert_eq!(stand.token_call(&refresh).await.status(), 200);
    let calls = stand.requests(&format!("vendor=docusign&path=/oauth/token&portalId={portal}")).await;
    assert_eq!(calls.len(), 3, "the login's and these two");
}

#[tokio::test]
async fn a_restart_keeps_envelopes_tokens_and_time() {
    let folder = std::env::temp_dir().join(format!("sandbox-state-{}", std::process::id()));
    let mut stand = Stand::new().await;
    let port = stand.running.world.config.port;
    let config = |port| sandbox::Config {
        port,
        worker_url: stand.worker.clone(),
        state_dir: Some(folder.clone()),
        crm_public_host: "127.0.0.1".to_owned(),
    };
    // A second sandbox with a folder of its own, stopped and started again.
    let mut first = None;
    for candidate in (port + 2..5198).chain(5100..port).step_by(2) {
        if let Ok(running) = sandbox::serve(config(candidate)).await {
            first = Some((candidate, running));
            break;
        }
    }
    let (port, running) = first.expect("free ports");
    let portal = running.world.fresh_portal(None);
    running.world.clock.advance(3_600);
    let again = config(port);
    stand.running = running;
    stand.portal = portal;
    let tokens = stand.log_in("signature extended").await;
    stand.token = tokens["access_token"].as_str().expect("a token").to_owned();
    let id = stand.create(stand.composite("Mutual NDA", "sent", client())).await;
    stand.running.world.save().expect("to save");
    let other = crate::stand::start(&stand.worker).await;
    drop(std::mem::replace(&mut stand.running, other));
    stand.running = loop {
        // The old listeners close as soon as their tasks have ended.
        match sandbox::serve(again.clone()).await {
            Ok(running) => break running,
            Err(_) => tokio::task::yield_now().await,
        }
    };
    assert_eq!(stand.get(&format!("/envelopes/{id}")).await["status"], "sent");
    assert_eq!(stand.running.world.clock.offset_seconds(), 3_600);
    let next = stand.running.world.fresh_portal(None);
    assert_ne!(next["portalId"], stand.portal["portalId"]);
    std::fs::remove_dir_all(&folder).expect("to clean up");
}
