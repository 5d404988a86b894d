//! `cargo xtask doctor [URL | --env-file FILE]`.

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use doctor::{Finding, deployed, env_file, report};

/// The file wrangler reads for local runs.
const DEFAULT: &str = ".dev.vars";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match examine(&args.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(findings) => {
            print!("{}", report(&findings));
            if findings.iter().any(|finding| finding.is_fatal) {
                ExitCode::FAILURE
            } else {
                ExitCode::SUCCESS
            }
        }
        Err(error) => {
            eprintln!("doctor: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn examine(args: &[&str]) -> Result<Vec<Finding>> {
    match args {
        [] => file(DEFAULT).context("make it from .dev.vars.example, or name a file or an address"),
        ["--env-file", path] => file(path),
        [url] if url.starts_with("http") => Ok(deployed::examine(url)),
        _ => bail!("it takes an address, or --env-file FILE, or nothing for {DEFAULT}"),
    }
}

fn file(path: &str) -> Result<Vec<Finding>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {path}"))?;
    println!("{path}");
    Ok(env_file::examine(&text))
}
