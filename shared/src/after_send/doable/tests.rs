use proptest::prelude::*;

use super::*;
use crate::{
    api::ConnectedAs,
    envelope::Heard,
    record::{ObjectType, RecordRef},
};

const NOW: Timestamp = Timestamp(10_000_000);
const ACCOUNT: &str = "account";

fn recipient(id: &str, kind: RecipientKind, order: u32, status: RecipientStatus) -> Recipient {
    Recipient {
        id: id.into(),
        name: format!("N{id}"),
        email: format!("{id}@firm.example"),
        role_name: String::new(),
        kind,
        routing_order: order,
        status,
        status_at: Timestamp(0),
        reason: None,
    }
}

/// As `1 signers completed, 2 signers sent`; ids are places.
fn envelope(status: &str, recipients: &str) -> Envelope {
    let read = |(at, text): (usize, &str)| {
        let mut words = text.split(' ');
        let mut word = || words.next().expect("order, array and status");
        let order = word().parse().expect("a number");
        let kind = RecipientKind::from_array_name(word());
        recipient(&(at + 1).to_string(), kind, order, RecipientStatus::from_name(word()))
    };
    Envelope {
        id: "e".into(),
        record: RecordRef::new(ObjectType::Deal, "1").expect("digits"),
        subject: "NDA".into(),
        template_name: String::new(),
        status: if status == "sending" { Status::Sending } else { Status::from_name(status) },
        status_at: Timestamp(0),
        sent_at: Timestamp(0),
        sender: String::new(),
        recipients: recipients.split(", ").enumerate().map(read).collect(),
        voided_reason: None,
        synced_at: Timestamp(0),
        heard: Heard::default(),
    }
}

fn connected(account: &str) -> Connection {
    Connection::Connected(ConnectedAs {
        name: "Sam".into(),
        email: "sam@firm.example".into(),
        account_id: account.into(),
        account_name: "Firm".into(),
        since: Timestamp(0),
        accounts: Vec::new(),
    })
}

fn answers(envelope: &Envelope, connection: &Connection, reminded: &[Reminded]) -> Vec<&'static str> {
    let case = Case { envelope, account: ACCOUNT, connection, reminded, has_template: true, now: NOW };
    Action::ALL.iter().map(|action| case.may(*action).err().map_or("yes", Why::name)).collect()
}

#[test]
fn what_is_possible_is_told_by_the_state() {
    let check = |status, recipients, expected: [&str; 7]| {
        let found = answers(&envelope(status, recipients), &connected(ACCOUNT), &[]);
        assert_eq!(found, expected, "{status}: {recipients}");
    };
    let fresh = "1 signers sent, 2 signers created";
    //    remind, correct, void, download, certificate, open, send again
    check("sent", fresh, ["yes", "yes", "yes", "yes", "not-completed", "yes", "yes"]);
    check("delivered", fresh, ["yes", "yes", "yes", "yes", "not-completed", "yes", "yes"]);
    check(
        "sending",
        fresh,
        ["unsettled", "unsettled", "unsettled", "unsettled", "unsettled", "unsettled", "yes"],
    );
    check("created", fresh, ["draft", "draft", "draft", "yes", "not-completed", "yes", "yes"]);
    let correcting =
        ["being-corrected", "being-corrected", "being-corrected", "yes", "not-completed", "yes", "yes"];
    check("correct", fresh, correcting);
    let done = "1 signers completed, 2 signers completed";
    check("completed", done, ["completed", "completed", "completed", "yes", "yes", "yes", "yes"]);
    check(
        "declined",
        "1 signers declined",
        ["declined", "declined", "declined", "yes", "declined", "yes", "yes"],
    );
    check("voided", fresh, ["voided", "voided", "voided", "yes", "voided", "yes", "yes"]);
    let gone = [
        "out-of-reach",
        "out-of-reach",
        "out-of-reach",
        "out-of-reach",
        "out-of-reach",
        "out-of-reach",
        "yes",
    ];
    check("deleted", fresh, gone);
    check("sent", "1 signers autoresponded", ["bounced", "yes", "yes", "yes", "not-completed", "yes", "yes"]);
    check(
        "sent",
        "1 signers completed, 1 carbonCopies sent",
        ["nobody-waits", "yes", "yes", "yes", "not-completed", "yes", "yes"],
    );
    check(
        "sent",
        "1 signers completed",
        ["nobody-waits", "nobody-to-correct", "yes", "yes", "not-completed", "yes", "yes"],
    );
}

#[test]
fn only_the_own_connection_in_the_same_account_acts() {
    let envelope = envelope("sent", "1 signers sent");
    let check = |connection: &Connection, why: &str| {
        let found = answers(&envelope, connection, &[]);
        assert_eq!(found, [why, why, why, why, "not-completed", "yes", "yes"], "{connection:?}");
    };
    check(&connected("another"), "other-account");
    check(&Connection::NotConnected, "not-connected");
    check(&Connection::NotInstalled, "not-installed");
    let Connection::Connected(who) = connected(ACCOUNT) else { return };
    check(&Connection::MustReconnect(who), "must-reconnect");
}

