//! Statuses in word, shape and colour. Which status means what is `shared::envelope`'s; this names it.

use shared::{
    envelope::{Envelope, Group, Recipient, RecipientStatus, Status, group, is_expired, progress},
    template::RecipientKind,
};

use crate::{say, words::say};

/// A word, a shape and a tone.
pub struct Standing {
    pub words: String,
    pub shape: &'static str,
    pub tone: &'static str,
}

impl Standing {
    fn new(words: String, shape: &'static str, tone: &'static str) -> Self {
        Self { words, shape, tone }
    }
}

/// Where an envelope stands.
pub fn standing(envelope: &Envelope) -> Standing {
    let signed = progress(envelope);
    match &envelope.status {
        Status::Sending => Standing::new(say("status-sending"), "s-sending", ""),
        Status::Created => Standing::new(say("status-draft"), "s-draft", ""),
        Status::Completed => Standing::new(say("status-completed"), "s-done", "success"),
        Status::Declined => Standing::new(say("status-declined"), "s-declined", "danger"),
        Status::Voided if is_expired(envelope) => Standing::new(say("status-expired"), "s-expired", ""),
        Status::Voided => Standing::new(say("status-voided"), "s-voided", ""),
        // Needs attention too, but not for a bounce.
        Status::Correct => Standing::new(say("status-correct"), "s-draft", "warning"),
        _ if group(envelope) == Group::NeedsAttention => {
            Standing::new(say("status-bounced"), "s-bounced", "danger")
        }
        _ if signed.signed > 0 => {
            let words = say!("status-partial", signed = signed.signed, of = signed.of);
            Standing::new(words, "s-partial", "info")
        }
        Status::Delivered | Status::Signed => Standing::new(say("status-viewed"), "s-viewed", "info"),
        Status::Sent => Standing::new(say("status-sent"), "s-sent", "info"),
        Status::Other(name) => Standing::new(say!("status-other", name = name), "s-sent", "info"),
    }
}

/// The word alone, for announcements.
pub fn status_words(envelope: &Envelope) -> String {
    standing(envelope).words
}

/// Where a recipient stands; the words follow the name: “Ann Lee *signed*”.
pub fn recipient_standing(recipient: &Recipient) -> Standing {
    let signs = matches!(
        recipient.kind,
        RecipientKind::Signer | RecipientKind::InPersonSigner | RecipientKind::Witness
    );
    match &recipient.status {
        RecipientStatus::Created => Standing::new(say("recipient-waiting"), "s-waiting", ""),
        RecipientStatus::Sent => Standing::new(say("recipient-sent"), "s-sent", "info"),
        RecipientStatus::Delivered if signs => Standing::new(say("recipient-viewed"), "s-viewed", "info"),
        RecipientStatus::Delivered => Standing::new(say("recipient-opened"), "s-viewed", "info"),
        RecipientStatus::Signed | RecipientStatus::Completed if signs => {
            Standing::new(say("recipient-signed"), "s-done", "success")
        }
        RecipientStatus::Signed | RecipientStatus::Completed => {
            Standing::new(say("recipient-done"), "s-done", "success")
        }
        RecipientStatus::Declined => Standing::new(say("recipient-declined"), "s-declined", "danger"),
        RecipientStatus::AutoResponded => Standing::new(say("recipient-bounced"), "s-bounced", "danger"),
        RecipientStatus::Other(name) => Standing::new(say!("recipient-other", name = name), "s-waiting", ""),
    }
}
