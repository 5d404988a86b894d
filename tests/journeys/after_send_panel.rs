//! After sending, at the edge: reminding, correcting, voiding, papers and history; each once, each refused with its
//! reason, and never for anybody else's record. The same in the browser is in `after_send_screens`.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use futures_util::future::join_all;
use journeys::{
    card::Session,
    control::{Answer, Portal, client, text},
    stand::{Stand, eventually, journey},
};
use libtest_mimic::Trial;
use serde_json::{Value, json};

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "after_send::a_reminder_is_sent_once_an_hour_whoever_asks", reminded),
        journey(stand, "after_send::a_double_click_reminds_once_and_voids_once", doubled),
        journey(stand, "after_send::a_lost_answer_is_not_done_twice", lost_answers),
        journey(
            stand,
            "after_send::what_docusign_refuses_is_not_counted_and_is_read_anew",
            refused_by_docusign,
        ),
        journey(stand, "after_send::a_correction_reaches_docusign_and_mails_the_new_address", corrected),
        journey(stand, "after_send::what_is_over_says_why_nothing_can_be_done", over),
        journey(stand, "after_send::papers_come_as_files_and_with_the_session_alone", papers),
        journey(stand, "after_send::the_history_asks_docusign_only_when_asked", history),
        journey(stand, "after_send::an_envelope_of_somebody_else_is_not_found_or_refused", foreign),
        journey(stand, "after_send::bad_requests_are_refused", malformed),
        journey(stand, "after_send::sending_again_is_a_draft_to_the_same_people", again),
        journey(stand, "after_send::the_list_is_searched_filtered_and_ordered_by_the_edge", listed),
    ]
}

fn key() -> String {
    uuid::Uuid::new_v4().to_string()
}

async fn session(portal: &Portal) -> Result<Session> {
    portal.session("0-3", &portal.deal()?).await
}

/// Sends a template as it is, and gives the envelope's id once DocuSign's first messages were heard.
pub async fn sent(portal: &Portal, session: &Session, template: &str) -> Result<String> {
    let draft = session.draft(&portal.template(template)?).await?;
    let answer = session.send(&key(), &draft).await?.ok()?;
    let id = answer.pointer("/envelope/id").and_then(Value::as_str).context("no envelope")?.to_owned();
    eventually("DocuSign has told the recipients' numbers", || async {
        let seen = see(session, &id).await?;
        let numbered = seen["envelope"]["recipients"][0]["id"].as_str().is_some_and(|id| !id.is_empty());
        Ok(numbered.then_some(()))
    })
    .await?;
    Ok(id)
}

pub async fn see(session: &Session, id: &str) -> Result<Value> {
    session.get(&format!("/api/envelopes/{id}")).await?.ok()
}

async fn act(session: &Session, id: &str, deed: &str, key: &str, body: &Value) -> Result<Answer> {
    let url = format!("{}/api/envelopes/{id}/{deed}", session.worker);
    let request = client().post(url).bearer_auth(&session.token).header("Idempotency-Key", key);
    journeys::control::call(request.json(body)).await
}

fn refused(answer: &Answer, status: u16, code: &str, field: &str) -> Result<()> {
    let why = answer.body.get("field").and_then(Value::as_str).unwrap_or_default();
    ensure!(
        answer.status == status && answer.code() == code && why == field,
        "{} {}, wanted {code} {field}",
        answer.status,
        answer.body
    );
    Ok(())
}

/// How often DocuSign was asked to change something or for its history: what is brought to HubSpot meanwhile, and
/// fetched for it, goes its own way.
pub async fn asked(portal: &Portal) -> Result<usize> {
    let calls = portal.docusign_calls().await?;
    let counts = |call: &&Value| {
        let told = |name: &str| call[name].as_str().unwrap_or_default().to_owned();
        told("method") == "PUT" || told("path").contains("audit_events")
    };
    Ok(calls.iter().filter(counts).count())
}

/// The kinds and addresses of the mails that went out for an envelope.
async fn mails(portal: &Portal, id: &str) -> Result<Vec<(String, String)>> {
    let envelope = portal.look(&format!("docusign/envelopes/{id}")).await?;
    let list = envelope["mails"].as_array().context("no mails")?;
    list.iter().map(|mail| Ok((text(mail, "kind")?, text(mail, "to")?))).collect()
}

