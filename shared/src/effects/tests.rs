//! Histories of envelopes, shuffled and repeated: what they bring is the same.

use proptest::prelude::*;

use super::*;
use crate::{
    envelope::{Event, Heard, Recipient, RecipientStatus, apply},
    mapping::{Direction, FieldRef, OnConflict, PropertyRef, Via},
    record::{ObjectType, RecordRef},
    template::RecipientKind,
    time::Timestamp,
};

fn sent() -> Envelope {
    Envelope {
        id: "e-1".into(),
        record: RecordRef::new(ObjectType::Deal, "7").expect("digits"),
        subject: "NDA".into(),
        template_name: "Mutual NDA".into(),
        status: Status::Sent,
        status_at: Timestamp(10),
        sent_at: Timestamp(10),
        sender: "Sam".into(),
        recipients: Vec::new(),
        voided_reason: None,
        synced_at: Timestamp(10),
        heard: Heard::default(),
    }
}

fn mapping(when: WriteTime) -> Mapping {
    Mapping {
        id: format!("m-{when:?}"),
        object: ObjectType::Deal,
        field: FieldRef::Template { label: "City".into(), kind: None },
        property: PropertyRef { via: Via::Record, name: "city".into() },
        direction: Direction::ToHubspot,
        conflict: OnConflict::Overwrite,
        when,
        paused: false,
    }
}

/// `name@time envelope one two`: with the statuses of a snapshot, or without.
fn event(text: &str) -> Event {
    let mut words = text.split(' ');
    let (name, at) = words.next().and_then(|word| word.split_once('@')).expect("name@time");
    let status = words.next().map(Status::from_name);
    let person = |(id, status): (u32, &str)| Recipient {
        id: id.to_string(),
        name: format!("Person {id}"),
        email: format!("p{id}@firm.example"),
        role_name: String::new(),
        kind: RecipientKind::Signer,
        routing_order: id,
        status: RecipientStatus::from_name(status),
        status_at: Timestamp::default(),
        reason: None,
    };
    let recipients: Vec<Recipient> = (1..).zip(words).map(person).collect();
    let (name, recipient_id) = match name.split_once('#') {
        Some((name, id)) => (name, Some(id.to_owned())),
        None => (name, None),
    };
    Event {
        name: name.into(),
        at: Timestamp(at.parse().expect("a time")),
        recipient_id,
        status,
        voided_reason: None,
        recipients: (!recipients.is_empty()).then_some(recipients),
    }
}

/// What really happened to some envelopes, as DocuSign tells it.
const HISTORIES: [&[&str]; 6] = [
    &[
        "envelope-sent@11 sent sent created",
        "recipient-delivered#1@20 sent delivered created",
        "recipient-completed#1@30 sent completed sent",
        "recipient-sent#2@31 sent completed sent",
        "recipient-delivered#2@35 delivered completed delivered",
        "envelope-delivered@35 delivered completed delivered",
        "recipient-completed#2@40 completed completed completed",
        "envelope-completed@41 completed completed completed",
    ],
    // Corrected in the middle: recipients move back.
    &[
        "envelope-sent@11 sent sent created",
        "recipient-delivered#1@20 sent delivered created",
        "envelope-corrected@25 correct delivered created",
        "envelope-resent@26 sent sent created",
        "recipient-delivered#1@30 sent delivered created",
        "recipient-declined#1@40 declined declined created",
        "envelope-declined@40 declined declined created",
    ],
    // Without snapshots.
    &["envelope-sent@11", "recipient-delivered#1@20", "recipient-completed#1@30", "envelope-completed@41"],
    &["envelope-sent@11 sent sent created", "envelope-voided@50 voided sent created"],
    // A bounce, and an address that was put right.
    &[
        "envelope-sent@11 sent sent created",
        "recipient-autoresponded#1@13 sent autoresponded created",
        "envelope-corrected@15 sent sent created",
        "recipient-resent#1@15 sent sent created",
        "recipient-completed#1@30 sent completed sent",
    ],
    // Words that nobody knows yet.
    &["envelope-sent@11 sent sent created", "envelope-pondered@12 pondering sent created"],
];

