//! Portals are sealed off from each other, and from who may not: every route of the app, as the wrong portal, without
//! a session, with a wrong one, and the admins' as somebody who is none.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use journeys::{
    card::Session,
    control::{Portal, call, client},
    stand::{Stand, journey},
};
use libtest_mimic::Trial;
use reqwest::Method;
use serde_json::{Value, json};

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "settings::no_route_opens_without_the_right_session", strangers),
        journey(stand, "settings::no_admin_route_opens_to_others", others),
        journey(stand, "settings::one_portals_settings_are_not_anothers", two_portals),
        journey(stand, "settings::one_portals_ids_open_nothing_in_another", foreign_ids),
    ]
}

/// Every route below `/api` but the one that opens sessions.
const ROUTES: &[(&str, &str)] = &[
    ("GET", "/api/panel"),
    ("GET", "/api/templates"),
    ("GET", "/api/folders"),
    ("GET", "/api/templates/t/documents/1/pages"),
    ("GET", "/api/templates/t/documents/1/pages/1?width=612"),
    ("GET", "/api/compose?template=t"),
    ("PUT", "/api/drafts/2f1c6a52-97a1-4f0c-8a39-0c8f1a7c5b11"),
    ("GET", "/api/drafts/2f1c6a52-97a1-4f0c-8a39-0c8f1a7c5b11"),
    ("DELETE", "/api/drafts/2f1c6a52-97a1-4f0c-8a39-0c8f1a7c5b11"),
    ("POST", "/api/drafts/2f1c6a52-97a1-4f0c-8a39-0c8f1a7c5b11/continue"),
    ("PUT", "/api/templates/t/favorite"),
    ("DELETE", "/api/templates/t/favorite"),
    ("POST", "/api/drafts/2f1c6a52-97a1-4f0c-8a39-0c8f1a7c5b11/documents"),
    ("PUT", "/api/drafts/2f1c6a52-97a1-4f0c-8a39-0c8f1a7c5b11/documents?name=a.pdf"),
    ("PUT", "/api/drafts/2f1c6a52-97a1-4f0c-8a39-0c8f1a7c5b11/documents/order"),
    ("DELETE", "/api/drafts/2f1c6a52-97a1-4f0c-8a39-0c8f1a7c5b11/documents/1"),
    ("GET", "/api/drafts/2f1c6a52-97a1-4f0c-8a39-0c8f1a7c5b11/documents/1/pages"),
    ("GET", "/api/drafts/2f1c6a52-97a1-4f0c-8a39-0c8f1a7c5b11/documents/1/pages/1?width=612"),
    ("GET", "/api/envelopes/2f1c6a52-97a1-4f0c-8a39-0c8f1a7c5b11"),
    ("POST", "/api/envelopes/2f1c6a52-97a1-4f0c-8a39-0c8f1a7c5b11/remind"),
    ("POST", "/api/envelopes/2f1c6a52-97a1-4f0c-8a39-0c8f1a7c5b11/correct"),
    ("POST", "/api/envelopes/2f1c6a52-97a1-4f0c-8a39-0c8f1a7c5b11/void"),
    ("GET", "/api/envelopes/2f1c6a52-97a1-4f0c-8a39-0c8f1a7c5b11/audit"),
    ("GET", "/api/envelopes/2f1c6a52-97a1-4f0c-8a39-0c8f1a7c5b11/documents"),
    ("GET", "/api/envelopes/2f1c6a52-97a1-4f0c-8a39-0c8f1a7c5b11/documents/combined"),
    ("GET", "/api/contacts?q=a"),
    ("POST", "/api/connect"),
    ("POST", "/api/envelopes"),
    ("GET", "/api/settings"),
    ("POST", "/api/settings/check"),
    ("PUT", "/api/settings/account"),
    ("DELETE", "/api/settings/connections/me"),
    ("PUT", "/api/settings/language"),
];

const ADMIN_ROUTES: &[(&str, &str)] = &[
    ("DELETE", "/api/settings/connections/1"),
    ("GET", "/api/settings/users"),
    ("PUT", "/api/settings/automation"),
    ("PUT", "/api/settings/preferences"),
    ("GET", "/api/settings/keys"),
    ("PUT", "/api/settings/keys/2f1c6a52-97a1-4f0c-8a39-0c8f1a7c5b11"),
    ("DELETE", "/api/settings/keys/2f1c6a52-97a1-4f0c-8a39-0c8f1a7c5b11"),
    ("GET", "/api/settings/mappings"),
    ("PUT", "/api/settings/mappings"),
    ("DELETE", "/api/settings/mappings?version=0"),
    ("GET", "/api/settings/mappings/export"),
    ("POST", "/api/settings/mappings/import?version=0"),
    ("POST", "/api/settings/mappings/try"),
    ("GET", "/api/settings/fields"),
    ("GET", "/api/settings/properties?object=deal"),
    ("GET", "/api/settings/hs-fields"),
    ("POST", "/api/settings/hs-fields"),
    ("GET", "/api/settings/uninstall"),
    ("POST", "/api/settings/uninstall"),
    ("GET", "/api/settings/audit"),
    ("GET", "/api/settings/audit.csv"),
];

