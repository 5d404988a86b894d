//! The sender's own values laid over the fields, what is wrong with the result, and what of it is sent.

use crate::{
    draft::{Draft, Problem},
    merge::{Field, State, VALUE_MAX_BYTES, convert::fits},
    sorted,
    tab::{Choice, TabKind},
    template::Template,
};

/// A field as it would go out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    pub field: &'a Field,
    /// The sender's value, or the one we found.
    pub value: &'a str,
    pub state: State,
    pub overridden: bool,
}

/// A value for the tabs of one recipient that carry `label`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToSend<'a> {
    pub recipient: &'a str,
    pub kind: &'a TabKind,
    pub label: &'a str,
    pub value: &'a str,
    pub choices: &'a [Choice],
}

/// The fields that will be part of the envelope, with the sender's values: what needs a look comes first, then in
/// the order of the template. The tabs of a role that was dropped, or given another kind, go with it.
pub fn review<'a>(fields: &'a [Field], draft: &'a Draft, template: &Template) -> Vec<Line<'a>> {
    let kept = |field: &Field| {
        draft.rows.iter().any(|row| {
            row.role_in(template).is_some_and(|role| {
                role.recipient_id == field.recipient && role.kind == row.kind && !role.role_name.is_empty()
            })
        })
    };
    let mut lines: Vec<Line<'a>> =
        fields.iter().filter(|field| kept(field)).map(|field| line(field, draft)).collect();
    sorted::by_number(&mut lines, |line| line.state as u64);
    lines
}

fn line<'a>(field: &'a Field, draft: &'a Draft) -> Line<'a> {
    let own = draft.values.iter().rev().find(|own| field.tabs.contains(&own.tab));
    match own.filter(|_| !field.locked) {
        None => Line { field, value: &field.value, state: field.state, overridden: false },
        Some(own) => {
            let value = own.value.trim();
            let state = if value.is_empty() {
                State::Missing
            } else if value.len() > VALUE_MAX_BYTES {
                State::TooLong
            } else if !fits(value, &field.kind, &field.choices) {
                State::WrongKind
            } else {
                State::Filled
            };
            Line { field, value, state, overridden: true }
        }
    }
}

