//! The subject as DocuSign will write it: `[[Role_UserName]]` and `[[Role_Email]]` replaced from the rows.
//!
//! DocuSign counts the merged text against its limit, and refuses the envelope rather than cutting it
//! (docusign facts §3.1).

use super::{Draft, Row};
use crate::template::Template;

/// A longer text is far over the limit whatever its fields hold, and is not looked into.
const MERGED_MAX_BYTES: usize = 8_192;

/// `text` (the draft's subject, or a recipient's own) with its merge fields filled in from the rows. Role names
/// match as DocuSign matches them, case-sensitively; a field of a role that no row fills stays as it is written.
pub fn merged_subject(text: &str, draft: &Draft, template: &Template) -> String {
    if text.len() > MERGED_MAX_BYTES {
        return text.to_owned();
    }
    let mut merged = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, field)) = rest.split_once("[[") {
        merged.push_str(before);
        match field.split_once("]]").and_then(|(name, after)| Some((value(name, draft, template)?, after))) {
            Some((value, after)) => {
                merged.push_str(value);
                rest = after;
            }
            // Not a field: keep one bracket, and look again from the next, so that `[[[Client_Email]]` is found.
            None => {
                merged.push('[');
                rest = rest.get(before.len() + 1..).unwrap_or_default();
            }
        }
    }
    merged.push_str(rest);
    merged
}

/// How long a text is to DocuSign: UTF-16 code units, as .NET and the browser's `maxlength` count. It is never
/// less than the number of characters, so what passes here passes there.
pub fn chars(text: &str) -> usize {
    text.encode_utf16().count()
}

fn value<'d>(field: &str, draft: &'d Draft, template: &Template) -> Option<&'d str> {
    let (role, part): (_, fn(&Row) -> &str) = if let Some(role) = field.strip_suffix("_UserName") {
        (role, |row| row.name.trim())
    } else {
        (field.strip_suffix("_Email")?, |row| row.email.trim())
    };
    draft.rows.iter().find(|row| row.role_in(template).is_some_and(|found| found.role_name == role)).map(part)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::sample::{draft, template};
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        let template = template();
        assert_eq!(merged_subject(text, &draft(&template), &template), expected);
    }

    #[test]
    fn fields_are_filled_in_from_the_rows() {
        check("NDA for [[Client_UserName]]", "NDA for Ann Lee");
        check("[[Client_Email]] and [[Company_Email]]", "ann@client.example and bo@firm.example");
        check("[[Client_UserName]][[Client_UserName]]", "Ann LeeAnn Lee");
        check("[[[Client_UserName]]]", "[Ann Lee]");
    }

    #[test]
    fn what_is_no_field_of_a_filled_role_stays_as_written() {
        check("No fields", "No fields");
        check("", "");
        check("[[client_UserName]]", "[[client_UserName]]");
        check("[[Nobody_Email]] [[Client]] [[Client_Phone]]", "[[Nobody_Email]] [[Client]] [[Client_Phone]]");
        check("open [[Client_UserName", "open [[Client_UserName");
        check("]] [[ é [[", "]] [[ é [[");
        check("[[ [[Client_UserName]]", "[[ Ann Lee");
    }

    #[test]
    fn a_name_that_looks_like_a_field_is_not_filled_in_again() {
        let template = template();
        let mut draft = draft(&template);
        draft.rows[0].name = "[[Company_Email]]".into();
        assert_eq!(merged_subject("[[Client_UserName]]", &draft, &template), "[[Company_Email]]");
    }

    #[test]
    fn length_is_counted_in_utf_16() {
        for (text, expected) in [("", 0), ("abc", 3), ("é", 1), ("契約", 2), ("😀", 2)] {
            assert_eq!(chars(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_text_without_fields_is_never_changed(text in "[^\\[]*|([a-z \\[\\]é]{0,40})") {
            let template = template();
            prop_assert_eq!(merged_subject(&text, &draft(&template), &template), text);
        }
    }
}
