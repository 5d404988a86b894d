//! What somebody may do with an envelope now, and if not, why and who can change that.
//!
//! Who acts is the session's own user, through the own DocuSign connection, in the account that the envelope is in:
//! whether that DocuSign user may is DocuSign's to decide, and nobody's connection is used by somebody else. The app
//! shows what this says, and the edge asks it again before it calls DocuSign.

use super::Reminded;
use crate::{
    api::Connection,
    envelope::{Envelope, Recipient, RecipientStatus, Status, next_up},
    error::Fixer,
    template::RecipientKind,
    time::Timestamp,
};

/// A recipient is reminded from here at most this often, whoever asks.
pub const REMIND_SECONDS: i64 = 3600;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    Remind,
    Correct,
    Void,
    /// Documents, one or all, as they are now.
    Download,
    /// DocuSign's certificate of completion.
    Certificate,
    /// DocuSign's own page of it, or a link to that.
    Open,
    /// A new one from the same templates.
    SendAgain,
}

impl Action {
    pub const ALL: [Self; 7] = [
        Self::Remind,
        Self::Correct,
        Self::Void,
        Self::Download,
        Self::Certificate,
        Self::Open,
        Self::SendAgain,
    ];
}

/// Why something is not possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// DocuSign has not confirmed the send yet.
    Unsettled,
    /// It was not sent.
    Draft,
    /// Somebody opened it for correction in DocuSign: that ends there.
    BeingCorrected,
    Completed,
    Declined,
    Voided,
    /// Deleted at DocuSign, or in a state that we do not know.
    OutOfReach,
    /// The certificate comes with the last signature.
    NotCompleted,
    /// It is nobody's turn.
    NobodyWaits,
    /// The address takes no mail: correct it.
    Bounced,
    /// Somebody who is done cannot be changed or reminded.
    HasActed,
    /// Not this recipient's turn yet.
    NotTheirTurn,
    /// Somebody was reminded within the hour.
    TooSoon {
        until: Timestamp,
    },
    /// Nobody who could be corrected is known of.
    NobodyToCorrect,
    NotInstalled,
    NotConnected,
    MustReconnect,
    /// It is in another DocuSign account than the one the user works in.
    OtherAccount,
    /// We do not know which template it was sent from.
    TemplateUnknown,
    /// It has changed at DocuSign meanwhile; only the edge finds out.
    Stale,
}

impl Why {
    /// The word that stands for it on the wire and in the catalogues, as `why-<name>`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unsettled => "unsettled",
            Self::Draft => "draft",
            Self::BeingCorrected => "being-corrected",
            Self::Completed => "completed",
            Self::Declined => "declined",
            Self::Voided => "voided",
            Self::OutOfReach => "out-of-reach",
            Self::NotCompleted => "not-completed",
            Self::NobodyWaits => "nobody-waits",
            Self::Bounced => "bounced",
            Self::HasActed => "has-acted",
            Self::NotTheirTurn => "not-their-turn",
            Self::TooSoon { .. } => "too-soon",
            Self::NobodyToCorrect => "nobody-to-correct",
            Self::NotInstalled => "not-installed",
            Self::NotConnected => "not-connected",
            Self::MustReconnect => "must-reconnect",
            Self::OtherAccount => "other-account",
            Self::TemplateUnknown => "template-unknown",
            Self::Stale => "stale",
        }
    }

    /// One of each, so that the catalogues can be checked for completeness.
    pub const ALL: [Self; 20] = [
        Self::Unsettled,
        Self::Draft,
        Self::BeingCorrected,
        Self::Completed,
        Self::Declined,
        Self::Voided,
        Self::OutOfReach,
        Self::NotCompleted,
        Self::NobodyWaits,
        Self::Bounced,
        Self::HasActed,
        Self::NotTheirTurn,
        Self::TooSoon { until: Timestamp(0) },
        Self::NobodyToCorrect,
        Self::NotInstalled,
        Self::NotConnected,
        Self::MustReconnect,
        Self::OtherAccount,
        Self::TemplateUnknown,
        Self::Stale,
    ];

    /// Who can change it; `None` where it is over and nothing is to be changed.
    pub fn fixer(self) -> Option<Fixer> {
        match self {
            Self::Completed | Self::Declined | Self::Voided | Self::OutOfReach | Self::HasActed => None,
            Self::Unsettled | Self::NotCompleted | Self::NotTheirTurn | Self::TooSoon { .. } => {
                Some(Fixer::Time)
            }
            Self::NobodyWaits => Some(Fixer::Time),
            Self::NotInstalled => Some(Fixer::HubspotAdmin),
            Self::Draft
            | Self::BeingCorrected
            | Self::Bounced
            | Self::NobodyToCorrect
            | Self::NotConnected
            | Self::MustReconnect
            | Self::OtherAccount
            | Self::TemplateUnknown
            | Self::Stale => Some(Fixer::You),
        }
    }
}

/// All that an answer depends on.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    pub envelope: &'a Envelope,
    /// The DocuSign account it is in.
    pub account: &'a str,
    /// How the session's user stands with DocuSign.
    pub connection: &'a Connection,
    pub reminded: &'a [Reminded],
    /// Whether its templates are known.
    pub has_template: bool,
    pub now: Timestamp,
}

