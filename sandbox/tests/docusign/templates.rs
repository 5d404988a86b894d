//! Templates: list, paging, detail, documents, page images.

use serde_json::json;

use crate::stand::Stand;

#[tokio::test]
async fn the_list_has_pages_and_its_numbers_are_strings() {
    let stand = Stand::new().await;
    let first = stand.get("/templates?count=25&include=folders,documents,recipients").await;
    assert_eq!((first["resultSetSize"].as_str(), first["totalSetSize"].as_str()), (Some("25"), Some("65")));
    let next = first["nextUri"].as_str().expect("a next page").to_owned();
    let second = stand.get(&next).await;
    assert_eq!(second["startPosition"], "25");
    assert_ne!(second["envelopeTemplates"][0]["templateId"], first["envelopeTemplates"][0]["templateId"]);
    let last = stand.get("/templates?count=25&start_position=50").await;
    assert_eq!(last["resultSetSize"], "15");
    assert!(last.get("nextUri").is_none());
}

#[tokio::test]
async fn a_search_of_more_than_48_characters_is_refused() {
    let stand = Stand::new().await;
    let found = stand.get("/templates?search_text=hubspot").await;
    assert_eq!(found["envelopeTemplates"][0]["name"], "Quote with HubSpot fields");
    let (status, body) =
        stand.call(reqwest::Method::GET, &format!("/templates?search_text={}", "x".repeat(49)), None).await;
    assert_eq!((status, body["errorCode"].as_str()), (400, Some("INVALID_REQUEST_PARAMETER")));
}

#[tokio::test]
async fn a_detail_has_roles_tabs_and_documents() {
    let stand = Stand::new().await;
    let id = stand.template("Quote with HubSpot fields");
    let t = stand.get(&format!("/templates/{id}?include=tabs,documents,recipients,folders")).await;
    let signer = &t["recipients"]["signers"][0];
    assert_eq!((signer["roleName"].as_str(), signer["email"].as_str()), (Some("Client"), Some("")));
    assert_eq!(signer["tabs"]["textTabs"].as_array().map(Vec::len), Some(8));
    assert_eq!(t["documents"][0]["pages"], "2");
    for part in
        ["recipients?include_tabs=true", "documents", "documents/1/tabs", "custom_fields", "notification"]
    {
        stand.get(&format!("/templates/{id}/{part}")).await;
    }
}

#[tokio::test]
async fn documents_are_pdfs_and_pages_are_pngs() {
    let stand = Stand::new().await;
    let id = stand.template("Onboarding pack");
    let base =
        stand.docusign(&format!("/restapi/v2.1/accounts/{}/templates/{id}/documents", stand.account()));
    let fetch = |path: &str| stand.http.get(format!("{base}/{path}")).bearer_auth(&stand.token).send();
    let pdf = fetch("combined").await.expect("an answer");
    assert_eq!(pdf.headers()["content-type"], "application/pdf");
    assert!(pdf.bytes().await.expect("bytes").starts_with(b"%PDF-"));
    let png =
        fetch("2/pages/3/page_image?max_width=120").await.expect("an answer").bytes().await.expect("bytes");
    assert!(png.starts_with(b"\x89PNG"));
    let missing = fetch("2/pages/4/page_image").await.expect("an answer");
    assert_eq!(missing.status(), 404);
    let pages = stand.get(&format!("/templates/{id}/documents/2/pages?dpi=72")).await;
    assert_eq!(
        (pages["pages"].as_array().map(Vec::len), pages["pages"][0]["width"].as_str()),
        (Some(3), Some("612"))
    );
}

#[tokio::test]
async fn favourites_and_folders_are_kept_per_user_and_account() {
    let stand = Stand::new().await;
    let id = stand.template("Facility lease");
    let (status, body) =
        stand.put("/favorite_templates", json!({ "favoriteTemplates": [{ "templateId": id }] })).await;
    assert_eq!((status, body["templatesUpdatedCount"].as_u64()), (200, Some(1)));
    let list = stand.get("/favorite_templates").await;
    assert_eq!(list["favoriteTemplates"].as_array().map(Vec::len), Some(2));
    let folders = stand.get("/folders?include=template_folders").await;
    let legal =
        folders["folders"].as_array().expect("a list").iter().find(|f| f["name"] == "Legal").expect("Legal");
    let in_legal =
        stand.get(&format!("/templates?folder_ids={}", legal["folderId"].as_str().unwrap_or(""))).await;
    assert_eq!(in_legal["totalSetSize"], legal["itemCount"]);
}

#[tokio::test]
async fn every_answer_tells_the_limits_and_a_trace_token() {
    let stand = Stand::new().await;
    let url = stand.docusign(&format!("/restapi/v2.1/accounts/{}/templates?count=1", stand.account()));
    let answer = stand.http.get(url).bearer_auth(&stand.token).send().await.expect("an answer");
    for name in [
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
        "x-burstlimit-limit",
        "x-burstlimit-remaining",
        "x-docusign-tracetoken",
    ] {
        assert!(answer.headers().contains_key(name), "{name}");
    }
    let mut last = 200;
    for _ in 0..210 {
        let url = stand.docusign(&format!("/restapi/v2.1/accounts/{}/folders", stand.account()));
        last =
            stand.http.get(url).bearer_auth(&stand.token).send().await.expect("an answer").status().as_u16();
        if last == 429 {
            break;
        }
    }
    assert_eq!(last, 429);
}
