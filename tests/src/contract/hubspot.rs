//! HubSpot's calls, by the vendor's own OpenAPI documents.
//!
//! Four things differ from the documents, all known of the real API (hubspot facts §4):
//! - a property that is asked for and empty comes as `null`, which the documents do not mention;
//! - an error also says `"status": "error"`;
//! - a `subCategory` that the documents call an object without properties is a text;
//! - deals are documented under their type id `0-3` only, and go by their name as well.
//!
//! Answers of 429 and the errors of OAuth have shapes of their own, which are not described; nor are account details
//! and the addresses that signed links lead to.

use std::path::Path;

use anyhow::{Context, Result};
use jsonschema::Draft;
use serde_json::{Map, Value, json};

use super::{Direction, Entry, Findings, matches, schema::Schemas};

/// The documents of a folder.
pub struct HubSpot {
    documents: Vec<Document>,
}

struct Document {
    name: String,
    paths: Map<String, Value>,
    responses: Value,
    schemas: Schemas,
}

/// Calls that HubSpot's documents here say nothing of.
const UNDESCRIBED: [&str; 2] = ["/account-info/", "/hubfs/"];

/// One operation of a document.
struct Operation<'d> {
    document: &'d Document,
    path: &'d str,
    /// Parameters that belong to all operations of the path.
    shared: &'d Value,
    body: &'d Value,
}

impl HubSpot {
    pub fn load(folder: &Path) -> Result<Self> {
        let mut files: Vec<_> = std::fs::read_dir(folder)
            .with_context(|| format!("reading {}", folder.display()))?
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
            .collect();
        files.sort();
        let documents = files.iter().map(|file| Document::load(file)).collect::<Result<_>>()?;
        Ok(Self { documents })
    }

    pub fn check(&self, entry: &Entry) -> Result<Findings> {
        if UNDESCRIBED.iter().any(|start| entry.path.starts_with(start)) {
            return Ok(Findings::not_covered("HubSpot's account details and links to files"));
        }
        let Some(operation) = self.operation(&entry.method, &entry.path) else {
            let mut findings = Findings::of(format!("{} {}", entry.method, entry.path));
            findings.messages = 1;
            findings.fault(Direction::Request, "", "no such call is described");
            return Ok(findings);
        };
        let mut findings = Findings::of(format!("{} {}", entry.method, operation.path));
        operation.check_query(entry, &mut findings);
        operation.check_request(entry, &mut findings)?;
        if entry.status != 0 {
            operation.check_response(entry, &mut findings)?;
        }
        Ok(findings)
    }

    /// The operation whose path fits best; the path as it is before the path with its alias.
    fn operation(&self, method: &str, path: &str) -> Option<Operation<'_>> {
        let method = method.to_ascii_lowercase();
        let find = |path: &str| {
            self.documents
                .iter()
                .flat_map(|document| {
                    document.paths.iter().map(move |(template, item)| (document, template, item))
                })
                .filter_map(|(document, template, item)| {
                    let body = item.get(&method)?;
                    let shared = item.get("parameters").unwrap_or(&Value::Null);
                    Some((matches(template, path)?, Operation { document, path: template, shared, body }))
                })
                .max_by_key(|(alike, _)| *alike)
        };
        let best = [find(path), find(&path.replace("/objects/2026-03/deals", "/objects/2026-03/0-3"))];
        best.into_iter().flatten().max_by_key(|(alike, _)| *alike).map(|(_, operation)| operation)
    }
}

impl Document {
    fn load(file: &Path) -> Result<Self> {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(file).with_context(|| format!("reading {name}"))?;
        let document: Value = serde_json::from_str(&text).with_context(|| format!("{name} is no JSON"))?;
        let paths = document.get("paths").and_then(Value::as_object).cloned().unwrap_or_default();
        let mut components = document.get("components").cloned().unwrap_or_else(|| json!({}));
        let responses = components.get("responses").cloned().unwrap_or_default();
        if let Some(schemas) = components.get_mut("schemas") {
            for schema in schemas.as_object_mut().into_iter().flat_map(Map::values_mut) {
                make_strict(schema);
            }
            if let Some(Value::Object(known)) = schemas.pointer_mut("/Error/properties") {
                known.insert("status".to_owned(), json!({ "const": "error" }));
            }
        }
        let definitions = Map::from_iter([(
            "components".to_owned(),
            json!({ "schemas": components.get("schemas").cloned().unwrap_or_default() }),
        )]);
        Ok(Self { name, paths, responses, schemas: Schemas::new(definitions, Draft::Draft202012) })
    }
}

