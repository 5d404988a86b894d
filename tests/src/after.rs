//! What an envelope brought to HubSpot, looked at in HubSpot.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    card::Session,
    control::{Portal, call, client, text},
    stand::eventually,
    wire,
};

/// A record as HubSpot has it.
#[derive(Debug, Clone)]
pub struct Held(pub Value);

impl Held {
    pub fn property(&self, name: &str) -> &str {
        self.0.pointer(&format!("/properties/{name}")).and_then(Value::as_str).unwrap_or_default()
    }

    pub fn status(&self) -> &str {
        self.property("docusign_envelope_status")
    }

    /// The notes about an envelope's event.
    pub fn notes(&self, envelope: &str, event: &str) -> Vec<Value> {
        let mark = format!("DocuSign {envelope}/{event}<");
        let about = |note: &&Value| {
            note.pointer("/properties/hs_note_body")
                .and_then(Value::as_str)
                .is_some_and(|b| b.contains(&mark))
        };
        let notes = self.0.get("notes").and_then(Value::as_array);
        notes.into_iter().flatten().filter(about).cloned().collect()
    }

    /// Files of the portal that belong to an envelope.
    pub fn files(&self, envelope: &str) -> usize {
        let folder = format!("/Countersign/{envelope}");
        let files = self.0.get("allFiles").and_then(Value::as_array);
        files.into_iter().flatten().filter(|file| file["folder"] == folder).count()
    }
}

impl Portal {
    pub async fn held(&self, kind: &str, id: &str) -> Result<Held> {
        Ok(Held(self.look(&format!("hubspot/portals/{}/{kind}/{id}", self.id)).await?))
    }

    /// What a person does with a record in the CRM.
    pub async fn in_crm(&self, kind: &str, id: &str, change: Value) -> Result<()> {
        self.control(&format!("hubspot/portals/{}/{kind}/{id}", self.id), change).await.map(drop)
    }

    /// Sends a template with one signer from a deal; answers the envelope's id.
    pub async fn send_nda(&self, session: &Session) -> Result<String> {
        let draft = session.draft(&self.template("Mutual NDA")?).await?;
        let sent = session.send(&Uuid::new_v4().to_string(), &draft).await?.ok()?;
        text(sent.get("envelope").context("no envelope")?, "id")
    }

    pub async fn sign(&self, envelope: &str) -> Result<()> {
        self.recipient(envelope, "ann.lee@nordhavn.example", "sign", json!({})).await
    }

    /// A Connect message, signed with the integration's key; answers our status.
    pub async fn deliver(&self, body: &str) -> Result<u16> {
        let url = format!("{}/docusign/connect/{}", self.worker, self.id);
        let signature = wire::connect(&self.connect_key, body.as_bytes());
        let request = client().post(url).header("content-type", "application/json");
        let request = request.header("X-DocuSign-Signature-1", signature).body(body.to_owned());
        Ok(call(request).await?.status)
    }

    /// What was not done, as an admin sees it.
    pub async fn outbox(&self) -> Result<Value> {
        self.settings(&self.rep()).await?.get("/api/settings/outbox").await?.ok()
    }

    /// Waits until nothing is left to be done in HubSpot.
    pub async fn idle(&self) -> Result<()> {
        let session = self.settings(&self.rep()).await?;
        eventually("the outbox is empty", || async {
            let outbox = session.get("/api/settings/outbox").await?.ok()?;
            let is_idle = outbox["waiting"] == 0
                && !outbox["entries"].as_array().into_iter().flatten().any(|one| one["state"] == "waiting");
            Ok(is_idle.then_some(()))
        })
        .await
    }
}
