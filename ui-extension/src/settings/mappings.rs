//! Which DocuSign field goes with which HubSpot property, for each kind of record: list, changes, file, try it.

mod attempt;
mod edit;
mod file;

use leptos::{ev::KeyboardEvent, prelude::*};
use shared::{
    error::Code,
    mapping::{
        Direction, FieldRef, Flaw, Mapping, MappingProblem, MappingSet, PropertyInfo, PropertyList,
        SaveMappings, Via,
    },
    record::ObjectType,
    settings::Saved,
};

use super::{
    board::{Board, Deed, Fetched, status},
    head,
};
use crate::{
    edge::{self, Failure},
    fault,
    icon::icon,
    json::Json,
    redraw::redrawn,
    say,
    wizard::focus_soon,
    words::say,
};

const PATH: &str = "/api/settings/mappings";

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub struct Desk {
    board: Board,
    set: Fetched<MappingSet>,
    object: RwSignal<ObjectType>,
    /// Of contact, company and deal.
    properties: [Fetched<PropertyList>; 3],
    deed: Deed,
    /// The mapping that is being added or changed.
    edited: RwSignal<Option<Mapping>>,
}

/// The word for a kind of record, on the wire and in the catalogues.
pub fn word(object: ObjectType) -> &'static str {
    match object {
        ObjectType::Contact => "contact",
        ObjectType::Company => "company",
        ObjectType::Deal => "deal",
    }
}

/// The properties of a kind of record.
pub fn properties(board: Board, object: ObjectType) -> Fetched<PropertyList> {
    Fetched::of(board, move || ["/api/settings/properties?object=", word(object)].concat())
}

impl Desk {
    fn of_kind(self, object: ObjectType) -> Fetched<PropertyList> {
        let [contact, company, deal] = self.properties;
        match object {
            ObjectType::Contact => contact,
            ObjectType::Company => company,
            ObjectType::Deal => deal,
        }
    }

    /// What HubSpot says of a property, once it is read.
    fn property(self, mapping: &Mapping) -> Option<PropertyInfo> {
        let kind = mapping.property.via.leads_to(mapping.object)?;
        let list = self.of_kind(kind).got()?;
        list.properties.into_iter().find(|one| one.name == mapping.property.name)
    }

    /// Its label, or the internal name where HubSpot has not said.
    fn label(self, mapping: &Mapping) -> String {
        match mapping.property.via {
            Via::Owner => say(&["owner-", &mapping.property.name].concat()),
            _ => self.property(mapping).map_or_else(|| mapping.property.name.clone(), |one| one.label),
        }
    }

    /// Saves the whole set after a change; `done` hears of it.
    fn save(self, change: impl FnOnce(&mut Vec<Mapping>), done: impl FnOnce() + 'static) {
        let Some(set) = untrack(|| self.set.got()) else { return };
        let mut mappings = set.mappings;
        change(&mut mappings);
        let save = SaveMappings { version: set.version, mappings };
        self.deed.run(
            |token| async move { edge::settings::put(&token, PATH, &save).await },
            move |_: Saved| {
                self.set.again();
                done();
            },
        );
    }

    /// Why the last change was not saved, with what is wrong with which mapping.
    fn refused(self) -> AnyView {
        redrawn(move || {
            self.deed.fault.get().map(|failure| {
                let known = untrack(|| self.set.got()).map(|set| set.mappings).unwrap_or_default();
                refusal(self, failure, &known)
            })
        })
    }
}

fn flaws_of(failure: &Failure) -> Vec<MappingProblem> {
    let list = match failure {
        Failure::Edge(refusal) => refusal.mappings.clone(),
        Failure::Unreachable => Json::Null,
    };
    list.read().unwrap_or_default()
}

