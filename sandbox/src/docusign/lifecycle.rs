//! What happens to an envelope and its recipients (facts §8): sent in routing order, viewed, signed, declined,
//! voided, bounced, expired, completed. Each step answers the Connect events it causes; none has an effect
//! outside the envelope.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::letters::mail;
use super::model::{Audit, Envelope, Object, Recipient, as_strings, objects, text};
use super::problem::{Problem, incomplete, invalid_parameter, problem, recipient_missing, wrong_status};
use crate::clock::seven_digits;

/// Something that listeners may be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub name: &'static str,
    /// The recipient's id, for `recipient-…` events.
    pub recipient_id: Option<String>,
}

fn event(name: &'static str) -> Event {
    Event { name, recipient_id: None }
}

fn about(name: &'static str, r: &Recipient) -> Event {
    Event { name, recipient_id: Some(r.id().to_owned()) }
}

type Done = Result<Vec<Event>, Problem>;

pub fn is_open(e: &Envelope) -> bool {
    matches!(e.status.as_str(), "sent" | "delivered")
}

pub fn is_over(e: &Envelope) -> bool {
    matches!(e.status.as_str(), "completed" | "declined" | "voided")
}

fn turn(e: &mut Envelope, status: &str, now: DateTime<Utc>) {
    e.status = status.to_owned();
    e.status_changed = now;
    e.modified = now;
}

pub fn note(e: &mut Envelope, now: DateTime<Utc>, user: &str, action: &str, message: &str) {
    e.audit.push(Audit {
        at: now,
        user: user.to_owned(),
        action: action.to_owned(),
        message: message.to_owned(),
    });
}

/// Whether a draft has all that sending needs.
///
/// # Errors
/// `ENVELOPE_IS_INCOMPLETE`.
pub fn check_complete(e: &Envelope) -> Result<(), Problem> {
    let paper = &e.paper;
    // A signer may name the witness; everybody else has a name and an address.
    let named = |r: &Recipient| {
        let by_signer = r.kind == "witnesses" && !r.text("witnessFor").is_empty();
        by_signer || (!r.display_name().is_empty() && !r.mail_address().is_empty())
    };
    let blank = paper
        .recipients
        .iter()
        .flat_map(|r| r.tabs.values())
        .flat_map(|list| objects(Some(list)))
        .any(|tab| text(&tab, "senderRequired") == "true" && text(&tab, "value").is_empty());
    if paper.documents.is_empty()
        || paper.recipients.is_empty()
        || paper.text("emailSubject").is_empty()
        || !paper.recipients.iter().all(named)
        || blank
    {
        return Err(incomplete());
    }
    Ok(())
}

/// A draft goes out.
///
/// # Errors
/// Not a draft, or incomplete.
pub fn send(e: &mut Envelope, sender: &str, now: DateTime<Utc>) -> Done {
    if e.status != "created" {
        return Err(wrong_status());
    }
    check_complete(e)?;
    turn(e, "sent", now);
    e.sent = Some(now);
    for r in &mut e.paper.recipients {
        r.set("status", "created");
    }
    note(e, now, sender, "Sent Invitations", "Envelope was sent");
    let mut events = vec![event("envelope-sent")];
    advance(e, now, &mut events);
    Ok(events)
}

/// Brings the next recipients into play when those before them are done.
fn advance(e: &mut Envelope, now: DateTime<Utc>, events: &mut Vec<Event>) {
    loop {
        let waiting = e.paper.recipients.iter().any(|r| r.acts() && r.status() != "created" && !r.is_done());
        if waiting {
            return;
        }
        let Some(order) =
            e.paper.recipients.iter().filter(|r| r.status() == "created").map(Recipient::order).min()
        else {
            break;
        };
        let mut mails = Vec::new();
        // A witness comes in when the signer beside it has signed.
        let beside: Vec<String> = e
            .paper
            .recipients
            .iter()
            .filter(|r| r.kind != "witnesses" && r.order() == order && !r.is_done())
            .map(|r| r.id().to_owned())
            .collect();
        let due = |r: &&mut Recipient| {
            let early = r.kind == "witnesses" && beside.iter().any(|id| id == r.text("witnessFor"));
            r.status() == "created" && r.order() == order && !early
        };
        for r in e.paper.recipients.iter_mut().filter(due) {
            r.set("status", "sent");
            r.set("sentDateTime", seven_digits(now));
            events.push(about("recipient-sent", r));
            mails.push((r.guid.clone(), if r.acts() { "sign" } else { "copy" }));
            if !r.acts() {
                r.set("status", "completed");
                events.push(about("recipient-completed", r));
            }
        }
        for (guid, kind) in mails {
            mail(e, &guid, kind, now);
        }
    }
    if is_open(e) {
        turn(e, "completed", now);
        e.completed = Some(now);
        events.push(event("envelope-completed"));
        note(e, now, "System", "Completed", "All recipients have finished");
        for guid in e.paper.recipients.iter().map(|r| r.guid.clone()).collect::<Vec<_>>() {
            mail(e, &guid, "completed", now);
        }
    }
}

