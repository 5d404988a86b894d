//! What the portal's mappings say of a tab: they go before what its `HS ` name asks for.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    mapping::{FieldRef, Mapping, OWNER_PROPERTIES, Via},
    merge::{
        asked::{Asked, CURRENCY_PROPERTY, Definition, account_name, asked},
        value::{Property, PropertyKind},
    },
    record::ObjectType,
    tab::Tab,
    template::Template,
};

/// The mapping that a tab is filled by. One of the template's own label goes before one of the custom field.
/// `mappings` are those of the record's kind that travel to DocuSign and are not paused.
pub(crate) fn mapped<'m>(
    tab: &Tab,
    definitions: &[Definition],
    mappings: &'m [Mapping],
) -> Option<&'m Mapping> {
    if !tab.kind.takes_value() {
        return None;
    }
    let by_label =
        mappings.iter().find(|m| matches!(&m.field, FieldRef::Template { label, .. } if *label == tab.label));
    by_label.or_else(|| {
        let key = FieldRef::Account { name: account_name(tab, definitions).to_owned() }.key();
        mappings.iter().find(|m| !key.1.is_empty() && m.field.key() == key)
    })
}

/// What an owner has, as properties. The kind of record says nothing there.
pub fn owner_properties() -> Vec<Property> {
    let labels = ["Owner name", "Owner first name", "Owner last name", "Owner email"];
    OWNER_PROPERTIES
        .into_iter()
        .zip(labels)
        .map(|(name, label)| Property {
            object: ObjectType::Contact,
            name: name.to_owned(),
            label: label.to_owned(),
            kind: PropertyKind::Text,
        })
        .collect()
}

/// The property that a mapping names, if there is one.
pub(crate) fn property_of<'p>(
    mapping: &Mapping,
    properties: &'p [Property],
    owner: &'p [Property],
) -> Option<&'p Property> {
    let name = &mapping.property.name;
    match mapping.property.via {
        Via::Owner => owner.iter().find(|p| p.name == *name),
        via => {
            let object = via.leads_to(mapping.object)?;
            properties.iter().find(|p| p.object == object && p.name == *name)
        }
    }
}

