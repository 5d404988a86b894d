//! Connect (facts §6): JSON SIM messages to listeners, signed with HMAC, retried, in order per envelope unless
//! a fault says otherwise.
//!
//! Retries wait fractions of a second to minutes instead of hours, so that a test can see them. Messages leave
//! this machine only for a listener on it.

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;
use std::time::Duration;

use base64::Engine as _;
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use super::lifecycle::Event;
use super::model::{Account, Envelope, Object, new_id, object, objects, text};
use super::wire::{AccountView, EnvelopeParts, Users};
use crate::clock::seven_digits;
use crate::faults::{Call, MessageFault};
use crate::lock::lock;
use crate::traffic::{Vendor, entry};
use crate::world::World;

/// Waits before the retries, in milliseconds.
const RETRIES: [u64; 10] = [300, 1_000, 3_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000];
/// DocuSign's patience with a listener (facts §6.5).
const PATIENCE: Duration = Duration::from_secs(100);

/// One message for one listener.
#[derive(Clone, Debug)]
pub struct Message {
    pub event: &'static str,
    pub url: String,
    pub account_id: String,
    pub portal_id: u64,
    pub envelope_id: String,
    configuration_id: String,
    generated: String,
    /// The `data` object as JSON text.
    data: String,
    keys: Vec<String>,
    retried: bool,
    logged: bool,
    subject: String,
}

/// Per envelope, what is still to be sent. An entry lives only while its task runs.
#[derive(Debug, Default)]
pub struct Sender {
    queues: Mutex<HashMap<String, VecDeque<Message>>>,
}

/// `base64(HMAC-SHA256(key as UTF-8, raw body))`, the value of `X-DocuSign-Signature-N`.
pub fn signature(key: &str, body: &[u8]) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) else { return String::new() };
    mac.update(body);
    base64::engine::general_purpose::STANDARD.encode(mac.finalize().into_bytes())
}

/// Puts messages for these events into the account's outbox: for the envelope's own listeners and for the
/// account's configurations.
pub fn publish(
    account: &mut Account,
    users: &Users<'_>,
    envelope_id: &str,
    events: &[Event],
    now: DateTime<Utc>,
) {
    let Some(envelope) = account.envelopes.get(envelope_id) else { return };
    let mut made = Vec::new();
    for (n, event) in events.iter().enumerate() {
        // Each event has a time of its own.
        let generated = now + TimeDelta::microseconds(137 * n as i64);
        for listener in &envelope.notifications {
            if wants(listener, event.name) {
                made.push(message(account, users, envelope, event, listener, "0", generated));
            }
        }
        for configuration in &account.connect {
            let everybody = text(configuration, "allUsers") == "true"
                || configuration
                    .get("userIds")
                    .and_then(Value::as_array)
                    .is_some_and(|l| l.iter().any(|u| u.as_str() == Some(&envelope.sender_id)));
            if text(configuration, "allowEnvelopePublish") == "true"
                && text(configuration, "pausePublish") != "true"
                && everybody
                && wants(configuration, event.name)
            {
                let id = text(configuration, "connectId").to_owned();
                made.push(message(account, users, envelope, event, configuration, &id, generated));
            }
        }
    }
    account.outbox.extend(made);
}

fn wants(listener: &Object, event: &str) -> bool {
    listener
        .get("events")
        .and_then(Value::as_array)
        .is_some_and(|list| list.iter().any(|e| e.as_str().is_some_and(|e| e.eq_ignore_ascii_case(event))))
}

