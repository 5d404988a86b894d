//! The values that go into the template's fields: where each comes from, what is missing, and the sender's own.

use leptos::prelude::*;
use shared::{
    draft::Problem,
    merge::{Field, State, fits, review},
    record::ObjectType,
    tab::TabKind,
};

use super::{problem, run::Run};
use crate::{icon::icon, redraw::redrawn, say, words::say};

/// Nothing, where the template asks for none.
pub fn values(run: Run) -> Option<AnyView> {
    let fields = run.template.with_untracked(|template| {
        let template = template.as_ref()?;
        // The order is that of the opening: a line does not jump away while it is typed into.
        Some(run.fields.with_untracked(|fields| {
            run.draft.with_untracked(|draft| {
                review(fields, draft, template).iter().map(|line| line.field.clone()).collect::<Vec<_>>()
            })
        }))
    })?;
    if fields.is_empty() {
        return None;
    }
    let count = fields.len();
    let lines = fields.into_iter().map(|field| value(run, field)).collect_view();
    let standing = move || {
        let open = run.template.with(|template| {
            let template = template.as_ref()?;
            let blank = |line: &shared::merge::Line<'_>| line.value.is_empty() || is_wrong(line.state);
            Some(run.fields.with(|fields| {
                run.draft
                    .with(|draft| review(fields, draft, template).iter().filter(|line| blank(line)).count())
            }))
        });
        let open = open.unwrap_or_default();
        let (tone, shape) =
            if open > 0 { ("status warning", "s-declined") } else { ("status success", "s-done") };
        view! { <span class=tone>{icon(shape)} <span>{say!("values-open", count = open)}</span></span> }
    };
    Some(
        view! {
            <section class="block" data-testid="values">
                <header>
                    <h2 class="as-h4">{say("values-title")} " " <span class="badge">{count}</span></h2>
                    {redrawn(standing)}
                </header>
                {lines}
            </section>
        }
        .into_any(),
    )
}

fn is_wrong(state: State) -> bool {
    matches!(state, State::TooLong | State::WrongKind)
}

/// How a field stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Now {
    state: State,
    value: String,
    overridden: bool,
}

fn value(run: Run, field: Field) -> AnyView {
    let id = field.tabs.first().cloned().unwrap_or_default();
    let field = StoredValue::new(field);
    let now = Memo::new(move |_| {
        run.draft.with(|draft| {
            field.with_value(|field| {
                let own = draft.values.iter().rev().find(|own| field.tabs.contains(&own.tab));
                let Some(own) = own else {
                    return Now { state: field.state, value: field.value.clone(), overridden: false };
                };
                let value = own.value.trim();
                let state = match value {
                    "" => State::Missing,
                    _ if value.len() > shared::merge::VALUE_MAX_BYTES => State::TooLong,
                    _ if !fits(value, &field.kind, &field.choices) => State::WrongKind,
                    _ => State::Filled,
                };
                Now { state, value: value.to_owned(), overridden: true }
            })
        })
    });
    let is_open = move || {
        let now = now.get();
        now.value.is_empty() || is_wrong(now.state)
    };
    let editing = RwSignal::new(field.with_value(|field| !field.locked && field.state != State::Filled));
    let name = field.with_value(|field| field.name.trim_start_matches("HS ").to_owned());
    let label = name.clone();
    let body = move || {
        let body = if editing.get() && !run.is_committed() {
            input(run, field, now, &id, &label)
        } else {
            shown(run, field, now, editing, &label)
        };
        view! { <span class="wide">{body}</span> }
    };
    view! {
        <div class="value" class:is-missing=is_open data-state=move || now.get().state.name()>
            <span>{name}</span>
            {redrawn(body)}
        </div>
    }
    .into_any()
}

/// Where the value comes from, or why there is none.
fn source(field: StoredValue<Field>, now: &Now) -> String {
    field.with_value(|field| {
        if now.overridden {
            return say("value-own");
        }
        let kind = |object: ObjectType| match object {
            ObjectType::Contact => "contact",
            ObjectType::Company => "company",
            ObjectType::Deal => "deal",
        };
        match (&field.source, now.state) {
            (_, State::Locked) => say("value-locked"),
            (_, State::Unknown) | (None, State::OtherRecord) => match now.state {
                State::Unknown => say("value-unknown"),
                _ => say("value-other-record"),
            },
            (_, State::OtherRecord) => say("value-other-record"),
            (Some(source), State::Missing) => {
                say!("value-missing", kind = kind(source.object), property = &source.label)
            }
            (Some(source), State::WrongKind) => {
                say!("value-wrong-kind", kind = kind(source.object), property = &source.label)
            }
            (Some(source), State::TooLong) => {
                say!("value-too-long", kind = kind(source.object), property = &source.label)
            }
            (Some(source), State::Filled) => {
                say!("value-from", kind = kind(source.object), property = &source.label)
            }
            (None, _) => String::new(),
        }
    })
}

