//! One call to a vendor: sent with a time limit, read to the end, and every way it can fail as a value.
//!
//! Which failure means what to the user is decided by the vendor's own module (`docusign::failure`,
//! `hubspot::failure`), never here.

use core::{cell::RefCell, time::Duration};
use std::collections::BTreeMap;

use futures_util::{FutureExt, future::LocalBoxFuture};
use reqwest::{RequestBuilder, Response, header::HeaderMap};
use serde::de::DeserializeOwned;
use serde_json::Value;
use shared::time::Timestamp;

use crate::{json, moment};

/// How long a read may take. A page waits for it.
pub const READ: Duration = Duration::from_secs(12);
/// How long a send may take: longer than DocuSign's slow days, shorter than the browser's patience.
pub const SEND: Duration = Duration::from_secs(25);
/// How long a file may take on its way up or down: 32 MB over a slow line.
pub const UPLOAD: Duration = Duration::from_secs(180);

/// Why a call did not bring an answer that can be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VendorError {
    /// No answer within the limit. Whether the vendor acted is not known.
    #[error("no answer in time")]
    Timeout,
    /// No connection, or it broke. Whether the vendor acted is not known.
    #[error("the connection failed")]
    Cut,
    /// An answer, and not a good one.
    #[error("status {status}, code {code}, trace {trace}")]
    Refused {
        status: u16,
        /// `errorCode` (DocuSign), `category` or `status` (HubSpot), `error` (OAuth); empty when none was given.
        code: String,
        /// Seconds until the vendor's limit lets calls through again, when it said.
        retry_after: Option<u32>,
        /// What the vendor's support asks for: DocuSign's trace token, HubSpot's correlation id.
        trace: String,
    },
    /// A good status with a body that is not what was agreed.
    #[error("an answer that cannot be read: {0}")]
    Garbled(String),
}

impl VendorError {
    /// The vendor did not accept the token.
    pub fn is_unauthorized(&self) -> bool {
        match self {
            Self::Refused { status: 401, .. } => true,
            Self::Refused { code, .. } => matches!(
                code.to_ascii_uppercase().as_str(),
                "AUTHORIZATION_INVALID_TOKEN"
                    | "USER_AUTHENTICATION_FAILED"
                    | "PARTNER_AUTHENTICATION_FAILED"
                    | "EXPIRED_AUTHENTICATION"
                    | "INVALID_AUTHENTICATION"
            ),
            _ => false,
        }
    }

    /// Whether the vendor may have acted all the same.
    pub fn may_have_acted(&self) -> bool {
        match self {
            Self::Timeout | Self::Cut | Self::Garbled(_) => true,
            Self::Refused { status, .. } => *status >= 500,
        }
    }
}

/// Sends, and reads the answer as JSON. An empty body reads as `null`.
pub async fn json<T: DeserializeOwned>(
    request: RequestBuilder,
    limit: Duration,
    fields: ErrorFields,
) -> Result<T, VendorError> {
    let answer = exchange(request, limit, fields).await?;
    // The message of serde_json may quote a text of the answer, which may be a token: it is not passed on.
    crate::json::of(answer).map_err(|_| VendorError::Garbled("of another shape".into()))
}

/// Boxed, so that it is compiled once and not into every call.
fn exchange(
    request: RequestBuilder,
    limit: Duration,
    fields: ErrorFields,
) -> LocalBoxFuture<'static, Result<Value, VendorError>> {
    exchanged(request, limit, fields).boxed_local()
}

async fn exchanged(
    request: RequestBuilder,
    limit: Duration,
    fields: ErrorFields,
) -> Result<Value, VendorError> {
    let body = raw(request, limit, fields).await?;
    let body: &[u8] = if body.is_empty() { b"null" } else { &body };
    json::parse(body).map_err(|_| VendorError::Garbled("no JSON".into()))
}

/// Sends, and gives the body of a good answer as it came.
pub async fn raw(
    request: RequestBuilder,
    limit: Duration,
    fields: ErrorFields,
) -> Result<Vec<u8>, VendorError> {
    let response = request.timeout(limit).send().await.map_err(broken)?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    note_quota(response.url().path(), &headers);
    let body = bytes(response).await?;
    if !(200..300).contains(&status) {
        return Err(refused(status, &headers, &body, fields));
    }
    Ok(body)
}

/// What a DocuSign account has left of its calls (docusign facts §7).
#[derive(Debug, Clone, Copy)]
struct Quota {
    /// Less than a tenth is left until then, in milliseconds.
    scarce_until: i64,
}

thread_local! {
    /// By account: what DocuSign last said, to whoever in this isolate asked.
    static QUOTAS: RefCell<BTreeMap<String, Quota>> = const { RefCell::new(BTreeMap::new()) };
}

/// An account's hour ends when DocuSign says; of its burst it says nothing but that it is 30 seconds long.
const BURST_MS: i64 = 30_000;
/// Accounts that are remembered; more than one isolate ever serves at once.
const QUOTAS_MAX: usize = 1000;