async fn invitations(portal: &Portal, id: &str) -> Result<usize> {
    Ok(mails(portal, id).await?.iter().filter(|(kind, _)| kind == "sign").count())
}

fn recipient(detail: &Value, at: usize) -> Result<(String, String)> {
    let one = &detail["envelope"]["recipients"][at];
    Ok((text(one, "id")?, text(one, "email")?))
}

fn whats(detail: &Value) -> Vec<String> {
    let list = detail["history"].as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(|line| Some(line["what"].as_str()?.to_owned())).collect()
}

async fn reminded(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let id = sent(&portal, &session, "Master services agreement").await?;
    let before = asked(&portal).await?;
    let everybody = json!({ "recipients": [] });
    let detail = act(&session, &id, "remind", &key(), &everybody).await?.ok()?;
    ensure!(asked(&portal).await? == before + 1, "a reminder is one call");
    // The first in the order has it; the second is not there yet.
    ensure!(invitations(&portal, &id).await? == 2, "{:?}", mails(&portal, &id).await?);
    ensure!(detail["reminded"].as_array().map(Vec::len) == Some(1), "{}", detail["reminded"]);
    ensure!(whats(&detail).first().map(String::as_str) == Some("reminded"), "{:?}", whats(&detail));
    // Another window, and another user's: not within the hour.
    let other = self::session(&portal).await?;
    let answer = act(&other, &id, "remind", &key(), &everybody).await?;
    refused(&answer, 409, "not-possible", "too-soon")?;
    let wait = answer.body["retry_after"].as_u64().unwrap_or_default();
    ensure!((3_500..=3_600).contains(&wait), "{}", answer.body);
    let (first, _) = recipient(&detail, 0)?;
    let one = json!({ "recipients": [first] });
    refused(&act(&session, &id, "remind", &key(), &one).await?, 409, "not-possible", "too-soon")?;
    let (second, _) = recipient(&detail, 1)?;
    let one = json!({ "recipients": [second] });
    refused(&act(&session, &id, "remind", &key(), &one).await?, 409, "not-possible", "too-soon")?;
    ensure!(invitations(&portal, &id).await? == 2, "somebody was reminded twice");
    // The second one's turn has come: the hour is each one's own.
    portal.recipient(&id, "Client", "sign", json!({})).await?;
    eventually("it is the second one's turn", || async {
        let seen = see(&session, &id).await?;
        Ok((seen["envelope"]["recipients"][1]["status"] == "sent").then_some(()))
    })
    .await?;
    act(&session, &id, "remind", &key(), &one).await?.ok()?;
    let one = json!({ "recipients": [first] });
    refused(&act(&session, &id, "remind", &key(), &one).await?, 409, "not-possible", "too-soon")
}

async fn doubled(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let id = sent(&portal, &session, "Mutual NDA").await?;
    let (remind, void) = (key(), key());
    let everybody = json!({ "recipients": [] });
    let clicks = (0..5).map(|_| act(&session, &id, "remind", &remind, &everybody));
    for answer in join_all(clicks).await {
        answer?.ok()?;
    }
    ensure!(invitations(&portal, &id).await? == 2, "{:?}", mails(&portal, &id).await?);
    // Other windows press it at the same time, each with a key of its own.
    let reason = json!({ "reason": "The terms have changed." });
    let clicks = (0..3).map(|_| act(&session, &id, "void", &void, &reason));
    for answer in join_all(clicks).await {
        ensure!(answer?.ok()?["envelope"]["status"] == "voided");
    }
    refused(&act(&session, &id, "void", &key(), &reason).await?, 409, "not-possible", "voided")?;
    let told = mails(&portal, &id).await?.iter().filter(|(kind, _)| kind == "voided").count();
    ensure!(told == 1, "{told} mails about the end");
    let seen = see(&session, &id).await?;
    ensure!(seen["envelope"]["voided_reason"] == "The terms have changed.", "{seen}");
    let count = |what: &str| whats(&seen).iter().filter(|one| *one == what).count();
    ensure!((count("reminded"), count("voided")) == (1, 1), "{:?}", whats(&seen));
    let answer = act(&session, &id, "void", &remind, &reason).await?;
    refused(&answer, 409, "idempotency-mismatch", "")
}

