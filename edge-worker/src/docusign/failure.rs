//! What DocuSign's errors mean to the user. By `errorCode` first: the status of some changed from 400 to 429
//! and back over the years (docusign facts §7).

use shared::error::{AppError, Code};

use crate::{failure::Failure, vendor::VendorError};

/// What was being done, where the same answer means different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum During {
    /// Reading a template, or making an envelope of one: "not found" means that the template is gone.
    Template,
    /// Anything about an envelope.
    Envelope,
    /// Putting a file into a draft: what is refused is the file.
    Upload,
    /// Trading a code or refresh token.
    Token,
}

/// The one place where a DocuSign failure becomes ours.
pub fn failure(error: &VendorError, during: During) -> Failure {
    Failure::new(app_error(error, during), format!("DocuSign, {during:?}: {error}"))
}

pub fn app_error(error: &VendorError, during: During) -> AppError {
    match error {
        VendorError::Timeout | VendorError::Cut => Code::DocusignUnreachable.into(),
        VendorError::Garbled(_) => Code::DocusignUnreachable.into(),
        VendorError::Refused { status, code, retry_after, .. } => {
            let mut app = refusal(*status, &code.to_ascii_uppercase(), during);
            if app.code == Code::DocusignBusy {
                app.retry_after = retry_after.or(Some(30));
            }
            app
        }
    }
}

fn refusal(status: u16, code: &str, during: During) -> AppError {
    let has = |word: &str| code.contains(word);
    match code {
        "INVALID_GRANT" | "CONSENT_REQUIRED" if during == During::Token => Code::MustReconnect.into(),
        "INVALID_CLIENT" | "UNAUTHORIZED_CLIENT" => Code::Internal.into(),
        "AUTHORIZATION_INVALID_TOKEN" | "USER_AUTHENTICATION_FAILED" | "PARTNER_AUTHENTICATION_FAILED" => {
            Code::MustReconnect.into()
        }
        _ if has("SUSPENDED") => Code::DocusignAccountSuspended.into(),
        "RECIPIENT_LIMIT_EXCEEDED" => AppError::new(Code::DocusignRefused).field("recipients"),
        "ENVELOPE_ALLOWANCE_EXCEEDED" => Code::DocusignAllowanceUsedUp.into(),
        "PLAN_ITEM_NOT_ENABLED" => Code::DocusignPlanLacksFeature.into(),
        "API_REQUEST_IS_THROTTLED" => Code::DocusignBusy.into(),
        _ if has("LIMIT_EXCEEDED") || has("POLLING_LIMIT") => Code::DocusignBusy.into(),
        _ if has("LACKS_PERMISSION") || has("LACKS_MEMBERSHIP") || has("NOT_ACCOUNT_ADMIN") => {
            Code::DocusignNoPermission.into()
        }
        "USER_DOES_NOT_BELONG_TO_SPECIFIED_ACCOUNT"
        | "USER_NOT_ENVELOPE_SENDER_OR_RECIPIENT"
        | "ACCOUNT_NOT_AUTHORIZED_FOR_ENVELOPE" => Code::DocusignNoPermission.into(),
        _ if has("TEMPLATE") && (has("INVALID") || has("NOT_FOUND") || has("NOT_EXIST")) => {
            Code::TemplateGone.into()
        }
        "UNSUPPORTED_PDF_CONTENT" if during == During::Upload => Code::FileProtected.into(),
        "INVALID_REQUEST_PARAMETER" if during == During::Upload => Code::FileTypeRefused.into(),
        _ if during == During::Upload && (has("DOCUMENT") || has("PDF") || code == "UNSPECIFIED_ERROR") => {
            Code::FileUnreadable.into()
        }
        "RESOURCE_NOT_FOUND" | "DOCUMENT_DOES_NOT_EXIST" if during == During::Template => {
            Code::TemplateGone.into()
        }
        "ENVELOPE_DOES_NOT_EXIST" => Code::NotFound.into(),
        _ if has("EMAIL") => AppError::new(Code::DocusignRefused).field("email"),
        _ if has("SUBJECT") => AppError::new(Code::DocusignRefused).field("subject"),
        _ => by_status(status, during),
    }
}

