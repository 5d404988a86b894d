//! The Cloudflare Worker.
pub mod config;
pub mod failure;
pub mod log;
pub mod moment;
pub mod secret;
pub mod signature;
pub mod token;
pub mod vault;