impl Operation<'_> {
    fn check_query(&self, entry: &Entry, findings: &mut Findings) {
        let parameters: Vec<&Value> = [self.shared, self.body.get("parameters").unwrap_or(&Value::Null)]
            .into_iter()
            .filter_map(Value::as_array)
            .flatten()
            .filter(|parameter| parameter.get("in").is_some_and(|place| place == "query"))
            .collect();
        let given = entry.query();
        for (name, value) in &given {
            match parameters.iter().find(|parameter| parameter.get("name").is_some_and(|known| known == name))
            {
                None => findings.fault(Direction::Request, format!("?{name}"), "unknown query parameter"),
                Some(parameter) => {
                    let schema = parameter.get("schema").unwrap_or(&Value::Null);
                    if let Some(wanted) = mismatch(schema, value) {
                        let text = format!("{value:?} is not {wanted}");
                        findings.fault(Direction::Request, format!("?{name}"), text);
                    }
                }
            }
        }
        for parameter in parameters {
            let name = parameter.get("name").and_then(Value::as_str).unwrap_or_default();
            let required = parameter.get("required").is_some_and(|required| required == true);
            if required && !given.iter().any(|(given, _)| given == name) {
                findings.fault(Direction::Request, format!("?{name}"), "missing query parameter");
            }
        }
    }

    fn check_request(&self, entry: &Entry, findings: &mut Findings) -> Result<()> {
        if Entry::is_file(&entry.request_body) {
            findings.not_covered.push("files");
            return Ok(());
        }
        findings.messages += 1;
        let content = self.body.pointer("/requestBody/content").and_then(Value::as_object);
        match (content, &entry.request_body) {
            (None, Value::Null) => {}
            (None, _) => findings.fault(Direction::Request, "", "a body where none is described"),
            (Some(_), Value::Null) => {
                let required = self.body.pointer("/requestBody/required").is_some_and(|r| r == true);
                if required {
                    findings.fault(Direction::Request, "", "no body where one is required");
                }
            }
            (Some(content), body) => {
                let kind = Entry::content_type(&entry.request_headers);
                let Some(schema) = content.get(kind).and_then(|content| content.get("schema")) else {
                    findings.fault(Direction::Request, "", format!("a body of type {kind:?}"));
                    return Ok(());
                };
                let form;
                let body = match body {
                    Value::String(text) if kind == "application/x-www-form-urlencoded" => {
                        form = fields(text);
                        &form
                    }
                    body => body,
                };
                findings.faults(Direction::Request, self.check_body("request", schema, body)?);
            }
        }
        Ok(())
    }

    fn check_response(&self, entry: &Entry, findings: &mut Findings) -> Result<()> {
        if entry.status == 429 || (!entry.is_success() && self.path.starts_with("/oauth/")) {
            findings.not_covered.push("HubSpot's 429 and OAuth errors");
            return Ok(());
        }
        if Entry::is_file(&entry.response_body) {
            findings.not_covered.push("files");
            return Ok(());
        }
        findings.messages += 1;
        let responses = self.body.get("responses").and_then(Value::as_object);
        let status = entry.status.to_string();
        let exact = responses.and_then(|responses| responses.get(&status));
        let describes_success =
            responses.is_some_and(|responses| responses.keys().any(|status| status.starts_with('2')));
        if exact.is_none() && entry.is_success() {
            if describes_success {
                findings.fault(Direction::Response, "", format!("status {status} is not described"));
            }
            return Ok(());
        }
        // A status that is described without a body has the body of every error.
        let default = || responses.and_then(|responses| responses.get("default"));
        let has_content = |response: &Value| {
            response.get("content").and_then(Value::as_object).is_some_and(|content| !content.is_empty())
        };
        let response = exact.filter(|response| entry.is_success() || has_content(response));
        let content = response.or_else(default).and_then(|response| self.content(response));
        let schema = content.as_ref().and_then(|content| {
            let kind = Entry::content_type(&entry.response_headers);
            content.get(kind).or_else(|| content.get("*/*"))?.get("schema")
        });
        match (schema, &entry.response_body) {
            (None, Value::Null) => {}
            // An error may also be a page of something in between.
            (_, Value::Null | Value::String(_)) if !entry.is_success() => {}
            (None, _) if content.is_some() => {
                let kind = Entry::content_type(&entry.response_headers);
                findings.fault(Direction::Response, "", format!("a body of type {kind:?}"));
            }
            (None, _) => findings.fault(Direction::Response, "", "a body where none is described"),
            (Some(schema), body) => {
                findings.faults(Direction::Response, self.check_body(&status, schema, body)?);
            }
        }
        Ok(())
    }

    /// The response's content, looked up where the response only refers to one.
    fn content(&self, response: &Value) -> Option<Map<String, Value>> {
        let name = response.get("$ref").and_then(Value::as_str).and_then(|r| r.rsplit('/').next());
        let response = match name {
            Some(name) => self.document.responses.get(name)?,
            None => response,
        };
        response.get("content")?.as_object().cloned()
    }

    fn check_body(&self, part: &str, schema: &Value, body: &Value) -> Result<Vec<super::schema::Fault>> {
        let operation = self.body.get("operationId").and_then(Value::as_str).unwrap_or(self.path);
        let name = format!("{} {operation} {part}", self.document.name);
        let strict = || {
            let mut schema = schema.clone();
            make_strict(&mut schema);
            schema
        };
        self.document.schemas.check(&name, strict, body)
    }
}

