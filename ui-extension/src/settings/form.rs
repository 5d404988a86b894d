//! Parts of forms, and what a form has to do with the browser: save a file, read a file, copy a text.

use js_sys::{Array, Function, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlElement, HtmlInputElement, Url};

use crate::{icon::icon, redraw::redrawn, words::say};

/// A text field with its label, and what is wrong with it.
pub fn text_field(
    id: &'static str,
    label: String,
    value: RwSignal<String>,
    looks: &'static str,
    problem: Signal<Option<String>>,
) -> AnyView {
    let error_id = [id, "-error"].concat();
    let described = error_id.clone();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input type="text" class=["input ", looks].concat() id=id autocomplete="off" spellcheck="false"
                aria-invalid=move || problem.get().is_some().then_some("true")
                aria-describedby=move || problem.get().is_some().then(|| described.clone())
                prop:value=move || value.get() on:input=move |event| value.set(event_target_value(&event))/>
            {redrawn(move || problem.get().map(|words| error(error_id.clone(), words)))}
        </div>
    }
    .into_any()
}

/// What is wrong with a field, under it.
pub fn error(id: String, words: String) -> AnyView {
    view! { <div class="foot"><span class="error" id=id role="alert">{icon("s-declined")} <span>{words}</span></span></div> }
        .into_any()
}

/// A select with its label above it. `choices` are values and words.
pub fn select(
    id: &'static str,
    label: String,
    choices: Vec<(String, String)>,
    now: String,
    write: impl Fn(String) + 'static,
) -> AnyView {
    let options = choices.into_iter().map(|(value, words)| {
        let selected = value == now;
        view! { <option value=value selected=selected>{words}</option> }
    });
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <div class="select">
                <select id=id on:change=move |event| write(event_target_value(&event))>{options.collect_view()}</select>
                {icon("x-down")}
            </div>
        </div>
    }
    .into_any()
}

/// A box to tick, with a second line.
pub fn check(label: String, help: Option<String>, on: RwSignal<bool>) -> AnyView {
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=move || on.get() on:change=move |event| on.set(event_target_checked(&event))/>
            <span>{label} {help.map(|help| view! { <small>{help}</small> })}</span>
        </label>
    }
    .into_any()
}

/// A whole number with its label.
pub fn number(id: &'static str, label: String, value: RwSignal<String>, invalid: Signal<bool>) -> AnyView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input type="text" inputmode="numeric" class="input" id=id autocomplete="off"
                aria-invalid=move || invalid.get().then_some("true")
                prop:value=move || value.get() on:input=move |event| value.set(event_target_value(&event))/>
        </div>
    }
    .into_any()
}

/// Hands a text to the browser as a file to keep.
pub fn save(name: &str, text: &str) {
    let Ok(blob) = Blob::new_with_str_sequence(&Array::of1(&text.into())) else { return };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else { return };
    if let Ok(link) = document().create_element("a") {
        let _ = link.set_attribute("href", &address);
        let _ = link.set_attribute("download", name);
        if let Some(link) = link.dyn_ref::<HtmlElement>() {
            link.click();
        }
    }
    // The browser holds on to what it is saving.
    let _ = Url::revoke_object_url(&address);
}

/// Copies what a field holds; `false` where the browser does not let us, and the text is selected then.
pub fn copy(id: &str) -> bool {
    let field = document().get_element_by_id(id).and_then(|found| found.dyn_into::<HtmlInputElement>().ok());
    let Some(field) = field else { return false };
    let _ = field.focus();
    field.select();
    // The newer way needs a permission that HubSpot does not give to frames.
    let page: JsValue = document().into();
    let copy = Reflect::get(&page, &"execCommand".into()).ok().and_then(|f| f.dyn_into::<Function>().ok());
    copy.and_then(|copy| copy.call1(&page, &"copy".into()).ok()).is_some_and(|done| done.is_truthy())
}

/// A text to be copied, with the button for it.
pub fn copyable(id: &'static str, label: String, value: String) -> AnyView {
    let copied = RwSignal::new(None::<bool>);
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <div class="row">
                <input type="text" class="input mono grow" id=id readonly value=value/>
                <button type="button" class="btn" on:click=move |_| copied.set(Some(copy(id)))>{say("copy")}</button>
            </div>
            <p class="detail subtle" role="status">{redrawn(move || copied.get().map(|done| say(if done { "copied" } else { "copy-by-hand" })))}</p>
        </div>
    }
    .into_any()
}
