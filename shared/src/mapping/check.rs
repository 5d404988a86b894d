//! What is wrong with a set of mappings.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    FieldInfo, FieldRef, Flaw, MAPPINGS_MAX, Mapping, MappingProblem, NAME_MAX_CHARS, OWNER_PROPERTIES,
    PropertyInfo, PropertyType, Via,
};
use crate::{record::ObjectType, tab::TabKind};

/// What the vendors have; `None` where they could not be asked, and what hangs on it is not judged.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The account's custom fields.
    pub fields: Option<&'a [FieldInfo]>,
    /// The properties of all three kinds of record.
    pub properties: Option<&'a [PropertyInfo]>,
}

/// Every flaw of every mapping, in their order. A mapping that is paused is only held to be well formed: so
/// something can be put aside when HubSpot or DocuSign changed under it.
pub fn check(mappings: &[Mapping], known: &Known<'_>) -> Vec<MappingProblem> {
    let mut problems = Vec::new();
    let mut ids = BTreeSet::new();
    let looping = looping(mappings);
    for (at, mapping) in mappings.iter().enumerate() {
        let mut flaws = BTreeSet::new();
        if !is_well_formed(mapping) || !ids.insert(mapping.id.as_str()) {
            flaws.insert(Flaw::Malformed);
        }
        if at >= MAPPINGS_MAX {
            flaws.insert(Flaw::TooMany);
        }
        if !mapping.paused {
            of_one(mapping, known, &mut flaws);
            beside_others(mapping, mappings.get(..at).unwrap_or_default(), &mut flaws);
            if looping.contains(&at) {
                flaws.insert(Flaw::Loop);
            }
        }
        problems.extend(flaws.into_iter().map(|flaw| MappingProblem { mapping: mapping.id.clone(), flaw }));
    }
    problems
}

fn is_well_formed(mapping: &Mapping) -> bool {
    [mapping.id.as_str(), mapping.field.name(), &mapping.property.name].into_iter().all(|text| {
        let length = text.trim().chars().count();
        (1..=NAME_MAX_CHARS).contains(&length) && !text.chars().any(char::is_control)
    })
}

fn of_one(mapping: &Mapping, known: &Known<'_>, flaws: &mut BTreeSet<Flaw>) {
    let kind = field_kind(mapping, known, flaws);
    let Some(property) = property(mapping, known, flaws) else { return };
    if mapping.direction.to_docusign() {
        flaws.extend(property.no_read);
        if property.no_read.is_none() && kind.as_ref().is_some_and(|kind| !can_send(property.kind, kind)) {
            flaws.insert(Flaw::CannotSend);
        }
    }
    if mapping.direction.to_hubspot() {
        flaws.extend(property.no_write);
        if property.no_write.is_none() && kind.as_ref().is_some_and(|k| !can_write_back(k, property.kind)) {
            flaws.insert(Flaw::CannotWriteBack);
        }
    }
}

/// What kind of field it is, where that is known.
fn field_kind(mapping: &Mapping, known: &Known<'_>, flaws: &mut BTreeSet<Flaw>) -> Option<TabKind> {
    let FieldRef::Template { kind, .. } = &mapping.field else {
        let key = mapping.field.key();
        let mut found = known.fields?.iter().filter(|field| field.field.key() == key);
        let first = found.next();
        if first.is_none() {
            flaws.insert(Flaw::UnknownField);
        }
        if found.next().is_some() {
            flaws.insert(Flaw::AmbiguousField);
        }
        return first.map(|field| field.kind.clone());
    };
    kind.clone()
}

struct Judged {
    kind: PropertyType,
    no_read: Option<Flaw>,
    no_write: Option<Flaw>,
}

fn property(mapping: &Mapping, known: &Known<'_>, flaws: &mut BTreeSet<Flaw>) -> Option<Judged> {
    let name = mapping.property.name.as_str();
    if mapping.property.via == Via::Owner {
        if !OWNER_PROPERTIES.contains(&name) {
            flaws.insert(Flaw::UnknownProperty);
        }
        let no_write = Some(Flaw::OwnerReadOnly);
        return Some(Judged { kind: PropertyType::Text, no_read: None, no_write });
    }
    let Some(object) = mapping.property.via.leads_to(mapping.object) else {
        flaws.insert(Flaw::NoSuchWay);
        return None;
    };
    let found = known.properties?.iter().find(|p| p.object == object && p.name == name);
    if found.is_none() {
        flaws.insert(Flaw::UnknownProperty);
    }
    found.map(|p| Judged { kind: p.kind, no_read: p.no_read, no_write: p.no_write })
}

