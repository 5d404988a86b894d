//! Adding the documents of another template.
//!
//! What was done to the draft is kept; the new template's roles come along as recipients to be filled in.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use shared::{draft::Draft, template::TemplateSummary};

use super::super::{
    focus_soon,
    run::{Call, Run},
};
use crate::{edge, fault, icon::icon, redraw::redrawn, say, words::say};

/// Typing is let end before the edge is asked.
const PAUSE: Duration = Duration::from_millis(250);

pub fn picker(run: Run, open: RwSignal<bool>) -> AnyView {
    let found = RwSignal::new(Vec::<TemplateSummary>::new());
    let call = RwSignal::new(Call::Idle);
    let asked = StoredValue::new(String::new());
    let pause = StoredValue::new(None::<TimeoutHandle>);
    let ask = move || {
        call.set(Call::UnderWay);
        spawn_local(async move {
            let query = asked.get_value();
            let answer = edge::templates(&run.frame.token(), &[("q", &query)]).await;
            // Overtaken by what was typed since, or closed.
            if asked.try_with_value(|now| *now == query) != Some(true) {
                return;
            }
            match answer {
                Ok(page) => {
                    found.set(page.templates);
                    call.set(Call::Idle);
                }
                Err(failure) => call.set(Call::Failed(failure)),
            }
        });
    };
    ask();
    focus_soon("#add-search".to_owned());
    let on_input = move |event: leptos::ev::Event| {
        asked.set_value(event_target_value(&event));
        if let Some(pause) = pause.try_update_value(Option::take).flatten() {
            pause.clear();
        }
        pause.set_value(set_timeout_with_handle(ask, PAUSE).ok());
    };
    on_cleanup(move || {
        if let Some(pause) = pause.try_update_value(Option::take).flatten() {
            pause.clear();
        }
    });
    let standing = move || match call.get() {
        Call::UnderWay => Some(
            view! { <p class="line detail subtle" role="status">{say("templates-loading")}</p> }.into_any(),
        ),
        Call::Failed(failure) => {
            let again = fault::try_again(ask);
            Some(fault::banner(Some(say("templates-failed")), &failure, Some(again)))
        }
        Call::Idle if found.with(Vec::is_empty) => {
            Some(view! { <p class="line detail subtle" role="status">{say("add-nothing")}</p> }.into_any())
        }
        Call::Idle => None,
    };
    let lines = move || {
        let known = run.draft.with(Draft::templates);
        let lines = found.get().into_iter().filter(|one| one.problem.is_none() && !known.contains(&one.id));
        let lines = lines.map(|template| {
            let pages = template.pages.map(|pages| say!("pages", count = pages));
            let label = say!("add-this", name = &template.name);
            view! {
                <li class="line">
                    <span class="grow">{template.name.clone()} <small>{pages}</small></span>
                    <button type="button" class="btn small" aria-label=label on:click=move |_| add(run, open, template.clone())>
                        {icon("x-plus")} {say("add-it")}
                    </button>
                </li>
            }
        });
        view! { <ul class="found">{lines.collect_view()}</ul> }
    };
    view! {
        <div class="adding" data-testid="add-from-template">
            <div class="line">
                <div class="search grow">
                    {icon("search")}
                    <input class="input small" type="search" id="add-search" aria-label=say("template-search")
                        placeholder=say("template-search") autocomplete="off" on:input=on_input/>
                </div>
            </div>
            {redrawn(standing)}
            {redrawn(lines)}
        </div>
    }
    .into_any()
}

fn add(run: Run, open: RwSignal<bool>, template: TemplateSummary) {
    let edit = run.edit;
    if edit.busy.get_untracked() {
        return;
    }
    edit.busy.set(true);
    edit.failure.set(None);
    spawn_local(async move {
        let name = template.name.clone();
        let answer = run.extend_by(template).await;
        if edit.busy.try_set(false).is_some() {
            return;
        }
        match answer {
            Ok(()) => {
                let _ = open.try_set(false);
                run.frame.news.set(say!("template-added", name = &name));
                focus_soon("#add-from-template".to_owned());
            }
            Err(failure) => edit.failure.set(Some(failure)),
        }
    });
}
