//! Sends that must be refused with a clear word, and sends that are doubled, cut off or lost: one envelope a
//! click, and nothing half-sent.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use futures_util::future::join_all;
use journeys::{
    card::Session,
    control::{Answer, Portal},
    stand::{Stand, eventually, journey},
};
use libtest_mimic::Trial;
use serde_json::{Value, json};

pub fn trials(stand: &Stand) -> Vec<Trial> {
    let mut trials = vec![
        journey(stand, "bad_input::a_send_with_an_empty_role_names_the_row", |s| {
            incomplete(s, |draft| draft["rows"][0]["email"] = json!(""), "email-missing")
        }),
        journey(stand, "bad_input::a_send_with_a_bad_email_names_the_row", |s| {
            incomplete(s, |draft| draft["rows"][0]["email"] = json!("ann at nordhavn"), "email-invalid")
        }),
        journey(stand, "bad_input::a_subject_of_101_characters_is_refused", |s| {
            incomplete(s, |draft| draft["subject"] = json!("x".repeat(101)), "subject-too-long")
        }),
        journey(stand, "bad_input::a_subject_that_grows_past_100_with_a_name_is_refused", |s| {
            let long = |draft: &mut Value| {
                draft["subject"] = json!("For [[Client_UserName]]");
                draft["rows"][0]["name"] = json!("N".repeat(97));
            };
            incomplete(s, long, "subject-too-long")
        }),
        journey(stand, "bad_input::a_template_deleted_in_between_is_said", template_deleted),
        journey(stand, "bad_input::a_template_without_documents_is_not_sent", no_documents),
        journey(stand, "bad_input::a_send_without_a_key_names_the_header", no_key),
        journey(stand, "bad_input::a_key_with_other_content_is_refused", key_reused),
        journey(stand, "bad_input::a_double_click_sends_one_envelope", double_click),
        journey(stand, "bad_input::two_tabs_with_one_key_send_one_envelope", two_tabs),
        journey(stand, "bad_input::a_lost_answer_sends_one_envelope", lost_answer),
    ];
    for (name, docusign, hubspot, is_final) in vendor_faults() {
        let title = format!("bad_input::docusign_answering_{name}_to_a_send_half_sends_nothing");
        trials.push(journey(stand, &title, move |s| docusign_fails(s, docusign.clone(), is_final)));
        let title = format!("bad_input::hubspot_answering_{name}_to_the_wizard_is_said");
        trials.push(journey(stand, &title, move |s| hubspot_fails(s, hubspot.clone())));
    }
    trials
}

/// Each way a vendor fails: its name, DocuSign's effect, HubSpot's, and whether a send is then known to have
/// failed (`true`) or may yet have happened.
fn vendor_faults() -> Vec<(&'static str, Value, Value, bool)> {
    let docusign = |status: u16, code: &str| json!({ "status": status, "body": { "errorCode": code, "message": "Planted by a journey." } });
    let hubspot = |status: u16, category: &str| {
        json!({ "status": status, "body": { "status": "error", "category": category,
            "message": "Planted by a journey.", "correlationId": "00000000-0000-4000-8000-000000000000" } })
    };
    let both = |name: &'static str, effect: Value| (name, effect.clone(), effect, false);
    vec![
        ("400", docusign(400, "INVALID_REQUEST_PARAMETER"), hubspot(400, "VALIDATION_ERROR"), true),
        ("401", docusign(401, "USER_AUTHENTICATION_FAILED"), hubspot(401, "EXPIRED_AUTHENTICATION"), true),
        ("403", docusign(403, "USER_LACKS_PERMISSIONS"), hubspot(403, "MISSING_SCOPES"), true),
        ("404", docusign(404, "RESOURCE_NOT_FOUND"), hubspot(404, "OBJECT_NOT_FOUND"), true),
        ("429", docusign(429, "HOURLY_APIINVOCATION_LIMIT_EXCEEDED"), hubspot(429, "RATE_LIMITS"), true),
        both("500", json!({ "status": 500, "body": "<html>oops</html>" })),
        both("nothing_cut_off", json!({ "cut": "before" })),
        both("20_seconds_late", json!({ "delayMs": 20_000 })),
    ]
}

