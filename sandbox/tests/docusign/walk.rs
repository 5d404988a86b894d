//! Every call of the API once, with the status that DocuSign describes. With `RECORD_TO` set, what was said is
//! kept for the check against DocuSign's schemas.

use reqwest::Method;
use serde_json::{Value, json};

use crate::stand::{Stand, client};

/// Calls, one after the other, and tells all whose status is another than expected.
struct Walk<'s> {
    stand: &'s Stand,
    wrong: Vec<String>,
}

impl Walk<'_> {
    async fn call(&mut self, method: Method, path: &str, body: Option<Value>, expected: u16) -> Value {
        let (status, answer) = self.stand.call(method.clone(), path, body).await;
        if status != expected {
            self.wrong.push(format!("{method} {path}: {status} instead of {expected}: {answer}"));
        }
        answer
    }

    /// Lets the burst limit pass.
    async fn breathe(&self) {
        self.stand.control("/clock", json!({ "advanceSeconds": 31 })).await;
    }

    async fn get(&mut self, path: &str) -> Value {
        self.call(Method::GET, path, None, 200).await
    }

    async fn put(&mut self, path: &str, body: Value) -> Value {
        self.call(Method::PUT, path, Some(body), 200).await
    }

    async fn post(&mut self, path: &str, body: Value) -> Value {
        self.call(Method::POST, path, Some(body), 201).await
    }

    async fn delete(&mut self, path: &str, body: Option<Value>) -> Value {
        self.call(Method::DELETE, path, body, 200).await
    }
}

#[tokio::test]
async fn every_call_answers_as_it_is_described() {
    let stand = Stand::new().await;
    let mut walk = Walk { stand: &stand, wrong: Vec::new() };
    templates(&mut walk).await;
    account(&mut walk).await;
    draft(&mut walk).await;
    in_process(&mut walk).await;
    assert!(walk.wrong.is_empty(), "{:#?}", walk.wrong);
}

async fn templates(walk: &mut Walk<'_>) {
    let names: Vec<String> = walk.stand.portal["docusign"]["accounts"][0]["templates"]
        .as_object()
        .expect("templates")
        .keys()
        .cloned()
        .collect();
    walk.get("/templates?count=5&start_position=0&order_by=name&order=asc&user_filter=all&include=documents,recipients,folders,favorite_template_status,custom_fields,notifications").await;
    walk.get("/templates?search_text=NDA").await;
    for name in names {
        let template = format!("/templates/{}", walk.stand.template(&name));
        walk.get(&format!("{template}?include=documents,recipients,tabs,custom_fields,notifications")).await;
        walk.get(&format!("{template}/recipients?include_tabs=true")).await;
        walk.get(&format!("{template}/documents")).await;
    }
    walk.breathe().await;
    let template = format!("/templates/{}", walk.stand.template("Mutual NDA"));
    walk.get(&format!("{template}/custom_fields")).await;
    walk.get(&format!("{template}/notification")).await;
    let document = format!("{template}/documents/1");
    walk.get(&document).await;
    walk.get(&format!("{document}/pages?count=2")).await;
    walk.get(&format!("{document}/pages/1/page_image?dpi=40")).await;
    walk.get(&format!("{document}/tabs")).await;
    let view = json!({ "returnUrl": "https://sign.example/back", "viewAccess": "template" });
    walk.post(&format!("{template}/views/edit"), view).await;
    let preview = json!({ "returnUrl": "https://sign.example/back", "recipientId": "1", "authenticationMethod": "none" });
    walk.post(&format!("{template}/views/recipient_preview"), preview).await;
    walk.call(Method::GET, "/templates/00000000-0000-0000-0000-000000000000", None, 400).await;
}

async fn account(walk: &mut Walk<'_>) {
    walk.get("/settings").await;
    walk.get("/folders?include=template_folders").await;
    walk.get("/favorite_templates").await;
    let favourite = json!({ "favoriteTemplates": [{ "templateId": walk.stand.template("Mutual NDA") }] });
    walk.put("/favorite_templates", favourite.clone()).await;
    walk.delete("/favorite_templates", Some(favourite)).await;
    walk.get("/tab_definitions?custom_tab_only=true").await;
    let field = json!({ "type": "Text", "name": "HS Deal stage", "tabLabel": "hs_deal_stage", "shared": "true",
        "required": "false", "locked": "true", "maximumLength": "4000" });
    let made = walk.post("/tab_definitions", field).await;
    let definition = format!("/tab_definitions/{}", made["customTabId"].as_str().unwrap_or("none"));
    walk.get(&definition).await;
    walk.put(&definition, json!({ "name": "HS Deal stage now" })).await;
    walk.delete(&definition, None).await;
    walk.get("/custom_fields").await;
    walk.get("/connect").await;
    let connect = json!({
        "configurationType": "custom", "urlToPublishTo": format!("{}/docusign/connect/2", walk.stand.worker),
        "name": "All", "allowEnvelopePublish": "true", "allUsers": "true", "enableLog": "true",
        "requiresAcknowledgement": "true", "deliveryMode": "SIM", "includeHMAC": "true", "integratorManaged": "true",
        "eventData": { "version": "restv2.1", "format": "json", "includeData": ["recipients", "custom_fields", "tabs"] },
        "events": ["envelope-created", "envelope-sent", "envelope-delivered", "envelope-completed", "envelope-voided",
            "envelope-declined", "recipient-sent", "recipient-delivered", "recipient-completed", "recipient-declined",
            "recipient-autoresponded"],
    });
    let made = walk.post("/connect", connect).await;
    walk.get(&format!("/connect/{}", made["connectId"].as_str().unwrap_or("none"))).await;
}

