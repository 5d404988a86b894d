//! What the editor holds beside the draft: which of its sections is open, the documents once they were edited, and
//! the field that is being placed. Kept with the run, so that nothing is lost on the way back and forth.

use js_sys::Promise;
use leptos::prelude::*;
use shared::{
    api::Allowed,
    draft::{DraftDocument, PlacedAt, PlacedField, PlacedKind, edited},
    template::Template,
};

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, XmlHttpRequest};

use super::run::{Run, Saved};
use crate::edge::{Failure, Refusal, documents};

/// The sections of the editor, as its menu lists them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Documents,
    Options,
    Continue,
}

/// A field that waits for its place on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placing {
    /// [`shared::draft::Row::id`] of the recipient.
    pub row: u32,
    pub kind: PlacedKind,
}

/// How far a file got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    Waiting,
    /// Percent.
    UnderWay(u32),
    Failed(Failure),
}

/// A file of the sender's that is not a document yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    pub key: u32,
    pub name: String,
    pub bytes: u64,
    pub progress: Progress,
}

#[derive(Clone, Copy)]
pub struct Editing {
    /// The open section; `None` while the wizard's own steps are shown.
    pub section: RwSignal<Option<Section>>,
    pub allowed: RwSignal<Allowed>,
    /// The template (or several, joined) as DocuSign has it. `Run::template` is this, seen through `documents`.
    pub original: RwSignal<Option<Template>>,
    /// The documents, once they were made editable.
    pub documents: RwSignal<Option<Vec<DraftDocument>>>,
    pub placing: RwSignal<Option<Placing>>,
    /// Id of the placed field that was touched last.
    pub touched: RwSignal<Option<u32>>,
    pub uploads: RwSignal<Vec<Upload>>,
    /// The files of `uploads`, by key.
    pub files: StoredValue<Vec<(u32, File)>, LocalStorage>,
    /// The upload that is under way.
    pub request: StoredValue<Option<(u32, XmlHttpRequest)>, LocalStorage>,
    /// Why the documents could not be changed the last time.
    pub failure: RwSignal<Option<Failure>>,
    /// Documents are being changed at the edge.
    pub busy: RwSignal<bool>,
}

impl Editing {
    pub fn new() -> Self {
        Self {
            section: RwSignal::new(None),
            allowed: RwSignal::new(Allowed::default()),
            original: RwSignal::new(None),
            documents: RwSignal::new(None),
            placing: RwSignal::new(None),
            touched: RwSignal::new(None),
            uploads: RwSignal::new(Vec::new()),
            files: StoredValue::new_local(Vec::new()),
            request: StoredValue::new_local(None),
            failure: RwSignal::new(None),
            busy: RwSignal::new(false),
        }
    }

    /// Begins with another template, or none.
    pub fn start(self, template: Option<&Template>, documents: Option<Vec<DraftDocument>>, allowed: Allowed) {
        self.section.set(None);
        self.allowed.set(allowed);
        self.original.set(template.cloned());
        self.documents.set(documents);
        self.placing.set(None);
        self.touched.set(None);
        self.failure.set(None);
        self.stop();
    }

    /// Whether a file is still on its way.
    pub fn is_uploading(self) -> bool {
        self.uploads.with(|all| all.iter().any(|one| !matches!(one.progress, Progress::Failed(_))))
    }

    /// Stops all uploads.
    pub fn stop(self) {
        let _ = self.uploads.try_set(Vec::new());
        let _ = self.files.try_update_value(Vec::clear);
        if let Some((_, request)) = self.request.try_update_value(Option::take).flatten() {
            let _ = request.abort();
        }
    }

    /// The template with the documents as they were edited.
    pub fn seen(self) -> Option<Template> {
        self.original.with_untracked(|template| {
            let template = template.as_ref()?;
            Some(self.documents.with_untracked(|documents| match documents {
                Some(documents) => edited(template, documents),
                None => template.clone(),
            }))
        })
    }
}

impl Run {
    /// Saves, and answers once the edge has the draft as it now is.
    pub async fn saved(self) -> Result<(), Failure> {
        loop {
            self.save();
            let idle = Promise::new(&mut |done, _| {
                self.when_idle(move || {
                    let _ = done.call0(&JsValue::UNDEFINED);
                });
            });
            let _ = JsFuture::from(idle).await;
            match self.saving.state.try_get_untracked() {
                Some(Saved::Failed(failure)) => return Err(failure),
                Some(Saved::Overtaken(code)) => return Err(Failure::Edge(Box::new(Refusal::from(code)))),
                // The wizard is closed.
                None => return Err(Failure::Unreachable),
                Some(_) if !self.has_unsaved() => return Ok(()),
                // Something was typed meanwhile.
                Some(_) => {}
            }
        }
    }

    /// The documents, made editable: saves the draft, and has a draft made at DocuSign where there is none yet.
    pub async fn editable(self) -> Result<Vec<DraftDocument>, Failure> {
        self.saved().await?;
        if let Some(documents) = self.edit.documents.get_untracked() {
            return Ok(documents);
        }
        let answer = documents::open_documents(&self.frame.token(), &self.id()).await?;
        self.take_documents(answer.documents.clone());
        Ok(answer.documents)
    }

    /// Takes in the documents as they now are. Fields that were placed on one that is gone go with it.
    pub fn take_documents(self, documents: Vec<DraftDocument>) {
        self.edit.documents.set(Some(documents));
        let Some(template) = self.edit.seen() else { return };
        let is_here = |id: &str| template.documents.iter().any(|document| document.id == id);
        let stale = self.draft.with_untracked(|draft| {
            draft.placed.iter().any(|field| !is_here(&field.document))
                || draft.rows.iter().any(|row| row.hidden_documents.iter().any(|id| !is_here(id)))
        });
        if stale {
            self.draft.update(|draft| {
                draft.placed.retain(|field| is_here(&field.document));
                for row in &mut draft.rows {
                    row.hidden_documents.retain(|id| is_here(id));
                }
            });
        }
        self.template.set(Some(template));
    }

    /// Puts a field on a document. Answers with its id.
    pub fn place_field(self, placing: Placing, document: String, at: PlacedAt) -> u32 {
        let mut id = 0;
        self.draft.update(|draft| {
            id = draft.placed.iter().map(|field| field.id).max().unwrap_or(0).saturating_add(1);
            draft.placed.push(PlacedField { id, row: placing.row, document, kind: placing.kind, at });
        });
        self.edit.touched.set(Some(id));
        id
    }

    /// Changes one placed field.
    pub fn move_field(self, id: u32, change: impl FnOnce(&mut PlacedField)) {
        self.draft.update(|draft| {
            if let Some(field) = draft.placed.iter_mut().find(|field| field.id == id) {
                change(field);
            }
        });
    }

    pub fn remove_field(self, id: u32) {
        self.draft.update(|draft| draft.placed.retain(|field| field.id != id));
    }
}
