//! A draft changed in one call: `PUT /envelopes/{id}?advanced_update=true`.

use serde_json::{Value, json};

use crate::stand::{Stand, client};

async fn draft(stand: &Stand, template: &str) -> (String, Value, String) {
    let id = stand.create(stand.composite(template, "created", client())).await;
    let recipients = stand.get(&format!("/envelopes/{id}/recipients?include_tabs=true")).await;
    let documents = stand.get(&format!("/envelopes/{id}/documents")).await;
    let document = documents["envelopeDocuments"][0]["documentId"].as_str().unwrap_or("").to_owned();
    (id, recipients, document)
}

#[tokio::test]
async fn recipients_tabs_fields_notification_and_options_change_in_one_call() {
    let stand = Stand::new().await;
    let (id, recipients, document) = draft(&stand, "Employment contract").await;
    let me = &recipients["signers"][0];
    let tab = &me["tabs"]["signHereTabs"][0]["tabId"];
    let employee =
        recipients["signers"].as_array().expect("signers").iter().find(|r| r["roleName"] == "Employee");
    let employee = employee.expect("the role")["recipientId"].clone();
    let body = json!({
        "emailSubject": "Other words", "allowReassign": "false", "enforceSignerVisibility": "true",
        "recipients": {
            "signers": [
                { "recipientId": employee, "name": "Bo Lind", "email": "bo@x.example", "note": "Please",
                  "tabs": { "listTabs": [{ "tabLabel": "Notice period", "value": "3" }],
                            "checkboxTabs": [{ "tabLabel": "Full time", "selected": "true" }],
                            "textTabs": [{ "documentId": document, "pageNumber": "1", "xPosition": "10", "yPosition": "20", "tabLabel": "mine", "value": "x" }] } },
                { "recipientId": me["recipientId"], "tabs": { "signHereTabs": [{ "tabId": tab, "xPosition": "200" }] } },
            ],
            "carbonCopies": [{ "recipientId": "901", "name": "Cy Doe", "email": "cy@x.example", "routingOrder": "3" }],
        },
        "customFields": { "textCustomFields": [{ "name": "hs_object", "value": "0-3:7", "show": "false" }] },
        "notification": { "useAccountDefaults": "false",
            "reminders": { "reminderEnabled": "true", "reminderDelay": "2", "reminderFrequency": "1" },
            "expirations": { "expireEnabled": "true", "expireAfter": "9", "expireWarn": "1" } },
    });
    let path = format!("/envelopes/{id}");
    stand.put(&path, body.clone()).await;
    let plain = stand.get(&format!("{path}?include=recipients,custom_fields")).await;
    assert_eq!(
        (plain["emailSubject"].as_str(), plain["allowReassign"].as_str()),
        (Some("Other words"), Some("true"))
    );
    assert_eq!(plain["recipients"]["carbonCopies"], json!([]));
    assert_eq!(plain["customFields"]["textCustomFields"], json!([]));

    let (status, told) = stand.put(&format!("{path}?advanced_update=true"), body).await;
    assert_eq!(status, 200, "{told}");
    let results = told["recipientUpdateResults"].as_array().expect("results");
    assert!(
        results.len() == 3 && results.iter().all(|r| r["errorDetails"]["errorCode"] == "SUCCESS"),
        "{told}"
    );
    let full = stand.get(&format!("{path}?include=recipients,tabs,custom_fields")).await;
    assert_eq!((full["allowReassign"].as_str(), full["expireAfter"].as_str()), (Some("false"), None));
    assert_eq!(full["notification"]["expirations"]["expireAfter"], "9");
    assert_eq!(full["customFields"]["textCustomFields"][0]["value"], "0-3:7");
    let bo =
        full["recipients"]["signers"].as_array().expect("signers").iter().find(|r| r["name"] == "Bo Lind");
    let tabs = &bo.expect("Bo")["tabs"];
    assert_eq!(
        (tabs["listTabs"][0]["value"].as_str(), tabs["checkboxTabs"][0]["selected"].as_str()),
        (Some("3"), Some("true"))
    );
    assert!(
        tabs["textTabs"]
            .as_array()
            .expect("tabs")
            .iter()
            .any(|t| t["tabLabel"] == "mine" && t["tabId"].is_string())
    );
    assert_eq!(full["recipients"]["carbonCopies"][0]["name"], "Cy Doe");
    let moved = full["recipients"]["signers"]
        .as_array()
        .expect("signers")
        .iter()
        .any(|r| r["tabs"]["signHereTabs"][0]["xPosition"] == "200");
    assert!(moved);
}

