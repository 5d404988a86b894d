//! Stories of envelopes, and the promise that order and repetition of events do not matter.

use proptest::prelude::*;

use super::*;
use crate::{
    record::{ObjectType, RecordRef},
    template::RecipientKind,
};

fn recipient(id: &str, order: u32, status: &str) -> Recipient {
    Recipient {
        id: id.into(),
        name: format!("Person {id}"),
        email: format!("p{id}@firm.example"),
        role_name: format!("Role {id}"),
        kind: RecipientKind::Signer,
        routing_order: order,
        status: RecipientStatus::from_name(status),
        status_at: Timestamp::default(),
        reason: None,
    }
}

/// As the edge stores it when DocuSign has taken a send: two signers, ids not heard yet.
fn envelope() -> Envelope {
    Envelope {
        id: "e-1".into(),
        record: RecordRef::new(ObjectType::Deal, "7").expect("digits"),
        subject: "NDA".into(),
        template_name: "Mutual NDA".into(),
        status: Status::Sent,
        status_at: Timestamp(10),
        sent_at: Timestamp(10),
        sender: "Sam".into(),
        recipients: vec![
            Recipient { id: String::new(), ..recipient("1", 1, "sent") },
            Recipient { id: String::new(), ..recipient("2", 2, "created") },
        ],
        voided_reason: None,
        synced_at: Timestamp(10),
        heard: Heard::default(),
    }
}

fn bare(name: &str, at: i64) -> Event {
    Event {
        name: name.into(),
        at: Timestamp(at),
        recipient_id: None,
        status: None,
        voided_reason: None,
        recipients: None,
    }
}

fn about(name: &str, at: i64, id: &str) -> Event {
    Event { recipient_id: Some(id.into()), ..bare(name, at) }
}

/// With a snapshot: the envelope's status, and the statuses of recipients 1, 2, …
fn full(name: &str, at: i64, status: &str, recipients: &[&str]) -> Event {
    let recipients = (1u32..).zip(recipients).map(|(i, status)| recipient(&i.to_string(), i, status));
    Event {
        status: Some(Status::from_name(status)),
        recipients: Some(recipients.collect()),
        ..bare(name, at)
    }
}

fn after(events: &[Event]) -> Envelope {
    let mut envelope = envelope();
    for event in events {
        apply(&mut envelope, event);
    }
    envelope
}

/// Status and time of the envelope, then of each recipient: `completed@30 | 1 completed@20 | 2 completed@30`.
fn shown(envelope: &Envelope) -> String {
    let mut parts = vec![format!("{}@{}", envelope.status.name(), envelope.status_at.0)];
    parts.extend(envelope.voided_reason.iter().map(|reason| format!("({reason})")));
    parts.extend(envelope.recipients.iter().map(|r| {
        let reason = r.reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
        format!("| {} {}@{}{reason}", r.id, r.status.name(), r.status_at.0)
    }));
    parts.join(" ")
}

fn check(events: &[Event], expected: &str) {
    assert_eq!(shown(&after(events)), expected);
}

#[test]
fn an_envelope_goes_its_usual_way() {
    check(
        &[
            full("envelope-sent", 11, "sent", &["sent", "created"]),
            full("recipient-delivered", 20, "sent", &["delivered", "created"]),
            full("recipient-completed", 30, "sent", &["completed", "sent"]),
            full("recipient-completed", 40, "completed", &["completed", "completed"]),
            full("envelope-completed", 41, "completed", &["completed", "completed"]),
        ],
        "completed@40 | 1 completed@30 | 2 completed@40",
    );
}

#[test]
fn an_event_hours_late_changes_nothing() {
    let done = full("envelope-completed", 40, "completed", &["completed", "completed"]);
    let late = full("recipient-delivered", 20, "delivered", &["delivered", "created"]);
    let mut envelope = after(&[done]);
    assert_eq!(apply(&mut envelope, &late), Applied::Unchanged);
    assert_eq!(shown(&envelope), "completed@40 | 1 completed@40 | 2 completed@40");
}

