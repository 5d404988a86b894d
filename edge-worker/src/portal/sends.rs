//! Sending: exactly one envelope per key, whatever is doubled, retried or cut off.
//!
//! A key is claimed, with the whole of the work, before DocuSign is called; the transaction id is derived from
//! it, so that every later try asks DocuSign first whether the envelope is there. Callers with the same key
//! wait for the try that is under way. What can become of a claim:
//!
//! - `sent`: DocuSign has it; the same key gives the same envelope from then on.
//! - `refused`: DocuSign has not and will not have it; nothing is left behind. The answer is kept for a minute
//!   for callers that come late, then the key is free again.
//! - `claimed` still: nobody knows (no answer, connection cut). The row stays in the panel as `Sending`; the
//!   next call with the key, or the alarm, finds out. The alarm never sends anything by itself.

mod calls;
mod edited;

use std::rc::Rc;

use futures_util::FutureExt;
use serde::{Deserialize, Serialize};
use serde_json::json;
use shared::{
    api::Connection,
    draft::sendable_rows,
    envelope::{Envelope, Recipient, RecipientStatus, Status},
    error::{AppError, Code},
    record::RecordRef,
    settings::Todo,
    time::Timestamp,
};

pub use self::edited::bring_up_to_date;
use self::{
    calls::{Ended, create, finish, look_up},
    edited::Edited,
};
use super::{
    ask::{Desk, SendEnvelope, Sent},
    connections, drafts,
    envelopes::{self, Stored},
    history, outbox, people, reconcile,
    room::Room,
    told,
};
use crate::{
    docusign::definition::{self, Binding, Finish, Plan},
    failure::{Failure, Outcome},
    log, moment, token,
    wire::docusign::EnvelopeWire,
};

/// As long as DocuSign remembers a transaction id (docusign facts §3.2).
const KEPT_SECONDS: i64 = 7 * 24 * 3600;
/// How long a refusal answers for its key.
const REFUSAL_SECONDS: i64 = 60;
/// After a call without an answer DocuSign may still be at work; only then is the envelope sent again.
const STILL_AT_WORK_SECONDS: i64 = 60;
/// The alarm asks this often, a minute, two, four … apart, before it gives a send up.
const CHECKS_MAX: i64 = 6;
/// In the place of the body's hash: not sent from here.
const ELSEWHERE: &str = "";

/// The whole of the work, kept until it is settled. Holds names and e-mails; gone afterwards.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Work {
    definition: serde_json::Value,
    finish: Finish,
    transaction_id: String,
    desk: Desk,
    /// The envelope as it will be shown; its id is the row's while it is being sent.
    envelope: Envelope,
    /// Contact id and e-mail of recipients picked from the CRM.
    contacts: Vec<(String, String)>,
    /// For a draft that lies at DocuSign already.
    #[serde(default)]
    edited: Option<Edited>,
    /// What it is made of, and the HubSpot user's e-mail: for the history.
    #[serde(default)]
    templates: Vec<String>,
    #[serde(default)]
    user_email: String,
}

#[derive(Debug, Deserialize)]
struct Row {
    body_hash: String,
    state: String,
    work: Option<String>,
    envelope: Option<String>,
    error: Option<String>,
    started: f64,
    checks: f64,
}

pub async fn send(room: &Rc<Room>, ask: SendEnvelope) -> Outcome<Envelope> {
    room.must_exist()?;
    let id = (ask.user.clone(), ask.key.clone());
    // No await from here to the flight: two calls with one key cannot both claim it.
    let is_new = match find(room, &id)? {
        None => true,
        Some(row) if row.state == "refused" => {
            let age = moment::now().0 - row.started as i64;
            if row.body_hash == ask.body_hash && age < REFUSAL_SECONDS * 1000 {
                return Err(kept_error(&row));
            }
            true
        }
        Some(row) if row.body_hash == ELSEWHERE => return Err(Code::DraftSentElsewhere.into()),
        Some(row) if row.body_hash != ask.body_hash => return Err(Code::IdempotencyMismatch.into()),
        Some(row) if row.state == "sent" => {
            let id = row.envelope.unwrap_or_default();
            let stored = envelopes::find(room, &id)?;
            return stored
                .map(|s| envelopes::shown(s.envelope))
                .ok_or(Failure::internal("a sent envelope is not in the index"));
        }
        Some(_) => false,
    };
    if is_new {
        claim(room, &id, ask)?;
    }
    fly(room, id, if is_new { Try::First } else { Try::Again }).await
}

