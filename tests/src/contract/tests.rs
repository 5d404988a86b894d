//! Planted violations are found: with schemas made here, and with the vendors' own where
//! `COUNTERSIGN_CONTRACT` names their folder.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::*;

/// A folder that is gone when the test is over.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let path = std::env::temp_dir().join(format!("contract-{}", uuid::Uuid::new_v4()));
        std::fs::create_dir_all(path.join("hubspot")).expect("a folder");
        Self(path)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, text).expect("a file");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Schemas as small as they can be and still have everything that matters.
fn small_schemas() -> Folder {
    let folder = Folder::new();
    let model = |properties: Value| json!({ "type": "object", "additionalProperties": false, "properties": properties });
    let text = json!({ "type": "string" });
    let docusign = json!({ "definitions": {
        "EnvelopeDefinition": model(json!({
            "status": text,
            "emailSubject": text,
            "recipients": { "$ref": "#/definitions/Recipients" },
        })),
        "Recipients": model(json!({
            "signers": { "type": "array", "items": { "$ref": "#/definitions/Signer" } },
        })),
        "Signer": model(json!({ "name": text, "email": text, "routingOrder": text })),
        "EnvelopeSummary": model(json!({ "envelopeId": text, "status": text })),
        "Envelope": model(json!({ "envelopeId": text, "status": text })),
        "ErrorDetails": model(json!({ "errorCode": text, "message": text })),
    }});
    folder.write("docusign.schema.json", &docusign.to_string());

    let body = |name: &str| json!({ "application/json": { "schema": { "$ref": format!("#/components/schemas/{name}") } } });
    let query = |name: &str, schema: Value| json!({ "name": name, "in": "query", "schema": schema });
    let hubspot = json!({
        "openapi": "3.0.1",
        "paths": {
            "/crm/objects/2026-03/contacts/{contactId}": { "get": {
                "parameters": [
                    { "name": "contactId", "in": "path", "required": true, "schema": text },
                    query("properties", json!({ "type": "array", "items": text })),
                    query("archived", json!({ "type": "boolean" })),
                ],
                "responses": {
                    "200": { "content": body("Contact") },
                    "default": { "$ref": "#/components/responses/Error" },
                },
            }},
            "/crm/objects/2026-03/0-3/{dealId}": { "patch": {
                "requestBody": { "content": body("Change") },
                "responses": { "200": { "content": body("Contact") } },
            }},
            "/oauth/2026-03/token": { "post": {
                "requestBody": { "content": { "application/x-www-form-urlencoded": { "schema": {
                    "type": "object",
                    "properties": { "grant_type": { "type": "string", "enum": ["refresh_token"] }, "client_id": text },
                }}}},
                "responses": { "200": { "content": body("Token") }, "default": { "$ref": "#/components/responses/Error" } },
            }},
        },
        "components": {
            "responses": { "Error": { "content": { "*/*": { "schema": { "$ref": "#/components/schemas/Error" } } } } },
            "schemas": {
                "Contact": { "type": "object", "required": ["id"], "properties": {
                    "id": text,
                    "properties": { "type": "object", "additionalProperties": text },
                }},
                "Change": { "type": "object", "properties": {
                    "properties": { "type": "object", "additionalProperties": text },
                }},
                "Error": { "type": "object", "required": ["category"], "properties": { "category": text } },
                "Token": { "properties": {}, "oneOf": [
                    { "$ref": "#/components/schemas/AccessToken" },
                    { "type": "object", "required": ["a", "b", "c"], "properties": {} },
                ]},
                "AccessToken": { "type": "object", "required": ["access_token"], "properties": { "access_token": text } },
            },
        },
    });
    folder.write("hubspot/crm.json", &hubspot.to_string());
    folder
}

fn entry(vendor: &str, call: &str, status: u16, request: Value, response: Value) -> Value {
    let (method, target) = call.split_once(' ').expect("method and path");
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let form = request.is_string();
    let kind = if form { "application/x-www-form-urlencoded" } else { "application/json; charset=utf-8" };
    json!({
        "seq": 1, "at": "2026-11-23T12:00:00.000Z", "vendor": vendor, "method": method, "path": path, "query": query,
        "requestHeaders": { "content-type": kind }, "requestBody": request,
        "status": status, "responseHeaders": { "content-type": "application/json" }, "responseBody": response,
    })
}

fn report_on(schemas: &Path, entries: &[Value]) -> Report {
    let folder = Folder::new();
    let lines: Vec<String> = entries.iter().map(Value::to_string).collect();
    check(schemas, &[folder.write("planted.jsonl", &lines.join("\n"))])
        .expect("schemas and traffic are readable")
}

/// `expected` are the violations of one entry, as `path: text`.
fn finds(entry: Value, expected: &[&str]) {
    let schemas = small_schemas();
    let report = report_on(&schemas.0, std::slice::from_ref(&entry));
    let found: Vec<String> = report.violations.iter().map(|v| format!("{}: {}", v.path, v.text)).collect();
    assert_eq!(found, expected, "{entry}");
}