async fn session(portal: &Portal) -> Result<Session> {
    portal.session("0-3", &portal.deal()?).await
}

fn key() -> String {
    uuid::Uuid::new_v4().to_string()
}

fn envelope(answer: &Value) -> Result<String> {
    Ok(answer
        .pointer("/envelope/id")
        .and_then(Value::as_str)
        .context("no envelope in the answer")?
        .to_owned())
}

async fn sent_at_docusign(portal: &Portal) -> Result<usize> {
    Ok(portal.envelopes_at_docusign().await?.len())
}

/// Every refusal: a code, who can mend it is derived from it, a support id, and no envelope anywhere.
async fn nothing_sent(portal: &Portal, session: &Session, answer: &Answer) -> Result<()> {
    ensure!(answer.body.get("support_id").is_some(), "no support id: {}", answer.body);
    ensure!(sent_at_docusign(portal).await? == 0, "something was sent all the same");
    let panel = session.get("/api/panel").await?.ok()?;
    ensure!(panel.get("total").and_then(Value::as_u64) == Some(0), "something stayed behind: {panel}");
    Ok(())
}

async fn incomplete(stand: Arc<Stand>, spoil: impl Fn(&mut Value), problem: &'static str) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let mut draft = session.draft(&portal.template("Mutual NDA")?).await?;
    spoil(&mut draft);
    let answer = session.send(&key(), &draft).await?;
    ensure!(answer.status == 422 && answer.code() == "draft-incomplete", "{} {}", answer.status, answer.body);
    let problems = answer.body.get("problems").and_then(Value::as_array).context("no problems")?;
    let named = problems.iter().any(|p| p.get("problem").and_then(Value::as_str) == Some(problem));
    ensure!(named, "{problem} is not among {problems:?}");
    nothing_sent(&portal, &session, &answer).await
}

async fn template_deleted(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let template = portal.template("Mutual NDA")?;
    let draft = session.draft(&template).await?;
    portal.control(&format!("docusign/templates/{template}/delete"), json!({})).await?;
    let answer = session.send(&key(), &draft).await?;
    ensure!(answer.code() == "template-gone", "{} {}", answer.status, answer.body);
    nothing_sent(&portal, &session, &answer).await
}

async fn no_documents(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let draft = session.draft(&portal.template("Cover letter")?).await?;
    let answer = session.send(&key(), &draft).await?;
    let said = answer.body.to_string();
    ensure!(said.contains("no-documents"), "{} {}", answer.status, answer.body);
    nothing_sent(&portal, &session, &answer).await
}

async fn no_key(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let draft = session.draft(&portal.template("Mutual NDA")?).await?;
    for key in ["", "x", "not-a-uuid-at-all-but-36-characters!"] {
        let answer = session.send(key, &draft).await?;
        ensure!(answer.status == 400 && answer.code() == "bad-request", "{} {}", answer.status, answer.body);
        ensure!(answer.body.to_string().to_lowercase().contains("idempotency"), "{}", answer.body);
    }
    Ok(())
}

async fn key_reused(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let mut draft = session.draft(&portal.template("Mutual NDA")?).await?;
    let key = key();
    session.send(&key, &draft).await?.ok()?;
    draft["subject"] = json!("Another subject");
    let answer = session.send(&key, &draft).await?;
    ensure!(answer.code() == "idempotency-mismatch", "{} {}", answer.status, answer.body);
    ensure!(sent_at_docusign(&portal).await? == 1);
    Ok(())
}

async fn double_click(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let draft = session.draft(&portal.template("Mutual NDA")?).await?;
    let key = key();
    let (first, second) = tokio::join!(session.send(&key, &draft), session.send(&key, &draft));
    ensure!(envelope(&first?.ok()?)? == envelope(&second?.ok()?)?, "two envelopes for one click");
    ensure!(sent_at_docusign(&portal).await? == 1);
    Ok(())
}

