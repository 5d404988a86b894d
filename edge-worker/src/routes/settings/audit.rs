//! `/api/settings/audit` and `/audit.csv`: who changed what, on the page and as a file.

use shared::{
    error::{AppError, Code},
    settings::audit::{Action, csv},
    time::Timestamp,
};
use worker::Response;

use super::{admin, download as file, hash};
use crate::{
    access::Guest,
    answer,
    call::Call,
    failure::Outcome,
    moment,
    portal::ask::settings::{NoteAudit, ReadAudit},
};

pub async fn page(call: &Call) -> Outcome<Response> {
    let guest = admin(call).await?;
    answer::data(&guest.portal.ask(&asked(call, &guest, false)?).await?)
}

pub async fn download(call: &Call) -> Outcome<Response> {
    let guest = admin(call).await?;
    let list = guest.portal.ask(&asked(call, &guest, true)?).await?;
    let about = list.entries.len().to_string();
    let note = NoteAudit { session_hash: hash(&guest), action: Action::AuditDownloaded, about };
    guest.portal.ask(&note).await?;
    let name = format!("countersign-audit-{}.csv", guest.portal.id);
    file(csv(&list.entries, moment::iso), "text/csv; charset=utf-8", &name)
}

fn asked(call: &Call, guest: &Guest, all: bool) -> Outcome<ReadAudit> {
    let given = |name: &str| call.parameter(name).filter(|value| !value.is_empty());
    let bad = |name: &str| AppError::new(Code::BadRequest).field(name);
    let moment = |name: &str| -> Result<Option<Timestamp>, AppError> {
        let parsed = given(name).map(|text| text.parse().map(Timestamp).map_err(|_| bad(name)));
        parsed.transpose()
    };
    let action = given("action").map(|name| Action::of_name(&name).ok_or_else(|| bad("action")));
    Ok(ReadAudit {
        session_hash: hash(guest),
        action: action.transpose()?,
        user: given("user"),
        from: moment("from")?,
        to: moment("to")?,
        cursor: given("cursor"),
        all,
    })
}
