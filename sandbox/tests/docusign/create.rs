//! Creating envelopes, and the traps of composite templates.

use base64::Engine as _;
use serde_json::{Value, json};

use crate::stand::{Stand, client};

#[tokio::test]
async fn custom_fields_at_the_root_of_a_composite_are_lost() {
    let stand = Stand::new().await;
    let fields = |name: &str| json!({ "textCustomFields": [{ "name": name, "value": "0-3:1", "show": "false", "required": "false" }] });
    let mut definition = stand.composite("Mutual NDA", "created", client());
    definition["customFields"] = fields("at the root");
    definition["compositeTemplates"][0]["inlineTemplates"][0]["customFields"] = fields("hs_object");
    let id = stand.create(definition).await;
    let kept = stand.get(&format!("/envelopes/{id}/custom_fields")).await;
    let names: Vec<&str> = kept["textCustomFields"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|f| f["name"].as_str())
        .collect();
    assert_eq!(names, ["hs_object"]);
    let found = stand
        .get("/envelopes?from_date=2020-01-01&custom_field=hs_object=0-3:1&include=custom_fields,recipients")
        .await;
    assert_eq!(found["envelopes"][0]["envelopeId"], json!(id));
}

#[tokio::test]
async fn ids_that_were_sent_mean_nothing_afterwards() {
    let stand = Stand::new().await;
    let id = stand.create(stand.composite("Mutual NDA", "created", client())).await;
    let recipients = stand.get(&format!("/envelopes/{id}/recipients?include_tabs=true")).await;
    let signer = &recipients["signers"][0];
    assert_ne!(signer["recipientId"], "1");
    assert_eq!(signer["tabs"]["signHereTabs"][0]["recipientId"], signer["recipientId"]);
    let documents = stand.get(&format!("/envelopes/{id}/documents")).await;
    assert_eq!(
        documents["envelopeDocuments"][0]["documentId"],
        signer["tabs"]["signHereTabs"][0]["documentId"]
    );
}

#[tokio::test]
async fn roles_and_labels_match_to_the_letter() {
    let stand = Stand::new().await;
    let mut people = client();
    people["signers"][0]["roleName"] = json!("client");
    let id = stand.create(stand.composite("Mutual NDA", "created", people.clone())).await;
    let recipients = stand.get(&format!("/envelopes/{id}/recipients")).await;
    // The place stays empty, and somebody without fields stands beside it.
    assert_eq!(recipients["recipientCount"], "2");
    assert_eq!(recipients["signers"][0]["email"], "");
    let refused = stand.refused(stand.composite("Mutual NDA", "sent", people)).await;
    assert_eq!(refused, (400, "ENVELOPE_IS_INCOMPLETE".to_owned()));

    let mut people = client();
    people["signers"][0]["tabs"] = json!({ "textTabs": [
        { "tabLabel": "hs_company_city", "value": "Odense" }, { "tabLabel": "HS_Contact_Email", "value": "lost" },
        { "tabLabel": "new", "value": "added", "xPosition": "10", "yPosition": "20", "documentId": "1", "pageNumber": "1" },
    ] });
    let id = stand.create(stand.composite("Quote with HubSpot fields", "created", people)).await;
    let recipients = stand.get(&format!("/envelopes/{id}/recipients?include_tabs=true")).await;
    let tabs = recipients["signers"][0]["tabs"]["textTabs"].as_array().expect("tabs").clone();
    let values: Vec<&str> =
        tabs.iter().filter_map(|t| t["value"].as_str()).filter(|v| !v.is_empty()).collect();
    assert_eq!(values, ["Odense", "added"]);
    assert_eq!(tabs.len(), 9);
}

