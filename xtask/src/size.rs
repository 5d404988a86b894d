//! What is shipped, against its budget. Brotli 11 for what browsers load, gzip for the Worker, as
//! Cloudflare counts it. 1 kB is 1000 bytes.

use std::{fs, io::Write, path::Path};

use anyhow::{Context, Result, bail};

use crate::site;

/// HTML, scripts, styles, wasm, icons and one catalogue, as the panel loads them first. Not to be raised: it is what
/// a reader waits for. What only the wizard or the settings show belongs into their own styles and catalogues.
const FIRST_LOAD: usize = 150_000;
/// The first load and every lazy piece, in both languages. 265 kB were planned for a panel and a wizard of one
/// template: reached with them, while the preview, the editor of documents and drafts made it 528, and the rest of
/// the settings 624, a fifth of it for settings that only admins fetch. Styles, sorting and places without fractions
/// took it to 618. Taking std's panic texts out of the pieces (about 2 %) has not been tried. An envelope opened in its
/// row, with its dialogs, history and search (48), and more settings (20) made it 692.
const WHOLE_APP: usize = 700_000;
/// 350 kB was planned, on the measure of a Worker that only verified, read KV and called out. OAuth, the Portal
/// object, sends, live update, values and page images made it 450; drafts, documents and settings, 11,000 lines of
/// more, 750. One sort for all types, problems and words read by their list, and a vendor's client made in one place
/// took 23 kB off. Two fifths are the handlers' own state machines, a sixth reads JSON; nothing is there twice that
/// the names show. What follows a send (actions, history, the panel's list, the outbox with its notes, values and
/// files, asking for what was not told) made it 861, 120 more for 6,000 lines. Cloudflare allows 3 MB.
const WORKER: usize = 875_000;

pub fn check(root: &Path) -> Result<()> {
    let folder = root.join("target/site");
    let (mut first, mut whole) = (0, 0);
    println!("{:>9}  {:<5}  file (brotli bytes)", "", "");
    for file in site::files(&folder)? {
        let name = file.to_string_lossy().into_owned();
        // The font swaps in after the text is there; licences are not loaded.
        if name.contains("/fonts/") || name == "_headers" {
            continue;
        }
        let size = brotli(&fs::read(folder.join(&file))?)?;
        let lazy = is_lazy(&name);
        whole += size;
        if !lazy {
            first += size;
        }
        println!("{size:>9}  {:<5}  {name}", if lazy { "lazy" } else { "first" });
    }
    let build = root.join("edge-worker/entry/build");
    let mut worker = 0;
    for name in ["index.js", "index_bg.wasm"] {
        let path = build.join(name);
        worker += gzip(&fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?)?;
    }
    let rows = [
        ("first load of the panel, brotli", first, FIRST_LOAD),
        ("whole app, brotli", whole, WHOLE_APP),
        ("Worker, gzip", worker, WORKER),
    ];
    let mut over = Vec::new();
    println!();
    for (what, size, budget) in rows {
        println!("{size:>9} of {budget:>7}  {what}");
        if size > budget {
            over.push(what);
        }
    }
    if !over.is_empty() {
        bail!("over budget: {}", over.join(", "));
    }
    Ok(())
}

/// Pieces that are fetched when they are asked for. Only one catalogue is ever loaded: English counts.
fn is_lazy(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name);
    let chunk = file.ends_with(".wasm") && (file.starts_with("chunk_") || file.starts_with("split_"));
    let other_language = name.contains("/locales/") && !name.contains("/locales/en");
    let of_a_piece = [
        "wizard.css",
        "wizard.ftl",
        "preview.css",
        "edit.css",
        "edit.ftl",
        "settings.css",
        "settings.ftl",
        "detail.css",
        "detail.ftl",
        "icons-more.svg",
    ]
    .contains(&file);
    chunk || other_language || of_a_piece
}

fn brotli(bytes: &[u8]) -> Result<usize> {
    let mut out = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 22);
    out.write_all(bytes)?;
    Ok(out.into_inner().len())
}

fn gzip(bytes: &[u8]) -> Result<usize> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes)?;
    Ok(out.finish()?.len())
}
