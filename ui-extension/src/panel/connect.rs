//! Connecting DocuSign from the panel.

use leptos::{prelude::*, task::spawn_local};

use crate::redraw::redrawn;
use crate::{
    edge::{self, Failure},
    frame::Frame,
    icon::icon,
    words::say,
};

fn connect(frame: Frame) {
    open(frame, "/api/connect".to_owned(), Box::new(move |failure| frame.fail(failure)));
}

/// Opens the page of DocuSign's that the edge names at `path`, such as the login, in a new window. The window is opened within the click, empty, so that no popup
/// blocker stops it, and sent on when the edge has named the address. The live connection tells us the rest.
pub fn open(frame: Frame, path: String, failed: Box<dyn Fn(Failure)>) {
    let popup = window().open_with_url_and_target("", "_blank").ok().flatten();
    frame.fault.set(None);
    spawn_local(async move {
        match edge::address(&frame.token(), &path).await {
            Ok(answer) => {
                let sent = popup.map(|popup| {
                    // The page we send it to has no business with this frame.
                    let _ = js_sys::Reflect::set(&popup, &"opener".into(), &wasm_bindgen::JsValue::NULL);
                    popup.location().set_href(&answer.url)
                });
                if !matches!(sent, Some(Ok(()))) {
                    frame.popup_blocked.set(Some(answer.url));
                }
            }
            Err(failure) => {
                if let Some(popup) = popup {
                    let _ = popup.close();
                }
                failed(failure);
            }
        }
    });
}

/// The address as a link, where the window could not be opened.
pub fn by_hand(frame: Frame) -> Option<AnyView> {
    frame.popup_blocked.get().map(|url| {
        view! { <p><a href=url target="_blank" rel="noopener">{say("connect-by-hand")}</a></p> }.into_any()
    })
}

/// Not connected yet.
pub fn invitation(frame: Frame) -> AnyView {
    view! {
        <div class="lead empty">
            <p>{say("connect-why")}</p>
            <button type="button" class="btn primary wide" on:click=move |_| connect(frame)>{say("connect")}</button>
            {redrawn(move || by_hand(frame))}
            <p class="detail subtle">{say("connect-how")}</p>
        </div>
    }
    .into_any()
}

/// The connection died: what we know stays, sending waits.
pub fn reconnect(frame: Frame) -> AnyView {
    view! {
        <div class="banner warning" role="status">
            {icon("s-expired")}
            <div>
                <b>{say("reconnect-title")}</b>
                <p>{say("reconnect-body")}</p>
                <div class="row">
                    <button type="button" class="btn primary small" on:click=move |_| connect(frame)>{say("reconnect")}</button>
                </div>
                {redrawn(move || by_hand(frame))}
            </div>
        </div>
    }
    .into_any()
}
