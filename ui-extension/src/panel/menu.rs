//! The ⋯ menu: who is connected, the language, help.

use leptos::{ev::KeyboardEvent, html, prelude::*, task::spawn_local};
use shared::api::{ConnectedAs, Connection};
use wasm_bindgen::JsCast;
use web_sys::{FocusEvent, HtmlElement, Node};

use crate::redraw::redrawn;
use crate::{
    frame::Frame,
    icon::icon,
    say,
    words::{self, Language, say},
};

pub fn menu(frame: Frame, open: RwSignal<bool>) -> AnyView {
    let anchor = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    let help = RwSignal::new(false);
    let close = move || {
        open.set(false);
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Escape" if open.get_untracked() => {
            event.stop_propagation();
            close();
        }
        "ArrowDown" | "ArrowUp" if open.get_untracked() => {
            event.prevent_default();
            if let Some(anchor) = anchor.get_untracked() {
                step(&anchor, event.key() == "ArrowDown");
            }
        }
        _ => {}
    };
    let on_leave = move |event: FocusEvent| {
        let to = event.related_target().and_then(|target| target.dyn_into::<Node>().ok());
        let stays = anchor.get_untracked().is_some_and(|anchor| anchor.contains(to.as_ref()));
        if !stays {
            open.set(false);
        }
    };
    let speak = move |language: Language| {
        close();
        spawn_local(async move {
            frame.speak(language).await;
        });
    };
    view! {
        <div class="anchor" node_ref=anchor on:keydown=on_key on:focusout=on_leave>
            <button type="button" class="btn transparent square small" node_ref=button
                aria-label=say("menu") aria-expanded=move || open.get().to_string() aria-controls="menu"
                on:click=move |_| open.update(|open| *open = !*open)>
                {icon("more")}
            </button>
            <div class="menu" id="menu" tabindex="-1" hidden=move || !open.get()>
                <div class="account">{redrawn(move || account(frame))}</div>
                <hr/>
                {Language::ALL.into_iter().map(|language| {
                    let current = language == words::language();
                    view! {
                        <button type="button" lang=language.tag() aria-pressed=current.to_string()
                            on:click=move |_| speak(language)>
                            {if current { icon("check") } else { view! { <span class="icon"></span> }.into_any() }}
                            {language.own_name()}
                        </button>
                    }
                }).collect_view()}
                <hr/>
                <button type="button" on:click=move |_| {
                    open.set(false);
                    help.set(true);
                }>{icon("help")} {say("help")}</button>
            </div>
        </div>
        {redrawn(move || help.get().then(|| help_dialog(help)))}
    }
    .into_any()
}

/// Opens itself as soon as it is drawn, and is gone when it is closed.
fn help_dialog(shown: RwSignal<bool>) -> AnyView {
    let dialog = NodeRef::<html::Dialog>::new();
    request_animation_frame(move || {
        if let Some(dialog) = dialog.try_get_untracked().flatten() {
            let _ = dialog.show_modal();
        }
    });
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby="help-title" on:close=move |_| shown.set(false)>
            <header>
                <h2 id="help-title">{say("help")}</h2>
                <form method="dialog">
                    <button class="btn transparent square small" aria-label=say("close")>{icon("close")}</button>
                </form>
            </header>
            <div class="body stack tight prose">
                <p>{say("help-send")}</p>
                <p>{say("help-follow")}</p>
                <p>{say("help-stuck")}</p>
            </div>
        </dialog>
    }
    .into_any()
}

/// Moves the focus to the next or previous button of the menu, around its ends.
fn step(anchor: &HtmlElement, down: bool) {
    let Ok(buttons) = anchor.query_selector_all(".menu button") else { return };
    let active = document().active_element();
    let count = buttons.length();
    let at = (0..count).find(|at| buttons.get(*at).as_ref() == active.as_ref().map(AsRef::as_ref));
    let to = match (at, down) {
        (None, true) => 0,
        (None, false) => count.saturating_sub(1),
        (Some(at), true) => (at + 1) % count.max(1),
        (Some(at), false) => (at + count.saturating_sub(1)) % count.max(1),
    };
    if let Some(button) = buttons.get(to).and_then(|node| node.dyn_into::<HtmlElement>().ok()) {
        let _ = button.focus();
    }
}

/// Who sends, and as whom.
fn account(frame: Frame) -> AnyView {
    let user = frame.seat.with(|seat| seat.as_ref().map(|seat| seat.user_email.clone())).unwrap_or_default();
    let lines = match frame.connection.get() {
        Some(Connection::Connected(ConnectedAs { name, email, account_name, .. })) => view! {
            <b>{name}</b>
            <small>{email}</small>
            <small>{say!("account", name = &account_name)}</small>
        }
        .into_any(),
        Some(Connection::MustReconnect(ConnectedAs { email, .. })) => view! {
            <b>{say("reconnect-title")}</b>
            <small>{email}</small>
        }
        .into_any(),
        _ => view! { <b>{say("not-connected")}</b> }.into_any(),
    };
    view! { {lines} <small>{say!("hubspot-user", email = &user)}</small> }.into_any()
}
