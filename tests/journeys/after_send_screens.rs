//! After sending, in the browser: an envelope opened in its row, each thing that can be done with it, each refusal
//! with its reason, and the search; in both languages and at the widths promised.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use journeys::{
    axe,
    browser::Browser,
    card::Session,
    control::Portal,
    stand::{Stand, eventually, journey},
};
use libtest_mimic::Trial;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::after_send_panel::{asked, see, sent};

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "after_send::the_panel_at_360_in_english", |s| everything(s, 360, "en")),
        journey(stand, "after_send::the_panel_at_300_in_danish", |s| everything(s, 300, "da")),
        journey(stand, "after_send::the_panel_at_800_in_english", |s| everything(s, 800, "en")),
        journey(stand, "after_send::a_refusal_names_its_reason_and_who_can_mend_it", refusals),
        journey(stand, "after_send::the_search_finds_what_the_list_has_not_loaded", search),
    ]
}

const ROW: &str = "[data-envelope-id] > details > summary";

fn act(name: &str) -> String {
    format!("[data-act='{name}']")
}

async fn look(browser: &Browser, name: &str) -> Result<()> {
    axe::check(browser, name).await?;
    browser.is_not_too_wide().await?;
    browser.picture(name).await
}

/// What the focus is on: its tag, and what it does.
async fn focus(browser: &Browser) -> Result<String> {
    let script = "const one = document.activeElement; return one.tagName + ' ' + (one.dataset.act || '')";
    let found = browser.driver.execute(script, vec![]).await?;
    Ok(found.json().as_str().unwrap_or_default().trim().to_owned())
}

async fn open_row(browser: &Browser, envelope: &str) -> Result<()> {
    let summary = format!("[data-envelope-id='{envelope}'] > details > summary");
    let row = browser.see(&summary).await?;
    row.send_keys(Key::Enter).await?;
    browser.see("[data-testid=detail] .history li").await?;
    Ok(())
}

