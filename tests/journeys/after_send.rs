//! What a signature brings to HubSpot: once, whatever the messages and the vendors do.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use journeys::{
    after::Held,
    control::Portal,
    stand::{Stand, eventually, journey},
};
use libtest_mimic::Trial;
use serde_json::{Value, json};

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "after_send::a_signature_brings_status_note_and_files_to_the_record_once", signed),
        journey(stand, "after_send::every_message_three_times_and_shuffled_brings_the_same_once", repeated),
        journey(stand, "after_send::hubspots_faults_delay_and_double_nothing", faults),
        journey(stand, "after_send::what_hubspot_refuses_for_good_waits_for_an_admin", refused),
        journey(stand, "after_send::a_property_that_was_archived_is_made_again", archived),
        journey(stand, "after_send::documents_that_are_too_large_are_linked", too_large),
        journey(stand, "after_send::an_envelope_that_docusign_purged_is_told", purged),
        journey(stand, "after_send::a_merged_record_takes_its_envelopes_along", merged),
    ]
}

struct Sent {
    portal: Portal,
    deal: String,
    envelope: String,
}

async fn sent(stand: &Stand) -> Result<Sent> {
    let portal = Portal::connected(stand).await?;
    let deal = portal.deal()?;
    let session = portal.session("0-3", &deal).await?;
    let envelope = portal.send_nda(&session).await?;
    Ok(Sent { portal, deal, envelope })
}

impl Sent {
    async fn held(&self) -> Result<Held> {
        self.portal.held("deals", &self.deal).await
    }

    async fn until(&self, what: &str, is_so: impl Fn(&Held) -> bool) -> Result<Held> {
        eventually(what, || async {
            let held = self.held().await?;
            Ok(is_so(&held).then_some(held))
        })
        .await
    }

    /// Everything that a completed envelope brings, each once.
    async fn is_complete(&self) -> Result<Held> {
        self.until("the documents are filed", |held| {
            held.status() == "completed" && !held.notes(&self.envelope, "completed").is_empty()
        })
        .await?;
        self.portal.idle().await?;
        let held = self.held().await?;
        ensure!(held.notes(&self.envelope, "completed").len() == 1, "{:?}", held.0);
        ensure!(held.notes(&self.envelope, "sent").len() == 1, "{:?}", held.0);
        ensure!(held.files(&self.envelope) == 2, "{:?}", held.0);
        ensure!(held.property("docusign_last_envelope_id") == self.envelope);
        Ok(held)
    }

    async fn fault(&self, path: &str, method: &str, count: u32, effect: Value) -> Result<()> {
        let rule = json!({ "vendor": "hubspot", "portalId": self.portal.id, "path": path, "method": method,
            "count": count, "effect": effect });
        self.portal.fault(rule).await
    }
}

async fn signed(stand: Arc<Stand>) -> Result<()> {
    let it = sent(&stand).await?;
    it.until("the record shows that it is sent", |held| held.status() == "sent").await?;
    it.portal.sign(&it.envelope).await?;
    let held = it.is_complete().await?;
    ensure!(!held.property("docusign_status_changed_at").is_empty(), "{:?}", held.0);
    let notes = held.notes(&it.envelope, "completed");
    let files = notes.first().and_then(|note| note["files"].as_array()).context("no files")?;
    ensure!(files.len() == 2 && files.iter().all(|file| file["access"] == "PRIVATE"), "{files:?}");
    // The one who signed a deal's contract has it on their own record, too.
    let contact = portal_contact(&it).await?;
    let theirs = it.portal.held("contacts", &contact).await?;
    ensure!(theirs.notes(&it.envelope, "completed").len() == 1, "{:?}", theirs.0);
    ensure!(theirs.notes(&it.envelope, "sent").is_empty(), "{:?}", theirs.0);
    Ok(())
}

/// The contact who was filled in.
async fn portal_contact(it: &Sent) -> Result<String> {
    let session = it.portal.session("0-3", &it.deal).await?;
    let panel = session.get("/api/panel").await?.ok()?;
    let name = panel.pointer("/envelopes/0/recipients/0/name").and_then(Value::as_str).context("no name")?;
    it.portal.record("contacts", name)
}

