//! Dialogs of the settings: the browser's own, so that focus stays inside, Escape closes, and the focus goes back.

use leptos::{html, prelude::*};

use crate::{icon::icon, words::say};

/// A dialog that opens itself as soon as it is drawn. `closed` must take it out of the view.
pub fn dialog(
    looks: &'static str,
    title: String,
    closed: impl Fn() + 'static,
    body: AnyView,
    footer: AnyView,
) -> AnyView {
    let node = NodeRef::<html::Dialog>::new();
    request_animation_frame(move || {
        if let Some(dialog) = node.try_get_untracked().flatten() {
            let _ = dialog.show_modal();
        }
    });
    view! {
        <dialog class=["dialog ", looks].concat() node_ref=node aria-labelledby="dialog-title" on:close=move |_| closed()>
            <header>
                <h2 id="dialog-title">{title}</h2>
                <form method="dialog">
                    <button class="btn transparent square small" aria-label=say("close")>{icon("close")}</button>
                </form>
            </header>
            <div class="body stack">{body}</div>
            <footer>{footer}</footer>
        </dialog>
    }
    .into_any()
}

/// Closes the dialog that is open, as Escape would: the focus goes back to where it was.
pub fn close() {
    use wasm_bindgen::JsCast;
    let Ok(Some(found)) = document().query_selector("dialog[open]") else { return };
    if let Some(dialog) = found.dyn_ref::<web_sys::HtmlDialogElement>() {
        dialog.close();
    }
}

/// The quiet way out of a dialog.
pub fn cancel(words: String) -> AnyView {
    view! { <button type="button" class="btn" on:click=move |_| close()>{words}</button> }.into_any()
}
