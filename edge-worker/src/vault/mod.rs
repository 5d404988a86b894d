//! Tokens at rest: sealed with AES-256-GCM, kept in KV for reading and in the Portal object for being right.

pub mod grant;
pub mod seal;
