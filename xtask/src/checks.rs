//! `cargo xtask test`: everything CI runs, cheapest first.

use std::{path::Path, process::Command};

use anyhow::Result;

use crate::{build, deploy, hubspot, run, size, tools};

pub fn test(root: &Path) -> Result<()> {
    tools::wasm_target()?;
    run::step("formatting");
    run::cargo(root, &["fmt", "--all", "--check"])?;
    run::step("clippy, native");
    run::cargo(root, &["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"])?;
    run::step("clippy, wasm");
    run::run(
        run::cargo_wasm(root)
            .args(["clippy", "--package", "countersign-worker", "--package", "countersign-app", "--quiet"])
            .args(["--target", "wasm32-unknown-unknown", "--", "-D", "warnings"]),
    )?;
    run::step("native tests");
    run::cargo(root, &["test", "--workspace", "--exclude", "journeys"])?;
    run::cargo(root, &["test", "--package", "journeys", "--lib", "--bins"])?;
    hubspot::check(root)?;
    build(root)?;
    run::step("sizes");
    size::check(root)?;
    deploy::deploy(root, &["--dry-run".to_owned()])?;
    e2e(root, None)
}

/// The journeys: real workerd, real Chromium, real HTTP to the sandbox.
pub fn e2e(root: &Path, filter: Option<&str>) -> Result<()> {
    build(root)?;
    tools::browser()?;
    tools::npm_packages(&root.join("sandbox/sdk-check"), "the vendors' SDKs")?;
    run::step("journeys");
    let traffic = root.join("target/traffic");
    if filter.is_none() {
        // What is checked against the schemas afterwards is this run's.
        let _ = std::fs::remove_dir_all(&traffic);
    }
    let mut command = Command::new("cargo");
    command.args(["test", "--package", "journeys", "--tests", "--", "--test-threads", "3"]);
    command.args(filter).current_dir(root);
    run::run(&mut command)
}

/// How smoothly the preview scrolls: one journey, alone, that measures.
pub fn bench(root: &Path) -> Result<()> {
    build(root)?;
    tools::browser()?;
    run::step("measuring");
    let mut command = Command::new("cargo");
    command.args([
        "test",
        "--package",
        "journeys",
        "--test",
        "journeys",
        "--",
        "--test-threads",
        "1",
        "bench::",
    ]);
    run::run(command.current_dir(root).env("COUNTERSIGN_BENCH", "1"))
}

/// Recorded traffic against the vendors' schemas, which are not part of this project.
pub fn contract(root: &Path, dir: &str) -> Result<()> {
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--package", "journeys", "--bin", "contract", "--", dir]);
    run::run(command.current_dir(root))
}
