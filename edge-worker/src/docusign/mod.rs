//! DocuSign's eSignature REST API, as far as we call it (docusign facts §2, §3): one function per call, for
//! one user in one account.
//!
//! Runs in workerd and natively alike. Calls are made once: what to do about a failure is the caller's to
//! decide, since only it knows whether repeating is safe.

pub mod after_send;
pub mod auth;
pub mod changes;
pub mod definition;
pub mod documents;
pub mod failure;
pub mod options;
pub mod templates;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Map, Value, json};
use shared::{
    settings::hs_fields::HsField,
    sorted,
    template::{RecipientKind, Template},
};

use crate::{
    secret::Secret,
    vendor::{self, ErrorFields, VendorError},
    wire::{
        docusign::{EnvelopeList, EnvelopeWire, PartsWire, RecipientWire, TemplateWire, recipients},
        tab::{DefinitionList, DefinitionWire},
    },
};

/// Templates on a page of the list.
pub const PAGE: u32 = 25;
/// A document has fewer pages than this (docusign facts §8).
const PAGES_MAX: &str = "1000";
/// Longer searches are refused (docusign facts §2.1).
pub const SEARCH_MAX_CHARS: usize = 48;

pub const ERRORS: ErrorFields = ErrorFields {
    codes: &["errorCode", "error"],
    trace_header: "x-docusign-tracetoken",
    trace_field: "referenceId",
};

/// Where and as whom calls are made.
#[derive(Debug, Clone)]
pub struct DocuSign {
    http: Client,
    /// `<base_uri>/restapi/v2.1/accounts/<account>`.
    root: String,
    token: Secret,
}

impl DocuSign {
    /// `base_uri` must have passed the allow-list when it was stored.
    pub fn new(http: Client, base_uri: &str, account: &str, token: Secret) -> Self {
        let root = format!("{}/restapi/v2.1/accounts/{}", base_uri.trim_end_matches('/'), segment(account));
        Self { http, root, token }
    }

    fn call(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.root))
            .bearer_auth(self.token.expose())
            .header("accept", "application/json")
    }

    pub async fn template(&self, id: &str) -> Result<Template, VendorError> {
        let request = self
            .call(Method::GET, &format!("/templates/{}", segment(id)))
            .query(&[("include", "documents,recipients,tabs,notifications")]);
        let wire: TemplateWire = vendor::json(request, vendor::READ, ERRORS).await?;
        Ok(wire.template())
    }

    /// Whether the user may send. Fails as any call would where they may not work in the account at all; that they
    /// may read their own settings is assumed, and an account that refuses it says nothing about sending.
    pub async fn may_send(&self, user: &str) -> Result<bool, VendorError> {
        let query = [("count", "1"), ("user_filter", "owned_by_me")];
        let request = self.call(Method::GET, "/templates").query(&query);
        vendor::json::<Value>(request, vendor::READ, ERRORS).await?;
        let request = self.call(Method::GET, &format!("/users/{}/settings", segment(user)));
        match vendor::json::<Value>(request, vendor::READ, ERRORS).await {
            Ok(settings) => Ok(settings.get("canSendEnvelope").and_then(Value::as_str) != Some("false")),
            Err(error) if error.is_unauthorized() => Err(error),
            Err(_) => Ok(true),
        }
    }

    /// The account's custom fields.
    pub async fn tab_definitions(&self) -> Result<Vec<DefinitionWire>, VendorError> {
        let request = self.call(Method::GET, "/tab_definitions").query(&[("custom_tab_only", "true")]);
        let found: DefinitionList = vendor::json(request, vendor::READ, ERRORS).await?;
        Ok(found.tabs.unwrap_or_default())
    }

    /// Makes a custom field of text that everybody in the account may use. What it holds is ours to fill in, not the
    /// signer's.
    pub async fn create_definition(&self, field: &HsField) -> Result<(), VendorError> {
        let request = self.call(Method::POST, "/tab_definitions").json(&json!({
            "type": "text",
            "name": field.name,
            "tabLabel": field.label,
            "shared": "true",
            "required": "false",
            "locked": "true",
        }));
        vendor::json::<Value>(request, vendor::READ, ERRORS).await.map(drop)
    }

    /// Opens a custom field to the account.
    pub async fn share_definition(&self, id: &str) -> Result<(), VendorError> {
        let request = self
            .call(Method::PUT, &format!("/tab_definitions/{}", segment(id)))
            .json(&json!({ "shared": "true" }));
        vendor::json::<Value>(request, vendor::READ, ERRORS).await.map(drop)
    }

    /// Creates an envelope; with status `sent` in the definition it is on its way when this answers.
    pub async fn create_envelope(&self, definition: &Value) -> Result<EnvelopeWire, VendorError> {
        let request =
            self.call(Method::POST, "/envelopes").query(&[("merge_roles_on_draft", "true")]).json(definition);
        let envelope: EnvelopeWire = vendor::json(request, vendor::SEND, ERRORS).await?;
        if envelope.envelope_id.is_empty() {
            return Err(VendorError::Garbled("no envelopeId".into()));
        }
        Ok(envelope)
    }

    /// The envelope that was created with `transaction_id`, if there is one (facts §3.2: known for seven days).
    pub async fn envelope_of_transaction(
        &self,
        transaction_id: &str,
    ) -> Result<Option<EnvelopeWire>, VendorError> {
        let request = self.call(Method::GET, "/envelopes").query(&[("transaction_ids", transaction_id)]);
        let found: EnvelopeList = vendor::json(request, vendor::READ, ERRORS).await?;
        Ok(found.envelopes.unwrap_or_default().into_iter().find(|e| !e.envelope_id.is_empty()))
    }

    /// These envelopes with their recipients, as far as the user may see them.
    pub async fn envelopes(&self, ids: &[String]) -> Result<EnvelopeList, VendorError> {
        let query = [
            ("envelope_ids", ids.join(",")),
            ("include", "recipients".to_owned()),
            ("count", ids.len().to_string()),
        ];
        vendor::json(self.call(Method::GET, "/envelopes").query(&query), vendor::READ, ERRORS).await
    }

    pub async fn recipients(
        &self,
        envelope: &str,
    ) -> Result<Vec<(RecipientKind, RecipientWire)>, VendorError> {
        let request = self.call(Method::GET, &format!("/envelopes/{}/recipients", segment(envelope)));
        let object: Map<String, Value> = vendor::json(request, vendor::READ, ERRORS).await?;
        Ok(recipients(&object))
    }

    /// Takes recipients off a draft. DocuSign answers 200 with an error per recipient it kept.
    pub async fn delete_recipients(
        &self,
        envelope: &str,
        gone: &[(RecipientKind, String)],
    ) -> Result<(), VendorError> {
        let mut body = Map::new();
        for (kind, id) in gone {
            let array = body.entry(kind.array_name()).or_insert_with(|| json!([]));
            if let Some(items) = array.as_array_mut() {
                items.push(json!({ "recipientId": id }));
            }
        }
        let request =
            self.call(Method::DELETE, &format!("/envelopes/{}/recipients", segment(envelope))).json(&body);
        let answer: Value = vendor::json(request, vendor::SEND, ERRORS).await?;
        kept_back(&answer)
    }

    /// The recipients of a draft, and the ids of its documents in their order; in one call.
    pub async fn parts(&self, envelope: &str) -> Result<Parts, VendorError> {
        let request = self
            .call(Method::GET, &format!("/envelopes/{}", segment(envelope)))
            .query(&[("include", "recipients,documents")]);
        let wire: PartsWire = vendor::json(request, vendor::READ, ERRORS).await?;
        let mut documents = wire.envelope_documents.unwrap_or_default();
        // The certificate is among them, under a word.
        documents.retain(|document| document.document_id.bytes().all(|b| b.is_ascii_digit()));
        sorted::by_number(&mut documents, |document| sorted::or_last(document.order));
        Ok(Parts {
            recipients: recipients(&wire.recipients.unwrap_or_default()),
            documents: documents.into_iter().map(|document| document.document_id).collect(),
        })
    }

    /// Sets who sees which documents of a draft.
    pub async fn set_visibility(&self, envelope: &str, rights: &[Value]) -> Result<(), VendorError> {
        let path = format!("/envelopes/{}/recipients/document_visibility", segment(envelope));
        let request = self.call(Method::PUT, &path).json(&json!({ "documentVisibility": rights }));
        let answer: Value = vendor::json(request, vendor::SEND, ERRORS).await?;
        kept_back(&answer)
    }

    /// Sends a draft.
    pub async fn send_draft(&self, envelope: &str) -> Result<(), VendorError> {
        let request = self
            .call(Method::PUT, &format!("/envelopes/{}", segment(envelope)))
            .json(&json!({ "status": "sent" }));
        vendor::json::<Value>(request, vendor::SEND, ERRORS).await.map(drop)
    }

    /// Throws a draft away: into the recycle bin, where DocuSign empties it.
    pub async fn discard_draft(&self, envelope: &str) -> Result<(), VendorError> {
        let request =
            self.call(Method::PUT, "/folders/recyclebin").json(&json!({ "envelopeIds": [envelope] }));
        vendor::json::<Value>(request, vendor::READ, ERRORS).await.map(drop)
    }
}