/// A fault for the next call that is `method` on a path that ends so.
async fn cut(portal: &Portal, method: &str, path: &str, effect: Value) -> Result<()> {
    portal
        .fault(json!({ "vendor": "docusign", "method": method, "path": path, "accountId": portal.account,
            "count": 1, "effect": effect }))
        .await
}

async fn lost_answers(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let id = sent(&portal, &session, "Mutual NDA").await?;
    let after = json!({ "cut": "after" });

    // The reminder went out, its answer did not come back: it is counted, and confirmed by what DocuSign tells.
    let remind = key();
    let everybody = json!({ "recipients": [] });
    cut(&portal, "PUT", &format!("*/envelopes/{id}/recipients"), after.clone()).await?;
    let answer = act(&session, &id, "remind", &remind, &everybody).await?;
    ensure!(answer.code() == "action-unsettled", "{} {}", answer.status, answer.body);
    eventually("DocuSign has told of the reminder", || async {
        let answer = act(&session, &id, "remind", &remind, &everybody).await?;
        Ok((answer.status == 200).then_some(()))
    })
    .await?;
    refused(&act(&session, &id, "remind", &key(), &everybody).await?, 409, "not-possible", "too-soon")?;
    ensure!(invitations(&portal, &id).await? == 2, "{:?}", mails(&portal, &id).await?);

    // The correction was taken: the address is not said again, which would mail it again.
    let detail = see(&session, &id).await?;
    let (who, _) = recipient(&detail, 0)?;
    let correction = json!({ "recipients": [
        { "recipient": who, "name": "Ann Lee", "email": "ann.new@nordhavn.example", "routing_order": 1 } ] });
    cut(&portal, "PUT", &format!("*/envelopes/{id}/recipients"), after.clone()).await?;
    let correct = key();
    let detail = act(&session, &id, "correct", &correct, &correction).await?.ok()?;
    ensure!(recipient(&detail, 0)?.1 == "ann.new@nordhavn.example", "{detail}");
    act(&session, &id, "correct", &correct, &correction).await?.ok()?;
    let to_new = mails(&portal, &id).await?.iter().filter(|(_, to)| to == "ann.new@nordhavn.example").count();
    ensure!(to_new == 1, "{to_new} mails to the new address");

    let void = key();
    cut(&portal, "PUT", &format!("*/envelopes/{id}"), after).await?;
    let reason = json!({ "reason": "Sent by mistake" });
    let detail = act(&session, &id, "void", &void, &reason).await?.ok()?;
    ensure!(detail["envelope"]["status"] == "voided", "{detail}");
    act(&session, &id, "void", &void, &reason).await?.ok()?;
    let told = mails(&portal, &id).await?.iter().filter(|(kind, _)| kind == "voided").count();
    ensure!(told == 1, "{told} mails about the end");
    Ok(())
}

async fn refused_by_docusign(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let id = sent(&portal, &session, "Mutual NDA").await?;
    let everybody = json!({ "recipients": [] });
    let busy = json!({ "status": 429, "body": { "errorCode": "HOURLY_APIINVOCATION_LIMIT_EXCEEDED", "message": "x" } });
    cut(&portal, "PUT", &format!("*/envelopes/{id}/recipients"), busy).await?;
    let answer = act(&session, &id, "remind", &key(), &everybody).await?;
    ensure!(answer.code() == "docusign-busy", "{} {}", answer.status, answer.body);
    let no = json!({ "status": 403, "body": { "errorCode": "USER_LACKS_PERMISSIONS", "message": "x" } });
    cut(&portal, "PUT", &format!("*/envelopes/{id}/recipients"), no).await?;
    let answer = act(&session, &id, "remind", &key(), &everybody).await?;
    ensure!(answer.code() == "docusign-no-permission", "{} {}", answer.status, answer.body);
    ensure!(!whats(&see(&session, &id).await?).contains(&"reminded".to_owned()), "a refusal was counted");
    act(&session, &id, "remind", &key(), &everybody).await?.ok()?;
    // It ended behind our back, and Connect's message of it is lost.
    portal
        .fault(json!({ "vendor": "connect", "accountId": portal.account, "count": 50, "effect": { "message": "drop" } }))
        .await?;
    portal.recipient(&id, "Client", "decline", json!({ "reason": "No" })).await?;
    let answer = act(&session, &id, "void", &key(), &json!({ "reason": "x" })).await?;
    refused(&answer, 409, "not-possible", "stale")?;
    let seen = see(&session, &id).await?;
    ensure!(seen["envelope"]["status"] == "declined", "not read anew: {seen}");
    portal.no_faults().await
}

