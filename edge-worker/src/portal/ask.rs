//! What the Worker may ask a Portal object. The object is reachable from this Worker only, so a question that
//! arrives is trusted; what it says about a browser (a session, a launch) is still checked, by hash.

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use shared::{
    after_send::{Correction, Detail, Remind, Void},
    api::{self, Connection, DraftSaved, DraftStep, Panel, View},
    card::Face,
    draft::{Draft, DraftDocument},
    envelope::{Envelope, Event, Group},
    error::Code,
    record::RecordRef,
    settings::{Preferences, keys::Signed},
    template::Template,
    time::Timestamp,
};

use super::kept::What;
use crate::{
    docusign::definition::TabValue,
    failure::{Failure, Outcome},
    secret::Secret,
    vault::grant::{Grant, Holder},
};

/// A question with its answer.
pub trait Ask: Serialize + DeserializeOwned {
    /// Its name on the way.
    const NAME: &'static str;
    type Answer: Serialize + DeserializeOwned;
}

macro_rules! asks {
    ($($ask:ty => $answer:ty, $name:literal;)*) => {
        $(impl Ask for $ask { const NAME: &'static str = $name; type Answer = $answer; })*
    };
}

pub mod settings;

asks! {
    Install => (), "install";
    StartSignIn => (), "start-sign-in";
    TakeSignIn => SignIn, "take-sign-in";
    Connect => (), "connect";
    OpenLaunch => (), "open-launch";
    OpenSession => OpenedSession, "open-session";
    Enter => Visit, "enter";
    Page => Panel, "page";
    Card => Panel, "card";
    NewTicket => (), "new-ticket";
    SaveDraft => DraftSaved, "save-draft";
    OpenDraft => StoredDraft, "open-draft";
    DeleteDraft => (), "delete-draft";
    StartDocuments => Vec<DraftDocument>, "start-documents";
    AddDocument => Vec<DraftDocument>, "add-document";
    ArrangeDocuments => Vec<DraftDocument>, "arrange-documents";
    RemoveDocument => Vec<DraftDocument>, "remove-document";
    SeePaper => SeenPaper, "see-paper";
    CheckPaper => Option<Template>, "check-paper";
    ContinueDraft => String, "continue-draft";
    KeepTemplate => (), "keep-template";
    Keep => (), "keep";
    FreshGrant => Grant, "fresh-grant";
    SendEnvelope => Envelope, "send-envelope";
    Act => Detail, "act";
    SeeEnvelope => Detail, "see-envelope";
    TakePdf => PdfAt, "take-pdf";
    Tell => Heard, "tell";
    ForgetContact => (), "forget-contact";
    Ping => (), "ping";
}

/// Tokens as they come from a vendor.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewTokens {
    pub access_token: Secret,
    pub refresh_token: Secret,
    pub expires_at: Timestamp,
}

/// HubSpot's consent was given: the portal exists from now on.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Install {
    pub portal: u64,
    pub domain: String,
    /// HubSpot's id of the user who installed.
    pub user: String,
    pub user_email: String,
    /// Hash of the OAuth state, good for one install.
    pub state_hash: String,
    pub tokens: NewTokens,
}

/// A browser is sent to DocuSign's login.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StartSignIn {
    pub on_behalf: OnBehalf,
    pub state_hash: String,
    /// Hash of the cookie that binds the state to the browser.
    pub browser_hash: String,
    /// PKCE verifier, sealed for `sign-in/<state hash>`.
    pub verifier: String,
    pub locale: Option<String>,
}

/// Whose DocuSign user is being connected.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum OnBehalf {
    /// The user whom the one-time ticket was given to.
    Ticket { hash: String },
    /// The user who has just installed.
    Installer { user: String, email: String },
}

/// The browser came back from DocuSign.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TakeSignIn {
    pub state_hash: String,
    pub browser_hash: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignIn {
    pub user: String,
    pub user_email: String,
    pub verifier: String,
    pub locale: Option<String>,
}

