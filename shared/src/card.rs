//! What the native card on a HubSpot record shows: a panel, boiled down to the few things that HubSpot's own
//! components have room for. The card itself decides nothing, so that it never disagrees with the app.

use serde::{Deserialize, Serialize};

use crate::{
    api::{Connection, Panel},
    envelope::{Envelope, Group, Status, group, next_up, progress},
    time::Timestamp,
};

/// `POST /hubspot/panel`, called by the card through `hubspot.fetch`. Portal and user are in the signed query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CardRequest {
    pub object_type_id: String,
    #[serde(deserialize_with = "crate::api::text_or_number")]
    pub object_id: String,
}

/// The answer: the newest envelopes of the record, those that need somebody before all others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardAnswer {
    pub connection: Standing,
    pub envelopes: Vec<CardEnvelope>,
    /// How many the record has in all.
    pub total: u32,
}

/// How the user stands with DocuSign. Who they are there is the app's to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum Standing {
    NotInstalled,
    NotConnected,
    Connected,
    MustReconnect,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardEnvelope {
    pub id: String,
    pub subject: String,
    pub face: Face,
    /// DocuSign's word, which [`Face::Other`] shows.
    pub status: String,
    pub signed: usize,
    pub of: usize,
    /// Names of those it waits for now.
    pub next: Vec<String>,
    pub status_at: Timestamp,
}

/// What an envelope's tag says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Face {
    Sending,
    Draft,
    Sent,
    Viewed,
    /// Somebody signed, somebody did not.
    Partial,
    Completed,
    Declined,
    Voided,
    Bounced,
    Correct,
    Other,
}

impl Face {
    pub const ALL: [Self; 11] = [
        Self::Sending,
        Self::Draft,
        Self::Sent,
        Self::Viewed,
        Self::Partial,
        Self::Completed,
        Self::Declined,
        Self::Voided,
        Self::Bounced,
        Self::Correct,
        Self::Other,
    ];

    /// The word that stands for it on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sending => "sending",
            Self::Draft => "draft",
            Self::Sent => "sent",
            Self::Viewed => "viewed",
            Self::Partial => "partial",
            Self::Completed => "completed",
            Self::Declined => "declined",
            Self::Voided => "voided",
            Self::Bounced => "bounced",
            Self::Correct => "correct",
            Self::Other => "other",
        }
    }
}

/// The card of a panel's first page.
pub fn card(panel: Panel) -> CardAnswer {
    let connection = match panel.connection {
        Connection::NotInstalled => Standing::NotInstalled,
        Connection::NotConnected => Standing::NotConnected,
        Connection::Connected(_) => Standing::Connected,
        Connection::MustReconnect(_) => Standing::MustReconnect,
    };
    let (urgent, others): (Vec<_>, Vec<_>) =
        panel.envelopes.iter().partition(|e| group(e) == Group::NeedsAttention);
    let envelopes = urgent.into_iter().chain(others).map(of_envelope).collect();
    CardAnswer { connection, envelopes, total: panel.total }
}

fn of_envelope(envelope: &Envelope) -> CardEnvelope {
    let signed = progress(envelope);
    CardEnvelope {
        id: envelope.id.clone(),
        subject: envelope.subject.clone(),
        face: face(envelope),
        status: envelope.status.name().to_owned(),
        signed: signed.signed,
        of: signed.of,
        next: next_up(envelope).into_iter().map(|recipient| recipient.name.clone()).collect(),
        status_at: envelope.status_at,
    }
}

