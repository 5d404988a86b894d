//! The one error of the product: a code, who can fix it, a support id. Sentences are in the catalogues.

use serde::{Deserialize, Serialize};

use crate::{draft::Problem, mapping::MappingProblem};

/// What went wrong, in words the catalogues know as `error-<code>` (and `error-<code>-fix` for the next step).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Code {
    /// The request is not understood; `field` names the part.
    BadRequest,
    /// Session, launch token or signature missing, stale, used or wrong: open the panel again.
    Unauthorized,
    /// Not found, or not yours: the two are never told apart.
    NotFound,
    /// The draft has problems; they are listed.
    DraftIncomplete,
    /// The template was deleted or cannot be seen by this DocuSign user.
    TemplateGone,
    TemplateNoRecipients,
    TemplateNoDocuments,
    RecordGone,
    /// This HubSpot user has not connected DocuSign.
    NotConnected,
    /// The DocuSign connection died (revoked, expired, password changed): connect again.
    MustReconnect,
    /// The app is not installed in this portal, or was uninstalled.
    NotInstalled,
    /// HubSpot says a scope is missing: an admin installs again.
    HubspotMissingScope,
    /// The DocuSign user lacks a right: ask the DocuSign administrator.
    DocusignNoPermission,
    DocusignAccountSuspended,
    DocusignAllowanceUsedUp,
    DocusignPlanLacksFeature,
    /// DocuSign refused the data; `field` names it where it is known.
    DocusignRefused,
    DocusignBusy,
    DocusignUnreachable,
    HubspotBusy,
    HubspotUnreachable,
    HubspotRefused,
    /// The same key was used with other content.
    IdempotencyMismatch,
    /// We do not know yet whether DocuSign took it: the panel will show it; press Send again at no risk.
    SendUnsettled,
    TooLarge,
    /// The draft was saved from another window meanwhile.
    DraftConflict,
    /// The draft is gone: thrown away here or in DocuSign.
    DraftGone,
    /// The draft was already sent, from DocuSign's own pages.
    DraftSentElsewhere,
    /// The draft was opened in DocuSign's own editor: it goes on there.
    DraftHandedOver,
    /// This user has as many drafts of this kind of record as there may be.
    TooManyDrafts,
    /// The file is empty, damaged, or not what its name says; `field` names it.
    FileUnreadable,
    /// DocuSign does not take this kind of file.
    FileTypeRefused,
    /// The PDF is protected by a password.
    FileProtected,
    /// Only a HubSpot super admin may do this.
    NotAdmin,
    /// Somebody else saved these settings meanwhile. What was being saved is not.
    SettingsConflict,
    /// A mapping cannot be as it is; `mappings` says which and why.
    MappingRefused,
    /// The file is none of ours, or damaged; `field` names the entry.
    ImportRefused,
    /// The file is of another portal.
    ImportOtherPortal,
    /// The key is empty, too short, or holds a space; `field` says whether it is the label.
    KeyRefused,
    /// A portal has as many keys as there may be.
    TooManyKeys,
    /// The DocuSign user does not belong to this account (any more).
    AccountUnknown,
    /// What was typed is neither the portal's domain nor its number.
    UninstallUnconfirmed,
    /// An envelope is being sent, and nobody knows the end of it yet.
    UninstallBusy,
    /// What is to be done with an envelope cannot be done as it stands; `field` is the name of the reason.
    NotPossible,
    /// A reminder or the like got no answer: it is not done a second time.
    ActionUnsettled,
    /// Ours. Nothing the user can do but tell us the support id.
    Internal,
}

/// Who can mend it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fixer {
    You,
    HubspotAdmin,
    DocusignAdmin,
    /// Waiting helps.
    Time,
    /// Whoever runs this deployment.
    Operator,
}

impl Fixer {
    /// Everybody there is, so that the catalogues can be checked for completeness.
    pub const ALL: [Self; 5] =
        [Self::You, Self::HubspotAdmin, Self::DocusignAdmin, Self::Time, Self::Operator];

    /// The word that stands for it on the wire and in the catalogues.
    pub fn name(self) -> &'static str {
        match self {
            Self::You => "you",
            Self::HubspotAdmin => "hubspot-admin",
            Self::DocusignAdmin => "docusign-admin",
            Self::Time => "time",
            Self::Operator => "operator",
        }
    }
}

/// An error as it travels to the browser. Internal detail never does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{code:?}")]
pub struct AppError {
    pub code: Code,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
    /// With [`Code::MappingRefused`]: every reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mappings: Vec<MappingProblem>,
    /// Seconds to wait before trying again, when a vendor or we know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// Names this occurrence in the log.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub support_id: String,
}