async fn everything(stand: Arc<Stand>, width: u32, locale: &'static str) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = portal.session("0-3", &portal.deal()?).await?;
    let id = sent(&portal, &session, "Master services agreement").await?;
    let browser = Browser::open_sized(&stand, width.max(420) + 40, 860).await?;
    let before = asked(&portal).await?;
    browser.app_on_deal(&portal, width, locale).await?;
    browser.see(ROW).await?;
    let name = |step: &str| format!("after-send-{step}-{width}-{locale}");
    open_row(&browser, &id).await?;
    look(&browser, &name("1-opened")).await?;
    ensure!(asked(&portal).await? == before, "opening panel and envelope asked a vendor");

    // A double click is one reminder.
    browser.see(&act("remind")).await?;
    let twice = "const one = document.querySelector(arguments[0]); one.click(); one.click();";
    browser.driver.execute(twice, vec![act("remind").into()]).await?;
    browser.see("[data-testid=done]").await?;
    browser.see(".opened [data-why=too-soon]").await?;
    browser.gone(&act("remind")).await?;
    look(&browser, &name("2-reminded")).await?;
    eventually("the focus is back in the row", || async {
        Ok(focus(&browser).await?.starts_with("SUMMARY").then_some(()))
    })
    .await?;
    ensure!(asked(&portal).await? == before + 1, "a double click was two calls");

    correct(&browser, &portal, &session, &id, &name("3-correct")).await?;

    browser.click(&act("papers")).await?;
    browser.see("dialog[open] [data-why=not-completed]").await?;
    browser.click(&act("each")).await?;
    browser
        .see("dialog[open] [data-document]:not([data-document='combined'], [data-document='certificate'])")
        .await?;
    look(&browser, &name("4-papers")).await?;
    browser.click("dialog[open] [data-document='combined']").await?;
    browser.see("//dialog[@open]//p[@role='status'][normalize-space(.)!='']").await?;
    eventually("the download is in the history", || async {
        Ok(see(&session, &id).await?["history"].to_string().contains("downloaded").then_some(()))
    })
    .await?;
    browser.click("dialog[open] header button").await?;
    browser.gone("dialog[open]").await?;

    browser.click(&act("audit")).await?;
    browser.see("[data-testid=audit] li").await?;
    look(&browser, &name("5-history")).await?;

    browser.click(&act("link")).await?;
    let link = browser.see(".copied input").await?.prop("value").await?.unwrap_or_default();
    ensure!(link.ends_with(&format!("/documents/details/{id}")), "{link}");

    void(&browser, &id, &name("6-void")).await?;
    let told = portal.look(&format!("docusign/envelopes/{id}")).await?;
    ensure!(told["status"] == "voided", "{told}");
    look(&browser, &name("7-voided")).await?;

    // It is over: the row says so, and leads to another one.
    if browser.driver.find_all(By::Css("[data-testid=detail]")).await?.is_empty() {
        open_row(&browser, &id).await?;
    }
    browser.see(".opened [data-why=voided]").await?;
    look(&browser, &name("8-over")).await?;
    browser.click(&act("again")).await?;
    browser.see(".wizard").await?;
    browser.see("[data-testid=documents]").await?;
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn correct(
    browser: &Browser,
    portal: &Portal,
    session: &Session,
    id: &str,
    picture: &str,
) -> Result<()> {
    browser.click(&act("correct")).await?;
    browser.see("dialog[open] #correct-email0").await?;
    // Nothing changed yet is said, and leads to the first field.
    browser.click(&act("correct-now")).await?;
    browser.see("dialog[open] .error").await?;
    browser.fill("#correct-email0", "not an address").await?;
    look(browser, picture).await?;
    browser.fill("#correct-email0", "ann.new@nordhavn.example").await?;
    browser.fill("#correct-message", "Now to the right address").await?;
    browser.click(&act("correct-now")).await?;
    browser.gone("dialog[open]").await?;
    browser.see("[data-testid=done]").await?;
    let seen = see(session, id).await?;
    ensure!(seen["envelope"]["recipients"][0]["email"] == "ann.new@nordhavn.example", "{seen}");
    let there = portal.look(&format!("docusign/envelopes/{id}")).await?;
    let mails: Vec<&Value> = there["mails"].as_array().context("no mails")?.iter().collect();
    let to_new = mails.iter().filter(|mail| mail["to"] == "ann.new@nordhavn.example").count();
    ensure!(to_new == 1, "{to_new} mails to the new address");
    // Escape leaves it, and the focus goes back to the button.
    browser.click(&act("correct")).await?;
    let field = browser.see("dialog[open] #correct-email0").await?;
    field.send_keys(Key::Escape).await?;
    browser.gone("dialog[open]").await?;
    ensure!(focus(browser).await? == "BUTTON correct", "the focus is on {}", focus(browser).await?);
    Ok(())
}

async fn void(browser: &Browser, id: &str, picture: &str) -> Result<()> {
    browser.click(&act("void")).await?;
    browser.see("dialog[open] #void-reason").await?;
    browser.click(&act("void-now")).await?;
    browser.see("dialog[open] .error").await?;
    browser.click("dialog[open] .field .row .btn").await?;
    look(browser, picture).await?;
    let twice = "const one = document.querySelector(arguments[0]); one.click(); one.click();";
    browser.driver.execute(twice, vec![act("void-now").into()]).await?;
    browser.gone("dialog[open]").await?;
    browser.see(&format!("[data-envelope-id='{id}'][data-status='voided']")).await?;
    Ok(())
}

async fn refusals(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = portal.session("0-3", &portal.deal()?).await?;
    let id = sent(&portal, &session, "Mutual NDA").await?;
    let browser = Browser::open_sized(&stand, 460, 860).await?;
    browser.app_on_deal(&portal, 360, "en").await?;
    open_row(&browser, &id).await?;
    // DocuSign does not let this user.
    let no = json!({ "status": 403, "body": { "errorCode": "USER_NOT_ENVELOPE_SENDER_OR_RECIPIENT", "message": "x" } });
    let fault = |effect: Value| {
        json!({ "vendor": "docusign", "method": "PUT", "path": format!("*/envelopes/{id}*"),
            "accountId": portal.account, "count": 1, "effect": effect })
    };
    portal.fault(fault(no)).await?;
    browser.click(&act("remind")).await?;
    browser.see("[data-code=error-docusign-no-permission]").await?;
    ensure!(browser.text().await?.contains("who sent it"), "the sender is not named");
    look(&browser, "after-send-refused-360-en").await?;
    // No answer: said as what it is, and the second try finds out that it was done.
    portal.fault(fault(json!({ "cut": "after" }))).await?;
    browser.click(&act("remind")).await?;
    browser.see("[data-code=error-action-unsettled]").await?;
    look(&browser, "after-send-unsettled-360-en").await?;
    browser.see(".opened [data-why=too-soon]").await?;
    // The bounce is told live, with the way out.
    portal.recipient(&id, "Client", "bounce", json!({})).await?;
    browser.see("[data-group=attention] [data-envelope-id]").await?;
    browser.see(".opened [data-why=bounced]").await?;
    look(&browser, "after-send-bounced-360-en").await?;
    // It ends behind our back, and nobody tells.
    let lost = json!({ "vendor": "connect", "accountId": portal.account, "count": 50, "effect": { "message": "drop" } });
    portal.fault(lost).await?;
    let email = see(&session, &id).await?["envelope"]["recipients"][0]["email"].clone();
    portal.recipient(&id, email.as_str().unwrap_or_default(), "decline", json!({ "reason": "No" })).await?;
    browser.click(&act("void")).await?;
    browser.fill("#void-reason", "The terms have changed.").await?;
    browser.click(&act("void-now")).await?;
    browser.see(&format!("[data-envelope-id='{id}'][data-status='declined']")).await?;
    browser.quit().await
}

async fn search(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = portal.session("0-3", &portal.deal()?).await?;
    let template = portal.template("Mutual NDA")?;
    let mut ids = Vec::new();
    for at in 0..27 {
        let mut draft = session.draft(&template).await?;
        draft["subject"] = json!(format!("Agreement {at}"));
        let answer = session.send(&uuid::Uuid::new_v4().to_string(), &draft).await?.ok()?;
        ids.push(answer.pointer("/envelope/id").and_then(Value::as_str).unwrap_or_default().to_owned());
    }
    let oldest = ids.first().context("nothing was sent")?;
    let browser = Browser::open_sized(&stand, 460, 860).await?;
    browser.app_on_deal(&portal, 360, "en").await?;
    browser.see(ROW).await?;
    let row = format!("[data-envelope-id='{oldest}']");
    ensure!(
        browser.driver.find_all(By::Css(row.clone())).await?.is_empty(),
        "the oldest is on the first page"
    );
    browser.click("#find-envelopes").await?;
    browser.see("[data-testid=find]").await?;
    browser.fill("#find-words", "agreement 0").await?;
    browser.see(&row).await?;
    browser.see("//*[@data-testid='find']//p[contains(., '3 envelopes found')]").await?;
    look(&browser, "after-send-find-360-en").await?;
    // What is found follows live.
    portal.recipient(oldest, "Client", "decline", json!({ "reason": "No" })).await?;
    browser.see(&format!("[data-testid=find] {row}[data-status='declined']")).await?;
    browser.fill("#find-words", " ").await?;
    browser.click("//option[@value='g:needs-attention']").await?;
    browser.see("//*[@data-testid='find']//p[contains(., '1 envelope found')]").await?;
    open_row(&browser, oldest).await?;
    browser.see(".opened [data-why=declined]").await?;
    look(&browser, "after-send-found-360-en").await?;
    let field = browser.see("#find-words").await?;
    field.send_keys(Key::Escape).await?;
    browser.gone("[data-testid=find]").await?;
    browser.see("#find-envelopes").await?;
    browser.console_is_clean().await?;
    browser.quit().await
}
