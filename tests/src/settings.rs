//! The settings as an admin opens them: from HubSpot's page of connected apps, in its window or in a frame of a
//! given size; and without a browser.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::{By, Key};

use crate::{
    axe,
    browser::Browser,
    card::Session,
    control::{Answer, Portal, call, client, text},
    robot::{Page, Robot},
    stand::{Stand, eventually},
    wire,
};

/// A connected portal, and a session of the settings of its admin.
pub async fn admin(stand: &Stand) -> Result<(Portal, Session)> {
    let portal = Portal::connected(stand).await?;
    let session = portal.settings(&portal.rep()).await?;
    Ok((portal, session))
}

pub fn at<'v>(value: &'v Value, path: &str) -> &'v Value {
    value.pointer(path).unwrap_or(&Value::Null)
}

pub fn list<'v>(value: &'v Value, path: &str) -> Result<&'v Vec<Value>> {
    at(value, path).as_array().with_context(|| format!("no list at {path}: {value}"))
}

pub fn refused(answer: &Answer, status: u16, code: &str) -> Result<()> {
    ensure!(answer.status == status && answer.code() == code, "answered {} {}", answer.status, answer.body);
    Ok(())
}

/// The version of the portal's mappings, and the mappings.
pub async fn mappings(session: &Session) -> Result<(u64, Vec<Value>)> {
    let set = session.get("/api/settings/mappings").await?.ok()?;
    Ok((set["version"].as_u64().context("no version")?, list(&set, "/mappings")?.clone()))
}

pub async fn save_mappings(session: &Session, version: u64, mappings: &[Value]) -> Result<Answer> {
    session.put("/api/settings/mappings", &json!({ "version": version, "mappings": mappings })).await
}

impl Portal {
    /// The address that a launch of the settings gives to this user.
    pub async fn settings_launch(&self, user: &str, locale: &str) -> Result<String> {
        let body = json!({ "view": "settings", "locale": locale });
        let answer = self.fetch_as(user, "POST", "/hubspot/launch", body).await?.ok()?;
        text(&answer, "url")
    }

    /// DocuSign tells of an envelope that is nobody's, signed with this key.
    pub async fn signed_with(&self, key: &str) -> Result<Answer> {
        let body = json!({
            "event": "envelope-completed", "apiVersion": "v2.1", "retryCount": 0,
            "generatedDateTime": "2036-11-23T12:00:00.0000000Z",
            "data": { "accountId": self.account, "userId": "u",
                "envelopeId": uuid::Uuid::new_v4().to_string() },
        })
        .to_string();
        let url = format!("{}/docusign/connect/{}", self.worker, self.id);
        let signature = wire::connect(key, body.as_bytes());
        call(client().post(url).header("X-DocuSign-Signature-1", signature).body(body)).await
    }

    /// A user of the portal is on the way to DocuSign, and has said there which user they are.
    pub async fn signed_in(&self, session: &Session, docusign_user: usize) -> Result<(Robot, Page)> {
        let url = text(&session.post("/api/connect", &Value::Null).await?.ok()?, "url")?;
        let mut robot = Robot::default();
        let login = robot.get(&url).await?;
        let email = text(at(&self.told, &format!("/docusign/users/{docusign_user}")), "email")?;
        let next = robot.fill_and_press(&login, &[("email", &email)], "Log in").await?;
        Ok((robot, next))
    }

    /// The same, where DocuSign asks for consent.
    pub async fn consent(&self, session: &Session, docusign_user: usize) -> Result<(Robot, Page)> {
        let (robot, page) = self.signed_in(session, docusign_user).await?;
        ensure!(page.html.contains("Allow access"), "DocuSign does not ask: {}", page.html);
        Ok((robot, page))
    }

    /// A user of the portal connects a DocuSign user.
    pub async fn connect(&self, session: &Session, docusign_user: usize) -> Result<()> {
        let (mut robot, page) = self.signed_in(session, docusign_user).await?;
        // Consent is asked for once.
        let landed = match page.html.contains("Allow access") {
            true => robot.press(&page, "Allow access").await?,
            false => page,
        };
        ensure!(landed.status == 200 && landed.url.as_str().starts_with(&self.worker), "{}", landed.url);
        Ok(())
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
