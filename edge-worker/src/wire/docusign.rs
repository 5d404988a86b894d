//! DocuSign's templates, recipients and envelopes, and what they are in our words.

use serde::Deserialize;
use serde_json::{Map, Value};
use shared::{
    draft::{Expiration, Options, Reminders},
    envelope::{Recipient, RecipientStatus},
    sorted,
    template::{Document, OwnMessage, RecipientKind, Role, Template, TemplateProblem, TemplateSummary},
};

use super::{
    lenient::{flag, list, maybe, maybe_flag, number, text},
    tab,
};
use crate::moment;

/// `GET /templates`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TemplateList {
    #[serde(deserialize_with = "number")]
    pub total_set_size: Option<u32>,
    #[serde(deserialize_with = "number")]
    pub end_position: Option<u32>,
    #[serde(deserialize_with = "list")]
    pub envelope_templates: Option<Vec<TemplateWire>>,
}

/// `GET /favorite_templates`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FavoriteList {
    #[serde(deserialize_with = "list")]
    pub favorite_templates: Option<Vec<FavoriteWire>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FavoriteWire {
    #[serde(deserialize_with = "text")]
    pub template_id: String,
}

/// One template, in the list or alone.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TemplateWire {
    #[serde(deserialize_with = "text")]
    pub template_id: String,
    #[serde(deserialize_with = "text")]
    pub name: String,
    #[serde(deserialize_with = "text")]
    pub description: String,
    #[serde(deserialize_with = "text")]
    pub email_subject: String,
    #[serde(deserialize_with = "text")]
    pub email_blurb: String,
    #[serde(deserialize_with = "maybe")]
    pub folder_name: Option<String>,
    pub owner: Option<Owner>,
    #[serde(deserialize_with = "number")]
    pub page_count: Option<u32>,
    #[serde(deserialize_with = "maybe")]
    pub last_modified: Option<String>,
    #[serde(deserialize_with = "flag")]
    pub favorited_by_me: bool,
    #[serde(deserialize_with = "flag")]
    pub message_lock: bool,
    #[serde(deserialize_with = "flag")]
    pub recipients_lock: bool,
    #[serde(deserialize_with = "maybe")]
    pub last_used: Option<String>,
    #[serde(deserialize_with = "maybe_flag")]
    pub allow_reassign: Option<bool>,
    #[serde(deserialize_with = "maybe_flag")]
    pub allow_comments: Option<bool>,
    #[serde(deserialize_with = "maybe_flag")]
    pub enable_wet_sign: Option<bool>,
    #[serde(deserialize_with = "maybe_flag")]
    pub signer_can_sign_on_mobile: Option<bool>,
    #[serde(deserialize_with = "maybe_flag")]
    pub allow_view_history: Option<bool>,
    #[serde(deserialize_with = "maybe_flag")]
    pub enforce_signer_visibility: Option<bool>,
    #[serde(deserialize_with = "maybe_flag")]
    pub envelope_id_stamping: Option<bool>,
    pub notification: Option<Notification>,
    #[serde(deserialize_with = "list")]
    pub documents: Option<Vec<DocumentWire>>,
    pub recipients: Option<Map<String, Value>>,
}