#[tokio::test]
async fn a_recipient_changes_its_kind_by_the_array_it_comes_in() {
    let stand = Stand::new().await;
    let (id, recipients, _) = draft(&stand, "Mutual NDA").await;
    let path = format!("/envelopes/{id}");
    let body = json!({ "recipients": { "carbonCopies": [{ "recipientId": recipients["signers"][0]["recipientId"] }] } });
    stand.put(&format!("{path}?advanced_update=true"), body).await;
    let after = stand.get(&format!("{path}/recipients?include_tabs=true")).await;
    assert_eq!(after["signers"], json!([]));
    assert_eq!(
        (after["carbonCopies"][0]["name"].as_str(), after["carbonCopies"][0].get("tabs")),
        (Some("Ann Lee"), None)
    );
}

#[tokio::test]
async fn tabs_that_cannot_be_changed_are_told_one_by_one() {
    let stand = Stand::new().await;
    let template = stand.template("Mutual NDA");
    let (id, recipients, _) = draft(&stand, "Mutual NDA").await;
    let me = recipients["signers"][0]["recipientId"].clone();
    for (tab, code) in [
        (json!({ "tabId": "00000000-0000-0000-0000-000000000000", "value": "x" }), "INVALID_TAB_OPERATION"),
        (json!({ "tabLabel": "nowhere", "value": "x" }), "INVALID_TAB_OPERATION"),
        (
            json!({ "tabLabel": "n", "documentId": "7", "xPosition": "1", "yPosition": "1" }),
            "DOCUMENT_DOES_NOT_EXIST",
        ),
    ] {
        let body = json!({ "recipients": { "signers": [{ "recipientId": me, "note": "taken", "tabs": { "textTabs": [tab] } }] } });
        let (status, told) = stand.put(&format!("/envelopes/{id}?advanced_update=true"), body).await;
        let result = &told["recipientUpdateResults"][0];
        assert_eq!((status, result["errorDetails"]["errorCode"].as_str()), (200, Some(code)));
        assert_eq!(result["tabs"]["textTabs"][0]["errorDetails"]["errorCode"], code);
    }
    // A tab that the template locks.
    let locked = json!({ "textTabs": [{ "tabLabel": "fixed", "templateLocked": "true", "documentId": "1", "xPosition": "1", "yPosition": "1" }] });
    let mut people = client();
    people["signers"][0]["tabs"] = locked;
    let id = stand.create(stand.composite("Mutual NDA", "created", people)).await;
    let me = stand.get(&format!("/envelopes/{id}/recipients")).await["signers"][0]["recipientId"].clone();
    let body = json!({ "recipients": { "signers": [{ "recipientId": me, "tabs": { "textTabs": [{ "tabLabel": "fixed", "value": "x" }] } }] } });
    let (_, told) = stand.put(&format!("/envelopes/{id}?advanced_update=true"), body).await;
    assert_eq!(told["recipientUpdateResults"][0]["errorDetails"]["errorCode"], "TAB_NOT_EDITABLE");
    assert!(!template.is_empty());
}

#[tokio::test]
async fn an_anchored_tab_stands_where_its_text_does() {
    let stand = Stand::new().await;
    let (id, recipients, _) = draft(&stand, "Master services agreement").await;
    let me = recipients["signers"][0]["recipientId"].clone();
    let with = |anchor: &str, ignore: &str| {
        json!({ "recipients": { "signers": [{ "recipientId": me, "tabs": { "textTabs": [
        { "tabLabel": anchor, "anchorString": anchor, "anchorXOffset": "10", "anchorUnits": "pixels", "anchorIgnoreIfNotPresent": ignore }] } }] } })
    };
    let path = format!("/envelopes/{id}?advanced_update=true");
    let (status, told) = stand.put(&path, with("Entire agreement", "false")).await;
    assert_eq!(status, 200, "{told}");
    let after = stand.get(&format!("/envelopes/{id}/recipients?include_tabs=true")).await;
    let tab = &after["signers"]
        .as_array()
        .expect("signers")
        .iter()
        .find_map(|r| r["tabs"]["textTabs"].get(0))
        .expect("a tab");
    let number = |key: &str| tab[key].as_str().and_then(|v| v.parse::<i64>().ok());
    assert!(
        number("pageNumber").is_some_and(|n| n >= 1) && number("xPosition").is_some_and(|x| x > 80),
        "{tab}"
    );
    let (status, told) = stand.put(&path, with("No such words", "false")).await;
    assert_eq!((status, told["errorCode"].as_str()), (400, Some("ANCHOR_TAB_STRING_NOT_FOUND")));
    let (status, _) = stand.put(&path, with("No such words", "true")).await;
    assert_eq!(status, 200);
}
