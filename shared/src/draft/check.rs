//! What a draft still needs before it may be sent. The browser shows it, the edge enforces it.

mod wishes;

use serde::{Deserialize, Deserializer, Serialize, de::Error};

use super::{
    ACCESS_CODE_MAX_CHARS, Draft, LANGUAGES, MESSAGE_MAX_CHARS, NAME_MAX_CHARS, NOTE_MAX_CHARS,
    RECIPIENTS_MAX, Row, SUBJECT_MAX_CHARS, chars, dropped_roles, merged_subject,
};
use crate::{
    email::{is_email, same_email},
    merge::FieldValue,
    template::{OwnMessage, Role, Template},
};

macro_rules! problems {
    ($($(#[$doc:meta])* $variant:ident $({ $($field:ident: $type:ty),* })? = $name:literal;)*) => {
        /// A reason why a draft may not be sent yet. `row` counts `Draft::rows` from 0.
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
        #[serde(tag = "problem")]
        pub enum Problem {
            $($(#[$doc])* #[serde(rename = $name)] $variant $({ $($field: $type),* })?,)*
        }

        impl Problem {
            fn read(flat: Flat) -> Option<Self> {
                Some(match flat.problem.as_str() {
                    $($name => Self::$variant $({ $($field: flat.$field?),* })?,)*
                    _ => return None,
                })
            }
        }
    };
}

problems! {
    WrongTemplate = "wrong-template";
    TemplateHasNoDocuments = "template-has-no-documents";
    /// Nobody signs or receives: no rows at all, or only agents and the like are left.
    NoRecipients = "no-recipients";
    TooManyRecipients = "too-many-recipients";
    NameMissing { row: usize } = "name-missing";
    NameTooLong { row: usize } = "name-too-long";
    EmailMissing { row: usize } = "email-missing";
    EmailInvalid { row: usize } = "email-invalid";
    /// The same e-mail, role and kind as an earlier row.
    Duplicate { row: usize, of: usize } = "duplicate";
    /// A row refers to a role that the template does not have.
    UnknownRole { row: usize } = "unknown-role";
    /// Two rows fill the same role.
    RoleTwice { row: usize, of: usize } = "role-twice";
    /// A required role was dropped.
    RequiredRoleDropped { role: String } = "required-role-dropped";
    /// A role was dropped, added or reordered although the template's recipients are locked.
    RecipientsLocked = "recipients-locked";
    /// Of a locked role something else was changed than its person and access code.
    RoleLocked { row: usize } = "role-locked";
    /// Subject or message was changed although the template's message is locked.
    MessageLocked = "message-locked";
    SubjectMissing = "subject-missing";
    SubjectTooLong { chars: usize } = "subject-too-long";
    MessageTooLong { chars: usize } = "message-too-long";
    OwnSubjectMissing { row: usize } = "own-subject-missing";
    OwnSubjectTooLong { row: usize, chars: usize } = "own-subject-too-long";
    OwnMessageTooLong { row: usize, chars: usize } = "own-message-too-long";
    NoteTooLong { row: usize, chars: usize } = "note-too-long";
    AccessCodeTooLong { row: usize, chars: usize } = "access-code-too-long";
    /// DocuSign does not know the language.
    LanguageUnknown { row: usize } = "language-unknown";
    /// A value was written into a field that the template does not have. `tab` is the id of the field's tab,
    /// here and below.
    ValueUnknown { tab: String } = "value-unknown";
    /// A value was written into a field that the template locks.
    ValueLocked { tab: String } = "value-locked";
    ValueTooLong { tab: String, bytes: usize } = "value-too-long";
    /// Not what the field takes: a word in a number field, an item that a list does not have.
    ValueWrongKind { tab: String } = "value-wrong-kind";
    /// The signer could not finish without it.
    ValueMissing { tab: String } = "value-missing";
    /// A template is there twice.
    TemplateTwice = "template-twice";
    /// DocuSign only takes a witness that belongs to a signer, which only a template can say.
    WitnessAlone { row: usize } = "witness-alone";
    /// A document is hidden that is not there.
    HiddenUnknown { row: usize } = "hidden-unknown";
    /// A document is hidden from somebody who has a field to fill in on it.
    HidesOwnField { row: usize } = "hides-own-field";
    HidesEverything { row: usize } = "hides-everything";
    /// `option`: `reminders-first`, `reminders-every`, `reminders-at-most`, `expiration-after`, `expiration-warn`.
    OptionOutOfRange { option: String } = "option-out-of-range";
    /// The warning would come before the envelope was sent.
    WarnsTooEarly = "warns-too-early";
    /// A placed field ([`super::PlacedField::id`], here and below) is on a document, page or text that is not there.
    PlacedNowhere { field: u32 } = "placed-nowhere";
    PlacedForNobody { field: u32 } = "placed-for-nobody";
    /// Only who signs fills fields in.
    PlacedForNonSigner { field: u32 } = "placed-for-non-signer";
    /// Only a draft at DocuSign takes fields of the sender's own, and there is none: no document was edited.
    PlacedUnedited { field: u32 } = "placed-unedited";
}

/// Whatever a problem may hold. Derived, reading one would be 50 kB of the Worker: a reader for each variant.
#[derive(Deserialize)]
struct Flat {
    problem: String,
    row: Option<usize>,
    of: Option<usize>,
    chars: Option<usize>,
    bytes: Option<usize>,
    role: Option<String>,
    tab: Option<String>,
    option: Option<String>,
    field: Option<u32>,
}

impl<'de> Deserialize<'de> for Problem {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        Self::read(Flat::deserialize(reader)?).ok_or_else(|| D::Error::custom("an unknown problem"))
    }
}

impl Problem {
    /// The names of all problems, so that the catalogues can be checked for completeness.
    pub const NAMES: [&'static str; 40] = [
        "wrong-template",
        "template-has-no-documents",
        "no-recipients",
        "too-many-recipients",
        "name-missing",
        "name-too-long",
        "email-missing",
        "email-invalid",
        "duplicate",
        "unknown-role",
        "role-twice",
        "required-role-dropped",
        "recipients-locked",
        "role-locked",
        "message-locked",
        "subject-missing",
        "subject-too-long",
        "message-too-long",
        "own-subject-missing",
        "own-subject-too-long",
        "own-message-too-long",
        "note-too-long",
        "access-code-too-long",
        "language-unknown",
        "value-unknown",
        "value-locked",
        "value-too-long",
        "value-wrong-kind",
        "value-missing",
        "template-twice",
        "witness-alone",
        "hidden-unknown",
        "hides-own-field",
        "hides-everything",
        "option-out-of-range",
        "warns-too-early",
        "placed-nowhere",
        "placed-for-nobody",
        "placed-for-non-signer",
        "placed-unedited",
    ];

    /// The word that stands for it on the wire and in the catalogues.
    pub fn name(&self) -> &'static str {
        match self {
            Self::WrongTemplate => "wrong-template",
            Self::TemplateHasNoDocuments => "template-has-no-documents",
            Self::NoRecipients => "no-recipients",
            Self::TooManyRecipients => "too-many-recipients",
            Self::NameMissing { .. } => "name-missing",
            Self::NameTooLong { .. } => "name-too-long",
            Self::EmailMissing { .. } => "email-missing",
            Self::EmailInvalid { .. } => "email-invalid",
            Self::Duplicate { .. } => "duplicate",
            Self::UnknownRole { .. } => "unknown-role",
            Self::RoleTwice { .. } => "role-twice",
            Self::RequiredRoleDropped { .. } => "required-role-dropped",
            Self::RecipientsLocked => "recipients-locked",
            Self::RoleLocked { .. } => "role-locked",
            Self::MessageLocked => "message-locked",
            Self::SubjectMissing => "subject-missing",
            Self::SubjectTooLong { .. } => "subject-too-long",
            Self::MessageTooLong { .. } => "message-too-long",
            Self::OwnSubjectMissing { .. } => "own-subject-missing",
            Self::OwnSubjectTooLong { .. } => "own-subject-too-long",
            Self::OwnMessageTooLong { .. } => "own-message-too-long",
            Self::NoteTooLong { .. } => "note-too-long",
            Self::AccessCodeTooLong { .. } => "access-code-too-long",
            Self::LanguageUnknown { .. } => "language-unknown",
            Self::ValueUnknown { .. } => "value-unknown",
            Self::ValueLocked { .. } => "value-locked",
            Self::ValueTooLong { .. } => "value-too-long",
            Self::ValueWrongKind { .. } => "value-wrong-kind",
            Self::ValueMissing { .. } => "value-missing",
            Self::TemplateTwice => "template-twice",
            Self::WitnessAlone { .. } => "witness-alone",
            Self::HiddenUnknown { .. } => "hidden-unknown",
            Self::HidesOwnField { .. } => "hides-own-field",
            Self::HidesEverything { .. } => "hides-everything",
            Self::OptionOutOfRange { .. } => "option-out-of-range",
            Self::WarnsTooEarly => "warns-too-early",
            Self::PlacedNowhere { .. } => "placed-nowhere",
            Self::PlacedForNobody { .. } => "placed-for-nobody",
            Self::PlacedForNonSigner { .. } => "placed-for-non-signer",
            Self::PlacedUnedited { .. } => "placed-unedited",
        }
    }

    /// The row it concerns, counted from 0; `None` for a problem of the draft as a whole.
    pub fn row(&self) -> Option<usize> {
        match self {
            Self::NameMissing { row, .. }
            | Self::NameTooLong { row, .. }
            | Self::EmailMissing { row, .. }
            | Self::EmailInvalid { row, .. }
            | Self::Duplicate { row, .. }
            | Self::UnknownRole { row, .. }
            | Self::RoleTwice { row, .. }
            | Self::RoleLocked { row, .. }
            | Self::OwnSubjectMissing { row, .. }
            | Self::OwnSubjectTooLong { row, .. }
            | Self::OwnMessageTooLong { row, .. }
            | Self::NoteTooLong { row, .. }
            | Self::AccessCodeTooLong { row, .. }
            | Self::LanguageUnknown { row }
            | Self::WitnessAlone { row }
            | Self::HiddenUnknown { row }
            | Self::HidesOwnField { row }
            | Self::HidesEverything { row } => Some(*row),
            _ => None,
        }
    }

    /// The tab whose value it concerns.
    pub fn tab(&self) -> Option<&str> {
        match self {
            Self::ValueUnknown { tab }
            | Self::ValueLocked { tab }
            | Self::ValueTooLong { tab, .. }
            | Self::ValueWrongKind { tab }
            | Self::ValueMissing { tab } => Some(tab),
            _ => None,
        }
    }
}

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
        check_role(index, row, draft, template, &mut problems);
        check_person(index, row, draft, template, &mut problems);
        check_own_message(index, row, draft, template, &mut problems);
        check_extras(index, row, &mut problems);
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

fn kind_or_order_changed(row: &Row, role: &Role) -> bool {
    row.kind != role.kind || row.routing_order != role.routing_order
}

fn role_name<'t>(row: &Row, template: &'t Template) -> &'t str {
    row.role_in(template).map_or("", |role| &role.role_name)
}

