//! DocuSign: sign-in, refresh, templates, and an envelope from definition to sent.

use edge_worker::{
    docusign::{
        DocuSign, auth,
        definition::{self, Binding, Plan},
        failure::{During, app_error},
        templates::Choice,
    },
    secret::Secret,
};
use serde_json::json;
use shared::{
    draft::{Draft, check},
    error::Code,
    prefill::prefill,
    record::{Contact, ObjectType, Record, RecordRef},
    template::{Template, TemplateProblem},
};

use crate::{Stand, faults, within};

const TRANSACTION: &str = "5c6f9f3e-8d1b-4a57-9c1e-2f8a7f3b1c01";

pub async fn client(stand: &Stand) -> DocuSign {
    let tokens = stand.docusign_tokens().await;
    let info = auth::user_info(&stand.http, &stand.config, &tokens.access_token).await.expect("user info");
    let account = info.account(&stand.config).expect("an account");
    DocuSign::new(stand.http.clone(), &account.base_uri, &account.account_id, tokens.access_token)
}

pub async fn template(stand: &Stand, docusign: &DocuSign, name: &str) -> Template {
    let id = stand.text(&format!("/docusign/accounts/0/templates/{name}"));
    docusign.template(&id).await.expect("a template")
}

/// All templates with this in their name.
fn named(search: &str) -> Choice<'_> {
    Choice { search, ..Choice::default() }
}

/// A deal with two made-up contacts, enough for the templates used here.
fn record() -> Record {
    let contact = |id: &str, name: &str, email: &str| Contact {
        id: id.into(),
        name: name.into(),
        email: Some(email.into()),
        company: None,
    };
    Record {
        reference: RecordRef::new(ObjectType::Deal, "987654").expect("a record"),
        name: "A deal".into(),
        contacts: vec![
            contact("1", "Vera Holt", "vera@holt.example"),
            contact("2", "Nils Berg", "nils@berg.example"),
        ],
    }
}

fn plan(template: &Template, draft: &Draft) -> Plan {
    assert_eq!(check(draft, template), []);
    let record = record();
    let binding = Binding {
        portal: 62515,
        record: &record.reference,
        transaction_id: TRANSACTION,
        connect_url: "https://sign.example.com/docusign/connect/62515",
        locale: Some("en"),
        sender: ("Sam Sender", "sam@sender.example"),
    };
    definition::plan(draft, template, &[], &binding)
}

pub fn draft(template: &Template) -> Draft {
    Draft::from_prefill(template, &prefill(template, &record()))
}

#[tokio::test]
async fn a_sign_in_brings_tokens_that_refresh_and_all_accounts() {
    let stand = Stand::new().await;
    let tokens = stand.docusign_tokens().await;
    let info = auth::user_info(&stand.http, &stand.config, &tokens.access_token).await.expect("user info");
    assert_eq!(info.accounts.len(), 2);
    assert!(info.account(&stand.config).is_some_and(|a| a.is_default));
    let newer = auth::refresh(&stand.http, &stand.config, &tokens.refresh_token).await.expect("tokens");
    assert_ne!(newer.access_token, tokens.access_token);
}

#[tokio::test]
async fn a_code_needs_the_verifier_it_was_asked_for_with() {
    let stand = Stand::new().await;
    let code = stand.docusign_code("a-verifier-of-at-least-forty-three-characters-1").await;
    let other = Secret::new("a-verifier-of-at-least-forty-three-characters-2");
    let error = auth::exchange(&stand.http, &stand.config, &code, &other).await.expect_err("refused");
    assert_eq!(app_error(&error, During::Token).code, Code::MustReconnect);
}

#[tokio::test]
async fn a_dead_refresh_token_asks_for_a_new_sign_in() {
    let stand = Stand::new().await;
    let dead = Secret::new("no-such-token");
    let error = auth::refresh(&stand.http, &stand.config, &dead).await.expect_err("refused");
    assert_eq!(app_error(&error, During::Token).code, Code::MustReconnect);
}

#[tokio::test]
async fn templates_come_in_pages_and_a_long_search_is_cut() {
    let stand = Stand::new().await;
    let docusign = client(&stand).await;
    let first = docusign.templates(named(""), 0).await.expect("a page");
    let total = first.total_set_size.expect("a total");
    let names = |list: edge_worker::wire::docusign::TemplateList| -> Vec<String> {
        list.envelope_templates.unwrap_or_default().into_iter().map(|t| t.name).collect()
    };
    let first = names(first);
    assert!(total > 25 && first.len() == 25, "{total}");
    let second = names(docusign.templates(named(""), 25).await.expect("a page"));
    assert!(!second.is_empty() && second.iter().all(|name| !first.contains(name)));
    let long = format!("Mutual NDA{}", " x".repeat(60));
    assert!(names(docusign.templates(named(&long), 0).await.expect("a page")).is_empty());
    let found = docusign.templates(named("  mutual "), 0).await.expect("a page");
    assert_eq!(names(found), ["Mutual NDA"]);
}

