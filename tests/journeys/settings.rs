//! The settings without a browser: every paragraph of them, and what must be refused.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use journeys::{
    card::Session,
    control::{Answer, Portal, call, client, text},
    robot::Robot,
    stand::{Stand, eventually, journey},
    wire,
};
use libtest_mimic::Trial;
use reqwest::Method;
use serde_json::{Value, json};

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "settings::an_admin_sees_connection_and_users_and_others_see_their_own", overview),
        journey(stand, "settings::another_account_is_used_from_now_on_and_what_is_under_way_stays", switch),
        journey(stand, "settings::a_connection_ends_without_a_trace_and_begins_again", disconnect),
        journey(stand, "settings::a_dead_connection_is_told_to_user_and_admin", dead),
        journey(stand, "settings::a_key_of_the_portals_own_signs_until_it_is_removed", keys),
        journey(stand, "settings::a_key_that_is_empty_or_has_spaces_is_refused", bad_keys),
        journey(stand, "settings::a_mapping_fills_a_field_from_the_company_of_a_deal", mapped),
        journey(stand, "settings::two_admins_who_save_at_once_do_not_overwrite_each_other", conflict),
        journey(stand, "settings::a_mapping_that_cannot_work_is_refused_with_the_reason", refused_mappings),
        journey(stand, "settings::mappings_leave_and_come_back_as_a_file", file),
        journey(stand, "settings::hubspot_fields_are_made_once_and_nothing_is_deleted", hs_fields),
        journey(stand, "settings::without_the_right_no_field_is_made_and_all_else_works", no_right),
        journey(stand, "settings::preferences_and_language_are_kept", preferences),
        journey(stand, "settings::what_was_changed_is_in_the_list_and_in_the_file", audit),
        journey(stand, "settings::a_portal_whose_scope_is_missing_is_told_so", missing_scope),
    ]
}

async fn admin(stand: &Stand) -> Result<(Portal, Session)> {
    let portal = Portal::connected(stand).await?;
    let session = portal.settings(&portal.rep()).await?;
    Ok((portal, session))
}

fn at<'v>(value: &'v Value, path: &str) -> &'v Value {
    value.pointer(path).unwrap_or(&Value::Null)
}

fn list<'v>(value: &'v Value, path: &str) -> Result<&'v Vec<Value>> {
    at(value, path).as_array().with_context(|| format!("no list at {path}: {value}"))
}

fn refused(answer: &Answer, status: u16, code: &str) -> Result<()> {
    ensure!(answer.status == status && answer.code() == code, "answered {} {}", answer.status, answer.body);
    Ok(())
}

/// Another HubSpot user of the portal connects a DocuSign user.
async fn connect(portal: &Portal, session: &Session, docusign_user: usize) -> Result<()> {
    let url = text(&session.post("/api/connect", &Value::Null).await?.ok()?, "url")?;
    let mut robot = Robot::default();
    let login = robot.get(&url).await?;
    let email = text(at(&portal.told, &format!("/docusign/users/{docusign_user}")), "email")?;
    let consent = robot.fill_and_press(&login, &[("email", &email)], "Log in").await?;
    let landed = robot.press(&consent, "Allow access").await?;
    ensure!(landed.status == 200 && landed.url.as_str().starts_with(&portal.worker), "{}", landed.url);
    Ok(())
}

