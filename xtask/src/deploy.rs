//! `cargo xtask doctor` and `cargo xtask deploy`.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result, bail, ensure};

use crate::{edge, run, site, tools};

/// Secrets cannot be read back from Cloudflare, so what is looked at beforehand is `wrangler.toml`, and afterwards
/// what the deployment itself says.
pub fn deploy(root: &Path, args: &[String]) -> Result<()> {
    let dry_run = args.iter().any(|arg| arg == "--dry-run");
    let text = fs::read_to_string(root.join("wrangler.toml")).context("cannot read wrangler.toml")?;
    if !dry_run && let Some(fault) = fault(&text) {
        bail!("{fault}");
    }
    tools::wasm_target()?;
    tools::npm(root)?;
    site::build(root)?;
    edge::build(root)?;
    run::step(if dry_run { "deploying, as far as that goes without an account" } else { "deploying" });
    let node = root.join("node_modules/node/bin").join(format!("node{}", std::env::consts::EXE_SUFFIX));
    let mut command = Command::new(node);
    command.arg("node_modules/wrangler/bin/wrangler.js").arg("deploy").args(args).current_dir(root);
    if dry_run {
        command.arg("--outdir").arg(root.join("target/deploy")).env("CI", "1");
    }
    run::run(command.env("WRANGLER_SEND_METRICS", "false"))?;
    match base_url(&text) {
        Some(url) if !dry_run => doctor(root, &[url.to_owned()]),
        _ => Ok(()),
    }
}

/// A program of its own, so that the demo need not build the Worker natively.
pub fn doctor(root: &Path, args: &[String]) -> Result<()> {
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--package", "doctor", "--"]).args(args).current_dir(root);
    let status = command.status().context("cannot run cargo")?;
    ensure!(status.success(), "the Worker will not serve like this; see above");
    Ok(())
}

/// What would make a deployment fail or go astray.
fn fault(wrangler: &str) -> Option<&'static str> {
    if setting(wrangler, "id") == Some("countersign-tokens") {
        return Some(
            "wrangler.toml has no KV namespace of yours yet: `npx wrangler kv namespace create TOKENS`, and put \
             the id it prints in place of \"countersign-tokens\"",
        );
    }
    None
}

fn base_url(wrangler: &str) -> Option<&str> {
    setting(wrangler, "BASE_URL").filter(|url| url.starts_with("https://"))
}

/// The value of the first line `name = "value"`.
fn setting<'a>(toml: &'a str, name: &str) -> Option<&'a str> {
    toml.lines().find_map(|line| {
        let (key, value) = line.split_once('=')?;
        (key.trim() == name).then(|| value.trim().trim_matches('"'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_namespace_of_the_checkout_is_not_deployed_to() {
        let ours = include_str!("../../wrangler.toml");
        assert!(fault(ours).is_some_and(|text| text.contains("kv namespace create")));
        assert_eq!(fault(&ours.replace("countersign-tokens", "0f2ac74b498b48028cb68387c421e279")), None);
    }

    #[test]
    fn the_address_is_read_where_it_is_set() {
        let text = "[vars]\nBASE_URL = \"https://sign.firm.dk\"\n# BASE_URL2 = \"x\"\n";
        assert_eq!(base_url(text), Some("https://sign.firm.dk"));
        assert_eq!(base_url("name = \"countersign\""), None);
    }
}