/// Reads what is left from an answer's headers.
fn note_quota(path: &str, headers: &HeaderMap) {
    let Some(account) = path.split("/accounts/").nth(1).and_then(|rest| rest.split('/').next()) else {
        return;
    };
    let number = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse::<i64>().ok();
    let scarce = |kind: &str| {
        let (limit, left) = (number(&format!("x-{kind}-limit"))?, number(&format!("x-{kind}-remaining"))?);
        (limit > 0 && left.saturating_mul(10) < limit).then_some(())
    };
    let now = moment::now().0;
    let hour = scarce("ratelimit").and_then(|()| number("x-ratelimit-reset"));
    let hour = hour.map(|seconds| seconds.saturating_mul(1000).clamp(now, now + 3_600_000));
    let burst = scarce("burstlimit").map(|()| now + BURST_MS);
    let until = hour.max(burst);
    QUOTAS.with_borrow_mut(|quotas| match until {
        Some(scarce_until) if quotas.len() < QUOTAS_MAX || quotas.contains_key(account) => {
            quotas.insert(account.to_owned(), Quota { scarce_until });
        }
        Some(_) => {}
        None => {
            quotas.remove(account);
        }
    });
}

/// Until when only sends should call this account.
pub fn scarce_until(account: &str) -> Option<Timestamp> {
    let until = QUOTAS.with_borrow(|quotas| quotas.get(account).map(|quota| quota.scarce_until))?;
    (until > moment::now().0).then_some(Timestamp(until))
}

async fn bytes(response: Response) -> Result<Vec<u8>, VendorError> {
    Ok(response.bytes().await.map_err(broken)?.to_vec())
}

fn broken(error: reqwest::Error) -> VendorError {
    if error.is_timeout() { VendorError::Timeout } else { VendorError::Cut }
}

/// Where a vendor's error body keeps its code, most telling first, and which header holds the trace.
#[derive(Debug, Clone, Copy)]
pub struct ErrorFields {
    pub codes: &'static [&'static str],
    pub trace_header: &'static str,
    pub trace_field: &'static str,
}

pub fn refused(status: u16, headers: &HeaderMap, body: &[u8], fields: ErrorFields) -> VendorError {
    // The body may be HTML or empty.
    let body = json::parse(body).unwrap_or_default();
    let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    let header = |name: &str| headers.get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
    let code = fields.codes.iter().find_map(|name| text(name)).filter(|c| is_code(c)).unwrap_or_default();
    let trace = header(fields.trace_header).or_else(|| text(fields.trace_field)).filter(|t| is_code(t));
    VendorError::Refused {
        status,
        code,
        retry_after: retry_after(|name| header(name)),
        trace: trace.unwrap_or_default(),
    }
}

/// Codes and traces go to the log; free text, which may name people, does not.
fn is_code(text: &str) -> bool {
    text.len() <= 100 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.:".contains(&b))
}

/// `Retry-After` in seconds, or the moment DocuSign's hourly limit is lifted; never more than an hour.
fn retry_after(header: impl Fn(&str) -> Option<String>) -> Option<u32> {
    let seconds = |name: &str| header(name)?.trim().parse::<i64>().ok();
    let wait = seconds("retry-after").or_else(|| {
        let used_up = seconds("x-ratelimit-remaining") == Some(0);
        let reset = seconds("x-ratelimit-reset").filter(|_| used_up)?;
        Some(reset - moment::now().0 / 1000)
    })?;
    u32::try_from(wait.clamp(1, 3600)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: ErrorFields =
        ErrorFields { codes: &["errorCode", "error"], trace_header: "x-trace", trace_field: "id" };

    #[test]
    fn an_error_body_is_read_for_its_code_and_never_for_its_words() {
        let check =
            |body: &str, expected: &str| match refused(400, &HeaderMap::new(), body.as_bytes(), FIELDS) {
                VendorError::Refused { code, .. } => assert_eq!(code, expected, "{body}"),
                other => panic!("{other}"),
            };
        check(r#"{"errorCode":"ENVELOPE_IS_INCOMPLETE","message":"x"}"#, "ENVELOPE_IS_INCOMPLETE");
        check(r#"{"error":"invalid_grant","error_description":"x"}"#, "invalid_grant");
        check(r#"{"errorCode":"ann@x.example is wrong"}"#, "");
        check("<html>Bad gateway</html>", "");
        check("", "");
    }

    #[test]
    fn the_wait_is_read_from_the_headers_and_bounded() {
        let check = |pairs: &[(&str, &str)], expected: Option<u32>| {
            let find = |name: &str| pairs.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned());
            assert_eq!(retry_after(find), expected, "{pairs:?}");
        };
        check(&[("retry-after", "7")], Some(7));
        check(&[("retry-after", "-3")], Some(1));
        check(&[("retry-after", "999999")], Some(3600));
        check(&[("retry-after", "Wed, 21 Oct 2026 07:28:00 GMT")], None);
        check(&[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1")], Some(1));
        check(&[("x-ratelimit-remaining", "12"), ("x-ratelimit-reset", "1")], None);
        check(&[], None);
    }
}
