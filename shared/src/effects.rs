//! What an envelope brings to HubSpot: a function of the envelope as it stands, so that events in any order, however
//! often repeated, bring the same.
//!
//! Everything an envelope may bring only ever grows while it is heard of ([`due`]); an event adds what was not due
//! before it ([`plan`]). Each effect has a name that is unique in its envelope: whoever stores effects under envelope
//! and name stores each once. The exception is [`Effect::Status`], which is due again whenever the status moved: the
//! record shows the newest, however many came between.

use std::collections::BTreeSet;

use crate::{
    envelope::{Envelope, Status},
    mapping::{Mapping, WriteTime},
    settings::{NoteEvent, Preferences},
};

/// Something to be done in HubSpot because of an envelope.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// The status properties of the record.
    Status,
    /// A note on the record.
    Note(NoteEvent),
    /// The signed documents and the certificate as files on a note, which also says that it is completed.
    Filing,
    /// Mapped values, once everybody is done.
    Values,
    /// Mapped values of one recipient, by DocuSign's id, as soon as they signed.
    ValuesOf(String),
}

impl Effect {
    /// Unique in the envelope, and the same for ever: it is what tells an effect from one that was done.
    pub fn name(&self) -> String {
        match self {
            Self::Status => "status".to_owned(),
            Self::Note(event) => format!("note:{}", event.name()),
            Self::Filing => "filing".to_owned(),
            Self::Values => "values".to_owned(),
            Self::ValuesOf(recipient) => format!("values:{recipient}"),
        }
    }

    pub fn of_name(name: &str) -> Option<Self> {
        match name.split_once(':') {
            Some(("note", event)) => {
                NoteEvent::ALL.into_iter().find(|known| known.name() == event).map(Self::Note)
            }
            Some(("values", recipient)) => Some(Self::ValuesOf(recipient.to_owned())),
            Some(_) => None,
            None => [Self::Status, Self::Filing, Self::Values].into_iter().find(|one| one.name() == name),
        }
    }
}

/// What an event adds: `before` is the envelope before it, `None` when there was none.
pub fn plan(
    before: Option<&Envelope>,
    after: &Envelope,
    preferences: &Preferences,
    mappings: &[Mapping],
) -> BTreeSet<Effect> {
    let mut effects = due(after, preferences, mappings);
    if let Some(before) = before {
        let moved = (&before.status, before.status_at) != (&after.status, after.status_at);
        let known = due(before, preferences, mappings);
        effects.retain(|effect| if *effect == Effect::Status { moved } else { !known.contains(effect) });
    }
    effects
}

/// Everything that an envelope as it stands has brought so far. What it says grows with every event of an envelope
/// and never shrinks.
pub fn due(envelope: &Envelope, preferences: &Preferences, mappings: &[Mapping]) -> BTreeSet<Effect> {
    let mut effects = BTreeSet::new();
    if matches!(envelope.status, Status::Sending | Status::Created) {
        return effects;
    }
    effects.insert(Effect::Status);
    let over = match envelope.status {
        Status::Completed => Some(NoteEvent::Completed),
        Status::Declined => Some(NoteEvent::Declined),
        Status::Voided => Some(NoteEvent::Voided),
        _ => None,
    };
    let completed = over == Some(NoteEvent::Completed);
    let viewed = envelope.heard.was_viewed().then_some(NoteEvent::Viewed);
    let notes = [Some(NoteEvent::Sent), viewed, over];
    effects.extend(
        notes
            .into_iter()
            .flatten()
            .filter(|event| preferences.notes.contains(event))
            // The note with the documents says so.
            .filter(|event| !(*event == NoteEvent::Completed && preferences.file_signed))
            .map(Effect::Note),
    );
    if completed && preferences.file_signed {
        effects.insert(Effect::Filing);
    }
    let writes = |when| mappings.iter().any(|m| m.writes_back(envelope.record.object()) && m.when == when);
    if completed && writes(WriteTime::Completed) {
        effects.insert(Effect::Values);
    }
    if writes(WriteTime::Signed) {
        effects.extend(envelope.heard.signed().map(|id| Effect::ValuesOf(id.to_owned())));
    }
    effects
}

#[cfg(test)]
mod tests;
