//! The papers of the envelope: all as one PDF, each alone, the certificate. Fetched with the session, saved by the
//! browser.

use leptos::{prelude::*, task::spawn_local};
use shared::after_send::{EnvelopeDocument, doable::Action};

use super::{Desk, reasons};
use crate::{
    edge::{Failure, after_send as edge},
    icon::icon,
    redraw::redrawn,
    settings::dialog::{cancel, dialog as opened},
    words::say,
};

pub fn dialog(desk: Desk) -> AnyView {
    let list = RwSignal::new(None::<Vec<EnvelopeDocument>>);
    let failed = RwSignal::new(None::<Failure>);
    let saving = RwSignal::new(None::<String>);
    let saved = RwSignal::new(false);
    let save = move |document: String| {
        if saving.with_untracked(Option::is_some) {
            return;
        }
        saving.set(Some(document.clone()));
        failed.set(None);
        saved.set(false);
        spawn_local(async move {
            let outcome = edge::save_pdf(&desk.frame.token(), &desk.id(), &document).await;
            let _ = saving.try_set(None);
            let _ = saved.try_set(outcome.is_ok());
            if let Err(failure) = outcome {
                let _ = failed.try_set(Some(failure));
            }
            desk.load();
        });
    };
    let each = move |_| {
        spawn_local(async move {
            match edge::documents(&desk.frame.token(), &desk.id()).await {
                Ok(found) => {
                    let _ = list.try_set(Some(found.documents));
                }
                Err(failure) => {
                    let _ = failed.try_set(Some(failure));
                }
            }
        });
    };
    let button = move |document: String, words: String| {
        let (wanted, name) = (document.clone(), document.clone());
        view! {
            <button type="button" class="btn" data-document=name
                aria-busy=move || saving.with(|now| now.as_deref() == Some(&wanted)).to_string()
                on:click=move |_| save(document.clone())>
                {icon("x-download")} {words}
            </button>
        }
        .into_any()
    };
    let certificate = move || match desk.may(Action::Certificate) {
        Ok(()) => button("certificate".to_owned(), say("papers-certificate")),
        Err(why) => {
            let words = reasons::why(desk, why);
            view! { <p class="detail subtle" data-why=why.name()>{words}</p> }.into_any()
        }
    };
    let body = view! {
        <div class="stack tight papers">
            {button("combined".to_owned(), say("papers-combined"))}
            {redrawn(certificate)}
            {redrawn(move || match list.get() {
                None => view! {
                    <button type="button" class="btn" data-act="each" on:click=each>{icon("x-doc")} {say("papers-each")}</button>
                }.into_any(),
                Some(found) => found.into_iter().map(|one| button(one.id, one.name)).collect_view().into_any(),
            })}
            <p class="detail subtle" role="status">
                {redrawn(move || match (saving.with(Option::is_some), saved.get()) {
                    (true, _) => say("papers-saving"),
                    (false, true) => say("papers-saved"),
                    _ => String::new(),
                })}
            </p>
            {redrawn(move || failed.get().map(|failure| reasons::banner(desk, &failure)))}
        </div>
    };
    opened("", say("papers-title"), move || desk.asking.set(None), body.into_any(), cancel(say("close")))
}
