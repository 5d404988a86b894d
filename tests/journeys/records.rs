//! The main job in the browser: install, connect, send from a contact, a company and a deal, sign or decline,
//! and see the panel follow.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use journeys::{
    axe,
    browser::Browser,
    control::Portal,
    rep::{Does, RecordPage},
    stand::{Stand, journey, own_stack},
};
use libtest_mimic::Trial;
use serde_json::json;

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "main::a_deals_envelope_is_sent_signed_and_shown_as_completed", deal),
        journey(stand, "main::a_contact_is_filled_in_and_its_envelope_completes", contact),
        journey(stand, "main::a_companys_contact_is_picked_and_declines", company),
        journey(stand, "main::a_restart_of_the_worker_between_send_and_sign_loses_nothing", restart),
        journey(stand, "main::the_straight_way_is_four_clicks", four_clicks),
        journey(stand, "main::the_panel_and_the_wizard_speak_danish", danish),
        journey(stand, "main::the_wizard_is_usable_at_300_pixels", narrow),
    ]
}

async fn deal(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::fresh(&stand).await?;
    let browser = Browser::open(&stand).await?;
    let record = RecordPage { object_type: "0-3", id: portal.deal()? };
    browser.go(&record.url(&portal)).await?;
    browser.see("//*[contains(., 'Connected apps')]").await?;
    browser.screenshot("record-before-install").await?;
    browser.install(&portal).await?;

    browser.open_record(&portal, &record).await?;
    browser.see("//button[normalize-space(.)='Send from a template']").await?;
    axe::check(&browser, "the empty panel").await?;
    browser.choose_template(&portal.template("Master services agreement")?).await?;
    browser.see("[data-testid=documents]").await?;
    axe::check(&browser, "review").await?;
    browser.press("Back").await?;
    browser.see("//h1[contains(., 'Recipients')]").await?;
    axe::check(&browser, "recipients").await?;
    browser.leave_frame().await?;
    browser.screenshot("wizard-recipients-inline").await?;
    browser.enter_frame_again().await?;
    browser.press("Next").await?;
    browser.press("Send to 2 recipients").await?;
    browser.see("//button[normalize-space(.)='Send another']").await?;
    axe::check(&browser, "after sending").await?;
    browser.press("Close").await?;
    browser.sees_status("sent").await?;
    axe::check(&browser, "the panel with an envelope").await?;

    browser.as_recipient(&portal, "ann.lee@nordhavn.example", Does::Sign).await?;
    browser.enter_panel().await?;
    browser.see("//*[contains(., '1 of 2 signed')]").await?;
    browser.leave_frame().await?;
    browser.screenshot("record-deal").await?;
    browser.as_recipient(&portal, "bo.lind@nordhavn.example", Does::Sign).await?;
    browser.enter_panel().await?;
    browser.press_if_there("Completed").await?;
    browser.sees_status("completed").await?;
    browser.leave_frame().await?;
    browser.screenshot("record-deal-completed").await?;
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn contact(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = Browser::open(&stand).await?;
    let record = RecordPage { object_type: "0-1", id: portal.record("contacts", "Ann Lee")? };
    browser.open_record(&portal, &record).await?;
    browser.choose_template(&portal.template("Mutual NDA")?).await?;
    // Everybody is filled in, so the way leads straight to the review.
    let review = browser.see("[data-testid=review-recipients]").await?.text().await?;
    ensure!(review.contains("ann.lee@nordhavn.example"), "filled in: {review}");
    browser.press("Send to 1 recipient").await?;
    browser.press("Close").await?;
    browser.sees_status("sent").await?;
    browser.as_recipient(&portal, "ann.lee@nordhavn.example", Does::Sign).await?;
    browser.enter_panel().await?;
    browser.press_if_there("Completed").await?;
    browser.sees_status("completed").await?;
    browser.quit().await
}

async fn company(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = Browser::open(&stand).await?;
    let id = portal.record("companies", "Nordhavn Logistics A/S")?;
    browser.open_record(&portal, &RecordPage { object_type: "0-2", id }).await?;
    browser.choose_template(&portal.template("Mutual NDA")?).await?;
    // Nobody is filled in from a company: its contacts are offered.
    browser.pick_contact("Bo Lind").await?;
    browser.press("Next").await?;
    browser.press("Send to 1 recipient").await?;
    browser.press("Close").await?;
    browser.sees_status("sent").await?;
    browser.as_recipient(&portal, "bo.lind@nordhavn.example", Does::Decline("The price is wrong")).await?;
    browser.enter_panel().await?;
    browser.sees_status("declined").await?;
    browser.see("//*[contains(., 'The price is wrong')]").await?;
    browser.leave_frame().await?;
    browser.screenshot("record-company-declined").await?;
    browser.quit().await
}

async fn restart(stand: Arc<Stand>) -> Result<()> {
    let mut stack = own_stack("restart")?;
    let stand = Arc::new(stand.on(&stack));
    let portal = Portal::connected(&stand).await?;
    let session = portal.session("0-3", &portal.deal()?).await?;
    let draft = session.draft(&portal.template("Mutual NDA")?).await?;
    let key = uuid::Uuid::new_v4().to_string();
    let sent = session.send(&key, &draft).await?.ok()?;
    let envelope = sent.pointer("/envelope/id").and_then(|id| id.as_str()).context("no envelope")?.to_owned();

    stack.stop_worker();
    // Signed while the Worker is away: DocuSign tries again until it is back.
    portal.recipient(&envelope, "ann.lee@nordhavn.example", "sign", json!({})).await?;
    stack.start_worker()?;

    let again = session.send(&key, &draft).await?.ok()?;
    ensure!(
        again.pointer("/envelope/id").and_then(|id| id.as_str()) == Some(&envelope),
        "sent anew: {again}"
    );
    journeys::stand::eventually("the envelope completes", || async {
        let panel = session.get("/api/panel").await?.ok()?;
        let status = panel.pointer("/envelopes/0/status").and_then(|s| s.as_str());
        Ok((status == Some("completed")).then_some(()))
    })
    .await?;
    journeys::control::dump_traffic(&stand, "restart").await
}

/// Send from a template → the template → Next → Send to recipients, and no typing.
async fn four_clicks(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = Browser::open(&stand).await?;
    browser.open_record(&portal, &RecordPage { object_type: "0-3", id: portal.deal()? }).await?;
    browser.choose_template(&portal.template("Mutual NDA")?).await?;
    browser.press("Send to 1 recipient").await?;
    browser.press("Close").await?;
    browser.sees_status("sent").await?;
    browser.quit().await
}

async fn danish(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = Browser::open(&stand).await?;
    browser.open_record(&portal, &RecordPage { object_type: "0-3", id: portal.deal()? }).await?;
    browser.press("Account, language and help").await?;
    browser.press("Dansk").await?;
    browser.press("Send fra en skabelon").await?;
    browser.see("//h1[contains(., 'skabelon')]").await?;
    let lang = browser.see("html").await?.attr("lang").await?;
    ensure!(lang.as_deref() == Some("da"), "the page says it is in {lang:?}");
    browser.quit().await
}

async fn narrow(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = Browser::open_sized(&stand, 500, 800).await?;
    let token = portal.launch_token("0-3", &portal.deal()?).await?;
    // The app alone in a frame of 300 pixels, as HubSpot's sidebar may be.
    browser.frame_of(&portal, &format!("{}/app/#launch={token}", stand.worker), 300).await?;
    browser.choose_template(&portal.template("Master services agreement")?).await?;
    browser.see("[data-testid=documents]").await?;
    browser.press("Back").await?;
    browser.see("//h1[contains(., 'Recipients')]").await?;
    let too_wide = "return document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth";
    let too_wide = browser.driver.execute(too_wide, vec![]).await?.json().as_bool();
    ensure!(too_wide == Some(false), "the wizard scrolls sideways at 300 pixels");
    axe::check(&browser, "recipients at 300 pixels").await?;
    browser.leave_frame().await?;
    browser.screenshot("wizard-300").await?;
    browser.quit().await
}
