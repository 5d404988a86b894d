//! Mailbox and signing page, as a person uses them.

use serde_json::json;

use crate::stand::{Stand, client};

async fn page(stand: &Stand, path: String) -> String {
    stand.http.get(stand.docusign(&path)).send().await.expect("a page").text().await.expect("text")
}

#[tokio::test]
async fn a_person_opens_the_mail_signs_and_is_told_when_all_is_done() {
    let stand = Stand::new().await;
    let mut people = client();
    people["signers"][0]["email"] = json!("ann+contracts@nordhavn.example");
    let id = stand.create(stand.composite("Employment contract", "created", people)).await;
    let recipients = stand.get(&format!("/envelopes/{id}/recipients")).await;
    assert_eq!(recipients["recipientCount"], "3", "a role that does not exist there stands beside the two");
    let id = stand
        .create(stand.composite("Employment contract", "sent", json!({ "signers": [
            { "roleName": "Employee", "name": "Ann <b>Lee</b>", "email": "ann+contracts@nordhavn.example", "routingOrder": "1", "note": "Just for you" },
            { "roleName": "Employer", "name": "Bo", "email": "bo@x.example", "routingOrder": "2" },
        ] })))
        .await;
    let page = |path: String| page(&stand, path);
    let list = page(format!("/mail?envelope={id}")).await;
    assert!(list.contains("data-recipient-email=\"ann+contracts@nordhavn.example\""));
    let link =
        list.split("href=\"/mail/").nth(1).and_then(|p| p.split('"').next()).expect("a mail").to_owned();
    let letter = page(format!("/mail/{link}")).await;
    assert!(letter.contains("Just for you") && letter.contains("Ann &lt;b&gt;Lee"));
    let sign =
        letter.split("href=\"/sign/").nth(1).and_then(|p| p.split('"').next()).expect("a link").to_owned();
    let desk = page(format!("/sign/{sign}")).await;
    assert!(desk.contains("data-recipient-status=\"delivered\"") && desk.contains("tab:Position"));
    // The position is required.
    let post = |words: Vec<(&'static str, &'static str)>| {
        stand.http.post(stand.docusign(&format!("/sign/{sign}"))).form(&words).send()
    };
    assert_eq!(post(vec![("action", "sign"), ("tab:Position", "")]).await.expect("an answer").status(), 400);
    let done = post(vec![("action", "sign"), ("tab:Position", "Pilot"), ("tab:Notice period", "3")])
        .await
        .expect("an answer");
    assert_eq!(done.status(), 303);
    let after = stand.recipient_does(&id, "Employer", "decline").await;
    assert_eq!(after["status"], "declined");
    let image = desk.split("src=\"").nth(1).and_then(|p| p.split('"').next()).expect("an image").to_owned();
    let png =
        stand.http.get(stand.docusign(&image)).send().await.expect("an image").bytes().await.expect("bytes");
    assert!(png.starts_with(b"\x89PNG"));
}
