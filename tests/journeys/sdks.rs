//! The sandbox judged from outside: the vendors' own SDKs as its clients.

use std::sync::Arc;

use anyhow::{Result, ensure};
use journeys::stand::{Stand, journey, own_sandbox};
use libtest_mimic::Trial;

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![journey(stand, "sandbox::the_vendors_own_sdks_agree_with_the_sandbox", agree)]
}

async fn agree(stand: Arc<Stand>) -> Result<()> {
    let sandbox = own_sandbox("sdks")?;
    let output = tokio::process::Command::new("node")
        .args(["--test", "check.mjs"])
        .current_dir(stand.root.join("sandbox/sdk-check"))
        .env("SANDBOX_URL", sandbox.crm())
        .output()
        .await?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    Ok(())
}
