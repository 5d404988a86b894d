//! The documents in the order in which the recipients see them: add, take out, move.
//!
//! The first change makes a draft at DocuSign; nothing is asked, but it is said. What a change does is shown once the
//! edge has done it, an order at once.

use leptos::{
    ev::{KeyboardEvent, PointerEvent},
    html,
    prelude::*,
    task::spawn_local,
};
use shared::{
    api::DocumentOrder,
    draft::{DocumentSource, DraftDocument, has_field, without_fields},
};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::super::{drag, focus_soon, run::Run};
use super::{add, fields, uploads};
use crate::{
    edge::{Answer, documents},
    fault,
    icon::icon,
    redraw::redrawn,
    say,
    words::say,
};

/// A document as the list shows it. `id` is the one in the template as it is seen.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Entry {
    id: String,
    name: String,
    pages: Option<u32>,
    /// The template it is from.
    from: Option<String>,
    /// Of the sender's own file.
    bytes: Option<u64>,
}

/// What the list is in the middle of.
#[derive(Clone, Copy)]
struct List {
    run: Run,
    entries: Memo<Vec<Entry>>,
    /// The order that was asked for, until the edge has it.
    wanted: RwSignal<Option<Vec<String>>>,
    dragged: RwSignal<Option<String>>,
    /// The document whose removal is being asked about.
    asked: RwSignal<Option<Entry>>,
}

pub fn section(run: Run) -> AnyView {
    let list = List {
        run,
        entries: Memo::new(move |_| entries(run)),
        wanted: RwSignal::new(None),
        dragged: RwSignal::new(None),
        asked: RwSignal::new(None),
    };
    let adding = RwSignal::new(false);
    let count = move || list.entries.with(Vec::len);
    let intro = move || {
        say(if run.edit.documents.with(Option::is_some) {
            "documents-in-draft"
        } else {
            "documents-untouched"
        })
    };
    let fault = move || {
        run.edit.failure.get().map(|failure| {
            let again = fault::try_again(move || {
                run.edit.failure.set(None);
                make_editable(run);
            });
            fault::banner(Some(say("documents-not-changed")), &failure, Some(again))
        })
    };
    view! {
        <p class="subtle">{redrawn(intro)}</p>
        {redrawn(fault)}
        <section class="block" data-testid="edit-documents" aria-busy=move || run.edit.busy.get().to_string()>
            <header>
                <h2 class="as-h4">{say("documents-title")} " " <span class="badge">{count}</span></h2>
                <button type="button" class="btn transparent small" id="add-from-template"
                    aria-expanded=move || adding.get().to_string()
                    on:click=move |_| adding.update(|on| *on = !*on)>{icon("x-plus")} {say("add-from-template")}</button>
            </header>
            {redrawn(move || adding.get().then(|| add::picker(run, adding)))}
            <ol>
                <For each=move || list.ordered() key=|entry| entry.clone() children=move |entry| line(list, entry)/>
            </ol>
            <ul>{uploads::lines(run)}</ul>
        </section>
        {uploads::drop_zone(run)}
        {redrawn(move || bare(run))}
        {fields::section(run)}
        {redrawn(move || list.asked.get().map(|entry| question(list, entry)))}
    }
    .into_any()
}

fn entries(run: Run) -> Vec<Entry> {
    let edited = run.edit.documents.get().unwrap_or_default();
    run.template.with(|template| {
        let Some(template) = template else { return Vec::new() };
        let name_of = |id: &str| {
            let part = template.parts.iter().find(|part| part.template == id);
            part.map_or(&template.name, |part| &part.name).clone()
        };
        let entry = |document: &shared::template::Document| Entry {
            id: document.id.clone(),
            name: document.name.clone(),
            pages: document.pages,
            from: document.template.as_deref().map(name_of),
            bytes: edited.iter().find(|own| own.seen_id() == document.id).and_then(|own| match own.source {
                DocumentSource::Upload { bytes } => Some(bytes),
                DocumentSource::Template { .. } => None,
            }),
        };
        template.documents.iter().map(entry).collect()
    })
}

impl List {
    fn ordered(self) -> Vec<Entry> {
        let mut entries = self.entries.get();
        self.wanted.with(|wanted| {
            if let Some(wanted) = wanted {
                shared::sorted::by_number(&mut entries, |entry| {
                    wanted.iter().position(|id| *id == entry.id).map_or(0, |at| at as u64 + 1)
                });
            }
        });
        entries
    }

