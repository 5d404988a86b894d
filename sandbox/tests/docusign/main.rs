//! The DocuSign side over real HTTP: what it does, and the traps that it keeps.

mod account;
mod connect;
mod create;
mod envelopes;
mod faults;
mod oauth;
mod people;
mod stand;
mod templates;
mod walk;
