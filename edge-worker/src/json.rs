//! JSON into our types, always by way of [`Value`]: every type is then read by one kind of reader only. Reading
//! some from bytes, some from text and some from values would compile most of them three times, for a third
//! of the Worker's size.

use serde::de::DeserializeOwned;
use serde_json::{Error, Value};

/// Reads a whole text.
///
/// # Errors
/// It is no JSON, or not of this shape. The message holds a position, a field's name, or what was expected;
/// it can quote a text that stands where another type belongs, so it goes to the log only for bodies that
/// hold no secrets.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Error> {
    serde_json::from_value(parse(bytes)?)
}

/// Reads a text of our own writing.
///
/// # Errors
/// As [`read`].
pub fn read_text<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    read(text.as_bytes())
}

#[inline(never)]
pub fn parse(bytes: &[u8]) -> Result<Value, Error> {
    serde_json::from_slice(bytes)
}
