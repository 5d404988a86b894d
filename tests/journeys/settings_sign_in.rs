//! Signing in at DocuSign as it should not go: refused, with a wrong state, with a code that was used, without an
//! account; and what DocuSign takes back later.

use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use journeys::{
    card::Session,
    control::{Portal, text},
    robot::Page,
    settings::{at, refused},
    stand::{Stand, journey},
};
use libtest_mimic::Trial;
use serde_json::{Value, json};

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "settings::a_consent_that_is_refused_changes_nothing", cancelled),
        journey(stand, "settings::a_sign_in_with_a_wrong_state_or_in_another_browser_connects_nobody", state),
        journey(stand, "settings::a_code_works_once_and_for_the_sign_in_it_was_made_for", code),
        journey(stand, "settings::a_docusign_user_without_an_account_is_told_so", no_account),
        journey(stand, "settings::a_suspended_account_is_told_to_user_and_admin", suspended),
        journey(stand, "settings::a_user_who_may_not_send_is_told_so", no_right),
    ]
}

async fn state_of(session: &Session) -> Result<String> {
    let settings = session.get("/api/settings").await?.ok()?;
    text(at(&settings, "/you/connection"), "state")
}

/// The page says this, and nobody is connected by it.
async fn connects_nobody(page: &Page, says: &str, session: &Session) -> Result<()> {
    ensure!(page.html.contains(says), "{} instead of {says:?}: {}", page.status, page.html);
    let state = state_of(session).await?;
    ensure!(state == "not-connected", "{state} after {says:?}");
    Ok(())
}

async fn cancelled(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let rep = portal.settings(&portal.user(1)).await?;
    let (mut robot, consent) = portal.consent(&rep, 1).await?;
    let back = robot.press(&consent, "Cancel").await?;
    connects_nobody(&back, "You cancelled at DocuSign", &rep).await?;
    // The admin's own connection is as it was when the same happens to them.
    let admin = portal.settings(&portal.rep()).await?;
    let (mut robot, consent) = portal.consent(&admin, 2).await?;
    robot.press(&consent, "Cancel").await?;
    ensure!(state_of(&admin).await? == "connected", "the connection that was there is gone");
    admin.get("/api/templates").await?.ok()?;
    portal.connect(&rep, 1).await
}

/// The same address with another state: as long, of the same portal, and of the same cookie.
fn with_another_state(address: &url::Url) -> Result<String> {
    let query: Vec<(String, String)> = address.query_pairs().into_owned().collect();
    let state = query.iter().find(|(name, _)| name == "state").context("no state")?.1.clone();
    let (portal, random) = state.split_once('.').context("no portal in the state")?;
    let first = if random.starts_with('A') { "B" } else { "A" };
    let other = format!("{portal}.{first}{}", random.get(1..).context("a short state")?);
    let mut changed = address.clone();
    changed
        .query_pairs_mut()
        .clear()
        .extend_pairs(query.iter().map(|(n, v)| (n, if n == "state" { &other } else { v })));
    Ok(changed.into())
}

async fn state(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let rep = portal.settings(&portal.user(1)).await?;
    let (mut robot, consent) = portal.consent(&rep, 1).await?;
    let over = "This link has run out";
    // Whoever was made to open the address elsewhere has not the cookie.
    let mut elsewhere = robot.clone();
    elsewhere.forget("countersign-");
    let landed = elsewhere.press(&consent, "Allow access").await?;
    connects_nobody(&landed, over, &rep).await?;
    // (In a window of its own: the answer takes the cookie back.)
    let changed = robot.clone().get(&with_another_state(&landed.url)?).await?;
    connects_nobody(&changed, over, &rep).await?;
    let without = robot.get(&format!("{}/oauth/docusign/callback?code=x", portal.worker)).await?;
    connects_nobody(&without, over, &rep).await?;
    // The browser and the state that belong together.
    let good = robot.get(landed.url.as_str()).await?;
    ensure!(good.html.contains("DocuSign is connected"), "{}", good.html);
    ensure!(state_of(&rep).await? == "connected");
    Ok(())
}

