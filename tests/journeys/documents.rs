//! The editor of the wizard: documents, fields on them, options, hotkeys, and the way into DocuSign's own editor.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use journeys::{
    axe,
    browser::Browser,
    control::Portal,
    desk::Desk,
    paper::{pdf, protected_pdf},
    stand::{Stand, eventually, journey},
};
use libtest_mimic::Trial;
use serde_json::json;
use thirtyfour::{Key, prelude::*};

const AGREEMENT: &str = "Master services agreement";

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "wizard::documents_are_added_signed_on_and_sent", documents),
        journey(stand, "wizard::documents_are_dragged_with_a_mouse_and_with_a_finger", dragged),
        journey(stand, "wizard::another_template_s_documents_are_added", another_template),
        journey(stand, "wizard::fields_are_placed_by_pointer_and_keys", fields),
        journey(stand, "wizard::options_and_visibility_are_reviewed", options),
        journey(stand, "wizard::what_the_account_lacks_is_not_offered", lacking),
        journey(stand, "wizard::hotkeys_work_until_they_are_switched_off", hotkeys),
        journey(stand, "wizard::the_draft_goes_on_in_docusign", hand_over),
        journey(stand, "wizard::the_editor_is_usable_at_360_pixels_in_danish", |s| small(s, 360)),
        journey(stand, "wizard::the_editor_is_usable_at_800_pixels_in_danish", |s| small(s, 800)),
        journey(stand, "bad_input::files_that_cannot_be_added_are_named", bad_files),
        journey(stand, "bad_input::an_upload_that_is_cut_off_can_be_tried_again", cut_off),
    ]
}

/// The wizard alone in a frame, at the review of a template.
async fn at_review(stand: &Stand, portal: &Portal, width: u32, template: &str) -> Result<Browser> {
    let browser = Browser::open_sized(stand, width.max(500) + 60, 860).await?;
    let token = portal.launch_token("0-3", &portal.deal()?).await?;
    browser.frame_of(portal, &format!("{}/app/#launch={token}", stand.worker), width).await?;
    browser.choose_template(&portal.template(template)?).await?;
    browser.see("[data-testid=review-recipients]").await?;
    Ok(browser)
}

async fn in_editor(stand: &Stand, portal: &Portal, width: u32) -> Result<Browser> {
    let browser = at_review(stand, portal, width, AGREEMENT).await?;
    browser.press("Edit documents").await?;
    browser.see("[data-testid=edit-documents] [data-document]").await?;
    Ok(browser)
}

async fn upload(browser: &Browser, files: &[String]) -> Result<()> {
    browser.see("#choose-files").await?;
    // A file chooser's own input is not displayed.
    let input = browser.driver.find(By::Css("[data-testid=files]")).await?;
    input.send_keys(files.join("\n")).await?;
    Ok(())
}

async fn picture(browser: &Browser, name: &str) -> Result<()> {
    axe::check(browser, name).await?;
    browser.leave_frame().await?;
    browser.screenshot(name).await?;
    browser.enter_frame_again().await
}

async fn fits(browser: &Browser, what: &str) -> Result<()> {
    let too_wide = "return document.scrollingElement.scrollWidth > document.scrollingElement.clientWidth";
    let too_wide = browser.driver.execute(too_wide, vec![]).await?.json().as_bool();
    ensure!(too_wide == Some(false), "{what} scrolls sideways");
    Ok(())
}

