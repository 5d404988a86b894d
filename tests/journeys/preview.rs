//! The values that go into an envelope, and the preview of what each recipient will see, before it is sent.

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

const QUOTE: &str = "Quote with HubSpot fields";

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "wizard::values_of_the_record_go_out_in_the_one_call", values),
        journey(stand, "wizard::a_value_that_is_too_long_is_refused", too_long),
        journey(stand, "wizard::merged_values_are_reviewed_and_overridden", review),
        journey(stand, "wizard::each_recipient_is_previewed", preview),
        journey(stand, "wizard::a_page_that_fails_to_load_offers_a_retry", page_fails),
        journey(stand, "wizard::the_preview_is_usable_at_360_pixels", narrow),
    ]
}

/// The field called `name` among those of a compose.
fn field<'v>(compose: &'v Value, name: &str) -> Result<&'v Value> {
    let fields = compose.get("merge").and_then(Value::as_array).context("no fields")?;
    fields.iter().find(|field| field["name"] == name).with_context(|| format!("no field {name}"))
}

async fn values(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = portal.session("0-3", &portal.deal()?).await?;
    let template = portal.template(QUOTE)?;
    let compose = session.get(&format!("/api/compose?template={template}")).await?.ok()?;
    let deal = field(&compose, "HS Deal name")?;
    ensure!(deal["state"] == "filled" && deal["value"] == "Fleet renewal 2027", "{deal}");
    // The default mappings ask the deal's company, too.
    let city = field(&compose, "HS Company city")?;
    ensure!(city["state"] == "filled" && city["source"]["via"] == "company", "{city}");

    let mut draft = session.draft(&template).await?;
    draft["values"] = json!([{ "tab": city["tabs"][0], "value": "Nordhavn" }]);
    let asked = || async {
        let calls = portal.vendor_calls().await?;
        Ok::<_, anyhow::Error>(
            calls.into_iter().filter(|call| call["vendor"] == "docusign").collect::<Vec<_>>(),
        )
    };
    let before = asked().await?.len();
    session.send(&uuid::Uuid::new_v4().to_string(), &draft).await?.ok()?;
    let calls = asked().await?;
    ensure!(calls.len() == before + 1, "the send called {:?}", &calls[before..]);
    let tabs = calls
        .last()
        .and_then(|call| {
            call.pointer("/requestBody/compositeTemplates/0/inlineTemplates/0/recipients/signers/0/tabs")
        })
        .with_context(|| format!("no tabs in {:?}", calls.last()))?;
    let texts = tabs["textTabs"].as_array().context("no text tabs")?;
    let sent = |value: &str| texts.iter().any(|tab| tab["value"] == value);
    ensure!(sent("Fleet renewal 2027") && sent("Nordhavn"), "{tabs}");
    Ok(())
}

async fn too_long(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = portal.session("0-3", &portal.deal()?).await?;
    let template = portal.template(QUOTE)?;
    let compose = session.get(&format!("/api/compose?template={template}")).await?.ok()?;
    let tab = field(&compose, "HS Deal name")?["tabs"][0].clone();
    let mut draft = session.draft(&template).await?;
    // 4,001 bytes of text that has two bytes a letter.
    draft["values"] = json!([{ "tab": tab, "value": format!("{}x", "é".repeat(2000)) }]);
    let answer = session.send(&uuid::Uuid::new_v4().to_string(), &draft).await?;
    ensure!(answer.status == 422 && answer.code() == "draft-incomplete", "{answer:?}");
    let problem = &answer.body["problems"][0];
    ensure!(problem["problem"] == "value-too-long" && problem["bytes"] == 4001, "{problem}");
    ensure!(portal.envelopes_at_docusign().await?.is_empty(), "something was sent");
    Ok(())
}

/// The wizard alone in a frame, at the review of the quote.
async fn at_review(stand: &Stand, portal: &Portal, width: u32) -> Result<Browser> {
    let browser = Browser::open_sized(stand, width.max(500) + 60, 860).await?;
    let token = portal.launch_token("0-3", &portal.deal()?).await?;
    browser.frame_of(portal, &format!("{}/app/#launch={token}", stand.worker), width).await?;
    browser.choose_template(&portal.template(QUOTE)?).await?;
    browser.see("[data-testid=values]").await?;
    Ok(browser)
}

async fn review(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = at_review(&stand, &portal, 1000).await?;
    let table = browser.see("[data-testid=values]").await?.text().await?;
    ensure!(table.contains("Fleet renewal 2027"), "the deal's name is not there: {table}");
    browser.see(".stage .page img").await?;
    axe::check(&browser, "the review with values").await?;
    browser.leave_frame().await?;
    browser.screenshot("wizard-review-values").await?;
    browser.enter_frame_again().await?;
    browser.press("Change Company city").await?;
    browser.fill("input[aria-label='Company city']", "Nordhavn").await?;
    browser.see("//li[contains(@class, 'is-filled')][contains(., 'Nordhavn')]").await?;
    browser.press("Send to 1 recipient").await?;
    browser.see("//button[normalize-space(.)='Send another']").await?;
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn preview(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = Browser::open_sized(&stand, 1060, 860).await?;
    let token = portal.launch_token("0-3", &portal.deal()?).await?;
    browser.frame_of(&portal, &format!("{}/app/#launch={token}", stand.worker), 1000).await?;
    browser.choose_template(&portal.template("Master services agreement")?).await?;
    browser.press("Open preview").await?;
    browser.see(".preview .stage .page img").await?;
    let mail = browser.see(".preview .mail").await?.text().await?;
    ensure!(mail.contains("ann.lee@nordhavn.example"), "the mail is not to the first: {mail}");
    browser.see("//label[contains(., 'Bo Lind')]").await?.click().await?;
    browser.see("//*[contains(@class, 'mail')][contains(., 'bo.lind@nordhavn.example')]").await?;
    browser.press("Zoom in").await?;
    browser.see("//*[contains(@class, 'percent')][contains(., '125')]").await?;
    browser.see(".thumbs a:last-child").await?.click().await?;
    browser
        .see("//li[contains(@class, 'r2') and not(contains(@class, 'is-other'))][contains(., 'Sign')]")
        .await?;
    browser.see("#page-3 img").await?;
    axe::check(&browser, "the preview").await?;
    browser.leave_frame().await?;
    browser.screenshot("preview").await?;
    browser.enter_frame_again().await?;
    browser.press("Close the preview").await?;
    browser.see("[data-testid=review-recipients]").await?;
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn page_fails(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    portal
        .fault(json!({ "vendor": "docusign", "accountId": portal.account, "method": "GET",
            "path": "*/page_image", "effect": { "status": 500 }, "count": 1 }))
        .await?;
    let browser = at_review(&stand, &portal, 1000).await?;
    let retry = browser.see("//*[contains(@class, 'unseen')]//button[contains(., 'Try again')]").await?;
    retry.click().await?;
    browser.see(".stage .page:first-child img").await?;
    browser.quit().await
}

async fn narrow(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = at_review(&stand, &portal, 360).await?;
    browser.press("Preview").await?;
    browser.see(".preview .stage .page img").await?;
    browser.press("See email").await?;
    browser.see(".preview .mail").await?;
    let too_wide = "return document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth";
    let too_wide = browser.driver.execute(too_wide, vec![]).await?.json().as_bool();
    ensure!(too_wide == Some(false), "the preview scrolls sideways at 360 pixels");
    axe::check(&browser, "the preview at 360 pixels").await?;
    browser.leave_frame().await?;
    browser.screenshot("preview-360").await?;
    browser.quit().await
}
