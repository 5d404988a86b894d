//! What can be done with an envelope that was sent, and what DocuSign does not let be done.

use serde_json::{Value, json};

use crate::stand::{Stand, client};

fn mails(envelope: &Value, to: &str) -> usize {
    let list = envelope["mails"].as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter(|mail| mail["to"] == to && mail["kind"] == "sign").count()
}

async fn sent(stand: &Stand) -> (String, String, String) {
    let id = stand.create(stand.composite("Mutual NDA", "sent", client())).await;
    let people = stand.get(&format!("/envelopes/{id}/recipients")).await;
    let one = &people["signers"][0];
    let text = |name: &str| one[name].as_str().unwrap_or_default().to_owned();
    (id, text("recipientId"), text("email"))
}

#[tokio::test]
async fn one_recipient_is_mailed_again_and_the_history_says_so() {
    let stand = Stand::new().await;
    let (id, recipient, email) = sent(&stand).await;
    let path = format!("/envelopes/{id}/recipients?resend_envelope=true");
    let (status, told) = stand.put(&path, json!({ "signers": [{ "recipientId": recipient }] })).await;
    assert_eq!(status, 200);
    assert_eq!(told["recipientUpdateResults"][0]["errorDetails"]["errorCode"], "SUCCESS");
    assert_eq!(mails(&stand.recipient_state(&id).await, &email), 2);
    let history = stand.get(&format!("/envelopes/{id}/audit_events")).await.to_string();
    assert!(history.contains("Resent"), "{history}");
}

#[tokio::test]
async fn an_address_that_is_repeated_is_mailed_again() {
    let stand = Stand::new().await;
    let (id, recipient, email) = sent(&stand).await;
    let path = format!("/envelopes/{id}/recipients");
    stand.put(&path, json!({ "signers": [{ "recipientId": recipient, "name": "Ann B. Lee" }] })).await;
    assert_eq!(mails(&stand.recipient_state(&id).await, &email), 1, "a name is no new address");
    stand.put(&path, json!({ "signers": [{ "recipientId": recipient, "email": email }] })).await;
    assert_eq!(mails(&stand.recipient_state(&id).await, &email), 2);
    stand.put(&path, json!({ "signers": [{ "recipientId": recipient, "email": "new@x.example" }] })).await;
    assert_eq!(mails(&stand.recipient_state(&id).await, "new@x.example"), 1);
}

#[tokio::test]
async fn what_is_over_is_not_mailed_again_and_who_is_done_is_not_corrected() {
    let stand = Stand::new().await;
    let (id, recipient, _) = sent(&stand).await;
    stand.recipient_does(&id, "Client", "decline").await;
    let path = format!("/envelopes/{id}/recipients?resend_envelope=true");
    let (status, told) = stand.put(&path, json!({ "signers": [{ "recipientId": recipient }] })).await;
    assert_eq!((status, told["errorCode"].as_str()), (400, Some("ENVELOPE_INVALID_STATUS")));
    let (status, told) = stand.put(&format!("/envelopes/{id}?resend_envelope=true"), json!({})).await;
    assert_eq!((status, told["errorCode"].as_str()), (400, Some("ENVELOPE_INVALID_STATUS")));

    let two = json!({ "signers": [
        { "recipientId": "1", "roleName": "Client", "name": "Ann Lee", "email": "ann.lee@nordhavn.example", "routingOrder": "1" },
        { "recipientId": "2", "roleName": "Supplier", "name": "Bo Lind", "email": "bo.lind@nordhavn.example", "routingOrder": "2" },
    ] });
    let id = stand.create(stand.composite("Master services agreement", "sent", two)).await;
    stand.recipient_does(&id, "Client", "sign").await;
    let people = stand.get(&format!("/envelopes/{id}/recipients")).await;
    let signed = people["signers"][0]["recipientId"].clone();
    let (status, told) = stand
        .put(
            &format!("/envelopes/{id}/recipients"),
            json!({ "signers": [{ "recipientId": signed, "name": "No" }] }),
        )
        .await;
    assert_eq!(status, 200);
    assert_eq!(told["recipientUpdateResults"][0]["errorDetails"]["errorCode"], "RECIPIENT_UPDATE_FAILED");
}

#[tokio::test]
async fn docusigns_own_page_shows_where_an_envelope_stands() {
    let stand = Stand::new().await;
    let (id, _, _) = sent(&stand).await;
    let page =
        stand.http.get(stand.docusign(&format!("/documents/details/{id}"))).send().await.expect("a page");
    assert!(page.text().await.expect("text").contains("Status: sent"));
    let none = stand.http.get(stand.docusign("/documents/details/none")).send().await.expect("a page");
    assert_eq!(none.status().as_u16(), 404);
}
