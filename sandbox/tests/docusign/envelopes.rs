//! An envelope's life over the API: routing, changing, voiding, locking, reading back.

use reqwest::Method;
use serde_json::json;

use crate::stand::{Stand, client};

fn both() -> serde_json::Value {
    json!({ "signers": [
        { "recipientId": "1", "roleName": "Client", "name": "Ann Lee", "email": "ann.lee@nordhavn.example", "routingOrder": "1" },
        { "recipientId": "2", "roleName": "Supplier", "name": "Bo Lind", "email": "bo.lind@nordhavn.example", "routingOrder": "2" },
    ], "carbonCopies": [
        { "recipientId": "3", "name": "Cy Doe", "email": "cy@x.example", "routingOrder": "3" },
    ] })
}

#[tokio::test]
async fn recipients_get_their_turn_in_routing_order() {
    let stand = Stand::new().await;
    let id = stand.create(stand.composite("Master services agreement", "sent", both())).await;
    let (status, body) =
        stand.control(&format!("/docusign/envelopes/{id}/recipients/Supplier/sign"), json!({})).await;
    assert_eq!((status, body["errorCode"].as_str()), (400, Some("RECIPIENT_NOT_IN_SEQUENCE")));
    stand.recipient_does(&id, "Client", "sign").await;
    let half = stand.get(&format!("/envelopes/{id}/recipients")).await;
    assert_eq!(
        (half["signers"][0]["status"].as_str(), half["signers"][1]["status"].as_str()),
        (Some("completed"), Some("sent"))
    );
    let done = stand.recipient_does(&id, "Supplier", "sign").await;
    assert_eq!(done["status"], "completed");
    assert_eq!(done["recipients"][2]["status"], "completed");
    let full =
        stand.get(&format!("/envelopes/{id}?include=recipients,tabs,custom_fields,documents,folders")).await;
    assert_eq!(full["recipients"]["signers"][0]["tabs"]["fullNameTabs"][0]["value"], "Ann Lee");
    let data = stand.get(&format!("/envelopes/{id}/form_data")).await;
    assert_eq!(data["status"], "completed");
    stand.get(&format!("/envelopes/{id}/audit_events")).await;
    let url = stand.docusign(&format!(
        "/restapi/v2.1/accounts/{}/envelopes/{id}/documents/certificate",
        stand.account()
    ));
    let pdf = stand
        .http
        .get(url)
        .bearer_auth(&stand.token)
        .send()
        .await
        .expect("an answer")
        .bytes()
        .await
        .expect("bytes");
    assert!(pdf.starts_with(b"%PDF-"));
}

#[tokio::test]
async fn an_envelope_that_is_over_is_neither_voided_nor_changed() {
    let stand = Stand::new().await;
    let id = stand.create(stand.composite("Mutual NDA", "sent", client())).await;
    let (_, body) = stand.put(&format!("/envelopes/{id}"), json!({ "status": "voided" })).await;
    assert_eq!(body["errorCode"], "INVALID_REQUEST_PARAMETER");
    let (status, body) = stand
        .put(&format!("/envelopes/{id}"), json!({ "status": "voided", "voidedReason": "A mistake" }))
        .await;
    assert_eq!((status, body["envelopeId"].as_str()), (200, Some(id.as_str())));
    let (_, body) =
        stand.put(&format!("/envelopes/{id}"), json!({ "status": "voided", "voidedReason": "Again" })).await;
    assert_eq!(body["errorCode"], "ENVELOPE_CANNOT_VOID_INVALID_STATE");
    let (_, body) = stand.put(&format!("/envelopes/{id}"), json!({ "emailSubject": "Other" })).await;
    assert_eq!(body["errorCode"], "ENVELOPE_INVALID_STATUS");
    let e = stand.get(&format!("/envelopes/{id}")).await;
    assert_eq!(e["voidedReason"], "A mistake");
}

