//! What a draft still needs before it may be sent. The browser shows it, the edge enforces it.

mod problem;
mod rows;
mod wishes;

pub use self::problem::Problem;
use self::rows::{kind_or_order_changed, same_own_message};
use super::{
    Draft, MESSAGE_MAX_CHARS, RECIPIENTS_MAX, SUBJECT_MAX_CHARS, chars, dropped_roles, merged_subject,
};
use crate::{merge::FieldValue, template::Template};

/// Everything that keeps `draft` from being sent with `template`; empty when it may go. Problems of the whole
/// draft come first, then those of the rows, top to bottom, then those of the values the sender wrote. What the
/// record's own values are worth is [`crate::merge::check`]'s to say.
pub fn check(draft: &Draft, template: &Template) -> Vec<Problem> {
    if !wishes::is_of(draft, template) {
        return vec![Problem::WrongTemplate];
    }
    // Not looked at further, so that no draft costs more than a draft of a hundred.
    if draft.rows.len() > RECIPIENTS_MAX {
        return vec![Problem::TooManyRecipients];
    }
    let mut problems = Vec::new();
    check_template(draft, template, &mut problems);
    check_message(draft, template, &mut problems);
    for (index, row) in draft.rows.iter().enumerate() {
        rows::check_row(index, row, draft, template, &mut problems);
        wishes::check_row(index, row, draft, template, &mut problems);
    }
    check_values(draft, template, &mut problems);
    wishes::check_options(&draft.options, &mut problems);
    wishes::check_placed(draft, template, &mut problems);
    problems
}

fn check_template(draft: &Draft, template: &Template, problems: &mut Vec<Problem>) {
    if template.documents.is_empty() {
        problems.push(Problem::TemplateHasNoDocuments);
    }
    if wishes::has_twice(draft) {
        problems.push(Problem::TemplateTwice);
    }
    if draft.rows.iter().all(|row| row.kind.only_manages()) {
        problems.push(Problem::NoRecipients);
    }
    let dropped = dropped_roles(draft, template);
    if template.recipients_locked {
        let added = draft.rows.iter().any(|row| row.role.is_none());
        let changed = draft
            .rows
            .iter()
            .any(|row| row.role_in(template).is_some_and(|role| kind_or_order_changed(row, role)));
        if added || changed || !dropped.is_empty() {
            problems.push(Problem::RecipientsLocked);
        }
    }
    problems.extend(
        dropped
            .iter()
            .filter(|role| role.required)
            .map(|role| Problem::RequiredRoleDropped { role: role.label().to_owned() }),
    );
}

fn check_message(draft: &Draft, template: &Template, problems: &mut Vec<Problem>) {
    if template.message_locked {
        // Without a subject DocuSign sends nothing, so an empty one may be given even where it is locked.
        let subject = !template.subject.trim().is_empty() && !same_text(&draft.subject, &template.subject);
        let own = draft.rows.iter().any(|row| {
            let theirs = row.role_in(template).and_then(|role| role.message.as_ref());
            !same_own_message(row.own_message.as_ref(), theirs)
        });
        if subject || own || !same_text(&draft.message, &template.message) {
            problems.push(Problem::MessageLocked);
        }
    }
    if draft.subject.trim().is_empty() {
        problems.push(Problem::SubjectMissing);
    }
    let chars = chars(&merged_subject(&draft.subject, draft, template));
    if chars > SUBJECT_MAX_CHARS {
        problems.push(Problem::SubjectTooLong { chars });
    }
    let chars = self::chars(&draft.message);
    if chars > MESSAGE_MAX_CHARS {
        problems.push(Problem::MessageTooLong { chars });
    }
}

/// Only whether the value may be there at all: whether it fits is told with all the others.
fn check_values(draft: &Draft, template: &Template, problems: &mut Vec<Problem>) {
    for FieldValue { tab: id, .. } in &draft.values {
        match template.tabs.iter().find(|tab| tab.id == *id) {
            Some(tab) if tab.template_locked => problems.push(Problem::ValueLocked { tab: id.clone() }),
            Some(tab) if tab.kind.takes_value() => {}
            _ => problems.push(Problem::ValueUnknown { tab: id.clone() }),
        }
    }
}