fn message(
    account: &Account,
    users: &Users<'_>,
    envelope: &Envelope,
    event: &Event,
    listener: &Object,
    configuration_id: &str,
    generated: DateTime<Utc>,
) -> Message {
    let url = match text(listener, "url") {
        "" => text(listener, "urlToPublishTo"),
        url => url,
    };
    let keys = match (text(listener, "includeHMAC"), text(listener, "integratorManaged")) {
        ("true", "true") => {
            crate::sample_app::DOCUSIGN_CONNECT_KEYS.iter().map(|k| (*k).to_owned()).collect()
        }
        ("true", _) => account.connect_keys.clone(),
        _ => Vec::new(),
    };
    let acknowledged = [text(listener, "requireAcknowledgment"), text(listener, "requiresAcknowledgement")];
    let logged = [text(listener, "loggingEnabled"), text(listener, "enableLog")];
    Message {
        event: event.name,
        url: url.to_owned(),
        account_id: account.account_id.clone(),
        portal_id: account.portal_id,
        envelope_id: envelope.envelope_id.clone(),
        configuration_id: configuration_id.to_owned(),
        generated: seven_digits(generated),
        data: data(account, users, envelope, event, listener),
        keys,
        retried: acknowledged.contains(&"true"),
        logged: logged.contains(&"true"),
        subject: envelope.paper.text("emailSubject").to_owned(),
    }
}

