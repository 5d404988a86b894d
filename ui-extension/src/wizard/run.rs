//! One run of the wizard: from an empty choice to an envelope.
//!
//! The draft is `shared`'s, and so is every rule about it; this keeps it, asks the edge, and remembers what
//! was answered. Its rows are changed in `rows`, it is saved in `saving` and sent in `sending`.
//!
//! The draft's id is made once for a run and is the idempotency key of the send: whatever is doubled, retried
//! or cut off, the edge keeps one draft and sends one envelope for it.

mod extending;
mod resuming;
mod rows;
mod saving;
mod sending;

use leptos::{prelude::*, task::spawn_local};
use shared::{
    draft::{Draft, DraftDocument, Problem, carried, check},
    envelope::Envelope,
    merge::{self, Field, FieldValue},
    prefill::Prefill,
    record::Record,
    template::{Template, TemplateSummary},
};

pub use self::{
    rows::Line,
    saving::{Saved, Saving},
};
use super::{editing::Editing, templates::Shelf};
use crate::{
    edge::{self, Composed, Failure},
    frame::Frame,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Template,
    Recipients,
    Review,
    Sent,
}

/// How far Next or Send got.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    Idle,
    UnderWay,
    Failed(Failure),
}

#[derive(Clone, Copy)]
pub struct Run {
    pub frame: Frame,
    pub step: RwSignal<Step>,
    pub shelf: Shelf,
    /// The templates of the envelope, in order.
    pub chosen: RwSignal<Vec<TemplateSummary>>,
    /// More than one template may be chosen.
    pub several: RwSignal<bool>,
    /// How far the draft that is resumed has got.
    pub opening: RwSignal<Call>,
    /// The template was changed in DocuSign since the draft was last saved.
    pub changed: RwSignal<bool>,
    /// What is checked, previewed and sent: the template through the documents of [`Editing`].
    pub template: RwSignal<Option<Template>>,
    pub record: RwSignal<Option<Record>>,
    pub prefill: RwSignal<Option<Prefill>>,
    /// The template's fields that are filled from the record.
    pub fields: RwSignal<Vec<Field>>,
    pub draft: RwSignal<Draft>,
    /// Who `draft.rows` are, in the same order.
    pub lines: Memo<Vec<Line>>,
    /// Rows whose person is being typed in.
    typing: RwSignal<Vec<Line>>,
    /// Whether any recipient gets an own message.
    pub own: Memo<bool>,
    pub composing: RwSignal<Call>,
    pub sending: RwSignal<Call>,
    pub saving: Saving,
    /// The editor of documents and options.
    pub edit: Editing,
    /// The list of hotkeys is shown.
    pub listing_keys: RwSignal<bool>,
    /// The preview fills the frame.
    pub previewing: RwSignal<bool>,
    /// The sender wanted to go on: from now on what is missing is marked.
    pub asked: RwSignal<bool>,
    /// What is missing, as `shared` and the edge see it.
    pub problems: Memo<Vec<Problem>>,
    /// What the edge refused, and the draft it refused.
    refused: RwSignal<Option<(Draft, Vec<Problem>)>>,
    pub sent: RwSignal<Option<Envelope>>,
    id: StoredValue<String>,
}

fn nothing() -> Draft {
    Draft {
        template_id: String::new(),
        rows: Vec::new(),
        subject: String::new(),
        message: String::new(),
        values: Vec::new(),
        added_templates: Vec::new(),
        options: Default::default(),
        placed: Vec::new(),
    }
}

fn fresh_id() -> String {
    window().crypto().map(|crypto| crypto.random_uuid()).unwrap_or_default()
}

impl Run {
    pub fn new(frame: Frame) -> Self {
        let draft = RwSignal::new(nothing());
        let template = RwSignal::new(None::<Template>);
        let refused = RwSignal::new(None::<(Draft, Vec<Problem>)>);
        let fields = RwSignal::new(Vec::<Field>::new());
        let problems = Memo::new(move |_| {
            let Some(template) = template.get() else { return Vec::new() };
            draft.with(|draft| {
                let mut problems = check(draft, &template);
                fields.with(|fields| problems.extend(merge::check(&merge::review(fields, draft, &template))));
                refused.with(|refused| {
                    if let Some((_, more)) = refused.as_ref().filter(|(then, _)| then == draft) {
                        problems.extend(
                            more.iter().filter(|one| !problems.contains(one)).cloned().collect::<Vec<_>>(),
                        );
                    }
                });
                problems
            })
        });
        Self {
            frame,
            step: RwSignal::new(Step::Template),
            shelf: Shelf::new(frame),
            chosen: RwSignal::new(Vec::new()),
            several: RwSignal::new(false),
            opening: RwSignal::new(Call::Idle),
            changed: RwSignal::new(false),
            template,
            record: RwSignal::new(None),
            prefill: RwSignal::new(None),
            fields,
            draft,
            lines: rows::lines(draft),
            typing: RwSignal::new(Vec::new()),
            own: Memo::new(move |_| {
                draft.with(|draft| draft.rows.iter().any(|row| row.own_message.is_some()))
            }),
            composing: RwSignal::new(Call::Idle),
            sending: RwSignal::new(Call::Idle),
            saving: Saving::new(),
            edit: Editing::new(),
            listing_keys: RwSignal::new(false),
            previewing: RwSignal::new(false),
            asked: RwSignal::new(false),
            problems,
            refused,
            sent: RwSignal::new(None),
            id: StoredValue::new(fresh_id()),
        }
    }

