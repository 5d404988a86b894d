//! The end of a portal: nothing is left, and a new beginning is clean.

use std::{path::Path, sync::Arc};

use anyhow::{Context, Result, ensure};
use journeys::{
    control::{Portal, text},
    robot::Robot,
    stand::{Stand, eventually, journey, own_stack},
};
use libtest_mimic::Trial;
use reqwest::Method;
use serde_json::json;

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "settings::an_uninstall_leaves_nothing_in_kv_and_sqlite", nothing_left),
        journey(stand, "settings::an_uninstall_must_be_confirmed_and_a_new_install_is_clean", again),
        journey(stand, "settings::an_uninstall_waits_for_a_send_that_nobody_knows_the_end_of", while_sending),
        journey(stand, "settings::hubspots_answer_about_our_own_secret_is_no_uninstall", our_own_fault),
    ]
}

async fn again(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = portal.settings(&portal.rep()).await?;
    let plan = session.get("/api/settings/uninstall").await?.ok()?;
    ensure!(plan["connections"] == 1 && plan["sending"] == 0, "{plan}");
    for typed in ["", "delete", "1"] {
        let answer = session.post("/api/settings/uninstall", &json!({ "confirm": typed })).await?;
        ensure!(answer.status == 422 && answer.code() == "uninstall-unconfirmed", "{}", answer.body);
    }
    let domain = plan["portal_domain"].as_str().context("no domain")?.to_uppercase();
    let done = session.post("/api/settings/uninstall", &json!({ "confirm": domain })).await?.ok()?;
    ensure!(done["connections"] == 1, "{done}");
    let after = session.get("/api/settings").await?;
    ensure!(after.status == 401, "the session lives: {}", after.body);
    let told = portal.requests(&format!("vendor=hubspot&portalId={}&method=DELETE", portal.id)).await?;
    ensure!(told.len() == 1, "HubSpot was told {} times", told.len());
    // A new install begins without anything of before.
    let mut robot = Robot::default();
    let install = format!("{}/oauth/hubspot/install?portalId={}", portal.worker, portal.id);
    let consent = robot.get(&install).await?;
    let login = robot.press(&consent, "Connect app").await?;
    // DocuSign remembers the consent: nobody could take it back but the user.
    let email = text(portal.told.pointer("/docusign/user").context("no user")?, "email")?;
    let landed = robot.fill_and_press(&login, &[("email", &email)], "Log in").await?;
    ensure!(landed.status == 200 && landed.url.as_str().starts_with(&portal.worker), "{}", landed.url);
    let session = portal.settings(&portal.rep()).await?;
    let audit = session.get("/api/settings/audit").await?.ok()?;
    let actions: Vec<&str> =
        audit["entries"].as_array().context("none")?.iter().filter_map(|e| e["action"].as_str()).collect();
    ensure!(!actions.contains(&"disconnected") && actions.last() == Some(&"installed"), "{actions:?}");
    session.get("/api/templates").await?.ok()?;
    Ok(())
}

async fn while_sending(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = portal.settings(&portal.rep()).await?;
    let deal = portal.session("0-3", &portal.deal()?).await?;
    let draft = deal.draft(&portal.template("Mutual NDA")?).await?;
    // In the middle of the call: DocuSign has the envelope, and takes its time to say so.
    portal
        .fault(json!({ "vendor": "docusign", "accountId": portal.account, "method": "POST",
            "path": "*/envelopes", "count": 1, "effect": { "delayMs": 5000 } }))
        .await?;
    let first = uuid::Uuid::new_v4().to_string();
    let uninstalled_meanwhile = async {
        eventually("DocuSign has it", || async {
            Ok((portal.envelopes_at_docusign().await?.len() == 1).then_some(()))
        })
        .await?;
        session.post("/api/settings/uninstall", &json!({ "confirm": portal.id })).await
    };
    let (sent, busy) = futures_util::future::join(deal.send(&first, &draft), uninstalled_meanwhile).await;
    let busy = busy?;
    ensure!(busy.status == 503 && busy.code() == "uninstall-busy", "{} {}", busy.status, busy.body);
    sent?.ok()?;
    let plan = session.get("/api/settings/uninstall").await?.ok()?;
    ensure!(plan["envelopes"] == 1 && plan["sending"] == 0, "{plan}");
    // Done, but not answered; and whether it was done cannot be found out either.
    for (method, effect) in
        [("POST", json!({ "cut": "after" })), ("GET", json!({ "status": 503, "body": {} }))]
    {
        portal
            .fault(json!({ "vendor": "docusign", "accountId": portal.account, "method": method,
                "path": "*/envelopes", "count": 50, "effect": effect }))
            .await?;
    }
    let key = uuid::Uuid::new_v4().to_string();
    let answer = deal.send(&key, &draft).await?;
    ensure!(answer.code() == "send-unsettled", "{}", answer.body);
    let busy = session.post("/api/settings/uninstall", &json!({ "confirm": portal.id })).await?;
    ensure!(busy.status == 503 && busy.code() == "uninstall-busy", "{} {}", busy.status, busy.body);
    portal.no_faults().await?;
    deal.send(&key, &draft).await?.ok()?;
    session.post("/api/settings/uninstall", &json!({ "confirm": portal.id })).await?.ok()?;
    Ok(())
}