fn in_play<'a>(e: &'a mut Envelope, id: &str) -> Result<&'a mut Recipient, Problem> {
    if !is_open(e) {
        return Err(wrong_status());
    }
    let r = e.paper.recipient_mut(id).ok_or_else(recipient_missing)?;
    if !matches!(r.status(), "sent" | "delivered" | "autoresponded") {
        return Err(problem(
            400,
            "RECIPIENT_NOT_IN_SEQUENCE",
            "The token for an out of sequence recipient cannot be generated.",
        ));
    }
    Ok(r)
}

/// A recipient opens the envelope.
///
/// # Errors
/// Not that recipient's turn.
pub fn view(e: &mut Envelope, id: &str, now: DateTime<Utc>) -> Done {
    let mut events = Vec::new();
    let r = in_play(e, id)?;
    if r.status() == "delivered" {
        return Ok(events);
    }
    let name = r.display_name().to_owned();
    r.set("status", "delivered");
    r.set("deliveredDateTime", seven_digits(now));
    events.push(about("recipient-delivered", r));
    // Somebody who only has to receive is done by receiving.
    let received = r.kind == "certifiedDeliveries";
    if received {
        r.set("status", "completed");
        events.push(about("recipient-completed", r));
    }
    note(e, now, &name, "Viewed", "Envelope was viewed");
    let all_seen = e.paper.recipients.iter().all(|r| !matches!(r.status(), "sent" | "autoresponded"));
    if all_seen && e.status == "sent" {
        turn(e, "delivered", now);
        e.delivered = Some(now);
        events.push(event("envelope-delivered"));
    }
    if received {
        advance(e, now, &mut events);
    }
    Ok(events)
}

/// A recipient signs. `values` fill tabs by their label.
///
/// # Errors
/// Not that recipient's turn, or a required tab is empty.
pub fn sign(e: &mut Envelope, id: &str, values: &Object, now: DateTime<Utc>) -> Done {
    let mut events = view(e, id, now)?;
    let r = e.paper.recipient_mut(id).ok_or_else(recipient_missing)?;
    let name = r.display_name().to_owned();
    let email = r.mail_address().to_owned();
    if !r.is_done() {
        fill(r, values, &name, &email, now)?;
        r.set("status", "completed");
        r.set("signedDateTime", seven_digits(now));
        r.fields.insert(
            "signatureInfo".to_owned(),
            json!({ "signatureName": name, "signatureInitials": initials(&name), "fontStyle": "lucida_console" }),
        );
        events.push(about("recipient-completed", r));
        note(e, now, &name, "Signed", "Envelope was signed");
        advance(e, now, &mut events);
    }
    Ok(events)
}

fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|w| w.chars().next()).collect()
}

fn fill(
    r: &mut Recipient,
    values: &Object,
    name: &str,
    email: &str,
    now: DateTime<Utc>,
) -> Result<(), Problem> {
    for (group, list) in &mut r.tabs {
        let Value::Array(list) = list else { continue };
        for tab in list.iter_mut().filter_map(Value::as_object_mut) {
            let label = text(tab, "tabLabel").to_owned();
            if let Some(value) = values.get(&label)
                && text(tab, "locked") != "true"
            {
                let key = if group == "checkboxTabs" { "selected" } else { "value" };
                tab.insert(key.to_owned(), as_strings(value.clone()));
            }
            let fixed = match group.as_str() {
                "fullNameTabs" => Some(name.to_owned()),
                "emailAddressTabs" => Some(email.to_owned()),
                "dateSignedTabs" => Some(now.format("%m/%d/%Y").to_string()),
                "firstNameTabs" => name.split_whitespace().next().map(str::to_owned),
                "lastNameTabs" => name.split_whitespace().last().map(str::to_owned),
                _ => None,
            };
            if let Some(fixed) = fixed {
                tab.insert("value".to_owned(), Value::String(fixed));
            }
            if matches!(group.as_str(), "signHereTabs" | "initialHereTabs") {
                tab.insert("status".to_owned(), json!("signed"));
            } else if text(tab, "required") == "true"
                && group != "checkboxTabs"
                && text(tab, "value").is_empty()
            {
                return Err(invalid_parameter(format_args!("The field '{label}' is required.")));
            }
        }
    }
    Ok(())
}

