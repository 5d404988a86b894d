//! What a draft lacks, in words, and the field it belongs to.

use leptos::prelude::*;
use shared::{
    draft::{
        ACCESS_CODE_MAX_CHARS, Draft, MESSAGE_MAX_CHARS, NAME_MAX_CHARS, NOTE_MAX_CHARS, Problem,
        RECIPIENTS_MAX, SUBJECT_MAX_CHARS,
    },
    merge::VALUE_MAX_BYTES,
};

use super::editing::Section;
use super::run::{Line, Run};
use crate::{icon::icon, json::Json, say, words::say};

/// Where a problem is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// Above everything.
    Draft,
    Subject,
    Message,
    Row,
    Name,
    Email,
    OwnSubject,
    OwnMessage,
    Note,
    AccessCode,
    Language,
    /// A field of the template.
    Value,
}

pub fn spot(problem: &Problem) -> Spot {
    match problem {
        Problem::NameMissing { .. } | Problem::NameTooLong { .. } => Spot::Name,
        Problem::EmailMissing { .. } | Problem::EmailInvalid { .. } => Spot::Email,
        Problem::Duplicate { .. }
        | Problem::UnknownRole { .. }
        | Problem::RoleTwice { .. }
        | Problem::RoleLocked { .. }
        | Problem::WitnessAlone { .. }
        | Problem::HiddenUnknown { .. }
        | Problem::HidesOwnField { .. }
        | Problem::HidesEverything { .. } => Spot::Row,
        Problem::OwnSubjectMissing { .. } | Problem::OwnSubjectTooLong { .. } => Spot::OwnSubject,
        Problem::OwnMessageTooLong { .. } => Spot::OwnMessage,
        Problem::NoteTooLong { .. } => Spot::Note,
        Problem::AccessCodeTooLong { .. } => Spot::AccessCode,
        Problem::LanguageUnknown { .. } => Spot::Language,
        Problem::SubjectMissing | Problem::SubjectTooLong { .. } => Spot::Subject,
        Problem::MessageTooLong { .. } | Problem::MessageLocked => Spot::Message,
        Problem::WrongTemplate
        | Problem::TemplateHasNoDocuments
        | Problem::NoRecipients
        | Problem::TooManyRecipients
        | Problem::RequiredRoleDropped { .. }
        | Problem::RecipientsLocked
        | Problem::TemplateTwice
        | Problem::OptionOutOfRange { .. }
        | Problem::WarnsTooEarly
        | Problem::PlacedNowhere { .. }
        | Problem::PlacedForNobody { .. }
        | Problem::PlacedForNonSigner { .. }
        | Problem::PlacedUnedited { .. } => Spot::Draft,
        Problem::ValueUnknown { .. }
        | Problem::ValueLocked { .. }
        | Problem::ValueTooLong { .. }
        | Problem::ValueWrongKind { .. }
        | Problem::ValueMissing { .. } => Spot::Value,
    }
}

/// The editor's section in which it is put right.
pub fn section(problem: &Problem) -> Option<Section> {
    match problem {
        Problem::OptionOutOfRange { .. } | Problem::WarnsTooEarly => Some(Section::Options),
        Problem::PlacedNowhere { .. }
        | Problem::PlacedForNobody { .. }
        | Problem::PlacedForNonSigner { .. }
        | Problem::PlacedUnedited { .. } => Some(Section::Documents),
        _ => None,
    }
}

/// The problem in a sentence.
pub fn words(problem: &Problem, draft: &Draft) -> String {
    let key = ["problem-", problem.name()].concat();
    match problem {
        Problem::SubjectTooLong { chars } | Problem::OwnSubjectTooLong { chars, .. } => {
            say!(&key, chars = *chars, max = SUBJECT_MAX_CHARS)
        }
        Problem::MessageTooLong { chars } | Problem::OwnMessageTooLong { chars, .. } => {
            say!(&key, chars = *chars, max = MESSAGE_MAX_CHARS)
        }
        Problem::NoteTooLong { chars, .. } => say!(&key, chars = *chars, max = NOTE_MAX_CHARS),
        Problem::AccessCodeTooLong { chars, .. } => say!(&key, chars = *chars, max = ACCESS_CODE_MAX_CHARS),
        Problem::ValueTooLong { bytes, .. } => say!(&key, bytes = *bytes, max = VALUE_MAX_BYTES),
        Problem::NameTooLong { .. } => say!(&key, max = NAME_MAX_CHARS),
        Problem::TooManyRecipients => say!(&key, max = RECIPIENTS_MAX),
        Problem::Duplicate { of, .. } | Problem::RoleTwice { of, .. } => {
            say!(&key, number = of.saturating_add(1))
        }
        Problem::EmailInvalid { row } => {
            let email = draft.rows.get(*row).map(|row| row.email.as_str()).unwrap_or_default();
            say!(&key, email = email)
        }
        Problem::RequiredRoleDropped { role } => say!(&key, role = role),
        Problem::OptionOutOfRange { option } => say!(&key, option = option),
        _ => say(&key),
    }
}

/// The problems of a refused draft. By hand: serde's reader of an enum of 39 is a fifth of the wizard.
/// What is not understood is a newer edge's, and left out; the refusal itself is shown in any case.
pub fn read(problems: Json) -> Vec<Problem> {
    let Json::List(problems) = problems else { return Vec::new() };
    problems.into_iter().filter_map(read_one).collect()
}

