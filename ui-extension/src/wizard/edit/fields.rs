//! Fields on documents that came without: for whom, which, and where, as a list that needs no mouse.
//!
//! A field goes to every place of a text, or to a point of a page: clicked on the picture beside (see
//! `preview/placed.rs`), or given in numbers here.

use leptos::prelude::*;
use shared::{
    draft::{PlacedAt, PlacedField, PlacedKind, Problem},
    template::RecipientKind,
};

use super::super::{editing::Placing, focus_soon, problem, run::Run};
use crate::{icon::icon, redraw::redrawn, words::say};

/// Points from the upper left corner, where a field goes that nobody clicked a place for.
const CORNER: u32 = 72;

pub fn kind_words(kind: PlacedKind) -> String {
    say(match kind {
        PlacedKind::Signature => "field-signature",
        PlacedKind::Initials => "tab-initials",
        PlacedKind::FullName => "tab-name",
        PlacedKind::DateSigned => "tab-date-signed",
    })
}

/// Who can be given a field: place, row id and name.
fn signers(run: Run) -> Vec<(usize, u32, String)> {
    run.draft.with(|draft| {
        let rows = draft.rows.iter().enumerate();
        let rows = rows.filter(|(_, row)| {
            row.kind == RecipientKind::Signer || row.kind == RecipientKind::InPersonSigner
        });
        rows.map(|(place, row)| (place, row.id, super::person(place, row))).collect()
    })
}

fn documents(run: Run) -> Vec<(String, String)> {
    run.template.with(|template| {
        let documents = template.iter().flat_map(|template| &template.documents);
        documents.map(|document| (document.id.clone(), document.name.clone())).collect()
    })
}

pub fn section(run: Run) -> AnyView {
    let ids =
        Memo::new(move |_| run.draft.with(|draft| draft.placed.iter().map(|one| one.id).collect::<Vec<_>>()));
    // Only DocuSign's draft takes them: the first one makes it, as any other change of the documents does.
    let lacks_draft = Memo::new(move |_| {
        run.edit.documents.with(Option::is_none)
            && run.edit.failure.with(Option::is_none)
            && ids.with(|ids| !ids.is_empty())
    });
    Effect::new(move |_| {
        if lacks_draft.get() && !run.edit.busy.get_untracked() {
            super::documents::make_editable(run);
        }
    });
    view! {
        <section class="block" data-testid="fields">
            <header><h2 class="as-h4">{say("fields-title")} " " <span class="badge">{move || ids.with(Vec::len)}</span></h2></header>
            <ol aria-label=say("fields-title")>
                <For each=move || ids.get() key=|id| *id children=move |id| line(run, id)/>
            </ol>
            {redrawn(move || form(run))}
        </section>
    }
    .into_any()
}

/// What is being chosen for the next field.
#[derive(Clone, Copy)]
struct Choice {
    row: RwSignal<u32>,
    kind: RwSignal<PlacedKind>,
    document: RwSignal<String>,
    text: RwSignal<String>,
}

fn form(run: Run) -> AnyView {
    let (signers, documents) = (signers(run), documents(run));
    let Some(first) = signers.first().map(|(_, id, _)| *id) else {
        return view! { <p class="line subtle">{say("fields-nobody")}</p> }.into_any();
    };
    // The sender's own files come last: those are the ones without fields.
    let last = documents.last().map(|(id, _)| id.clone()).unwrap_or_default();
    let choice = Choice {
        row: RwSignal::new(first),
        kind: RwSignal::new(PlacedKind::Signature),
        document: RwSignal::new(last),
        text: RwSignal::new(String::new()),
    };
    let placing = move || Placing { row: choice.row.get_untracked(), kind: choice.kind.get_untracked() };
    let people = signers.into_iter().map(|(_, id, name)| (id.to_string(), name)).collect();
    let kinds = PlacedKind::ALL.map(|kind| (kind.name().to_owned(), kind_words(kind))).to_vec();
    let set_row = move |value: String| choice.row.set(value.parse().unwrap_or(first));
    let set_kind = move |value: String| {
        choice.kind.set(
            PlacedKind::ALL.into_iter().find(|kind| kind.name() == value).unwrap_or(PlacedKind::Signature),
        );
    };
    let row = choice.row.get_untracked().to_string();
    let document = choice.document.get_untracked();
    let at_text = move || {
        let text = choice.text.get_untracked().trim().to_owned();
        if text.is_empty() {
            return focus_soon("#field-text".to_owned());
        }
        let id = run.place_field(placing(), choice.document.get_untracked(), PlacedAt::Text { text });
        choice.text.set(String::new());
        focus_soon(["#field-", &id.to_string(), " input"].concat());
    };
    let on_page = move || {
        let is_on = run.edit.placing.get().is_some();
        let banner = is_on.then(|| waiting(run, choice));
        view! {
            <button type="button" class="btn small" aria-pressed=is_on.to_string() id="place-on-page" on:click=move |_| {
                run.edit.placing.set((!is_on).then(placing));
                if !is_on {
                    show_pages(run);
                }
            }>{icon("x-pen")} {say("field-on-page")}</button>
            {banner}
        }
        .into_any()
    };
    view! {
        <div class="line fieldform">
            <div class="triple">
                {super::select("field-who", say("field-who"), people, row, set_row)}
                {super::select("field-kind", say("field-kind"), kinds, PlacedKind::Signature.name().to_owned(), set_kind)}
                {super::select("field-document", say("field-document"), documents, document, move |value| choice.document.set(value))}
            </div>
            <div class="row">{redrawn(on_page)}</div>
            <form class="row" on:submit=move |event| {
                event.prevent_default();
                at_text();
            }>
                <input type="text" class="input small grow" id="field-text" aria-label=say("field-text") placeholder=say("field-text")
                    autocomplete="off" prop:value=move || choice.text.get()
                    on:input=move |event| choice.text.set(event_target_value(&event))/>
                <button class="btn small">{say("field-at-text")}</button>
            </form>
        </div>
    }
    .into_any()
}

