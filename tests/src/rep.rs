//! What a rep, an admin and a recipient do in the browser, step by step, as the journeys tell it.

use anyhow::{Context, Result, ensure};
use thirtyfour::prelude::*;

use crate::{browser::Browser, control::Portal, stand::eventually};

/// A record page to be opened: HubSpot's type id and the record's id.
#[derive(Debug, Clone)]
pub struct RecordPage {
    pub object_type: &'static str,
    pub id: String,
}

impl RecordPage {
    pub fn url(&self, portal: &Portal) -> String {
        format!("{}/contacts/{}/record/{}/{}", portal.crm, portal.id, self.object_type, self.id)
    }
}

impl Browser {
    /// Installs the app from Connected apps, through both consents and our landing page, back to the CRM.
    pub async fn install(&self, portal: &Portal) -> Result<()> {
        self.go(&format!("{}/apps/{}", portal.crm, portal.id)).await?;
        self.press("Install").await?;
        self.press("Connect app").await?;
        let email =
            portal.told.pointer("/docusign/user/email").and_then(|e| e.as_str()).context("no user")?;
        self.fill("[name=email]", email).await?;
        self.press("Log in").await?;
        self.press("Allow access").await?;
        self.see("//h1[contains(., 'connected')]").await?;
        self.press("Go to HubSpot").await?;
        self.see("//h1[normalize-space(.)='Deals']").await?;
        Ok(())
    }

    /// Opens a record page and goes into the card's frame, with the panel there.
    pub async fn open_record(&self, portal: &Portal, record: &RecordPage) -> Result<()> {
        self.go(&record.url(portal)).await?;
        self.enter_panel().await
    }

    /// Goes into the card's frame.
    pub async fn enter_panel(&self) -> Result<()> {
        self.driver.enter_default_frame().await?;
        let frame = self.see("iframe[title='DocuSign']").await?;
        frame.scroll_into_view().await?;
        frame.enter_frame().await?;
        self.see(".panel").await?;
        Ok(())
    }

    pub async fn leave_frame(&self) -> Result<()> {
        Ok(self.driver.enter_default_frame().await?)
    }

    /// From the panel to the review of a template; what is prefilled is left as it is.
    pub async fn choose_template(&self, template: &str) -> Result<()> {
        self.press("Send from a template").await?;
        let choice = format!("[data-template-id='{template}']");
        self.see("[data-template-id]").await?;
        while self.driver.find_all(By::Css(choice.clone())).await?.is_empty() {
            let shown = self.driver.find_all(By::Css("[data-template-id]")).await?.len();
            self.press("Show more").await?;
            eventually("more templates are shown", || async {
                let now = self.driver.find_all(By::Css("[data-template-id]")).await?.len();
                Ok((now > shown).then_some(()))
            })
            .await?;
        }
        self.click(&format!("{choice} label")).await?;
        self.press("Next").await
    }

    /// Goes into the frame of the window that the card opened.
    pub async fn enter_window(&self) -> Result<()> {
        self.driver.enter_default_frame().await?;
        let frame = self.see("iframe[title='DocuSign, in a window']").await?;
        frame.enter_frame().await?;
        self.see(".panel, .wizard, .settings .shell").await?;
        Ok(())
    }

    /// Back into the card's frame, wherever the app is in it.
    pub async fn enter_frame_again(&self) -> Result<()> {
        Ok(self.see("iframe[title='DocuSign']").await?.enter_frame().await?)
    }

    /// Opens a closed group of the panel; an open one, or none, is left alone.
    pub async fn press_if_there(&self, label: &str) -> Result<()> {
        let summary = format!("//details[not(@open)]/summary[contains(normalize-space(.), '{label}')]");
        if let Ok(summary) = self.driver.find(By::XPath(summary)).await {
            summary.click().await?;
        }
        Ok(())
    }

    /// Types a name into the first recipient's picker and takes the first that is offered.
    pub async fn pick_contact(&self, name: &str) -> Result<()> {
        let picker = self.see("input[role=combobox]").await?;
        picker.send_keys(name).await?;
        self.see(&format!("//*[@role='option'][contains(., '{name}')]")).await?.click().await?;
        Ok(())
    }