#[tokio::test]
async fn a_locked_place_takes_a_name_and_an_address_and_nothing_else() {
    let stand = Stand::new().await;
    let people = json!({ "signers": [{
        "recipientId": "1", "roleName": "Chair of the board", "name": "Vera Holt-Berg",
        "email": "vera@boardroom.example", "routingOrder": "7", "note": "not taken", "accessCode": "1234",
    }] });
    let id = stand.create(stand.composite("Board resolution", "created", people)).await;
    let recipients = stand.get(&format!("/envelopes/{id}/recipients")).await;
    let chair = &recipients["signers"][0];
    assert_eq!(
        (chair["name"].as_str(), chair["accessCode"].as_str()),
        (Some("Vera Holt-Berg"), Some("1234"))
    );
    assert_eq!((chair["routingOrder"].as_str(), chair["note"].as_str()), (Some("1"), Some("")));
    let secretary = recipients["signers"][1]["recipientId"].as_str().expect("an id");
    let (status, body) =
        stand.call(reqwest::Method::DELETE, &format!("/envelopes/{id}/recipients/{secretary}"), None).await;
    assert_eq!((status, body["errorCode"].as_str()), (400, Some("RECIPIENT_UPDATE_FAILED")));
}

#[tokio::test]
async fn a_repeated_sequence_and_an_unknown_template_are_refused() {
    let stand = Stand::new().await;
    let mut definition = stand.composite("Mutual NDA", "created", client());
    definition["compositeTemplates"][0]["inlineTemplates"][0]["sequence"] = json!("1");
    assert_eq!(stand.refused(definition).await, (400, "INVALID_REQUEST_PARAMETER".to_owned()));
    let gone = stand.template("Works order");
    stand.control(&format!("/docusign/templates/{gone}/delete"), json!({})).await;
    let refused = stand.refused(stand.composite("Works order", "sent", client())).await;
    assert_eq!(refused, (400, "TEMPLATE_ID_INVALID".to_owned()));
}

#[tokio::test]
async fn a_subject_counts_with_its_merge_fields_and_is_refused_not_cut() {
    let stand = Stand::new().await;
    let mut definition = stand.composite("Mutual NDA", "sent", client());
    definition["emailSubject"] = json!("x".repeat(101));
    assert_eq!(stand.refused(definition.clone()).await, (400, "INVALID_REQUEST_PARAMETER".to_owned()));
    definition["emailSubject"] = json!(format!("{} [[Client_UserName]]", "x".repeat(90)));
    definition["compositeTemplates"][0]["inlineTemplates"][0]["recipients"]["signers"][0]["name"] =
        json!("A rather long name of a person");
    assert_eq!(stand.refused(definition.clone()).await, (400, "INVALID_REQUEST_PARAMETER".to_owned()));
    // Shorter with the name than with the field.
    definition["emailSubject"] = json!(format!("{} [[Client_UserName]]", "x".repeat(88)));
    definition["compositeTemplates"][0]["inlineTemplates"][0]["recipients"]["signers"][0]["name"] =
        json!("Ann Lee");
    let id = stand.create(definition).await;
    let mails = stand.recipient_does(&id, "Client", "view").await["mails"].clone();
    assert!(mails[0]["subject"].as_str().expect("text").ends_with("x Ann Lee"));
}

#[tokio::test]
async fn an_own_message_needs_a_language_and_a_bad_address_is_named() {
    let stand = Stand::new().await;
    let mut people = client();
    people["signers"][0]["emailNotification"] = json!({ "emailSubject": "For Ann", "emailBody": "Dear Ann" });
    assert_eq!(stand.refused(stand.composite("Mutual NDA", "sent", people.clone())).await.0, 400);
    people["signers"][0]["emailNotification"]["supportedLanguage"] = json!("da");
    let id = stand.create(stand.composite("Mutual NDA", "sent", people)).await;
    let envelope = stand.recipient_does(&id, "ann.lee@nordhavn.example", "view").await;
    assert_eq!(envelope["mails"][0]["subject"], "For Ann");
    for address in ["ann", "ann@nordhavn", "ann lee@nordhavn.example", "@nordhavn.example"] {
        let mut people = client();
        people["signers"][0]["email"] = json!(address);
        let refused = stand.refused(stand.composite("Mutual NDA", "sent", people)).await;
        assert_eq!(refused, (400, "INVALID_EMAIL_ADDRESS_FOR_RECIPIENT".to_owned()), "{address}");
    }
}

