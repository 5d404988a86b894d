//! Records, search, associations, properties, files: with what is odd about them.

use serde_json::{Value, json};

use crate::desk;

const WORKER: &str = "http://127.0.0.1:1";

#[tokio::test]
async fn reading_gives_null_for_empty_and_nothing_for_unknown_properties() {
    let desk = desk(WORKER).await;
    let app = desk.install().await;
    let deal = desk.id("deals", "Fleet renewal 2027");
    let path = format!(
        "/crm/objects/2026-03/deals/{deal}?properties=dealname,renewal_date,no_such&associations=contacts,companies"
    );
    let record = app.get(&path).await;
    assert_eq!(record["properties"]["dealname"], "Fleet renewal 2027");
    let properties = record["properties"].as_object().expect("an object");
    assert_eq!(properties.get("renewal_date"), Some(&Value::Null));
    assert!(!properties.contains_key("no_such") && properties.contains_key("hs_object_id"));
    assert_eq!(record["associations"]["contacts"]["results"].as_array().map(Vec::len), Some(3));
    // The primary company is listed under both of its types.
    let companies = record["associations"]["companies"]["results"].as_array().expect("a list");
    assert_eq!(companies.len(), 2);
    assert_eq!(companies[0]["id"], companies[1]["id"]);
}

#[tokio::test]
async fn a_record_without_associations_has_no_such_field() {
    let desk = desk(WORKER).await;
    let app = desk.install().await;
    let deal = desk.id("deals", "Cold storage pilot");
    let record = app.get(&format!("/crm/objects/2026-03/0-3/{deal}?associations=contacts,companies")).await;
    assert_eq!(record.get("associations"), None);
}

#[tokio::test]
async fn a_contact_is_found_by_its_address_and_another_portals_record_is_not_there() {
    let desk = desk(WORKER).await;
    let app = desk.install().await;
    let record = app.get("/crm/objects/2026-03/contacts/ann.lee%40nordhavn.example?idProperty=email").await;
    assert_eq!(record["id"], desk.id("contacts", "Ann Lee"));
    // 101 is a company of each sample portal; this portal counts elsewhere.
    let (status, answer) = app.call("GET", "/crm/objects/2026-03/companies/101", None).await;
    assert_eq!((status, answer["category"].as_str()), (404, Some("OBJECT_NOT_FOUND")));
}

#[tokio::test]
async fn search_finds_beginnings_of_words_and_pages() {
    let desk = desk(WORKER).await;
    let app = desk.install().await;
    desk.advance(10).await;
    let search = |body: Value| app.call("POST", "/crm/objects/2026-03/contacts/search", Some(body));
    let page = |after: &str| json!({ "query": "nordhavn", "limit": 5, "after": after, "properties": ["email"], "filterGroups": [], "sorts": [] });
    let (_, first) = search(page("0")).await;
    assert_eq!(
        (first["total"].as_u64(), first["results"].as_array().map(Vec::len)),
        (Some(8), Some(5)),
        "{first}"
    );
    let (_, second) = search(page(first["paging"]["next"]["after"].as_str().expect("a cursor"))).await;
    assert_eq!((second["results"].as_array().map(Vec::len), second.get("paging")), (Some(3), None));
    let (_, greek) = search(json!({ "query": "παπ" })).await;
    assert_eq!(greek["total"], 1);
    let (_, with_mail) = search(json!({ "limit": 100, "filterGroups": [{ "filters": [{ "propertyName": "email", "operator": "HAS_PROPERTY" }] }] })).await;
    assert_eq!(with_mail["total"], 39);
}

#[tokio::test]
async fn search_refuses_a_sixth_call_in_a_second_without_rate_headers() {
    let desk = desk(WORKER).await;
    let app = desk.install().await;
    let search = || app.raw("POST", "/crm/objects/2026-03/deals/search", Some(json!({})));
    let answers = futures_util::future::join_all((0..6).map(|_| search())).await;
    assert!(answers.iter().all(|answer| !answer.headers().contains_key("x-hubspot-ratelimit-remaining")));
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status().as_u16()).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 1, "{statuses:?}");
    desk.advance(2).await;
    let (status, _) = app.call("POST", "/crm/objects/2026-03/deals/search", Some(json!({}))).await;
    assert_eq!(status, 200);
}

