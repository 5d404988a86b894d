//! A Connect message (JSON, SIM; docusign facts §6.3), and the event it means. It is parsed only after its
//! signature was found good.

use serde::Deserialize;
use serde_json::{Map, Value};
use shared::{
    envelope::{Event, Status},
    record::RecordRef,
    time::Timestamp,
};

use super::{
    docusign,
    lenient::{list, maybe, text},
};
use crate::{json::Unreadable, moment};

/// Names of the custom fields that tie an envelope to the record it was sent from.
pub const PORTAL_FIELD: &str = "hs_portal_id";
pub const RECORD_FIELD: &str = "hs_object";

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Message {
    #[serde(deserialize_with = "text")]
    event: String,
    #[serde(deserialize_with = "text")]
    generated_date_time: String,
    data: Data,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Data {
    #[serde(deserialize_with = "text")]
    envelope_id: String,
    #[serde(deserialize_with = "maybe")]
    recipient_id: Option<String>,
    envelope_summary: Option<Summary>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Summary {
    #[serde(deserialize_with = "text")]
    status: String,
    #[serde(deserialize_with = "maybe")]
    voided_reason: Option<String>,
    recipients: Option<Map<String, Value>>,
    custom_fields: Option<CustomFields>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct CustomFields {
    #[serde(deserialize_with = "list")]
    text_custom_fields: Option<Vec<CustomField>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct CustomField {
    #[serde(deserialize_with = "text")]
    name: String,
    #[serde(deserialize_with = "text")]
    value: String,
}

/// What a message is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// An event of one envelope.
    Envelope(Box<Told>),
    /// Genuine, and of no use to us: a template's event, or one without an envelope.
    Nothing,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub envelope_id: String,
    pub event: Event,
    /// The portal that our custom field names, when the message carries it.
    pub portal: Option<u64>,
    pub record: Option<RecordRef>,
}

/// Reads a message. `Err` when it is no JSON object of this kind at all; `arrived` stands in for a missing time.
pub fn parse(body: &[u8], arrived: Timestamp) -> Result<Meaning, Unreadable> {
    // A list would do for a struct as far as serde is concerned.
    let object: Map<String, Value> = crate::json::read(body)?;
    let message: Message = crate::json::of(Value::Object(object))?;
    let Data { envelope_id, recipient_id, envelope_summary } = message.data;
    if envelope_id.is_empty() || message.event.is_empty() {
        return Ok(Meaning::Nothing);
    }
    let at = moment::parse(&message.generated_date_time).unwrap_or(arrived);
    let summary = envelope_summary.unwrap_or_default();
    let field = |name: &str| {
        let fields = summary.custom_fields.as_ref()?.text_custom_fields.as_ref()?;
        fields.iter().find(|f| f.name == name).map(|f| f.value.clone())
    };
    let portal = field(PORTAL_FIELD).and_then(|value| crate::token::portal_id(&value));
    let record = field(RECORD_FIELD).and_then(|value| value.parse().ok());
    let recipients = summary.recipients.as_ref().map(|object| {
        docusign::recipients(object).into_iter().map(|(kind, wire)| wire.recipient(kind)).collect()
    });
    let event = Event {
        name: message.event.to_ascii_lowercase(),
        at,
        recipient_id,
        status: Some(summary.status).filter(|s| !s.is_empty()).map(|s| Status::from_name(&s)),
        voided_reason: summary.voided_reason,
        recipients,
    };
    Ok(Meaning::Envelope(Box::new(Told { envelope_id, event, portal, record })))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(body: &str) -> Told {
        match parse(body.as_bytes(), Timestamp(7)).expect(body) {
            Meaning::Envelope(told) => *told,
            Meaning::Nothing => panic!("nothing: {body}"),
        }
    }

    #[test]
    fn a_message_with_a_summary_gives_status_recipients_and_the_record() {
        let told = told(
            r#"{"event":"recipient-completed","apiVersion":"v2.1","retryCount":0,"configurationId":0,
                "generatedDateTime":"2026-11-23T12:00:00.1234567Z",
                "data":{"accountId":"a","envelopeId":"e1","recipientId":"1","envelopeSummary":{"status":"sent",
                  "customFields":{"textCustomFields":[{"name":"hs_portal_id","value":"62515"},{"name":"hs_object","value":"0-3:9"}]},
                  "recipients":{"signers":[{"recipientId":"1","name":"Ann","status":"completed","signedDateTime":"2026-11-23T11:59:59Z"}]}}}}"#,
        );
        assert_eq!(told.event.at, Timestamp(1_795_435_200_123));
        assert_eq!(told.event.status, Some(Status::Sent));
        assert_eq!(told.event.recipient_id.as_deref(), Some("1"));
        assert_eq!(told.portal, Some(62515));
        assert_eq!(told.record.map(|r| r.to_string()).as_deref(), Some("0-3:9"));
        assert_eq!(told.event.recipients.map(|r| r.len()), Some(1));
    }

    #[test]
    fn a_bare_message_still_names_event_and_envelope() {
        let told = told(r#"{"event":"envelope-completed","data":{"envelopeId":"e1"}}"#);
        assert_eq!((told.event.name.as_str(), told.event.at), ("envelope-completed", Timestamp(7)));
        assert_eq!((told.event.status, told.event.recipients, told.portal), (None, None, None));
    }

    #[test]
    fn messages_about_other_things_mean_nothing_and_other_bodies_are_errors() {
        for body in [
            r#"{"event":"template-modified","data":{"templateId":"t"}}"#,
            "{}",
            r#"{"data":{"envelopeId":"e"}}"#,
        ] {
            assert_eq!(parse(body.as_bytes(), Timestamp(0)).expect(body), Meaning::Nothing);
        }
        for body in ["", "not json", "<xml/>", "3", "[]", "null", r#"{"event":"x","data":"#] {
            assert!(parse(body.as_bytes(), Timestamp(0)).is_err(), "{body}");
        }
    }
}
