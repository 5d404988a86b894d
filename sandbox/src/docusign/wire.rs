//! The JSON that the API gives out: templates, envelopes, recipients, documents, tabs.
//!
//! Every scalar is a string; what does not exist is left out instead of being null.

use serde_json::{Value, json};

use super::model::{
    Account, DocuSign, Document, EditLock, Envelope, Object, Paper, Recipient, Template, User, object,
};
use crate::clock::seven_digits;

/// All arrays of recipients, in the order in which DocuSign gives them.
pub const KINDS: [&str; 13] = [
    "signers",
    "agents",
    "editors",
    "intermediaries",
    "carbonCopies",
    "certifiedDeliveries",
    "inPersonSigners",
    "seals",
    "witnesses",
    "notaries",
    "participants",
    "notaryWitnesses",
    "authorizedSignatories",
];

/// Envelope properties that are kept as sent and given back.
pub const KEPT: [&str; 30] = [
    "accessControlListBase64",
    "allowComments",
    "allowMarkup",
    "allowReassign",
    "allowViewHistory",
    "anySigner",
    "asynchronous",
    "authoritativeCopy",
    "autoNavigation",
    "brandId",
    "brandLock",
    "burnDefaultTabData",
    "copyRecipientData",
    "disableResponsiveDocument",
    "emailBlurb",
    "emailSettings",
    "emailSubject",
    "enableWetSign",
    "enforceSignerVisibility",
    "envelopeIdStamping",
    "envelopeMetadata",
    "externalEnvelopeId",
    "messageLock",
    "recipientsLock",
    "signerCanSignOnMobile",
    "signingLocation",
    "transactionId",
    "useDisclosure",
    "uSigState",
    "workflow",
];

pub fn user_info(user: &User) -> Value {
    json!({ "userName": user.name(), "userId": user.user_id, "email": user.email })
}

pub fn recipients(paper: &Paper, with_tabs: bool) -> Value {
    let mut groups = Object::new();
    for kind in KINDS {
        let list: Vec<Value> =
            paper.recipients.iter().filter(|r| r.kind == kind).map(|r| recipient(r, with_tabs)).collect();
        groups.insert(kind.to_owned(), Value::Array(list));
    }
    groups.insert("recipientCount".to_owned(), json!(paper.recipients.len().to_string()));
    if let Some(order) = current_order(paper) {
        groups.insert("currentRoutingOrder".to_owned(), json!(order.to_string()));
    }
    Value::Object(groups)
}

fn current_order(paper: &Paper) -> Option<u32> {
    paper
        .recipients
        .iter()
        .filter(|r| matches!(r.status(), "sent" | "delivered" | "autoresponded"))
        .map(Recipient::order)
        .min()
}

pub fn recipient(recipient: &Recipient, with_tabs: bool) -> Value {
    let mut out = recipient.fields.clone();
    out.insert("recipientIdGuid".to_owned(), json!(recipient.guid));
    out.entry("recipientType").or_insert_with(|| json!(super::sample::recipient_type(&recipient.kind)));
    if with_tabs && !recipient.tabs.is_empty() {
        out.insert("tabs".to_owned(), Value::Object(recipient.tabs.clone()));
    }
    Value::Object(out)
}

pub fn custom_fields(paper: &Paper) -> Value {
    json!({ "textCustomFields": paper.text_fields, "listCustomFields": paper.list_fields })
}

/// A document as envelopes and `/documents` list it.
pub fn envelope_document(document: &Document, uri: &str) -> Value {
    let size = |n: u32| document.size(n);
    let mut out = object(json!({
        "documentId": document.id, "documentIdGuid": document.guid, "name": document.name, "type": "content",
        "uri": format!("{uri}/documents/{}", document.id), "order": document.order.to_string(),
        "display": "inline", "includeInDownload": "true", "signerMustAcknowledge": "no_interaction",
        "templateLocked": "false", "templateRequired": "false", "containsPdfFormFields": "false",
        "pages": (1..=document.pages).map(|n| json!({
            "pageId": super::model::stable_id(&[&document.guid, &n.to_string()]),
            "sequence": n.to_string(), "dpi": "72",
            "width": (size(n).0.round() as u32).to_string(), "height": (size(n).1.round() as u32).to_string(),
        })).collect::<Vec<_>>(),
    }));
    for key in ["display", "includeInDownload", "signerMustAcknowledge", "documentFields"] {
        if let Some(value) = document.fields.get(key) {
            out.insert(key.to_owned(), value.clone());
        }
    }
    Value::Object(out)
}