#[tokio::test]
async fn the_hundred_and_eleventh_call_in_ten_seconds_is_refused_without_a_category() {
    let desk = desk(WORKER).await;
    let app = desk.install().await;
    let response = app.raw("GET", "/crm/owners/2026-03", None).await;
    assert_eq!(response.headers()["x-hubspot-ratelimit-max"], "110");
    assert_eq!(response.headers()["x-hubspot-ratelimit-remaining"], "109");
    for _ in 0..109 {
        app.get("/crm/owners/2026-03?limit=1").await;
    }
    let (status, answer) = app.call("GET", "/crm/owners/2026-03", None).await;
    assert_eq!((status, answer["policyName"].as_str()), (429, Some("TEN_SECONDLY_ROLLING")));
    assert_eq!(answer.get("category"), None);
}

#[tokio::test]
async fn a_new_record_cannot_be_found_at_once() {
    let desk = desk(WORKER).await;
    let app = desk.install().await;
    let new = json!({ "properties": { "firstname": "Quirin", "email": "Quirin@Late.example" }, "associations": [] });
    let (status, made) = app.call("POST", "/crm/objects/2026-03/contacts", Some(new.clone())).await;
    assert_eq!((status, made["properties"]["email"].as_str()), (201, Some("quirin@late.example")));
    let search =
        || app.call("POST", "/crm/objects/2026-03/contacts/search", Some(json!({ "query": "quirin" })));
    assert_eq!(search().await.1["total"], 0);
    desk.advance(5).await;
    assert_eq!(search().await.1["total"], 1);
    let (status, answer) = app.call("POST", "/crm/objects/2026-03/contacts", Some(new)).await;
    let expected = format!("Contact already exists. Existing ID: {}", made["id"].as_str().expect("an id"));
    assert_eq!((status, answer["message"].as_str()), (409, Some(expected.as_str())));
}

#[tokio::test]
async fn writes_are_checked_against_the_definitions() {
    let desk = desk(WORKER).await;
    let app = desk.install().await;
    let path = format!("/crm/objects/2026-03/deals/{}", desk.id("deals", "Fleet renewal 2027"));
    for (name, value, code) in [
        ("no_such", "1", "PROPERTY_DOESNT_EXIST"),
        ("hs_object_id", "1", "READ_ONLY_VALUE"),
        ("num_associated_contacts", "1", "READ_ONLY_VALUE"),
        ("amount", "many", "INVALID_LONG"),
        ("payment_terms", "never", "INVALID_OPTION"),
        ("auto_renews", "yes", "INVALID_OPTION"),
        ("renewal_date", "1790000000001", "INVALID_DATE"),
        ("hubspot_owner_id", "5", "INVALID_OWNER_ID"),
    ] {
        let (status, answer) = app.call("PATCH", &path, Some(json!({ "properties": { name: value } }))).await;
        assert_eq!((status, answer["errors"][0]["code"].as_str()), (400, Some(code)), "{answer}");
    }
    let changes = json!({ "properties": { "renewal_date": "2027-03-01", "services": "advice;training", "purchase_order": "" } });
    let (status, answer) = app.call("PATCH", &path, Some(changes)).await;
    assert_eq!((status, answer["properties"]["renewal_date"].as_str()), (200, Some("2027-03-01")));
    assert_eq!(answer["properties"]["purchase_order"], Value::Null);
}