async fn overview(stand: Arc<Stand>) -> Result<()> {
    let (portal, session) = admin(&stand).await?;
    ensure!(at(&session.opened, "/record").is_null() && at(&session.opened, "/view") == "settings");
    let settings = session.get("/api/settings").await?.ok()?;
    ensure!(at(&settings, "/you/admin/admin") == "yes", "{settings}");
    ensure!(at(&settings, "/you/connection/state") == "connected", "{settings}");
    ensure!(at(&settings, "/you/todo") == &json!([]), "{settings}");
    let users = session.get("/api/settings/users").await?.ok()?;
    ensure!(at(&users, "/total") == 1 && at(&users, "/users/0/you") == true, "{users}");
    // A second user, who is no admin, sees their own and no more.
    let rep = portal.settings(&portal.user(1)).await?;
    let own = rep.get("/api/settings").await?.ok()?;
    ensure!(at(&own, "/you/admin/admin") == "no" && at(&own, "/you/todo") == &json!(["connect"]), "{own}");
    refused(&rep.get("/api/settings/users").await?, 403, "not-admin")?;
    connect(&portal, &rep, 1).await?;
    let checked = rep.post("/api/settings/check", &Value::Null).await?.ok()?;
    ensure!(at(&checked, "/you/connection/state") == "connected", "{checked}");
    let users = session.get("/api/settings/users").await?.ok()?;
    ensure!(at(&users, "/total") == 2, "{users}");
    // The admin names one for automation; somebody who has none cannot be it.
    let choose = |user: Value| json!({ "user": user });
    let path = "/api/settings/automation";
    session.say(Method::PUT, path, Some(&choose(portal.user(1).into()))).await?.ok()?;
    let stranger = session.say(Method::PUT, path, Some(&choose(portal.user(2).into()))).await?;
    refused(&stranger, 404, "not-found")?;
    let own = rep.get("/api/settings").await?.ok()?;
    ensure!(at(&own, "/you/standing/automation") == true, "{own}");
    // A session of a record has no settings, and one of the settings no record.
    let panel = portal.session("0-3", &portal.deal()?).await?;
    refused(&panel.get("/api/settings").await?, 404, "not-found")?;
    refused(&session.get("/api/panel").await?, 404, "not-found")?;
    session.get("/api/templates").await?.ok()?;
    Ok(())
}

async fn switch(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let rep = portal.settings(&portal.user(1)).await?;
    connect(&portal, &rep, 1).await?;
    let before = rep.get("/api/settings").await?.ok()?;
    let accounts = list(&before, "/you/connection/accounts")?.clone();
    ensure!(accounts.len() == 2, "{before}");
    let in_use = at(&before, "/you/connection/account_id").clone();
    let deal = portal.session_of(&portal.user(1), "0-3", &portal.deal()?).await?;
    let draft = deal.draft(&portal.template("Mutual NDA")?).await?;
    deal.send(&uuid::Uuid::new_v4().to_string(), &draft).await?.ok()?;
    let before = rep.get("/api/settings").await?.ok()?;
    ensure!(at(&before, "/you/standing/open_envelopes") == 1, "{before}");
    let other = accounts.iter().map(|a| &a["id"]).find(|id| **id != in_use).context("no other account")?;
    let path = "/api/settings/account";
    let unknown = rep.say(Method::PUT, path, Some(&json!({ "account_id": "elsewhere" }))).await?;
    refused(&unknown, 409, "account-unknown")?;
    let after = rep.say(Method::PUT, path, Some(&json!({ "account_id": other }))).await?.ok()?;
    ensure!(at(&after, "/you/connection/account_id") == other, "{after}");
    let panel = deal.get("/api/panel").await?.ok()?;
    ensure!(at(&panel, "/total") == 1, "the envelope is gone: {panel}");
    // What is listed from now on is the other account's.
    let templates = rep.get("/api/templates").await?.ok()?;
    ensure!(at(&templates, "/total") == 6, "{templates}");
    let chosen = rep.say(Method::PUT, path, Some(&json!({ "account_id": in_use }))).await?.ok()?;
    ensure!(at(&chosen, "/you/standing/open_envelopes") == 1, "{chosen}");
    Ok(())
}

async fn disconnect(stand: Arc<Stand>) -> Result<()> {
    let (portal, session) = admin(&stand).await?;
    let rep = portal.settings(&portal.user(1)).await?;
    connect(&portal, &rep, 1).await?;
    let theirs = format!("/api/settings/connections/{}", portal.rep());
    refused(&rep.say(Method::DELETE, &theirs, None).await?, 403, "not-admin")?;
    let path = format!("/api/settings/connections/{}", portal.user(1));
    let gone = session.say(Method::DELETE, &path, None).await?.ok()?;
    ensure!(at(&gone, "/user") == &json!(portal.user(1)), "{gone}");
    refused(&session.say(Method::DELETE, &path, None).await?, 404, "not-found")?;
    refused(&rep.get("/api/templates").await?, 409, "not-connected")?;
    let own = rep.get("/api/settings").await?.ok()?;
    ensure!(
        at(&own, "/you/connection/state") == "not-connected" && at(&own, "/you/standing").is_null(),
        "{own}"
    );
    let users = session.get("/api/settings/users").await?.ok()?;
    ensure!(at(&users, "/total") == 1, "{users}");
    // And again, at once: nothing of the old connection is in the way.
    connect(&portal, &rep, 2).await?;
    rep.get("/api/templates").await?.ok()?;
    let me = rep.say(Method::DELETE, "/api/settings/connections/me", None).await?.ok()?;
    ensure!(at(&me, "/open_envelopes") == 0, "{me}");
    refused(&rep.say(Method::DELETE, "/api/settings/connections/..%2f", None).await?, 404, "not-found")
}

