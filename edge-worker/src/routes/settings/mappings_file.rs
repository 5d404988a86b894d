//! `/api/settings/mappings/export` and `/import`: the mappings as a file. An import replaces the whole set, under its
//! version, and is held to the same rules as a change by hand.

use shared::{
    mapping::{FILE_FORMAT, FILE_MAX_BYTES, MappingFile},
    settings::audit::Action,
};
use worker::Response;

use super::{admin, admin_with, download, hash, mappings};
use crate::{
    answer,
    call::Call,
    failure::Outcome,
    moment,
    portal::ask::settings::{NoteAudit, ReadMappings},
    wire::mapping_file,
};

pub async fn export(call: &Call) -> Outcome<Response> {
    let guest = admin(call).await?;
    let stored = guest.portal.ask(&ReadMappings { session_hash: hash(&guest) }).await?;
    let about = stored.mappings.len().to_string();
    let file = MappingFile {
        format: FILE_FORMAT.to_owned(),
        portal_id: guest.portal.id,
        exported_at: moment::now(),
        mappings: stored.mappings,
    };
    let note = NoteAudit { session_hash: hash(&guest), action: Action::MappingsExported, about };
    guest.portal.ask(&note).await?;
    let name = format!("countersign-mappings-{}.json", guest.portal.id);
    download(serde_json::to_string_pretty(&file)?, "application/json", &name)
}

pub async fn import(mut call: Call) -> Outcome<Response> {
    let version = mappings::version(&call)?;
    let file = call.body(FILE_MAX_BYTES).await?;
    let guest = admin_with(&call, &mappings::KEPT).await?;
    let read = mapping_file::import(&file, guest.portal.id)?;
    mappings::keep(&call, &guest, version, read, Action::MappingsImported).await?;
    answer::data(&mappings::stored(&call, &guest).await?)
}