/// As a person reads it: an item's text, a tick in words.
fn readable(field: &Field, value: &str) -> String {
    match field.kind {
        TabKind::Checkbox if value == "true" => say("value-ticked"),
        TabKind::Checkbox if value == "false" => say("value-unticked"),
        TabKind::List | TabKind::Radio => {
            let choice = field.choices.iter().find(|choice| choice.value == value);
            choice.map_or(value, |choice| &choice.text).to_owned()
        }
        _ => value.to_owned(),
    }
}

fn shown(
    run: Run,
    field: StoredValue<Field>,
    now: Memo<Now>,
    editing: RwSignal<bool>,
    name: &str,
) -> AnyView {
    let change = field.with_value(|field| !field.locked).then(|| {
        let label = say!("value-change-of", name = name);
        redrawn(move || {
            let label = label.clone();
            (!run.is_committed()).then(|| {
                view! {
                    <button type="button" class="btn transparent small" aria-label=label
                        on:click=move |_| editing.set(true)>{say("value-change")}</button>
                }
            })
        })
    });
    let words = move || {
        let now = now.get();
        let value = field.with_value(|field| readable(field, &now.value));
        let value = if value.is_empty() {
            view! { <span class="subtle">{say("value-empty")}</span> }.into_any()
        } else {
            value.into_any()
        };
        view! { <span class="grow"><span class="words">{value}</span> " " <small class="subtle">{source(field, &now)}</small></span> }
    };
    view! { <span class="row spread">{redrawn(words)} {change}</span> }.into_any()
}

fn input(run: Run, field: StoredValue<Field>, now: Memo<Now>, id: &str, name: &str) -> AnyView {
    let input_id = ["value-", id].concat();
    let error_id = ["value-error-", id].concat();
    let tab = id.to_owned();
    let error = Memo::new(move |_| {
        let found = run.shown_problems(|problem| problem.tab() == Some(tab.as_str()));
        let wrong = run
            .problems
            .with(|all| all.iter().find(|one| is_at_once(one) && one.tab() == Some(tab.as_str())).cloned());
        let first = found.into_iter().next().or(wrong.filter(|_| now.get().overridden));
        first.map(|problem| run.draft.with_untracked(|draft| problem::words(&problem, draft)))
    });
    let invalid = move || error.with(Option::is_some).then_some("true");
    let start = {
        let now = now.get_untracked();
        if now.overridden || !is_wrong(now.state) { now.value } else { String::new() }
    };
    let write = move |value: String| field.with_value(|field| run.set_value(field, Some(value)));
    let (kind, choices) = field.with_value(|field| (field.kind.clone(), field.choices.clone()));
    let name = name.to_owned();
    let described = error_id.clone();
    let control = match kind {
        TabKind::List | TabKind::Radio | TabKind::Checkbox => {
            let choices: Vec<(String, String)> = if kind == TabKind::Checkbox {
                vec![("true".to_owned(), say("value-ticked")), ("false".to_owned(), say("value-unticked"))]
            } else {
                choices.into_iter().map(|choice| (choice.value, choice.text)).collect()
            };
            let options = choices.into_iter().map(|(value, text)| {
                let selected = value == start;
                view! { <option value=value selected=selected>{text}</option> }
            });
            view! {
                <div class="select small">
                    <select id=input_id aria-label=name aria-invalid=invalid aria-describedby=described
                        on:change=move |event| write(event_target_value(&event))>
                        <option value="">{say("value-empty")}</option>
                        {options.collect_view()}
                    </select>
                    {icon("x-down")}
                </div>
            }
            .into_any()
        }
        kind => {
            let mode = match kind {
                TabKind::Number | TabKind::Numerical => "decimal",
                TabKind::Email => "email",
                _ => "text",
            };
            view! {
                <input type="text" class="input small" id=input_id inputmode=mode aria-label=name
                    aria-invalid=invalid aria-describedby=described prop:value=start placeholder=say("value-empty")
                    on:input=move |event| write(event_target_value(&event)) />
            }
            .into_any()
        }
    };
    let below = move || match error.get() {
        Some(words) => problem::line(error_id.clone(), words),
        None => view! { <small class="subtle">{source(field, &now.get())}</small> }.into_any(),
    };
    let undo = move || {
        now.get().overridden.then(|| view! {
            <button type="button" class="btn transparent small"
                on:click=move |_| field.with_value(|field| run.set_value(field, None))>{say("value-undo")}</button>
        })
    };
    view! {
        <span class="stack tight">
            <span class="row">{control} {redrawn(undo)}</span>
            {redrawn(below)}
        </span>
    }
    .into_any()
}

/// What is told while it is typed; the rest when the sender wants to send.
fn is_at_once(problem: &Problem) -> bool {
    matches!(problem, Problem::ValueTooLong { .. } | Problem::ValueWrongKind { .. })
}
