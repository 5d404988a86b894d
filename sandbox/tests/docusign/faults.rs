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
