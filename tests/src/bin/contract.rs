//! `contract DIR [FILE…]`: checks recorded vendor traffic (`target/traffic/*.jsonl`, or the files given) against the
//! vendors' schemas in DIR, lists every violation, and fails if there is any.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use journeys::contract::{check, recordings};

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::from(2)
        }
    }
}

/// Whether there was nothing to complain about.
fn run() -> Result<bool> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let schemas = arguments.next().context("usage: contract DIR [FILE…], where DIR holds the schemas")?;
    let mut files: Vec<PathBuf> = arguments.collect();
    if files.is_empty() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
        files = recordings(&root.join("target/traffic"))?;
    }
    let report = check(&schemas, &files)?;
    if report.messages == 0 {
        bail!("no traffic is recorded: run the journeys first");
    }
    println!("{report}");
    Ok(report.violations.is_empty())
}