/// A browser's text field turns line ends into `\n`; that alone is no change.
fn same_text(one: &str, other: &str) -> bool {
    one.trim_end().replace("\r\n", "\n") == other.trim_end().replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        draft::sample::{added, draft, own, template},
        template::RecipientKind,
    };

    /// `change` is made to a draft that may be sent; `expected` is what is then wrong with it.
    pub(super) fn finds(change: impl FnOnce(&mut Draft, &mut Template), expected: &[Problem]) {
        let mut template = template();
        let mut draft = draft(&template);
        change(&mut draft, &mut template);
        assert_eq!(check(&draft, &template), expected);
    }

    #[test]
    fn a_filled_draft_may_be_sent() {
        finds(|_, _| {}, &[]);
    }

    #[test]
    fn a_draft_of_another_template_is_not_looked_at_further() {
        finds(
            |d, _| {
                d.template_id = "other".into();
                d.rows.clear();
            },
            &[Problem::WrongTemplate],
        );
    }

    #[test]
    fn a_template_without_documents_cannot_be_sent() {
        finds(|_, t| t.documents.clear(), &[Problem::TemplateHasNoDocuments]);
    }

    #[test]
    fn somebody_must_sign_or_receive() {
        finds(|d, _| d.rows.clear(), &[Problem::NoRecipients]);
        finds(
            |d, _| {
                d.rows.truncate(1);
                d.rows[0].kind = RecipientKind::Agent;
            },
            &[Problem::NoRecipients],
        );
        finds(
            |d, _| {
                d.rows.truncate(1);
                d.rows[0].kind = RecipientKind::CarbonCopy;
            },
            &[],
        );
    }

    #[test]
    fn a_hundred_recipients_are_the_most() {
        let fill = |n: usize| {
            move |d: &mut Draft, _: &mut Template| {
                for i in d.rows.len()..n {
                    d.rows.push(added(&format!("P{i}"), &format!("p{i}@many.example")));
                }
            }
        };
        finds(fill(100), &[]);
        finds(fill(101), &[Problem::TooManyRecipients]);
    }

    #[test]
    fn a_role_may_be_dropped_unless_it_is_required() {
        let drop = |d: &mut Draft| {
            d.rows.remove(1);
        };
        finds(|d, _| drop(d), &[]);
        finds(
            |d, t| {
                t.roles[1].required = true;
                drop(d);
            },
            &[Problem::RequiredRoleDropped { role: "Company".into() }],
        );
    }

    #[test]
    fn locked_recipients_are_neither_added_nor_dropped_nor_reordered() {
        let locked = |change: fn(&mut Draft)| {
            move |d: &mut Draft, t: &mut Template| {
                t.recipients_locked = true;
                change(d);
            }
        };
        finds(locked(|d| d.rows[0].name = "Somebody else".into()), &[]);
        finds(locked(|d| d.rows.push(added("Cy", "cy@firm.example"))), &[Problem::RecipientsLocked]);
        finds(locked(|d| d.rows.truncate(1)), &[Problem::RecipientsLocked]);
        finds(locked(|d| d.rows[1].routing_order = 1), &[Problem::RecipientsLocked]);
    }

    #[test]
    fn a_locked_message_is_the_templates_own() {
        let locked = |change: fn(&mut Draft)| {
            move |d: &mut Draft, t: &mut Template| {
                t.message_locked = true;
                t.message = "One\r\ntwo".into();
                d.message = "One\ntwo".into();
                change(d);
            }
        };
        finds(locked(|_| {}), &[]);
        finds(locked(|d| d.subject.push('!')), &[Problem::MessageLocked]);
        finds(locked(|d| d.message.push('!')), &[Problem::MessageLocked]);
        finds(locked(|d| d.rows[0].own_message = Some(own("For you", ""))), &[Problem::MessageLocked]);
        // DocuSign needs a subject, so an empty one is not locked.
        finds(
            |d, t| {
                t.message_locked = true;
                t.subject.clear();
                d.subject = "Ours".into();
            },
            &[],
        );
    }

    #[test]
    fn the_subject_has_a_hundred_characters_with_its_fields_filled_in() {
        finds(|d, _| d.subject = " ".into(), &[Problem::SubjectMissing]);
        finds(|d, _| d.subject = "x".repeat(100), &[]);
        finds(|d, _| d.subject = "x".repeat(101), &[Problem::SubjectTooLong { chars: 101 }]);
        finds(
            |d, _| {
                d.subject = "For [[Client_UserName]]".into();
                d.rows[0].name = "N".repeat(97);
            },
            &[Problem::SubjectTooLong { chars: 101 }],
        );
        // Longer as it is typed than as it is sent.
        finds(|d, _| d.subject = format!("{}[[Client_UserName]]", "x".repeat(90)), &[]);
    }

    #[test]
    fn the_message_has_ten_thousand_characters() {
        finds(|d, _| d.message = "é".repeat(10_000), &[]);
        finds(|d, _| d.message = "é".repeat(10_001), &[Problem::MessageTooLong { chars: 10_001 }]);
    }
}
