//! The live connection: `GET /api/live` as a WebSocket on which the edge tells of changes.
//!
//! A lost connection is tried again after 1, 2, 4 … at most 30 seconds, at once when the frame is looked at
//! again, and the panel is read anew afterwards: what was missed in between is not sent again.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use gloo_timers::callback::Timeout;
use js_sys::Array;
use leptos::prelude::*;
use shared::{
    api::Connection,
    envelope::{Envelope, Group, group},
};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{MessageEvent, WebSocket};

use crate::{
    frame::{Frame, Line},
    json::Json,
    panel::status_words,
    say,
    words::say,
};

const LONGEST_WAIT_MS: u32 = 30_000;

/// One attempt after the other, for as long as the frame lives.
struct Caller {
    frame: Frame,
    failures: Cell<u32>,
    was_up: Cell<bool>,
    /// Dropping it cancels the attempt.
    next: RefCell<Option<Timeout>>,
    socket: RefCell<Option<WebSocket>>,
}

/// Connects, and keeps connecting. Call once, when the session is there.
pub fn listen(frame: Frame) {
    let caller = Rc::new(Caller {
        frame,
        failures: Cell::new(0),
        was_up: Cell::new(false),
        next: RefCell::new(None),
        socket: RefCell::new(None),
    });
    call(&caller);
    let again = Rc::clone(&caller);
    let retry = Closure::<dyn FnMut()>::new(move || {
        if again.next.borrow().is_some() {
            call(&again);
        }
    });
    // The panel's "Try again", the network coming back, and the tab being looked at.
    for event in ["countersign-retry", "online", "focus"] {
        let _ = window().add_event_listener_with_callback(event, retry.as_ref().unchecked_ref());
    }
    retry.forget();
}

/// Asks for an attempt now instead of at the end of the wait.
pub fn retry_now() {
    if let Ok(event) = web_sys::Event::new("countersign-retry") {
        let _ = window().dispatch_event(&event);
    }
}

fn address() -> Option<String> {
    let location = window().location();
    let scheme = if location.protocol().ok()? == "https:" { "wss:" } else { "ws:" };
    Some([scheme, "//", &location.host().ok()?, "/api/live"].concat())
}

fn call(caller: &Rc<Caller>) {
    caller.next.replace(None);
    let Some(address) = address() else { return };
    let protocols = Array::of2(&"countersign".into(), &caller.frame.token().into());
    let Ok(socket) = WebSocket::new_with_str_sequence(&address, &protocols) else { return lost(caller) };

    let up = Rc::clone(caller);
    let opened = Closure::<dyn FnMut()>::new(move || {
        up.failures.set(0);
        if up.was_up.replace(true) {
            up.frame.refresh();
        }
        up.frame.line.set(Line::Up);
    });
    let frame = caller.frame;
    let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        if let Some(text) = message.data().as_string() {
            hear(frame, &text);
        }
    });
    let down = Rc::clone(caller);
    // Fires once per socket, after an error too.
    let closed = Closure::once(move || lost(&down));

    socket.set_onopen(Some(opened.as_ref().unchecked_ref()));
    socket.set_onmessage(Some(heard.as_ref().unchecked_ref()));
    socket.set_onclose(Some(closed.as_ref().unchecked_ref()));
    // JavaScript owns them from here; some hundred bytes for each reconnect.
    opened.forget();
    heard.forget();
    closed.forget();
    caller.socket.replace(Some(socket));
}

fn lost(caller: &Rc<Caller>) {
    let failures = caller.failures.get();
    caller.failures.set(failures.saturating_add(1));
    // The first miss is often a passing one: nothing is said until the second.
    caller.frame.line.set(if failures > 0 { Line::Lost } else { Line::Quiet });
    let wait = 1_000u32.saturating_mul(1 << failures.min(5)).min(LONGEST_WAIT_MS);
    let again = Rc::clone(caller);
    caller.next.replace(Some(Timeout::new(wait, move || call(&again))));
}

/// One message from the edge: a `shared::api::Live`, told apart by hand because serde would bring a second
/// reader of envelopes for it. What is not understood is a newer edge's, and no harm.
fn hear(frame: Frame, text: &str) {
    let Some(mut message) = Json::parse(text) else { return };
    match message.take_text("live").as_deref() {
        Some("envelope") => {
            let Some(envelope) = message.take("envelope").read() else { return };
            frame.news.set(news_of(&envelope));
            frame.take_envelope(envelope);
        }
        Some("connection") => {
            let Some(connection) = message.take("connection").read() else { return };
            let came_alive = matches!(connection, Connection::Connected(_)) && !frame.is_connected_now();
            frame.set_connection(connection);
            frame.touch();
            if came_alive {
                frame.news.set(say("live-connected"));
                frame.refresh();
            }
        }
        Some("user") => frame.touch(),
        Some("draft") => {
            if let Some(draft) = message.take("draft").read() {
                frame.take_draft(draft);
            }
        }
        Some("draft-gone") => {
            if let Some(id) = message.take_text("id") {
                frame.drop_draft(&id);
            }
        }
        Some("gone") => {
            if let Some(id) = message.take_text("id") {
                frame.drop_envelope(&id);
            }
        }
        _ => {}
    }
}

fn news_of(envelope: &Envelope) -> String {
    let status = status_words(envelope);
    let key = match group(envelope) {
        Group::NeedsAttention => "live-attention",
        Group::InProgress | Group::Completed => "live-changed",
    };
    say!(key, name = &envelope.subject, status = &status)
}
