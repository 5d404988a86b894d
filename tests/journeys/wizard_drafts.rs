//! What the wizard keeps: drafts saved as the rep works, resumed, deleted, and never silently written over.

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

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "wizard::a_draft_is_saved_resumed_where_it_was_and_deleted", |s| kept(s, "en")),
        journey(stand, "wizard::drafts_speak_danish", |s| kept(s, "da")),
        journey(stand, "wizard::a_draft_changed_in_another_window_asks_which_goes_on", conflict),
        journey(stand, "wizard::a_save_that_fails_is_said_and_tried_again", unsaved),
        journey(stand, "wizard::what_was_typed_when_the_page_went_away_is_kept", gone),
        journey(stand, "wizard::sending_ends_the_draft", sent),
    ]
}

fn words(locale: &str) -> [&'static str; 6] {
    match locale {
        "da" => ["Send fra en skabelon", "Næste", "Gem og luk", "Fortsæt", "Slet", "Luk"],
        _ => ["Send from a template", "Next", "Save and close", "Resume", "Delete", "Close"],
    }
}

/// From the panel to the step after the template.
async fn choose(browser: &Browser, portal: &Portal, template: &str, locale: &str) -> Result<()> {
    let [send, next, ..] = words(locale);
    browser.press(send).await?;
    browser.find_template(portal, template).await?;
    browser.press(next).await
}

async fn saved(browser: &Browser) -> Result<()> {
    browser.see("[data-testid=draft-saved]").await?;
    Ok(())
}

async fn drafts(session: &Session) -> Result<Vec<Value>> {
    let panel = session.get("/api/panel").await?.ok()?;
    Ok(panel.get("drafts").and_then(Value::as_array).cloned().unwrap_or_default())
}

async fn set_subject(browser: &Browser, text: &str) -> Result<()> {
    browser.fill("#subject", text).await
}

async fn kept(stand: Arc<Stand>, locale: &'static str) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = Browser::open_sized(&stand, 1060, 860).await?;
    let session = portal.session("0-3", &portal.deal()?).await?;
    let [_, _, save, resume, delete, close] = words(locale);
    browser.app_on_deal(&portal, 1000, locale).await?;
    choose(&browser, &portal, "Works order", locale).await?;
    browser.see("#subject").await?;
    set_subject(&browser, "For the yard").await?;
    saved(&browser).await?;
    browser.picture(&format!("wizard-draft-saved-{locale}")).await?;
    axe::check(&browser, "the wizard with a saved draft").await?;
    browser.press(save).await?;
    browser.see("[data-draft-id]").await?;
    axe::check(&browser, "the panel with a draft").await?;
    browser.picture(&format!("panel-draft-{locale}")).await?;

    // Another frame, as on another day.
    browser.app_on_deal(&portal, 360, locale).await?;
    let row = browser.see("[data-draft-id]").await?.text().await?;
    ensure!(row.contains("For the yard"), "the draft's row does not name it: {row}");
    browser.is_not_too_wide().await?;
    browser.picture(&format!("panel-draft-360-{locale}")).await?;
    browser.press(resume).await?;
    let subject = browser.see("#subject").await?.prop("value").await?;
    ensure!(subject.as_deref() == Some("For the yard"), "resumed with the subject {subject:?}");
    browser.is_not_too_wide().await?;
    browser.picture(&format!("wizard-resumed-360-{locale}")).await?;
    browser.press(close).await?;
    browser.see("[data-draft-id]").await?;
    browser.press(delete).await?;
    browser.picture(&format!("panel-draft-delete-360-{locale}")).await?;
    browser.press(delete).await?;
    browser.gone("[data-draft-id]").await?;
    ensure!(drafts(&session).await?.is_empty(), "the edge still has the draft");
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn conflict(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = Browser::open_sized(&stand, 1060, 860).await?;
    let session = portal.session("0-3", &portal.deal()?).await?;
    browser.app_on_deal(&portal, 1000, "en").await?;
    choose(&browser, &portal, "Works order", "en").await?;
    browser.see("#subject").await?;
    saved(&browser).await?;

    let other = |subject: &'static str| {
        let session = session.clone();
        async move {
            let id = drafts(&session).await?.first().and_then(|one| one["id"].as_str().map(str::to_owned));
            let path = format!("/api/drafts/{}", id.context("no draft")?);
            let mut opened = session.get(&path).await?.ok()?;
            opened["draft"]["subject"] = json!(subject);
            let save =
                json!({ "draft": opened["draft"], "version": opened["version"], "step": "recipients" });
            session.put(&path, &save).await?.ok()
        }
    };
    other("From the other window").await?;
    set_subject(&browser, "From this window").await?;
    browser.see("dialog[open] #overtaken-title").await?;
    axe::check(&browser, "the question which version goes on").await?;
    browser.picture("wizard-draft-conflict").await?;
    browser.press("Take the other version").await?;
    browser.gone("dialog[open]").await?;
    eventually("the other version is here", || async {
        let subject = browser.see("#subject").await?.prop("value").await?;
        Ok((subject.as_deref() == Some("From the other window")).then_some(()))
    })
    .await?;

    other("Again from the other").await?;
    set_subject(&browser, "Mine after all").await?;
    browser.see("dialog[open] #overtaken-title").await?;
    browser.press("Keep mine").await?;
    browser.gone("dialog[open]").await?;
    eventually("mine is saved", || async {
        let subject = drafts(&session).await?.first().map(|one| one["subject"].clone());
        Ok((subject == Some(json!("Mine after all"))).then_some(()))
    })
    .await?;
    browser.quit().await
}