/// A body that each route would read.
fn body(method: &str, path: &str) -> Option<Value> {
    let path = path.split('?').next().unwrap_or(path);
    if !matches!(method, "PUT" | "POST") {
        return None;
    }
    Some(match path {
        "/api/settings/account" => json!({ "account_id": "a" }),
        "/api/settings/language" => json!({ "language": "da" }),
        "/api/settings/automation" => json!({ "user": null }),
        "/api/settings/preferences" => json!({ "version": 0, "preferences": {} }),
        "/api/settings/mappings" => json!({ "version": 0, "mappings": [] }),
        "/api/settings/mappings/try" => json!({ "record": "0-3:1", "templates": ["t"] }),
        "/api/settings/hs-fields" => json!({}),
        "/api/settings/uninstall" => json!({ "confirm": "1" }),
        path if path.starts_with("/api/settings/keys/") => json!({ "label": "x" }),
        path if path.ends_with("/continue") => Value::Null,
        path if path.ends_with("/order") => json!({ "ids": [] }),
        path if path.ends_with("/documents") => Value::Null,
        path if path.ends_with("/void") => json!({ "reason": "x" }),
        path if path.ends_with("/remind") => json!({ "recipients": [] }),
        path if path.ends_with("/correct") => json!({ "recipients": [] }),
        path if path.starts_with("/api/drafts/") => json!({ "version": 0, "step": "recipients",
            "draft": { "template_id": "t", "rows": [], "subject": "", "message": "" } }),
        "/api/envelopes" => {
            json!({ "draft": { "template_id": "t", "rows": [], "subject": "", "message": "" } })
        }
        _ => Value::Null,
    })
}

async fn try_all(
    worker: &str,
    bearer: Option<&str>,
    routes: &[(&str, &str)],
) -> Result<Vec<(String, u16, String)>> {
    let mut outcomes = Vec::new();
    for (method, path) in routes {
        let mut request = client().request(Method::from_bytes(method.as_bytes())?, format!("{worker}{path}"));
        request = request.header("Idempotency-Key", uuid::Uuid::new_v4().to_string());
        if let Some(bearer) = bearer {
            request = request.bearer_auth(bearer);
        }
        if let Some(body) = body(method, path) {
            request = request.json(&body);
        }
        let answer = call(request).await?;
        outcomes.push((format!("{method} {path}"), answer.status, answer.code().to_owned()));
    }
    Ok(outcomes)
}

async fn strangers(stand: Arc<Stand>) -> Result<()> {
    let (ours, theirs) = (Portal::connected(&stand).await?, Portal::connected(&stand).await?);
    let session = ours.settings(&ours.rep()).await?;
    let secret = session.token.split_once('.').map(|(_, secret)| secret.to_owned()).context("no portal")?;
    let gone = format!("{}.{}", ours.id, "x".repeat(43));
    let all: Vec<(&str, &str)> = ROUTES.iter().chain(ADMIN_ROUTES).copied().collect();
    for bearer in
        [None, Some(""), Some("nonsense"), Some(&gone), Some(&format!("{}.{secret}", theirs.id)), Some("0.x")]
    {
        for (route, status, code) in try_all(&stand.worker, bearer.map(|b| b as &str), &all).await? {
            ensure!(status == 401 && code == "unauthorized", "{route} with {bearer:?}: {status} {code}");
        }
    }
    // The session itself is still good: it was the portal that was wrong.
    session.get("/api/settings").await?.ok()?;
    Ok(())
}

async fn others(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let rep = portal.settings(&portal.user(1)).await?;
    for (route, status, code) in try_all(&stand.worker, Some(&rep.token), ADMIN_ROUTES).await? {
        ensure!(status == 403 && code == "not-admin", "{route} to no admin: {status} {code}");
    }
    // An admin's session of a record opens none of them either.
    let panel = portal.session("0-3", &portal.deal()?).await?;
    let settings: Vec<(&str, &str)> = ROUTES
        .iter()
        .chain(ADMIN_ROUTES)
        .copied()
        .filter(|(_, path)| path.starts_with("/api/settings"))
        .collect();
    for (route, status, code) in try_all(&stand.worker, Some(&panel.token), &settings).await? {
        ensure!(status == 404 && code == "not-found", "{route} to a session of a record: {status} {code}");
    }
    Ok(())
}

async fn key_count(session: &Session) -> Result<usize> {
    let keys = session.get("/api/settings/keys").await?.ok()?;
    Ok(keys["keys"].as_array().context("no keys")?.len())
}

