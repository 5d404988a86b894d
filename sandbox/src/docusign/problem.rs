//! DocuSign's error bodies: `{"errorCode","message"}` (facts §7).

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

#[derive(Clone, Debug)]
pub struct Problem {
    pub status: u16,
    pub code: &'static str,
    pub message: String,
}

pub fn problem(status: u16, code: &'static str, message: impl Into<String>) -> Problem {
    Problem { status, code, message: message.into() }
}

impl Problem {
    /// As it stands inside the items of a multi-item answer.
    pub fn details(&self) -> Value {
        json!({ "errorCode": self.code, "message": self.message })
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        (status, Json(self.details())).into_response()
    }
}

pub fn invalid_parameter(what: impl std::fmt::Display) -> Problem {
    problem(
        400,
        "INVALID_REQUEST_PARAMETER",
        format!("The request contained at least one invalid parameter. {what}"),
    )
}

pub fn invalid_body(what: impl std::fmt::Display) -> Problem {
    problem(
        400,
        "INVALID_REQUEST_BODY",
        format!("The request body is missing or improperly formatted. {what}"),
    )
}

pub fn envelope_missing() -> Problem {
    problem(
        404,
        "ENVELOPE_DOES_NOT_EXIST",
        "The envelope ID specified is not valid. The envelope does not exist or the user does not have rights to it.",
    )
}

pub fn template_missing() -> Problem {
    problem(400, "TEMPLATE_ID_INVALID", "Invalid template ID.")
}

pub fn document_missing() -> Problem {
    problem(404, "DOCUMENT_DOES_NOT_EXIST", "The document specified was not found.")
}

pub fn recipient_missing() -> Problem {
    problem(
        400,
        "UNKNOWN_ENVELOPE_RECIPIENT",
        "The recipient you have identified is not a valid recipient of the specified envelope.",
    )
}

pub fn incomplete() -> Problem {
    problem(
        400,
        "ENVELOPE_IS_INCOMPLETE",
        "The Envelope is not Complete. A Complete Envelope Requires Documents, Recipients, Tabs, and a Subject Line.",
    )
}

pub fn wrong_status() -> Problem {
    problem(
        400,
        "ENVELOPE_INVALID_STATUS",
        "Invalid envelope status. Envelope status is not one of: Created, Sent, Delivered, Correct.",
    )
}

pub fn not_admin() -> Problem {
    problem(403, "USER_NOT_ACCOUNT_ADMIN", "The user is not an account administrator.")
}