async fn corrected(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let id = sent(&portal, &session, "Master services agreement").await?;
    portal.recipient(&id, "Client", "bounce", json!({})).await?;
    eventually("the bounce is told", || async {
        let seen = see(&session, &id).await?;
        Ok((seen["envelope"]["recipients"][0]["status"] == "autoresponded").then_some(seen))
    })
    .await?;
    let everybody = json!({ "recipients": [] });
    refused(&act(&session, &id, "remind", &key(), &everybody).await?, 409, "not-possible", "bounced")?;
    let detail = see(&session, &id).await?;
    let ((first, _), (second, email)) = (recipient(&detail, 0)?, recipient(&detail, 1)?);
    let before = portal.docusign_calls().await?.len();
    let correction = json!({
        "recipients": [
            { "recipient": first, "name": "Ann B. Lee", "email": "ann.b@nordhavn.example", "routing_order": 1 },
            { "recipient": second, "name": "Somebody Else", "email": email, "routing_order": 3 },
        ],
        "subject": "A better subject", "message": "Now to the right address",
    });
    let detail = act(&session, &id, "correct", &key(), &correction).await?.ok()?;
    ensure!(portal.docusign_calls().await?.len() == before + 2, "message and recipients are a call each");
    ensure!(detail["envelope"]["subject"] == "A better subject", "{detail}");
    let there = portal.look(&format!("docusign/envelopes/{id}")).await?;
    ensure!(there["subject"] == "A better subject", "{there}");
    let people = there["recipients"].as_array().context("no recipients")?;
    ensure!(people.iter().any(|one| one["email"] == "ann.b@nordhavn.example" && one["name"] == "Ann B. Lee"));
    ensure!(people.iter().any(|one| one["name"] == "Somebody Else" && one["routingOrder"] == "3"), "{there}");
    let mails = mails(&portal, &id).await?;
    let to_new = mails.iter().filter(|(_, to)| to == "ann.b@nordhavn.example").count();
    ensure!(to_new == 1 && !mails.iter().any(|(_, to)| *to == email), "{mails:?}");
    eventually("DocuSign tells that it is delivered again", || async {
        let seen = see(&session, &id).await?;
        Ok((seen["envelope"]["recipients"][0]["status"] == "sent").then_some(()))
    })
    .await?;
    portal.recipient(&id, "Client", "sign", json!({})).await?;
    eventually("the signature is heard", || async {
        let seen = see(&session, &id).await?;
        Ok((seen["envelope"]["recipients"][0]["status"] == "completed").then_some(()))
    })
    .await?;
    let late = json!({ "recipients": [
        { "recipient": first, "name": "Too late", "email": "x@nordhavn.example", "routing_order": 1 } ] });
    refused(&act(&session, &id, "correct", &key(), &late).await?, 400, "bad-request", "not-correctable")
}