/// So many wrong access codes lock a recipient out.
const MOST_WRONG_CODES: u32 = 3;

/// Whether the recipient has given too many wrong access codes.
pub fn is_locked_out(e: &Envelope, guid: &str) -> bool {
    e.wrong_codes.get(guid).is_some_and(|n| *n >= MOST_WRONG_CODES)
}

/// A recipient gives an access code. The third wrong one locks out, until the sender sends again or changes it.
///
/// # Errors
/// Not that recipient's turn, or the code is wrong (`ACCESS_CODE_FAILED` is the sandbox's own word).
pub fn give_code(e: &mut Envelope, guid: &str, code: &str, now: DateTime<Utc>) -> Result<bool, Problem> {
    let locked = is_locked_out(e, guid);
    let r = in_play(e, guid)?;
    let is_right = !locked && r.text("accessCode") == code;
    let result = json!({ "accessCodeResult": {
        "status": if is_right { "Passed" } else { "Failed" }, "eventTimestamp": seven_digits(now),
    } });
    r.fields.insert("recipientAuthenticationStatus".to_owned(), result);
    if is_right {
        e.wrong_codes.remove(guid);
    } else {
        *e.wrong_codes.entry(guid.to_owned()).or_default() += 1;
    }
    Ok(is_right)
}

/// What listeners are told of a wrong code: nothing, until it is one too many.
pub fn code_refused(e: &mut Envelope, guid: &str, now: DateTime<Utc>) -> Vec<Event> {
    if e.wrong_codes.get(guid) != Some(&MOST_WRONG_CODES) {
        return Vec::new();
    }
    let Some(r) = e.paper.recipient(guid) else { return Vec::new() };
    let (name, event) = (r.display_name().to_owned(), about("recipient-authenticationfailed", r));
    note(e, now, &name, "Authentication failed", "The access code was wrong too often");
    vec![event]
}

/// A recipient says no: the envelope is over.
///
/// # Errors
/// Not that recipient's turn.
pub fn decline(e: &mut Envelope, id: &str, reason: &str, now: DateTime<Utc>) -> Done {
    let mut events = view(e, id, now)?;
    let r = e.paper.recipient_mut(id).ok_or_else(recipient_missing)?;
    let name = r.display_name().to_owned();
    r.set("status", "declined");
    r.set("declinedReason", reason);
    r.set("declinedDateTime", seven_digits(now));
    events.push(about("recipient-declined", r));
    turn(e, "declined", now);
    e.declined = Some(now);
    events.push(event("envelope-declined"));
    note(e, now, &name, "Declined", reason);
    for guid in informed(e) {
        mail(e, &guid, "declined", now);
    }
    Ok(events)
}

fn informed(e: &Envelope) -> Vec<String> {
    e.paper.recipients.iter().filter(|r| r.status() != "created").map(|r| r.guid.clone()).collect()
}

/// The recipient's mail server says that there is no such address. Not an end: the address can be put right.
///
/// # Errors
/// Not that recipient's turn.
pub fn bounce(e: &mut Envelope, id: &str, now: DateTime<Utc>) -> Done {
    let r = in_play(e, id)?;
    let name = r.display_name().to_owned();
    r.set("status", "autoresponded");
    r.set("autoRespondedReason", "550 5.1.1 The e-mail account that you tried to reach does not exist.");
    let events = vec![about("recipient-autoresponded", r)];
    note(e, now, &name, "Auto Responded", "The e-mail could not be delivered");
    e.modified = now;
    Ok(events)
}

/// # Errors
/// `ENVELOPE_CANNOT_VOID_INVALID_STATE`, or no reason.
pub fn void(e: &mut Envelope, user: &str, reason: &str, now: DateTime<Utc>) -> Done {
    if !is_open(e) {
        return Err(problem(
            400,
            "ENVELOPE_CANNOT_VOID_INVALID_STATE",
            "Only envelopes in the 'Sent' or 'Delivered' states may be voided.",
        ));
    }
    if reason.trim().is_empty() {
        return Err(invalid_parameter("The voidedReason is required."));
    }
    if reason.chars().count() > 200 {
        return Err(invalid_parameter("The voidedReason may not be longer than 200 characters."));
    }
    for guid in informed(e) {
        mail(e, &guid, "voided", now);
    }
    turn(e, "voided", now);
    e.voided = Some(now);
    e.voided_reason = reason.to_owned();
    note(e, now, user, "Voided", reason);
    Ok(vec![event("envelope-voided")])
}

