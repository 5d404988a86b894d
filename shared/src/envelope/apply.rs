//! How an event changes an envelope.

use serde::{Deserialize, Serialize};

use super::{Envelope, Event};

/// What an event did to an envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// Something a reader can see changed.
    Changed,
    /// Known already, overtaken by something later, or of no consequence. Store the envelope all the same:
    /// what was heard is remembered in it.
    Unchanged,
}

/// What was heard about an envelope so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {}

impl Heard {
    /// Nothing was heard yet.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Takes `event` into account. Any order, any number of times: the envelope ends up the same.
pub fn apply(_envelope: &mut Envelope, _event: &Event) -> Applied {
    Applied::Unchanged
}
