//! Editing a draft's documents: DocuSign's draft behind ours, sent in few calls, never twice, never left lying.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use futures_util::future::join_all;
use journeys::{
    control::{Portal, call, client, dump_traffic},
    later::days_later,
    paper::{Paper, documents, ids, names, pdf},
    stand::{Stand, eventually, journey, own_stack},
};
use libtest_mimic::Trial;
use serde_json::{Value, json};

use crate::bad_papers::half_sent;

const TEMPLATE: &str = "Master services agreement";

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "wizard::an_edited_draft_goes_out_as_drafted_in_at_most_five_calls", sent_as_drafted),
        journey(stand, "wizard::documents_are_added_ordered_and_taken_out_and_the_last_one_stays", edits),
        journey(stand, "wizard::a_template_added_later_keeps_the_senders_own_files", another_template),
        journey(stand, "wizard::two_windows_make_one_docusign_draft_and_lose_no_file", two_windows),
        journey(stand, "wizard::pages_of_an_own_file_are_shown", pictures),
        journey(stand, "wizard::continue_in_docusign_ends_in_the_panel", continued),
        journey(stand, "wizard::a_discarded_hand_over_leaves_nothing", continued_and_discarded),
        journey(stand, "wizard::deleting_an_edited_draft_leaves_nothing_at_docusign", deleted),
        journey(stand, "wizard::what_docusign_could_not_throw_away_is_thrown_away_later_once", deleted_later),
        journey(
            stand,
            "wizard::drafts_that_are_over_are_thrown_away_at_docusign_unless_handed_over",
            expired,
        ),
        journey(stand, "wizard::fifty_sends_of_an_edited_draft_make_one_envelope", fifty_sends),
        journey(stand, "wizard::a_lost_answer_to_making_the_draft_makes_no_second_one", lost_answer),
        journey(stand, "wizard::a_worker_killed_while_sending_an_edited_draft_sends_one", killed),
        journey(stand, "wizard::the_return_page_reads_nothing_and_closes_itself", return_page),
    ]
}

/// One envelope's facts at DocuSign.
pub async fn at_docusign(portal: &Portal, envelope: &str) -> Result<Value> {
    portal.look(&format!("docusign/envelopes/{envelope}")).await
}

pub fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

async fn docusign_calls(portal: &Portal) -> Result<usize> {
    Ok(portal.requests(&format!("vendor=docusign&accountId={}", portal.account)).await?.len())
}

async fn only_envelope(portal: &Portal) -> Result<Value> {
    let there = portal.envelopes_at_docusign().await?;
    ensure!(there.len() == 1, "DocuSign has {there:?}");
    at_docusign(portal, &there[0]).await
}

