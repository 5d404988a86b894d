//! What a draft lacks, in words, and the field it belongs to.

use leptos::prelude::*;
use shared::draft::{Draft, MESSAGE_MAX_CHARS, NAME_MAX_CHARS, Problem, RECIPIENTS_MAX, SUBJECT_MAX_CHARS};

use super::run::Run;
use crate::{icon::icon, say, words::say};

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
}

pub fn spot(problem: &Problem) -> Spot {
    match problem {
        Problem::NameMissing { .. } | Problem::NameTooLong { .. } => Spot::Name,
        Problem::EmailMissing { .. } | Problem::EmailInvalid { .. } => Spot::Email,
        Problem::Duplicate { .. }
        | Problem::UnknownRole { .. }
        | Problem::RoleTwice { .. }
        | Problem::RoleLocked { .. } => Spot::Row,
        Problem::OwnSubjectMissing { .. } | Problem::OwnSubjectTooLong { .. } => Spot::OwnSubject,
        Problem::OwnMessageTooLong { .. } => Spot::OwnMessage,
        Problem::SubjectMissing | Problem::SubjectTooLong { .. } => Spot::Subject,
        Problem::MessageTooLong { .. } | Problem::MessageLocked => Spot::Message,
        Problem::WrongTemplate
        | Problem::TemplateHasNoDocuments
        | Problem::NoRecipients
        | Problem::TooManyRecipients
        | Problem::RequiredRoleDropped { .. }
        | Problem::RecipientsLocked
        | Problem::ValueUnknown { .. }
        | Problem::ValueLocked { .. }
        | Problem::ValueTooLong { .. }
        | Problem::ValueWrongKind { .. }
        | Problem::ValueMissing { .. } => Spot::Draft,
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
        Problem::ValueUnknown { tab }
        | Problem::ValueLocked { tab }
        | Problem::ValueTooLong { tab, .. }
        | Problem::ValueWrongKind { tab }
        | Problem::ValueMissing { tab } => say!(&key, field = tab),
        _ => say(&key),
    }
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

/// Brings the first marked field into view and gives it the focus, once it is drawn.
pub fn focus_first() {
    request_animation_frame(|| {
        let marked = ".step [aria-invalid=true], .step [data-problem][tabindex]";
        if let Ok(Some(field)) = document().query_selector(marked) {
            super::focus(&field);
        }
    });
}