/// What was sent under a key before, if anything.
pub fn sent(room: &Room, user: &str, key: &str) -> Outcome<Option<Sent>> {
    let Some(row) = find(room, &(user.to_owned(), key.to_owned()))? else { return Ok(None) };
    let Some(id) = row.envelope else { return Ok(None) };
    let stored = envelopes::find(room, &id)?;
    Ok(stored.map(|s| Sent { body_hash: row.body_hash, envelope: envelopes::shown(s.envelope) }))
}

/// Whether somebody is at work on this key, or was and does not know the end.
pub fn is_open(room: &Room, user: &str, key: &str) -> Outcome<bool> {
    Ok(find(room, &(user.to_owned(), key.to_owned()))?.is_some_and(|row| row.state == "claimed"))
}

/// A draft was sent from DocuSign's own pages: its key is used up.
pub fn sent_elsewhere(room: &Room, user: &str, key: &str, record: &RecordRef, envelope: &str) -> Outcome<()> {
    let now = moment::now();
    room.sql.run(
        "INSERT OR REPLACE INTO sends (user, key, body_hash, record, state, work, envelope, error, started,
             checks, due, expires) VALUES (?, ?, ?, ?, 'sent', NULL, ?, NULL, ?, 0, NULL, ?)",
        vec![
            user.into(),
            key.into(),
            ELSEWHERE.into(),
            record.to_string().into(),
            envelope.into(),
            now.0.into(),
            now.plus_seconds(KEPT_SECONDS).0.into(),
        ],
    )
}

/// Joins the try that is under way, or starts one.
async fn fly(room: &Rc<Room>, id: (String, String), kind: Try) -> Outcome<Envelope> {
    let flight = room
        .sending
        .borrow_mut()
        .entry(id.clone())
        .or_insert_with(|| {
            let room = Rc::clone(room);
            async move {
                let outcome = match kind {
                    Try::Check => check(&room, &id).await,
                    Try::First | Try::Again => attempt(&room, &id, kind).await,
                };
                room.sending.borrow_mut().remove(&id);
                if outcome.is_ok()
                    && let Err(failure) = outbox::wake(&room).await
                {
                    log::warn("the outbox was not woken", json!({ "detail": failure.detail }));
                }
                outcome
            }
            .boxed_local()
            .shared()
        })
        .clone();
    flight.await
}

/// Why DocuSign is called about a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Try {
    First,
    /// The claim was tried before: DocuSign may have the envelope.
    Again,
    /// The alarm asks; nothing is sent that DocuSign does not have.
    Check,
}

fn find(room: &Room, (user, key): &(String, String)) -> Outcome<Option<Row>> {
    room.sql.row(
        "SELECT body_hash, state, work, envelope, error, started, checks FROM sends WHERE user = ? AND key = ?",
        vec![user.as_str().into(), key.as_str().into()],
    )
}

fn kept_error(row: &Row) -> Failure {
    let kept = row.error.as_deref().and_then(|e| crate::json::read_text::<AppError>(e).ok());
    kept.unwrap_or(Code::DocusignRefused.into()).into()
}

/// Writes down what is to be done, and shows it in the panel as `Sending`.
fn claim(room: &Rc<Room>, (user, key): &(String, String), ask: SendEnvelope) -> Outcome<()> {
    let portal = connections::installation(room)?.portal;
    let (connection, desk) = connections::of_user(room, user)?;
    let desk = desk.ok_or_else(|| connections::lacking(&connection))?;
    let edited = match drafts::find(room, user, key)? {
        Some(stored) if stored.handed_over => return Err(Code::DraftHandedOver.into()),
        Some(stored) => Edited::of(room, &stored, &ask.draft, &ask.values, ask.locale.as_deref())?,
        None => None,
    };
    let (sender, sender_email) = match connection {
        Connection::Connected(as_whom) => (as_whom.name, as_whom.email),
        _ => (ask.user_email.clone(), ask.user_email.clone()),
    };
    let templates = ask.draft.templates();
    let config = room.config()?;
    let transaction_id = token::derived_uuid(&[&portal.to_string(), user, key]).to_string();
    let Plan { definition, finish } = definition::plan(
        &ask.draft,
        &ask.template,
        &ask.values,
        &Binding {
            portal,
            record: &ask.record,
            transaction_id: &transaction_id,
            connect_url: &format!("{}/docusign/connect/{portal}", config.base_url),
            locale: ask.locale.as_deref(),
            sender: (&sender, &sender_email),
        },
    );
    let now = moment::now();
    let rows = sendable_rows(&ask.draft);
    let contacts = rows.iter().filter_map(|row| Some((row.contact_id.clone()?, row.email.clone()))).collect();
    let recipients = rows
        .into_iter()
        .map(|row| Recipient {
            id: String::new(),
            role_name: row.role_in(&ask.template).map(|r| r.role_name.clone()).unwrap_or_default(),
            name: row.name,
            email: row.email,
            kind: row.kind,
            routing_order: row.routing_order,
            status: RecipientStatus::Created,
            status_at: now,
            reason: None,
        })
        .collect();
    let envelope = Envelope {
        id: format!("sending-{transaction_id}"),
        record: ask.record,
        subject: ask.draft.subject,
        template_name: ask.template.name,
        status: Status::Sending,
        status_at: now,
        sent_at: now,
        sender,
        recipients,
        voided_reason: None,
        synced_at: now,
        heard: Default::default(),
    };
    let account = desk.account.clone();
    let work = Work {
        definition,
        finish,
        transaction_id,
        desk,
        envelope,
        contacts,
        edited,
        templates,
        user_email: ask.user_email,
    };
    room.sql.run(
        "INSERT OR REPLACE INTO sends (user, key, body_hash, record, state, work, envelope, error, started,
             checks, due, expires) VALUES (?, ?, ?, ?, 'claimed', ?, NULL, NULL, ?, 0, ?, ?)",
        vec![
            user.as_str().into(),
            key.as_str().into(),
            ask.body_hash.into(),
            work.envelope.record.to_string().into(),
            serde_json::to_string(&work)?.into(),
            now.0.into(),
            now.plus_seconds(STILL_AT_WORK_SECONDS).0.into(),
            now.plus_seconds(KEPT_SECONDS).0.into(),
        ],
    )?;
    let stored = Stored { envelope: work.envelope, account, user: user.clone() };
    envelopes::save(room, &stored)?;
    envelopes::show(room, &stored.envelope);
    Ok(())
}

