//! The HubSpot side over real HTTP: every trap that the app has to live with.

mod crm;
mod fetch;
mod oauth;
mod pages;

use std::sync::atomic::{AtomicU16, Ordering};

use sandbox::{Config, Running, serve};
use serde_json::{Value, json};

/// A sandbox of its own, with a portal of its own.
pub struct Desk {
    pub running: Running,
    pub http: reqwest::Client,
    pub portal: Value,
}

static NEXT_PORT: AtomicU16 = AtomicU16::new(5200);

pub async fn desk(worker: &str) -> Desk {
    let running = loop {
        let port = NEXT_PORT.fetch_add(2, Ordering::SeqCst);
        assert!(port < 5298, "no free port left");
        let config = Config {
            port,
            worker_url: worker.to_owned(),
            state_dir: None,
            crm_public_host: "127.0.0.1".into(),
        };
        if let Ok(running) = serve(config).await {
            break running;
        }
    };
    let http =
        reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let made: Value = http
        .post(format!("{}/__sandbox/portals", running.hubspot_url))
        .json(&json!({}))
        .send()
        .await
        .expect("an answer")
        .json()
        .await
        .expect("JSON");
    Desk { running, http, portal: made }
}

/// All scopes that the app may ask for.
pub fn every_scope() -> String {
    sandbox::hubspot::oauth::KNOWN.map(|(scope, _)| scope).join(" ")
}

/// With `RECORD_TO` set, what went over the wire is written there, for the check against the vendors' schemas.
impl Drop for Desk {
    fn drop(&mut self) {
        let Some(folder) = std::env::var_os("RECORD_TO") else { return };
        let entries = self.running.world.traffic.list(&sandbox::traffic::Filter::default());
        let lines: Vec<String> =
            entries.iter().filter_map(|entry| serde_json::to_string(entry).ok()).collect();
        let file =
            std::path::Path::new(&folder).join(format!("hubspot-{}.jsonl", self.running.world.config.port));
        std::fs::write(file, lines.join("\n")).expect("to write the traffic");
    }
}

impl Desk {
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.running.hubspot_url)
    }

    pub fn portal_id(&self) -> u64 {
        self.portal["portalId"].as_u64().expect("a portal")
    }

    pub fn redirect_uri(&self) -> String {
        format!("{}/oauth/hubspot/callback", self.running.world.config.worker_url)
    }

    /// Id of a sample record.
    pub fn id(&self, kind: &str, name: &str) -> String {
        self.portal["hubspot"][kind][name].as_str().unwrap_or_else(|| panic!("no {kind} {name}")).to_owned()
    }

    pub fn user(&self, n: usize) -> Value {
        self.portal["hubspot"]["users"][n].clone()
    }

    pub async fn consent(&self, scopes: &str, decision: &str) -> reqwest::Response {
        let portal = self.portal_id().to_string();
        let redirect_uri = self.redirect_uri();
        let form = [
            ("client_id", sandbox::sample_app::HUBSPOT_CLIENT_ID),
            ("redirect_uri", &redirect_uri),
            ("scope", scopes),
            ("state", "s/1 ="),
            ("portal", &portal),
            ("decision", decision),
        ];
        self.http.post(self.url("/oauth/authorize")).form(&form).send().await.expect("an answer")
    }

    pub async fn token(&self, fields: &[(&str, &str)]) -> (u16, Value) {
        let client = [
            ("client_id", sandbox::sample_app::HUBSPOT_CLIENT_ID),
            ("client_secret", sandbox::sample_app::HUBSPOT_CLIENT_SECRET),
        ];
        let form: Vec<(&str, &str)> = client
            .iter()
            .filter(|(name, _)| !fields.iter().any(|(n, _)| n == name))
            .chain(fields)
            .copied()
            .collect();
        let response =
            self.http.post(self.url("/oauth/2026-03/token")).form(&form).send().await.expect("an answer");
        (response.status().as_u16(), response.json().await.expect("JSON"))
    }

    pub async fn code(&self, scopes: &str) -> String {
        let response = self.consent(scopes, "connect").await;
        let location = response.headers()["location"].to_str().expect("text").to_owned();
        let url = url::Url::parse(&location).expect("a URL");
        url.query_pairs().find(|(name, _)| name == "code").expect("a code").1.into_owned()
    }

    /// Installs the app with these scopes and answers the tokens.
    pub async fn install_with(&self, scopes: &str) -> Value {
        let code = self.code(scopes).await;
        let (status, tokens) = self
            .token(&[
                ("grant_type", "authorization_code"),
                ("code", &code),
                ("redirect_uri", &self.redirect_uri()),
            ])
            .await;
        assert_eq!(status, 200, "{tokens}");
        tokens
    }

    pub async fn install(&self) -> App<'_> {
        let tokens = self.install_with(&every_scope()).await;
        App { desk: self, token: tokens["access_token"].as_str().expect("a token").to_owned(), tokens }
    }

    pub async fn advance(&self, seconds: i64) {
        let body = json!({ "advanceSeconds": seconds });
        self.http.post(self.url("/__sandbox/clock")).json(&body).send().await.expect("an answer");
    }
}

/// The app, with its token.
pub struct App<'a> {
    pub desk: &'a Desk,
    pub token: String,
    pub tokens: Value,
}

impl App<'_> {
    pub async fn raw(&self, method: &str, path: &str, body: Option<Value>) -> reqwest::Response {
        let method = method.parse().expect("a method");
        let mut request = self.desk.http.request(method, self.desk.url(path)).bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        request.send().await.expect("an answer")
    }

    pub async fn call(&self, method: &str, path: &str, body: Option<Value>) -> (u16, Value) {
        let response = self.raw(method, path, body).await;
        (response.status().as_u16(), response.json().await.unwrap_or(Value::Null))
    }

    pub async fn get(&self, path: &str) -> Value {
        let (status, answer) = self.call("GET", path, None).await;
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }
}
