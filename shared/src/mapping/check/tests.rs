use proptest::prelude::*;

use super::*;
use crate::mapping::{Direction, OnConflict, PropertyRef, defaults};

fn mapping(id: &str, field: &str, via: Via, property: &str, direction: Direction) -> Mapping {
    Mapping {
        id: id.into(),
        object: ObjectType::Deal,
        field: FieldRef::Account { name: field.into() },
        property: PropertyRef { via, name: property.into() },
        direction,
        conflict: OnConflict::Overwrite,
        when: Default::default(),
        paused: false,
    }
}

fn field(name: &str, kind: TabKind) -> FieldInfo {
    FieldInfo { field: FieldRef::Account { name: name.into() }, name: name.into(), kind, roles: vec![] }
}

fn property(object: ObjectType, name: &str, kind: PropertyType) -> PropertyInfo {
    PropertyInfo {
        object,
        name: name.into(),
        label: name.into(),
        kind,
        group: String::new(),
        no_write: None,
        no_read: None,
    }
}

fn fields() -> Vec<FieldInfo> {
    vec![
        field("Amount", TabKind::Number),
        field("Terms", TabKind::Text),
        field("Start", TabKind::Date),
        field("Agreed", TabKind::Checkbox),
        field("Twice", TabKind::Text),
        field("twice ", TabKind::Text),
    ]
}

fn properties() -> Vec<PropertyInfo> {
    use ObjectType::{Company, Deal};
    let flawed = |name: &str, no_write, no_read| PropertyInfo {
        no_write,
        no_read,
        ..property(Deal, name, PropertyType::Text)
    };
    vec![
        property(Deal, "amount", PropertyType::Money),
        property(Deal, "terms", PropertyType::Text),
        property(Deal, "notes", PropertyType::Text),
        property(Deal, "start", PropertyType::Date),
        property(Deal, "owner", PropertyType::Reference),
        property(Company, "name", PropertyType::Text),
        flawed("created", Some(Flaw::ReadOnly), None),
        flawed("score", Some(Flaw::Calculated), None),
        flawed("internal", Some(Flaw::Hidden), Some(Flaw::Hidden)),
        flawed("ssn", Some(Flaw::Sensitive), Some(Flaw::Sensitive)),
    ]
}

#[track_caller]
fn found(mappings: &[Mapping], expected: &[(&str, Flaw)]) {
    let known = Known { fields: Some(&fields()), properties: Some(&properties()) };
    let problems = check(mappings, &known);
    let problems: Vec<_> = problems.iter().map(|p| (p.mapping.as_str(), p.flaw)).collect();
    assert_eq!(problems, expected);
}

#[test]
fn each_flaw_of_one_mapping_is_found() {
    use Direction::{Both, ToDocusign, ToHubspot};
    let one = |field: &str, via, property: &str, direction, expected: &[Flaw]| {
        let expected: Vec<_> = expected.iter().map(|flaw| ("m", *flaw)).collect();
        found(&[mapping("m", field, via, property, direction)], &expected);
    };
    one("Amount", Via::Record, "amount", Both, &[]);
    one(" AMOUNT ", Via::Record, "amount", Both, &[]);
    one("Terms", Via::Company, "name", Both, &[]);
    one("Terms", Via::Owner, "email", ToDocusign, &[]);
    one("Gone", Via::Record, "amount", Both, &[Flaw::UnknownField]);
    one("Twice", Via::Record, "terms", ToDocusign, &[Flaw::AmbiguousField]);
    one("Terms", Via::Record, "gone", ToDocusign, &[Flaw::UnknownProperty]);
    one("Terms", Via::Company, "amount", ToDocusign, &[Flaw::UnknownProperty]);
    one("Terms", Via::Owner, "phone", ToDocusign, &[Flaw::UnknownProperty]);
    one("Terms", Via::Owner, "email", Both, &[Flaw::OwnerReadOnly]);
    one("Terms", Via::Record, "owner", ToDocusign, &[Flaw::CannotSend]);
    one("Amount", Via::Record, "start", ToDocusign, &[Flaw::CannotSend]);
    one("Start", Via::Record, "amount", Both, &[Flaw::CannotSend, Flaw::CannotWriteBack]);
    one("Terms", Via::Record, "amount", ToHubspot, &[Flaw::CannotWriteBack]);
    one("Agreed", Via::Record, "start", ToHubspot, &[Flaw::CannotWriteBack]);
    one("Terms", Via::Record, "created", ToDocusign, &[]);
    one("Terms", Via::Record, "created", ToHubspot, &[Flaw::ReadOnly]);
    one("Terms", Via::Record, "score", Both, &[Flaw::Calculated]);
    one("Terms", Via::Record, "internal", ToHubspot, &[Flaw::Hidden]);
    one("Terms", Via::Record, "ssn", ToDocusign, &[Flaw::Sensitive]);
    one("", Via::Record, "terms", ToDocusign, &[Flaw::Malformed, Flaw::UnknownField]);
    one("Terms\n", Via::Record, "terms", ToDocusign, &[Flaw::Malformed]);
    one(&"x".repeat(201), Via::Record, "terms", ToDocusign, &[Flaw::Malformed, Flaw::UnknownField]);
    let mut contact = mapping("m", "Terms", Via::Contact, "email", ToDocusign);
    contact.object = ObjectType::Contact;
    found(&[contact], &[("m", Flaw::NoSuchWay)]);
}

