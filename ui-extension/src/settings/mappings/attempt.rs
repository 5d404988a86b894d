//! Try it: a record and a template, and what would go into each field now. Nothing is written.

use leptos::{prelude::*, task::spawn_local};
use shared::{
    api::TemplatePage,
    mapping::{Tried, Try},
    merge::{Field, State},
    record::{ObjectType, RecordRef},
};

use super::{
    super::{
        board::{Board, Deed, status},
        choose::{Chooser, Offer, chooser},
        form,
    },
    Desk, PATH, word,
};
use crate::{edge, icon::icon, redraw::redrawn, say, words::say};

/// A template by search at DocuSign, the last used first.
pub fn template_chooser(
    board: Board,
    id: &'static str,
    label: String,
    chosen: RwSignal<Option<String>>,
    invalid: Signal<bool>,
) -> AnyView {
    let offers = RwSignal::new(Vec::<Offer>::new());
    let state = RwSignal::new(None::<bool>);
    let turn = StoredValue::new(0u32);
    let ask = move |text: String| {
        turn.update_value(|turn| *turn = turn.wrapping_add(1));
        let mine = turn.get_value();
        spawn_local(async move {
            let query = [("q", text.trim()), ("by", "used")];
            let answer: edge::Answer<TemplatePage> =
                edge::settings::get(&board.frame.token(), "/api/templates", &query).await;
            if turn.try_get_value() != Some(mine) {
                return;
            }
            state.set(Some(answer.is_ok()));
            if let Ok(page) = answer {
                let found = page.templates.into_iter().map(|one| Offer {
                    second: say!("template-owner", name = &one.owner),
                    value: one.id,
                    label: one.name,
                    can: true,
                });
                offers.set(found.collect());
            }
        });
    };
    ask(String::new());
    let instead = Signal::derive(move || match state.get() {
        None => Some(say("settings-loading")),
        Some(false) => Some(say("choose-failed")),
        Some(true) => None,
    });
    chooser(
        label,
        Chooser {
            id,
            offers: offers.into(),
            chosen,
            free: None,
            instead,
            typed: Some(Callback::new(ask)),
            invalid,
        },
    )
}

/// The number at the end of what was typed or pasted: `123`, or the address of a record's page.
fn record(object: ObjectType, typed: &str) -> Option<RecordRef> {
    let path = typed.trim().split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    RecordRef::new(object, path.rsplit('/').next().unwrap_or_default()).ok()
}

pub fn pane(desk: Desk) -> AnyView {
    let typed = RwSignal::new(String::new());
    let template = RwSignal::new(None::<String>);
    let wrong = RwSignal::new(false);
    let asked = RwSignal::new(false);
    let missing = Signal::derive(move || asked.get() && template.with(Option::is_none));
    let result = RwSignal::new(None::<Tried>);
    let deed = Deed::new(desk.board);
    Effect::new(move |_| {
        desk.object.track();
        typed.set(String::new());
        wrong.set(false);
        asked.set(false);
        result.set(None);
    });
    let go = move || {
        let record = record(desk.object.get_untracked(), &typed.get_untracked());
        wrong.set(record.is_none());
        asked.set(true);
        let Some(record) = record else { return crate::wizard::focus_soon("#try-record".to_owned()) };
        let Some(template) = template.get_untracked() else {
            return crate::wizard::focus_soon("#try-template".to_owned());
        };
        let body = Try { record, templates: vec![template], mappings: None };
        deed.run(
            |token| async move { edge::settings::post(&token, &[PATH, "/try"].concat(), &body).await },
            move |tried: Tried| result.set(Some(tried)),
        );
    };
    let problem = Signal::derive(move || wrong.get().then(|| say("try-record-wrong")));
    view! {
        <aside aria-label=say("try-it")>
            <h2 class="as-h4">{say("try-it")}</h2>
            {redrawn(move || {
                let label = say(&["try-record-", word(desk.object.get())].concat());
                form::text_field("try-record", label, typed, "", problem)
            })}
            {template_chooser(desk.board, "try-template", say("template"), template, missing)}
            {redrawn(move || missing.get().then(|| view! { <p role="alert" class="missing">{say("try-template-missing")}</p> }))}
            <div class="row">{deed.button("btn", say("try-now"), go)}</div>
            {deed.told()}
            {redrawn(move || result.get().map(shown))}
            <p class="detail subtle">{say("try-harmless")}</p>
        </aside>
    }
    .into_any()
}

fn shown(tried: Tried) -> AnyView {
    let lines = tried.fields.into_iter().map(|field| {
        let Field { name, value, state, source, .. } = field;
        let value = match state {
            State::Filled | State::Locked => value.into_any(),
            other => {
                let words = say(&["tried-", other.name()].concat());
                view! { {status("warning", "s-declined", words)} " " {value} }.into_any()
            }
        };
        let from = source.map(|source| {
            view! { <small class="detail subtle">{say!("tried-from", name = &source.label)}</small> }
        });
        view! { <div><dt>{name}</dt> <dd>{value} " " {from}</dd></div> }
    });
    let lines: Vec<_> = lines.collect();
    let none = lines.is_empty().then(|| view! { <p>{icon("x-s-info")} " " {say("tried-none")}</p> });
    view! {
        <p role="status"><b>{tried.record_name}</b> " · " {tried.template_name}</p>
        {none}
        <dl data-testid="tried">{lines}</dl>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_found_by_its_number_or_its_address() {
        let check = |typed: &str, expected: Option<&str>| {
            let found = record(ObjectType::Deal, typed);
            assert_eq!(found.as_ref().map(RecordRef::id), expected, "{typed}");
        };
        check(" 123 ", Some("123"));
        check("https://app.hubspot.com/contacts/62515/record/0-3/987?x=1", Some("987"));
        check("https://app.hubspot.com/contacts/62515/record/0-3/987/", Some("987"));
        check("Fleet renewal", None);
        check("", None);
    }
}