/// A browser's text field turns line ends into `\n`; that alone is no change.
fn same_text(one: &str, other: &str) -> bool {
    one.trim_end().replace("\r\n", "\n") == other.trim_end().replace("\r\n", "\n")
}

fn same_own_message(one: Option<&OwnMessage>, other: Option<&OwnMessage>) -> bool {
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
    use super::*;
    use crate::draft::sample::{added, draft, own, role, row, template};
    use crate::template::RecipientKind;

    /// `change` is made to a draft that may be sent; `expected` is what is then wrong with it.
    fn finds(change: impl FnOnce(&mut Draft, &mut Template), expected: &[Problem]) {
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

    #[test]
    fn names_are_the_words_on_the_wire() {
        let samples = [
            Problem::WrongTemplate,
            Problem::TemplateHasNoDocuments,
            Problem::NoRecipients,
            Problem::TooManyRecipients,
            Problem::NameMissing { row: 0 },
            Problem::NameTooLong { row: 0 },
            Problem::EmailMissing { row: 0 },
            Problem::EmailInvalid { row: 0 },
            Problem::Duplicate { row: 1, of: 0 },
            Problem::UnknownRole { row: 0 },
            Problem::RoleTwice { row: 1, of: 0 },
            Problem::RequiredRoleDropped { role: String::new() },
            Problem::RecipientsLocked,
            Problem::RoleLocked { row: 0 },
            Problem::MessageLocked,
            Problem::SubjectMissing,
            Problem::SubjectTooLong { chars: 0 },
            Problem::MessageTooLong { chars: 0 },
            Problem::OwnSubjectMissing { row: 0 },
            Problem::OwnSubjectTooLong { row: 0, chars: 0 },
            Problem::OwnMessageTooLong { row: 0, chars: 0 },
            Problem::NoteTooLong { row: 0, chars: 0 },
            Problem::AccessCodeTooLong { row: 0, chars: 0 },
            Problem::LanguageUnknown { row: 0 },
            Problem::ValueUnknown { tab: "t".into() },
            Problem::ValueLocked { tab: "t".into() },
            Problem::ValueTooLong { tab: "t".into(), bytes: 0 },
            Problem::ValueWrongKind { tab: "t".into() },
            Problem::ValueMissing { tab: "t".into() },
            Problem::TemplateTwice,
            Problem::WitnessAlone { row: 0 },
            Problem::HiddenUnknown { row: 0 },
            Problem::HidesOwnField { row: 0 },
            Problem::HidesEverything { row: 0 },
            Problem::OptionOutOfRange { option: "reminders-first".into() },
            Problem::WarnsTooEarly,
            Problem::PlacedNowhere { field: 0 },
            Problem::PlacedForNobody { field: 0 },
            Problem::PlacedForNonSigner { field: 0 },
            Problem::PlacedUnedited { field: 0 },
        ];
        assert_eq!(samples.each_ref().map(Problem::name), Problem::NAMES);
        for problem in samples {
            let wire = serde_json::to_value(&problem).expect("a problem is JSON");
            assert_eq!(wire["problem"], problem.name());
            assert_eq!(wire["row"].as_u64().map(|row| row as usize), problem.row());
            assert_eq!(wire["tab"].as_str(), problem.tab());
        }
    }
}