async fn two_portals(stand: Arc<Stand>) -> Result<()> {
    let (ours, theirs) = (Portal::connected(&stand).await?, Portal::connected(&stand).await?);
    let (us, them) = (ours.settings(&ours.rep()).await?, theirs.settings(&theirs.rep()).await?);
    let id = uuid::Uuid::new_v4();
    us.say(Method::PUT, &format!("/api/settings/keys/{id}"), Some(&json!({ "label": "Ours" })))
        .await?
        .ok()?;
    us.say(Method::PUT, "/api/settings/mappings", Some(&json!({ "version": 0, "mappings": [] })))
        .await?
        .ok()?;
    ensure!(key_count(&us).await? == 1 && key_count(&them).await? == 0, "a key is in the other portal");
    them.say(Method::DELETE, &format!("/api/settings/keys/{id}"), None).await?.ok()?;
    ensure!(key_count(&us).await? == 1, "a key was removed from the other portal");
    let mappings = them.get("/api/settings/mappings").await?.ok()?;
    ensure!(mappings["version"] == 0 && mappings["default"] == true, "{mappings}");
    let users = them.get("/api/settings/users").await?.ok()?;
    ensure!(users["total"] == 1, "{users}");
    // What we uninstall is ours alone.
    us.post("/api/settings/uninstall", &json!({ "confirm": ours.id })).await?.ok()?;
    them.get("/api/settings").await?.ok()?;
    them.get("/api/templates").await?.ok()?;
    Ok(())
}

const SAMPLE_ID: &str = "2f1c6a52-97a1-4f0c-8a39-0c8f1a7c5b11";

/// Every route that names a draft, an envelope, a key or a template, asked in one portal for another's.
async fn foreign_ids(stand: Arc<Stand>) -> Result<()> {
    let (ours, theirs) = (Portal::connected(&stand).await?, Portal::connected(&stand).await?);
    let us = ours.settings(&ours.rep()).await?;
    let panel = ours.session("0-3", &ours.deal()?).await?;
    let template = ours.template("Mutual NDA")?;
    let draft = panel.draft(&template).await?;
    let saved = uuid::Uuid::new_v4().to_string();
    panel.save(&saved, &draft, 0).await?.ok()?;
    let sent = panel.send(&uuid::Uuid::new_v4().to_string(), &draft).await?.ok()?;
    let envelope = sent.pointer("/envelope/id").and_then(Value::as_str).context("no envelope")?.to_owned();
    let key = uuid::Uuid::new_v4().to_string();
    us.put(&format!("/api/settings/keys/{key}"), &json!({ "label": "Ours" })).await?.ok()?;
    let before = panel.get(&format!("/api/drafts/{saved}")).await?.ok()?;

    // Their deal may have the same number as ours: records are counted in each portal.
    let (them, their_panel) =
        (theirs.settings(&theirs.rep()).await?, theirs.session("0-3", &theirs.deal()?).await?);
    let marks = [format!("portal-{}", ours.id), ours.account.clone(), envelope.clone()];
    let routes = ROUTES
        .iter()
        .chain(ADMIN_ROUTES)
        .filter(|(_, path)| [SAMPLE_ID, "/t/", "=t"].iter().any(|id| path.contains(id)));
    for (method, path) in routes {
        let (session, id) = match path {
            path if path.starts_with("/api/settings/keys/") => (&them, &key),
            path if path.starts_with("/api/envelopes/") => (&their_panel, &envelope),
            _ => (&their_panel, &saved),
        };
        let asked = path
            .replace(SAMPLE_ID, id)
            .replace("/t/", &format!("/{template}/"))
            .replace("template=t", &format!("template={template}"));
        let verb = Method::from_bytes(method.as_bytes())?;
        let mut request = client()
            .request(verb, format!("{}{asked}", stand.worker))
            .bearer_auth(&session.token)
            .header("Idempotency-Key", uuid::Uuid::new_v4().to_string());
        if let Some(body) = body(method, path) {
            request = request.json(&body);
        }
        let answer = call(request).await?;
        // Under an id that is free in their portal, they may have something of their own.
        let own = path.ends_with("/favorite")
            || (*method == "PUT" && !path.contains("/documents"))
            || (*method == "DELETE" && path.starts_with("/api/settings/keys/"))
            || (*method == "DELETE" && *path == format!("/api/drafts/{SAMPLE_ID}"));
        ensure!(
            own || (400..500).contains(&answer.status),
            "{method} {asked}: {} {}",
            answer.status,
            answer.body
        );
        let told = answer.body.to_string();
        ensure!(!marks.iter().any(|mark| told.contains(mark)), "{method} {asked} tells: {told}");
    }
    // Ours is as it was.
    let after = panel.get(&format!("/api/drafts/{saved}")).await?.ok()?;
    ensure!(after["draft"] == before["draft"] && after["version"] == before["version"], "{after}");
    let list = panel.get("/api/panel").await?.ok()?;
    let there = list.pointer("/envelopes/0").context("the envelope is gone")?;
    ensure!(there["id"] == json!(envelope) && there["status"] != "voided", "{there}");
    ensure!(key_count(&us).await? == 1, "the key is gone");
    Ok(())
}
