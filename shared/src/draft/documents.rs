//! The documents of a draft once the sender has edited them: from then on they are DocuSign's draft's, and the
//! template is seen through them.

use serde::{Deserialize, Serialize};

use crate::template::{Document, Template};

/// A document of a draft whose documents were edited, as DocuSign's draft holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftDocument {
    /// Its `documentId` in DocuSign's draft.
    pub id: String,
    pub name: String,
    pub pages: Option<u32>,
    pub source: DocumentSource,
}

/// Where a document came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "from")]
pub enum DocumentSource {
    /// The (joined) template's document with this id.
    Template { document: String },
    /// The sender's own file.
    Upload { bytes: u64 },
}

impl DraftDocument {
    /// Its id in the template as it is seen through the draft's documents (see [`edited`]).
    pub fn seen_id(&self) -> String {
        match &self.source {
            DocumentSource::Template { document } => document.clone(),
            DocumentSource::Upload { .. } => ["draft-", &self.id].concat(),
        }
    }
}

/// The template with `documents` in the place of its own: in their order, uploads among them (their id is the
/// draft's with `draft-` before it), and without the tabs of documents that were taken out.
pub fn edited(template: &Template, documents: &[DraftDocument]) -> Template {
    let seen: Vec<Document> = documents
        .iter()
        .map(|document| {
            let (id, name) = (document.seen_id(), document.name.clone());
            let own = template.documents.iter().find(|own| own.id == id);
            let pages = document.pages.or(own.and_then(|own| own.pages));
            let at = own.map_or_else(|| document.id.clone(), |own| own.at.clone());
            Document { id, name, pages, template: own.and_then(|own| own.template.clone()), at }
        })
        .collect();
    let tabs =
        template.tabs.iter().filter(|tab| seen.iter().any(|d| d.id == tab.document)).cloned().collect();
    Template { documents: seen, tabs, documents_edited: true, ..template.clone() }
}
