//! The Worker's settings for a local run: the sandbox's sample app, and a sealing key of this state's own.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use base64::{Engine, engine::general_purpose::STANDARD};

/// Writes the settings as an env file that only this user can read. The sealing key is made once and kept,
/// since what was sealed with it must be opened again after a restart.
pub fn write(path: &Path, crm: &str, docusign: &str, worker: &str, vars: &[(String, String)]) -> Result<()> {
    let state: serde_json::Value = ureq::get(format!("{crm}/__sandbox/state"))
        .call()
        .context("the sandbox does not answer")?
        .body_mut()
        .with_config()
        .limit(64 << 20)
        .read_json()?;
    let app = |name: &str| -> Result<String> {
        let value = state.get("app").and_then(|app| app.get(name)).and_then(|v| v.as_str());
        Ok(value.with_context(|| format!("the sandbox does not tell {name}"))?.to_owned())
    };
    let kept = fs::read_to_string(path).unwrap_or_default();
    let sealing = kept.lines().find_map(|line| line.strip_prefix("SEALING_KEYS="));
    let sealing = sealing.map(str::to_owned).unwrap_or_else(new_sealing_key);
    let hosts = docusign.trim_start_matches("http://");
    let lines = [
        ("BASE_URL", worker.to_owned()),
        ("HUBSPOT_CLIENT_ID", app("HUBSPOT_CLIENT_ID")?),
        ("HUBSPOT_CLIENT_SECRET", app("HUBSPOT_CLIENT_SECRET")?),
        ("DOCUSIGN_INTEGRATION_KEY", app("DOCUSIGN_INTEGRATION_KEY")?),
        ("DOCUSIGN_SECRET_KEY", app("DOCUSIGN_SECRET_KEY")?),
        ("DOCUSIGN_CONNECT_KEYS", app("DOCUSIGN_CONNECT_KEYS")?),
        ("SEALING_KEYS", sealing),
        ("HUBSPOT_APP_BASE", crm.to_owned()),
        ("HUBSPOT_API_BASE", crm.to_owned()),
        ("DOCUSIGN_AUTH_BASE", docusign.to_owned()),
        ("DOCUSIGN_ALLOWED_HOSTS", hosts.to_owned()),
        ("FRAME_ANCESTORS", crm.to_owned()),
        // Nobody waits for minutes in a demo or a test.
        ("OUTBOX_RETRY_MS", "200".to_owned()),
    ];
    let more = vars.iter().map(|(name, value)| (name.as_str(), value.clone()));
    let text: String =
        lines.into_iter().chain(more).map(|(name, value)| format!("{name}={value}\n")).collect();
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))?;
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(())
}

/// Version 1, 32 random bytes. For local runs only: a deployment makes its own (docs/SELF-HOSTING.md).
fn new_sealing_key() -> String {
    let key: [u8; 32] = std::array::from_fn(|_| fastrand::u8(..));
    format!("1:{}", STANDARD.encode(key))
}