async fn dead(stand: Arc<Stand>) -> Result<()> {
    let (portal, session) = admin(&stand).await?;
    let rep = portal.settings(&portal.user(1)).await?;
    connect(&portal, &rep, 1).await?;
    let user = text(at(&portal.told, "/docusign/users/1"), "userId")?;
    portal.control("docusign/tokens/expire", json!({ "userId": user, "refresh": true })).await?;
    refused(&rep.get("/api/templates").await?, 409, "must-reconnect")?;
    let own = rep.get("/api/settings").await?.ok()?;
    ensure!(at(&own, "/you/todo") == &json!(["reconnect"]), "{own}");
    let users = session.get("/api/settings/users").await?.ok()?;
    ensure!(at(&users, "/users/0/todo") == &json!(["reconnect"]), "{users}");
    ensure!(at(&users, "/users/0/user") == &json!(portal.user(1)), "{users}");
    Ok(())
}

async fn deliver(portal: &Portal, key: &str) -> Result<Answer> {
    let body = json!({
        "event": "envelope-completed", "apiVersion": "v2.1", "retryCount": 0,
        "generatedDateTime": "2036-11-23T12:00:00.0000000Z",
        "data": { "accountId": portal.account, "userId": "u", "envelopeId": uuid::Uuid::new_v4().to_string() },
    })
    .to_string();
    let url = format!("{}/docusign/connect/{}", portal.worker, portal.id);
    let signature = wire::connect(key, body.as_bytes());
    call(client().post(url).header("X-DocuSign-Signature-1", signature).body(body)).await
}

async fn keys(stand: Arc<Stand>) -> Result<()> {
    let (portal, session) = admin(&stand).await?;
    let none = session.get("/api/settings/keys").await?.ok()?;
    ensure!(at(&none, "/keys") == &json!([]), "{none}");
    let path = format!("/api/settings/keys/{}", uuid::Uuid::new_v4());
    let made = session.say(Method::PUT, &path, Some(&json!({ "label": "Made here" }))).await?.ok()?;
    let secret = text(&made, "secret")?;
    ensure!(secret.len() == 44 && secret.ends_with(&text(at(&made, "/key"), "end")?), "{made}");
    // The same call again, as after a lost answer, does not tell it once more.
    let again = session.say(Method::PUT, &path, Some(&json!({ "label": "Made here" }))).await?.ok()?;
    ensure!(at(&again, "/secret").is_null(), "{again}");
    let pasted = "pasted+Key/of+DocuSign0000000000000000000000=";
    let other = format!("/api/settings/keys/{}", uuid::Uuid::new_v4());
    let added =
        session.say(Method::PUT, &other, Some(&json!({ "label": "Pasted", "key": pasted }))).await?.ok()?;
    ensure!(at(&added, "/secret").is_null(), "{added}");
    eventually("both keys sign", || async {
        let both = [deliver(&portal, &secret).await?, deliver(&portal, pasted).await?];
        Ok(both.iter().all(|answer| answer.status == 200).then_some(()))
    })
    .await?;
    refused(&deliver(&portal, "somebody else's key").await?, 401, "unauthorized")?;
    let list = session.get("/api/settings/keys").await?.ok()?;
    ensure!(
        !list.to_string().contains(&secret) && !list.to_string().contains(pasted),
        "a key is shown: {list}"
    );
    let seen = at(&list, "/keys").as_array().context("no keys")?;
    ensure!(seen.len() == 2 && seen.iter().all(|key| key["last_valid"].is_number()), "{list}");
    let signed: Vec<&Value> = at(&list, "/deliveries").as_array().context("none")?.iter().collect();
    let by = |name: &str| signed.iter().filter(|d| d.pointer("/signed/by") == Some(&json!(name))).count();
    ensure!(by("portal") >= 2 && by("nobody") >= 1, "{list}");
    // Removed: refused from this moment on, whatever a copy nearby still says.
    session.say(Method::DELETE, &path, None).await?.ok()?;
    refused(&deliver(&portal, &secret).await?, 401, "unauthorized")?;
    let still = deliver(&portal, pasted).await?;
    ensure!(still.status == 200, "the other key was removed, too: {}", still.body);
    Ok(())
}