impl AppError {
    pub fn new(code: Code) -> Self {
        Self {
            code,
            field: None,
            problems: Vec::new(),
            mappings: Vec::new(),
            retry_after: None,
            support_id: String::new(),
        }
    }

    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
}

impl From<Code> for AppError {
    fn from(code: Code) -> Self {
        Self::new(code)
    }
}

crate::word::read_by_name!(Code);

impl Code {
    /// Every code there is, so that the catalogues can be checked for completeness.
    pub const ALL: [Self; 46] = [
        Self::BadRequest,
        Self::Unauthorized,
        Self::NotFound,
        Self::DraftIncomplete,
        Self::TemplateGone,
        Self::TemplateNoRecipients,
        Self::TemplateNoDocuments,
        Self::RecordGone,
        Self::NotConnected,
        Self::MustReconnect,
        Self::NotInstalled,
        Self::HubspotMissingScope,
        Self::DocusignNoPermission,
        Self::DocusignAccountSuspended,
        Self::DocusignAllowanceUsedUp,
        Self::DocusignPlanLacksFeature,
        Self::DocusignRefused,
        Self::DocusignBusy,
        Self::DocusignUnreachable,
        Self::HubspotBusy,
        Self::HubspotUnreachable,
        Self::HubspotRefused,
        Self::IdempotencyMismatch,
        Self::SendUnsettled,
        Self::TooLarge,
        Self::DraftConflict,
        Self::DraftGone,
        Self::DraftSentElsewhere,
        Self::DraftHandedOver,
        Self::TooManyDrafts,
        Self::FileUnreadable,
        Self::FileTypeRefused,
        Self::FileProtected,
        Self::NotAdmin,
        Self::SettingsConflict,
        Self::MappingRefused,
        Self::ImportRefused,
        Self::ImportOtherPortal,
        Self::KeyRefused,
        Self::TooManyKeys,
        Self::AccountUnknown,
        Self::UninstallUnconfirmed,
        Self::UninstallBusy,
        Self::NotPossible,
        Self::ActionUnsettled,
        Self::Internal,
    ];

