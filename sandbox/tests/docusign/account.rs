//! Account fields, Connect configurations, users, switches.

use reqwest::Method;
use serde_json::json;

use crate::stand::{Stand, client};

#[tokio::test]
async fn account_fields_are_made_changed_and_removed() {
    let stand = Stand::new().await;
    let before =
        stand.get("/tab_definitions?custom_tab_only=true").await["tabs"].as_array().map_or(0, Vec::len);
    let (status, made) = stand
        .post("/tab_definitions", json!({ "type": "Text", "name": "HS Contact phone", "tabLabel": "hs_contact_phone", "shared": "true", "maximumLength": "4000" }))
        .await;
    assert_eq!((status, made["type"].as_str()), (201, Some("text")));
    let id = made["customTabId"].as_str().expect("an id").to_owned();
    let (status, _) =
        stand.put(&format!("/tab_definitions/{id}"), json!({ "name": "HS Contact telephone" })).await;
    assert_eq!(status, 200);
    assert_eq!(stand.get(&format!("/tab_definitions/{id}")).await["name"], "HS Contact telephone");
    let (status, _) = stand.call(Method::DELETE, &format!("/tab_definitions/{id}"), None).await;
    assert_eq!(status, 200);
    assert_eq!(stand.get("/tab_definitions").await["tabs"].as_array().map_or(0, Vec::len), before);
    let (status, _) = stand
        .post("/custom_fields", json!({ "name": "hs_object", "customFieldType": "text", "show": "false" }))
        .await;
    assert_eq!(status, 201);
    for path in ["/custom_fields", "/settings", "/users", "/folders"] {
        stand.get(path).await;
    }
    stand.get(&format!("/users/{}", stand.user_id())).await;
}

#[tokio::test]
async fn an_account_level_configuration_is_signed_with_the_accounts_key_unless_integrator_managed() {
    let stand = Stand::new().await;
    let configuration = json!({
        "configurationType": "custom", "urlToPublishTo": format!("{}/docusign/connect/2", stand.worker), "name": "Countersign",
        "allUsers": "true", "enableLog": "true", "requiresAcknowledgement": "true", "deliveryMode": "SIM",
        "eventData": { "version": "restv2.1", "format": "json", "includeData": [] }, "events": ["envelope-sent"], "includeHMAC": "true",
    });
    let (status, made) = stand.post("/connect", configuration).await;
    assert_eq!((status, made["allowEnvelopePublish"].as_str()), (201, Some("false")));
    let (status, _) = stand
        .put("/connect", json!({ "connectId": made["connectId"], "allowEnvelopePublish": "true" }))
        .await;
    assert_eq!(status, 200);
    let mut definition = stand.composite("Mutual NDA", "sent", client());
    definition["eventNotifications"] = json!([]);
    let id = stand.create(definition).await;
    stand.inbox.until(|e| !e.is_empty()).await;
    let message = stand.inbox.all().remove(0);
    let key = format!("account-key-{}-main", stand.portal["portalId"]);
    let header = message.headers["x-docusign-signature-1"].to_str().expect("text");
    assert_eq!(header, sandbox::docusign::connect::signature(&key, &message.body));
    assert!(message.json()["data"].get("envelopeSummary").is_none());
    let (status, body) = stand.call(Method::PUT, &format!("/connect/envelopes/{id}/retry_queue"), None).await;
    assert_eq!((status, body["retryQueue"][0]["status"].as_str()), (200, Some("queued")));
    stand.inbox.until(|e| e.len() == 2).await;
    for path in [
        "/connect".to_owned(),
        "/connect/logs".to_owned(),
        "/connect/failures".to_owned(),
        format!("/connect/{}", made["connectId"].as_str().unwrap_or("")),
    ] {
        stand.get(&path).await;
    }
}

#[tokio::test]
async fn switches_take_permission_and_suspend() {
    let stand = Stand::new().await;
    stand
        .control(
            &format!("/docusign/users/{}", stand.user_id()),
            json!({ "lacksPermission": true, "isAdmin": false }),
        )
        .await;
    assert_eq!(
        stand.refused(stand.composite("Mutual NDA", "sent", client())).await.1,
        "USER_LACKS_PERMISSIONS"
    );
    let (_, body) = stand.call(Method::GET, "/connect", None).await;
    assert_eq!(body["errorCode"], "USER_NOT_ACCOUNT_ADMIN");
    stand.control(&format!("/docusign/accounts/{}", stand.account()), json!({ "suspended": true })).await;
    let (_, body) = stand.call(Method::GET, "/templates", None).await;
    assert_eq!(body["errorCode"], "ACCOUNT_HAS_BEEN_SUSPENDED");
}

#[tokio::test]
async fn an_envelope_is_shown_only_to_its_sender_its_recipients_and_administrators() {
    let stand = Stand::new().await;
    let id = stand.create(stand.composite("Mutual NDA", "sent", client())).await;
    stand.get(&format!("/envelopes/{id}")).await;
    let mut other = stand;
    other.portal["docusign"]["user"] = other.portal["docusign"]["users"][1].clone();
    let tokens = other.log_in("signature").await;
    other.token = tokens["access_token"].as_str().expect("a token").to_owned();
    let (_, body) = other.call(Method::GET, &format!("/envelopes/{id}"), None).await;
    assert_eq!(body["errorCode"], "USER_NOT_ENVELOPE_SENDER_OR_RECIPIENT");
}
