//! Changes made on the settings' pages, and what the page says where one cannot be made.

use std::{path::PathBuf, sync::Arc};

use anyhow::{Context, Result, ensure};
use journeys::{
    browser::Browser,
    control::{Portal, text},
    settings::{admin, at, list, mappings, save_mappings},
    stand::{Stand, journey},
};
use libtest_mimic::Trial;
use serde_json::{Value, json};
use thirtyfour::{By, Key};

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "settings::a_broken_file_of_mappings_says_what_is_wrong", import),
        journey(stand, "settings::an_admin_who_was_overtaken_is_told_and_loses_nothing", overtaken),
        journey(stand, "settings::another_account_is_chosen_knowing_what_it_means", switch),
        journey(stand, "settings::a_user_disconnects_knowing_what_it_means", disconnect),
        journey(stand, "settings::an_admin_sees_a_connection_die_and_takes_it_away", dies),
        journey(stand, "settings::the_history_is_filtered_and_downloaded", history),
        journey(stand, "settings::a_token_that_dies_in_the_middle_of_a_page_is_told_on_it", in_the_middle),
        journey(stand, "settings::fields_that_could_not_be_made_say_who_can", no_right),
        journey(stand, "settings::a_session_that_ends_in_the_middle_of_a_page_says_so", session_ends),
    ]
}

async fn opened(stand: &Stand, portal: &Portal, user: &str, page: &str) -> Result<Browser> {
    let browser = Browser::open_sized(stand, 1100, 1100).await?;
    let url = portal.settings_launch(user, "en").await?;
    browser.frame_settings(portal, &url, 1000, 900).await?;
    browser.settings_page(page).await?;
    browser.settled().await?;
    Ok(browser)
}

/// A file on the disk, to be chosen in the browser.
fn file(portal: &Portal, name: &str, content: &str) -> Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("countersign-{}", portal.id));
    std::fs::create_dir_all(&folder)?;
    let path = folder.join(name);
    std::fs::write(&path, content)?;
    Ok(path)
}

async fn import(stand: Arc<Stand>) -> Result<()> {
    let (portal, session) = admin(&stand).await?;
    let exported = session.get("/api/settings/mappings/export").await?.ok()?;
    let mut twice = exported.clone();
    twice["mappings"][1]["field"] = twice["mappings"][0]["field"].clone();
    twice["mappings"][1]["object"] = twice["mappings"][0]["object"].clone();
    let field = text(&exported["mappings"][0]["field"], "name")?;
    let changed = |pointer: &str, value: Value| {
        let mut file = exported.clone();
        if let Some(place) = file.pointer_mut(pointer) {
            *place = value;
        }
        file.to_string()
    };
    let browser = opened(&stand, &portal, &portal.rep(), "mappings").await?;
    let choose = async |name: &str, content: &str| -> Result<()> {
        let path = file(&portal, name, content)?;
        let input = browser.driver.find(By::Css("#import-file")).await?;
        input.send_keys(path.to_string_lossy()).await?;
        browser.see("dialog[open]").await?;
        Ok(())
    };
    for (name, content, code, says) in [
        ("broken.json", "{\"format\":".to_owned(), "error-import-refused", "It is about: file"),
        (
            "edited.json",
            changed("/mappings/3/object", json!("ticket")),
            "error-import-refused",
            "It is about: mappings[3]",
        ),
        ("theirs.json", changed("/portal_id", json!(7)), "error-import-other-portal", "exported from this"),
        ("twice.json", twice.to_string(), "error-mapping-refused", field.as_str()),
    ] {
        choose(name, &content).await?;
        browser.press("Replace all mappings").await?;
        let banner = browser.see(&format!("dialog [data-code='{code}']")).await?;
        let told = browser.see("dialog[open]").await?.text().await?;
        ensure!(told.contains(says), "{name}: {told}");
        ensure!(!banner.text().await?.contains("sent"), "{name}: {told}");
        browser.look_at_settings(&format!("settings-import-{}", name.trim_end_matches(".json"))).await?;
        browser.press("Cancel").await?;
        browser.gone("dialog[open]").await?;
    }
    // What is too big is not even sent.
    choose("big.json", &" ".repeat(300_000)).await?;
    browser.see("dialog [data-code='error-too-large']").await?;
    browser.gone("//button[normalize-space(.)='Replace all mappings']").await?;
    browser.look_at_settings("settings-import-big").await?;
    browser.press("Cancel").await?;
    browser.gone("dialog[open]").await?;
    ensure!(mappings(&session).await?.0 == 0, "something was changed");
    // A good one, with one mapping of deals.
    let deals = list(&exported, "/mappings")?.iter().find(|m| m["object"] == "deal").context("none")?;
    choose("good.json", &changed("/mappings", json!([deals]))).await?;
    browser.press("Replace all mappings").await?;
    browser.see("//*[contains(@class, 'toast')][contains(., 'The mappings were imported')]").await?;
    ensure!(browser.driver.find_all(By::Css("[data-mapping]")).await?.len() == 1);
    browser.quit().await
}

