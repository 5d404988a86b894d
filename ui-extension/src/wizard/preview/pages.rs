//! Which pages there are, and how large.

use leptos::{prelude::*, task::spawn_local};
use shared::api::Page;

use super::super::run::Run;
use crate::edge::{self, Failure};

/// One page of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    pub document: String,
    /// The document's name.
    pub name: String,
    /// How many pages the document has.
    pub of: usize,
    pub page: Page,
}

#[derive(Clone, Copy)]
pub struct Pages {
    run: Run,
    sheets: RwSignal<Vec<Sheet>>,
    loading: RwSignal<bool>,
    failure: RwSignal<Option<Failure>>,
}

impl Pages {
    /// Asks for the sizes at once.
    pub fn new(run: Run) -> Self {
        let pages = Self {
            run,
            sheets: RwSignal::new(Vec::new()),
            loading: RwSignal::new(false),
            failure: RwSignal::new(None),
        };
        pages.load();
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
        let Some(template) = self.run.template.get_untracked() else { return };
        self.loading.set(true);
        self.failure.set(None);
        spawn_local(async move {
            for document in &template.documents {
                let known =
                    self.sheets.try_with_untracked(|sheets| sheets.iter().any(|s| s.document == document.id));
                match known {
                    Some(false) => {}
                    Some(true) => continue,
                    // The preview was left.
                    None => return,
                }
                match edge::pages(&self.run.frame.token(), &template.id, &document.id).await {
                    Ok(list) => {
                        let of = list.pages.len();
                        let sheet = |page| Sheet {
                            document: document.id.clone(),
                            name: document.name.clone(),
                            of,
                            page,
                        };
                        let new: Vec<Sheet> = list.pages.into_iter().map(sheet).collect();
                        let _ = self.sheets.try_update(|sheets| sheets.extend(new));
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
