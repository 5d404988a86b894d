//! The custom fields in DocuSign that template authors drag in and that are filled from HubSpot: make them, add to
//! them, and what came of it.

use leptos::prelude::*;
use shared::{
    mapping::PropertyList,
    record::ObjectType,
    settings::hs_fields::{
        ADDED_MAX, CreateHsFields, HsField, HsFieldLine, HsFieldOutcome, HsFields, HsFieldsReport,
        PropertyChoice,
    },
};

use super::{
    board::{Board, Deed, Fetched, status},
    choose::{Chooser, Offer, chooser},
    form, head,
    mappings::{properties, word},
};
use crate::{
    edge::{self, Failure},
    fault,
    icon::icon,
    redraw::redrawn,
    say,
    times::when,
    words::say,
};

const PATH: &str = "/api/settings/hs-fields";

pub fn page(board: Board) -> AnyView {
    let fields = Fetched::<HsFields>::of(board, || PATH.to_owned());
    let added = RwSignal::new(Vec::<(PropertyChoice, String)>::new());
    let deed = Deed::new(board);
    let make = move || {
        let add = added.get_untracked().into_iter().map(|(choice, _)| choice).collect();
        deed.run(
            |token| async move { edge::settings::post(&token, PATH, &CreateHsFields { add }).await },
            move |_: HsFieldsReport| {
                added.set(Vec::new());
                fields.again();
                board.tell(say("hs-fields-done"));
            },
        );
    };
    view! {
        {head("hs-fields", Some(deed.button("btn primary", say("hs-fields-make"), make)))}
        {deed.told()}
        {fields.shown(move |known| view! {
            {known.last.map(|last| report(board, last))}
            {list(&known.standard, &known.added)}
        }.into_any())}
        {adding(board, added)}
    }
    .into_any()
}