#[tokio::test]
async fn a_draft_is_edited_sent_and_resent() {
    let stand = Stand::new().await;
    let id = stand.create(stand.composite("Mutual NDA", "created", client())).await;
    let path = format!("/envelopes/{id}");
    stand.put(&path, json!({ "emailSubject": "A better subject", "emailBlurb": "Hello" })).await;
    let (status, added) = stand
        .post(&format!("{path}/recipients"), json!({ "signers": [{ "recipientId": "77", "name": "Dee", "email": "dee@x.example", "routingOrder": "2",
            "tabs": { "signHereTabs": [{ "documentId": "1", "xPosition": "1", "yPosition": "1" }] } }] }))
        .await;
    assert_eq!((status, added["recipientCount"].as_str()), (201, Some("1")));
    let tabs = stand.get(&format!("{path}/recipients/77/tabs")).await;
    assert_eq!(tabs, json!({}), "tabs in this call are not added");
    let document =
        stand.get(&format!("{path}/documents")).await["envelopeDocuments"][0]["documentId"].clone();
    let (status, tabs) = stand
        .post(&format!("{path}/recipients/77/tabs"), json!({ "textTabs": [{ "documentId": document, "pageNumber": "1", "xPosition": "50", "yPosition": "60", "tabLabel": "x", "value": "1" }] }))
        .await;
    assert_eq!(status, 201);
    let tab = tabs["textTabs"][0]["tabId"].clone();
    let (status, _) = stand
        .put(&format!("{path}/recipients/77/tabs"), json!({ "textTabs": [{ "tabId": tab, "value": "2" }] }))
        .await;
    assert_eq!(status, 200);
    assert_eq!(stand.get(&format!("{path}/recipients/77/tabs")).await["textTabs"][0]["value"], "2");
    let (status, results) = stand
        .put(&format!("{path}/recipients"), json!({ "signers": [{ "recipientId": "77", "note": "Hi" }, { "recipientId": "78", "name": "Eve", "email": "eve@x.example" }] }))
        .await;
    assert_eq!((status, results["recipientUpdateResults"].as_array().map(Vec::len)), (200, Some(2)));
    let (status, _) = stand
        .call(
            Method::DELETE,
            &format!("{path}/recipients"),
            Some(json!({ "signers": [{ "recipientId": "78" }] })),
        )
        .await;
    assert_eq!(status, 200);
    let (status, _) = stand
        .put(
            &format!("{path}/notification"),
            json!({ "useAccountDefaults": "false",
        "reminders": { "reminderEnabled": "true", "reminderDelay": "1", "reminderFrequency": "1" },
        "expirations": { "expireEnabled": "true", "expireAfter": "5", "expireWarn": "1" } }),
        )
        .await;
    assert_eq!(status, 200);
    let (status, _) = stand.put(&path, json!({ "status": "sent" })).await;
    assert_eq!(status, 200);
    let (status, _) = stand.put(&format!("{path}?resend_envelope=true"), json!({})).await;
    assert_eq!(status, 200);
    let mails = stand.recipient_does(&id, "Client", "view").await["mails"].clone();
    assert_eq!(mails.as_array().map(Vec::len), Some(2));
    assert_eq!(mails[0]["subject"], "A better subject");
    let (_, body) = stand
        .put(&format!("{path}/recipients"), json!({ "signers": [{ "recipientId": "999", "name": "No" }] }))
        .await;
    assert_eq!(body["recipientUpdateResults"][0]["errorDetails"]["errorCode"], "UNKNOWN_ENVELOPE_RECIPIENT");
    stand.control("/clock", json!({ "advanceSeconds": 6 * 86_400 })).await;
    stand.control("/docusign/tokens/expire", json!({})).await;
    let expired = stand.recipient_state(&id).await;
    assert_eq!(expired["status"], "voided");
}

#[tokio::test]
async fn a_locked_envelope_is_changed_only_with_the_locks_token() {
    let stand = Stand::new().await;
    let id = stand.create(stand.composite("Mutual NDA", "sent", client())).await;
    let path = format!("/envelopes/{id}");
    let (status, lock) = stand
        .post(
            &format!("{path}/lock"),
            json!({ "lockDurationInSeconds": "600", "lockedByApp": "Countersign", "lockType": "edit" }),
        )
        .await;
    assert_eq!(status, 201);
    let (_, body) = stand.put(&path, json!({ "emailBlurb": "x" })).await;
    assert_eq!(body["errorCode"], "EDIT_LOCK_NOT_LOCK_OWNER");
    let (_, body) = stand.post(&format!("{path}/lock"), json!({})).await;
    assert_eq!(body["errorCode"], "EDIT_LOCK_ENVELOPE_ALREADY_LOCKED");
    let edit = json!({ "LockToken": lock["lockToken"], "LockDurationInSeconds": "600" }).to_string();
    let url = stand.docusign(&format!("/restapi/v2.1/accounts/{}{path}", stand.account()));
    let send = |method: Method, url: String| {
        stand.http.request(method, url).bearer_auth(&stand.token).header("x-docusign-edit", edit.clone())
    };
    let answer =
        send(Method::PUT, url.clone()).json(&json!({ "emailBlurb": "x" })).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    stand.get(&format!("{path}/lock")).await;
    let answer = send(Method::DELETE, format!("{url}/lock")).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    stand.inbox.until(|e| e.iter().any(|e| e == "envelope-corrected")).await;
    let (_, body) = stand.call(Method::GET, &format!("{path}/lock"), None).await;
    assert_eq!(body["errorCode"], "EDIT_LOCK_ENVELOPE_NOT_LOCKED");
}