async fn over(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let everybody = json!({ "recipients": [] });
    let reason = json!({ "reason": "x" });
    for (does, body, status) in
        [("sign", json!({}), "completed"), ("decline", json!({ "reason": "Too dear" }), "declined")]
    {
        let id = sent(&portal, &session, "Mutual NDA").await?;
        portal.recipient(&id, "Client", does, body).await?;
        eventually("the end is heard", || async {
            let seen = see(&session, &id).await?;
            Ok((seen["envelope"]["status"] == status).then_some(()))
        })
        .await?;
        let before = asked(&portal).await?;
        refused(&act(&session, &id, "remind", &key(), &everybody).await?, 409, "not-possible", status)?;
        refused(&act(&session, &id, "void", &key(), &reason).await?, 409, "not-possible", status)?;
        let nobody = json!({ "recipients": [] });
        refused(&act(&session, &id, "correct", &key(), &nobody).await?, 409, "not-possible", status)?;
        ensure!(asked(&portal).await? == before, "a vendor was asked for what cannot be");
    }
    Ok(())
}

async fn papers(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let id = sent(&portal, &session, "Onboarding pack").await?;
    let path = |document: &str| format!("/api/envelopes/{id}/documents{document}");
    let list = session.get(&path("")).await?.ok()?;
    let list = list["documents"].as_array().context("no list")?.clone();
    ensure!(list.len() == 3, "{list:?}");
    refused(&session.get(&path("/certificate")).await?, 409, "not-possible", "not-completed")?;
    let fetch = async |document: &str| -> Result<(u16, String, Vec<u8>)> {
        let url = format!("{}{}", session.worker, path(document));
        let response = client().get(url).bearer_auth(&session.token).send().await?;
        let header = |name: &str| {
            response.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned()
        };
        ensure!(header("cache-control") == "no-store" && header("x-content-type-options") == "nosniff");
        let (status, name) = (response.status().as_u16(), header("content-disposition"));
        Ok((status, name, response.bytes().await?.to_vec()))
    };
    let (status, name, bytes) = fetch("/combined").await?;
    ensure!(status == 200 && bytes.starts_with(b"%PDF-") && bytes.len() > 2_000, "{status} {}", bytes.len());
    ensure!(name.starts_with("attachment; filename=\"") && name.ends_with(".pdf\""), "{name}");
    let one = text(&list[1], "id")?;
    let (status, _, single) = fetch(&format!("/{one}")).await?;
    ensure!(status == 200 && single.starts_with(b"%PDF-") && single.len() < bytes.len());
    let (status, ..) = fetch("/999999").await?;
    ensure!(status == 404, "a document that is not there: {status}");
    // Without the session there is nothing, whatever else is in the address.
    let bare = client().get(format!("{}{}?token={}", session.worker, path("/combined"), session.token));
    ensure!(bare.send().await?.status().as_u16() == 401);
    let history = whats(&see(&session, &id).await?);
    ensure!(history.iter().filter(|what| *what == "downloaded").count() >= 2, "{history:?}");
    Ok(())
}

async fn history(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let id = sent(&portal, &session, "Mutual NDA").await?;
    portal.recipient(&id, "Client", "sign", json!({})).await?;
    let before = asked(&portal).await?;
    let detail = eventually("the end is in the history", || async {
        let seen = see(&session, &id).await?;
        Ok(whats(&seen).contains(&"envelope-completed".to_owned()).then_some(seen))
    })
    .await?;
    let found = whats(&detail);
    for what in ["sent", "recipient-delivered", "recipient-completed", "envelope-completed"] {
        ensure!(found.iter().filter(|one| *one == what).count() == 1, "{what} in {found:?}");
    }
    ensure!(!found.contains(&"envelope-sent".to_owned()), "said twice: {found:?}");
    let sent = detail["history"].as_array().and_then(|list| list.iter().find(|line| line["what"] == "sent"));
    ensure!(sent.is_some_and(|line| line["by"].as_str().is_some_and(|by| by.contains('@'))), "{detail}");
    ensure!(asked(&portal).await? == before, "the own history asked a vendor");
    let path = format!("/api/envelopes/{id}/audit");
    let trail = session.get(&path).await?.ok()?;
    ensure!(trail["events"].as_array().is_some_and(|list| list.len() >= 3), "{trail}");
    ensure!(trail["events"].to_string().contains("Signed"), "{trail}");
    session.get(&path).await?.ok()?;
    ensure!(asked(&portal).await? == before + 1, "asked more than once within 15 minutes");
    let certificate = session.get(&format!("/api/envelopes/{id}/documents/certificate")).await?;
    ensure!(certificate.status == 200, "{} {}", certificate.status, certificate.body);
    Ok(())
}

