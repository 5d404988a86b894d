//! A DocuSign template as the wizard sees it: documents, roles, locks.

use serde::{Deserialize, Serialize};

use crate::{draft::Options, sorted, tab::Tab, time::Timestamp};

/// What a recipient is asked to do. DocuSign keeps each kind in an array of its own (docusign facts §2.2).
/// A kind that we do not know is carried along untouched under DocuSign's own array name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RecipientKind {
    #[default]
    Signer,
    CarbonCopy,
    CertifiedDelivery,
    Agent,
    Editor,
    Intermediary,
    InPersonSigner,
    Witness,
    #[serde(untagged)]
    Other(String),
}

impl RecipientKind {
    /// The kinds a sender may choose from, in the order of the menu. A witness is not among them: DocuSign
    /// only takes one that belongs to a signer.
    pub const OFFERED: [Self; 7] = [
        Self::Signer,
        Self::CarbonCopy,
        Self::CertifiedDelivery,
        Self::InPersonSigner,
        Self::Agent,
        Self::Editor,
        Self::Intermediary,
    ];

    /// The array of DocuSign's `recipients` object that holds this kind (docusign facts §2.2).
    pub fn array_name(&self) -> &str {
        match self {
            Self::Signer => "signers",
            Self::CarbonCopy => "carbonCopies",
            Self::CertifiedDelivery => "certifiedDeliveries",
            Self::Agent => "agents",
            Self::Editor => "editors",
            Self::Intermediary => "intermediaries",
            Self::InPersonSigner => "inPersonSigners",
            Self::Witness => "witnesses",
            Self::Other(name) => name,
        }
    }

    /// The kind kept in DocuSign's array `name`; one that we do not know becomes [`Self::Other`].
    pub fn from_array_name(name: &str) -> Self {
        match name {
            "signers" => Self::Signer,
            "carbonCopies" => Self::CarbonCopy,
            "certifiedDeliveries" => Self::CertifiedDelivery,
            "agents" => Self::Agent,
            "editors" => Self::Editor,
            "intermediaries" => Self::Intermediary,
            "inPersonSigners" => Self::InPersonSigner,
            "witnesses" => Self::Witness,
            other => Self::Other(other.to_owned()),
        }
    }

    /// Puts a signature on the document: these are counted in "1 of 2 signed".
    pub fn needs_signature(&self) -> bool {
        matches!(self, Self::Signer | Self::InPersonSigner | Self::Witness)
    }

    /// Only passes the envelope on (agent, editor, intermediary): an envelope with nobody else is for nobody.
    pub fn only_manages(&self) -> bool {
        matches!(self, Self::Agent | Self::Editor | Self::Intermediary)
    }

    /// Is a person with a name and an e-mail. A kind that we do not know (a seal, a notary) is left alone.
    pub fn needs_person(&self) -> bool {
        !matches!(self, Self::Other(_))
    }
}

/// A row of the template list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateSummary {
    pub id: String,
    pub name: String,
    pub description: String,
    pub folder: Option<String>,
    pub owner: String,
    /// `None` where the list did not say.
    pub documents: Option<u32>,
    pub pages: Option<u32>,
    pub roles: Vec<String>,
    pub modified: Option<Timestamp>,
    /// When an envelope was last made from it, by anybody.
    #[serde(default)]
    pub used: Option<Timestamp>,
    pub favorite: bool,
    /// The DocuSign user is its owner; else it was shared with them.
    #[serde(default)]
    pub mine: bool,
    /// Why this template cannot be sent from here, known before it is chosen.
    pub problem: Option<TemplateProblem>,
}

/// Why a template cannot be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TemplateProblem {
    NoRecipients,
    NoDocuments,
}

/// One template with all that a send needs; or several, joined into one (see [`join`]).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    pub id: String,
    pub name: String,
    pub subject: String,
    pub message: String,
    pub documents: Vec<Document>,
    /// In routing order; within one order as the template holds them.
    pub roles: Vec<Role>,
    /// The sender may not change subject and message.
    pub message_locked: bool,
    /// The sender may neither add, remove nor reorder recipients.
    pub recipients_locked: bool,
    /// The fields on its pages, recipient by recipient.
    #[serde(default)]
    pub tabs: Vec<Tab>,
    /// What the template says where a sender may say otherwise.
    #[serde(default)]
    pub options: Options,
    /// When it was last changed in DocuSign.
    #[serde(default)]
    pub modified: Option<Timestamp>,
    /// The templates it was joined from, the first one included; empty for a single one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// It is seen through the documents of a draft at DocuSign (see [`crate::draft::edited`]), which takes fields of
    /// the sender's own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub documents_edited: bool,
}

/// One of several templates in an envelope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub template: String,
    pub name: String,
    /// The part's own `recipient_id`, and the id of the joined template's role that stands for it.
    pub roles: Vec<(String, String)>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Unique within a joined template.
    pub id: String,
    pub name: String,
    pub pages: Option<u32>,
    /// The template it is read from; `None` for the sender's own file, which is in DocuSign's draft.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// Its `documentId` there.
    #[serde(default)]
    pub at: String,
}

