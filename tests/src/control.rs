//! The sandbox's control API, and what a person at HubSpot or DocuSign would do by hand.

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use crate::{
    robot::{Page, Robot},
    stand::Stand,
};

/// A portal of one journey's own, with its DocuSign users, accounts, templates and CRM data.
#[derive(Debug, Clone)]
pub struct Portal {
    pub crm: String,
    pub worker: String,
    pub docusign: String,
    pub id: String,
    /// The DocuSign account that a new connection gets: the user's default.
    pub account: String,
    pub client_secret: String,
    pub app_id: String,
    /// The integration's first HMAC key.
    pub connect_key: String,
    /// What the sandbox told about it, whole.
    pub told: Value,
}

/// An answer as it came: status and body.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

impl Answer {
    /// The body of a success.
    pub fn ok(self) -> Result<Value> {
        if !(200..300).contains(&self.status) {
            bail!("answered {}: {}", self.status, self.body);
        }
        Ok(self.body)
    }

    /// The code of our error.
    pub fn code(&self) -> &str {
        self.body.get("code").and_then(Value::as_str).unwrap_or("")
    }
}

/// Sends and reads whatever comes back; a body that is not JSON is kept as text.
pub async fn call(request: reqwest::RequestBuilder) -> Result<Answer> {
    let response = request.send().await?;
    let status = response.status().as_u16();
    let text = response.text().await?;
    Ok(Answer { status, body: serde_json::from_str(&text).unwrap_or(Value::String(text)) })
}

/// Keeps no connection open: a Worker that was restarted has closed it.
pub fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .pool_max_idle_per_host(0)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap_or_default()
}

impl Portal {
    /// A fresh portal; the app is not installed in it yet.
    pub async fn fresh(stand: &Stand) -> Result<Self> {
        let told =
            call(client().post(format!("{}/__sandbox/portals", stand.crm)).json(&json!({}))).await?.ok()?;
        let state = call(client().get(format!("{}/__sandbox/state", stand.crm))).await?.ok()?;
        let app = state.get("app").cloned().unwrap_or_default();
        let keys = text(&app, "DOCUSIGN_CONNECT_KEYS")?;
        Ok(Self {
            crm: stand.crm.clone(),
            worker: stand.worker.clone(),
            docusign: stand.docusign.clone(),
            id: text(&told, "portalId")?,
            account: text(told.pointer("/docusign/accounts/0").unwrap_or(&Value::Null), "accountId")?,
            client_secret: text(&app, "HUBSPOT_CLIENT_SECRET")?,
            app_id: text(&app, "HUBSPOT_APP_ID")?,
            connect_key: keys.split(',').next().unwrap_or_default().to_owned(),
            told,
        })
    }

    /// A fresh portal in which an admin has installed the app and connected DocuSign.
    pub async fn connected(stand: &Stand) -> Result<Self> {
        let portal = Self::fresh(stand).await?;
        let mut robot = Robot::default();
        let install = format!("{}/oauth/hubspot/install?portalId={}", portal.worker, portal.id);
        let consent = robot.get(&install).await?;
        let login = robot.press(&consent, "Connect app").await?;
        portal.agree_at_docusign(&mut robot, &login).await?;
        Ok(portal)
    }

    /// From DocuSign's login page to our landing page.
    pub async fn agree_at_docusign(&self, robot: &mut Robot, login: &Page) -> Result<Page> {
        let email = text(self.told.pointer("/docusign/user").unwrap_or(&Value::Null), "email")?;
        let consent = robot.fill_and_press(login, &[("email", &email)], "Log in").await?;
        let landed = robot.press(&consent, "Allow access").await?;
        let at_worker = landed.url.as_str().starts_with(&self.worker);
        ensure!(
            at_worker && landed.status == 200,
            "landed on {} ({}):\n{}",
            landed.url,
            landed.status,
            landed.html
        );
        Ok(landed)
    }

    /// The HubSpot user who installed the app and connected DocuSign.
    pub fn rep(&self) -> String {
        self.user(0)
    }

    /// A HubSpot user of the portal, in the order the sandbox tells them.
    pub fn user(&self, n: usize) -> String {
        let user = self.told.pointer(&format!("/hubspot/users/{n}")).unwrap_or(&Value::Null);
        text(user, "id").unwrap_or_default()
    }

    /// A record's id by its name: `contacts`, `companies` or `deals`.
    pub fn record(&self, kind: &str, name: &str) -> Result<String> {
        let records = self.told.pointer(&format!("/hubspot/{kind}")).context("no such kind")?;
        text(records, name)
    }

    /// A deal with several contacts.
    pub fn deal(&self) -> Result<String> {
        self.record("deals", "Fleet renewal 2027")
    }

    /// A template's id by its name, in the default account.
    pub fn template(&self, name: &str) -> Result<String> {
        text(self.told.pointer("/docusign/accounts/0/templates").context("no templates")?, name)
    }

    /// What the card gets when it calls one of our routes through `hubspot.fetch`: our own answer, taken out of
    /// the proxy's `BAD_GATEWAY` where it was wrapped.
    pub async fn fetch(&self, method: &str, path: &str, body: Value) -> Result<Answer> {
        self.fetch_as(&self.rep(), method, path, body).await
    }

