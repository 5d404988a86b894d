//! Running other programs, saying what is being done and what was missing.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

/// One line of progress.
pub fn step(what: &str) {
    println!("· {what}");
}

/// Runs a program to its end, its output on ours; its failure is ours.
pub fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("cannot run {name}: is it installed?"))?;
    if !status.success() {
        let args: Vec<_> = command.get_args().map(|a| a.to_string_lossy()).collect();
        bail!("`{name} {}` failed ({status})", args.join(" "));
    }
    Ok(())
}

/// Cargo on this workspace.
pub fn cargo(root: &Path, args: &[&str]) -> Result<()> {
    run(Command::new("cargo").args(args).current_dir(root))
}

/// Cargo for wasm. RUSTFLAGS in the environment would silently replace the flags in `.cargo/config.toml`,
/// and with them `erase_components`, on which the size budget rests.
pub fn cargo_wasm(root: &Path) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(root).env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
    command
}

/// Where cargo puts what it builds.
pub fn target(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir))
}

/// Native programs of this workspace.
pub fn programs(root: &Path) -> PathBuf {
    target(root).join("debug")
}
