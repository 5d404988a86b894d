//! What is wrong with one recipient: role, person, own words, note, access code, language.

use super::{
    super::{
        ACCESS_CODE_MAX_CHARS, Draft, LANGUAGES, MESSAGE_MAX_CHARS, NAME_MAX_CHARS, NOTE_MAX_CHARS, Row,
        SUBJECT_MAX_CHARS, chars, merged_subject,
    },
    Problem, same_text,
};
use crate::{
    email::{is_email, same_email},
    template::{OwnMessage, Role, Template},
};

pub fn check_row(row_no: usize, row: &Row, draft: &Draft, template: &Template, problems: &mut Vec<Problem>) {
    check_role(row_no, row, draft, template, problems);
    check_person(row_no, row, draft, template, problems);
    check_own_message(row_no, row, draft, template, problems);
    check_extras(row_no, row, problems);
}

fn check_role(row_no: usize, row: &Row, draft: &Draft, template: &Template, problems: &mut Vec<Problem>) {
    let Some(id) = row.role.as_deref() else { return };
    let Some(role) = row.role_in(template) else {
        problems.push(Problem::UnknownRole { row: row_no });
        return;
    };
    if let Some(of) = draft.rows.iter().take(row_no).position(|earlier| earlier.role.as_deref() == Some(id)) {
        problems.push(Problem::RoleTwice { row: row_no, of });
    }
    let told_otherwise = (&row.note, &row.language, &row.hidden_documents)
        != (&role.note, &role.language, &role.hidden_documents)
        || !same_own_message(row.own_message.as_ref(), role.message.as_ref());
    if role.locked && (kind_or_order_changed(row, role) || told_otherwise) {
        problems.push(Problem::RoleLocked { row: row_no });
    }
}

fn check_person(row_no: usize, row: &Row, draft: &Draft, template: &Template, problems: &mut Vec<Problem>) {
    if !row.kind.needs_person() {
        return;
    }
    if row.name.trim().is_empty() {
        problems.push(Problem::NameMissing { row: row_no });
    }
    if chars(row.name.trim()) > NAME_MAX_CHARS {
        problems.push(Problem::NameTooLong { row: row_no });
    }
    if row.email.trim().is_empty() {
        problems.push(Problem::EmailMissing { row: row_no });
        return;
    }
    if !is_email(row.email.trim()) {
        problems.push(Problem::EmailInvalid { row: row_no });
    }
    let same = |earlier: &Row| {
        earlier.kind == row.kind
            && same_email(&earlier.email, &row.email)
            && role_name(earlier, template) == role_name(row, template)
            // One role filled twice is told as such.
            && (row.role.is_none() || earlier.role != row.role)
    };
    if let Some(of) = draft.rows.iter().take(row_no).position(same) {
        problems.push(Problem::Duplicate { row: row_no, of });
    }
}

fn check_own_message(
    row_no: usize,
    row: &Row,
    draft: &Draft,
    template: &Template,
    problems: &mut Vec<Problem>,
) {
    let Some(own) = &row.own_message else { return };
    if own.subject.trim().is_empty() {
        problems.push(Problem::OwnSubjectMissing { row: row_no });
    }
    let subject = chars(&merged_subject(&own.subject, draft, template));
    if subject > SUBJECT_MAX_CHARS {
        problems.push(Problem::OwnSubjectTooLong { row: row_no, chars: subject });
    }
    let body = chars(&own.body);
    if body > MESSAGE_MAX_CHARS {
        problems.push(Problem::OwnMessageTooLong { row: row_no, chars: body });
    }
}

fn check_extras(row_no: usize, row: &Row, problems: &mut Vec<Problem>) {
    let note = chars(&row.note);
    if note > NOTE_MAX_CHARS {
        problems.push(Problem::NoteTooLong { row: row_no, chars: note });
    }
    let code = chars(&row.access_code);
    if code > ACCESS_CODE_MAX_CHARS {
        problems.push(Problem::AccessCodeTooLong { row: row_no, chars: code });
    }
    if row.language.as_deref().is_some_and(|code| !LANGUAGES.contains(&code)) {
        problems.push(Problem::LanguageUnknown { row: row_no });
    }
}

pub fn kind_or_order_changed(row: &Row, role: &Role) -> bool {
    row.kind != role.kind || row.routing_order != role.routing_order
}

fn role_name<'t>(row: &Row, template: &'t Template) -> &'t str {
    row.role_in(template).map_or("", |role| &role.role_name)
}

