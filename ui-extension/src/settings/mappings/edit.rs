//! Adds or changes a mapping, in a dialog: the field, whose property, which one, which way, and what wins.

use leptos::prelude::*;
use shared::{
    mapping::{
        Direction, FieldInfo, FieldList, FieldRef, Flaw, Mapping, OWNER_PROPERTIES, OnConflict, PropertyInfo,
        PropertyRef, Via, WriteTime,
    },
    record::ObjectType,
};

use super::{
    super::{
        board::Fetched,
        choose::{Chooser, Offer, chooser},
        dialog, form,
    },
    Desk, flaw, word,
};
use crate::{redraw::redrawn, say, words::say};

/// A mapping that is still to be filled in.
pub fn fresh(object: ObjectType) -> Mapping {
    Mapping {
        id: window().crypto().map(|crypto| crypto.random_uuid()).unwrap_or_default(),
        object,
        field: FieldRef::Account { name: String::new() },
        property: PropertyRef { via: Via::Record, name: String::new() },
        direction: Direction::ToDocusign,
        conflict: OnConflict::Overwrite,
        when: Default::default(),
        paused: false,
    }
}

/// What kind of field it is, for people.
fn kind_words(field: &FieldInfo) -> String {
    let kind = field.kind.array_name();
    let known = [
        "textTabs",
        "numberTabs",
        "numericalTabs",
        "dateTabs",
        "emailTabs",
        "checkboxTabs",
        "listTabs",
        "radioGroupTabs",
    ];
    match known.contains(&kind) {
        true => say(&["tab-", kind].concat()),
        false => say("tab-other"),
    }
}

fn field_offer(field: &FieldInfo) -> Offer {
    let place = match field.field {
        FieldRef::Account { .. } => say("field-account"),
        FieldRef::Template { .. } => say!("field-of-roles", names = &field.roles.join(", ")),
    };
    Offer {
        value: value_of(&field.field),
        label: field.name.clone(),
        second: [kind_words(field), place].join(" · "),
        can: true,
    }
}

/// A field as an offer's value: a letter for where it is from, and its name.
fn value_of(field: &FieldRef) -> String {
    match field {
        FieldRef::Account { name } => name.clone(),
        FieldRef::Template { label, .. } => ["\u{1}", label].concat(),
    }
}

fn property_offer(property: &PropertyInfo, direction: Direction) -> Offer {
    let refused: Option<Flaw> = direction
        .to_docusign()
        .then_some(property.no_read)
        .flatten()
        .or(direction.to_hubspot().then_some(property.no_write).flatten());
    let kind = say(&["holds-", kind_name(property)].concat());
    let second = match refused {
        Some(reason) => flaw(reason),
        None => [kind, property.name.clone(), property.group.clone()].join(" · "),
    };
    Offer { value: property.name.clone(), label: property.label.clone(), second, can: refused.is_none() }
}

fn kind_name(property: &PropertyInfo) -> &'static str {
    use shared::mapping::PropertyType as Type;
    match property.kind {
        Type::Text => "text",
        Type::Number => "number",
        Type::Money => "money",
        Type::YesNo => "yes-no",
        Type::Date => "date",
        Type::DateTime => "date-time",
        Type::Options => "options",
        Type::Reference => "reference",
    }
}

