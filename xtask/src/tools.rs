//! What a new machine lacks: the wasm target, the npm packages, worker-build, a browser. Each is installed
//! from its registry when it can be, else its absence is said in one sentence.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::{fingerprint, run};

const WORKER_BUILD: &str = "0.8.7";

/// `rust-toolchain.toml` names the target; a toolchain that was there before may still lack it.
pub fn wasm_target() -> Result<()> {
    let installed = output("rustc", &["--print", "target-libdir", "--target", "wasm32-unknown-unknown"])
        .is_some_and(|dir| Path::new(dir.trim()).exists());
    if installed {
        return Ok(());
    }
    run::step("adding the wasm target to the Rust toolchain");
    run::run(Command::new("rustup").args(["target", "add", "wasm32-unknown-unknown"]))
}

/// The locked npm packages, once per lock file. Not `npm ci`: that refuses a lock file whose optional packages
/// for other platforms a registry mirror did not have.
pub fn npm(root: &Path) -> Result<()> {
    npm_packages(root, "the tools (wrangler, binaryen, esbuild)")?;
    if !root.join("node_modules/node/bin/node").exists() {
        // Where npm was told to run no install scripts, this one is still needed: it fetches node itself.
        let rebuild = ["rebuild", "node", "--ignore-scripts=false", "--foreground-scripts"];
        run::run(Command::new("npm").args(rebuild).current_dir(root))?;
    }
    Ok(())
}

/// The packages that a folder's lock file names, unless they are there.
pub fn npm_packages(folder: &Path, what: &str) -> Result<()> {
    node()?;
    let lock = fingerprint::of(&[folder.join("package-lock.json")])?;
    fingerprint::unless_done(&folder.join("node_modules/.countersign"), &lock, || {
        run::step(&format!("installing {what} from npm"));
        let npm = ["install", "--no-save", "--no-fund", "--no-audit", "--loglevel=error"];
        run::run(Command::new("npm").args(npm).current_dir(folder))
    })
}

/// Node.js, which brings npm.
pub fn node() -> Result<()> {
    let Some(version) = output("node", &["--version"]) else {
        bail!("Node.js is missing: install version 20 or newer");
    };
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|m| m.parse::<u32>().ok());
    if major.is_none_or(|major| major < 20) {
        bail!("Node.js {} is too old: version 20 or newer is needed", version.trim());
    }
    Ok(())
}

/// A program that came with the npm packages.
pub fn npm_bin(root: &Path, name: &str) -> PathBuf {
    root.join("node_modules/.bin").join(name)
}

/// Optimises a wasm file in place, for size and without names. The features are those that rustc's target and
/// wasm-bindgen use; all others stay off, so that no engine meets an encoding it does not know yet.
pub fn wasm_opt(root: &Path, wasm: &Path) -> Result<()> {
    let out = wasm.with_extension("opt");
    let mut command = Command::new(npm_bin(root, "wasm-opt"));
    command.args(["-Oz", "--quiet"]).args([
        "--enable-bulk-memory",
        "--enable-exception-handling",
        "--enable-multivalue",
        "--enable-mutable-globals",
        "--enable-nontrapping-float-to-int",
        "--enable-reference-types",
        "--enable-sign-ext",
    ]);
    run::run(command.arg(wasm).arg("-o").arg(&out))?;
    std::fs::rename(&out, wasm).with_context(|| format!("cannot replace {}", wasm.display()))
}

/// Cloudflare's build tool, in a folder of this checkout so that no other version gets in the way.
/// Built without optimisation: it starts other programs, and is itself done in seconds.
pub fn worker_build(root: &Path) -> Result<PathBuf> {
    let folder = root.join(".countersign/tools");
    let program = folder.join("bin/worker-build");
    let there = output(&program.to_string_lossy(), &["--version"]);
    if there.is_some_and(|version| version.trim() == WORKER_BUILD) {
        return Ok(program);
    }
    run::step("installing worker-build (about two minutes, once)");
    run::run(
        Command::new("cargo")
            .args(["install", "worker-build", "--version", WORKER_BUILD, "--locked", "--debug", "--quiet"])
            .arg("--root")
            .arg(&folder)
            .arg("--target-dir")
            .arg(folder.join("target"))
            .env_remove("RUSTFLAGS"),
    )?;
    // 800 MB of intermediate files that nobody needs again.
    let _ = std::fs::remove_dir_all(folder.join("target"));
    Ok(program)
}

/// Chromium and its driver, for the journeys. Debian's packages where we may install them.
pub fn browser() -> Result<()> {
    let there = || {
        ["chromium", "chromium-browser", "google-chrome"].iter().any(|b| output(b, &["--version"]).is_some())
            && output("chromedriver", &["--version"]).is_some()
    };
    if there() {
        return Ok(());
    }
    let root = output("id", &["-u"]).is_some_and(|uid| uid.trim() == "0");
    if root && output("apt-get", &["--version"]).is_some() {
        run::step("installing Chromium and its driver");
        run::run(Command::new("apt-get").args(["update", "-qq"]))?;
        run::run(
            Command::new("apt-get")
                .args(["install", "-y", "-qq", "--no-install-recommends", "chromium", "chromium-driver"])
                .env("DEBIAN_FRONTEND", "noninteractive"),
        )?;
    }
    if !there() {
        bail!("the journeys need Chromium and chromedriver on the PATH (Debian: chromium, chromium-driver)");
    }
    Ok(())
}

/// What a program prints, or `None` if it is missing or fails.
fn output(program: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(program).args(args).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