#[test]
fn each_recipient_is_reminded_once_an_hour_and_the_next_time_is_told() {
    let envelope =
        envelope("sent", "1 signers sent, 1 signers delivered, 1 signers completed, 2 signers created");
    let connection = connected(ACCOUNT);
    let at = |recipient: &str, ago: i64| Reminded { recipient: recipient.into(), at: NOW.plus_seconds(-ago) };
    let check = |reminded: &[Reminded], each: [&str; 4], all: Result<(), Why>| {
        let case = Case {
            envelope: &envelope,
            account: ACCOUNT,
            connection: &connection,
            reminded,
            has_template: true,
            now: NOW,
        };
        // The app asks about a copy of the recipient.
        let copies = envelope.recipients.clone();
        let found = copies.iter().map(|one| case.may_remind(one).err().map_or("yes", Why::name));
        assert_eq!(found.collect::<Vec<_>>(), each);
        assert_eq!(case.may(Action::Remind), all);
        let count = each.iter().filter(|one| **one == "yes").count();
        assert_eq!(case.to_remind().len(), count);
    };
    let rest = ["has-acted", "not-their-turn"];
    let with = |first, second| [first, second, rest[0], rest[1]];
    check(&[], with("yes", "yes"), Ok(()));
    check(&[at("1", 3599)], with("too-soon", "yes"), Ok(()));
    check(&[at("1", 3600), at("2", 4000)], with("yes", "yes"), Ok(()));
    // The last one counts, and of all the one that comes first is told.
    let until = NOW.plus_seconds(-50).plus_seconds(3600);
    check(
        &[at("1", 9000), at("1", 10), at("2", 50)],
        with("too-soon", "too-soon"),
        Err(Why::TooSoon { until }),
    );
}

#[test]
fn every_reason_has_a_name_of_its_own() {
    let names: std::collections::BTreeSet<_> = Why::ALL.map(Why::name).into_iter().collect();
    assert_eq!(names.len(), Why::ALL.len());
}

fn any_envelope() -> impl Strategy<Value = Envelope> {
    let status = prop::sample::select(vec![
        "sending",
        "created",
        "sent",
        "delivered",
        "signed",
        "completed",
        "declined",
        "voided",
        "correct",
        "deleted",
        "processing",
    ]);
    let people = prop::collection::vec(
        (
            1u32..5,
            prop::sample::select(vec!["signers", "carbonCopies", "agents", "sealSigns"]),
            prop::sample::select(vec![
                "created",
                "sent",
                "delivered",
                "signed",
                "completed",
                "declined",
                "autoresponded",
                "faxpending",
            ]),
        ),
        1..6,
    );
    (status, people).prop_map(|(status, people)| {
        let text: Vec<String> =
            people.iter().map(|(order, kind, status)| format!("{order} {kind} {status}")).collect();
        envelope(status, &text.join(", "))
    })
}

proptest! {
    #[test]
    fn nobody_without_a_connection_changes_anything_and_nothing_over_is_changed(
        envelope in any_envelope(),
        reminded in prop::collection::vec((1u32..6, 0i64..8000), 0..5),
    ) {
        let reminded: Vec<Reminded> = reminded
            .into_iter()
            .map(|(id, ago)| Reminded { recipient: id.to_string(), at: NOW.plus_seconds(-ago) })
            .collect();
        for connection in [Connection::NotConnected, connected("another")] {
            let case = Case { envelope: &envelope, account: ACCOUNT, connection: &connection,
                reminded: &reminded, has_template: false, now: NOW };
            for action in [Action::Remind, Action::Correct, Action::Void, Action::Download, Action::Certificate] {
                prop_assert!(case.may(action).is_err());
            }
            prop_assert!(case.to_remind().is_empty());
        }
        let connection = connected(ACCOUNT);
        let case = Case { envelope: &envelope, account: ACCOUNT, connection: &connection,
            reminded: &reminded, has_template: false, now: NOW };
        let under_way = matches!(envelope.status, Status::Sent | Status::Delivered | Status::Signed);
        for action in [Action::Remind, Action::Correct, Action::Void] {
            prop_assert!(under_way || case.may(action).is_err());
        }
        // All together can be reminded exactly when one of them can.
        prop_assert_eq!(case.may(Action::Remind).is_ok(), !case.to_remind().is_empty());
        for one in case.to_remind() {
            prop_assert!(case.last_reminded(one).is_none_or(|at| at.plus_seconds(REMIND_SECONDS) <= NOW));
            prop_assert!(!matches!(one.status, RecipientStatus::Completed | RecipientStatus::Declined));
        }
        if let Err(Why::TooSoon { until }) = case.may(Action::Remind) {
            prop_assert!(until > NOW && until <= NOW.plus_seconds(REMIND_SECONDS));
        }
    }
}
