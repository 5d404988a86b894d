//! The settings' pages about connections, as an admin and as somebody who is none.

use std::sync::Arc;

use anyhow::{Result, ensure};
use journeys::{
    browser::Browser,
    control::Portal,
    stand::{Stand, journey},
};
use libtest_mimic::Trial;

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "settings::an_admin_sees_the_connection_in_a_window", |s| admin(s, "en")),
        journey(stand, "settings::an_admin_sees_the_connection_in_danish_in_a_narrow_frame", narrow),
        journey(stand, "settings::somebody_else_sees_only_their_own_things", somebody),
    ]
}

async fn admin(stand: Arc<Stand>, locale: &'static str) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = Browser::open_sized(&stand, 1280, 960).await?;
    browser.open_settings(&portal, locale).await?;
    browser.see("//dt[.='Signed in as']").await?;
    browser.look_at_settings(&format!("settings-connection-{locale}")).await?;
    browser.console_is_clean().await?;
    browser.quit().await
}

async fn narrow(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = Browser::open_sized(&stand, 800, 900).await?;
    for width in [360, 300] {
        let url = portal.settings_launch(&portal.rep(), "da").await?;
        browser.frame_settings(&portal, &url, width, 900).await?;
        browser.see("//dt[.='Logget ind som']").await?;
        browser.look_at_settings(&format!("settings-connection-da-{width}")).await?;
    }
    browser.quit().await
}

async fn somebody(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let browser = Browser::open_sized(&stand, 1000, 760).await?;
    let url = portal.settings_launch(&portal.user(1), "en").await?;
    browser.frame_settings(&portal, &url, 800, 600).await?;
    browser.see("[data-todo='connect']").await?;
    browser.see("//*[contains(., 'HubSpot super admins see and change')]").await?;
    let text = browser.text().await?;
    ensure!(!text.contains("Connected users"), "an admin's page is offered to somebody else: {text}");
    browser.look_at_settings("settings-somebody-en").await?;
    browser.quit().await
}
