//! How an event changes an envelope.
//!
//! Connect promises neither order nor single delivery, and a message may be hours late (docusign facts §6.5). So an
//! envelope remembers, for every status of its own and of each recipient, when it was first and last heard, and
//! works out from that where it stands. Remembering is a merge in which order and repetition do not matter;
//! therefore the outcome is the same for any order and any number of copies of the same events.
//!
//! The rules (docusign facts §8):
//! - A terminal status is final: completed, declined, voided. Of several the earliest counts.
//! - Else the status that DocuSign's clock puts last counts; at the same moment the higher rank. So a correction may
//!   take an envelope or a recipient back, and a late message may not.
//! - What we ourselves wrote before anything was heard gives way to whatever DocuSign says.
//! - The people are those of the latest snapshot.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Envelope, Event, Recipient, RecipientStatus, Status};
use crate::{email::same_email, sorted, time::Timestamp};

/// What an event did to an envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applied {
    /// Something a reader can see changed.
    Changed,
    /// Known already, overtaken by something later, or of no consequence. Store the envelope all the same:
    /// what was heard is remembered in it.
    Unchanged,
}

/// What was heard about an envelope so far: of use to [`apply`] only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    envelope: Track,
    /// By DocuSign's recipient id; also of recipients whose names we have not heard yet.
    recipients: BTreeMap<String, Track>,
    /// The time of the snapshot that the envelope's recipients are from.
    people_at: Option<Timestamp>,
}

/// Every status that was heard, by its name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
struct Track(BTreeMap<String, Mention>);

/// When one status was heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Mention {
    first: Timestamp,
    last: Timestamp,
    /// Since when, in DocuSign's own words, and the time of the message that said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    since: Option<(Timestamp, Timestamp)>,
    /// Why (declined, voided, bounced), and the time of the message that said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    reason: Option<(Timestamp, String)>,
}

/// The time of what we wrote ourselves: before anything DocuSign says.
const OURS: Timestamp = Timestamp(i64::MIN);

/// Takes `event` into account. Any order, any number of times: the envelope ends up the same.
///
/// Until the first event the caller may set status and recipients as it likes (from the answer to its own
/// send); after it, everything DocuSign says goes through here.
pub fn apply(envelope: &mut Envelope, event: &Event) -> Applied {
    let before = (
        envelope.status.clone(),
        envelope.status_at,
        envelope.voided_reason.clone(),
        envelope.recipients.clone(),
    );
    if envelope.heard.is_empty() {
        remember_ours(envelope);
    }
    remember(envelope, event);
    settle(envelope);
    envelope.synced_at = envelope.synced_at.max(event.at);
    let after = (&envelope.status, &envelope.status_at, &envelope.voided_reason, &envelope.recipients);
    if after == (&before.0, &before.1, &before.2, &before.3) { Applied::Unchanged } else { Applied::Changed }
}

/// Blanks name, e-mail and reasons of everybody with this e-mail, also in what is remembered. Who was to do what,
/// and when it was done, stays. A later snapshot names them again: forget again after applying it.
pub fn forget(envelope: &mut Envelope, email: &str) {
    let Envelope { recipients, heard, .. } = envelope;
    for recipient in recipients.iter_mut().filter(|recipient| same_email(&recipient.email, email)) {
        recipient.name.clear();
        recipient.email.clear();
        recipient.reason = None;
        for mention in heard.recipients.get_mut(&recipient.id).into_iter().flat_map(|t| t.0.values_mut()) {
            mention.reason = None;
        }
    }
}

impl Heard {
    /// Nothing was heard yet.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether anybody was heard to have opened it.
    pub fn was_viewed(&self) -> bool {
        let tracks = self.recipients.values().chain([&self.envelope]);
        tracks.into_iter().any(|track| track.0.contains_key("delivered"))
    }

    /// When somebody first opened it.
    pub fn viewed_at(&self) -> Option<Timestamp> {
        let tracks = self.recipients.values().chain([&self.envelope]);
        tracks.filter_map(|track| track.0.get("delivered")).map(Mention::since).min()
    }

    /// Ids of those who were heard to have done their part.
    pub fn signed(&self) -> impl Iterator<Item = &str> {
        let has = |track: &Track| track.0.contains_key("signed") || track.0.contains_key("completed");
        self.recipients.iter().filter(move |(_, track)| has(track)).map(|(id, _)| id.as_str())
    }
}

/// What the envelope says of itself before the first event.
fn remember_ours(envelope: &mut Envelope) {
    let Envelope { status, status_at, voided_reason, recipients, heard, .. } = envelope;
    heard.envelope.hear(status.name(), OURS, Some(*status_at), voided_reason.as_deref());
    for recipient in recipients.iter().filter(|recipient| !recipient.id.is_empty()) {
        heard.track(&recipient.id).hear(
            recipient.status.name(),
            OURS,
            Some(recipient.status_at),
            recipient.reason.as_deref(),
        );
    }
}

