//! The vocabulary and the rules of Countersign: what a template, a draft and an envelope are, who goes
//! into which role, what a draft needs before it may be sent, how an event changes an envelope.
//!
//! Everything here is a function of its arguments: no I/O, no async, no clock, no randomness. The browser
//! runs these rules to show what would happen, the edge runs the same rules to enforce it.

pub mod after_send;
pub mod api;
pub mod card;
pub mod draft;
pub mod effects;
pub mod email;
pub mod envelope;
pub mod error;
pub mod mapping;
pub mod merge;
pub mod prefill;
pub mod record;
pub mod settings;
pub mod sorted;
pub mod tab;
pub mod template;
pub mod time;
mod word;
