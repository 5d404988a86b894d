//! Connect messages that must change nothing.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use journeys::{
    control::{Answer, Portal, call, client},
    stand::{Stand, eventually, journey},
    wire,
};
use libtest_mimic::Trial;
use serde_json::{Value, json};

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "bad_input::a_webhook_with_a_changed_byte_is_refused", changed_byte),
        journey(stand, "bad_input::a_webhook_written_anew_is_refused", written_anew),
        journey(stand, "bad_input::an_unsigned_webhook_is_refused", unsigned),
        journey(stand, "bad_input::a_webhook_of_an_unknown_envelope_changes_nothing", unknown_envelope),
        journey(stand, "bad_input::a_webhook_of_another_portals_envelope_changes_nothing", other_portal),
        journey(stand, "bad_input::a_webhook_of_five_megabytes_is_refused", five_megabytes),
        journey(stand, "bad_input::a_signed_webhook_that_is_not_json_is_refused", not_json),
        journey(stand, "bad_input::a_webhook_that_comes_again_changes_nothing", again),
    ]
}

async fn deliver(portal: &Portal, body: &[u8], signature: Option<String>) -> Result<Answer> {
    let url = format!("{}/docusign/connect/{}", portal.worker, portal.id);
    let mut request = client().post(url).header("content-type", "application/json").body(body.to_vec());
    if let Some(signature) = signature {
        request = request.header("X-DocuSign-Signature-1", signature);
    }
    call(request).await
}

fn sign(portal: &Portal, body: &[u8]) -> Option<String> {
    Some(wire::connect(&portal.connect_key, body))
}

/// An envelope of this portal on its deal, sent and heard of.
async fn sent(portal: &Portal) -> Result<String> {
    let session = portal.session("0-3", &portal.deal()?).await?;
    let draft = session.draft(&portal.template("Mutual NDA")?).await?;
    let answer = session.send(&uuid::Uuid::new_v4().to_string(), &draft).await?.ok()?;
    let id = answer.pointer("/envelope/id").and_then(Value::as_str).context("no envelope id")?;
    Ok(id.to_owned())
}

/// `envelope-completed`, as DocuSign would say it of this envelope.
fn completed(portal: &Portal, envelope: &str) -> Value {
    json!({
        "event": "envelope-completed", "apiVersion": "v2.1", "retryCount": 0, "configurationId": 0,
        "uri": format!("/restapi/v2.1/accounts/{}/envelopes/{envelope}", portal.account),
        "generatedDateTime": "2036-11-23T12:00:00.0000000Z",
        "data": { "accountId": portal.account, "userId": "u", "envelopeId": envelope },
    })
}

async fn status(portal: &Portal, envelope: &str) -> Result<String> {
    let session = portal.session("0-3", &portal.deal()?).await?;
    let panel = session.get("/api/panel").await?.ok()?;
    let list = panel.get("envelopes").and_then(Value::as_array).context("no envelopes")?;
    let found = list.iter().find(|e| e.get("id").and_then(Value::as_str) == Some(envelope));
    let status = found.and_then(|e| e.get("status")).and_then(Value::as_str);
    Ok(status.context("the envelope is not in the panel")?.to_owned())
}

/// The control: the same message rightly signed completes the envelope.
async fn would_complete(portal: &Portal, envelope: &str) -> Result<()> {
    let body = completed(portal, envelope).to_string();
    let answer = deliver(portal, body.as_bytes(), sign(portal, body.as_bytes())).await?;
    ensure!(answer.status == 200, "answered {} {}", answer.status, answer.body);
    ensure!(status(portal, envelope).await? == "completed");
    Ok(())
}

async fn refused_and_unchanged(portal: &Portal, envelope: &str, answer: Answer, expected: u16) -> Result<()> {
    ensure!(answer.status == expected, "answered {} {}", answer.status, answer.body);
    let before = status(portal, envelope).await?;
    ensure!(before != "completed", "a refused message completed the envelope");
    would_complete(portal, envelope).await
}

async fn changed_byte(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let envelope = sent(&portal).await?;
    let body = completed(&portal, &envelope).to_string();
    let signature = sign(&portal, body.as_bytes());
    let changed = body.replace("2036", "2037");
    let answer = deliver(&portal, changed.as_bytes(), signature).await?;
    refused_and_unchanged(&portal, &envelope, answer, 401).await
}

async fn written_anew(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let envelope = sent(&portal).await?;
    let message = completed(&portal, &envelope);
    let signature = sign(&portal, message.to_string().as_bytes());
    let anew = serde_json::to_vec_pretty(&message)?;
    let answer = deliver(&portal, &anew, signature).await?;
    refused_and_unchanged(&portal, &envelope, answer, 401).await
}

async fn unsigned(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let envelope = sent(&portal).await?;
    let body = completed(&portal, &envelope).to_string();
    let answer = deliver(&portal, body.as_bytes(), None).await?;
    refused_and_unchanged(&portal, &envelope, answer, 401).await
}

async fn unknown_envelope(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let envelope = sent(&portal).await?;
    let body = completed(&portal, "00000000-0000-4000-8000-000000000000").to_string();
    let answer = deliver(&portal, body.as_bytes(), sign(&portal, body.as_bytes())).await?;
    refused_and_unchanged(&portal, &envelope, answer, 200).await
}

async fn other_portal(stand: Arc<Stand>) -> Result<()> {
    let (ours, theirs) = (Portal::connected(&stand).await?, Portal::connected(&stand).await?);
    let envelope = sent(&theirs).await?;
    let body = completed(&theirs, &envelope).to_string();
    // The integration's key signs for every portal; the address says which one is meant.
    let answer = deliver(&ours, body.as_bytes(), sign(&ours, body.as_bytes())).await?;
    refused_and_unchanged(&theirs, &envelope, answer, 200).await
}

async fn five_megabytes(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let envelope = sent(&portal).await?;
    let mut message = completed(&portal, &envelope);
    message["padding"] = Value::String("x".repeat(5 << 20));
    let body = message.to_string();
    let answer = deliver(&portal, body.as_bytes(), sign(&portal, body.as_bytes())).await?;
    refused_and_unchanged(&portal, &envelope, answer, 413).await
}

async fn not_json(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let envelope = sent(&portal).await?;
    for body in [&b"envelope-completed"[..], b"", b"{", b"[]", b"null", b"\xff\xfe"] {
        let answer = deliver(&portal, body, sign(&portal, body)).await?;
        ensure!((400..500).contains(&answer.status), "{body:?} was answered {}", answer.status);
    }
    would_complete(&portal, &envelope).await
}

async fn again(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let envelope = sent(&portal).await?;
    would_complete(&portal, &envelope).await?;
    let late = completed(&portal, &envelope)
        .to_string()
        .replace("envelope-completed", "envelope-sent")
        .replace("2036", "2026");
    for _ in 0..2 {
        would_complete(&portal, &envelope).await?;
        let answer = deliver(&portal, late.as_bytes(), sign(&portal, late.as_bytes())).await?;
        ensure!(answer.status == 200, "answered {}", answer.status);
    }
    eventually("the envelope stays completed", || async {
        Ok((status(&portal, &envelope).await? == "completed").then_some(()))
    })
    .await
}