/// DocuSign's consent was given.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Connect {
    pub user: String,
    pub user_email: String,
    pub docusign_user: String,
    pub name: String,
    pub email: String,
    /// The account that is used.
    pub account: AccountAt,
    pub accounts: Vec<AccountAt>,
    pub tokens: NewTokens,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AccountAt {
    pub id: String,
    pub name: String,
    pub is_default: bool,
    pub base_uri: String,
}

/// A signed launch.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OpenLaunch {
    /// Hash of HubSpot's signature: good for one launch.
    pub signature_hash: String,
    pub launch_hash: String,
    pub user: String,
    pub user_email: String,
    /// `None` for the settings.
    pub record: Option<RecordRef>,
    pub view: View,
    pub locale: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OpenSession {
    pub launch_hash: String,
    pub session_hash: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OpenedSession {
    pub expires_at: Timestamp,
    pub user_email: String,
    /// `None` for the settings.
    pub record: Option<RecordRef>,
    pub view: View,
    pub locale: Option<String>,
    pub panel: Panel,
}

/// Who is this session, and what may it use?
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Enter {
    pub session_hash: String,
    /// Templates to answer with, as far as they are still known.
    pub templates: Vec<String>,
    /// A key to answer with the envelope of, if it was sent already, and with the documents of its draft.
    pub key: Option<String>,
    /// Kept answers to answer with, as far as they are still known.
    pub kept: Vec<What>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Visit {
    pub user: String,
    pub user_email: String,
    /// See [`Self::record`].
    pub record: Option<RecordRef>,
    /// In the settings: whether HubSpot says that the user is a super admin; `None` when that is to be asked.
    pub admin: Option<bool>,
    pub locale: Option<String>,
    pub connection: Connection,
    /// What the portal's admins decided for everybody.
    pub preferences: Preferences,
    /// The account in use, when connected.
    pub docusign: Option<Desk>,
    /// Generation of HubSpot's grant; 0 when there is none.
    pub hubspot_generation: u64,
    pub templates: Vec<Template>,
    pub sent: Option<Sent>,
    /// The documents of the draft with the key, once they were edited.
    pub documents: Option<Vec<DraftDocument>>,
    pub kept: Vec<(What, String)>,
    /// The template that those are of, as it was when they were made editable.
    pub paper: Option<Template>,
}

impl Visit {
    /// The record of the session; to one of the settings there is nothing where a record is needed.
    pub fn record(&self) -> Outcome<&RecordRef> {
        self.record.as_ref().ok_or(Failure::new(Code::NotFound, "a session without a record"))
    }
}

/// What was sent under a key before.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sent {
    pub body_hash: String,
    pub envelope: Envelope,
}

/// A DocuSign account and where it is served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    pub account: String,
    pub base_uri: String,
    pub generation: u64,
    /// The DocuSign user's own id.
    #[serde(default)]
    pub user: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Page {
    pub session_hash: String,
    pub cursor: Option<String>,
    #[serde(default)]
    pub wanted: Wanted,
}

/// Which of a record's envelopes are listed, and in which order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Words that all have to be found.
    pub words: Vec<String>,
    pub group: Option<Group>,
    pub face: Option<Face>,
    /// What changed last first, instead of what needs somebody.
    pub by_change: bool,
}

