//! The sender view: what it shows, what can be changed in it, and its ends.

use serde_json::{Value, json};

use crate::stand::{Stand, client};

async fn view(stand: &Stand, id: &str, settings: Value) -> String {
    let body = json!({ "returnUrl": "https://worker.example/back?s=1", "viewAccess": "envelope", "settings": settings });
    let (status, made) = stand.post(&format!("/envelopes/{id}/views/sender"), body).await;
    assert_eq!(status, 201, "{made}");
    made["url"].as_str().expect("an address").to_owned()
}

async fn press(stand: &Stand, url: &str, form: &[(&str, &str)]) -> (u16, String) {
    let answer = stand.http.post(url).form(form).send().await.expect("an answer");
    let to = answer.headers().get("location").and_then(|v| v.to_str().ok()).unwrap_or("").to_owned();
    (answer.status().as_u16(), to)
}

#[tokio::test]
async fn a_draft_is_filled_and_sent_in_the_editor() {
    let stand = Stand::new().await;
    let id = stand.create(stand.composite("Mutual NDA", "created", json!({}))).await;
    let url = view(&stand, &id, json!({})).await;
    let html = stand.http.get(&url).send().await.expect("a page").text().await.expect("text");
    for part in [
        "sender-view",
        "view-send",
        "view-save",
        "view-discard",
        "view-cancel",
        "Client",
        "Mutual NDA.pdf",
        "Sandbox",
    ] {
        assert!(html.contains(part), "{part}");
    }
    let (status, _) = press(&stand, &url, &[("action", "send")]).await;
    assert_eq!(status, 400, "nobody is named");
    let recipients = stand.get(&format!("/envelopes/{id}/recipients")).await;
    let who = recipients["signers"][0]["recipientId"].as_str().expect("an id");
    let document =
        stand.get(&format!("/envelopes/{id}/documents")).await["envelopeDocuments"][0]["documentId"].clone();
    let image = stand
        .http
        .get(format!("{url}/{}/1", document.as_str().unwrap_or("")))
        .send()
        .await
        .expect("an image");
    assert_eq!(image.headers()["content-type"], "image/png");
    let (name, email) = (format!("name:{who}"), format!("email:{who}"));
    let form = [
        ("action", "send"),
        ("subject", "From the editor"),
        (name.as_str(), "Ann Lee"),
        (email.as_str(), "ann@x.example"),
    ];
    let (status, to) = press(&stand, &url, &form).await;
    assert_eq!((status, to), (303, format!("https://worker.example/back?s=1&envelopeId={id}&event=Send")));
    let e = stand.get(&format!("/envelopes/{id}")).await;
    assert_eq!((e["status"].as_str(), e["emailSubject"].as_str()), (Some("sent"), Some("From the editor")));
}

#[tokio::test]
async fn saving_cancelling_and_discarding_leave_their_marks() {
    let stand = Stand::new().await;
    for (action, event, subject, deleted) in [
        ("save", "Save", "Changed", false),
        ("cancel", "Cancel", "Please sign", false),
        ("discard", "Cancel", "Please sign", true),
    ] {
        let id = stand.create(stand.composite("Mutual NDA", "created", client())).await;
        let url = view(&stand, &id, json!({})).await;
        let (status, to) = press(&stand, &url, &[("action", action), ("subject", "Changed")]).await;
        assert!(status == 303 && to.ends_with(&format!("event={event}")), "{action}: {to}");
        let e = stand.recipient_state(&id).await;
        assert_eq!(
            (e["subject"].as_str(), e["deleted"].as_bool()),
            (Some(subject), Some(deleted)),
            "{action}"
        );
        assert_eq!(press(&stand, &url, &[("action", action)]).await.0, 410);
    }
}

#[tokio::test]
async fn the_editor_hides_what_the_app_does_not_want() {
    let stand = Stand::new().await;
    let id = stand.create(stand.composite("Mutual NDA", "created", client())).await;
    let settings = json!({ "showDiscardAction": "false", "sendButtonAction": "redirect", "recipientSettings": { "showEditMessage": "false" } });
    let url = view(&stand, &id, settings).await;
    let html = stand.http.get(&url).send().await.expect("a page").text().await.expect("text");
    assert!(!html.contains("view-discard") && html.contains("readonly"));
    let (_, to) = press(&stand, &url, &[("action", "send"), ("subject", "No")]).await;
    assert!(to.ends_with("event=Send"));
    let e = stand.get(&format!("/envelopes/{id}")).await;
    assert_eq!((e["status"].as_str(), e["emailSubject"].as_str()), (Some("created"), Some("Please sign")));
}
