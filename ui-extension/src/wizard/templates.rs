//! Step 1: choose a template, or several.

mod several;
mod shelf;

use leptos::{ev::KeyboardEvent, prelude::*};
use shared::template::{TemplateProblem, TemplateSummary};

pub use self::shelf::Shelf;
use super::run::{Call, Run};
use crate::redraw::redrawn;
use crate::{
    app::{late, skeleton},
    fault,
    icon::icon,
    say,
    times::relative,
    words::say,
};

/// DocuSign's limit of a search text.
const QUERY_MAX_CHARS: &str = "48";
/// DocuSign never lists more of one search, and need not say how many more there are (docusign facts §2.1).
const LISTED_MAX: u32 = 2_000;

pub fn step(run: Run) -> AnyView {
    let shelf = run.shelf;
    shelf.open();
    let on_key = move |event: KeyboardEvent| {
        // Enter on a template or in the search goes on, as it would in a form.
        let on_control =
            ["BUTTON", "SELECT"].contains(&&*event_target::<web_sys::Element>(&event).tag_name());
        if event.key() == "Enter" && !on_control {
            event.prevent_default();
            go_on(run);
        }
    };
    super::focus_soon(".step input[type=search]".to_owned());
    let query = shelf.wanted.with_untracked(|wanted| wanted.query.clone());
    view! {
        <div class="step" tabindex="0" role="group" aria-label=say("step-template") on:keydown=on_key>
            <h1 class="as-h2" tabindex="-1">{say("choose-template")}</h1>
            {redrawn(move || run.composing.with(|call| match call {
                Call::Failed(failure) => Some(fault::banner(Some(say("compose-failed")), failure, None)),
                Call::Idle | Call::UnderWay => None,
            }))}
            {several::chosen(run)}
            <div class="row finder">
                <div class="search grow">
                    {icon("search")}
                    <input class="input" type="search" maxlength=QUERY_MAX_CHARS aria-label=say("template-search")
                        placeholder=move || match shelf.found.with(|found| found.total) {
                            0 | LISTED_MAX.. => say("template-search"),
                            total => say!("template-search-in", count = total),
                        }
                        prop:value=query
                        on:input=move |event| shelf.want(|wanted| wanted.query = event_target_value(&event), true)/>
                </div>
                {redrawn(move || folders(shelf))}
                {owners(shelf)}
            </div>
            {redrawn(move || (run.asked.get() && run.chosen.with(Vec::is_empty)).then(|| view! {
                <div class="field">{super::problem::line("choose".to_owned(), say("choose-first"))}</div>
            }))}
            {redrawn(move || list(run))}
        </div>
    }
    .into_any()
}

fn folders(shelf: Shelf) -> Option<AnyView> {
    let folders = shelf.folders.get();
    if folders.is_empty() {
        return None;
    }
    let now = shelf.wanted.with_untracked(|wanted| wanted.folder.clone());
    let options = folders.into_iter().map(|folder| {
        let name = ["\u{2003}".repeat(folder.depth.min(6) as usize), folder.name].concat();
        view! { <option selected=folder.id == now value=folder.id>{name}</option> }
    });
    Some(
        view! {
            <div class="select">
                <select aria-label=say("template-folder")
                    on:change=move |event| shelf.want(|wanted| wanted.folder = event_target_value(&event), false)>
                    <option value="">{say("template-folders-all")}</option>
                    {options.collect_view()}
                </select>
                {icon("x-down")}
            </div>
        }
        .into_any(),
    )
}

fn owners(shelf: Shelf) -> AnyView {
    let now = shelf.wanted.with_untracked(|wanted| wanted.of.clone());
    let options = [("", "template-of-all"), ("mine", "template-of-mine"), ("shared", "template-of-shared")]
        .map(|(value, words)| view! { <option selected=now == value value=value>{say(words)}</option> });
    view! {
        <div class="select">
            <select aria-label=say("template-of")
                on:change=move |event| shelf.want(|wanted| wanted.of = event_target_value(&event), false)>
                {options.collect_view()}
            </select>
            {icon("x-down")}
        </div>
    }
    .into_any()
}

fn list(run: Run) -> AnyView {
    let shelf = run.shelf;
    if let Some(failure) = shelf.fault.get() {
        let again = fault::try_again(move || shelf.fetch());
        return fault::banner(Some(say("templates-failed")), &failure, Some(again));
    }
    let (found, loading) = (shelf.found.get(), shelf.loading.get());
    let shown = found.recent.len().saturating_add(found.favorites.len()).saturating_add(found.others.len());
    if shown == 0 && loading {
        let shown = late();
        return (move || shown.get().then(|| skeleton(Some(say("templates-loading"))))).into_any();
    }
    if shown == 0 {
        return nothing(shelf);
    }
    let is_all = shelf.wanted.with_untracked(|wanted| wanted.is_all());
    let status = (!is_all).then(|| say!("templates-found", count = found.total));
    let title = if is_all { "templates-all" } else { "templates-matching" };
    let several = run.several.get();
    view! {
        <p class="sr-only" role="status">{status}</p>
        <div class="stack" aria-busy=loading.to_string()>
            {group(run, "templates-recent", found.recent, several)}
            {group(run, "templates-favourite", found.favorites, several)}
            {group(run, title, found.others, several)}
        </div>
        {found.next.is_some().then(|| view! {
            <div class="row">
                <button type="button" class="btn small" aria-busy=loading.to_string() on:click=move |_| shelf.more()>
                    {say("show-more")}
                </button>
                <span class="detail subtle">{say!("templates-shown", shown = shown, total = found.total)}</span>
            </div>
        })}
        {(found.total >= LISTED_MAX).then(|| view! {
            <p class="detail subtle">{say!("templates-too-many", max = LISTED_MAX)}</p>
        })}
    }
    .into_any()
}

