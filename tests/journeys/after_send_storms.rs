//! What happens between DocuSign, us and HubSpot when nothing goes in order: messages by the thousand, messages that
//! never come, a Worker that is killed.

use std::{sync::Arc, time::Duration};

use anyhow::{Context, Result, ensure};
use journeys::{
    control::Portal,
    stand::{Stand, eventually, journey, own_stack_with},
};
use libtest_mimic::Trial;
use serde_json::{Value, json};
use uuid::Uuid;

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "after_send::a_thousand_messages_in_any_order_bring_each_effect_once", thousand),
        journey(stand, "after_send::an_event_between_the_call_and_its_answer_is_not_lost", early),
        journey(stand, "after_send::what_connect_never_told_is_found_by_asking", healed),
        journey(stand, "after_send::nothing_is_asked_while_nothing_is_under_way", silent),
        journey(stand, "after_send::killed_at_any_moment_it_loses_and_doubles_nothing", killed),
        journey(stand, "after_send::what_was_entered_is_written_back_and_what_cannot_be_is_told", values),
    ]
}

/// The messages of a few envelopes, copied and mixed until they are a thousand.
async fn thousand(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let deal = portal.deal()?;
    let session = portal.session("0-3", &deal).await?;
    let mut envelopes = Vec::new();
    for _ in 0..4 {
        envelopes.push(portal.send_nda(&session).await?);
    }
    portal.idle().await?;
    let account = portal.account.clone();
    portal
        .fault(json!({ "vendor": "connect", "accountId": account, "effect": { "message": "drop" } }))
        .await?;
    for envelope in &envelopes {
        portal.recipient(envelope, "ann.lee@nordhavn.example", "view", json!({})).await?;
        portal.sign(envelope).await?;
    }
    let kept = eventually("the messages were kept back", || async {
        let all = portal.requests(&format!("vendor=connect&accountId={account}")).await?;
        let bodies =
            all.into_iter().filter(|one| one["outcome"] == "dropped").map(|one| one["requestBody"].clone());
        let bodies: Vec<Value> = bodies.collect();
        let over = bodies.iter().filter(|body| body["event"] == "envelope-completed").count();
        Ok((over == envelopes.len()).then_some(bodies))
    })
    .await?;
    portal.no_faults().await?;
    let mut all: Vec<String> = Vec::new();
    for copy in 0.. {
        for body in &kept {
            let mut body = body.clone();
            body["retryCount"] = json!(copy);
            all.push(body.to_string());
        }
        if all.len() >= 1000 {
            break;
        }
    }
    let mut random = fastrand::Rng::with_seed(7);
    random.shuffle(&mut all);
    for some in all.chunks(20) {
        for status in futures_util::future::join_all(some.iter().map(|body| portal.deliver(body))).await {
            ensure!(status? == 200);
        }
    }
    for envelope in &envelopes {
        is_complete(&portal, &deal, envelope).await?;
    }
    Ok(())
}