#[test]
fn the_later_of_two_that_collide_is_flawed() {
    use Direction::{ToDocusign, ToHubspot};
    let first = mapping("a", "Terms", Via::Record, "terms", ToDocusign);
    let second = mapping("b", " TERMS", Via::Record, "notes", ToDocusign);
    found(&[first.clone(), second.clone()], &[("b", Flaw::DuplicateField)]);
    found(&[first.clone(), Mapping { paused: true, ..second.clone() }], &[]);
    found(
        &[first.clone(), Mapping { id: "a".into(), paused: true, ..second.clone() }],
        &[("a", Flaw::Malformed)],
    );
    let company =
        Mapping { object: ObjectType::Company, ..mapping("b", "Terms", Via::Record, "name", ToDocusign) };
    found(&[first.clone(), company], &[]);
    let writes = |id, field| mapping(id, field, Via::Record, "terms", ToHubspot);
    found(
        &[writes("a", "Terms"), writes("b", "Twice")],
        &[("b", Flaw::AmbiguousField), ("b", Flaw::DuplicateProperty)],
    );
}

#[test]
fn a_value_must_not_travel_in_a_circle() {
    use Direction::{Both, ToDocusign, ToHubspot};
    let template = |id: &str, label: &str, property: &str, direction| Mapping {
        field: FieldRef::Template { label: label.into(), kind: Some(TabKind::Text) },
        ..mapping(id, "", Via::Record, property, direction)
    };
    // By itself, there and back.
    found(&[template("a", "f", "terms", Both)], &[]);
    // One way through two properties.
    found(&[template("a", "f", "terms", ToDocusign), template("b", "f", "notes", ToHubspot)], &[]);
    // And back again.
    let circle = [
        template("a", "f", "terms", ToDocusign),
        template("b", "f", "notes", ToHubspot),
        template("c", "g", "notes", ToDocusign),
        template("d", "g", "terms", ToHubspot),
    ];
    found(&circle, &["a", "b", "c", "d"].map(|id| (id, Flaw::Loop)));
    let mut opened = circle.clone();
    opened[3].paused = true;
    found(&opened, &[]);
}

#[test]
fn what_the_vendors_cannot_tell_is_not_judged() {
    let nowhere = mapping("a", "Gone", Via::Record, "gone", Direction::Both);
    assert_eq!(check(&[nowhere], &Known { fields: None, properties: None }), []);
}

#[test]
fn two_hundred_are_the_most() {
    let many: Vec<Mapping> = (0..=MAPPINGS_MAX)
        .map(|n| mapping(&n.to_string(), &format!("f{n}"), Via::Record, "terms", Direction::ToDocusign))
        .collect();
    let problems = check(&many, &Known { fields: None, properties: None });
    assert_eq!(problems, [MappingProblem { mapping: "200".into(), flaw: Flaw::TooMany }]);
}

fn any_mapping() -> impl Strategy<Value = Mapping> {
    let direction = prop::sample::select(Direction::ALL.to_vec());
    let via = prop::sample::select(Via::ALL.to_vec());
    let object = prop::sample::select(ObjectType::ALL.to_vec());
    ("[a-e]", object, "[f-i]|Terms|Amount", "[p-s]|terms|amount|name", via, direction, any::<bool>())
        .prop_map(|(id, object, field, property, via, direction, paused)| Mapping {
            object,
            paused,
            ..mapping(&id, &field, via, &property, direction)
        })
}

proptest! {
    #[test]
    fn what_is_left_when_every_flawed_mapping_is_paused_has_no_flaw(
        mut mappings in prop::collection::vec(any_mapping(), 0..12),
    ) {
        let (fields, properties) = (fields(), properties());
        let known = Known { fields: Some(&fields), properties: Some(&properties) };
        for (n, mapping) in mappings.iter_mut().enumerate() {
            mapping.id = n.to_string();
        }
        let flawed: BTreeSet<String> = check(&mappings, &known).into_iter().map(|p| p.mapping).collect();
        for mapping in mappings.iter_mut().filter(|m| flawed.contains(&m.id)) {
            mapping.paused = true;
        }
        prop_assert_eq!(check(&mappings, &known), []);
    }

    #[test]
    fn no_set_of_mappings_sends_one_field_twice(mappings in prop::collection::vec(any_mapping(), 0..12)) {
        let known = Known { fields: None, properties: None };
        if check(&mappings, &known).is_empty() {
            let sent = mappings.iter().filter(|m| !m.paused && m.direction.to_docusign());
            let keys: Vec<_> = sent.map(|m| (m.object, m.field.key())).collect();
            let once: BTreeSet<_> = keys.iter().cloned().collect();
            prop_assert_eq!(keys.len(), once.len());
        }
    }

    #[test]
    fn the_defaults_stay_good_whatever_is_added_and_paused(more in prop::collection::vec(any_mapping(), 0..6)) {
        let mut all = defaults();
        let count = all.len();
        all.extend(more.into_iter().enumerate().map(|(n, m)| Mapping { id: format!("x{n}"), paused: true, ..m }));
        let problems = check(&all, &Known { fields: None, properties: None });
        prop_assert!(problems.is_empty(), "{count}: {problems:?}");
    }
}
