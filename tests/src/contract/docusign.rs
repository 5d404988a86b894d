//! DocuSign's calls: which model belongs to which, and what may stand in the query.
//!
//! From the operations of the eSignature v2.1 swagger, the models named as in the vendor's present SDK. The views take
//! the bodies of June 2024 (`EnvelopeViewRequest`, `TemplateViewRequest`), which the swagger does not know.

use std::path::Path;

use anyhow::{Context, Result};
use jsonschema::Draft;
use serde_json::{Value, json};

use super::{Direction, Entry, Findings, matches, schema::Schemas};

/// A body that no model describes: none, or a file.
const NONE: &str = "-";
const FILE: &str = "file";

/// Method, path after the account, model of the request, status of success, model of the response, query.
type Call = (&'static str, &'static str, &'static str, u16, &'static str, &'static str);

const LIST_ENVELOPES: &str = "ac_status block cdse_mode continuation_token count custom_field email envelope_ids \
    exclude folder_ids folder_types from_date from_to_status include include_purge_information \
    intersecting_folder_ids last_queried_date order order_by powerformids query_budget requester_date_format \
    search_mode search_text start_position status to_date transaction_ids user_filter user_id user_name";
const LIST_TEMPLATES: &str = "count created_from_date created_to_date folder_ids folder_types from_date include \
    is_deleted_template_only is_download modified_from_date modified_to_date order order_by search_fields \
    search_text shared_by_me start_position template_ids to_date used_from_date used_to_date user_filter user_id";
const RECIPIENTS: &str = "include_anchor_tab_locations include_extended include_metadata include_tabs";
const PAGES: &str = "count dpi max_height max_width nocache show_changes start_position";
const IMAGE: &str = "dpi max_height max_width show_changes";
const DOCUMENT: &str = "certificate documents_by_userid encrypt file_type language recipient_id shared_user_id show_changes watermark";
const DOCUMENTS: &str = "documents_by_userid include_agreement_type include_docgen_formfields include_metadata \
    include_tabs recipient_id shared_user_id";

#[rustfmt::skip]
const CALLS: &[Call] = &[
    ("GET", "", NONE, 200, "AccountInformation", "include_account_settings"),
    ("GET", "/settings", NONE, 200, "AccountSettingsInformation", ""),
    ("GET", "/users", NONE, 200, "UserInformationList", "additional_info count email email_substring group_id start_position status user_name_substring"),
    ("GET", "/users/{userId}", NONE, 200, "UserInformation", "additional_info email"),
    ("GET", "/users/{userId}/settings", NONE, 200, "UserSettingsInformation", ""),

    ("GET", "/templates", NONE, 200, "EnvelopeTemplateResults", LIST_TEMPLATES),
    ("POST", "/templates", "EnvelopeTemplate", 201, "TemplateSummary", ""),
    ("GET", "/templates/{templateId}", NONE, 200, "EnvelopeTemplate", "include"),
    ("PUT", "/templates/{templateId}", "EnvelopeTemplate", 200, "TemplateUpdateSummary", ""),
    ("GET", "/templates/{templateId}/recipients", NONE, 200, "Recipients", RECIPIENTS),
    ("GET", "/templates/{templateId}/documents", NONE, 200, "TemplateDocumentsResult", "include_agreement_type include_tabs"),
    ("GET", "/templates/{templateId}/documents/{documentId}", NONE, 200, FILE, DOCUMENT),
    ("GET", "/templates/{templateId}/documents/{documentId}/pages", NONE, 200, "PageImages", PAGES),
    ("GET", "/templates/{templateId}/documents/{documentId}/pages/{pageNumber}/page_image", NONE, 200, FILE, IMAGE),
    ("GET", "/templates/{templateId}/documents/{documentId}/tabs", NONE, 200, "Tabs", "page_numbers"),
    ("PUT", "/templates/{templateId}/documents/{documentId}/tabs", "TemplateTabs", 200, "Tabs", ""),
    ("GET", "/templates/{templateId}/custom_fields", NONE, 200, "CustomFields", ""),
    ("GET", "/templates/{templateId}/notification", NONE, 200, "Notification", ""),
    ("POST", "/templates/{templateId}/views/edit", "TemplateViewRequest", 201, "ViewUrl", ""),
    ("POST", "/templates/{templateId}/views/recipient_preview", "RecipientPreviewRequest", 201, "ViewUrl", ""),
    ("GET", "/templates/{templateId}/lock", NONE, 200, "LockInformation", ""),
    ("POST", "/templates/{templateId}/lock", "LockRequest", 201, "LockInformation", ""),
    ("PUT", "/templates/{templateId}/lock", "LockRequest", 200, "LockInformation", ""),
    ("DELETE", "/templates/{templateId}/lock", NONE, 200, "LockInformation", ""),

    ("GET", "/folders", NONE, 200, "FoldersResponse", "count include include_items start_position sub_folder_depth template user_filter"),
    ("GET", "/folders/{folderId}", NONE, 200, "FolderItemsResponse", "from_date include_items owner_email owner_name search_text start_position status to_date"),
    ("PUT", "/folders/{folderId}", "FoldersRequest", 200, "FoldersResponse", ""),
    ("GET", "/favorite_templates", NONE, 200, "FavoriteTemplatesInfo", ""),
    ("PUT", "/favorite_templates", "FavoriteTemplatesInfo", 200, "FavoriteTemplatesInfo", ""),
    ("DELETE", "/favorite_templates", "FavoriteTemplatesInfo", 200, "FavoriteTemplatesInfo", ""),

    ("GET", "/envelopes", NONE, 200, "EnvelopesInformation", LIST_ENVELOPES),
    ("POST", "/envelopes", "EnvelopeDefinition", 201, "EnvelopeSummary", "cdse_mode change_routing_order completed_documents_only merge_roles_on_draft tab_label_exact_matches"),
    ("PUT", "/envelopes/status", "EnvelopeIdsRequest", 200, "EnvelopesInformation", LIST_ENVELOPES),
    ("GET", "/envelopes/{envelopeId}", NONE, 200, "Envelope", "advanced_update include"),
    ("PUT", "/envelopes/{envelopeId}", "Envelope", 200, "EnvelopeUpdateSummary", "advanced_update recycle_on_void resend_envelope"),
    ("GET", "/envelopes/{envelopeId}/recipients", NONE, 200, "Recipients", RECIPIENTS),
    ("POST", "/envelopes/{envelopeId}/recipients", "Recipients", 201, "Recipients", "resend_envelope"),
    ("PUT", "/envelopes/{envelopeId}/recipients", "Recipients", 200, "RecipientsUpdateSummary", "combine_same_order_recipients offline_signing resend_envelope"),
    ("DELETE", "/envelopes/{envelopeId}/recipients", "Recipients", 200, "Recipients", ""),
    ("PUT", "/envelopes/{envelopeId}/recipients/document_visibility", "DocumentVisibilityList", 200, "DocumentVisibilityList", ""),
    ("DELETE", "/envelopes/{envelopeId}/recipients/{recipientId}", NONE, 200, "Recipients", ""),
    ("GET", "/envelopes/{envelopeId}/recipients/{recipientId}/tabs", NONE, 200, "Tabs", "include_anchor_tab_locations include_metadata"),
    ("POST", "/envelopes/{envelopeId}/recipients/{recipientId}/tabs", "Tabs", 201, "Tabs", ""),
    ("PUT", "/envelopes/{envelopeId}/recipients/{recipientId}/tabs", "Tabs", 200, "Tabs", ""),
    ("DELETE", "/envelopes/{envelopeId}/recipients/{recipientId}/tabs", "Tabs", 200, "Tabs", ""),
    ("GET", "/envelopes/{envelopeId}/documents", NONE, 200, "EnvelopeDocumentsResult", DOCUMENTS),
    ("PUT", "/envelopes/{envelopeId}/documents", "EnvelopeDefinition", 200, "EnvelopeDocumentsResult", "apply_document_fields persist_tabs"),
    ("DELETE", "/envelopes/{envelopeId}/documents", "EnvelopeDefinition", 200, "EnvelopeDocumentsResult", ""),
    ("GET", "/envelopes/{envelopeId}/documents/{documentId}", NONE, 200, FILE, DOCUMENT),
    ("PUT", "/envelopes/{envelopeId}/documents/{documentId}", FILE, 200, "EnvelopeDocument", ""),
    ("GET", "/envelopes/{envelopeId}/documents/{documentId}/pages", NONE, 200, "PageImages", PAGES),
    ("GET", "/envelopes/{envelopeId}/documents/{documentId}/pages/{pageNumber}/page_image", NONE, 200, FILE, IMAGE),
    ("GET", "/envelopes/{envelopeId}/documents/{documentId}/tabs", NONE, 200, "Tabs", "include_metadata page_numbers"),
    ("POST", "/envelopes/{envelopeId}/documents/{documentId}/tabs", "Tabs", 201, "Tabs", ""),
    ("PUT", "/envelopes/{envelopeId}/documents/{documentId}/tabs", "Tabs", 200, "Tabs", ""),
    ("DELETE", "/envelopes/{envelopeId}/documents/{documentId}/tabs", "Tabs", 200, "Tabs", ""),
    ("GET", "/envelopes/{envelopeId}/custom_fields", NONE, 200, "CustomFieldsEnvelope", ""),
    ("POST", "/envelopes/{envelopeId}/custom_fields", "CustomFields", 201, "CustomFields", ""),
    ("PUT", "/envelopes/{envelopeId}/custom_fields", "CustomFields", 200, "CustomFields", ""),
    ("DELETE", "/envelopes/{envelopeId}/custom_fields", "CustomFields", 200, "CustomFields", ""),
    ("GET", "/envelopes/{envelopeId}/notification", NONE, 200, "Notification", ""),
    ("PUT", "/envelopes/{envelopeId}/notification", "EnvelopeNotificationRequest", 200, "Notification", ""),
    ("GET", "/envelopes/{envelopeId}/email_settings", NONE, 200, "EmailSettings", ""),
    ("POST", "/envelopes/{envelopeId}/email_settings", "EmailSettings", 201, "EmailSettings", ""),
    ("PUT", "/envelopes/{envelopeId}/email_settings", "EmailSettings", 200, "EmailSettings", ""),
    ("DELETE", "/envelopes/{envelopeId}/email_settings", NONE, 200, "EmailSettings", ""),
    ("GET", "/envelopes/{envelopeId}/lock", NONE, 200, "LockInformation", ""),
    ("POST", "/envelopes/{envelopeId}/lock", "LockRequest", 201, "LockInformation", ""),
    ("PUT", "/envelopes/{envelopeId}/lock", "LockRequest", 200, "LockInformation", ""),
    ("DELETE", "/envelopes/{envelopeId}/lock", NONE, 200, "LockInformation", "save_changes"),
    ("GET", "/envelopes/{envelopeId}/form_data", NONE, 200, "EnvelopeFormData", ""),
    ("GET", "/envelopes/{envelopeId}/audit_events", NONE, 200, "EnvelopeAuditEventResponse", "locale"),
    ("GET", "/envelopes/{envelopeId}/comments/transcript", NONE, 200, FILE, "encoding"),
    ("POST", "/envelopes/{envelopeId}/views/sender", "EnvelopeViewRequest", 201, "ViewUrl", ""),
    ("POST", "/envelopes/{envelopeId}/views/edit", "EnvelopeViewRequest", 201, "ViewUrl", ""),
    ("POST", "/envelopes/{envelopeId}/views/correct", "EnvelopeViewRequest", 201, "ViewUrl", ""),
    ("DELETE", "/envelopes/{envelopeId}/views/correct", "CorrectViewRequest", 200, NONE, ""),
    ("POST", "/envelopes/{envelopeId}/views/recipient", "RecipientViewRequest", 201, "ViewUrl", ""),
    ("POST", "/envelopes/{envelopeId}/views/recipient_preview", "RecipientPreviewRequest", 201, "ViewUrl", ""),
    ("POST", "/views/console", "ConsoleViewRequest", 201, "ViewUrl", ""),

    ("GET", "/tab_definitions", NONE, 200, "TabMetadataList", "custom_tab_only"),
    ("POST", "/tab_definitions", "TabMetadata", 201, "TabMetadata", ""),
    ("GET", "/tab_definitions/{customTabId}", NONE, 200, "TabMetadata", ""),
    ("PUT", "/tab_definitions/{customTabId}", "TabMetadata", 200, "TabMetadata", ""),
    ("DELETE", "/tab_definitions/{customTabId}", NONE, 200, NONE, ""),
    ("GET", "/custom_fields", NONE, 200, "CustomFields", ""),
    ("POST", "/custom_fields", "CustomField", 201, "CustomFields", "apply_to_templates"),

    ("GET", "/connect", NONE, 200, "ConnectConfigResults", ""),
    ("POST", "/connect", "ConnectCustomConfiguration", 201, "ConnectCustomConfiguration", ""),
    ("PUT", "/connect", "ConnectCustomConfiguration", 200, "ConnectCustomConfiguration", ""),
    ("GET", "/connect/failures", NONE, 200, "ConnectLogs", "from_date to_date"),
    ("GET", "/connect/logs", NONE, 200, "ConnectLogs", "from_date to_date"),
    ("DELETE", "/connect/logs", NONE, 200, NONE, ""),
    ("GET", "/connect/logs/{logId}", NONE, 200, "ConnectLog", "additional_info"),
    ("DELETE", "/connect/logs/{logId}", NONE, 200, NONE, ""),
    ("PUT", "/connect/envelopes/retry_queue", "ConnectFailureFilter", 200, "ConnectFailureResults", ""),
    ("PUT", "/connect/envelopes/{envelopeId}/retry_queue", NONE, 200, "ConnectFailureResults", ""),
    ("GET", "/connect/{connectId}", NONE, 200, "ConnectConfigResults", ""),
    ("DELETE", "/connect/{connectId}", NONE, 200, NONE, ""),
];

/// A message of Connect around the models (docusign facts §6.3): no model describes it.
fn connect_message() -> Value {
    let text = json!({ "type": "string" });
    let number = json!({ "type": "integer" });
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": ["event", "apiVersion", "uri", "generatedDateTime", "data"],
        "properties": {
            "event": { "type": "string", "pattern": "^(envelope|recipient|template|click)-[a-z-]+$" },
            "apiVersion": { "const": "v2.1" },
            "uri": text,
            "retryCount": number,
            "configurationId": number,
            "generatedDateTime": { "type": "string", "format": "date-time" },
            "data": {
                "type": "object",
                "additionalProperties": false,
                "required": ["accountId", "userId"],
                "properties": {
                    "accountId": text,
                    "userId": text,
                    "envelopeId": text,
                    "recipientId": text,
                    "templateId": text,
                    "envelopeSummary": { "$ref": "#/definitions/Envelope" },
                },
            },
        },
    })
}

