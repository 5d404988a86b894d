//! Step 3: everything once more, then the button that says what will happen.

use leptos::prelude::*;

use super::{
    editing::Section,
    recipient::kind_words,
    recipients::{documents, notices, record, refusal},
    run::{Run, Step},
    saved::template_changed,
    values::values,
};
use crate::redraw::redrawn;
use crate::words::say;

pub fn step(run: Run) -> AnyView {
    view! {
        <div class="step" tabindex="0" role="group" aria-label=say("step-review")>
            <div class="stack tight">
                <div class="row spread">
                    <h1 class="as-h2" tabindex="-1">{say("review-title")}</h1>
                    {edit_documents(run)}
                </div>
                {record(run)}
            </div>
            {redrawn(move || refusal(run))}
            {redrawn(move || template_changed(run))}
            {values(run)}
            <div class="stack tight">{notices(run)} {recipients(run)}</div>
            {documents(run)}
            {message(run)}
        </div>
    }
    .into_any()
}

/// Opens the editor in the place of the step; not while the edge may have taken the draft.
pub fn edit_documents(run: Run) -> AnyView {
    redrawn(move || {
        (!run.is_committed()).then(|| {
            view! {
                <button type="button" class="btn small" id="edit-documents"
                    on:click=move |_| run.edit.section.set(Some(Section::Documents))>
                    {say("edit-documents")}
                </button>
            }
        })
    })
}

/// The way back to where it can be changed; not while the edge may have taken it.
fn edit(run: Run) -> AnyView {
    (move || {
        (!run.is_committed()).then(|| {
            view! {
                <button type="button" class="btn transparent small" on:click=move |_| run.step.set(Step::Recipients)>
                    {say("edit")}
                </button>
            }
        })
    })
    .into_any()
}

fn recipients(run: Run) -> AnyView {
    let lines = run.draft.with_untracked(|draft| {
        let lines = draft.rows.iter().enumerate().map(|(place, row)| {
            let colour = format!("r{}", place % 6 + 1);
            view! {
                <li class=["line ", &colour].concat()>
                    <span class=["num ", &colour].concat()>{place.saturating_add(1)}</span>
                    <span class="grow">{row.name.clone()} " " <small>{row.email.clone()}</small></span>
                    <span class="detail subtle">{kind_words(&row.kind)}</span>
                </li>
            }
        });
        lines.collect_view()
    });
    view! {
        <section class="block" data-testid="review-recipients">
            <header><h2 class="as-h4">{say("recipients-in-order")}</h2>{edit(run)}</header>
            <ol>{lines}</ol>
        </section>
    }
    .into_any()
}

fn message(run: Run) -> AnyView {
    let (subject, body) = run.draft.with_untracked(|draft| (draft.subject.clone(), draft.message.clone()));
    let body = if body.trim().is_empty() {
        view! { <span class="subtle">{say("message-none")}</span> }.into_any()
    } else {
        view! { <span class="words">{body}</span> }.into_any()
    };
    let own =
        run.own.get_untracked().then(|| view! { <dt>{say("own-title")}</dt><dd>{say("own-each")}</dd> });
    view! {
        <section class="block">
            <header><h2 class="as-h4">{say("message-title")}</h2>{edit(run)}</header>
            <dl>
                <dt>{say("subject")}</dt>
                <dd>{subject}</dd>
                <dt>{say("message")}</dt>
                <dd>{body}</dd>
                {own}
            </dl>
        </section>
    }
    .into_any()
}
