//! The DocuSign side over real HTTP: what it does, and the traps that it keeps.

mod account;
mod after_send;
mod composites;
mod connect;
mod create;
mod drafts;
mod editor;
mod envelopes;
mod faults;
mod oauth;
mod outside;
mod people;
mod settings;
mod signing;
mod stand;
mod templates;
mod uploads;
mod walk;
