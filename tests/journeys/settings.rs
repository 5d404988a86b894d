//! The settings without a browser: connections, keys, preferences and history, and what must be refused of them.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use journeys::{
    control::{Portal, text},
    settings::{admin, at, list, refused},
    stand::{Stand, eventually, journey},
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
        journey(stand, "settings::preferences_and_language_are_kept", preferences),
        journey(stand, "settings::what_was_changed_is_in_the_list_and_in_the_file", audit),
        journey(stand, "settings::a_portal_whose_scope_is_missing_is_told_so", missing_scope),
    ]
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
    portal.connect(&rep, 1).await?;
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
    portal.connect(&rep, 1).await?;
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
    portal.connect(&rep, 1).await?;
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
    portal.connect(&rep, 2).await?;
    rep.get("/api/templates").await?.ok()?;
    let me = rep.say(Method::DELETE, "/api/settings/connections/me", None).await?.ok()?;
    ensure!(at(&me, "/open_envelopes") == 0, "{me}");
    refused(&rep.say(Method::DELETE, "/api/settings/connections/..%2f", None).await?, 404, "not-found")
}

async fn dead(stand: Arc<Stand>) -> Result<()> {
    let (portal, session) = admin(&stand).await?;
    let rep = portal.settings(&portal.user(1)).await?;
    portal.connect(&rep, 1).await?;
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
        let both = [portal.signed_with(&secret).await?, portal.signed_with(pasted).await?];
        Ok(both.iter().all(|answer| answer.status == 200).then_some(()))
    })
    .await?;
    refused(&portal.signed_with("somebody else's key").await?, 401, "unauthorized")?;
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
    refused(&portal.signed_with(&secret).await?, 401, "unauthorized")?;
    let still = portal.signed_with(pasted).await?;
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
                "message": "This app hasn't been granted all required scopes", "correlationId": "6b1f0f5e-2f3c-4f0e-9a53-0c2f1f6a7d11" } } }))
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