async fn bad_keys(stand: Arc<Stand>) -> Result<()> {
    let (_, session) = admin(&stand).await?;
    let path = || format!("/api/settings/keys/{}", uuid::Uuid::new_v4());
    for (label, key, field) in [
        ("Good", "", "key"),
        ("Good", "has a space in the middle of it", "key"),
        ("Good", " 3sEcReTk3yForTests0000000000000000000000000=", "key"),
        ("", "3sEcReTk3yForTests0000000000000000000000000=", "label"),
    ] {
        let answer = session.say(Method::PUT, &path(), Some(&json!({ "label": label, "key": key }))).await?;
        refused(&answer, 422, "key-refused")?;
        ensure!(at(&answer.body, "/field") == field, "{}", answer.body);
    }
    let no_id = session.say(Method::PUT, "/api/settings/keys/none", Some(&json!({ "label": "x" }))).await?;
    refused(&no_id, 400, "bad-request")?;
    for n in 0..10 {
        session.say(Method::PUT, &path(), Some(&json!({ "label": n.to_string() }))).await?.ok()?;
    }
    let eleventh = session.say(Method::PUT, &path(), Some(&json!({ "label": "one more" }))).await?;
    refused(&eleventh, 409, "too-many-keys")
}

const QUOTE: &str = "Quote with HubSpot fields";

async fn mappings(session: &Session) -> Result<(u64, Vec<Value>)> {
    let set = session.get("/api/settings/mappings").await?.ok()?;
    Ok((set["version"].as_u64().context("no version")?, list(&set, "/mappings")?.clone()))
}

async fn save(session: &Session, version: u64, mappings: &[Value]) -> Result<Answer> {
    let body = json!({ "version": version, "mappings": mappings });
    session.say(Method::PUT, "/api/settings/mappings", Some(&body)).await
}

async fn mapped(stand: Arc<Stand>) -> Result<()> {
    let (portal, session) = admin(&stand).await?;
    let (version, mut all) = mappings(&session).await?;
    let record = format!("0-3:{}", portal.deal()?);
    let tried = |mappings: Value| {
        let body = json!({ "record": record, "templates": [portal.template(QUOTE).unwrap_or_default()],
            "mappings": mappings });
        let session = session.clone();
        async move { session.post("/api/settings/mappings/try", &body).await?.ok() }
    };
    let value = |tried: &Value, name: &str| -> Result<Value> {
        let found = list(tried, "/fields")?.iter().find(|field| field["name"] == name).cloned();
        found.with_context(|| format!("no field {name}: {tried}"))
    };
    let before = tried(Value::Null).await?;
    let name = value(&before, "HS Company name")?;
    ensure!(name["state"] == "filled" && name["source"]["via"] == "company", "{name}");
    // Another property for the same field: tried first, then saved.
    let ours = all.iter_mut().find(|m| m["id"] == "default-deals-hs_company_name").context("no default")?;
    ours["property"] = json!({ "via": "owner", "name": "email" });
    let not_yet = tried(json!(all)).await?;
    let owner = value(&not_yet, "HS Company name")?;
    ensure!(owner["value"].as_str().is_some_and(|v| v.contains('@')), "{owner}");
    ensure!(value(&tried(Value::Null).await?, "HS Company name")? == name, "it was saved by trying");
    save(&session, version, &all).await?.ok()?;
    let saved = value(&tried(Value::Null).await?, "HS Company name")?;
    ensure!(saved["value"] == owner["value"], "{saved}");
    // And it is what the wizard gets.
    let deal = portal.session("0-3", &portal.deal()?).await?;
    let compose = deal.get(&format!("/api/compose?template={}", portal.template(QUOTE)?)).await?.ok()?;
    let merged = list(&compose, "/merge")?.iter().find(|f| f["name"] == "HS Company name").context("gone")?;
    ensure!(merged["value"] == owner["value"], "{merged}");
    let (version, _) = mappings(&session).await?;
    let reset = session
        .say(Method::DELETE, &format!("/api/settings/mappings?version={version}"), None)
        .await?
        .ok()?;
    ensure!(at(&reset, "/default") == true, "{reset}");
    Ok(())
}