pub fn dialog(desk: Desk, mapping: Mapping) -> AnyView {
    let object = mapping.object;
    let is_new = mapping.field.name().is_empty();
    let template = RwSignal::new(None::<String>);
    let account = Fetched::<FieldList>::of(desk.board, || "/api/settings/fields".to_owned());
    let of_template = RwSignal::new(None::<Fetched<FieldList>>);
    Effect::new(move |_| {
        if let Some(id) = template.get() {
            let path = ["/api/settings/fields?template=", &crate::edge::settings::part(&id)].concat();
            of_template.set(Some(Fetched::of(desk.board, move || path.clone())));
        }
    });
    let fields = Signal::derive(move || {
        let mut all = account.got().map(|list| list.fields).unwrap_or_default();
        if let Some(list) = of_template.get().and_then(Fetched::got) {
            all.extend(list.fields);
        }
        all
    });
    let field = RwSignal::new((!is_new).then(|| value_of(&mapping.field)));
    let via = RwSignal::new(mapping.property.via);
    let property = RwSignal::new((!is_new).then(|| mapping.property.name.clone()));
    let direction = RwSignal::new(mapping.direction);
    let conflict = RwSignal::new(mapping.conflict);
    let when = RwSignal::new(mapping.when);
    let asked = RwSignal::new(false);

    let field_offers =
        Signal::derive(move || fields.with(|all| all.iter().map(field_offer).collect::<Vec<_>>()));
    let property_offers = Signal::derive(move || match via.get().leads_to(object) {
        None => OWNER_PROPERTIES
            .iter()
            .map(|name| Offer {
                value: (*name).to_owned(),
                label: say(&["owner-", name].concat()),
                second: (*name).to_owned(),
                can: true,
            })
            .collect::<Vec<_>>(),
        Some(kind) => {
            let list = desk.of_kind(kind).got().map(|list| list.properties).unwrap_or_default();
            list.iter().map(|one| property_offer(one, direction.get())).collect()
        }
    });
    let awaited = |state: Option<bool>| match state {
        None => Some(say("settings-loading")),
        Some(false) => Some(say("choose-failed")),
        Some(true) => None,
    };
    let fields_instead = Signal::derive(move || {
        awaited(account.state.with(|state| state.as_ref().map(Result::is_ok)))
            .filter(|_| fields.with(Vec::is_empty))
    });
    let properties_instead = Signal::derive(move || {
        let kind = via.get().leads_to(object)?;
        awaited(desk.of_kind(kind).state.with(|state| state.as_ref().map(Result::is_ok)))
    });
    let save = move || {
        asked.set(true);
        let (Some(chosen), Some(name)) = (field.get_untracked(), property.get_untracked()) else {
            return crate::wizard::focus_soon("dialog [aria-invalid=true]".to_owned());
        };
        let known =
            fields.with_untracked(|all| all.iter().find(|one| value_of(&one.field) == chosen).cloned());
        let before = (value_of(&mapping.field) == chosen && !is_new).then(|| mapping.field.clone());
        let field =
            known.map(|one| one.field).or(before).unwrap_or_else(|| match chosen.strip_prefix('\u{1}') {
                Some(label) => FieldRef::Template { label: label.to_owned(), kind: None },
                None => FieldRef::Account { name: chosen.clone() },
            });
        let changed = Mapping {
            field,
            property: PropertyRef { via: via.get_untracked(), name },
            direction: direction.get_untracked(),
            conflict: conflict.get_untracked(),
            when: when.get_untracked(),
            ..mapping.clone()
        };
        desk.save(
            move |all| match all.iter_mut().find(|one| one.id == changed.id) {
                Some(one) => *one = changed,
                None => all.push(changed),
            },
            move || {
                dialog::close();
                desk.board.tell(say("mapping-saved"));
            },
        );
    };
    let ways = Via::of(object).into_iter().map(|one| {
        let words = if one == Via::Record {
            ["object-", word(object)].concat()
        } else {
            ["via-", one.name()].concat()
        };
        (one.name().to_owned(), say(&words))
    });
    let choose_via = move |value: String| {
        if let Some(one) = Via::ALL.into_iter().find(|one| one.name() == value) {
            via.set(one);
            property.set(None);
        }
    };
    let directions = Direction::ALL.map(|one| {
        view! {
            <label class="check">
                <input type="radio" name="direction" prop:checked=move || direction.get() == one on:change=move |_| direction.set(one)/>
                <span>{say(&["direction-", one.name()].concat())} <small>{say(&["sentence-", one.name()].concat())}</small></span>
            </label>
        }
    });
    let conflicts =
        vec![("overwrite".to_owned(), say("conflict-overwrite")), ("keep".to_owned(), say("conflict-keep"))];
    let conflict_now =
        if conflict.get_untracked() == OnConflict::Keep { "keep" } else { "overwrite" }.to_owned();
    let missing = move |what: RwSignal<Option<String>>| {
        Signal::derive(move || asked.get() && what.with(Option::is_none))
    };
    let body = view! {
        {chooser(say("docusign-field"), Chooser {
            id: "mapping-field",
            offers: field_offers,
            chosen: field,
            free: Some("field-called"),
            instead: fields_instead,
            typed: None,
            invalid: missing(field),
        })}
        {super::attempt::template_chooser(desk.board, "mapping-template", say("fields-of-template"), template, Signal::stored(false))}
        <div class="formrow">
            {form::select("mapping-via", say("whose-property"), ways.collect(), via.get_untracked().name().to_owned(), choose_via)}
            {chooser(say("hubspot-property"), Chooser {
                id: "mapping-property",
                offers: property_offers,
                chosen: property,
                free: None,
                instead: properties_instead,
                typed: None,
                invalid: missing(property),
            })}
        </div>
        <fieldset class="stack tight"><legend>{say("direction")}</legend> {directions.collect_view()}</fieldset>
        {form::select("mapping-conflict", say("conflict"), conflicts, conflict_now, move |value| {
            conflict.set(if value == "keep" { OnConflict::Keep } else { OnConflict::Overwrite });
        })}
        {redrawn(move || direction.get().to_hubspot().then(|| {
            let times = WriteTime::ALL.map(|one| (one.name().to_owned(), say(&["when-", one.name()].concat())));
            let now = when.get_untracked().name().to_owned();
            form::select("mapping-when", say("when-written"), times.into(), now, move |value| {
                when.set(if value == WriteTime::Signed.name() { WriteTime::Signed } else { WriteTime::Completed });
            })
        }))}
        {redrawn(move || (asked.get() && (field.with(Option::is_none) || property.with(Option::is_none))).then(|| {
            view! { <p role="alert" class="missing">{say("mapping-incomplete")}</p> }
        }))}
        {desk.refused()}
    };
    let footer = view! { {dialog::cancel(say("cancel"))} {desk.deed.button("btn primary", say("mapping-save"), save)} };
    let title = say(if is_new { "mapping-add-title" } else { "mapping-edit-title" });
    let closed = move || {
        desk.deed.fault.set(None);
        desk.edited.set(None);
    };
    dialog::dialog("broad", title, closed, body.into_any(), footer.into_any())
}
