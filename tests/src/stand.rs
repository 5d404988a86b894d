//! The stand: one stack and one chromedriver for all journeys of a run, ended at its end.

use std::{
    future::Future,
    path::{Path, PathBuf},
    pin::Pin,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use libtest_mimic::{Failed, Trial};
use stack::{Options, Stack};

/// Addresses of what runs, shared by all journeys.
#[derive(Debug, Clone)]
pub struct Stand {
    pub root: PathBuf,
    pub crm: String,
    pub docusign: String,
    pub worker: String,
    pub chromedriver: String,
}

/// Everything that must end when the run ends.
pub struct Running {
    pub stand: Stand,
    _stack: Stack,
    chromedriver: Child,
}

impl Running {
    pub fn start() -> Result<Self> {
        let root = root();
        let state = root.join("target/journeys");
        let _ = std::fs::remove_dir_all(&state);
        let options = Options {
            root: root.clone(),
            programs: programs()?,
            state: state.clone(),
            port: None,
            vars: Vec::new(),
        };
        let stack = Stack::start(options)?;
        let (chromedriver, address) = chromedriver(&state)?;
        let stand = Stand {
            root,
            crm: stack.crm(),
            docusign: stack.docusign(),
            worker: stack.worker(),
            chromedriver: address,
        };
        Ok(Self { stand, _stack: stack, chromedriver })
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.chromedriver.kill();
        let _ = self.chromedriver.wait();
    }
}

/// A stack of its own, for journeys that stop and restart the Worker.
pub fn own_stack(name: &str) -> Result<Stack> {
    Stack::start(own(name)?)
}

/// The same, with settings of the Worker's that differ.
pub fn own_stack_with(name: &str, vars: &[(&str, &str)]) -> Result<Stack> {
    let vars = vars.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Stack::start(Options { vars, ..own(name)? })
}

/// A sandbox of its own, whose traffic is not the Worker's.
pub fn own_sandbox(name: &str) -> Result<Stack> {
    Stack::sandbox_alone(own(name)?)
}

fn own(name: &str) -> Result<Options> {
    let root = root();
    let state = root.join("target/journeys-own").join(name);
    let _ = std::fs::remove_dir_all(&state);
    Ok(Options { root, programs: programs()?, state, port: None, vars: Vec::new() })
}

impl Stand {
    /// The same stand, pointed at another stack.
    pub fn on(&self, stack: &Stack) -> Self {
        Self { crm: stack.crm(), docusign: stack.docusign(), worker: stack.worker(), ..self.clone() }
    }
}

type Journey = Pin<Box<dyn Future<Output = Result<()>>>>;

/// A journey as a test: its own thread, its own runtime, its own portal.
pub fn journey<F>(stand: &Stand, name: &str, run: impl Fn(Arc<Stand>) -> F + Send + 'static) -> Trial
where
    F: Future<Output = Result<()>> + 'static,
{
    let stand = Arc::new(stand.clone());
    Trial::test(name, move || {
        let journey: Journey = Box::pin(run(stand));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(journey).map_err(|error| Failed::from(format!("{error:#}")))
    })
}

/// Awaits a condition by asking for it; what is awaited is in another process and sends us nothing.
pub async fn eventually<T, F>(what: &str, mut ask: impl FnMut() -> F) -> Result<T>
where
    F: Future<Output = Result<Option<T>>>,
{
    let deadline = Instant::now() + Duration::from_secs(30);
    let mut last = None;
    while Instant::now() < deadline {
        match ask().await {
            Ok(Some(answer)) => return Ok(answer),
            Ok(None) => last = None,
            Err(error) => last = Some(error),
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    match last {
        Some(error) => Err(error.context(format!("waited in vain for: {what}"))),
        None => bail!("waited in vain for: {what}"),
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}

/// `target/debug`: the folder above the one this test program is in.
fn programs() -> Result<PathBuf> {
    let exe = std::env::current_exe()?;
    Ok(exe.ancestors().nth(2).context("this program is in no target folder")?.to_owned())
}

fn chromedriver(state: &Path) -> Result<(Child, String)> {
    let log = std::fs::File::create(state.join("chromedriver.log"))?;
    let port = (0..200)
        .map(|i| 9600 + i)
        .find(|port| std::net::TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .context("no free port for chromedriver")?;
    let child = Command::new("chromedriver")
        .arg(format!("--port={port}"))
        .stdout(log.try_clone()?)
        .stderr(log)
        .stdin(Stdio::null())
        .spawn()
        .context("chromedriver is missing (Debian: chromium-driver)")?;
    let deadline = Instant::now() + Duration::from_secs(30);
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        anyhow::ensure!(Instant::now() < deadline, "chromedriver does not listen");
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok((child, format!("http://127.0.0.1:{port}")))
}
