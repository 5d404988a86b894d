//! Which templates, how many of them, and what the sender wants otherwise: what arrives at DocuSign, in how many calls.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use journeys::{
    card::Session,
    control::{Portal, text},
    stand::{Stand, journey},
};
use libtest_mimic::Trial;
use serde_json::{Value, json};

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "wizard::two_templates_make_one_envelope_in_one_call", two_templates),
        journey(stand, "wizard::options_notes_codes_and_languages_arrive", options),
        journey(stand, "wizard::a_hidden_document_stays_hidden_in_five_calls", hidden),
        journey(stand, "wizard::a_template_with_fields_is_sent_in_one_docusign_call", fields),
        journey(stand, "wizard::what_the_account_does_not_allow_is_said", allowed),
        journey(stand, "wizard::favourites_are_marked_listed_and_let_go", favourites),
        journey(stand, "wizard::folders_owners_and_use_choose_among_templates", folders),
        journey(stand, "wizard::two_and_a_half_thousand_templates_page_to_the_end", thousands),
        journey(stand, "bad_input::a_template_added_twice_is_said", twice),
    ]
}

async fn session(portal: &Portal) -> Result<Session> {
    portal.session("0-3", &portal.deal()?).await
}

fn key() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// Sends, and answers what DocuSign has of it and which calls that took.
async fn send(portal: &Portal, session: &Session, draft: &Value) -> Result<(Value, Vec<Value>)> {
    let before = portal.docusign_calls().await?.len();
    let answer = session.send(&key(), draft).await?.ok()?;
    let id = answer.pointer("/envelope/id").and_then(Value::as_str).context("no envelope")?;
    let calls = portal.docusign_calls().await?.split_off(before);
    Ok((portal.look(&format!("docusign/envelopes/{id}")).await?, calls))
}

fn sent_body(calls: &[Value]) -> Result<&Value> {
    let post = calls.iter().find(|call| call["method"] == "POST").context("no POST")?;
    post.get("requestBody").context("no body")
}

async fn two_templates(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let (flat, rules) = (portal.template("Tenancy agreement")?, portal.template("House rules")?);
    let draft = session.draft_of(&[&flat, &rules]).await?;
    ensure!(draft["rows"].as_array().map(Vec::len) == Some(2), "one row for the common role: {draft}");
    let (envelope, calls) = send(&portal, &session, &draft).await?;
    ensure!(calls.len() == 1, "{calls:?}");
    let body = sent_body(&calls)?;
    ensure!(
        body["compositeTemplates"].as_array().map(Vec::len) == Some(2) && body["status"] == "sent",
        "{body}"
    );
    let documents =
        envelope.pointer("/documents").or(envelope.get("envelopeDocuments")).and_then(Value::as_array);
    ensure!(documents.map(Vec::len) == Some(2), "{envelope}");
    let recipients = envelope["recipients"].as_array().context("no recipients")?;
    ensure!(recipients.len() == 2, "{recipients:?}");
    Ok(())
}

async fn options(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let template = portal.template("Loan agreement")?;
    let compose = session.get(&format!("/api/compose?template={template}")).await?.ok()?;
    let own = &compose["template"]["options"];
    ensure!(own["reassign"] == false && own["comments"] == false, "{own}");
    ensure!(own["reminders"] == json!({ "first_after": 3, "then_every": 2 }), "{own}");
    ensure!(own["expiration"] == json!({ "after": 30, "warn_before": 3 }), "{own}");
    let mut draft = session.draft(&template).await?;
    draft["options"] =
        json!({ "reassign": true, "reminders": { "first_after": 5, "then_every": 1, "at_most": 4 } });
    draft["rows"][0]["note"] = json!("Page 2 is new.");
    draft["rows"][0]["access_code"] = json!("4711");
    draft["rows"][0]["language"] = json!("da");
    let (_, calls) = send(&portal, &session, &draft).await?;
    ensure!(calls.len() == 1, "{calls:?}");
    let body = sent_body(&calls)?;
    ensure!(body["allowReassign"] == "true" && body.get("allowComments").is_none(), "{body}");
    let notification = json!({
        "useAccountDefaults": "false",
        "reminders": { "reminderEnabled": "true", "reminderDelay": "5", "reminderFrequency": "1", "maximumReminderCount": "4" },
        // Reminders and expiration are one thing at DocuSign: the template's own is said along.
        "expirations": { "expireEnabled": "true", "expireAfter": "30", "expireWarn": "3" },
    });
    ensure!(body["notification"] == notification, "{}", body["notification"]);
    let recipient = &body["compositeTemplates"][0]["inlineTemplates"][0]["recipients"]["signers"][0];
    ensure!(recipient["note"] == "Page 2 is new." && recipient["accessCode"] == "4711", "{recipient}");
    ensure!(recipient["emailNotification"]["supportedLanguage"] == "da", "{recipient}");
    Ok(())
}

