//! One JSON line per thing worth knowing, on the Worker's console (and on stderr in native tests).
//!
//! Never logged: tokens, authorization codes, keys, signatures, request bodies, names, e-mail addresses and
//! subjects. Portals, users (HubSpot's numeric id), envelopes and support ids are.

use serde_json::{Value, json};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Info,
    Warn,
    Error,
}

/// Writes `event` with its `facts`, an object.
pub fn line(level: Level, event: &str, facts: Value) {
    let word = match level {
        Level::Info => "info",
        Level::Warn => "warn",
        Level::Error => "error",
    };
    let text = json!({ "level": word, "event": event, "facts": facts }).to_string();
    #[cfg(target_arch = "wasm32")]
    match level {
        Level::Info => worker::console_log!("{}", text),
        Level::Warn => worker::console_warn!("{}", text),
        Level::Error => worker::console_error!("{}", text),
    }
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("{text}");
}

pub fn info(event: &str, facts: Value) {
    line(Level::Info, event, facts);
}

pub fn warn(event: &str, facts: Value) {
    line(Level::Warn, event, facts);
}
