//! The right side: what the choice means. The template's roles while choosing, then the e-mail as it will
//! arrive. Left out where there is no room for it; everything in it can be read elsewhere too.

use leptos::prelude::*;
use shared::{draft::merged_subject, template::TemplateSummary};

use super::run::{Run, Step};
use crate::redraw::redrawn;
use crate::{icon::icon, say, words::say};

pub fn stage(run: Run) -> AnyView {
    let is_editing = Memo::new(move |_| run.edit.section.with(Option::is_some));
    view! {
        <div class="stage" role="group" aria-label=say("stage")>
            {redrawn(move || match run.step.get() {
                _ if is_editing.get() => super::later_preview(run, false),
                Step::Template => run.chosen.with(|chosen| chosen.last().map_or_else(hint, template)),
                Step::Review => super::later_preview(run, false),
                Step::Recipients | Step::Sent => mail(run),
            })}
        </div>
    }
    .into_any()
}

fn hint() -> AnyView {
    view! {
        <div class="bar"><span>{say("stage-nothing")}</span></div>
    }
    .into_any()
}

fn tags(names: &[String]) -> AnyView {
    let tags = names.iter().enumerate().map(|(place, name)| {
        let colour = format!("r{}", place % 6 + 1);
        view! {
            <span class=["who ", &colour].concat()>
                <span class=["num ", &colour].concat()>{place.saturating_add(1)}</span> {name.clone()}
            </span>
        }
    });
    view! { <span class="row">{tags.collect_view()}</span> }.into_any()
}

fn template(chosen: &TemplateSummary) -> AnyView {
    let description = Some(chosen.description.clone()).filter(|words| !words.trim().is_empty());
    let fact = |shape: &'static str, words: Option<String>| {
        words.map(|words| view! { <p class="row fact detail">{icon(shape)} <span>{words}</span></p> })
    };
    let documents = chosen.documents.map(|count| say!("documents", count = count));
    let pages = chosen.pages.map(|count| say!("pages", count = count));
    let documents = documents.into_iter().chain(pages).collect::<Vec<_>>().join(", ");
    view! {
        <div class="bar">{tags(&chosen.roles)}</div>
        <div class="pages">
            <div class="stack tight">
                <h2 class="as-h3">{chosen.name.clone()}</h2>
                {description.map(|words| view! { <p class="prose">{words}</p> })}
                {fact("x-doc", Some(documents).filter(|words| !words.is_empty()))}
                {fact("x-folder", chosen.folder.clone())}
                {fact("x-user", Some(chosen.owner.clone()).filter(|words| !words.is_empty()))}
            </div>
        </div>
    }
    .into_any()
}

/// The names of the documents that the e-mail leads to.
fn documents(run: Run) -> Option<AnyView> {
    let names = run.template.with(|template| {
        let template = template.as_ref()?;
        Some(template.documents.iter().map(|one| one.name.clone()).collect::<Vec<_>>())
    })?;
    let lines =
        names.into_iter().map(|name| view! { <li class="row fact">{icon("x-doc")} <span>{name}</span></li> });
    Some(view! { <ul class="stack tight">{lines.collect_view()}</ul> }.into_any())
}

/// The e-mail of the first recipient, live.
fn mail(run: Run) -> AnyView {
    let names = Memo::new(move |_| {
        run.draft.with(|draft| draft.rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>())
    });
    let letter = Memo::new(move |_| {
        let template = run.template.get()?;
        run.draft.with(|draft| {
            let first = draft.rows.first();
            let own = first.and_then(|row| row.own_message.clone());
            let (subject, body) = match own {
                Some(own) => (own.subject, own.body),
                None => (draft.subject.clone(), draft.message.clone()),
            };
            let to = first.map(|row| row.name.clone()).filter(|name| !name.trim().is_empty());
            Some((to, merged_subject(&subject, draft, &template), body))
        })
    });
    view! {
        <div class="bar">{redrawn(move || tags(&names.get().into_iter().map(|name| {
            if name.trim().is_empty() { say("stage-nobody") } else { name }
        }).collect::<Vec<_>>()))}</div>
        <div class="pages" tabindex="0" role="group" aria-label=say("stage-mail")>
            {redrawn(move || letter.get().map(|(to, subject, body)| view! {
                <article class="mail">
                    <dl>
                        <dt>{say("mail-to")}</dt>
                        <dd>{to.unwrap_or_else(|| say("stage-nobody"))}</dd>
                        <dt>{say("subject")}</dt>
                        <dd>{subject}</dd>
                    </dl>
                    <div class="letter">
                        <p class="words">{body}</p>
                        {documents(run)}
                        <p class="detail subtle">{say("mail-note")}</p>
                    </div>
                </article>
            }))}
        </div>
    }
    .into_any()
}