async fn sent_as_drafted(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let mut paper = Paper::editable(&portal, TEMPLATE).await?;
    let answer = paper.upload("Aftale på dansk.pdf", pdf(2, "Signed for the customer:")).await?.ok()?;
    let (own, name) = documents(&answer)?.pop().context("no document")?;
    ensure!(name == "Aftale på dansk.pdf", "{answer}");
    let rows = paper.draft["rows"].as_array_mut().context("no rows")?;
    rows.truncate(1);
    let signer = rows[0]["id"].clone();
    rows.push(json!({
        "id": 77, "role": null, "kind": "carbonCopy", "routing_order": 2, "name": "Records", "contact_id": null,
        "email": "records@fjordlight.example", "own_message": null,
    }));
    let document = format!("draft-{own}");
    paper.draft["placed"] = json!([
        { "id": 1, "row": signer, "document": document, "kind": "signature", "at": { "by": "text", "text": "Signed for the customer:" } },
        { "id": 2, "row": signer, "document": document, "kind": "date-signed", "at": { "by": "point", "page": 2, "x": 90, "y": 300 } },
    ]);
    paper.draft["subject"] = json!("Agreement with an annex");
    paper.draft["options"] = json!({ "reassign": false });
    paper.save().await?.ok()?;
    let before = docusign_calls(&portal).await?;
    let sent = paper.send().await?.ok()?;
    let calls = docusign_calls(&portal).await? - before;
    ensure!(calls <= 5, "the send took {calls} calls");
    let envelope = only_envelope(&portal).await?;
    ensure!(text(&envelope, "/envelopeId") == text(&sent, "/envelope/id"), "{envelope}");
    ensure!(text(&envelope, "/status") == "sent" && text(&envelope, "/subject") == "Agreement with an annex");
    let people = envelope["recipients"].as_array().context("no recipients")?;
    let people: Vec<(&str, &str)> = people.iter().map(|r| (text(r, "/type"), text(r, "/email"))).collect();
    let signer = text(&paper.draft, "/rows/0/email");
    ensure!(people == [("signers", signer), ("carbonCopies", "records@fjordlight.example")], "{people:?}");
    let named: Vec<&str> =
        envelope["documents"].as_array().context("no documents")?.iter().map(|d| text(d, "/name")).collect();
    ensure!(named.last() == Some(&"Aftale på dansk.pdf"), "{named:?}");
    let panel = paper.session.get("/api/panel").await?.ok()?;
    ensure!(panel["total"] == 1 && panel.get("drafts").is_none(), "{panel}");
    // The same click again is the same envelope.
    let again = paper.send().await?.ok()?;
    ensure!(text(&again, "/envelope/id") == text(&sent, "/envelope/id"));
    portal.recipient(text(&sent, "/envelope/id"), signer, "sign", json!({})).await?;
    eventually("the envelope completes", || async {
        let panel = paper.session.get("/api/panel").await?.ok()?;
        Ok((text(&panel, "/envelopes/0/status") == "completed").then_some(()))
    })
    .await
}

async fn edits(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let paper = Paper::editable(&portal, TEMPLATE).await?;
    let first = names(&paper.start().await?.ok()?)?;
    let answer = paper.upload("Prices.pdf", pdf(3, "Prices")).await?.ok()?;
    ensure!(
        answer["documents"].as_array().and_then(|d| d.last()).is_some_and(|d| d["pages"] == 3),
        "{answer}"
    );
    let mut order = ids(&answer)?;
    order.rotate_right(1);
    let answer = paper.arrange(&order).await?.ok()?;
    ensure!(names(&answer)?.first().is_some_and(|name| name == "Prices.pdf"), "{answer}");
    let opened = paper.open().await?.ok()?;
    ensure!(ids(&opened)? == order, "{opened}");
    let at = only_envelope(&portal).await?;
    ensure!(text(&at, "/documents/0/name") == "Prices.pdf" && text(&at, "/status") == "created", "{at}");
    // An order that does not name every document is another window's.
    ensure!(paper.arrange(&order[..1]).await?.code() == "draft-conflict");
    for id in &order[1..] {
        paper.remove(id).await?.ok()?;
        // Twice is once.
        paper.remove(id).await?.ok()?;
    }
    ensure!(paper.remove(&order[0]).await?.status == 400, "the last document went");
    let at = only_envelope(&portal).await?;
    ensure!(at["documents"].as_array().is_some_and(|d| d.len() == 1) && !first.is_empty(), "{at}");
    Ok(())
}

async fn another_template(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let mut paper = Paper::editable(&portal, TEMPLATE).await?;
    let answer = paper.upload("Own.pdf", pdf(1, "Own")).await?.ok()?;
    let mut order = ids(&answer)?;
    let own = order.last().cloned().context("no document")?;
    order.rotate_right(1);
    paper.arrange(&order).await?.ok()?;
    paper.draft["added_templates"] = json!([portal.template("Mutual NDA")?]);
    paper.save().await?.ok()?;
    let answer = paper.start().await?.ok()?;
    ensure!(ids(&answer)?.first() == Some(&own), "the own file lost its place or number: {answer}");
    ensure!(ids(&answer)?.len() > order.len(), "nothing was added: {answer}");
    let at = only_envelope(&portal).await?;
    ensure!(text(&at, "/documents/0/name") == "Own.pdf", "{at}");
    let again = paper.start().await?.ok()?;
    ensure!(again == answer, "made anew without need");
    let sent = paper.send().await?.ok()?;
    ensure!(text(&only_envelope(&portal).await?, "/envelopeId") == text(&sent, "/envelope/id"));
    Ok(())
}

