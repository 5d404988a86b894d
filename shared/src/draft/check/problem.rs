//! The reasons why a draft may not be sent yet, as they go over the wire and into the catalogues.

use serde::{Deserialize, Deserializer, Serialize, de::Error};

macro_rules! problems {
    ($($(#[$doc:meta])* $variant:ident $({ $($field:ident: $type:ty),* })? = $name:literal;)*) => {
        /// A reason why a draft may not be sent yet. `row` counts `Draft::rows` from 0.
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
        #[serde(tag = "problem")]
        pub enum Problem {
            $($(#[$doc])* #[serde(rename = $name)] $variant $({ $($field: $type),* })?,)*
        }

        impl Problem {
            /// The names of all problems, so that the catalogues can be checked for completeness.
            pub const NAMES: &'static [&'static str] = &[$($name),*];

            /// The word that stands for it on the wire and in the catalogues.
            pub fn name(&self) -> &'static str {
                match self {
                    $(Self::$variant $({ $($field: _),* })? => $name,)*
                }
            }

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

#[cfg(test)]
mod tests {
    use super::*;

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