/// Forbids properties that a schema does not name, unless it is a map; turns OpenAPI's `nullable` into JSON Schema.
fn make_strict(schema: &mut Value) {
    let Value::Object(keywords) = schema else { return };
    if let Some(Value::Object(known)) = keywords.get_mut("properties") {
        for (name, property) in known.iter_mut() {
            make_strict(property);
            // A CRM object's own properties: a map of texts, null where a value is empty.
            if name == "properties"
                && let Some(value) = property.pointer_mut("/additionalProperties/type")
                && value == "string"
            {
                *value = json!(["string", "null"]);
            }
            if name == "subCategory" && property.get("properties").is_some_and(|known| *known == json!({})) {
                *property = json!({ "type": "string" });
            }
        }
    }
    let names_properties =
        keywords.get("properties").and_then(Value::as_object).is_some_and(|known| !known.is_empty());
    let is_composed = ["oneOf", "anyOf", "allOf"].iter().any(|keyword| keywords.contains_key(*keyword));
    if names_properties && !is_composed && !keywords.contains_key("additionalProperties") {
        keywords.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
    if keywords.get("nullable").is_some_and(|nullable| nullable == true)
        && let Some(Value::String(kind)) = keywords.get("type")
    {
        let both = json!([kind, "null"]);
        keywords.insert("type".to_owned(), both);
    }
    for keyword in ["items", "additionalProperties", "not"] {
        if let Some(part) = keywords.get_mut(keyword) {
            make_strict(part);
        }
    }
    for keyword in ["oneOf", "anyOf", "allOf"] {
        for part in keywords.get_mut(keyword).and_then(Value::as_array_mut).into_iter().flatten() {
            make_strict(part);
        }
    }
}

/// A form's fields as an object of texts; a field given twice becomes a list, which no schema of a form allows.
fn fields(form: &str) -> Value {
    let mut fields = Map::new();
    for (name, value) in url::form_urlencoded::parse(form.as_bytes()) {
        let value = Value::String(value.into_owned());
        match fields.get_mut(name.as_ref()) {
            None => {
                fields.insert(name.into_owned(), value);
            }
            Some(Value::Array(all)) => all.push(value),
            Some(one) => *one = json!([one.take(), value]),
        }
    }
    Value::Object(fields)
}

/// What a query's text should have been, if it is not that.
fn mismatch(schema: &Value, text: &str) -> Option<String> {
    if let Some(allowed) = schema.get("enum").and_then(Value::as_array) {
        return (!allowed.iter().any(|value| value == text))
            .then(|| format!("one of {}", Value::from(allowed.clone())));
    }
    match schema.get("type").and_then(Value::as_str)? {
        "integer" => text.parse::<i64>().is_err().then(|| "an integer".to_owned()),
        "number" => text.parse::<f64>().is_err().then(|| "a number".to_owned()),
        "boolean" => (!["true", "false"].contains(&text)).then(|| "true or false".to_owned()),
        // Lists come repeated or separated by commas.
        "array" => text.split(',').find_map(|part| mismatch(schema.get("items")?, part)),
        _ => None,
    }
}
