//! Builds the Worker: worker-build (cargo, wasm-bindgen, esbuild) into `edge-worker/entry/build/`, then
//! wasm-opt, which worker-build would only run with the names of all functions kept.

use std::path::Path;

use anyhow::Result;

use crate::{fingerprint, run, tools};

pub fn build(root: &Path) -> Result<()> {
    let inputs =
        ["edge-worker", "shared", "Cargo.toml", "Cargo.lock", ".cargo/config.toml", "package-lock.json"];
    let inputs = inputs.map(|path| root.join(path));
    let stamp = root.join("edge-worker/entry/build/.inputs");
    fingerprint::unless_done(&stamp, &fingerprint::of(&inputs)?, || {
        let worker_build = tools::worker_build(root)?;
        run::step("building the wasm-bindgen command line");
        run::cargo(root, &["build", "--package", "xtask", "--bin", "wbg"])?;
        run::step("building the Worker");
        let mut command = std::process::Command::new(worker_build);
        command
            .arg("--release")
            .current_dir(root.join("edge-worker/entry"))
            .env_remove("RUSTFLAGS")
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            // Absolute paths: without them the tool tries to download its own.
            .env("WASM_BINDGEN_BIN", run::programs(root).join("wbg"))
            .env("WASM_OPT_BIN", tools::npm_bin(root, "wasm-opt"))
            .env("ESBUILD_BIN", tools::npm_bin(root, "esbuild"));
        run::run(&mut command)?;
        run::step("optimising the Worker for size");
        tools::wasm_opt(root, &root.join("edge-worker/entry/build/index_bg.wasm"))
    })
}
