//! Mapped values, written back to the record and to the company and contact beside it.
//!
//! A value that cannot be written stops no other: it is told by field. Should HubSpot refuse several at once, each is
//! tried alone to find out which.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use serde_json::{Map, Value};
use shared::{
    mapping::{FieldRef, Mapping, OnConflict, Via, WriteTime, written},
    record::RecordRef,
    settings::outbox::{FieldTrouble, NotWritten},
    tab::Tab,
};

use super::{Lacking, Undone, deeds};
use crate::{
    docusign::DocuSign,
    hubspot::HubSpot,
    portal::{envelopes::Stored, mappings, room::Room},
    vendor::VendorError,
    wire::hubspot::PropertyWire,
};

/// `recipient`: whose fields, of mappings that are written as soon as somebody signed; `None` for the others.
pub(super) async fn write(
    room: &Rc<Room>,
    stored: &Stored,
    recipient: Option<&str>,
) -> Result<Lacking, Undone> {
    let record = &stored.envelope.record;
    let when = if recipient.is_some() { WriteTime::Signed } else { WriteTime::Completed };
    let mut mappings = mappings::all(room)?;
    mappings.retain(|m| m.writes_back(record.object()) && m.when == when);
    if mappings.is_empty() {
        return Ok(Lacking::default());
    }
    let id = stored.envelope.id.as_str();
    let (_, people) = deeds::docusign(room, stored, async |d: DocuSign| d.whole(id).await).await?;
    let entered = |mapping: &Mapping| -> Option<Tab> {
        let mut theirs = people.tabs.iter().filter(|tab| {
            recipient.is_none_or(|recipient| tab.recipient == recipient) && is_field(tab, &mapping.field)
        });
        let first = theirs.clone().next().cloned();
        theirs.find(|tab| !tab.value.trim().is_empty()).cloned().or(first)
    };
    let pairs: Vec<(Mapping, Tab)> = mappings.iter().filter_map(|m| Some((m.clone(), entered(m)?))).collect();
    let mut lacking = Lacking::default();
    for via in [Via::Record, Via::Company, Via::Contact] {
        let of: Vec<&(Mapping, Tab)> = pairs.iter().filter(|(m, _)| m.property.via == via).collect();
        if of.is_empty() {
            continue;
        }
        let target = match via {
            Via::Record => Some(record.clone()),
            _ => deeds::hubspot(room, async |h: HubSpot| h.beside(record, via).await).await?,
        };
        match target {
            Some(target) => to_record(room, &target, &of, &mut lacking).await?,
            None => lacking.fields.extend(of.iter().map(|(m, _)| trouble(m, NotWritten::NoRecord))),
        }
    }
    Ok(lacking)
}

fn trouble(mapping: &Mapping, why: NotWritten) -> FieldTrouble {
    FieldTrouble { field: mapping.field.name().to_owned(), property: mapping.property.name.clone(), why }
}

/// Capitals and spaces around a custom field's name do not count, see [`FieldRef::key`].
fn is_field(tab: &Tab, field: &FieldRef) -> bool {
    match field {
        FieldRef::Account { name } => tab.name.trim().to_lowercase() == name.trim().to_lowercase(),
        FieldRef::Template { label, .. } => tab.label == *label,
    }
}

async fn to_record(
    room: &Rc<Room>,
    target: &RecordRef,
    pairs: &[&(Mapping, Tab)],
    lacking: &mut Lacking,
) -> Result<(), Undone> {
    let object = target.object();
    let known = deeds::hubspot(room, async |h: HubSpot| h.properties(object).await).await?;
    let keeps: BTreeSet<String> = pairs
        .iter()
        .filter(|(m, _)| m.conflict == OnConflict::Keep)
        .map(|(m, _)| m.property.name.clone())
        .collect();
    let held = deeds::hubspot(room, async |h: HubSpot| h.values(target, &keeps).await).await?;
    let mut values: BTreeMap<String, (String, &Mapping)> = BTreeMap::new();
    for (mapping, tab) in pairs {
        match value(mapping, tab, &known, target) {
            Ok(Some(_)) if held.contains_key(&mapping.property.name) => {}
            Ok(Some(value)) => {
                values.insert(mapping.property.name.clone(), (value, mapping));
            }
            Ok(None) => {}
            Err(why) => lacking.fields.push(trouble(mapping, why)),
        }
    }
    if values.is_empty() {
        return Ok(());
    }
    let all: Map<String, Value> =
        values.iter().map(|(name, (value, _))| (name.clone(), value.as_str().into())).collect();
    match set(room, target, &all).await? {
        Ok(id) => return deeds::follow(room, target, &id),
        Err(()) if values.len() == 1 => {
            lacking.fields.extend(values.values().map(|(_, m)| trouble(m, NotWritten::Refused)));
            return Ok(());
        }
        Err(()) => {}
    }
    for (name, (value, mapping)) in values {
        let one: Map<String, Value> = [(name, value.into())].into_iter().collect();
        if set(room, target, &one).await?.is_err() {
            lacking.fields.push(trouble(mapping, NotWritten::Refused));
        }
    }
    Ok(())
}

fn value(
    mapping: &Mapping,
    tab: &Tab,
    known: &[PropertyWire],
    target: &RecordRef,
) -> Result<Option<String>, NotWritten> {
    let wire = known.iter().find(|one| one.name() == mapping.property.name);
    let wire = wire.ok_or(NotWritten::PropertyGone)?;
    if wire.info(target.object()).no_write.is_some() {
        return Err(NotWritten::NotWritable);
    }
    let (kind, several) = wire.takes();
    written(&tab.kind, &tab.value, &kind, several)
}

/// `Err`: HubSpot does not take what it was given.
async fn set(
    room: &Rc<Room>,
    target: &RecordRef,
    values: &Map<String, Value>,
) -> Result<Result<String, ()>, Undone> {
    let write = async |h: HubSpot| match h.set(target, values).await {
        Err(VendorError::Refused { status: 400, .. }) => Ok(Err(())),
        // The e-mail address of another contact.
        Err(VendorError::Refused { status: 409, .. }) => Ok(Err(())),
        other => other.map(Ok),
    };
    deeds::hubspot(room, write).await
}