fn data(
    account: &Account,
    users: &Users<'_>,
    envelope: &Envelope,
    event: &Event,
    listener: &Object,
) -> String {
    let asked: Vec<&str> = listener
        .get("eventData")
        .and_then(|d| d.get("includeData"))
        .and_then(Value::as_array)
        .map(|list| list.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let mut fields = vec![
        format!("\"accountId\":{}", json!(account.account_id)),
        format!("\"userId\":{}", json!(envelope.sender_id)),
        format!("\"envelopeId\":{}", json!(envelope.envelope_id)),
    ];
    if let Some(id) = &event.recipient_id {
        fields.push(format!("\"recipientId\":{}", json!(id)));
    }
    if !asked.is_empty() {
        let view = AccountView { account_id: &account.account_id, folders: &account.folders, users };
        let parts = EnvelopeParts {
            recipients: asked.contains(&"recipients") || asked.contains(&"tabs"),
            tabs: asked.contains(&"tabs"),
            custom_fields: asked.contains(&"custom_fields"),
            documents: asked.contains(&"documents"),
            folders: asked.contains(&"folders"),
        };
        let mut summary = object(super::wire::envelope(envelope, &view, parts));
        // The lock's holder and the voiding's reason are told only if asked for.
        summary.remove("lockInformation");
        if listener.get("includeEnvelopeVoidReason").is_some_and(|v| v == "false") {
            summary.remove("voidedReason");
        }
        fields.push(format!("\"envelopeSummary\":{}", Value::Object(summary)));
    }
    format!("{{{}}}", fields.join(","))
}

impl Message {
    /// The bytes on the wire. The members stand in DocuSign's order, not in the alphabet's: who parses and
    /// serialises again before checking the signature finds out.
    fn body(&self, retry: u32) -> String {
        format!(
            "{{\"event\":{},\"apiVersion\":\"v2.1\",\"uri\":{},\"retryCount\":{retry},\"configurationId\":{},\"generatedDateTime\":{},\"data\":{}}}",
            json!(self.event),
            json!(format!("/restapi/v2.1/accounts/{}/envelopes/{}", self.account_id, self.envelope_id)),
            self.configuration_id.parse::<u64>().unwrap_or(0),
            json!(self.generated),
            self.data,
        )
    }
}

/// Queues messages for delivery. Must be called within the runtime.
pub fn send(world: &World, messages: Vec<Message>) {
    for message in messages {
        let envelope_id = message.envelope_id.clone();
        let mut queues = lock(&world.connect.queues);
        match queues.get_mut(&envelope_id) {
            Some(queue) => queue.push_back(message),
            None => {
                queues.insert(envelope_id.clone(), VecDeque::from([message]));
                tokio::spawn(drain(world.clone(), envelope_id));
            }
        }
    }
}

fn next(world: &World, envelope_id: &str) -> Option<Message> {
    let mut queues = lock(&world.connect.queues);
    let message = queues.get_mut(envelope_id).and_then(VecDeque::pop_front);
    if message.is_none() {
        queues.remove(envelope_id);
    }
    message
}

async fn drain(world: World, envelope_id: String) {
    while let Some(message) = next(&world, &envelope_id) {
        let portal = message.portal_id.to_string();
        let fault = world.faults.strike(&Call {
            vendor: Vendor::Connect,
            method: "POST",
            path: &message.url,
            event: message.event,
            account_id: Some(&message.account_id),
            portal_id: Some(&portal),
        });
        let wait = Duration::from_millis(fault.as_ref().and_then(|f| f.delay_ms).unwrap_or(1_000));
        match fault.and_then(|f| f.message) {
            Some(MessageFault::Drop) => {
                let seq = world.traffic.begin(log_entry(&world, &message, &message.body(0), 0));
                world.traffic.finish(seq, |e| e.outcome = Some("dropped".to_owned()));
            }
            Some(MessageFault::Duplicate) => {
                deliver(&world, &message).await;
                deliver(&world, &message).await;
            }
            Some(MessageFault::Delay) => {
                let world = world.clone();
                tokio::spawn(async move {
                    tokio::time::sleep(wait).await;
                    deliver(&world, &message).await;
                });
            }
            Some(MessageFault::Reorder) => {
                // The one behind it goes first; if there is none yet, it is waited for.
                let mut behind = None;
                for _ in 0..(wait.as_millis() / 20).max(1) {
                    behind = lock(&world.connect.queues).get_mut(&envelope_id).and_then(VecDeque::pop_front);
                    if behind.is_some() {
                        break;
                    }
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                if let Some(behind) = behind {
                    deliver(&world, &behind).await;
                }
                deliver(&world, &message).await;
            }
            None => deliver(&world, &message).await,
        }
    }
}

/// Tries once; on failure the retries run beside what follows, so later messages may overtake.
async fn deliver(world: &World, message: &Message) {
    if attempt(world, message, 0).await || !message.retried {
        return;
    }
    let (world, message) = (world.clone(), message.clone());
    tokio::spawn(async move {
        for (n, wait) in (1u32..).zip(RETRIES) {
            tokio::time::sleep(Duration::from_millis(wait)).await;
            if attempt(&world, &message, n).await {
                return;
            }
        }
    });
}

async fn attempt(world: &World, message: &Message, retry: u32) -> bool {
    let body = message.body(retry);
    let seq = world.traffic.begin(log_entry(world, message, &body, retry + 1));
    if !is_local(&message.url) {
        world.traffic.finish(seq, |e| e.outcome = Some("not a listener on this machine".to_owned()));
        remember(world, message, retry, Some("The listener is not on this machine."));
        return true;
    }
    let mut request = world
        .http
        .post(&message.url)
        .timeout(PATIENCE)
        .header("content-type", "application/json; charset=utf-8")
        .header("x-authorization-digest", "HMACSHA256")
        .header("x-docusign-accountid", &message.account_id);
    for (n, key) in (1..).zip(&message.keys) {
        request = request.header(format!("x-docusign-signature-{n}"), signature(key, body.as_bytes()));
    }
    let result = request.body(body).send().await;
    let status = result.as_ref().map_or(0, |r| r.status().as_u16());
    let error = result.as_ref().err().map(ToString::to_string);
    world.traffic.finish(seq, |e| {
        e.status = status;
        e.outcome = error.as_ref().map(|_| "no answer".to_owned());
    });
    let ok = (200..300).contains(&status);
    let why =
        (!ok).then(|| error.unwrap_or_else(|| format!("The remote server returned an error: ({status}).")));
    remember(world, message, retry, why.as_deref());
    ok
}

fn is_local(url: &str) -> bool {
    url::Url::parse(url).is_ok_and(|u| matches!(u.host_str(), Some("127.0.0.1" | "localhost" | "[::1]")))
}

fn log_entry(world: &World, message: &Message, body: &str, tries: u32) -> crate::traffic::Entry {
    let mut e = entry(world, Vendor::Connect, "POST", &message.url);
    e.request_body = serde_json::from_str(body).unwrap_or(Value::Null);
    e.request_headers = (1..)
        .zip(&message.keys)
        .map(|(n, k)| (format!("x-docusign-signature-{n}"), signature(k, body.as_bytes())))
        .collect();
    e.account_id = Some(message.account_id.clone());
    e.portal_id = Some(message.portal_id.to_string());
    e.tries = Some(tries);
    e
}

/// Keeps the log that `GET /connect/logs` and `/connect/failures` show: the newest 100.
fn remember(world: &World, message: &Message, retry: u32, error: Option<&str>) {
    if !message.logged {
        return;
    }
    let now = world.clock.now();
    let mut docusign = lock(&world.docusign);
    let Some(account) = docusign.accounts.get_mut(&message.account_id) else { return };
    let id = new_id();
    account.connect_logs.insert(
        0,
        object(json!({
            "logId": id, "failureId": id, "accountId": message.account_id, "envelopeId": message.envelope_id,
            "configUrl": message.url, "connectId": message.configuration_id, "created": seven_digits(now),
            "lastTry": seven_digits(now), "retryCount": retry.to_string(), "subject": message.subject,
            "status": if error.is_some() { "Failed" } else { "Success" }, "error": error.unwrap_or(""),
            "logUri": format!("/connect/logs/{id}"),
        })),
    );
    account.connect_logs.truncate(100);
}

/// Whether a log entry is a failure.
pub fn is_failure(log: &Object) -> bool {
    text(log, "status") == "Failed"
}

/// The listeners of an envelope definition: `eventNotification` and `eventNotifications`.
pub fn listeners(definition: &Object) -> Vec<Object> {
    let mut list = objects(definition.get("eventNotifications"));
    list.extend(definition.get("eventNotification").and_then(Value::as_object).cloned());
    list
}

#[cfg(test)]
mod tests {
    use super::signature;

    const K1: &str = "3sEcReTk3yForTests0000000000000000000000000=";
    const K2: &str = "r0tatedK3yForTests1111111111111111111111111=";
    const SIM: &str = r#"{"event":"envelope-completed","apiVersion":"v2.1","uri":"/restapi/v2.1/accounts/0cdb3ff3-0000-4000-8000-e43af011006d/envelopes/ea4cc25b-0000-4000-8000-a67a0a2a4f6c","retryCount":0,"configurationId":10501234,"generatedDateTime":"2026-11-23T12:00:00.1234567Z","data":{"accountId":"0cdb3ff3-0000-4000-8000-e43af011006d","userId":"fdb7fd81-0000-4000-8000-daa56da18c13","envelopeId":"ea4cc25b-0000-4000-8000-a67a0a2a4f6c"}}"#;

    #[test]
    fn signatures_match_the_known_vectors() {
        let cases = [
            (K1, "", "0rrEzMsCJETnM7ZH2cWl0f+tE7+P1/BXBpVVVYDMvp8="),
            (K1, r#"{"event":"envelope-sent"}"#, "Ua3b+9hAXK7tFwGzOMj3m/L8tk9DHQ9AfGFdwKpdqbk="),
            (K1, SIM, "1ytlgfzJkx9NPFMZ0kV0k5c0kI23eaFNvrj+nrqG06E="),
            (K2, SIM, "AWs7XdOGbrjTASQ+5qZQUrPvC1wlZBDx1wxIJUFkTN4="),
            ("Jefe", "what do ya want for nothing?", "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM="),
        ];
        for (key, body, expected) in cases {
            assert_eq!(signature(key, body.as_bytes()), expected);
        }
        assert_eq!(SIM.len(), 418);
    }
}
