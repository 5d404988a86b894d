//! A sandbox of its own for each test, a Worker that only listens, and a signed-in DocuSign user.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use reqwest::{Client, Method, Response, redirect};
use sandbox::sample_app::{DOCUSIGN_INTEGRATION_KEY, DOCUSIGN_SECRET_KEY};
use sandbox::{Config, Running, serve};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

pub const VERIFIER: &str = "a-verifier-that-is-long-enough-to-be-a-real-one-0123456789";

/// What came in at the Worker's Connect route.
#[derive(Clone, Debug)]
pub struct Received {
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Received {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    pub fn event(&self) -> String {
        self.json()["event"].as_str().unwrap_or("").to_owned()
    }
}

#[derive(Clone, Default)]
pub struct Inbox {
    messages: Arc<Mutex<Vec<Received>>>,
    /// How many messages are still to be answered with 500.
    failing: Arc<Mutex<u32>>,
}

impl Inbox {
    pub fn all(&self) -> Vec<Received> {
        self.messages.lock().expect("inbox").clone()
    }

    pub fn events(&self) -> Vec<String> {
        self.all().iter().map(Received::event).collect()
    }

    pub fn fail_next(&self, count: u32) {
        *self.failing.lock().expect("inbox") = count;
    }

    /// Waits until the events satisfy `done`, ten seconds at most.
    pub async fn until(&self, done: impl Fn(&[String]) -> bool) -> Vec<String> {
        for _ in 0..500 {
            let events = self.events();
            if done(&events) {
                return events;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("waited in vain; there are {:?}", self.events());
    }
}

pub struct Stand {
    pub running: Running,
    pub worker: String,
    pub inbox: Inbox,
    pub http: Client,
    pub portal: Value,
    pub token: String,
    pub refresh: String,
}

async fn worker(inbox: Inbox) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let app = axum::Router::new().fallback(move |headers: HeaderMap, body: Bytes| {
        let inbox = inbox.clone();
        async move {
            inbox.messages.lock().expect("inbox").push(Received { headers, body });
            let mut failing = inbox.failing.lock().expect("inbox");
            if *failing > 0 {
                *failing -= 1;
                return StatusCode::INTERNAL_SERVER_ERROR;
            }
            StatusCode::OK
        }
    });
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}")
}

/// Starts a sandbox on the first free pair of ports from 5100 on.
pub async fn start(worker_url: &str) -> Running {
    let first = 5100 + u16::try_from(std::process::id() % 20).unwrap_or(0) * 2;
    for port in (first..5198).chain(5100..first).step_by(2) {
        let config = Config {
            port,
            worker_url: worker_url.to_owned(),
            state_dir: None,
            crm_public_host: "127.0.0.1".to_owned(),
        };
        if let Ok(running) = serve(config).await {
            return running;
        }
    }
    panic!("no free ports");
}

/// With `RECORD_TO` set, what went over the wire is written there, for the check against the vendor's schemas.
impl Drop for Stand {
    fn drop(&mut self) {
        let Some(folder) = std::env::var_os("RECORD_TO") else { return };
        let world = &self.running.world;
        let entries = world.traffic.list(&sandbox::traffic::Filter::default());
        let lines: Vec<String> = entries.iter().filter_map(|e| serde_json::to_string(e).ok()).collect();
        let name = format!("docusign-{}.jsonl", self.worker.replace(['/', ':'], "-"));
        std::fs::write(std::path::Path::new(&folder).join(name), lines.join("\n"))
            .expect("to write the traffic");
    }
}

impl Stand {
    pub async fn new() -> Stand {
        let inbox = Inbox::default();
        let worker = worker(inbox.clone()).await;
        let running = start(&worker).await;
        let http = Client::builder().redirect(redirect::Policy::none()).build().expect("a client");
        let portal = running.world.fresh_portal(None);
        let mut stand =
            Stand { running, worker, inbox, http, portal, token: String::new(), refresh: String::new() };
        let tokens = stand.log_in("signature extended").await;
        stand.token = tokens["access_token"].as_str().expect("a token").to_owned();
        stand.refresh = tokens["refresh_token"].as_str().expect("a token").to_owned();
        stand
    }

    pub fn redirect_uri(&self) -> String {
        format!("{}/oauth/docusign/callback", self.worker)
    }

    pub fn docusign(&self, path: &str) -> String {
        format!("{}{path}", self.running.docusign_url)
    }

    pub fn email(&self) -> String {
        self.portal["docusign"]["user"]["email"].as_str().expect("an address").to_owned()
    }

    pub fn user_id(&self) -> String {
        self.portal["docusign"]["user"]["userId"].as_str().expect("an id").to_owned()
    }

    pub fn account(&self) -> String {
        self.portal["docusign"]["accounts"][0]["accountId"].as_str().expect("an id").to_owned()
    }

    pub fn template(&self, name: &str) -> String {
        self.portal["docusign"]["accounts"][0]["templates"][name].as_str().expect("a template").to_owned()
    }

