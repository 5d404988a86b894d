//! The Cloudflare Worker.
pub mod config;
pub mod docusign;
pub mod environment;
pub mod failure;
pub mod hubspot;
pub mod log;
pub mod moment;
pub mod portal;
pub mod secret;
pub mod signature;
pub mod token;
pub mod vault;
pub mod vendor;
pub mod wire;
