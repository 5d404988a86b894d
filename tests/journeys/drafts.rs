//! Drafts: saved as the rep works, resumed from anywhere, seen by nobody else, and gone when they are sent or deleted.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use journeys::{
    card::Session,
    control::{Answer, Portal, text},
    stand::{Stand, journey},
};
use libtest_mimic::Trial;
use serde_json::{Value, json};

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "wizard::a_draft_is_resumed_from_another_session_and_ends_with_the_send", resumed),
        journey(stand, "wizard::two_windows_do_not_undo_each_other", conflict),
        journey(stand, "wizard::a_deleted_draft_is_gone_and_stays_gone", deleted),
        journey(stand, "wizard::a_draft_says_that_its_template_was_changed", template_changed),
        journey(stand, "wizard::a_role_that_the_template_got_meanwhile_is_a_row_of_the_draft", role_added),
        journey(stand, "wizard::a_person_who_must_be_forgotten_leaves_the_drafts_too", forgotten),
        journey(stand, "bad_input::a_role_that_is_gone_is_told_for_its_row", role_gone),
        journey(stand, "bad_input::a_draft_of_a_deleted_template_says_so", template_deleted),
        journey(stand, "bad_input::a_draft_is_not_found_by_anybody_else", foreign),
        journey(stand, "bad_input::a_draft_with_bad_ids_or_too_large_is_refused", malformed),
        journey(stand, "bad_input::the_two_hundred_and_first_draft_is_refused", too_many),
    ]
}

fn id() -> String {
    uuid::Uuid::new_v4().to_string()
}

fn path(id: &str) -> String {
    format!("/api/drafts/{id}")
}

async fn session(portal: &Portal) -> Result<Session> {
    portal.session("0-3", &portal.deal()?).await
}

async fn drafts(session: &Session) -> Result<Vec<Value>> {
    let panel = session.get("/api/panel").await?.ok()?;
    Ok(panel.get("drafts").and_then(Value::as_array).cloned().unwrap_or_default())
}

fn refused(answer: &Answer, status: u16, code: &str) -> Result<()> {
    ensure!(answer.status == status && answer.code() == code, "{} {}", answer.status, answer.body);
    Ok(())
}

fn version(answer: Answer) -> Result<u64> {
    answer.ok()?.get("version").and_then(Value::as_u64).context("no version")
}

async fn resumed(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let first = session(&portal).await?;
    let mut draft = first.draft(&portal.template("Master services agreement")?).await?;
    let id = id();
    ensure!(version(first.save(&id, &draft, 0).await?)? == 1);
    draft["subject"] = json!("For the fleet");
    ensure!(version(first.save(&id, &draft, 1).await?)? == 2);

    portal.idle().await?;
    let before = portal.vendor_calls().await?.len();
    let second = session(&portal).await?;
    let listed = drafts(&second).await?;
    ensure!(portal.vendor_calls().await?.len() == before, "listing drafts asked a vendor");
    ensure!(listed.len() == 1, "{listed:?}");
    ensure!(listed[0]["template_name"] == "Master services agreement", "{listed:?}");
    ensure!(listed[0]["subject"] == "For the fleet" && listed[0]["handed_over"] == false, "{listed:?}");
    let names: Vec<&Value> = listed[0]["recipients"].as_array().context("no names")?.iter().collect();
    ensure!(names.len() == 2, "{names:?}");

    let opened = second.get(&path(&id)).await?.ok()?;
    ensure!(opened["version"] == 2 && opened["template_changed"] == false, "{opened}");
    ensure!(opened["draft"]["rows"] == draft["rows"] && opened["draft"]["subject"] == "For the fleet");
    ensure!(opened["compose"]["template"]["name"] == "Master services agreement");

    second.send(&id, &opened["draft"]).await?.ok()?;
    ensure!(drafts(&first).await?.is_empty(), "the draft outlived the send");
    refused(&first.get(&path(&id)).await?, 404, "not-found")?;
    // The other window does not bring it back.
    refused(&first.save(&id, &draft, 2).await?, 404, "draft-gone")?;
    refused(&first.save(&id, &draft, 0).await?, 404, "draft-gone")
}

async fn conflict(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let windows = [session(&portal).await?, session(&portal).await?];
    let mut draft = windows[0].draft(&portal.template("Mutual NDA")?).await?;
    let id = id();
    windows[0].save(&id, &draft, 0).await?.ok()?;
    let mut theirs = draft.clone();
    theirs["subject"] = json!("From the second window");
    windows[1].save(&id, &theirs, 1).await?.ok()?;
    draft["subject"] = json!("From the first window");
    refused(&windows[0].save(&id, &draft, 1).await?, 409, "draft-conflict")?;
    refused(&windows[0].save(&id, &draft, 0).await?, 409, "draft-conflict")?;
    let kept = windows[0].get(&path(&id)).await?.ok()?;
    ensure!(kept["draft"]["subject"] == "From the second window" && kept["version"] == 2, "{kept}");
    // A save whose answer got lost is no conflict when it is made again.
    ensure!(version(windows[1].save(&id, &theirs, 1).await?)? == 2);
    ensure!(version(windows[0].save(&id, &draft, 2).await?)? == 3, "keeping one's own");
    Ok(())
}