const ENVELOPES: &str = "POST /restapi/v2.1/accounts/a-1/envelopes";
const CONTACT: &str = "GET /crm/objects/2026-03/contacts/501";

fn sent() -> Value {
    json!({ "envelopeId": "e", "status": "sent" })
}

#[test]
fn clean_traffic_has_no_violations() {
    let schemas = small_schemas();
    let report = report_on(
        &schemas.0,
        &[
            entry(
                "docusign",
                ENVELOPES,
                201,
                json!({ "recipients": { "signers": [{ "name": "Ann" }] } }),
                sent(),
            ),
            entry(
                "docusign",
                "POST /oauth/token",
                200,
                json!("grant_type=refresh_token"),
                json!({ "any": 1 }),
            ),
            entry("docusign", ENVELOPES, 400, json!({}), json!({ "errorCode": "X", "message": "y" })),
            entry("docusign", ENVELOPES, 0, json!({}), Value::Null),
            entry(
                "docusign",
                "GET /restapi/v2.1/accounts/a-1/envelopes/e/documents/combined",
                200,
                Value::Null,
                json!("<9 bytes of application/pdf>"),
            ),
            entry(
                "hubspot",
                &format!("{CONTACT}?properties=a,b&archived=false"),
                200,
                Value::Null,
                json!({ "id": "501", "properties": { "email": null, "any": "x" } }),
            ),
            entry(
                "hubspot",
                CONTACT,
                404,
                Value::Null,
                json!({ "status": "error", "category": "OBJECT_NOT_FOUND" }),
            ),
            entry("hubspot", CONTACT, 429, Value::Null, json!({ "policyName": "SECONDLY" })),
            entry(
                "hubspot",
                "POST /oauth/2026-03/token",
                200,
                json!("grant_type=refresh_token&client_id=x"),
                json!({ "access_token": "x" }),
            ),
            entry(
                "hubspot",
                "PATCH /crm/objects/2026-03/deals/7",
                200,
                json!({ "properties": { "a": "b" } }),
                json!({ "id": "7" }),
            ),
            entry("hubspotcall", "POST http://127.0.0.1:1/hubspot/launch", 200, json!({}), json!({})),
        ],
    );
    insta::assert_snapshot!(report, @"
    not covered by any schema: DocuSign's OAuth: 1, HubSpot's 429 and OAuth errors: 1, HubSpot's calls to the Worker: 1, files: 1
    0 violations in 15 messages
    ");
}

#[test]
fn an_unknown_property_is_found_in_either_direction() {
    finds(
        entry("docusign", ENVELOPES, 201, json!({ "statuss": "sent" }), sent()),
        &["/statuss: unknown property"],
    );
    finds(
        entry("docusign", ENVELOPES, 201, json!({}), json!({ "envelopeId": "e", "extra": {} })),
        &["/extra: unknown property"],
    );
    finds(
        entry("hubspot", CONTACT, 200, Value::Null, json!({ "id": "501", "extra": 1 })),
        &["/extra: unknown property"],
    );
    finds(
        entry(
            "hubspot",
            "PATCH /crm/objects/2026-03/deals/7",
            200,
            json!({ "dealname": "x" }),
            json!({ "id": "7" }),
        ),
        &["/dealname: unknown property"],
    );
}

#[test]
fn wrong_nesting_is_found() {
    let request =
        json!({ "signers": [], "recipients": { "signers": [{ "name": "Ann", "status": "sent" }] } });
    finds(
        entry("docusign", ENVELOPES, 201, request, sent()),
        &["/recipients/signers/0/status: unknown property", "/signers: unknown property"],
    );
}

#[test]
fn a_wrong_type_is_found() {
    let request = json!({ "recipients": { "signers": [{ "routingOrder": 1 }] } });
    finds(
        entry("docusign", ENVELOPES, 201, request, sent()),
        &["/recipients/signers/0/routingOrder: 1 is not of type \"string\""],
    );
    finds(
        entry("hubspot", CONTACT, 200, Value::Null, json!({ "id": 501, "properties": { "amount": 5 } })),
        &["/id: 501 is not of type \"string\"", "/properties/amount: 5 is not of types \"null\", \"string\""],
    );
}

#[test]
fn an_unknown_or_wrong_query_is_found() {
    finds(
        entry("docusign", &format!("{ENVELOPES}?merge_roles_on_draft=true&draft=1"), 201, json!({}), sent()),
        &["?draft: unknown query parameter"],
    );
    finds(
        entry("hubspot", &format!("{CONTACT}?limit=5&archived=no"), 200, Value::Null, json!({ "id": "501" })),
        &["?limit: unknown query parameter", "?archived: \"no\" is not true or false"],
    );
}

#[test]
fn a_form_is_checked_like_any_body() {
    finds(
        entry(
            "hubspot",
            "POST /oauth/2026-03/token",
            200,
            json!("grant_type=password&secret=x"),
            json!({ "access_token": 1 }),
        ),
        &[
            "/grant_type: \"password\" is not one of \"refresh_token\"",
            "/secret: unknown property",
            "/access_token: 1 is not of type \"string\"",
        ],
    );
}

#[test]
fn a_call_or_status_that_is_not_described_is_found() {
    finds(
        entry("docusign", "GET /restapi/v2.1/accounts/a-1/envelopez", 200, Value::Null, Value::Null),
        &[": no such call is known"],
    );
    finds(entry("docusign", ENVELOPES, 200, json!({}), sent()), &[": status 200 where 201 is described"]);
    finds(
        entry("hubspot", "DELETE /crm/objects/2026-03/contacts/501", 204, Value::Null, Value::Null),
        &[": no such call is described"],
    );
    finds(
        entry("hubspot", CONTACT, 201, Value::Null, json!({ "id": "501" })),
        &[": status 201 is not described"],
    );
}

#[test]
fn an_error_has_its_own_shape() {
    finds(
        entry("docusign", ENVELOPES, 400, json!({}), json!({ "error": "x" })),
        &["/error: unknown property"],
    );
    finds(
        entry("hubspot", CONTACT, 404, Value::Null, json!({ "status": "error", "message": "x" })),
        &[": \"category\" is a required property", "/message: unknown property"],
    );
}

#[test]
fn a_connect_message_is_checked_inside_and_around() {
    let message = json!({
        "event": "envelope-completed", "apiVersion": "v2.1", "uri": "/restapi/…", "retryCount": "0",
        "generatedDateTime": "2026-11-23T12:00:00.0000000Z",
        "data": { "accountId": "a", "userId": "u", "envelopeId": "e", "envelopeSummary": { "state": "sent" } },
    });
    finds(
        entry("connect", "POST http://127.0.0.1:1/docusign/connect/1", 200, message, Value::Null),
        &["/data/envelopeSummary/state: unknown property", "/retryCount: \"0\" is not of type \"integer\""],
    );
}

#[test]
fn the_same_fault_is_told_once_and_counted_each_time() {
    let schemas = small_schemas();
    let request = json!({ "recipients": { "signers": [{ "x": 1 }, { "x": 2 }] } });
    let report = report_on(&schemas.0, &[entry("docusign", ENVELOPES, 201, request, sent())]);
    insta::assert_snapshot!(report, @"
    DocuSign POST /envelopes, request: /recipients/signers/0/x: unknown property (planted.jsonl:1 and 1 more)
    2 violations in 2 messages
    ");
}

/// Without the vendors' schemas, which are not part of this project, there is nothing to try.
#[test]
fn planted_violations_are_found_with_the_vendors_own_schemas() {
    let Some(schemas) = std::env::var_os("COUNTERSIGN_CONTRACT").map(PathBuf::from) else { return };
    let text = std::fs::read_to_string(schemas.join("docusign.schema.json")).expect("DocuSign's schema");
    let whole: Value = serde_json::from_str(&text).expect("JSON");
    for model in docusign::models() {
        assert!(whole["definitions"].get(model).is_some(), "no model {model}");
    }
    let request = json!({
        "status": "sent", "statuss": "sent",
        "compositeTemplates": [{ "inlineTemplates": [{ "sequence": 2, "recipients": { "signers": [{ "settings": {} }] } }] }],
    });
    let search = json!({ "query": "a", "limit": 20, "after": "0", "properties": [], "filterGroups": [], "sorts": [], "sort": 1 });
    let report = report_on(
        &schemas,
        &[
            entry(
                "docusign",
                ENVELOPES,
                201,
                request,
                json!({ "envelopeId": "e", "uri": "/envelopes/e", "status": "sent" }),
            ),
            entry(
                "hubspot",
                "POST /crm/objects/2026-03/contacts/search?q=1",
                200,
                search,
                json!({ "total": "0", "results": [] }),
            ),
        ],
    );
    insta::assert_snapshot!(report, @"
    DocuSign POST /envelopes, request: /compositeTemplates/0/inlineTemplates/0/recipients/signers/0/settings: unknown property (planted.jsonl:1)
    DocuSign POST /envelopes, request: /compositeTemplates/0/inlineTemplates/0/sequence: 2 is not of type \"string\" (planted.jsonl:1)
    DocuSign POST /envelopes, request: /statuss: unknown property (planted.jsonl:1)
    HubSpot POST /crm/objects/2026-03/contacts/search, request: /sort: unknown property (planted.jsonl:2)
    HubSpot POST /crm/objects/2026-03/contacts/search, request: ?q: unknown query parameter (planted.jsonl:2)
    HubSpot POST /crm/objects/2026-03/contacts/search, response: /total: \"0\" is not of type \"integer\" (planted.jsonl:2)
    6 violations in 4 messages
    ");
}
