//! HubSpot: install, refresh, records with their people, search.

use edge_worker::{
    hubspot::{
        HubSpot, auth,
        failure::{During, app_error, is_uninstalled},
        writing::{Note, STATUS, STATUSES},
    },
    secret::Secret,
};
use serde_json::json;
use shared::{
    error::Code,
    record::{ObjectType, RecordRef},
};

use crate::{Stand, faults, within};

async fn client(stand: &Stand) -> HubSpot {
    let tokens = stand.hubspot_tokens().await;
    HubSpot::new(stand.http.clone(), &stand.config.hubspot_api_base, tokens.access_token)
}

fn record(stand: &Stand, kind: ObjectType, name: &str) -> RecordRef {
    RecordRef::new(kind, &stand.text(&format!("/hubspot/{}/{name}", kind.path()))).expect("a record")
}

#[tokio::test]
async fn an_install_names_its_portal_and_its_tokens_are_refreshed() {
    let stand = Stand::new().await;
    let tokens = stand.hubspot_tokens().await;
    let who = auth::introspect(&stand.http, &stand.config, &tokens.access_token).await.expect("who");
    assert!(who.active);
    assert_eq!(who.hub_id.map(|id| id.to_string()), Some(stand.text("/portalId")));
    assert!(!who.user_id.is_empty());
    let newer = auth::refresh(&stand.http, &stand.config, &tokens.refresh_token).await.expect("tokens");
    assert_ne!(newer.access_token, tokens.access_token);
}

#[tokio::test]
async fn a_refresh_token_that_is_not_known_means_uninstalled() {
    let stand = Stand::new().await;
    let error =
        auth::refresh(&stand.http, &stand.config, &Secret::new("no-such-token")).await.expect_err("refused");
    assert!(is_uninstalled(&error), "{error}");
}

#[tokio::test]
async fn a_deal_comes_with_its_contacts_and_a_contact_with_itself() {
    let stand = Stand::new().await;
    let hubspot = client(&stand).await;
    let deal = hubspot.record(&record(&stand, ObjectType::Deal, "Fleet renewal 2027")).await.expect("a deal");
    assert_eq!(deal.name, "Fleet renewal 2027");
    assert!(deal.contacts.len() > 1, "{deal:?}");
    let first = deal.contacts.first().expect("a contact");
    let reference = RecordRef::new(ObjectType::Contact, &first.id).expect("a record");
    let alone = hubspot.record(&reference).await.expect("a contact");
    assert_eq!((alone.contacts.len(), alone.contacts.first()), (1, Some(first)));
}

#[tokio::test]
async fn a_record_that_is_gone_is_said_to_be_gone() {
    let stand = Stand::new().await;
    let hubspot = client(&stand).await;
    let nowhere = RecordRef::new(ObjectType::Company, "99999999").expect("a record");
    let error = hubspot.record(&nowhere).await.expect_err("gone");
    assert_eq!(app_error(&error, During::Record).code, Code::RecordGone);
}

#[tokio::test]
async fn a_search_finds_people_with_and_without_an_address() {
    let stand = Stand::new().await;
    let hubspot = client(&stand).await;
    let found = hubspot.search_contacts("ann").await.expect("contacts");
    assert!(found.iter().any(|c| c.name == "Ann Lee" && c.email.is_some()), "{found:?}");
    let all = hubspot.search_contacts("").await.expect("contacts");
    assert_eq!(all.len(), 20, "a page");
}

#[tokio::test]
async fn a_search_beyond_the_limit_a_second_waits_and_goes_on() {
    let stand = Stand::new().await;
    let hubspot = client(&stand).await;
    for n in 0..7 {
        within(5, hubspot.search_contacts("ann")).await.unwrap_or_else(|e| panic!("search {n}: {e}"));
    }
}

#[tokio::test]
async fn every_failure_becomes_an_error_a_rep_understands() {
    let stand = Stand::new().await;
    let hubspot = client(&stand).await;
    let deal = record(&stand, ObjectType::Deal, "Fleet renewal 2027");
    let expected = [
        ("400", Code::HubspotRefused),
        ("401", Code::NotInstalled),
        ("403", Code::HubspotMissingScope),
        ("404", Code::RecordGone),
        ("500", Code::HubspotUnreachable),
        ("cut off", Code::HubspotUnreachable),
        ("not JSON", Code::HubspotUnreachable),
    ];
    for (name, effect) in faults() {
        stand.fault("hubspot", "/crm/*", effect).await;
        let error = within(5, hubspot.record(&deal)).await.expect_err(name);
        let code = app_error(&error, During::Record).code;
        assert!(expected.contains(&(name, code)), "{name}: {code:?}");
        stand.no_faults().await;
    }
    stand.fault("hubspot", "/crm/*", json!({ "status": 429, "body": { "policyName": "SECONDLY" } })).await;
    let error = within(5, hubspot.record(&deal)).await.expect_err("busy");
    assert_eq!(app_error(&error, During::Record).code, Code::HubspotBusy);
}

#[tokio::test]
async fn our_properties_are_made_once_and_hold_a_status() {
    let stand = Stand::new().await;
    let hubspot = client(&stand).await;
    let deal = record(&stand, ObjectType::Deal, "Fleet renewal 2027");
    let status = |value: &str| serde_json::Map::from_iter([(STATUS.to_owned(), value.into())]);
    let unknown = hubspot.set(&deal, &status("sent")).await.expect_err("not made yet");
    assert_eq!(app_error(&unknown, During::Record).code, Code::HubspotRefused);
    for _ in 0..2 {
        hubspot.make_properties(ObjectType::Deal).await.expect("made, or there");
    }
    for (value, _) in STATUSES {
        assert_eq!(hubspot.set(&deal, &status(value)).await.expect(value), deal.id());
    }
}

#[tokio::test]
async fn a_note_is_found_again_by_its_mark_on_every_record_it_is_on() {
    let stand = Stand::new().await;
    let hubspot = client(&stand).await;
    let deal = record(&stand, ObjectType::Deal, "Fleet renewal 2027");
    let contact = record(&stand, ObjectType::Contact, "Ann Lee");
    assert!(!hubspot.has_note(&deal, "DocuSign e-1/sent").await.expect("an answer"));
    let note = Note {
        body: "<p>DocuSign e-1/sent</p>".into(),
        at: "2026-11-23T10:00:00Z".into(),
        files: Vec::new(),
        on: vec![deal.clone(), contact.clone()],
    };
    hubspot.make_note(&note).await.expect("a note");
    for record in [&deal, &contact] {
        assert!(hubspot.has_note(record, "DocuSign e-1/sent").await.expect("an answer"));
        assert!(!hubspot.has_note(record, "DocuSign e-1/completed").await.expect("an answer"));
    }
    assert_eq!(hubspot.file_at("Countersign/e-1/none.pdf").await.expect("an answer"), None);
}
