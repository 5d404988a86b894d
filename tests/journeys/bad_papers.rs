//! Files that cannot be taken, uploads that break off, and drafts that somebody did something to in DocuSign.

use std::{
    io::Write as _,
    net::{Shutdown, TcpStream},
    sync::Arc,
};

use anyhow::{Context, Result, ensure};
use journeys::{
    control::{Answer, Portal},
    paper::{Paper, ids, pdf, protected_pdf},
    stand::{Stand, eventually, journey},
};
use libtest_mimic::Trial;
use serde_json::json;

use crate::papers::{at_docusign, text};

const TEMPLATE: &str = "Master services agreement";
const LIMIT: usize = 32 * 1024 * 1024;

pub fn trials(stand: &Stand) -> Vec<Trial> {
    let file = |name: &str, file: &'static str, bytes: fn() -> Vec<u8>, status, code| {
        journey(stand, &format!("bad_input::{name}"), move |s| refused(s, file, bytes(), status, code))
    };
    vec![
        file("a_file_of_0_bytes_is_refused_by_name", "Empty.pdf", Vec::new, 422, "file-unreadable"),
        file(
            "a_file_of_a_wrong_type_is_refused_by_name",
            "setup.exe",
            || b"MZ".to_vec(),
            422,
            "file-type-refused",
        ),
        file(
            "a_file_that_is_not_what_its_name_says_is_refused",
            "Fake.pdf",
            || b"MZ no".to_vec(),
            422,
            "file-unreadable",
        ),
        file(
            "a_file_over_the_limit_is_refused_by_name",
            "Big.pdf",
            || vec![b' '; LIMIT + 1],
            413,
            "too-large",
        ),
        file("an_encrypted_pdf_is_refused_by_name", "Secret.pdf", protected_pdf, 422, "file-protected"),
        journey(stand, "bad_input::a_pdf_of_300_pages_and_one_at_the_limit_are_taken", large),
        journey(stand, "bad_input::an_upload_cut_off_half_way_leaves_nothing_behind", cut_off),
        journey(stand, "bad_input::an_upload_whose_answer_is_lost_leaves_nothing_behind", answer_lost),
        journey(
            stand,
            "bad_input::a_role_renamed_and_a_template_deleted_do_not_touch_an_edited_draft",
            template_changed,
        ),
        journey(
            stand,
            "bad_input::an_edited_draft_sent_in_docusigns_own_pages_is_not_sent_again",
            sent_elsewhere,
        ),
        journey(stand, "bad_input::a_missed_message_about_a_sent_draft_is_found_on_opening", message_missed),
        journey(stand, "bad_input::an_edited_draft_voided_in_docusign_is_shown_as_voided", voided),
        journey(
            stand,
            "bad_input::an_edited_draft_discarded_in_docusign_goes_on_from_the_template",
            discarded,
        ),
    ]
}

/// Refused with its name, and nothing of it is anywhere.
async fn refused(stand: Arc<Stand>, name: &str, bytes: Vec<u8>, status: u16, code: &str) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let paper = Paper::editable(&portal, TEMPLATE).await?;
    let answer = paper.upload(name, bytes).await?;
    ensure!(answer.status == status && answer.code() == code, "{} {}", answer.status, answer.body);
    ensure!(text(&answer.body, "/field") == name, "not named: {}", answer.body);
    unchanged(&portal, &paper).await
}

/// The list and DocuSign's draft hold what they held.
async fn unchanged(portal: &Portal, paper: &Paper) -> Result<()> {
    let ours = ids(&paper.open().await?.ok()?)?;
    let envelope = portal.envelopes_at_docusign().await?.pop().context("no draft")?;
    let theirs = at_docusign(portal, &envelope).await?;
    let theirs: Vec<&str> = theirs["documents"]
        .as_array()
        .context("no documents")?
        .iter()
        .map(|d| text(d, "/documentId"))
        .collect();
    ensure!(theirs == ours && !ours.iter().any(|id| id.len() >= 10), "{theirs:?} and {ours:?}");
    Ok(())
}