async fn unsaved(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = Browser::open_sized(&stand, 1060, 860).await?;
    let session = portal.session("0-3", &portal.deal()?).await?;
    browser.app_on_deal(&portal, 1000, "en").await?;
    choose(&browser, &portal, "Works order", "en").await?;
    saved(&browser).await?;
    let cut = "const whole = window.fetch; window.whole = whole; \
               window.fetch = (asked, how) => (asked.method || how?.method) === 'PUT' ? \
               Promise.reject(new TypeError('cut')) : whole(asked, how);";
    browser.driver.execute(cut, vec![]).await?;
    set_subject(&browser, "Not yet").await?;
    browser.see("[data-testid=draft-unsaved]").await?;
    axe::check(&browser, "a draft that could not be saved").await?;
    browser.picture("wizard-draft-unsaved").await?;
    // Leaving now would lose it, so it is asked.
    browser.press("Close").await?;
    browser.see("dialog[open] #leave-title").await?;
    browser.picture("wizard-draft-leave").await?;
    browser.press("Stay here").await?;
    browser.driver.execute("window.fetch = window.whole;", vec![]).await?;
    browser.press("Try again").await?;
    saved(&browser).await?;
    browser.press("Close").await?;
    browser.see("[data-draft-id]").await?;
    ensure!(drafts(&session).await?[0]["subject"] == "Not yet", "the subject was not saved");
    browser.quit().await
}

async fn gone(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = Browser::open_sized(&stand, 1060, 860).await?;
    let session = portal.session("0-3", &portal.deal()?).await?;
    browser.app_on_deal(&portal, 1000, "en").await?;
    choose(&browser, &portal, "Works order", "en").await?;
    saved(&browser).await?;
    let type_and_leave = "const field = document.querySelector('#subject'); field.value = 'In the last second'; \
                          field.dispatchEvent(new Event('input', { bubbles: true })); \
                          const done = arguments[0]; const soon = then => setTimeout(then, 0); \
                          soon(() => soon(() => done(document.querySelector('.saved')?.dataset.testid ?? 'saving')));";
    let said = browser.driver.execute_async(type_and_leave, vec![]).await?;
    ensure!(said.json() == "saving", "what was typed is said to be {:?} before it is", said.json());
    browser.leave_frame().await?;
    browser.driver.execute("document.querySelector('iframe').remove()", vec![]).await?;
    eventually("the last word is kept", || async {
        let subject = drafts(&session).await?.first().map(|one| one["subject"].clone());
        Ok((subject == Some(json!("In the last second"))).then_some(()))
    })
    .await?;
    browser.quit().await
}

async fn sent(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = Browser::open_sized(&stand, 1060, 860).await?;
    let session = portal.session("0-3", &portal.deal()?).await?;
    browser.app_on_deal(&portal, 1000, "en").await?;
    choose(&browser, &portal, "Master services agreement", "en").await?;
    saved(&browser).await?;
    ensure!(drafts(&session).await?.len() == 1, "the draft was not saved");
    browser.press("Send to 2 recipients").await?;
    browser.see("//button[normalize-space(.)='Send another']").await?;
    axe::check(&browser, "after sending").await?;
    browser.picture("wizard-sent").await?;
    browser.press("Close").await?;
    browser.sees_status("sent").await?;
    ensure!(
        browser.driver.find_all(By::Css("[data-draft-id]")).await?.is_empty(),
        "the draft is still listed"
    );
    ensure!(drafts(&session).await?.is_empty(), "the edge still has the draft");
    browser.console_is_clean().await?;
    browser.quit().await
}
