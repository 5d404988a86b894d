//! The Cloudflare Worker: verify, parse, decide (in `shared`), store, call.
//!
//! `routes` has a file per endpoint. `portal` is the Durable Object, one per HubSpot portal, that everything
//! which must be right goes through. `docusign` and `hubspot` are the vendor clients; with `wire`, `signature`
//! and `vault` they run natively too, where most tests are.
//!
//! Limits: request bodies are bounded per route; a vendor is waited for 12 seconds when reading and 25 when
//! sending; no input makes this code panic, since a panic takes all requests of the instance with it.

mod access;
mod answer;
mod cached;
mod call;
pub mod config;
mod cookie;
pub mod docusign;
mod environment;
pub mod failure;
pub mod hubspot;
mod json;
mod log;
pub mod moment;
mod pages;
mod portal;
mod routes;
pub mod secret;
pub mod signature;
pub mod token;
pub mod vault;
pub mod vendor;
pub mod wire;

use worker::{Context, Env, Request, Response, event};

#[event(fetch)]
async fn fetch(request: Request, env: Env, _: Context) -> worker::Result<Response> {
    routes::answer(request, env).await
}
