//! What the sender may want beyond people and words: options, hidden documents, fields of their own, several templates.

use super::Problem;
use crate::{
    draft::{Draft, Expiration, Options, PlacedAt, Reminders, Row, has_field, is_limited},
    template::{RecipientKind, Template},
};

/// DocuSign counts days in three digits.
const DAYS_MAX: u32 = 999;

/// Whether `template` is what the draft is made of.
pub fn is_of(draft: &Draft, template: &Template) -> bool {
    let added = template.parts.iter().skip(1).map(|part| &part.template);
    draft.template_id == template.id && draft.added_templates.iter().eq(added)
}

pub fn has_twice(draft: &Draft) -> bool {
    let mut before = vec![&draft.template_id];
    draft.added_templates.iter().any(|id| {
        let twice = before.contains(&id);
        before.push(id);
        twice
    })
}

/// What concerns one recipient.
pub fn check_row(row_no: usize, row: &Row, draft: &Draft, template: &Template, problems: &mut Vec<Problem>) {
    let of_template = row.role_in(template).is_some_and(|role| role.kind == row.kind);
    if row.kind == RecipientKind::Witness && !of_template {
        problems.push(Problem::WitnessAlone { row: row_no });
    }
    let is_hidden = |id: &str| row.hidden_documents.iter().any(|hidden| hidden == id);
    let is_there = |hidden: &String| template.documents.iter().any(|document| document.id == *hidden);
    if !row.hidden_documents.iter().all(is_there) {
        problems.push(Problem::HiddenUnknown { row: row_no });
    }
    if !is_limited(draft, template) {
        return;
    }
    if !template.documents.is_empty() && template.documents.iter().all(|document| is_hidden(&document.id)) {
        problems.push(Problem::HidesEverything { row: row_no });
    } else if row.hidden_documents.iter().any(|hidden| has_field(draft, template, row, hidden)) {
        problems.push(Problem::HidesOwnField { row: row_no });
    }
}

pub fn check_options(options: &Options, problems: &mut Vec<Problem>) {
    let mut bound = |option: &str, days: u32, least: u32| {
        if !(least..=DAYS_MAX).contains(&days) {
            problems.push(Problem::OptionOutOfRange { option: option.to_owned() });
        }
    };
    // 0: no reminders; what else is said of them does not matter then.
    if let Some(Reminders { first_after, then_every, at_most }) = options.reminders
        && first_after > 0
    {
        bound("reminders-first", first_after, 1);
        bound("reminders-every", then_every, 0);
        bound("reminders-at-most", at_most.unwrap_or(1), 1);
    }
    if let Some(Expiration { after, warn_before }) = options.expiration {
        bound("expiration-after", after, 1);
        bound("expiration-warn", warn_before, 0);
        if after <= warn_before && warn_before > 0 {
            problems.push(Problem::WarnsTooEarly);
        }
    }
}

