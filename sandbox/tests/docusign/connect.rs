//! Connect messages: order, content, signatures, retries, faults.

use sandbox::docusign::connect::signature;
use sandbox::sample_app::DOCUSIGN_CONNECT_KEYS;
use serde_json::json;

use crate::stand::{Stand, client};

#[tokio::test]
async fn a_signed_envelope_is_told_in_order_with_two_valid_signatures() {
    let stand = Stand::new().await;
    let id = stand.create(stand.composite("Mutual NDA", "sent", client())).await;
    stand.recipient_does(&id, "Client", "sign").await;
    let events = stand.inbox.until(|e| e.iter().any(|e| e == "envelope-completed")).await;
    assert_eq!(
        events,
        [
            "envelope-sent",
            "recipient-sent",
            "recipient-delivered",
            "envelope-delivered",
            "recipient-completed",
            "envelope-completed"
        ]
    );
    for message in stand.inbox.all() {
        for (n, key) in DOCUSIGN_CONNECT_KEYS.iter().enumerate() {
            let header = message.headers[&format!("x-docusign-signature-{}", n + 1)].to_str().expect("text");
            assert_eq!(header, signature(key, &message.body));
        }
    }
    let third = stand.inbox.all().remove(2).json();
    assert_eq!(third["data"]["envelopeSummary"]["status"], "delivered", "as it was then");
    let last = stand.inbox.all().pop().expect("a message").json();
    assert_eq!(last["data"]["envelopeSummary"]["status"], "completed");
    assert_eq!(last["data"]["envelopeSummary"]["recipients"]["signers"][0]["status"], "completed");
    let generated = last["generatedDateTime"].as_str().expect("a time");
    assert_eq!(generated.len(), "2026-01-13T07:09:58.9584687Z".len());
}

#[tokio::test]
async fn a_listener_that_fails_is_tried_again() {
    let stand = Stand::new().await;
    stand.inbox.fail_next(1);
    let id = stand.create(stand.composite("Mutual NDA", "sent", client())).await;
    let events = stand.inbox.until(|e| e.len() == 3).await;
    assert_eq!(events, ["envelope-sent", "recipient-sent", "envelope-sent"]);
    let again = stand.inbox.all().pop().expect("a message").json();
    assert_eq!((again["retryCount"].clone(), again["data"]["envelopeId"].clone()), (json!(1), json!(id)));
}
