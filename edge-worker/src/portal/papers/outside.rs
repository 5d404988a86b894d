//! What happens to a paper in DocuSign's own pages: sent there it is an envelope like any other, discarded there it
//! is gone. Told by Connect, or found out when DocuSign refuses something or a draft is opened.

use std::rc::Rc;

use serde_json::json;
use shared::{
    envelope::{Envelope, Recipient, Status},
    error::Code,
    template::Template,
};

use super::{call, current, desk, forget};
use crate::{
    docusign::failure::{During, failure},
    failure::Outcome,
    log, moment,
    portal::{
        ask::{CheckPaper, Desk, Heard, OpenDraft, StoredDraft, Tell},
        connections, drafts,
        envelopes::{self, Stored},
        history, outbox, reconcile,
        room::Room,
        sends, told,
    },
    wire::docusign::EnvelopeWire,
};

/// Asks DocuSign how the draft stands, and takes in what is new. `Err` when it is a draft no more.
pub async fn look(room: &Rc<Room>, stored: &StoredDraft, desk: &Desk) -> Outcome<()> {
    let Some(envelope) = &stored.envelope else { return Ok(()) };
    match call(room, &stored.user, desk, async |d| d.envelope(envelope).await).await? {
        Ok(found) if found.is_draft() => Ok(()),
        Ok(found) if found.is_gone() => {
            lose(room, stored)?;
            Err(Code::DraftGone.into())
        }
        Ok(found) => {
            let people = call(room, &stored.user, desk, async |d| d.recipients(envelope).await).await?;
            let people = people.unwrap_or_default();
            let recipients = people.into_iter().map(|(kind, wire)| wire.recipient(kind)).collect();
            adopt(room, stored, &found, recipients)?;
            Err(Code::DraftSentElsewhere.into())
        }
        Err(error) => {
            let told = failure(&error, During::Envelope);
            if told.error.code == Code::NotFound {
                lose(room, stored)?;
                return Err(Code::DraftGone.into());
            }
            Err(told)
        }
    }
}

/// The template that a session's own draft is of, once its documents were edited; before that, if wanted, as [`look`],
/// since a message of DocuSign's may have been missed.
pub async fn check(room: &Rc<Room>, ask: CheckPaper) -> Outcome<Option<Template>> {
    let stored = drafts::open(room, &OpenDraft { session_hash: ask.session_hash, id: ask.id })?;
    let Some(paper) = current(room, &stored)? else { return Ok(None) };
    if ask.at_docusign && !sends::is_open(room, &stored.user, &stored.id)? {
        let desk = desk(room, &stored.user, Some(&paper.account))?;
        look(room, &stored, &desk).await?;
    }
    Ok(paper.is_of(&stored.draft).then_some(paper.template))
}

/// It was sent from DocuSign's own pages: an envelope of the record, and no draft of ours any more. Its key is used
/// up, so that a window that still shows the draft cannot send a second one.
pub fn adopt(
    room: &Room,
    stored: &StoredDraft,
    found: &EnvelopeWire,
    recipients: Vec<Recipient>,
) -> Outcome<()> {
    let Some(id) = stored.envelope.clone() else { return Ok(()) };
    let now = moment::now();
    let said = found.sent_date_time.as_ref().or(found.status_date_time.as_ref());
    let at = said.and_then(|text| moment::parse(text)).unwrap_or(now);
    let (connection, _) = connections::of_user(room, &stored.user)?;
    let envelope = Envelope {
        id: id.clone(),
        record: stored.record.clone(),
        subject: stored.draft.subject.clone(),
        template_name: stored.template_name.clone(),
        status: if found.status.is_empty() { Status::Sent } else { Status::from_name(&found.status) },
        status_at: at,
        sent_at: at,
        sender: connections::person(connection).unwrap_or_default().0,
        recipients,
        voided_reason: None,
        synced_at: now,
        heard: Default::default(),
    };
    let envelope = Stored { envelope, account: stored.account.clone(), user: stored.user.clone() };
    envelopes::save(room, &envelope)?;
    outbox::note(room, None, &envelope.envelope)?;
    reconcile::follow(room, &envelope.account)?;
    for row in &stored.draft.rows {
        if let Some(contact) = &row.contact_id {
            envelopes::remember_contact(room, contact, &id, &row.email)?;
        }
    }
    // Who sent it there, DocuSign knows.
    history::note_sent(
        room,
        &envelope.envelope,
        (&stored.user, ""),
        "sent-elsewhere",
        &stored.draft.templates(),
    )?;
    sends::sent_elsewhere(room, &stored.user, &stored.id, &stored.record, &id)?;
    forget(room, &stored.user, &stored.id, Some(&id))?;
    drafts::remove(room, &stored.user, &stored.id)?;
    told::take_in_early(room, &id)?;
    let envelope = envelopes::find(room, &id)?.map_or(envelope.envelope, |stored| stored.envelope);
    envelopes::show(room, &envelope);
    log::info("a draft was sent from DocuSign's own pages", json!({ "user": stored.user, "envelope": id }));
    Ok(())
}

/// It was discarded in DocuSign's own pages. What was handed over to there ends with it; else the rep may go on from
/// the template.
pub fn lose(room: &Room, stored: &StoredDraft) -> Outcome<()> {
    forget(room, &stored.user, &stored.id, stored.envelope.as_deref())?;
    log::info("a draft was discarded in DocuSign's own pages", json!({ "user": stored.user }));
    if stored.handed_over {
        return drafts::remove(room, &stored.user, &stored.id);
    }
    drafts::lose_documents(room, &stored.user, &stored.id)
}

/// A Connect message about a draft of ours.
pub fn heard(room: &Room, stored: &StoredDraft, ask: &Tell) -> Outcome<Heard> {
    match ask.event.name.as_str() {
        "envelope-discard" | "envelope-deleted" => {
            lose(room, stored)?;
            Ok(Heard::Applied)
        }
        "envelope-created" => Ok(Heard::Unknown),
        // Whatever else happens, happens to what has been sent.
        _ => {
            let status = ask.event.status.as_ref().filter(|status| !matches!(status, Status::Created));
            if status.is_none() && !ask.event.name.starts_with("envelope-") {
                return Ok(Heard::Unknown);
            }
            // The message itself is applied afterwards, by whoever asked.
            let found = EnvelopeWire {
                envelope_id: ask.envelope.clone(),
                status: "sent".into(),
                ..Default::default()
            };
            adopt(room, stored, &found, ask.event.recipients.clone().unwrap_or_default())?;
            Ok(Heard::Kept)
        }
    }
}
