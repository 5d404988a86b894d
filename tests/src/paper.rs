//! A draft as the wizard keeps it, without a browser; and files to put into it, made byte by byte so that no library's
//! idea of a good file stands between.

use anyhow::{Context, Result};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    card::Session,
    control::{Answer, Portal, call, client},
};

/// A saved draft of a session.
#[derive(Debug, Clone)]
pub struct Paper {
    pub session: Session,
    pub id: String,
    pub draft: Value,
    pub version: u64,
}

impl Paper {
    /// A draft of a template, as prefilled from a deal, saved.
    pub async fn saved(portal: &Portal, template: &str) -> Result<Self> {
        let session = portal.session("0-3", &portal.deal()?).await?;
        let draft = session.draft(&portal.template(template)?).await?;
        let mut paper = Self { session, id: Uuid::new_v4().to_string(), draft, version: 0 };
        paper.save().await?.ok()?;
        Ok(paper)
    }

    /// Saved, and its documents made editable.
    pub async fn editable(portal: &Portal, template: &str) -> Result<Self> {
        let paper = Self::saved(portal, template).await?;
        paper.start().await?.ok()?;
        Ok(paper)
    }

    async fn ask(&self, method: reqwest::Method, path: &str, body: Option<Value>) -> Result<Answer> {
        let url = format!("{}/api/drafts/{}{path}", self.session.worker, self.id);
        let request = client().request(method, url).bearer_auth(&self.session.token);
        call(match body {
            Some(body) => request.json(&body),
            None => request,
        })
        .await
    }

    pub async fn save(&mut self) -> Result<Answer> {
        let body = json!({ "draft": self.draft, "version": self.version, "step": "review" });
        let answer = self.ask(reqwest::Method::PUT, "", Some(body)).await?;
        if let Some(version) = answer.body.get("version").and_then(Value::as_u64) {
            self.version = version;
        }
        Ok(answer)
    }

    pub async fn open(&self) -> Result<Answer> {
        self.ask(reqwest::Method::GET, "", None).await
    }

    pub async fn delete(&self) -> Result<Answer> {
        self.ask(reqwest::Method::DELETE, "", None).await
    }

    pub async fn start(&self) -> Result<Answer> {
        self.ask(reqwest::Method::POST, "/documents", Some(Value::Null)).await
    }

    pub async fn arrange(&self, ids: &[String]) -> Result<Answer> {
        self.ask(reqwest::Method::PUT, "/documents/order", Some(json!({ "ids": ids }))).await
    }

    pub async fn remove(&self, document: &str) -> Result<Answer> {
        self.ask(reqwest::Method::DELETE, &format!("/documents/{document}"), None).await
    }

    pub async fn pages(&self, document: &str) -> Result<Answer> {
        self.ask(reqwest::Method::GET, &format!("/documents/{document}/pages"), None).await
    }

    pub async fn go_on(&self) -> Result<Answer> {
        self.ask(reqwest::Method::POST, "/continue", Some(Value::Null)).await
    }

    pub async fn send(&self) -> Result<Answer> {
        self.session.send(&self.id, &self.draft).await
    }

    pub async fn upload(&self, name: &str, bytes: Vec<u8>) -> Result<Answer> {
        call(self.uploading(name)?.body(bytes)).await
    }

    /// The request of an upload, without its body.
    pub fn uploading(&self, name: &str) -> Result<reqwest::RequestBuilder> {
        let mut url =
            reqwest::Url::parse(&format!("{}/api/drafts/{}/documents", self.session.worker, self.id))?;
        url.query_pairs_mut().append_pair("name", name);
        Ok(client().put(url).bearer_auth(&self.session.token))
    }

    /// The picture of a page: its status and bytes.
    pub async fn picture(&self, document: &str, page: u32) -> Result<(u16, Vec<u8>)> {
        let url = format!(
            "{}/api/drafts/{}/documents/{document}/pages/{page}?width=480",
            self.session.worker, self.id
        );
        let answer = client().get(url).bearer_auth(&self.session.token).send().await?;
        Ok((answer.status().as_u16(), answer.bytes().await?.to_vec()))
    }
}

/// The documents of an answer: ids and names.
pub fn documents(answer: &Value) -> Result<Vec<(String, String)>> {
    let list = answer.get("documents").and_then(Value::as_array).context("no documents")?;
    let text = |one: &Value, name: &str| one.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    Ok(list.iter().map(|one| (text(one, "id"), text(one, "name"))).collect())
}

pub fn names(answer: &Value) -> Result<Vec<String>> {
    Ok(documents(answer)?.into_iter().map(|(_, name)| name).collect())
}

pub fn ids(answer: &Value) -> Result<Vec<String>> {
    Ok(documents(answer)?.into_iter().map(|(id, _)| id).collect())
}

/// A PDF with so many pages of one line each.
pub fn pdf(pages: usize, line: &str) -> Vec<u8> {
    pdf_with(pages, line, "")
}

/// A PDF that says it is encrypted with a password nobody knows.
pub fn protected_pdf() -> Vec<u8> {
    let key = "61".repeat(32);
    pdf_with(
        1,
        "secret",
        &format!(
            "/Encrypt << /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >> /ID [<{id}> <{id}>]",
            id = "62".repeat(16)
        ),
    )
}

fn pdf_with(pages: usize, line: &str, trailer: &str) -> Vec<u8> {
    // 1 the catalogue, 2 the pages, 3 the font, then a page and its content each.
    let kids: Vec<String> = (0..pages).map(|page| format!("{} 0 R", 4 + page * 2)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {pages} >>", kids.join(" ")),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    for page in 0..pages {
        let content = format!("BT /F1 12 Tf 72 720 Td ({line}) Tj ET");
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
            5 + page * 2
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let mut file = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (n, object) in (1..).zip(&objects) {
        places.push(file.len());
        file.push_str(&format!("{n} 0 obj\n{object}\nendobj\n"));
    }
    let start = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    for place in places {
        file.push_str(&format!("{place:010} 00000 n \n"));
    }
    file.push_str(&format!(
        "trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    ));
    file.into_bytes()
}
