//! Step 2 of the wizard: the order of the recipients, and what is rarely wanted of one.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use journeys::{
    axe,
    browser::Browser,
    control::Portal,
    stand::{Stand, journey},
};
use libtest_mimic::Trial;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "wizard::recipients_are_moved_by_drag_and_by_keyboard", moved),
        journey(stand, "wizard::note_code_language_and_hidden_documents_arrive_at_docusign", |s| {
            more(s, 1000, "en")
        }),
        journey(stand, "wizard::a_recipients_settings_at_360_pixels_in_danish", |s| more(s, 360, "da")),
        journey(stand, "wizard::locks_of_the_template_are_shown_with_their_reason", locks),
        journey(stand, "wizard::what_was_not_filled_in_is_said_with_its_reason", notices),
        journey(stand, "wizard::the_same_person_twice_is_marked_at_once", twice),
    ]
}

async fn at_recipients(
    stand: &Stand,
    portal: &Portal,
    template: &str,
    width: u32,
    locale: &str,
) -> Result<Browser> {
    let browser = Browser::open_sized(stand, width.max(500) + 60, 1000).await?;
    browser.app_on_deal(portal, width, locale).await?;
    let (send, next) =
        if locale == "da" { ("Send fra en skabelon", "Næste") } else { ("Send from a template", "Next") };
    browser.press(send).await?;
    browser.find_template(portal, template).await?;
    browser.press(next).await?;
    browser.see("[data-testid=documents]").await?;
    if browser.driver.find_all(By::Css("#subject")).await?.is_empty() {
        browser.press(if locale == "da" { "Tilbage" } else { "Back" }).await?;
    }
    browser.see("#subject").await?;
    Ok(browser)
}

async fn labels(browser: &Browser) -> Result<Vec<String>> {
    let mut labels = Vec::new();
    for who in browser.driver.find_all(By::Css(".recipients .head .who")).await? {
        let text = who.text().await?;
        labels.push(text.trim_start_matches(|c: char| c.is_ascii_digit() || c.is_whitespace()).to_owned());
    }
    Ok(labels)
}

