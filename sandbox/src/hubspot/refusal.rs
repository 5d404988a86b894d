//! HubSpot's error answers: one body for all, with a category, a message and a correlation id.

use axum::{
    Json,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// An error answer, ready to be sent.
#[derive(Debug)]
pub struct Refusal {
    pub status: StatusCode,
    pub body: Box<Value>,
    pub headers: Box<HeaderMap>,
}

impl Refusal {
    pub fn new(status: u16, category: &str, message: impl Into<String>) -> Refusal {
        Refusal {
            status: StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            body: Box::new(json!({
                "status": "error",
                "message": message.into(),
                "correlationId": correlation(),
                "category": category,
            })),
            headers: Box::default(),
        }
    }

    pub fn validation(message: impl Into<String>) -> Refusal {
        Refusal::new(400, "VALIDATION_ERROR", message)
    }

    /// The same for a record, a file, a property that is not there, or is another portal's.
    pub fn not_found() -> Refusal {
        Refusal::new(404, "OBJECT_NOT_FOUND", "resource not found")
    }

    pub fn missing_scopes(required: &[&str]) -> Refusal {
        Refusal::new(403, "MISSING_SCOPES", "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.")
            .errors(json!([{
                "message": "One or more of the following scopes are required.",
                "context": { "requiredGranularScopes": required },
            }]))
    }

    /// Rate limits have an own body: a policy and no category, and no `Retry-After`.
    pub fn rate_limit(policy: &str) -> Refusal {
        let what = match policy {
            "SECONDLY" => "secondly",
            _ => "ten_secondly_rolling",
        };
        let mut refusal = Refusal::new(429, "", format!("You have reached your {what} limit."));
        *refusal.body = json!({
            "status": "error",
            "message": format!("You have reached your {what} limit."),
            "errorType": "RATE_LIMIT",
            "correlationId": correlation(),
            "policyName": policy,
            "requestId": correlation(),
        });
        refusal
    }

    pub fn errors(self, errors: Value) -> Refusal {
        self.with("errors", errors)
    }

    pub fn context(self, context: Value) -> Refusal {
        self.with("context", context)
    }

    pub fn with(mut self, key: &str, value: Value) -> Refusal {
        if let Some(body) = self.body.as_object_mut() {
            body.insert(key.to_owned(), value);
        }
        self
    }
}

pub fn correlation() -> String {
    uuid::Uuid::new_v4().to_string()
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, *self.headers, Json(*self.body)).into_response()
    }
}
