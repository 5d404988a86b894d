//! Step 2: who gets it, in which order, and the words that go with it.

use std::time::Duration;

use leptos::prelude::*;
use shared::{draft::dropped_roles, prefill::Notice, template::Role};

use super::{
    message, problem, recipient,
    run::{Call, Run, Step},
    saved,
};
use crate::redraw::redrawn;
use crate::{fault, icon::icon, say, words::say};

/// From here on a wait is explained.
const LONG_SEND: Duration = Duration::from_secs(2);

pub fn step(run: Run) -> AnyView {
    view! {
        <div class="step" tabindex="0" role="group" aria-label=say("step-recipients")>
            <div class="stack tight">
                <h1 class="as-h2" tabindex="-1">{say("step-recipients")}</h1>
                {record(run)}
                {another(run)}
            </div>
            {redrawn(move || refusal(run))}
            {redrawn(move || general(run))}
            {redrawn(move || saved::template_changed(run))}
            {documents(run)}
            <div class="stack tight">
                {notices(run)}
                <ol aria-label=say("recipients-in-order") class="recipients">
                    <For each=move || run.lines.get() key=|line| line.key children=move |line| recipient::row(run, line)/>
                </ol>
                {redrawn(move || dropped(run))}
                {redrawn(move || add(run))}
            </div>
            {message::message(run)}
        </div>
    }
    .into_any()
}

/// “For the deal Fleet renewal 2027”.
pub fn record(run: Run) -> Option<AnyView> {
    let name = run.record.with_untracked(|record| record.as_ref().map(|record| record.name.clone()))?;
    let template = run.template.with_untracked(|template| template.as_ref().map(|one| one.name.clone()))?;
    let kind = run.frame.record_kind();
    Some(
        view! {
            <p class="subtle"><b>{template}</b> " · " {say!("for-record", kind = kind)} " " <b>{name}</b></p>
        }
        .into_any(),
    )
}

/// “1 template · Add another”: back to step 1, where several may be chosen.
fn another(run: Run) -> AnyView {
    redrawn(move || {
        let count = run.chosen.with(Vec::len);
        (!run.is_committed()).then(|| {
            view! {
                <div class="row">
                    <button type="button" class="btn transparent small another" on:click=move |_| {
                        run.several.set(true);
                        run.step.set(Step::Template);
                    }>{icon("x-doc")} {say!("templates-another", count = count)}</button>
                </div>
            }
        })
    })
}

/// That sending takes its time, or why the last Send did not go through.
pub fn refusal(run: Run) -> Option<AnyView> {
    run.sending.with(|call| match call {
        Call::UnderWay => {
            let long = RwSignal::new(false);
            set_timeout(
                move || {
                    let _ = long.try_set(true);
                },
                LONG_SEND,
            );
            Some(redrawn(move || long.get().then(|| {
                view! {
                    <div class="banner info" data-testid="long-send">
                        {icon("x-s-info")}
                        <div><p role="status">{say("sending-long")}</p><progress aria-label=say("sending")></progress></div>
                    </div>
                }
            })))
        }
        Call::Failed(failure) => {
            let title = if run.is_committed() { say("send-unsettled-title") } else { say("send-failed") };
            Some(fault::banner(Some(title), failure, None))
        }
        Call::Idle => None,
    })
}

/// What is wrong with the draft as a whole.
fn general(run: Run) -> Option<AnyView> {
    let problems = run.shown_problems(|one| problem::spot(one) == problem::Spot::Draft);
    if problems.is_empty() {
        return None;
    }
    let lines = run.draft.with(|draft| {
        problems
            .iter()
            .map(|one| problem::words(one, draft))
            .map(|words| view! { <p>{words}</p> })
            .collect_view()
    });
    Some(
        view! {
            <div class="banner danger" role="alert" data-problem="" tabindex="-1">
                {icon("s-declined")}
                <div>{lines}</div>
            </div>
        }
        .into_any(),
    )
}

/// The template's documents.
pub fn documents(run: Run) -> Option<AnyView> {
    let template = run.template.get_untracked()?;
    let lines = template.documents.iter().map(|document| {
        let pages = document.pages.map(|pages| say!("pages", count = pages));
        view! {
            <li class="line">
                {icon("x-doc")} <span class="grow">{document.name.clone()} <small>{pages}</small></span>
            </li>
        }
    });
    let count = template.documents.len();
    Some(
        view! {
            <section class="block" data-testid="documents">
                <header>
                    <h2 class="as-h4">{say("documents-title")} " " <span class="badge">{count}</span></h2>
                    {(run.step.get_untracked() == Step::Recipients).then(|| super::review::edit_documents(run))}
                </header>
                <ul>{lines.collect_view()}</ul>
            </section>
        }
        .into_any(),
    )
}

/// What the sender should know about how the rows were filled.
pub fn notices(run: Run) -> Option<AnyView> {
    let notices = run.prefill.with_untracked(|prefill| prefill.as_ref().map(|one| one.notices.clone()))?;
    let banners = notices.iter().map(|notice| {
        view! {
            <div class="banner info" data-notice=notice.name()>
                {icon("x-s-info")}
                <div><p>{notice_words(run, notice)}</p></div>
            </div>
        }
    });
    Some(banners.collect_view().into_any())
}

fn notice_words(run: Run, notice: &Notice) -> String {
    let key = ["notice-", notice.name()].concat();
    let kind = run.frame.record_kind();
    match notice {
        Notice::MoreContactsThanPlaceholders { contacts, placeholders: 0 } => {
            say!("notice-no-room", contacts = *contacts)
        }
        Notice::MoreContactsThanPlaceholders { contacts, placeholders } => {
            say!(&key, record = kind, contacts = *contacts, placeholders = *placeholders)
        }
        Notice::AlreadyInTemplate { name, email } => say!(&key, name = name, email = email),
        Notice::ContactWithoutEmail { name } => say!(&key, name = name),
        Notice::CompanyContactsOffered { contacts } => say!(&key, contacts = *contacts),
        Notice::NoContacts => say!(&key, record = kind),
    }
}

/// Roles that were left out, each with the way back.
fn dropped(run: Run) -> Option<AnyView> {
    let roles: Vec<Role> = run.template.with(|template| {
        let template = template.as_ref()?;
        Some(run.draft.with(|draft| dropped_roles(draft, template).into_iter().cloned().collect()))
    })?;
    let lines = roles.into_iter().map(|role| {
        let label = role.label().to_owned();
        view! {
            <div class="row detail">
                <span class="subtle">{say!("role-dropped", role = &label)}</span>
                <button type="button" class="btn small" aria-label=say!("role-put-back-label", role = &label)
                    on:click=move |_| recipient::focus_in(run.put_back(&role), "input, .clear")>
                    {say("role-put-back")}
                </button>
            </div>
        }
    });
    Some(lines.collect_view().into_any())
}

fn add(run: Run) -> AnyView {
    if run.template.with(|template| template.as_ref().is_some_and(|template| template.recipients_locked)) {
        return view! { <p class="detail subtle row">{icon("lock")} {say("recipients-locked")}</p> }
            .into_any();
    }
    view! {
        <div class="row">
            <button type="button" class="btn small" on:click=move |_| {
                let line = run.add();
                recipient::focus_in(line, "input");
            }>{icon("x-plus")} {say("add-recipient")}</button>
        </div>
    }
    .into_any()
}
