//! What others do in DocuSign's own web app, by way of the control API.

use serde_json::json;

use crate::stand::{Stand, client};

#[tokio::test]
async fn a_template_changes_behind_the_apps_back() {
    let stand = Stand::new().await;
    let id = stand.template("Mutual NDA");
    let before = stand.get(&format!("/templates/{id}")).await;
    let change = json!({ "renameRole": { "from": "Client", "to": "Customer" }, "emailSubject": "New subject", "messageLock": true,
        "addDocument": { "name": "Annex", "pages": 2 }, "roles": { "Customer": { "templateLocked": "true" } } });
    let (status, _) = stand.control(&format!("/docusign/templates/{id}"), change).await;
    assert_eq!(status, 200);
    let after = stand.get(&format!("/templates/{id}")).await;
    assert_eq!(after["recipients"]["signers"][0]["roleName"], "Customer");
    assert_eq!(
        (after["emailSubject"].as_str(), after["messageLock"].as_str()),
        (Some("New subject"), Some("true"))
    );
    assert_eq!(after["documents"][1]["name"], "Annex");
    assert!(after["lastModified"].as_str() > before["lastModified"].as_str());
    let (status, _) = stand
        .control(&format!("/docusign/templates/{id}"), json!({ "name": "x", "removeRole": "Nobody" }))
        .await;
    assert_eq!(status, 400);
    assert_eq!(stand.get(&format!("/templates/{id}")).await["name"], "Mutual NDA");
}

#[tokio::test]
async fn a_draft_is_sent_or_discarded_in_docusign_and_connect_tells() {
    let stand = Stand::new().await;
    let mut definition = stand.composite("Mutual NDA", "created", client());
    definition["eventNotifications"][0]["events"] =
        json!(["envelope-sent", "envelope-discard", "recipient-sent"]);
    let sent = stand.create(definition.clone()).await;
    let (status, body) = stand.control(&format!("/docusign/envelopes/{sent}/send"), json!({})).await;
    assert_eq!((status, body["status"].as_str()), (200, Some("sent")));
    stand.inbox.until(|e| e.iter().any(|e| e == "envelope-sent")).await;
    let gone = stand.create(definition).await;
    let (status, body) = stand.control(&format!("/docusign/envelopes/{gone}/discard"), json!({})).await;
    assert_eq!((status, body["deleted"].as_bool()), (200, Some(true)));
    stand.inbox.until(|e| e.iter().any(|e| e == "envelope-discard")).await;
    let (status, _) = stand.control(&format!("/docusign/envelopes/{gone}/send"), json!({})).await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn of_a_great_many_templates_two_thousand_are_listed() {
    let stand = Stand::new().await;
    let (status, made) = stand
        .control(&format!("/docusign/accounts/{}/templates", stand.account()), json!({ "count": 2440 }))
        .await;
    assert_eq!((status, made["templates"].as_u64()), (201, Some(2506)));
    let list = stand.get("/templates?count=100&start_position=1950&order_by=modified").await;
    assert_eq!((list["totalSetSize"].as_str(), list["resultSetSize"].as_str()), (Some("2000"), Some("50")));
    let found = stand.get("/templates?search_text=template%202440").await;
    assert_eq!(found["totalSetSize"], "1");
}

#[tokio::test]
async fn folders_owners_and_last_use_are_listed() {
    let stand = Stand::new().await;
    let flat = stand.get("/folders?include=template_folders").await;
    assert!(flat["folders"].as_array().expect("folders").iter().all(|f| f.get("folders").is_none()));
    let tree = stand.get("/folders?include=template_folders&sub_folder_depth=-1").await;
    let sales =
        tree["folders"].as_array().expect("folders").iter().find(|f| f["name"] == "Sales").expect("Sales");
    let pilots = &sales["folders"][0]["folders"][0];
    assert_eq!((pilots["name"].as_str(), pilots["itemCount"].as_str()), (Some("Pilots"), Some("5")));
    assert_eq!(pilots["parentFolderId"], sales["folders"][0]["folderId"]);
    let inside =
        stand.get(&format!("/templates?folder_ids={}", pilots["folderId"].as_str().unwrap_or(""))).await;
    assert_eq!(inside["totalSetSize"], "5");
    assert_eq!(stand.get("/templates?user_filter=shared_with_me").await["totalSetSize"], "18");
    assert_eq!(stand.get("/templates?user_filter=owned_by_me").await["totalSetSize"], "47");
    stand.create(stand.composite("House rules", "created", json!({}))).await;
    let used = stand.get("/templates?order_by=used&order=desc&count=1").await;
    assert_eq!(used["envelopeTemplates"][0]["name"], "House rules");
}
