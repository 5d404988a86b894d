//! The whole set at once: out as a file, in from a file, back to the defaults.

use js_sys::JsString;
use leptos::{prelude::*, task::spawn_local};
use shared::mapping::{FILE_MAX_BYTES, Mapping, MappingSet};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, HtmlElement, HtmlInputElement};

use super::{
    super::{board::Deed, dialog, form},
    Desk, PATH, refusal,
};
use crate::{
    edge::{self, Failure},
    icon::icon,
    json::Json,
    redraw::redrawn,
    words::say,
};

pub fn actions(desk: Desk) -> AnyView {
    let exporting = Deed::new(desk.board);
    let chosen = RwSignal::new_local(None::<File>);
    let resetting = RwSignal::new(false);
    let export = move || {
        exporting.run(
            |token| async move { edge::settings::text(&token, &[PATH, "/export"].concat(), &[]).await },
            move |text| {
                form::save("mappings.json", &text);
                desk.board.tell(say("mappings-exported"));
            },
        );
    };
    let pick = move |_| {
        let field = document()
            .get_element_by_id("import-file")
            .and_then(|found| found.dyn_into::<HtmlElement>().ok());
        if let Some(field) = field {
            field.click();
        }
    };
    let picked = move |event: leptos::ev::Event| {
        let field = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(field) = field else { return };
        chosen.set(field.files().and_then(|files| files.get(0)));
        // The same file can be chosen again after it was changed.
        field.set_value("");
    };
    view! {
        <div class="row">
            <button type="button" class="btn small" aria-busy=move || exporting.busy.get().to_string() on:click=move |_| export()>
                {icon("x-download")} {say("mappings-export")}
            </button>
            <button type="button" class="btn small" on:click=pick>{icon("x-upload")} {say("mappings-import")}</button>
            <input type="file" id="import-file" accept=".json,application/json" hidden aria-label=say("mappings-import") on:change=picked/>
            <button type="button" class="btn small" on:click=move |_| resetting.set(true)>{icon("refresh")} {say("mappings-reset")}</button>
        </div>
        {exporting.told()}
        {redrawn(move || resetting.get().then(|| reset_dialog(desk, resetting)))}
        {move || chosen.get().map(|file| import_dialog(desk, file, chosen))}
    }
    .into_any()
}

fn version(desk: Desk) -> String {
    untrack(|| desk.set.got()).map_or(0, |set| set.version).to_string()
}

fn reset_dialog(desk: Desk, shown: RwSignal<bool>) -> AnyView {
    let deed = Deed::new(desk.board);
    let reset = move || {
        let path = [PATH, "?version=", &version(desk)].concat();
        deed.run(
            |token| async move { edge::settings::delete(&token, &path).await },
            move |set: MappingSet| {
                dialog::close();
                desk.set.put(Ok(set));
                desk.board.tell(say("mappings-were-reset"));
            },
        );
    };
    let body = view! { <p>{say("mappings-reset-help")}</p> {deed.told()} };
    let footer = view! {
        {dialog::cancel(say("mappings-keep"))}
        {deed.button("btn destructive", say("mappings-reset-now"), reset)}
    };
    dialog::dialog(
        "",
        say("mappings-reset-title"),
        move || shown.set(false),
        body.into_any(),
        footer.into_any(),
    )
}

fn import_dialog(desk: Desk, file: File, shown: RwSignal<Option<File>, LocalStorage>) -> AnyView {
    let deed = Deed::new(desk.board);
    let name = file.name();
    let too_big = file.size() > FILE_MAX_BYTES as f64;
    if too_big {
        deed.fault.set(Some(Failure::Edge(Box::new(shared::error::Code::TooLarge.into()))));
    }
    let file = StoredValue::new_local(file);
    let read = StoredValue::new(Vec::<Mapping>::new());
    let go = move || {
        let file = file.get_value();
        spawn_local(async move {
            let text =
                JsFuture::from(file.text()).await.ok().and_then(|text| text.dyn_into::<JsString>().ok());
            let Some(text) = text.map(String::from) else {
                return deed
                    .fault
                    .set(Some(Failure::Edge(Box::new(shared::error::Code::ImportRefused.into()))));
            };
            // What is refused is told by its name in the file.
            let mappings = Json::parse(&text).and_then(|mut file| file.take("mappings").read());
            read.set_value(mappings.unwrap_or_default());
            let path = [PATH, "/import?version=", &version(desk)].concat();
            deed.run(
                |token| async move { edge::settings::post_text(&token, &path, text).await },
                move |set: MappingSet| {
                    dialog::close();
                    desk.set.put(Ok(set));
                    desk.board.tell(say("mappings-imported"));
                },
            );
        });
    };
    let body = view! {
        <p><b>{name}</b></p>
        <p>{say("mappings-import-help")}</p>
        {redrawn(move || deed.fault.get().map(|failure| refusal(desk, failure, &read.get_value())))}
    };
    let footer = view! {
        {dialog::cancel(say("cancel"))}
        {(!too_big).then(|| deed.button("btn primary", say("mappings-import-now"), go))}
    };
    dialog::dialog(
        "",
        say("mappings-import-title"),
        move || shown.set(None),
        body.into_any(),
        footer.into_any(),
    )
}