async fn two_tabs(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let tabs = [session(&portal).await?, session(&portal).await?];
    let draft = tabs[0].draft(&portal.template("Mutual NDA")?).await?;
    let key = key();
    let answers = join_all(tabs.iter().map(|tab| tab.send(&key, &draft))).await;
    let mut ids = Vec::new();
    for answer in answers {
        ids.push(envelope(&answer?.ok()?)?);
    }
    ensure!(ids[0] == ids[1], "two envelopes: {ids:?}");
    ensure!(sent_at_docusign(&portal).await? == 1);
    Ok(())
}

/// DocuSign did it, and the connection was cut before it could say so.
async fn lost_answer(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let draft = session.draft(&portal.template("Mutual NDA")?).await?;
    let path = format!("*/accounts/{}/envelopes", portal.account);
    let cut = json!({ "cut": "after" });
    let fault = json!({ "vendor": "docusign", "accountId": portal.account, "method": "POST", "path": path, "count": 1, "effect": cut });
    portal.fault(fault).await?;
    let key = key();
    let answer = eventually("the send settles", || async {
        let answer = session.send(&key, &draft).await?;
        Ok((answer.status == 200).then_some(answer))
    })
    .await?;
    let settled = envelope(&answer.body)?;
    let at_docusign = portal.envelopes_at_docusign().await?;
    ensure!(at_docusign == [settled], "DocuSign has {at_docusign:?}");
    let panel = session.get("/api/panel").await?.ok()?;
    ensure!(panel.get("total").and_then(Value::as_u64) == Some(1), "{panel}");
    Ok(())
}

/// Once the fault is over the same click goes through, exactly once.
async fn docusign_fails(stand: Arc<Stand>, effect: Value, final_answer: bool) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let draft = session.draft(&portal.template("Mutual NDA")?).await?;
    let path = format!("*/accounts/{}/envelopes", portal.account);
    let fault = json!({ "vendor": "docusign", "accountId": portal.account, "method": "POST", "path": path, "effect": effect });
    portal.fault(fault).await?;
    let key = key();
    let answer = session.send(&key, &draft).await?;
    let late = effect.get("delayMs").is_some();
    if answer.status == 200 {
        ensure!(late, "sent although DocuSign failed: {}", answer.body);
    } else {
        ensure!(
            (400..600).contains(&answer.status) && !answer.code().is_empty(),
            "{} {}",
            answer.status,
            answer.body
        );
        ensure!(answer.code() != "internal", "a vendor's failure is called ours: {}", answer.body);
        if final_answer {
            nothing_sent(&portal, &session, &answer).await?;
        }
    }
    portal.no_faults().await?;
    let next = if final_answer { uuid::Uuid::new_v4().to_string() } else { key };
    let answer = eventually("the send goes through once DocuSign is back", || async {
        let answer = session.send(&next, &draft).await?;
        Ok((answer.status == 200).then_some(answer))
    })
    .await?;
    let at_docusign = portal.envelopes_at_docusign().await?;
    ensure!(at_docusign == [envelope(&answer.body)?], "DocuSign has {at_docusign:?}");
    Ok(())
}

async fn hubspot_fails(stand: Arc<Stand>, effect: Value) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let template = portal.template("Mutual NDA")?;
    let fault = json!({ "vendor": "hubspot", "path": "/crm/*", "portalId": portal.id, "effect": effect });
    portal.fault(fault).await?;
    for path in [format!("/api/compose?template={template}"), "/api/contacts?q=ann".to_owned()] {
        let answer = session.get(&path).await?;
        ensure!(
            answer.status >= 400 && !answer.code().is_empty(),
            "{path}: {} {}",
            answer.status,
            answer.body
        );
        ensure!(answer.code() != "internal", "{path}: a vendor's failure is called ours: {}", answer.body);
    }
    portal.no_faults().await?;
    session.get(&format!("/api/compose?template={template}")).await?.ok()?;
    Ok(())
}
