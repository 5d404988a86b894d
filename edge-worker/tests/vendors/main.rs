//! The vendor clients against the sandbox, natively: every call of theirs, and every way a vendor fails.

mod docusign;
mod hubspot;
mod papers;

use core::time::Duration;
use std::collections::HashMap;

use edge_worker::{config::Config, docusign::auth::Tokens, secret::Secret};
use reqwest::{Client, Url, redirect::Policy};
use sandbox::{Running, sample_app};
use serde_json::{Value, json};

const WORKER: &str = "http://127.0.0.1:9";

/// A sandbox of its own with a fresh portal.
pub struct Stand {
    pub running: Running,
    pub config: Config,
    pub http: Client,
    pub portal: Value,
}

impl Stand {
    pub async fn new() -> Self {
        let running = serve().await;
        let (crm, docusign) = (running.hubspot_url.clone(), running.docusign_url.clone());
        let hosts = docusign.trim_start_matches("http://").to_owned();
        let keys = sample_app::DOCUSIGN_CONNECT_KEYS.join(",");
        let config = Config::read(|name| {
            let value = match name {
                "BASE_URL" => WORKER,
                "HUBSPOT_CLIENT_ID" => sample_app::HUBSPOT_CLIENT_ID,
                "HUBSPOT_CLIENT_SECRET" => sample_app::HUBSPOT_CLIENT_SECRET,
                "DOCUSIGN_INTEGRATION_KEY" => sample_app::DOCUSIGN_INTEGRATION_KEY,
                "DOCUSIGN_SECRET_KEY" => sample_app::DOCUSIGN_SECRET_KEY,
                "DOCUSIGN_CONNECT_KEYS" => &keys,
                "SEALING_KEYS" => "1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "HUBSPOT_APP_BASE" | "HUBSPOT_API_BASE" => &crm,
                "DOCUSIGN_AUTH_BASE" => &docusign,
                "DOCUSIGN_ALLOWED_HOSTS" => &hosts,
                _ => return None,
            };
            Some(value.to_owned())
        })
        .expect("a good configuration");
        let http = Client::builder().redirect(Policy::none()).build().expect("a client");
        let stand = Self { running, config, http, portal: Value::Null };
        let portal = stand.control("portals", json!({})).await;
        Self { portal, ..stand }
    }

    /// A call of the sandbox's control API.
    pub async fn control(&self, path: &str, body: Value) -> Value {
        let url = format!("{}/__sandbox/{path}", self.running.hubspot_url);
        let answer = self.http.post(url).json(&body).send().await.expect("an answer");
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.json().await.unwrap_or_default()
    }

    pub async fn fault(&self, vendor: &str, path: &str, effect: Value) {
        self.control("faults", json!({ "vendor": vendor, "path": path, "count": 9, "effect": effect })).await;
    }

    pub async fn no_faults(&self) {
        let url = format!("{}/__sandbox/faults", self.running.hubspot_url);
        self.http.delete(url).send().await.expect("an answer");
    }

    pub fn text(&self, pointer: &str) -> String {
        match self.portal.pointer(pointer) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            other => panic!("{pointer}: {other:?}"),
        }
    }

    /// Consents at HubSpot: what the address asks for, for the fresh portal. Answers with the code.
    pub async fn hubspot_code(&self) -> Secret {
        let url = edge_worker::hubspot::auth::authorize_url(&self.config, "state", None);
        let mut words = query(&Url::parse(&url).expect("an address"));
        words.insert("portal".into(), self.text("/portalId"));
        words.insert("decision".into(), "connect".into());
        let url = format!("{}/oauth/authorize", self.running.hubspot_url);
        let answer = self.http.post(url).form(&words).send().await.expect("an answer");
        code(&answer)
    }

    /// Logs in and consents at DocuSign. Answers with the code.
    pub async fn docusign_code(&self, verifier: &str) -> Secret {
        let url = edge_worker::docusign::auth::authorize_url(&self.config, "state", verifier);
        let mut words = query(&Url::parse(&url).expect("an address"));
        words.insert("email".into(), self.text("/docusign/user/email"));
        let base = &self.running.docusign_url;
        let login =
            self.http.post(format!("{base}/oauth/login")).form(&words).send().await.expect("an answer");
        let cookie = header(&login, "set-cookie").split(';').next().unwrap_or_default().to_owned();
        words.insert("user_id".into(), self.text("/docusign/user/userId"));
        words.insert("allow".into(), "yes".into());
        let consent = self.http.post(format!("{base}/oauth/consent")).header("cookie", cookie).form(&words);
        code(&consent.send().await.expect("an answer"))
    }

    pub async fn hubspot_tokens(&self) -> Tokens {
        let code = self.hubspot_code().await;
        edge_worker::hubspot::auth::exchange(&self.http, &self.config, &code).await.expect("tokens")
    }

    pub async fn docusign_tokens(&self) -> Tokens {
        let verifier = "a-verifier-of-at-least-forty-three-characters-0";
        let code = self.docusign_code(verifier).await;
        let verifier = Secret::new(verifier);
        edge_worker::docusign::auth::exchange(&self.http, &self.config, &code, &verifier)
            .await
            .expect("tokens")
    }
}

/// Two neighbouring ports that are free; other tests look for theirs at the same time.
async fn serve() -> Running {
    for n in 0..60 {
        let offset = u16::try_from(std::process::id() % 17).unwrap_or(0) * 2;
        let port = 5310 + (offset + n * 2) % 80;
        let config = sandbox::Config {
            port,
            worker_url: WORKER.to_owned(),
            state_dir: None,
            crm_public_host: "127.0.0.1".to_owned(),
        };
        if let Ok(running) = sandbox::serve(config).await {
            return running;
        }
    }
    panic!("no two free ports");
}

fn query(url: &Url) -> HashMap<String, String> {
    url.query_pairs().into_owned().collect()
}

fn header(answer: &reqwest::Response, name: &str) -> String {
    answer.headers().get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned()
}

fn code(answer: &reqwest::Response) -> Secret {
    let location = header(answer, "location");
    let url = Url::parse(&location).unwrap_or_else(|_| panic!("{}: {location}", answer.status()));
    let query = query(&url);
    assert_eq!(query.get("state").map(String::as_str), Some("state"), "{location}");
    Secret::new(query.get("code").cloned().unwrap_or_else(|| panic!("no code: {location}")))
}

/// Every way a vendor fails, as the sandbox plays it.
pub fn faults() -> [(&'static str, Value); 7] {
    let error =
        |status: u16| json!({ "status": status, "body": { "errorCode": "PLANTED", "category": "PLANTED" } });
    [
        ("400", error(400)),
        ("401", error(401)),
        ("403", error(403)),
        ("404", error(404)),
        ("500", json!({ "status": 500, "body": "<html>oops</html>" })),
        ("cut off", json!({ "cut": "before" })),
        ("not JSON", json!({ "status": 200, "body": "<html>welcome</html>" })),
    ]
}

/// Awaits with a limit, so that a hanging client fails a test instead of hanging it.
pub async fn within<T>(seconds: u64, what: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(seconds), what).await.expect("an answer in time")
}