    /// The draft's id at the edge, and the key of its send.
    pub fn id(self) -> String {
        self.id.get_value()
    }

    /// Starts over, as another draft: Send another.
    pub fn restart(self) {
        self.chosen.set(Vec::new());
        self.several.set(false);
        self.changed.set(false);
        self.template.set(None);
        self.edit.start(None, None, Default::default());
        self.fields.set(Vec::new());
        self.draft.set(nothing());
        self.composing.set(Call::Idle);
        self.sending.set(Call::Idle);
        self.asked.set(false);
        self.sent.set(None);
        self.id.set_value(fresh_id());
        self.saving.forget();
        self.step.set(Step::Template);
    }

    /// Puts a template into the envelope, or takes it out; where there may be only one, instead of the other.
    pub fn choose(self, template: TemplateSummary, wanted: bool) {
        let several = self.several.get_untracked();
        self.chosen.update(|chosen| {
            chosen.retain(|one| several && one.id != template.id);
            if wanted {
                chosen.push(template);
            }
        });
    }

    /// Changes the order of the chosen templates.
    pub fn move_chosen(self, id: &str, up: bool) {
        self.chosen.update(|chosen| {
            let Some(at) = chosen.iter().position(|one| one.id == id) else { return };
            let to = if up { at.saturating_sub(1) } else { at.saturating_add(1) };
            if to < chosen.len() {
                chosen.swap(at, to);
            }
        });
    }

    fn chosen_ids(self) -> Vec<String> {
        self.chosen.with_untracked(|chosen| chosen.iter().map(|one| one.id.clone()).collect())
    }

    /// From the chosen templates to their rows. A draft that lacks nothing goes straight to the review.
    pub fn compose(self) {
        let wanted = self.chosen_ids();
        let known = self.draft.with_untracked(Draft::templates);
        if known == wanted {
            return self.step.set(Step::Recipients);
        }
        if wanted.is_empty() || self.composing.get_untracked() == Call::UnderWay {
            return;
        }
        self.composing.set(Call::UnderWay);
        spawn_local(async move {
            let answer = edge::compose(&self.frame.token(), &wanted).await;
            // The wizard may have been closed, or another template chosen meanwhile.
            if self.chosen.is_disposed() || self.chosen_ids() != wanted {
                return;
            }
            match answer {
                Ok(composed) => self.take(composed, &wanted),
                Err(failure) => self.composing.set(Call::Failed(failure)),
            }
        });
    }

    fn take(self, composed: Composed, wanted: &[String]) {
        let known = self.edit.original.get_untracked();
        let (template, prefill) = (&composed.template, &composed.prefill);
        let mut draft = match &known {
            Some(known) => self.draft.with_untracked(|old| carried(old, known, template, prefill)),
            None => Draft { options: composed.options.clone(), ..Draft::from_prefill(template, prefill) },
        };
        draft.added_templates = wanted.iter().skip(1).cloned().collect();
        // At DocuSign the draft holds the documents of the templates before.
        if self.edit.documents.with_untracked(Option::is_some) {
            self.throw_away();
        }
        let complete = check(&draft, template).is_empty();
        self.composing.set(Call::Idle);
        self.sending.set(Call::Idle);
        self.asked.set(false);
        self.settle(composed, draft, None);
        self.step.set(if complete && known.is_none() { Step::Review } else { Step::Recipients });
    }

    /// Takes in what the edge composed, with the draft that goes with it.
    fn settle(self, composed: Composed, draft: Draft, documents: Option<Vec<DraftDocument>>) {
        self.draft.set(draft);
        self.record.set(Some(composed.record));
        self.prefill.set(Some(composed.prefill));
        self.fields.set(composed.merge);
        self.edit.start(Some(&composed.template), documents, composed.allowed);
        self.template.set(self.edit.seen());
    }

    /// Recipients → Review, if nothing is missing there; otherwise marks what is. Values are the review's own.
    pub fn review(self) -> bool {
        let complete =
            self.problems.with_untracked(|problems| problems.iter().all(|one| one.tab().is_some()));
        self.asked.set(!complete);
        if complete {
            self.step.set(Step::Review);
        }
        complete
    }

    /// Writes a value into a field, over the one that was found; `None` takes it back.
    pub fn set_value(self, field: &Field, value: Option<String>) {
        self.draft.update(|draft| {
            draft.values.retain(|own| !field.tabs.contains(&own.tab));
            if let (Some(value), Some(tab)) = (value, field.tabs.first()) {
                draft.values.push(FieldValue { tab: tab.clone(), value });
            }
        });
    }

    /// The problems that are `wanted`, once they are asked for.
    pub fn shown_problems(self, wanted: impl Fn(&Problem) -> bool) -> Vec<Problem> {
        if !self.asked.get() {
            return Vec::new();
        }
        self.problems.with(|problems| problems.iter().filter(|one| wanted(one)).cloned().collect())
    }
}
