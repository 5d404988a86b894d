//! One entry point for people and CI: `cargo xtask VERB`. Every verb does its own set-up.

mod checks;
mod demo;
mod deploy;
mod edge;
mod fingerprint;
mod hubspot;
mod run;
mod site;
mod size;
mod slim;
mod tools;

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, Result, bail};

const HELP: &str = "\
cargo xtask VERB

  demo [--port N] [--no-open] [--fresh]   the whole product on this machine, with no account
  build                                   the app's static files and the Worker
  test                                    everything CI runs, in its order
  e2e [FILTER]                            the browser journeys whose name contains FILTER
  bench                                   how smoothly 40 pages scroll, how quickly the panel's list answers; writes docs/BENCHMARKS.md
  size                                    what is shipped, against its budget
  doctor [URL | --env-file FILE]          what is wrong with a configuration, deployed or in a file
  deploy [--dry-run]                      build, and hand over to wrangler, with any further flags
  hubspot                                 the HubSpot project, against HubSpot's own packages
  contract DIR                            the journeys' recorded vendor traffic against the schemas in DIR
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match verb(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn verb(args: &[String]) -> Result<()> {
    let root = root()?;
    let (verb, rest) = args.split_first().map_or(("help", &[][..]), |(verb, rest)| (verb.as_str(), rest));
    match verb {
        "demo" => demo::demo(&root, &demo::Flags::parse(rest)?),
        "build" => build(&root),
        "test" => checks::test(&root),
        "e2e" => checks::e2e(&root, rest.first().map(String::as_str)),
        "bench" => checks::bench(&root),
        "doctor" => deploy::doctor(&root, rest),
        "deploy" => deploy::deploy(&root, rest),
        "hubspot" => hubspot::check(&root),
        "size" => build(&root).and_then(|()| size::check(&root)),
        "contract" => {
            let [dir] = rest else { bail!("contract takes one folder: cargo xtask contract DIR") };
            checks::contract(&root, dir)
        }
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => bail!("there is no verb {other}\n\n{HELP}"),
    }
}

/// What both the demo and the journeys run: static files, Worker, sandbox.
fn build(root: &std::path::Path) -> Result<()> {
    tools::wasm_target()?;
    tools::npm(root)?;
    site::build(root)?;
    edge::build(root)?;
    run::step("building the sandbox");
    run::cargo(root, &["build", "--package", "sandbox"])
}

/// The checkout this was started in.
fn root() -> Result<PathBuf> {
    let manifest = std::env::var_os("CARGO_MANIFEST_DIR").context("start it as `cargo xtask`")?;
    Ok(PathBuf::from(manifest).parent().context("the checkout has no folder")?.to_owned())
}
