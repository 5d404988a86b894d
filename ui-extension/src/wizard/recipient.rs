//! One recipient: role, kind, place in the order, and the person.

mod more;
mod order;

use leptos::prelude::*;
use shared::{
    draft::{Direction, Row, can_move, kinds_for, may_change, may_drop},
    template::{RecipientKind, Template},
};

use super::{
    message, picker,
    problem::{self, Spot},
    run::{Line, Run},
};
use crate::redraw::redrawn;
use crate::{icon::icon, say, words::say};

/// What stands between a row and its view: the parts that change together.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shown {
    place: usize,
    label: String,
    kind: RecipientKind,
    may_change: bool,
    may_drop: bool,
    locked: bool,
    up: bool,
    down: bool,
    /// The number of the recipient that gets it at the same time.
    beside: Option<usize>,
    /// How many of the rarer settings are set.
    extras: usize,
}

/// What a row is called.
fn label(row: &Row, template: &Template) -> String {
    row.role_in(template).map_or_else(|| say("added-recipient"), |role| role.label().to_owned())
}

pub fn row(run: Run, line: Line) -> AnyView {
    let shown = Memo::new(move |_| {
        let place = run.place(line)?;
        let template = run.template.get()?;
        run.draft.with(|draft| {
            let row = draft.rows.get(place)?;
            let role = row.role_in(&template);
            let before = place.checked_sub(1).and_then(|before| draft.rows.get(before));
            Some(Shown {
                place,
                label: label(row, &template),
                kind: row.kind.clone(),
                may_change: may_change(row, &template),
                may_drop: may_drop(row, &template),
                locked: role.is_some_and(|role| role.locked),
                up: can_move(draft, &template, place, Direction::Up),
                down: can_move(draft, &template, place, Direction::Down),
                beside: before.filter(|one| one.routing_order == row.routing_order).map(|_| place),
                extras: more::count(row),
            })
        })
    });
    let person = Memo::new(move |_| {
        let place = run.place(line)?;
        run.draft.with(|draft| draft.rows.get(place).map(|row| (row.name.clone(), row.email.clone())))
    });
    let typing = Memo::new(move |_| run.is_typing(line));
    let role = Memo::new(move |_| {
        shown.with(|shown| shown.as_ref().map(|shown| (shown.kind.clone(), shown.label.clone())))
    });
    let open = RwSignal::new(false);
    // What is wrong in there must be seen.
    let marked = Memo::new(move |_| {
        [Spot::Note, Spot::AccessCode, Spot::Language]
            .into_iter()
            .any(|spot| problem::now_at(run, line, spot).is_some())
    });
    let called = Memo::new(move |_| {
        shown.with(|shown| shown.as_ref().map(|shown| shown.label.clone())).unwrap_or_default()
    });
    let own = Memo::new(move |_| {
        let place = run.place(line);
        run.draft.with(|draft| {
            place.and_then(|place| draft.rows.get(place)).is_some_and(|row| row.own_message.is_some())
        })
    });
    let class = move || {
        let (place, beside) = shown
            .with(|shown| shown.as_ref().map(|shown| (shown.place, shown.beside.is_some())))
            .unwrap_or_default();
        format!("recipient r{}{}", place % 6 + 1, if beside { " is-beside" } else { "" })
    };
    view! {
        <li class=class id=format!("recipient-{}", line.key) data-testid="recipient">
            {redrawn(move || shown.get().map(|shown| order::order(run, line, &shown)))}
            {redrawn(move || shown.get().map(|shown| head(run, line, &shown, open)))}
            <div class="body">
                {redrawn(move || shown.get().map(|shown| remarks(run, line, &shown)))}
                {redrawn(move || role.get().map(|(kind, label)| {
                    if !kind.needs_person() {
                        return view! { <p class="detail subtle">{say("recipient-automatic")}</p> }.into_any();
                    }
                    if typing.get() {
                        return typed(run, line, &label);
                    }
                    match person.get() {
                        Some((name, email)) if !name.is_empty() || !email.is_empty() => card(run, line, &name, &email),
                        _ => picker::picker(run, line, label),
                    }
                }))}
                {redrawn(move || (open.get() || marked.get()).then(|| more::more(run, line, &called.get())))}
                {redrawn(move || own.get().then(|| message::own(run, line)))}
            </div>
        </li>
    }
    .into_any()
}

/// An e-mail address, which breaks before its domain where there is little room.
pub fn address(email: &str) -> AnyView {
    match email.split_once('@') {
        Some((name, domain)) => {
            let (name, domain) = ([name, "@"].concat(), domain.to_owned());
            view! { {name}<wbr/>{domain} }.into_any()
        }
        None => email.to_owned().into_any(),
    }
}

/// Moves the focus into a row, once it is drawn.
pub fn focus_in(line: Line, selector: &str) {
    super::focus_soon(format!("#recipient-{} :is({selector})", line.key));
}