async fn repeated(stand: Arc<Stand>) -> Result<()> {
    let it = sent(&stand).await?;
    it.until("the record shows that it is sent", |held| held.status() == "sent").await?;
    // Kept back, so that all come at once, in any order, three times each.
    let account = it.portal.account.clone();
    it.portal
        .fault(json!({ "vendor": "connect", "accountId": account, "effect": { "message": "drop" } }))
        .await?;
    it.portal.recipient(&it.envelope, "ann.lee@nordhavn.example", "view", json!({})).await?;
    it.portal.sign(&it.envelope).await?;
    let dropped = eventually("the messages were kept back", || async {
        let all = it.portal.requests(&format!("vendor=connect&accountId={account}")).await?;
        let dropped: Vec<Value> = all.into_iter().filter(|one| one["outcome"] == "dropped").collect();
        let over = dropped.iter().any(|one| one["requestBody"]["event"] == "envelope-completed");
        Ok(over.then_some(dropped))
    })
    .await?;
    it.portal.no_faults().await?;
    let mut bodies: Vec<String> = Vec::new();
    for (at, one) in dropped.iter().enumerate() {
        for copy in 0..3 {
            let mut body = one["requestBody"].clone();
            body["retryCount"] = json!(copy);
            bodies.insert((at * 7 + copy * 5) % (bodies.len() + 1), body.to_string());
        }
    }
    ensure!(bodies.len() >= 9, "{} messages", bodies.len());
    for body in &bodies {
        let status = it.portal.deliver(body).await?;
        ensure!(status == 200, "{status}");
    }
    it.is_complete().await?;
    Ok(())
}

async fn faults(stand: Arc<Stand>) -> Result<()> {
    let it = sent(&stand).await?;
    it.portal.idle().await?;
    let answer = |status: u16| json!({ "status": status });
    let lost = |status: u16| json!({ "status": status, "takesEffect": true });
    let busy = json!({ "status": 429, "headers": { "Retry-After": "1" },
        "body": { "status": "error", "errorType": "RATE_LIMIT", "policyName": "TEN_SECONDLY_ROLLING",
            "message": "limit", "correlationId": "00000000-0000-4000-8000-000000000000",
            "requestId": "00000000-0000-4000-8000-000000000000" } });
    let cut = |when: &str| json!({ "cut": when });
    for (path, method, effects) in [
        ("*/notes", "POST", [answer(500), cut("after"), busy.clone()]),
        ("*/files", "POST", [answer(401), cut("after"), lost(502)]),
        ("*/deals/*", "PATCH", [answer(409), busy.clone(), cut("before")]),
    ] {
        for effect in effects {
            it.fault(path, method, 1, effect).await?;
        }
    }
    it.portal.sign(&it.envelope).await?;
    it.is_complete().await?;
    Ok(())
}

/// 403 and 404: nobody but an admin, or nobody at all, can help.
async fn refused(stand: Arc<Stand>) -> Result<()> {
    let it = sent(&stand).await?;
    it.portal.idle().await?;
    let scope = json!({ "status": 403, "body": { "status": "error", "category": "MISSING_SCOPES",
        "message": "This app hasn't been granted all required scopes", "correlationId": "00000000-0000-4000-8000-000000000000" } });
    it.fault("*/files", "POST", 1, scope).await?;
    it.portal.sign(&it.envelope).await?;
    let stuck = eventually("the filing is stuck", || async {
        let outbox = it.portal.outbox().await?;
        let entry = outbox["entries"].as_array().and_then(|all| all.first()).cloned();
        Ok(entry.filter(|entry| entry["state"] == "stuck"))
    })
    .await?;
    ensure!(stuck["kind"] == "filing" && stuck["error"]["code"] == "hubspot-missing-scope", "{stuck}");
    ensure!(it.held().await?.status() == "completed", "the status is not held up by the files");
    let settings = it.portal.settings(&it.portal.rep()).await?;
    let retry = json!({ "id": stuck["id"] });
    let outbox = settings.post("/api/settings/outbox", &retry).await?.ok()?;
    ensure!(outbox["entries"] == json!([]), "{outbox}");
    it.is_complete().await?;
    ensure!(settings.post("/api/settings/outbox", &json!({ "id": "x~y" })).await?.status == 404);
    let other = it.portal.settings(&it.portal.user(1)).await?;
    ensure!(other.get("/api/settings/outbox").await?.code() == "not-admin");

    // A record that is gone.
    let session = it.portal.session("0-3", &it.deal).await?;
    let envelope = it.portal.send_nda(&session).await?;
    it.portal.idle().await?;
    it.portal.in_crm("deals", &it.deal, json!({ "delete": true })).await?;
    it.portal.sign(&envelope).await?;
    let outbox = eventually("everything is stuck", || async {
        let outbox = it.portal.outbox().await?;
        Ok((outbox["total"] == 2 && outbox["waiting"] == 0).then_some(outbox))
    })
    .await?;
    let gone =
        outbox["entries"].as_array().into_iter().flatten().all(|e| e["error"]["code"] == "record-gone");
    ensure!(gone, "{outbox}");
    Ok(())
}

