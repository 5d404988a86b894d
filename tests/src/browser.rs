//! Chromium as a person uses it: by labels, buttons and keys.

use std::{path::PathBuf, time::Duration};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use thirtyfour::{CapabilitiesHelper, ChromiumLikeCapabilities, prelude::*};

use crate::{
    control::{call, client},
    stand::Stand,
};

/// One browser window with an empty profile. Ended by [`Browser::quit`].
pub struct Browser {
    pub driver: WebDriver,
    screenshots: PathBuf,
    /// Where this session takes commands that the library does not have.
    session: String,
}

/// A pinned build of ours must answer within this; it is patience, not a measurement.
const PATIENCE: Duration = Duration::from_secs(20);

impl Browser {
    pub async fn open(stand: &Stand) -> Result<Self> {
        Self::open_sized(stand, 1280, 900).await
    }

    pub async fn open_sized(stand: &Stand, width: u32, height: u32) -> Result<Self> {
        let mut capabilities = DesiredCapabilities::chrome();
        let arguments = [
            "--headless",
            // Tests run as root in CI, where Chromium has no sandbox of its own.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--force-device-scale-factor=1",
            "--lang=en-GB",
        ];
        for argument in arguments {
            capabilities.add_arg(argument)?;
        }
        capabilities.add_arg(&format!("--window-size={width},{height}"))?;
        // Console messages are part of what a journey checks.
        capabilities.set("goog:loggingPrefs", serde_json::json!({ "browser": "ALL" }))?;
        let driver = WebDriver::new(&stand.chromedriver, capabilities).await.context("no browser session")?;
        let session = format!("{}/session/{}", stand.chromedriver.trim_end_matches('/'), driver.session_id());
        Ok(Self { driver, screenshots: stand.root.join("target/screenshots"), session })
    }

    pub async fn quit(self) -> Result<()> {
        Ok(self.driver.quit().await?)
    }

    pub async fn go(&self, url: &str) -> Result<()> {
        Ok(self.driver.goto(url).await?)
    }

    /// Waits for an element that is displayed.
    pub async fn see(&self, xpath_or_css: &str) -> Result<WebElement> {
        let until = tokio::time::Instant::now() + PATIENCE;
        loop {
            let found = self
                .driver
                .query(by(xpath_or_css))
                .wait(PATIENCE, Duration::from_millis(50))
                .and_displayed()
                .first()
                .await;
            match found {
                Err(error) if is_stale(&error) && tokio::time::Instant::now() < until => {}
                other => return other.with_context(|| format!("not seen: {xpath_or_css}")),
            }
        }
    }

    /// Waits until nothing displayed matches.
    pub async fn gone(&self, xpath_or_css: &str) -> Result<()> {
        let until = tokio::time::Instant::now() + PATIENCE;
        loop {
            let done = self
                .driver
                .query(by(xpath_or_css))
                .wait(PATIENCE, Duration::from_millis(50))
                .and_displayed()
                .not_exists()
                .await;
            match done {
                Err(error) if is_stale(&error) && tokio::time::Instant::now() < until => {}
                Ok(true) => return Ok(()),
                Ok(false) => anyhow::bail!("still there: {xpath_or_css}"),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Presses the button or follows the link with this text.
    pub async fn press(&self, label: &str) -> Result<()> {
        self.click(&labelled(label)).await.with_context(|| format!("cannot press {label}"))
    }

    /// Clicks what is displayed. What is drawn anew between seeing and clicking is looked for again.
    pub async fn click(&self, xpath_or_css: &str) -> Result<()> {
        self.on(xpath_or_css, async |element| {
            element.scroll_into_view().await?;
            element.click().await
        })
        .await
    }

    pub async fn fill(&self, xpath_or_css: &str, text: &str) -> Result<()> {
        self.on(xpath_or_css, async |element| {
            element.clear().await?;
            element.send_keys(text).await
        })
        .await
    }

    /// Does something with what is displayed; once more, with what is there then, where it was drawn anew meanwhile.
    async fn on(
        &self,
        xpath_or_css: &str,
        act: impl AsyncFn(WebElement) -> WebDriverResult<()>,
    ) -> Result<()> {
        let until = tokio::time::Instant::now() + PATIENCE;
        loop {
            let tried = act(self.see(xpath_or_css).await?).await;
            match tried {
                Err(error) if is_stale(&error) && tokio::time::Instant::now() < until => {}
                other => return other.with_context(|| format!("at {xpath_or_css}")),
            }
        }
    }

    /// A command of WebDriver's, or of chromedriver's own.
    pub async fn command(&self, path: &str, body: Value) -> Result<()> {
        call(client().post(format!("{}/{path}", self.session)).json(&body)).await?.ok()?;
        Ok(())
    }

    /// Drags with a finger from the middle of one element to so many pixels below the middle of another.
    pub async fn swipe(&self, from: &str, to: &str, below: i32) -> Result<()> {
        self.see(from).await?.scroll_into_view().await?;
        let (from, to) = (self.see(from).await?.to_json()?, self.see(to).await?.to_json()?);
        let go = |origin: &Value, y: i32, ms: u32| json!({ "type": "pointerMove", "origin": origin, "x": 0, "y": y, "duration": ms });
        // What is dragged over makes way.
        let here = json!("pointer");
        let finger = json!({
            "type": "pointer", "id": "finger", "parameters": { "pointerType": "touch" },
            "actions": [go(&from, 0, 0), { "type": "pointerDown", "button": 0 }, go(&here, below.signum() * 12, 100),
                go(&to, 0, 300), go(&here, below, 100), { "type": "pointerUp", "button": 0 }],
        });
        self.command("actions", json!({ "actions": [finger] })).await
    }

    /// All text that the current frame shows.
    pub async fn text(&self) -> Result<String> {
        Ok(self.driver.find(By::Tag("body")).await?.text().await?)
    }

    /// Writes `target/screenshots/NAME.png`.
    pub async fn screenshot(&self, name: &str) -> Result<()> {
        std::fs::create_dir_all(&self.screenshots)?;
        let path = self.screenshots.join(format!("{name}.png"));
        Ok(self.driver.screenshot(&path).await?)
    }
}

/// It was drawn anew between being found and being used.
fn is_stale(error: &WebDriverError) -> bool {
    matches!(
        error.as_inner(),
        thirtyfour::error::WebDriverErrorInner::StaleElementReference(_)
            | thirtyfour::error::WebDriverErrorInner::ElementClickIntercepted(_)
    )
}

/// Buttons, links and options by what a person reads on them.
pub fn labelled(label: &str) -> String {
    format!(
        "//*[self::button or self::a or self::summary or @role='button' or @role='option' or @role='menuitem' \
         or @role='tab'][normalize-space(.)=\"{label}\" or @aria-label=\"{label}\"]"
    )
}

fn by(xpath_or_css: &str) -> By {
    if xpath_or_css.starts_with('/') || xpath_or_css.starts_with('(') {
        By::XPath(xpath_or_css.to_owned())
    } else {
        By::Css(xpath_or_css.to_owned())
    }
}
