//! `POST /api/envelopes`: sends a draft. What is sent is decided here and in `shared`, once per
//! `Idempotency-Key`, by the Portal object.

use shared::{
    api::{SendAnswer, SendRequest},
    draft::{check, edited},
    error::{AppError, Code},
    merge,
};
use uuid::Uuid;
use worker::Response;

use super::compose;
use crate::{
    access::{self, Wanted},
    answer,
    call::{self, Call},
    docusign::definition::TabValue,
    failure::{Failure, Outcome},
    portal::ask::SendEnvelope,
    token,
};

/// A draft with a hundred own messages fits; what DocuSign would refuse for its size does not.
const BODY_MAX: usize = 512 * 1024;

pub async fn answer(mut call: Call) -> Outcome<Response> {
    let key = call
        .header("idempotency-key")
        .and_then(|key| Uuid::parse_str(key.trim()).ok())
        .ok_or_else(|| AppError::new(Code::BadRequest).field("Idempotency-Key"))?
        .to_string();
    let body = call.body(BODY_MAX).await?;
    let SendRequest { draft } = call::from_json(&body)?;
    let ids = compose::template_ids(&draft)?;
    let wanted = Wanted { templates: ids.clone(), key: Some(key.clone()), kept: &compose::KEPT };
    let guest = access::enter_with(&call, wanted).await?;
    let visit = &guest.visit;
    // The same words for another record are another send.
    let record = visit.record()?;
    let body_hash = token::hash(&format!("{record} {}", serde_json::to_string(&draft)?));
    if let Some(sent) = &visit.sent {
        if sent.body_hash.is_empty() {
            return Err(Code::DraftSentElsewhere.into());
        }
        if sent.body_hash != body_hash {
            return Err(Code::IdempotencyMismatch.into());
        }
        return answer::data(&SendAnswer { envelope: sent.envelope.clone() });
    }
    // A draft whose documents were edited is of the template as it was then.
    let template = match &visit.paper {
        Some(template) => template.clone(),
        None => compose::joined(&call, &guest, &ids, &visit.templates).await?,
    };
    let template =
        visit.documents.as_ref().map_or(template.clone(), |documents| edited(&template, documents));
    let fields = compose::merge(&call, &guest, &template).await?;
    let lines = merge::review(&fields, &draft, &template);
    let mut problems = check(&draft, &template);
    problems.extend(merge::check(&lines));
    if !problems.is_empty() {
        let mut error = AppError::new(Code::DraftIncomplete);
        error.problems = problems;
        return Err(error.into());
    }
    let values = merge::to_send(&lines).iter().map(tab_value).collect();
    let ask = SendEnvelope {
        user: visit.user.clone(),
        user_email: visit.user_email.clone(),
        record: record.clone(),
        locale: visit.locale.clone(),
        key,
        body_hash,
        draft,
        template,
        values,
    };
    let envelope = guest.portal.ask(&ask).await.map_err(unsettled)?;
    answer::data(&SendAnswer { envelope })
}

pub fn tab_value(sent: &merge::ToSend<'_>) -> TabValue {
    TabValue {
        recipient: sent.recipient.to_owned(),
        kind: sent.kind.clone(),
        label: sent.label.to_owned(),
        value: sent.value.to_owned(),
    }
}

/// An object that broke down under a send may have sent it: its claim is stored, and the same key finds out.
fn unsettled(failure: Failure) -> Failure {
    if failure.error.code == Code::Internal && failure.error.support_id.is_empty() {
        return Failure::new(Code::SendUnsettled, failure.into_parts().1);
    }
    failure
}
