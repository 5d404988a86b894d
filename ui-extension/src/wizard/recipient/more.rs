//! What is rarely wanted of a recipient: same time, note, access code, language, own message, hidden documents.

use js_sys::{Function, Object, Reflect};
use leptos::prelude::*;
use shared::{
    draft::{
        ACCESS_CODE_MAX_CHARS, LANGUAGES, NOTE_MAX_CHARS, Row, can_set_beside, chars, has_field, is_limited,
        set_beside,
    },
    template::Document,
};
use wasm_bindgen::{JsCast, JsValue};

use crate::{
    icon::icon,
    redraw::redrawn,
    say,
    wizard::{
        message::{Control, control},
        problem::{self, Spot},
        run::{Line, Run},
    },
    words::{language, locales, say},
};

/// How many of them are set.
pub fn count(row: &Row) -> usize {
    [
        !row.note.is_empty(),
        !row.access_code.is_empty(),
        row.language.is_some(),
        row.own_message.is_some(),
        !row.hidden_documents.is_empty(),
    ]
    .into_iter()
    .filter(|set| *set)
    .count()
}

pub fn more(run: Run, line: Line, label: &str) -> AnyView {
    let Some(row) = run.row_now(line) else { return ().into_any() };
    let allowed = run.edit.allowed.get_untracked();
    let locked = run.template.with_untracked(|template| {
        template.as_ref().is_some_and(|template| row.role_in(template).is_some_and(|role| role.locked))
    });
    let may_word = untrack(|| run.may_word(&row));
    let note = Text {
        part: "note",
        label: say("more-note"),
        help: say!("more-note-help", role = label),
        value: row.note.clone(),
        max: NOTE_MAX_CHARS,
        spot: Spot::Note,
        disabled: locked,
        write: |row, text| row.note = text,
    };
    let code = Text {
        part: "code",
        label: say("more-code"),
        help: say(if allowed.access_code { "more-code-help" } else { "not-available" }),
        value: row.access_code.clone(),
        max: ACCESS_CODE_MAX_CHARS,
        spot: Spot::AccessCode,
        disabled: !allowed.access_code,
        write: |row, text| row.access_code = text,
    };
    view! {
        <div class="extras stack tight" id=format!("more-{}", line.key) role="group" aria-label=say!("more-for", role = label)>
            {redrawn(move || beside(run, line))}
            {text(run, line, note)}
            {text(run, line, code)}
            {languages(run, line, &row, locked)}
            {may_word.then(|| view! {
                <label class="check">
                    <input type="checkbox"
                        prop:checked=move || run.draft.with(|draft| draft.rows.iter().any(|row| row.id == line.key && row.own_message.is_some()))
                        on:change=move |event| run.set_own(Some(line), event_target_checked(&event))/>
                    <span>{say("more-own-message")}</span>
                </label>
            })}
            {redrawn(move || hidden(run, line))}
        </div>
    }
    .into_any()
}

/// The tick for “at the same time as the one above”.
fn beside(run: Run, line: Line) -> Option<AnyView> {
    let place = run.place(line).filter(|place| *place > 0)?;
    let template = run.template.get()?;
    let (is_beside, can) = run.draft.with(|draft| {
        let order = |place: usize| draft.rows.get(place).map(|row| row.routing_order);
        let is_beside = order(place) == order(place.saturating_sub(1));
        (is_beside, can_set_beside(draft, &template, place, !is_beside))
    });
    Some(
        view! {
            <label class="check">
                <input type="checkbox" disabled=!can prop:checked=is_beside
                    on:change=move |event| {
                        let wanted = event_target_checked(&event);
                        run.draft.update(|draft| {
                            set_beside(&mut draft.rows, place, wanted);
                        });
                        super::focus_in(line, ".extras input[type=checkbox]");
                    }/>
                <span>
                    {say!("beside", number = place)}
                    {(!can).then(|| view! { " " <small>{say("recipients-locked")}</small> })}
                </span>
            </label>
        }
        .into_any(),
    )
}

struct Text {
    part: &'static str,
    label: String,
    help: String,
    value: String,
    max: usize,
    spot: Spot,
    disabled: bool,
    write: fn(&mut Row, String),
}

/// A text with its count. What is too long is said as it is typed, not only when somebody wants to go on.
fn text(run: Run, line: Line, text: Text) -> AnyView {
    let Text { part, label, help, value, max, spot, disabled, write } = text;
    let count = RwSignal::new(chars(&value));
    let id = format!("{part}-{}", line.key);
    let (help_id, error_id) = (format!("{id}-help"), format!("{id}-problem"));
    let described = [help_id.as_str(), &error_id].join(" ");
    let problem = Memo::new(move |_| problem::now_at(run, line, spot));
    let invalid = move || problem.with(Option::is_some).to_string();
    let on_input = move |event: leptos::ev::Event| {
        let text = event_target_value(&event);
        count.set(chars(&text));
        run.edit(line, |row| write(row, text));
    };
    let shape = Control { id: id.clone(), described, long: spot == Spot::Note, disabled };
    let control = control(shape, move || value.clone(), invalid, on_input);
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {control}
            {redrawn(move || problem.get().map(|words| problem::line(error_id.clone(), words)))}
            <div class="foot">
                <span id=help_id>{help}</span>
                <span class="count">{redrawn(move || say!("count-of", count = count.get(), max = max))}</span>
            </div>
        </div>
    }
    .into_any()
}

