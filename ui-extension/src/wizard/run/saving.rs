//! Keeps the draft at the edge as the rep works: a second after a change, at once on a change of step and on
//! closing. One save is under way at a time, each made from the version that the one before it was answered
//! with, so that another window's work is never written over unseen.
//!
//! Limits: what was typed in the last second of a frame that dies without a word is lost.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use shared::{
    api::{DraftStep, DraftSummary, SaveDraft},
    draft::Draft,
    error::Code,
    time::Timestamp,
};

use super::{Run, Step};
use crate::edge::{self, Failure};

const PAUSE: Duration = Duration::from_secs(1);

/// How the draft stands at the edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// There is nothing worth saving yet.
    Nothing,
    UnderWay,
    At(Timestamp),
    Failed(Failure),
    /// It was saved from another window meanwhile (`draft-conflict`), or is no more (`draft-gone`).
    Overtaken(Code),
}

type Snapshot = (Draft, DraftStep);

#[derive(Clone, Copy)]
pub struct Saving {
    pub state: RwSignal<Saved>,
    /// Something was changed that is not on its way to the edge yet.
    pub due: RwSignal<bool>,
    /// The version the edge last told; 0 before the first save.
    pub(super) version: StoredValue<u32>,
    /// What the edge has.
    pub(super) known: StoredValue<Option<Snapshot>>,
    pause: StoredValue<Option<TimeoutHandle>>,
    busy: StoredValue<bool>,
    /// What waits for the end of saving.
    waiting: StoredValue<Vec<Box<dyn FnOnce()>>, LocalStorage>,
}

impl Saving {
    pub(super) fn new() -> Self {
        Self {
            state: RwSignal::new(Saved::Nothing),
            due: RwSignal::new(false),
            version: StoredValue::new(0),
            known: StoredValue::new(None),
            pause: StoredValue::new(None),
            busy: StoredValue::new(false),
            waiting: StoredValue::new_local(Vec::new()),
        }
    }

    /// Another draft begins.
    pub(super) fn forget(self) {
        self.stop_waiting();
        self.version.set_value(0);
        self.known.set_value(None);
        self.due.set(false);
        self.state.set(Saved::Nothing);
    }

    /// The draft is at the edge, as this.
    pub(super) fn stands_at(self, version: u32, known: Snapshot, saved_at: Timestamp) {
        self.stop_waiting();
        self.version.set_value(version);
        self.known.set_value(Some(known));
        self.due.set(false);
        self.state.set(Saved::At(saved_at));
    }

    fn stop_waiting(self) {
        if let Some(pause) = self.pause.try_update_value(Option::take).flatten() {
            pause.clear();
        }
    }
}

impl Run {
    /// Saves from now on whenever something changes. Call once, in the wizard's own scope.
    pub fn keep_saved(self) {
        Effect::new(move |before: Option<Step>| {
            self.draft.track();
            let step = self.step.get();
            if before.is_some_and(|before| before != step) {
                self.save()
            } else {
                self.save_soon()
            }
            step
        });
        let last = window_event_listener_untyped("pagehide", move |_| {
            if self.has_unsaved() {
                self.saving.stop_waiting();
                // One that is under way will have been answered with the next version.
                let ahead = u32::from(self.saving.busy.get_value());
                edge::save_draft_last(&self.frame.token(), &self.id(), &self.to_save(ahead));
            }
        });
        let hidden = window_event_listener_untyped("blur", move |_| self.save());
        on_cleanup(move || {
            last.remove();
            hidden.remove();
        });
    }

    fn snapshot(self) -> Snapshot {
        let step = match self.step.get_untracked() {
            Step::Template | Step::Recipients => DraftStep::Recipients,
            Step::Review | Step::Sent => DraftStep::Review,
        };
        (self.draft.get_untracked(), step)
    }

    fn to_save(self, ahead: u32) -> SaveDraft {
        let (draft, step) = self.snapshot();
        // The template itself: what was edited of its documents changes no role.
        let known = self.edit.original.with_untracked(|template| {
            let template = template.as_ref()?;
            let roles = template.roles.iter().map(|role| role.recipient_id.clone()).collect();
            Some((template.modified, roles))
        });
        let (template_modified, roles): (_, Option<Vec<String>>) = match known {
            Some((modified, roles)) => (modified, Some(roles)),
            None => (None, None),
        };
        SaveDraft {
            draft,
            version: self.saving.version.get_value().saturating_add(ahead),
            step,
            template_modified,
            roles,
        }
    }

    /// Whether the sender would lose something if the frame were gone now.
    pub fn has_unsaved(self) -> bool {
        let is_something = self.draft.with_untracked(|draft| !draft.template_id.is_empty());
        let is_open = self.sent.with_untracked(Option::is_none) && !untrack(|| self.is_committed());
        is_something && is_open && self.saving.known.with_value(|known| *known != Some(self.snapshot()))
    }

    /// [`Run::has_unsaved`], and shown.
    fn is_due(self) -> bool {
        let due = self.has_unsaved();
        if self.saving.due.get_untracked() != due {
            self.saving.due.set(due);
        }
        due
    }

    fn save_soon(self) {
        if !self.is_due() {
            return;
        }
        self.saving.stop_waiting();
        let handle = set_timeout_with_handle(
            move || {
                if !self.saving.state.is_disposed() {
                    self.save();
                }
            },
            PAUSE,
        );
        self.saving.pause.set_value(handle.ok());
    }

    /// Saves now what is not saved yet; after a save that is under way, where there is one.
    pub fn save(self) {
        let saving = self.saving;
        saving.stop_waiting();
        let overtaken = saving.state.with_untracked(|state| matches!(state, Saved::Overtaken(_)));
        if saving.busy.get_value() || overtaken || !self.is_due() {
            return;
        }
        saving.busy.set_value(true);
        saving.state.set(Saved::UnderWay);
        spawn_local(async move {
            let (id, save) = (self.id(), self.to_save(0));
            let answer = edge::save_draft(&self.frame.token(), &id, &save).await;
            if saving.state.is_disposed() {
                return;
            }
            saving.busy.set_value(false);
            match answer {
                Ok(saved) => {
                    self.frame.take_draft(self.summary(&save.draft, saved.saved_at));
                    saving.version.set_value(saved.version);
                    saving.known.set_value(Some((save.draft, save.step)));
                    self.is_due();
                    saving.state.set(Saved::At(saved.saved_at));
                    self.save();
                }
                Err(failure) => saving.state.set(match failure.code() {
                    Some(code @ (Code::DraftConflict | Code::DraftGone)) => Saved::Overtaken(code),
                    _ => Saved::Failed(failure),
                }),
            }
            if !saving.busy.get_value() {
                for then in saving.waiting.try_update_value(std::mem::take).unwrap_or_default() {
                    then();
                }
            }
        });
    }

    /// Does something as soon as no save is under way.
    pub fn when_idle(self, then: impl FnOnce() + 'static) {
        if self.saving.busy.get_value() {
            self.saving.waiting.update_value(|waiting| waiting.push(Box::new(then)));
        } else {
            then();
        }
    }

    /// The draft as the panel lists it.
    fn summary(self, draft: &Draft, saved_at: Timestamp) -> DraftSummary {
        let name = self.template.with_untracked(|template| template.as_ref().map(|one| one.name.clone()));
        DraftSummary {
            id: self.id(),
            template_name: name.unwrap_or_default(),
            subject: draft.subject.clone(),
            recipients: draft.people(),
            saved_at,
            handed_over: false,
        }
    }
}
