//! What HubSpot's errors mean to the user: by `category` (or `status` of an OAuth error) first, then by
//! status (hubspot facts §3.1, §4.3, §4.4).

use shared::error::{AppError, Code};

use crate::{failure::Failure, vendor::VendorError};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum During {
    /// Reading a record: "not found" means that it was deleted.
    Record,
    Search,
    /// Asking about a user: the scope for it came later than others.
    Settings,
    Token,
}

/// The one place where a HubSpot failure becomes ours.
pub fn failure(error: &VendorError, during: During) -> Failure {
    Failure::new(app_error(error, during), format!("HubSpot, {during:?}: {error}"))
}

pub fn app_error(error: &VendorError, during: During) -> AppError {
    match error {
        VendorError::Timeout | VendorError::Cut | VendorError::Garbled(_) => Code::HubspotUnreachable.into(),
        VendorError::Refused { status, code, retry_after, .. } => {
            let mut app = AppError::new(refusal(*status, &code.to_ascii_uppercase(), during));
            if app.code == Code::HubspotBusy {
                app.retry_after = retry_after.or(Some(10));
            }
            app
        }
    }
}

fn refusal(status: u16, code: &str, during: During) -> Code {
    match code {
        // Refused refresh tokens: the app was uninstalled.
        "BAD_REFRESH_TOKEN" | "BAD_HUB" | "INVALID_GRANT" | "ACCESS_DENIED" if during == During::Token => {
            Code::NotInstalled
        }
        "BAD_CLIENT_SECRET" | "BAD_CLIENT_ID" | "INVALID_CLIENT" => Code::Internal,
        "MISSING_SCOPES" => Code::HubspotMissingScope,
        "TEN_SECONDLY_ROLLING" | "SECONDLY" | "DAILY" | "RATE_LIMIT" | "RATE_LIMITS" => Code::HubspotBusy,
        "OBJECT_NOT_FOUND" if during == During::Record => Code::RecordGone,
        _ => match status {
            401 => Code::NotInstalled,
            403 => Code::HubspotMissingScope,
            404 if during == During::Record => Code::RecordGone,
            423 | 429 | 477 | 503 => Code::HubspotBusy,
            400..=499 => Code::HubspotRefused,
            _ => Code::HubspotUnreachable,
        },
    }
}

/// Whether a refresh failed because there is no installation any more.
pub fn is_uninstalled(error: &VendorError) -> bool {
    app_error(error, During::Token).code == Code::NotInstalled
        && matches!(error, VendorError::Refused { status: 400, .. })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(status: u16, code: &str) -> VendorError {
        VendorError::Refused { status, code: code.to_owned(), retry_after: None, trace: String::new() }
    }

    #[test]
    fn categories_decide_before_statuses() {
        use During::{Record, Search, Token};
        for (status, code, during, expected) in [
            (400, "BAD_REFRESH_TOKEN", Token, Code::NotInstalled),
            (400, "invalid_grant", Token, Code::NotInstalled),
            (400, "BAD_CLIENT_SECRET", Token, Code::Internal),
            (400, "VALIDATION_ERROR", Search, Code::HubspotRefused),
            (401, "INVALID_AUTHENTICATION", Record, Code::NotInstalled),
            (403, "MISSING_SCOPES", Record, Code::HubspotMissingScope),
            (404, "OBJECT_NOT_FOUND", Record, Code::RecordGone),
            (404, "", Record, Code::RecordGone),
            (404, "", Search, Code::HubspotRefused),
            (429, "TEN_SECONDLY_ROLLING", Search, Code::HubspotBusy),
            (429, "", Search, Code::HubspotBusy),
            (477, "", Record, Code::HubspotBusy),
            (500, "", Record, Code::HubspotUnreachable),
            (522, "", Record, Code::HubspotUnreachable),
        ] {
            assert_eq!(app_error(&error(status, code), during).code, expected, "{status} {code} {during:?}");
        }
        assert_eq!(app_error(&VendorError::Timeout, Record).code, Code::HubspotUnreachable);
    }

    #[test]
    fn our_own_wrong_secret_is_never_taken_for_an_uninstall() {
        assert!(is_uninstalled(&error(400, "BAD_REFRESH_TOKEN")));
        assert!(!is_uninstalled(&error(400, "BAD_CLIENT_SECRET")));
        assert!(!is_uninstalled(&error(401, "")));
        assert!(!is_uninstalled(&error(500, "")));
        assert!(!is_uninstalled(&VendorError::Cut));
    }
}