async fn large(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let paper = Paper::editable(&portal, TEMPLATE).await?;
    let answer = paper.upload("Long.pdf", pdf(300, "One of many")).await?.ok()?;
    ensure!(
        answer["documents"].as_array().and_then(|d| d.last()).is_some_and(|d| d["pages"] == 300),
        "{answer}"
    );
    // Bytes behind a PDF's end are nothing to it.
    let mut full = pdf(1, "Full");
    full.resize(LIMIT, b'\n');
    let answer = paper.upload("Full.pdf", full).await?.ok()?;
    ensure!(ids(&answer)?.len() >= 3, "{answer}");
    Ok(())
}

async fn cut_off(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let paper = Paper::editable(&portal, TEMPLATE).await?;
    let whole = pdf(40, "Cut off");
    half_sent(&paper, "Cut.pdf", &whole)?.shutdown(Shutdown::Both)?;
    // Whatever is still under way ends, and the next file is the only one.
    eventually("the rest is gone", || async { Ok(unchanged(&portal, &paper).await.ok()) }).await?;
    let answer = paper.upload("Cut.pdf", whole).await?.ok()?;
    let cut = answer["documents"]
        .as_array()
        .context("no documents")?
        .iter()
        .filter(|d| d["name"] == "Cut.pdf")
        .count();
    ensure!(cut == 1, "{answer}");
    let envelope = portal.envelopes_at_docusign().await?.pop().context("no draft")?;
    let there = at_docusign(&portal, &envelope).await?;
    ensure!(
        there["documents"].as_array().map(Vec::len) == answer["documents"].as_array().map(Vec::len),
        "{there}"
    );
    Ok(())
}

/// Announces all of a file and sends half.
pub fn half_sent(paper: &Paper, name: &str, whole: &[u8]) -> Result<TcpStream> {
    let worker = paper.session.worker.trim_start_matches("http://");
    let mut line = TcpStream::connect(worker)?;
    let head = format!(
        "PUT /api/drafts/{}/documents?name={name} HTTP/1.1\r\nHost: {worker}\r\nAuthorization: Bearer {}\r\n\
         Content-Length: {}\r\n\r\n",
        paper.id,
        paper.session.token,
        whole.len()
    );
    line.write_all(head.as_bytes())?;
    line.write_all(whole.get(..whole.len() / 2).context("no half")?)?;
    line.flush()?;
    Ok(line)
}

/// DocuSign took it, and the connection was cut before it could say so.
async fn answer_lost(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let paper = Paper::editable(&portal, TEMPLATE).await?;
    portal
        .fault(json!({ "vendor": "docusign", "accountId": portal.account, "method": "PUT",
            "path": "*/documents/*", "count": 1, "effect": { "cut": "after" } }))
        .await?;
    let answer = paper.upload("Lost.pdf", pdf(1, "Lost")).await?;
    ensure!(
        answer.status == 502 && answer.code() == "docusign-unreachable",
        "{} {}",
        answer.status,
        answer.body
    );
    unchanged(&portal, &paper).await
}

async fn template_changed(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let paper = Paper::editable(&portal, TEMPLATE).await?;
    let template = portal.template(TEMPLATE)?;
    let rename = json!({ "renameRole": { "from": "Client", "to": "Customer" } });
    portal.control(&format!("docusign/templates/{template}"), rename).await?;
    let opened = paper.open().await?.ok()?;
    ensure!(opened["template_changed"] == false, "the draft at DocuSign is as it was");
    portal.control(&format!("docusign/templates/{template}/delete"), json!({})).await?;
    paper.open().await?.ok()?;
    let sent = paper.send().await?.ok()?;
    let there = at_docusign(&portal, text(&sent, "/envelope/id")).await?;
    ensure!(text(&there, "/recipients/0/email") == text(&paper.draft, "/rows/0/email"), "{there}");
    Ok(())
}

async fn draft_of(portal: &Portal) -> Result<String> {
    portal.envelopes_at_docusign().await?.pop().context("no draft at DocuSign")
}

fn is(answer: &Answer, code: &str) -> Result<()> {
    ensure!(answer.code() == code, "{} {}", answer.status, answer.body);
    Ok(())
}

