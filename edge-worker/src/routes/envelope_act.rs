//! `POST /api/envelopes/{id}/remind`, `…/correct`, `…/void`: done by the Portal object, once per `Idempotency-Key`.

use shared::error::{AppError, Code};
use uuid::Uuid;
use worker::Response;

use super::envelope::envelope_id;
use crate::{
    access, answer,
    call::Call,
    failure::{Failure, Outcome},
    portal::ask::{Act, Deed},
};

/// A correction of a hundred recipients with a long message fits.
const BODY_MAX: usize = 128 * 1024;

pub async fn answer(mut call: Call, id: &str, deed: &str) -> Outcome<Response> {
    let id = envelope_id(id)?;
    let key = call
        .header("idempotency-key")
        .and_then(|key| Uuid::parse_str(key.trim()).ok())
        .ok_or_else(|| AppError::new(Code::BadRequest).field("Idempotency-Key"))?
        .to_string();
    let deed = match deed {
        "remind" => Deed::Remind(call.json(BODY_MAX).await?),
        "correct" => Deed::Correct(call.json(BODY_MAX).await?),
        _ => Deed::Void(call.json(BODY_MAX).await?),
    };
    let session = access::session(&call)?;
    let ask = Act { session_hash: session.hash, id, key, deed };
    let detail = session.portal.ask(&ask).await.map_err(unsettled)?;
    answer::data(&detail)
}

/// An object that broke down meanwhile may have done it: its claim is stored, and the same key finds out.
fn unsettled(failure: Failure) -> Failure {
    if failure.error.code == Code::Internal && failure.error.support_id.is_empty() {
        return Failure::new(Code::ActionUnsettled, failure.into_parts().1);
    }
    failure
}