#[test]
fn what_is_over_stays_over_even_when_something_later_says_otherwise() {
    for end in ["completed", "declined", "voided"] {
        let name = format!("envelope-{end}");
        let after = full("envelope-sent", 90, "sent", &["sent"]);
        let envelope = self::after(&[bare(&name, 40), after]);
        assert_eq!(envelope.status.name(), end);
        assert_eq!(envelope.status_at, Timestamp(40));
    }
}

#[test]
fn the_same_message_again_changes_nothing() {
    let event = full("recipient-delivered", 20, "delivered", &["delivered", "created"]);
    let mut envelope = envelope();
    assert_eq!(apply(&mut envelope, &event), Applied::Changed);
    let once = envelope.clone();
    assert_eq!(apply(&mut envelope, &event), Applied::Unchanged);
    assert_eq!(envelope, once);
}

#[test]
fn a_message_without_a_snapshot_changes_what_its_name_says() {
    check(&[bare("envelope-delivered", 20)], "delivered@20 |  sent@0 |  created@0");
    check(&[bare("envelope-completed", 20)], "completed@20 |  sent@0 |  created@0");
    check(&[bare("envelope-resent", 20), bare("envelope-corrected", 21)], "sent@10 |  sent@0 |  created@0");
    check(&[bare("envelope-invented-next-year", 20)], "sent@10 |  sent@0 |  created@0");
    check(
        &[
            full("envelope-sent", 11, "sent", &["sent", "created"]),
            about("recipient-delivered", 20, "1"),
            about("recipient-sent", 21, "2"),
        ],
        "sent@10 | 1 delivered@20 | 2 sent@21",
    );
}

#[test]
fn a_recipient_may_be_heard_of_before_it_is_known() {
    check(
        &[about("recipient-completed", 20, "1"), full("envelope-sent", 11, "sent", &["sent", "created"])],
        "sent@10 | 1 completed@20 | 2 created@11",
    );
}

#[test]
fn a_correction_may_take_people_back() {
    check(
        &[
            full("recipient-delivered", 20, "delivered", &["delivered", "created"]),
            full("envelope-corrected", 30, "correct", &["delivered", "created"]),
            full("envelope-corrected", 40, "sent", &["sent"]),
            // Late, from before the correction.
            full("recipient-delivered", 21, "delivered", &["delivered", "created"]),
        ],
        "sent@10 | 1 sent@40",
    );
}

#[test]
fn a_reason_is_kept_with_the_status_it_explains() {
    let mut declined = full("recipient-declined", 30, "declined", &["declined", "created"]);
    if let Some(person) = declined.recipients.as_mut().and_then(|people| people.first_mut()) {
        person.reason = Some("price is wrong".into());
        person.status_at = Timestamp(29);
    }
    check(&[declined], "declined@30 | 1 declined@29 (price is wrong) | 2 created@30");

    let voided = Event { voided_reason: Some("expired".into()), ..bare("envelope-voided", 30) };
    check(&[voided.clone(), bare("envelope-voided", 31)], "voided@30 (expired) |  sent@0 |  created@0");
    check(&[voided, bare("envelope-completed", 20)], "completed@20 |  sent@0 |  created@0");
}

#[test]
fn a_bounce_is_over_when_the_address_was_mended() {
    let mut bounced = full("recipient-autoresponded", 20, "sent", &["autoresponded", "created"]);
    if let Some(person) = bounced.recipients.as_mut().and_then(|people| people.first_mut()) {
        person.reason = Some("no such mailbox".into());
    }
    let resent = full("recipient-resent", 30, "sent", &["sent", "created"]);
    check(&[bounced.clone()], "sent@10 | 1 autoresponded@20 (no such mailbox) | 2 created@20");
    check(&[bounced, resent], "sent@10 | 1 sent@30 | 2 created@20");
}

#[test]
fn the_end_that_the_name_tells_counts_although_the_snapshot_lags() {
    check(
        &[full("envelope-completed", 40, "sent", &["sent", "sent"])],
        "completed@40 | 1 sent@40 | 2 sent@40",
    );
}