async fn deleted(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let draft = session.draft(&portal.template("Mutual NDA")?).await?;
    let id = id();
    session.save(&id, &draft, 0).await?.ok()?;
    for _ in 0..2 {
        ensure!(session.delete(&path(&id)).await?.ok()?.is_null());
    }
    ensure!(drafts(&session).await?.is_empty());
    refused(&session.get(&path(&id)).await?, 404, "not-found")?;
    refused(&session.save(&id, &draft, 1).await?, 404, "draft-gone")
}

/// The draft as it is saved by the wizard, with what it knows of the template.
async fn saved(session: &Session, template: &str) -> Result<(String, Value)> {
    let draft = session.draft(template).await?;
    let compose = session.get(&format!("/api/compose?template={template}")).await?.ok()?;
    let modified = compose.pointer("/template/modified").context("no time of change")?;
    let roles = compose.pointer("/template/roles").and_then(Value::as_array).context("no roles")?;
    let roles: Vec<&Value> = roles.iter().map(|role| &role["recipient_id"]).collect();
    let id = id();
    let body = json!({
        "draft": draft, "version": 0, "step": "review", "template_modified": modified, "roles": roles,
    });
    session.put(&path(&id), &body).await?.ok()?;
    Ok((id, draft))
}

async fn template_changed(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let template = portal.template("Master services agreement")?;
    let (id, _) = saved(&session, &template).await?;
    let renamed = json!({ "renameRole": { "from": "Supplier", "to": "Vendor" } });
    portal.control(&format!("docusign/templates/{template}"), renamed).await?;
    let opened = session.get(&path(&id)).await?.ok()?;
    ensure!(opened["template_changed"] == true && opened["step"] == "review", "{opened}");
    ensure!(opened["compose"]["template"]["roles"][1]["role_name"] == "Vendor", "{opened}");
    // The row is still that role's, under its new name.
    session.send(&id, &opened["draft"]).await?.ok()?;
    let envelope = portal.envelopes_at_docusign().await?.pop().context("nothing was sent")?;
    let sent = portal.look(&format!("docusign/envelopes/{envelope}")).await?;
    ensure!(sent.to_string().contains("Vendor"), "{sent}");
    Ok(())
}

async fn role_added(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let template = portal.template("Works order")?;
    let (id, mut draft) = saved(&session, &template).await?;
    // One role was dropped by the rep, and stays so.
    let rows = draft["rows"].as_array_mut().context("no rows")?;
    let last = rows.pop().context("no row")?;
    let people = rows.clone();
    let known = session.get(&path(&id)).await?.ok()?;
    let roles = known.pointer("/compose/template/roles").and_then(Value::as_array).context("no roles")?;
    let roles: Vec<&Value> = roles.iter().map(|role| &role["recipient_id"]).collect();
    let body = json!({
        "draft": draft, "version": 1, "step": "review", "roles": roles,
        "template_modified": known.pointer("/compose/template/modified"),
    });
    session.put(&path(&id), &body).await?.ok()?;
    let same = session.get(&path(&id)).await?.ok()?;
    ensure!(same["draft"]["rows"] == draft["rows"], "changed for no reason: {same}");
    let added = json!({ "addRole": { "name": "Site manager", "routingOrder": 9 } });
    portal.control(&format!("docusign/templates/{template}"), added).await?;
    let opened = session.get(&path(&id)).await?.ok()?;
    ensure!(opened["template_changed"] == true, "{opened}");
    let rows = opened.pointer("/draft/rows").and_then(Value::as_array).context("no rows")?;
    let (new, kept) = rows.split_last().context("no rows")?;
    ensure!(kept == people && new["role"] != last["role"], "{opened}");
    let roles = opened.pointer("/compose/template/roles").and_then(Value::as_array).context("no roles")?;
    ensure!(
        roles.iter().any(|role| role["recipient_id"] == new["role"] && role["role_name"] == "Site manager")
    );
    ensure!(new["name"] == "" && new["email"] == "", "{new}");
    let answer = session.send(&id, &opened["draft"]).await?;
    refused(&answer, 422, "draft-incomplete")
}