async fn code(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let rep = portal.settings(&portal.user(1)).await?;
    let (mut robot, consent) = portal.consent(&rep, 1).await?;
    // With the cookie of before, as a second tab would have it.
    let mut twin = robot.clone();
    let landed = robot.press(&consent, "Allow access").await?;
    ensure!(state_of(&rep).await? == "connected", "{}", landed.html);
    let generation = portal.requests(&tokens(&portal)).await?.len();
    let again = twin.get(landed.url.as_str()).await?;
    ensure!(again.html.contains("This link has run out"), "{}", again.html);
    ensure!(portal.requests(&tokens(&portal)).await?.len() == generation, "the code was tried again");
    // A used code under somebody else's good state: DocuSign refuses it.
    let other = portal.settings(&portal.user(2)).await?;
    let (mut theirs, consent) = portal.consent(&other, 2).await?;
    let mut elsewhere = theirs.clone();
    elsewhere.forget("countersign-");
    let landed_theirs = elsewhere.press(&consent, "Allow access").await?;
    let of = |page: &Page, name: &str| -> Result<String> {
        let found = page.url.query_pairs().find(|(n, _)| n == name).map(|(_, value)| value.into_owned());
        found.with_context(|| format!("no {name} in {}", page.url))
    };
    let mut mixed = landed_theirs.url.clone();
    let (used, good) = (of(&landed, "code")?, of(&landed_theirs, "state")?);
    mixed.query_pairs_mut().clear().append_pair("code", &used).append_pair("state", &good);
    let failed = theirs.get(mixed.as_str()).await?;
    connects_nobody(&failed, "say this to whoever runs Countersign", &other).await?;
    ensure!(state_of(&rep).await? == "connected", "the first connection is gone");
    rep.get("/api/templates").await?.ok()?;
    Ok(())
}

fn tokens(portal: &Portal) -> String {
    format!("vendor=docusign&portalId={}&path=/oauth/token", portal.id)
}

async fn no_account(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let rep = portal.settings(&portal.user(1)).await?;
    for accounts in [
        json!([]),
        // One on a host that tokens are never sent to.
        json!([{ "account_id": "1", "is_default": true, "account_name": "Elsewhere",
            "base_uri": "https://docusign.example" }]),
    ] {
        let info = json!({ "sub": "2f1c6a52-97a1-4f0c-8a39-0c8f1a7c5b11", "name": "Nobody",
            "given_name": "No", "family_name": "Body", "created": "2026-01-01T00:00:00.00",
            "email": "nobody@nordhavn.example", "accounts": accounts });
        portal
            .fault(json!({ "vendor": "docusign", "portalId": portal.id, "path": "/oauth/userinfo",
                "count": 1, "effect": { "status": 200, "body": info } }))
            .await?;
        let (mut robot, page) = portal.signed_in(&rep, 1).await?;
        let landed = match page.html.contains("Allow access") {
            true => robot.press(&page, "Allow access").await?,
            false => page,
        };
        connects_nobody(&landed, "No DocuSign account to use", &rep).await?;
        refused(&rep.get("/api/templates").await?, 409, "not-connected")?;
    }
    Ok(())
}

async fn todo(session: &Session) -> Result<Value> {
    Ok(at(&session.get("/api/settings").await?.ok()?, "/you/todo").clone())
}

async fn suspended(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let admin = portal.settings(&portal.rep()).await?;
    let rep = portal.settings(&portal.user(1)).await?;
    portal.connect(&rep, 1).await?;
    let account = at(&rep.get("/api/settings").await?.ok()?, "/you/connection/account_id").clone();
    let account = account.as_str().context("no account")?;
    let suspend = |on: bool| {
        let path = format!("docusign/accounts/{account}");
        let portal = portal.clone();
        async move { portal.control(&path, json!({ "suspended": on })).await }
    };
    suspend(true).await?;
    // Whatever meets it tells it: here the list of templates.
    refused(&rep.get("/api/templates").await?, 403, "docusign-account-suspended")?;
    ensure!(todo(&rep).await? == json!(["account-suspended"]), "the user is not told");
    let users = admin.get("/api/settings/users").await?.ok()?;
    let of_rep = at(&users, "/users").as_array().context("no users")?;
    let of_rep = of_rep.iter().find(|user| user["user"] == json!(portal.user(1))).context("not listed")?;
    ensure!(of_rep["todo"] == json!(["account-suspended"]), "the admin is not told: {users}");
    // And when it is over, a look at the connection finds out.
    suspend(false).await?;
    let checked = rep.post("/api/settings/check", &Value::Null).await?.ok()?;
    ensure!(at(&checked, "/you/todo") == &json!([]), "{checked}");
    Ok(())
}

async fn no_right(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let rep = portal.settings(&portal.user(1)).await?;
    portal.connect(&rep, 1).await?;
    let user = text(at(&portal.told, "/docusign/users/1"), "userId")?;
    let path = format!("docusign/users/{user}");
    portal.control(&path, json!({ "lacksPermission": true })).await?;
    let checked = rep.post("/api/settings/check", &Value::Null).await?.ok()?;
    ensure!(at(&checked, "/you/todo") == &json!(["missing-right"]), "{checked}");
    portal.control(&path, json!({ "lacksPermission": false })).await?;
    let checked = rep.post("/api/settings/check", &Value::Null).await?.ok()?;
    ensure!(at(&checked, "/you/todo") == &json!([]), "{checked}");
    Ok(())
}