#[tokio::test]
async fn the_list_tells_which_templates_cannot_be_sent() {
    let stand = Stand::new().await;
    let docusign = client(&stand).await;
    let list = docusign.templates(named("Cover letter"), 0).await.expect("a page");
    let summary =
        list.envelope_templates.unwrap_or_default().into_iter().next().expect("a template").summary("me");
    assert_eq!(summary.problem, Some(TemplateProblem::NoDocuments));
}

#[tokio::test]
async fn a_filled_template_is_sent_in_one_call_and_found_by_its_transaction() {
    let stand = Stand::new().await;
    let docusign = client(&stand).await;
    assert!(docusign.envelope_of_transaction(TRANSACTION).await.expect("an answer").is_none());
    let template = template(&stand, &docusign, "Master services agreement").await;
    let plan = plan(&template, &draft(&template));
    assert!(plan.finish.dropped.is_empty());
    let sent = docusign.create_envelope(&plan.definition).await.expect("an envelope");
    assert_eq!(sent.status, "sent");
    let found = docusign.envelope_of_transaction(TRANSACTION).await.expect("an answer").expect("it");
    assert_eq!(found.envelope_id, sent.envelope_id);
    let recipients = docusign.recipients(&sent.envelope_id).await.expect("recipients");
    let people: Vec<_> = recipients.iter().map(|(_, r)| (r.role_name.as_str(), r.email.as_str())).collect();
    assert_eq!(people, [("Client", "vera@holt.example"), ("Supplier", "nils@berg.example")]);
}

#[tokio::test]
async fn a_dropped_role_is_taken_off_a_draft_before_it_is_sent() {
    let stand = Stand::new().await;
    let docusign = client(&stand).await;
    let template = template(&stand, &docusign, "Master services agreement").await;
    let mut draft = draft(&template);
    draft.rows.truncate(1);
    let plan = plan(&template, &draft);
    let created = docusign.create_envelope(&plan.definition).await.expect("an envelope");
    assert_eq!(created.status, "created");
    let recipients = docusign.recipients(&created.envelope_id).await.expect("recipients");
    let gone = definition::to_remove(&plan.finish.dropped, &recipients);
    assert_eq!(gone.len(), 1);
    docusign.delete_recipients(&created.envelope_id, &gone).await.expect("taken off");
    docusign.send_draft(&created.envelope_id).await.expect("sent");
    let left = docusign.recipients(&created.envelope_id).await.expect("recipients");
    assert_eq!(left.len(), 1);
}

#[tokio::test]
async fn a_draft_can_be_thrown_away() {
    let stand = Stand::new().await;
    let docusign = client(&stand).await;
    let template = template(&stand, &docusign, "Master services agreement").await;
    let mut draft = draft(&template);
    draft.rows.truncate(1);
    let created = docusign.create_envelope(&plan(&template, &draft).definition).await.expect("an envelope");
    docusign.discard_draft(&created.envelope_id).await.expect("thrown away");
    assert!(docusign.send_draft(&created.envelope_id).await.is_err());
}

#[tokio::test]
async fn every_failure_becomes_an_error_a_rep_understands() {
    let stand = Stand::new().await;
    let docusign = client(&stand).await;
    let template = template(&stand, &docusign, "Mutual NDA").await;
    let expected = [
        ("400", Code::DocusignRefused),
        ("401", Code::MustReconnect),
        ("403", Code::DocusignNoPermission),
        ("404", Code::TemplateGone),
        ("500", Code::DocusignUnreachable),
        ("cut off", Code::DocusignUnreachable),
        ("not JSON", Code::DocusignUnreachable),
    ];
    for (name, effect) in faults() {
        stand.fault("docusign", "/restapi/*", effect).await;
        let error = within(5, docusign.template(&template.id)).await.expect_err(name);
        let code = app_error(&error, During::Template).code;
        assert!(expected.contains(&(name, code)), "{name}: {code:?}");
        stand.no_faults().await;
    }
    let busy = json!({ "status": 429, "body": { "errorCode": "HOURLY_APIINVOCATION_LIMIT_EXCEEDED" },
        "headers": { "Retry-After": "7" } });
    stand.fault("docusign", "/restapi/*", busy).await;
    let error = docusign.template(&template.id).await.expect_err("busy");
    let app = app_error(&error, During::Template);
    assert_eq!((app.code, app.retry_after), (Code::DocusignBusy, Some(7)));
}

#[tokio::test]
async fn a_deleted_template_is_gone_for_reading_and_for_sending() {
    let stand = Stand::new().await;
    let docusign = client(&stand).await;
    let template = template(&stand, &docusign, "Mutual NDA").await;
    let plan = plan(&template, &draft(&template));
    stand.control(&format!("docusign/templates/{}/delete", template.id), json!({})).await;
    let read = docusign.template(&template.id).await.expect_err("gone");
    let sent = docusign.create_envelope(&plan.definition).await.expect_err("gone");
    for error in [read, sent] {
        assert_eq!(app_error(&error, During::Template).code, Code::TemplateGone, "{error}");
        assert!(!error.may_have_acted());
    }
}