fn by_status(status: u16, during: During) -> AppError {
    match status {
        401 => Code::MustReconnect.into(),
        403 => Code::DocusignNoPermission.into(),
        404 if during == During::Template => Code::TemplateGone.into(),
        404 => Code::NotFound.into(),
        429 | 444 | 503 => Code::DocusignBusy.into(),
        413 => Code::TooLarge.into(),
        400..=499 => Code::DocusignRefused.into(),
        _ => Code::DocusignUnreachable.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(status: u16, code: &str, during: During, expected: Code) {
        let error =
            VendorError::Refused { status, code: code.to_owned(), retry_after: None, trace: String::new() };
        assert_eq!(app_error(&error, during).code, expected, "{status} {code} {during:?}");
    }

    #[test]
    fn error_codes_decide_before_statuses() {
        use During::{Envelope, Template, Token, Upload};
        for status in [400, 403] {
            check(status, "ACCOUNT_LACKS_PERMISSIONS", Envelope, Code::DocusignNoPermission);
            check(status, "USER_LACKS_PERMISSIONS", Template, Code::DocusignNoPermission);
        }
        for status in [400, 429] {
            check(status, "HOURLY_APIINVOCATION_LIMIT_EXCEEDED", Template, Code::DocusignBusy);
            check(status, "Burst_APIInvocation_Limit_Exceeded", Envelope, Code::DocusignBusy);
            check(status, "Hourly_Envelope_Polling_Limit_Exceeded", Envelope, Code::DocusignBusy);
            check(status, "RECIPIENT_LIMIT_EXCEEDED", Envelope, Code::DocusignRefused);
        }
        for status in [400, 404] {
            check(status, "TEMPLATE_ID_INVALID", Envelope, Code::TemplateGone);
            check(status, "RESOURCE_NOT_FOUND", Template, Code::TemplateGone);
        }
        check(400, "UNSUPPORTED_PDF_CONTENT", Upload, Code::FileProtected);
        check(400, "UNABLE_TO_LOAD_DOCUMENT", Upload, Code::FileUnreadable);
        check(400, "UNSPECIFIED_ERROR", Upload, Code::FileUnreadable);
        check(400, "INVALID_REQUEST_PARAMETER", Upload, Code::FileTypeRefused);
        check(413, "", Upload, Code::TooLarge);
        check(400, "ENVELOPE_ALLOWANCE_EXCEEDED", Envelope, Code::DocusignAllowanceUsedUp);
        check(400, "PLAN_ITEM_NOT_ENABLED", Envelope, Code::DocusignPlanLacksFeature);
        check(400, "ACCOUNT_HAS_BEEN_SUSPENDED", Envelope, Code::DocusignAccountSuspended);
        check(400, "INVALID_EMAIL_ADDRESS_FOR_RECIPIENT", Envelope, Code::DocusignRefused);
        check(400, "ENVELOPE_IS_INCOMPLETE", Envelope, Code::DocusignRefused);
        check(400, "invalid_grant", Token, Code::MustReconnect);
        check(400, "invalid_client", Token, Code::Internal);
        check(401, "USER_AUTHENTICATION_FAILED", Envelope, Code::MustReconnect);
    }

    #[test]
    fn without_a_known_code_the_status_decides() {
        use During::{Envelope, Template};
        check(400, "", Envelope, Code::DocusignRefused);
        check(401, "", Envelope, Code::MustReconnect);
        check(403, "", Envelope, Code::DocusignNoPermission);
        check(404, "", Template, Code::TemplateGone);
        check(404, "", Envelope, Code::NotFound);
        check(429, "", Envelope, Code::DocusignBusy);
        check(500, "", Envelope, Code::DocusignUnreachable);
        check(503, "", Envelope, Code::DocusignBusy);
        check(200, "", Envelope, Code::DocusignUnreachable);
        assert_eq!(app_error(&VendorError::Timeout, Envelope).code, Code::DocusignUnreachable);
        assert_eq!(app_error(&VendorError::Cut, Template).code, Code::DocusignUnreachable);
    }
}
