//! How an error is shown: what happened, what was not done, who can do what next; the code last.

use leptos::prelude::*;
use shared::error::Code;

use crate::{
    edge::{Failure, Refusal},
    icon::icon,
    say,
    words::say,
};

fn key(failure: &Failure) -> String {
    ["error-", failure.code().map_or("network", Code::name)].concat()
}

/// What happened.
pub fn sentence(failure: &Failure) -> String {
    say(&key(failure))
}

/// What to do next, and who can.
pub fn next_step(failure: &Failure) -> String {
    let fix = say(&[&key(failure), "-fix"].concat());
    match failure {
        Failure::Edge(error) if error.retry_after.is_some_and(|seconds| seconds > 0) => {
            let seconds = error.retry_after.unwrap_or_default();
            [fix, say!("error-retry-after", seconds = seconds as usize)].join(" ")
        }
        _ => fix,
    }
}

/// Whether it is a matter of rights rather than of something broken.
fn is_lock(code: Option<Code>) -> bool {
    matches!(
        code,
        Some(Code::DocusignNoPermission | Code::HubspotMissingScope | Code::NotInstalled | Code::NotAdmin)
    )
}

/// The code and support id, for whoever helps.
fn reference(error: &Refusal) -> String {
    let code = error.code.name();
    if error.support_id.is_empty() {
        say!("error-code", code = code)
    } else {
        say!("error-code-and-id", code = code, id = &error.support_id)
    }
}

/// The banner of a failure. `title` says what could not be done; without it the sentence is the title.
pub fn banner(title: Option<String>, failure: &Failure, action: Option<AnyView>) -> AnyView {
    let code = failure.code();
    let (tone, shape) = if is_lock(code) { ("banner info", "lock") } else { ("banner danger", "s-declined") };
    let (title, body) = match title {
        Some(title) => (title, Some(sentence(failure))),
        None => (sentence(failure), None),
    };
    let field = match failure {
        Failure::Edge(error) => error.field.clone().map(|field| say!("error-field", field = &field)),
        Failure::Unreachable => None,
    };
    let reference = match failure {
        Failure::Edge(error) => Some(reference(error)),
        Failure::Unreachable => None,
    };
    view! {
        <div class=tone role="alert" data-code=key(failure)>
            {icon(shape)}
            <div>
                <b>{title}</b>
                {body.map(|body| view! { <p>{body}</p> })}
                {field.map(|field| view! { <p>{field}</p> })}
                <p>{next_step(failure)}</p>
                {action.map(|action| view! { <div class="row">{action}</div> })}
                {reference.map(|reference| view! { <p class="detail subtle">{reference}</p> })}
            </div>
        </div>
    }
    .into_any()
}

/// A button that tries again.
pub fn try_again(on_click: impl Fn() + 'static) -> AnyView {
    try_again_as(say("try-again"), on_click)
}

/// The same in other words.
pub fn try_again_as(words: String, on_click: impl Fn() + 'static) -> AnyView {
    view! {
        <button type="button" class="btn small" on:click=move |_| on_click()>
            {icon("refresh")} {words}
        </button>
    }
    .into_any()
}

/// One message that fills the frame when there is nothing else to show.
pub fn full_frame(title: String, body: String, action: Option<AnyView>) -> AnyView {
    view! {
        <main class="panel">
            <header>{crate::icon::mark()} <h1 class="as-h3">"DocuSign"</h1></header>
            <div class="lead empty" tabindex="-1">
                <h2 class="as-h4">{title}</h2>
                <p>{body}</p>
                {action}
            </div>
        </main>
    }
    .into_any()
}
