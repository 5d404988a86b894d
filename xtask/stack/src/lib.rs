//! Starts the sandbox and the Worker (real workerd under `wrangler dev`) side by side on three
//! neighbouring ports, waits until both answer, and ends both when dropped.
//!
//! | port | what |
//! | --- | --- |
//! | N | sandbox: CRM, HubSpot's API, control API |
//! | N + 1 | sandbox: DocuSign, mailbox, signing pages |
//! | N + 2 | the Worker, with the app's static files |
//!
//! The demo and the browser journeys run on the same code, so that what is shown is what is proved.
//! It expects `cargo xtask build` and `npm ci` to have been run.

mod process;
mod settings;

use std::{
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use process::Process;

/// Where things are, and where this stack may write.
#[derive(Debug, Clone)]
pub struct Options {
    /// The checkout.
    pub root: PathBuf,
    /// The folder cargo writes native programs into (`target/debug`).
    pub programs: PathBuf,
    /// State of sandbox and Worker, and their logs. A stack started on it again carries on.
    pub state: PathBuf,
    /// First of the three ports; any free three when `None`.
    pub port: Option<u16>,
    /// Settings of the Worker besides the usual ones.
    pub vars: Vec<(String, String)>,
}

/// A running sandbox and Worker.
pub struct Stack {
    options: Options,
    port: u16,
    sandbox: Option<Process>,
    worker: Option<Process>,
}

/// How long either part may take to answer for the first time. Cold disks are slow; a hang is not.
const START: Duration = Duration::from_secs(90);

impl Stack {
    pub fn start(options: Options) -> Result<Self> {
        let mut stack = Self::sandbox_alone(options)?;
        stack.start_worker()?;
        Ok(stack)
    }

    /// The sandbox without a Worker, for clients other than ours.
    pub fn sandbox_alone(options: Options) -> Result<Self> {
        let port = match options.port {
            Some(port) => {
                for p in port..port.saturating_add(3) {
                    if !free(p) {
                        bail!("port {p} is taken; end what listens there, or choose others with --port");
                    }
                }
                port
            }
            None => free_ports().context("no three neighbouring free ports found")?,
        };
        std::fs::create_dir_all(&options.state)
            .with_context(|| format!("cannot write to {}", options.state.display()))?;
        let mut stack = Self { options, port, sandbox: None, worker: None };
        stack.start_sandbox()?;
        Ok(stack)
    }

    /// `http://127.0.0.1:N`, the CRM and the control API.
    pub fn crm(&self) -> String {
        self.address(0)
    }

    pub fn docusign(&self) -> String {
        self.address(1)
    }

    pub fn worker(&self) -> String {
        self.address(2)
    }

    pub fn start_sandbox(&mut self) -> Result<()> {
        let program = self.options.programs.join(format!("sandbox{}", std::env::consts::EXE_SUFFIX));
        let port = self.port.to_string();
        let state = self.options.state.join("sandbox");
        let worker = self.worker();
        let args = ["--port", &port, "--worker", &worker, "--state-dir", &state.to_string_lossy()];
        let log = self.log("sandbox");
        self.sandbox = Some(Process::start(&program, &args, &[], &self.options.root, &log)?);
        let url = format!("{}/__sandbox/state", self.crm());
        self.wait_for(&url, "the sandbox", &log)
    }

    pub fn start_worker(&mut self) -> Result<()> {
        let settings = self.options.state.join("worker.env");
        settings::write(&settings, &self.crm(), &self.docusign(), &self.worker(), &self.options.vars)?;
        let root = &self.options.root;
        let node = node(root)?;
        let wrangler = root.join("node_modules/wrangler/bin/wrangler.js");
        if !wrangler.exists() {
            bail!("wrangler is missing: run `cargo xtask build` first");
        }
        let port = (self.port + 2).to_string();
        let persist = self.options.state.join("worker");
        let args = [
            &wrangler.to_string_lossy(),
            "dev",
            "--ip",
            "127.0.0.1",
            "--port",
            &port,
            "--inspector-port",
            "0",
            "--persist-to",
            &persist.to_string_lossy(),
            "--env-file",
            &settings.to_string_lossy(),
            "--show-interactive-dev-session=false",
        ];
        // Without these wrangler asks the network for its own news and for a sample of request metadata.
        let quiet = [
            ("WRANGLER_SEND_METRICS", "false"),
            ("CLOUDFLARE_CF_FETCH_ENABLED", "false"),
            ("CI", "1"),
            ("NO_COLOR", "1"),
        ];
        let log = self.log("worker");
        self.worker = Some(Process::start(&node, &args, &quiet, root, &log)?);
        let url = format!("{}/healthz", self.worker());
        self.wait_for(&url, "the Worker", &log)
    }

    /// Ends the Worker as a crash or a deployment would; its storage stays.
    pub fn stop_worker(&mut self) {
        self.worker = None;
    }

    /// Ends the Worker from one moment to the next.
    pub fn kill_worker(&mut self) {
        if let Some(worker) = &mut self.worker {
            worker.kill();
        }
        self.worker = None;
    }

    pub fn restart_worker(&mut self) -> Result<()> {
        self.stop_worker();
        self.start_worker()
    }

    /// The folder that sandbox and Worker keep their state in.
    pub fn state(&self) -> &Path {
        &self.options.state
    }

    fn address(&self, offset: u16) -> String {
        format!("http://127.0.0.1:{}", self.port + offset)
    }

    fn log(&self, name: &str) -> PathBuf {
        self.options.state.join(format!("{name}.log"))
    }

    /// Polls: a starting server has nothing to await. Fails at once when the process ends.
    fn wait_for(&mut self, url: &str, what: &str, log: &Path) -> Result<()> {
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(5)))
            .http_status_as_error(false)
            .build()
            .into();
        let deadline = Instant::now() + START;
        loop {
            if let Ok(mut answer) = agent.get(url).call() {
                if answer.status().is_success() {
                    return Ok(());
                }
                let text = answer.body_mut().read_to_string().unwrap_or_default();
                bail!("{what} answers {} at {url}: {text}", answer.status());
            }
            let ended = [&mut self.sandbox, &mut self.worker].into_iter().flatten().any(|p| p.has_ended());
            if ended || Instant::now() > deadline {
                let text = std::fs::read_to_string(log).unwrap_or_default();
                let tail = text.lines().rev().take(15).collect::<Vec<_>>();
                let tail = tail.into_iter().rev().collect::<Vec<_>>().join("\n");
                bail!("{what} did not start; its log ends:\n{tail}");
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

/// wrangler wants Node 22; npm brings one beside it, so that any Node from 20 on will do.
fn node(root: &Path) -> Result<PathBuf> {
    let node = root.join("node_modules/node/bin").join(format!("node{}", std::env::consts::EXE_SUFFIX));
    if !node.exists() {
        bail!("the npm packages are missing: run `cargo xtask build` first");
    }
    Ok(node)
}

fn free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

fn free_ports() -> Option<u16> {
    (0..200)
        .map(|_| fastrand::u16(20_000..60_000))
        .find(|port| free(*port) && free(*port + 1) && free(*port + 2))
}
