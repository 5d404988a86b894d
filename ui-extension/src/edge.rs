//! Calls to `/api`. Every route and type is `shared::api`'s; an answer outside 2xx becomes a [`Refusal`]. Nothing is retried here: who calls knows what a retry would mean.

pub mod after_send;
pub mod documents;
pub mod settings;

use gloo_net::http::{Request, RequestBuilder, Response};
use js_sys::{Object, Reflect};
use serde::de::DeserializeOwned;
use shared::{
    api::{
        Allowed, ConnectAnswer, ContactPage, DraftSaved, DraftStep, FolderList, Panel, SaveDraft, SendAnswer,
        SendRequest, Session, TemplatePage,
    },
    draft::{Draft, DraftDocument, Options},
    error::Code,
    merge::Field,
    prefill::Prefill,
    record::Record,
    template::Template,
};
use wasm_bindgen::{JsCast, JsValue};

use crate::json::{self, Json};

/// An `AppError` as it came. Its problems stay unread until the wizard asks for them: reading 21 kinds of
/// problem is 28 kB of code that the panel has no use for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub code: Code,
    pub field: Option<String>,
    pub problems: Json,
    /// What is wrong with mappings; unread as well.
    pub mappings: Json,
    pub retry_after: Option<u32>,
    pub support_id: String,
}

