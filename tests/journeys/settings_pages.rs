//! The settings' pages for admins: each looked at in both languages and at the widths promised, and what is done on
//! them.

use std::sync::Arc;

use anyhow::{Result, ensure};
use journeys::{
    browser::Browser,
    control::Portal,
    stand::{Stand, journey},
};
use libtest_mimic::Trial;

const PAGES: [&str; 9] =
    ["connection", "users", "keys", "mappings", "hs-fields", "preferences", "outbox", "history", "uninstall"];

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "settings::every_page_in_a_window_in_english", |s| window(s, "en")),
        journey(stand, "settings::every_page_in_a_window_in_danish", |s| window(s, "da")),
        journey(stand, "settings::every_page_at_360_pixels_in_danish", |s| frame(s, "da", (360, 900))),
        journey(stand, "settings::every_page_at_800_by_600", |s| frame(s, "en", (800, 600))),
        journey(stand, "settings::a_key_is_made_shown_once_and_removed", keys),
        journey(stand, "settings::a_mapping_is_added_paused_and_removed", mappings),
        journey(stand, "settings::fields_are_made_in_docusign", hs_fields),
        journey(stand, "settings::preferences_are_saved_and_a_language_chosen", preferences),
        journey(stand, "settings::an_uninstall_is_typed_to_confirm", uninstall),
    ]
}

async fn window(stand: Arc<Stand>, locale: &'static str) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = Browser::open_sized(&stand, 1280, 960).await?;
    browser.open_settings(&portal, locale).await?;
    for page in PAGES {
        browser.settings_page(page).await?;
        browser.settled().await?;
        browser.look_at_settings(&format!("settings-{page}-{locale}")).await?;
    }
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn frame(stand: Arc<Stand>, locale: &'static str, (width, height): (u32, u32)) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = Browser::open_sized(&stand, 1000, 1000).await?;
    let url = portal.settings_launch(&portal.rep(), locale).await?;
    browser.frame_settings(&portal, &url, width, height).await?;
    for page in PAGES {
        browser.settings_page(page).await?;
        browser.settled().await?;
        browser.look_at_settings(&format!("settings-{page}-{locale}-{width}")).await?;
    }
    browser.quit().await
}

async fn keys(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = Browser::open_sized(&stand, 1280, 960).await?;
    browser.open_settings(&portal, "en").await?;
    browser.settings_page("keys").await?;
    browser.press("Add a key").await?;
    browser.see("dialog[open]").await?;
    browser.press("Add the key").await?;
    browser.see("#key-label[aria-invalid=true]").await?;
    browser.look_at_settings("settings-keys-add-en").await?;
    browser.fill("#key-label", "Connect 2027").await?;
    browser.see("//label[contains(., 'Have one made here')]").await?.click().await?;
    browser.press("Add the key").await?;
    let secret = browser.see("#new-key").await?.value().await?.unwrap_or_default();
    ensure!(secret.len() >= 16, "a short key: {}", secret.len());
    browser.look_at_settings("settings-keys-shown-once-en").await?;
    browser.press("I have copied it").await?;
    browser.gone("dialog[open]").await?;
    browser.see("//tr[contains(., 'Connect 2027')]").await?;
    ensure!(!browser.text().await?.contains(&secret), "the key is still shown");
    browser.look_at_settings("settings-keys-one-en").await?;
    browser.press("Remove…: Connect 2027").await?;
    browser.press("Remove the key").await?;
    browser.gone("//tr[contains(., 'Connect 2027')]").await?;
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn mappings(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = Browser::open_sized(&stand, 1280, 960).await?;
    browser.open_settings(&portal, "en").await?;
    browser.settings_page("mappings").await?;
    browser.see("[data-mapping]").await?;
    browser.press("Add a mapping").await?;
    browser.see("dialog[open]").await?;
    browser.press("Save the mapping").await?;
    browser.see("#mapping-field[aria-invalid=true]").await?;
    browser.fill("#mapping-field", "PO number").await?;
    browser.see("//*[@role='option'][contains(., 'PO number')]").await?.click().await?;
    browser.fill("#mapping-property", "amount").await?;
    browser.look_at_settings("settings-mappings-add-en").await?;
    browser.see("//*[@id='mapping-property-list']/*[contains(., 'amount')]").await?.click().await?;
    browser.press("Save the mapping").await?;
    browser.gone("dialog[open]").await?;
    let row = "//tr[contains(., 'PO number')]";
    browser.see(row).await?;
    browser.press("Pause: PO number").await?;
    browser.see(&format!("{row}[contains(., 'Paused')]")).await?;
    browser.look_at_settings("settings-mappings-paused-en").await?;

    browser.fill("#try-record", &portal.deal()?).await?;
    browser.press("Show the values").await?;
    browser.see("#try-template[aria-invalid=true]").await?;
    browser.fill("#try-template", "Quote").await?;
    browser.click("//*[@id='try-template-list']/*[contains(., 'Quote with HubSpot fields')]").await?;
    browser.press("Show the values").await?;
    browser.see("//*[@data-testid='tried']//dt[.='HS Company name']").await?;
    browser.look_at_settings("settings-mappings-tried-en").await?;

    browser.press("Remove: PO number").await?;
    browser.gone(row).await?;
    browser.press("Reset to defaults…").await?;
    browser.press("Reset all mappings").await?;
    browser.gone("dialog[open]").await?;
    browser.see("//p[contains(., 'These are the defaults')]").await?;
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn hs_fields(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = Browser::open_sized(&stand, 1280, 960).await?;
    browser.open_settings(&portal, "en").await?;
    browser.settings_page("hs-fields").await?;
    browser.press("Create or update the fields").await?;
    browser.see("[data-testid=hs-report] tbody tr").await?;
    browser.look_at_settings("settings-hs-fields-made-en").await?;
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn preferences(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = Browser::open_sized(&stand, 1280, 960).await?;
    browser.open_settings(&portal, "en").await?;
    browser.settings_page("preferences").await?;
    browser.see("//label[contains(., 'Let envelopes expire')]").await?.click().await?;
    browser.fill("#expires-after", "0").await?;
    browser.press("Save for everybody").await?;
    browser.see("#expires-after[aria-invalid=true]").await?;
    browser.look_at_settings("settings-preferences-wrong-en").await?;
    browser.fill("#expires-after", "90").await?;
    browser.press("Save for everybody").await?;
    browser.see("//*[contains(@class, 'toast')][contains(., 'The preferences were saved')]").await?;
    browser.see("#language").await?.click().await?;
    browser.see("#language option[value=da]").await?.click().await?;
    browser.see("//h1[.='Præferencer']").await?;
    browser.see("#expires-after").await?;
    browser.look_at_settings("settings-preferences-chosen-da").await?;
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn uninstall(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = Browser::open_sized(&stand, 1280, 960).await?;
    browser.open_settings(&portal, "en").await?;
    browser.settings_page("uninstall").await?;
    browser.fill("#confirm", "something else").await?;
    browser.press("Uninstall for everybody").await?;
    browser.see("#confirm[aria-invalid=true]").await?;
    browser.look_at_settings("settings-uninstall-unconfirmed-en").await?;
    browser.fill("#confirm", &portal.id).await?;
    browser.press("Uninstall for everybody").await?;
    browser.see("//h1[.='The app is uninstalled']").await?;
    browser.look_at_settings("settings-uninstalled-en").await?;
    browser.console_is_clean().await?;
    browser.quit().await
}
