//! Recorded vendor traffic against the vendors' schemas: did we say anything that DocuSign or HubSpot would not
//! understand, and did the sandbox say anything that they would not say?
//!
//! The schemas are not part of this project. A folder of them holds `docusign.schema.json` (JSON Schema, one
//! definition per model) and `hubspot/*.json` (OpenAPI 3). Traffic is JSON Lines, a line being one entry of the
//! sandbox's `GET /__sandbox/requests`.
//!
//! Checked are the bodies of both directions, Connect messages, paths, query parameters, and statuses of success.
//! A property that no schema knows is a violation, for HubSpot too, whose documents do not say so. Not covered are
//! DocuSign's OAuth, HubSpot's calls to the Worker and bodies that are files: no schema describes them. They
//! are counted, not hidden.

mod docusign;
mod hubspot;
mod schema;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::Value;

use self::{docusign::DocuSign, hubspot::HubSpot, schema::Fault};

/// What is wrong with one message, and where.
#[derive(Debug, Clone)]
pub struct Violation {
    /// Recording and line.
    pub at: String,
    /// Such as `DocuSign POST /envelopes, request`.
    pub message: String,
    /// JSON pointer into the body; `?name` for a query parameter; empty for the message as a whole.
    pub path: String,
    pub text: String,
}

/// The outcome over all recordings.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Requests, responses and Connect messages that were checked.
    pub messages: usize,
    pub violations: Vec<Violation>,
    /// What no schema describes, and how often it was met.
    pub not_covered: BTreeMap<&'static str, usize>,
}

/// One call, as the sandbox records it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Entry {
    vendor: String,
    method: String,
    path: String,
    query: String,
    request_headers: BTreeMap<String, String>,
    request_body: Value,
    /// 0 when no answer was given.
    status: u16,
    response_headers: BTreeMap<String, String>,
    response_body: Value,
}

/// What a checker found out about one call.
#[derive(Debug, Default)]
struct Findings {
    /// The call as the vendor's documentation writes it, such as `POST /envelopes/{envelopeId}`.
    call: String,
    messages: usize,
    faults: Vec<(Direction, Fault)>,
    not_covered: Vec<&'static str>,
}

#[derive(Debug, Clone, Copy)]
enum Direction {
    Request,
    Response,
}

/// Checks the recordings `files` against the schemas in `schemas`.
///
/// # Errors
/// When a schema or a recording cannot be read; violations are no error but part of the report.
pub fn check(schemas: &Path, files: &[PathBuf]) -> Result<Report> {
    let docusign = DocuSign::load(&schemas.join("docusign.schema.json"))?;
    let hubspot = HubSpot::load(&schemas.join("hubspot"))?;
    let mut report = Report::default();
    for file in files {
        let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
            let at = format!("{name}:{line}");
            let entry: Entry = serde_json::from_str(text).with_context(|| format!("{at} is no entry"))?;
            let (vendor, findings) = match entry.vendor.as_str() {
                "docusign" => ("DocuSign", docusign.check(&entry)?),
                "connect" => ("Connect", docusign.check_connect(&entry)?),
                "hubspot" => ("HubSpot", hubspot.check(&entry)?),
                "hubspotcall" => ("HubSpot", Findings::not_covered("HubSpot's calls to the Worker")),
                other => bail!("{at} is of no vendor that is known: {other}"),
            };
            report.take(&at, vendor, findings);
        }
    }
    Ok(report)
}

/// The recordings of the last run, in order.
pub fn recordings(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .with_context(|| format!("no traffic is recorded in {}", folder.display()))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "jsonl"))
        .collect();
    files.sort();
    Ok(files)
}

impl Report {
    fn take(&mut self, at: &str, vendor: &str, findings: Findings) {
        self.messages += findings.messages;
        for what in findings.not_covered {
            *self.not_covered.entry(what).or_default() += 1;
        }
        for (direction, fault) in findings.faults {
            let direction = match direction {
                Direction::Request => "request",
                Direction::Response => "response",
            };
            self.violations.push(Violation {
                at: at.to_owned(),
                message: format!("{vendor} {}, {direction}", findings.call),
                path: fault.path,
                text: fault.text,
            });
        }
    }
}

/// Every kind of violation once, with the place where it was first met and how often; the sum in the last line.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut kinds: BTreeMap<(&str, String, &str), (&Violation, usize)> = BTreeMap::new();
        for violation in &self.violations {
            let kind = (violation.message.as_str(), pattern(&violation.path), violation.text.as_str());
            kinds.entry(kind).or_insert((violation, 0)).1 += 1;
        }
        for ((message, _, text), (first, count)) in kinds {
            let path = if first.path.is_empty() { "(whole)" } else { &first.path };
            write!(f, "{message}: {path}: {text} ({}", first.at)?;
            if count > 1 {
                write!(f, " and {} more", count - 1)?;
            }
            writeln!(f, ")")?;
        }
        if !self.not_covered.is_empty() {
            let parts: Vec<String> =
                self.not_covered.iter().map(|(what, count)| format!("{what}: {count}")).collect();
            writeln!(f, "not covered by any schema: {}", parts.join(", "))?;
        }
        write!(f, "{} violations in {} messages", self.violations.len(), self.messages)
    }
}

/// A path without its indices, so that the same fault in every element of a list is told once.
fn pattern(path: &str) -> String {
    let part = |part: &str| if part.parse::<u64>().is_ok() { "*".to_owned() } else { part.to_owned() };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

impl Findings {
    fn of(call: String) -> Self {
        Self { call, ..Self::default() }
    }

    fn not_covered(what: &'static str) -> Self {
        Self { not_covered: vec![what], ..Self::default() }
    }

    fn fault(&mut self, direction: Direction, path: impl Into<String>, text: impl Into<String>) {
        self.faults.push((direction, Fault { path: path.into(), text: text.into() }));
    }

    fn faults(&mut self, direction: Direction, faults: Vec<Fault>) {
        self.faults.extend(faults.into_iter().map(|fault| (direction, fault)));
    }
}

impl Entry {
    fn query(&self) -> Vec<(String, String)> {
        url::form_urlencoded::parse(self.query.as_bytes()).into_owned().collect()
    }

    fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The recorder notes a file's size and kind instead of its bytes.
    fn is_file(body: &Value) -> bool {
        body.as_str().is_some_and(|text| text.starts_with('<') && text.contains(" bytes of "))
    }

    fn content_type(headers: &BTreeMap<String, String>) -> &str {
        headers.get("content-type").map_or("", |kind| kind.split(';').next().unwrap_or("").trim())
    }
}

/// Matches `path` with a template of the same number of segments, `{…}` standing for any one of them; `{path}` at the
/// end, for one or more. Answers with the number of segments that are alike: the more, the better the match.
fn matches(template: &str, path: &str) -> Option<usize> {
    let (mut template, mut path) = (template.split('/'), path.split('/'));
    let mut alike = 0;
    loop {
        match (template.next(), path.next()) {
            (None, None) => return Some(alike),
            (Some("{path}"), Some(_)) if template.clone().next().is_none() => return Some(alike),
            (Some(t), Some(p)) if t == p => alike += 1,
            (Some(t), Some(p)) if t.starts_with('{') && !p.is_empty() => {}
            _ => return None,
        }
    }
}