/// A document as templates carry it: `pages` is a number there.
fn template_document(document: &Document, template_id: &str) -> Value {
    json!({
        "documentId": document.id, "name": document.name, "order": document.order.to_string(),
        "pages": document.pages.to_string(), "fileExtension": "pdf", "display": "inline",
        "includeInDownload": "true", "signerMustAcknowledge": "no_interaction", "transformPdfFields": "false",
        "templateLocked": "false", "templateRequired": "false",
        "uri": format!("/envelopes/{template_id}/documents/{}", document.id),
    })
}

/// What a list or a detail of templates is to hold.
#[derive(Clone, Copy, Default)]
pub struct Parts {
    pub documents: bool,
    pub recipients: bool,
    pub tabs: bool,
    pub folders: bool,
    pub custom_fields: bool,
    pub notifications: bool,
}

pub fn template(t: &Template, account: &Account, users: &Users<'_>, caller: &str, parts: Parts) -> Value {
    let mut out = object(json!({
        "templateId": t.template_id, "uri": format!("/templates/{}", t.template_id), "name": t.name,
        "description": t.description, "shared": t.shared.to_string(), "passwordProtected": "false",
        "created": seven_digits(t.created), "lastModified": seven_digits(t.modified),
        "lastModifiedDateTime": seven_digits(t.modified),
        "pageCount": t.paper.documents.iter().map(|d| d.pages).sum::<u32>().to_string(),
        "folderId": t.folder_id, "folderIds": [t.folder_id], "autoMatch": "true", "autoMatchSpecifiedByUser": "false",
        "favoritedByMe": account.favorites.get(caller).is_some_and(|f| f.contains_key(&t.template_id)).to_string(),
        "isDocGenTemplate": "false", "isAceGenTemplate": "false",
    }));
    if let Some(used) = t.used {
        out.insert("lastUsed".to_owned(), json!(seven_digits(used)));
    }
    if let Some(owner) = users.0.get(&t.owner_id) {
        out.insert("owner".to_owned(), user_info(owner));
        out.insert("lastModifiedBy".to_owned(), user_info(owner));
    }
    if let Some(folder) = account.folders.iter().find(|f| f.folder_id == t.folder_id) {
        out.insert("folderName".to_owned(), json!(folder.name));
        if parts.folders {
            out.insert(
                "folders".to_owned(),
                json!([{
                    "folderId": folder.folder_id, "name": folder.name, "type": folder.kind,
                    "uri": format!("/folders/{}", folder.folder_id),
                }]),
            );
        }
    }
    copy_kept(&t.paper, &mut out);
    if parts.documents {
        let list: Vec<Value> =
            t.paper.documents.iter().map(|d| template_document(d, &t.template_id)).collect();
        out.insert("documents".to_owned(), Value::Array(list));
    }
    if parts.recipients {
        out.insert("recipients".to_owned(), recipients(&t.paper, parts.tabs));
    }
    if parts.custom_fields {
        out.insert("customFields".to_owned(), custom_fields(&t.paper));
    }
    if parts.notifications
        && let Some(n) = &t.paper.notification
    {
        out.insert("notification".to_owned(), n.clone());
    }
    if let Some(lock) = &t.lock {
        out.insert("lockInformation".to_owned(), lock_information(lock, users));
    }
    Value::Object(out)
}

/// The users of the state, borrowed beside an account.
pub struct Users<'a>(pub &'a std::collections::BTreeMap<String, User>);

impl DocuSign {
    /// Accounts and users at once.
    pub fn split(&mut self) -> (&mut std::collections::BTreeMap<String, Account>, Users<'_>) {
        (&mut self.accounts, Users(&self.users))
    }
}

fn copy_kept(paper: &Paper, out: &mut Object) {
    for key in KEPT {
        if let Some(value) = paper.fields.get(key) {
            out.insert(key.to_owned(), value.clone());
        }
    }
}

#[derive(Clone, Copy, Default)]
pub struct EnvelopeParts {
    pub recipients: bool,
    pub tabs: bool,
    pub custom_fields: bool,
    pub documents: bool,
    pub folders: bool,
}

