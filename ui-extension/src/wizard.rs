//! The wizard: template, recipients and message, review, sent.
//!
//! A piece of wasm of its own, fetched when somebody wants to send. The straight way is four clicks: a draft
//! that lacks nothing goes from the template to the review at once, and the second step is there for whoever
//! looks for it.

mod drag;
mod edit;
mod editing;
mod hotkeys;
mod later;
mod message;
mod picker;
mod preview;
mod problem;
mod recipient;
mod recipients;
mod review;
mod run;
mod saved;
mod sent;
mod stage;
mod templates;
mod values;

use leptos::{ev::KeyboardEvent, html, prelude::*};
use shared::api::View;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement};

pub use self::run::Run;
use self::run::{Call, Step};
use crate::{
    app::{Screens, dress},
    frame::{Frame, Screen},
    icon::icon,
    redraw::redrawn,
    say,
    words::say,
};

pub fn wizard() -> AnyView {
    let frame = expect_context::<Frame>();
    let run = Run::new(frame);
    if let Some(draft) = frame.resumed.try_update(Option::take).flatten() {
        run.resume(draft);
    }
    run.keep_saved();
    let question = NodeRef::<html::Dialog>::new();
    let close = move || {
        run.save();
        run.when_idle(move || {
            if !run.has_unsaved() && !untrack(|| run.edit.is_uploading()) {
                leave(run);
            } else if let Some(question) = question.get_untracked() {
                let _ = question.show_modal();
            }
        });
    };
    // On the window: after a click on what then vanishes, the focus is nowhere.
    let listener = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        let asking = document().query_selector("dialog[open]").ok().flatten().is_some();
        if event.key() == "Escape" && !event.default_prevented() && !asking {
            event.prevent_default();
            if run.edit.placing.get_untracked().is_some() {
                run.edit.placing.set(None);
                focus_soon("#place-on-page".to_owned());
            } else if run.previewing.get_untracked() {
                leave_preview(run);
            } else if run.edit.section.with_untracked(Option::is_some) {
                leave_editor(run);
            } else {
                close();
            }
        } else {
            hotkeys::act(run, &event);
        }
    });
    on_cleanup(move || {
        listener.remove();
        run.edit.stop();
    });
    let is_editing = Memo::new(move |_| run.edit.section.with(Option::is_some));
    let is_previewing = move || run.previewing.get() && (run.step.get() == Step::Review || is_editing.get());
    Effect::new(move |before: Option<Step>| {
        let step = run.step.get();
        if before.is_some_and(|before| before != step) {
            run.edit.section.set(None);
            announce(run, step);
        }
        step
    });
    view! {
        {redrawn(move || is_previewing().then(|| later_preview(run, true)))}
        <main class="wizard" hidden=is_previewing data-testid="wizard">
            <div class="shell" class:is-over=move || run.step.get() == Step::Sent>
                <div class="top">
                    {redrawn(move || stepper(run))}
                    {saved::standing(run)}
                    <button type="button" class="btn transparent square small" aria-label=say("close") on:click=move |_| close()>
                        {icon("close")}
                    </button>
                </div>
                {redrawn(move || match run.step.get() {
                    _ if run.opening.get() != Call::Idle => saved::opening(run),
                    _ if is_editing.get() => later_edit(run),
                    Step::Template => templates::step(run),
                    Step::Recipients => recipients::step(run),
                    Step::Review => review::step(run),
                    Step::Sent => sent::step(run, move || leave(run)),
                })}
                {stage::stage(run)}
                {redrawn(move || bottom(run, close))}
            </div>
        </main>
        {hotkeys::list(run)}
        <dialog class="dialog" node_ref=question aria-labelledby="leave-title">
            <header><h2 id="leave-title">{say("leave-title")}</h2></header>
            <div class="body stack tight">
                <p>{say("leave-body")}</p>
                {redrawn(move || saved::reason(run).map(|words| view! { <p class="subtle">{words}</p> }))}
            </div>
            <footer>
                <form method="dialog"><button class="btn">{say("leave-stay")}</button></form>
                <button type="button" class="btn destructive" on:click=move |_| leave(run)>{say("leave-go")}</button>
            </footer>
        </dialog>
        {redrawn(move || saved::overtaken(run))}
    }
    .into_any()
}

