//! What happens by itself as weeks go by: connections kept alive, an uninstall in HubSpot's own screens, envelopes
//! that are too old, another sealing key. Each on a stack of its own, whose stored times are moved.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use journeys::{
    card::Session,
    control::{Portal, client, text},
    later::{count, days_later},
    robot::Robot,
    settings::{at, list, refused},
    stand::{Stand, eventually, journey, own_stack},
};
use libtest_mimic::Trial;
use serde_json::{Value, json};
use stack::Stack;

use crate::settings_end::objects_with;

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "settings::a_connection_in_use_is_kept_alive_and_another_is_left_to_end", kept_alive),
        journey(stand, "settings::an_uninstall_in_hubspots_screens_is_cleaned_up_after_a_week", gone),
        journey(stand, "settings::envelopes_that_are_over_for_too_long_leave_the_index", swept),
        journey(
            stand,
            "settings::a_new_sealing_key_takes_over_and_a_lost_one_asks_to_reconnect",
            sealed_anew,
        ),
    ]
}

/// How often a vendor was asked for tokens on behalf of this portal.
async fn tokens(portal: &Portal, vendor: &str, path: &str) -> Result<usize> {
    Ok(portal.requests(&format!("vendor={vendor}&portalId={}&path={path}", portal.id)).await?.len())
}

async fn docusign_tokens(portal: &Portal) -> Result<usize> {
    tokens(portal, "docusign", "/oauth/token").await
}

async fn hubspot_tokens(portal: &Portal) -> Result<usize> {
    tokens(portal, "hubspot", "/oauth/*/token").await
}

/// The alarm asks HubSpot last; when it has, everything before it is done.
async fn the_alarm_rang(portal: &Portal, before: usize) -> Result<()> {
    eventually("the alarm asks HubSpot", || async {
        Ok((hubspot_tokens(portal).await? > before).then_some(()))
    })
    .await
}

async fn states(portal: &Portal) -> Result<Vec<(String, Value)>> {
    let admin = portal.settings(&portal.rep()).await?;
    let users = admin.get("/api/settings/users").await?.ok()?;
    list(&users, "/users")?.iter().map(|user| Ok((text(user, "user")?, user["todo"].clone()))).collect()
}

async fn kept_alive(stand: Arc<Stand>) -> Result<()> {
    let mut stack = own_stack("settings-alive")?;
    let stand = stand.on(&stack);
    let portal = Portal::connected(&stand).await?;
    let admin = portal.settings(&portal.rep()).await?;
    let rep = portal.settings(&portal.user(1)).await?;
    portal.connect(&rep, 1).await?;
    admin.put("/api/settings/automation", &json!({ "user": portal.rep() })).await?.ok()?;
    let mut hubspot = hubspot_tokens(&portal).await?;
    let mut docusign = docusign_tokens(&portal).await?;
    // Not before its time, while HubSpot is looked at every week.
    days_later(&mut stack, 19)?;
    the_alarm_rang(&portal, hubspot).await?;
    ensure!(docusign_tokens(&portal).await? == docusign, "refreshed too early");
    hubspot = hubspot_tokens(&portal).await?;
    // Twenty days after the last refresh: both are in use.
    days_later(&mut stack, 2)?;
    eventually("both are refreshed", || async {
        Ok((docusign_tokens(&portal).await? == docusign + 2).then_some(()))
    })
    .await?;
    docusign += 2;
    ensure!(hubspot_tokens(&portal).await? == hubspot, "HubSpot was asked twice in a week");
    // A refusal that may pass is tried again the next day, and ends nobody's connection.
    portal
        .fault(json!({ "vendor": "docusign", "portalId": portal.id, "path": "/oauth/token", "count": 99,
            "effect": { "status": 503, "body": {} } }))
        .await?;
    days_later(&mut stack, 20)?;
    the_alarm_rang(&portal, hubspot).await?;
    ensure!(docusign_tokens(&portal).await? == docusign + 2, "not tried once for each");
    portal.no_faults().await?;
    for (user, todo) in states(&portal).await? {
        ensure!(todo == json!([]), "{user}: {todo}");
    }
    docusign = docusign_tokens(&portal).await?;
    days_later(&mut stack, 1)?;
    eventually("both are refreshed after all", || async {
        Ok((docusign_tokens(&portal).await? == docusign + 2).then_some(()))
    })
    .await?;
    docusign += 2;
    hubspot = hubspot_tokens(&portal).await?;
    // Nobody comes for three months: automation's goes on, the other one is left to end.
    days_later(&mut stack, 91)?;
    the_alarm_rang(&portal, hubspot).await?;
    ensure!(docusign_tokens(&portal).await? == docusign + 1, "not the one that automation uses alone");
    let admin = portal.settings(&portal.rep()).await?;
    admin.get("/api/templates").await?.ok()?;
    // DocuSign has ended it meanwhile; its user and the admin learn it from the first call.
    let theirs = text(at(&portal.told, "/docusign/users/1"), "userId")?;
    portal.control("docusign/tokens/expire", json!({ "userId": theirs, "refresh": true })).await?;
    let rep = portal.settings(&portal.user(1)).await?;
    refused(&rep.get("/api/templates").await?, 409, "must-reconnect")?;
    let told = states(&portal).await?;
    ensure!(told.first() == Some(&(portal.user(1), json!(["reconnect"]))), "{told:?}");
    Ok(())
}