/// One try. A claim that was tried before is looked up at DocuSign first.
async fn attempt(room: &Rc<Room>, id: &(String, String), kind: Try) -> Outcome<Envelope> {
    let row = find(room, id)?.ok_or(Failure::internal("a claimed send is gone"))?;
    let work: Work = crate::json::read_text(row.work.as_deref().unwrap_or("null"))?;
    // Should the object end now, the alarm will find the claim.
    room.wake_by(moment::now().plus_seconds(STILL_AT_WORK_SECONDS)).await?;
    let outcome = if kind == Try::First {
        create(room, id, &work).await
    } else {
        match look_up(room, id, &work).await {
            Ok(Some(found)) => finish(room, id, &work, found).await,
            Ok(None) => {
                let waited = (moment::now().0 - row.started as i64) / 1000;
                if waited < STILL_AT_WORK_SECONDS && row.checks == 0.0 && row.error.is_some() {
                    let mut error = AppError::new(Code::SendUnsettled);
                    error.retry_after = u32::try_from(STILL_AT_WORK_SECONDS - waited).ok();
                    Err(Ended::Unsettled(Failure::new(error, "DocuSign may still be at work")))
                } else {
                    create(room, id, &work).await
                }
            }
            Err(failure) => Err(Ended::Unsettled(failure)),
        }
    };
    conclude(room, id, &work, outcome)
}

/// Writes down how a try ended.
fn conclude(
    room: &Rc<Room>,
    (user, key): &(String, String),
    work: &Work,
    outcome: Result<EnvelopeWire, Ended>,
) -> Outcome<Envelope> {
    let at = || vec![user.as_str().into(), key.as_str().into()];
    match outcome {
        Ok(sent) => {
            people::trouble(room, user, None)?;
            settle(room, user, key, work, &sent)
        }
        Err(Ended::Refused { mut failure, keep }) => {
            failure.error.support_id = token::support_id();
            let trouble = match failure.error.code {
                Code::DocusignNoPermission => Some(Todo::MissingRight),
                Code::DocusignAccountSuspended => Some(Todo::AccountSuspended),
                _ => None,
            };
            if trouble.is_some() {
                people::trouble(room, user, trouble)?;
            }
            envelopes::remove(room, &work.envelope.record, &work.envelope.id)?;
            if keep {
                let mut values = vec![
                    serde_json::to_string(&failure.error)?.into(),
                    moment::now().0.into(),
                    moment::now().plus_seconds(REFUSAL_SECONDS).0.into(),
                ];
                values.extend(at());
                room.sql.run(
                    "UPDATE sends SET state = 'refused', work = NULL, due = NULL, error = ?, started = ?,
                         expires = ? WHERE user = ? AND key = ?",
                    values,
                )?;
            } else {
                room.sql.run("DELETE FROM sends WHERE user = ? AND key = ?", at())?;
            }
            Err(failure)
        }
        Err(Ended::Elsewhere) => {
            envelopes::remove(room, &work.envelope.record, &work.envelope.id)?;
            Err(Code::DraftSentElsewhere.into())
        }
        Err(Ended::Unsettled(failure)) => {
            let mut error = AppError::new(Code::SendUnsettled);
            error.retry_after = failure.error.retry_after;
            Err(Failure::new(error, failure.into_parts().1))
        }
    }
}

