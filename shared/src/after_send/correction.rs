//! A correction of an envelope under way: whether DocuSign would take it, and what of it is a change.

use serde::{Deserialize, Serialize};

use crate::{
    draft::{MESSAGE_MAX_CHARS, NAME_MAX_CHARS, SUBJECT_MAX_CHARS},
    email::is_email,
    envelope::{Envelope, Recipient, RecipientStatus, next_up},
    template::RecipientKind,
};

/// DocuSign's routing orders in a correction end here; ours do anyway.
pub const ORDER_MAX: u32 = 999;

/// What the envelope is to be. What is left out stays.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    #[serde(default)]
    pub recipients: Vec<Corrected>,
    #[serde(default)]
    pub subject: Option<String>,
    #[serde(default)]
    pub message: Option<String>,
}

/// Who a recipient is to be. A new address gets the mail at once if it is that recipient's turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrected {
    /// [`Recipient::key`] as it is.
    pub recipient: String,
    pub name: String,
    pub email: String,
    pub routing_order: u32,
}

/// What is wrong with a correction, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wrong {
    NothingChanged,
    /// No such recipient, or one who is done; with its place in the correction.
    NotCorrectable(usize),
    NameMissing(usize),
    NameTooLong(usize),
    EmailInvalid(usize),
    /// Somebody whose turn it is, or was, stays where they are.
    OrderFixed(usize),
    /// Before those who have it now, or beyond what DocuSign takes.
    OrderOutOfRange(usize),
    SubjectMissing,
    SubjectTooLong,
    MessageTooLong,
}

impl Wrong {
    /// The word that stands for it on the wire and in the catalogues, as `wrong-<name>`.
    pub fn name(self) -> &'static str {
        match self {
            Self::NothingChanged => "nothing-changed",
            Self::NotCorrectable(_) => "not-correctable",
            Self::NameMissing(_) => "name-missing",
            Self::NameTooLong(_) => "name-too-long",
            Self::EmailInvalid(_) => "email-invalid",
            Self::OrderFixed(_) => "order-fixed",
            Self::OrderOutOfRange(_) => "order-out-of-range",
            Self::SubjectMissing => "subject-missing",
            Self::SubjectTooLong => "subject-too-long",
            Self::MessageTooLong => "message-too-long",
        }
    }

    /// Which recipient of the correction it is about.
    pub fn place(self) -> Option<usize> {
        match self {
            Self::NotCorrectable(at)
            | Self::NameMissing(at)
            | Self::NameTooLong(at)
            | Self::EmailInvalid(at)
            | Self::OrderFixed(at)
            | Self::OrderOutOfRange(at) => Some(at),
            _ => None,
        }
    }

    pub const ALL: [Self; 10] = [
        Self::NothingChanged,
        Self::NotCorrectable(0),
        Self::NameMissing(0),
        Self::NameTooLong(0),
        Self::EmailInvalid(0),
        Self::OrderFixed(0),
        Self::OrderOutOfRange(0),
        Self::SubjectMissing,
        Self::SubjectTooLong,
        Self::MessageTooLong,
    ];
}

/// One recipient's changes; `None` stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<'a> {
    pub recipient: &'a Recipient,
    pub name: Option<&'a str>,
    pub email: Option<&'a str>,
    pub routing_order: Option<u32>,
}

impl Change<'_> {
    fn is_none(&self) -> bool {
        self.name.is_none() && self.email.is_none() && self.routing_order.is_none()
    }
}

/// Whether an order can be changed: only before it is somebody's turn.
pub fn may_move(recipient: &Recipient) -> bool {
    recipient.status == RecipientStatus::Created && !matches!(recipient.kind, RecipientKind::Other(_))
}

/// What the correction changes. A recipient whom it repeats as they are is no change.
pub fn changes<'a>(envelope: &'a Envelope, correction: &'a Correction) -> Vec<Change<'a>> {
    let of = |one: &'a Corrected| {
        let recipient = envelope.recipients.iter().find(|known| known.key() == one.recipient)?;
        let (name, email) = (one.name.trim(), one.email.trim());
        let change = Change {
            recipient,
            name: (name != recipient.name).then_some(name),
            email: (email != recipient.email).then_some(email),
            routing_order: (one.routing_order != recipient.routing_order).then_some(one.routing_order),
        };
        (!change.is_none()).then_some(change)
    };
    correction.recipients.iter().filter_map(of).collect()
}

/// Everything that is wrong with it; an empty list is a correction that can be made.
pub fn check(envelope: &Envelope, correction: &Correction) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    let now = next_up(envelope).iter().map(|one| one.routing_order).min().unwrap_or(1);
    for (at, one) in correction.recipients.iter().enumerate() {
        let Some(known) = envelope.recipients.iter().find(|known| known.key() == one.recipient) else {
            wrong.push(Wrong::NotCorrectable(at));
            continue;
        };
        let (name, email) = (one.name.trim(), one.email.trim());
        let same = name == known.name && email == known.email && one.routing_order == known.routing_order;
        if same {
            continue;
        }
        let done = matches!(
            known.status,
            RecipientStatus::Signed | RecipientStatus::Completed | RecipientStatus::Declined
        );
        if done || matches!(known.kind, RecipientKind::Other(_)) {
            wrong.push(Wrong::NotCorrectable(at));
            continue;
        }
        if name.is_empty() {
            wrong.push(Wrong::NameMissing(at));
        }
        if units(name) > NAME_MAX_CHARS {
            wrong.push(Wrong::NameTooLong(at));
        }
        if !is_email(email) {
            wrong.push(Wrong::EmailInvalid(at));
        }
        if one.routing_order != known.routing_order {
            if !may_move(known) {
                wrong.push(Wrong::OrderFixed(at));
            } else if !(now..=ORDER_MAX).contains(&one.routing_order) {
                wrong.push(Wrong::OrderOutOfRange(at));
            }
        }
    }
    if let Some(subject) = &correction.subject {
        if subject.trim().is_empty() {
            wrong.push(Wrong::SubjectMissing);
        }
        if units(subject.trim()) > SUBJECT_MAX_CHARS {
            wrong.push(Wrong::SubjectTooLong);
        }
    }
    if correction.message.as_deref().is_some_and(|message| units(message) > MESSAGE_MAX_CHARS) {
        wrong.push(Wrong::MessageTooLong);
    }
    let same_subject = correction.subject.as_deref().is_none_or(|subject| subject.trim() == envelope.subject);
    if wrong.is_empty()
        && changes(envelope, correction).is_empty()
        && same_subject
        && correction.message.is_none()
    {
        wrong.push(Wrong::NothingChanged);
    }
    wrong
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Shows what DocuSign has taken of a correction, until it tells the same itself. Where the recipients stand is left
/// to DocuSign, but for an address that could not be reached: that one is gone.
pub fn lay(envelope: &mut Envelope, correction: &Correction) {
    for one in &correction.recipients {
        let known = envelope.recipients.iter_mut().find(|known| known.key() == one.recipient);
        if let Some(known) = known {
            known.name = one.name.trim().to_owned();
            known.email = one.email.trim().to_owned();
            known.routing_order = one.routing_order;
        }
    }
    crate::sorted::by_number(&mut envelope.recipients, |one| u64::from(one.routing_order));
    if let Some(subject) = &correction.subject {
        envelope.subject = subject.trim().to_owned();
    }
}

#[cfg(test)]
mod tests;