/// All that is stored when the events come in this order, and where the envelope ends.
fn brought(
    events: &[Event],
    preferences: &Preferences,
    mappings: &[Mapping],
) -> (BTreeSet<String>, Envelope) {
    let mut envelope = sent();
    let mut stored: BTreeSet<String> =
        plan(None, &envelope, preferences, mappings).iter().map(Effect::name).collect();
    for event in events {
        let before = envelope.clone();
        apply(&mut envelope, event);
        stored.extend(plan(Some(&before), &envelope, preferences, mappings).iter().map(Effect::name));
    }
    (stored, envelope)
}

fn all(file_signed: bool) -> Preferences {
    Preferences { notes: NoteEvent::ALL.to_vec(), file_signed, ..Preferences::default() }
}

#[test]
fn an_envelope_brings_what_was_chosen() {
    let events: Vec<Event> = HISTORIES[0].iter().map(|text| event(text)).collect();
    let both = [mapping(WriteTime::Completed), mapping(WriteTime::Signed)];
    let check = |preferences: &Preferences, mappings: &[Mapping], expected: &str| {
        let (stored, _) = brought(&events, preferences, mappings);
        assert_eq!(stored.into_iter().collect::<Vec<_>>().join(" "), expected);
    };
    check(&all(true), &both, "filing note:sent note:viewed status values values:1 values:2");
    check(&all(false), &[], "note:completed note:sent note:viewed status");
    check(&Preferences { notes: vec![], file_signed: false, ..Preferences::default() }, &[], "status");
    check(
        &Preferences::default(),
        &[Mapping { paused: true, ..mapping(WriteTime::Completed) }],
        "filing note:sent status",
    );
    let of_contacts = Mapping { object: ObjectType::Contact, ..mapping(WriteTime::Completed) };
    check(&Preferences::default(), &[of_contacts], "filing note:sent status");
}

#[test]
fn what_is_not_sent_brings_nothing() {
    for status in [Status::Sending, Status::Created] {
        let envelope = Envelope { status, ..sent() };
        assert!(due(&envelope, &all(true), &[mapping(WriteTime::Completed)]).is_empty());
    }
}

#[test]
fn the_status_is_due_whenever_it_moved_and_only_then() {
    let before = sent();
    let mut after = before.clone();
    apply(&mut after, &event("recipient-delivered#1@20"));
    assert!(!plan(Some(&before), &after, &all(true), &[]).contains(&Effect::Status));
    apply(&mut after, &event("envelope-delivered@20"));
    assert!(plan(Some(&before), &after, &all(true), &[]).contains(&Effect::Status));
}

#[test]
fn an_effect_is_known_again_by_its_name() {
    let notes = NoteEvent::ALL.map(Effect::Note);
    let rest = [Effect::Status, Effect::Filing, Effect::Values, Effect::ValuesOf("a:b".into())];
    for effect in notes.into_iter().chain(rest) {
        assert_eq!(Effect::of_name(&effect.name()), Some(effect));
    }
    for unknown in ["", "note", "note:x", "callback:7"] {
        assert_eq!(Effect::of_name(unknown), None, "{unknown}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Any order, any number of copies: the same effects are stored, and they are those of the end.
    #[test]
    fn a_history_brings_the_same_in_any_order(
        which in 0..HISTORIES.len(),
        copies in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
        shuffle in any::<u64>(),
        file_signed in any::<bool>(),
    ) {
        let history: Vec<Event> = HISTORIES[which].iter().map(|text| event(text)).collect();
        let mappings = [mapping(WriteTime::Completed), mapping(WriteTime::Signed)];
        let (expected, end) = brought(&history, &all(file_signed), &mappings);
        let mut mixed = history.clone();
        mixed.extend(copies.iter().map(|index| index.get(&history).clone()));
        let mut state = shuffle | 1;
        for at in (1..mixed.len()).rev() {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            mixed.swap(at, (state >> 33) as usize % (at + 1));
        }
        let (stored, mixed_end) = brought(&mixed, &all(file_signed), &mappings);
        prop_assert_eq!(&stored, &expected);
        let at_the_end: BTreeSet<String> =
            due(&mixed_end, &all(file_signed), &mappings).iter().map(Effect::name).collect();
        prop_assert_eq!(&at_the_end, &expected, "effects only grow");
        prop_assert_eq!((&mixed_end.status, mixed_end.status_at), (&end.status, end.status_at));
    }
}