    /// The word that stands for it on the wire and in the catalogues.
    pub fn name(self) -> &'static str {
        match self {
            Self::BadRequest => "bad-request",
            Self::Unauthorized => "unauthorized",
            Self::NotFound => "not-found",
            Self::DraftIncomplete => "draft-incomplete",
            Self::TemplateGone => "template-gone",
            Self::TemplateNoRecipients => "template-no-recipients",
            Self::TemplateNoDocuments => "template-no-documents",
            Self::RecordGone => "record-gone",
            Self::NotConnected => "not-connected",
            Self::MustReconnect => "must-reconnect",
            Self::NotInstalled => "not-installed",
            Self::HubspotMissingScope => "hubspot-missing-scope",
            Self::DocusignNoPermission => "docusign-no-permission",
            Self::DocusignAccountSuspended => "docusign-account-suspended",
            Self::DocusignAllowanceUsedUp => "docusign-allowance-used-up",
            Self::DocusignPlanLacksFeature => "docusign-plan-lacks-feature",
            Self::DocusignRefused => "docusign-refused",
            Self::DocusignBusy => "docusign-busy",
            Self::DocusignUnreachable => "docusign-unreachable",
            Self::HubspotBusy => "hubspot-busy",
            Self::HubspotUnreachable => "hubspot-unreachable",
            Self::HubspotRefused => "hubspot-refused",
            Self::IdempotencyMismatch => "idempotency-mismatch",
            Self::SendUnsettled => "send-unsettled",
            Self::TooLarge => "too-large",
            Self::DraftConflict => "draft-conflict",
            Self::DraftGone => "draft-gone",
            Self::DraftSentElsewhere => "draft-sent-elsewhere",
            Self::DraftHandedOver => "draft-handed-over",
            Self::TooManyDrafts => "too-many-drafts",
            Self::FileUnreadable => "file-unreadable",
            Self::FileTypeRefused => "file-type-refused",
            Self::FileProtected => "file-protected",
            Self::NotAdmin => "not-admin",
            Self::SettingsConflict => "settings-conflict",
            Self::MappingRefused => "mapping-refused",
            Self::ImportRefused => "import-refused",
            Self::ImportOtherPortal => "import-other-portal",
            Self::KeyRefused => "key-refused",
            Self::TooManyKeys => "too-many-keys",
            Self::AccountUnknown => "account-unknown",
            Self::UninstallUnconfirmed => "uninstall-unconfirmed",
            Self::UninstallBusy => "uninstall-busy",
            Self::NotPossible => "not-possible",
            Self::ActionUnsettled => "action-unsettled",
            Self::Internal => "internal",
        }
    }

    /// The HTTP status it is answered with. Below 500 wherever trying again as it is cannot help, since HubSpot
    /// repeats a call that was answered with 5xx.
    pub fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::DraftIncomplete => 422,
            Self::Unauthorized => 401,
            Self::NotFound => 404,
            Self::TooLarge => 413,
            Self::TemplateGone
            | Self::TemplateNoRecipients
            | Self::TemplateNoDocuments
            | Self::RecordGone => 422,
            Self::NotConnected | Self::MustReconnect | Self::NotInstalled | Self::IdempotencyMismatch => 409,
            Self::DraftConflict | Self::DraftSentElsewhere | Self::DraftHandedOver | Self::TooManyDrafts => {
                409
            }
            Self::DraftGone => 404,
            Self::SettingsConflict | Self::TooManyKeys | Self::AccountUnknown | Self::NotPossible => 409,
            Self::NotAdmin => 403,
            Self::MappingRefused
            | Self::ImportRefused
            | Self::ImportOtherPortal
            | Self::KeyRefused
            | Self::UninstallUnconfirmed => 422,
            Self::FileUnreadable | Self::FileTypeRefused | Self::FileProtected => 422,
            Self::HubspotMissingScope | Self::DocusignNoPermission | Self::DocusignAccountSuspended => 403,
            Self::DocusignAllowanceUsedUp | Self::DocusignPlanLacksFeature => 403,
            Self::DocusignRefused | Self::HubspotRefused => 422,
            Self::DocusignBusy
            | Self::HubspotBusy
            | Self::SendUnsettled
            | Self::ActionUnsettled
            | Self::UninstallBusy => 503,
            Self::DocusignUnreachable | Self::HubspotUnreachable => 502,
            Self::Internal => 500,
        }
    }

    /// Who can mend it; the sentence of the next step is addressed to them.
    pub fn fixer(self) -> Fixer {
        match self {
            Self::HubspotMissingScope | Self::NotInstalled | Self::NotAdmin => Fixer::HubspotAdmin,
            Self::DocusignNoPermission
            | Self::DocusignAccountSuspended
            | Self::DocusignAllowanceUsedUp
            | Self::DocusignPlanLacksFeature
            | Self::TemplateNoDocuments
            | Self::TemplateNoRecipients => Fixer::DocusignAdmin,
            Self::DocusignBusy
            | Self::HubspotBusy
            | Self::DocusignUnreachable
            | Self::HubspotUnreachable
            | Self::SendUnsettled
            | Self::ActionUnsettled
            | Self::UninstallBusy => Fixer::Time,
            Self::Internal => Fixer::Operator,
            _ => Fixer::You,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_the_words_on_the_wire() {
        for code in Code::ALL {
            assert_eq!(serde_json::to_value(code).expect("JSON"), code.name());
        }
        for fixer in Fixer::ALL {
            assert_eq!(serde_json::to_value(fixer).expect("JSON"), fixer.name());
        }
        assert_eq!(Code::ALL.map(Code::name).into_iter().collect::<BTreeSet<_>>().len(), Code::ALL.len());
    }

    #[test]
    fn only_what_may_pass_by_itself_is_answered_with_5xx() {
        for code in Code::ALL {
            let passes = matches!(code.fixer(), Fixer::Time | Fixer::Operator);
            assert_eq!(code.status() >= 500, passes, "{}", code.name());
        }
    }

    #[test]
    fn an_error_on_the_wire_holds_only_what_is_known() {
        let shown = |error: AppError| serde_json::to_string(&error).expect("JSON");
        insta::assert_snapshot!(shown(Code::NotConnected.into()), @r#"{"code":"not-connected"}"#);
        let full = AppError {
            problems: vec![Problem::EmailInvalid { row: 1 }, Problem::NoRecipients],
            retry_after: Some(30),
            support_id: "7F3A".into(),
            ..AppError::new(Code::DraftIncomplete).field("rows")
        };
        insta::assert_snapshot!(shown(full.clone()), @r#"{"code":"draft-incomplete","field":"rows","problems":[{"problem":"email-invalid","row":1},{"problem":"no-recipients"}],"retry_after":30,"support_id":"7F3A"}"#);
        let back: AppError = serde_json::from_str(&shown(full.clone())).expect("and back");
        assert_eq!(back, full);
    }
}