impl Case<'_> {
    /// `Err` says why not.
    pub fn may(&self, action: Action) -> Result<(), Why> {
        match action {
            Action::Open => match &self.envelope.status {
                Status::Sending => Err(Why::Unsettled),
                Status::Other(name) if name == "deleted" => Err(Why::OutOfReach),
                _ => Ok(()),
            },
            Action::SendAgain => {
                // The wizard says itself what a connection lacks.
                if self.has_template { Ok(()) } else { Err(Why::TemplateUnknown) }
            }
            Action::Download => {
                self.at_docusign()?;
                self.connected()
            }
            Action::Certificate => {
                self.at_docusign()?;
                match &self.envelope.status {
                    Status::Completed => self.connected(),
                    Status::Declined => Err(Why::Declined),
                    Status::Voided => Err(Why::Voided),
                    _ => Err(Why::NotCompleted),
                }
            }
            Action::Void => {
                self.under_way()?;
                self.connected()
            }
            Action::Correct => {
                self.under_way()?;
                if !self.envelope.recipients.iter().any(|one| is_correctable(one).is_ok()) {
                    return Err(Why::NobodyToCorrect);
                }
                self.connected()
            }
            Action::Remind => {
                self.under_way()?;
                self.somebody_to_remind()?;
                self.connected()
            }
        }
    }

    /// Whether this recipient can be mailed again now.
    pub fn may_remind(&self, recipient: &Recipient) -> Result<(), Why> {
        self.under_way()?;
        self.is_due(recipient)?;
        self.connected()
    }

    /// Whether this recipient's name or address can be changed.
    pub fn may_correct(&self, recipient: &Recipient) -> Result<(), Why> {
        self.under_way()?;
        is_correctable(recipient)?;
        self.connected()
    }

    /// Those who can be reminded now.
    pub fn to_remind(&self) -> Vec<&Recipient> {
        self.envelope.recipients.iter().filter(|one| self.may_remind(one).is_ok()).collect()
    }

    /// When a recipient was last reminded from here.
    pub fn last_reminded(&self, recipient: &Recipient) -> Option<Timestamp> {
        let key = recipient.key();
        self.reminded.iter().filter(|one| one.recipient == key).map(|one| one.at).max()
    }

    /// DocuSign has it, and people can sign.
    fn under_way(&self) -> Result<(), Why> {
        match &self.envelope.status {
            Status::Sent | Status::Delivered | Status::Signed => Ok(()),
            Status::Sending => Err(Why::Unsettled),
            Status::Created => Err(Why::Draft),
            Status::Correct => Err(Why::BeingCorrected),
            Status::Completed => Err(Why::Completed),
            Status::Declined => Err(Why::Declined),
            Status::Voided => Err(Why::Voided),
            Status::Other(_) => Err(Why::OutOfReach),
        }
    }

    fn at_docusign(&self) -> Result<(), Why> {
        match &self.envelope.status {
            Status::Sending => Err(Why::Unsettled),
            Status::Other(_) => Err(Why::OutOfReach),
            _ => Ok(()),
        }
    }

    fn connected(&self) -> Result<(), Why> {
        match self.connection {
            Connection::Connected(who) if who.account_id == self.account => Ok(()),
            Connection::Connected(_) => Err(Why::OtherAccount),
            Connection::NotInstalled => Err(Why::NotInstalled),
            Connection::NotConnected => Err(Why::NotConnected),
            Connection::MustReconnect(_) => Err(Why::MustReconnect),
        }
    }

    /// Of several reasons the one that ends first, or that the rep can do something about.
    fn somebody_to_remind(&self) -> Result<(), Why> {
        let mut reasons = Vec::new();
        for one in &self.envelope.recipients {
            match self.is_due(one) {
                Ok(()) => return Ok(()),
                Err(why) => reasons.push(why),
            }
        }
        let soonest = reasons.iter().filter_map(|why| match why {
            Why::TooSoon { until } => Some(*until),
            _ => None,
        });
        if let Some(until) = soonest.min() {
            return Err(Why::TooSoon { until });
        }
        Err(if reasons.contains(&Why::Bounced) { Why::Bounced } else { Why::NobodyWaits })
    }

    fn is_due(&self, recipient: &Recipient) -> Result<(), Why> {
        match &recipient.status {
            RecipientStatus::Signed | RecipientStatus::Completed | RecipientStatus::Declined => {
                return Err(Why::HasActed);
            }
            RecipientStatus::AutoResponded => return Err(Why::Bounced),
            RecipientStatus::Created => return Err(Why::NotTheirTurn),
            RecipientStatus::Sent | RecipientStatus::Delivered | RecipientStatus::Other(_) => {}
        }
        if !next_up(self.envelope).contains(&recipient) {
            return Err(Why::NotTheirTurn);
        }
        match self.last_reminded(recipient).map(|at| at.plus_seconds(REMIND_SECONDS)) {
            Some(until) if until > self.now => Err(Why::TooSoon { until }),
            _ => Ok(()),
        }
    }
}

/// DocuSign changes nobody who is done (docusign facts §3.3), and we change nobody of a kind that we do not know.
fn is_correctable(recipient: &Recipient) -> Result<(), Why> {
    match (&recipient.status, &recipient.kind) {
        (RecipientStatus::Signed | RecipientStatus::Completed | RecipientStatus::Declined, _) => {
            Err(Why::HasActed)
        }
        (_, RecipientKind::Other(_)) => Err(Why::OutOfReach),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests;