async fn hidden(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let template = portal.template("Onboarding pack")?;
    let compose = session.get(&format!("/api/compose?template={template}")).await?.ok()?;
    let bare = compose.pointer("/template/documents/1/id").context("no second document")?.clone();
    let mut draft = session.draft(&template).await?;
    draft["options"] = json!({ "limit_visibility": true });
    draft["rows"][0]["hidden_documents"] = json!([bare]);
    let (envelope, calls) = send(&portal, &session, &draft).await?;
    ensure!(calls.len() <= 5, "{} calls", calls.len());
    ensure!(envelope["status"] == "sent", "{envelope}");
    let said =
        calls.iter().filter(|call| text(call, "path").is_ok_and(|p| p.ends_with("/document_visibility")));
    let said: Vec<&Value> = said.map(|call| &call["requestBody"]["documentVisibility"]).collect();
    ensure!(said.len() == 1 && said[0].as_array().map(Vec::len) == Some(1), "{said:?}");
    ensure!(said[0][0]["visible"] == "false", "{said:?}");
    let documents = envelope["documents"].as_array().context("no documents")?;
    let second =
        documents.get(1).and_then(|d| d.get("documentId").or(d.get("id"))).context("no second document")?;
    ensure!(said[0][0]["documentId"] == *second, "{said:?} {documents:?}");
    Ok(())
}

async fn fields(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let draft = session.draft(&portal.template("Quote with HubSpot fields")?).await?;
    let (_, calls) = send(&portal, &session, &draft).await?;
    ensure!(calls.len() == 1, "{calls:?}");
    Ok(())
}

async fn allowed(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let compose = format!("/api/compose?template={}", portal.template("Mutual NDA")?);
    let settings = json!({ "settings": {
        "allowSignerReassignOverride": "false", "allowDocumentVisibility": "false", "allowReminders": "false",
    } });
    portal.control(&format!("docusign/accounts/{}", portal.account), settings).await?;
    let told = session(&portal).await?.get(&compose).await?.ok()?;
    let allowed = &told["allowed"];
    for (what, expected) in
        [("reassign", false), ("document_visibility", false), ("reminders", false), ("comments", true)]
    {
        ensure!(allowed[what] == expected, "{what}: {allowed}");
    }
    Ok(())
}

fn ids(page: &Value) -> Vec<String> {
    let list = page.get("templates").and_then(Value::as_array).cloned().unwrap_or_default();
    list.iter().filter_map(|t| t["id"].as_str().map(str::to_owned)).collect()
}

async fn favourites(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let (first, second) = (portal.template("Works order")?, portal.template("Mutual NDA")?);
    let list =
        async || -> Result<Vec<String>> { Ok(ids(&session.get("/api/templates?of=favorites").await?.ok()?)) };
    let before = list().await?;
    for id in [&first, &second, &second] {
        session.put(&format!("/api/templates/{id}/favorite"), &Value::Null).await?.ok()?;
    }
    let after = list().await?;
    ensure!(after.contains(&first) && after.contains(&second), "{after:?}");
    let searched = session.get("/api/templates?of=favorites&q=works").await?.ok()?;
    ensure!(ids(&searched) == [first.clone()] && searched["templates"][0]["favorite"] == true, "{searched}");
    // One that is deleted is passed over.
    portal.control(&format!("docusign/templates/{first}/delete"), json!({})).await?;
    session.delete(&format!("/api/templates/{second}/favorite")).await?.ok()?;
    let mut left = list().await?;
    left.retain(|id| !before.contains(id));
    ensure!(left.is_empty(), "{left:?}");
    let bad = session.put("/api/templates/..%2Fx/favorite", &Value::Null).await?;
    ensure!(bad.status == 404, "{} {}", bad.status, bad.body);
    Ok(())
}