/// The app is removed on HubSpot's page of connected apps, which tells nobody.
async fn remove_at_hubspot(portal: &Portal) -> Result<()> {
    let answer = client().post(format!("{}/apps/{}/uninstall", portal.crm, portal.id)).send().await?;
    ensure!(answer.status().is_redirection(), "{}", answer.status());
    Ok(())
}

async fn gone(stand: Arc<Stand>) -> Result<()> {
    let mut stack = own_stack("settings-gone")?;
    let stand = stand.on(&stack);
    let gone = Portal::connected(&stand).await?;
    let back = Portal::connected(&stand).await?;
    let ours = Portal::connected(&stand).await?;
    let state = stack.state().join("worker");
    let holds = |portal: &Portal| Ok::<_, anyhow::Error>(!objects_with(&state, &portal.account)?.is_empty());
    remove_at_hubspot(&gone).await?;
    // This one stays installed, but HubSpot does not take our own secret, for weeks.
    ours.fault(json!({ "vendor": "hubspot", "portalId": ours.id, "path": "/oauth/*/token", "count": 99,
        "effect": { "status": 400, "body": { "status": "BAD_CLIENT_SECRET", "error": "invalid_client" } } }))
        .await?;
    let before = [hubspot_tokens(&gone).await?, hubspot_tokens(&ours).await?];
    days_later(&mut stack, 8)?;
    for (portal, before) in [&gone, &ours].into_iter().zip(before) {
        the_alarm_rang(portal, before).await?;
    }
    // Another one is removed while somebody has its settings open: the next call that needs HubSpot finds out.
    let open = back.settings(&back.rep()).await?;
    open.get("/api/settings/users").await?.ok()?;
    remove_at_hubspot(&back).await?;
    let lost = open.get("/api/settings/properties?object=contact").await?;
    ensure!(lost.code() == "not-installed", "{} {}", lost.status, lost.body);
    let told = open.get("/api/settings").await?.ok()?;
    ensure!(at(&told, "/you/todo") == &json!(["install-again"]), "{told}");
    // Within the week everything is there, and an install takes it up again.
    days_later(&mut stack, 6)?;
    ensure!(holds(&gone)? && holds(&back)?, "deleted within the grace time");
    ensure!(gone.signed_with(&gone.connect_key).await?.status == 200, "the portal does not hear any more");
    let mut robot = Robot::default();
    let consent = robot.get(&format!("{}/oauth/hubspot/install?portalId={}", back.worker, back.id)).await?;
    robot.press(&consent, "Connect app").await?;
    days_later(&mut stack, 2)?;
    eventually("everything of the portal is deleted", || async { Ok((!holds(&gone)?).then_some(())) })
        .await?;
    ensure!(gone.signed_with(&gone.connect_key).await?.status == 401, "the portal is still known");
    let session = back.settings(&back.rep()).await?;
    session.get("/api/templates").await?.ok()?;
    // Forty days with a secret that HubSpot does not take, and nothing is lost.
    days_later(&mut stack, 30)?;
    ours.no_faults().await?;
    let session = ours.settings(&ours.rep()).await?;
    let told = session.get("/api/settings").await?.ok()?;
    ensure!(at(&told, "/you/connection/state") == "connected", "{told}");
    ensure!(holds(&ours)? && holds(&back)?, "more than one portal was deleted");
    Ok(())
}

