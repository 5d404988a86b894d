//! DocuSign's side of a send: making the envelope, finding out whether it is there, taking a draft to its end.
//!
//! How a try ended is for [`super`] to conclude and write down.

use std::rc::Rc;

use serde_json::json;
use shared::error::Code;

use super::{Work, edited};
use crate::{
    docusign::{
        DocuSign, definition,
        failure::{During, failure},
    },
    failure::Failure,
    log,
    portal::{grants, room::Room},
    vendor::VendorError,
    wire::docusign::EnvelopeWire,
};

/// Whose key it is.
pub type Id = (String, String);

/// How a try ended when it did not end with an envelope.
pub enum Ended {
    /// Nothing is at DocuSign. `keep` says that trying the same again is of no use.
    Refused { failure: Failure, keep: bool },
    /// Nobody knows.
    Unsettled(Failure),
    /// It was sent in DocuSign's own pages, before we did anything; written down as that.
    Elsewhere,
}

/// `POST /envelopes`, and what follows from its answer.
pub async fn create(room: &Rc<Room>, id: &Id, work: &Work) -> Result<EnvelopeWire, Ended> {
    if let Some(edited) = &work.edited {
        return edited::send(room, id, work, edited, true).await;
    }
    match call(room, id, work, async |docusign| docusign.create_envelope(&work.definition).await).await {
        Ok(created) if work.finish.is_nothing() => Ok(created),
        Ok(created) => finish(room, id, work, created).await,
        Err(Called::Vendor(error)) if error.may_have_acted() => after_silence(room, id, work, error).await,
        Err(called) => Err(called.refused(During::Template)),
    }
}

/// No answer, or one that says nothing: whether the envelope is there is asked once, right away.
async fn after_silence(
    room: &Rc<Room>,
    id: &Id,
    work: &Work,
    error: VendorError,
) -> Result<EnvelopeWire, Ended> {
    let failure = failure(&error, During::Envelope);
    match look_up(room, id, work).await {
        Ok(Some(found)) => finish(room, id, work, found).await,
        // DocuSign did answer, and has nothing: it will not come any more.
        Ok(None) if matches!(error, VendorError::Refused { .. }) => {
            Err(Ended::Refused { failure, keep: false })
        }
        _ => {
            if error == VendorError::Timeout {
                remember_silence(room, id);
            }
            Err(Ended::Unsettled(failure))
        }
    }
}

/// Marks a claim whose last call was not answered in time: DocuSign may still be at work on it.
pub fn remember_silence(room: &Room, (user, key): &Id) {
    let _ = room.sql.run(
        "UPDATE sends SET error = '\"silence\"' WHERE user = ? AND key = ?",
        vec![user.as_str().into(), key.as_str().into()],
    );
}

pub async fn look_up(room: &Rc<Room>, id: &Id, work: &Work) -> Result<Option<EnvelopeWire>, Failure> {
    if let Some(edited) = &work.edited {
        return edited::look_up(room, id, work, edited).await;
    }
    let found =
        call(room, id, work, async |docusign| docusign.envelope_of_transaction(&work.transaction_id).await);
    found.await.map_err(|called| called.failure(During::Envelope))
}

/// Takes an envelope that exists at DocuSign to the end: a draft is finished and sent.
pub async fn finish(
    room: &Rc<Room>,
    id: &Id,
    work: &Work,
    found: EnvelopeWire,
) -> Result<EnvelopeWire, Ended> {
    if !found.status.is_empty() && !found.status.eq_ignore_ascii_case("created") {
        return Ok(found);
    }
    if let Some(edited) = &work.edited {
        return edited::send(room, id, work, edited, false).await;
    }
    let envelope = found.envelope_id.as_str();
    let steps = call(room, id, work, async |docusign| {
        if !work.finish.is_nothing() {
            let parts = docusign.parts(envelope).await?;
            let gone = definition::to_remove(&work.finish.dropped, &parts.recipients);
            if !gone.is_empty() {
                docusign.delete_recipients(envelope, &gone).await?;
            }
            let rights = definition::visibility(&work.finish.hidden, &parts.recipients, &parts.documents);
            // Whoever must not see a document is not there to be told: it must not go out.
            let rights = rights.ok_or_else(|| VendorError::Refused {
                status: 400,
                code: "NOBODY_TO_HIDE_FROM".into(),
                retry_after: None,
                trace: String::new(),
            })?;
            if !rights.is_empty() {
                docusign.set_visibility(envelope, &rights).await?;
            }
        }
        docusign.send_draft(envelope).await
    });
    match steps.await {
        Ok(()) => Ok(EnvelopeWire { status: "sent".into(), ..found }),
        Err(called) => match called.refused(During::Envelope) {
            // It cannot be sent as it is: nothing half-done stays behind.
            Ended::Refused { failure, keep: true } => discard(room, id, work, failure).await,
            Ended::Refused { failure, .. } | Ended::Unsettled(failure) => Err(Ended::Unsettled(failure)),
            Ended::Elsewhere => Err(Ended::Elsewhere),
        },
    }
}

/// Throws a refused draft away, after making sure that it is one: an envelope that was sent by an earlier
/// call whose answer was lost refuses to be sent again, too.
async fn discard(room: &Rc<Room>, id: &Id, work: &Work, failure: Failure) -> Result<EnvelopeWire, Ended> {
    match look_up(room, id, work).await {
        Ok(None) => {}
        Ok(Some(found)) if !found.status.eq_ignore_ascii_case("created") => return Ok(found),
        Ok(Some(found)) => {
            let envelope = found.envelope_id.as_str();
            let thrown = call(room, id, work, async |docusign| docusign.discard_draft(envelope).await);
            if thrown.await.is_err() {
                log::warn("a draft could not be thrown away", json!({ "envelope": envelope }));
            }
        }
        Err(unknown) => return Err(Ended::Unsettled(unknown)),
    }
    Err(Ended::Refused { failure, keep: true })
}

/// Why a call of this module failed.
pub enum Called {
    Ours(Failure),
    Vendor(VendorError),
}

impl Called {
    pub fn failure(self, during: During) -> Failure {
        match self {
            Self::Ours(failure) => failure,
            Self::Vendor(error) => failure(&error, during),
        }
    }

    /// For answers that say that nothing was done.
    pub fn refused(self, during: During) -> Ended {
        if let Self::Vendor(error) = &self
            && error.may_have_acted()
        {
            return Ended::Unsettled(self.failure(during));
        }
        let failure = self.failure(during);
        // Waiting, signing in again or a busy DocuSign change the answer; refused data does not.
        let keep = !matches!(
            failure.error.code,
            Code::DocusignBusy
                | Code::MustReconnect
                | Code::NotConnected
                | Code::NotInstalled
                | Code::DocusignUnreachable
                | Code::Internal
        );
        Ended::Refused { failure, keep }
    }
}

/// Calls DocuSign as the sender; a refused token is refreshed once.
pub async fn call<T>(
    room: &Rc<Room>,
    (user, _): &Id,
    work: &Work,
    made: impl AsyncFn(DocuSign) -> Result<T, VendorError>,
) -> Result<T, Called> {
    // A loop, so that what is called is compiled in once.
    let mut older_than = 0;
    loop {
        let client = grants::docusign(room, user, &work.desk, older_than).await;
        let (docusign, generation) = client.map_err(Called::Ours)?;
        match made(docusign).await {
            Err(error) if older_than == 0 && error.is_unauthorized() => older_than = generation,
            other => return other.map_err(Called::Vendor),
        }
    }
}
