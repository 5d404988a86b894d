//! Several templates in one envelope, and recipients of the rarer kinds.

use base64::Engine as _;
use serde_json::{Value, json};

use crate::stand::Stand;

fn composite(stand: &Stand, template: &str, recipients: Value) -> Value {
    json!({
        "serverTemplates": [{ "sequence": "1", "templateId": stand.template(template) }],
        "inlineTemplates": [{ "sequence": "2", "recipients": recipients }],
    })
}

#[tokio::test]
async fn a_role_of_two_templates_becomes_one_recipient_with_the_fields_of_both() {
    let stand = Stand::new().await;
    let tenant = json!({ "signers": [{ "recipientId": "1", "roleName": "Tenant", "name": "Ann Lee", "email": "ann@x.example", "routingOrder": "1", "excludedDocuments": [] }] });
    for (n, second) in [tenant.clone(), json!({})].into_iter().enumerate() {
        let id = stand.create(json!({ "status": "created", "emailSubject": "Your flat", "compositeTemplates": [
            composite(&stand, "Tenancy agreement", tenant.clone()), composite(&stand, "House rules", second) ] })).await;
        let all = stand.get(&format!("/envelopes/{id}/recipients?include_tabs=true")).await;
        assert_eq!(all["recipientCount"], "2", "{n}");
        let signers = all["signers"].as_array().expect("signers");
        let ann = signers.iter().find(|r| r["name"] == "Ann Lee").expect("Ann");
        assert_eq!(ann["tabs"]["signHereTabs"].as_array().map(Vec::len), Some(2), "{n}");
        let documents = stand.get(&format!("/envelopes/{id}/documents")).await;
        let ids: Vec<&Value> = documents["envelopeDocuments"]
            .as_array()
            .expect("documents")
            .iter()
            .map(|d| &d["documentId"])
            .collect();
        assert!(
            ids.len() == 2
                && ann["tabs"]["signHereTabs"]
                    .as_array()
                    .expect("tabs")
                    .iter()
                    .all(|t| ids.contains(&&t["documentId"]))
        );
    }
}

#[tokio::test]
async fn a_composite_brings_an_uploaded_document_with_anchored_tabs() {
    let stand = Stand::new().await;
    let text = base64::engine::general_purpose::STANDARD.encode("Dear tenant,\n\n/sign-here/\n");
    let id = stand.create(json!({ "status": "sent", "emailSubject": "Your flat", "compositeTemplates": [
        composite(&stand, "House rules", json!({ "signers": [{ "recipientId": "1", "roleName": "Tenant", "name": "Ann Lee", "email": "ann@x.example", "routingOrder": "1" }] })),
        { "document": { "documentId": "1", "name": "letter.txt", "fileExtension": "txt", "documentBase64": text },
          "inlineTemplates": [{ "sequence": "1", "recipients": { "signers": [{ "recipientId": "1", "name": "Ann Lee", "email": "ann@x.example", "routingOrder": "1",
              "tabs": { "signHereTabs": [{ "tabLabel": "here", "anchorString": "/sign-here/", "anchorYOffset": "-4" }] } }] } }] },
    ] })).await;
    let documents = stand.get(&format!("/envelopes/{id}/documents")).await;
    assert_eq!(documents["envelopeDocuments"][1]["name"], "letter.txt");
    let all = stand.get(&format!("/envelopes/{id}/recipients?include_tabs=true")).await;
    assert_eq!(all["recipientCount"], "1");
    let tabs = all["signers"][0]["tabs"]["signHereTabs"].as_array().expect("tabs");
    let anchored = tabs.iter().find(|t| t["tabLabel"] == "here").expect("the anchored one");
    assert_eq!(anchored["documentId"], documents["envelopeDocuments"][1]["documentId"]);
    assert_eq!(anchored["pageNumber"], "1");
}

#[tokio::test]
async fn a_witness_follows_its_signer_whatever_the_ids_become() {
    let stand = Stand::new().await;
    let people = json!({
        "signers": [{ "recipientId": "11", "roleName": "Donor", "name": "Dan", "email": "dan@x.example", "routingOrder": "1" },
                    { "recipientId": "13", "roleName": "Recipient of the gift", "name": "Ray", "email": "ray@x.example", "routingOrder": "2" }],
        "witnesses": [{ "recipientId": "12", "roleName": "Witness of the donor", "witnessFor": "11", "name": "Wim", "email": "wim@x.example", "routingOrder": "1" }],
    });
    let id = stand.create(stand.composite("Deed with a witness", "sent", people)).await;
    let all = stand.get(&format!("/envelopes/{id}/recipients")).await;
    let donor = all["signers"].as_array().expect("signers").iter().find(|r| r["name"] == "Dan").expect("Dan");
    assert_eq!(all["witnesses"][0]["witnessFor"], donor["recipientId"]);
    assert_eq!(all["witnesses"][0]["witnessForGuid"], donor["recipientIdGuid"]);
    assert_eq!(
        (donor["status"].as_str(), all["witnesses"][0]["status"].as_str()),
        (Some("sent"), Some("created"))
    );
    stand.recipient_does(&id, "Donor", "sign").await;
    stand.recipient_does(&id, "wim@x.example", "sign").await;
    assert_eq!(stand.recipient_does(&id, "ray@x.example", "sign").await["status"], "completed");
}

#[tokio::test]
async fn in_person_signers_and_the_other_kinds_are_filled_over_their_places() {
    let stand = Stand::new().await;
    let people = json!({
        "inPersonSigners": [{ "recipientId": "1", "roleName": "Customer on site", "hostName": "Hal Host", "hostEmail": "hal@x.example", "signerName": "Sue Site", "routingOrder": "1" }],
        "carbonCopies": [{ "recipientId": "2", "roleName": "Back office", "name": "Bo", "email": "bo@x.example", "routingOrder": "2" }],
        "certifiedDeliveries": [{ "recipientId": "3", "name": "Cy", "email": "cy@x.example", "routingOrder": "2", "note": "Keep this" }],
    });
    let id = stand.create(stand.composite("Handover in person", "sent", people)).await;
    let all = stand.get(&format!("/envelopes/{id}/recipients")).await;
    assert_eq!(
        (all["recipientCount"].as_str(), all["inPersonSigners"][0]["hostEmail"].as_str()),
        (Some("3"), Some("hal@x.example"))
    );
    stand.recipient_does(&id, "hal@x.example", "sign").await;
    assert_eq!(stand.recipient_does(&id, "cy@x.example", "view").await["status"], "completed");
}