pub fn check_placed(draft: &Draft, template: &Template, problems: &mut Vec<Problem>) {
    for field in &draft.placed {
        if !template.documents_edited {
            problems.push(Problem::PlacedUnedited { field: field.id });
        }
        let document = template.documents.iter().find(|document| document.id == field.document);
        let is_there = document.is_some_and(|document| match &field.at {
            PlacedAt::Point { page, .. } => *page > 0 && document.pages.is_none_or(|pages| *page <= pages),
            PlacedAt::Text { text } => !text.trim().is_empty(),
        });
        if !is_there {
            problems.push(Problem::PlacedNowhere { field: field.id });
        }
        match draft.rows.iter().find(|row| row.id == field.row) {
            None => problems.push(Problem::PlacedForNobody { field: field.id }),
            Some(row) if !row.kind.needs_signature() => {
                problems.push(Problem::PlacedForNonSigner { field: field.id });
            }
            Some(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        draft::{
            PlacedField, PlacedKind, check,
            sample::{draft, template},
        },
        tab::Tab,
        template::{Document, Role, join},
    };

    fn finds(change: impl FnOnce(&mut Draft, &mut Template), expected: &[Problem]) {
        let mut template = template();
        template.documents.push(Document { id: "2".into(), pages: Some(1), ..Document::default() });
        let mut draft = draft(&template);
        for (row, id) in draft.rows.iter_mut().zip(1..) {
            row.id = id;
        }
        change(&mut draft, &mut template);
        assert_eq!(check(&draft, &template), expected);
    }

    fn reminders(first_after: u32, then_every: u32, at_most: Option<u32>) -> Option<Reminders> {
        Some(Reminders { first_after, then_every, at_most })
    }

    #[test]
    fn days_have_three_digits_and_a_warning_comes_after_sending() {
        let out = |option: &str| Problem::OptionOutOfRange { option: option.into() };
        let remind =
            |value: Option<Reminders>| move |d: &mut Draft, _: &mut Template| d.options.reminders = value;
        finds(remind(reminders(1, 0, None)), &[]);
        finds(remind(reminders(999, 999, Some(999))), &[]);
        finds(remind(reminders(0, 5_000, Some(0))), &[]);
        finds(
            remind(reminders(1_000, 1_000, Some(0))),
            &[out("reminders-first"), out("reminders-every"), out("reminders-at-most")],
        );
        let expire = |after, warn_before| {
            move |d: &mut Draft, _: &mut Template| {
                d.options.expiration = Some(Expiration { after, warn_before })
            }
        };
        finds(expire(1, 0), &[]);
        finds(expire(999, 998), &[]);
        finds(expire(0, 0), &[out("expiration-after")]);
        finds(expire(1_000, 3), &[out("expiration-after")]);
        finds(expire(3, 3), &[Problem::WarnsTooEarly]);
    }

    #[test]
    fn everybody_sees_something_and_what_they_are_to_fill_in() {
        let hide = |ids: &'static [&'static str], limited: bool| {
            move |d: &mut Draft, t: &mut Template| {
                d.options.limit_visibility = Some(limited);
                d.rows[0].hidden_documents = ids.iter().map(|id| (*id).to_owned()).collect();
                t.tabs = vec![Tab {
                    recipient: "1".into(),
                    document: "2".into(),
                    ..crate::merge::sample::tab(crate::tab::TabKind::Signature, "a")
                }];
            }
        };
        finds(hide(&["1"], true), &[]);
        finds(hide(&["2"], true), &[Problem::HidesOwnField { row: 0 }]);
        finds(hide(&["1", "2"], true), &[Problem::HidesEverything { row: 0 }]);
        finds(hide(&["1", "2"], false), &[]);
        finds(hide(&["9"], false), &[Problem::HiddenUnknown { row: 0 }]);
    }

    #[test]
    fn a_placed_field_is_on_a_page_and_for_somebody_who_signs() {
        let place = |row: u32, document: &'static str, at: PlacedAt| {
            move |d: &mut Draft, t: &mut Template| {
                t.documents_edited = true;
                d.rows[1].kind = RecipientKind::CarbonCopy;
                let kind = PlacedKind::Signature;
                d.placed = vec![PlacedField { id: 4, row, document: document.into(), kind, at }];
            }
        };
        let page = |page| PlacedAt::Point { page, x: 10, y: 10 };
        finds(place(1, "2", page(1)), &[]);
        finds(place(1, "2", page(2)), &[Problem::PlacedNowhere { field: 4 }]);
        finds(place(1, "2", page(0)), &[Problem::PlacedNowhere { field: 4 }]);
        finds(place(1, "9", page(1)), &[Problem::PlacedNowhere { field: 4 }]);
        finds(place(1, "1", PlacedAt::Text { text: "Sign:".into() }), &[]);
        finds(place(1, "1", PlacedAt::Text { text: " ".into() }), &[Problem::PlacedNowhere { field: 4 }]);
        finds(place(8, "1", page(1)), &[Problem::PlacedForNobody { field: 4 }]);
        finds(place(2, "1", page(1)), &[Problem::PlacedForNonSigner { field: 4 }]);
        let unedited = |d: &mut Draft, t: &mut Template| {
            place(1, "1", page(1))(d, t);
            t.documents_edited = false;
        };
        finds(unedited, &[Problem::PlacedUnedited { field: 4 }]);
    }

    #[test]
    fn a_witness_is_the_templates_or_none() {
        finds(|d, _| d.rows[1].kind = RecipientKind::Witness, &[Problem::WitnessAlone { row: 1 }]);
        finds(
            |d, t| {
                t.roles[1].kind = RecipientKind::Witness;
                d.rows[1].kind = RecipientKind::Witness;
            },
            &[],
        );
    }

    #[test]
    fn what_else_is_told_to_a_locked_role_stays_the_templates() {
        let locked = |change: fn(&mut Row)| {
            move |d: &mut Draft, t: &mut Template| {
                t.roles[0] = Role { locked: true, note: "As is".into(), ..t.roles[0].clone() };
                d.rows[0].note = "As is".into();
                change(&mut d.rows[0]);
            }
        };
        finds(locked(|_| {}), &[]);
        finds(locked(|row| row.access_code = "1234".into()), &[]);
        finds(locked(|row| row.note.clear()), &[Problem::RoleLocked { row: 0 }]);
        finds(locked(|row| row.language = Some("da".into())), &[Problem::RoleLocked { row: 0 }]);
        finds(locked(|row| row.hidden_documents = vec!["2".into()]), &[Problem::RoleLocked { row: 0 }]);
    }

    #[test]
    fn a_draft_of_several_templates_is_one_of_just_these() {
        let other = Template { id: "t-2".into(), roles: Vec::new(), ..template() };
        let joined = join(&[template(), other.clone()]).expect("joined");
        let mut several = draft(&joined);
        assert_eq!(check(&several, &joined), [Problem::WrongTemplate]);
        several.added_templates = vec!["t-2".into()];
        assert_eq!(check(&several, &joined), []);
        assert_eq!(check(&several, &template()), [Problem::WrongTemplate]);
        let twice = join(&[template(), other.clone(), other]).expect("joined");
        several.added_templates.push("t-2".into());
        assert_eq!(check(&several, &twice), [Problem::TemplateTwice]);
    }

    proptest! {
        #[test]
        fn options_are_refused_exactly_when_docusign_could_not_take_them(
            first_after in 0u32..1_100, then_every in 0u32..1_100, after in 0u32..1_100, warn_before in 0u32..1_100,
        ) {
            let options = Options {
                reminders: reminders(first_after, then_every, None),
                expiration: Some(Expiration { after, warn_before }),
                ..Options::default()
            };
            let mut problems = Vec::new();
            check_options(&options, &mut problems);
            let reminded = first_after == 0 || (first_after <= 999 && then_every <= 999);
            let expires = (1..=999).contains(&after) && warn_before <= 999 && (warn_before == 0 || warn_before < after);
            prop_assert_eq!(problems.is_empty(), reminded && expires, "{:?}", problems);
        }

        #[test]
        fn no_draft_of_a_template_can_make_the_check_stumble(
            hidden in prop::collection::vec("[0-9]{0,2}", 0..4), row in 0u32..4, page in any::<u32>(), limited: bool,
        ) {
            let template = template();
            let mut draft = draft(&template);
            draft.options.limit_visibility = Some(limited);
            draft.rows[0].hidden_documents = hidden.clone();
            let at = PlacedAt::Point { page, x: 0, y: 0 };
            draft.placed = vec![PlacedField { id: 1, row, document: "1".into(), kind: PlacedKind::Initials, at }];
            let problems = check(&draft, &template);
            let unknown = hidden.iter().any(|id| id != "1");
            prop_assert_eq!(problems.contains(&Problem::HiddenUnknown { row: 0 }), unknown);
            prop_assert_eq!(problems.contains(&Problem::PlacedNowhere { field: 1 }), !(1..=3).contains(&page));
        }
    }
}