async fn swept(stand: Arc<Stand>) -> Result<()> {
    let mut stack = own_stack("settings-swept")?;
    let stand = stand.on(&stack);
    let portal = Portal::connected(&stand).await?;
    let admin = portal.settings(&portal.rep()).await?;
    let preferences = json!({ "version": 0, "preferences": { "retention_days": 30 } });
    admin.put("/api/settings/preferences", &preferences).await?.ok()?;
    let deal = portal.session("0-3", &portal.deal()?).await?;
    let draft = deal.draft(&portal.template("Mutual NDA")?).await?;
    let mut sent = Vec::new();
    for _ in 0..2 {
        let answer = deal.send(&uuid::Uuid::new_v4().to_string(), &draft).await?.ok()?;
        sent.push(text(at(&answer, "/envelope"), "id")?);
    }
    let over = sent.first().context("nothing was sent")?;
    portal.recipient(over, "ann.lee@nordhavn.example", "sign", json!({})).await?;
    eventually("it is completed here", || async {
        let panel = deal.get("/api/panel").await?.ok()?;
        // The envelope's own message comes after its recipient's.
        let done = list(&panel, "/envelopes")?.iter().find(|e| e["status"] == "completed");
        let signed = done.is_some_and(|e| at(e, "/recipients/0/status") == "completed");
        Ok(signed.then_some(()))
    })
    .await?;
    let listed = |session: Session| async move {
        let panel = session.get("/api/panel").await?.ok()?;
        list(&panel, "/envelopes")?.iter().map(|e| text(e, "id")).collect::<Result<Vec<_>>>()
    };
    let mut hubspot = hubspot_tokens(&portal).await?;
    days_later(&mut stack, 29)?;
    the_alarm_rang(&portal, hubspot).await?;
    let deal = portal.session("0-3", &portal.deal()?).await?;
    ensure!(listed(deal).await?.len() == 2, "one has left too early");
    hubspot = hubspot_tokens(&portal).await?;
    days_later(&mut stack, 8)?;
    the_alarm_rang(&portal, hubspot).await?;
    eventually("the one that is over has left", || async {
        let deal = portal.session("0-3", &portal.deal()?).await?;
        let left = listed(deal).await?;
        Ok((left == sent[1..]).then_some(()))
    })
    .await?;
    let heard = format!("SELECT count(*) FROM events WHERE envelope = '{over}'");
    let heard = count(&stack.state().join("worker"), &heard)?;
    ensure!(heard == 0, "{heard} rows of what was heard of it are still there");
    Ok(())
}

/// Starts the Worker with these versions of sealing keys, out of those that were ever there.
fn with_keys(stack: &mut Stack, all: &[String], versions: &[usize]) -> Result<()> {
    stack.stop_worker();
    let path = stack.state().join("worker.env");
    let settings = std::fs::read_to_string(&path)?;
    let keys: Vec<String> = versions.iter().map(|v| format!("{v}:{}", all[v - 1])).collect();
    let line = |line: &str| match line.starts_with("SEALING_KEYS=") {
        true => format!("SEALING_KEYS={}\n", keys.join(",")),
        false => format!("{line}\n"),
    };
    std::fs::write(&path, settings.lines().map(line).collect::<String>())?;
    stack.start_worker()
}