#[tokio::test]
async fn batches_answer_207_for_what_is_missing_and_refuse_more_than_a_hundred() {
    let desk = desk(WORKER).await;
    let app = desk.install().await;
    let ann = desk.id("contacts", "Ann Lee");
    let inputs = json!([{ "id": ann }, { "id": "999999" }]);
    let (status, answer) = app
        .call(
            "POST",
            "/crm/objects/2026-03/contacts/batch/read",
            Some(json!({ "inputs": inputs, "properties": ["email"], "propertiesWithHistory": [] })),
        )
        .await;
    assert_eq!((status, answer["numErrors"].as_u64()), (207, Some(1)));
    assert_eq!(answer["results"][0]["properties"]["email"], "ann.lee@nordhavn.example");
    let many: Vec<Value> = (0..101).map(|n| json!({ "id": n.to_string(), "properties": {} })).collect();
    let (status, _) =
        app.call("POST", "/crm/objects/2026-03/contacts/batch/update", Some(json!({ "inputs": many }))).await;
    assert_eq!(status, 400);
    let change = json!({ "inputs": [{ "id": ann, "properties": { "jobtitle": "CEO" } }] });
    let (status, answer) = app.call("POST", "/crm/objects/2026-03/contacts/batch/update", Some(change)).await;
    assert_eq!((status, answer["results"][0]["properties"]["jobtitle"].as_str()), (200, Some("CEO")));
}

#[tokio::test]
async fn associations_carry_labels_and_a_lonely_record_is_an_error_in_the_batch() {
    let desk = desk(WORKER).await;
    let app = desk.install().await;
    let (fleet, cold) = (desk.id("deals", "Fleet renewal 2027"), desk.id("deals", "Cold storage pilot"));
    let list = app.get(&format!("/crm/objects/2026-03/deals/{fleet}/associations/companies")).await;
    let types = &list["results"][0]["associationTypes"];
    assert_eq!(types[0], json!({ "category": "HUBSPOT_DEFINED", "typeId": 5, "label": "Primary" }));
    assert_eq!(types[1], json!({ "category": "HUBSPOT_DEFINED", "typeId": 341 }));
    let (status, answer) = app
        .call(
            "POST",
            "/crm/associations/2026-03/deals/contacts/batch/read",
            Some(json!({ "inputs": [{ "id": fleet }, { "id": cold }] })),
        )
        .await;
    assert_eq!(status, 207);
    assert_eq!(answer["results"][0]["to"].as_array().map(Vec::len), Some(3));
    assert_eq!(answer["errors"][0]["subCategory"], "crm.associations.NO_ASSOCIATIONS_FOUND");
    let ann = app
        .get(&format!(
            "/crm/objects/2026-03/contacts/{}?associations=companies",
            desk.id("contacts", "Ann Lee")
        ))
        .await;
    // Two companies, of which the primary one counts twice.
    assert_eq!(ann["associations"]["companies"]["results"].as_array().map(Vec::len), Some(3));
}

#[tokio::test]
async fn a_note_needs_a_time_and_hangs_on_the_record_it_is_associated_with() {
    let desk = desk(WORKER).await;
    let app = desk.install().await;
    let deal = desk.id("deals", "Site office extension");
    let link = json!([{ "to": { "id": deal }, "types": [{ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 214 }] }]);
    let without = json!({ "properties": { "hs_note_body": "x" }, "associations": link });
    assert_eq!(app.call("POST", "/crm/objects/2026-03/notes", Some(without)).await.0, 400);
    let note = json!({ "properties": { "hs_note_body": "<p>Signed</p>", "hs_timestamp": "2026-11-23T10:00:00Z" }, "associations": link });
    let (status, made) = app.call("POST", "/crm/objects/2026-03/notes", Some(note)).await;
    assert_eq!(status, 201, "{made}");
    let id = made["id"].as_str().expect("an id");
    let contact = desk.id("contacts", "Søren Ægidius-Ågård");
    let path = format!("/crm/objects/2026-03/notes/{id}/associations/default/contacts/{contact}");
    assert_eq!(app.call("PUT", &path, None).await.0, 200);
    let notes = app.get(&format!("/crm/objects/2026-03/contacts/{contact}/associations/notes")).await;
    assert_eq!(notes["results"][0]["toObjectId"], id);
}

