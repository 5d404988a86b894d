//! Account settings: what they say, and what becomes of envelopes in an account without a feature.

use serde_json::{Value, json};

use crate::stand::{Stand, client};

async fn set(stand: &Stand, settings: Value) -> u16 {
    stand.control(&format!("/docusign/accounts/{}", stand.account()), json!({ "settings": settings })).await.0
}

#[tokio::test]
async fn what_the_account_lacks_is_refused_or_passed_over() {
    let stand = Stand::new().await;
    assert_eq!(stand.get("/settings").await["allowDocumentVisibility"], "true");
    assert_eq!(set(&stand, json!({ "noSuchSetting": true })).await, 400);
    let off = json!({ "allowDocumentVisibility": false, "allowSignerReassignOverride": false, "enableWitnessing": false,
        "signerCanSignOnMobile": false, "accountNotification": { "userOverrideEnabled": "false" } });
    assert_eq!(set(&stand, off).await, 204);
    assert_eq!(stand.get("/settings").await["accountNotification"]["userOverrideEnabled"], "false");
    let mut hiding = stand.composite("Mutual NDA", "created", client());
    hiding["enforceSignerVisibility"] = json!("true");
    assert_eq!(stand.refused(hiding).await, (400, "ACCOUNT_LACKS_PERMISSIONS".to_owned()));
    let witness = stand.composite("Deed with a witness", "created", json!({}));
    assert_eq!(stand.refused(witness).await, (400, "PLAN_ITEM_NOT_ENABLED".to_owned()));
    let mut plain = stand.composite("Mutual NDA", "created", client());
    plain["allowReassign"] = json!("false");
    plain["notification"] = json!({ "useAccountDefaults": "false", "expirations": { "expireEnabled": "true", "expireAfter": "7", "expireWarn": "1" } });
    let id = stand.create(plain).await;
    let e = stand.get(&format!("/envelopes/{id}")).await;
    assert_eq!(
        (e["allowReassign"].as_str(), e["signerCanSignOnMobile"].as_str()),
        (Some("true"), Some("false"))
    );
    assert_eq!(
        (
            e["notification"]["useAccountDefaults"].as_str(),
            e["notification"]["expirations"]["expireAfter"].as_str()
        ),
        (Some("true"), Some("120"))
    );
    let body = json!({ "recipients": { "witnesses": [{ "recipientId": "5", "name": "W", "email": "w@x.example" }] } });
    let (status, told) = stand.put(&format!("/envelopes/{id}?advanced_update=true"), body).await;
    assert_eq!((status, told["errorCode"].as_str()), (400, Some("PLAN_ITEM_NOT_ENABLED")));
    assert_eq!(stand.get(&format!("/envelopes/{id}/recipients")).await["recipientCount"], "1");
}
