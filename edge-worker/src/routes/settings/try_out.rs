//! `POST /api/settings/mappings/try`: what would go into a template's fields, if it were sent from a record now. The
//! same reading as the wizard's, with the mappings that are saved or with others.

use futures_util::future::try_join;
use shared::{
    error::{AppError, Code},
    mapping::{FILE_MAX_BYTES, Known, Tried, Try, check},
};
use worker::Response;

use super::admin_with;
use crate::{
    answer,
    call::Call,
    failure::Outcome,
    hubspot::failure::During,
    routes::compose::{KEPT, good_ids, joined, merge_with},
};

pub async fn answer(mut call: Call) -> Outcome<Response> {
    let Try { record, templates, mappings } = call.json(FILE_MAX_BYTES).await?;
    let ids = good_ids(templates)?;
    if let Some(mappings) = &mappings {
        let mut problems = check(mappings, &Known { fields: None, properties: None });
        problems.retain(|problem| problem.flaw.refuses());
        if !problems.is_empty() {
            let mut error = AppError::new(Code::MappingRefused);
            error.mappings = problems;
            return Err(error.into());
        }
    }
    let mut guest = admin_with(&call, &KEPT).await?;
    let read = guest.hubspot(&call, During::Record, async |h| h.record(&record).await);
    let (template, found) = try_join(joined(&call, &guest, &ids, &[]), read).await?;
    guest.visit.record = Some(record);
    let fields = merge_with(&call, &guest, &template, mappings).await?;
    answer::data(&Tried { record_name: found.name, template_name: template.name, fields })
}