/// When is reminded and when it ends; days, as text.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Notification {
    #[serde(deserialize_with = "flag")]
    pub use_account_defaults: bool,
    pub reminders: Option<RemindersWire>,
    pub expirations: Option<ExpirationsWire>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RemindersWire {
    #[serde(deserialize_with = "maybe_flag")]
    pub reminder_enabled: Option<bool>,
    #[serde(deserialize_with = "number")]
    pub reminder_delay: Option<u32>,
    #[serde(deserialize_with = "number")]
    pub reminder_frequency: Option<u32>,
    #[serde(deserialize_with = "number")]
    pub maximum_reminder_count: Option<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ExpirationsWire {
    #[serde(deserialize_with = "flag")]
    pub expire_enabled: bool,
    #[serde(deserialize_with = "number")]
    pub expire_after: Option<u32>,
    #[serde(deserialize_with = "number")]
    pub expire_warn: Option<u32>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Owner {
    #[serde(deserialize_with = "text")]
    pub user_id: String,
    #[serde(deserialize_with = "text")]
    pub user_name: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DocumentWire {
    #[serde(deserialize_with = "text")]
    pub document_id: String,
    #[serde(deserialize_with = "text")]
    pub name: String,
    #[serde(deserialize_with = "number")]
    pub order: Option<u32>,
    /// Pages as a list of metadata, or their number.
    pub pages: Option<Value>,
}

/// A recipient of a template or an envelope.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RecipientWire {
    #[serde(deserialize_with = "text")]
    pub recipient_id: String,
    #[serde(deserialize_with = "text")]
    pub role_name: String,
    #[serde(deserialize_with = "number")]
    pub routing_order: Option<u32>,
    #[serde(deserialize_with = "text")]
    pub name: String,
    #[serde(deserialize_with = "text")]
    pub email: String,
    /// The person of an in-person signer, whose `name` is the host's.
    #[serde(deserialize_with = "text")]
    pub signer_name: String,
    #[serde(deserialize_with = "text")]
    pub signer_email: String,
    #[serde(deserialize_with = "text")]
    pub host_email: String,
    #[serde(deserialize_with = "flag")]
    pub template_locked: bool,
    #[serde(deserialize_with = "flag")]
    pub template_required: bool,
    #[serde(deserialize_with = "text")]
    pub note: String,
    #[serde(deserialize_with = "text")]
    pub access_code: String,
    #[serde(deserialize_with = "list")]
    pub excluded_documents: Option<Vec<String>>,
    pub email_notification: Option<EmailNotification>,
    #[serde(deserialize_with = "text")]
    pub status: String,
    #[serde(deserialize_with = "maybe")]
    pub declined_reason: Option<String>,
    #[serde(deserialize_with = "maybe")]
    pub auto_responded_reason: Option<String>,
    #[serde(deserialize_with = "maybe")]
    pub sent_date_time: Option<String>,
    #[serde(deserialize_with = "maybe")]
    pub delivered_date_time: Option<String>,
    #[serde(deserialize_with = "maybe")]
    pub signed_date_time: Option<String>,
    #[serde(deserialize_with = "maybe")]
    pub declined_date_time: Option<String>,
}

#[derive(Debug, Default, Clone, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EmailNotification {
    #[serde(deserialize_with = "text")]
    pub email_subject: String,
    #[serde(deserialize_with = "text")]
    pub email_body: String,
    #[serde(deserialize_with = "maybe")]
    pub supported_language: Option<String>,
}

/// `POST /envelopes` and an item of `GET /envelopes`.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EnvelopeWire {
    #[serde(deserialize_with = "text")]
    pub envelope_id: String,
    #[serde(deserialize_with = "text")]
    pub status: String,
    #[serde(deserialize_with = "maybe")]
    pub status_date_time: Option<String>,
    #[serde(deserialize_with = "maybe")]
    pub status_changed_date_time: Option<String>,
    #[serde(deserialize_with = "maybe")]
    pub sent_date_time: Option<String>,
    #[serde(deserialize_with = "maybe")]
    pub voided_reason: Option<String>,
    pub recipients: Option<Map<String, Value>>,
    /// In the recycle bin since.
    #[serde(deserialize_with = "maybe")]
    pub deleted_date_time: Option<String>,
}

/// `GET /envelopes/{id}?include=recipients,documents`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PartsWire {
    pub recipients: Option<Map<String, Value>>,
    #[serde(deserialize_with = "list")]
    pub envelope_documents: Option<Vec<DocumentWire>>,
}