/// `known` are the mappings that the failure may name.
fn refusal(desk: Desk, failure: Failure, known: &[Mapping]) -> AnyView {
    let action = (failure.code() == Some(Code::SettingsConflict)).then(|| {
        fault::try_again_as(say("reload"), move || {
            desk.deed.fault.set(None);
            desk.set.again();
        })
    });
    let lines = flaws_of(&failure).into_iter().map(|problem| {
        let of = known.iter().find(|one| one.id == problem.mapping).map(|one| one.field.name().to_owned());
        view! { <li>{of.map(|name| view! { <b>{name}</b> ": " })} {flaw(problem.flaw)}</li> }
    });
    view! { {fault::banner(None, &failure, action)} <ul class="stack tight flaws">{lines.collect_view()}</ul> }.into_any()
}

fn flaw(flaw: Flaw) -> String {
    say(&["mapping-", flaw.name()].concat())
}

pub fn page(board: Board) -> AnyView {
    let desk = Desk {
        board,
        set: Fetched::of(board, || PATH.to_owned()),
        object: RwSignal::new(ObjectType::Deal),
        properties: ObjectType::ALL.map(|object| properties(board, object)),
        deed: Deed::new(board),
        edited: RwSignal::new(None),
    };
    let add = view! {
        <button type="button" class="btn primary" on:click=move |_| desk.edited.set(Some(edit::fresh(desk.object.get_untracked())))>
            {icon("x-plus")} {say("mapping-add")}
        </button>
    };
    view! {
        {head("mappings", Some(add.into_any()))}
        {tabs(desk)}
        <div class="try" role="tabpanel" id="mappings-panel" aria-labelledby="tab-now">
            <div class="stack">
                // In the dialog it is told there.
                {redrawn(move || desk.edited.with(Option::is_none).then(|| desk.refused()))}
                {desk.set.shown(move |set| table(desk, set))}
                {file::actions(desk)}
            </div>
            {attempt::pane(desk)}
        </div>
        {redrawn(move || desk.edited.get().map(|mapping| edit::dialog(desk, mapping)))}
    }
    .into_any()
}

fn tabs(desk: Desk) -> AnyView {
    let step = move |event: KeyboardEvent| {
        let now = desk.object.get_untracked();
        let at = ObjectType::ALL.iter().position(|one| *one == now).unwrap_or(0);
        let to = match event.key().as_str() {
            "ArrowRight" => (at + 1) % 3,
            "ArrowLeft" => (at + 2) % 3,
            "Home" => 0,
            "End" => 2,
            _ => return,
        };
        event.prevent_default();
        if let Some(object) = ObjectType::ALL.get(to) {
            desk.object.set(*object);
            focus_soon("[role=tab][aria-selected=true]".to_owned());
        }
    };
    let tabs = ObjectType::ALL.map(|object| {
        let selected = move || desk.object.get() == object;
        view! {
            <button type="button" role="tab" aria-selected=move || selected().to_string() aria-controls="mappings-panel"
                id=move || if selected() { "tab-now".to_owned() } else { ["tab-", word(object)].concat() }
                tabindex=move || if selected() { "0" } else { "-1" } on:click=move |_| desk.object.set(object)>
                {say(&["object-", word(object)].concat())}
            </button>
        }
    });
    view! { <div class="tabs" role="tablist" aria-label=say("mappings-of") on:keydown=step>{tabs.collect_view()}</div> }
        .into_any()
}