#[test]
fn values_we_do_not_know_are_kept() {
    check(&[full("envelope-sent", 20, "processing", &["faxpending"])], "processing@20 | 1 faxpending@20");
}

#[test]
fn what_docusign_says_overrules_what_we_wrote_whatever_our_clock_says() {
    let mut envelope = Envelope { status_at: Timestamp(1_000_000), status: Status::Sending, ..envelope() };
    assert_eq!(apply(&mut envelope, &bare("envelope-sent", 11)), Applied::Changed);
    assert_eq!(shown(&envelope), "sent@11 |  sent@0 |  created@0");

    let mut unsettled = Envelope { status: Status::Sending, ..self::envelope() };
    assert_eq!(apply(&mut unsettled, &bare("envelope-resent", 11)), Applied::Unchanged);
    assert_eq!(unsettled.status, Status::Sending);
}

#[test]
fn a_forgotten_person_leaves_the_dates_and_nothing_else() {
    let mut declined = full("recipient-declined", 30, "declined", &["declined", "created"]);
    if let Some(person) = declined.recipients.as_mut().and_then(|people| people.first_mut()) {
        person.reason = Some("I moved to Elm Street 5".into());
    }
    let mut envelope = after(&[declined]);
    forget(&mut envelope, "P1@firm.example");
    apply(&mut envelope, &bare("envelope-declined", 31));
    assert_eq!(shown(&envelope), "declined@30 | 1 declined@30 | 2 created@30");
    let stored = serde_json::to_string(&envelope).expect("JSON");
    for gone in ["Elm Street", "p1@firm.example", "Person 1"] {
        assert!(!stored.contains(gone), "{gone} is still in {stored}");
    }
    assert!(stored.contains("p2@firm.example"));
}

const STATUSES: [&str; 9] =
    ["created", "sent", "delivered", "signed", "completed", "declined", "voided", "correct", "processing"];
const RECIPIENT_STATUSES: [&str; 7] =
    ["created", "sent", "delivered", "signed", "completed", "declined", "autoresponded"];
const NAMES: [&str; 13] = [
    "envelope-created",
    "envelope-sent",
    "envelope-delivered",
    "envelope-completed",
    "envelope-declined",
    "envelope-voided",
    "envelope-corrected",
    "recipient-sent",
    "recipient-delivered",
    "recipient-completed",
    "recipient-declined",
    "recipient-autoresponded",
    "recipient-resent",
];

/// Few moments, few ids and few names, so that ties and contradictions are common.
fn some_event() -> impl Strategy<Value = Event> {
    let reason = || prop::option::of(prop::sample::select(vec!["", "a", "b"]).prop_map(str::to_owned));
    let person = (
        prop::sample::select(vec!["", "1", "2", "3"]),
        1u32..3,
        prop::sample::select(RECIPIENT_STATUSES.to_vec()),
        0i64..4,
        reason(),
        prop::sample::select(vec!["Ann", "Bo"]),
    )
        .prop_map(|(id, order, status, status_at, reason, name)| Recipient {
            name: name.into(),
            status_at: Timestamp(status_at),
            reason,
            ..recipient(id, order, status)
        });
    (
        prop::sample::select(NAMES.to_vec()),
        0i64..6,
        prop::option::of(prop::sample::select(vec!["1", "2", "3"])),
        prop::option::of(prop::sample::select(STATUSES.to_vec())),
        reason(),
        prop::option::of(prop::collection::vec(person, 0..4)),
    )
        .prop_map(|(name, at, id, status, voided_reason, recipients)| Event {
            recipient_id: id.map(str::to_owned),
            status: status.map(Status::from_name),
            voided_reason,
            recipients,
            ..bare(name, at)
        })
}