/// Mails again: everybody whose turn it is, or only `ids`. That the history tells it is assumed.
pub fn resend(e: &mut Envelope, user: &str, ids: Option<&[String]>, now: DateTime<Utc>) -> Vec<Event> {
    let again: Vec<(String, Event)> = e
        .paper
        .recipients
        .iter_mut()
        .filter(|r| r.acts() && matches!(r.status(), "sent" | "delivered" | "autoresponded"))
        .filter(|r| ids.is_none_or(|ids| ids.iter().any(|id| id == r.id())))
        .map(|r| {
            if r.status() == "autoresponded" {
                r.set("status", "sent");
                r.fields.remove("autoRespondedReason");
            }
            (r.guid.clone(), about("recipient-resent", r))
        })
        .collect();
    for (guid, _) in &again {
        e.wrong_codes.remove(guid);
    }
    let mut events = Vec::new();
    if !again.is_empty() {
        events.push(event("envelope-resent"));
    }
    for (guid, event) in again {
        mail(e, &guid, "sign", now);
        let name = e.paper.recipient(&guid).map(|r| r.display_name().to_owned()).unwrap_or_default();
        note(e, now, user, "Resent", &format!("The invitation was sent to {name} again"));
        events.push(event);
    }
    events
}

/// The end of a lock under which a running envelope was changed.
pub fn corrected(e: &mut Envelope, user: &str, now: DateTime<Utc>) -> Vec<Event> {
    note(e, now, user, "Corrected", "Envelope was corrected");
    vec![event("envelope-corrected")]
}

/// Recipients were added to or removed from a running envelope: those whose turn it is now get it.
pub fn rerouted(e: &mut Envelope, now: DateTime<Utc>) -> Vec<Event> {
    let mut events = Vec::new();
    if is_open(e) {
        advance(e, now, &mut events);
    }
    events
}

pub fn discarded(e: &mut Envelope, now: DateTime<Utc>) -> Vec<Event> {
    e.deleted = Some(now);
    e.modified = now;
    vec![event(if e.status == "created" { "envelope-discard" } else { "envelope-deleted" })]
}

pub fn created() -> Event {
    event("envelope-created")
}

/// Days until an envelope expires, from its notification settings; 120 as DocuSign's default.
pub fn expire_after(e: &Envelope) -> i64 {
    setting(e, "expirations", "expireAfter").and_then(|s| s.parse().ok()).unwrap_or(120)
}

fn setting<'a>(e: &'a Envelope, part: &str, name: &str) -> Option<&'a str> {
    e.paper.notification.as_ref()?.get(part)?.get(name)?.as_str()
}

pub fn expires_at(e: &Envelope) -> Option<DateTime<Utc>> {
    let enabled = setting(e, "expirations", "expireEnabled").is_none_or(|v| v == "true");
    let sent = e.sent?;
    enabled.then(|| sent + TimeDelta::days(expire_after(e)))
}

/// What time does by itself: reminders and expiry.
pub fn tick(e: &mut Envelope, now: DateTime<Utc>) -> Vec<Event> {
    if !is_open(e) {
        return Vec::new();
    }
    if expires_at(e).is_some_and(|at| at <= now) {
        turn(e, "voided", now);
        e.voided = Some(now);
        e.voided_reason = "Envelope has expired.".to_owned();
        note(e, now, "System", "Voided", "Envelope has expired.");
        return vec![event("envelope-voided")];
    }
    if setting(e, "reminders", "reminderEnabled") == Some("true")
        && let Some(sent) = e.sent
    {
        let days =
            |name: &str| setting(e, "reminders", name).and_then(|s| s.parse::<i64>().ok()).unwrap_or(0);
        let most = setting(e, "reminders", "maximumReminderCount").and_then(|s| s.parse().ok()).unwrap_or(10);
        let due = sent
            + TimeDelta::days(
                days("reminderDelay").max(1) + i64::from(e.reminders_sent) * days("reminderFrequency").max(1),
            );
        if due <= now && e.reminders_sent < most {
            e.reminders_sent += 1;
            for guid in informed(e) {
                if e.paper.recipient(&guid).is_some_and(|r| r.acts() && !r.is_done()) {
                    mail(e, &guid, "reminder", now);
                }
            }
        }
    }
    Vec::new()
}

/// The event that stands for where an envelope is now.
pub fn present_state(e: &Envelope) -> Vec<Event> {
    let name = match e.status.as_str() {
        "created" => "envelope-created",
        "sent" => "envelope-sent",
        "delivered" => "envelope-delivered",
        "completed" => "envelope-completed",
        "declined" => "envelope-declined",
        "voided" => "envelope-voided",
        _ => return Vec::new(),
    };
    vec![event(name)]
}