fn head(run: Run, line: Line, shown: &Shown, open: RwSignal<bool>) -> AnyView {
    let number = shown.place.saturating_add(1);
    let colour = format!("r{}", shown.place % 6 + 1);
    let kinds =
        run.draft.with_untracked(|draft| draft.rows.get(shown.place).map(kinds_for)).unwrap_or_default();
    let options = kinds.iter().map(|kind| {
        let selected = *kind == shown.kind;
        view! { <option value=kind.array_name().to_owned() selected=selected>{kind_words(kind)}</option> }
    });
    let drop = if shown.may_drop {
        let label = say!("remove-recipient", role = &shown.label);
        view! {
            <button type="button" class="btn transparent square small" aria-label=label on:click=move |_| {
                run.remove(line);
                super::focus_soon(".step .recipients ~ .row .btn, .step h1".to_owned());
            }>{icon("close")}</button>
        }
        .into_any()
    } else {
        view! { <span></span> }.into_any()
    };
    let more_label = match shown.extras {
        0 => say!("more-for", role = &shown.label),
        count => [say!("more-for", role = &shown.label), say!("more-has", count = count)].join(", "),
    };
    view! {
        <div class="head">
            <span class=["who ", &colour].concat()>
                <span class=["num ", &colour].concat()>{number}</span> {shown.label.clone()}
            </span>
            <div class="select small">
                <select aria-label=say!("type-of", role = &shown.label) disabled=!shown.may_change
                    on:change=move |event| {
                        let kind = RecipientKind::from_array_name(&event_target_value(&event));
                        run.edit(line, |row| row.kind = kind);
                    }>
                    {options.collect_view()}
                </select>
                {icon("x-down")}
            </div>
            <button type="button" class="btn transparent square small more" class:is-set={shown.extras > 0} aria-label=more_label
                aria-expanded=move || open.get().to_string() aria-controls=format!("more-{}", line.key)
                on:click=move |_| open.update(|open| *open = !*open)>{icon("more")}</button>
            {drop}
        </div>
    }
    .into_any()
}

/// What a recipient is asked to do; DocuSign's own word for a kind that we have none for.
pub fn kind_words(kind: &RecipientKind) -> String {
    match kind {
        RecipientKind::Other(name) => name.clone(),
        kind => say(&["kind-", kind.array_name()].concat()),
    }
}

/// Locks and simultaneity, and problems of the row as a whole.
fn remarks(run: Run, line: Line, shown: &Shown) -> AnyView {
    let lock = if shown.locked {
        Some(say("role-locked"))
    } else if !shown.may_drop {
        Some(say("role-required"))
    } else {
        None
    };
    let beside = shown.beside.map(|number| say!("beside", number = number));
    let id = format!("row-problem-{}", shown.place);
    view! {
        {lock.map(|words| view! { <p class="detail subtle row">{icon("lock")} {words}</p> })}
        {beside.map(|words| view! { <p class="detail subtle">{words}</p> })}
        {redrawn(move || problem::now_at(run, line, Spot::Row).map(|words| {
            view! { <div class="field">{problem::line(id.clone(), words)}</div> }
        }))}
    }
    .into_any()
}

/// Up to two letters for the round picture.
pub fn initials(name: &str) -> String {
    let mut letters = name.split_whitespace().filter_map(|word| word.chars().next());
    let first = letters.next();
    first.into_iter().chain(letters.next_back()).collect()
}

/// Somebody is there: who, and the ways to change it.
fn card(run: Run, line: Line, name: &str, email: &str) -> AnyView {
    let problems = move || {
        let place = run.place(line);
        [Spot::Name, Spot::Email].into_iter().find_map(|spot| problem::first_at(run, place, spot))
    };
    view! {
        <div class="contact">
            <span class="avatar" aria-hidden="true">{initials(name)}</span>
            <span class="grow">{name.to_owned()} " " <small>{address(email)}</small></span>
            <button type="button" class="btn transparent square small" aria-label=say!("edit-person", name = name)
                aria-invalid=move || problems().is_some().to_string()
                on:click=move |_| {
                    run.set_typing(line, true);
                    focus_in(line, "input");
                }>{icon("x-pen")}</button>
            <button type="button" class="btn transparent square small clear" aria-label=say!("remove-person", name = name)
                on:click=move |_| {
                    run.clear(line);
                    focus_in(line, "input");
                }>{icon("close")}</button>
        </div>
        {redrawn(move || problems().map(|words| view! {
            <div class="field">{problem::line(format!("person-problem-{}", line.key), words)}</div>
        }))}
    }
    .into_any()
}

/// A person who is typed in.
fn typed(run: Run, line: Line, label: &str) -> AnyView {
    let read = move |part: fn(&Row) -> &String| {
        untrack(|| run.place(line))
            .and_then(|place| {
                run.draft.with_untracked(|draft| draft.rows.get(place).map(|row| part(row).clone()))
            })
            .unwrap_or_default()
    };
    let field =
        |part: &'static str, spot: Spot, value: String, kind: &'static str, write: fn(&mut Row, String)| {
            let id = format!("{part}-{}", line.key);
            let described = format!("{id}-problem");
            let problem = Memo::new(move |_| problem::first_at(run, run.place(line), spot));
            let error_id = described.clone();
            view! {
            <div class="field">
                <label for=id.clone()>{say(if spot == Spot::Name { "name" } else { "email" })}</label>
                <input class="input" type=kind id=id prop:value=value autocomplete="off" maxlength="100"
                    aria-describedby=described aria-invalid=move || problem.with(Option::is_some).to_string()
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        run.edit(line, |row| {
                            write(row, text);
                            row.contact_id = None;
                        });
                    }/>
                {redrawn(move || problem.get().map(|words| problem::line(error_id.clone(), words)))}
            </div>
        }
        .into_any()
        };
    view! {
        <div class="typed" role="group" aria-label=say!("person-of", role = label)>
            {field("name", Spot::Name, read(|row| &row.name), "text", |row, text| row.name = text)}
            {field("email", Spot::Email, read(|row| &row.email), "email", |row, text| row.email = text)}
            <button type="button" class="btn transparent square small clear" aria-label=say("search-instead")
                on:click=move |_| {
                    run.clear(line);
                    focus_in(line, "input");
                }>{icon("close")}</button>
        </div>
    }
    .into_any()
}
