//! Mappings and custom fields without a browser: what they do, and what is refused of them.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use journeys::{
    control::{Portal, text},
    robot::Robot,
    settings::{admin, at, list, mappings, refused, save_mappings},
    stand::{Stand, journey},
};
use libtest_mimic::Trial;
use reqwest::Method;
use serde_json::{Value, json};

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "settings::a_mapping_fills_a_field_from_the_company_of_a_deal", mapped),
        journey(stand, "settings::two_admins_who_save_at_once_do_not_overwrite_each_other", conflict),
        journey(stand, "settings::a_mapping_that_cannot_work_is_refused_with_the_reason", refused_mappings),
        journey(stand, "settings::mappings_leave_and_come_back_as_a_file", file),
        journey(stand, "settings::hubspot_fields_are_made_once_and_nothing_is_deleted", hs_fields),
        journey(stand, "settings::without_the_right_no_field_is_made_and_all_else_works", no_right),
    ]
}

const QUOTE: &str = "Quote with HubSpot fields";

async fn mapped(stand: Arc<Stand>) -> Result<()> {
    let (portal, session) = admin(&stand).await?;
    let (version, mut all) = mappings(&session).await?;
    let record = format!("0-3:{}", portal.deal()?);
    let tried = |mappings: Value| {
        let body = json!({ "record": record, "templates": [portal.template(QUOTE).unwrap_or_default()],
            "mappings": mappings });
        let session = session.clone();
        async move { session.post("/api/settings/mappings/try", &body).await?.ok() }
    };
    let value = |tried: &Value, name: &str| -> Result<Value> {
        let found = list(tried, "/fields")?.iter().find(|field| field["name"] == name).cloned();
        found.with_context(|| format!("no field {name}: {tried}"))
    };
    let before = tried(Value::Null).await?;
    let name = value(&before, "HS Company name")?;
    ensure!(name["state"] == "filled" && name["source"]["via"] == "company", "{name}");
    // Another property for the same field: tried first, then saved.
    let ours = all.iter_mut().find(|m| m["id"] == "default-deals-hs_company_name").context("no default")?;
    ours["property"] = json!({ "via": "owner", "name": "email" });
    let not_yet = tried(json!(all)).await?;
    let owner = value(&not_yet, "HS Company name")?;
    ensure!(owner["value"].as_str().is_some_and(|v| v.contains('@')), "{owner}");
    ensure!(value(&tried(Value::Null).await?, "HS Company name")? == name, "it was saved by trying");
    save_mappings(&session, version, &all).await?.ok()?;
    let saved = value(&tried(Value::Null).await?, "HS Company name")?;
    ensure!(saved["value"] == owner["value"], "{saved}");
    // And it is what the wizard gets.
    let deal = portal.session("0-3", &portal.deal()?).await?;
    let compose = deal.get(&format!("/api/compose?template={}", portal.template(QUOTE)?)).await?.ok()?;
    let merged = list(&compose, "/merge")?.iter().find(|f| f["name"] == "HS Company name").context("gone")?;
    ensure!(merged["value"] == owner["value"], "{merged}");
    let (version, _) = mappings(&session).await?;
    let reset = session
        .say(Method::DELETE, &format!("/api/settings/mappings?version={version}"), None)
        .await?
        .ok()?;
    ensure!(at(&reset, "/default") == true, "{reset}");
    Ok(())
}

async fn conflict(stand: Arc<Stand>) -> Result<()> {
    let (portal, session) = admin(&stand).await?;
    let other = portal.settings(&portal.rep()).await?;
    let (version, all) = mappings(&session).await?;
    let saves = futures_util::future::join(
        save_mappings(&session, version, &all),
        save_mappings(&other, version, &all),
    )
    .await;
    let statuses = [saves.0?.status, saves.1?.status];
    ensure!(statuses.contains(&200) && statuses.contains(&409), "answered {statuses:?}");
    refused(&save_mappings(&other, version, &all).await?, 409, "settings-conflict")?;
    let preferences = |version: u64| json!({ "version": version, "preferences": { "retention_days": 90 } });
    let path = "/api/settings/preferences";
    session.say(Method::PUT, path, Some(&preferences(0))).await?.ok()?;
    refused(&other.say(Method::PUT, path, Some(&preferences(0))).await?, 409, "settings-conflict")
}

async fn refused_mappings(stand: Arc<Stand>) -> Result<()> {
    let (_, session) = admin(&stand).await?;
    let (version, _) = mappings(&session).await?;
    let mapping = |id: &str, field: Value, property: &str, direction: &str| {
        json!({ "id": id, "object": "deal", "field": field, "direction": direction,
            "property": { "via": "record", "name": property } })
    };
    let account = |name: &str| json!({ "of": "account", "name": name });
    let label = |label: &str, kind: &str| json!({ "of": "template", "label": label, "kind": kind });
    let amount = mapping("a", account("HS Deal amount"), "amount", "to-docusign");
    for (set, flaw) in [
        (
            vec![amount.clone(), mapping("b", account("hs deal AMOUNT"), "dealname", "to-docusign")],
            "duplicate-field",
        ),
        (vec![mapping("a", label("x", "date"), "amount", "to-docusign")], "cannot-send"),
        (vec![mapping("a", label("x", "text"), "amount", "to-hubspot")], "cannot-write-back"),
        (vec![mapping("a", label("x", "text"), "no_such_thing", "to-docusign")], "unknown-property"),
        (vec![mapping("a", label("x", "text"), "hs_object_id", "to-hubspot")], "read-only"),
        (vec![mapping("", account("HS Deal amount"), "amount", "to-docusign")], "malformed"),
        (
            vec![
                mapping("a", label("x", "text"), "dealname", "to-docusign"),
                mapping("b", label("x", "text"), "description", "to-hubspot"),
                mapping("c", label("y", "text"), "description", "to-docusign"),
                mapping("d", label("y", "text"), "dealname", "to-hubspot"),
            ],
            "loop",
        ),
    ] {
        let answer = save_mappings(&session, version, &set).await?;
        refused(&answer, 422, "mapping-refused").with_context(|| format!("for {flaw}"))?;
        let flaws = list(&answer.body, "/mappings")?;
        ensure!(flaws.iter().any(|found| found["flaw"] == flaw), "{flaw}: {}", answer.body);
    }
    save_mappings(&session, version, &[amount]).await?.ok()?;
    Ok(())
}