fn languages(run: Run, line: Line, row: &Row, locked: bool) -> AnyView {
    let now = row.language.clone().unwrap_or_default();
    let mut named: Vec<(String, &str)> = LANGUAGES.iter().map(|code| (name_of(code), *code)).collect();
    let collate = js_sys::Intl::Collator::new(&locales(language()), &Object::new()).compare();
    named.sort_by(|(one, _), (other, _)| {
        let sign = collate.call2(&JsValue::UNDEFINED, &one.as_str().into(), &other.as_str().into());
        sign.ok().and_then(|sign| sign.as_f64()).unwrap_or_default().total_cmp(&0.0)
    });
    let options = named.into_iter().map(|(name, code)| {
        view! { <option value=code selected=code == now>{name}</option> }
    });
    let id = format!("language-{}", line.key);
    view! {
        <div class="field">
            <label for=id.clone()>{say("more-language")}</label>
            <div class="select">
                <select id=id disabled=locked on:change=move |event| {
                    let code = Some(event_target_value(&event)).filter(|code| !code.is_empty());
                    run.edit(line, |row| row.language = code);
                }>
                    <option value="">{say("more-language-own")}</option>
                    {options.collect_view()}
                </select>
                {icon("x-down")}
            </div>
        </div>
    }
    .into_any()
}

/// A language in the reader's words: the browser knows them all.
fn name_of(code: &str) -> String {
    let tag = code.replace('_', "-");
    let named = || {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let names: Function = Reflect::get(&intl, &"DisplayNames".into()).ok()?.dyn_into().ok()?;
        let options = Object::new();
        Reflect::set(&options, &"type".into(), &"language".into()).ok()?;
        let names = Reflect::construct(&names, &js_sys::Array::of2(&locales(language()), &options)).ok()?;
        let of: Function = Reflect::get(&names, &"of".into()).ok()?.dyn_into().ok()?;
        of.call1(&names, &tag.as_str().into()).ok()?.as_string()
    };
    let name = named().unwrap_or_else(|| tag.clone());
    // Some languages write their names small; a list begins with a capital.
    let mut letters = name.chars();
    let first =
        letters.next().map(|first| js_sys::JsString::from(first.to_string().as_str()).to_upper_case());
    [first.map(String::from).unwrap_or_default(), letters.collect()].concat()
}

/// The documents, each with a tick for “does not see it”. Only where there is more than one.
fn hidden(run: Run, line: Line) -> Option<AnyView> {
    let template = run.template.get()?;
    if template.documents.len() < 2 {
        return None;
    }
    let allowed = run.edit.allowed.with(|allowed| allowed.document_visibility);
    let row = run.draft.with(|draft| draft.rows.iter().find(|row| row.id == line.key).cloned())?;
    let lines = template.documents.iter().map(|document| {
        let is_own = run.draft.with(|draft| has_field(draft, &template, &row, &document.id));
        let is_hidden = row.hidden_documents.contains(&document.id);
        let Document { id, name, .. } = document.clone();
        view! {
            <label class="check">
                <input type="checkbox" disabled=!allowed || is_own prop:checked=is_hidden
                    on:change=move |event| set_hidden(run, line, &id, event_target_checked(&event))/>
                <span>{name} {is_own.then(|| view! { " " <small>{say("more-hidden-mine")}</small> })}</span>
            </label>
        }
    });
    let help = if allowed { say("more-hidden-help") } else { say("not-available") };
    Some(
        view! {
            <fieldset class="stack hidden-documents">
                <legend class="overline">{say("more-hidden")}</legend>
                {lines.collect_view()}
                <p class="detail subtle">{help}</p>
            </fieldset>
        }
        .into_any(),
    )
}

/// Hiding needs DocuSign to limit who sees what.
fn set_hidden(run: Run, line: Line, document: &str, hidden: bool) {
    let limited = run.template.with_untracked(|template| {
        run.draft
            .with_untracked(|draft| template.as_ref().is_some_and(|template| is_limited(draft, template)))
    });
    run.draft.update(|draft| {
        if hidden && !limited {
            draft.options.limit_visibility = Some(true);
        }
        if let Some(row) = draft.rows.iter_mut().find(|row| row.id == line.key) {
            row.hidden_documents.retain(|id| id != document);
            if hidden {
                row.hidden_documents.push(document.to_owned());
            }
        }
    });
}
