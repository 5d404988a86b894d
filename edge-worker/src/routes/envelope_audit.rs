//! `GET /api/envelopes/{id}/audit`: DocuSign's own history, when the rep asks for it. DocuSign wants to be asked for
//! the same at most every 15 minutes (docusign facts §7), so an answer serves that long.

use shared::after_send::AuditTrail;
use worker::Response;

use super::envelope::envelope_id;
use crate::{
    access, answer, cached,
    call::Call,
    docusign::{DocuSign, failure::During},
    failure::Outcome,
    moment,
    portal::ask::TakePdf,
};

pub async fn answer(call: &Call, id: &str) -> Outcome<Response> {
    let id = envelope_id(id)?;
    let session = access::session(call)?;
    session.portal.ask(&TakePdf { session_hash: session.hash, id: id.clone(), document: None }).await?;
    let guest = access::enter(call).await?;
    let place = guest.place("audit", &[&id]);
    if let Some(trail) = cached::json::<AuditTrail>(&place).await {
        return answer::data(&trail);
    }
    let events =
        guest.docusign(call, During::Envelope, async |d: DocuSign| d.audit_events(&id).await).await?;
    let trail = AuditTrail { asked_at: moment::now(), events };
    cached::keep_json(&place, &trail, cached::MINUTES_15).await;
    answer::data(&trail)
}
