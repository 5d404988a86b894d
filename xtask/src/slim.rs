//! Takes out of a bound module what is only paid for: long import names, and doors that nobody uses.
//!
//! Every import is named after the web's function and a hash, in the wasm and again in the script; the hashes do not
//! compress. And `server_fn`, which Leptos brings along, exports stream classes for a server that we do not have:
//! as exports they keep their code alive. Together 5 % of the first load.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, ensure};
use walrus::Module;

/// Where the main module's imports come from.
const SCRIPT: &str = "./app_bg.js";
/// In the exports of the classes that nobody makes.
const UNUSED: &str = "intounderlying";

/// Works on `app_bg.wasm` and `app.js` as wasm-bindgen wrote them, before anything is minified.
pub fn slim(build: &Path) -> Result<()> {
    let (wasm, script) = (build.join("app_bg.wasm"), build.join("app.js"));
    let bytes = fs::read(&wasm)?;
    let mut module = Module::from_buffer(&bytes).context("reading app_bg.wasm")?;
    let unused: Vec<_> =
        module.exports.iter().filter(|e| e.name.contains(UNUSED)).map(walrus::Export::id).collect();
    for export in unused {
        module.exports.delete(export);
    }
    walrus::passes::gc::run(&mut module);
    let mut short = BTreeMap::new();
    for import in module.imports.iter_mut().filter(|import| import.module == SCRIPT) {
        let next = format!("i{}", short.len());
        let name = short.entry(import.name.clone()).or_insert(next);
        import.name.clone_from(name);
    }
    ensure!(
        !short.is_empty(),
        "app_bg.wasm imports nothing from {SCRIPT}: wasm-bindgen names it otherwise now"
    );
    fs::write(&wasm, module.emit_wasm())?;
    let text = fs::read_to_string(&script)?;
    fs::write(&script, renamed(&without_unused(&text), &short))?;
    Ok(())
}

/// The script without the classes of those exports: each is a block that ends with a brace at the start of a line, a
/// line about its disposal, and a statement about its finalization.
fn without_unused(script: &str) -> String {
    const CLASS: &str = "IntoUnderlying";
    let mut kept = String::with_capacity(script.len());
    let mut skipping_to = None::<fn(&str) -> bool>;
    for line in script.lines() {
        if skipping_to.is_none() {
            let begins = |with: &str| line.starts_with(&format!("{with}{CLASS}"));
            skipping_to = if begins("export class ") {
                Some(|line| line == "}")
            } else if begins("const ") || begins("if (Symbol.dispose) ") {
                Some(|line| line.ends_with(';'))
            } else {
                None
            };
        }
        match skipping_to {
            None => {
                kept.push_str(line);
                kept.push('\n');
            }
            Some(is_end) if is_end(line) => skipping_to = None,
            Some(_) => {}
        }
    }
    kept
}

/// `text` with every whole word that `short` knows exchanged.
fn renamed(text: &str, short: &BTreeMap<String, String>) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_word) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|c| !is_word(c)).unwrap_or(from.len()));
        out.push_str(before);
        out.push_str(short.get(word).map_or(word, String::as_str));
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_that_nobody_makes_are_left_out() {
        let script = "a;\nexport class IntoUnderlyingSink {\n  free() {\n  }\n}\n\
            if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = IntoUnderlyingSink.prototype.free;\n\
            export function start() {\n}\n\
            const IntoUnderlyingSinkFinalization = (1)\n    ? {}\n    : new F();\nb;\n";
        assert_eq!(without_unused(script), "a;\nexport function start() {\n}\nb;\n");
    }

    #[test]
    fn only_whole_words_are_exchanged() {
        let short = BTreeMap::from([("__wbg_get_1".to_owned(), "i0".to_owned())]);
        let text = "{__wbg_get_1: f, __wbg_get_12: g, é:'__wbg_get_1'}";
        assert_eq!(renamed(text, &short), "{i0: f, __wbg_get_12: g, é:'i0'}");
        assert_eq!(renamed("", &short), "");
    }
}