    fn ids(self) -> Vec<String> {
        untrack(|| self.ordered()).into_iter().map(|entry| entry.id).collect()
    }

    /// Shows `id` in another place; [`List::commit`] tells the edge.
    fn put(self, id: &str, to: usize) {
        let mut ids = self.ids();
        let Some(from) = ids.iter().position(|known| known == id) else { return };
        let id = ids.remove(from);
        ids.insert(to.min(ids.len()), id);
        self.wanted.set(Some(ids));
    }

    fn commit(self) {
        let Some(wanted) = self.wanted.get_untracked() else { return };
        let as_it_is =
            self.entries.with_untracked(|all| all.iter().map(|one| one.id.clone()).collect::<Vec<_>>());
        if wanted == as_it_is {
            return self.wanted.set(None);
        }
        act_then(
            self.run,
            move |documents| {
                let id = |wanted: &String| {
                    documents.iter().find(|one| one.seen_id() == *wanted).map(|one| one.id.clone())
                };
                Some(Change::Order(wanted.iter().filter_map(id).collect()))
            },
            move || {
                let _ = self.wanted.try_set(None);
            },
        );
    }

    fn shift(self, id: &str, down: bool) {
        let ids = self.ids();
        let Some(at) = ids.iter().position(|known| known == id) else { return };
        let to = if down { at.saturating_add(1) } else { at.saturating_sub(1) };
        if to == at || to >= ids.len() {
            return;
        }
        self.put(id, to);
        self.commit();
        let name = self.entries.with_untracked(|all| {
            all.iter().find(|entry| entry.id == id).map(|entry| entry.name.clone()).unwrap_or_default()
        });
        self.run.frame.news.set(say!("document-moved", name = &name, place = to.saturating_add(1)));
        focus_soon(["[data-document='", id, "'] .handle"].concat());
    }
}

/// A change at the edge.
enum Change {
    Order(Vec<String>),
    Remove(String),
}

/// Has a draft made at DocuSign, and changes nothing in it.
pub fn make_editable(run: Run) {
    act(run, |_| None);
}

fn act(run: Run, change: impl FnOnce(&[DraftDocument]) -> Option<Change> + 'static) {
    act_then(run, change, || {});
}

/// Makes the documents editable, then changes them.
fn act_then(
    run: Run,
    change: impl FnOnce(&[DraftDocument]) -> Option<Change> + 'static,
    then: impl FnOnce() + 'static,
) {
    let edit = run.edit;
    edit.busy.set(true);
    edit.failure.set(None);
    spawn_local(async move {
        let answer = changed(run, change).await;
        // The wizard may have been closed meanwhile.
        if edit.busy.try_set(false).is_some() {
            return;
        }
        match answer {
            Ok(Some(documents)) => run.take_documents(documents),
            Ok(None) => {}
            Err(failure) => edit.failure.set(Some(failure)),
        }
        then();
    });
}

async fn changed(
    run: Run,
    change: impl FnOnce(&[DraftDocument]) -> Option<Change>,
) -> Answer<Option<Vec<DraftDocument>>> {
    let now = run.editable().await?;
    let (token, draft) = (run.frame.token(), run.id());
    let answer = match change(&now) {
        Some(Change::Order(ids)) => {
            documents::order_documents(&token, &draft, &DocumentOrder { ids }).await?
        }
        Some(Change::Remove(id)) => documents::remove_document(&token, &draft, &id).await?,
        None => return Ok(None),
    };
    Ok(Some(answer.documents))
}