async fn foreign(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let owner = session(&portal).await?;
    let id = sent(&portal, &owner, "Mutual NDA").await?;
    let elsewhere = Portal::connected(&stand).await?;
    let contact = text(portal.told.pointer("/hubspot/contacts").context("no contacts")?, "Ann Lee")?;
    let before = portal.docusign_calls().await?.len();
    let everybody = json!({ "recipients": [] });
    let reason = json!({ "reason": "x" });
    for other in [portal.session("0-1", &contact).await?, session(&elsewhere).await?] {
        for path in ["", "/audit", "/documents", "/documents/combined"] {
            let answer = other.get(&format!("/api/envelopes/{id}{path}")).await?;
            refused(&answer, 404, "not-found", "").context(path)?;
        }
        refused(&act(&other, &id, "remind", &key(), &everybody).await?, 404, "not-found", "")?;
        refused(&act(&other, &id, "void", &key(), &reason).await?, 404, "not-found", "")?;
        refused(&act(&other, &id, "again", &key(), &Value::Null).await?, 404, "not-found", "")?;
    }
    // A colleague on the same record sees it, and acts only through a connection of their own.
    let colleague = portal.session_of(&portal.user(1), "0-3", &portal.deal()?).await?;
    ensure!(see(&colleague, &id).await?["envelope"]["id"] == id.as_str());
    refused(
        &act(&colleague, &id, "remind", &key(), &everybody).await?,
        409,
        "not-possible",
        "not-connected",
    )?;
    let answer = colleague.get(&format!("/api/envelopes/{id}/documents/combined")).await?;
    refused(&answer, 409, "not-possible", "not-connected")?;
    ensure!(portal.docusign_calls().await?.len() == before, "DocuSign was asked for somebody else");
    ensure!(invitations(&portal, &id).await? == 1);
    Ok(())
}

async fn malformed(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let id = sent(&portal, &session, "Mutual NDA").await?;
    let before = asked(&portal).await?;
    let post = session.post(&format!("/api/envelopes/{id}/void"), &json!({ "reason": "x" })).await?;
    refused(&post, 400, "bad-request", "Idempotency-Key")?;
    refused(
        &act(&session, &id, "void", "7", &json!({ "reason": "x" })).await?,
        400,
        "bad-request",
        "Idempotency-Key",
    )?;
    for reason in [String::new(), "  ".into(), "x".repeat(201)] {
        let answer = act(&session, &id, "void", &key(), &json!({ "reason": reason })).await?;
        refused(&answer, 400, "bad-request", "reason")?;
    }
    refused(&act(&session, &id, "void", &key(), &json!({})).await?, 400, "bad-request", "body")?;
    let unknown = json!({ "recipients": ["99"] });
    refused(&act(&session, &id, "remind", &key(), &unknown).await?, 404, "not-found", "")?;
    let (who, email) = recipient(&see(&session, &id).await?, 0)?;
    let correct = |name: &str, email: &str| {
        json!({ "recipients": [
        { "recipient": who, "name": name, "email": email, "routing_order": 1 } ] })
    };
    for (body, field) in [
        (correct("", &email), "name-missing"),
        (correct("Ann", "ann at nordhavn"), "email-invalid"),
        (json!({ "recipients": [] }), "nothing-changed"),
        (json!({ "subject": " " }), "subject-missing"),
        (json!({ "message": "x".repeat(10_001) }), "message-too-long"),
    ] {
        refused(&act(&session, &id, "correct", &key(), &body).await?, 400, "bad-request", field)?;
    }
    let large = json!({ "message": "x".repeat(200_000) });
    refused(&act(&session, &id, "correct", &key(), &large).await?, 413, "too-large", "")?;
    for path in ["/api/envelopes/..%2Fx", "/api/envelopes/none", "/api/envelopes/none/documents/combined"] {
        refused(&session.get(path).await?, 404, "not-found", "").context(path)?;
    }
    let odd = session.get(&format!("/api/envelopes/{id}/documents/..%2F..%2Fx")).await?;
    refused(&odd, 404, "not-found", "")?;
    for query in ["group=x", "status=x", "by=x"] {
        let answer = session.get(&format!("/api/panel?{query}")).await?;
        ensure!(answer.status == 400, "{query}: {} {}", answer.status, answer.body);
    }
    ensure!(asked(&portal).await? == before, "a bad request reached a vendor");
    Ok(())
}

