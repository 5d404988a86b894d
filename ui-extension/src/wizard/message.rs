//! Subject and message, for all recipients or for one.

use leptos::prelude::*;
use shared::{
    draft::{Draft, MESSAGE_MAX_CHARS, SUBJECT_MAX_CHARS, chars, merged_subject},
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
    view! {
        {locked.then(|| view! { <p class="detail subtle row">{icon("lock")} {say("message-locked")}</p> })}
        {field(run, Field {
            id: "subject".to_owned(), label: say("subject"), max: SUBJECT_MAX_CHARS, locked, long: false,
            line: None, spot: Spot::Subject,
            read: |draft, _| draft.subject.clone(), write: |draft, _, text| draft.subject = text,
        })}
        {field(run, Field {
            id: "message".to_owned(), label: say("message"), max: MESSAGE_MAX_CHARS, locked, long: true,
            line: None, spot: Spot::Message,
            read: |draft, _| draft.message.clone(), write: |draft, _, text| draft.message = text,
        })}
        {redrawn(move || reset(run))}
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

/// The way back to the template's words, once they were changed.
fn reset(run: Run) -> Option<AnyView> {
    let (subject, message) = run
        .template
        .with(|template| template.as_ref().map(|one| (one.subject.clone(), one.message.clone())))?;
    let changed = run.draft.with(|draft| draft.subject != subject || draft.message != message);
    changed.then(|| {
        view! {
            <div class="row">
                <button type="button" class="btn transparent small another" on:click=move |_| {
                    run.draft.update(|draft| {
                        draft.subject = subject.clone();
                        draft.message = message.clone();
                    });
                    super::focus_soon("#subject".to_owned());
                }>{icon("refresh")} {say("message-reset")}</button>
            </div>
        }
        .into_any()
    })
}

/// One recipient's own words.
pub fn own(run: Run, line: Line) -> AnyView {
    let locked = run.row_now(line).is_some_and(|row| !untrack(|| run.may_word(&row)));
    view! {
        <div class="stack tight own">
            {field(run, Field {
                id: format!("own-subject-{}", line.key), label: say("own-subject"),
                max: SUBJECT_MAX_CHARS, locked, long: false, line: Some(line), spot: Spot::OwnSubject,
                read: |draft, place| read_own(draft, place, |own| own.subject.clone()),
                write: |draft, place, text| edit_own(draft, place, |own| own.subject = text),
            })}
            {field(run, Field {
                id: format!("own-message-{}", line.key), label: say("own-message"),
                max: MESSAGE_MAX_CHARS, locked, long: true, line: Some(line), spot: Spot::OwnMessage,
                read: |draft, place| read_own(draft, place, |own| own.body.clone()),
                write: |draft, place, text| edit_own(draft, place, |own| own.body = text),
            })}
        </div>
    }
    .into_any()
}

fn read_own(draft: &Draft, place: usize, part: fn(&OwnMessage) -> String) -> String {
    draft.rows.get(place).and_then(|row| row.own_message.as_ref()).map(part).unwrap_or_default()
}

fn edit_own(draft: &mut Draft, place: usize, change: impl FnOnce(&mut OwnMessage)) {
    if let Some(own) = draft.rows.get_mut(place).and_then(|row| row.own_message.as_mut()) {
        change(own);
    }
}

struct Field {
    id: String,
    label: String,
    max: usize,
    locked: bool,
    long: bool,
    /// The row it belongs to, for an own message.
    line: Option<Line>,
    spot: Spot,
    read: fn(&Draft, usize) -> String,
    write: fn(&mut Draft, usize, String),
}

/// A labelled text with its count and its problem.
fn field(run: Run, field: Field) -> AnyView {
    let Field { id, label, max, locked, long, line, spot, read, write } = field;
    let text = Memo::new(move |_| {
        let place = line.map_or(Some(0), |line| run.place(line)).unwrap_or_default();
        run.draft.with(|draft| read(draft, place))
    });
    // DocuSign counts a subject with the names that are filled in.
    let count = Memo::new(move |_| {
        let template = run.template.get().filter(|_| !long);
        match template {
            Some(template) => run.draft.with(|draft| chars(&merged_subject(&text.get(), draft, &template))),
            None => chars(&text.get()),
        }
    });
    let problem = Memo::new(move |_| {
        let place = line.map(|line| run.place(line));
        match place {
            Some(None) => None,
            Some(place) => problem::live_at(run, place, spot),
            None => problem::live_at(run, None, spot),
        }
    });
    let on_input = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        let place = line.and_then(|line| untrack(|| run.place(line))).unwrap_or_default();
        run.draft.update(|draft| write(draft, place, text));
    };
    let described = format!("{id}-foot");
    let error_id = format!("{id}-problem");
    let both = [error_id.as_str(), &described].join(" ");
    let invalid = move || problem.with(Option::is_some).to_string();
    let shape = Control { id: id.clone(), described: both, long, disabled: locked };
    let control = control(shape, move || text.get(), invalid, on_input);
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

/// What a text is typed into: one line, or more.
pub struct Control {
    pub id: String,
    /// The ids of what describes it.
    pub described: String,
    pub long: bool,
    pub disabled: bool,
}

pub fn control(
    shape: Control,
    value: impl Fn() -> String + Send + 'static,
    invalid: impl Fn() -> String + Send + 'static,
    on_input: impl FnMut(leptos::ev::Event) + 'static,
) -> AnyView {
    let Control { id, described, long, disabled } = shape;
    if long {
        view! {
            <textarea class="textarea" id=id disabled=disabled aria-describedby=described aria-invalid=invalid
                prop:value=value on:input=on_input></textarea>
        }
        .into_any()
    } else {
        view! {
            <input type="text" class="input" id=id disabled=disabled aria-describedby=described aria-invalid=invalid
                autocomplete="off" prop:value=value on:input=on_input/>
        }
        .into_any()
    }
}
