//! What travels between the Leptos app and the edge. Every route below `/api` is named here, with its
//! request and its answer; an answer outside 2xx is an [`AppError`](crate::error::AppError).
//!
//! All but `POST /api/session` carry `Authorization: Bearer <session>`. A session is bound to one portal,
//! one HubSpot user and one record (one of the settings to none); it lives in the page's memory only. The routes of
//! the settings are in [`crate::settings`].

use serde::{Deserialize, Serialize};

use crate::{
    draft::{Draft, DraftDocument, Options},
    envelope::Envelope,
    merge::Field,
    prefill::Prefill,
    record::{Contact, Record, RecordRef},
    settings::ConnectedUser,
    template::{Template, TemplateSummary},
    time::Timestamp,
};

/// `POST /hubspot/launch`, called by card or settings page through `hubspot.fetch`. Portal and user are in the
/// signed query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LaunchRequest {
    /// Type and id of the record; a launch of the settings has neither.
    #[serde(default)]
    pub object_type_id: Option<String>,
    #[serde(default, deserialize_with = "maybe_text_or_number")]
    pub object_id: Option<String>,
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

fn maybe_text_or_number<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(transparent)]
    struct Id(#[serde(deserialize_with = "text_or_number")] String);
    Ok(Option::<Id>::deserialize(deserializer)?.map(|id| id.0))
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
    /// The settings of the portal, without a record. Its routes are in [`crate::settings`].
    Settings,
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
    /// `None` in the settings.
    pub record: Option<RecordRef>,
    pub view: View,
    /// The language that the user chose in the settings, or else HubSpot's.
    pub locale: Option<String>,
    /// In the settings without envelopes.
    pub panel: Panel,
}

/// `GET /api/panel?cursor=`: the envelopes of the session's record, what needs somebody first, then what is under
/// way, then what is over; within these the newest first.
///
/// `q=` finds envelopes whose subject, template or recipients hold all of its words (100 characters count),
/// `group=` those of a [`Group`](crate::envelope::Group), `status=` those with a [`Face`](crate::card::Face), and
/// `by=changed` puts what changed last first, whatever its group. With any of the three `total` is how many were
/// found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panel {
    pub connection: Connection,
    pub envelopes: Vec<Envelope>,
    /// The session user's drafts of this record, last saved first; on the first page only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drafts: Vec<DraftSummary>,
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

/// `GET /api/templates?q=&folder=&of=&by=&cursor=`: 25 a page. `q` longer than DocuSign's 48 characters is cut;
/// `folder` is an id of [`FolderList`]; `of` is `mine`, `shared`, `favorites` or absent for all; `by` is `used` for
/// the last used first, else by name. DocuSign lists 2,000 at most: with more, search or folders reach the rest.
/// `PUT` and `DELETE /api/templates/ID/favorite` (answered with `null`) mark a template as the user's favourite, or
/// no longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplatePage {
    pub templates: Vec<TemplateSummary>,
    pub total: u32,
    pub next: Option<String>,
}

/// `GET /api/folders`: DocuSign's template folders that the user sees, a parent before its children.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FolderList {
    pub folders: Vec<Folder>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Folder {
    pub id: String,
    pub name: String,
    /// How deep it lies; 0 at the top.
    pub depth: u32,
}

/// `GET /api/compose?template=ID[&template=ID…]`: the template (or several as one, see
/// [`crate::template::join`]), the record, and the rows the wizard starts with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compose {
    pub template: Template,
    pub record: Record,
    pub prefill: Prefill,
    /// The template's fields that ask for HubSpot data, with what the record holds.
    #[serde(default)]
    pub merge: Vec<Field>,
    /// What the DocuSign account lets a sender change.
    #[serde(default)]
    pub allowed: Allowed,
    /// What the draft starts with: the portal's own reminders and expiration, where the template has none.
    #[serde(default)]
    pub options: Options,
}

/// What the account's plan and administrator let a sender change; `false` is shown as not available, with who can
/// change it. Where DocuSign does not say, everything is allowed, and a refusal is told when it comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Allowed {
    pub reassign: bool,
    pub comments: bool,
    pub sign_on_paper: bool,
    pub sign_on_mobile: bool,
    pub view_history: bool,
    pub document_visibility: bool,
    pub id_stamp: bool,
    pub reminders: bool,
    pub expiration: bool,
    pub access_code: bool,
}

