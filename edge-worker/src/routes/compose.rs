//! `GET /api/compose?template=ID`: what the wizard starts with. The template is read anew, and kept for the
//! send that may follow, so that the send is one call to DocuSign.

use futures_util::future::try_join;
use shared::{
    api::Compose,
    error::{AppError, Code},
    prefill::prefill,
    template::Template,
};
use worker::Response;

use crate::{
    access::{self, Guest},
    answer,
    call::Call,
    docusign,
    failure::Outcome,
    hubspot,
    portal::ask::KeepTemplate,
};

pub async fn answer(call: &Call) -> Outcome<Response> {
    let id = call
        .parameter("template")
        .filter(|id| is_template_id(id))
        .ok_or_else(|| AppError::new(Code::BadRequest).field("template"))?;
    let guest = access::enter(call).await?;
    let record = guest.visit.record.clone();
    let read =
        guest.hubspot(call, hubspot::failure::During::Record, async |hubspot| hubspot.record(&record).await);
    let (template, record) = try_join(template(call, &guest, &id), read).await?;
    let prefill = prefill(&template, &record);
    answer::data(&Compose { template, record, prefill, merge: Vec::new() })
}

/// Reads a template from DocuSign and has the object keep it.
pub async fn template(call: &Call, guest: &Guest, id: &str) -> Outcome<Template> {
    let during = docusign::failure::During::Template;
    let template = guest.docusign(call, during, async |docusign| docusign.template(id).await).await?;
    if let Some(desk) = &guest.visit.docusign {
        let user = guest.visit.user.clone();
        let keep = KeepTemplate { user, account: desk.account.clone(), template: template.clone() };
        guest.portal.ask(&keep).await?;
    }
    Ok(template)
}

/// DocuSign's ids are UUIDs; nothing longer or stranger is asked for.
pub fn is_template_id(id: &str) -> bool {
    (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}