async fn overtaken(stand: Arc<Stand>) -> Result<()> {
    let (portal, session) = admin(&stand).await?;
    let browser = opened(&stand, &portal, &portal.rep(), "mappings").await?;
    browser.press("Edit: HS Deal amount").await?;
    browser.see("dialog[open]").await?;
    // Once clicked, what was chosen makes way for what is typed.
    browser.click("#mapping-property").await?;
    browser.see("#mapping-property").await?.send_keys("dealname").await?;
    browser.click("//*[@id='mapping-property-list']/*[contains(., 'dealname')]").await?;
    // Meanwhile the other one.
    let (version, mut all) = mappings(&session).await?;
    let city = all.iter_mut().find(|m| m["id"] == "default-deals-hs_company_city").context("no city")?;
    city["paused"] = json!(true);
    save_mappings(&session, version, &all).await?.ok()?;
    browser.press("Save the mapping").await?;
    browser.see("dialog [data-code='error-settings-conflict']").await?;
    browser.look_at_settings("settings-mappings-overtaken").await?;
    browser.press("Reload").await?;
    browser.gone("dialog [data-code='error-settings-conflict']").await?;
    // What the other one did is there, and what was chosen here has stayed.
    browser.see("//tr[contains(., 'HS Company city')][contains(., 'Paused')]").await?;
    let chosen = browser.see("#mapping-property").await?.value().await?.unwrap_or_default();
    ensure!(chosen == "Deal name", "chosen is now {chosen:?}");
    browser.press("Save the mapping").await?;
    browser.gone("dialog[open]").await?;
    browser.see("//*[contains(@class, 'toast')][contains(., 'The mapping was saved')]").await?;
    let (version, all) = mappings(&session).await?;
    let of = |id: &str| all.iter().find(|m| m["id"] == id).cloned().context("gone");
    ensure!(version == 2 && of("default-deals-hs_company_city")?["paused"] == true, "the other's is lost");
    ensure!(of("default-deals-hs_deal_amount")?["property"]["name"] == "dealname", "ours is lost");
    browser.quit().await
}

async fn switch(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let rep = portal.settings(&portal.user(1)).await?;
    portal.connect(&rep, 1).await?;
    let deal = portal.session_of(&portal.user(1), "0-3", &portal.deal()?).await?;
    let draft = deal.draft(&portal.template("Mutual NDA")?).await?;
    deal.send(&uuid::Uuid::new_v4().to_string(), &draft).await?.ok()?;
    let settings = rep.get("/api/settings").await?.ok()?;
    let now = text(at(&settings, "/you/connection"), "account_id")?;
    let accounts = list(&settings, "/you/connection/accounts")?;
    let other = accounts.iter().find(|a| a["id"] != json!(now)).context("one account")?;
    let (other, name) = (text(other, "id")?, text(other, "name")?);

    let browser = opened(&stand, &portal, &portal.user(1), "connection").await?;
    browser.press("Switch account…").await?;
    let told = browser.see("dialog[open]").await?.text().await?;
    ensure!(told.contains("Default account") && told.contains("1 envelope under way in"), "{told}");
    ensure!(told.contains("To remind, void or download it, switch back."), "{told}");
    browser.look_at_settings("settings-connection-switch").await?;
    browser.press("Switch account").await?;
    browser.see("//p[contains(., 'This is the account you send from already')]").await?;
    browser.click(&format!("//label[.//input[@value='{other}']]")).await?;
    browser.press("Switch account").await?;
    browser.gone("dialog[open]").await?;
    browser.see("//*[contains(@class, 'toast')][contains(., 'The account was switched')]").await?;
    browser.see(&format!("//dd[contains(., '{name}')]")).await?;
    browser.look_at_settings("settings-connection-switched").await?;
    let panel = deal.get("/api/panel").await?.ok()?;
    ensure!(at(&panel, "/total") == 1, "the envelope is gone: {panel}");
    browser.quit().await
}