/// Where the pages are not beside, they are opened.
fn show_pages(run: Run) {
    let beside = document().query_selector(".wizard .stage").ok().flatten();
    if beside.is_none_or(|stage| stage.client_width() == 0) {
        run.previewing.set(true);
    }
}

/// A field waits to be put somewhere.
fn waiting(run: Run, choice: Choice) -> AnyView {
    view! {
        <span class="row detail" role="status">
            {say("field-click")}
            <button type="button" class="btn transparent small" on:click=move |_| {
                if let Some(placing) = run.edit.placing.get_untracked() {
                    run.edit.placing.set(None);
                    let at = PlacedAt::Point { page: 1, x: CORNER, y: CORNER };
                    let id = run.place_field(placing, choice.document.get_untracked(), at);
                    focus_soon(["#field-", &id.to_string(), " input"].concat());
                }
            }>{say("field-in-corner")}</button>
        </span>
    }
    .into_any()
}

fn field(run: Run, id: u32) -> Option<PlacedField> {
    run.draft.with(|draft| draft.placed.iter().find(|one| one.id == id).cloned())
}

fn line(run: Run, id: u32) -> AnyView {
    let who = move || {
        let field = field(run, id)?;
        let (place, name) = run.draft.with(|draft| {
            let place = draft.rows.iter().position(|row| row.id == field.row)?;
            Some((place, super::person(place, draft.rows.get(place)?)))
        })?;
        let colour = super::super::preview::colour(place);
        let document = run.template.with(|template| {
            let document = template.as_ref()?.documents.iter().find(|one| one.id == field.document)?;
            Some(document.name.clone())
        });
        Some(view! {
            <span class="grow">
                <span class=["who ", &colour].concat()><span class=["num ", &colour].concat()>{place.saturating_add(1)}</span> {name}</span>
                " " {kind_words(field.kind)} <small>{document}</small>
            </span>
        })
    };
    let by_text = Memo::new(move |_| field(run, id).map(|field| matches!(field.at, PlacedAt::Text { .. })));
    let place = move || match by_text.get() {
        Some(true) => text(run, id),
        Some(false) => view! {
            <span class="row numbers">
                {number(run, id, "field-page", |page, _, _| page)}
                {number(run, id, "field-x", |_, x, _| x)}
                {number(run, id, "field-y", |_, _, y| y)}
            </span>
        }
        .into_any(),
        None => ().into_any(),
    };
    view! {
        <li class="line placed" id=["field-", &id.to_string()].concat()>
            {redrawn(who)}
            {redrawn(place)}
            {redrawn(move || error(run, id))}
            <button type="button" class="btn transparent square small" aria-label=say("field-remove") on:click=move |_| {
                run.remove_field(id);
                focus_soon("#place-on-page".to_owned());
            }>{icon("x-trash")}</button>
        </li>
    }
    .into_any()
}

/// What is wrong with a field, as `shared` sees it.
fn error(run: Run, id: u32) -> Option<AnyView> {
    let is_here = |one: &&Problem| matches!(one, Problem::PlacedNowhere { field } | Problem::PlacedForNobody { field } | Problem::PlacedForNonSigner { field } if *field == id);
    let found = run.problems.with(|all| all.iter().find(is_here).cloned())?;
    let words = run.draft.with_untracked(|draft| problem::words(&found, draft));
    Some(problem::line(["field-problem-", &id.to_string()].concat(), words))
}

fn text(run: Run, id: u32) -> AnyView {
    let now = untrack(|| field(run, id)).map(|field| field.at);
    let now = match now {
        Some(PlacedAt::Text { text }) => text,
        _ => String::new(),
    };
    let write = move |text: String| run.move_field(id, |field| field.at = PlacedAt::Text { text });
    view! {
        <input type="text" class="input small" aria-label=say("field-text") prop:value=now autocomplete="off"
            on:change=move |event| write(event_target_value(&event))/>
    }
    .into_any()
}

/// One of page, x and y.
fn number(
    run: Run,
    id: u32,
    label: &'static str,
    pick: for<'a> fn(&'a mut u32, &'a mut u32, &'a mut u32) -> &'a mut u32,
) -> AnyView {
    let value = move || match field(run, id)?.at {
        PlacedAt::Point { mut page, mut x, mut y } => Some(pick(&mut page, &mut x, &mut y).to_string()),
        PlacedAt::Text { .. } => None,
    };
    let write = move |event: leptos::ev::Event| {
        let Ok(new) = event_target_value(&event).parse::<u32>() else { return };
        run.move_field(id, |field| {
            if let PlacedAt::Point { page, x, y } = &mut field.at {
                *pick(page, x, y) = new;
                *page = (*page).max(1);
            }
        });
    };
    view! {
        <label class="detail">{say(label)}
            <input type="number" class="input small" min="0" inputmode="numeric" prop:value=value on:input=write/>
        </label>
    }
    .into_any()
}