/// `GET /envelopes`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct EnvelopeList {
    #[serde(deserialize_with = "list")]
    pub envelopes: Option<Vec<EnvelopeWire>>,
    /// DocuSign's clock.
    #[serde(rename = "lastQueriedDateTime", deserialize_with = "maybe")]
    pub last_queried_date_time: Option<String>,
}

impl EnvelopeWire {
    /// How everybody stands, where the answer says it.
    pub fn people(&self) -> Vec<Recipient> {
        let found = self.recipients.iter().flat_map(recipients);
        found.map(|(kind, wire)| wire.recipient(kind)).collect()
    }
}

/// `GET …/documents` of an envelope.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DocumentList {
    #[serde(deserialize_with = "list")]
    pub envelope_documents: Option<Vec<DocumentWire>>,
}

impl EnvelopeWire {
    /// Not sent, and not thrown away.
    pub fn is_draft(&self) -> bool {
        self.deleted_date_time.is_none() && self.status.eq_ignore_ascii_case("created")
    }

    /// Thrown away before it was sent.
    pub fn is_gone(&self) -> bool {
        self.status.eq_ignore_ascii_case("deleted")
            || self.deleted_date_time.is_some() && self.status.eq_ignore_ascii_case("created")
    }
}

/// All recipients of a `recipients` object with their kind, in routing order; within one order by `recipientId`.
pub fn recipients(object: &Map<String, Value>) -> Vec<(RecipientKind, RecipientWire)> {
    let mut all: Vec<(RecipientKind, RecipientWire)> = Vec::new();
    for (array, items) in object {
        let Value::Array(items) = items else { continue };
        for item in items {
            if let Ok(recipient) = crate::json::of(item.clone()) {
                all.push((RecipientKind::from_array_name(array), recipient));
            }
        }
    }
    let order = |recipient: &RecipientWire| u64::from(recipient.routing_order.unwrap_or(1));
    sorted::by_number(&mut all, |(_, r): &(RecipientKind, RecipientWire)| {
        r.recipient_id.parse::<u64>().unwrap_or(u64::MAX)
    });
    sorted::by_number(&mut all, |(_, recipient)| order(recipient));
    all
}

impl RecipientWire {
    /// The person: of an in-person signer the one who signs, not the host.
    pub fn person(&self, kind: &RecipientKind) -> (String, String) {
        if *kind == RecipientKind::InPersonSigner {
            (self.signer_name.clone(), self.signer_email.clone())
        } else {
            (self.name.clone(), self.email.clone())
        }
    }

    fn role(self, kind: RecipientKind) -> Role {
        let (name, email) = self.person(&kind);
        let language = self.email_notification.as_ref().and_then(|n| n.supported_language.clone());
        let own = self.email_notification.filter(|n| !n.email_subject.is_empty() || !n.email_body.is_empty());
        Role {
            hosted: !self.host_email.is_empty(),
            recipient_id: self.recipient_id,
            role_name: self.role_name,
            kind,
            routing_order: self.routing_order.unwrap_or(1),
            name,
            email,
            locked: self.template_locked,
            required: self.template_required,
            message: own.map(|n| OwnMessage { subject: n.email_subject, body: n.email_body }),
            note: self.note,
            access_code: self.access_code,
            language,
            hidden_documents: self.excluded_documents.unwrap_or_default(),
        }
    }

    /// As a recipient of an envelope. A moment that DocuSign does not give is the default one, which
    /// `shared::envelope::apply` takes for "not said".
    pub fn recipient(self, kind: RecipientKind) -> Recipient {
        let (name, email) = self.person(&kind);
        let status =
            RecipientStatus::from_name(if self.status.is_empty() { "created" } else { &self.status });
        let moment = match status {
            RecipientStatus::Sent => self.sent_date_time,
            RecipientStatus::Delivered => self.delivered_date_time,
            RecipientStatus::Signed | RecipientStatus::Completed => {
                self.signed_date_time.or(self.delivered_date_time)
            }
            RecipientStatus::Declined => self.declined_date_time,
            _ => None,
        };
        Recipient {
            id: self.recipient_id,
            name,
            email,
            role_name: self.role_name,
            kind,
            routing_order: self.routing_order.unwrap_or(1),
            status,
            status_at: moment.and_then(|m| moment::parse(&m)).unwrap_or_default(),
            reason: self.declined_reason.or(self.auto_responded_reason),
        }
    }
}

