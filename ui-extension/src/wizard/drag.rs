//! Dragging a line of a list up and down, with a mouse, a pen or a finger. Beside it there are always keys or buttons.

use std::rc::Rc;

use leptos::{ev::PointerEvent, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};

type Listener = Closure<dyn FnMut(PointerEvent)>;

/// Follows the pointer, by its height in the window, until it is let go. On the window, because what is dragged moves
/// in the page, and an element that moves loses a captured pointer. `false` where nothing is dragged: it is not the
/// first button.
pub fn follow(event: &PointerEvent, moved: impl Fn(f64) + 'static, ended: impl FnOnce() + 'static) -> bool {
    if event.button() != 0 {
        return false;
    }
    event.prevent_default();
    let pointer = event.pointer_id();
    let moved: Listener = Closure::new(move |event: PointerEvent| {
        if event.pointer_id() == pointer {
            moved(f64::from(event.client_y()));
        }
    });
    let moved = Rc::new(moved);
    let following = Rc::clone(&moved);
    let mut ended = Some(ended);
    // The one of the two ends that does not come now may come later, for another pointer: no harm.
    let ended: Listener = Closure::new(move |_: PointerEvent| {
        let listener = (*following).as_ref().unchecked_ref();
        let _ = window().remove_event_listener_with_callback("pointermove", listener);
        if let Some(ended) = ended.take() {
            ended();
        }
    });
    let ended = ended.into_js_value();
    let _ = window().add_event_listener_with_callback("pointermove", (*moved).as_ref().unchecked_ref());
    let once = web_sys::AddEventListenerOptions::new();
    once.set_once(true);
    for end in ["pointerup", "pointercancel"] {
        let _ = window().add_event_listener_with_callback_and_add_event_listener_options(
            end,
            ended.unchecked_ref(),
            &once,
        );
    }
    true
}