async fn disconnect(stand: Arc<Stand>) -> Result<()> {
    let (portal, session) = admin(&stand).await?;
    session.put("/api/settings/automation", &json!({ "user": portal.rep() })).await?.ok()?;
    let browser = opened(&stand, &portal, &portal.rep(), "connection").await?;
    browser.press("Disconnect…").await?;
    let told = browser.see("dialog[open]").await?.text().await?;
    ensure!(told.contains("Automation uses this connection") && told.contains("Connected apps"), "{told}");
    browser.look_at_settings("settings-connection-disconnect").await?;
    browser.press("Keep the connection").await?;
    browser.gone("dialog[open]").await?;
    browser.press("Disconnect…").await?;
    browser.see("dialog[open]").await?;
    browser.press("Disconnect").await?;
    browser.see("[data-todo='connect']").await?;
    browser.see("//*[contains(@class, 'toast')][contains(., 'DocuSign is disconnected')]").await?;
    browser.look_at_settings("settings-connection-disconnected").await?;
    let settings = session.get("/api/settings").await?.ok()?;
    ensure!(at(&settings, "/you/connection/state") == "not-connected", "{settings}");
    browser.quit().await
}

async fn dies(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let rep = portal.settings(&portal.user(1)).await?;
    portal.connect(&rep, 1).await?;
    let browser = opened(&stand, &portal, &portal.rep(), "users").await?;
    let row = format!("[data-user='{}']", portal.user(1));
    browser.see(&row).await?;
    let theirs = text(at(&portal.told, "/docusign/users/1"), "userId")?;
    portal.control("docusign/tokens/expire", json!({ "userId": theirs, "refresh": true })).await?;
    rep.get("/api/templates").await?;
    // Nobody reloads: the page is told.
    browser.see(&format!("//tr[@data-user='{}'][contains(., 'Must sign in again')]", portal.user(1))).await?;
    browser.look_at_settings("settings-users-died").await?;
    let email = text(at(&portal.told, "/hubspot/users/1"), "email")?;
    browser.press(&format!("Disconnect…: {email}")).await?;
    let told = browser.see("dialog[open]").await?.text().await?;
    ensure!(told.contains(&email) && told.contains("They cannot send"), "{told}");
    browser.look_at_settings("settings-users-disconnect").await?;
    browser.press("Disconnect").await?;
    browser.gone(&row).await?;
    browser.quit().await
}

