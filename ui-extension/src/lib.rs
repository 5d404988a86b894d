//! The Leptos app: the panel that HubSpot shows on a record, and the wizard that sends from it.
//!
//! Thin by intent: signals, views, and the types of `shared`, where every rule is. The binary crate
//! `app/` mounts it and holds the points at which the wasm is split.

pub mod app;
pub mod catalogue;
pub mod detail;
mod edge;
mod fault;
mod frame;
mod icon;
mod json;
mod live;
mod panel;
mod redraw;
pub mod settings;
mod times;
pub mod wizard;
pub mod words;
