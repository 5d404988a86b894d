//! The rows of the draft: who is in them, and in which order.

use leptos::prelude::*;
use shared::{
    draft::{Direction, Draft, Row, may_word, move_row, set_order},
    record::Contact,
    template::{OwnMessage, RecipientKind, Role},
};

use super::Run;

/// Who a row is, wherever it moves: the row's own id. No signals in here: one that is made in a click belongs to
/// the part of the view that was clicked, and is gone when that part is drawn anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    pub key: u32,
}

pub fn lines(draft: RwSignal<Draft>) -> Memo<Vec<Line>> {
    Memo::new(move |_| draft.with(|draft| draft.rows.iter().map(|row| Line { key: row.id }).collect()))
}

impl Run {
    /// The place of a line among the rows.
    pub fn place(self, line: Line) -> Option<usize> {
        self.lines.with(|lines| lines.iter().position(|one| one.key == line.key))
    }

    /// The row of a line as it is now, without following it.
    pub fn row_now(self, line: Line) -> Option<Row> {
        self.draft.with_untracked(|draft| draft.rows.iter().find(|row| row.id == line.key).cloned())
    }

    /// Changes one row.
    pub fn edit(self, line: Line, change: impl FnOnce(&mut Row)) {
        self.draft.update(|draft| {
            if let Some(row) = draft.rows.iter_mut().find(|row| row.id == line.key) {
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
        let mut key = 0;
        let own = untrack(|| self.all_own());
        self.draft.update(|draft| {
            let place = draft.add_row(RecipientKind::CarbonCopy);
            let common = OwnMessage { subject: draft.subject.clone(), body: draft.message.clone() };
            if let Some(row) = draft.rows.get_mut(place) {
                key = row.id;
                row.own_message = own.then_some(common);
            }
        });
        Line { key }
    }

    pub fn remove(self, line: Line) {
        self.set_typing(line, false);
        self.draft.update(|draft| draft.rows.retain(|row| row.id != line.key));
    }

    /// Takes a dropped role back in, where the template has it.
    pub fn put_back(self, role: &Role) -> Line {
        let mut key = 0;
        self.draft.update(|draft| {
            let last = draft.add_row(role.kind.clone());
            if let Some(row) = draft.rows.get_mut(last) {
                key = row.id;
                *row = Row { id: key, routing_order: row.routing_order, ..Row::of_role(role) };
            }
            set_order(&mut draft.rows, last, role.routing_order);
        });
        Line { key }
    }

    pub fn shift(self, line: Line, direction: Direction) {
        let Some(from) = untrack(|| self.place(line)) else { return };
        self.draft.update(|draft| {
            move_row(&mut draft.rows, from, direction);
        });
    }

    /// Whether the template leaves a recipient's words to the sender.
    pub fn may_word(self, row: &Row) -> bool {
        self.template.with(|template| template.as_ref().is_some_and(|template| may_word(row, template)))
    }

    /// Gives recipients an own message, which starts as the common one, or takes it away: one of them, or all whose
    /// words are not locked.
    pub fn set_own(self, line: Option<Line>, own: bool) {
        self.draft.update(|draft| {
            let common = OwnMessage { subject: draft.subject.clone(), body: draft.message.clone() };
            let wanted =
                |row: &Row| line.is_none_or(|line| line.key == row.id) && untrack(|| self.may_word(row));
            for row in draft.rows.iter_mut().filter(|row| wanted(row)) {
                row.own_message = match (own, row.own_message.take()) {
                    (true, None) => Some(common.clone()),
                    (true, kept) => kept,
                    (false, _) => None,
                };
            }
        });
    }

    /// Whether every recipient who may get an own message has one.
    pub fn all_own(self) -> bool {
        self.draft.with(|draft| {
            let mut free = draft.rows.iter().filter(|row| self.may_word(row)).peekable();
            free.peek().is_some() && free.all(|row| row.own_message.is_some())
        })
    }
}
