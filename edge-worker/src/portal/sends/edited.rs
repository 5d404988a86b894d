//! Sending a draft whose documents were edited: it lies at DocuSign already, and becomes there what the sender
//! drafted, then goes out. Read, take off who was dropped, change the rest in one call, send: four calls.
//!
//! The draft at DocuSign stays whatever happens: what is refused can be mended and sent again, since doing it twice
//! is the same as doing it once ([`crate::docusign::changes`]). If somebody sent it in DocuSign's own pages, that is
//! found before anything is changed.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use shared::{
    draft::{Draft, DraftDocument},
    error::{AppError, Code},
    record::RecordRef,
    template::Template,
};

use super::{
    Work,
    calls::{Called, Ended, Id, call, remember_silence},
};
use crate::{
    docusign::{
        DocuSign,
        changes::{Changes, Known, Seat, changes},
        definition::{Binding, TabValue},
        documents::People,
        failure::{During, failure},
    },
    failure::{Failure, Outcome},
    portal::{
        ask::StoredDraft,
        connections, drafts, grants,
        papers::{self, outside},
        room::Room,
    },
    vendor::VendorError,
    wire::docusign::EnvelopeWire,
};

/// What is laid over DocuSign's draft.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Edited {
    envelope: String,
    draft: Draft,
    values: Vec<TabValue>,
    template: Template,
    seats: Vec<Seat>,
    documents: Vec<DraftDocument>,
    portal: u64,
    record: RecordRef,
    locale: Option<String>,
    sender: (String, String),
}

impl Edited {
    /// `None` for a draft whose documents are the templates' own.
    pub fn of(
        room: &Room,
        stored: &StoredDraft,
        draft: &Draft,
        values: &[TabValue],
        locale: Option<&str>,
    ) -> Outcome<Option<Self>> {
        let Some(envelope) = &stored.envelope else { return Ok(None) };
        let paper = papers::current(room, stored)?.ok_or(Code::DraftGone)?;
        if !paper.is_of(draft) {
            // A template was added, and the documents have not been made of it yet.
            return Err(Code::DraftConflict.into());
        }
        if papers::is_busy(room, envelope) {
            let mut error = AppError::new(Code::DocusignBusy);
            error.retry_after = Some(5);
            return Err(Failure::new(error, "a file is on its way into the draft"));
        }
        // In its own account, or not at all.
        papers::desk(room, &stored.user, Some(&stored.account))?;
        let (connection, _) = connections::of_user(room, &stored.user)?;
        Ok(Some(Self {
            envelope: envelope.clone(),
            draft: draft.clone(),
            values: values.to_vec(),
            template: paper.template,
            seats: paper.seats,
            documents: stored.documents.clone().unwrap_or_default(),
            portal: connections::installation(room)?.portal,
            record: stored.record.clone(),
            locale: locale.map(str::to_owned),
            sender: connections::person(connection).unwrap_or_default(),
        }))
    }

    fn changes(&self, people: &People) -> Changes {
        let known =
            Known { template: &self.template, seats: &self.seats, documents: &self.documents, people };
        let binding = Binding {
            portal: self.portal,
            record: &self.record,
            transaction_id: "",
            connect_url: "",
            locale: self.locale.as_deref(),
            sender: (&self.sender.0, &self.sender.1),
        };
        changes(&self.draft, &self.values, &known, &binding)
    }

    async fn lay(&self, docusign: &DocuSign, changes: &Changes) -> Result<(), VendorError> {
        if !changes.remove.is_empty() {
            docusign.delete_recipients(&self.envelope, &changes.remove).await?;
        }
        for (recipient, tabs) in &changes.take_back {
            docusign.delete_tabs(&self.envelope, recipient, tabs).await?;
        }
        docusign.update(&self.envelope, &changes.update).await
    }
}

/// DocuSign's draft as it stands now.
pub async fn look_up(
    room: &Rc<Room>,
    id: &Id,
    work: &Work,
    edited: &Edited,
) -> Outcome<Option<EnvelopeWire>> {
    let found = call(room, id, work, async |d| d.envelope(&edited.envelope).await).await;
    found.map(Some).map_err(|called| called.failure(During::Envelope))
}