/// A recipient of the template: a placeholder (`name` and `email` empty) or a person already filled in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// DocuSign's `recipientId` inside the template.
    pub recipient_id: String,
    /// Matched case-sensitively by DocuSign; may be empty for a filled-in person.
    pub role_name: String,
    pub kind: RecipientKind,
    pub routing_order: u32,
    pub name: String,
    pub email: String,
    /// `templateLocked`: of a locked role only e-mail, name and access code may be changed.
    pub locked: bool,
    /// `templateRequired`: the sender may not drop it.
    pub required: bool,
    /// The template's own message for this recipient.
    pub message: Option<OwnMessage>,
    /// The template names the host of this in-person signer; else the sender is the host.
    #[serde(default)]
    pub hosted: bool,
    /// The template's own note, access code and language for this recipient.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub access_code: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Ids of the documents that the template hides from this recipient.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hidden_documents: Vec<String>,
}

/// A subject and message for one recipient alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnMessage {
    pub subject: String,
    pub body: String,
}

impl Role {
    /// Nobody is filled in yet, and somebody must be.
    pub fn is_placeholder(&self) -> bool {
        self.kind.needs_person() && self.name.trim().is_empty() && self.email.trim().is_empty()
    }

    /// What to call it: the role's name, or the person's where the template gives the role none.
    pub fn label(&self) -> &str {
        if self.role_name.is_empty() { &self.name } else { &self.role_name }
    }
}

/// Several templates as one, for one envelope; a single one stays as it is. Roles of the same name and kind are
/// the same person. Ids of the second and later templates get `<n>-` before them (`2-1`), so that all are unique;
/// words, locks and options are the first one's, except that a lock of any holds for all.
pub fn join(templates: &[Template]) -> Option<Template> {
    let [first, rest @ ..] = templates else { return None };
    if rest.is_empty() {
        return Some(first.clone());
    }
    let same =
        |roles: &[Role]| roles.iter().map(|r| (r.recipient_id.clone(), r.recipient_id.clone())).collect();
    let mut joined = Template {
        parts: vec![Part { template: first.id.clone(), name: first.name.clone(), roles: same(&first.roles) }],
        ..first.clone()
    };
    for (place, template) in rest.iter().enumerate() {
        let own = |id: &str| format!("{}-{id}", place.saturating_add(2));
        let mut part = Part { template: template.id.clone(), name: template.name.clone(), roles: Vec::new() };
        for role in &template.roles {
            let hidden = role.hidden_documents.iter().map(|id| own(id));
            let known = joined.roles.iter_mut().find(|known| {
                !role.role_name.is_empty() && known.role_name == role.role_name && known.kind == role.kind
            });
            let id = match known {
                Some(known) => {
                    known.locked |= role.locked;
                    known.required |= role.required;
                    known.hidden_documents.extend(hidden);
                    known.recipient_id.clone()
                }
                None => {
                    let id = own(&role.recipient_id);
                    let hidden_documents = hidden.collect();
                    joined.roles.push(Role { recipient_id: id.clone(), hidden_documents, ..role.clone() });
                    id
                }
            };
            part.roles.push((role.recipient_id.clone(), id));
        }
        joined.documents.extend(
            template.documents.iter().map(|document| Document { id: own(&document.id), ..document.clone() }),
        );
        joined.tabs.extend(template.tabs.iter().map(|tab| {
            Tab {
                id: own(&tab.id),
                document: own(&tab.document),
                recipient: part
                    .roles
                    .iter()
                    .find(|(theirs, _)| *theirs == tab.recipient)
                    .map_or_else(|| own(&tab.recipient), |(_, ours)| ours.clone()),
                ..tab.clone()
            }
        }));
        joined.message_locked |= template.message_locked;
        joined.recipients_locked |= template.recipients_locked;
        joined.modified = joined.modified.max(template.modified);
        joined.parts.push(part);
    }
    sorted::by_number(&mut joined.roles, |role| u64::from(role.routing_order));
    Some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARRAYS: [&str; 10] = [
        "signers",
        "carbonCopies",
        "certifiedDeliveries",
        "agents",
        "editors",
        "intermediaries",
        "inPersonSigners",
        "witnesses",
        "seals",
        "notaryWitnesses",
    ];

    #[test]
    fn every_kind_knows_its_array() {
        for array in ARRAYS {
            assert_eq!(RecipientKind::from_array_name(array).array_name(), array);
        }
        assert_eq!(RecipientKind::from_array_name("seals"), RecipientKind::Other("seals".into()));
    }

    #[test]
    fn every_kind_survives_the_wire() {
        let kinds = ARRAYS.map(RecipientKind::from_array_name);
        let wire = serde_json::to_string(&kinds).expect("JSON");
        insta::assert_snapshot!(wire, @r#"["signer","carbonCopy","certifiedDelivery","agent","editor","intermediary","inPersonSigner","witness","seals","notaryWitnesses"]"#);
        assert_eq!(serde_json::from_str::<Vec<RecipientKind>>(&wire).expect("and back"), kinds);
    }

    #[test]
    fn a_placeholder_is_a_role_without_a_person() {
        let role = |kind, name: &str, email: &str| Role {
            recipient_id: "1".into(),
            role_name: "Client".into(),
            kind,
            routing_order: 1,
            name: name.into(),
            email: email.into(),
            locked: false,
            required: false,
            ..Role::default()
        };
        assert!(role(RecipientKind::Signer, "", " ").is_placeholder());
        assert!(role(RecipientKind::CarbonCopy, "", "").is_placeholder());
        assert!(!role(RecipientKind::Signer, "Ann", "").is_placeholder());
        assert!(!role(RecipientKind::Signer, "", "ann@client.example").is_placeholder());
        assert!(!role(RecipientKind::Other("seals".into()), "", "").is_placeholder());
    }
}