/// What a draft is made of, as DocuSign numbered it.
#[derive(Debug, Clone, Default)]
pub struct Parts {
    pub recipients: Vec<(RecipientKind, RecipientWire)>,
    pub documents: Vec<String>,
}

/// The first error inside a list of recipients that was answered with 200 (docusign facts §7).
fn kept_back(answer: &Value) -> Result<(), VendorError> {
    let lists = answer.as_object().into_iter().flat_map(Map::values).filter_map(Value::as_array);
    let code = lists.flatten().find_map(|item| item.pointer("/errorDetails/errorCode")?.as_str());
    match code {
        Some(code) if !code.is_empty() && !code.eq_ignore_ascii_case("SUCCESS") => {
            Err(VendorError::Refused {
                status: 400,
                code: code.to_owned(),
                retry_after: None,
                trace: String::new(),
            })
        }
        _ => Ok(()),
    }
}

/// A path segment with everything but letters, digits and `-` escaped, so that no id can leave its place.
fn segment(id: &str) -> String {
    const PLAIN: AsciiSet = NON_ALPHANUMERIC.remove(b'-');
    utf8_percent_encode(id, &PLAIN).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_cannot_leave_its_place_in_the_path() {
        assert_eq!(segment("a1b2-c3"), "a1b2-c3");
        assert_eq!(segment("../x?y#z"), "%2E%2E%2Fx%3Fy%23z");
    }

    #[test]
    fn a_recipient_that_was_kept_is_an_error_under_a_good_status() {
        let check = |answer: Value, good: bool| assert_eq!(kept_back(&answer).is_ok(), good, "{answer}");
        check(Value::Null, true);
        check(json!({"signers": [{"recipientId": "1"}]}), true);
        check(json!({"signers": [{"recipientId": "1", "errorDetails": {"errorCode": "SUCCESS"}}]}), true);
        check(
            json!({"signers": [{"recipientId": "1", "errorDetails": {"errorCode": "RECIPIENT_UPDATE_FAILED"}}]}),
            false,
        );
    }
}
