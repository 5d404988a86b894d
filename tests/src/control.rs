//! The sandbox's control API, and what a person at HubSpot or DocuSign would do by hand.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::stand::Stand;

/// A portal of one journey's own, with its DocuSign user, accounts, templates and CRM data.
#[derive(Debug, Clone)]
pub struct Portal {
    pub crm: String,
    pub worker: String,
    pub id: String,
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

pub fn client() -> reqwest::Client {
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap_or_default()
}

impl Portal {
    /// A fresh portal; the app is not installed in it yet.
    pub async fn fresh(stand: &Stand) -> Result<Self> {
        let told =
            call(client().post(format!("{}/__sandbox/portals", stand.crm)).json(&json!({}))).await?.ok()?;
        let id = text(&told, "portalId")?;
        Ok(Self { crm: stand.crm.clone(), worker: stand.worker.clone(), id, told })
    }

    /// The vendor calls that the Worker made for this portal.
    pub async fn requests(&self, query: &str) -> Result<Vec<Value>> {
        let url = format!("{}/__sandbox/requests?{query}", self.crm);
        let body = call(client().get(url)).await?.ok()?;
        Ok(body.get("requests").and_then(Value::as_array).cloned().unwrap_or_default())
    }

    /// Adds a fault; see `sandbox/README.md`.
    pub async fn fault(&self, fault: Value) -> Result<()> {
        call(client().post(format!("{}/__sandbox/faults", self.crm)).json(&fault)).await?.ok()?;
        Ok(())
    }

    /// What a recipient does with the mail: `view`, `sign`, `decline` or `bounce`.
    pub async fn recipient(&self, envelope: &str, recipient: &str, does: &str, body: Value) -> Result<()> {
        let url =
            format!("{}/__sandbox/docusign/envelopes/{envelope}/recipients/{recipient}/{does}", self.crm);
        call(client().post(url).json(&body)).await?.ok()?;
        Ok(())
    }
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
