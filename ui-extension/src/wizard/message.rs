//! Subject and message, for all recipients or for one.

use leptos::prelude::*;
use shared::{
    draft::{Draft, MESSAGE_MAX_CHARS, SUBJECT_MAX_CHARS, chars},
    template::OwnMessage,
};

use super::{
    problem::{self, Spot},
    run::{Line, Run},
};
use crate::redraw::redrawn;
use crate::{icon::icon, say, words::say};

/// The common words, and the tick for own ones.
pub fn message(run: Run) -> AnyView {
    let locked =
        run.template.with_untracked(|template| template.as_ref().is_some_and(|one| one.message_locked));
    let subject = run.draft.with_untracked(|draft| draft.subject.clone());
    let body = run.draft.with_untracked(|draft| draft.message.clone());
    view! {
        {locked.then(|| view! { <p class="detail subtle row">{icon("lock")} {say("message-locked")}</p> })}
        {field(run, Field {
            id: "subject".to_owned(), label: say("subject"), value: subject, max: SUBJECT_MAX_CHARS, locked, long: false,
            line: None, spot: Spot::Subject, write: |draft, _, text| draft.subject = text,
        })}
        {field(run, Field {
            id: "message".to_owned(), label: say("message"), value: body, max: MESSAGE_MAX_CHARS, locked, long: true,
            line: None, spot: Spot::Message, write: |draft, _, text| draft.message = text,
        })}
        {(!locked).then(|| view! {
            <label class="check">
                <input type="checkbox" prop:checked=move || run.all_own()
                    on:change=move |event| run.set_own(None, event_target_checked(&event))/>
                <span>{say("own-messages")} " " <small>{say("own-messages-help")}</small></span>
            </label>
        })}
    }
    .into_any()
}

/// One recipient's own words.
pub fn own(run: Run, line: Line) -> AnyView {
    let own = run.row_now(line).and_then(|row| row.own_message);
    let Some(own) = own else { return ().into_any() };
    view! {
        <div class="stack tight own">
            {field(run, Field {
                id: format!("own-subject-{}", line.key), label: say("own-subject"), value: own.subject,
                max: SUBJECT_MAX_CHARS, locked: false, long: false, line: Some(line), spot: Spot::OwnSubject,
                write: |draft, place, text| edit_own(draft, place, |own| own.subject = text),
            })}
            {field(run, Field {
                id: format!("own-message-{}", line.key), label: say("own-message"), value: own.body,
                max: MESSAGE_MAX_CHARS, locked: false, long: true, line: Some(line), spot: Spot::OwnMessage,
                write: |draft, place, text| edit_own(draft, place, |own| own.body = text),
            })}
        </div>
    }
    .into_any()
}

fn edit_own(draft: &mut Draft, place: usize, change: impl FnOnce(&mut OwnMessage)) {
    if let Some(own) = draft.rows.get_mut(place).and_then(|row| row.own_message.as_mut()) {
        change(own);
    }
}

struct Field {
    id: String,
    label: String,
    value: String,
    max: usize,
    locked: bool,
    long: bool,
    /// The row it belongs to, for an own message.
    line: Option<Line>,
    spot: Spot,
    write: fn(&mut Draft, usize, String),
}

/// A labelled text with its count and its problem.
fn field(run: Run, field: Field) -> AnyView {
    let Field { id, label, value, max, locked, long, line, spot, write } = field;
    let count = RwSignal::new(chars(&value));
    let problem = Memo::new(move |_| {
        let place = line.map(|line| run.place(line));
        match place {
            Some(None) => None,
            Some(place) => problem::first_at(run, place, spot),
            None => problem::first_at(run, None, spot),
        }
    });
    let on_input = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        count.set(chars(&text));
        let place = line.and_then(|line| untrack(|| run.place(line))).unwrap_or_default();
        run.draft.update(|draft| write(draft, place, text));
    };
    let described = format!("{id}-foot");
    let error_id = format!("{id}-problem");
    let both = [error_id.as_str(), &described].join(" ");
    let invalid = move || problem.with(Option::is_some).to_string();
    let control = if long {
        view! {
            <textarea class="textarea" id=id.clone() disabled=locked aria-describedby=both aria-invalid=invalid
                prop:value=value on:input=on_input></textarea>
        }
        .into_any()
    } else {
        view! {
            <input type="text" class="input" id=id.clone() disabled=locked aria-describedby=both aria-invalid=invalid
                autocomplete="off" prop:value=value on:input=on_input/>
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {control}
            {redrawn(move || problem.get().map(|words| problem::line(error_id.clone(), words)))}
            <div class="foot" id=described>
                <span class="count">{redrawn(move || say!("count-of", count = count.get(), max = max))}</span>
            </div>
        </div>
    }
    .into_any()
}
