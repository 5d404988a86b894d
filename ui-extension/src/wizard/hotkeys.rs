//! Single keys that work anywhere in the wizard, the list of them, and the switch that turns them all off.
//!
//! They are never active while something is typed or chosen, in an open menu, or in a dialog. Sending is not among
//! them: it takes a press of its button. The switch is kept for as long as the frame is open, in memory only.

use leptos::{ev::KeyboardEvent, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{
    editing::Section,
    leave_editor, leave_preview,
    run::{Run, Step},
};
use crate::{icon::icon, redraw::redrawn, words::say};

/// Every key and what it does, in the order of the list.
const KEYS: [(&str, &str); 14] = [
    ("1", "step-template"),
    ("2", "step-recipients"),
    ("3", "step-review"),
    ("e", "edit-documents"),
    ("o", "hotkey-options"),
    ("m", "hotkey-message"),
    ("t", "hotkey-recipients"),
    ("p", "hotkey-preview"),
    ("n", "hotkey-next-recipient"),
    ("r", "hotkey-previous-recipient"),
    ("j", "hotkey-next-page"),
    ("k", "hotkey-previous-page"),
    ("+  −  0", "hotkey-zoom"),
    ("?", "hotkeys-title"),
];

/// The key, where it may be taken for a hotkey.
pub fn pressed(run: Run, event: &KeyboardEvent) -> Option<String> {
    let key = event.key();
    let is_held = event.ctrl_key() || event.meta_key() || event.alt_key();
    if is_held || event.default_prevented() || event.is_composing() {
        return None;
    }
    // The list itself can always be asked for: it holds the switch.
    if !run.frame.hotkeys.get_untracked() && key != "?" {
        return None;
    }
    let at = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let busy = "input:not([type=radio], [type=checkbox]), textarea, select, [role=menu], [role=listbox], [contenteditable], dialog";
    let is_typing = at.is_some_and(|at| at.closest(busy).ok().flatten().is_some());
    let is_asked = document().query_selector("dialog[open]").ok().flatten().is_some();
    (!is_typing && !is_asked).then_some(key)
}

/// Does what the key stands for, if it is one of the wizard's own. The preview has its own.
pub fn act(run: Run, event: &KeyboardEvent) {
    let Some(key) = pressed(run, event) else { return };
    let step = run.step.get_untracked();
    let is_open = step != Step::Sent && !untrack(|| run.is_committed());
    let has_template = run.template.with_untracked(Option::is_some);
    match key.as_str() {
        "?" => show(run),
        "1" if is_open => go(run, Step::Template),
        "2" if is_open && has_template => go(run, Step::Recipients),
        "3" if is_open && has_template => {
            if step == Step::Recipients && run.edit.section.with_untracked(Option::is_none) {
                if !run.review() {
                    super::problem::focus_first();
                }
            } else {
                go(run, Step::Review);
            }
        }
        "e" | "o" if is_open && has_template && step != Step::Template => {
            run.previewing.set(false);
            run.edit.section.set(Some(if key == "e" { Section::Documents } else { Section::Options }));
            super::focus_soon(".step h1".to_owned());
        }
        "m" | "t" if is_open && has_template => {
            go(run, Step::Recipients);
            let place = if key == "m" { "#subject" } else { ".recipients :is(input, select, button)" };
            super::focus_soon(place.to_owned());
        }
        "p" if has_template && (step == Step::Review || run.edit.section.with_untracked(Option::is_some)) => {
            if run.previewing.get_untracked() {
                leave_preview(run);
            } else {
                run.previewing.set(true);
            }
        }
        _ => return,
    }
    event.prevent_default();
}

fn go(run: Run, step: Step) {
    run.previewing.set(false);
    if run.edit.section.with_untracked(Option::is_some) {
        leave_editor(run);
    }
    run.step.set(step);
}

pub fn show(run: Run) {
    run.listing_keys.set(true);
}

/// The list, while it is shown.
pub fn list(run: Run) -> AnyView {
    redrawn(move || run.listing_keys.get().then(|| dialog(run)))
}

fn dialog(run: Run) -> AnyView {
    let dialog = NodeRef::<html::Dialog>::new();
    request_animation_frame(move || {
        if let Some(dialog) = dialog.try_get_untracked().flatten() {
            let _ = dialog.show_modal();
        }
    });
    let lines = KEYS.into_iter().map(|(key, words)| {
        let keys = key.split_whitespace().map(|key| view! { <kbd>{key.to_uppercase()}</kbd> " " });
        view! { <div class="row"><dt>{keys.collect_view()}</dt><dd>{say(words)}</dd></div> }
    });
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby="hotkeys-title" on:close=move |_| run.listing_keys.set(false)>
            <header>
                <h2 id="hotkeys-title">{say("hotkeys-title")}</h2>
                <form method="dialog">
                    <button class="btn transparent square small" aria-label=say("close")>{icon("close")}</button>
                </form>
            </header>
            <div class="body stack">
                <p class="subtle">{say("hotkeys-help")}</p>
                <dl class="hotkeys">{lines.collect_view()}</dl>
                <label class="check">
                    <input type="checkbox" prop:checked=move || run.frame.hotkeys.get()
                        on:change=move |event| run.frame.hotkeys.set(event_target_checked(&event))/>
                    <span>{say("hotkeys-on")}</span>
                </label>
            </div>
        </dialog>
    }
    .into_any()
}