async fn draft(walk: &mut Walk<'_>) {
    let definition = walk.stand.composite("Mutual NDA", "created", client());
    let id = walk.stand.create(definition).await;
    let envelope = format!("/envelopes/{id}");
    walk.get(&format!("{envelope}?include=recipients,tabs,custom_fields,documents,notifications")).await;
    walk.put(&envelope, json!({ "emailSubject": "Another subject", "emailBlurb": "Another message" })).await;
    walk.get(&format!("{envelope}/recipients?include_tabs=true")).await;
    let copy = json!({ "carbonCopies": [{ "recipientId": "9", "routingOrder": "9", "name": "Bo Lind",
        "email": "bo.lind@firm.example" }] });
    walk.post(&format!("{envelope}/recipients"), copy.clone()).await;
    walk.put(
        &format!("{envelope}/recipients"),
        json!({ "carbonCopies": [{ "recipientId": "9", "name": "Bo Lindt" }] }),
    )
    .await;
    walk.delete(&format!("{envelope}/recipients"), Some(json!({ "carbonCopies": [{ "recipientId": "9" }] })))
        .await;
    // Ids are renumbered.
    let documents = walk.get(&format!("{envelope}/documents")).await;
    let number = documents["envelopeDocuments"][0]["documentId"].as_str().unwrap_or("none").to_owned();
    let document = format!("{envelope}/documents/{number}");
    walk.get(&format!("{document}/pages")).await;
    walk.get(&format!("{document}/pages/1/page_image")).await;
    walk.get(&format!("{document}/tabs")).await;
    walk.get(&format!("{envelope}/documents/combined")).await;
    walk.get(&format!("{envelope}/custom_fields")).await;
    let field = json!({ "textCustomFields": [{ "name": "hs_object", "value": "0-3:7", "show": "false", "required": "false" }] });
    walk.post(&format!("{envelope}/custom_fields"), field).await;
    walk.get(&format!("{envelope}/notification")).await;
    walk.put(
        &format!("{envelope}/notification"),
        json!({ "useAccountDefaults": "false",
            "reminders": { "reminderEnabled": "true", "reminderDelay": "3", "reminderFrequency": "2" },
            "expirations": { "expireEnabled": "true", "expireAfter": "30", "expireWarn": "3" } }),
    )
    .await;
    let lock = json!({ "lockDurationInSeconds": "600", "lockedByApp": "Countersign", "lockType": "edit" });
    walk.post(&format!("{envelope}/lock"), lock).await;
    walk.get(&format!("{envelope}/lock")).await;
    let view = json!({ "returnUrl": "https://sign.example/back", "viewAccess": "envelope",
        "settings": { "startingScreen": "Prepare", "sendButtonAction": "send" } });
    walk.post(&format!("{envelope}/views/sender"), view.clone()).await;
    walk.call(Method::POST, &format!("{envelope}/views/correct"), Some(view), 400).await;
    let discarded = walk.stand.create(walk.stand.composite("Mutual NDA", "created", client())).await;
    walk.put("/folders/recyclebin", json!({ "envelopeIds": [discarded] })).await;
}

async fn in_process(walk: &mut Walk<'_>) {
    let id = walk.stand.create(walk.stand.composite("Mutual NDA", "sent", client())).await;
    let envelope = format!("/envelopes/{id}");
    walk.get("/envelopes?from_date=2020-01-01&include=recipients,custom_fields&count=10").await;
    walk.put("/envelopes/status?envelope_ids=request_body", json!({ "envelopeIds": [id] })).await;
    walk.put(&format!("{envelope}?resend_envelope=true"), json!({})).await;
    walk.stand.recipient_does(&id, "Client", "view").await;
    walk.get(&format!("{envelope}/recipients")).await;
    let view = json!({ "returnUrl": "https://sign.example/back", "viewAccess": "envelope" });
    walk.post(&format!("{envelope}/views/correct"), view).await;
    walk.stand.recipient_does(&id, "Client", "sign").await;
    walk.get(&format!("{envelope}/form_data")).await;
    walk.get(&format!("{envelope}/audit_events")).await;
    walk.get(&format!("{envelope}/documents/certificate")).await;
    walk.get("/connect/logs").await;
    walk.get("/connect/failures").await;
    walk.call(Method::PUT, &envelope, Some(json!({ "status": "voided", "voidedReason": "too late" })), 400)
        .await;

    for (does, event) in [("decline", "envelope-declined"), ("bounce", "recipient-autoresponded")] {
        let id = walk.stand.create(walk.stand.composite("Mutual NDA", "sent", client())).await;
        walk.stand.recipient_does(&id, "Client", does).await;
        walk.stand.inbox.until(|events| events.iter().any(|e| e == event)).await;
        walk.get(&format!("/envelopes/{id}?include=recipients")).await;
    }
    let id = walk.stand.create(walk.stand.composite("Mutual NDA", "sent", client())).await;
    walk.put(&format!("/envelopes/{id}"), json!({ "status": "voided", "voidedReason": "Sent twice" })).await;
    walk.stand.inbox.until(|events| events.iter().any(|e| e == "envelope-voided")).await;
    walk.get(&format!("/envelopes/{id}")).await;
}