fn table(desk: Desk, set: MappingSet) -> AnyView {
    let default = set.default;
    let rows = move || {
        let object = desk.object.get();
        let of_kind: Vec<&Mapping> = set.mappings.iter().filter(|one| one.object == object).collect();
        if of_kind.is_empty() {
            return view! { <p class="empty">{say!("mappings-empty", record = word(object))}</p> }.into_any();
        }
        let rows = of_kind.into_iter().map(|mapping| {
            let flaws: Vec<Flaw> =
                set.problems.iter().filter(|p| p.mapping == mapping.id).map(|problem| problem.flaw).collect();
            row(desk, mapping.clone(), &flaws)
        });
        view! {
            <div class="table-wrap">
                <table class="table" data-testid="mappings">
                    <caption class="sr-only">{say("subject-mappings")}</caption>
                    <thead><tr>
                        <th scope="col">{say("docusign-field")}</th>
                        <th scope="col">{say("direction")}</th>
                        <th scope="col">{say("hubspot-property")}</th>
                        <th scope="col"><span class="sr-only">{say("column-actions")}</span></th>
                    </tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        {default.then(|| view! { <p class="detail subtle">{say("mappings-default")}</p> })}
        {redrawn(rows)}
    }
    .into_any()
}

/// Which way, as icon and word.
fn direction(direction: Direction) -> AnyView {
    let (shape, looks) = match direction {
        Direction::ToDocusign => ("x-to", "direction"),
        Direction::ToHubspot => ("x-to", "direction back"),
        Direction::Both => ("x-both", "direction"),
    };
    view! { <span class=looks>{icon(shape)} <span>{say(&["direction-", direction.name()].concat())}</span></span> }.into_any()
}

fn row(desk: Desk, mapping: Mapping, flaws: &[Flaw]) -> AnyView {
    let name = mapping.field.name().to_owned();
    let id = mapping.id.clone();
    let paused = mapping.paused;
    let kind = match &mapping.field {
        FieldRef::Account { .. } => say("field-account"),
        FieldRef::Template { .. } => say("field-template"),
    };
    let sentence = say(&["sentence-", mapping.direction.name()].concat());
    let via = say(&["via-", mapping.property.via.name()].concat());
    let internal = mapping.property.name.clone();
    let shown = mapping.clone();
    let label = redrawn(move || desk.label(&shown));
    let from_record = mapping.property.via == Via::Record;
    let states = [
        paused.then(|| status("", "s-voided", say("mapping-is-paused"))),
        (!flaws.is_empty()).then(|| {
            let words = flaws.iter().map(|one| flaw(*one)).collect::<Vec<_>>().join(" ");
            status("warning", "s-declined", words)
        }),
    ];
    let labelled = |key: &str| [say(key), ": ".to_owned(), name.clone()].concat();
    let (edit_label, remove_label) = (labelled("mapping-edit"), labelled("mapping-remove"));
    let pause_key = if paused { "mapping-resume" } else { "mapping-pause" };
    let pause_label = labelled(pause_key);
    let whole = mapping.clone();
    let to_pause = id.clone();
    let pause = move || {
        let id = to_pause.clone();
        desk.save(
            move |all| {
                if let Some(one) = all.iter_mut().find(|one| one.id == id) {
                    one.paused = !paused;
                }
            },
            move || desk.board.tell(say(if paused { "mapping-resumed" } else { "mapping-paused" })),
        );
    };
    let to_remove = id.clone();
    let remove = move || {
        let id = to_remove.clone();
        desk.save(
            move |all| all.retain(|one| one.id != id),
            move || {
                desk.board.tell(say("mapping-removed"));
                focus_soon(".settings h1".to_owned());
            },
        );
    };
    view! {
        <tr data-mapping=id>
            <th scope="row">{name.clone()} <small>{kind}</small> {states.into_iter().flatten().collect_view()}</th>
            <td data-label=say("direction")><span>{direction(mapping.direction)} <small>{sentence}</small></span></td>
            <td data-label=say("hubspot-property")><span>{(!from_record).then(|| [via, " · ".to_owned()].concat())} {label} <small>{internal}</small></span></td>
            <td class="end wrap"><span class="row">
                <button type="button" class="btn small" aria-label=edit_label
                    on:click=move |_| desk.edited.set(Some(whole.clone()))>{say("mapping-edit")}</button>
                <button type="button" class="btn small" aria-label=pause_label on:click=move |_| pause()>{say(pause_key)}</button>
                <button type="button" class="btn transparent square small" aria-label=remove_label on:click=move |_| remove()>
                    {icon("x-trash")}
                </button>
            </span></td>
        </tr>
    }
    .into_any()
}