async fn two_windows(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let paper = Paper::saved(&portal, TEMPLATE).await?;
    let other = Paper { session: portal.session("0-3", &portal.deal()?).await?, ..paper.clone() };
    let (one, two) = tokio::join!(paper.start(), other.start());
    ensure!(one?.ok()? == two?.ok()?);
    only_envelope(&portal).await?;
    let (one, two) = tokio::join!(paper.upload("A.pdf", pdf(1, "A")), other.upload("B.pdf", pdf(1, "B")));
    one?.ok()?;
    two?.ok()?;
    let names = names(&paper.open().await?.ok()?)?;
    for file in ["A.pdf", "B.pdf"] {
        ensure!(names.iter().any(|name| name == file), "{file} is lost: {names:?}");
    }
    Ok(())
}

async fn pictures(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let paper = Paper::editable(&portal, TEMPLATE).await?;
    let own = ids(&paper.upload("Own.pdf", pdf(2, "Own")).await?.ok()?)?.pop().context("no document")?;
    let pages = paper.pages(&own).await?.ok()?;
    ensure!(pages["pages"][1]["width"] == 612 && pages["pages"][1]["number"] == 2, "{pages}");
    let (status, bytes) = paper.picture(&own, 2).await?;
    ensure!(status == 200 && bytes.starts_with(b"\x89PNG"), "{status}");
    let before = docusign_calls(&portal).await?;
    paper.picture(&own, 2).await?;
    paper.pages(&own).await?.ok()?;
    ensure!(docusign_calls(&portal).await? == before, "asked again for what was just fetched");
    ensure!(paper.picture("999", 1).await?.0 == 404);
    Ok(())
}

async fn continued(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let mut paper = Paper::saved(&portal, TEMPLATE).await?;
    let url = paper.go_on().await?.ok()?;
    ensure!(text(&url, "/url").starts_with(&portal.docusign), "{url}");
    ensure!(paper.save().await?.code() == "draft-handed-over");
    ensure!(paper.start().await?.code() == "draft-handed-over");
    ensure!(paper.send().await?.code() == "draft-handed-over");
    let panel = paper.session.get("/api/panel").await?.ok()?;
    ensure!(panel["drafts"][0]["handed_over"] == true, "{panel}");
    let fresh = paper.go_on().await?.ok()?;
    ensure!(fresh != url, "the old address again");
    let envelope = text(&only_envelope(&portal).await?, "/envelopeId").to_owned();
    let signer = text(&at_docusign(&portal, &envelope).await?, "/recipients/0/email").to_owned();
    ensure!(signer == text(&paper.draft, "/rows/0/email"), "not brought up to date: {signer}");
    portal.control(&format!("docusign/envelopes/{envelope}/send"), json!({})).await?;
    eventually("the panel shows the envelope", || async {
        let panel = paper.session.get("/api/panel").await?.ok()?;
        let shown =
            text(&panel, "/envelopes/0/id") == envelope && text(&panel, "/envelopes/0/status") == "sent";
        Ok((shown && panel.get("drafts").is_none()).then_some(()))
    })
    .await?;
    portal.recipient(&envelope, &signer, "view", json!({})).await?;
    ensure!(paper.send().await?.code() == "draft-sent-elsewhere");
    only_envelope(&portal).await?;
    Ok(())
}

