//! Builds the app's static files into `target/site/`:
//!
//! ```text
//! app/index.html        the page in the iframe; refers to one build and is never cached
//! a/<hash>/…            one build: scripts, wasm and its lazy chunks, styles, icons, fonts, catalogues
//! _headers              what the static host answers with
//! ```
//!
//! A chunk of another build beside this build's main module would corrupt memory, so every build lives in a
//! folder named by its own content, and is immutable.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};
use wasm_split_cli_support as split;

use crate::{fingerprint, run, slim, tools};

/// The page's own policy. `wasm-unsafe-eval` is what compiling WebAssembly is called; nothing is evaluated.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; \
    style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; base-uri 'none'; form-action 'none'";

const FONTS: [&str; 2] = ["lexend-deca-latin-wght-normal.woff2", "lexend-deca-latin-ext-wght-normal.woff2"];

pub fn build(root: &Path) -> Result<()> {
    let inputs =
        ["ui-extension", "shared", "Cargo.toml", "Cargo.lock", ".cargo/config.toml", "package-lock.json"];
    let mut inputs = inputs.map(|path| root.join(path)).to_vec();
    inputs.push(root.join("xtask/src/site.rs"));
    inputs.push(root.join("xtask/src/slim.rs"));
    let site = root.join("target/site");
    fingerprint::unless_done(&root.join("target/site.inputs"), &fingerprint::of(&inputs)?, || {
        run::step("building the app");
        run::run(
            run::cargo_wasm(root)
                .args(["build", "--release", "--package", "countersign-app"])
                .args(["--target", "wasm32-unknown-unknown"]),
        )?;
        let wasm = run::target(root).join("wasm32-unknown-unknown/release/countersign_app.wasm");
        let build = root.join("target/site.build");
        let _ = fs::remove_dir_all(&build);
        fs::create_dir_all(&build)?;
        bundle(&wasm, &build)?;
        copy_assets(root, &build)?;
        shrink(root, &build)?;
        publish(root, &build, &site)
    })
}

/// Cuts the module at its split points, then makes the scripts around the main one.
fn bundle(wasm: &Path, build: &Path) -> Result<()> {
    run::step("splitting and binding the app");
    let bytes = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let main = build.join("main.wasm");
    let mut options = split::Options::new(&bytes);
    options.output_dir = build;
    options.main_out_path = &main;
    options.main_module = "./app.js";
    options.link_name = "./wasm_split.js";
    split::transform(options).map_err(|error| anyhow::anyhow!("splitting the app: {error:#}"))?;
    let arguments: Vec<std::ffi::OsString> =
        ["wbg", "--target", "web", "--no-typescript", "--out-name", "app"]
            .iter()
            .map(Into::into)
            .chain(["--keep-lld-exports", "--no-demangle", "--out-dir"].iter().map(Into::into))
            .chain([build.as_os_str().to_owned(), main.as_os_str().to_owned()])
            .collect();
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(arguments)?;
    fs::remove_file(main)?;
    slim::slim(build)
}

fn shrink(root: &Path, build: &Path) -> Result<()> {
    run::step("optimising the app for size");
    for file in files(build)? {
        let path = build.join(&file);
        let extension = path.extension().and_then(|e| e.to_str());
        if extension == Some("wasm") {
            tools::wasm_opt(root, &path)?;
        } else if matches!(extension, Some("js" | "css")) {
            let mut command = Command::new(tools::npm_bin(root, "esbuild"));
            command.args(["--minify", "--log-level=error", "--allow-overwrite", "--target=es2022"]);
            run::run(command.arg(&path).arg(format!("--outfile={}", path.display())))?;
        }
    }
    Ok(())
}

/// Everything in `ui-extension/site` but the page, the catalogues, and the fonts.
fn copy_assets(root: &Path, build: &Path) -> Result<()> {
    let site = root.join("ui-extension/site");
    for file in files(&site)? {
        if file != Path::new("index.html") {
            copy(&site.join(&file), &build.join(&file))?;
        }
    }
    let locales = root.join("ui-extension/locales");
    for file in files(&locales)? {
        copy(&locales.join(&file), &build.join("locales").join(&file))?;
    }
    let package = root.join("node_modules/@fontsource-variable/lexend-deca");
    for font in FONTS {
        copy(&package.join("files").join(font), &build.join("fonts").join(font))?;
    }
    copy(&package.join("LICENSE"), &build.join("fonts/LICENSE"))
}

/// Names the build by its content and writes the page and the headers around it.
fn publish(root: &Path, build: &Path, site: &Path) -> Result<()> {
    let hash = fingerprint::of(&[build.to_owned()])?;
    let base = format!("/a/{}", hash.get(..16).context("a hash is longer than this")?);
    let _ = fs::remove_dir_all(site);
    fs::create_dir_all(site.join("app"))?;
    fs::create_dir_all(site.join("a"))?;
    fs::rename(build, site.join(base.trim_start_matches('/')))?;
    let page = fs::read_to_string(root.join("ui-extension/site/index.html"))?.replace("{{base}}", &base);
    fs::write(site.join("app/index.html"), page)?;
    fs::write(site.join("_headers"), headers())?;
    Ok(())
}

/// `frame-ancestors` is not here: who may frame the app is a setting, so the Worker adds it to the page.
fn headers() -> String {
    let always = "  X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n";
    format!(
        "/app/*\n  Cache-Control: no-cache\n  Content-Security-Policy: {PAGE_POLICY}\n{always}\
         /a/*\n  Cache-Control: public, max-age=31536000, immutable\n{always}"
    )
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::copy(from, to).with_context(|| format!("cannot copy {}", from.display()))?;
    Ok(())
}

/// All files below a folder, as paths relative to it, sorted.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).with_context(|| format!("cannot read {}", next.display()))? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path.strip_prefix(folder)?.to_owned());
            }
        }
    }
    found.sort();
    Ok(found)
}
