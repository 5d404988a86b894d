//! Where an envelope stands for the person who sent it: what to do next, how far it is, whom it waits for.

use serde::{Deserialize, Serialize};

use super::{Envelope, Recipient};

/// How the panel groups envelopes: by what the rep must do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    NeedsAttention,
    InProgress,
    /// Completed, and what is over without anything left to do.
    Completed,
}

/// "1 of 2 signed".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub signed: usize,
    pub of: usize,
}

/// Which group of the panel the envelope belongs to.
pub fn group(_envelope: &Envelope) -> Group {
    Group::InProgress
}

/// How many of those who sign have signed.
pub fn progress(_envelope: &Envelope) -> Progress {
    Progress { signed: 0, of: 0 }
}

/// Whom the envelope waits for now: everybody of the earliest routing order that is not done.
pub fn next_up(_envelope: &Envelope) -> Vec<&Recipient> {
    Vec::new()
}