pub fn same_own_message(one: Option<&OwnMessage>, other: Option<&OwnMessage>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => {
            same_text(&one.subject, &other.subject) && same_text(&one.body, &other.body)
        }
        (None, None) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::finds, *};
    use crate::{
        draft::sample::{added, own, role, row},
        template::RecipientKind,
    };

    #[test]
    fn note_code_and_language_of_a_recipient_have_limits() {
        finds(
            |d, _| {
                d.rows[0].note = "n".repeat(1_000);
                d.rows[0].access_code = "c".repeat(50);
                d.rows[0].language = Some("pt_BR".into());
            },
            &[],
        );
        finds(
            |d, _| {
                d.rows[0].note = "n".repeat(1_001);
                d.rows[0].access_code = "c".repeat(51);
                d.rows[1].language = Some("tlh".into());
            },
            &[
                Problem::NoteTooLong { row: 0, chars: 1_001 },
                Problem::AccessCodeTooLong { row: 0, chars: 51 },
                Problem::LanguageUnknown { row: 1 },
            ],
        );
    }

    #[test]
    fn a_person_needs_a_name_and_a_good_address() {
        finds(|d, _| d.rows[0].name = " ".into(), &[Problem::NameMissing { row: 0 }]);
        finds(|d, _| d.rows[0].name = "é".repeat(100), &[]);
        finds(|d, _| d.rows[0].name = "é".repeat(101), &[Problem::NameTooLong { row: 0 }]);
        finds(|d, _| d.rows[1].email = "  ".into(), &[Problem::EmailMissing { row: 1 }]);
        finds(|d, _| d.rows[1].email = "ann@".into(), &[Problem::EmailInvalid { row: 1 }]);
        finds(|d, _| d.rows[1].email = " bo+x@firm.example ".into(), &[]);
    }

    #[test]
    fn a_kind_we_do_not_know_is_left_alone() {
        finds(
            |d, t| {
                t.roles.push(crate::template::Role {
                    kind: RecipientKind::Other("seals".into()),
                    ..role("3", "Seal", 3)
                });
                let seal = t.roles[2].clone();
                d.rows.push(Row { kind: seal.kind.clone(), ..row(&seal, "", "") });
            },
            &[],
        );
    }

    #[test]
    fn the_same_person_twice_in_one_role_is_caught() {
        let twin = |kind: RecipientKind, email: &str| {
            let email = email.to_owned();
            move |d: &mut Draft, _: &mut Template| {
                d.rows.push(added("Cy", "cy@firm.example"));
                d.rows.push(Row { kind, ..added("Cy", &email) });
            }
        };
        finds(twin(RecipientKind::Signer, "CY@Firm.example"), &[Problem::Duplicate { row: 3, of: 2 }]);
        finds(twin(RecipientKind::CarbonCopy, "cy@firm.example"), &[]);
        finds(twin(RecipientKind::Signer, "cy2@firm.example"), &[]);
        // The same person in two roles is usual: they sign for both.
        finds(|d, _| d.rows[1].email = d.rows[0].email.clone(), &[]);
        // Two roles of one name are one role to DocuSign.
        finds(
            |d, t| {
                t.roles[1].role_name = t.roles[0].role_name.clone();
                d.rows[1].email = d.rows[0].email.clone();
            },
            &[Problem::Duplicate { row: 1, of: 0 }],
        );
    }

    #[test]
    fn a_role_is_filled_once_and_must_exist() {
        finds(|d, _| d.rows[1].role = Some("9".into()), &[Problem::UnknownRole { row: 1 }]);
        finds(
            |d, _| {
                let again = d.rows[0].clone();
                d.rows.push(again);
            },
            &[Problem::RoleTwice { row: 2, of: 0 }],
        );
    }

    #[test]
    fn of_a_locked_role_only_the_person_may_be_changed() {
        let locked = |change: fn(&mut Row)| {
            move |d: &mut Draft, t: &mut Template| {
                t.roles[0].locked = true;
                change(&mut d.rows[0]);
            }
        };
        finds(locked(|r| r.name = "Somebody else".into()), &[]);
        finds(locked(|r| r.email = "else@firm.example".into()), &[]);
        finds(locked(|r| r.routing_order = 2), &[Problem::RoleLocked { row: 0 }]);
        finds(locked(|r| r.kind = RecipientKind::CarbonCopy), &[Problem::RoleLocked { row: 0 }]);
        finds(locked(|r| r.own_message = Some(own("For you", ""))), &[Problem::RoleLocked { row: 0 }]);
        finds(locked(|r| r.access_code = "4711".into()), &[]);
    }

    #[test]
    fn a_message_of_ones_own_has_the_same_limits() {
        let give = |own: OwnMessage| move |d: &mut Draft, _: &mut Template| d.rows[1].own_message = Some(own);
        finds(give(own("For Bo", "Hello")), &[]);
        finds(give(own("", "Hello")), &[Problem::OwnSubjectMissing { row: 1 }]);
        finds(give(own(&"x".repeat(101), "")), &[Problem::OwnSubjectTooLong { row: 1, chars: 101 }]);
        finds(
            give(own("For Bo", &"x".repeat(10_001))),
            &[Problem::OwnMessageTooLong { row: 1, chars: 10_001 }],
        );
    }
}