    /// As [`Self::fetch`], for another user.
    pub async fn fetch_as(&self, user: &str, method: &str, path: &str, body: Value) -> Result<Answer> {
        let number = |text: &str| text.parse::<u64>().map_or(Value::Null, Value::from);
        let request = json!({
            "portalId": number(&self.id), "userId": number(user), "method": method,
            "url": format!("{}{path}", self.worker), "body": body,
        });
        let answer =
            call(client().post(format!("{}/__sandbox/hubspot/fetch", self.crm)).json(&request)).await?;
        let inner = answer.body.pointer("/context/appServerStatusCode/0").cloned();
        let inner = inner.and_then(|s| s.as_u64().or_else(|| s.as_str().and_then(|text| text.parse().ok())));
        match (inner, answer.body.get("responseBody")) {
            (Some(status), Some(body)) => Ok(Answer { status: u16::try_from(status)?, body: body.clone() }),
            _ => Ok(answer),
        }
    }

    /// The recorded calls that fit `query` (see `sandbox/README.md`), of every portal unless it says otherwise.
    pub async fn requests(&self, query: &str) -> Result<Vec<Value>> {
        let url = format!("{}/__sandbox/requests?{query}", self.crm);
        let body = call(client().get(url)).await?.ok()?;
        Ok(body.get("requests").and_then(Value::as_array).cloned().unwrap_or_default())
    }

    /// Everything that the Worker asked a vendor on behalf of this portal while somebody waited. What envelopes bring
    /// to HubSpot is done in its own time, and left out.
    pub async fn vendor_calls(&self) -> Result<Vec<Value>> {
        let mut calls = self.requests(&format!("vendor=hubspot&portalId={}", self.id)).await?;
        calls.extend(self.requests(&format!("vendor=docusign&accountId={}", self.account)).await?);
        calls.retain(|call| !is_of_the_outbox(call));
        calls.sort_by_key(|call| call.get("seq").and_then(Value::as_u64));
        Ok(calls)
    }

    /// What the Worker asked DocuSign on behalf of this portal.
    pub async fn docusign_calls(&self) -> Result<Vec<Value>> {
        self.requests(&format!("vendor=docusign&accountId={}", self.account)).await
    }

    /// The ids of the envelopes that DocuSign has of the default account, drafts included.
    pub async fn envelopes_at_docusign(&self) -> Result<Vec<String>> {
        let path = format!("docusign/accounts/{}/envelopes", self.account);
        let url = format!("{}/__sandbox/{path}", self.crm);
        let body = call(client().get(url)).await?.ok()?;
        let envelopes = body.get("envelopes").and_then(Value::as_array).context("no envelopes")?;
        envelopes.iter().map(|envelope| text(envelope, "envelopeId")).collect()
    }

    /// Adds a fault; see `sandbox/README.md`.
    pub async fn fault(&self, fault: Value) -> Result<()> {
        call(client().post(format!("{}/__sandbox/faults", self.crm)).json(&fault)).await?.ok()?;
        Ok(())
    }

    /// Removes the faults of this portal, and of its account.
    pub async fn no_faults(&self) -> Result<()> {
        for which in [format!("portalId={}", self.id), format!("accountId={}", self.account)] {
            call(client().delete(format!("{}/__sandbox/faults?{which}", self.crm))).await?.ok()?;
        }
        Ok(())
    }

    /// What the sandbox's control API shows.
    pub async fn look(&self, path: &str) -> Result<Value> {
        call(client().get(format!("{}/__sandbox/{path}", self.crm))).await?.ok()
    }

    /// A call of the sandbox's control API.
    pub async fn control(&self, path: &str, body: Value) -> Result<Value> {
        call(client().post(format!("{}/__sandbox/{path}", self.crm)).json(&body)).await?.ok()
    }

    /// What a recipient does with the mail: `view`, `sign`, `decline` or `bounce`.
    pub async fn recipient(&self, envelope: &str, recipient: &str, does: &str, body: Value) -> Result<()> {
        self.control(&format!("docusign/envelopes/{envelope}/recipients/{recipient}/{does}"), body).await?;
        Ok(())
    }
}

/// Status, notes, files, and the properties that show the status.
fn is_of_the_outbox(call: &Value) -> bool {
    let (method, path) = (call["method"].as_str().unwrap_or(""), call["path"].as_str().unwrap_or(""));
    // DocuSign is never asked with PATCH.
    method == "PATCH"
        || ["/notes", "/files/", "/crm/properties/", "/documents/combined", "/documents/certificate"]
            .iter()
            .any(|part| path.contains(part))
}

/// A member as text, whether the sandbox wrote it as text or as a number.
pub fn text(value: &Value, name: &str) -> Result<String> {
    match value.get(name) {
        Some(Value::String(text)) => Ok(text.clone()),
        Some(Value::Number(number)) => Ok(number.to_string()),
        _ => bail!("the answer has no {name}: {value}"),
    }
}

/// The vendor traffic of this run, one JSON object a line, for the check against the vendors' schemas.
pub async fn dump_traffic(stand: &Stand, name: &str) -> Result<()> {
    let body = call(client().get(format!("{}/__sandbox/requests", stand.crm))).await?.ok()?;
    let requests = body.get("requests").and_then(Value::as_array).context("no list of requests")?;
    let folder = stand.root.join("target/traffic");
    std::fs::create_dir_all(&folder)?;
    let lines: Vec<String> = requests.iter().map(Value::to_string).collect();
    std::fs::write(folder.join(format!("{name}.jsonl")), lines.join("\n"))?;
    Ok(())
}