/// What keeps the values from being sent as they are, in the order of the lines. Whether a value may be written
/// at all, [`crate::draft::check`] says.
pub fn check(lines: &[Line<'_>]) -> Vec<Problem> {
    lines.iter().filter_map(problem).collect()
}

fn problem(line: &Line<'_>) -> Option<Problem> {
    let tab = line.field.tabs.first()?.clone();
    match line.state {
        State::TooLong => Some(Problem::ValueTooLong { tab, bytes: line.value.len() }),
        State::WrongKind => Some(Problem::ValueWrongKind { tab }),
        // Nobody here can mend a locked one.
        State::Locked => None,
        _ if line.value.is_empty() && line.field.needed => Some(Problem::ValueMissing { tab }),
        _ => None,
    }
}

/// The values to put into the envelope. A field that stays as the template holds it is not among them. Of one
/// recipient's tabs of a kind, a label is given one value: DocuSign could not tell two apart.
pub fn to_send<'a>(lines: &[Line<'a>]) -> Vec<ToSend<'a>> {
    let mut sent: Vec<ToSend<'a>> = Vec::new();
    for line in lines.iter().filter(|line| line.overridden || line.state == State::Filled) {
        let Field { recipient, kind, choices, .. } = line.field;
        for label in &line.field.labels {
            if !sent.iter().any(|s| s.recipient == recipient && s.kind == kind && s.label == label) {
                sent.push(ToSend { recipient, kind, label, value: line.value, choices });
            }
        }
    }
    sent
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        draft::{self, sample},
        merge::{FieldValue, sample::tab},
        template::RecipientKind,
    };
    use proptest::prelude::*;

    /// A field of the first role.
    fn field(label: &str, kind: TabKind, state: State, value: &str) -> Field {
        Field {
            tabs: vec![format!("id of {label}"), format!("another of {label}")],
            labels: vec![label.into()],
            kind,
            recipient: "1".into(),
            name: label.into(),
            source: None,
            value: value.into(),
            state,
            needed: false,
            locked: state == State::Locked,
            choices: Vec::new(),
        }
    }

    fn text(label: &str, state: State, value: &str) -> Field {
        field(label, TabKind::Text, state, value)
    }

    /// The sample draft with these values written into it.
    fn with(values: &[(&str, &str)]) -> (Draft, Template) {
        let template = sample::template();
        let mut draft = sample::draft(&template);
        let value = |(tab, value): &(&str, &str)| FieldValue { tab: (*tab).into(), value: (*value).into() };
        draft.values = values.iter().map(value).collect();
        (draft, template)
    }

    fn shown(fields: &[Field], values: &[(&str, &str)]) -> Vec<String> {
        let (draft, template) = with(values);
        let lines = review(fields, &draft, &template);
        lines.iter().map(|l| format!("{} {} {:?}", l.field.name, l.state.name(), l.value)).collect()
    }

    #[test]
    fn what_needs_a_look_comes_first() {
        let fields = [
            text("a", State::Filled, "1"),
            text("b", State::Missing, ""),
            text("c", State::Locked, "3"),
            text("d", State::WrongKind, "4"),
            text("e", State::Missing, ""),
            text("f", State::Unknown, ""),
        ];
        assert_eq!(
            shown(&fields, &[]),
            [
                "d wrong-kind \"4\"",
                "b missing \"\"",
                "e missing \"\"",
                "f unknown \"\"",
                "c locked \"3\"",
                "a filled \"1\""
            ]
        );
    }

    #[test]
    fn the_senders_value_stands_over_the_records() {
        let fields =
            [text("a", State::Filled, "1"), text("b", State::Unknown, ""), text("c", State::Locked, "3")];
        assert_eq!(
            shown(
                &fields,
                &[("id of a", " 2 "), ("another of b", "x"), ("id of c", "4"), ("elsewhere", "5")]
            ),
            ["c locked \"3\"", "a filled \"2\"", "b filled \"x\""]
        );
        assert_eq!(shown(&fields[..1], &[("id of a", "2"), ("another of a", "3")]), ["a filled \"3\""]);
        assert_eq!(shown(&fields[..1], &[("id of a", "")]), ["a missing \"\""]);
        assert_eq!(shown(&fields[..1], &[("id of a", &"é".repeat(2000))]).len(), 1);
        let number = [field("n", TabKind::Number, State::WrongKind, "seven")];
        assert_eq!(shown(&number, &[("id of n", "7")]), ["n filled \"7\""]);
        assert_eq!(shown(&number, &[("id of n", "sieben")]), ["n wrong-kind \"sieben\""]);
        assert_eq!(shown(&number, &[("id of n", "")]), ["n missing \"\""]);
    }

    #[test]
    fn the_fields_of_a_dropped_role_go_with_it() {
        let fields =
            [text("a", State::Filled, "1"), Field { recipient: "2".into(), ..text("b", State::Filled, "2") }];
        let (mut draft, mut template) = with(&[]);
        let names = |draft: &Draft, template: &Template| -> String {
            review(&fields, draft, template).iter().map(|l| l.field.name.as_str()).collect()
        };
        assert_eq!(names(&draft, &template), "ab");
        draft.rows[1].kind = RecipientKind::CarbonCopy;
        assert_eq!(names(&draft, &template), "a");
        draft.rows.remove(1);
        assert_eq!(names(&draft, &template), "a");
        template.roles[0].role_name.clear();
        assert_eq!(names(&draft, &template), "");
    }

    #[test]
    fn only_what_would_go_wrong_holds_an_envelope_back() {
        let finds = |field: Field, values: &[(&str, &str)], expected: &[&str]| {
            let (draft, template) = with(values);
            let fields = [field];
            let problems = check(&review(&fields, &draft, &template));
            assert_eq!(
                problems.iter().map(Problem::name).collect::<Vec<_>>(),
                expected,
                "{fields:?} {values:?}"
            );
        };
        let needed = |field: Field| Field { needed: true, ..field };
        finds(text("a", State::Filled, "1"), &[], &[]);
        finds(text("a", State::Missing, ""), &[], &[]);
        finds(text("a", State::Unknown, ""), &[], &[]);
        finds(text("a", State::TooLong, "1"), &[], &["value-too-long"]);
        finds(text("a", State::TooLong, "1"), &[("id of a", "short")], &[]);
        finds(text("a", State::Filled, "1"), &[("id of a", &"é".repeat(2001))], &["value-too-long"]);
        finds(text("a", State::WrongKind, "x"), &[], &["value-wrong-kind"]);
        finds(text("a", State::WrongKind, "x"), &[("id of a", "")], &[]);
        finds(needed(text("a", State::Missing, "")), &[], &["value-missing"]);
        finds(needed(text("a", State::OtherRecord, "")), &[], &["value-missing"]);
        finds(needed(text("a", State::OtherRecord, "the template's")), &[], &[]);
        finds(needed(text("a", State::Missing, "")), &[("id of a", "now")], &[]);
        finds(needed(text("a", State::Filled, "1")), &[("id of a", " ")], &["value-missing"]);
        finds(needed(text("a", State::Locked, "")), &[], &[]);
    }

    #[test]
    fn what_is_sent_goes_by_label() {
        let fields = [
            Field { labels: vec!["x".into(), "y".into()], ..text("a", State::Filled, "1") },
            text("b", State::Missing, ""),
            text("c", State::Locked, "3"),
            text("d", State::Filled, "4"),
            Field { labels: vec!["x".into()], ..text("e", State::Filled, "5") },
        ];
        let (draft, template) = with(&[("id of d", "")]);
        let lines = review(&fields, &draft, &template);
        let sent: Vec<_> = to_send(&lines).iter().map(|v| format!("{}={}", v.label, v.value)).collect();
        assert_eq!(sent, ["d=", "x=1", "y=1"]);
    }

    #[test]
    fn a_value_may_only_be_written_where_the_template_lets_it() {
        let (mut draft, mut template) =
            with(&[("id of a", "1"), ("gone", "2"), ("id of b", "3"), ("id of c", "4")]);
        template.tabs = vec![
            tab(TabKind::Text, "a"),
            crate::tab::Tab { template_locked: true, ..tab(TabKind::Text, "b") },
            tab(TabKind::Signature, "c"),
        ];
        let problems = draft::check(&draft, &template);
        let names: Vec<_> = problems.iter().map(|p| (p.name(), p.tab().unwrap_or_default())).collect();
        assert_eq!(
            names,
            [("value-unknown", "gone"), ("value-locked", "id of b"), ("value-unknown", "id of c")]
        );
        draft.values.truncate(1);
        assert_eq!(draft::check(&draft, &template), []);
    }

    proptest! {
        #[test]
        fn nothing_that_is_sent_is_too_long_or_of_the_wrong_kind(
            kinds in prop::collection::vec(0usize..4, 0..6),
            values in prop::collection::vec((0usize..6, ".{0,12}|[0-9]{1,5}|x{3990,4010}"), 0..6),
        ) {
            let all = [TabKind::Text, TabKind::Number, TabKind::Email, TabKind::Checkbox];
            let fields: Vec<Field> = kinds.iter().enumerate()
                .map(|(n, kind)| field(&n.to_string(), all[*kind].clone(), State::Missing, ""))
                .collect();
            let (mut draft, template) = with(&[]);
            draft.values = values.into_iter().map(|(n, value)| FieldValue { tab: format!("id of {n}"), value }).collect();
            let lines = review(&fields, &draft, &template);
            prop_assert_eq!(lines.len(), fields.len());
            if check(&lines).is_empty() {
                for sent in to_send(&lines) {
                    prop_assert!(sent.value.len() <= VALUE_MAX_BYTES);
                    prop_assert!(fits(sent.value, sent.kind, sent.choices));
                }
            }
        }
    }
}