fn read_one(mut json: Json) -> Option<Problem> {
    let name = json.take_text("problem")?;
    let (row, of) = (json.take("row").read(), json.take("of").read());
    let (chars, bytes) = (json.take("chars").read(), json.take("bytes").read());
    let (role, tab) = (json.take_text("role"), json.take_text("tab"));
    let (option, field) = (json.take_text("option"), json.take("field").read());
    Some(match name.as_str() {
        "wrong-template" => Problem::WrongTemplate,
        "template-has-no-documents" => Problem::TemplateHasNoDocuments,
        "no-recipients" => Problem::NoRecipients,
        "too-many-recipients" => Problem::TooManyRecipients,
        "name-missing" => Problem::NameMissing { row: row? },
        "name-too-long" => Problem::NameTooLong { row: row? },
        "email-missing" => Problem::EmailMissing { row: row? },
        "email-invalid" => Problem::EmailInvalid { row: row? },
        "duplicate" => Problem::Duplicate { row: row?, of: of? },
        "unknown-role" => Problem::UnknownRole { row: row? },
        "role-twice" => Problem::RoleTwice { row: row?, of: of? },
        "required-role-dropped" => Problem::RequiredRoleDropped { role: role? },
        "recipients-locked" => Problem::RecipientsLocked,
        "role-locked" => Problem::RoleLocked { row: row? },
        "message-locked" => Problem::MessageLocked,
        "subject-missing" => Problem::SubjectMissing,
        "subject-too-long" => Problem::SubjectTooLong { chars: chars? },
        "message-too-long" => Problem::MessageTooLong { chars: chars? },
        "own-subject-missing" => Problem::OwnSubjectMissing { row: row? },
        "own-subject-too-long" => Problem::OwnSubjectTooLong { row: row?, chars: chars? },
        "own-message-too-long" => Problem::OwnMessageTooLong { row: row?, chars: chars? },
        "note-too-long" => Problem::NoteTooLong { row: row?, chars: chars? },
        "access-code-too-long" => Problem::AccessCodeTooLong { row: row?, chars: chars? },
        "language-unknown" => Problem::LanguageUnknown { row: row? },
        "value-unknown" => Problem::ValueUnknown { tab: tab? },
        "value-locked" => Problem::ValueLocked { tab: tab? },
        "value-too-long" => Problem::ValueTooLong { tab: tab?, bytes: bytes? },
        "value-wrong-kind" => Problem::ValueWrongKind { tab: tab? },
        "value-missing" => Problem::ValueMissing { tab: tab? },
        "template-twice" => Problem::TemplateTwice,
        "witness-alone" => Problem::WitnessAlone { row: row? },
        "hidden-unknown" => Problem::HiddenUnknown { row: row? },
        "hides-own-field" => Problem::HidesOwnField { row: row? },
        "hides-everything" => Problem::HidesEverything { row: row? },
        "option-out-of-range" => Problem::OptionOutOfRange { option: option? },
        "warns-too-early" => Problem::WarnsTooEarly,
        "placed-nowhere" => Problem::PlacedNowhere { field: field? },
        "placed-for-nobody" => Problem::PlacedForNobody { field: field? },
        "placed-for-non-signer" => Problem::PlacedForNonSigner { field: field? },
        "placed-unedited" => Problem::PlacedUnedited { field: field? },
        _ => return None,
    })
}

/// An error line, which `aria-describedby` of its field names by `id`.
pub fn line(id: String, words: String) -> AnyView {
    view! {
        <span class="error" id=id data-problem="">{icon("s-declined")} <span>{words}</span></span>
    }
    .into_any()
}

/// The first of `run`'s problems that belongs to `place` and `spot`, in words.
pub fn first_at(run: Run, place: Option<usize>, at: Spot) -> Option<String> {
    let found = run.shown_problems(|problem| problem.row() == place && spot(problem) == at);
    found.first().map(|problem| run.draft.with(|draft| words(problem, draft)))
}

/// The same; what is too long is told while somebody types, the rest once it is asked for.
pub fn live_at(run: Run, place: Option<usize>, at: Spot) -> Option<String> {
    let asked = run.asked.get();
    run.problems.with(|problems| {
        let is_long = |problem: &Problem| problem.name().ends_with("-too-long");
        let found = problems
            .iter()
            .find(|problem| problem.row() == place && spot(problem) == at && (asked || is_long(problem)))?;
        Some(run.draft.with(|draft| words(found, draft)))
    })
}

/// The same for one row, asked for or not: what is told while somebody types.
pub fn now_at(run: Run, line: Line, at: Spot) -> Option<String> {
    let place = run.place(line)?;
    run.problems.with(|problems| {
        let found = problems.iter().find(|problem| problem.row() == Some(place) && spot(problem) == at)?;
        Some(run.draft.with(|draft| words(found, draft)))
    })
}

/// Brings the first marked field into view and gives it the focus, once it is drawn.
pub fn focus_first() {
    request_animation_frame(|| {
        let marked = ".step [aria-invalid=true], .step [data-problem][tabindex]";
        if let Ok(Some(field)) = document().query_selector(marked) {
            super::focus(&field);
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Center);
            field.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_problem_that_shared_writes_is_read() {
        for name in Problem::NAMES {
            let wire = format!(
                r#"{{"problem":"{name}","row":3,"of":1,"chars":101,"bytes":9,"role":"Client","tab":"t1","option":"reminders-first","field":4}}"#
            );
            let theirs: Problem = serde_json::from_str(&wire).unwrap();
            assert_eq!(read_one(Json::parse(&wire).unwrap()), Some(theirs), "{name}");
        }
    }

    #[test]
    fn problems_from_a_newer_edge_are_left_out() {
        let list = Json::parse(r#"[{"problem":"moon-phase"},{"problem":"no-recipients"},7]"#).unwrap();
        assert_eq!(read(list), [Problem::NoRecipients]);
        assert_eq!(read(Json::Null), []);
    }
}