impl TemplateWire {
    fn roles(&self) -> Option<Vec<Role>> {
        let object = self.recipients.as_ref()?;
        Some(recipients(object).into_iter().map(|(kind, recipient)| recipient.role(kind)).collect())
    }

    fn documents(&self) -> Vec<Document> {
        let mut documents: Vec<&DocumentWire> = self.documents.iter().flatten().collect();
        sorted::by_number(&mut documents, |document| sorted::or_last(document.order));
        documents
            .into_iter()
            .map(|d| Document {
                id: d.document_id.clone(),
                name: d.name.clone(),
                pages: d.page_count(),
                template: Some(self.template_id.clone()),
                at: d.document_id.clone(),
            })
            .collect()
    }

    /// The row of the list, for the DocuSign user with the id `me`. A template that cannot be sent says why, as far
    /// as the list knows.
    pub fn summary(self, me: &str) -> TemplateSummary {
        let roles = self.roles();
        let documents = self.documents.as_ref().map(|d| u32::try_from(d.len()).unwrap_or(u32::MAX));
        let problem = match (&roles, documents) {
            (Some(roles), _) if roles.is_empty() => Some(TemplateProblem::NoRecipients),
            (_, Some(0)) => Some(TemplateProblem::NoDocuments),
            _ => None,
        };
        let owner = self.owner.unwrap_or_default();
        let label = |role: Role| if role.role_name.is_empty() { role.name } else { role.role_name };
        TemplateSummary {
            id: self.template_id,
            name: self.name,
            description: self.description,
            folder: self.folder_name,
            mine: !owner.user_id.is_empty() && owner.user_id.eq_ignore_ascii_case(me),
            owner: owner.user_name,
            documents,
            pages: self.page_count,
            roles: roles.unwrap_or_default().into_iter().map(label).collect(),
            modified: self.last_modified.as_deref().and_then(moment::parse),
            favorite: self.favorited_by_me,
            used: self.last_used.as_deref().and_then(moment::parse),
            problem,
        }
    }

    /// What it says of recipients' rights, reminders and expiration. An end that is switched off is none.
    fn options(&self) -> Options {
        let own = self.notification.as_ref().filter(|notification| !notification.use_account_defaults);
        let reminders = own.and_then(|n| n.reminders.as_ref()).and_then(|r| match r.reminder_enabled? {
            true => Some(Reminders {
                first_after: r.reminder_delay?,
                then_every: r.reminder_frequency.unwrap_or(0),
                at_most: r.maximum_reminder_count.filter(|count| *count > 0),
            }),
            false => Some(Reminders::default()),
        });
        let expiration = own.and_then(|n| n.expirations.as_ref()).filter(|e| e.expire_enabled);
        Options {
            reassign: self.allow_reassign,
            comments: self.allow_comments,
            sign_on_paper: self.enable_wet_sign,
            sign_on_mobile: self.signer_can_sign_on_mobile,
            view_history: self.allow_view_history,
            limit_visibility: self.enforce_signer_visibility,
            id_stamp: self.envelope_id_stamping,
            reminders,
            expiration: expiration.and_then(|e| {
                Some(Expiration { after: e.expire_after?, warn_before: e.expire_warn.unwrap_or(0) })
            }),
        }
    }

    pub fn template(self) -> Template {
        Template {
            options: self.options(),
            modified: self.last_modified.as_deref().and_then(moment::parse),
            roles: self.roles().unwrap_or_default(),
            documents: self.documents(),
            tabs: self.recipients.as_ref().map(tab::tabs).unwrap_or_default(),
            id: self.template_id,
            name: self.name,
            subject: self.email_subject,
            message: self.email_blurb,
            message_locked: self.message_lock,
            recipients_locked: self.recipients_lock,
            parts: Vec::new(),
            documents_edited: false,
        }
    }
}