async fn our_own_fault(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = portal.settings(&portal.rep()).await?;
    portal
        .fault(json!({ "vendor": "hubspot", "portalId": portal.id, "path": "/oauth/*/token", "count": 9,
            "effect": { "status": 400, "body": { "status": "BAD_CLIENT_SECRET", "error": "invalid_client" } } }))
        .await?;
    // A token that HubSpot refuses leads to a refresh, and that to our own fault.
    portal
        .fault(json!({ "vendor": "hubspot", "portalId": portal.id, "path": "/settings/users/*", "count": 1,
            "effect": { "status": 401, "body": { "status": "error", "category": "EXPIRED_AUTHENTICATION",
                "message": "expired", "correlationId": "6b1f0f5e-2f3c-4f0e-9a53-0c2f1f6a7d11" } } }))
        .await?;
    let settings = session.get("/api/settings").await?.ok()?;
    ensure!(settings.pointer("/you/admin/code") == Some(&json!("internal")), "{settings}");
    portal.no_faults().await?;
    let settings = session.get("/api/settings").await?.ok()?;
    ensure!(settings.pointer("/you/connection/state") == Some(&json!("connected")), "{settings}");
    Ok(())
}

/// On a stack of its own, whose files are looked at.
async fn nothing_left(stand: Arc<Stand>) -> Result<()> {
    let stack = own_stack("settings-end")?;
    let stand = stand.on(&stack);
    let portal = Portal::connected(&stand).await?;
    let session = portal.settings(&portal.rep()).await?;
    let key = format!("/api/settings/keys/{}", uuid::Uuid::new_v4());
    session.say(Method::PUT, &key, Some(&json!({ "label": "Nothing may be left of me" }))).await?.ok()?;
    let deal = portal.session("0-3", &portal.deal()?).await?;
    let draft = deal.draft(&portal.template("Mutual NDA")?).await?;
    deal.send(&uuid::Uuid::new_v4().to_string(), &draft).await?.ok()?;
    let state = stand.root.join("target/journeys-own/settings-end/worker");
    // Both vendors' grants and the keys of Connect.
    ensure!(kv_values(&state)? == 3, "KV holds {}", kv_values(&state)?);
    let marks = ["Nothing may be left of me", portal.account.as_str(), "ann.lee@nordhavn.example"];
    ensure!(!objects_with(&state, marks[0])?.is_empty(), "the object's file was not found");
    session.post("/api/settings/uninstall", &json!({ "confirm": portal.id })).await?.ok()?;
    eventually("KV is empty", || async { Ok((kv_values(&state)? == 0).then_some(())) }).await?;
    for mark in marks {
        let left = objects_with(&state, mark)?;
        ensure!(left.is_empty(), "{mark:?} is left in {left:?}");
    }
    drop(stack);
    Ok(())
}

/// How many values the namespace holds: a local run keeps each in a file of its own.
fn kv_values(state: &Path) -> Result<usize> {
    let folder = state.join("v3/kv/countersign-tokens/blobs");
    Ok(std::fs::read_dir(&folder).with_context(|| folder.display().to_string())?.count())
}

/// The files of the objects (databases and what is written ahead of them) that hold a text.
pub fn objects_with(state: &Path, mark: &str) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![state.join("v3/do")];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if std::fs::read(&path)?.windows(mark.len()).any(|part| part == mark.as_bytes()) {
                found.push(path.display().to_string());
            }
        }
    }
    Ok(found)
}