impl Default for Allowed {
    fn default() -> Self {
        Self {
            reassign: true,
            comments: true,
            sign_on_paper: true,
            sign_on_mobile: true,
            view_history: true,
            document_visibility: true,
            id_stamp: true,
            reminders: true,
            expiration: true,
            access_code: true,
        }
    }
}

/// `PUT /api/drafts/ID`: saves the wizard's state as the rep works. `ID` is a UUID made by the browser when the
/// wizard opens; it is also the `Idempotency-Key` of the send. Drafts belong to the record and to the user who made
/// them; nobody else sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveDraft {
    pub draft: Draft,
    /// The version this was made from; 0 for the first save. Another one is `draft-conflict`: the draft was edited
    /// in another window. What was being saved is not.
    pub version: u32,
    /// Where the wizard was.
    pub step: DraftStep,
    /// [`Template::modified`](crate::template::Template::modified) as the wizard knows it.
    #[serde(default)]
    pub template_modified: Option<Timestamp>,
    /// `recipient_id` of every role of the template, as the wizard knows it.
    #[serde(default)]
    pub roles: Option<Vec<String>>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DraftStep {
    #[default]
    Recipients,
    Review,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftSaved {
    pub version: u32,
    pub saved_at: Timestamp,
}

/// `GET /api/drafts/ID`: all that the wizard needs to go on. The template is read anew. `DELETE /api/drafts/ID`
/// (answered with `null`, also when it is gone already) throws it away, at DocuSign too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedDraft {
    pub draft: Draft,
    pub version: u32,
    pub step: DraftStep,
    pub compose: Compose,
    /// The template was changed in DocuSign since the draft was last saved.
    pub template_changed: bool,
    /// The documents, once they were edited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documents: Option<Vec<DraftDocument>>,
}

/// A draft as the panel lists it; only the session user's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftSummary {
    pub id: String,
    pub template_name: String,
    pub subject: String,
    /// Names of the recipients so far, without the empty ones.
    pub recipients: Vec<String>,
    pub saved_at: Timestamp,
    /// It was opened in DocuSign's own editor and is edited there from now on.
    pub handed_over: bool,
}

/// The documents of a draft, in order.
///
/// | route | what it does |
/// | --- | --- |
/// | `POST /api/drafts/ID/documents` (`null`) | makes them editable: from now on there is a draft at DocuSign |
/// | `PUT /api/drafts/ID/documents?name=FILE` | adds a file: the body is its bytes, up to [`UPLOAD_MAX_BYTES`] |
/// | `PUT /api/drafts/ID/documents/order` [`DocumentOrder`] | puts them in another order |
/// | `DELETE /api/drafts/ID/documents/DOCUMENT` | takes one out; the last one stays |
/// | `GET /api/drafts/ID/documents/DOCUMENT/pages` | [`PageList`]; the picture at `…/pages/NUMBER?width=` |
///
/// Each but the last is answered with this. `DOCUMENT` is [`DraftDocument::id`]. All of them need a saved draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftDocuments {
    pub documents: Vec<DraftDocument>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentOrder {
    /// Every document's id, once.
    pub ids: Vec<String>,
}

/// DocuSign takes no larger file by API (docusign facts §7).
pub const UPLOAD_MAX_BYTES: u64 = 32 * 1024 * 1024;

/// `POST /api/drafts/ID/continue` (`null`): brings DocuSign's draft up to date and answers with the address of
/// DocuSign's own editor, good for ten minutes, to be opened in a new tab. From then on the draft is edited there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContinueAnswer {
    pub url: String,
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
    /// A draft of the session's user for this record was saved.
    Draft { draft: Box<DraftSummary> },
    /// A draft was sent or thrown away.
    DraftGone { id: String },
    /// To admins in the settings: how another user stands has changed.
    User { user: Box<ConnectedUser> },
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
        assert_eq!((number.object_id.as_deref(), number.view), (Some("987654"), View::Panel));
        let settings = read(r#"{"view":"settings","objectId":null}"#).expect("without a record");
        assert_eq!((settings.object_id, settings.view), (None, View::Settings));
        for bad in
            [r#"{"objectTypeId":"0-3","objectId":-1}"#, r#"{"objectId":[]}"#, r#"{"view":"other"}"#, "7"]
        {
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
