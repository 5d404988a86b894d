//! Calls to `/api`. Every route and type is `shared::api`'s; an answer outside 2xx becomes a [`Refusal`]. Nothing is retried here: who calls knows what a retry would mean.

use gloo_net::http::{Request, RequestBuilder, Response};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use shared::{
    api::{
        Compose, ConnectAnswer, ContactPage, Panel, SendAnswer, SendRequest, Session, SessionRequest,
        TemplatePage,
    },
    error::Code,
};
use wasm_bindgen::JsValue;

/// An `AppError` as it came. Its problems stay unread until the wizard asks for them: reading 21 kinds of
/// problem is 28 kB of code that the panel has no use for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub code: Code,
    pub field: Option<String>,
    pub problems: Value,
    pub retry_after: Option<u64>,
    pub support_id: String,
}

impl Refusal {
    /// `None` where `text` is not an error of ours. A code we do not know is a newer edge's.
    fn read(text: &str) -> Option<Self> {
        let mut error: Value = serde_json::from_str(text).ok()?;
        let name = error.get("code")?.as_str()?;
        let code = Code::ALL.into_iter().find(|code| code.name() == name).unwrap_or(Code::Internal);
        let text = |name: &str| error.get(name).and_then(Value::as_str).map(str::to_owned);
        Some(Self {
            code,
            field: text("field"),
            retry_after: error.get("retry_after").and_then(Value::as_u64),
            support_id: text("support_id").unwrap_or_default(),
            problems: error.get_mut("problems").map(Value::take).unwrap_or_default(),
        })
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self { code, field: None, problems: Value::Null, retry_after: None, support_id: String::new() }
    }
}

/// Why a call gave no answer of the kind expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The edge said so.
    Edge(Box<Refusal>),
    /// No answer, or one that is not ours: the connection was cut, a proxy stepped in.
    Unreachable,
}

impl Failure {
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::Edge(error) => Some(error.code),
            Self::Unreachable => None,
        }
    }
}

pub type Answer<T> = Result<T, Failure>;

/// `POST /api/session`
pub async fn open_session(launch: String) -> Answer<Session> {
    send(Request::post("/api/session"), None, Some(&SessionRequest { launch })).await
}

/// `GET /api/panel`
pub async fn panel(token: &str, cursor: Option<&str>) -> Answer<Panel> {
    send::<(), _>(get("/api/panel", &[("cursor", cursor.unwrap_or_default())]), Some(token), None).await
}

/// `POST /api/connect`
pub async fn connect(token: &str) -> Answer<ConnectAnswer> {
    send::<(), _>(Request::post("/api/connect"), Some(token), None).await
}

/// `GET /api/templates`
pub async fn templates(token: &str, query: &str, cursor: Option<&str>) -> Answer<TemplatePage> {
    let request = get("/api/templates", &[("q", query), ("cursor", cursor.unwrap_or_default())]);
    send::<(), _>(request, Some(token), None).await
}

/// `GET /api/compose`
pub async fn compose(token: &str, template: &str) -> Answer<Compose> {
    send::<(), _>(get("/api/compose", &[("template", template)]), Some(token), None).await
}

/// `GET /api/contacts`
pub async fn contacts(token: &str, query: &str) -> Answer<ContactPage> {
    send::<(), _>(get("/api/contacts", &[("q", query)]), Some(token), None).await
}

/// `POST /api/envelopes`
pub async fn send_envelope(token: &str, key: &str, request: &SendRequest) -> Answer<SendAnswer> {
    send(Request::post("/api/envelopes").header("Idempotency-Key", key), Some(token), Some(request)).await
}

/// A `GET` with those of `pairs` that have a value.
fn get(path: &str, pairs: &[(&str, &str)]) -> RequestBuilder {
    Request::get(path).query(pairs.iter().copied().filter(|(_, value)| !value.is_empty()))
}

async fn send<B: Serialize, T: DeserializeOwned>(
    request: RequestBuilder,
    token: Option<&str>,
    body: Option<&B>,
) -> Answer<T> {
    let body = match body {
        Some(body) => Some(serde_json::to_string(body).map_err(|_| Failure::Unreachable)?),
        None => None,
    };
    let text = exchange(request, token, body).await?;
    serde_json::from_str(&text).ok().and_then(read).ok_or(Failure::Unreachable)
}

/// Reads `value` as a `T`. Everything is read by way of a [`Value`]: the parser is then in the wasm once,
/// not once for each type.
pub fn read<T: DeserializeOwned>(value: Value) -> Option<T> {
    serde_json::from_value(value).ok()
}

/// The part that does not depend on the types: one copy in the wasm for all routes.
async fn exchange(request: RequestBuilder, token: Option<&str>, body: Option<String>) -> Answer<String> {
    let mut request = request.header("Accept", "application/json");
    if let Some(token) = token {
        request = request.header("Authorization", &["Bearer ", token].concat());
    }
    let request = match body {
        Some(body) => request.header("Content-Type", "application/json").body(JsValue::from_str(&body)),
        None => request.build(),
    };
    let response: Response =
        request.map_err(|_| Failure::Unreachable)?.send().await.map_err(|_| Failure::Unreachable)?;
    let text = response.text().await.map_err(|_| Failure::Unreachable)?;
    if response.ok() {
        return Ok(text);
    }
    Err(Refusal::read(&text).map_or(Failure::Unreachable, |refusal| Failure::Edge(Box::new(refusal))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use shared::{draft::Problem, error::AppError};

    #[test]
    fn a_refusal_reads_what_an_error_writes() {
        let error = AppError {
            problems: vec![Problem::SubjectTooLong { chars: 101 }],
            retry_after: Some(7),
            support_id: "CS-1".to_owned(),
            ..AppError::new(Code::DraftIncomplete).field("subject")
        };
        let refusal = Refusal::read(&serde_json::to_string(&error).unwrap()).unwrap();
        assert_eq!((refusal.code, refusal.field.as_deref()), (Code::DraftIncomplete, Some("subject")));
        assert_eq!((refusal.retry_after, refusal.support_id.as_str()), (Some(7), "CS-1"));
        assert_eq!(read::<Vec<Problem>>(refusal.problems), Some(error.problems));
    }

    #[test]
    fn what_is_not_an_error_of_ours_is_no_refusal() {
        assert_eq!(Refusal::read("<html>"), None);
        assert_eq!(Refusal::read("{}"), None);
        assert_eq!(
            Refusal::read(r#"{"code":"from-the-future"}"#).map(|refusal| refusal.code),
            Some(Code::Internal)
        );
    }
}