/// Each notice of the prefill, from the record and with the template that it is about.
async fn notices(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let filled = portal.template("Framework agreement Nordhavn")?;
    let browser = Browser::open_sized(&stand, 1060, 860).await?;
    let expect = async |object: &str, kind: &str, name: &str, template: &str, told: &[(&str, &str)]| {
        let token = portal.launch_token(object, &portal.record(kind, name)?).await?;
        browser.frame_of(&portal, &format!("{}/app/#launch={token}", portal.worker), 1000).await?;
        browser.press("Send from a template").await?;
        browser.find_template(&portal, template).await?;
        browser.press("Next").await?;
        for (notice, words) in told {
            browser
                .see(&format!("//*[@data-notice='{notice}'][contains(., \"{words}\")]"))
                .await
                .with_context(|| format!("{template} from {name}"))?;
        }
        let shown = browser.driver.find_all(By::Css("[data-notice]")).await?.len();
        ensure!(shown == told.len(), "{template} from {name}: {shown} notices");
        browser.picture(&format!("wizard-notice-{}", told[0].0)).await
    };
    let more = "The deal has 3 contacts, the template has room for 1. The first ones were filled in.";
    expect("0-3", "deals", "Fleet renewal 2027", "Mutual NDA", &[("more-contacts-than-placeholders", more)])
        .await?;
    let held = "Ann Lee was not added again: the template already holds ann.lee@nordhavn.example.";
    expect("0-1", "contacts", "Ann Lee", "Framework agreement Nordhavn", &[("already-in-template", held)])
        .await?;
    let full =
        json!({ "roles": { "Account manager": { "name": "Ida Vik", "email": "ida@fjordlight.example" } } });
    portal.control(&format!("docusign/templates/{filled}"), full).await?;
    let none = "no open place for a recipient: none of the 2 contacts was filled in.";
    expect(
        "0-3",
        "deals",
        "Fleet renewal 2027",
        "Framework agreement Nordhavn",
        &[("already-in-template", held), ("more-contacts-than-placeholders", none)],
    )
    .await?;
    let no_mail = "Mille Skovgaard was not filled in: the contact has no email address";
    expect("0-1", "contacts", "Mille Skovgaard", "Mutual NDA", &[("contact-without-email", no_mail)]).await?;
    let offered = "Choose who gets it.";
    let company = "Nordhavn Logistics A/S";
    expect("0-2", "companies", company, "Mutual NDA", &[("company-contacts-offered", offered)]).await?;
    let nobody = "The deal has no contacts.";
    expect("0-3", "deals", "Cold storage pilot", "Mutual NDA", &[("no-contacts", nobody)]).await?;
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn moved(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = at_recipients(&stand, &portal, "Works order", 1000, "en").await?;
    let before = labels(&browser).await?;
    ensure!(before == ["Site manager", "Safety officer", "Client", "Archive"], "the roles are {before:?}");
    browser.picture("wizard-parallel").await?;
    axe::check(&browser, "parallel recipients").await?;

    let handle = browser.see("li.recipient:nth-child(3) .grip").await?;
    handle.scroll_into_view().await?;
    handle.send_keys(Key::Alt + Key::Down).await?;
    browser.see("//*[@role='status'][contains(., 'Client is number 4 of 4 now.')]").await?;
    ensure!(labels(&browser).await?[3] == "Client", "Alt and arrow down did not move it");

    // Dragged back up over everybody.
    let handle = browser.see("li.recipient:nth-child(4) .grip").await?;
    handle.scroll_into_view().await?;
    let target = browser.see("li.recipient:nth-child(2)").await?;
    let up =
        browser.driver.action_chain().move_to_element_center(&handle).click_and_hold().move_by_offset(0, -20);
    up.move_to_element_center(&target).move_by_offset(0, -30).perform().await?;
    browser.picture("wizard-dragged").await?;
    browser.driver.action_chain().release().perform().await?;
    let after = labels(&browser).await?;
    let place = after.iter().position(|one| one == "Client").context("no client")?;
    ensure!(place < 3, "dragging up did not move it: {after:?}");
    // And down again with a finger.
    let down = format!("li.recipient:nth-child({}) .grip", place + 1);
    browser.swipe(&down, "li.recipient:last-child", 20).await?;
    let last = labels(&browser).await?;
    ensure!(last.last().is_some_and(|label| label == "Client"), "a finger did not move it: {last:?}");
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn more(stand: Arc<Stand>, width: u32, locale: &'static str) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = at_recipients(&stand, &portal, "Onboarding pack", width, locale).await?;
    browser.picture(&format!("wizard-recipients-{width}-{locale}")).await?;
    let open = browser.see("li.recipient:nth-child(2) .more").await?;
    open.scroll_into_view().await?;
    open.click().await?;
    browser.see("li.recipient:nth-child(2) .extras").await?;
    let field = |part: &str| format!("li.recipient:nth-child(2) .extras [id^='{part}-']");
    browser.fill(&format!("{}:is(textarea)", field("note")), "The lift is out of order").await?;
    browser.fill(&format!("{}:is(input)", field("code")), "kajgade14").await?;
    let language = browser.see(&format!("{}:is(select)", field("language"))).await?;
    let danish = if locale == "da" { "Dansk" } else { "Danish" };
    language.find(By::XPath(format!("./option[normalize-space(.)='{danish}']"))).await?.click().await?;
    browser
        .see("li.recipient:nth-child(2) .hidden-documents label:has(input:enabled)")
        .await?
        .click()
        .await?;
    axe::check(&browser, "a recipient's settings").await?;
    browser.is_not_too_wide().await?;
    browser.see("li.recipient:nth-child(2)").await?.scroll_into_view().await?;
    browser.picture(&format!("wizard-more-{width}-{locale}")).await?;
    let note = browser.see(&format!("{}:is(textarea)", field("note"))).await?;
    let long = "arguments[0].value = 'n'.repeat(1001); arguments[0].dispatchEvent(new Event('input', { bubbles: true }))";
    browser.driver.execute(long, vec![note.to_json()?]).await?;
    browser.see("//*[contains(@class, 'error')][contains(., '1,001') or contains(., '1.001')]").await?;
    browser.picture(&format!("wizard-more-too-long-{width}-{locale}")).await?;
    if locale == "da" {
        return browser.quit().await;
    }
    browser.fill(&format!("{}:is(textarea)", field("note")), "The lift is out of order").await?;
    browser.press("Next").await?;
    browser.press("Send to 2 recipients").await?;
    browser.see("//button[normalize-space(.)='Send another']").await?;
    let made = |call: &Value| call["method"] == "POST" && call.to_string().contains("compositeTemplates");
    let calls = portal.docusign_calls().await?;
    let told = calls.iter().find(|call| made(call)).context("nothing was made")?.to_string();
    for wanted in ["The lift is out of order", "kajgade14", "\"supportedLanguage\":\"da\""] {
        ensure!(told.contains(wanted), "DocuSign was not told {wanted}: {told}");
    }
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn locks(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = at_recipients(&stand, &portal, "Board resolution", 1000, "en").await?;
    browser.see("//li[@data-testid='recipient'][contains(., 'Locked by the template')]").await?;
    browser.see("//li[@data-testid='recipient'][contains(., 'Required by the template')]").await?;
    axe::check(&browser, "locked recipients").await?;
    browser.picture("wizard-locks").await?;
    let handle = browser.see("li.recipient:nth-child(2) .grip").await?;
    handle.scroll_into_view().await?;
    handle.send_keys(Key::Alt + Key::Up).await?;
    browser.see("//*[@role='status'][contains(., 'does not let Company secretary move there')]").await?;
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn twice(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = at_recipients(&stand, &portal, "Mutual NDA", 1000, "en").await?;
    for _ in 0..2 {
        browser.press("Add a recipient").await?;
        let picker = browser.see(".recipients li:last-child input[role=combobox]").await?;
        picker.scroll_into_view().await?;
        picker.send_keys("Bo Lind").await?;
        browser.see(".recipients li:last-child [role=option]:has(small)").await?;
        browser.picture("wizard-picker").await?;
        browser
            .see("//ol[contains(@class,'recipients')]/li[last()]//*[@role='option'][contains(., 'Bo Lind')]")
            .await?
            .click()
            .await?;
    }
    browser.see("//*[contains(@class, 'error')][contains(., 'same person in the same role')]").await?;
    axe::check(&browser, "the same person twice").await?;
    browser.picture("wizard-twice").await?;
    browser.console_is_clean().await?;
    browser.quit().await
}
