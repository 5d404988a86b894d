//! The DocuSign side over real HTTP: what it does, and the traps that it keeps.

mod connect;
mod stand;
