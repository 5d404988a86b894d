//! Reminding, correcting and voiding an envelope: once for each key, one at a time for each envelope.
//!
//! A key is claimed before DocuSign is called. What can become of a claim:
//!
//! - `done`: the same key is answered with the envelope as it is.
//! - gone: DocuSign refused, nothing was done, and the key is free.
//! - `claimed` still: there was no answer. A later call with the key looks before it repeats anything. A reminder is
//!   never repeated: it counts as sent from the moment it was asked for, and DocuSign's own message confirms it.
//!
//! Whatever is refused because the envelope has changed at DocuSign is read anew, so that the panel is right again.

use std::rc::Rc;

use serde::Deserialize;
use shared::{
    after_send::{
        Correction, Detail, Remind, Void, correction,
        doable::{Action, Why},
        is_reason,
    },
    envelope::{Event, Recipient, Status},
    error::{AppError, Code},
    template::RecipientKind,
};

use super::{
    ask::{self, Act, Desk},
    envelopes::{self, Stored},
    history::{self, Line, asked, refused},
    outbox, papers,
    room::Room,
    told,
    visits::{self, Visitor},
};
use crate::{
    docusign::{
        DocuSign,
        failure::{During, failure},
    },
    failure::{Failure, Outcome},
    log, moment, token,
    vendor::VendorError,
    wire::docusign::RecipientWire,
};

/// How long a key is remembered.
const KEPT_SECONDS: i64 = 7 * 24 * 3600;
/// Who is at work on an envelope's deeds: no user's draft has this place.
const DEEDS: &str = "";

#[derive(Deserialize)]
struct Claim {
    body_hash: String,
    state: String,
    started: f64,
}

pub async fn act(room: &Rc<Room>, ask: Act) -> Outcome<Detail> {
    let visitor = visits::visitor(room, &ask.session_hash)?;
    let id = history::own(room, &visitor, &ask.id)?.envelope.id;
    let outcome = papers::alone(room, DEEDS, &id, alone(room, &visitor, &ask)).await;
    outbox::wake(room).await?;
    outcome?;
    history::see(room, &ask::SeeEnvelope { session_hash: ask.session_hash, id })
}

async fn alone(room: &Rc<Room>, visitor: &Visitor, ask: &Act) -> Outcome<()> {
    let stored = history::own(room, visitor, &ask.id)?;
    let body_hash = token::hash(&format!("{} {}", ask.id, serde_json::to_string(&ask.deed)?));
    let claim: Option<Claim> = room.sql.row(
        "SELECT body_hash, state, started FROM deeds WHERE user = ? AND key = ?",
        vec![visitor.user.as_str().into(), ask.key.as_str().into()],
    )?;
    let again = match claim {
        Some(claim) if claim.body_hash != body_hash => return Err(Code::IdempotencyMismatch.into()),
        Some(claim) if claim.state == "done" => return Ok(()),
        Some(claim) => Some(claim.started as i64),
        None => None,
    };
    let mut deed = Deed { room, visitor, key: &ask.key, body_hash, stored, again };
    let outcome = match &ask.deed {
        ask::Deed::Remind(remind) => deed.remind(remind).await,
        ask::Deed::Correct(correction) => deed.correct(correction).await,
        ask::Deed::Void(void) => deed.void(void).await,
    };
    log::info(
        "deed",
        serde_json::json!({ "envelope": ask.id, "deed": name(&ask.deed), "done": outcome.is_ok() }),
    );
    outcome
}

fn name(deed: &ask::Deed) -> &'static str {
    match deed {
        ask::Deed::Remind(_) => "remind",
        ask::Deed::Correct(_) => "correct",
        ask::Deed::Void(_) => "void",
    }
}

/// One try of one deed.
struct Deed<'a> {
    room: &'a Rc<Room>,
    visitor: &'a Visitor,
    key: &'a str,
    body_hash: String,
    stored: Stored,
    /// When the same was tried before, with an end that nobody knows.
    again: Option<i64>,
}

