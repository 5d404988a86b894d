//! A deal of a portal two hours ahead of UTC, with properties of every kind, for the tests of merging.

use std::collections::BTreeMap;

use super::{Day, Definition, Property, PropertyKind, RecordValues, Wording};
use crate::{
    mapping::Via,
    record::ObjectType,
    tab::{Tab, TabKind},
    time::Timestamp,
};

pub(crate) fn english() -> Wording<'static> {
    wording("en")
}

pub(crate) fn wording(language: &'static str) -> Wording<'static> {
    fn two_hours_ahead(at: Timestamp) -> Day {
        Day::utc(at.plus_seconds(7200).0)
    }
    Wording { language, local_day: &two_hours_ahead }
}

/// A deal's property; its label is its name with a capital.
pub(crate) fn property(name: &str, kind: PropertyKind) -> Property {
    let mut label = name.replace('_', " ");
    if let Some(first) = label.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    Property { object: ObjectType::Deal, name: name.into(), label, kind }
}

pub(crate) fn properties() -> Vec<Property> {
    let options = PropertyKind::Options(vec![
        ("net14".into(), "14 days net".into()),
        ("net30".into(), "30 days net".into()),
    ]);
    vec![
        property("dealname", PropertyKind::Text),
        property("amount", PropertyKind::Money),
        Property { label: "Close date".into(), ..property("closedate", PropertyKind::DateTime) },
        property("renewal_date", PropertyKind::Date),
        property("discount_percent", PropertyKind::Number),
        property("auto_renews", PropertyKind::Bool),
        property("payment_terms", options),
        property("hubspot_owner_id", PropertyKind::Reference),
    ]
}

pub(crate) fn record(object: ObjectType, values: &[(&str, &str)]) -> RecordValues {
    let values: BTreeMap<String, String> =
        values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    RecordValues { via: Via::Record, object, values, currency: Some("EUR".into()) }
}

pub(crate) fn deal() -> RecordValues {
    record(
        ObjectType::Deal,
        &[
            ("dealname", "Harbour cranes"),
            ("amount", "12500.5"),
            ("closedate", "2026-12-31T22:30:00.000Z"),
            ("discount_percent", "7.25"),
            ("auto_renews", "true"),
            ("payment_terms", "net30"),
            ("hubspot_owner_id", "4711"),
        ],
    )
}

pub(crate) fn definition(id: &str, name: &str, label: &str) -> Definition {
    Definition { id: id.into(), name: name.into(), label: label.into() }
}

/// A tab of the template's first role with a label of its own and nothing else said.
pub(crate) fn tab(kind: TabKind, label: &str) -> Tab {
    Tab {
        id: format!("id of {label}"),
        kind,
        label: label.into(),
        name: String::new(),
        custom_id: None,
        value: String::new(),
        locked: false,
        template_locked: false,
        required: false,
        sender_required: false,
        recipient: "1".into(),
        document: "1".into(),
        place: None,
        choices: Vec::new(),
    }
}
