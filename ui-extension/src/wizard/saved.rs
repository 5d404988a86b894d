//! How the draft stands at the edge: saved or not, overtaken by another window, or just being opened.

use leptos::{html, prelude::*};
use shared::error::Code;

use super::{
    leave,
    run::{Call, Run, Saved, Step},
};
use crate::redraw::redrawn;
use crate::{
    app::{late, skeleton},
    fault,
    icon::icon,
    say,
    times::when,
    words::say,
};

/// “Draft saved” or “Saving”, beside the steps.
pub fn standing(run: Run) -> AnyView {
    let state = Memo::new(move |_| {
        let shown = run.step.get() != Step::Sent && run.opening.get() == Call::Idle;
        // “Saved” is said of what is on the screen, not of what was there a moment ago.
        let state = move || match run.saving.state.get() {
            Saved::At(_) | Saved::Nothing if run.saving.due.get() => Saved::UnderWay,
            state => state,
        };
        shown.then(state)
    });
    redrawn(move || {
        match state.get()? {
        Saved::Nothing | Saved::Overtaken(_) => None,
        Saved::UnderWay => Some(
            view! { <span class="saved">{icon("s-sending")} <span role="status">{say("saving")}</span></span> }
                .into_any(),
        ),
        Saved::At(at) => Some(
            view! {
                <span class="saved" data-testid="draft-saved">
                    {icon("check")} <span role="status">{say("saved")}</span>
                    <span class="only-wide">{when(at, run.frame.now.into())}</span>
                </span>
            }
            .into_any(),
        ),
        Saved::Failed(failure) => Some(
            view! {
                <span class="saved is-failed" data-testid="draft-unsaved">
                    {icon("s-declined")}
                    <span role="alert">{say!("saved-not", reason = &fault::sentence(&failure))}</span>
                    <button type="button" class="btn small" on:click=move |_| run.save()>{say("try-again")}</button>
                </span>
            }
            .into_any(),
        ),
    }
    })
}

/// Why the last save failed.
pub fn reason(run: Run) -> Option<String> {
    run.saving.state.with(|state| match state {
        Saved::Failed(failure) => Some(say!("saved-not", reason = &fault::sentence(failure))),
        _ => None,
    })
}

/// In the place of the step while a draft is being opened, or when it cannot be.
pub fn opening(run: Run) -> AnyView {
    let inside = run.opening.with(|call| match call {
        Call::Failed(failure) => {
            let code = failure.code();
            let is_final = matches!(
                code,
                Some(Code::DraftGone | Code::DraftSentElsewhere | Code::DraftHandedOver | Code::NotFound)
            );
            let again = (!is_final).then(|| fault::try_again(move || run.resume(run.id())));
            let afresh = (code == Some(Code::TemplateGone)).then(|| view! {
                <button type="button" class="btn small" on:click=move |_| run.begin_again()>{say("choose-another")}</button>
            });
            let action = view! {
                {again} {afresh}
                <button type="button" class="btn small" on:click=move |_| leave(run)>{say("close")}</button>
            };
            fault::banner(Some(say("draft-unopened")), failure, Some(action.into_any()))
        }
        Call::Idle | Call::UnderWay => {
            let shown = late();
            (move || shown.get().then(|| skeleton(Some(say("draft-opening"))))).into_any()
        }
    });
    view! { <div class="step" tabindex="0" role="group" aria-label=say("step-recipients")>{inside}</div> }
        .into_any()
}

/// Asks which version goes on, once another window has saved its own.
pub fn overtaken(run: Run) -> Option<AnyView> {
    let Saved::Overtaken(code) = run.saving.state.get() else { return None };
    let dialog = NodeRef::<html::Dialog>::new();
    request_animation_frame(move || {
        if let Some(dialog) = dialog.try_get_untracked().flatten() {
            let _ = dialog.show_modal();
        }
    });
    let is_gone = code == Code::DraftGone;
    let other = match is_gone {
        true => view! {
            <button type="button" class="btn" on:click=move |_| leave(run)>{say("leave-go")}</button>
        }
        .into_any(),
        false => view! {
            <button type="button" class="btn" on:click=move |_| run.take_theirs()>{say("draft-take-theirs")}</button>
        }
        .into_any(),
    };
    let key = ["error-", code.name()].concat();
    Some(
        view! {
            // There is no third way: what is here and what is there cannot both go on.
            <dialog class="dialog" node_ref=dialog aria-labelledby="overtaken-title" on:cancel=|event: leptos::ev::Event| event.prevent_default()>
                <header><h2 id="overtaken-title">{say(&key)}</h2></header>
                <div class="body"><p>{say(if is_gone { "draft-gone-body" } else { "draft-conflict-body" })}</p></div>
                <footer>
                    {other}
                    <button type="button" class="btn primary" on:click=move |_| run.keep_mine()>
                        {say(if is_gone { "draft-keep" } else { "draft-keep-mine" })}
                    </button>
                </footer>
            </dialog>
        }
        .into_any(),
    )
}

/// What a sender should know of a draft whose template was changed since.
pub fn template_changed(run: Run) -> Option<AnyView> {
    run.changed.get().then(|| {
        view! {
            <div class="banner info" role="status" data-notice="template-changed">
                {icon("x-s-info")}
                <div><p>{say("draft-template-changed")}</p></div>
            </div>
        }
        .into_any()
    })
}