fn nothing(shelf: Shelf) -> AnyView {
    let wanted = shelf.wanted.get_untracked();
    let words = match wanted.query.trim() {
        "" if wanted.is_all() => say("templates-none"),
        "" => say("templates-none-here"),
        query => say!("templates-nothing", query = query),
    };
    view! { <div class="empty"><p role="status">{words}</p></div> }.into_any()
}

fn group(run: Run, title: &'static str, templates: Vec<TemplateSummary>, several: bool) -> Option<AnyView> {
    if templates.is_empty() {
        return None;
    }
    let choices = templates.into_iter().map(|template| choice(run, template, several)).collect_view();
    Some(
        view! {
            <fieldset class="stack tight">
                <legend class="overline">{say(title)}</legend>
                <div class="choices">{choices}</div>
            </fieldset>
        }
        .into_any(),
    )
}

/// A row: a radio, or a tick where there may be several.
fn choice(run: Run, template: TemplateSummary, several: bool) -> AnyView {
    let problem = template.problem.map(|problem| {
        let key = match problem {
            TemplateProblem::NoRecipients => "template-problem-no-recipients",
            TemplateProblem::NoDocuments => "template-problem-no-documents",
        };
        let words = say!(key, owner = &template.owner);
        view! { <span class="status warning">{icon("s-declined")} <span>{words}</span></span> }
    });
    let disabled = template.problem.is_some();
    let facts = facts(run, &template);
    let star = star(run.shelf, &template);
    let (id, value, name) = (template.id.clone(), template.id.clone(), template.name.clone());
    let known = template.id.clone();
    let checked = move || run.chosen.with(|chosen| chosen.iter().any(|one| one.id == known));
    view! {
        <div class="choice" data-template-id=id>
            <label>
                <input type=if several { "checkbox" } else { "radio" } name="template" value=value disabled=disabled
                    prop:checked=checked
                    on:change=move |event| {
                        run.asked.set(false);
                        run.composing.set(Call::Idle);
                        run.choose(template.clone(), event_target_checked(&event));
                    }/>
                <span><b>{name}</b> <small>{facts}</small> {problem}</span>
            </label>
            {star}
        </div>
    }
    .into_any()
}

fn star(shelf: Shelf, template: &TemplateSummary) -> AnyView {
    let label = say!("favourite-of", name = &template.name);
    let template = StoredValue::new(template.clone());
    let is_on = Memo::new(move |_| template.with_value(|template| shelf.is_favorite(template)));
    view! {
        <button type="button" class="btn transparent square small star" aria-label=label.clone() title=label
            aria-pressed=move || is_on.get().to_string()
            on:click=move |_| shelf.set_favorite(template.with_value(|one| one.id.clone()), !is_on.get_untracked())>
            {redrawn(move || icon(if is_on.get() { "x-star-on" } else { "x-star" }))}
        </button>
        {redrawn(move || shelf.star_fault.with(|fault| {
            let (_, failure) = fault.as_ref().filter(|(id, _)| template.with_value(|one| one.id == *id))?;
            let words = [say("favourite-failed"), fault::sentence(failure)].join(" ");
            Some(view! { <span class="status danger" role="alert">{icon("s-declined")} <span>{words}</span></span> })
        }))}
    }
    .into_any()
}

/// Such as “Client, Supplier · 1 document, 3 pages · Mette Krogh · used 2 days ago”.
fn facts(run: Run, template: &TemplateSummary) -> String {
    let mut facts = vec![match template.roles.as_slice() {
        [] => say!("roles", count = 0usize),
        [_, _, _, _, ..] => say!("roles", count = template.roles.len()),
        few => few.join(", "),
    }];
    if let Some(documents) = template.documents {
        let documents = say!("documents", count = documents);
        facts.push(match template.pages {
            Some(pages) => [documents, say!("pages", count = pages)].join(", "),
            None => documents,
        });
    }
    facts
        .extend([&template.owner].into_iter().chain(&template.folder).filter(|one| !one.is_empty()).cloned());
    facts.extend(
        template.used.map(|used| say!("template-used", ago = &relative(used, run.frame.now.get_untracked()))),
    );
    facts.join(" · ")
}

fn go_on(run: Run) {
    if run.chosen.with_untracked(Vec::is_empty) {
        run.asked.set(true);
        return;
    }
    run.asked.set(false);
    run.compose();
}

/// The primary button of this step.
pub fn next(run: Run) -> AnyView {
    let busy = move || run.composing.with(|call| *call == Call::UnderWay);
    view! {
        <button type="button" class="btn primary" aria-busy=move || busy().to_string() on:click=move |_| go_on(run)>
            {say("next")}
        </button>
    }
    .into_any()
}
