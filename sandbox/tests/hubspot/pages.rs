//! The CRM's pages, as a browser without scripts sees them.

use crate::{Desk, desk};

const WORKER: &str = "http://127.0.0.1:1";

async fn get(desk: &Desk, path: &str) -> (u16, String) {
    let response = desk.http.get(desk.url(path)).send().await.expect("an answer");
    (response.status().as_u16(), response.text().await.expect("text"))
}

#[tokio::test]
async fn lists_page_and_search() {
    let desk = desk(WORKER).await;
    let list = format!("/contacts/{}/objects/0-1/views", desk.portal_id());
    let (status, first) = get(&desk, &list).await;
    assert_eq!(status, 200);
    assert!(first.contains("1 to 25 of 40") && first.contains("Ann Lee") && first.contains("rel=\"next\""));
    let (_, second) = get(&desk, &format!("{list}?page=2")).await;
    assert!(second.contains("26 to 40 of 40") && !second.contains("Ann Lee"));
    let (_, found) = get(&desk, &format!("{list}?q=%CF%80%CE%B1%CF%80%CE%B1%CE%B4")).await;
    assert!(found.contains("1 to 1 of 1"));
    let (_, none) = get(&desk, &format!("{list}?q=zzz")).await;
    assert!(none.contains("Nothing here matches"));
}

#[tokio::test]
async fn the_card_says_where_to_install_and_after_it_tells_the_app_who_looks_at_what() {
    let desk = desk(WORKER).await;
    let (portal, deal) = (desk.portal_id(), desk.id("deals", "Fleet renewal 2027"));
    let path = format!("/contacts/{portal}/record/0-3/{deal}");
    let (_, before) = get(&desk, &path).await;
    assert!(before.contains("not installed in this account") && before.contains(&format!("/apps/{portal}")));
    desk.install().await;
    let rep = desk.user(1)["id"].to_string();
    let choose = format!("/session?portal={portal}&user={rep}&locale=da&back={path}");
    let chosen = desk.http.get(desk.url(&choose)).send().await.expect("an answer");
    assert_eq!(chosen.headers()["location"], path.as_str());
    let cookie = format!("sandbox_user_{portal}={rep}");
    let response = desk.http.get(desk.url(&path)).header("cookie", cookie).send().await.expect("an answer");
    let page = response.text().await.expect("text");
    for told in [
        format!("data-portal=\"{portal}\""),
        format!("data-user=\"{rep}\""),
        "data-type=\"0-3\"".to_owned(),
        format!("data-object=\"{deal}\""),
        "data-locale=\"da\"".to_owned(),
    ] {
        assert!(page.contains(&told), "{told}");
    }
}

#[tokio::test]
async fn connected_apps_leads_to_the_worker_and_takes_the_app_out_again() {
    let desk = desk(WORKER).await;
    let portal = desk.portal_id();
    let path = format!("/apps/{portal}");
    assert!(get(&desk, &path).await.1.contains(&format!("{WORKER}/oauth/hubspot/install?portalId={portal}")));
    let app = desk.install().await;
    assert!(get(&desk, &path).await.1.contains("Installed"));
    desk.http.post(desk.url(&format!("{path}/uninstall"))).send().await.expect("an answer");
    assert!(get(&desk, &path).await.1.contains(">Install<"));
    assert_eq!(app.call("GET", "/crm/owners/2026-03", None).await.0, 401);
}

#[tokio::test]
async fn a_note_with_hostile_html_is_shown_harmless() {
    let desk = desk(WORKER).await;
    let app = desk.install().await;
    let deal = desk.id("deals", "Scaffold hire");
    let note = serde_json::json!({
        "properties": { "hs_note_body": "<p>Signed</p><script>alert(1)</script><img src=x onerror=alert(2)>", "hs_timestamp": "2026-11-23T10:00:00Z" },
        "associations": [{ "to": { "id": deal }, "types": [{ "associationCategory": "HUBSPOT_DEFINED", "associationTypeId": 214 }] }],
    });
    assert_eq!(app.call("POST", "/crm/objects/2026-03/notes", Some(note)).await.0, 201);
    let (_, page) = get(&desk, &format!("/contacts/{}/record/0-3/{deal}", desk.portal_id())).await;
    assert!(
        page.contains("<p>Signed</p>alert(1)")
            && !page.contains("<script>alert")
            && !page.contains("onerror")
    );
}

#[tokio::test]
async fn values_changed_by_hand_are_checked_and_seen_by_the_app() {
    let desk = desk(WORKER).await;
    let app = desk.install().await;
    let deal = desk.id("deals", "Fleet renewal 2027");
    let path = format!("/contacts/{}/record/0-3/{deal}/properties", desk.portal_id());
    let form = [
        ("renewal_date", "2027-03-01"),
        ("services", ""),
        ("services", "advice"),
        ("services", "training"),
        ("purchase_order", ""),
    ];
    let saved = desk.http.post(desk.url(&path)).form(&form).send().await.expect("an answer");
    assert_eq!(saved.status(), 303);
    let record = app
        .get(&format!("/crm/objects/2026-03/deals/{deal}?properties=renewal_date,services,purchase_order"))
        .await;
    assert_eq!(record["properties"]["renewal_date"], "2027-03-01");
    assert_eq!(record["properties"]["services"], "advice;training");
    assert!(record["properties"]["purchase_order"].is_null());
    let refused =
        desk.http.post(desk.url(&path)).form(&[("amount", "many")]).send().await.expect("an answer");
    assert_eq!(refused.status(), 400);
    assert!(refused.text().await.expect("text").contains("not a valid number"));
}

#[tokio::test]
async fn what_is_not_there_is_said_to_people_in_words_and_to_the_app_in_json() {
    let desk = desk(WORKER).await;
    let portal = desk.portal_id();
    for path in
        [format!("/contacts/{portal}/record/0-1/1"), "/contacts/1/record/0-1/1".into(), "/nothing".into()]
    {
        let (status, page) = get(&desk, &path).await;
        assert!(status == 404 && page.contains("<h1>"), "{path}");
    }
    let (status, answer) = get(&desk, "/crm/lists/2026-03").await;
    assert!(status == 404 && answer.contains("\"category\":\"NOT_FOUND\""), "{answer}");
}

#[tokio::test]
async fn the_control_page_shows_calls_and_faults() {
    let desk = desk(WORKER).await;
    let app = desk.install().await;
    let fault = serde_json::json!({ "vendor": "hubspot", "path": "/crm/owners/*", "count": 1, "portalId": desk.portal_id().to_string(), "effect": { "status": 503 } });
    desk.http.post(desk.url("/__sandbox/faults")).json(&fault).send().await.expect("an answer");
    assert!(get(&desk, "/control").await.1.contains("/crm/owners/*"));
    assert_eq!(app.call("GET", "/crm/owners/2026-03", None).await.0, 503);
    let (_, page) = get(&desk, "/control").await;
    assert!(
        page.contains("/crm/owners/2026-03") && page.contains("503") && page.contains("/oauth/2026-03/token")
    );
}
