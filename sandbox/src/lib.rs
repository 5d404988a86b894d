//! Stand-ins for HubSpot and DocuSign in one process, so that the app can be seen, tried and tested without
//! an account and without a network.
//!
//! Two listeners on 127.0.0.1: `port` is the HubSpot side (CRM pages, HubSpot's API, the control API under
//! `/__sandbox`), `port + 1` the DocuSign side (account server, `/restapi`, mailbox and signing pages). It
//! behaves as the vendors document it, traps included, and knows nothing of the Worker but its base URL.

pub mod assets;
pub mod clock;
mod control;
pub mod crm;
pub mod docusign;
pub mod faults;
pub mod hubspot;
pub mod lock;
mod mail;
pub mod sample_app;
mod server;
pub mod traffic;
pub mod world;

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use axum::middleware::from_fn_with_state;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::traffic::Vendor;
pub use crate::world::{Config, World};

/// A sandbox that answers. Dropping it stops the listeners; [`Running::stop`] saves first.
pub struct Running {
    pub world: World,
    pub hubspot_url: String,
    pub docusign_url: String,
    tasks: Vec<JoinHandle<()>>,
}

impl Running {
    pub fn stop(self) -> anyhow::Result<()> {
        self.world.save()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

/// Binds both ports and serves in the background.
///
/// # Errors
/// A port is taken, or the state directory cannot be read.
pub async fn serve(config: Config) -> anyhow::Result<Running> {
    let hubspot_listener = bind(config.port).await?;
    let docusign_listener = bind(config.port.checked_add(1).context("the port is too high")?).await?;
    let world: World = Arc::new(world::Parts::new(config)?);
    let hubspot_side = Router::new()
        .merge(vendor(hubspot::router(world.clone()), &world, Vendor::Hubspot))
        .merge(crm::router(world.clone()))
        .merge(control::router(world.clone()))
        .merge(assets::router());
    let docusign_side = Router::new()
        .merge(vendor(docusign::router(world.clone()), &world, Vendor::Docusign))
        .merge(mail::router(world.clone()))
        .merge(assets::router());
    let tasks = vec![
        tokio::spawn(server::serve(hubspot_listener, hubspot_side, world.clone())),
        tokio::spawn(server::serve(docusign_listener, docusign_side, world.clone())),
        tokio::spawn(keep_saved(world.clone())),
    ];
    Ok(Running { hubspot_url: world.hubspot_url(), docusign_url: world.docusign_url(), world, tasks })
}

async fn bind(port: u16) -> anyhow::Result<TcpListener> {
    TcpListener::bind(("127.0.0.1", port)).await.with_context(|| format!("port {port} is taken"))
}

/// A vendor's routes with faults inside and the request log outside.
fn vendor(router: Router, world: &World, vendor: Vendor) -> Router {
    router
        .layer(from_fn_with_state((world.clone(), vendor), faults::apply))
        .layer(from_fn_with_state((world.clone(), vendor), traffic::record))
}

/// Saves what has changed, and lets time do what it does by itself.
async fn keep_saved(world: World) {
    let mut pause = Duration::from_secs(1);
    loop {
        tokio::time::sleep(pause).await;
        docusign::tick(&world);
        let begun = std::time::Instant::now();
        if let Err(e) = world.save() {
            eprintln!("sandbox: cannot save: {e}");
        }
        // Saving holds the state; however much there is of it, it takes no more than a tenth of the time.
        pause = Duration::from_secs(1).max(begun.elapsed() * 10);
    }
}
