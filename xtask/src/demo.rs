//! `cargo xtask demo`: the whole product on this machine, until Ctrl-C.

use std::{path::Path, process::Command, sync::mpsc};

use anyhow::{Context, Result, bail};
use stack::{Options, Stack};

use crate::run;

const PORT: u16 = 4400;

pub struct Flags {
    port: u16,
    open: bool,
    fresh: bool,
}

impl Flags {
    pub fn parse(args: &[String]) -> Result<Self> {
        let mut flags = Self { port: PORT, open: true, fresh: false };
        let mut args = args.iter();
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--no-open" => flags.open = false,
                "--fresh" => flags.fresh = true,
                "--port" => {
                    let port = args.next().and_then(|port| port.parse().ok());
                    flags.port = port
                        .filter(|port| (1024..65_533).contains(port))
                        .context("--port takes a number from 1024 to 65532")?;
                }
                other => bail!("demo does not know {other}; it takes --port N, --no-open and --fresh"),
            }
        }
        Ok(flags)
    }
}

pub fn demo(root: &Path, flags: &Flags) -> Result<()> {
    let (send, stop) = mpsc::channel();
    ctrlc::set_handler(move || {
        let _ = send.send(());
    })
    .context("cannot listen for Ctrl-C")?;
    crate::build(root)?;
    let state = root.join(".countersign/demo");
    if flags.fresh && state.exists() {
        run::step("forgetting the earlier state");
        std::fs::remove_dir_all(&state).with_context(|| format!("cannot remove {}", state.display()))?;
    }
    run::step("starting the sandbox and the Worker");
    let programs = run::programs(root);
    let stack = Stack::start(Options {
        root: root.to_owned(),
        programs,
        state,
        port: Some(flags.port),
        vars: Vec::new(),
    })?;
    if flags.open {
        open(&stack.crm());
    }
    println!("ready {}", stack.crm());
    let _ = stop.recv();
    println!("\n· ending");
    drop(stack);
    Ok(())
}

/// A browser that cannot be opened is no failure: the address is printed.
fn open(url: &str) {
    let (program, first) = match std::env::consts::OS {
        "macos" => ("open", None),
        "windows" => ("cmd", Some(["/C", "start"])),
        _ => ("xdg-open", None),
    };
    let mut command = Command::new(program);
    command.args(first.iter().flatten()).arg(url);
    let null = std::process::Stdio::null;
    let _ = command.stdin(null()).stdout(null()).stderr(null()).spawn();
}
