//! axe-core over the current frame: WCAG 2.2 A and AA, and best practices.

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::browser::Browser;

/// Fails with what axe found, and where.
pub async fn check(browser: &Browser, what: &str) -> Result<()> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("no checkout")?;
    let axe = std::fs::read_to_string(root.join("node_modules/axe-core/axe.min.js"))?;
    browser.driver.execute(axe, vec![]).await?;
    let run = "const done = arguments[arguments.length - 1]; axe.run(document, { resultTypes: ['violations'] })\
               .then(r => done(r.violations.map(v => ({ id: v.id, help: v.help, \
               nodes: v.nodes.map(n => n.html.slice(0, 200)) }))), e => done([{ id: String(e) }]));";
    let found: Value = browser.driver.execute_async(run, vec![]).await?.json().clone();
    match found.as_array() {
        Some(list) if list.is_empty() => Ok(()),
        _ => bail!("axe on {what}: {}", serde_json::to_string_pretty(&found)?),
    }
}