/// The properties to read of each record, and no others. Of an owner everything is read at once.
pub fn properties_asked(
    template: &Template,
    definitions: &[Definition],
    mappings: &[Mapping],
    object: ObjectType,
    properties: &[Property],
) -> BTreeMap<Via, BTreeSet<String>> {
    let mut wanted: BTreeMap<Via, BTreeSet<String>> = BTreeMap::new();
    for tab in &template.tabs {
        let (via, property) = match mapped(tab, definitions, mappings) {
            Some(mapping) => (mapping.property.via, property_of(mapping, properties, &[])),
            None => match asked(tab, definitions, properties) {
                Asked::Of(asked, property) if asked == object => (Via::Record, property),
                _ => continue,
            },
        };
        let names = wanted.entry(via).or_default();
        let Some(property) = property else { continue };
        names.insert(property.name.clone());
        if property.object == ObjectType::Deal && property.kind == PropertyKind::Money {
            names.insert(CURRENCY_PROPERTY.to_owned());
        }
    }
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        draft::sample::template,
        mapping::{Direction, OnConflict, PropertyRef, defaults},
        merge::{
            RecordValues, Sources, State, fields,
            sample::{deal, definition, properties, record, tab, wording},
            ways_asked,
        },
        tab::TabKind,
    };

    fn mapping(field: FieldRef, via: Via, property: &str) -> Mapping {
        Mapping {
            id: property.into(),
            object: ObjectType::Deal,
            field,
            property: PropertyRef { via, name: property.into() },
            direction: Direction::ToDocusign,
            conflict: OnConflict::Overwrite,
            when: Default::default(),
            paused: false,
        }
    }

    fn account(name: &str) -> FieldRef {
        FieldRef::Account { name: name.into() }
    }

    fn label(label: &str) -> FieldRef {
        FieldRef::Template { label: label.into(), kind: None }
    }

    fn company_property(name: &str) -> Property {
        Property {
            object: ObjectType::Company,
            name: name.into(),
            label: format!("Company {name}"),
            kind: PropertyKind::Text,
        }
    }

    fn made(tabs: Vec<Tab>, mappings: &[Mapping], records: &[RecordValues]) -> Vec<(State, String)> {
        let definitions = [definition("d1", "HS Deal amount", "hs_deal_amount")];
        let mut all = properties();
        all.extend([company_property("city"), company_property("name")]);
        let sources = Sources {
            definitions: &definitions,
            mappings,
            properties: &all,
            records,
            wording: wording("en"),
        };
        fields(&Template { tabs, ..template() }, &sources).into_iter().map(|f| (f.state, f.value)).collect()
    }

    #[track_caller]
    fn check(tab: Tab, mappings: &[Mapping], expected: (State, &str)) {
        let company = RecordValues {
            via: Via::Company,
            ..record(ObjectType::Company, &[("city", "Aarhus"), ("name", "Nordhavn")])
        };
        let owner = RecordValues { via: Via::Owner, ..record(ObjectType::Deal, &[("email", "o@x.example")]) };
        let found = made(vec![tab], mappings, &[deal(), company, owner]);
        assert_eq!(found, [(expected.0, expected.1.to_owned())]);
    }

    #[test]
    fn a_mapping_goes_before_the_name_of_a_field() {
        let text = |label: &str| tab(TabKind::Text, label);
        let amount = Tab { custom_id: Some("d1".into()), ..text("Text 1") };
        check(text("hs_deal_dealname"), &[], (State::Filled, "Harbour cranes"));
        let city = |field| [mapping(field, Via::Company, "city")];
        check(text("hs_deal_dealname"), &city(label("hs_deal_dealname")), (State::Filled, "Aarhus"));
        check(amount.clone(), &city(account(" hs deal AMOUNT")), (State::Filled, "Aarhus"));
        check(
            Tab { name: "Town".into(), ..text("Text 9") },
            &city(account("Town")),
            (State::Filled, "Aarhus"),
        );
        let both = [
            mapping(account("HS Deal amount"), Via::Company, "name"),
            mapping(label("Text 1"), Via::Company, "city"),
        ];
        check(amount, &both, (State::Filled, "Aarhus"));
        check(text("x"), &[mapping(label("x"), Via::Owner, "email")], (State::Filled, "o@x.example"));
        check(text("x"), &[mapping(label("x"), Via::Owner, "name")], (State::Missing, ""));
        check(text("x"), &[mapping(label("x"), Via::Company, "gone")], (State::Unknown, ""));
        check(text("x"), &[mapping(label("x"), Via::Contact, "email")], (State::Unknown, ""));
    }

    #[test]
    fn a_value_of_the_template_is_kept_where_the_mapping_says_so() {
        let own = Tab { value: "to be agreed".into(), ..tab(TabKind::Text, "x") };
        let overwrite = mapping(label("x"), Via::Company, "city");
        let keep = Mapping { conflict: OnConflict::Keep, ..overwrite.clone() };
        check(own.clone(), &[overwrite], (State::Filled, "Aarhus"));
        check(own, std::slice::from_ref(&keep), (State::Filled, "to be agreed"));
        check(tab(TabKind::Text, "x"), &[keep], (State::Filled, "Aarhus"));
    }

    #[test]
    fn a_deal_without_a_company_leaves_its_fields_missing() {
        let found =
            made(vec![tab(TabKind::Text, "x")], &[mapping(label("x"), Via::Company, "city")], &[deal()]);
        assert_eq!(found, [(State::Missing, String::new())]);
    }

    #[test]
    fn only_the_records_that_are_named_are_read() {
        let tabs = ["hs_deal_amount", "x", "y"].map(|label| tab(TabKind::Text, label)).to_vec();
        let template = Template { tabs, ..template() };
        let mappings = [mapping(label("x"), Via::Company, "city"), mapping(label("y"), Via::Owner, "email")];
        let ways = ways_asked(&template, &[], &mappings, ObjectType::Deal);
        assert_eq!(ways.into_iter().collect::<Vec<_>>(), [Via::Record, Via::Company, Via::Owner]);
        assert!(ways_asked(&template, &[], &[], ObjectType::Company).is_empty());
        let mut all = properties();
        all.push(company_property("city"));
        let wanted = properties_asked(&template, &[], &mappings, ObjectType::Deal, &all);
        let shown: Vec<_> = wanted
            .into_iter()
            .map(|(via, names)| (via, names.into_iter().collect::<Vec<_>>().join(",")))
            .collect();
        assert_eq!(
            shown,
            [
                (Via::Record, "amount,deal_currency_code".to_owned()),
                (Via::Company, "city".to_owned()),
                (Via::Owner, String::new()),
            ]
        );
    }

    #[test]
    fn the_defaults_fill_a_deals_company_fields_from_its_company() {
        let mut mappings = defaults();
        mappings.retain(|m| m.object == ObjectType::Deal);
        let city = Tab { name: "HS Company city".into(), ..tab(TabKind::Text, "Text 5") };
        check(city, &mappings, (State::Filled, "Aarhus"));
    }
}
