//! The editor: documents and options of this envelope, in the place of the wizard's step.
//!
//! A piece of wasm of its own, fetched when it is first opened. It changes the run's draft as the steps do, so that
//! going back loses nothing; the documents themselves are edited in a draft at DocuSign, which the first change makes.

mod actions;

use leptos::prelude::*;

use super::{editing::Section, run::Run};
use crate::{redraw::redrawn, words::say};

pub fn view(run: Run) -> AnyView {
    let title = move || {
        say(match run.edit.section.get() {
            Some(Section::Options) => "options-title",
            Some(Section::Continue) => "continue-title",
            Some(Section::Documents) | None => "edit-documents",
        })
    };
    view! {
        <div class="row spread anchor">
            <h1 class="as-h2" tabindex="-1">{redrawn(title)}</h1>
            {actions::menu(run)}
        </div>
    }
    .into_any()
}