    /// Our app in a frame of this width on a page of the CRM's origin, as the only thing on it.
    pub async fn frame_of(&self, portal: &Portal, url: &str, width: u32) -> Result<()> {
        self.go(&format!("{}/apps/{}", portal.crm, portal.id)).await?;
        let page = "document.body.replaceChildren(); const frame = document.createElement('iframe'); \
                    frame.title = 'DocuSign'; frame.src = arguments[0]; frame.width = arguments[1]; \
                    frame.height = 700; document.body.append(frame);";
        self.driver.execute(page, vec![url.into(), width.into()]).await?;
        self.enter_panel().await
    }

    /// Our app alone, in a frame of this width, on the portal's deal and in this language.
    pub async fn app_on_deal(&self, portal: &Portal, width: u32, locale: &str) -> Result<()> {
        let token = portal.launch_token_in("0-3", &portal.deal()?, locale).await?;
        self.frame_of(portal, &format!("{}/app/#launch={token}", portal.worker), width).await
    }

    /// In step 1 of the wizard: finds a template by its name and chooses it.
    pub async fn find_template(&self, portal: &Portal, name: &str) -> Result<()> {
        let row = format!("[data-template-id='{}'] label", portal.template(name)?);
        self.see("[data-template-id]").await?;
        self.fill(".step input[type=search]", name).await?;
        // The other ones have made way.
        self.gone(&format!("//*[@data-template-id][not(contains(., '{name}'))]")).await?;
        self.click(&row).await
    }

    /// A picture of the whole window; the frame stays entered.
    pub async fn picture(&self, name: &str) -> Result<()> {
        self.leave_frame().await?;
        self.screenshot(name).await?;
        self.enter_frame_again().await
    }

    /// The frame must not scroll sideways.
    pub async fn is_not_too_wide(&self) -> Result<()> {
        let fits = "const page = document.scrollingElement; return page.scrollWidth <= page.clientWidth + 1";
        let fits = self.driver.execute(fits, vec![]).await?.json().as_bool();
        ensure!(fits == Some(true), "the frame scrolls sideways");
        Ok(())
    }

    /// Waits until the panel shows an envelope in this status, without loading anything anew.
    pub async fn sees_status(&self, status: &str) -> Result<WebElement> {
        self.see(&format!("[data-envelope-id][data-status='{status}']"))
            .await
            .with_context(|| format!("the panel does not come to show an envelope as {status}"))
    }

    /// In a window of its own: opens the newest mail to this address and presses `Sign` or `Decline`.
    pub async fn as_recipient(&self, portal: &Portal, email: &str, does: Does<'_>) -> Result<()> {
        let panel = self.driver.window().await?;
        let window = self.driver.new_tab().await?;
        self.driver.switch_to_window(window).await?;
        let mail = format!("a.mail[data-recipient-email='{email}'][data-mail-kind='sign']");
        let mailbox = format!("{}/mail?portal={}", portal.docusign, portal.id);
        eventually("the mail arrives", || async {
            self.go(&mailbox).await?;
            Ok((!self.driver.find_all(By::Css(mail.clone())).await?.is_empty()).then_some(()))
        })
        .await?;
        self.see(&mail).await?.click().await?;
        self.press("Review document").await?;
        match does {
            Does::Sign => self.press("Sign").await?,
            Does::Decline(reason) => {
                self.fill("[name=reason]", reason).await?;
                self.press("Decline").await?;
            }
        }
        // Closing the window earlier could take the form with it.
        self.gone("//button[normalize-space(.)='Sign']").await?;
        self.driver.close_window().await?;
        self.driver.switch_to_window(panel).await?;
        Ok(())
    }

    /// Nothing may have been logged as an error: no blocked script, no failed load, no panic.
    pub async fn console_is_clean(&self) -> Result<()> {
        let log = self.driver.browser_log().await?;
        let severe: Vec<_> = log.iter().filter(|entry| entry.level == "SEVERE").collect();
        ensure!(severe.is_empty(), "the console has errors: {severe:?}");
        Ok(())
    }
}

/// What the recipient does with the mail.
pub enum Does<'a> {
    Sign,
    Decline(&'a str),
}
