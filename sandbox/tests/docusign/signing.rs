//! The signing page: access codes, documents that are hidden, fields where they belong.

use serde_json::json;

use crate::stand::{Stand, client};

async fn guid(stand: &Stand, id: &str) -> String {
    let all = stand.get(&format!("/envelopes/{id}/recipients")).await;
    all["signers"][0]["recipientIdGuid"].as_str().expect("a GUID").to_owned()
}

#[tokio::test]
async fn an_access_code_is_asked_for_and_three_wrong_ones_lock() {
    let stand = Stand::new().await;
    let mut people = client();
    people["signers"][0]["accessCode"] = json!("s3cret");
    people["signers"][0]["note"] = json!("The code is in my letter");
    let mut definition = stand.composite("Mutual NDA", "sent", people);
    definition["eventNotifications"][0]["events"] = json!(["recipient-authenticationfailed"]);
    let id = stand.create(definition).await;
    let page = stand.docusign(&format!("/sign/{id}/{}", guid(&stand, &id).await));
    let open = || async { stand.http.get(&page).send().await.expect("a page").text().await.expect("text") };
    let html = open().await;
    assert!(html.contains("data-testid=\"access-code\"") && !html.contains("sbx-page"));
    let give = |code: &'static str| {
        stand.http.post(&page).form(&[("action", "code"), ("code", code), ("return", "")]).send()
    };
    let answer = give("s3cret").await.expect("an answer");
    assert_eq!(answer.status(), 303);
    let cookie =
        answer.headers()["set-cookie"].to_str().expect("a cookie").split(';').next().unwrap_or("").to_owned();
    let inside = stand
        .http
        .get(&page)
        .header("cookie", cookie)
        .send()
        .await
        .expect("a page")
        .text()
        .await
        .expect("text");
    assert!(inside.contains("sbx-page") && inside.contains("Sign here"));
    for _ in 0..3 {
        assert_eq!(give("wrong").await.expect("an answer").status(), 403);
    }
    stand.inbox.until(|e| e.iter().any(|e| e == "recipient-authenticationfailed")).await;
    assert!(open().await.contains("access-locked"));
    assert_eq!(give("s3cret").await.expect("an answer").status(), 403);
    stand.put(&format!("/envelopes/{id}?resend_envelope=true"), json!({})).await;
    assert!(!open().await.contains("access-locked"));
}

#[tokio::test]
async fn a_mail_carries_the_own_message_and_the_note() {
    let stand = Stand::new().await;
    let mut people = client();
    people["signers"][0]["note"] = json!("Only for you");
    people["signers"][0]["emailNotification"] = json!({ "emailSubject": "For Ann", "emailBody": "Dear Ann, this is ours", "supportedLanguage": "da" });
    let id = stand.create(stand.composite("Mutual NDA", "sent", people)).await;
    let mail = stand.recipient_state(&id).await["mails"][0]["id"].as_str().expect("a mail").to_owned();
    let url = stand.docusign(&format!("/mail/{mail}"));
    let letter = stand.http.get(url).send().await.expect("a page").text().await.expect("text");
    for part in ["For Ann", "Dear Ann, this is ours", "Only for you", "language da"] {
        assert!(letter.contains(part), "{part}");
    }
}

#[tokio::test]
async fn a_hidden_document_is_not_shown() {
    let stand = Stand::new().await;
    let people = json!({ "signers": [
        { "recipientId": "1", "roleName": "Employee", "name": "Em", "email": "em@x.example", "routingOrder": "1" },
        { "recipientId": "2", "roleName": "Manager", "name": "Ma", "email": "ma@x.example", "routingOrder": "2" } ] });
    let id = stand.create(stand.composite("Onboarding pack", "created", people)).await;
    let documents = stand.get(&format!("/envelopes/{id}/documents")).await;
    let second = documents["envelopeDocuments"][1]["documentId"].as_str().expect("an id").to_owned();
    let recipients = stand.get(&format!("/envelopes/{id}/recipients")).await;
    let body = json!({ "enforceSignerVisibility": "true", "status": "sent",
        "recipients": { "signers": [{ "recipientId": recipients["signers"][0]["recipientId"], "excludedDocuments": [second] }] } });
    let (status, told) = stand.put(&format!("/envelopes/{id}?advanced_update=true"), body).await;
    assert_eq!(status, 200, "{told}");
    let page = stand.docusign(&format!("/sign/{id}/{}", guid(&stand, &id).await));
    let html = stand.http.get(&page).send().await.expect("a page").text().await.expect("text");
    assert!(html.contains("Equipment receipt") && !html.contains("Data protection notice"));
    assert_eq!(stand.http.get(format!("{page}/{second}/1")).send().await.expect("an answer").status(), 403);
}
