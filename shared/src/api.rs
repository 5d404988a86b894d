//! What travels between the Leptos app and the edge. Every route below `/api` is named here, with its
//! request and its answer; an answer outside 2xx is an [`AppError`](crate::error::AppError).
//!
//! All but `POST /api/session` carry `Authorization: Bearer <session>`. A session is bound to one portal,
//! one HubSpot user and one record; it lives in the page's memory only.

use serde::{Deserialize, Serialize};

use crate::{
    draft::Draft,
    envelope::Envelope,
    merge::Field,
    prefill::Prefill,
    record::{Contact, Record, RecordRef},
    template::{Template, TemplateSummary},
    time::Timestamp,
};

/// `POST /hubspot/launch`, called by the card through `hubspot.fetch`. Portal and user are in the signed query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LaunchRequest {
    pub object_type_id: String,
    #[serde(deserialize_with = "text_or_number")]
    pub object_id: String,
    #[serde(default)]
    pub view: View,
    /// HubSpot's locale of the user, such as `da` or `en-us`.
    #[serde(default)]
    pub locale: Option<String>,
}

/// The card's `context.crm.objectId` is a number; everything else has it as text.
pub(crate) fn text_or_number<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Text(String),
        Number(u64),
    }
    Ok(match Either::deserialize(deserializer)? {
        Either::Text(text) => text,
        Either::Number(number) => number.to_string(),
    })
}

/// The answer: where to point the iframe. The token is in the fragment, works once, and for two minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaunchAnswer {
    pub url: String,
}

/// Which screen a launch opens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum View {
    #[default]
    Panel,
    /// The wizard at once.
    Send,
}

/// `POST /api/session`: trades the launch token for a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionRequest {
    pub launch: String,
}

/// The answer carries the first page of the panel, so that opening costs one request and no vendor call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Bearer token. Its hash is all that the edge keeps.
    pub token: String,
    pub expires_at: Timestamp,
    pub portal_id: u64,
    pub user_email: String,
    pub record: RecordRef,
    pub view: View,
    pub locale: Option<String>,
    pub panel: Panel,
}

/// `GET /api/panel?cursor=`: the envelopes of the session's record, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panel {
    pub connection: Connection,
    pub envelopes: Vec<Envelope>,
    /// How many the record has in all.
    pub total: u32,
    /// Opaque; `None` on the last page.
    pub next: Option<String>,
    /// When the edge last heard from DocuSign about any of them.
    pub synced_at: Option<Timestamp>,
}

/// How this HubSpot user stands with DocuSign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "state")]
pub enum Connection {
    /// The app is not installed in the portal any more.
    NotInstalled,
    NotConnected,
    Connected(ConnectedAs),
    /// The token died. What we know of envelopes is still shown.
    MustReconnect(ConnectedAs),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectedAs {
    pub name: String,
    pub email: String,
    pub account_id: String,
    pub account_name: String,
    pub since: Timestamp,
    /// All accounts of the DocuSign user.
    pub accounts: Vec<Account>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub id: String,
    pub name: String,
    pub is_default: bool,
}

/// `POST /api/connect` (empty body): a one-time address to open in a new window, where DocuSign's login starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectAnswer {
    pub url: String,
}

/// `GET /api/templates?q=&cursor=`: 25 a page. `q` longer than DocuSign's 48 characters is cut.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplatePage {
    pub templates: Vec<TemplateSummary>,
    pub total: u32,
    pub next: Option<String>,
}

/// `GET /api/compose?template=ID`: the template, the record, and the rows the wizard starts with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compose {
    pub template: Template,
    pub record: Record,
    pub prefill: Prefill,
    /// The template's fields that ask for HubSpot data, with what the record holds.
    #[serde(default)]
    pub merge: Vec<Field>,
}

/// `GET /api/templates/ID/documents/ID/pages`: how large a document's pages are. The picture of a page is the PNG
/// at `…/pages/NUMBER?width=` (in pixels).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageList {
    pub pages: Vec<Page>,
}

/// A page of a document, in points (72 to the inch).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// From 1.
    pub number: u32,
    pub width: u32,
    pub height: u32,
}

/// `GET /api/contacts?q=`: at most 20 of the CRM's contacts; those without e-mail included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactPage {
    pub contacts: Vec<Contact>,
}

/// `POST /api/envelopes` with the header `Idempotency-Key` (a UUID made by the browser when the wizard opens).
/// The same key and body give the same answer, whatever happened in between; the same key with another
/// body is refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendRequest {
    pub draft: Draft,
}

/// The envelope as it now stands in the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendAnswer {
    pub envelope: Envelope,
}

/// `GET /api/live` upgrades to a WebSocket; the session goes in `Sec-WebSocket-Protocol`
/// (`countersign`, then the session token), never in the address. The edge sends these; the page sends nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "live")]
pub enum Live {
    /// An envelope of the session's record is new or has changed.
    Envelope { envelope: Box<Envelope> },
    /// The session's user was connected, or must reconnect.
    Connection { connection: Connection },
    /// A row in `Sending` is no more: it was refused, or has come back under DocuSign's id.
    Gone { id: String },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_launch_takes_the_object_id_as_text_or_number() {
        let read = |json: &str| serde_json::from_str::<LaunchRequest>(json);
        let number = read(r#"{"objectTypeId":"0-3","objectId":987654,"locale":"da"}"#).expect("a number");
        let text = read(r#"{"objectTypeId":"0-3","objectId":"987654","locale":"da"}"#).expect("a text");
        assert_eq!(number, text);
        assert_eq!((number.object_id.as_str(), number.view), ("987654", View::Panel));
        for bad in [r#"{"objectTypeId":"0-3"}"#, r#"{"objectTypeId":"0-3","objectId":-1}"#, "{}", "7"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_connection_is_told_by_its_state() {
        let who = ConnectedAs {
            name: "Sam".into(),
            email: "sam@firm.example".into(),
            account_id: "a".into(),
            account_name: "Firm".into(),
            since: Timestamp(5),
            accounts: vec![Account { id: "a".into(), name: "Firm".into(), is_default: true }],
        };
        let wire = |connection: &Connection| serde_json::to_string(connection).expect("JSON");
        insta::assert_snapshot!(wire(&Connection::NotConnected), @r#"{"state":"not-connected"}"#);
        let connected = Connection::MustReconnect(who);
        insta::assert_snapshot!(wire(&connected), @r#"{"state":"must-reconnect","name":"Sam","email":"sam@firm.example","account_id":"a","account_name":"Firm","since":5,"accounts":[{"id":"a","name":"Firm","is_default":true}]}"#);
        assert_eq!(serde_json::from_str::<Connection>(&wire(&connected)).expect("and back"), connected);
    }
}
