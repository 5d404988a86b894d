//! The thin binary crate.
