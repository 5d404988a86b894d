//! A draft among what is in progress: resumed here, opened in DocuSign's editor once it was handed over, deleted.

use leptos::{prelude::*, task::spawn_local};
use shared::{api::DraftSummary, error::Code};

use super::connect;
use crate::redraw::redrawn;
use crate::{
    edge::{self, Failure},
    fault,
    frame::{Frame, Screen},
    icon::icon,
    times::when,
    words::say,
};

/// The row of the draft `id`.
pub fn row(id: String) -> AnyView {
    let frame = expect_context::<Frame>();
    let known = id.clone();
    let draft = Memo::new(move |_| frame.drafts.with(|all| all.iter().find(|one| one.id == known).cloned()));
    let asking = RwSignal::new(false);
    let failed = RwSignal::new(None::<Failure>);
    view! {
        <li class="envelope" data-draft-id=id>
            {redrawn(move || draft.get().map(|draft| inside(frame, draft, asking, failed)))}
        </li>
    }
    .into_any()
}

fn inside(
    frame: Frame,
    draft: DraftSummary,
    asking: RwSignal<bool>,
    failed: RwSignal<Option<Failure>>,
) -> AnyView {
    let title = if draft.subject.is_empty() { draft.template_name } else { draft.subject };
    let state = if draft.handed_over { "draft-elsewhere" } else { "status-draft" };
    let people = draft.recipients.join(", ");
    let id = StoredValue::new(draft.id);
    let actions = redrawn(move || {
        let (first, second): (AnyView, AnyView) = if asking.get() {
            (
                button("delete", "btn small destructive", move || delete(frame, id.get_value(), failed)),
                button("keep", "btn small", move || asking.set(false)),
            )
        } else {
            let first = if draft.handed_over {
                button("open-in-docusign", "btn small", move || {
                    let path = ["/api/drafts/", &id.get_value(), "/continue"].concat();
                    connect::open(
                        frame,
                        path,
                        Box::new(move |failure| note(frame, id.get_value(), failed, failure)),
                    );
                })
            } else {
                button("resume", "btn small", move || {
                    frame.resumed.set(Some(id.get_value()));
                    frame.screen.set(Screen::Wizard);
                })
            };
            (first, button("delete", "btn small", move || asking.set(true)))
        };
        view! {
            {asking.get().then(|| view! { <p class="detail" role="status">{say("delete-draft")}</p> })}
            <div class="row">{first} {second}</div>
        }
    });
    view! {
        <div class="draft">
            <b>{title}</b>
            <span class="meta">
                <span class="status">{icon("s-draft")} <span>{say(state)}</span></span>
                <span class="when">{when(draft.saved_at, frame.now.into())}</span>
            </span>
        </div>
        <div class="next">
            {(!people.is_empty()).then(|| view! { <p class="detail subtle">{people}</p> })}
            {redrawn(move || failed.with(|failed| failed.as_ref().map(|failure| view! {
                <p class="status danger" role="alert">{icon("s-declined")} <span>{fault::sentence(failure)}</span></p>
            })))}
            {actions}
        </div>
    }
    .into_any()
}

fn button(words: &'static str, class: &'static str, on_click: impl Fn() + 'static) -> AnyView {
    view! { <button type="button" class=class on:click=move |_| on_click()>{say(words)}</button> }.into_any()
}

fn delete(frame: Frame, id: String, failed: RwSignal<Option<Failure>>) {
    spawn_local(async move {
        match edge::delete_draft(&frame.token(), &id).await {
            Ok(()) => frame.drop_draft(&id),
            Err(failure) => note(frame, id, failed, failure),
        }
    });
}

/// A draft that is no more leaves the list; anything else is said in its row.
fn note(frame: Frame, id: String, failed: RwSignal<Option<Failure>>, failure: Failure) {
    if let Some(Code::DraftGone | Code::DraftSentElsewhere) = failure.code() {
        frame.drop_draft(&id);
        frame.refresh();
    } else {
        let _ = failed.try_set(Some(failure));
    }
}
