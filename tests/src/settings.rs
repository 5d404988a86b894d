//! The settings as an admin opens them: from HubSpot's page of connected apps, in its window or in a frame of a
//! given size.

use anyhow::{Context, Result, ensure};
use serde_json::json;
use thirtyfour::{By, Key};

use crate::{
    axe,
    browser::Browser,
    control::{Portal, text},
    stand::eventually,
};

impl Portal {
    /// The address that a launch of the settings gives to this user.
    pub async fn settings_launch(&self, user: &str, locale: &str) -> Result<String> {
        let body = json!({ "view": "settings", "locale": locale });
        let answer = self.fetch_as(user, "POST", "/hubspot/launch", body).await?.ok()?;
        text(&answer, "url")
    }
}

impl Browser {
    /// As the first user of the portal, from Connected apps, into the window.
    pub async fn open_settings(&self, portal: &Portal, locale: &str) -> Result<()> {
        let (crm, id, user) = (&portal.crm, &portal.id, portal.rep());
        self.go(&format!("{crm}/session?portal={id}&user={user}&locale={locale}&back=/")).await?;
        self.go(&format!("{crm}/apps/{id}")).await?;
        self.press("Settings").await?;
        self.enter_window().await?;
        self.see(".settings .shell").await?;
        Ok(())
    }

    /// The settings in a frame of this size, as all there is on a page of the CRM's origin.
    pub async fn frame_settings(&self, portal: &Portal, url: &str, width: u32, height: u32) -> Result<()> {
        self.go(&format!("{}/apps/{}", portal.crm, portal.id)).await?;
        let page = "document.body.replaceChildren(); document.body.style.margin = 0; \
                    const frame = document.createElement('iframe'); frame.title = 'DocuSign'; \
                    frame.src = arguments[0]; frame.width = arguments[1]; frame.height = arguments[2]; \
                    frame.style.border = 0; document.body.append(frame);";
        self.driver.execute(page, vec![url.into(), width.into(), height.into()]).await?;
        self.see("iframe[title='DocuSign']").await?.enter_frame().await?;
        self.see(".settings .shell").await?;
        Ok(())
    }

    /// Goes to a page of the settings by its name, in whichever form the list is.
    pub async fn settings_page(&self, name: &str) -> Result<()> {
        let link = format!(".sidenav a[href='#{name}']");
        let shown = self.driver.find(By::Css(link.as_str())).await?.is_displayed().await?;
        if shown {
            self.see(&link).await?.click().await?;
        } else {
            let option = format!(".select.narrow option[value='{name}']");
            self.driver.find(By::Css(option.as_str())).await?.click().await?;
            // The browser's own list would lie over the picture.
            self.see(".select.narrow select").await?.send_keys(Key::Escape + "").await?;
        }
        self.see(&format!("[data-page='{name}']")).await?;
        Ok(())
    }

    /// Waits until nothing of the page is awaited any more.
    pub async fn settled(&self) -> Result<()> {
        eventually("the page is there", || async {
            let awaited = self.driver.find_all(By::Css(".content [aria-busy=true]")).await?;
            Ok(awaited.is_empty().then_some(()))
        })
        .await
    }

    /// axe, nothing wider than the frame, and a picture of it.
    pub async fn look_at_settings(&self, name: &str) -> Result<()> {
        axe::check(self, name).await?;
        let fits = "const page = document.scrollingElement; return page.scrollWidth <= page.clientWidth + 1";
        let fits = self.driver.execute(fits, vec![]).await?.json().as_bool().context("no answer")?;
        ensure!(fits, "{name}: wider than its frame");
        self.screenshot(name).await
    }
}
