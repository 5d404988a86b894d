//! Which pages there are, how large, and which of them the chosen recipient is shown.

use leptos::{prelude::*, task::spawn_local};
use shared::{api::Page, draft::sees};

use super::super::run::Run;
use crate::edge::{Failure, documents};

/// One page of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The document's id.
    pub document: String,
    /// The document's name.
    pub name: String,
    /// Where the edge has it.
    pub path: String,
    /// How many pages the document has.
    pub of: usize,
    pub page: Page,
}

#[derive(Clone, Copy)]
pub struct Pages {
    run: Run,
    /// Every page of which the size is known, by the path of its document.
    known: RwSignal<Vec<(String, Vec<Page>)>>,
    /// The pages in order, less those that are not for the chosen recipient.
    sheets: Memo<Vec<Sheet>>,
    loading: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
}

/// A document as it is looked for: id, name, path.
type Wanted = (String, String, String);

impl Pages {
    /// Asks for the sizes at once, and again when documents come.
    pub fn new(run: Run, who: RwSignal<Option<usize>>) -> Self {
        let known = RwSignal::new(Vec::<(String, Vec<Page>)>::new());
        let wanted = Memo::new(move |_| wanted(run));
        let sheets = Memo::new(move |_| {
            let hidden = hidden(run, who.get());
            let mut sheets = Vec::new();
            known.with(|known| {
                for (document, name, path) in wanted.get() {
                    let found = known.iter().find(|(known, _)| *known == path);
                    let Some((_, pages)) = found.filter(|_| !hidden.iter().any(|(id, _)| *id == document))
                    else {
                        continue;
                    };
                    sheets.extend(pages.iter().map(|page| Sheet {
                        document: document.clone(),
                        name: name.clone(),
                        path: path.clone(),
                        of: pages.len(),
                        page: *page,
                    }));
                }
            });
            sheets
        });
        let pages = Self { run, known, sheets, loading: RwSignal::new(false), failure: RwSignal::new(None) };
        Effect::new(move |_| {
            wanted.track();
            untrack(|| pages.load());
        });
        pages
    }

    pub fn sheets(self) -> Vec<Sheet> {
        self.sheets.get()
    }

    pub fn is_loading(self) -> bool {
        self.loading.get()
    }

    pub fn failure(self) -> Option<Failure> {
        self.failure.get()
    }

    /// Asks for the documents whose sizes are not known yet, in their order.
    pub fn load(self) {
        if self.loading.get_untracked() {
            return;
        }
        self.loading.set(true);
        self.failure.set(None);
        spawn_local(async move {
            // What comes while one is awaited is looked for after it.
            loop {
                let next = untrack(|| wanted(self.run)).into_iter().map(|(_, _, path)| path).find(|path| {
                    self.known.try_with_untracked(|known| known.iter().all(|(known, _)| known != path))
                        == Some(true)
                });
                let Some(path) = next else { break };
                match documents::pages(&self.run.frame.token(), &path).await {
                    Ok(list) => {
                        let _ = self.known.try_update(|known| known.push((path, list.pages)));
                    }
                    Err(failure) => {
                        let _ = self.failure.try_set(Some(failure));
                        break;
                    }
                }
            }
            let _ = self.loading.try_set(false);
        });
    }
}

fn wanted(run: Run) -> Vec<Wanted> {
    let draft = run.id();
    run.template.with(|template| {
        let documents = template.iter().flat_map(|template| &template.documents);
        documents
            .map(|one| (one.id.clone(), one.name.clone(), documents::document_path(&draft, one)))
            .collect()
    })
}

/// Id and name of the documents that the recipient at `who` is not shown.
pub fn hidden(run: Run, who: Option<usize>) -> Vec<(String, String)> {
    let Some(who) = who else { return Vec::new() };
    run.template.with(|template| {
        let Some(template) = template else { return Vec::new() };
        run.draft.with(|draft| {
            let Some(row) = draft.rows.get(who) else { return Vec::new() };
            let unseen = template.documents.iter().filter(|one| !sees(draft, template, row, &one.id));
            unseen.map(|one| (one.id.clone(), one.name.clone())).collect()
        })
    })
}