/// DocuSign's models, and the table above.
pub struct DocuSign {
    schemas: Schemas,
}

impl DocuSign {
    pub fn load(file: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        let schema: Value = serde_json::from_str(&text).context("DocuSign's schema is no JSON")?;
        let definitions = schema.as_object().context("DocuSign's schema is no object")?.clone();
        Ok(Self { schemas: Schemas::new(definitions, Draft::Draft7) })
    }

    pub fn check(&self, entry: &Entry) -> Result<Findings> {
        if entry.path.starts_with("/oauth/") {
            return Ok(Findings::not_covered("DocuSign's OAuth"));
        }
        let Some((method, path, request, success, response, query)) = call(&entry.method, &entry.path) else {
            let mut findings = Findings::of(format!("{} {}", entry.method, entry.path));
            findings.messages = 1;
            findings.fault(Direction::Request, "", "no such call is known");
            return Ok(findings);
        };
        let mut findings = Findings::of(format!("{method} {path}"));
        for (name, _) in entry.query() {
            if !query.split_whitespace().any(|known| known == name) {
                findings.fault(Direction::Request, format!("?{name}"), "unknown query parameter");
            }
        }
        self.body(&mut findings, Direction::Request, request, &entry.request_body)?;
        if entry.status >= 400 {
            // An error may also be a page, or empty.
            let model = if entry.response_body.is_object() { "ErrorDetails" } else { FILE };
            self.body(&mut findings, Direction::Response, model, &entry.response_body)?;
        } else if entry.status != 0 {
            if entry.status != success {
                let text = format!("status {} where {success} is described", entry.status);
                findings.fault(Direction::Response, "", text);
            }
            self.body(&mut findings, Direction::Response, response, &entry.response_body)?;
        }
        Ok(findings)
    }

