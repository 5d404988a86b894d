//! Advanced options: what recipients may do, who sees which document, reminders, expiration.
//!
//! Each starts as the template has it, and says so; `None` in the draft is the way back to that. What the account does
//! not have is shown as not available, with who can change it.

use leptos::prelude::*;
use shared::{
    api::Allowed,
    draft::{Expiration, Options, Problem, Reminders, has_field, is_limited},
};

use super::super::{focus_soon, problem, run::Run};
use crate::{icon::icon, redraw::redrawn, say, words::say};

/// An option that is on or off.
struct Switch {
    name: &'static str,
    get: fn(&Options) -> Option<bool>,
    set: fn(&mut Options, Option<bool>),
    allowed: fn(&Allowed) -> bool,
}

const RIGHTS: [Switch; 5] = [
    Switch { name: "reassign", get: |o| o.reassign, set: |o, on| o.reassign = on, allowed: |a| a.reassign },
    Switch { name: "comments", get: |o| o.comments, set: |o, on| o.comments = on, allowed: |a| a.comments },
    Switch {
        name: "sign-on-paper",
        get: |o| o.sign_on_paper,
        set: |o, on| o.sign_on_paper = on,
        allowed: |a| a.sign_on_paper,
    },
    Switch {
        name: "sign-on-mobile",
        get: |o| o.sign_on_mobile,
        set: |o, on| o.sign_on_mobile = on,
        allowed: |a| a.sign_on_mobile,
    },
    Switch {
        name: "view-history",
        get: |o| o.view_history,
        set: |o, on| o.view_history = on,
        allowed: |a| a.view_history,
    },
];

const VISIBILITY: Switch = Switch {
    name: "visibility",
    get: |o| o.limit_visibility,
    set: |o, on| o.limit_visibility = on,
    allowed: |a| a.document_visibility,
};

const STAMP: Switch =
    Switch { name: "id-stamp", get: |o| o.id_stamp, set: |o, on| o.id_stamp = on, allowed: |a| a.id_stamp };

pub fn section(run: Run) -> AnyView {
    let rights = RIGHTS.into_iter().map(|one| switch(run, one)).collect_view();
    view! {
        <p class="subtle">{say("options-help")}</p>
        {group("options-rights", rights.into_any())}
        {group("options-visibility", view! { {switch(run, VISIBILITY)} {redrawn(move || visibility(run))} }.into_any())}
        {group("options-reminders", reminders(run))}
        {group("options-expiration", expiration(run))}
        {group("options-more", switch(run, STAMP))}
    }
    .into_any()
}

fn group(title: &'static str, inside: AnyView) -> AnyView {
    view! {
        <section class="block options" data-testid=title>
            <header><h2 class="as-h4">{say(title)}</h2></header>
            {inside}
        </section>
    }
    .into_any()
}

/// Of the template, as it came.
fn template_options(run: Run) -> Options {
    run.template
        .with_untracked(|template| template.as_ref().map(|one| one.options.clone()))
        .unwrap_or_default()
}

/// Said in the place of a control that the account does not have.
fn unavailable() -> AnyView {
    view! { <span class="row detail subtle unavailable">{icon("lock")} <span>{say("option-unavailable")}</span></span> }
        .into_any()
}

fn on_off(on: bool) -> String {
    say(if on { "option-on" } else { "option-off" })
}

fn switch(run: Run, one: Switch) -> AnyView {
    let Switch { name, get, set, allowed } = one;
    let id = ["option-", name].concat();
    let label = say(&id);
    let help = say(&[&id, "-help"].concat());
    let control = if run.edit.allowed.with_untracked(allowed) {
        let template = match get(&template_options(run)) {
            Some(on) => say!("option-as-template-value", value = &on_off(on)),
            None => say("option-as-template"),
        };
        let choices = vec![
            (String::new(), template),
            ("on".to_owned(), on_off(true)),
            ("off".to_owned(), on_off(false)),
        ];
        let now = run.draft.with_untracked(|draft| get(&draft.options));
        let now = now.map_or("", |on| if on { "on" } else { "off" }).to_owned();
        super::bare_select(&id, &label, choices, now, move |value| {
            let on = (!value.is_empty()).then_some(value == "on");
            run.draft.update(|draft| set(&mut draft.options, on));
        })
    } else {
        unavailable()
    };
    view! {
        <div class="line option"><span class="grow">{label} <small>{help}</small></span> {control}</div>
    }
    .into_any()
}