async fn continued_and_discarded(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let paper = Paper::saved(&portal, TEMPLATE).await?;
    paper.go_on().await?.ok()?;
    let envelope = text(&only_envelope(&portal).await?, "/envelopeId").to_owned();
    portal.control(&format!("docusign/envelopes/{envelope}/discard"), json!({})).await?;
    eventually("the draft goes", || async {
        let panel = paper.session.get("/api/panel").await?.ok()?;
        Ok((panel.get("drafts").is_none() && panel["total"] == 0).then_some(()))
    })
    .await
}

async fn deleted(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let paper = Paper::editable(&portal, TEMPLATE).await?;
    paper.upload("Own.pdf", pdf(1, "Own")).await?.ok()?;
    paper.delete().await?.ok()?;
    ensure!(portal.envelopes_at_docusign().await?.is_empty(), "a draft is left at DocuSign");
    ensure!(paper.open().await?.status == 404);
    Ok(())
}

async fn deleted_later(stand: Arc<Stand>) -> Result<()> {
    let mut stack = own_stack("deleted-later")?;
    let stand = Arc::new(stand.on(&stack));
    let portal = Portal::connected(&stand).await?;
    let paper = Paper::editable(&portal, TEMPLATE).await?;
    let envelope = text(&only_envelope(&portal).await?, "/envelopeId").to_owned();
    portal
        .fault(json!({ "vendor": "docusign", "accountId": portal.account, "path": "*", "count": 1000,
            "effect": { "status": 503 } }))
        .await?;
    paper.delete().await?.ok()?;
    ensure!(portal.envelopes_at_docusign().await? == [envelope], "thrown away by a DocuSign that is down");
    ensure!(paper.open().await?.status == 404);
    portal.no_faults().await?;
    // The alarm may wait for others that are due soon.
    days_later(&mut stack, 1)?;
    eventually("the draft is thrown away", || async {
        Ok(portal.envelopes_at_docusign().await?.is_empty().then_some(()))
    })
    .await?;
    let thrown = format!("vendor=docusign&accountId={}&method=PUT&path=*/folders/recyclebin", portal.account);
    ensure!(portal.requests(&thrown).await?.len() == 1, "thrown away more than once");
    Ok(())
}

/// Ninety days without a save.
async fn expired(stand: Arc<Stand>) -> Result<()> {
    let mut stack = own_stack("expired")?;
    let stand = Arc::new(stand.on(&stack));
    let portal = Portal::connected(&stand).await?;
    Paper::editable(&portal, TEMPLATE).await?;
    let given = Paper::saved(&portal, TEMPLATE).await?;
    given.go_on().await?.ok()?;
    let made = portal.envelopes_at_docusign().await?.len();
    ensure!(made == 2, "{made} drafts at DocuSign");
    days_later(&mut stack, 91)?;
    eventually("what is over is thrown away", || async {
        Ok((portal.envelopes_at_docusign().await?.len() == 1).then_some(()))
    })
    .await?;
    let kept = only_envelope(&portal).await?;
    ensure!(text(&kept, "/recipients/0/email") == text(&given.draft, "/rows/0/email"), "{kept}");
    let thrown = format!("vendor=docusign&accountId={}&method=PUT&path=*/folders/recyclebin", portal.account);
    ensure!(portal.requests(&thrown).await?.len() == 1, "thrown away more than once");
    let panel = portal.session("0-3", &portal.deal()?).await?.get("/api/panel").await?.ok()?;
    ensure!(panel.get("drafts").is_none(), "{panel}");
    Ok(())
}

async fn fifty_sends(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let paper = Paper::editable(&portal, TEMPLATE).await?;
    let answers = join_all((0..50).map(|_| paper.send())).await;
    let envelope = only_envelope(&portal).await?;
    for answer in answers {
        let answer = answer?.ok()?;
        ensure!(text(&answer, "/envelope/id") == text(&envelope, "/envelopeId"), "{answer}");
    }
    ensure!(text(&envelope, "/status") == "sent");
    Ok(())
}

