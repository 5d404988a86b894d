//! Zoom by pinching: two fingers on glass, or on a touchpad, which browsers tell as a wheel with Ctrl held.

use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{AddEventListenerOptions, TouchEvent, WheelEvent};

use super::Look;

/// How far two fingers must have moved apart, or together, for the next step.
const STRETCH: f64 = 1.25;
/// How far a wheel must have turned for one.
const TURN: f64 = 40.0;

/// Listens on the element that the answer is given to. Not passively: the browser would zoom the whole frame.
pub fn listen(look: Look) -> NodeRef<html::Div> {
    let place = NodeRef::<html::Div>::new();
    let turned = StoredValue::new(0.0_f64);
    let on_wheel = Closure::<dyn FnMut(WheelEvent)>::new(move |event: WheelEvent| {
        if !event.ctrl_key() {
            return;
        }
        event.prevent_default();
        let sum = turned.get_value() + event.delta_y();
        if sum.abs() < TURN {
            return turned.set_value(sum);
        }
        turned.set_value(0.0);
        look.step(sum < 0.0);
    });
    let apart = StoredValue::new(None::<f64>);
    let on_touch = Closure::<dyn FnMut(TouchEvent)>::new(move |event: TouchEvent| {
        let Some(now) = distance(&event) else { return apart.set_value(None) };
        event.prevent_default();
        let Some(before) = apart.get_value() else { return apart.set_value(Some(now)) };
        if now > before * STRETCH || now * STRETCH < before {
            look.step(now > before);
            apart.set_value(Some(now));
        }
    });
    let kept = StoredValue::new_local((on_wheel, on_touch));
    Effect::new(move |_| {
        let Some(element) = place.get() else { return };
        let options = AddEventListenerOptions::new();
        options.set_passive(false);
        kept.with_value(|(wheel, touch)| {
            let listen = |name: &str, listener: &js_sys::Function| {
                let _ = element.add_event_listener_with_callback_and_add_event_listener_options(
                    name, listener, &options,
                );
            };
            listen("wheel", wheel.as_ref().unchecked_ref());
            for name in ["touchstart", "touchmove", "touchend"] {
                listen(name, touch.as_ref().unchecked_ref());
            }
        });
    });
    place
}

/// Between two fingers.
fn distance(event: &TouchEvent) -> Option<f64> {
    let touches = event.touches();
    if touches.length() != 2 {
        return None;
    }
    let (one, other) = (touches.get(0)?, touches.get(1)?);
    let x = f64::from(one.client_x() - other.client_x());
    let y = f64::from(one.client_y() - other.client_y());
    Some(x.hypot(y))
}