async fn conflict(stand: Arc<Stand>) -> Result<()> {
    let (portal, session) = admin(&stand).await?;
    let other = portal.settings(&portal.rep()).await?;
    let (version, all) = mappings(&session).await?;
    let saves = futures_util::future::join(save(&session, version, &all), save(&other, version, &all)).await;
    let statuses = [saves.0?.status, saves.1?.status];
    ensure!(statuses.contains(&200) && statuses.contains(&409), "answered {statuses:?}");
    refused(&save(&other, version, &all).await?, 409, "settings-conflict")?;
    let preferences = |version: u64| json!({ "version": version, "preferences": { "retention_days": 90 } });
    let path = "/api/settings/preferences";
    session.say(Method::PUT, path, Some(&preferences(0))).await?.ok()?;
    refused(&other.say(Method::PUT, path, Some(&preferences(0))).await?, 409, "settings-conflict")
}

async fn refused_mappings(stand: Arc<Stand>) -> Result<()> {
    let (_, session) = admin(&stand).await?;
    let (version, _) = mappings(&session).await?;
    let mapping = |id: &str, field: Value, property: &str, direction: &str| {
        json!({ "id": id, "object": "deal", "field": field, "direction": direction,
            "property": { "via": "record", "name": property } })
    };
    let account = |name: &str| json!({ "of": "account", "name": name });
    let label = |label: &str, kind: &str| json!({ "of": "template", "label": label, "kind": kind });
    let amount = mapping("a", account("HS Deal amount"), "amount", "to-docusign");
    for (set, flaw) in [
        (
            vec![amount.clone(), mapping("b", account("hs deal AMOUNT"), "dealname", "to-docusign")],
            "duplicate-field",
        ),
        (vec![mapping("a", label("x", "date"), "amount", "to-docusign")], "cannot-send"),
        (vec![mapping("a", label("x", "text"), "amount", "to-hubspot")], "cannot-write-back"),
        (vec![mapping("a", label("x", "text"), "no_such_thing", "to-docusign")], "unknown-property"),
        (vec![mapping("a", label("x", "text"), "hs_object_id", "to-hubspot")], "read-only"),
        (vec![mapping("", account("HS Deal amount"), "amount", "to-docusign")], "malformed"),
        (
            vec![
                mapping("a", label("x", "text"), "dealname", "to-docusign"),
                mapping("b", label("x", "text"), "description", "to-hubspot"),
                mapping("c", label("y", "text"), "description", "to-docusign"),
                mapping("d", label("y", "text"), "dealname", "to-hubspot"),
            ],
            "loop",
        ),
    ] {
        let answer = save(&session, version, &set).await?;
        refused(&answer, 422, "mapping-refused").with_context(|| format!("for {flaw}"))?;
        let flaws = list(&answer.body, "/mappings")?;
        ensure!(flaws.iter().any(|found| found["flaw"] == flaw), "{flaw}: {}", answer.body);
    }
    save(&session, version, &[amount]).await?.ok()?;
    Ok(())
}

async fn file(stand: Arc<Stand>) -> Result<()> {
    let (portal, session) = admin(&stand).await?;
    let exported = session.get("/api/settings/mappings/export").await?.ok()?;
    ensure!(at(&exported, "/portal_id") == &json!(portal.id.parse::<u64>()?), "{exported}");
    let import = |version: u64, file: Value| {
        let session = session.clone();
        async move { session.post(&format!("/api/settings/mappings/import?version={version}"), &file).await }
    };
    let mut one = exported.clone();
    one["mappings"] = json!([exported["mappings"][0]]);
    let set = import(0, one.clone()).await?.ok()?;
    ensure!(list(&set, "/mappings")?.len() == 1 && at(&set, "/version") == 1, "{set}");
    refused(&import(0, one.clone()).await?, 409, "settings-conflict")?;
    let changed = |path: &str, value: Value| {
        let mut file = exported.clone();
        if let Some(place) = file.pointer_mut(path) {
            *place = value;
        }
        file
    };
    let other = import(1, changed("/portal_id", json!(7))).await?;
    refused(&other, 422, "import-other-portal")?;
    let broken = import(1, changed("/mappings/3/object", json!("ticket"))).await?;
    refused(&broken, 422, "import-refused")?;
    ensure!(at(&broken.body, "/field") == "mappings[3]", "{}", broken.body);
    refused(&import(1, json!("text")).await?, 422, "import-refused")?;
    refused(&import(1, json!({ "format": "x".repeat(300_000) })).await?, 413, "too-large")?;
    let (version, all) = mappings(&session).await?;
    ensure!(version == 1 && all.len() == 1, "something was changed");
    Ok(())
}

