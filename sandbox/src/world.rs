//! Everything that the sandbox is at one moment: time, faults, traffic, and the two vendors' states.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use serde::{Deserialize, Serialize};

use crate::clock::Clock;
use crate::faults::Faults;
use crate::lock::lock;
use crate::traffic::Traffic;
use crate::{docusign, hubspot};

#[derive(Clone, Debug)]
pub struct Config {
    /// The HubSpot side; the DocuSign side listens on the port after it.
    pub port: u16,
    /// Base URL of the Worker, without a slash at its end.
    pub worker_url: String,
    /// Where the state is kept; `None` = in memory.
    pub state_dir: Option<PathBuf>,
    /// Host name under which browsers see the CRM: another one than the Worker's makes our app a third party
    /// in the browser, as it is in HubSpot.
    pub crm_public_host: String,
}

pub struct Parts {
    pub config: Config,
    pub clock: Clock,
    pub faults: Faults,
    pub traffic: Traffic,
    pub hubspot: Mutex<hubspot::Crm>,
    pub docusign: Mutex<docusign::DocuSign>,
    pub connect: docusign::connect::Sender,
    pub pages: docusign::PageCache,
    pub http: reqwest::Client,
    next_portal: AtomicU64,
    changed: AtomicBool,
}

pub type World = Arc<Parts>;

/// A portal to be made: what both vendors' samples hang on.
#[derive(Clone, Debug)]
pub struct PortalSpec {
    pub portal_id: u64,
    pub name: String,
}

/// What is written to disk.
#[derive(Serialize)]
struct Saving<'a> {
    clock_offset_seconds: i64,
    next_portal: u64,
    hubspot: &'a hubspot::Crm,
    docusign: &'a docusign::DocuSign,
}

/// The same, read back.
#[derive(Deserialize)]
struct Saved {
    clock_offset_seconds: i64,
    next_portal: u64,
    hubspot: hubspot::Crm,
    docusign: docusign::DocuSign,
}

/// The three portals that the sandbox starts with.
pub fn sample_portals() -> Vec<PortalSpec> {
    [
        (4_400_001, "Fjordlight Energy"),
        (4_400_002, "Marlow & Reed Interiors"),
        (4_400_003, "Kestrel Robotics"),
    ]
    .into_iter()
    .map(|(portal_id, name)| PortalSpec { portal_id, name: name.to_owned() })
    .collect()
}

const FIRST_FRESH_PORTAL: u64 = 4_500_001;

impl Parts {
    /// Starts from the saved state, or from the sample.
    pub fn new(config: Config) -> anyhow::Result<Parts> {
        let saved = match &config.state_dir {
            Some(dir) => load(dir)?,
            None => None,
        };
        let world = Parts {
            config,
            clock: Clock::default(),
            faults: Faults::default(),
            traffic: Traffic::default(),
            hubspot: Mutex::default(),
            docusign: Mutex::default(),
            connect: docusign::connect::Sender::default(),
            pages: docusign::PageCache::default(),
            http: reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?,
            next_portal: AtomicU64::new(FIRST_FRESH_PORTAL),
            changed: AtomicBool::new(false),
        };
        match saved {
            Some(saved) => {
                world.clock.set_offset(saved.clock_offset_seconds);
                world.next_portal.store(saved.next_portal, Ordering::SeqCst);
                *lock(&world.hubspot) = saved.hubspot;
                *lock(&world.docusign) = saved.docusign;
            }
            None => world.reset(),
        }
        Ok(world)
    }

    /// Back to the sample: portals, records, envelopes, faults, traffic and time.
    pub fn reset(&self) {
        self.clock.set_offset(0);
        self.faults.remove(|_| false);
        self.traffic.clear(&crate::traffic::Filter::default());
        self.next_portal.store(FIRST_FRESH_PORTAL, Ordering::SeqCst);
        *lock(&self.hubspot) = hubspot::Crm::default();
        *lock(&self.docusign) = docusign::DocuSign::default();
        for spec in sample_portals() {
            self.add_portal(&spec);
        }
    }

    /// Makes a portal at both vendors; answers what a test needs to know of it.
    pub fn add_portal(&self, spec: &PortalSpec) -> serde_json::Value {
        let now = self.clock.now();
        let hubspot = lock(&self.hubspot).add_portal(spec, now);
        let docusign = lock(&self.docusign).add_portal(spec, now);
        self.touch();
        serde_json::json!({ "portalId": spec.portal_id, "name": spec.name, "hubspot": hubspot, "docusign": docusign })
    }

    /// A portal of its own, for a test that runs beside others.
    pub fn fresh_portal(&self, name: Option<String>) -> serde_json::Value {
        let portal_id = self.next_portal.fetch_add(1, Ordering::SeqCst);
        let name = name.unwrap_or_else(|| format!("Test portal {portal_id}"));
        self.add_portal(&PortalSpec { portal_id, name })
    }

    /// What browsers call the HubSpot side.
    pub fn hubspot_url(&self) -> String {
        format!("http://{}:{}", self.config.crm_public_host, self.config.port)
    }

    pub fn docusign_url(&self) -> String {
        format!("http://127.0.0.1:{}", self.config.port.saturating_add(1))
    }

    /// Something has changed and is to be saved within a second.
    pub fn touch(&self) {
        self.changed.store(true, Ordering::SeqCst);
    }

    /// Saves if something has changed since the last time.
    pub fn save(&self) -> anyhow::Result<()> {
        let Some(dir) = &self.config.state_dir else { return Ok(()) };
        if !self.changed.swap(false, Ordering::SeqCst) {
            return Ok(());
        }
        let (text, blobs) = {
            let hubspot = lock(&self.hubspot);
            let docusign = lock(&self.docusign);
            let saving = Saving {
                clock_offset_seconds: self.clock.offset_seconds(),
                next_portal: self.next_portal.load(Ordering::SeqCst),
                hubspot: &hubspot,
                docusign: &docusign,
            };
            (serde_json::to_vec(&saving)?, docusign.blobs())
        };
        docusign::keep(&blobs, &dir.join(DOCUMENTS))?;
        let draft = dir.join("sandbox.json.new");
        std::fs::write(&draft, text)?;
        std::fs::rename(&draft, dir.join(FILE))?;
        Ok(())
    }
}

const FILE: &str = "sandbox.json";
/// The folder of uploaded documents.
const DOCUMENTS: &str = "documents";

fn load(dir: &std::path::Path) -> anyhow::Result<Option<Saved>> {
    let path = dir.join(FILE);
    match std::fs::read(&path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(e.into()),
        Ok(bytes) => match serde_json::from_slice::<Saved>(&bytes) {
            Ok(mut saved) => {
                saved.docusign.load_blobs(&dir.join(DOCUMENTS));
                Ok(Some(saved))
            }
            Err(e) => {
                eprintln!(
                    "sandbox: {} is of another version ({e}); starting from the sample",
                    path.display()
                );
                Ok(None)
            }
        },
    }
}
