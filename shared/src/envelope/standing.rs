//! Where an envelope stands for the person who sent it: what to do next, how far it is, whom it waits for.

use serde::{Deserialize, Serialize};

use super::{Envelope, Recipient, RecipientStatus, Status};
use crate::template::RecipientKind;

/// How the panel groups envelopes: by what the rep must do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    NeedsAttention,
    InProgress,
    /// Completed, and what is over without anything left to do.
    Completed,
}

impl Group {
    /// In the order of the panel.
    pub const ALL: [Self; 3] = [Self::NeedsAttention, Self::InProgress, Self::Completed];

    /// The word that stands for it on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::NeedsAttention => "needs-attention",
            Self::InProgress => "in-progress",
            Self::Completed => "completed",
        }
    }
}

/// "1 of 2 signed".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    pub signed: usize,
    pub of: usize,
}

/// Which group of the panel the envelope belongs to. A decline, a bounced address and an open correction (nobody
/// can sign meanwhile) need the rep; a voided envelope is over, and the rep knows.
pub fn group(envelope: &Envelope) -> Group {
    let bounced = || envelope.recipients.iter().any(|r| r.status == RecipientStatus::AutoResponded);
    match &envelope.status {
        Status::Declined | Status::Correct => Group::NeedsAttention,
        Status::Completed | Status::Voided => Group::Completed,
        // Legacy words of DocuSign for what is gone.
        Status::Other(name) if matches!(name.as_str(), "deleted" | "timedout") => Group::Completed,
        _ if bounced() => Group::NeedsAttention,
        Status::Sending
        | Status::Created
        | Status::Sent
        | Status::Delivered
        | Status::Signed
        | Status::Other(_) => Group::InProgress,
    }
}

/// How many of those who sign have signed. Of a completed envelope all have, whatever was heard of each.
pub fn progress(envelope: &Envelope) -> Progress {
    let signers = || envelope.recipients.iter().filter(|r| r.kind.needs_signature());
    let of = signers().count();
    let signed = match envelope.status {
        Status::Completed => of,
        _ => signers().filter(|r| has_signed(r)).count(),
    };
    Progress { signed, of }
}

/// Whether it is voided because its time was up: DocuSign says so in the reason alone (docusign facts §6.2).
pub fn is_expired(envelope: &Envelope) -> bool {
    let says = |reason: &String| reason.to_ascii_lowercase().contains("expired");
    envelope.status == Status::Voided && envelope.voided_reason.as_ref().is_some_and(says)
}

/// Whom the envelope waits for now: everybody of the earliest routing order who has something left to do.
/// Nobody, when it was not sent or is over. Carbon copies never hold it up.
pub fn next_up(envelope: &Envelope) -> Vec<&Recipient> {
    if !matches!(envelope.status, Status::Sent | Status::Delivered | Status::Signed) {
        return Vec::new();
    }
    let waiting =
        || envelope.recipients.iter().filter(|r| r.kind != RecipientKind::CarbonCopy && !has_acted(r));
    let Some(order) = waiting().map(|r| r.routing_order).min() else { return Vec::new() };
    waiting().filter(|r| r.routing_order == order).collect()
}

fn has_signed(recipient: &Recipient) -> bool {
    matches!(recipient.status, RecipientStatus::Signed | RecipientStatus::Completed)
}

fn has_acted(recipient: &Recipient) -> bool {
    has_signed(recipient) || recipient.status == RecipientStatus::Declined
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        envelope::Heard,
        record::{ObjectType, RecordRef},
        time::Timestamp,
    };

    /// An envelope written as its status and its recipients: `sent`, `1 signers completed, 2 carbonCopies created`.
    fn envelope(status: &str, recipients: &str) -> Envelope {
        let recipient = |text: &str| {
            let mut words = text.split(' ');
            let mut word = || words.next().expect("order, array and status");
            Recipient {
                id: String::new(),
                name: text.into(),
                email: String::new(),
                role_name: String::new(),
                routing_order: word().parse().expect("a number"),
                kind: RecipientKind::from_array_name(word()),
                status: RecipientStatus::from_name(word()),
                status_at: Timestamp::default(),
                reason: None,
            }
        };
        Envelope {
            id: String::new(),
            record: RecordRef::new(ObjectType::Contact, "1").expect("digits"),
            subject: String::new(),
            template_name: String::new(),
            status: if status == "sending" { Status::Sending } else { Status::from_name(status) },
            status_at: Timestamp::default(),
            sent_at: Timestamp::default(),
            sender: String::new(),
            recipients: recipients.split(", ").map(recipient).collect(),
            voided_reason: None,
            synced_at: Timestamp::default(),
            heard: Heard::default(),
        }
    }

    #[test]
    fn envelopes_are_grouped_by_what_the_rep_must_do() {
        let check = |status, recipients, expected| {
            assert_eq!(group(&envelope(status, recipients)), expected, "{status} {recipients}");
        };
        let fine = "1 signers sent";
        for status in ["sending", "created", "sent", "delivered", "signed", "processing"] {
            check(status, fine, Group::InProgress);
        }
        for status in ["declined", "correct"] {
            check(status, fine, Group::NeedsAttention);
        }
        for status in ["completed", "voided", "deleted"] {
            check(status, fine, Group::Completed);
        }
        check("sent", "1 signers completed, 2 signers autoresponded", Group::NeedsAttention);
        check("voided", "1 signers autoresponded", Group::Completed);
    }

    #[test]
    fn an_envelope_whose_time_was_up_says_so_by_its_reason() {
        let check = |status, reason: Option<&str>, expected| {
            let mut one = envelope(status, "1 signers sent");
            one.voided_reason = reason.map(Into::into);
            assert_eq!(is_expired(&one), expected, "{status} {reason:?}");
        };
        check("voided", Some("Envelope has expired."), true);
        check("voided", Some("A mistake"), false);
        check("voided", None, false);
        check("sent", Some("expired"), false);
    }

    #[test]
    fn only_signatures_count_as_progress() {
        let check = |status, recipients, signed, of| {
            assert_eq!(
                progress(&envelope(status, recipients)),
                Progress { signed, of },
                "{status} {recipients}"
            );
        };
        check("sent", "1 signers sent, 2 signers created", 0, 2);
        check("sent", "1 signers completed, 2 inPersonSigners sent, 3 carbonCopies created", 1, 2);
        check("delivered", "1 signers signed, 1 witnesses delivered", 1, 2);
        check("completed", "1 signers sent, 2 signers completed", 2, 2);
        check("completed", "1 carbonCopies completed", 0, 0);
        check("declined", "1 signers completed, 2 signers declined", 1, 2);
    }

    #[test]
    fn the_envelope_waits_for_the_earliest_who_are_not_done() {
        let check = |status, recipients, expected: &[&str]| {
            let envelope = envelope(status, recipients);
            let names: Vec<&str> = next_up(&envelope).iter().map(|r| r.name.as_str()).collect();
            assert_eq!(names, expected);
        };
        check("sent", "1 signers sent, 2 signers created", &["1 signers sent"]);
        check("sent", "1 signers sent, 1 signers delivered", &["1 signers sent", "1 signers delivered"]);
        check("sent", "1 carbonCopies sent, 2 signers sent", &["2 signers sent"]);
        check("delivered", "1 signers completed, 2 agents sent", &["2 agents sent"]);
        check("sent", "1 signers autoresponded", &["1 signers autoresponded"]);
        check("created", "1 signers created", &[]);
        check("voided", "1 signers sent", &[]);
        check("completed", "1 signers completed", &[]);
    }
}
