//! The templates to choose from, as DocuSign lists them: found by name, folder and owner, page by page.
//!
//! Kept by the run, so that search and list are as they were when somebody comes back to the step.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use shared::{api::Folder, error::Code, template::TemplateSummary};

use crate::{
    edge::{self, Failure},
    frame::Frame,
};

const PAUSE: Duration = Duration::from_millis(300);
/// How many of the last used are offered first.
const RECENT: usize = 4;

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    pub query: String,
    /// A folder's id, or nothing.
    pub folder: String,
    /// `mine`, `shared`, or nothing.
    pub of: String,
}

impl Wanted {
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }
}

/// What was found, in the sections it is shown in; no template twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    pub recent: Vec<TemplateSummary>,
    pub favorites: Vec<TemplateSummary>,
    pub others: Vec<TemplateSummary>,
    pub total: u32,
    pub next: Option<String>,
}

#[derive(Clone, Copy)]
pub struct Shelf {
    frame: Frame,
    pub wanted: RwSignal<Wanted>,
    pub found: RwSignal<Found>,
    pub folders: RwSignal<Vec<Folder>>,
    pub loading: RwSignal<bool>,
    pub fault: RwSignal<Option<Failure>>,
    /// Favourites that were changed here: the template, and whether it is one now.
    stars: RwSignal<Vec<(String, bool)>>,
    /// The template whose star could not be changed, and why.
    pub star_fault: RwSignal<Option<(String, Failure)>>,
    /// Counts the questions, so that a late answer to an earlier one is dropped.
    asked: StoredValue<u32>,
    pause: StoredValue<Option<TimeoutHandle>>,
}

impl Shelf {
    pub fn new(frame: Frame) -> Self {
        Self {
            frame,
            wanted: RwSignal::new(Wanted::default()),
            found: RwSignal::new(Found::default()),
            folders: RwSignal::new(Vec::new()),
            loading: RwSignal::new(false),
            fault: RwSignal::new(None),
            stars: RwSignal::new(Vec::new()),
            star_fault: RwSignal::new(None),
            asked: StoredValue::new(0),
            pause: StoredValue::new(None),
        }
    }

    /// Asks for the list unless it is there.
    pub fn open(self) {
        if self.asked.get_value() > 0 && self.fault.with_untracked(Option::is_none) {
            return;
        }
        self.fetch();
        spawn_local(async move {
            // Without folders there is one way less to find a template, and nothing to say.
            if let Ok(list) = edge::folders(&self.frame.token()).await {
                let _ = self.folders.try_set(list.folders);
            }
        });
    }

    /// The first page anew, with the sections above it where nothing is searched.
    pub fn fetch(self) {
        let question = self.ask();
        let wanted = self.wanted.get_untracked();
        spawn_local(async move {
            let page = self.page(&wanted, None).await;
            let (recent, favorites) = if wanted.is_all() && page.is_ok() {
                let token = self.frame.token();
                let used = edge::templates(&token, &[("by", "used")]).await;
                let starred = edge::templates(&token, &[("of", "favorites")]).await;
                // The list below holds them too: a section that could not be had is only left out.
                let list = |answer: edge::Answer<shared::api::TemplatePage>| {
                    answer.map(|page| page.templates).unwrap_or_default()
                };
                (list(used), list(starred))
            } else {
                Default::default()
            };
            if !self.is_last(question) {
                return;
            }
            self.loading.set(false);
            match page {
                Ok(page) => {
                    self.frame.denied.set(None);
                    self.stars.set(Vec::new());
                    let mut found = Found { total: page.total, next: page.next, ..Found::default() };
                    let used = |one: &TemplateSummary| one.used.is_some() && one.problem.is_none();
                    found.recent = recent.into_iter().filter(used).take(RECENT).collect();
                    found.favorites = without(favorites, &[&found.recent]);
                    found.others = without(page.templates, &[&found.recent, &found.favorites]);
                    self.found.set(found);
                }
                Err(failure) => self.fail(failure),
            }
        });
    }

    /// The next page.
    pub fn more(self) {
        let Some(cursor) = self.found.with_untracked(|found| found.next.clone()) else { return };
        let question = self.ask();
        let wanted = self.wanted.get_untracked();
        spawn_local(async move {
            let page = self.page(&wanted, Some(&cursor)).await;
            if !self.is_last(question) {
                return;
            }
            self.loading.set(false);
            match page {
                Ok(page) => self.found.update(|found| {
                    let more = without(page.templates, &[&found.recent, &found.favorites, &found.others]);
                    found.others.extend(more);
                    found.total = page.total;
                    found.next = page.next;
                }),
                Err(failure) => self.fail(failure),
            }
        });
    }

    async fn page(self, wanted: &Wanted, cursor: Option<&str>) -> edge::Answer<shared::api::TemplatePage> {
        let query = [
            ("q", wanted.query.trim()),
            ("folder", wanted.folder.as_str()),
            ("of", wanted.of.as_str()),
            ("cursor", cursor.unwrap_or_default()),
        ];
        edge::templates(&self.frame.token(), &query).await
    }

    fn ask(self) -> u32 {
        let question = self.asked.get_value().wrapping_add(1);
        self.asked.set_value(question);
        self.loading.set(true);
        self.fault.set(None);
        question
    }

    fn is_last(self, question: u32) -> bool {
        self.asked.try_get_value() == Some(question)
    }

    fn fail(self, failure: Failure) {
        if let Failure::Edge(refusal) = &failure
            && refusal.code == Code::DocusignNoPermission
        {
            self.frame.denied.set(Some((**refusal).clone()));
        }
        self.fault.set(Some(failure));
    }

    /// Looks for something else: at once, or once the typing has paused.
    pub fn want(self, change: impl FnOnce(&mut Wanted), pause: bool) {
        self.wanted.update(change);
        if let Some(pause) = self.pause.get_value() {
            pause.clear();
        }
        if !pause {
            return self.fetch();
        }
        let handle = set_timeout_with_handle(
            move || {
                if !self.wanted.is_disposed() {
                    self.fetch();
                }
            },
            PAUSE,
        );
        self.pause.set_value(handle.ok());
    }

    /// Whether a template is a favourite now.
    pub fn is_favorite(self, template: &TemplateSummary) -> bool {
        self.stars.with(|stars| {
            let changed = stars.iter().find(|(id, _)| *id == template.id);
            changed.map_or(template.favorite, |(_, favorite)| *favorite)
        })
    }

    /// Makes a template a favourite, or no longer. Shown at once, and taken back where DocuSign refuses.
    pub fn set_favorite(self, id: String, favorite: bool) {
        let show = move |id: &str, favorite: bool| {
            let _ = self.stars.try_update(|stars| {
                stars.retain(|(known, _)| known != id);
                stars.push((id.to_owned(), favorite));
            });
        };
        show(&id, favorite);
        self.star_fault.set(None);
        spawn_local(async move {
            if let Err(failure) = edge::set_favorite(&self.frame.token(), &id, favorite).await {
                show(&id, !favorite);
                let _ = self.star_fault.try_set(Some((id, failure)));
            }
        });
    }
}

fn without(templates: Vec<TemplateSummary>, known: &[&Vec<TemplateSummary>]) -> Vec<TemplateSummary> {
    let is_new =
        |one: &TemplateSummary| !known.iter().any(|list| list.iter().any(|other| other.id == one.id));
    templates.into_iter().filter(is_new).collect()
}