/// Which documents each recipient sees, once that is limited.
fn visibility(run: Run) -> Option<AnyView> {
    let rows = run.template.with(|template| {
        let template = template.as_ref()?;
        run.draft.with(|draft| {
            is_limited(draft, template).then(|| {
                let row = |(place, row): (usize, &shared::draft::Row)| {
                    let documents = template.documents.iter().map(|document| {
                        let needed = has_field(draft, template, row, &document.id);
                        let hidden = row.hidden_documents.contains(&document.id);
                        (document.id.clone(), document.name.clone(), hidden, needed)
                    });
                    (place, row.id, super::person(place, row), documents.collect::<Vec<_>>())
                };
                draft.rows.iter().enumerate().map(row).collect::<Vec<_>>()
            })
        })
    })?;
    let groups = rows.into_iter().map(|(place, row, name, documents)| {
        let boxes = documents.into_iter().map(|(document, name, hidden, needed)| {
            let why = needed.then(|| view! { " " <small>{say("visibility-needed")}</small> });
            let id = ["sees-", &row.to_string(), "-", &document].concat();
            let kept = id.clone();
            view! {
                <label class="check">
                    <input type="checkbox" id=id checked=!hidden disabled=needed && !hidden on:change=move |event| {
                        set_hidden(run, row, &document, !event_target_checked(&event));
                        focus_soon(["[id='", &kept, "']"].concat());
                    }/>
                    <span>{name} {why}</span>
                </label>
            }
        });
        let colour = super::super::preview::colour(place);
        view! {
            <fieldset class="line sees">
                <legend class=["who ", &colour].concat()>
                    <span class=["num ", &colour].concat()>{place.saturating_add(1)}</span> {name}
                </legend>
                {boxes.collect_view()}
            </fieldset>
        }
    });
    Some(groups.collect_view().into_any())
}

fn set_hidden(run: Run, row: u32, document: &str, hidden: bool) {
    run.draft.update(|draft| {
        if let Some(row) = draft.rows.iter_mut().find(|one| one.id == row) {
            row.hidden_documents.retain(|known| known != document);
            if hidden {
                row.hidden_documents.push(document.to_owned());
            }
        }
    });
}

/// `As the template`, an own choice with numbers, and perhaps none at all.
fn reminders(run: Run) -> AnyView {
    if !run.edit.allowed.with_untracked(|all| all.reminders) {
        return view! { <div class="line">{unavailable()}</div> }.into_any();
    }
    let template = template_options(run).reminders;
    let words = template.map_or_else(
        || say("option-as-template"),
        |own| say!("option-as-template-value", value = &reminder_words(own)),
    );
    let choices = vec![
        (String::new(), words),
        ("own".to_owned(), say("reminders-own")),
        ("none".to_owned(), say("reminders-none")),
    ];
    let now = run.draft.with_untracked(|draft| draft.options.reminders);
    let now = now.map_or("", |own| if own.first_after == 0 { "none" } else { "own" }).to_owned();
    let usual = template.filter(|one| one.first_after > 0).unwrap_or(Reminders {
        first_after: 3,
        then_every: 2,
        at_most: None,
    });
    // A first day of 0 means none at all, so what was chosen is kept apart from what is typed.
    let is_own = RwSignal::new(now == "own");
    let choose = move |value: String| {
        is_own.set(value == "own");
        run.draft.update(|draft| {
            draft.options.reminders = match value.as_str() {
                "own" => Some(usual),
                "none" => Some(Reminders::default()),
                _ => None,
            };
        });
    };
    let numbers = move || {
        is_own.get().then(|| {
            view! {
                <div class="line triple">
                    {number(run, "reminders-first", |o| o.reminders.map(|r| r.first_after), |o, n| if let Some(r) = &mut o.reminders { r.first_after = n.unwrap_or_default().max(1) })}
                    {number(run, "reminders-every", |o| o.reminders.map(|r| r.then_every), |o, n| if let Some(r) = &mut o.reminders { r.then_every = n.unwrap_or_default() })}
                    {number(run, "reminders-at-most", |o| o.reminders.and_then(|r| r.at_most), |o, n| if let Some(r) = &mut o.reminders { r.at_most = n.filter(|n| *n > 0) })}
                </div>
            }
        })
    };
    view! {
        <div class="line option">
            <span class="grow">{say("option-reminders")} <small>{say("option-reminders-help")}</small></span>
            {super::bare_select("option-reminders", &say("option-reminders"), choices, now, choose)}
        </div>
        {redrawn(numbers)}
    }
    .into_any()
}