async fn definitions(portal: &Portal) -> Result<Vec<Value>> {
    let state = portal.look("state").await?;
    let text = state.to_string();
    ensure!(text.contains("docusign"), "no state");
    let calls = portal
        .requests(&format!("vendor=docusign&accountId={}&path=*/tab_definitions", portal.account))
        .await?;
    Ok(calls)
}

async fn hs_fields(stand: Arc<Stand>) -> Result<()> {
    let (portal, session) = admin(&stand).await?;
    // Made when the first administrator connected.
    let fields = session.get("/api/settings/hs-fields").await?.ok()?;
    let outcome = |report: &Value, outcome: &str| -> Result<usize> {
        Ok(list(report, "/lines")?
            .iter()
            .filter(|l| l.pointer("/outcome/outcome") == Some(&json!(outcome)))
            .count())
    };
    let last = at(&fields, "/last");
    ensure!(outcome(last, "created")? > 0 && outcome(last, "kept")? > 0, "{fields}");
    ensure!(outcome(last, "failed")? == 0, "{fields}");
    // Again: everything is there, in whatever capitals.
    let again = session.post("/api/settings/hs-fields", &json!({})).await?.ok()?;
    ensure!(outcome(&again, "created")? == 0, "made twice: {again}");
    let add = json!({ "add": [{ "object": "deal", "property": "dealstage" }] });
    let more = session.post("/api/settings/hs-fields", &add).await?.ok()?;
    ensure!(outcome(&more, "created")? == 1, "{more}");
    let unknown = json!({ "add": [{ "object": "deal", "property": "no_such_thing" }] });
    refused(&session.post("/api/settings/hs-fields", &unknown).await?, 400, "bad-request")?;
    let deleted = definitions(&portal).await?.into_iter().filter(|call| call["method"] == "DELETE").count();
    ensure!(deleted == 0, "something was deleted");
    let listed = session.get("/api/settings/fields").await?.ok()?;
    let names: Vec<&str> = list(&listed, "/fields")?.iter().filter_map(|f| f["name"].as_str()).collect();
    let mut once: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    once.dedup();
    ensure!(once.len() == names.len() && names.contains(&"HS Owner email"), "{names:?}");
    Ok(())
}

async fn no_right(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::fresh(&stand).await?;
    let user = text(at(&portal.told, "/docusign/users/0"), "userId")?;
    portal.control(&format!("docusign/users/{user}"), json!({ "isAdmin": false })).await?;
    let mut robot = Robot::default();
    let install = format!("{}/oauth/hubspot/install?portalId={}", portal.worker, portal.id);
    let consent = robot.get(&install).await?;
    let login = robot.press(&consent, "Connect app").await?;
    portal.agree_at_docusign(&mut robot, &login).await?;
    let session = portal.settings(&portal.rep()).await?;
    let report = session.post("/api/settings/hs-fields", &json!({})).await?.ok()?;
    let failed =
        list(&report, "/lines")?.iter().find(|l| l.pointer("/outcome/outcome") == Some(&json!("failed")));
    let code = failed.and_then(|line| line.pointer("/outcome/code")).cloned();
    ensure!(code == Some(json!("docusign-no-permission")), "{report}");
    let deal = portal.session("0-3", &portal.deal()?).await?;
    let draft = deal.draft(&portal.template("Mutual NDA")?).await?;
    deal.send(&uuid::Uuid::new_v4().to_string(), &draft).await?.ok()?;
    Ok(())
}

