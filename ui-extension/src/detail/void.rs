//! Voiding: asked about, with a reason that the recipients are told.

use leptos::prelude::*;
use shared::after_send::{REASON_MAX_CHARS, Void, is_reason};

use super::{
    Desk, Said,
    acts::{act, fresh_key},
    reasons,
};
use crate::{
    redraw::redrawn,
    say,
    settings::dialog::{cancel, dialog as opened},
    words::say,
};

/// Reasons to begin with, in the reader's language.
const REASONS: [&str; 4] = ["void-mistake", "void-changed", "void-replaced", "void-off"];

pub fn dialog(desk: Desk) -> AnyView {
    let reason = RwSignal::new(String::new());
    let asked = RwSignal::new(false);
    let key = StoredValue::new(fresh_key());
    let missing = move || asked.get() && !is_reason(&reason.get());
    let templates = REASONS.map(|name| {
        let words = say(name);
        let shown = words.clone();
        view! {
            <button type="button" class="btn small" on:click=move |_| reason.set(words.clone())>{shown}</button>
        }
    });
    let body = view! {
        <p>{say("void-body")}</p>
        <div class="field">
            <label for="void-reason">{say("void-reason")}</label>
            <div class="row" role="group" aria-label=say("void-templates")>{templates.collect_view()}</div>
            <textarea class="textarea" id="void-reason" maxlength=REASON_MAX_CHARS.to_string() rows="3"
                aria-invalid=move || missing().to_string() aria-describedby="void-foot"
                prop:value=move || reason.get() on:input=move |event| reason.set(event_target_value(&event))></textarea>
            <div class="foot" id="void-foot">
                {redrawn(move || missing().then(|| view! { <span class="error">{say("void-reason-missing")}</span> }))}
                <span class="count">
                    {redrawn(move || say!("of-most", count = reason.get().encode_utf16().count(), most = REASON_MAX_CHARS))}
                </span>
            </div>
        </div>
        {redrawn(move || match desk.said.get() {
            Some(Said::Failed(failure)) => reasons::banner(desk, &failure),
            _ => ().into_any(),
        })}
    };
    let footer = view! {
        {cancel(say("void-cancel"))}
        <button type="button" class="btn destructive" data-act="void-now"
            aria-busy=move || (desk.busy.get() == Some("void")).to_string()
            on:click=move |_| {
                asked.set(true);
                let reason = reason.get_untracked();
                if is_reason(&reason) {
                    act(desk, "void", key.get_value(), Void { reason }, say("voided-done"));
                } else {
                    crate::wizard::focus_soon("#void-reason".to_owned());
                }
            }>
            {say("void-now")}
        </button>
    };
    opened("", say("void-title"), move || desk.asking.set(None), body.into_any(), footer.into_any())
}
