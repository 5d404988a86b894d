//! Who sees which document, and who has something to do on it.
//!
//! As DocuSign has it: with visibility limited, a document with fields is seen by the signers who have one there,
//! and whatever is hidden from a recipient is not seen by them; a document without fields is seen by everybody
//! else. Without the limit everybody sees everything.

use super::{Draft, Row};
use crate::template::Template;

/// Whether visibility is limited in this envelope: as the sender says, else as the template does.
pub fn is_limited(draft: &Draft, template: &Template) -> bool {
    draft.options.limit_visibility.or(template.options.limit_visibility).unwrap_or(false)
}

/// Whether `row` has a field on `document`: of the template's, or one that the sender placed.
pub fn has_field(draft: &Draft, template: &Template, row: &Row, document: &str) -> bool {
    let role = row.role_in(template).filter(|role| role.kind == row.kind);
    let tabs = template.tabs.iter().filter(|tab| tab.document == document);
    role.is_some_and(|role| tabs.clone().any(|tab| tab.recipient == role.recipient_id))
        || draft.placed.iter().any(|field| field.row == row.id && field.document == document)
}

/// Whether `row` sees `document`.
pub fn sees(draft: &Draft, template: &Template, row: &Row, document: &str) -> bool {
    if !is_limited(draft, template) {
        return true;
    }
    if row.hidden_documents.iter().any(|hidden| hidden == document) {
        return false;
    }
    let has_fields = draft.rows.iter().any(|row| has_field(draft, template, row, document));
    !row.kind.needs_signature() || !has_fields || has_field(draft, template, row, document)
}

/// Ids of the documents on which no signer has a field: they can be read, not signed.
pub fn without_fields<'t>(draft: &Draft, template: &'t Template) -> Vec<&'t str> {
    let is_bare = |document: &&str| {
        !draft.rows.iter().any(|row| row.kind.needs_signature() && has_field(draft, template, row, document))
    };
    template.documents.iter().map(|document| document.id.as_str()).filter(is_bare).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        draft::{PlacedAt, PlacedField, PlacedKind},
        prefill::Prefill,
        template::{Document, RecipientKind},
    };

    fn scene() -> (Draft, Template) {
        let document = |id: &str| Document { id: id.into(), name: id.into(), ..Document::default() };
        let template =
            Template { documents: vec![document("a"), document("b"), document("c")], ..Template::default() };
        let signer = |id| Row { id, ..Row::new(None, RecipientKind::Signer, id) };
        let field = |id, row, document: &str| PlacedField {
            id,
            row,
            document: document.into(),
            kind: PlacedKind::Signature,
            at: PlacedAt::Point { page: 1, x: 10, y: 10 },
        };
        let draft = Draft {
            rows: vec![signer(1), signer(2), Row { id: 3, ..Row::new(None, RecipientKind::CarbonCopy, 3) }],
            placed: vec![field(1, 1, "a"), field(2, 2, "b")],
            ..Draft::from_prefill(&template, &Prefill { rows: Vec::new(), notices: Vec::new() })
        };
        (draft, template)
    }

    fn seen(draft: &Draft, template: &Template) -> Vec<String> {
        let row = |row: &Row| {
            let documents = template.documents.iter().map(|document| document.id.as_str());
            documents.filter(|document| sees(draft, template, row, document)).collect()
        };
        draft.rows.iter().map(row).collect()
    }

    #[test]
    fn with_visibility_limited_a_signer_sees_what_they_sign_and_what_nobody_does() {
        let (mut draft, template) = scene();
        draft.rows[1].hidden_documents = vec!["c".into()];
        assert_eq!(seen(&draft, &template), ["abc", "abc", "abc"]);
        draft.options.limit_visibility = Some(true);
        assert_eq!(seen(&draft, &template), ["ac", "b", "abc"]);
    }

    #[test]
    fn the_sender_s_word_on_visibility_goes_before_the_template_s() {
        let (mut draft, mut template) = scene();
        template.options.limit_visibility = Some(true);
        assert!(is_limited(&draft, &template));
        draft.options.limit_visibility = Some(false);
        assert!(!is_limited(&draft, &template));
    }

    #[test]
    fn a_document_without_a_signer_s_field_is_found() {
        let (draft, template) = scene();
        assert_eq!(without_fields(&draft, &template), ["c"]);
    }
}
