//! How smoothly 40 pages scroll. Part of the journeys only when `COUNTERSIGN_BENCH` is set (`cargo xtask bench`):
//! it writes `docs/BENCHMARKS.md`, and a machine that is busy with something else measures that.
//!
//! Frames are told by `requestAnimationFrame`, a step of scrolling in each; the same on an empty page, in the same
//! browser right after, says what the machine itself does.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use journeys::{
    browser::Browser,
    control::Portal,
    desk::Desk,
    paper::pdf,
    stand::{Stand, journey},
};
use libtest_mimic::Trial;
use serde::Deserialize;
use thirtyfour::prelude::*;

const PAGES: usize = 40;
/// No frame may take longer, in milliseconds.
const LONGEST: f64 = 50.0;

pub fn trials(stand: &Stand) -> Vec<Trial> {
    if std::env::var_os("COUNTERSIGN_BENCH").is_none() {
        return Vec::new();
    }
    vec![journey(stand, "bench::forty_pages_scroll_smoothly", forty_pages)]
}

#[derive(Debug, Deserialize)]
struct Frames {
    frames: usize,
    longest: f64,
    median: f64,
    /// 99 of 100 are shorter.
    slow: f64,
}

/// Scrolls an element to its end and back, 90 pixels a frame.
const SCROLL: &str = "
    const done = arguments[arguments.length - 1];
    const element = arguments[0] || document.scrollingElement;
    const end = element.scrollHeight - element.clientHeight;
    const times = [];
    let step = 90, last = performance.now();
    const frame = now => {
        times.push(now - last);
        last = now;
        element.scrollTop += step;
        if (step > 0 && element.scrollTop >= end - 1) step = -90;
        if (step < 0 && element.scrollTop <= 0) {
            const sorted = times.slice(2).sort((a, b) => a - b);
            const at = share => sorted[Math.floor((sorted.length - 1) * share)];
            return done({ frames: sorted.length, longest: at(1), median: at(.5), slow: at(.99) });
        }
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(now => { last = now; requestAnimationFrame(frame); });";

async fn forty_pages(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let desk = Desk::new()?;
    let browser = Browser::open_sized(&stand, 1060, 860).await?;
    browser.driver.set_script_timeout(std::time::Duration::from_secs(120)).await?;
    let token = portal.launch_token("0-3", &portal.deal()?).await?;
    browser.frame_of(&portal, &format!("{}/app/#launch={token}", stand.worker), 1000).await?;
    browser.choose_template(&portal.template("Master services agreement")?).await?;
    browser.press("Edit documents").await?;
    browser.see("#choose-files").await?;
    let file = desk.file("Forty pages.pdf", &pdf(PAGES, "A page among forty"))?;
    browser.driver.find(By::Css("[data-testid=files]")).await?.send_keys(file).await?;
    browser.see("//li[@data-document][contains(., 'Forty pages')]").await?;
    browser.press("Done editing").await?;
    browser.press("Open preview").await?;
    browser.see(".preview .stage .page img").await?;
    let pages = browser.see(".preview .stage > .pages").await?;
    // Once with the pictures still to be fetched, as it is met; then with all of them there.
    let first = scroll(&browser, Some(&pages)).await?;
    let again = scroll(&browser, Some(&pages)).await?;
    browser.go("about:blank").await?;
    let tall = "document.body.style.height = '60000px'";
    browser.driver.execute(tall, vec![]).await?;
    let empty = scroll(&browser, None).await?;
    write_section(&stand.root, "Scrolling the preview", &report(&first, &again, &empty))?;
    browser.quit().await?;
    ensure!(first.longest <= LONGEST, "a frame took {:.0} ms", first.longest);
    Ok(())
}

async fn scroll(browser: &Browser, element: Option<&WebElement>) -> Result<Frames> {
    let element = element.map(WebElement::to_json).transpose()?.unwrap_or_default();
    let told = browser.driver.execute_async(SCROLL, vec![element]).await?;
    serde_json::from_value(told.json().clone()).context("no frames were told")
}

fn report(first: &Frames, again: &Frames, empty: &Frames) -> String {
    let line = |what: &str, frames: &Frames| {
        let ratio = frames.longest / empty.longest;
        format!(
            "| {what} | {} | {:.1} | {:.1} | {:.1} | {ratio:.1} |",
            frames.frames, frames.median, frames.slow, frames.longest
        )
    };
    [
        "Headless Chromium without a graphics card; milliseconds between frames while scrolling, 90 pixels a frame, to \
         the end and back. The empty page, scrolled in the same browser, is what the machine itself does: compare the ratios, not the \
         milliseconds. No frame may take longer than 50 ms.",
        "",
        "| scrolled | frames | median | 99 % below | longest | longest, by that of the empty page |",
        "| --- | --- | --- | --- | --- | --- |",
        &line("preview of 43 pages, pictures fetched on the way", first),
        &line("the same, pictures there", again),
        &line("an empty page", empty),
    ]
    .join("\n")
}

const TOP: &str =
    "# Benchmarks\n\nWritten by `cargo xtask bench`. One run on a virtual machine of two shared cores.\n";

/// Puts a section into `docs/BENCHMARKS.md`, in the place of the one with the same heading; others stay.
pub fn write_section(root: &std::path::Path, heading: &str, text: &str) -> Result<()> {
    let path = root.join("docs/BENCHMARKS.md");
    let before = std::fs::read_to_string(&path).unwrap_or_default();
    let mut whole = TOP.to_owned();
    let mut sections: Vec<String> =
        before.split("\n## ").skip(1).filter(|one| !one.starts_with(heading)).map(str::to_owned).collect();
    sections.push(format!("{heading}\n\n{text}\n"));
    sections.sort();
    for section in sections {
        whole.push_str("\n## ");
        whole.push_str(section.trim_end());
        whole.push('\n');
    }
    Ok(std::fs::write(path, whole)?)
}
