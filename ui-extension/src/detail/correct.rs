//! Correcting recipients and message of an envelope under way.

use leptos::prelude::*;
use shared::{
    after_send::{
        Corrected, Correction,
        correction::{ORDER_MAX, Wrong, changes, check, may_move},
    },
    draft::{MESSAGE_MAX_CHARS, NAME_MAX_CHARS, SUBJECT_MAX_CHARS},
    email::EMAIL_MAX_CHARS,
};

use super::{
    Desk, Said,
    acts::{act, fresh_key},
    reasons,
};
use crate::{
    redraw::redrawn,
    settings::dialog::{cancel, dialog as opened},
    wizard::focus_soon,
    words::say,
};

pub fn dialog(desk: Desk) -> AnyView {
    // What it was when the dialog was opened; what changes meanwhile the edge finds.
    let Some(envelope) = desk.envelope.get_untracked() else { return ().into_any() };
    let may = |one: &shared::envelope::Recipient| desk.ask(|case| case.may_correct(one)).unwrap_or(Ok(()));
    let mut fixed = Vec::new();
    let mut rows = Vec::new();
    for one in &envelope.recipients {
        match untrack(|| may(one)) {
            Ok(()) => rows.push(Corrected {
                recipient: one.key().to_owned(),
                name: one.name.clone(),
                email: one.email.clone(),
                routing_order: one.routing_order,
            }),
            Err(why) => fixed.push((one.name.clone(), why)),
        }
    }
    let movable: Vec<bool> = rows
        .iter()
        .map(|row| envelope.recipients.iter().any(|one| one.key() == row.recipient && may_move(one)))
        .collect();
    let subject = envelope.subject.clone();
    let draft = RwSignal::new(Correction { recipients: rows.clone(), subject: Some(subject), message: None });
    let asked = RwSignal::new(false);
    let key = StoredValue::new(fresh_key());
    let before = StoredValue::new(envelope);
    let wrong = Memo::new(move |_| before.with_value(|envelope| check_of(envelope, &draft.get())));
    let shown = move |place: Option<usize>| -> Vec<String> {
        if !asked.get() {
            return Vec::new();
        }
        let here = move |one: &&(Option<usize>, &'static str)| one.0 == place;
        wrong.with(|all| all.iter().filter(here).map(|one| say(&["wrong-", one.1].concat())).collect())
    };
    let errors = move |place: Option<usize>| {
        redrawn(move || {
            let lines = shown(place);
            (!lines.is_empty()).then(|| {
                view! {
                    <p class="error" role="alert">{lines.join(" ")}</p>
                }
            })
        })
    };
    let people = rows.iter().enumerate().map(|(at, row)| {
        let text = move |name: &'static str, label: &'static str, value: String, most: usize, put: fn(&mut Corrected, String)| {
            let id = ["correct-", name, &at.to_string()].concat();
            let kind = if name == "email" { "email" } else { "text" };
            view! {
                <div class="field">
                    <label for=id.clone()>{say(label)}</label>
                    <input class="input" id=id type=kind maxlength=most.to_string() value=value
                        on:input=move |event| {
                            let words = event_target_value(&event);
                            draft.update(|draft| if let Some(row) = draft.recipients.get_mut(at) { put(row, words) });
                        }/>
                </div>
            }
            .into_any()
        };
        let order = movable.get(at).copied().unwrap_or_default().then(|| {
            let id = ["correct-order", &at.to_string()].concat();
            view! {
                <div class="field order">
                    <label for=id.clone()>{say("correct-order")}</label>
                    <input class="input" id=id type="number" min="1" max=ORDER_MAX.to_string() value=row.routing_order.to_string()
                        on:input=move |event| {
                            let order = event_target_value(&event).trim().parse().unwrap_or(0);
                            draft.update(|draft| if let Some(row) = draft.recipients.get_mut(at) { row.routing_order = order });
                        }/>
                </div>
            }
        });
        view! {
            <fieldset class="corrected">
                <legend class="overline">{row.name.clone()}</legend>
                {text("name", "correct-name", row.name.clone(), NAME_MAX_CHARS, |row, words| row.name = words)}
                {text("email", "correct-email", row.email.clone(), EMAIL_MAX_CHARS, |row, words| row.email = words)}
                {order}
                {errors(Some(at))}
            </fieldset>
        }
    });
    let people: Vec<_> = people.collect();
    let fixed = fixed.into_iter().map(|(name, why)| {
        view! { <p class="detail subtle"><b>{name}</b> " " {untrack(|| reasons::why(desk, why))}</p> }
    });
    let fixed: Vec<_> = fixed.collect();
    let body = view! {
        <p>{say("correct-body")}</p>
        {fixed}
        {people}
        <div class="field">
            <label for="correct-subject">{say("correct-subject")}</label>
            <input class="input" id="correct-subject" maxlength=SUBJECT_MAX_CHARS.to_string()
                prop:value=move || draft.with(|draft| draft.subject.clone()).unwrap_or_default()
                on:input=move |event| draft.update(|draft| draft.subject = Some(event_target_value(&event)))/>
        </div>
        <div class="field">
            <label for="correct-message">{say("correct-message")}</label>
            <textarea class="textarea" id="correct-message" rows="3" maxlength=MESSAGE_MAX_CHARS.to_string()
                aria-describedby="correct-message-foot"
                on:input=move |event| draft.update(|draft| {
                    draft.message = Some(event_target_value(&event)).filter(|words| !words.trim().is_empty());
                })></textarea>
            <div class="foot" id="correct-message-foot"><span>{say("correct-message-foot")}</span></div>
        </div>
        {errors(None)}
        {redrawn(move || match desk.said.get() {
            Some(Said::Failed(failure)) => reasons::banner(desk, &failure),
            _ => ().into_any(),
        })}
    };
    let footer = view! {
        {cancel(say("correct-cancel"))}
        <button type="button" class="btn primary" data-act="correct-now"
            aria-busy=move || (desk.busy.get() == Some("correct")).to_string()
            on:click=move |_| {
                asked.set(true);
                if let Some(first) = wrong.with_untracked(|all| all.first().copied()) {
                    return focus_soon(match first.0 {
                        Some(at) => ["#correct-email", &at.to_string()].concat(),
                        None => "#correct-subject".to_owned(),
                    });
                }
                let body = before.with_value(|envelope| {
                    let mut body = draft.get_untracked();
                    body.subject = body.subject.filter(|words| words.trim() != envelope.subject);
                    let changed: Vec<String> = changes(envelope, &body)
                        .iter().map(|one| one.recipient.key().to_owned()).collect();
                    body.recipients.retain(|row| changed.contains(&row.recipient));
                    body
                });
                act(desk, "correct", key.get_value(), body, say("corrected-done"));
            }>
            {say("correct-now")}
        </button>
    };
    opened("", say("correct-title"), move || desk.asking.set(None), body.into_any(), footer.into_any())
}

/// What is wrong, by its place and its name.
fn check_of(envelope: &shared::envelope::Envelope, draft: &Correction) -> Vec<(Option<usize>, &'static str)> {
    let of = |one: Wrong| (one.place(), one.name());
    check(envelope, draft).into_iter().map(of).collect()
}