async fn history(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let rep = portal.settings(&portal.user(1)).await?;
    portal.connect(&rep, 1).await?;
    let browser = opened(&stand, &portal, &portal.rep(), "history").await?;
    let rows = async || -> Result<usize> {
        Ok(browser.driver.find_all(By::Css("[data-testid=history] tbody tr")).await?.len())
    };
    let all = rows().await?;
    browser.click("#by-action").await?;
    browser.click("#by-action option[value=connected]").await?;
    // The browser's own list would lie over the picture.
    browser.see("#by-action").await?.send_keys(Key::Escape + "").await?;
    browser.gone("//*[@data-testid='history']//tr[contains(., 'Installed the app')]").await?;
    ensure!(rows().await? == 2, "{} rows", rows().await?);
    browser.look_at_settings("settings-history-filtered").await?;
    browser.click("#by-user").await?;
    browser.click(&format!("#by-user option[value='{}']", portal.user(1))).await?;
    let me = text(at(&portal.told, "/hubspot/users/0"), "email")?;
    browser.gone(&format!("//*[@data-testid='history']//tr[contains(., '{me}')]")).await?;
    ensure!(rows().await? == 1, "{} rows", rows().await?);
    browser.press("Download").await?;
    browser.see("//*[contains(@class, 'toast')][contains(., 'The list was saved as a file')]").await?;
    let asked = portal.settings(&portal.rep()).await?.get("/api/settings/audit").await?.ok()?;
    ensure!(at(&asked, "/entries/0/action") == "audit-downloaded", "{asked}");
    ensure!(at(&asked, "/entries/0/about") == "1", "not what was filtered: {asked}");
    browser.press("Clear the filter").await?;
    browser.see("//*[@data-testid='history']//tr[contains(., 'Installed the app')]").await?;
    ensure!(rows().await? == all + 1, "{} rows", rows().await?);
    let shown = browser.see("#by-action").await?.value().await?.unwrap_or_default();
    ensure!(shown.is_empty(), "the filter still shows {shown:?}");
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn in_the_middle(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = opened(&stand, &portal, &portal.rep(), "hs-fields").await?;
    let mine = text(at(&portal.told, "/docusign/users/0"), "userId")?;
    portal.control("docusign/tokens/expire", json!({ "userId": mine, "refresh": true })).await?;
    browser.press("Create or update the fields").await?;
    let banner = browser.see("[data-code='error-must-reconnect']").await?.text().await?;
    ensure!(banner.contains("page Connection") && !banner.contains("sent"), "{banner}");
    browser.look_at_settings("settings-hs-fields-died").await?;
    browser.settings_page("connection").await?;
    browser.see("[data-todo='reconnect']").await?;
    browser.see("//button[normalize-space(.)='Reconnect']").await?;
    browser.look_at_settings("settings-connection-died").await?;
    browser.quit().await
}

async fn no_right(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let mine = text(at(&portal.told, "/docusign/users/0"), "userId")?;
    portal.control(&format!("docusign/users/{mine}"), json!({ "isAdmin": false })).await?;
    let browser = opened(&stand, &portal, &portal.rep(), "hs-fields").await?;
    browser.fill("#hs-property", "dealstage").await?;
    browser.click("//*[@id='hs-property-list']/*[contains(., 'dealstage')]").await?;
    browser.press("Add").await?;
    browser.press("Create or update the fields").await?;
    let banner = browser.see("[data-testid=hs-report] [data-code='error-docusign-no-permission']").await?;
    let told = banner.text().await?;
    ensure!(told.contains("Ask your DocuSign administrator") && !told.contains("sent"), "{told}");
    browser.see("//*[@data-testid='hs-report']//tr[contains(., 'Could not be created')]").await?;
    browser.look_at_settings("settings-hs-fields-no-right").await?;
    // Everything else works.
    browser.settings_page("connection").await?;
    browser.press("Check the connection").await?;
    browser.see("//*[contains(@class, 'toast')][contains(., 'DocuSign was asked')]").await?;
    browser.see("//li[contains(., 'Send envelopes and use templates')]").await?;
    browser.quit().await
}

async fn session_ends(stand: Arc<Stand>) -> Result<()> {
    let (portal, other) = admin(&stand).await?;
    let browser = opened(&stand, &portal, &portal.rep(), "preferences").await?;
    browser.press("Save for everybody").await?;
    browser.see("//*[contains(@class, 'toast')]").await?;
    // The other admin ends all sessions there are; the open page is told.
    other.post("/api/settings/uninstall", &json!({ "confirm": portal.id })).await?.ok()?;
    browser.see("//*[contains(., 'open the settings again from HubSpot')]").await?;
    browser.look_at_settings("settings-session-ended").await?;
    browser.quit().await
}
