use super::*;
use crate::{
    envelope::{Heard, Status},
    record::{ObjectType, RecordRef},
    time::Timestamp,
};

/// Signed, to sign now, later, later still, and a kind that we do not know.
fn envelope() -> Envelope {
    let person = |(id, order, status): (&str, u32, RecipientStatus)| Recipient {
        id: id.into(),
        name: format!("N{id}"),
        email: format!("n{id}@firm.example"),
        role_name: String::new(),
        kind: if id == "5" { RecipientKind::Other("seals".into()) } else { RecipientKind::Signer },
        routing_order: order,
        status,
        status_at: Timestamp(0),
        reason: None,
    };
    let people = [
        ("1", 1, RecipientStatus::Completed),
        ("2", 2, RecipientStatus::Sent),
        ("3", 3, RecipientStatus::Created),
        ("4", 4, RecipientStatus::Created),
        ("5", 5, RecipientStatus::Created),
    ];
    Envelope {
        id: "e".into(),
        record: RecordRef::new(ObjectType::Deal, "1").expect("digits"),
        subject: "NDA".into(),
        template_name: String::new(),
        status: Status::Sent,
        status_at: Timestamp(0),
        sent_at: Timestamp(0),
        sender: String::new(),
        recipients: people.map(person).into(),
        voided_reason: None,
        synced_at: Timestamp(0),
        heard: Heard::default(),
    }
}

fn one(recipient: &str, name: &str, email: &str, routing_order: u32) -> Correction {
    let (recipient, name, email) = (recipient.into(), name.into(), email.into());
    Correction {
        recipients: vec![Corrected { recipient, name, email, routing_order }],
        ..Correction::default()
    }
}

#[test]
fn a_correction_is_checked_before_docusign_sees_it() {
    let check = |correction: Correction, expected: &[Wrong]| {
        assert_eq!(check(&envelope(), &correction), expected, "{correction:?}");
    };
    check(one("2", "N2", "new@firm.example", 2), &[]);
    check(one("2", "Other", "n2@firm.example", 2), &[]);
    check(one("3", "N3", "n3@firm.example", 2), &[]);
    check(one("4", "N4", "n4@firm.example", 999), &[]);
    // Nothing changed, also when somebody who is done is repeated as they are.
    check(one("2", " N2 ", "n2@firm.example", 2), &[Wrong::NothingChanged]);
    check(one("1", "N1", "n1@firm.example", 1), &[Wrong::NothingChanged]);
    check(Correction::default(), &[Wrong::NothingChanged]);
    check(one("1", "Other", "n1@firm.example", 1), &[Wrong::NotCorrectable(0)]);
    check(one("5", "Other", "n5@firm.example", 5), &[Wrong::NotCorrectable(0)]);
    check(one("9", "N9", "n9@firm.example", 9), &[Wrong::NotCorrectable(0)]);
    check(one("2", " ", "n2@firm", 2), &[Wrong::NameMissing(0), Wrong::EmailInvalid(0)]);
    check(one("2", &"å".repeat(101), "n2@firm.example", 2), &[Wrong::NameTooLong(0)]);
    check(one("2", "N2", "n2@firm.example", 4), &[Wrong::OrderFixed(0)]);
    // Not before those who have it now.
    check(one("3", "N3", "n3@firm.example", 1), &[Wrong::OrderOutOfRange(0)]);
    check(one("3", "N3", "n3@firm.example", 1000), &[Wrong::OrderOutOfRange(0)]);
    let words = |subject: Option<&str>, message: Option<String>| Correction {
        subject: subject.map(Into::into),
        message,
        ..Correction::default()
    };
    check(words(Some("Another"), None), &[]);
    check(words(None, Some("Words".into())), &[]);
    check(words(Some("NDA"), None), &[Wrong::NothingChanged]);
    check(words(Some(" "), None), &[Wrong::SubjectMissing]);
    check(words(Some(&"x".repeat(101)), None), &[Wrong::SubjectTooLong]);
    check(words(None, Some("x".repeat(10_001))), &[Wrong::MessageTooLong]);
}

#[test]
fn only_what_differs_is_a_change() {
    let envelope = envelope();
    let mut correction = one("2", "N2", "new@firm.example", 2);
    correction.recipients.extend(one("3", "N3", "n3@firm.example", 3).recipients);
    let found = changes(&envelope, &correction);
    let [change] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(
        (change.recipient.id.as_str(), change.name, change.email),
        ("2", None, Some("new@firm.example"))
    );
    assert_eq!(change.routing_order, None);
}

#[test]
fn what_was_taken_is_shown_at_once_and_in_its_new_order() {
    let mut envelope = envelope();
    let mut correction = one("4", "New", "new@firm.example", 2);
    correction.subject = Some(" Other ".into());
    lay(&mut envelope, &correction);
    let ids: Vec<&str> = envelope.recipients.iter().map(|one| one.id.as_str()).collect();
    assert_eq!((ids, envelope.subject.as_str()), (vec!["1", "2", "4", "3", "5"], "Other"));
    assert_eq!(envelope.recipients[2].email, "new@firm.example");
    assert_eq!(check(&envelope, &correction), [Wrong::NothingChanged]);
}