/// Takes the draft to its end. `first`: nobody has tried before, so that an envelope that is sent was not sent by us.
pub async fn send(
    room: &Rc<Room>,
    id: &Id,
    work: &Work,
    edited: &Edited,
    first: bool,
) -> Result<EnvelopeWire, Ended> {
    papers::alone(room, &id.0, &id.1, steps(room, id, work, edited, first)).await
}

async fn steps(
    room: &Rc<Room>,
    id: &Id,
    work: &Work,
    edited: &Edited,
    first: bool,
) -> Result<EnvelopeWire, Ended> {
    let nothing_done = |failure: Failure| Ended::Refused { failure, keep: false };
    let stored = drafts::find(room, &id.0, &id.1).map_err(nothing_done)?;
    if let Some(stored) = &stored {
        papers::sweep(room, stored, &work.desk).await.map_err(nothing_done)?;
    }
    let gone = || {
        if let Some(stored) = &stored {
            outside::lose(room, stored).map_err(nothing_done)?;
        }
        Err(nothing_done(Code::DraftGone.into()))
    };
    let envelope = edited.envelope.as_str();
    let (now, people) = match call(room, id, work, async |d| d.whole(envelope).await).await {
        Ok(found) => found,
        Err(called) => {
            let failure = called.failure(During::Envelope);
            return if failure.error.code == Code::NotFound { gone() } else { Err(nothing_done(failure)) };
        }
    };
    if now.is_gone() {
        return gone();
    }
    if !now.is_draft() {
        return match stored.filter(|_| first) {
            Some(stored) => {
                let people = people.recipients.into_iter().map(|(kind, wire)| wire.recipient(kind)).collect();
                outside::adopt(room, &stored, &now, people).map_err(nothing_done)?;
                Err(Ended::Elsewhere)
            }
            None => Ok(now),
        };
    }
    let changes = edited.changes(&people);
    if let Err(called) = call(room, id, work, async |d| edited.lay(&d, &changes).await).await {
        return Err(match called.refused(During::Envelope) {
            // Changed or not, it is not sent.
            Ended::Unsettled(failure) => nothing_done(failure),
            refused => refused,
        });
    }
    let error = match call(room, id, work, async |d| d.send_draft(envelope).await).await {
        // Its times are those of before.
        Ok(()) => {
            let envelope_id = edited.envelope.clone();
            return Ok(EnvelopeWire { envelope_id, status: "sent".into(), ..EnvelopeWire::default() });
        }
        Err(Called::Ours(failure)) => return Err(nothing_done(failure)),
        Err(Called::Vendor(error)) => error,
    };
    let told = failure(&error, During::Envelope);
    match call(room, id, work, async |d| d.envelope(envelope).await).await {
        Ok(found) if !found.is_draft() => Ok(found),
        // DocuSign did answer, and has it as a draft.
        Ok(_) if matches!(error, VendorError::Refused { .. }) => Err(nothing_done(told)),
        _ => {
            if error == VendorError::Timeout {
                remember_silence(room, id);
            }
            Err(Ended::Unsettled(told))
        }
    }
}

/// Makes DocuSign's draft what the sender has drafted so far, without sending it.
pub async fn bring_up_to_date(
    room: &Rc<Room>,
    stored: &StoredDraft,
    values: &[TabValue],
    locale: Option<&str>,
) -> Outcome<()> {
    let Some(edited) = Edited::of(room, stored, &stored.draft, values, locale)? else { return Ok(()) };
    let desk = papers::desk(room, &stored.user, Some(&stored.account))?;
    papers::sweep(room, stored, &desk).await?;
    outside::look(room, stored, &desk).await?;
    let (docusign, _) = grants::docusign(room, &stored.user, &desk, 0).await?;
    let done = async {
        let (_, people) = docusign.whole(&edited.envelope).await?;
        edited.lay(&docusign, &edited.changes(&people)).await
    };
    done.await.map_err(|error| failure(&error, During::Envelope))
}