fn report(board: Board, report: HsFieldsReport) -> AnyView {
    let count = |wanted: fn(&HsFieldOutcome) -> bool| {
        report.lines.iter().filter(|line| wanted(&line.outcome)).count()
    };
    let created = count(|one| matches!(one, HsFieldOutcome::Created));
    let kept = count(|one| matches!(one, HsFieldOutcome::Kept | HsFieldOutcome::Updated));
    let failed = count(|one| matches!(one, HsFieldOutcome::Failed { .. }));
    let mut lines = report.lines.clone();
    shared::sorted::by_number(&mut lines, |line| {
        u64::from(!matches!(line.outcome, HsFieldOutcome::Failed { .. }))
    });
    // One reason holds for many fields as a rule; it is said once, with who can do something about it.
    let mut codes = Vec::new();
    for line in &lines {
        if let HsFieldOutcome::Failed { code } = line.outcome
            && !codes.contains(&code)
        {
            codes.push(code);
        }
    }
    let reasons = codes
        .into_iter()
        .map(|code| fault::banner(Some(say("hs-failed-some")), &Failure::Edge(Box::new(code.into())), None));
    let rows = lines.into_iter().map(|HsFieldLine { name, outcome }| {
        let state = match outcome {
            HsFieldOutcome::Created => status("success", "s-done", say("hs-created")),
            HsFieldOutcome::Kept => status("", "check", say("hs-kept")),
            HsFieldOutcome::Updated => status("success", "s-done", say("hs-updated")),
            HsFieldOutcome::Failed { .. } => status("danger", "s-declined", say("hs-failed")),
        };
        view! { <tr><th scope="row">{name}</th> <td data-label=say("column-result")>{state}</td></tr> }
    });
    view! {
        <section class="stack tight" data-testid="hs-report">
            <h2 class="as-h4">{say("hs-last")}</h2>
            <p>{say!("hs-summary", count = created, shown = kept, total = failed)}</p>
            <p class="detail subtle">{when(report.at, board.frame.now.into())} " · " {report.by} " · " {report.account_name}</p>
            {reasons.collect_view()}
            <div class="table-wrap">
                <table class="table">
                    <caption class="sr-only">{say("hs-last")}</caption>
                    <thead><tr><th scope="col">{say("docusign-field")}</th><th scope="col">{say("column-result")}</th></tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn list(standard: &[HsField], added: &[HsField]) -> AnyView {
    let lines = |fields: &[HsField]| {
        fields.iter().map(|field| view! { <li>{field.name.clone()}</li> }).collect_view()
    };
    view! {
        <details class="disclosure">
            <summary>{icon("right")} <span>{say!("hs-which", count = standard.len().saturating_add(added.len()))}</span></summary>
            <ul class="names">{lines(standard)} {lines(added)}</ul>
        </details>
    }
    .into_any()
}

/// Properties that shall have a field, too.
fn adding(board: Board, added: RwSignal<Vec<(PropertyChoice, String)>>) -> AnyView {
    let object = RwSignal::new(ObjectType::Deal);
    let chosen = RwSignal::new(None::<String>);
    let lists = RwSignal::new(None::<Fetched<PropertyList>>);
    Effect::new(move |_| lists.set(Some(properties(board, object.get()))));
    let offers = Signal::derive(move || {
        let known = lists.get().and_then(Fetched::got).map(|list| list.properties).unwrap_or_default();
        let offers = known.into_iter().map(|one| Offer {
            can: one.no_read.is_none(),
            second: match one.no_read {
                Some(reason) => say(&["mapping-", reason.name()].concat()),
                None => [one.name.as_str(), " · ", &one.group].concat(),
            },
            value: one.name,
            label: one.label,
        });
        offers.collect::<Vec<_>>()
    });
    let instead = Signal::derive(move || {
        let state = lists.get().and_then(|list| list.state.with(|state| state.as_ref().map(Result::is_ok)));
        match state {
            None => Some(say("settings-loading")),
            Some(false) => Some(say("choose-failed")),
            Some(true) => None,
        }
    });
    let add = move |_| {
        let Some(property) = chosen.get_untracked() else {
            return crate::wizard::focus_soon("#hs-property".to_owned());
        };
        let label = offers
            .with_untracked(|all| all.iter().find(|one| one.value == property).map(|one| one.label.clone()));
        let choice = PropertyChoice { object: object.get_untracked(), property };
        added.update(|all| {
            if all.len() < ADDED_MAX && !all.iter().any(|(known, _)| *known == choice) {
                all.push((choice, label.unwrap_or_default()));
            }
        });
        chosen.set(None);
    };
    let kinds = ObjectType::ALL.map(|one| (word(one).to_owned(), say(&["object-", word(one)].concat())));
    let choose = move |value: String| {
        if let Some(one) = ObjectType::ALL.into_iter().find(|one| word(*one) == value) {
            object.set(one);
            chosen.set(None);
        }
    };
    let lines = move || {
        let lines = added.get().into_iter().enumerate().map(|(place, (choice, label))| {
            let spoken = [say("mapping-remove"), ": ".to_owned(), label.clone()].concat();
            view! {
                <li class="row">
                    <span>{say(&["object-", word(choice.object)].concat())} " · " {label}</span>
                    <button type="button" class="btn transparent square small" aria-label=spoken on:click=move |_| {
                        added.update(|all| {
                            all.remove(place);
                        });
                    }>{icon("close")}</button>
                </li>
            }
        });
        lines.collect_view()
    };
    view! {
        <section class="card stack">
            <h2 class="as-h4">{say("hs-add")}</h2>
            <p class="detail subtle">{say("hs-add-help")}</p>
            <div class="formrow">
                {form::select("hs-object", say("hs-object"), kinds.to_vec(), "deal".to_owned(), choose)}
                {chooser(say("hubspot-property"), Chooser {
                    id: "hs-property",
                    offers,
                    chosen,
                    free: None,
                    instead,
                    typed: None,
                    invalid: Signal::stored(false),
                })}
                <div><button type="button" class="btn" on:click=add>{icon("x-plus")} {say("hs-add-now")}</button></div>
            </div>
            <ul class="stack tight" data-testid="hs-added">{redrawn(lines)}</ul>
            {redrawn(move || added.with(|all| !all.is_empty()).then(|| view! { <p class="detail subtle">{say("hs-add-then")}</p> }))}
        </section>
    }
    .into_any()
}