    pub fn authorize_words(&self, scope: &str) -> Vec<(&'static str, String)> {
        vec![
            ("response_type", "code".to_owned()),
            ("client_id", DOCUSIGN_INTEGRATION_KEY.to_owned()),
            ("redirect_uri", self.redirect_uri()),
            ("scope", scope.to_owned()),
            ("state", "the state, with = & and blanks".to_owned()),
            ("code_challenge", URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER))),
            ("code_challenge_method", "S256".to_owned()),
        ]
    }

    /// Login page, consent page, code.
    pub async fn code(&self, scope: &str) -> String {
        let mut words = self.authorize_words(scope);
        words.push(("email", self.email()));
        let answer = self.http.post(self.docusign("/oauth/login")).form(&words).send().await.expect("login");
        let cookie = answer.headers()["set-cookie"]
            .to_str()
            .expect("a cookie")
            .split(';')
            .next()
            .unwrap_or("")
            .to_owned();
        words.push(("user_id", self.user_id()));
        words.push(("allow", "yes".to_owned()));
        let answer = self
            .http
            .post(self.docusign("/oauth/consent"))
            .header("cookie", cookie)
            .form(&words)
            .send()
            .await
            .expect("consent");
        let location = answer.headers()["location"].to_str().expect("a location").to_owned();
        let url = url::Url::parse(&location).expect("a URL");
        assert!(location.starts_with(&self.redirect_uri()));
        let pairs: std::collections::HashMap<_, _> = url.query_pairs().into_owned().collect();
        assert_eq!(pairs["state"], "the state, with = & and blanks");
        pairs["code"].clone()
    }

    pub async fn token_call(&self, words: &[(&str, &str)]) -> Response {
        let secret = STANDARD.encode(format!("{DOCUSIGN_INTEGRATION_KEY}:{DOCUSIGN_SECRET_KEY}"));
        let call =
            self.http.post(self.docusign("/oauth/token")).header("authorization", format!("Basic {secret}"));
        call.form(words).send().await.expect("an answer")
    }

    pub async fn log_in(&self, scope: &str) -> Value {
        let code = self.code(scope).await;
        let words = [("grant_type", "authorization_code"), ("code", &code), ("code_verifier", VERIFIER)];
        let answer = self.token_call(&words).await;
        assert_eq!(answer.status(), 200);
        answer.json().await.expect("JSON")
    }

    pub async fn call(&self, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
        let url = self.docusign(&format!("/restapi/v2.1/accounts/{}{path}", self.account()));
        let mut call = self.http.request(method, url).bearer_auth(&self.token);
        if let Some(body) = body {
            call = call.json(&body);
        }
        let answer = call.send().await.expect("an answer");
        let status = answer.status().as_u16();
        let bytes = answer.bytes().await.expect("a body");
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    pub async fn get(&self, path: &str) -> Value {
        let (status, body) = self.call(Method::GET, path, None).await;
        assert_eq!(status, 200, "{path}: {body}");
        body
    }

    pub async fn post(&self, path: &str, body: Value) -> (u16, Value) {
        self.call(Method::POST, path, Some(body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> (u16, Value) {
        self.call(Method::PUT, path, Some(body)).await
    }

    /// Creates an envelope and answers its id.
    pub async fn create(&self, definition: Value) -> String {
        let (status, body) = self.post("/envelopes?merge_roles_on_draft=true", definition).await;
        assert_eq!(status, 201, "{body}");
        body["envelopeId"].as_str().expect("an id").to_owned()
    }

    pub async fn refused(&self, definition: Value) -> (u16, String) {
        let (status, body) = self.post("/envelopes", definition).await;
        (status, body["errorCode"].as_str().unwrap_or("").to_owned())
    }

    /// A composite with one template and one inline layer.
    pub fn composite(&self, template: &str, status: &str, recipients: Value) -> Value {
        json!({
            "status": status, "emailSubject": "Please sign",
            "compositeTemplates": [{
                "compositeTemplateId": "1",
                "serverTemplates": [{ "sequence": "1", "templateId": self.template(template) }],
                "inlineTemplates": [{ "sequence": "2", "recipients": recipients }],
            }],
            "eventNotifications": [self.notification()],
        })
    }

    pub fn notification(&self) -> Value {
        json!({
            "url": format!("{}/docusign/connect/1", self.worker), "deliveryMode": "SIM",
            "eventData": { "version": "restv2.1", "format": "json", "includeData": ["custom_fields", "recipients", "tabs"] },
            "events": [
                "envelope-sent", "envelope-delivered", "envelope-completed", "envelope-declined", "envelope-voided",
                "envelope-resent", "envelope-corrected", "recipient-sent", "recipient-delivered",
                "recipient-completed", "recipient-declined", "recipient-autoresponded", "recipient-resent",
            ],
            "requireAcknowledgment": "true", "loggingEnabled": "true", "includeHMAC": "true",
            "integratorManaged": "true",
        })
    }

    pub async fn control(&self, path: &str, body: Value) -> (u16, Value) {
        let url = format!("{}/__sandbox{path}", self.running.hubspot_url);
        let answer = self.http.post(url).json(&body).send().await.expect("an answer");
        let status = answer.status().as_u16();
        (status, answer.json().await.unwrap_or(Value::Null))
    }

    pub async fn recipient_does(&self, envelope: &str, who: &str, what: &str) -> Value {
        let who = url::form_urlencoded::byte_serialize(who.as_bytes()).collect::<String>();
        let (status, body) =
            self.control(&format!("/docusign/envelopes/{envelope}/recipients/{who}/{what}"), json!({})).await;
        assert_eq!(status, 200, "{body}");
        body
    }

    pub async fn recipient_state(&self, envelope: &str) -> Value {
        let url = format!("{}/__sandbox/docusign/envelopes/{envelope}", self.running.hubspot_url);
        self.http.get(url).send().await.expect("an answer").json().await.expect("JSON")
    }

    pub async fn requests(&self, query: &str) -> Vec<Value> {
        let url = format!("{}/__sandbox/requests?{query}", self.running.hubspot_url);
        let body: Value = self.http.get(url).send().await.expect("an answer").json().await.expect("JSON");
        body["requests"].as_array().cloned().unwrap_or_default()
    }
}

pub fn client() -> Value {
    json!({ "signers": [{
        "recipientId": "1", "roleName": "Client", "name": "Ann Lee", "email": "ann.lee@nordhavn.example",
        "routingOrder": "1",
    }] })
}
