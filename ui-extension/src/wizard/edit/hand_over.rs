//! Continue in DocuSign: the draft is brought up to date, and goes on in DocuSign's own editor.
//!
//! The tab is opened in the click itself, since a browser blocks one that is opened later; it gets its address when
//! the edge has it, and no way back to this page.

use leptos::{prelude::*, task::spawn_local};
use web_sys::Window;

use super::super::{
    leave,
    run::{Call, Run},
};
use crate::{edge::documents, fault, icon::icon, redraw::redrawn, words::say};

pub fn section(run: Run) -> AnyView {
    let call = RwSignal::new(Call::Idle);
    // Where the browser let us open no tab.
    let address = RwSignal::new(None::<String>);
    let go = move || {
        if call.get_untracked() == Call::UnderWay {
            return;
        }
        let tab = window().open_with_url_and_target("about:blank", "_blank").ok().flatten();
        if let Some(tab) = &tab {
            let _ = tab.set_opener(&wasm_bindgen::JsValue::NULL);
        }
        call.set(Call::UnderWay);
        spawn_local(async move { hand_over(run, call, address, tab).await });
    };
    let below = move || {
        match (call.get(), address.get()) {
        (_, Some(address)) => Some(
            view! {
                <p class="row">
                    <a class="btn primary" href=address target="_blank" rel="noopener noreferrer" on:click=move |_| leave(run)>
                        {icon("x-external")} {say("continue-open")}
                    </a>
                    <span class="detail subtle">{say("continue-blocked")}</span>
                </p>
            }
            .into_any(),
        ),
        (Call::Failed(failure), None) => Some(fault::banner(Some(say("continue-failed")), &failure, None)),
        (Call::UnderWay, None) => Some(view! { <p class="detail subtle" role="status">{say("continue-preparing")}</p> }.into_any()),
        (Call::Idle, None) => None,
    }
    };
    view! {
        <div class="stack">
            <p class="prose">{say("continue-means")}</p>
            <p class="prose">{say("continue-then")}</p>
            <div class="row">
                <button type="button" class="btn primary" id="continue" hidden=move || address.with(Option::is_some)
                    aria-busy=move || (call.get() == Call::UnderWay).to_string() on:click=move |_| go()>
                    {icon("x-external")} {say("continue-title")}
                </button>
            </div>
            {redrawn(below)}
        </div>
    }
    .into_any()
}

async fn hand_over(run: Run, call: RwSignal<Call>, address: RwSignal<Option<String>>, tab: Option<Window>) {
    let answer = match run.saved().await {
        Ok(()) => documents::continue_in_docusign(&run.frame.token(), &run.id()).await,
        Err(failure) => Err(failure),
    };
    match (answer, tab) {
        (Ok(answer), Some(tab)) => {
            // A tab that was closed meanwhile takes no address.
            let _ = tab.location().set_href(&answer.url);
            if call.try_set(Call::Idle).is_none() {
                run.frame.news.set(say("continue-news"));
                leave(run);
            }
        }
        (Ok(answer), None) => {
            let _ = call.try_set(Call::Idle);
            let _ = address.try_set(Some(answer.url));
        }
        (Err(failure), tab) => {
            if let Some(tab) = tab {
                let _ = tab.close();
            }
            let _ = call.try_set(Call::Failed(failure));
        }
    }
}