#[tokio::test]
async fn documents_are_added_ordered_and_removed_while_it_is_a_draft() {
    let stand = Stand::new().await;
    let id = stand.create(stand.composite("Mutual NDA", "created", client())).await;
    let path = format!("/envelopes/{id}/documents");
    let text = "cGxhaW4gd29yZHM=";
    let (status, body) = stand.put(&path, json!({ "documents": [{ "documentId": "5", "name": "terms.txt", "fileExtension": "txt", "documentBase64": text }] })).await;
    assert_eq!((status, body["envelopeDocuments"].as_array().map(Vec::len)), (200, Some(2)));
    let (status, _) = stand.put(&format!("{path}/5/tabs"), json!({ "prefillTabs": { "textTabs": [{ "tabLabel": "p", "value": "v", "pageNumber": "1", "xPosition": "10", "yPosition": "10" }] } })).await;
    assert_eq!(status, 200);
    stand.get(&format!("{path}/5/tabs")).await;
    stand.get(&format!("{path}/5/pages")).await;
    let (status, _) =
        stand.call(Method::DELETE, &path, Some(json!({ "documents": [{ "documentId": "5" }] }))).await;
    assert_eq!(status, 200);
    let (status, body) = stand.put("/folders/recyclebin", json!({ "envelopeIds": [id] })).await;
    assert_eq!((status, body["envelopes"].as_array().map(Vec::len)), (200, Some(1)));
    assert_eq!(stand.get("/envelopes?from_date=2020-01-01").await["totalSetSize"], "0");
}

#[tokio::test]
async fn views_exist_only_for_the_right_state() {
    let stand = Stand::new().await;
    let id = stand.create(stand.composite("Mutual NDA", "created", client())).await;
    let path = format!("/envelopes/{id}/views");
    let ask = json!({ "returnUrl": "https://worker.example/ds/return?s=1", "viewAccess": "envelope", "settings": { "startingScreen": "Prepare" } });
    let (_, body) = stand.post(&format!("{path}/correct"), ask.clone()).await;
    assert_eq!(body["errorCode"], "ENVELOPE_INVALID_STATUS");
    let (status, body) = stand.post(&format!("{path}/sender"), ask.clone()).await;
    assert_eq!(status, 201);
    let url = body["url"].as_str().expect("a URL").to_owned();
    assert_eq!(stand.http.get(&url).send().await.expect("a page").status(), 200);
    let answer = stand.http.post(&url).form(&[("action", "send")]).send().await.expect("an answer");
    let back = answer.headers()["location"].to_str().expect("text").to_owned();
    assert_eq!(back, format!("https://worker.example/ds/return?s=1&envelopeId={id}&event=Send"));
    let (_, body) = stand.post(&format!("{path}/sender"), ask.clone()).await;
    assert_eq!(body["errorCode"], "ENVELOPE_INVALID_STATUS");
    let (status, _) = stand.post(&format!("{path}/correct"), ask).await;
    assert_eq!(status, 201);
    assert_eq!(stand.http.get(&url).send().await.expect("a page").status(), 410);
}

#[tokio::test]
async fn polling_one_envelope_is_flagged_and_then_refused() {
    let stand = Stand::new().await;
    let id = stand.create(stand.composite("Mutual NDA", "sent", client())).await;
    let mut last = serde_json::Value::Null;
    for _ in 0..45 {
        last = stand.call(Method::GET, &format!("/envelopes/{id}"), None).await.1;
    }
    assert_eq!(last["errorCode"], "BURST_ENVELOPE_POLLING_LIMIT_EXCEEDED");
    let url = format!("{}/__sandbox/state", stand.running.hubspot_url);
    let state: serde_json::Value =
        stand.http.get(url).send().await.expect("an answer").json().await.expect("JSON");
    let accounts = state["docusign"]["accounts"].as_array().expect("accounts");
    let mine = accounts.iter().find(|a| a["accountId"] == json!(stand.account())).expect("mine");
    assert_eq!(mine["pollingViolations"], 44);
}

#[tokio::test]
async fn recipients_that_may_not_go_are_told_under_a_good_status() {
    let stand = Stand::new().await;
    let id = stand.create(stand.composite("Board resolution", "created", json!({}))).await;
    let people = stand.get(&format!("/envelopes/{id}/recipients")).await;
    let number = |n: usize| json!({ "recipientId": people["signers"][n]["recipientId"] });
    let body = json!({ "signers": [number(1), number(2)] });
    let (status, told) = stand.call(Method::DELETE, &format!("/envelopes/{id}/recipients"), Some(body)).await;
    assert_eq!(status, 200);
    assert_eq!(told["signers"][0]["errorDetails"]["errorCode"], "RECIPIENT_UPDATE_FAILED");
    assert!(told["signers"][1].get("errorDetails").is_none());
    assert_eq!(stand.get(&format!("/envelopes/{id}/recipients")).await["recipientCount"], "2");
}