/// What the slot of the preview fetches.
pub fn preview(run: Run, whole: bool) -> AnyView {
    preview::view(run, whole)
}

/// What the slot of the editor fetches.
pub fn edit(run: Run) -> AnyView {
    edit::view(run)
}

/// The preview's slot: its piece of wasm is fetched when it is first shown.
fn later_preview(run: Run, whole: bool) -> AnyView {
    let screens = expect_context::<Screens>();
    later::piece(later::Awaited {
        load: Box::new(move || (screens.preview)(run, whole)),
        waiting: "preview-loading",
        failed: "preview-failed",
        give_up: whole.then_some(Box::new(move || run.previewing.set(false))),
        arrived: Box::new(move || {
            if whole {
                focus_soon(".preview h1".to_owned());
            }
        }),
    })
}

/// The editor's slot.
fn later_edit(run: Run) -> AnyView {
    let screens = expect_context::<Screens>();
    let frame = run.frame;
    let slot = later::piece(later::Awaited {
        load: Box::new(move || {
            Box::pin(async move {
                match dress(frame, "edit").await {
                    true => (screens.edit)(run).await,
                    false => Err(()),
                }
            })
        }),
        waiting: "edit-loading",
        failed: "edit-failed",
        give_up: Some(Box::new(move || run.edit.section.set(None))),
        arrived: Box::new(|| focus_soon(".step h1".to_owned())),
    });
    view! { <div class="step" tabindex="0" role="group" aria-label=say("edit-documents")>{slot}</div> }
        .into_any()
}

fn leave_preview(run: Run) {
    run.previewing.set(false);
    // Of the two only one is shown; the other does not take the focus.
    focus_soon("#open-preview".to_owned());
    focus_soon(".wizard .bottom #open-preview-narrow".to_owned());
}