async fn folders(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let folders = session.get("/api/folders").await?.ok()?;
    let list = folders["folders"].as_array().context("no folders")?;
    let depth = |name: &str| list.iter().find(|f| f["name"] == name).and_then(|f| f["depth"].as_u64());
    ensure!(depth("Pilots") > depth("Partners") && depth("Partners") > depth("Sales"), "{folders}");
    let legal = list.iter().find(|f| f["name"] == "Property").context("no folder Property")?;
    let page = session
        .get(&format!("/api/templates?folder={}", legal["id"].as_str().unwrap_or_default()))
        .await?
        .ok()?;
    ensure!(ids(&page).contains(&portal.template("House rules")?), "{page}");
    ensure!(!ids(&page).contains(&portal.template("Mutual NDA")?), "{page}");
    let total = async |of: &str| -> Result<u64> {
        let page = session.get(&format!("/api/templates?of={of}")).await?.ok()?;
        let all = page["templates"].as_array().context("no templates")?;
        ensure!(of.is_empty() || all.iter().all(|t| t["mine"] == (of == "mine")), "{of}: {page}");
        page["total"].as_u64().context("no total")
    };
    let (all, mine, shared) = (total("").await?, total("mine").await?, total("shared").await?);
    ensure!(mine > 0 && shared > 0 && mine + shared == all, "{mine} + {shared} of {all}");

    let draft = session.draft(&portal.template("Works order")?).await?;
    let mut draft = draft;
    for (n, row) in draft["rows"].as_array_mut().context("no rows")?.iter_mut().enumerate() {
        row["name"] = json!(format!("Person {n}"));
        row["email"] = json!(format!("person{n}@fjordlight.example"));
    }
    send(&portal, &session, &draft).await?;
    let used = session.get("/api/templates?by=used").await?.ok()?;
    ensure!(used["templates"][0]["id"] == portal.template("Works order")?, "{}", used["templates"][0]);
    ensure!(used["templates"][0]["used"].is_number(), "{}", used["templates"][0]);
    let bad = session.get("/api/templates?of=everybody").await?;
    ensure!(bad.status == 400, "{} {}", bad.status, bad.body);
    Ok(())
}

async fn thousands(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    portal
        .control(&format!("docusign/accounts/{}/templates", portal.account), json!({ "count": 2440 }))
        .await?;
    let mut cursor = "1900".to_owned();
    let mut seen = 0;
    loop {
        let page = session.get(&format!("/api/templates?cursor={cursor}")).await?.ok()?;
        ensure!(page["total"].as_u64() >= Some(2000), "{}", page["total"]);
        ensure!(!ids(&page).is_empty(), "an empty page");
        seen += ids(&page).len();
        match page["next"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    ensure!(seen == 100, "{seen}");
    let beyond = session.get("/api/templates?cursor=99999").await?.ok()?;
    ensure!(ids(&beyond).is_empty() && beyond["next"].is_null(), "{beyond}");
    let found = session.get("/api/templates?q=Bulk%20template%202440").await?.ok()?;
    ensure!(ids(&found).len() == 1, "search does not reach what the list leaves out: {found}");
    // A folder of its own is a list of its own.
    let more = json!({ "count": 3, "name": "Harbour lease", "folder": "Property" });
    portal.control(&format!("docusign/accounts/{}/templates", portal.account), more).await?;
    let folders = session.get("/api/folders").await?.ok()?;
    let folders = folders["folders"].as_array().context("no folders")?;
    let folder = folders.iter().find(|folder| folder["name"] == "Property").context("no such folder")?;
    let folder = folder["id"].as_str().context("no id")?;
    let found = session.get(&format!("/api/templates?folder={folder}")).await?.ok()?;
    let named = found["templates"].to_string().matches("Harbour lease").count();
    ensure!(named == 3 && found["total"].as_u64() < Some(100), "{found}");
    Ok(())
}

async fn twice(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let nda = portal.template("Mutual NDA")?;
    let draft = session.draft_of(&[&nda, &nda]).await?;
    let answer = session.send(&key(), &draft).await?;
    ensure!(answer.code() == "draft-incomplete", "{} {}", answer.status, answer.body);
    ensure!(answer.body.to_string().contains("template-twice"), "{}", answer.body);
    ensure!(portal.envelopes_at_docusign().await?.is_empty());
    Ok(())
}
