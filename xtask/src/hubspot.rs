//! The HubSpot project against HubSpot's own packages: types, tests of the card, the project parser, the card's
//! builder and size, and what HubSpot's proxy signs against the Worker's verifier. All offline once installed.

use std::{fs, path::Path, process::Command};

use anyhow::{Context, Result};

use crate::{fingerprint, run, tools};

pub fn check(root: &Path) -> Result<()> {
    let project = root.join("ui-extension/hubspot");
    let inputs = [
        "ui-extension/hubspot",
        "ui-extension/locales",
        "edge-worker/src/signature",
        "edge-worker/src/hubspot/auth.rs",
        "edge-worker/tests/hubspot_project.rs",
        "Cargo.lock",
    ];
    let inputs = inputs.map(|path| root.join(path));
    let stamp = run::target(root).join("hubspot.inputs");
    fingerprint::unless_done(&stamp, &fingerprint::of(&inputs)?, || {
        // Installed only for these checks: building and running need none of it.
        tools::npm_packages(&project, "HubSpot's packages")?;
        run::step("checking the HubSpot project");
        run::run(Command::new("npm").args(["run", "--silent", "check"]).current_dir(&project))?;
        signatures(root, &project)
    })
}

fn signatures(root: &Path, project: &Path) -> Result<()> {
    let output = Command::new("node").arg("checks/sign.mjs").current_dir(project).output()?;
    anyhow::ensure!(output.status.success(), "signing: {}", String::from_utf8_lossy(&output.stderr));
    let file = run::target(root).join("hubspot.signed.json");
    fs::write(&file, output.stdout).with_context(|| format!("cannot write {}", file.display()))?;
    let mut command = Command::new("cargo");
    // The same packages as `xtask test` selects, or crates would be built again with other features.
    command.args(["test", "--quiet", "--workspace", "--exclude", "journeys", "--test", "hubspot_project"]);
    command.args(["--", "--include-ignored"]).env("COUNTERSIGN_SIGNED", &file).current_dir(root);
    run::run(&mut command)
}
