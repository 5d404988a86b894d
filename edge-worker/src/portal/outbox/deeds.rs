//! Doing one effect: what it is now, asked of HubSpot and DocuSign. Everything is read from the index when it is done,
//! not when it was stored, so that what is written is how things stand.

use std::rc::Rc;

use serde::Deserialize;
use serde_json::{Map, Value};
use shared::{
    effects::Effect,
    envelope::{Envelope, Status},
    error::{AppError, Code},
    record::{ObjectType, RecordRef},
    settings::NoteEvent,
};

use super::{Lacking, Row, Task, Undone, filing, values, words};
use crate::{
    docusign::{self, DocuSign},
    failure::Failure,
    hubspot::{
        self, HubSpot,
        failure::During,
        writing::{CHANGED_AT, LAST_ID, LAST_NAME, Note, STATUS, STATUSES},
    },
    moment,
    portal::{
        ask::FreshGrant,
        connections,
        envelopes::{self, Stored},
        grants,
        room::Room,
    },
    vault::grant::Holder,
    vendor::{self, VendorError},
};

pub(super) async fn perform(
    room: &Rc<Room>,
    row: &Row,
    task: &Task,
    unsure: bool,
) -> Result<Lacking, Undone> {
    match task {
        Task::Properties => {
            for object in ObjectType::ALL {
                hubspot(room, async |h| h.make_properties(object).await).await?;
            }
            Ok(Lacking::default())
        }
        Task::Envelope(Effect::Status) => status(room, row).await,
        Task::Envelope(effect) => {
            // Deleted from the index meanwhile: there is nothing to say any more.
            let Some(stored) = envelopes::find(room, &row.owner)? else { return Ok(Lacking::default()) };
            match effect {
                Effect::Note(event) => note(room, &stored, *event, unsure, Vec::new()).await?,
                Effect::Filing => filing::file(room, row, &stored, unsure).await?,
                Effect::Values => return values::write(room, &stored, None).await,
                Effect::ValuesOf(recipient) => return values::write(room, &stored, Some(recipient)).await,
                Effect::Status => {}
            }
            Ok(Lacking::default())
        }
    }
}

/// The newest status of the record, whichever envelope it is of.
async fn status(room: &Rc<Room>, row: &Row) -> Result<Lacking, Undone> {
    #[derive(Deserialize)]
    struct Body {
        body: String,
    }
    let record = row.record()?;
    let newest: Option<Body> = room.sql.row(
        "SELECT body FROM envelopes WHERE record = ? AND moved_at IS NOT NULL
         ORDER BY moved_at DESC, id DESC LIMIT 1",
        vec![row.record.as_str().into()],
    )?;
    let Some(newest) = newest else { return Ok(Lacking::default()) };
    let envelope: Envelope = crate::json::read_text(&newest.body).map_err(Failure::from)?;
    let mut properties = Map::new();
    properties.insert(STATUS.into(), option(&envelope.status).into());
    properties.insert(LAST_ID.into(), envelope.id.as_str().into());
    properties.insert(LAST_NAME.into(), envelope.subject.as_str().into());
    properties.insert(CHANGED_AT.into(), moment::iso(envelope.status_at).into());
    set(room, &record, &properties).await?;
    Ok(Lacking::default())
}

/// The option that stands for a status.
fn option(status: &Status) -> &str {
    let name = status.name();
    STATUSES.iter().find(|(option, _)| *option == name).map_or("other", |(option, _)| *option)
}

/// Writes our own properties. Should HubSpot not know them (never made, or archived), they are made first.
async fn set(room: &Rc<Room>, record: &RecordRef, properties: &Map<String, Value>) -> Result<(), Undone> {
    let write = async |h: HubSpot| match h.set(record, properties).await {
        Err(VendorError::Refused { status: 400, .. }) => {
            h.make_properties(record.object()).await?;
            h.set(record, properties).await
        }
        other => other,
    };
    let id = hubspot(room, write).await?;
    follow(room, record, &id)
}

/// A record that was merged into another answers with the other's id: its envelopes go along.
pub(super) fn follow(room: &Room, record: &RecordRef, id: &str) -> Result<(), Undone> {
    if id.is_empty() || id == record.id() {
        return Ok(());
    }
    if let Ok(new) = RecordRef::new(record.object(), id) {
        envelopes::rehome(room, record, &new)?;
    }
    Ok(())
}

