//! The Actions menu: everything that can be edited, and where.

use leptos::{ev::KeyboardEvent, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlElement, Node};

use super::super::{
    editing::Section,
    focus_soon, hotkeys,
    run::{Run, Step},
};
use crate::{icon::icon, words::say};

/// What an item does; the letter is its hotkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Message,
    Recipients,
    Open(Section),
    Hotkeys,
}

const ITEMS: [(Action, &str, &str, &str); 6] = [
    (Action::Message, "action-message", "x-mail", "m"),
    (Action::Recipients, "action-recipients", "x-users", "t"),
    (Action::Open(Section::Documents), "edit-documents", "x-doc", "e"),
    (Action::Open(Section::Options), "options-title", "x-sliders", "o"),
    (Action::Hotkeys, "hotkeys-title", "x-key", "?"),
    (Action::Open(Section::Continue), "continue-title", "x-external", ""),
];

pub fn menu(run: Run) -> AnyView {
    let anchor = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    let open = RwSignal::new(false);
    let close = move || {
        open.set(false);
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    };
    let enter = move |last: bool| {
        open.set(true);
        request_animation_frame(move || {
            if let Some(anchor) = anchor.try_get_untracked().flatten() {
                step(&anchor, if last { Way::Last } else { Way::First });
            }
        });
    };
    let on_key = move |event: KeyboardEvent| {
        let is_open = open.get_untracked();
        let way = match event.key().as_str() {
            "Escape" if is_open => {
                event.prevent_default();
                return close();
            }
            "ArrowDown" if !is_open => {
                event.prevent_default();
                return enter(false);
            }
            "ArrowUp" if !is_open => {
                event.prevent_default();
                return enter(true);
            }
            "ArrowDown" => Way::Next,
            "ArrowUp" => Way::Previous,
            "Home" => Way::First,
            "End" => Way::Last,
            _ => return,
        };
        if let (true, Some(anchor)) = (is_open, anchor.get_untracked()) {
            event.prevent_default();
            step(&anchor, way);
        }
    };
    let on_leave = move |event: FocusEvent| {
        let to = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
        if !anchor.get_untracked().is_some_and(|anchor| anchor.contains(to.as_ref())) {
            open.set(false);
        }
    };
    let items = ITEMS.into_iter().map(|(action, key, shape, hotkey)| {
        let shortcut = (!hotkey.is_empty()).then_some(hotkey);
        let hint = shortcut.map(|hotkey| view! { <kbd aria-hidden="true">{hotkey.to_uppercase()}</kbd> });
        view! {
            <button type="button" role="menuitem" tabindex="-1" aria-keyshortcuts=shortcut on:click=move |_| {
                close();
                act(run, action);
            }>{icon(shape)} <span>{say(key)}</span> {hint}</button>
        }
    });
    view! {
        <div node_ref=anchor on:keydown=on_key on:focusout=on_leave>
            <button type="button" class="btn small" id="actions" node_ref=button aria-haspopup="menu"
                aria-expanded=move || open.get().to_string() aria-controls="actions-menu"
                on:click=move |_| if open.get_untracked() { close() } else { enter(false) }>
                {say("actions")} {icon("x-down")}
            </button>
            <div class="menu" id="actions-menu" role="menu" aria-label=say("actions") hidden=move || !open.get()>
                {items.collect_view()}
            </div>
        </div>
    }
    .into_any()
}

fn act(run: Run, action: Action) {
    let step_two = |selector: &str| {
        run.edit.section.set(None);
        run.step.set(Step::Recipients);
        focus_soon(selector.to_owned());
    };
    match action {
        Action::Message => step_two("#subject"),
        Action::Recipients => step_two(".recipients :is(input, select, button)"),
        Action::Open(section) => {
            run.edit.section.set(Some(section));
            focus_soon(".step h1".to_owned());
        }
        Action::Hotkeys => hotkeys::show(run),
    }
}

#[derive(Clone, Copy)]
enum Way {
    First,
    Last,
    Next,
    Previous,
}

/// Moves the focus among the items, around their ends.
fn step(anchor: &HtmlElement, way: Way) {
    let Ok(items) = anchor.query_selector_all("[role=menuitem]") else { return };
    let active = document().active_element();
    let count = items.length().max(1);
    let at = (0..count).find(|at| items.get(*at).as_ref() == active.as_ref().map(AsRef::as_ref));
    let to = match (way, at) {
        (Way::First, _) | (Way::Next, None) => 0,
        (Way::Last, _) | (Way::Previous, None) => count - 1,
        (Way::Next, Some(at)) => (at + 1) % count,
        (Way::Previous, Some(at)) => (at + count - 1) % count,
    };
    if let Some(item) = items.get(to).and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
        let _ = item.focus();
    }
}