/// DocuSign has it: the row gets its real id, and events that were faster than the answer are applied.
fn settle(room: &Rc<Room>, user: &str, key: &str, work: &Work, sent: &EnvelopeWire) -> Outcome<Envelope> {
    let now = moment::now();
    let said = sent.sent_date_time.as_ref().or(sent.status_date_time.as_ref());
    let at = said.and_then(|text| moment::parse(text)).unwrap_or(now);
    let mut envelope = work.envelope.clone();
    envelope.id = sent.envelope_id.clone();
    envelope.status = Status::Sent;
    envelope.status_at = at;
    envelope.sent_at = at;
    envelope.synced_at = now;
    let first = envelope.recipients.iter().map(|r| r.routing_order).min();
    for recipient in envelope.recipients.iter_mut().filter(|r| Some(r.routing_order) == first) {
        recipient.status = RecipientStatus::Sent;
        recipient.status_at = at;
    }
    let record: RecordRef = envelope.record.clone();
    let stored = Stored { envelope, account: work.desk.account.clone(), user: user.to_owned() };
    envelopes::save(room, &stored)?;
    outbox::note(room, None, &stored.envelope)?;
    reconcile::follow(room, &stored.account)?;
    for (contact, email) in &work.contacts {
        envelopes::remember_contact(room, contact, &stored.envelope.id, email)?;
    }
    room.sql.run(
        "UPDATE sends SET state = 'sent', work = NULL, error = NULL, due = NULL, envelope = ?
         WHERE user = ? AND key = ?",
        vec![stored.envelope.id.as_str().into(), user.into(), key.into()],
    )?;
    let who = (user, work.user_email.as_str());
    history::note_sent(room, &stored.envelope, who, "sent", &work.templates)?;
    drafts::remove(room, user, key)?;
    told::take_in_early(room, &stored.envelope.id)?;
    let envelope = envelopes::find(room, &stored.envelope.id)?.map_or(stored.envelope, |s| s.envelope);
    envelopes::show(room, &envelope);
    envelopes::remove(room, &record, &work.envelope.id)?;
    log::info("sent", json!({ "user": user, "envelope": envelope.id }));
    Ok(envelopes::shown(envelope))
}

/// The alarm's part: asks DocuSign about claims that nobody settled, and gives up on those that never came.
pub async fn settle_due(room: &Rc<Room>) -> Outcome<()> {
    #[derive(Deserialize)]
    struct Due {
        user: String,
        key: String,
    }
    let due: Vec<Due> = room.sql.rows(
        "SELECT user, key FROM sends WHERE state = 'claimed' AND due <= ? LIMIT 20",
        vec![moment::now().0.into()],
    )?;
    for Due { user, key } in due {
        let id = (user, key);
        // Whoever waits with this key gets the outcome; so does the log of the object.
        let _ = fly(room, id, Try::Check).await;
    }
    Ok(())
}

async fn check(room: &Rc<Room>, id: &(String, String)) -> Outcome<Envelope> {
    let row = find(room, id)?.ok_or(Failure::internal("a claimed send is gone"))?;
    let work: Work = crate::json::read_text(row.work.as_deref().unwrap_or("null"))?;
    let checks = row.checks as i64 + 1;
    postpone(room, id, checks)?;
    let unknown = || Failure::new(Code::SendUnsettled, "DocuSign was asked and does not have it");
    let outcome = match look_up(room, id, &work).await {
        Ok(Some(found)) => finish(room, id, &work, found).await,
        Ok(None) if checks < CHECKS_MAX => Err(Ended::Unsettled(unknown())),
        Err(failure) if checks < CHECKS_MAX => Err(Ended::Unsettled(failure)),
        Ok(None) => Err(Ended::Refused { failure: Code::DocusignUnreachable.into(), keep: false }),
        Err(failure) => Err(Ended::Refused { failure, keep: false }),
    };
    conclude(room, id, &work, outcome)
}

fn postpone(room: &Room, (user, key): &(String, String), checks: i64) -> Outcome<()> {
    let wait = STILL_AT_WORK_SECONDS << checks.clamp(0, CHECKS_MAX);
    let due: Timestamp = moment::now().plus_seconds(wait);
    room.sql.run(
        "UPDATE sends SET checks = ?, due = ? WHERE user = ? AND key = ?",
        vec![checks.into(), due.0.into(), user.as_str().into(), key.as_str().into()],
    )
}
