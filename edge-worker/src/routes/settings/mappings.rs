//! `/api/settings/mappings`: reads, saves and resets the portal's mappings. A set is checked against what DocuSign and
//! HubSpot have now; where one of them cannot be asked, what hangs on it is not judged.

use futures_util::future::join;
use shared::{
    error::{AppError, Code},
    mapping::SaveMappings,
    mapping::{
        FILE_MAX_BYTES, FieldInfo, Flaw, Known, Mapping, MappingProblem, MappingSet, PropertyInfo, check,
    },
    record::ObjectType,
    settings::{Saved, audit::Action},
};
use worker::Response;

use super::{admin_with, fields, hash, properties};
use crate::{
    access::Guest,
    answer,
    call::Call,
    failure::Outcome,
    portal::{
        ask::settings::{self as ask, ReadMappings},
        kept::What,
    },
};

pub const KEPT: [What; 4] = [
    What::Definitions,
    What::PropertiesOf(ObjectType::Contact),
    What::PropertiesOf(ObjectType::Company),
    What::PropertiesOf(ObjectType::Deal),
];

pub async fn read(call: &Call) -> Outcome<Response> {
    let guest = admin_with(call, &KEPT).await?;
    answer::data(&stored(call, &guest).await?)
}

pub async fn save(mut call: Call) -> Outcome<Response> {
    let SaveMappings { version, mappings } = call.json(FILE_MAX_BYTES).await?;
    let guest = admin_with(&call, &KEPT).await?;
    answer::data(&keep(&call, &guest, version, mappings, Action::MappingsSaved).await?)
}

pub async fn reset(call: &Call) -> Outcome<Response> {
    let version = version(call)?;
    let guest = admin_with(call, &KEPT).await?;
    let session_hash = hash(&guest);
    let ask = ask::SaveMappings { session_hash, version, mappings: None, action: Action::MappingsReset };
    guest.portal.ask(&ask).await?;
    answer::data(&stored(call, &guest).await?)
}

/// The version that a change was made from.
pub fn version(call: &Call) -> Outcome<u32> {
    let version = call.parameter("version").and_then(|v| v.parse().ok());
    version.ok_or_else(|| AppError::new(Code::BadRequest).field("version").into())
}

pub async fn stored(call: &Call, guest: &Guest) -> Outcome<MappingSet> {
    let stored = guest.portal.ask(&ReadMappings { session_hash: hash(guest) }).await?;
    let problems = problems(call, guest, &stored.mappings).await;
    Ok(MappingSet { version: stored.version, mappings: stored.mappings, default: stored.default, problems })
}

/// Saves a set that has no flaw.
pub async fn keep(
    call: &Call,
    guest: &Guest,
    version: u32,
    mappings: Vec<Mapping>,
    action: Action,
) -> Outcome<Saved> {
    let mut problems = problems(call, guest, &mappings).await;
    problems.retain(|problem| problem.flaw.refuses());
    if !problems.is_empty() {
        let mut error = AppError::new(Code::MappingRefused);
        error.mappings = problems;
        return Err(error.into());
    }
    let ask = ask::SaveMappings { session_hash: hash(guest), version, mappings: Some(mappings), action };
    guest.portal.ask(&ask).await
}

async fn problems(call: &Call, guest: &Guest, mappings: &[Mapping]) -> Vec<MappingProblem> {
    let (fields, properties) = join(fields::of_account(call, guest), known_properties(call, guest)).await;
    let (fields, properties): (Option<Vec<FieldInfo>>, _) = (fields.ok(), properties.ok());
    let known = Known { fields: fields.as_deref(), properties: properties.as_deref() };
    let mut problems = check(mappings, &known);
    // The defaults name what a portal may not have: that is no fault of anybody's.
    problems.retain(|p| !(p.mapping.starts_with("default-") && p.flaw == Flaw::UnknownProperty));
    problems
}

async fn known_properties(call: &Call, guest: &Guest) -> Outcome<Vec<PropertyInfo>> {
    let mut all = Vec::new();
    for object in ObjectType::ALL {
        all.extend(properties::of(call, guest, object).await?);
    }
    Ok(all)
}
