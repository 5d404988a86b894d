//! Another template's documents and roles come into a draft that is already being worked on.

use leptos::prelude::*;
use shared::{draft::carried, template::TemplateSummary};

use super::Run;
use crate::edge::{self, Failure, documents};

impl Run {
    /// Adds a template after the others. What was done to the draft is kept; documents that are edited already get
    /// the new ones at DocuSign too.
    pub async fn extend_by(self, template: TemplateSummary) -> Result<(), Failure> {
        let mut wanted = self.chosen_ids();
        wanted.push(template.id.clone());
        let composed = edge::compose(&self.frame.token(), &wanted).await?;
        let Some(known) = self.edit.original.try_get_untracked().flatten() else { return Ok(()) };
        let mut draft =
            self.draft.with_untracked(|old| carried(old, &known, &composed.template, &composed.prefill));
        draft.added_templates = wanted.into_iter().skip(1).collect();
        self.chosen.update(|chosen| chosen.push(template));
        self.draft.set(draft);
        self.prefill.set(Some(composed.prefill));
        self.fields.set(composed.merge);
        self.edit.original.set(Some(composed.template));
        self.template.set(self.edit.seen());
        if self.edit.documents.with_untracked(Option::is_some) {
            self.saved().await?;
            let answer = documents::open_documents(&self.frame.token(), &self.id()).await?;
            self.take_documents(answer.documents);
        }
        Ok(())
    }
}