impl Refusal {
    /// `None` where `text` is not an error of ours. A code we do not know is a newer edge's.
    fn read(text: &str) -> Option<Self> {
        let mut error = Json::parse(text)?;
        let name = error.take_text("code")?;
        Some(Self {
            code: Code::ALL.into_iter().find(|code| code.name() == name).unwrap_or(Code::Internal),
            field: error.take_text("field"),
            retry_after: error.take("retry_after").read(),
            support_id: error.take_text("support_id").unwrap_or_default(),
            problems: error.take("problems"),
            mappings: error.take("mappings"),
        })
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Self {
            code,
            field: None,
            problems: Json::Null,
            mappings: Json::Null,
            retry_after: None,
            support_id: String::new(),
        }
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
    // A `SessionRequest`, written without serde: the panel sends nothing else.
    let launch = js_sys::JSON::stringify(&launch.into()).map_err(|_| Failure::Unreachable)?;
    let body = ["{\"launch\":", &String::from(launch), "}"].concat();
    call(Request::post("/api/session"), None, Some(body)).await
}

/// `GET /api/panel`
pub async fn panel(token: &str, cursor: Option<&str>) -> Answer<Panel> {
    call(get("/api/panel", &[("cursor", cursor.unwrap_or_default())]), Some(token), None).await
}

/// `POST /api/connect`, `POST /api/drafts/…/continue`: an address to open in a window of its own.
pub async fn address(token: &str, path: &str) -> Answer<ConnectAnswer> {
    call(Request::post(path), Some(token), None).await
}

/// `GET /api/templates`; `query` holds its parameters.
pub async fn templates(token: &str, query: &[(&str, &str)]) -> Answer<TemplatePage> {
    call(get("/api/templates", query), Some(token), None).await
}

/// `GET /api/folders`
pub async fn folders(token: &str) -> Answer<FolderList> {
    call(get("/api/folders", &[]), Some(token), None).await
}

/// `PUT` or `DELETE /api/templates/…/favorite`
pub async fn set_favorite(token: &str, template: &str, favorite: bool) -> Answer<()> {
    let path = ["/api/templates/", &segment(template), "/favorite"].concat();
    let request = if favorite { Request::put(&path) } else { Request::delete(&path) };
    exchange(request, Some(token), Some("null".to_owned())).await.map(drop)
}

/// The parts of a `Compose` that the wizard shows.
pub struct Composed {
    pub template: Template,
    pub record: Record,
    pub prefill: Prefill,
    pub merge: Vec<Field>,
    pub allowed: Allowed,
    pub options: Options,
}

impl Composed {
    fn read(mut json: Json) -> Option<Self> {
        Some(Self {
            template: json.take("template").read()?,
            record: json.take("record").read()?,
            prefill: json.take("prefill").read()?,
            merge: json.take("merge").read()?,
            allowed: json.take("allowed").read().unwrap_or_default(),
            options: json.take("options").read().unwrap_or_default(),
        })
    }
}

/// `GET /api/compose`
pub async fn compose(token: &str, templates: &[String]) -> Answer<Composed> {
    let query: Vec<(&str, &str)> = templates.iter().map(|id| ("template", id.as_str())).collect();
    let text = exchange(get("/api/compose", &query), Some(token), None).await?;
    Json::parse(&text).and_then(Composed::read).ok_or(Failure::Unreachable)
}

/// An `OpenedDraft`.
pub struct Opened {
    pub draft: Draft,
    pub version: u32,
    pub step: DraftStep,
    pub composed: Composed,
    pub template_changed: bool,
    pub documents: Option<Vec<DraftDocument>>,
}

/// `GET /api/drafts/…`
pub async fn open_draft(token: &str, id: &str) -> Answer<Opened> {
    let text = exchange(Request::get(&draft_path(id)), Some(token), None).await?;
    let read = |mut json: Json| {
        Some(Opened {
            draft: json.take("draft").read()?,
            version: json.take("version").read()?,
            step: json.take("step").read()?,
            composed: Composed::read(json.take("compose"))?,
            template_changed: json.take("template_changed").read()?,
            documents: json.take("documents").read()?,
        })
    };
    Json::parse(&text).and_then(read).ok_or(Failure::Unreachable)
}

/// `PUT /api/drafts/…`
pub async fn save_draft(token: &str, id: &str, save: &SaveDraft) -> Answer<DraftSaved> {
    let body = serde_json::to_string(save).map_err(|_| Failure::Unreachable)?;
    call(Request::put(&draft_path(id)), Some(token), Some(body)).await
}

/// The same from a page that is going away: the browser carries it out afterwards, and nobody hears the answer.
pub fn save_draft_last(token: &str, id: &str, save: &SaveDraft) {
    let Ok(body) = serde_json::to_string(save) else { return };
    let set = |object: &Object, name: &str, value: &JsValue| {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(object, &name.into(), value);
    };
    let headers = Object::new();
    set(&headers, "Authorization", &["Bearer ", token].concat().into());
    set(&headers, "Content-Type", &"application/json".into());
    let request = Object::new();
    set(&request, "method", &"PUT".into());
    set(&request, "body", &body.into());
    set(&request, "headers", &headers);
    set(&request, "keepalive", &JsValue::TRUE);
    let _ = web_sys::window()
        .map(|window| window.fetch_with_str_and_init(&draft_path(id), request.unchecked_ref()));
}

/// `DELETE /api/drafts/…`
pub async fn delete_draft(token: &str, id: &str) -> Answer<()> {
    exchange(Request::delete(&draft_path(id)), Some(token), None).await.map(drop)
}

fn draft_path(id: &str) -> String {
    ["/api/drafts/", &segment(id)].concat()
}

fn segment(id: &str) -> String {
    String::from(js_sys::encode_uri_component(id))
}

/// `GET /api/contacts`
pub async fn contacts(token: &str, query: &str) -> Answer<ContactPage> {
    call(get("/api/contacts", &[("q", query)]), Some(token), None).await
}

/// `POST /api/envelopes`
pub async fn send_envelope(token: &str, key: &str, request: &SendRequest) -> Answer<SendAnswer> {
    let body = serde_json::to_string(request).map_err(|_| Failure::Unreachable)?;
    call(Request::post("/api/envelopes").header("Idempotency-Key", key), Some(token), Some(body)).await
}

/// A `GET` with those of `pairs` that have a value.
fn get(path: &str, pairs: &[(&str, &str)]) -> RequestBuilder {
    Request::get(path).query(pairs.iter().copied().filter(|(_, value)| !value.is_empty()))
}

async fn call<T: DeserializeOwned>(
    request: RequestBuilder,
    token: Option<&str>,
    body: Option<String>,
) -> Answer<T> {
    let text = exchange(request, token, body).await?;
    json::from_str(&text).ok_or(Failure::Unreachable)
}

/// The part that does not depend on the types: one copy in the wasm for all routes.
async fn exchange(request: RequestBuilder, token: Option<&str>, body: Option<String>) -> Answer<String> {
    let request = request.header("Accept", "application/json");
    let response = answered(request, token, body).await?;
    response.text().await.map_err(|_| Failure::Unreachable)
}

/// The answer, if it is a good one.
async fn answered(
    mut request: RequestBuilder,
    token: Option<&str>,
    body: Option<String>,
) -> Answer<Response> {
    if let Some(token) = token {
        request = request.header("Authorization", &["Bearer ", token].concat());
    }
    let request = match body {
        Some(body) => request.header("Content-Type", "application/json").body(JsValue::from_str(&body)),
        None => request.build(),
    };
    let response: Response =
        request.map_err(|_| Failure::Unreachable)?.send().await.map_err(|_| Failure::Unreachable)?;
    if response.ok() {
        return Ok(response);
    }
    let text = response.text().await.map_err(|_| Failure::Unreachable)?;
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
        assert_eq!(refusal.problems.read::<Vec<Problem>>(), Some(error.problems));
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