fn remember(envelope: &mut Envelope, event: &Event) {
    let heard = &mut envelope.heard;
    let (whole, one) = said_by_name(&event.name);

    if let Some(status) = &event.status {
        let reason = (*status == Status::Voided).then_some(event.voided_reason.as_deref()).flatten();
        heard.envelope.hear(status.name(), event.at, None, reason);
    }
    // The snapshot knows better than the name, but an end that the name tells is an end.
    if let Some(status) = whole.filter(|status| event.status.is_none() || is_terminal(status.name())) {
        let reason = (status == Status::Voided).then_some(event.voided_reason.as_deref()).flatten();
        heard.envelope.hear(status.name(), event.at, None, reason);
    }

    let snapshot = event.recipients.as_deref().unwrap_or_default();
    for recipient in snapshot.iter().filter(|recipient| !recipient.id.is_empty()) {
        let since = Some(recipient.status_at).filter(|at| *at != Timestamp::default());
        heard.track(&recipient.id).hear(
            recipient.status.name(),
            event.at,
            since,
            recipient.reason.as_deref(),
        );
    }
    if let (Some(id), Some(status)) = (&event.recipient_id, one) {
        let in_snapshot = snapshot.iter().any(|recipient| recipient.id == *id);
        if !in_snapshot || is_terminal(status.name()) || status == RecipientStatus::AutoResponded {
            heard.track(id).hear(status.name(), event.at, None, None);
        }
    }

    if !snapshot.is_empty() {
        let newer = match heard.people_at {
            None => true,
            Some(at) if at == event.at => identity(snapshot) > identity(&envelope.recipients),
            Some(at) => at < event.at,
        };
        if newer {
            heard.people_at = Some(event.at);
            envelope.recipients = snapshot.to_vec();
            sorted::by_text(&mut envelope.recipients, |one| one.id.clone());
            sorted::by_number(&mut envelope.recipients, |one| u64::from(one.routing_order));
        }
    }
}

/// Writes what follows from all that was heard into the envelope's visible part.
fn settle(envelope: &mut Envelope) {
    let Envelope { status, status_at, voided_reason, recipients, heard, .. } = envelope;
    if let Some((name, mention)) = heard.envelope.current() {
        *status = match name {
            // Ours alone: DocuSign has no such word.
            "sending" => Status::Sending,
            name => Status::from_name(name),
        };
        *status_at = mention.since();
        *voided_reason =
            (*status == Status::Voided).then(|| mention.reason.clone()).flatten().map(|(_, text)| text);
    }
    for recipient in recipients {
        if let Some((name, mention)) = heard.recipients.get(&recipient.id).and_then(Track::current) {
            recipient.status = RecipientStatus::from_name(name);
            recipient.status_at = mention.since();
            recipient.reason = mention.reason.as_ref().map(|(_, text)| text.clone());
        }
    }
}

impl Heard {
    fn track(&mut self, recipient_id: &str) -> &mut Track {
        self.recipients.entry(recipient_id.to_owned()).or_default()
    }
}

impl Track {
    /// Each part of the merge is a minimum or a maximum, hence neither order nor repetition matters.
    fn hear(&mut self, name: &str, at: Timestamp, since: Option<Timestamp>, reason: Option<&str>) {
        let first = if at == OURS { since.unwrap_or_default() } else { at };
        let mention = self.0.entry(name.to_owned()).or_insert_with(|| Mention {
            first,
            last: at,
            since: None,
            reason: None,
        });
        mention.first = mention.first.min(first);
        mention.last = mention.last.max(at);
        mention.since = mention.since.max(since.filter(|_| at != OURS).map(|since| (at, since)));
        let reason = reason.filter(|text| !text.is_empty()).map(|text| (at, text.to_owned()));
        mention.reason = mention.reason.take().max(reason);
    }

    fn current(&self) -> Option<(&str, &Mention)> {
        let all = || self.0.iter().map(|(name, mention)| (name.as_str(), mention));
        let over = all().filter(|(name, _)| is_terminal(name)).min_by_key(|(name, m)| (m.first, *name));
        over.or_else(|| all().max_by_key(|(name, m)| (rank(name) > 0, m.last, rank(name), *name)))
    }
}

impl Mention {
    fn since(&self) -> Timestamp {
        self.since.map_or(self.first, |(_, since)| since)
    }
}

/// How far a status is; decides between two heard at the same moment.
fn rank(name: &str) -> u8 {
    match name {
        "sending" => 0,
        "created" => 2,
        "sent" => 3,
        "autoresponded" => 4,
        "delivered" => 5,
        "signed" => 6,
        "correct" => 7,
        "completed" | "declined" | "voided" => 8,
        _ => 1,
    }
}

fn is_terminal(name: &str) -> bool {
    rank(name) == 8
}

/// What a message says by its name alone: of the envelope, and of the recipient it is about. Names that only
/// report something in passing (resent, corrected, reassigned, …) say nothing of where things stand.
fn said_by_name(event: &str) -> (Option<Status>, Option<RecipientStatus>) {
    match event.to_ascii_lowercase().as_str() {
        "envelope-created" => (Some(Status::Created), None),
        "envelope-sent" => (Some(Status::Sent), None),
        "envelope-delivered" => (Some(Status::Delivered), None),
        "envelope-completed" => (Some(Status::Completed), None),
        "envelope-declined" => (Some(Status::Declined), None),
        "envelope-voided" => (Some(Status::Voided), None),
        "recipient-sent" => (None, Some(RecipientStatus::Sent)),
        "recipient-delivered" => (None, Some(RecipientStatus::Delivered)),
        "recipient-completed" => (None, Some(RecipientStatus::Completed)),
        "recipient-declined" => (None, Some(RecipientStatus::Declined)),
        "recipient-autoresponded" => (None, Some(RecipientStatus::AutoResponded)),
        _ => (None, None),
    }
}

/// Who the people of a snapshot are: decides between two snapshots of the same moment, so that their order of
/// arrival does not. Statuses are left out, since they are settled one by one, except where no id names them.
fn identity(recipients: &[Recipient]) -> Vec<impl Ord> {
    let mut people: Vec<_> = recipients
        .iter()
        .map(|r| {
            let anonymous =
                r.id.is_empty().then(|| (r.status.name().to_owned(), r.status_at, r.reason.clone()));
            let role = (r.role_name.clone(), r.kind.array_name().to_owned());
            (r.routing_order, r.id.clone(), r.email.clone(), r.name.clone(), role, anonymous)
        })
        .collect();
    people.sort();
    people
}

#[cfg(test)]
mod tests;