fn expiration(run: Run) -> AnyView {
    if !run.edit.allowed.with_untracked(|all| all.expiration) {
        return view! { <div class="line">{unavailable()}</div> }.into_any();
    }
    let template = template_options(run).expiration;
    let words = template.map_or_else(
        || say("option-as-template"),
        |own| say!("option-as-template-value", value = &expiration_words(own)),
    );
    let choices = vec![(String::new(), words), ("own".to_owned(), say("expiration-own"))];
    let is_own = Memo::new(move |_| run.draft.with(|draft| draft.options.expiration.is_some()));
    let now = if is_own.get_untracked() { "own" } else { "" }.to_owned();
    let usual = template.unwrap_or(Expiration { after: 30, warn_before: 3 });
    let choose = move |value: String| {
        run.draft.update(|draft| draft.options.expiration = (value == "own").then_some(usual));
    };
    let numbers = move || {
        is_own.get().then(|| {
            view! {
                <div class="line triple">
                    {number(run, "expiration-after", |o| o.expiration.map(|e| e.after), |o, n| if let Some(e) = &mut o.expiration { e.after = n.unwrap_or_default() })}
                    {number(run, "expiration-warn", |o| o.expiration.map(|e| e.warn_before), |o, n| if let Some(e) = &mut o.expiration { e.warn_before = n.unwrap_or_default() })}
                </div>
            }
        })
    };
    view! {
        <div class="line option">
            <span class="grow">{say("option-expiration")} <small>{say("option-expiration-help")}</small></span>
            {super::bare_select("option-expiration", &say("option-expiration"), choices, now, choose)}
        </div>
        {redrawn(numbers)}
    }
    .into_any()
}

fn reminder_words(own: Reminders) -> String {
    match own {
        Reminders { first_after: 0, .. } => say("reminders-none"),
        Reminders { first_after, then_every, .. } => {
            say!("reminders-words", first = first_after as usize, second = then_every as usize)
        }
    }
}

fn expiration_words(own: Expiration) -> String {
    say!("expiration-words", first = own.after as usize, second = own.warn_before as usize)
}

/// Days, or how many times.
fn number(
    run: Run,
    label: &'static str,
    get: fn(&Options) -> Option<u32>,
    set: fn(&mut Options, Option<u32>),
) -> AnyView {
    let value =
        run.draft.with_untracked(|draft| get(&draft.options)).map(|n| n.to_string()).unwrap_or_default();
    let write = move |event: leptos::ev::Event| {
        let new = event_target_value(&event).trim().parse::<u32>().ok();
        run.draft.update(|draft| set(&mut draft.options, new));
    };
    // Told while it is typed, as `shared` sees it.
    let error = Memo::new(move |_| {
        let is_here = |one: &&Problem| match one {
            Problem::OptionOutOfRange { option } => option == label,
            Problem::WarnsTooEarly => label == "expiration-warn",
            _ => false,
        };
        let found = run.problems.with(|all| all.iter().find(is_here).cloned());
        found.map(|found| run.draft.with_untracked(|draft| problem::words(&found, draft)))
    });
    let error_id = [label, "-problem"].concat();
    let described = error_id.clone();
    view! {
        <div class="field">
            <label for=label>{say(label)}</label>
            <input type="number" class="input small" id=label min="0" max="999" inputmode="numeric"
                aria-invalid=move || error.with(Option::is_some).then_some("true") aria-describedby=described
                prop:value=value on:input=write/>
            {redrawn(move || error.get().map(|words| problem::line(error_id.clone(), words)))}
        </div>
    }
    .into_any()
}