/// Back to the panel; or, where the wizard was all there was, out of HubSpot's modal.
fn leave(run: Run) {
    let launched = run.frame.seat.with_untracked(|seat| seat.as_ref().map(|seat| seat.launched_as));
    if launched != Some(View::Send) {
        run.frame.screen.set(Screen::Panel);
        request_animation_frame(|| {
            if let Some(button) = document().get_element_by_id("send-from-template") {
                focus(&button);
            }
        });
        return;
    }
    // HubSpot's documented word for a frame that is done. It holds nothing secret, so any origin may read it.
    let done = JsValue::from_str(r#"{"action":"DONE"}"#);
    for above in [window().parent(), window().top()].into_iter().flatten().flatten() {
        let _ = above.post_message(&done, "*");
    }
    run.frame.screen.set(Screen::Over);
}

/// Moves the focus to what a new step begins with.
fn announce(run: Run, step: Step) {
    if step == Step::Sent {
        run.frame.news.set(say("sent-news"));
    }
    if step == Step::Recipients && run.asked.get_untracked() {
        return problem::focus_first();
    }
    let first = if step == Step::Template { ".step input[type=search]" } else { ".step h1" };
    request_animation_frame(move || {
        if let Ok(Some(found)) = document().query_selector(first) {
            focus(&found);
        }
    });
}

/// Gives an element the focus.
fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Gives the focus to the first element that `selector` finds, once what was just changed is drawn.
pub(crate) fn focus_soon(selector: String) {
    request_animation_frame(move || {
        if let Ok(Some(found)) = document().query_selector(&selector) {
            focus(&found);
        }
    });
}

const STEPS: [(Step, &str); 3] =
    [(Step::Template, "step-template"), (Step::Recipients, "step-recipients"), (Step::Review, "step-review")];

fn stepper(run: Run) -> AnyView {
    let now = run.step.get();
    let at = STEPS.iter().position(|(step, _)| *step == now).unwrap_or(STEPS.len());
    let steps = STEPS.iter().enumerate().map(|(index, (step, name))| {
        let (step, name) = (*step, say(name));
        let is_done = index < at;
        let dot = if is_done { icon("check") } else { index.saturating_add(1).into_any() };
        let inside = view! { <span class="dot">{dot}</span> <span class="name">{name}</span> }.into_any();
        let inside = if is_done && now != Step::Sent && !run.is_committed() {
            view! { <button type="button" on:click=move |_| run.step.set(step)>{inside}</button> }.into_any()
        } else {
            inside
        };
        view! { <li class:is-done=is_done aria-current=(index == at).then_some("step")>{inside}</li> }
    });
    let label = say!("step-of", step = at.saturating_add(1).min(STEPS.len()), steps = STEPS.len());
    view! { <ol class="stepper" aria-label=label>{steps.collect_view()}</ol> }.into_any()
}

fn bottom(run: Run, close: impl Fn() + Copy + Send + 'static) -> AnyView {
    if run.opening.get() != Call::Idle {
        return ().into_any();
    }
    if run.edit.section.with(Option::is_some) {
        return edit_bottom(run);
    }
    let step = run.step.get();
    let back = match step {
        Step::Template | Step::Sent => None,
        Step::Recipients => Some(Step::Template),
        Step::Review => Some(Step::Recipients),
    };
    let back = back.filter(|_| !run.is_committed()).map(|to| {
        view! {
            <button type="button" class="btn transparent" on:click=move |_| run.step.set(to)>{say("back")}</button>
        }
    });
    let forward = match step {
        Step::Template => templates::next(run),
        Step::Recipients => view! {
            <button type="button" class="btn primary" on:click=move |_| {
                if !run.review() {
                    problem::focus_first();
                }
            }>{say("next")}</button>
        }
        .into_any(),
        Step::Review => view! {
            <button type="button" class="btn only-narrow" id="open-preview-narrow"
                on:click=move |_| run.previewing.set(true)>{say("stage")}</button>
            {send_button(run)}
        }
        .into_any(),
        Step::Sent => return ().into_any(),
    };
    let can_save = move || run.draft.with(|draft| !draft.template_id.is_empty());
    let save = redrawn(move || {
        (can_save() && !run.is_committed()).then(|| view! {
        <button type="button" class="btn only-wide" on:click=move |_| close()>{say("save-and-close")}</button>
    })
    });
    view! {
        <div class="bottom">
            <div class="row">{back} <span></span></div>
            <div class="row">{save} {forward}</div>
        </div>
    }
    .into_any()
}

/// Below the editor: the way back to the step it was opened from.
fn edit_bottom(run: Run) -> AnyView {
    // There the step forward is in the section itself.
    let hands_over = run.edit.section.get() == Some(editing::Section::Continue);
    let class = if hands_over { "btn" } else { "btn primary" };
    view! {
        <div class="bottom">
            <div class="row">
                <button type="button" class="btn only-narrow" id="open-preview-narrow"
                    on:click=move |_| run.previewing.set(true)>{say("stage")}</button>
            </div>
            <div class="row">
                <button type="button" class=class on:click=move |_| leave_editor(run)>{say("edit-done")}</button>
            </div>
        </div>
    }
    .into_any()
}

/// Back to the step.
pub fn leave_editor(run: Run) {
    run.edit.placing.set(None);
    run.edit.section.set(None);
    focus_soon("#edit-documents".to_owned());
}

fn send_button(run: Run) -> AnyView {
    let count = run.draft.with_untracked(|draft| draft.rows.len());
    let words = move || {
        run.sending.with(|call| match call {
            Call::UnderWay => say("sending"),
            Call::Failed(_) if run.is_committed() => say("try-again"),
            Call::Idle | Call::Failed(_) => say!("send-to", count = count),
        })
    };
    let busy = move || run.sending.with(|call| *call == Call::UnderWay);
    view! {
        <button type="button" class="btn primary" aria-busy=move || busy().to_string() data-testid="send"
            on:click=move |_| {
                // A file that is still on its way would be left behind.
                if untrack(|| run.edit.is_uploading()) {
                    run.previewing.set(false);
                    run.edit.section.set(Some(editing::Section::Documents));
                } else {
                    run.send();
                }
            }>
            {words}
        </button>
    }
    .into_any()
}