async fn file(stand: Arc<Stand>) -> Result<()> {
    let (portal, session) = admin(&stand).await?;
    let exported = session.get("/api/settings/mappings/export").await?.ok()?;
    ensure!(at(&exported, "/portal_id") == &json!(portal.id.parse::<u64>()?), "{exported}");
    let import = |version: u64, file: Value| {
        let session = session.clone();
        async move { session.post(&format!("/api/settings/mappings/import?version={version}"), &file).await }
    };
    let mut one = exported.clone();
    one["mappings"] = json!([exported["mappings"][0]]);
    let set = import(0, one.clone()).await?.ok()?;
    ensure!(list(&set, "/mappings")?.len() == 1 && at(&set, "/version") == 1, "{set}");
    refused(&import(0, one.clone()).await?, 409, "settings-conflict")?;
    let changed = |path: &str, value: Value| {
        let mut file = exported.clone();
        if let Some(place) = file.pointer_mut(path) {
            *place = value;
        }
        file
    };
    let other = import(1, changed("/portal_id", json!(7))).await?;
    refused(&other, 422, "import-other-portal")?;
    let broken = import(1, changed("/mappings/3/object", json!("ticket"))).await?;
    refused(&broken, 422, "import-refused")?;
    ensure!(at(&broken.body, "/field") == "mappings[3]", "{}", broken.body);
    refused(&import(1, json!("text")).await?, 422, "import-refused")?;
    refused(&import(1, json!({ "format": "x".repeat(300_000) })).await?, 413, "too-large")?;
    let (version, all) = mappings(&session).await?;
    ensure!(version == 1 && all.len() == 1, "something was changed");
    Ok(())
}

async fn definitions(portal: &Portal) -> Result<Vec<Value>> {
    let state = portal.look("state").await?;
    let text = state.to_string();
    ensure!(text.contains("docusign"), "no state");
    let calls = portal
        .requests(&format!("vendor=docusign&accountId={}&path=*/tab_definitions", portal.account))
        .await?;
    Ok(calls)
}

async fn hs_fields(stand: Arc<Stand>) -> Result<()> {
    let (portal, session) = admin(&stand).await?;
    // Made when the first administrator connected.
    let fields = session.get("/api/settings/hs-fields").await?.ok()?;
    let outcome = |report: &Value, outcome: &str| -> Result<usize> {
        Ok(list(report, "/lines")?
            .iter()
            .filter(|l| l.pointer("/outcome/outcome") == Some(&json!(outcome)))
            .count())
    };
    let last = at(&fields, "/last");
    ensure!(outcome(last, "created")? > 0 && outcome(last, "kept")? > 0, "{fields}");
    ensure!(outcome(last, "failed")? == 0, "{fields}");
    // Again: everything is there, in whatever capitals.
    let again = session.post("/api/settings/hs-fields", &json!({})).await?.ok()?;
    ensure!(outcome(&again, "created")? == 0, "made twice: {again}");
    let add = json!({ "add": [{ "object": "deal", "property": "dealstage" }] });
    let more = session.post("/api/settings/hs-fields", &add).await?.ok()?;
    ensure!(outcome(&more, "created")? == 1, "{more}");
    let unknown = json!({ "add": [{ "object": "deal", "property": "no_such_thing" }] });
    refused(&session.post("/api/settings/hs-fields", &unknown).await?, 400, "bad-request")?;
    let deleted = definitions(&portal).await?.into_iter().filter(|call| call["method"] == "DELETE").count();
    ensure!(deleted == 0, "something was deleted");
    let listed = session.get("/api/settings/fields").await?.ok()?;
    let names: Vec<&str> = list(&listed, "/fields")?.iter().filter_map(|f| f["name"].as_str()).collect();
    let mut once: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    once.dedup();
    ensure!(once.len() == names.len() && names.contains(&"HS Owner email"), "{names:?}");
    Ok(())
}

async fn no_right(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::fresh(&stand).await?;
    let user = text(at(&portal.told, "/docusign/users/0"), "userId")?;
    portal.control(&format!("docusign/users/{user}"), json!({ "isAdmin": false })).await?;
    let mut robot = Robot::default();
    let install = format!("{}/oauth/hubspot/install?portalId={}", portal.worker, portal.id);
    let consent = robot.get(&install).await?;
    let login = robot.press(&consent, "Connect app").await?;
    portal.agree_at_docusign(&mut robot, &login).await?;
    let session = portal.settings(&portal.rep()).await?;
    let report = session.post("/api/settings/hs-fields", &json!({})).await?.ok()?;
    let failed =
        list(&report, "/lines")?.iter().find(|l| l.pointer("/outcome/outcome") == Some(&json!("failed")));
    let code = failed.and_then(|line| line.pointer("/outcome/code")).cloned();
    ensure!(code == Some(json!("docusign-no-permission")), "{report}");
    let deal = portal.session("0-3", &portal.deal()?).await?;
    let draft = deal.draft(&portal.template("Mutual NDA")?).await?;
    deal.send(&uuid::Uuid::new_v4().to_string(), &draft).await?.ok()?;
    Ok(())
}