pub fn envelope(e: &Envelope, account: &AccountView<'_>, parts: EnvelopeParts) -> Value {
    let uri = format!("/envelopes/{}", e.envelope_id);
    let mut out = object(json!({
        "status": e.status, "envelopeId": e.envelope_id, "envelopeUri": uri,
        "documentsUri": format!("{uri}/documents"), "recipientsUri": format!("{uri}/recipients"),
        "attachmentsUri": format!("{uri}/attachments"), "templatesUri": format!("{uri}/templates"),
        "customFieldsUri": format!("{uri}/custom_fields"), "notificationUri": format!("{uri}/notification"),
        "documentsCombinedUri": format!("{uri}/documents/combined"),
        "certificateUri": format!("{uri}/documents/certificate"),
        "createdDateTime": seven_digits(e.created), "lastModifiedDateTime": seven_digits(e.modified),
        "statusChangedDateTime": seven_digits(e.status_changed),
        "purgeState": "unpurged", "isSignatureProviderEnvelope": "false", "is21CFRPart11": "false",
        "hasFormDataChanged": "false", "hasComments": "false", "envelopeLocation": "current_site",
        "isDynamicEnvelope": "false",
        "envelopeMetadata": { "allowAdvancedCorrect": "true", "enableSignWithNotary": "false", "allowCorrect": "true" },
    }));
    copy_kept(&e.paper, &mut out);
    let dates = [
        ("sentDateTime", e.sent),
        ("initialSentDateTime", e.sent),
        ("deliveredDateTime", e.delivered),
        ("completedDateTime", e.completed),
        ("declinedDateTime", e.declined),
        ("voidedDateTime", e.voided),
        ("deletedDateTime", e.deleted),
    ];
    for (name, at) in dates {
        if let Some(at) = at {
            out.insert(name.to_owned(), json!(seven_digits(at)));
        }
    }
    if !e.voided_reason.is_empty() {
        out.insert("voidedReason".to_owned(), json!(e.voided_reason));
    }
    if let Some(sender) = account.users.0.get(&e.sender_id) {
        let mut info = object(user_info(sender));
        info.insert("accountId".to_owned(), json!(account.account_id));
        out.insert("sender".to_owned(), Value::Object(info));
    }
    if let Some(n) = &e.paper.notification {
        out.insert("notification".to_owned(), n.clone());
        if let Some(at) = super::lifecycle::expires_at(e) {
            out.insert("expireEnabled".to_owned(), json!("true"));
            out.insert("expireDateTime".to_owned(), json!(seven_digits(at)));
            out.insert("expireAfter".to_owned(), json!(super::lifecycle::expire_after(e).to_string()));
        }
    }
    if parts.recipients {
        out.insert("recipients".to_owned(), recipients(&e.paper, parts.tabs));
    }
    if parts.custom_fields {
        out.insert("customFields".to_owned(), custom_fields(&e.paper));
    }
    if parts.documents {
        let list: Vec<Value> = e.paper.documents.iter().map(|d| envelope_document(d, &uri)).collect();
        out.insert("envelopeDocuments".to_owned(), Value::Array(list));
    }
    if parts.folders {
        let name = if e.deleted.is_some() {
            "recyclebin"
        } else if e.status == "created" {
            "draft"
        } else {
            "sentitems"
        };
        if let Some(f) = account.folders.iter().find(|f| f.kind == name) {
            out.insert("folders".to_owned(), json!([{ "folderId": f.folder_id, "name": f.name, "type": f.kind, "uri": format!("/folders/{}", f.folder_id) }]));
        }
    }
    if let Some(lock) = &e.lock {
        out.insert("lockInformation".to_owned(), lock_information(lock, account.users));
    }
    Value::Object(out)
}

/// What an envelope's JSON needs of its account while the envelope itself is borrowed.
pub struct AccountView<'a> {
    pub account_id: &'a str,
    pub folders: &'a [super::model::Folder],
    pub users: &'a Users<'a>,
}

/// Without the token: only who made the lock has it.
pub fn lock_information(lock: &EditLock, users: &Users<'_>) -> Value {
    let mut out = object(json!({
        "lockedByApp": lock.app, "lockType": lock.kind, "lockDurationInSeconds": lock.seconds.to_string(),
        "lockedUntilDateTime": seven_digits(lock.until), "useScratchPad": lock.scratch.to_string(),
    }));
    if let Some(user) = users.0.get(&lock.user_id) {
        out.insert("lockedByUser".to_owned(), user_info(user));
    }
    Value::Object(out)
}

/// `resultSetSize`, positions and URIs of a page of `total` things.
pub fn paging(total: usize, start: usize, size: usize, path: &str, query: &str) -> Object {
    let mut out = object(json!({
        "resultSetSize": size.to_string(), "totalSetSize": total.to_string(), "startPosition": start.to_string(),
        "endPosition": (start + size).saturating_sub(1).to_string(),
    }));
    let uri = |at: usize| {
        let rest: Vec<String> = query
            .split('&')
            .filter(|p| !p.is_empty() && !p.starts_with("start_position="))
            .map(str::to_owned)
            .chain([format!("start_position={at}")])
            .collect();
        format!("{path}?{}", rest.join("&"))
    };
    if start + size < total {
        out.insert("nextUri".to_owned(), json!(uri(start + size)));
    }
    if start > 0 && size > 0 {
        out.insert("previousUri".to_owned(), json!(uri(start.saturating_sub(size))));
    }
    out
}