async fn preferences(stand: Arc<Stand>) -> Result<()> {
    let (portal, session) = admin(&stand).await?;
    let path = "/api/settings/preferences";
    let good = json!({ "reminders": { "first_after": 3, "then_every": 2 }, "expiration": { "after": 30, "warn_before": 3 },
        "notes": ["completed"], "file_signed": false, "retention_days": 365 });
    let bad = json!({ "expiration": { "after": 0, "warn_before": 0 } });
    let answer = session.say(Method::PUT, path, Some(&json!({ "version": 0, "preferences": bad }))).await?;
    refused(&answer, 400, "bad-request")?;
    ensure!(at(&answer.body, "/field") == "expiration", "{}", answer.body);
    session.say(Method::PUT, path, Some(&json!({ "version": 0, "preferences": good }))).await?.ok()?;
    let settings = session.get("/api/settings").await?.ok()?;
    ensure!(at(&settings, "/preferences/retention_days") == 365, "{settings}");
    // The wizard begins with them where the template has none of its own; the sandbox's have, and are left alone.
    let deal = portal.session("0-3", &portal.deal()?).await?;
    let compose =
        deal.get(&format!("/api/compose?template={}", portal.template("Mutual NDA")?)).await?.ok()?;
    ensure!(at(&compose, "/options") == &json!({}), "{compose}");
    // A language of one's own goes before HubSpot's, from the next session on.
    let language = |language: Value| json!({ "language": language });
    session.say(Method::PUT, "/api/settings/language", Some(&language("da".into()))).await?.ok()?;
    let next = portal.settings(&portal.rep()).await?;
    ensure!(at(&next.opened, "/locale") == "da", "{}", next.opened);
    session.say(Method::PUT, "/api/settings/language", Some(&language(Value::Null))).await?.ok()?;
    let next = portal.settings(&portal.rep()).await?;
    ensure!(at(&next.opened, "/locale") == "en", "{}", next.opened);
    let odd = session.say(Method::PUT, "/api/settings/language", Some(&language("<script>".into()))).await?;
    refused(&odd, 400, "bad-request")
}

async fn audit(stand: Arc<Stand>) -> Result<()> {
    let (_, session) = admin(&stand).await?;
    let path = format!("/api/settings/keys/{}", uuid::Uuid::new_v4());
    let made = session.say(Method::PUT, &path, Some(&json!({ "label": "=HYPERLINK()" }))).await?.ok()?;
    let secret = text(&made, "secret")?;
    let page = session.get("/api/settings/audit").await?.ok()?;
    let actions: Vec<&str> = list(&page, "/entries")?.iter().filter_map(|e| e["action"].as_str()).collect();
    ensure!(actions.starts_with(&["key-added"]), "{actions:?}");
    ensure!(actions.contains(&"installed") && actions.contains(&"connected"), "{actions:?}");
    ensure!(!page.to_string().contains(&secret), "the key is in the list");
    let one = session.get("/api/settings/audit?action=connected").await?.ok()?;
    ensure!(list(&one, "/entries")?.len() == 1, "{one}");
    let none = session.get("/api/settings/audit?to=1").await?.ok()?;
    ensure!(list(&none, "/entries")?.is_empty(), "{none}");
    refused(&session.get("/api/settings/audit?action=nonsense").await?, 400, "bad-request")?;
    let csv = session.get("/api/settings/audit.csv").await?.ok()?;
    let csv = csv.as_str().context("no text")?;
    ensure!(csv.starts_with("time,user,email,action,about\r\n"), "{csv}");
    ensure!(csv.contains("\"'=HYPERLINK()") && !csv.contains(&secret), "{csv}");
    Ok(())
}

async fn missing_scope(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    portal
        .fault(json!({ "vendor": "hubspot", "portalId": portal.id, "path": "/settings/users/*", "count": 9,
            "effect": { "status": 403, "body": { "status": "error", "category": "MISSING_SCOPES",
                "message": "This app hasn't been granted all required scopes", "correlationId": "c" } } }))
        .await?;
    let session = portal.settings(&portal.rep()).await?;
    let settings = session.get("/api/settings").await?.ok()?;
    ensure!(
        at(&settings, "/you/admin") == &json!({ "admin": "unknown", "code": "hubspot-missing-scope" }),
        "{settings}"
    );
    refused(&session.get("/api/settings/users").await?, 403, "hubspot-missing-scope")?;
    portal.no_faults().await?;
    session.get("/api/settings/users").await?.ok()?;
    Ok(())
}