impl DocumentWire {
    pub fn page_count(&self) -> Option<u32> {
        match self.pages.as_ref()? {
            Value::Array(pages) if !pages.is_empty() => u32::try_from(pages.len()).ok(),
            Value::String(count) => count.parse().ok(),
            Value::Number(count) => count.as_u64().and_then(|c| u32::try_from(c).ok()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::time::Timestamp;

    fn template(json: &str) -> TemplateWire {
        serde_json::from_str(json).expect(json)
    }

    #[test]
    fn a_template_with_text_numbers_becomes_roles_in_routing_order() {
        let t = template(
            r#"{"templateId":"t1","name":"NDA","emailSubject":"Sign","emailBlurb":null,"messageLock":"true",
               "documents":[{"documentId":"2","name":"B.pdf","order":"2","pages":[]},
                            {"documentId":"1","name":"A.pdf","order":"1","pages":[{},{}]}],
               "recipients":{"carbonCopies":[{"recipientId":"2","roleName":"Finance","routingOrder":"2"}],
                 "signers":[{"recipientId":"1","roleName":"Client","routingOrder":"1","name":"","email":"",
                    "templateRequired":"true","emailNotification":{"emailSubject":"Hi","emailBody":"","supportedLanguage":"en"}}],
                 "notaryWitnesses":[{"recipientId":"3","routingOrder":3,"templateLocked":true}],"recipientCount":"3"}}"#,
        )
        .template();
        let kinds: Vec<_> = t.roles.iter().map(|r| r.kind.clone()).collect();
        assert_eq!(
            kinds,
            [
                RecipientKind::Signer,
                RecipientKind::CarbonCopy,
                RecipientKind::Other("notaryWitnesses".into())
            ]
        );
        assert!(t.roles[0].required && !t.roles[0].locked && t.roles[2].locked);
        assert_eq!(t.roles[0].message.as_ref().map(|m| m.subject.as_str()), Some("Hi"));
        assert!(t.message_locked && !t.recipients_locked);
        let documents: Vec<_> = t.documents.iter().map(|d| (d.name.as_str(), d.pages)).collect();
        assert_eq!(documents, [("A.pdf", Some(2)), ("B.pdf", None)]);
    }

    #[test]
    fn the_list_says_why_a_template_cannot_be_sent_as_far_as_it_knows() {
        let check =
            |json: &str, expected| assert_eq!(template(json).summary("me").problem, expected, "{json}");
        let signer = r#""recipients":{"signers":[{"recipientId":"1"}]}"#;
        check(&format!(r#"{{"documents":[{{"documentId":"1"}}],{signer}}}"#), None);
        check(&format!(r#"{{"documents":[],{signer}}}"#), Some(TemplateProblem::NoDocuments));
        check(
            r#"{"documents":[{}],"recipients":{"signers":[],"recipientCount":"0"}}"#,
            Some(TemplateProblem::NoRecipients),
        );
        check(r#"{"name":"the list did not say"}"#, None);
    }

    #[test]
    fn an_in_person_signer_is_the_one_who_signs_and_not_the_host() {
        let wire: RecipientWire = serde_json::from_str(
            r#"{"recipientId":"1","name":"Host","email":"host@x.example","hostName":"Host","signerName":"Ann","signerEmail":"ann@x.example","status":"Delivered","deliveredDateTime":"2026-11-23T12:00:00.5Z"}"#,
        )
        .expect("JSON");
        let recipient = wire.recipient(RecipientKind::InPersonSigner);
        assert_eq!((recipient.name.as_str(), recipient.status), ("Ann", RecipientStatus::Delivered));
        assert_eq!(recipient.status_at, Timestamp(1_795_435_200_500));
    }
}
