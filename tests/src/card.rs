//! The card on a record page: what HubSpot's `hubspot.fetch` and iframe do around our app.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::control::{Answer, Portal, call, client, text};

/// A session of the app without a browser: for counting calls, and for input that no browser would send.
#[derive(Debug, Clone)]
pub struct Session {
    pub worker: String,
    pub token: String,
    pub opened: Value,
    http: reqwest::Client,
}

impl Portal {
    /// The launch token that the card gets for its iframe.
    pub async fn launch_token(&self, object_type: &str, object: &str) -> Result<String> {
        self.launch_token_in(object_type, object, "en").await
    }

    /// The same for a HubSpot user whose language is `locale`.
    pub async fn launch_token_in(&self, object_type: &str, object: &str, locale: &str) -> Result<String> {
        self.launch_token_of(&self.rep(), object_type, object, locale).await
    }

    async fn launch_token_of(
        &self,
        user: &str,
        object_type: &str,
        object: &str,
        locale: &str,
    ) -> Result<String> {
        let body =
            json!({ "objectTypeId": object_type, "objectId": object, "view": "panel", "locale": locale });
        let answer = self.fetch_as(user, "POST", "/hubspot/launch", body).await?.ok()?;
        let url = text(&answer, "url")?;
        Ok(url.split_once("#launch=").context("no launch token in the address")?.1.to_owned())
    }

    /// Launches and trades the token for a session.
    pub async fn session(&self, object_type: &str, object: &str) -> Result<Session> {
        self.session_of(&self.rep(), object_type, object).await
    }

    /// A session of another HubSpot user.
    pub async fn session_of(&self, user: &str, object_type: &str, object: &str) -> Result<Session> {
        let launch = self.launch_token_of(user, object_type, object, "en").await?;
        Session::of(&self.worker, Session::open(&self.worker, &launch).await?.ok()?)
    }
}

impl Portal {
    /// A session of the settings, as one of the portal's HubSpot users.
    pub async fn settings(&self, user: &str) -> Result<Session> {
        let body = json!({ "view": "settings", "locale": "en" });
        let answer = self.fetch_as(user, "POST", "/hubspot/launch", body).await?.ok()?;
        let url = text(&answer, "url")?;
        let launch = url.split_once("#launch=").context("no launch token in the address")?.1;
        Session::of(&self.worker, Session::open(&self.worker, launch).await?.ok()?)
    }
}

impl Session {
    pub async fn open(worker: &str, launch: &str) -> Result<Answer> {
        call(client().post(format!("{worker}/api/session")).json(&json!({ "launch": launch }))).await
    }

    fn of(worker: &str, opened: Value) -> Result<Self> {
        let token = text(&opened, "token")?;
        Ok(Self { worker: worker.to_owned(), token, opened, http: client() })
    }

    pub async fn get(&self, path: &str) -> Result<Answer> {
        call(self.http.get(format!("{}{path}", self.worker)).bearer_auth(&self.token)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Result<Answer> {
        call(self.http.post(format!("{}{path}", self.worker)).bearer_auth(&self.token).json(body)).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Result<Answer> {
        call(self.http.put(format!("{}{path}", self.worker)).bearer_auth(&self.token).json(body)).await
    }

    pub async fn delete(&self, path: &str) -> Result<Answer> {
        call(self.http.delete(format!("{}{path}", self.worker)).bearer_auth(&self.token)).await
    }

    /// `PUT /api/drafts/ID`, made from `version`.
    pub async fn save(&self, id: &str, draft: &Value, version: u32) -> Result<Answer> {
        let body = json!({ "draft": draft, "version": version, "step": "recipients" });
        self.put(&format!("/api/drafts/{id}"), &body).await
    }

    /// Any call, with a body where there is one.
    pub async fn say(&self, method: reqwest::Method, path: &str, body: Option<&Value>) -> Result<Answer> {
        let mut request =
            self.http.request(method, format!("{}{path}", self.worker)).bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.json(body);
        }
        call(request).await
    }

    /// `POST /api/envelopes` with a key, as the wizard sends it.
    pub async fn send(&self, key: &str, draft: &Value) -> Result<Answer> {
        let request = self.http.post(format!("{}/api/envelopes", self.worker)).bearer_auth(&self.token);
        call(request.header("Idempotency-Key", key).json(&json!({ "draft": draft }))).await
    }

    /// The draft that the wizard starts with for a template.
    pub async fn draft(&self, template: &str) -> Result<Value> {
        self.draft_of(&[template]).await
    }

    /// The same for several templates.
    pub async fn draft_of(&self, templates: &[&str]) -> Result<Value> {
        let compose =
            self.get(&format!("/api/compose?template={}", templates.join("&template="))).await?.ok()?;
        let at = |path: &str| compose.pointer(path).cloned().unwrap_or(Value::Null);
        Ok(json!({
            "template_id": templates.first(),
            "added_templates": templates.get(1..),
            "rows": at("/prefill/rows"),
            "subject": at("/template/subject"),
            "message": at("/template/message"),
        }))
    }
}
