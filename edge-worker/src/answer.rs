//! Answers, and the headers that every one of them carries.

use serde::Serialize;
use serde_json::json as facts;
use shared::error::{AppError, Code};
use worker::{Headers, Response, ResponseBuilder};

use crate::{
    config::Config,
    failure::{Failure, Outcome},
    log::{self, Level},
    token,
};

/// JSON is nothing to render, frame or run.
const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

pub fn data<T: Serialize>(value: &T) -> Outcome<Response> {
    with_status(value, 200)
}

pub fn with_status<T: Serialize>(value: &T, status: u16) -> Outcome<Response> {
    json(serde_json::to_string(value)?, status)
}

/// A text of whatever kind the caller says.
pub fn text(text: String) -> Outcome<Response> {
    json(text, 200)
}

fn json(text: String, status: u16) -> Outcome<Response> {
    let response = ResponseBuilder::new().with_status(status).fixed(text.into_bytes());
    response.headers().set("content-type", "application/json")?;
    response.headers().set("content-security-policy", DATA_POLICY)?;
    response.headers().set("cross-origin-resource-policy", "same-origin")?;
    Ok(response)
}

/// A 302 to another address.
pub fn redirect(to: &str) -> Outcome<Response> {
    let response = ResponseBuilder::new().with_status(302).empty();
    response.headers().set("location", to)?;
    response.headers().set("content-security-policy", DATA_POLICY)?;
    Ok(response)
}

/// Logs a failure with its detail, and answers with what the browser may know. Everything that is refused as
/// unauthorized is refused with the same body: neither portal nor reason can be told from it.
pub fn failure(failure: Failure, route: &str) -> Outcome<Response> {
    failure_with_status(failure, route, None)
}

pub fn failure_with_status(failure: Failure, route: &str, status: Option<u16>) -> Outcome<Response> {
    let (mut error, detail) = failure.into_parts();
    if error.support_id.is_empty() {
        error.support_id = token::support_id();
    }
    let status = status.unwrap_or(error.code.status());
    let level = if status >= 500 { Level::Error } else { Level::Warn };
    log::line(
        level,
        "refused",
        facts!({ "route": route, "code": error.code, "status": status, "support_id": error.support_id, "detail": detail }),
    );
    let retry_after = error.retry_after;
    let response = if error.code == Code::Unauthorized {
        with_status(&AppError::new(Code::Unauthorized), status)?
    } else {
        with_status(&error, status)?
    };
    if let Some(seconds) = retry_after {
        response.headers().set("retry-after", &seconds.to_string())?;
    }
    Ok(response)
}

/// The headers that every answer of the Worker carries.
pub fn harden(headers: &Headers, config: Option<&Config>) -> worker::Result<()> {
    headers.set("x-content-type-options", "nosniff")?;
    headers.set("referrer-policy", "no-referrer")?;
    if !headers.has("cache-control")? {
        headers.set("cache-control", "no-store")?;
    }
    if config.is_some_and(Config::is_https) {
        headers.set("strict-transport-security", "max-age=31536000; includeSubDomains")?;
    }
    Ok(())
}