impl Deed<'_> {
    async fn remind(&mut self, ask: &Remind) -> Outcome<()> {
        if let Some(started) = self.again {
            return if self.was_resent(started)? { self.done() } else { Err(unsettled()) };
        }
        asked(self.room, self.visitor, &self.stored, |case| case.may(Action::Remind))?;
        self.learn_ids().await?;
        let wanted = |one: &Recipient| {
            ask.recipients.is_empty() || ask.recipients.iter().any(|key| *key == one.id || *key == one.email)
        };
        let list: Vec<Recipient> = asked(self.room, self.visitor, &self.stored, |case| {
            if ask.recipients.is_empty() {
                case.may(Action::Remind)?;
                return Ok(case.to_remind().into_iter().cloned().collect());
            }
            let named: Vec<&Recipient> = case.envelope.recipients.iter().filter(|one| wanted(one)).collect();
            named.iter().try_for_each(|one| case.may_remind(one))?;
            Ok(named.into_iter().cloned().collect())
        })?;
        if list.is_empty() || list.iter().any(|one| one.id.is_empty()) {
            return Err(Code::NotFound.into());
        }
        let keys: Vec<String> = list.iter().map(|one| one.id.clone()).collect();
        // Counted from here on, so that no other window can ask for the same meanwhile.
        let line = self.note("reminded", &keys)?;
        self.claim(Some(line))?;
        let envelope = self.stored.envelope.id.clone();
        match self.call(async |d| d.remind(&envelope, &list).await).await? {
            Ok(()) => self.done(),
            Err(error) if error.may_have_acted() => Err(unsettled()),
            Err(error) => {
                history::unnote(self.room, line)?;
                self.give_up(error).await
            }
        }
    }

    async fn void(&mut self, ask: &Void) -> Outcome<()> {
        let reason = ask.reason.trim();
        if !is_reason(reason) {
            return Err(AppError::new(Code::BadRequest).field("reason").into());
        }
        let envelope = self.stored.envelope.id.clone();
        if self.again.is_some() {
            if self.is_voided().await? {
                return self.voided(reason);
            }
        } else {
            asked(self.room, self.visitor, &self.stored, |case| case.may(Action::Void))?;
            self.claim(None)?;
        }
        match self.call(async |d| d.void(&envelope, reason).await).await? {
            Ok(()) => self.voided(reason),
            // Voiding twice is the same as once, so it may be asked for again after having looked.
            Err(error) if error.may_have_acted() => match self.is_voided().await {
                Ok(true) => self.voided(reason),
                _ => Err(unsettled()),
            },
            Err(error) => self.give_up(error).await,
        }
    }

    async fn correct(&mut self, ask: &Correction) -> Outcome<()> {
        asked(self.room, self.visitor, &self.stored, |case| case.may(Action::Correct))?;
        let is_first = self.again.is_none();
        if is_first {
            self.learn_ids().await?;
        } else {
            // An address that is given twice is mailed twice: what was taken is not said again.
            self.read_people().await?;
        }
        let ask = self.with_ids(ask);
        let wrong = correction::check(&self.stored.envelope, &ask);
        match wrong.first() {
            Some(correction::Wrong::NothingChanged) if !is_first => {}
            Some(wrong) => return Err(AppError::new(Code::BadRequest).field(wrong.name()).into()),
            None => {}
        }
        let keys: Vec<String> = correction::changes(&self.stored.envelope, &ask)
            .iter()
            .map(|change| change.recipient.id.clone())
            .collect();
        if is_first {
            self.claim(None)?;
        }
        let id = self.stored.envelope.id.clone();
        let subject =
            ask.subject.as_deref().map(str::trim).filter(|words| *words != self.stored.envelope.subject);
        if subject.is_some() || ask.message.is_some() {
            let message = ask.message.as_deref();
            match self.call(async |d| d.correct_message(&id, subject, message).await).await? {
                Ok(()) => {
                    let words = Correction { recipients: Vec::new(), ..ask.clone() };
                    self.lay(&words)?;
                }
                Err(error) if error.may_have_acted() => return Err(unsettled()),
                Err(error) => return self.give_up(error).await,
            }
        }
        let before = self.stored.envelope.clone();
        let changes = correction::changes(&before, &ask);
        if !changes.is_empty() {
            match self.call(async |d| d.correct_recipients(&id, &changes).await).await? {
                Ok(()) => self.lay(&ask)?,
                Err(error) if error.may_have_acted() => {
                    // At once, since the rep waits; should that fail too, the next try looks again.
                    let looked = self.read_people().await;
                    let left = correction::changes(&self.stored.envelope, &ask).len();
                    if looked.is_err() || left > 0 {
                        return Err(unsettled());
                    }
                }
                Err(error) => {
                    // Of several recipients some may have been taken.
                    let _ = self.read_people().await;
                    return self.give_up(error).await;
                }
            }
        }
        self.note("corrected", &keys)?;
        self.done()
    }

    /// The correction by DocuSign's ids: an address stands for a recipient only until its id is known.
    fn with_ids(&self, ask: &Correction) -> Correction {
        let mut ask = ask.clone();
        for one in &mut ask.recipients {
            let known = self.stored.envelope.recipients.iter().find(|known| known.email == one.recipient);
            if let Some(known) = known {
                one.recipient = known.id.clone();
            }
        }
        ask
    }

    /// Shows what DocuSign has taken.
    fn lay(&mut self, correction: &Correction) -> Outcome<()> {
        self.reload()?;
        correction::lay(&mut self.stored.envelope, correction);
        self.save()
    }

    fn save(&self) -> Outcome<()> {
        envelopes::save(self.room, &self.stored)?;
        envelopes::show(self.room, &self.stored.envelope);
        Ok(())
    }

    fn claim(&self, entry: Option<i64>) -> Outcome<()> {
        let now = moment::now();
        self.room.sql.run(
            "INSERT OR REPLACE INTO deeds (user, key, envelope, body_hash, state, entry, started, expires)
             VALUES (?, ?, ?, ?, 'claimed', ?, ?, ?)",
            vec![
                self.visitor.user.as_str().into(),
                self.key.into(),
                self.stored.envelope.id.as_str().into(),
                self.body_hash.as_str().into(),
                entry.into(),
                now.0.into(),
                now.plus_seconds(KEPT_SECONDS).0.into(),
            ],
        )
    }

    fn done(&self) -> Outcome<()> {
        self.room.sql.run(
            "UPDATE deeds SET state = 'done' WHERE user = ? AND key = ?",
            vec![self.visitor.user.as_str().into(), self.key.into()],
        )
    }

    fn note(&self, what: &str, recipients: &[String]) -> Outcome<i64> {
        let line = Line {
            at: None,
            user: &self.visitor.user,
            email: &self.visitor.user_email,
            what,
            recipients,
            about: "",
        };
        history::note(self.room, &self.stored.envelope.id, &line)
    }

    /// DocuSign refused: the key is free again. Where the envelope is no longer what we took it for, it is read anew.
    async fn give_up(&mut self, error: VendorError) -> Outcome<()> {
        self.room.sql.run(
            "DELETE FROM deeds WHERE user = ? AND key = ?",
            vec![self.visitor.user.as_str().into(), self.key.into()],
        )?;
        if is_stale(&error) {
            if self.read_anew().await.is_err() {
                log::warn("an envelope could not be read anew", serde_json::json!({}));
            }
            return Err(refused(Why::Stale));
        }
        Err(failure(&error, During::Envelope))
    }

    fn desk(&self) -> Outcome<Desk> {
        papers::desk(self.room, &self.visitor.user, Some(&self.stored.account))
    }

    async fn call<T>(
        &self,
        made: impl AsyncFn(DocuSign) -> Result<T, VendorError>,
    ) -> Outcome<Result<T, VendorError>> {
        let desk = self.desk()?;
        papers::call(self.room, &self.visitor.user, &desk, made).await
    }

    async fn people(&self) -> Outcome<Vec<(RecipientKind, RecipientWire)>> {
        let id = &self.stored.envelope.id;
        let found = self.call(async |d| d.recipients(id).await).await?;
        found.map_err(|error| failure(&error, During::Envelope))
    }

    /// DocuSign numbers recipients, and tells the numbers with its first message; before that they are asked for.
    async fn learn_ids(&mut self) -> Outcome<()> {
        if self.stored.envelope.recipients.iter().all(|one| !one.id.is_empty()) {
            return Ok(());
        }
        let people = self.people().await?;
        self.reload()?;
        let mut taken: Vec<String> = Vec::new();
        for one in self.stored.envelope.recipients.iter_mut().filter(|one| one.id.is_empty()) {
            let wire = people.iter().find(|(kind, wire)| {
                let (_, email) = wire.person(kind);
                wire.routing_order == Some(one.routing_order)
                    && email.eq_ignore_ascii_case(&one.email)
                    && !taken.contains(&wire.recipient_id)
            });
            if let Some((_, wire)) = wire {
                one.id = wire.recipient_id.clone();
                taken.push(wire.recipient_id.clone());
            }
        }
        envelopes::save(self.room, &self.stored)
    }

    /// Names, addresses and order as DocuSign has them.
    async fn read_people(&mut self) -> Outcome<()> {
        let people = self.people().await?;
        self.reload()?;
        for (kind, wire) in people {
            let now = wire.recipient(kind);
            let known = self.stored.envelope.recipients.iter_mut().find(|one| one.id == now.id);
            if let Some(known) = known {
                known.name = now.name;
                known.email = now.email;
                known.routing_order = now.routing_order;
            }
        }
        self.save()
    }

    /// Status and recipients as DocuSign has them, by DocuSign's own time.
    async fn read_anew(&mut self) -> Outcome<()> {
        let id = &self.stored.envelope.id;
        let found = self.call(async |d| d.envelope(id).await).await?;
        let found = found.map_err(|error| failure(&error, During::Envelope))?;
        let people = self.people().await?;
        let said = found.status_changed_date_time.or(found.status_date_time);
        let event = Event {
            name: "read-anew".into(),
            at: said.and_then(|text| moment::parse(&text)).unwrap_or(moment::now()),
            recipient_id: None,
            status: Some(found.status).filter(|status| !status.is_empty()).map(|s| Status::from_name(&s)),
            voided_reason: None,
            recipients: Some(people.into_iter().map(|(kind, wire)| wire.recipient(kind)).collect()),
        };
        self.take_in(&event)
    }

    /// What we found out goes the way of what DocuSign tells, with all that follows from it.
    fn take_in(&mut self, event: &Event) -> Outcome<()> {
        told::take_in_answer(self.room, &self.stored.envelope.id, event)?;
        self.reload()
    }

    /// Messages of DocuSign may have come while we waited.
    fn reload(&mut self) -> Outcome<()> {
        if let Some(stored) = envelopes::find(self.room, &self.stored.envelope.id)? {
            self.stored = stored;
        }
        Ok(())
    }

    /// Whether DocuSign has told that it mailed again since.
    fn was_resent(&self, since: i64) -> Outcome<bool> {
        let found: Option<serde_json::Value> = self.room.sql.row(
            "SELECT 1 AS one FROM events WHERE envelope = ? AND received >= ?
                 AND name IN ('recipient-resent', 'envelope-resent') LIMIT 1",
            vec![self.stored.envelope.id.as_str().into(), since.into()],
        )?;
        Ok(found.is_some())
    }

    async fn is_voided(&self) -> Outcome<bool> {
        let id = &self.stored.envelope.id;
        let found = self.call(async |d| d.envelope(id).await).await?;
        let found = found.map_err(|error| failure(&error, During::Envelope))?;
        Ok(found.status.eq_ignore_ascii_case("voided"))
    }

    fn voided(&mut self, reason: &str) -> Outcome<()> {
        let event = Event {
            name: "envelope-voided".into(),
            at: moment::now(),
            recipient_id: None,
            status: None,
            voided_reason: Some(reason.to_owned()),
            recipients: None,
        };
        self.take_in(&event)?;
        self.note("voided", &[])?;
        self.done()
    }
}

fn unsettled() -> Failure {
    Failure::new(Code::ActionUnsettled, "DocuSign did not answer")
}

/// DocuSign says that the envelope, or a recipient of it, is not in a state for this.
fn is_stale(error: &VendorError) -> bool {
    let VendorError::Refused { code, .. } = error else { return false };
    let code = code.to_ascii_uppercase();
    [
        "INVALID_STATUS",
        "INVALID_STATE",
        "RECIPIENT_UPDATE_FAILED",
        "NOT_IN_SEQUENCE",
        "UNKNOWN_ENVELOPE_RECIPIENT",
    ]
    .iter()
    .any(|word| code.contains(word))
}