async fn sent_elsewhere(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let mut paper = Paper::editable(&portal, TEMPLATE).await?;
    let envelope = draft_of(&portal).await?;
    // So that it could be sent there: names and addresses are in.
    paper.draft["subject"] = json!("Not this one");
    paper.save().await?.ok()?;
    fill(&portal, &paper, &envelope).await?;
    // The message is held back: the send finds out by itself.
    drop_messages(&portal).await?;
    portal.control(&format!("docusign/envelopes/{envelope}/send"), json!({})).await?;
    is(&paper.send().await?, "draft-sent-elsewhere")?;
    is(&paper.send().await?, "draft-sent-elsewhere")?;
    paper.draft["subject"] = json!("Nor this one");
    is(&paper.send().await?, "draft-sent-elsewhere")?;
    ensure!(portal.envelopes_at_docusign().await? == [envelope.clone()], "another envelope");
    let panel = paper.session.get("/api/panel").await?.ok()?;
    ensure!(text(&panel, "/envelopes/0/id") == envelope && panel.get("drafts").is_none(), "{panel}");
    let there = at_docusign(&portal, &envelope).await?;
    ensure!(text(&there, "/subject") != "Not this one", "what was sent was changed: {there}");
    Ok(())
}

/// Fills the roles as somebody would in DocuSign's own editor: through a send that DocuSign refuses at its end.
async fn fill(portal: &Portal, paper: &Paper, envelope: &str) -> Result<()> {
    let path = format!("*/envelopes/{envelope}");
    for nth in 0..2 {
        let effect = json!({ "status": 400, "body": { "errorCode": "ENVELOPE_ALLOWANCE_EXCEEDED", "message": "Planted." } });
        let effect = if nth == 0 { json!({ "delayMs": 1 }) } else { effect };
        portal
            .fault(json!({ "vendor": "docusign", "accountId": portal.account, "method": "PUT", "path": path,
                "count": 1, "effect": effect }))
            .await?;
    }
    let mut other = paper.clone();
    other.draft["subject"] = json!("As it was");
    is(&other.send().await?, "docusign-allowance-used-up")?;
    portal.no_faults().await
}

async fn drop_messages(portal: &Portal) -> Result<()> {
    portal
        .fault(json!({ "vendor": "connect", "accountId": portal.account, "count": 50, "effect": { "message": "drop" } }))
        .await
}

async fn message_missed(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let paper = Paper::editable(&portal, TEMPLATE).await?;
    let envelope = draft_of(&portal).await?;
    fill(&portal, &paper, &envelope).await?;
    drop_messages(&portal).await?;
    portal.control(&format!("docusign/envelopes/{envelope}/send"), json!({})).await?;
    is(&paper.open().await?, "draft-sent-elsewhere")?;
    let panel = paper.session.get("/api/panel").await?.ok()?;
    ensure!(
        text(&panel, "/envelopes/0/status") == "sent"
            && panel["envelopes"][0]["recipients"][0]["email"] != "",
        "{panel}"
    );
    Ok(())
}

async fn voided(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let paper = Paper::editable(&portal, TEMPLATE).await?;
    let envelope = draft_of(&portal).await?;
    fill(&portal, &paper, &envelope).await?;
    portal.control(&format!("docusign/envelopes/{envelope}/send"), json!({})).await?;
    eventually("the panel shows it", || async {
        let panel = paper.session.get("/api/panel").await?.ok()?;
        Ok((text(&panel, "/envelopes/0/id") == envelope).then_some(()))
    })
    .await?;
    portal.control(&format!("docusign/envelopes/{envelope}/void"), json!({})).await?;
    eventually("the panel shows how it ended", || async {
        let panel = paper.session.get("/api/panel").await?.ok()?;
        Ok((text(&panel, "/envelopes/0/status") == "voided").then_some(()))
    })
    .await?;
    is(&paper.send().await?, "draft-sent-elsewhere")
}

async fn discarded(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let paper = Paper::editable(&portal, TEMPLATE).await?;
    let envelope = draft_of(&portal).await?;
    drop_messages(&portal).await?;
    portal.control(&format!("docusign/envelopes/{envelope}/discard"), json!({})).await?;
    is(&paper.send().await?, "draft-gone")?;
    // Without its documents the draft is there still, and goes out from the template.
    let opened = paper.open().await?.ok()?;
    ensure!(opened.get("documents").is_none(), "{opened}");
    let sent = paper.send().await?.ok()?;
    ensure!(portal.envelopes_at_docusign().await? == [text(&sent, "/envelope/id")]);
    Ok(())
}