/// The earlier one is right: the later one is flawed.
fn beside_others(mapping: &Mapping, earlier: &[Mapping], flaws: &mut BTreeSet<Flaw>) {
    let live = || earlier.iter().filter(|other| !other.paused && other.object == mapping.object);
    let sends = |m: &Mapping| m.direction.to_docusign();
    if sends(mapping) && live().any(|other| sends(other) && other.field.key() == mapping.field.key()) {
        flaws.insert(Flaw::DuplicateField);
    }
    let writes = |m: &Mapping| m.direction.to_hubspot();
    if writes(mapping) && live().any(|other| writes(other) && other.property == mapping.property) {
        flaws.insert(Flaw::DuplicateProperty);
    }
}

/// A property wherever it is reached from; an owner's is as good as any.
type Node<'a> = (Option<ObjectType>, &'a str);

fn node(mapping: &Mapping) -> Node<'_> {
    (mapping.property.via.leads_to(mapping.object), &mapping.property.name)
}

/// The mappings that carry a value in a circle: sent from one property, written back to another, and from there, by
/// however many envelopes, back to the first. A property that is sent and written back by itself is no circle.
fn looping(mappings: &[Mapping]) -> BTreeSet<usize> {
    let live: Vec<(usize, &Mapping)> = mappings.iter().enumerate().filter(|(_, m)| !m.paused).collect();
    let mut edges: Vec<(Node<'_>, Node<'_>, [usize; 2])> = Vec::new();
    for (out, sent) in live.iter().filter(|(_, m)| m.direction.to_docusign()) {
        for (back, written) in live.iter().filter(|(_, m)| m.direction.to_hubspot()) {
            let same = sent.object == written.object && sent.field.key() == written.field.key();
            if same && node(sent) != node(written) {
                edges.push((node(sent), node(written), [*out, *back]));
            }
        }
    }
    let mut next: BTreeMap<Node<'_>, BTreeSet<Node<'_>>> = BTreeMap::new();
    for (from, to, _) in &edges {
        next.entry(*from).or_default().insert(*to);
    }
    let reaches = |from: Node<'_>, target: Node<'_>| {
        let mut seen = BTreeSet::new();
        let mut open = vec![from];
        while let Some(at) = open.pop() {
            if at == target {
                return true;
            }
            if seen.insert(at) {
                open.extend(next.get(&at).into_iter().flatten().copied());
            }
        }
        false
    };
    let circular = edges.iter().filter(|(from, to, _)| reaches(*to, *from));
    circular.flat_map(|(_, _, both)| *both).collect()
}

/// Whether what such a property holds can go into a field of `kind` (see `merge::convert`; what it holds on a record
/// may still not).
fn can_send(from: PropertyType, kind: &TabKind) -> bool {
    use PropertyType::{Date, DateTime, Money, Number, Options, Reference, Text, YesNo};
    match (from, kind) {
        (Reference, _) => false,
        (_, TabKind::Number | TabKind::Numerical) => matches!(from, Number | Money | Text),
        (_, TabKind::Email) => from == Text,
        (_, TabKind::Date) => matches!(from, Date | DateTime | Text),
        (_, TabKind::Checkbox) => matches!(from, YesNo | Text | Options),
        (_, kind) => kind.takes_value(),
    }
}

/// Whether what a signer may enter in a field of `kind` always can be written to such a property, or is refused by
/// HubSpot only for what it says.
fn can_write_back(kind: &TabKind, to: PropertyType) -> bool {
    use PropertyType::{Date, DateTime, Money, Number, Options, Text, YesNo};
    match kind {
        TabKind::Number | TabKind::Numerical => matches!(to, Number | Money | Text),
        TabKind::Date | TabKind::DateSigned => matches!(to, Date | DateTime | Text),
        TabKind::Checkbox => matches!(to, YesNo | Text),
        TabKind::Text | TabKind::List | TabKind::Radio => matches!(to, Text | Options),
        TabKind::Email
        | TabKind::EmailAddress
        | TabKind::FullName
        | TabKind::FirstName
        | TabKind::LastName
        | TabKind::Company
        | TabKind::Title
        | TabKind::EnvelopeId => to == Text,
        TabKind::Signature | TabKind::Initials | TabKind::Other(_) => false,
    }
}

#[cfg(test)]
#[path = "check/tests.rs"]
mod tests;