async fn sealed_anew(stand: Arc<Stand>) -> Result<()> {
    let mut stack = own_stack("settings-sealed")?;
    let stand = stand.on(&stack);
    let portal = Portal::connected(&stand).await?;
    let admin = portal.settings(&portal.rep()).await?;
    let rep = portal.settings(&portal.user(1)).await?;
    portal.connect(&rep, 1).await?;
    let path = format!("/api/settings/keys/{}", uuid::Uuid::new_v4());
    let secret = text(&admin.put(&path, &json!({ "label": "Made here" })).await?.ok()?, "secret")?;
    let settings = std::fs::read_to_string(stack.state().join("worker.env"))?;
    let first = settings.lines().find_map(|line| line.strip_prefix("SEALING_KEYS=1:")).context("no key")?;
    let second = {
        use base64::Engine;
        base64::engine::general_purpose::STANDARD.encode([7u8; 32])
    };
    let keys = [first.to_owned(), second];

    // A new key in front: everything that the old one sealed still opens.
    with_keys(&mut stack, &keys, &[1, 2])?;
    for session in [&admin, &rep] {
        session.get("/api/templates").await?.ok()?;
    }
    ensure!(portal.signed_with(&secret).await?.status == 200, "the portal's own key is lost");
    // One is refreshed, and so sealed with the new key. The alarm does the same for HubSpot's and for the keys.
    let theirs = text(at(&portal.told, "/docusign/users/0"), "userId")?;
    portal.control("docusign/tokens/expire", json!({ "userId": theirs })).await?;
    admin.get("/api/templates").await?.ok()?;
    let hubspot = hubspot_tokens(&portal).await?;
    days_later(&mut stack, 8)?;
    the_alarm_rang(&portal, hubspot).await?;
    ensure!(portal.signed_with(&secret).await?.status == 200, "the portal's own key is lost");

    // The old key is taken away. What nobody used since is lost, and its user is asked to sign in again.
    with_keys(&mut stack, &keys, &[2])?;
    let admin = portal.settings(&portal.rep()).await?;
    admin.get("/api/templates").await?.ok()?;
    ensure!(portal.signed_with(&secret).await?.status == 200, "the portal's own key was not sealed anew");
    let rep = portal.settings(&portal.user(1)).await?;
    refused(&rep.get("/api/templates").await?, 409, "must-reconnect")?;
    let own = rep.get("/api/settings").await?.ok()?;
    ensure!(at(&own, "/you/todo") == &json!(["reconnect"]), "{own}");
    let panel = portal.session_of(&portal.user(1), "0-3", &portal.deal()?).await?;
    let panel = panel.get("/api/panel").await?.ok()?;
    ensure!(at(&panel, "/connection/state") == "must-reconnect", "the panel does not tell: {panel}");
    let users = admin.get("/api/settings/users").await?.ok()?;
    ensure!(users.to_string().contains("\"reconnect\""), "the admin is not told: {users}");

    // The key comes back, and with it what was sealed with it.
    with_keys(&mut stack, &keys, &[1, 2])?;
    rep.get("/api/templates").await?.ok()?;
    // Or its user signs in again, and needs the old key no more.
    with_keys(&mut stack, &keys, &[2])?;
    portal.connect(&rep, 1).await?;
    rep.get("/api/templates").await?.ok()?;
    // HubSpot's grant lost, too: the app must be installed again, and nothing is deleted meanwhile.
    with_keys(&mut stack, &[keys[0].clone(), keys[1].clone(), keys[0].clone()], &[3])?;
    let asked = rep.get("/api/contacts?q=ann").await?;
    ensure!(asked.code() == "not-installed", "{} {}", asked.status, asked.body);
    with_keys(&mut stack, &keys, &[2])?;
    rep.get("/api/templates").await?.ok()?;
    Ok(())
}