fn line(list: List, entry: Entry) -> AnyView {
    let run = list.run;
    let id = StoredValue::new(entry.id.clone());
    let on_key = move |event: KeyboardEvent| {
        let down = match event.key().as_str() {
            "ArrowDown" => true,
            "ArrowUp" => false,
            _ => return,
        };
        event.prevent_default();
        id.with_value(|id| list.shift(id, down));
    };
    let on_down = move |event: PointerEvent| {
        let moved = move |y: f64| {
            let Some(id) = id.try_get_value() else { return };
            if let Some(to) = place_at(y)
                && list.ids().get(to) != Some(&id)
            {
                list.put(&id, to);
            }
        };
        let ended = move || {
            if list.dragged.try_set(None).is_none() {
                list.commit();
            }
        };
        if drag::follow(&event, moved, ended) {
            list.dragged.set(Some(id.get_value()));
        }
    };
    let source = match (&entry.from, entry.bytes) {
        (_, Some(bytes)) => say!("document-own", size = &super::size(bytes)),
        (Some(name), None) => say!("document-from", name = name),
        (None, None) => say("document-own-plain"),
    };
    let pages = entry.pages.map(|pages| say!("pages", count = pages));
    let facts = pages.into_iter().chain([source]).collect::<Vec<_>>().join(" · ");
    let remove = {
        let entry = entry.clone();
        move || {
            let label = say!("document-remove", name = &entry.name);
            let entry = entry.clone();
            (list.entries.with(Vec::len) > 1).then(|| {
                view! {
                    <button type="button" class="btn transparent square small" aria-label=label
                        on:click=move |_| ask_or_remove(list, entry.clone())>{icon("x-trash")}</button>
                }
            })
        }
    };
    let is_dragged = move || list.dragged.with(|dragged| *dragged == Some(id.get_value()));
    view! {
        <li class="line" class:is-dragged=is_dragged data-document=entry.id.clone()>
            <button type="button" class="handle" aria-label=say!("document-move", name = &entry.name)
                on:keydown=on_key on:pointerdown=on_down disabled=move || run.edit.busy.get()>{icon("x-grip")}</button>
            {icon("x-doc")}
            <span class="grow">{entry.name.clone()} <small>{facts}</small></span>
            {redrawn(remove)}
        </li>
    }
    .into_any()
}

/// The place in the list at a height of the window.
fn place_at(y: f64) -> Option<usize> {
    let lines = document().query_selector_all("[data-document]").ok()?;
    let below = |at: &u32| {
        let line = lines.item(*at).and_then(|line| line.dyn_into::<Element>().ok());
        line.is_some_and(|line| y < line.get_bounding_client_rect().bottom())
    };
    let last = lines.length().checked_sub(1)?;
    Some((0..lines.length()).find(below).unwrap_or(last) as usize)
}

/// Whether anybody has a field on it.
fn has_fields(run: Run, document: &str) -> bool {
    run.template.with_untracked(|template| {
        let Some(template) = template else { return false };
        run.draft
            .with_untracked(|draft| draft.rows.iter().any(|row| has_field(draft, template, row, document)))
    })
}

fn ask_or_remove(list: List, entry: Entry) {
    if has_fields(list.run, &entry.id) {
        list.asked.set(Some(entry));
    } else {
        remove(list.run, entry.id);
    }
}

fn remove(run: Run, id: String) {
    act(run, move |documents| {
        documents.iter().find(|one| one.seen_id() == id).map(|one| Change::Remove(one.id.clone()))
    });
    focus_soon("#add-from-template".to_owned());
}

/// Asks before fields go with a document.
fn question(list: List, entry: Entry) -> AnyView {
    let dialog = NodeRef::<html::Dialog>::new();
    request_animation_frame(move || {
        if let Some(dialog) = dialog.try_get_untracked().flatten() {
            let _ = dialog.show_modal();
        }
    });
    let id = entry.id.clone();
    view! {
        <dialog class="dialog" node_ref=dialog aria-labelledby="remove-title" on:close=move |_| list.asked.set(None)>
            <header><h2 id="remove-title">{say!("document-remove-title", name = &entry.name)}</h2></header>
            <div class="body"><p>{say("document-remove-body")}</p></div>
            <footer>
                <form method="dialog"><button class="btn">{say("document-keep")}</button></form>
                <button type="button" class="btn destructive" on:click=move |_| {
                    list.asked.set(None);
                    remove(list.run, id.clone());
                }>{say("document-remove-go")}</button>
            </footer>
        </dialog>
    }
    .into_any()
}

/// Documents that nobody signs on.
fn bare(run: Run) -> Option<AnyView> {
    let names: Vec<String> = run.template.with(|template| {
        let template = template.as_ref()?;
        run.draft.with(|draft| {
            let bare = without_fields(draft, template);
            let documents = template.documents.iter().filter(|one| bare.contains(&one.id.as_str()));
            Some(documents.map(|one| one.name.clone()).collect())
        })
    })?;
    let lines = names.into_iter().map(|name| {
        view! { <p><b>{say!("document-bare", name = &name)}</b> " " {say("document-bare-means")}</p> }
    });
    let lines = lines.collect_view();
    if lines.is_empty() {
        return None;
    }
    Some(view! { <div class="banner warning" data-testid="bare">{icon("s-declined")} <div>{lines}</div></div> }.into_any())
}