async fn archived(stand: Arc<Stand>) -> Result<()> {
    let it = sent(&stand).await?;
    it.portal.idle().await?;
    let path = format!("hubspot/portals/{}/deals/properties", it.portal.id);
    it.portal.control(&path, json!({ "archive": "docusign_envelope_status" })).await?;
    it.portal.sign(&it.envelope).await?;
    it.is_complete().await?;
    Ok(())
}

async fn too_large(stand: Arc<Stand>) -> Result<()> {
    let it = sent(&stand).await?;
    it.portal.idle().await?;
    it.fault("*/files", "POST", 1, json!({ "status": 413 })).await?;
    it.portal.sign(&it.envelope).await?;
    let held =
        it.until("the note is there", |held| !held.notes(&it.envelope, "completed").is_empty()).await?;
    it.portal.idle().await?;
    let notes = held.notes(&it.envelope, "completed");
    let body = notes.first().map(Value::to_string).unwrap_or_default();
    ensure!(body.contains("too large") && body.contains("/documents/details/"), "{body}");
    // The certificate is small.
    ensure!(held.files(&it.envelope) == 1 && notes.len() == 1, "{:?}", held.0);
    Ok(())
}

async fn purged(stand: Arc<Stand>) -> Result<()> {
    let it = sent(&stand).await?;
    it.portal.idle().await?;
    let gone =
        json!({ "status": 404, "body": { "errorCode": "ENVELOPE_DOES_NOT_EXIST", "message": "gone" } });
    it.portal
        .fault(json!({ "vendor": "docusign", "accountId": it.portal.account, "path": "*/documents/*",
            "effect": gone }))
        .await?;
    it.portal.sign(&it.envelope).await?;
    let stuck = eventually("the filing is stuck", || async {
        let outbox = it.portal.outbox().await?;
        Ok(outbox["entries"]
            .as_array()
            .and_then(|all| all.first())
            .filter(|e| e["state"] == "stuck")
            .cloned())
    })
    .await?;
    ensure!(stuck["kind"] == "filing" && stuck["error"]["code"] == "not-found", "{stuck}");
    ensure!(it.held().await?.status() == "completed");
    Ok(())
}

async fn merged(stand: Arc<Stand>) -> Result<()> {
    let it = sent(&stand).await?;
    it.portal.idle().await?;
    let other = it.portal.record("deals", "Shared warehouse programme")?;
    let into: u64 = other.parse()?;
    it.portal.in_crm("deals", &it.deal, json!({ "mergeInto": into })).await?;
    it.portal.sign(&it.envelope).await?;
    let there = Sent { portal: it.portal.clone(), deal: other.clone(), envelope: it.envelope.clone() };
    there.is_complete().await?;
    let session = it.portal.session("0-3", &other).await?;
    let panel = session.get("/api/panel").await?.ok()?;
    ensure!(panel.pointer("/envelopes/0/id") == Some(&json!(it.envelope)), "{panel}");
    Ok(())
}
