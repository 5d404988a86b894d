//! Step 3: everything once more, then the button that says what will happen.

use leptos::prelude::*;

use super::{
    editing::Section,
    problem,
    recipient::{address, kind_words},
    recipients::{documents, notices, record, refusal},
    run::{Run, Step},
    saved::template_changed,
    values::values,
};
use crate::redraw::redrawn;
use crate::{icon::icon, say, words::say};

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
            {redrawn(move || for_the_editor(run))}
            {values(run)}
            <div class="stack tight">{notices(run)} {recipients(run)}</div>
            {documents(run)}
            {options(run)}
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
                    <span class="grow">{row.name.clone()} " " <small>{address(&row.email)}</small></span>
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

/// What must be put right in the editor, with the way there.
fn for_the_editor(run: Run) -> Option<AnyView> {
    let found = run.problems.with(|all| {
        let mut found = Vec::new();
        for problem in all {
            let section = problem::section(problem);
            found.extend(
                section.map(|section| (section, run.draft.with(|draft| problem::words(problem, draft)))),
            );
        }
        found
    });
    let section = found.first().map(|(section, _)| *section)?;
    let lines = found.into_iter().map(|(_, words)| view! { <p>{words}</p> }).collect_view();
    let title = say(if section == Section::Options { "options-title" } else { "edit-documents" });
    Some(
        view! {
            <div class="banner danger" role="alert" data-problem="" tabindex="-1">
                {icon("s-declined")}
                <div>
                    {lines}
                    <div class="row">
                        <button type="button" class="btn small" on:click=move |_| run.edit.section.set(Some(section))>{title}</button>
                    </div>
                </div>
            </div>
        }
        .into_any(),
    )
}

/// What is otherwise than in the template.
fn options(run: Run) -> Option<AnyView> {
    let options = run.draft.with_untracked(|draft| draft.options.clone());
    let on_off = |name: &str, own: Option<bool>| {
        let words = say(if own? { "option-on" } else { "option-off" });
        Some((say(&["option-", name].concat()), words))
    };
    let numbers =
        |key: &str, first: u32, second: u32| say!(key, first = first as usize, second = second as usize);
    let all = [
        on_off("reassign", options.reassign),
        on_off("comments", options.comments),
        on_off("sign-on-paper", options.sign_on_paper),
        on_off("sign-on-mobile", options.sign_on_mobile),
        on_off("view-history", options.view_history),
        on_off("visibility", options.limit_visibility),
        on_off("id-stamp", options.id_stamp),
        options.reminders.map(|own| {
            let words = match own.first_after {
                0 => say("reminders-none"),
                first => numbers("reminders-words", first, own.then_every),
            };
            (say("option-reminders"), words)
        }),
        options
            .expiration
            .map(|own| (say("option-expiration"), numbers("expiration-words", own.after, own.warn_before))),
    ];
    let lines = all.into_iter().flatten().map(|(name, words)| view! { <dt>{name}</dt><dd>{words}</dd> });
    let lines = lines.collect_view();
    if lines.is_empty() {
        return None;
    }
    Some(
        view! {
            <section class="block" data-testid="review-options">
                <header>
                    <h2 class="as-h4">{say("options-changed")}</h2>
                    {redrawn(move || (!run.is_committed()).then(|| view! {
                        <button type="button" class="btn transparent small"
                            on:click=move |_| run.edit.section.set(Some(Section::Options))>{say("edit")}</button>
                    }))}
                </header>
                <dl>{lines}</dl>
            </section>
        }
        .into_any(),
    )
}