/// Exactly one of everything.
async fn is_complete(portal: &Portal, deal: &str, envelope: &str) -> Result<()> {
    let mut last = Value::Null;
    for _ in 0..1200 {
        let held = portal.held("deals", deal).await?;
        if !held.notes(envelope, "completed").is_empty() {
            portal.idle().await?;
            let held = portal.held("deals", deal).await?;
            ensure!(held.notes(envelope, "completed").len() == 1, "{envelope} completed: {:?}", held.0);
            ensure!(held.notes(envelope, "sent").len() == 1, "{envelope} sent: {:?}", held.0);
            ensure!(held.files(envelope) == 2, "{envelope} files: {:?}", held.0);
            ensure!(held.status() == "completed", "{:?}", held.0);
            return Ok(());
        }
        last = held.0;
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    anyhow::bail!("{envelope} was not filed: {last}; {}", portal.outbox().await?)
}

async fn early(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let deal = portal.deal()?;
    let session = portal.session("0-3", &deal).await?;
    let draft = session.draft(&portal.template("Mutual NDA")?).await?;
    portal
        .fault(json!({ "vendor": "docusign", "accountId": portal.account, "method": "POST", "path": "*/envelopes",
            "count": 1, "effect": { "delayMs": 4000 } }))
        .await?;
    let key = Uuid::new_v4().to_string();
    let signing = async {
        let id = eventually("DocuSign has it", || async {
            Ok(portal.envelopes_at_docusign().await?.into_iter().next())
        })
        .await?;
        portal.sign(&id).await?;
        Ok::<_, anyhow::Error>(id)
    };
    let (sent, id) = futures_util::future::join(session.send(&key, &draft), signing).await;
    sent?.ok()?;
    is_complete(&portal, &deal, &id?).await
}

async fn healed(stand: Arc<Stand>) -> Result<()> {
    let stack = own_stack_with("after-healed", &[("RECONCILE_SECONDS", "3")])?;
    let stand = stand.on(&stack);
    let portal = Portal::connected(&stand).await?;
    let deal = portal.deal()?;
    let session = portal.session("0-3", &deal).await?;
    let envelope = portal.send_nda(&session).await?;
    let dropped =
        json!({ "vendor": "connect", "accountId": portal.account, "effect": { "message": "drop" } });
    portal.fault(dropped).await?;
    portal.sign(&envelope).await?;
    is_complete(&portal, &deal, &envelope).await?;
    let panel = session.get("/api/panel").await?.ok()?;
    ensure!(panel.pointer("/envelopes/0/status") == Some(&json!("completed")), "{panel}");
    // Nothing is under way any more: nobody is asked.
    let path = format!("vendor=docusign&accountId={}&method=GET&path=*/envelopes", portal.account);
    let asked = portal.requests(&path).await?.len();
    ensure!(asked >= 1);
    tokio::time::sleep(Duration::from_secs(7)).await;
    ensure!(portal.requests(&path).await?.len() <= asked + 1, "DocuSign is asked about nothing");
    journeys::control::dump_traffic(&stand, "after-healed").await
}

/// With the usual interval: a send and a signature cost DocuSign no list at all.
async fn silent(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let deal = portal.deal()?;
    let session = portal.session("0-3", &deal).await?;
    let envelope = portal.send_nda(&session).await?;
    portal.sign(&envelope).await?;
    is_complete(&portal, &deal, &envelope).await?;
    let path = format!("vendor=docusign&accountId={}&method=GET&path=*/envelopes", portal.account);
    ensure!(portal.requests(&path).await?.is_empty());
    // The documents and the certificate, and nothing else.
    let read = format!("vendor=docusign&accountId={}&method=GET&path=*/envelopes/*", portal.account);
    let read = portal.requests(&read).await?;
    ensure!(read.len() == 2, "{read:?}");
    Ok(())
}

/// `COUNTERSIGN_KILLS` says how often; a few times by default.
async fn killed(stand: Arc<Stand>) -> Result<()> {
    let kills: usize =
        std::env::var("COUNTERSIGN_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(12);
    let mut stack = own_stack_with("after-killed", &[("RECONCILE_SECONDS", "20")])?;
    let stand = stand.on(&stack);
    let portal = Portal::connected(&stand).await?;
    portal.idle().await?;
    let deal = portal.deal()?;
    // Slow enough to be killed in the middle of.
    portal.fault(json!({ "vendor": "hubspot", "portalId": portal.id, "effect": { "delayMs": 60 } })).await?;
    let mut envelopes = Vec::new();
    for round in 0..kills {
        let session = portal.session("0-3", &deal).await?;
        let envelope = portal.send_nda(&session).await?;
        portal.sign(&envelope).await?;
        envelopes.push(envelope);
        let wait = Duration::from_millis(fastrand::u64(0..1200));
        tokio::time::sleep(wait).await;
        stack.kill_worker();
        stack.start_worker().with_context(|| format!("after kill {}", round + 1))?;
    }
    portal.no_faults().await?;
    for envelope in &envelopes {
        is_complete(&portal, &deal, envelope).await?;
    }
    println!("{kills} kills, {} envelopes, each effect once", envelopes.len());
    journeys::control::dump_traffic(&stand, "after-killed").await
}

async fn values(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let contact = portal.record("contacts", "Ann Lee")?;
    let admin = portal.settings(&portal.rep()).await?;
    let property = |name: &str, kind: &str, field: &str| {
        json!({ "create": { "name": name, "label": name, "type": kind, "fieldType": field,
            "groupName": "contactinformation" } })
    };
    let path = format!("hubspot/portals/{}/contacts/properties", portal.id);
    portal.control(&path, property("start_date", "date", "date")).await?;
    portal.control(&path, property("salary", "number", "number")).await?;
    portal.control(&path, property("full_time", "bool", "booleancheckbox")).await?;
    portal.control(&path, property("gone", "string", "text")).await?;
    let set = admin.get("/api/settings/mappings").await?.ok()?;
    let mapping = |label: &str, kind: &str, property: &str, more: Value| {
        let mut mapping = json!({ "id": Uuid::new_v4().to_string(), "object": "contact",
            "field": { "of": "template", "label": label, "kind": kind },
            "property": { "via": "record", "name": property }, "direction": "to-hubspot" });
        if let (Some(map), Some(more)) = (mapping.as_object_mut(), more.as_object()) {
            map.extend(more.clone());
        }
        mapping
    };
    let mappings = json!([
        mapping("Position", "text", "jobtitle", json!({ "conflict": "keep" })),
        mapping("Start date", "date", "start_date", json!({ "when": "signed" })),
        mapping("Salary", "number", "salary", json!({})),
        mapping("Full time", "checkbox", "full_time", json!({})),
        mapping("Private e-mail", "email", "gone", json!({})),
    ]);
    let save = json!({ "version": set["version"], "mappings": mappings });
    admin.put("/api/settings/mappings", &save).await?.ok()?;
    portal.control(&path, json!({ "archive": "gone" })).await?;
    portal.in_crm("contacts", &contact, json!({ "properties": { "jobtitle": "Harbour master" } })).await?;

    let session = portal.session("0-1", &contact).await?;
    let mut draft = session.draft(&portal.template("Employment contract")?).await?;
    let rows = draft["rows"].as_array_mut().context("no rows")?;
    let employer = rows.iter_mut().find(|row| row["email"] == "").context("no open row")?;
    employer["name"] = json!("Eva Holm");
    employer["email"] = json!("eva.holm@fjordlight.example");
    let sent = session.send(&Uuid::new_v4().to_string(), &draft).await?.ok()?;
    let envelope = sent.pointer("/envelope/id").and_then(Value::as_str).context("no envelope")?.to_owned();
    let tabs = json!({ "tabs": { "Position": "Pilot", "Start date": "12/31/2026", "Salary": "52,000.50",
        "Full time": "true", "Private e-mail": "ann@home.example" } });
    portal.recipient(&envelope, "ann.lee@nordhavn.example", "sign", tabs).await?;
    let early = eventually("the date is there as soon as it is signed", || async {
        let held = portal.held("contacts", &contact).await?;
        Ok((held.property("start_date") == "2026-12-31").then_some(held))
    })
    .await?;
    ensure!(early.property("salary").is_empty(), "{:?}", early.0);
    portal.recipient(&envelope, "eva.holm@fjordlight.example", "sign", json!({})).await?;
    let held = eventually("the rest is there when all are done", || async {
        let held = portal.held("contacts", &contact).await?;
        Ok((!held.property("salary").is_empty()).then_some(held))
    })
    .await?;
    ensure!(held.property("salary") == "52000.5" && held.property("full_time") == "true", "{:?}", held.0);
    ensure!(held.property("jobtitle") == "Harbour master", "{:?}", held.0);
    portal.idle().await?;
    let outbox = portal.outbox().await?;
    let told = outbox["entries"].as_array().and_then(|all| all.first()).context("nothing is told")?;
    ensure!(told["state"] == "partly" && told["kind"] == "values", "{told}");
    let lacking = json!([{ "field": "Private e-mail", "property": "gone", "why": "property-gone" }]);
    ensure!(told["fields"] == lacking, "{told}");
    Ok(())
}
