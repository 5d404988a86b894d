//! An envelope's history: what was done from here, by whom, and what DocuSign told, as one list.

use serde::{Deserialize, Serialize};

use crate::{envelope::Envelope, sorted, time::Timestamp};

/// One line of the history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub at: Timestamp,
    /// A word of [`DONE`], or DocuSign's name of an event.
    pub what: String,
    /// The HubSpot user's e-mail; empty where DocuSign told it.
    pub by: String,
    /// Names of the recipients it is about.
    pub recipients: Vec<String>,
    /// What else there is to say: a document's name.
    pub about: String,
}

/// What is done from here, in words that the catalogues know as `did-<word>`.
pub const DONE: [&str; 6] = ["sent", "sent-elsewhere", "reminded", "corrected", "voided", "downloaded"];

/// What somebody did from here, as it was written down: recipients by their key, so that a person who must be
/// forgotten is in no line of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    pub at: Timestamp,
    pub what: String,
    pub by: String,
    pub recipients: Vec<String>,
    pub about: String,
}

/// An event of DocuSign's that was heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub at: Timestamp,
    pub name: String,
    /// DocuSign's recipient id; empty where it is about the whole.
    pub recipient: String,
}

/// DocuSign tells what was done from here within this time, give or take the difference of the clocks.
const ECHO_SECONDS: i64 = 180;

/// All of it, newest first. What DocuSign told of a deed of ours is told once.
pub fn history(envelope: &Envelope, deeds: &[Deed], told: &[Told]) -> Vec<Entry> {
    let name = |key: &String| {
        let one = envelope.recipients.iter().find(|one| one.id == *key || one.key() == *key)?;
        Some(if one.name.is_empty() { one.role_name.clone() } else { one.name.clone() })
    };
    let mut entries: Vec<Entry> = deeds
        .iter()
        .map(|deed| Entry {
            at: deed.at,
            what: deed.what.clone(),
            by: deed.by.clone(),
            recipients: deed.recipients.iter().filter_map(name).collect(),
            about: deed.about.clone(),
        })
        .collect();
    let heard = told.iter().filter(|one| !is_echo(one, deeds)).map(|one| Entry {
        at: one.at,
        what: one.name.clone(),
        by: String::new(),
        recipients: Some(&one.recipient).filter(|id| !id.is_empty()).and_then(name).into_iter().collect(),
        about: String::new(),
    });
    entries.extend(heard);
    let is_sent = |entry: &Entry| matches!(entry.what.as_str(), "sent" | "sent-elsewhere" | "envelope-sent");
    if !entries.iter().any(is_sent) && envelope.status != crate::envelope::Status::Sending {
        entries.push(Entry {
            at: envelope.sent_at,
            what: "sent".into(),
            by: envelope.sender.clone(),
            recipients: Vec::new(),
            about: String::new(),
        });
    }
    sorted::by_number(&mut entries, |entry| u64::MAX - u64::try_from(entry.at.0.max(0)).unwrap_or(0));
    entries
}

fn is_echo(told: &Told, deeds: &[Deed]) -> bool {
    let near = |what: &str| {
        deeds.iter().any(|deed| {
            deed.what == what && deed.at.0.abs_diff(told.at.0) <= ECHO_SECONDS.unsigned_abs() * 1000
        })
    };
    let ever = |what: &str| deeds.iter().any(|deed| deed.what == what);
    match told.name.to_ascii_lowercase().as_str() {
        "envelope-sent" => ever("sent") || ever("sent-elsewhere"),
        "envelope-voided" => ever("voided"),
        // Each of its recipients is told of, too.
        "envelope-resent" => true,
        "recipient-resent" => near("reminded") || near("corrected"),
        "envelope-corrected" => near("corrected"),
        // The end of the last recipient, said a second time by its own name.
        "envelope-delivered" => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