async fn documents(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let desk = Desk::new()?;
    let browser = in_editor(&stand, &portal, 1000).await?;
    picture(&browser, "editor-documents").await?;
    let files =
        [desk.file("Price list.txt", b"Prices\n12 months")?, desk.file("Terms.pdf", &pdf(2, "Terms"))?];
    upload(&browser, &files).await?;
    browser.see("//li[@data-document][contains(., 'Price list')][contains(., 'added by you')]").await?;
    browser.see("//li[@data-document][contains(., 'Terms')]").await?;
    browser.see("//*[@data-testid='bare'][contains(., 'Terms')]").await?;
    // Fields: one by a text, one in a corner.
    browser.fill("#field-text", "Terms").await?;
    browser.press("Add at this text").await?;
    browser.press("Place on the page").await?;
    browser.press("Put it in the upper left corner").await?;
    browser.see(".stage .tab.is-placed").await?;
    // The last comes first, by keys.
    let handle =
        browser.see("//li[@data-document][contains(., 'Terms')]//button[contains(@class, 'handle')]").await?;
    handle.send_keys(Key::Up + "").await?;
    browser.see("//ol/li[2][@data-document][contains(., 'Terms')]").await?;
    eventually("the order is kept", || async {
        let busy =
            browser.driver.find(By::Css("[data-testid=edit-documents]")).await?.attr("aria-busy").await?;
        Ok((busy.as_deref() == Some("false")).then_some(()))
    })
    .await?;
    picture(&browser, "editor-documents-added").await?;
    browser.click("//button[@aria-label='Remove Price list.txt' or @aria-label='Remove Price list']").await?;
    browser.gone("//li[@data-document][contains(., 'Price list')]").await?;
    // Escape answers the question, and leaves neither the editor nor the wizard.
    browser.click("//button[@aria-label='Remove Terms.pdf']").await?;
    browser.see("dialog[open]").await?;
    browser.driver.action_chain().send_keys(Key::Escape + "").perform().await?;
    browser.gone("dialog[open]").await?;
    browser.see("//li[@data-document][contains(., 'Terms')]").await?;
    browser.press("Done editing").await?;
    browser.see("//*[@data-testid='documents'][contains(., 'Terms')]").await?;
    picture(&browser, "review-edited").await?;
    browser.press("Send to 2 recipients").await?;
    browser.see("//button[normalize-space(.)='Send another']").await?;
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn dragged(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let desk = Desk::new()?;
    let browser = in_editor(&stand, &portal, 1000).await?;
    upload(&browser, &[desk.file("Prices.txt", b"Prices")?, desk.file("Terms.txt", b"Terms")?]).await?;
    let line = |at: u32, name: &str| format!("//ol/li[{at}][@data-document][contains(., '{name}')]");
    browser.see(&line(3, "Terms")).await?;
    let kept = async |first: &'static str| {
        eventually("DocuSign has the order", || async {
            let envelope = portal.envelopes_at_docusign().await?.pop().context("no draft")?;
            let there = portal.look(&format!("docusign/envelopes/{envelope}")).await?;
            let name = there["documents"][0]["name"].as_str().unwrap_or_default().to_owned();
            Ok(name.contains(first).then_some(()))
        })
        .await?;
        browser.see("[data-testid=edit-documents][aria-busy=false]").await
    };
    let handle = browser.see(&format!("{}//button[contains(@class, 'handle')]", line(3, "Terms"))).await?;
    let first = browser.see("[data-document]").await?;
    let up =
        browser.driver.action_chain().move_to_element_center(&handle).click_and_hold().move_by_offset(0, -12);
    up.move_to_element_center(&first).move_by_offset(0, -8).release().perform().await?;
    browser.see(&line(1, "Terms")).await?;
    kept("Terms").await?;
    browser.swipe("[data-document] .handle", "li[data-document]:nth-child(3)", 8).await?;
    browser.see(&line(3, "Terms")).await?;
    kept("Master").await?;
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn another_template(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = in_editor(&stand, &portal, 1000).await?;
    browser.press("Add from a template").await?;
    browser.fill("#add-search", "Mutual").await?;
    browser.see("//button[starts-with(@aria-label, 'Add Mutual')]").await?;
    picture(&browser, "editor-add-template").await?;
    browser.click("//button[starts-with(@aria-label, 'Add Mutual')]").await?;
    browser.see("//li[@data-document][contains(., 'from Mutual')]").await?;
    // Its two pages come after the four there were, and a picture once its page is near.
    let last = "(//*[contains(@class, 'stage')]//*[@class='page'])[6]";
    browser.see(last).await?.scroll_into_view().await?;
    browser.see(&format!("{last}//img")).await?;
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn fields(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = in_editor(&stand, &portal, 1000).await?;
    browser.see(".stage .page img").await?;
    browser.press("Place on the page").await?;
    browser.click(".stage .page").await?;
    let field = browser.see(".stage .tab.is-placed .move").await?;
    let x = || async {
        let value =
            browser.see("[data-testid=fields] .placed label:nth-child(2) input").await?.prop("value").await?;
        Ok::<i32, anyhow::Error>(value.unwrap_or_default().parse()?)
    };
    let before = x().await?;
    field.send_keys(Key::Right + "").await?;
    field.send_keys(Key::Shift + Key::Right).await?;
    let after = x().await?;
    ensure!(after == before + 11, "moved from {before} to {after}");
    let top = browser.see("[data-testid=fields] .placed label:nth-child(3) input").await?;
    top.send_keys(Key::Control + "a").await?;
    top.send_keys("300").await?;
    top.send_keys(Key::Tab + "").await?;
    let now = top.prop("value").await?;
    ensure!(now.as_deref() == Some("300"), "{now:?} was typed from the top");
    picture(&browser, "editor-fields").await?;
    browser.see(".stage .tab.is-placed .move").await?.send_keys(Key::Delete + "").await?;
    browser.gone(".stage .tab.is-placed").await?;
    // Another, dragged.
    browser.press("Place on the page").await?;
    browser.click(".stage .page").await?;
    let field = browser.see(".stage .tab.is-placed .move").await?;
    let before = x().await?;
    browser.driver.action_chain().drag_and_drop_element_by_offset(&field, 40, 30).perform().await?;
    ensure!(x().await? > before, "dragging did not move it");
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn choose(browser: &Browser, select: &str, value: &str) -> Result<()> {
    browser.click(&format!("{select} option[value='{value}']")).await?;
    Ok(())
}

async fn options(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = in_editor(&stand, &portal, 1000).await?;
    browser.see("#actions").await?.send_keys(Key::Down + "").await?;
    browser.see("//*[@role='menu']//*[@role='menuitem'][contains(., 'Edit message')]").await?;
    picture(&browser, "editor-actions").await?;
    // To where the focus is: given to an item, chromedriver would take the focus out of the menu first.
    browser.driver.action_chain().send_keys(Key::Escape + "").perform().await?;
    browser.gone("[role=menu]").await?;
    browser.see("[data-testid=edit-documents]").await?;
    browser.click("#actions").await?;
    browser.click("//*[@role='menuitem'][contains(., 'Advanced options')]").await?;
    choose(&browser, "#option-reassign", "off").await?;
    choose(&browser, "#option-reminders", "own").await?;
    browser.fill("#reminders-first", "5").await?;
    choose(&browser, "#option-expiration", "own").await?;
    choose(&browser, "#option-visibility", "on").await?;
    browser.see("fieldset.sees").await?;
    picture(&browser, "editor-options").await?;
    browser.press("Done editing").await?;
    let reviewed = browser.see("[data-testid=review-options]").await?.text().await?;
    ensure!(reviewed.contains("after 5 days"), "{reviewed}");
    picture(&browser, "review-options").await?;
    browser.press("Send to 2 recipients").await?;
    browser.see("//button[normalize-space(.)='Send another']").await?;
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn lacking(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    portal
        .control(
            &format!("docusign/accounts/{}", portal.account),
            json!({ "settings": { "allowDocumentVisibility": "false" } }),
        )
        .await?;
    let browser = in_editor(&stand, &portal, 1000).await?;
    browser.click("#actions").await?;
    browser.click("//*[@role='menuitem'][contains(., 'Advanced options')]").await?;
    browser
        .see(
            "//*[@data-testid='options-visibility'][contains(., 'A DocuSign administrator can change that')]",
        )
        .await?;
    browser.gone("#option-visibility").await?;
    picture(&browser, "editor-options-lacking").await?;
    browser.quit().await
}

async fn press_key(browser: &Browser, key: &str) -> Result<()> {
    Ok(browser.driver.action_chain().send_keys(key).perform().await?)
}

async fn hotkeys(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = at_review(&stand, &portal, 1000, AGREEMENT).await?;
    press_key(&browser, "?").await?;
    browser.see("//dialog[@open]//h2[.='Hotkeys']").await?;
    picture(&browser, "hotkeys").await?;
    press_key(&browser, "e").await?;
    browser.driver.action_chain().send_keys(Key::Escape + "").perform().await?;
    browser.gone("dialog[open]").await?;
    browser.see("[data-testid=review-recipients]").await?;
    press_key(&browser, "e").await?;
    browser.see("[data-testid=edit-documents]").await?;
    press_key(&browser, "o").await?;
    browser.see("#option-reassign").await?;
    press_key(&browser, "3").await?;
    browser.see("[data-testid=review-recipients]").await?;
    press_key(&browser, "p").await?;
    browser.see("[data-testid=preview] .stage .page img").await?;
    press_key(&browser, "n").await?;
    browser.see("//*[contains(@class, 'mail')][contains(., 'bo.lind@nordhavn.example')]").await?;
    press_key(&browser, "+").await?;
    browser.see("//*[contains(@class, 'percent')][contains(., '125')]").await?;
    press_key(&browser, "p").await?;
    browser.gone("[data-testid=preview]").await?;
    press_key(&browser, "2").await?;
    browser.see("#subject").await?.send_keys("p3e").await?;
    browser.see("#subject").await?;
    browser.click("//h1[contains(., 'Recipients')]").await?;
    press_key(&browser, "?").await?;
    browser.click("//dialog[@open]//input[@type='checkbox']").await?;
    browser.driver.action_chain().send_keys(Key::Escape + "").perform().await?;
    browser.gone("dialog[open]").await?;
    press_key(&browser, "1").await?;
    browser.see("#subject").await?;
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn hand_over(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = in_editor(&stand, &portal, 1000).await?;
    browser.click("#actions").await?;
    browser.click("//*[@role='menuitem'][contains(., 'Continue in DocuSign')]").await?;
    browser.see("#continue").await?;
    picture(&browser, "editor-continue").await?;
    let here = browser.driver.window().await?;
    browser.click("#continue").await?;
    let there = eventually("a tab is opened", || async {
        Ok(browser.driver.windows().await?.into_iter().find(|window| *window != here))
    })
    .await?;
    browser.enter_panel().await?;
    browser.driver.switch_to_window(there).await?;
    eventually("the tab is at DocuSign", || async {
        Ok(browser.driver.current_url().await?.as_str().starts_with(&portal.docusign).then_some(()))
    })
    .await?;
    let opener = browser.driver.execute("return window.opener === null", vec![]).await?.json().as_bool();
    ensure!(opener == Some(true), "DocuSign's tab has a way back to ours");
    browser.quit().await
}

/// In Danish, narrow.
async fn small(stand: Arc<Stand>, width: u32) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let desk = Desk::new()?;
    let browser = Browser::open_sized(&stand, width.max(500) + 60, 800).await?;
    let (crm, id, user) = (&portal.crm, &portal.id, portal.rep());
    browser.go(&format!("{crm}/session?portal={id}&user={user}&locale=da&back=/")).await?;
    browser.app_on_deal(&portal, width, "da").await?;
    browser.press("Send fra en skabelon").await?;
    browser.find_template(&portal, AGREEMENT).await?;
    browser.press("Næste").await?;
    browser.press("Redigér dokumenter").await?;
    upload(&browser, &[desk.file("Prisliste.txt", b"Priser")?]).await?;
    browser.see("//li[@data-document][contains(., 'Prisliste')]").await?;
    fits(&browser, "the editor").await?;
    picture(&browser, &format!("editor-{width}-da")).await?;
    browser.press("Placér på siden").await?;
    if width < 600 {
        browser.see("[data-testid=preview] .stage .page img").await?;
        picture(&browser, "editor-placing-360-da").await?;
        browser.click("[data-testid=preview] .stage .page").await?;
        browser.see("[data-testid=preview] .tab.is-placed").await?;
        browser.press("Tilbage").await?;
    } else {
        browser.press("Sæt det i øverste venstre hjørne").await?;
    }
    browser.see("[data-testid=fields] .placed").await?.scroll_into_view().await?;
    picture(&browser, &format!("editor-fields-{width}-da")).await?;
    browser.click("#actions").await?;
    picture(&browser, &format!("editor-actions-{width}-da")).await?;
    browser.click("//*[@role='menuitem'][contains(., 'Avancerede')]").await?;
    choose(&browser, "#option-visibility", "on").await?;
    choose(&browser, "#option-reminders", "own").await?;
    browser.see("fieldset.sees").await?;
    fits(&browser, "the options").await?;
    picture(&browser, &format!("editor-options-{width}-da")).await?;
    browser.press("Færdig med at redigere").await?;
    browser.see("[data-testid=review-options]").await?;
    picture(&browser, &format!("review-{width}-da")).await?;
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn bad_files(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let desk = Desk::new()?;
    let browser = in_editor(&stand, &portal, 1000).await?;
    let files = [
        desk.file("Empty.pdf", b"")?,
        desk.file("Setup.exe", b"MZ")?,
        desk.file("Huge.pdf", &vec![b' '; 33 * 1024 * 1024])?,
        desk.file("Secret.pdf", &protected_pdf())?,
        desk.file("Broken.pdf", b"nothing of the kind")?,
        desk.file("Good.txt", b"Fine")?,
    ];
    upload(&browser, &files).await?;
    for (name, code) in [
        ("Empty.pdf", "file-unreadable"),
        ("Setup.exe", "file-type-refused"),
        ("Huge.pdf", "too-large"),
        ("Secret.pdf", "file-protected"),
        ("Broken.pdf", "file-unreadable"),
    ] {
        let line = format!("//li[contains(@class, 'upload')][contains(., '{name}')]//*[@data-code='{code}']");
        browser.see(&line).await?;
    }
    browser.see("//li[@data-document][contains(., 'Good')]").await?;
    let documents = browser.driver.find_all(By::Css("[data-document]")).await?.len();
    ensure!(documents == 2, "{documents} documents, of which one is the template's and one was good");
    picture(&browser, "editor-bad-files").await?;
    browser.click("//button[@aria-label='Take Setup.exe off the list']").await?;
    browser.gone("//li[contains(., 'Setup.exe')]").await?;
    browser.quit().await
}

async fn cut_off(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let desk = Desk::new()?;
    let browser = in_editor(&stand, &portal, 1000).await?;
    upload(&browser, &[desk.file("First.txt", b"Fine")?]).await?;
    browser.see("//li[@data-document][contains(., 'First')]").await?;
    online(&browser, false).await?;
    upload(&browser, &[desk.file("Cut.txt", b"Fine")?]).await?;
    browser.see("//li[contains(@class, 'upload')][contains(., 'Cut.txt')]//*[@data-code='network']").await?;
    picture(&browser, "editor-cut-off").await?;
    online(&browser, true).await?;
    browser.click("//button[@aria-label='Try again: Cut.txt']").await?;
    browser.see("//li[@data-document][contains(., 'Cut')]").await?;
    browser.quit().await
}

/// Takes the network away, or gives it back.
async fn online(browser: &Browser, online: bool) -> Result<()> {
    let conditions = json!({ "offline": !online, "latency": 0, "throughput": 1_000_000_000 });
    browser.command("chromium/network_conditions", json!({ "network_conditions": conditions })).await
}