async fn lost_answer(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let paper = Paper::saved(&portal, TEMPLATE).await?;
    let path = format!("*/accounts/{}/envelopes", portal.account);
    portal
        .fault(json!({ "vendor": "docusign", "accountId": portal.account, "method": "POST", "path": path,
            "count": 1, "effect": { "cut": "after" } }))
        .await?;
    eventually("the documents become editable", || async {
        let answer = paper.start().await?;
        Ok((answer.status == 200).then_some(()))
    })
    .await?;
    only_envelope(&portal).await?;
    Ok(())
}

/// Killed between changing the draft and sending it, and again after sending it.
async fn killed(stand: Arc<Stand>) -> Result<()> {
    let mut stack = own_stack("killed")?;
    let stand = Arc::new(stand.on(&stack));
    for (step, effect) in [("before", json!({ "cut": "before" })), ("after", json!({ "cut": "after" }))] {
        let portal = Portal::connected(&stand).await?;
        let paper = Paper::editable(&portal, TEMPLATE).await?;
        let envelope = text(&only_envelope(&portal).await?, "/envelopeId").to_owned();
        // The answer to sending never comes, and then the Worker is gone.
        let path = format!("*/envelopes/{envelope}");
        let slow = json!({ "vendor": "docusign", "accountId": portal.account, "method": "PUT", "path": path,
            "count": 2, "effect": if step == "before" { effect } else { json!({ "delayMs": 20_000 }) } });
        portal.fault(slow).await?;
        let sending = tokio::time::timeout(std::time::Duration::from_secs(6), paper.send()).await;
        ensure!(!matches!(&sending, Ok(Ok(answer)) if answer.status == 200), "{step}: it went through");
        stack.stop_worker();
        portal.no_faults().await?;
        stack.start_worker()?;
        eventually("the send settles", || async {
            let answer = paper.send().await?;
            Ok((answer.status == 200).then_some(()))
        })
        .await
        .with_context(|| step.to_owned())?;
        let there = only_envelope(&portal).await?;
        ensure!(text(&there, "/status") == "sent" && text(&there, "/envelopeId") == envelope, "{there}");
    }
    // Killed while a file was on its way: the next edit finds out what became of it.
    let portal = Portal::connected(&stand).await?;
    let paper = Paper::editable(&portal, TEMPLATE).await?;
    let file = pdf(40, "Never arrived");
    let line = half_sent(&paper, "Never.pdf", &file)?;
    stack.stop_worker();
    drop(line);
    stack.start_worker()?;
    let answer = paper.upload("Again.pdf", file).await?.ok()?;
    let there = only_envelope(&portal).await?;
    let theirs = there["documents"].as_array().context("no documents")?;
    let theirs: Vec<&str> = theirs.iter().map(|d| text(d, "/documentId")).collect();
    ensure!(
        theirs == ids(&answer)? && !names(&answer)?.iter().any(|name| name == "Never.pdf"),
        "{there} {answer}"
    );
    dump_traffic(&stand, "killed").await
}

async fn return_page(stand: Arc<Stand>) -> Result<()> {
    for (language, says) in [("en", "You can close this tab"), ("da", "Du kan lukke denne fane")] {
        let url = format!("{}/docusign/return?event=Send&envelopeId=%3Cscript%3E", stand.worker);
        let answer = client().get(url).header("accept-language", language).send().await?;
        let policy =
            answer.headers().get("content-security-policy").context("no policy")?.to_str()?.to_owned();
        let page = answer.text().await?;
        ensure!(page.contains(says) && page.contains("window.close()"), "{page}");
        ensure!(!page.contains("event") && !page.contains("envelopeId"), "{page}");
        ensure!(policy.contains("script-src 'sha256-") && policy.contains("default-src 'none'"), "{policy}");
    }
    let plain = call(client().get(format!("{}/docusign/return", stand.worker))).await?;
    ensure!(plain.status == 200);
    Ok(())
}
