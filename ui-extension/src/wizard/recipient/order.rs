//! A recipient's place in the order: dragged, or moved by buttons and keys; and whether they get it at the same time
//! as the one above. Every move is said to a screen reader.

use leptos::{
    ev::{KeyboardEvent, PointerEvent},
    prelude::*,
};
use shared::draft::{Direction, can_move};

use super::{Shown, focus_in};
use crate::{
    icon::icon,
    say,
    wizard::{
        drag,
        run::{Line, Run},
    },
};

/// The handle, and up and down. They stay focusable at the ends, so that the focus is not lost on the way.
pub fn order(run: Run, line: Line, shown: &Shown) -> AnyView {
    let number = shown.place.saturating_add(1);
    let button = |direction: Direction, allowed: bool, key: &'static str, class: &'static str| {
        let label = say!(key, role = &shown.label, number = number);
        view! {
            <button type="button" class=class aria-label=label aria-disabled=(!allowed).to_string()
                on:click=move |_| {
                    step(run, line, direction);
                    focus_in(line, if direction == Direction::Up { ".up" } else { ".down" });
                }>
                {icon("x-down")}
            </button>
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let direction = match event.key().as_str() {
            "ArrowUp" if event.alt_key() => Direction::Up,
            "ArrowDown" if event.alt_key() => Direction::Down,
            _ => return,
        };
        event.prevent_default();
        step(run, line, direction);
        focus_in(line, ".grip");
    };
    view! {
        <div class="order">
            <button type="button" class="handle grip" aria-label=say!("drag", role = &shown.label, number = number)
                aria-disabled=(!shown.up && !shown.down).to_string() on:keydown=on_key
                on:pointerdown=move |event| drag(run, line, &event)>
                {icon("x-grip")}
            </button>
            {button(Direction::Up, shown.up, "move-up", "handle up")}
            {button(Direction::Down, shown.down, "move-down", "handle down")}
        </div>
    }
    .into_any()
}

/// Moves a row by one, and says where it is now, or why not. `false` when it stays.
fn step(run: Run, line: Line, direction: Direction) -> bool {
    let Some(from) = untrack(|| run.place(line)) else { return false };
    let Some(template) = run.template.get_untracked() else { return false };
    let (can, label, of) = run.draft.with_untracked(|draft| {
        let label = draft.rows.get(from).map(|row| super::label(row, &template));
        (can_move(draft, &template, from, direction), label.unwrap_or_default(), draft.rows.len())
    });
    let at_end = match direction {
        Direction::Up => from == 0,
        Direction::Down => from.saturating_add(1) >= of,
    };
    if !can {
        if !at_end {
            run.frame.news.set(say!("move-locked", role = &label));
        }
        return false;
    }
    run.shift(line, direction);
    let number = untrack(|| run.place(line)).unwrap_or(from).saturating_add(1);
    run.frame.news.set(say!("moved", role = &label, number = number, of = of));
    true
}

/// A row changes places with a neighbour whose middle is passed.
fn drag(run: Run, line: Line, event: &PointerEvent) {
    let moved = move |y: f64| {
        if !run.draft.is_disposed() {
            follow(run, line, y);
        }
    };
    if drag::follow(event, moved, move || mark(line, false)) {
        mark(line, true);
    }
}

fn element(line: Line) -> Option<web_sys::Element> {
    document().get_element_by_id(&format!("recipient-{}", line.key))
}

fn mark(line: Line, dragged: bool) {
    if let Some(element) = element(line) {
        // Not a class: those are written anew when the row gets another number.
        let _ = match dragged {
            true => element.set_attribute("data-dragged", ""),
            false => element.remove_attribute("data-dragged"),
        };
    }
}

fn follow(run: Run, line: Line, y: f64) {
    let Some(row) = element(line) else { return };
    let middle = |element: web_sys::Element| {
        let shape = element.get_bounding_client_rect();
        shape.top() + shape.height() / 2.0
    };
    if row.previous_element_sibling().is_some_and(|above| y < middle(above)) {
        step(run, line, Direction::Up);
    } else if row.next_element_sibling().is_some_and(|below| y > middle(below)) {
        step(run, line, Direction::Down);
    }
}