/// Writes a note, unless it is there.
pub(super) async fn note(
    room: &Rc<Room>,
    stored: &Stored,
    event: NoteEvent,
    unsure: bool,
    files: Vec<String>,
) -> Result<(), Undone> {
    let note = words::note(room, stored, event, None)?;
    write_note(room, stored, event, unsure, files, note).await
}

pub(super) async fn write_note(
    room: &Rc<Room>,
    stored: &Stored,
    event: NoteEvent,
    unsure: bool,
    files: Vec<String>,
    body: String,
) -> Result<(), Undone> {
    let Envelope { id, record, .. } = &stored.envelope;
    let mark = words::mark(id, event);
    if unsure && hubspot(room, async |h| h.has_note(record, &mark).await).await? {
        return Ok(());
    }
    let at = match event {
        NoteEvent::Sent => stored.envelope.sent_at,
        NoteEvent::Viewed => stored.envelope.heard.viewed_at().unwrap_or(stored.envelope.status_at),
        NoteEvent::Completed | NoteEvent::Declined | NoteEvent::Voided => stored.envelope.status_at,
    };
    let mut on = vec![record.clone()];
    // The contract of a deal is also theirs who sign it.
    if !files.is_empty() && record.object() == ObjectType::Deal {
        let contacts = envelopes::signing_contacts(room, &stored.envelope)?;
        let known = hubspot(room, async |h| h.known_contacts(&contacts).await).await?;
        on.extend(known.iter().filter_map(|id| RecordRef::new(ObjectType::Contact, id).ok()));
    }
    let note = Note { body, at: moment::iso(at), files, on };
    hubspot(room, async |h| h.make_note(&note).await).await
}

/// Calls HubSpot for the portal; a refused token is replaced once.
pub(super) async fn hubspot<T>(
    room: &Rc<Room>,
    made: impl AsyncFn(HubSpot) -> Result<T, VendorError>,
) -> Result<T, Undone> {
    let mut older_than = 0;
    loop {
        let (client, generation) = client(room, older_than).await?;
        match made(client).await {
            Err(error) if older_than == 0 && error.is_unauthorized() => older_than = generation,
            other => return other.map_err(|error| of_hubspot(&error)),
        }
    }
}

/// HubSpot for the portal, with a token newer than `older_than`, and that token's generation.
pub(super) async fn client(room: &Rc<Room>, older_than: u64) -> Result<(HubSpot, u64), Undone> {
    let portal = connections::installation(room)?.portal;
    let grant = grants::fresh(room, FreshGrant { holder: Holder::HubSpot { portal }, older_than }).await?;
    let client = HubSpot::new(room.http.clone(), &room.config()?.hubspot_api_base, grant.access_token);
    Ok((client, grant.generation))
}

pub(super) fn of_hubspot(error: &VendorError) -> Undone {
    let failure = hubspot::failure::failure(error, During::Record);
    let passes = matches!(error, VendorError::Refused { status: 408 | 409 | 425, .. });
    let never = matches!(
        failure.error.code,
        Code::RecordGone | Code::HubspotMissingScope | Code::HubspotRefused | Code::TooLarge
    );
    Undone { failure, never: never && !passes, unsure: error.may_have_acted() }
}

/// Calls DocuSign about an envelope, as its sender or whoever else of the portal works in its account.
pub(super) async fn docusign<T>(
    room: &Rc<Room>,
    stored: &Stored,
    made: impl AsyncFn(DocuSign) -> Result<T, VendorError>,
) -> Result<T, Undone> {
    if let Some(until) = vendor::scarce_until(&stored.account) {
        // What is left of the account's calls is for sends.
        let mut error = AppError::new(Code::DocusignBusy);
        error.retry_after = u32::try_from((until.0 - moment::now().0) / 1000 + 1).ok();
        return Err(Failure::from(error).into());
    }
    let (user, desk) = connections::desk_in(room, &stored.account, &stored.user)?;
    let mut older_than = 0;
    loop {
        let (client, generation) = grants::docusign(room, &user, &desk, older_than).await?;
        match made(client).await {
            Err(error) if older_than == 0 && error.is_unauthorized() => older_than = generation,
            other => return other.map_err(|error| of_docusign(&error)),
        }
    }
}

pub(super) fn of_docusign(error: &VendorError) -> Undone {
    let failure = docusign::failure::failure(error, docusign::failure::During::Envelope);
    let never = matches!(
        failure.error.code,
        Code::NotFound | Code::DocusignRefused | Code::DocusignNoPermission | Code::TooLarge
    );
    // Reading changes nothing.
    Undone { failure, never, unsure: false }
}
