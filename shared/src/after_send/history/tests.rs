use super::*;
use crate::{
    envelope::{Heard, Recipient, RecipientStatus, Status},
    record::{ObjectType, RecordRef},
    template::RecipientKind,
};

fn envelope() -> Envelope {
    let person = |id: &str, name: &str| Recipient {
        id: id.into(),
        name: name.into(),
        email: format!("{id}@firm.example"),
        role_name: "Client".into(),
        kind: RecipientKind::Signer,
        routing_order: 1,
        status: RecipientStatus::Sent,
        status_at: Timestamp(0),
        reason: None,
    };
    Envelope {
        id: "e".into(),
        record: RecordRef::new(ObjectType::Deal, "1").expect("digits"),
        subject: "NDA".into(),
        template_name: String::new(),
        status: Status::Sent,
        status_at: Timestamp(0),
        sent_at: Timestamp(1_000),
        sender: "Sam".into(),
        recipients: vec![person("1", "Ann"), person("2", "")],
        voided_reason: None,
        synced_at: Timestamp(0),
        heard: Heard::default(),
    }
}

fn deed(at: i64, what: &str, recipients: &[&str]) -> Deed {
    let recipients = recipients.iter().map(|one| (*one).to_owned()).collect();
    Deed {
        at: Timestamp(at),
        what: what.into(),
        by: "rep@firm.example".into(),
        recipients,
        about: String::new(),
    }
}

fn told(at: i64, name: &str, recipient: &str) -> Told {
    Told { at: Timestamp(at), name: name.into(), recipient: recipient.into() }
}

fn lines(deeds: &[Deed], told: &[Told]) -> Vec<String> {
    let of =
        |entry: Entry| format!("{} {} [{}] {}", entry.at.0, entry.what, entry.recipients.join("+"), entry.by);
    history(&envelope(), deeds, told).into_iter().map(of).collect()
}

#[test]
fn deeds_and_what_docusign_told_are_one_list_newest_first() {
    let deeds = [deed(1_000, "sent", &[]), deed(900_000, "reminded", &["1", "2"])];
    let heard = [
        told(1_500, "envelope-sent", ""),
        told(1_600, "recipient-sent", "1"),
        told(901_000, "envelope-resent", ""),
        told(901_000, "recipient-resent", "1"),
        told(950_000, "recipient-completed", "1"),
        told(960_000, "something-new", ""),
    ];
    // Somebody whose name is blanked is named by the role.
    assert_eq!(
        lines(&deeds, &heard),
        [
            "960000 something-new [] ",
            "950000 recipient-completed [Ann] ",
            "900000 reminded [Ann+Client] rep@firm.example",
            "1600 recipient-sent [Ann] ",
            "1000 sent [] rep@firm.example",
        ]
    );
}

#[test]
fn a_reminder_that_somebody_sent_in_docusign_is_told() {
    let heard = [told(5_000_000, "recipient-resent", "1"), told(1_000, "envelope-sent", "")];
    assert_eq!(
        lines(&[deed(1_000_000, "reminded", &["1"])], &heard),
        [
            "5000000 recipient-resent [Ann] ",
            "1000000 reminded [Ann] rep@firm.example",
            "1000 envelope-sent [] ",
        ]
    );
}

#[test]
fn of_an_envelope_without_a_log_the_sending_is_known_all_the_same() {
    assert_eq!(lines(&[], &[]), ["1000 sent [] Sam"]);
}
