//! `sandbox --port N --worker URL [--state-dir DIR] [--crm-host HOST]`
//!
//! Prints one line when both sides answer; ends on Ctrl-C or SIGTERM after saving its state.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use sandbox::{Config, serve};

const USAGE: &str = "usage: sandbox --port N --worker URL [--state-dir DIR] [--crm-host HOST]";

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let running = serve(config(std::env::args().skip(1))?).await?;
    println!("sandbox ready hubspot={} docusign={}", running.hubspot_url, running.docusign_url);
    ended().await?;
    running.stop()
}

fn config(mut args: impl Iterator<Item = String>) -> anyhow::Result<Config> {
    let mut config = Config {
        port: 4400,
        worker_url: "http://127.0.0.1:4402".to_owned(),
        state_dir: None,
        crm_public_host: "127.0.0.1".to_owned(),
    };
    while let Some(name) = args.next() {
        if name == "--help" || name == "-h" {
            println!("{USAGE}");
            std::process::exit(0);
        }
        let value = args.next().with_context(|| format!("{name} needs a value\n{USAGE}"))?;
        match name.as_str() {
            "--port" => config.port = value.parse().with_context(|| format!("not a port: {value}"))?,
            "--worker" => config.worker_url = value.trim_end_matches('/').to_owned(),
            "--state-dir" => config.state_dir = Some(PathBuf::from(value)),
            "--crm-host" => config.crm_public_host = value,
            _ => bail!("unknown option {name}\n{USAGE}"),
        }
    }
    Ok(config)
}

async fn ended() -> anyhow::Result<()> {
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::select! {
        result = tokio::signal::ctrl_c() => result?,
        _ = terminate.recv() => {}
    }
    Ok(())
}
