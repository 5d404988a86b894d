//! The editor: documents and options of this envelope, in the place of the wizard's step.
//!
//! A piece of wasm of its own, fetched when it is first opened. It changes the run's draft as the steps do, so that
//! going back loses nothing; the documents themselves are edited in a draft at DocuSign, which the first change makes.

mod actions;
mod add;
mod documents;
mod fields;
mod hand_over;
mod options;
mod uploads;

use leptos::prelude::*;
use shared::draft::Row;

use super::{editing::Section, run::Run};
use crate::{icon::icon, redraw::redrawn, say, words::say};

pub fn view(run: Run) -> AnyView {
    let title = move || {
        say(match run.edit.section.get() {
            Some(Section::Options) => "options-title",
            Some(Section::Continue) => "continue-title",
            Some(Section::Documents) | None => "edit-documents",
        })
    };
    let section = move || match run.edit.section.get() {
        Some(Section::Documents) => documents::section(run),
        Some(Section::Options) => options::section(run),
        Some(Section::Continue) => hand_over::section(run),
        None => ().into_any(),
    };
    view! {
        <div class="row spread anchor">
            <h1 class="as-h2" tabindex="-1">{redrawn(title)}</h1>
            {actions::menu(run)}
        </div>
        {redrawn(section)}
    }
    .into_any()
}

/// A recipient by name, or else by role or e-mail, or at least by number.
fn person(place: usize, row: &Row) -> String {
    let known = [&row.name, &row.email].into_iter().find(|words| !words.trim().is_empty());
    known.cloned().unwrap_or_else(|| say!("recipient-number", number = place.saturating_add(1)))
}

/// A size in MB or kB, whole numbers below ten MB with one decimal.
fn size(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10) >> 20;
    match tenths {
        0 => [&(bytes.div_ceil(1024)).to_string(), " kB"].concat(),
        1..100 => {
            [&(tenths / 10).to_string(), &say("decimal-point"), &(tenths % 10).to_string(), " MB"].concat()
        }
        _ => [&(tenths / 10).to_string(), " MB"].concat(),
    }
}

/// A select with its label above it.
fn select(
    id: &str,
    label: String,
    choices: Vec<(String, String)>,
    now: String,
    write: impl Fn(String) + 'static,
) -> AnyView {
    view! {
        <div class="field">
            <label for=id.to_owned()>{label}</label>
            {bare_select(id, "", choices, now, write)}
        </div>
    }
    .into_any()
}

/// A select that something else labels: by `label`, or by a `<label for>` of its id.
fn bare_select(
    id: &str,
    label: &str,
    choices: Vec<(String, String)>,
    now: String,
    write: impl Fn(String) + 'static,
) -> AnyView {
    let options = choices.into_iter().map(|(value, words)| {
        let selected = value == now;
        view! { <option value=value selected=selected>{words}</option> }.into_any()
    });
    let label = (!label.is_empty()).then(|| label.to_owned());
    view! {
        <div class="select small">
            <select id=id.to_owned() aria-label=label on:change=move |event| write(event_target_value(&event))>
                {options.collect_view()}
            </select>
            {icon("x-down")}
        </div>
    }
    .into_any()
}