#[tokio::test]
async fn properties_can_be_listed_and_made_once() {
    let desk = desk(WORKER).await;
    let app = desk.install().await;
    let list = app.get("/crm/properties/2026-03/contacts").await;
    let names: Vec<&str> =
        list["results"].as_array().expect("a list").iter().filter_map(|p| p["name"].as_str()).collect();
    assert!(
        names.contains(&"email") && !names.contains(&"national_id"),
        "sensitive ones need to be asked for: {names:?}"
    );
    let group = json!({ "name": "docusign", "label": "DocuSign" });
    assert_eq!(app.call("POST", "/crm/properties/2026-03/deals/groups", Some(group)).await.0, 201);
    let property = json!({
        "name": "docusign_envelope_status", "label": "DocuSign status", "type": "enumeration", "fieldType": "select", "groupName": "docusign",
        "options": [{ "label": "Sent", "value": "sent", "displayOrder": 0, "hidden": false }],
    });
    assert_eq!(app.call("POST", "/crm/properties/2026-03/deals", Some(property.clone())).await.0, 201);
    assert_eq!(app.call("POST", "/crm/properties/2026-03/deals", Some(property)).await.0, 409);
    let path = format!("/crm/objects/2026-03/deals/{}", desk.id("deals", "Fleet renewal 2027"));
    let change = json!({ "properties": { "docusign_envelope_status": "sent" } });
    assert_eq!(app.call("PATCH", &path, Some(change)).await.0, 200);
}

#[tokio::test]
async fn owners_map_to_users_and_users_say_who_is_super_admin() {
    let desk = desk(WORKER).await;
    let app = desk.install().await;
    let owners = app.get("/crm/owners/2026-03?limit=100").await;
    let owners = owners["results"].as_array().expect("a list");
    assert_eq!(owners.len(), 5);
    assert!(owners.iter().any(|owner| owner["type"] == "QUEUE" && owner.get("userId").is_none()));
    let archived = app.get("/crm/owners/2026-03?archived=true").await;
    assert_eq!(archived["results"][0].get("userId"), None);
    for (n, admin) in [(0, true), (1, false)] {
        let user = app.get(&format!("/settings/users/2026-03/{}", desk.user(n)["id"])).await;
        assert_eq!(user["superAdmin"], admin);
    }
}

#[tokio::test]
async fn a_private_file_opens_with_a_signed_link_until_it_expires() {
    let desk = desk(WORKER).await;
    let app = desk.install().await;
    let boundary = "sandboundary";
    let part = |name: &str, more: &str, value: &str| {
        format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{value}\r\n")
    };
    let form = [
        part("file", "; filename=\"NDA, signed.pdf\"\r\nContent-Type: application/pdf", "%PDF-1.7 pretend"),
        part("folderPath", "", "/docusign"),
        part("options", "", r#"{"access":"PRIVATE"}"#),
        format!("--{boundary}--\r\n"),
    ]
    .concat();
    let response = desk
        .http
        .post(desk.url("/files/2026-03/files"))
        .bearer_auth(&app.token)
        .header("content-type", format!("multipart/form-data; boundary={boundary}"))
        .body(form)
        .send()
        .await
        .expect("an answer");
    assert_eq!(response.status(), 201);
    let file: Value = response.json().await.expect("JSON");
    assert_eq!((file["access"].as_str(), file["extension"].as_str()), (Some("PRIVATE"), Some("pdf")));
    let open = async |url: &str| desk.http.get(url).send().await.expect("an answer").status().as_u16();
    assert_eq!(open(file["url"].as_str().expect("a URL")).await, 403);
    let id = file["id"].as_str().expect("an id");
    let signed = app.get(&format!("/files/2026-03/files/{id}/signed-url?expirationSeconds=60")).await;
    let link = signed["url"].as_str().expect("a URL");
    assert_eq!(open(link).await, 200);
    desk.advance(61).await;
    assert_eq!(open(link).await, 403);
    assert_eq!(app.raw("DELETE", &format!("/files/2026-03/files/{id}"), None).await.status(), 204);
}

#[tokio::test]
async fn an_event_occurrence_is_taken_once() {
    let desk = desk(WORKER).await;
    let app = desk.install().await;
    let event = json!({ "eventTypeName": "docusign_envelope_sent", "id": "e1:sent", "properties": { "envelopeId": "e1" } });
    let post = || app.call("POST", "/integrators/timeline/2026-03/events", Some(event.clone()));
    assert_eq!(post().await.0, 201);
    assert_eq!(post().await.0, 409);
}