/// The same order of precedence as the panel's own tag.
pub fn face(envelope: &Envelope) -> Face {
    match &envelope.status {
        Status::Sending => Face::Sending,
        Status::Created => Face::Draft,
        Status::Completed => Face::Completed,
        Status::Declined => Face::Declined,
        Status::Voided => Face::Voided,
        Status::Correct => Face::Correct,
        _ if group(envelope) == Group::NeedsAttention => Face::Bounced,
        _ if progress(envelope).signed > 0 => Face::Partial,
        Status::Delivered | Status::Signed => Face::Viewed,
        Status::Sent => Face::Sent,
        Status::Other(_) => Face::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        envelope::{Heard, Recipient, RecipientStatus},
        record::{ObjectType, RecordRef},
        template::RecipientKind,
    };

    fn envelope(subject: &str, status: Status, recipients: &[(&str, RecipientStatus)]) -> Envelope {
        let recipients = recipients.iter().zip(1..).map(|((name, status), order)| Recipient {
            id: order.to_string(),
            name: (*name).into(),
            email: format!("{}@firm.example", name.to_lowercase()),
            role_name: String::new(),
            kind: RecipientKind::Signer,
            routing_order: order,
            status: status.clone(),
            status_at: Timestamp(0),
            reason: None,
        });
        Envelope {
            id: format!("id-{subject}"),
            record: RecordRef::new(ObjectType::Deal, "1").expect("digits"),
            subject: subject.into(),
            template_name: String::new(),
            status,
            status_at: Timestamp(7),
            sent_at: Timestamp(0),
            sender: String::new(),
            recipients: recipients.collect(),
            voided_reason: None,
            synced_at: Timestamp(0),
            heard: Heard::default(),
        }
    }

    fn of(envelopes: Vec<Envelope>) -> CardAnswer {
        card(Panel {
            connection: Connection::NotConnected,
            envelopes,
            drafts: Vec::new(),
            total: 40,
            next: None,
            synced_at: None,
        })
    }

    #[test]
    fn every_envelope_has_the_tag_the_panel_gives_it() {
        use RecipientStatus as R;
        let check = |status, recipients: &[(&str, R)], expected| {
            assert_eq!(face(&envelope("x", status, recipients)), expected);
        };
        let fresh = [("Ann", R::Sent), ("Bo", R::Created)];
        check(Status::Sending, &fresh, Face::Sending);
        check(Status::Created, &fresh, Face::Draft);
        check(Status::Sent, &fresh, Face::Sent);
        check(Status::Delivered, &fresh, Face::Viewed);
        check(Status::Signed, &fresh, Face::Viewed);
        check(Status::Delivered, &[("Ann", R::Completed), ("Bo", R::Sent)], Face::Partial);
        check(Status::Sent, &[("Ann", R::Completed), ("Bo", R::AutoResponded)], Face::Bounced);
        check(Status::Correct, &fresh, Face::Correct);
        check(Status::Completed, &fresh, Face::Completed);
        check(Status::Declined, &fresh, Face::Declined);
        check(Status::Voided, &[("Ann", R::AutoResponded)], Face::Voided);
        check(Status::from_name("processing"), &fresh, Face::Other);
    }

    #[test]
    fn names_are_the_words_on_the_wire() {
        for face in Face::ALL {
            assert_eq!(serde_json::to_value(face).expect("JSON"), face.name());
        }
        for group in Group::ALL {
            assert_eq!(serde_json::to_value(group).expect("JSON"), group.name());
        }
    }

    #[test]
    fn what_needs_somebody_comes_first_and_the_rest_keeps_its_order() {
        let made = |name, status| envelope(name, status, &[]);
        let answer = of(vec![
            made("a", Status::Sent),
            made("b", Status::Declined),
            made("c", Status::Completed),
            made("d", Status::Correct),
        ]);
        let subjects: Vec<_> = answer.envelopes.iter().map(|e| e.subject.as_str()).collect();
        assert_eq!((subjects, answer.total), (vec!["b", "d", "a", "c"], 40));
    }

    #[test]
    fn the_card_gets_names_and_no_addresses() {
        let answer = of(vec![envelope(
            "NDA",
            Status::Sent,
            &[("Ann", RecipientStatus::Completed), ("Bo", RecipientStatus::Sent)],
        )]);
        let wire = serde_json::to_string(&answer).expect("JSON");
        insta::assert_snapshot!(wire, @r#"{"connection":{"state":"not-connected"},"envelopes":[{"id":"id-NDA","subject":"NDA","face":"partial","status":"sent","signed":1,"of":2,"next":["Bo"],"status_at":7}],"total":40}"#);
    }

    #[test]
    fn a_request_takes_the_object_id_as_text_or_number() {
        let read = |json: &str| serde_json::from_str::<CardRequest>(json);
        let number = read(r#"{"objectTypeId":"0-1","objectId":151}"#).expect("a number");
        assert_eq!(number, read(r#"{"objectTypeId":"0-1","objectId":"151"}"#).expect("a text"));
        assert!(read("{}").is_err());
    }
}
