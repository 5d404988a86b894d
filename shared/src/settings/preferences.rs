//! What an admin decides for everybody in the portal.

use serde::{Deserialize, Serialize};

use crate::draft::{Expiration, Options, Reminders};

/// `PUT /api/settings/preferences`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavePreferences {
    pub preferences: Preferences,
    /// The version this was made from; another one is `settings-conflict`.
    pub version: u32,
}

/// What an admin decides for everybody in the portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// What the wizard starts with where the template has none of its own.
    pub reminders: Option<Reminders>,
    pub expiration: Option<Expiration>,
    /// What writes a note on the record.
    pub notes: Vec<NoteEvent>,
    /// Whether the signed PDF and the certificate are filed on the record.
    pub file_signed: bool,
    /// Days after which an envelope that is over leaves our index; it stays at DocuSign. `None`: never.
    pub retention_days: Option<u32>,
}

/// The least and the most that [`Preferences::retention_days`] may say.
pub const RETENTION_DAYS: core::ops::RangeInclusive<u32> = 30..=3650;
/// The most days anything of [`Reminders`] and [`Expiration`] may say (DocuSign's own limit).
pub const DAYS_MAX: u32 = 999;

impl Default for Preferences {
    fn default() -> Self {
        Self {
            reminders: None,
            expiration: None,
            notes: vec![NoteEvent::Sent, NoteEvent::Completed, NoteEvent::Declined, NoteEvent::Voided],
            file_signed: true,
            retention_days: None,
        }
    }
}

impl Preferences {
    /// What a draft of a template starts with: a template that says something itself is left as it is.
    pub fn options(&self, template: &Options) -> Options {
        let reminds = template.reminders.is_some_and(|reminders| reminders.first_after > 0);
        let expires = template.expiration.is_some_and(|expiration| expiration.after > 0);
        Options {
            reminders: self.reminders.filter(|_| !reminds),
            expiration: self.expiration.filter(|_| !expires),
            ..Options::default()
        }
    }

    /// The name of the first member that holds what it may not.
    pub fn problem(&self) -> Option<&'static str> {
        let reminders = self.reminders.is_none_or(|r| {
            r.first_after <= DAYS_MAX
                && r.then_every <= DAYS_MAX
                && r.at_most.is_none_or(|n| (1..=DAYS_MAX).contains(&n))
        });
        let expiration =
            self.expiration.is_none_or(|e| (1..=DAYS_MAX).contains(&e.after) && e.warn_before < e.after);
        let retention = self.retention_days.is_none_or(|days| RETENTION_DAYS.contains(&days));
        let notes = self
            .notes
            .iter()
            .enumerate()
            .all(|(at, event)| !self.notes.get(..at).is_some_and(|before| before.contains(event)));
        [
            ("reminders", reminders),
            ("expiration", expiration),
            ("retention_days", retention),
            ("notes", notes),
        ]
        .into_iter()
        .find_map(|(name, good)| (!good).then_some(name))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoteEvent {
    Sent,
    Viewed,
    Completed,
    Declined,
    Voided,
}

impl NoteEvent {
    pub const ALL: [Self; 5] = [Self::Sent, Self::Viewed, Self::Completed, Self::Declined, Self::Voided];

    pub fn name(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Viewed => "viewed",
            Self::Completed => "completed",
            Self::Declined => "declined",
            Self::Voided => "voided",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_on_the_wire_are_the_names() {
        for event in NoteEvent::ALL {
            assert_eq!(serde_json::to_value(event).expect("JSON"), event.name());
        }
    }

    #[test]
    fn preferences_hold_what_docusign_takes() {
        let check = |preferences: Preferences, expected: Option<&str>| {
            assert_eq!(preferences.problem(), expected, "{preferences:?}");
        };
        let with = |change: fn(&mut Preferences)| {
            let mut preferences = Preferences::default();
            change(&mut preferences);
            preferences
        };
        check(Preferences::default(), None);
        check(with(|p| p.reminders = Some(Reminders { first_after: 3, then_every: 2, at_most: None })), None);
        check(
            with(|p| p.reminders = Some(Reminders { first_after: 1000, then_every: 2, at_most: None })),
            Some("reminders"),
        );
        check(
            with(|p| p.reminders = Some(Reminders { first_after: 1, then_every: 2, at_most: Some(0) })),
            Some("reminders"),
        );
        check(with(|p| p.expiration = Some(Expiration { after: 30, warn_before: 3 })), None);
        check(with(|p| p.expiration = Some(Expiration { after: 0, warn_before: 0 })), Some("expiration"));
        check(with(|p| p.expiration = Some(Expiration { after: 3, warn_before: 3 })), Some("expiration"));
        check(with(|p| p.retention_days = Some(29)), Some("retention_days"));
        check(with(|p| p.retention_days = Some(30)), None);
        check(with(|p| p.notes = vec![NoteEvent::Sent, NoteEvent::Sent]), Some("notes"));
    }

    #[test]
    fn the_portals_reminders_are_for_templates_that_have_none() {
        let reminders = Some(Reminders { first_after: 3, then_every: 2, at_most: None });
        let expiration = Some(Expiration { after: 30, warn_before: 3 });
        let ours = Preferences { reminders, expiration, ..Preferences::default() };
        let check = |template: Options, expected: (bool, bool)| {
            let options = ours.options(&template);
            assert_eq!((options.reminders.is_some(), options.expiration.is_some()), expected);
        };
        check(Options::default(), (true, true));
        check(Options { reminders: Some(Reminders::default()), ..Options::default() }, (true, true));
        check(Options { reminders, ..Options::default() }, (false, true));
        check(Options { expiration, ..Options::default() }, (true, false));
        assert_eq!(Preferences::default().options(&Options::default()), Options::default());
    }
}
