//! Step 1: choose a template.

use std::time::Duration;

use leptos::{ev::KeyboardEvent, leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use shared::{
    error::Code,
    template::{TemplateProblem, TemplateSummary},
};

use super::run::{Call, Run};
use crate::redraw::redrawn;
use crate::{
    app::{late, skeleton},
    edge::{self, Failure},
    fault,
    icon::icon,
    say,
    words::say,
};

/// DocuSign's limit of a search text.
const QUERY_MAX_CHARS: &str = "48";
const PAUSE: Duration = Duration::from_millis(300);

#[derive(Clone, Copy)]
struct Shelf {
    run: Run,
    query: RwSignal<String>,
    templates: RwSignal<Vec<TemplateSummary>>,
    total: RwSignal<u32>,
    next: RwSignal<Option<String>>,
    loading: RwSignal<bool>,
    fault: RwSignal<Option<Failure>>,
    /// Counts the questions, so that a late answer to an earlier one is dropped.
    asked: StoredValue<u32>,
    pause: StoredValue<Option<TimeoutHandle>>,
}

impl Shelf {
    fn fetch(self, cursor: Option<String>) {
        let question = self.asked.get_value().wrapping_add(1);
        self.asked.set_value(question);
        self.loading.set(true);
        self.fault.set(None);
        let query = self.query.get_untracked();
        spawn_local(async move {
            let answer = edge::templates(&self.run.frame.token(), query.trim(), cursor.as_deref()).await;
            if self.asked.try_get_value() != Some(question) {
                return;
            }
            self.loading.set(false);
            match answer {
                Ok(page) => {
                    self.run.frame.denied.set(None);
                    self.total.set(page.total);
                    self.next.set(page.next);
                    self.templates.update(|known| {
                        if cursor.is_none() {
                            known.clear();
                        }
                        known.extend(page.templates);
                    });
                }
                Err(failure) => {
                    if let Failure::Edge(refusal) = &failure
                        && refusal.code == Code::DocusignNoPermission
                    {
                        self.run.frame.denied.set(Some((**refusal).clone()));
                    }
                    self.fault.set(Some(failure));
                }
            }
        });
    }

    /// Asks once the typing has paused.
    fn search(self, query: String) {
        self.query.set(query);
        if let Some(pause) = self.pause.get_value() {
            pause.clear();
        }
        let handle = set_timeout_with_handle(
            move || {
                if self.query.try_get_untracked().is_some() {
                    self.fetch(None);
                }
            },
            PAUSE,
        );
        self.pause.set_value(handle.ok());
    }
}

pub fn step(run: Run) -> AnyView {
    let shelf = Shelf {
        run,
        query: RwSignal::new(String::new()),
        templates: RwSignal::new(Vec::new()),
        total: RwSignal::new(0),
        next: RwSignal::new(None),
        loading: RwSignal::new(true),
        fault: RwSignal::new(None),
        asked: StoredValue::new(0),
        pause: StoredValue::new(None),
    };
    shelf.fetch(None);
    let on_key = move |event: KeyboardEvent| {
        // Enter on a radio or in the search goes on, as it would in a form.
        let on_button = event_target::<web_sys::Element>(&event).tag_name() == "BUTTON";
        if event.key() == "Enter" && !on_button {
            event.prevent_default();
            go_on(run);
        }
    };
    super::focus_soon(".step input[type=search]".to_owned());
    view! {
        <div class="step" tabindex="0" role="group" aria-label=say("step-template") on:keydown=on_key>
            <h1 class="as-h2" tabindex="-1">{say("choose-template")}</h1>
            {redrawn(move || run.composing.with(|call| match call {
                Call::Failed(failure) => Some(fault::banner(Some(say("compose-failed")), failure, None)),
                Call::Idle | Call::UnderWay => None,
            }))}
            <div class="search">
                {icon("search")}
                <input class="input" type="search" maxlength=QUERY_MAX_CHARS aria-label=say("template-search")
                    placeholder=move || match shelf.total.get() {
                        0 => say("template-search"),
                        total => say!("template-search-in", count = total),
                    }
                    on:input=move |event| shelf.search(event_target_value(&event))/>
            </div>
            {redrawn(move || (run.asked.get() && run.chosen.with(Option::is_none)).then(|| view! {
                <div class="field">{super::problem::line("choose".to_owned(), say("choose-first"))}</div>
            }))}
            {redrawn(move || list(shelf))}
        </div>
    }
    .into_any()
}

fn list(shelf: Shelf) -> AnyView {
    if let Some(failure) = shelf.fault.get() {
        let again = fault::try_again(move || shelf.fetch(None));
        return fault::banner(Some(say("templates-failed")), &failure, Some(again));
    }
    let (is_empty, loading) = (shelf.templates.with(Vec::is_empty), shelf.loading.get());
    if is_empty && loading {
        let shown = late();
        return (move || shown.get().then(|| skeleton(Some(say("templates-loading"))))).into_any();
    }
    if is_empty {
        return nothing(shelf);
    }
    let (favourites, others): (Vec<_>, Vec<_>) =
        shelf.templates.get().into_iter().partition(|template| template.favorite);
    let status = (!shelf.query.with_untracked(String::is_empty))
        .then(|| say!("templates-found", count = shelf.total.get()));
    view! {
        <p class="sr-only" role="status">{status}</p>
        <div class="stack" aria-busy=loading.to_string()>
            {group(shelf.run, "templates-favourite", favourites)}
            {group(shelf.run, "templates-all", others)}
        </div>
        {shelf.next.get().map(|cursor| view! {
            <div class="row">
                <button type="button" class="btn small" aria-busy=loading.to_string()
                    on:click=move |_| shelf.fetch(Some(cursor.clone()))>
                    {say("show-more")}
                </button>
                <span class="detail subtle">
                    {say!("templates-shown", shown = shelf.templates.with(Vec::len), total = shelf.total.get())}
                </span>
            </div>
        })}
    }
    .into_any()
}

fn nothing(shelf: Shelf) -> AnyView {
    let query = shelf.query.get_untracked();
    let words = match query.trim() {
        "" => say("templates-none"),
        query => say!("templates-nothing", query = query),
    };
    view! { <div class="empty"><p role="status">{words}</p></div> }.into_any()
}

fn group(run: Run, title: &'static str, templates: Vec<TemplateSummary>) -> Option<AnyView> {
    if templates.is_empty() {
        return None;
    }
    let choices = templates.into_iter().map(|template| choice(run, template)).collect_view();
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

fn choice(run: Run, template: TemplateSummary) -> AnyView {
    // Not tracked: drawing the list anew would take the focus from the radio that was just chosen.
    let checked =
        run.chosen.with_untracked(|chosen| chosen.as_ref().is_some_and(|chosen| chosen.id == template.id));
    let problem = template.problem.map(|problem| {
        let key = match problem {
            TemplateProblem::NoRecipients => "template-problem-no-recipients",
            TemplateProblem::NoDocuments => "template-problem-no-documents",
        };
        let words = say!(key, owner = &template.owner);
        view! { <span class="status warning">{icon("s-declined")} <span>{words}</span></span> }
    });
    let star = template.favorite.then(|| {
        view! { <span class="star">{icon("star-on")} <span class="sr-only">{say("favourite")}</span></span> }
    });
    let disabled = template.problem.is_some();
    let facts = facts(&template);
    let (id, value, name) = (template.id.clone(), template.id.clone(), template.name.clone());
    view! {
        <div class="choice" data-template-id=id>
            <label>
                <input type="radio" name="template" value=value disabled=disabled checked=checked
                    on:change=move |_| {
                        run.asked.set(false);
                        run.composing.set(Call::Idle);
                        run.chosen.set(Some(template.clone()));
                    }/>
                <span><b>{name}</b> <small>{facts}</small> {problem}</span>
            </label>
            {star}
        </div>
    }
    .into_any()
}

/// Such as “2 roles · 1 document, 3 pages · Mette Krogh”.
fn facts(template: &TemplateSummary) -> String {
    let mut facts = vec![say!("roles", count = template.roles.len())];
    if let Some(documents) = template.documents {
        let documents = say!("documents", count = documents);
        facts.push(match template.pages {
            Some(pages) => [documents, say!("pages", count = pages)].join(", "),
            None => documents,
        });
    }
    facts
        .extend([&template.owner].into_iter().chain(&template.folder).filter(|one| !one.is_empty()).cloned());
    facts.join(" · ")
}

fn go_on(run: Run) {
    if run.chosen.with_untracked(Option::is_none) {
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