/// Something is to be done with an envelope, once for each key.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Act {
    pub session_hash: String,
    pub id: String,
    pub key: String,
    pub deed: Deed,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Deed {
    Remind(Remind),
    Correct(Correction),
    Void(Void),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SeeEnvelope {
    pub session_hash: String,
    pub id: String,
}

/// Somebody wants an envelope's papers, or its history at DocuSign: may they?
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct TakePdf {
    pub session_hash: String,
    pub id: String,
    /// `combined`, `certificate` or a document's id; nothing where none is fetched yet.
    pub document: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PdfAt {
    pub subject: String,
}

/// The first page of a record's envelopes, for a user whom HubSpot's signature vouches for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Card {
    pub user: String,
    pub record: RecordRef,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct NewTicket {
    pub session_hash: String,
    pub ticket_hash: String,
}

/// The wizard's state, to be kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SaveDraft {
    pub session_hash: String,
    pub id: String,
    pub save: api::SaveDraft,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OpenDraft {
    pub session_hash: String,
    pub id: String,
}

/// A draft as it was saved, with what became of it at DocuSign.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StoredDraft {
    pub user: String,
    pub id: String,
    pub record: RecordRef,
    pub draft: Draft,
    pub version: u32,
    pub step: DraftStep,
    pub template_modified: Option<Timestamp>,
    /// The template's roles that the sender has seen, as far as it is known.
    pub roles: Option<Vec<String>>,
    pub template_name: String,
    pub saved_at: Timestamp,
    /// The DocuSign account it was last saved in, or that its DocuSign draft is in; empty when there was none.
    pub account: String,
    /// DocuSign's draft, once an edit needed one.
    pub envelope: Option<String>,
    /// The documents, once they were edited.
    pub documents: Option<Vec<DraftDocument>>,
    pub handed_over: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DeleteDraft {
    pub session_hash: String,
    pub id: String,
}

/// The documents of a draft are to be edited.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct StartDocuments {
    pub session_hash: String,
    pub id: String,
    /// The draft's templates, joined.
    pub template: Template,
}

/// A file is to be added. It follows as the body; the question itself is in a header.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AddDocument {
    pub session_hash: String,
    pub id: String,
    pub name: String,
    /// As many as the body holds.
    pub bytes: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ArrangeDocuments {
    pub session_hash: String,
    pub id: String,
    pub ids: Vec<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct RemoveDocument {
    pub session_hash: String,
    pub id: String,
    pub document: String,
}

/// Where are this document's pages?
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SeePaper {
    pub session_hash: String,
    pub id: String,
    pub document: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SeenPaper {
    pub envelope: String,
    /// Another one after every change of the documents.
    pub version: u32,
}

/// Which template are this draft's documents of, if they were edited? As it was then.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CheckPaper {
    pub session_hash: String,
    pub id: String,
    /// DocuSign is asked whether it still has it as a draft.
    pub at_docusign: bool,
}

/// A draft is to be gone on with in DocuSign's own editor. The answer is its address.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ContinueDraft {
    pub session_hash: String,
    pub id: String,
    /// The draft's templates, joined.
    pub template: Template,
    pub values: Vec<TabValue>,
    pub locale: Option<String>,
}

/// A template was read: keep it for the send that may follow.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KeepTemplate {
    pub user: String,
    pub account: String,
    pub template: Template,
}

/// A vendor's answer that serves for some minutes; nothing to forget it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Keep {
    pub session_hash: String,
    pub what: What,
    pub body: Option<String>,
}

/// A grant newer than generation `older_than`, refreshed if need be.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FreshGrant {
    pub holder: Holder,
    pub older_than: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SendEnvelope {
    pub user: String,
    pub user_email: String,
    pub record: RecordRef,
    pub locale: Option<String>,
    pub key: String,
    pub body_hash: String,
    pub draft: Draft,
    pub template: Template,
    /// What goes into the template's fields.
    pub values: Vec<TabValue>,
}

/// A verified Connect message.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tell {
    /// With whose key it is signed.
    pub signed: Signed,
    pub envelope: String,
    pub event: Event,
    /// What our custom fields in the message say.
    pub portal: Option<u64>,
    pub record: Option<RecordRef>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Heard {
    Applied,
    Duplicate,
    /// About an envelope that is being sent: kept until the send is settled.
    Kept,
    /// Not an envelope of this portal.
    Unknown,
}

/// HubSpot says that a person's data must go.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ForgetContact {
    pub contact: String,
}

/// Are you there?
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ping {}
