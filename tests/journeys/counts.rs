//! What the vendors are asked, counted by the sandbox.

use std::{collections::BTreeSet, sync::Arc};

use anyhow::{Context, Result, ensure};
use futures_util::future::join_all;
use journeys::{
    control::Portal,
    stand::{Stand, journey},
};
use libtest_mimic::Trial;
use serde_json::{Value, json};

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "main::opening_the_panel_costs_no_vendor_call", panel),
        journey(stand, "main::a_straight_send_costs_one_docusign_call", straight_send),
        journey(stand, "main::a_dropped_role_an_added_copy_and_an_own_message_arrive_as_drafted", edited),
        journey(stand, "main::fifty_parallel_sends_with_one_key_make_one_envelope", fifty_sends),
        journey(stand, "main::a_hundred_calls_with_an_expired_token_refresh_once", one_refresh),
    ]
}

async fn panel(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    portal.idle().await?;
    let before = portal.vendor_calls().await?.len();
    let session = portal.session("0-3", &portal.deal()?).await?;
    session.get("/api/panel").await?.ok()?;
    let calls = portal.vendor_calls().await?;
    ensure!(calls.len() == before, "opening the panel called {:?}", &calls[before..]);
    Ok(())
}

async fn straight_send(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = portal.session("0-3", &portal.deal()?).await?;
    let draft = session.draft(&portal.template("Master services agreement")?).await?;
    // What the send brings to HubSpot is done afterwards.
    let before = portal.docusign_calls().await?.len();
    session.send(&uuid::Uuid::new_v4().to_string(), &draft).await?.ok()?;
    let calls = portal.docusign_calls().await?;
    ensure!(calls.len() == before + 1, "the send called {:?}", &calls[before..]);
    Ok(())
}

/// A role of the template is dropped and a copy added: DocuSign gets exactly the recipients of the draft, in at most
/// five calls.
async fn edited(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = portal.session("0-3", &portal.deal()?).await?;
    let mut draft = session.draft(&portal.template("Master services agreement")?).await?;
    let rows = draft.get_mut("rows").and_then(Value::as_array_mut).context("no rows")?;
    rows.truncate(1);
    rows.push(json!({
        "role": null, "kind": "carbonCopy", "routing_order": 2, "name": "Records", "contact_id": null,
        "email": "records@fjordlight.example", "own_message": null,
    }));
    rows[0]["own_message"] = json!({ "subject": "For Ann alone", "body": "As we spoke of." });
    let before = portal.docusign_calls().await?.len();
    let answer = session.send(&uuid::Uuid::new_v4().to_string(), &draft).await?.ok()?;
    let calls = portal.docusign_calls().await?.len() - before;
    ensure!(calls <= 5, "the send took {calls} calls");
    let id = answer.pointer("/envelope/id").and_then(Value::as_str).context("no envelope")?;
    let at_docusign = portal.look(&format!("docusign/envelopes/{id}")).await?.to_string();
    ensure!(
        at_docusign.contains("records@fjordlight.example")
            && at_docusign.contains("ann.lee@nordhavn.example")
    );
    ensure!(!at_docusign.contains("Supplier"), "the dropped role went along: {at_docusign}");
    ensure!(at_docusign.contains("For Ann alone"), "the own message is lost: {at_docusign}");
    ensure!(portal.envelopes_at_docusign().await?.len() == 1, "something half-done stayed behind");
    Ok(())
}

async fn fifty_sends(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = portal.session("0-3", &portal.deal()?).await?;
    let draft = session.draft(&portal.template("Mutual NDA")?).await?;
    let key = uuid::Uuid::new_v4().to_string();
    let answers = join_all((0..50).map(|_| session.send(&key, &draft))).await;
    let mut envelopes = BTreeSet::new();
    for answer in answers {
        let answer = answer?.ok()?;
        let id = answer.pointer("/envelope/id").and_then(Value::as_str).context("no envelope")?;
        envelopes.insert(id.to_owned());
    }
    ensure!(envelopes.len() == 1, "{} envelopes", envelopes.len());
    let at_docusign = portal.envelopes_at_docusign().await?;
    ensure!(at_docusign.len() == 1, "DocuSign has {}", at_docusign.len());
    Ok(())
}

async fn one_refresh(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = portal.session("0-3", &portal.deal()?).await?;
    session.get("/api/templates?q=").await?.ok()?;
    portal.control("docusign/tokens/expire", json!({ "accountId": portal.account })).await?;
    let before = portal.requests("vendor=docusign&path=/oauth/token").await?.len();
    let path = |n: usize| format!("/api/templates?q=agreement%20{n}");
    let paths: Vec<String> = (0..100).map(path).collect();
    for answer in join_all(paths.iter().map(|path| session.get(path))).await {
        answer?.ok()?;
    }
    let after = portal.requests("vendor=docusign&path=/oauth/token").await?;
    ensure!(after.len() == before + 1, "{} refreshes", after.len() - before);
    Ok(())
}