#[tokio::test]
async fn what_is_incomplete_stays_a_draft_or_is_refused() {
    let stand = Stand::new().await;
    for (template, people) in
        [("Cover letter", client()), ("Price list 2027", json!({})), ("Master services agreement", client())]
    {
        let refused = stand.refused(stand.composite(template, "sent", people.clone())).await;
        assert_eq!(refused, (400, "ENVELOPE_IS_INCOMPLETE".to_owned()), "{template}");
        let id = stand.create(stand.composite(template, "created", people)).await;
        let (status, body) = stand.put(&format!("/envelopes/{id}"), json!({ "status": "sent" })).await;
        assert_eq!((status, body["errorCode"].as_str()), (400, Some("ENVELOPE_IS_INCOMPLETE")), "{template}");
    }
}

#[tokio::test]
async fn a_transaction_id_does_not_stop_a_second_envelope_but_finds_both() {
    let stand = Stand::new().await;
    let mut definition = stand.composite("Mutual NDA", "sent", client());
    definition["transactionId"] = json!("7b0f1c52-0000-4000-8000-000000000001");
    let first = stand.create(definition.clone()).await;
    let second = stand.create(definition).await;
    assert_ne!(first, second);
    let found = stand.get("/envelopes?transaction_ids=7b0f1c52-0000-4000-8000-000000000001").await;
    assert_eq!(found["totalSetSize"], "2");
    let (status, _) = stand.call(reqwest::Method::GET, "/envelopes", None).await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn template_roles_fill_places_and_keep_root_custom_fields() {
    let stand = Stand::new().await;
    let id = stand
        .create(json!({
            "status": "sent", "templateId": stand.template("Order confirmation"), "emailSubject": "Your order",
            "templateRoles": [
                { "roleName": "Client", "name": "Ann Lee", "email": "ann.lee@nordhavn.example" },
                { "roleName": "Finance", "name": "Bo Lind", "email": "bo.lind@nordhavn.example" },
            ],
            "customFields": { "textCustomFields": [{ "name": "hs_object", "value": "0-1:5", "show": "false" }] },
        }))
        .await;
    let fields = stand.get(&format!("/envelopes/{id}/custom_fields")).await;
    assert_eq!(fields["textCustomFields"][0]["value"], "0-1:5");
}

#[tokio::test]
async fn uploaded_documents_are_read_and_rubbish_is_refused() {
    let stand = Stand::new().await;
    let base64 = |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(bytes);
    let upload = |bytes: &[u8], name: &str| -> Value {
        json!({
            "status": "sent", "emailSubject": "Your letter",
            "documents": [{ "documentId": "1", "name": name, "documentBase64": base64(bytes), "order": "1" }],
            "recipients": { "signers": [{ "recipientId": "1", "name": "Ann", "email": "ann@x.example", "routingOrder": "1",
                "tabs": { "signHereTabs": [{ "documentId": "1", "pageNumber": "1", "xPosition": "100", "yPosition": "100" }] } }] },
        })
    };
    assert_eq!(stand.refused(upload(b"no pdf", "a.pdf")).await, (400, "UNABLE_TO_LOAD_DOCUMENT".to_owned()));
    let url = stand.docusign(&format!(
        "/restapi/v2.1/accounts/{}/templates/{}/documents/1",
        stand.account(),
        stand.template("Mutual NDA")
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
    let id = stand.create(upload(&pdf, "letter.pdf")).await;
    let documents = stand.get(&format!("/envelopes/{id}/documents")).await;
    assert_eq!(documents["envelopeDocuments"][0]["pages"].as_array().map(Vec::len), Some(2));
    stand.create(upload(b"plain words", "letter.txt")).await;
}