async fn forgotten(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let template = portal.template("Master services agreement")?;
    let (id, draft) = saved(&session, &template).await?;
    let contact = draft.pointer("/rows/0/contact_id").and_then(Value::as_str).context("no contact")?;
    let (name, email) = (text(&draft["rows"][0], "name")?, text(&draft["rows"][0], "email")?);
    // A draft of the person's own record, and one whose documents are at DocuSign.
    let own = portal.session("0-1", contact).await?;
    let (own_id, _) = saved(&own, &template).await?;
    own.say(reqwest::Method::POST, &format!("{}/documents", path(&own_id)), Some(&Value::Null))
        .await?
        .ok()?;
    ensure!(portal.envelopes_at_docusign().await?.len() == 1);

    let event = json!({ "subscriptionType": "contact.privacyDeletion", "objectId": contact.parse::<u64>()? });
    let told = json!({ "portalId": portal.id, "events": [event] });
    ensure!(portal.control("hubspot/webhook", told.clone()).await?["status"] == 200);
    let listed = Value::Array(drafts(&session).await?).to_string();
    ensure!(listed.contains(&id) && !listed.contains(&name), "{listed}");
    let opened = session.get(&path(&id)).await?.ok()?;
    let (mine, others) = (&opened["draft"]["rows"][0], &opened["draft"]["rows"][1]);
    ensure!(mine["name"] == "" && mine["email"] == "" && mine["contact_id"].is_null(), "{mine}");
    ensure!(others == &draft["rows"][1], "somebody else was forgotten: {others}");
    ensure!(!opened["draft"].to_string().contains(&email), "{opened}");
    // A window that was open does not bring them back unasked.
    refused(&session.save(&id, &draft, 1).await?, 409, "draft-conflict")?;
    refused(&own.get(&path(&own_id)).await?, 404, "not-found")?;
    ensure!(portal.envelopes_at_docusign().await?.is_empty(), "a draft is left at DocuSign");
    // HubSpot says it again.
    ensure!(portal.control("hubspot/webhook", told).await?["status"] == 200);
    Ok(())
}

async fn role_gone(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let template = portal.template("Master services agreement")?;
    let (id, draft) = saved(&session, &template).await?;
    portal.control(&format!("docusign/templates/{template}"), json!({ "removeRole": "Supplier" })).await?;
    let opened = session.get(&path(&id)).await?.ok()?;
    ensure!(opened["template_changed"] == true, "{opened}");
    ensure!(opened["draft"]["rows"] == draft["rows"], "rows are not taken away behind the rep's back");
    let answer = session.send(&id, &opened["draft"]).await?;
    refused(&answer, 422, "draft-incomplete")?;
    ensure!(answer.body["problems"][0] == json!({ "problem": "unknown-role", "row": 1 }), "{}", answer.body);
    ensure!(portal.envelopes_at_docusign().await?.is_empty());
    Ok(())
}

async fn template_deleted(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let template = portal.template("Mutual NDA")?;
    let (id, _) = saved(&session, &template).await?;
    portal.control(&format!("docusign/templates/{template}/delete"), json!({})).await?;
    refused(&session.get(&path(&id)).await?, 422, "template-gone")?;
    ensure!(drafts(&session).await?.len() == 1, "it is still there to be deleted");
    session.delete(&path(&id)).await?.ok()?;
    ensure!(drafts(&session).await?.is_empty());
    Ok(())
}

/// Another user, another record, another portal: the same answer as for a draft that never was.
async fn foreign(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let owner = session(&portal).await?;
    let draft = owner.draft(&portal.template("Mutual NDA")?).await?;
    let id = id();
    owner.save(&id, &draft, 0).await?.ok()?;
    let elsewhere = Portal::connected(&stand).await?;
    let contact = text(portal.told.pointer("/hubspot/contacts").context("no contacts")?, "Ann Lee")?;
    let others = [
        ("user", portal.session_of(&portal.user(1), "0-3", &portal.deal()?).await?),
        ("record", portal.session("0-1", &contact).await?),
        ("portal", session(&elsewhere).await?),
    ];
    for (who, other) in others {
        ensure!(drafts(&other).await?.is_empty(), "another {who} lists it");
        let answer = other.get(&path(&id)).await?;
        refused(&answer, 404, "not-found").with_context(|| format!("another {who}"))?;
        other.delete(&path(&id)).await?.ok()?;
        if who == "record" {
            refused(&other.save(&id, &draft, 1).await?, 404, "not-found")?;
        }
    }
    ensure!(owner.get(&path(&id)).await?.ok()?["version"] == 1, "somebody else changed it");
    Ok(())
}

async fn malformed(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let mut draft = session.draft(&portal.template("Mutual NDA")?).await?;
    refused(&session.save("not-a-uuid", &draft, 0).await?, 404, "not-found")?;
    refused(&session.put(&path(&id()), &json!({ "version": 0 })).await?, 400, "bad-request")?;
    let good = draft["template_id"].clone();
    draft["template_id"] = json!("../x");
    refused(&session.save(&id(), &draft, 0).await?, 400, "bad-request")?;
    draft["template_id"] = good.clone();
    draft["added_templates"] = Value::Array(vec![good; 10]);
    refused(&session.save(&id(), &draft, 0).await?, 400, "bad-request")?;
    draft["added_templates"] = json!([]);
    draft["message"] = json!("é".repeat(300_000));
    refused(&session.save(&id(), &draft, 0).await?, 413, "too-large")?;
    ensure!(drafts(&session).await?.is_empty());
    Ok(())
}

async fn too_many(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let session = session(&portal).await?;
    let draft = session.draft(&portal.template("Mutual NDA")?).await?;
    for _ in 0..200 {
        session.save(&id(), &draft, 0).await?.ok()?;
    }
    refused(&session.save(&id(), &draft, 0).await?, 409, "too-many-drafts")
}
