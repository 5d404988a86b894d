//! Step 1 of the wizard: finding a template, keeping favourites, and taking several.

use std::sync::Arc;

use anyhow::{Result, ensure};
use journeys::{
    axe,
    browser::Browser,
    control::Portal,
    stand::{Stand, eventually, journey},
};
use libtest_mimic::Trial;
use serde_json::json;
use thirtyfour::prelude::*;

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "wizard::templates_are_found_by_name_folder_and_owner", found),
        journey(stand, "wizard::a_favourite_is_kept_and_taken_back_where_docusign_refuses", favourite),
        journey(stand, "wizard::several_templates_become_one_envelope", several),
        journey(stand, "wizard::more_than_two_thousand_templates_say_how_to_reach_the_others", beyond),
        journey(stand, "wizard::templates_at_360_pixels_in_danish", narrow),
    ]
}

async fn at_templates(stand: &Stand, portal: &Portal, width: u32, locale: &str) -> Result<Browser> {
    let browser = Browser::open_sized(stand, width.max(500) + 60, 860).await?;
    browser.app_on_deal(portal, width, locale).await?;
    browser.press(if locale == "da" { "Send fra en skabelon" } else { "Send from a template" }).await?;
    browser.see("[data-template-id]").await?;
    Ok(browser)
}

async fn found(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = at_templates(&stand, &portal, 1000, "en").await?;
    axe::check(&browser, "the templates").await?;
    browser.picture("wizard-templates-en").await?;
    let nda = format!("[data-template-id='{}']", portal.template("Mutual NDA")?);
    browser.find_template(&portal, "Mutual NDA").await?;
    browser.press("Next").await?;
    browser.press("Back").await?;
    browser.press("Back").await?;
    // The search is as it was.
    let kept = browser.see(".step input[type=search]").await?.prop("value").await?;
    ensure!(kept.as_deref() == Some("Mutual NDA"), "the search is now {kept:?}");
    let checked = browser.see(&format!("{nda} input")).await?.is_selected().await?;
    ensure!(checked, "the template is not chosen any more");
    browser.fill(".step input[type=search]", "zzzz").await?;
    browser.see("//p[contains(., 'No template matches')]").await?;
    browser.fill(".step input[type=search]", " ").await?;
    let folder = browser.see("select[aria-label='Folder']").await?;
    folder.find(By::XPath("./option[contains(., 'Legal')]")).await?.click().await?;
    browser.see("//*[@data-template-id][contains(., 'Board resolution')]").await?;
    browser.picture("wizard-templates-folder").await?;
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn favourite(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = at_templates(&stand, &portal, 1000, "en").await?;
    let star = "button[aria-label='Favourite: Mutual NDA']";
    let before = browser.see(star).await?.attr("aria-pressed").await?;
    let other = if before.as_deref() == Some("true") { "false" } else { "true" };
    browser.see(star).await?.click().await?;
    browser.see(&format!("{star}[aria-pressed={other}]")).await?;
    let session = portal.session("0-3", &portal.deal()?).await?;
    eventually("DocuSign has it", || async {
        let page = session.get("/api/templates?of=favorites").await?.ok()?;
        Ok((page.to_string().contains("Mutual NDA") == (other == "true")).then_some(()))
    })
    .await?;
    portal
        .fault(json!({ "vendor": "docusign", "accountId": portal.account, "path": "*/favorite_templates",
            "effect": { "status": 500 }, "count": 5 }))
        .await?;
    browser.see(star).await?.click().await?;
    browser.see("//*[@role='alert'][contains(., 'favourite could not be changed')]").await?;
    browser.see(&format!("{star}[aria-pressed={other}]")).await?;
    axe::check(&browser, "a favourite that was refused").await?;
    browser.picture("wizard-favourite-refused").await?;
    browser.quit().await
}

async fn several(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = at_templates(&stand, &portal, 1000, "en").await?;
    browser.find_template(&portal, "Mutual NDA").await?;
    browser.press("Add another template").await?;
    browser.find_template(&portal, "Works order").await?;
    browser.see("//h2[contains(., '2 templates in this envelope')]").await?;
    axe::check(&browser, "several templates").await?;
    browser.picture("wizard-templates-several").await?;
    browser.press("Next").await?;
    browser.see("//h1[contains(., 'Recipients')]").await?;
    let documents = browser.see("[data-testid=documents]").await?.text().await?;
    ensure!(documents.contains("Mutual NDA") && documents.contains("Works order"), "documents: {documents}");
    browser.see("//li[@data-testid='recipient'][contains(., 'Safety officer')]").await?;
    browser.picture("wizard-recipients-several").await?;
    // One is taken out again: what the other brought goes, the rest stays.
    browser.press("2 templates · Add another").await?;
    browser.press("Take Works order out").await?;
    browser.press("Next").await?;
    browser.gone("//li[@data-testid='recipient'][contains(., 'Safety officer')]").await?;
    browser.see("//li[@data-testid='recipient'][contains(., 'Ann Lee')]").await?;
    browser.console_is_clean().await?;
    browser.quit().await
}

/// DocuSign lists two thousand templates of one question, and no more.
async fn beyond(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let more = json!({ "count": 2440 });
    portal.control(&format!("docusign/accounts/{}/templates", portal.account), more).await?;
    let browser = at_templates(&stand, &portal, 1000, "en").await?;
    browser
        .see("//p[contains(., 'DocuSign lists no more than 2,000 templates at once. Search by name')]")
        .await?;
    browser.see("//span[contains(., ' of 2,000 shown')]").await?;
    let asks = browser.see(".step input[type=search]").await?.attr("placeholder").await?;
    ensure!(asks.as_deref() == Some("Search templates"), "{asks:?}: there are more than are listed");
    browser.see("//p[contains(., 'DocuSign lists')]").await?.scroll_into_view().await?;
    browser.picture("wizard-templates-beyond").await?;
    browser.fill(".step input[type=search]", "Bulk template 2440").await?;
    browser.see("//*[@data-template-id][contains(., 'Bulk template 2440')]").await?;
    browser.gone("//p[contains(., 'DocuSign lists')]").await?;
    browser.quit().await
}

async fn narrow(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = at_templates(&stand, &portal, 360, "da").await?;
    browser.is_not_too_wide().await?;
    axe::check(&browser, "templates at 360 pixels").await?;
    browser.picture("wizard-templates-360-da").await?;
    let nda = format!("[data-template-id='{}'] label", portal.template("Mutual NDA")?);
    browser.see(&nda).await?.click().await?;
    browser.press("Tilføj en skabelon til").await?;
    browser.see("[data-testid=chosen-templates]").await?;
    browser.is_not_too_wide().await?;
    browser.picture("wizard-templates-several-360-da").await?;
    browser.quit().await
}
