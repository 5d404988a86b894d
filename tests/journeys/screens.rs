//! Every screen looked at: in the window that HubSpot would open, in both languages, at the sizes promised, by
//! axe, and as a picture for people (`target/screenshots`; those in `docs/screenshots` are taken from there).

use std::sync::Arc;

use anyhow::{Result, ensure};
use journeys::{
    axe,
    browser::Browser,
    control::Portal,
    rep::RecordPage,
    stand::{Stand, journey},
};
use libtest_mimic::Trial;

/// The words that this journey presses, in one language.
struct Words {
    locale: &'static str,
    send: &'static str,
    next: &'static str,
    back: &'static str,
    send_to_two: &'static str,
    another: &'static str,
}

const ENGLISH: Words = Words {
    locale: "en",
    send: "Send from a template",
    next: "Next",
    back: "Back",
    send_to_two: "Send to 2 recipients",
    another: "Send another",
};

const DANISH: Words = Words {
    locale: "da",
    send: "Send fra en skabelon",
    next: "Næste",
    back: "Tilbage",
    send_to_two: "Send til 2 modtagere",
    another: "Send en til",
};

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "main::the_wizard_in_a_window_of_1000_by_760", |s| wizard(s, (1280, 960), &ENGLISH)),
        journey(stand, "main::the_wizard_in_a_window_of_800_by_600_in_danish", |s| {
            wizard(s, (816, 700), &DANISH)
        }),
        journey(stand, "main::the_sandboxs_own_pages_are_accessible", sandbox_pages),
    ]
}

async fn wizard(stand: Arc<Stand>, (width, height): (u32, u32), words: &'static Words) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = Browser::open_sized(&stand, width, height).await?;
    let locale = words.locale;
    let (crm, id, user) = (&portal.crm, &portal.id, portal.rep());
    browser.go(&format!("{crm}/session?portal={id}&user={user}&locale={locale}&back=/")).await?;
    let record = RecordPage { object_type: "0-3", id: portal.deal()? };
    browser.go(&record.url(&portal)).await?;
    browser.press("Open in a window").await?;
    let name = |step: &str| format!("wizard-{step}-{locale}");

    browser.enter_window().await?;
    browser.press(words.send).await?;
    let template = format!("[data-template-id='{}']", portal.template("Master services agreement")?);
    browser.see(&template).await?;
    look(&browser, &name("1-template")).await?;
    browser.see(&format!("{template} label")).await?.click().await?;
    browser.press(words.next).await?;
    browser.see("[data-testid=review-recipients]").await?;
    look(&browser, &name("3-review")).await?;
    browser.press(words.back).await?;
    browser.see("[data-testid=documents]").await?;
    browser.gone("[data-testid=review-recipients]").await?;
    look(&browser, &name("2-recipients")).await?;
    browser.press(words.next).await?;
    browser.press(words.send_to_two).await?;
    browser.see(&format!("//button[normalize-space(.)='{}']", words.another)).await?;
    look(&browser, &name("4-sent")).await?;
    browser.console_is_clean().await?;
    browser.quit().await
}

/// axe, no scrolling of the frame itself, a picture of the whole window.
async fn look(browser: &Browser, name: &str) -> Result<()> {
    axe::check(browser, name).await?;
    let fits = "const page = document.scrollingElement; return page.scrollHeight <= page.clientHeight + 1 && \
                page.scrollWidth <= page.clientWidth + 1";
    let fits = browser.driver.execute(fits, vec![]).await?.json().as_bool();
    ensure!(fits == Some(true), "{name}: the frame scrolls");
    browser.leave_frame().await?;
    browser.screenshot(name).await?;
    browser.enter_window().await
}

async fn sandbox_pages(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = portal.session("0-3", &portal.deal()?).await?;
    let draft = session.draft(&portal.template("Mutual NDA")?).await?;
    session.send(&uuid::Uuid::new_v4().to_string(), &draft).await?.ok()?;
    let browser = Browser::open(&stand).await?;
    let (crm, id, docusign) = (&portal.crm, &portal.id, &portal.docusign);
    for (name, url) in [
        ("contacts", format!("{crm}/contacts/{id}/objects/0-1/views")),
        ("deals", format!("{crm}/contacts/{id}/objects/0-3/views")),
        ("apps", format!("{crm}/apps/{id}")),
        ("control", format!("{crm}/control")),
        ("mailbox", format!("{docusign}/mail?portal={id}")),
    ] {
        browser.go(&url).await?;
        browser.see("h1").await?;
        axe::check(&browser, name).await?;
        browser.screenshot(&format!("sandbox-{name}")).await?;
    }
    browser.see("a.mail").await?.click().await?;
    axe::check(&browser, "the mail").await?;
    browser.press("Review document").await?;
    browser.see("//button[normalize-space(.)='Sign']").await?;
    axe::check(&browser, "the signing page").await?;
    browser.screenshot("sandbox-signing").await?;
    browser.quit().await
}