/// Some events, and the same ones shuffled, some of them twice.
fn some_events_and_another_order() -> impl Strategy<Value = (Vec<Event>, Vec<Event>)> {
    prop::collection::vec(some_event(), 0..12).prop_flat_map(|events| {
        let again = prop::collection::vec(any::<bool>(), events.len());
        let once = events.clone();
        again.prop_flat_map(move |again| {
            let twice = once.iter().zip(again).filter(|(_, twice)| *twice).map(|(event, _)| event.clone());
            let all: Vec<Event> = once.iter().cloned().chain(twice).collect();
            (Just(once.clone()), Just(all).prop_shuffle())
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn neither_order_nor_repetition_matters((events, shuffled) in some_events_and_another_order()) {
        prop_assert_eq!(after(&events), after(&shuffled));
    }

    #[test]
    fn an_end_is_an_end((events, _) in some_events_and_another_order()) {
        let mut envelope = envelope();
        let mut over = false;
        for event in &events {
            apply(&mut envelope, event);
            let is_over = is_terminal(envelope.status.name());
            prop_assert!(is_over || !over, "it came back to life");
            over = is_over;
        }
    }

    #[test]
    fn unchanged_means_that_a_reader_sees_no_difference((events, _) in some_events_and_another_order()) {
        let mut envelope = envelope();
        for event in &events {
            let before = shown(&envelope);
            if apply(&mut envelope, event) == Applied::Unchanged {
                prop_assert_eq!(shown(&envelope), before);
            }
            prop_assert_eq!(apply(&mut envelope, event), Applied::Unchanged, "the same again");
        }
    }

    #[test]
    fn an_envelope_may_be_stored_between_any_two_events((events, _) in some_events_and_another_order()) {
        let mut envelope = envelope();
        for event in &events {
            apply(&mut envelope, event);
            let stored = serde_json::to_string(&envelope).expect("an envelope is JSON");
            envelope = serde_json::from_str(&stored).expect("and back");
        }
        prop_assert_eq!(envelope, after(&events));
    }
}

/// Every event that Connect may send (docusign facts §6.2), by its name alone: what it says, or that it says nothing.
/// What comes with a snapshot is read from the snapshot.
#[test]
fn every_event_of_connect_is_handled_or_knowingly_passed_over() {
    let cases = [
        ("envelope-sent", "sent"),
        ("envelope-delivered", "delivered"),
        ("envelope-completed", "completed"),
        ("envelope-declined", "declined"),
        // Covers expiry, too.
        ("envelope-voided", "voided"),
        // In passing: where things stand is told by the events beside them.
        ("envelope-resent", "sent"),
        ("envelope-corrected", "sent"),
        ("envelope-reminder-sent", "sent"),
        // Gone from somebody's folders at DocuSign: what was sent stays what it was.
        ("envelope-purge", "sent"),
        ("envelope-deleted", "sent"),
        ("envelope-discard", "sent"),
        ("envelope-removed", "sent"),
        ("something-new", "sent"),
    ];
    for (name, expected) in cases {
        let mut envelope = after(&[full("envelope-sent", 11, "sent", &["sent", "created"])]);
        apply(&mut envelope, &bare(name, 20));
        assert_eq!(envelope.status.name(), expected, "{name}");
    }
    let mut envelope = after(&[full("envelope-sent", 11, "sent", &["sent", "created"])]);
    apply(&mut envelope, &bare("envelope-created", 5));
    assert_eq!(envelope.status.name(), "sent", "it was made before it was sent");
    let people = [
        ("recipient-sent", "sent"),
        ("recipient-delivered", "delivered"),
        ("recipient-completed", "completed"),
        ("recipient-declined", "declined"),
        ("recipient-autoresponded", "autoresponded"),
        ("recipient-authenticationfailed", "sent"),
        ("recipient-reassign", "sent"),
        ("recipient-delegate", "sent"),
        ("recipient-finish-later", "sent"),
        ("recipient-resent", "sent"),
    ];
    for (name, expected) in people {
        let mut envelope = after(&[full("envelope-sent", 11, "sent", &["sent", "created"])]);
        apply(&mut envelope, &about(name, 20, "1"));
        assert_eq!(envelope.recipients[0].status.name(), expected, "{name}");
        assert_eq!(envelope.status.name(), "sent", "{name}");
    }
}
