//! The binary: starts the app and holds the points at which its wasm is split.
//!
//! They are here and not in the library, because wasm with split points cannot be loaded unsplit, and
//! because only this crate is linked with relocations (see `build.rs`).

use leptos::{prelude::*, task::spawn_local};
use ui_extension::{app, detail, settings, wizard};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_split_helpers::{SplitLoaderError, wasm_split};

/// Called by `boot.js`: `base` is the folder of this build, `launch` the token from the address.
#[wasm_bindgen]
pub fn start(base: String, launch: Option<String>) {
    #[cfg(feature = "panic-message")]
    console_error_panic_hook::set_once();
    let screens = app::Screens {
        wizard: || Box::pin(async { wizard_screen().await.map_err(|_| ()) }),
        settings: || Box::pin(async { settings_screen().await.map_err(|_| ()) }),
        detail: |id| Box::pin(async move { detail_screen(id).await.map_err(|_| ()) }),
        preview: |run, whole| Box::pin(async move { preview_screen(run, whole).await.map_err(|_| ()) }),
        edit: |run| Box::pin(async move { edit_screen(run).await.map_err(|_| ()) }),
        preload_wizard: || {
            spawn_local(async {
                // What cannot be had now is tried again, and told, when it is opened.
                let _ = preload_wizard().await;
            });
        },
    };
    app::start(base, launch, screens);
}

#[wasm_split(wizard, fallible, preload(preload_wizard))]
fn wizard_screen() -> Result<AnyView, SplitLoaderError> {
    Ok(wizard::wizard())
}

#[wasm_split(settings, fallible)]
fn settings_screen() -> Result<AnyView, SplitLoaderError> {
    Ok(settings::settings())
}

#[wasm_split(detail, fallible)]
fn detail_screen(id: Option<String>) -> Result<AnyView, SplitLoaderError> {
    Ok(match id {
        Some(id) => detail::detail(id),
        None => detail::find(),
    })
}

#[wasm_split(preview, fallible)]
fn preview_screen(run: wizard::Run, whole: bool) -> Result<AnyView, SplitLoaderError> {
    Ok(wizard::preview(run, whole))
}

#[wasm_split(edit, fallible)]
fn edit_screen(run: wizard::Run) -> Result<AnyView, SplitLoaderError> {
    Ok(wizard::edit(run))
}
