//! One run of the wizard: from an empty choice to an envelope.
//!
//! The draft is `shared`'s, and so is every rule about it; this keeps it, asks the edge, and remembers what
//! was answered. The idempotency key is made once for a run: whatever is doubled, retried or cut off, the
//! edge sends one envelope for it. Only when the edge has said for certain that nothing was sent, and the
//! draft has been changed since, is it another envelope, and gets another key.

use leptos::{prelude::*, task::spawn_local};
use shared::{
    api::SendRequest,
    draft::{Direction, Draft, Problem, check, move_row, set_order},
    envelope::Envelope,
    error::Code,
    merge::{self, Field, FieldValue},
    prefill::Prefill,
    record::{Contact, Record},
    template::{OwnMessage, RecipientKind, Role, Template, TemplateSummary},
};

use super::{editing::Editing, problem};
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

/// Who a row is, wherever it moves. No signals in here: one that is made in a click belongs to the part of the
/// view that was clicked, and is gone when that part is drawn anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub key: u32,
}

#[derive(Clone, Copy)]
pub struct Run {
    pub frame: Frame,
    pub step: RwSignal<Step>,
    pub chosen: RwSignal<Option<TemplateSummary>>,
    pub template: RwSignal<Option<Template>>,
    pub record: RwSignal<Option<Record>>,
    pub prefill: RwSignal<Option<Prefill>>,
    /// The template's fields that are filled from the record.
    pub fields: RwSignal<Vec<Field>>,
    pub draft: RwSignal<Draft>,
    /// One for each of `draft.rows`, in the same order.
    pub lines: RwSignal<Vec<Line>>,
    /// Rows whose person is being typed in.
    typing: RwSignal<Vec<Line>>,
    /// Whether each recipient gets an own message.
    pub own: RwSignal<bool>,
    pub composing: RwSignal<Call>,
    pub sending: RwSignal<Call>,
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
    key: StoredValue<String>,
    /// The draft of the last attempt that certainly sent nothing.
    settled: StoredValue<Option<Draft>>,
    first_draft: StoredValue<Option<Draft>>,
    next_line: StoredValue<u32>,
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

fn fresh_key() -> String {
    window().crypto().map(|crypto| crypto.random_uuid()).unwrap_or_default()
}

/// Whether DocuSign may have taken the envelope although we were told of a failure.
fn is_unsettled(failure: &Failure) -> bool {
    matches!(
        failure.code(),
        None | Some(
            Code::SendUnsettled | Code::Internal | Code::DocusignUnreachable | Code::IdempotencyMismatch
        )
    )
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
            chosen: RwSignal::new(None),
            template,
            record: RwSignal::new(None),
            prefill: RwSignal::new(None),
            fields,
            draft,
            lines: RwSignal::new(Vec::new()),
            typing: RwSignal::new(Vec::new()),
            own: RwSignal::new(false),
            composing: RwSignal::new(Call::Idle),
            sending: RwSignal::new(Call::Idle),
            edit: Editing::new(),
            listing_keys: RwSignal::new(false),
            previewing: RwSignal::new(false),
            asked: RwSignal::new(false),
            problems,
            refused,
            sent: RwSignal::new(None),
            key: StoredValue::new(fresh_key()),
            settled: StoredValue::new(None),
            first_draft: StoredValue::new(None),
            next_line: StoredValue::new(0),
        }
    }

    /// Starts over, with another key: Send another.
    pub fn restart(self) {
        self.chosen.set(None);
        self.template.set(None);
        self.edit.start(None, None, Default::default());
        self.fields.set(Vec::new());
        self.draft.set(nothing());
        self.lines.set(Vec::new());
        self.own.set(false);
        self.composing.set(Call::Idle);
        self.sending.set(Call::Idle);
        self.asked.set(false);
        self.sent.set(None);
        self.key.set_value(fresh_key());
        self.settled.set_value(None);
        self.first_draft.set_value(None);
        self.step.set(Step::Template);
    }

    /// Whether leaving now would lose something the sender did.
    pub fn would_lose(self) -> bool {
        let changed = self.first_draft.with_value(|first| {
            first.as_ref().is_some_and(|first| self.draft.with_untracked(|draft| draft != first))
        });
        changed && self.sent.with_untracked(Option::is_none)
    }

    /// Whether an answer to Send is awaited, or was lost: the draft must stay as it was sent.
    pub fn is_committed(self) -> bool {
        self.sending.with(|call| match call {
            Call::Idle => false,
            Call::UnderWay => true,
            Call::Failed(failure) => is_unsettled(failure),
        })
    }

    /// From the chosen template to its rows. A draft that lacks nothing goes straight to the review.
    pub fn compose(self) {
        let Some(chosen) = self.chosen.get_untracked() else { return };
        if self.template.with_untracked(|known| known.as_ref().is_some_and(|known| known.id == chosen.id)) {
            return self.step.set(Step::Recipients);
        }
        if self.composing.get_untracked() == Call::UnderWay {
            return;
        }
        self.composing.set(Call::UnderWay);
        spawn_local(async move {
            let answer = edge::compose(&self.frame.token(), &chosen.id).await;
            // The wizard may have been closed, or another template chosen meanwhile.
            if self.chosen.try_with_untracked(|now| now.as_ref() == Some(&chosen)) != Some(true) {
                return;
            }
            match answer {
                Ok(composed) => self.take(composed),
                Err(failure) => self.composing.set(Call::Failed(failure)),
            }
        });
    }

    fn take(self, (template, record, prefill, merge, allowed): Composed) {
        let draft = Draft::from_prefill(&template, &prefill);
        let complete = check(&draft, &template).is_empty();
        self.composing.set(Call::Idle);
        self.sending.set(Call::Idle);
        self.asked.set(false);
        self.lines.set(draft.rows.iter().map(|_| self.new_line()).collect());
        self.own.set(draft.rows.iter().any(|row| row.own_message.is_some()));
        self.first_draft.set_value(Some(draft.clone()));
        self.draft.set(draft);
        self.record.set(Some(record));
        self.prefill.set(Some(prefill));
        self.fields.set(merge);
        self.edit.start(Some(&template), None, allowed);
        self.template.set(Some(template));
        self.step.set(if complete { Step::Review } else { Step::Recipients });
    }

    fn new_line(self) -> Line {
        let key = self.next_line.get_value();
        self.next_line.set_value(key.wrapping_add(1));
        Line { key }
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

    /// Sends. A second call while one is under way does nothing.
    pub fn send(self) {
        if self.sending.get_untracked() == Call::UnderWay {
            return;
        }
        if !self.problems.with_untracked(Vec::is_empty) {
            self.asked.set(true);
            self.previewing.set(false);
            return super::problem::focus_first();
        }
        let draft = self.draft.get_untracked();
        if self.settled.with_value(|settled| settled.as_ref().is_some_and(|settled| *settled != draft)) {
            self.key.set_value(fresh_key());
        }
        self.settled.set_value(None);
        self.sending.set(Call::UnderWay);
        spawn_local(async move {
            let request = SendRequest { draft };
            match edge::send_envelope(&self.frame.token(), &self.key.get_value(), &request).await {
                Ok(answer) => {
                    self.frame.take_envelope(answer.envelope.clone());
                    let _ = self.sending.try_set(Call::Idle);
                    let _ = self.previewing.try_set(false);
                    let _ = self.sent.try_set(Some(answer.envelope));
                    let _ = self.step.try_set(Step::Sent);
                }
                Err(failure) => self.note_refusal(failure, request.draft),
            }
        });
    }

    fn note_refusal(self, failure: Failure, draft: Draft) {
        let unsettled = is_unsettled(&failure);
        let problems = match &failure {
            Failure::Edge(refusal) => problem::read(refusal.problems.clone()),
            Failure::Unreachable => Vec::new(),
        };
        // The wizard may have been closed meanwhile.
        if self.sending.try_set(Call::Failed(failure)).is_some() {
            return;
        }
        self.previewing.set(false);
        if !unsettled {
            self.settled.set_value(Some(draft.clone()));
        }
        if !problems.is_empty() {
            self.refused.set(Some((draft, problems)));
            self.asked.set(true);
            let only_values = self.problems.with_untracked(|all| all.iter().all(|one| one.tab().is_some()));
            self.step.set(if only_values { Step::Review } else { Step::Recipients });
        }
    }

    /// The place of a line among the rows.
    pub fn place(self, line: Line) -> Option<usize> {
        self.lines.with(|lines| lines.iter().position(|one| one.key == line.key))
    }

    /// Changes one row.
    pub fn edit(self, line: Line, change: impl FnOnce(&mut shared::draft::Row)) {
        let Some(place) = untrack(|| self.place(line)) else { return };
        self.draft.update(|draft| {
            if let Some(row) = draft.rows.get_mut(place) {
                change(row);
            }
        });
    }

    pub fn is_typing(self, line: Line) -> bool {
        self.typing.with(|typing| typing.contains(&line))
    }

    pub fn set_typing(self, line: Line, typing: bool) {
        self.typing.update(|lines| {
            lines.retain(|one| *one != line);
            if typing {
                lines.push(line);
            }
        });
    }

    /// Puts a contact into a row.
    pub fn pick(self, line: Line, contact: &Contact) {
        self.set_typing(line, false);
        self.edit(line, |row| {
            row.name = contact.name.clone();
            row.email = contact.email.clone().unwrap_or_default();
            row.contact_id = Some(contact.id.clone());
        });
    }

    /// Empties a row, so that somebody else can be picked.
    pub fn clear(self, line: Line) {
        self.set_typing(line, false);
        self.edit(line, |row| {
            row.name.clear();
            row.email.clear();
            row.contact_id = None;
        });
    }

    pub fn add(self) -> Line {
        let line = self.new_line();
        self.draft.update(|draft| {
            draft.add_row(RecipientKind::CarbonCopy);
        });
        self.lines.update(|lines| lines.push(line));
        if self.own.get_untracked() {
            self.set_own(true);
        }
        line
    }

    pub fn remove(self, line: Line) {
        let Some(place) = untrack(|| self.place(line)) else { return };
        self.lines.update(|lines| {
            lines.remove(place);
        });
        self.draft.update(|draft| {
            if place < draft.rows.len() {
                draft.rows.remove(place);
            }
        });
    }

    /// Takes a dropped role back in, where the template has it.
    pub fn put_back(self, role: &Role) -> Line {
        let line = self.new_line();
        let mut place = None;
        self.draft.update(|draft| {
            let last = draft.add_row(role.kind.clone());
            if let Some(row) = draft.rows.get_mut(last) {
                row.role = Some(role.recipient_id.clone());
                row.name = role.name.clone();
                row.email = role.email.clone();
                row.own_message = role.message.clone();
            }
            place = set_order(&mut draft.rows, last, role.routing_order);
        });
        self.lines.update(|lines| {
            let place = place.unwrap_or(lines.len()).min(lines.len());
            lines.insert(place, line);
        });
        line
    }

    pub fn shift(self, line: Line, direction: Direction) {
        let Some(from) = untrack(|| self.place(line)) else { return };
        let mut to = None;
        self.draft.update(|draft| to = move_row(&mut draft.rows, from, direction));
        if let Some(to) = to {
            self.lines.update(|lines| {
                if from < lines.len() && to < lines.len() {
                    lines.swap(from, to);
                }
            });
        }
    }

    /// Gives every recipient an own message, which starts as the common one, or takes them away.
    pub fn set_own(self, own: bool) {
        self.own.set(own);
        self.draft.update(|draft| {
            let common = OwnMessage { subject: draft.subject.clone(), body: draft.message.clone() };
            for row in &mut draft.rows {
                row.own_message = match (own, row.own_message.take()) {
                    (true, None) => Some(common.clone()),
                    (true, kept) => kept,
                    (false, _) => None,
                };
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