    pub fn check_connect(&self, entry: &Entry) -> Result<Findings> {
        let mut findings = Findings::of("message".to_owned());
        findings.messages = 1;
        let parsed;
        let body = match &entry.request_body {
            Value::String(text) => {
                parsed = serde_json::from_str(text).unwrap_or(Value::Null);
                &parsed
            }
            body => body,
        };
        let faults = self.schemas.check("Connect's message", connect_message, body)?;
        findings.faults(Direction::Request, faults);
        Ok(findings)
    }

    fn body(&self, findings: &mut Findings, direction: Direction, model: &str, body: &Value) -> Result<()> {
        if Entry::is_file(body) && model != NONE {
            findings.not_covered.push("files");
            return Ok(());
        }
        findings.messages += 1;
        let is_nothing = body.is_null() || body.as_object().is_some_and(serde_json::Map::is_empty);
        match (model, direction) {
            (FILE, _) => {}
            (NONE, _) if is_nothing => {}
            (NONE, _) => findings.fault(direction, "", "a body where none is described"),
            // Nothing is required of a request.
            (_, Direction::Request) if is_nothing => {}
            _ => {
                let reference = || json!({ "$ref": format!("#/definitions/{model}") });
                findings.faults(direction, self.schemas.check(model, reference, body)?);
            }
        }
        Ok(())
    }
}

/// The row of the table that fits best.
fn call(method: &str, path: &str) -> Option<Call> {
    let rest = path.strip_prefix("/restapi/v2.1/accounts/")?;
    let rest = rest.find('/').and_then(|slash| rest.get(slash..)).unwrap_or_default();
    CALLS
        .iter()
        .filter(|call| call.0 == method)
        .filter_map(|call| Some((matches(call.1, rest)?, call)))
        .max_by_key(|(alike, _)| *alike)
        .map(|(_, call)| *call)
}

#[cfg(test)]
pub(super) fn models() -> std::collections::BTreeSet<&'static str> {
    let named = CALLS.iter().flat_map(|call| [call.2, call.4]);
    named.filter(|model| ![NONE, FILE].contains(model)).chain(["ErrorDetails", "Envelope"]).collect()
}