async fn again(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let mut draft = session.draft(&portal.template("Master services agreement")?).await?;
    draft["rows"][0]["name"] = json!("Gro Dahl");
    draft["rows"][0]["email"] = json!("gro.dahl@fjordlys.example");
    let answer = session.send(&key(), &draft).await?.ok()?;
    let id = text(&answer["envelope"], "id")?;
    let new = key();
    for _ in 0..2 {
        act(&session, &id, "again", &new, &Value::Null).await?.ok()?;
    }
    let opened = session.get(&format!("/api/drafts/{new}")).await?.ok()?;
    ensure!(opened["draft"]["rows"][0]["email"] == "gro.dahl@fjordlys.example", "{opened}");
    ensure!(opened["draft"]["template_id"] == draft["template_id"], "{opened}");
    ensure!(opened["draft"]["rows"].as_array().map(Vec::len) == Some(2), "{opened}");
    session.send(&new, &opened["draft"]).await?.ok()?;
    ensure!(portal.envelopes_at_docusign().await?.len() == 2);
    Ok(())
}

async fn ids(session: &Session, query: &str) -> Result<(Vec<String>, u64, Option<String>)> {
    let page = session.get(&format!("/api/panel?{query}")).await?.ok()?;
    let list = page["envelopes"].as_array().context("no list")?;
    let ids = list.iter().map(|one| text(one, "id")).collect::<Result<_>>()?;
    Ok((ids, page["total"].as_u64().unwrap_or_default(), page["next"].as_str().map(str::to_owned)))
}

async fn listed(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let mut sent = Vec::new();
    for at in 0..3 {
        let mut draft = session.draft(&portal.template("Mutual NDA")?).await?;
        draft["subject"] = json!(format!("Ærø number {at}"));
        let answer = session.send(&key(), &draft).await?.ok()?;
        sent.push(text(&answer["envelope"], "id")?);
    }
    let [first, second, third] = sent.as_slice() else { anyhow::bail!("three were sent") };
    portal.recipient(first, "Client", "decline", json!({ "reason": "No" })).await?;
    portal.recipient(second, "Client", "sign", json!({})).await?;
    let before = asked(&portal).await?;
    // What needs somebody first, then what is under way, then what is over.
    eventually("the list is in the panel's order", || async {
        let (found, total, _) = ids(&session, "").await?;
        Ok((found == [first.clone(), third.clone(), second.clone()] && total == 3).then_some(()))
    })
    .await?;
    for (query, expected) in [
        ("group=needs-attention", vec![first]),
        ("group=in-progress", vec![third]),
        ("status=completed", vec![second]),
        ("status=voided", vec![]),
        ("q=%C3%86R%C3%98+2", vec![third]),
        ("q=ann.lee%40nordhavn&group=completed", vec![second]),
        ("q=nothing+like+it", vec![]),
        ("q=%25", vec![]),
    ] {
        let (found, total, next) = ids(&session, query).await?;
        let expected: Vec<String> = expected.into_iter().cloned().collect();
        ensure!(
            found == expected && total == expected.len() as u64 && next.is_none(),
            "{query}: {found:?} {total}"
        );
    }
    let (changed, ..) = ids(&session, "by=changed").await?;
    ensure!(changed.len() == 3 && changed.last() == Some(third), "{changed:?}");
    // A cursor that is none of ours starts at the top.
    ensure!(ids(&session, "cursor=~~~").await?.0.len() == 3);
    let other = portal.session("0-1", &portal.record("contacts", "Ann Lee")?).await?;
    ensure!(ids(&other, "q=number").await?.0.is_empty(), "found on another record");
    ensure!(asked(&portal).await? == before, "the list asked a vendor");
    Ok(())
}
