//! Launch calls and sessions that must be refused: every one with the same body, so that nothing is told.

use std::sync::Arc;

use anyhow::{Result, ensure};
use journeys::{
    card::Session,
    control::{Answer, Portal, call, client},
    stand::{Stand, journey},
    wire,
};
use libtest_mimic::Trial;
use serde_json::{Value, json};

pub fn trials(stand: &Stand) -> Vec<Trial> {
    vec![
        journey(stand, "bad_input::a_launch_signed_six_minutes_ago_is_refused", |s| {
            refused(s, -360_000, Sign::Well)
        }),
        journey(stand, "bad_input::a_launch_signed_six_minutes_ahead_is_refused", |s| {
            refused(s, 360_000, Sign::Well)
        }),
        journey(stand, "bad_input::an_unsigned_launch_is_refused", |s| refused(s, 0, Sign::Not)),
        journey(stand, "bad_input::a_wrongly_signed_launch_is_refused", |s| refused(s, 0, Sign::Wrongly)),
        journey(stand, "bad_input::a_wrong_v3_is_final_even_with_a_right_v2_beside_it", |s| {
            refused(s, 0, Sign::WronglyWithRightV2)
        }),
        journey(stand, "bad_input::a_launch_for_a_portal_without_the_app_is_refused", unknown_portal),
        journey(stand, "bad_input::a_replayed_launch_is_refused", replayed),
        journey(stand, "bad_input::a_launch_token_works_once", token_twice),
        journey(stand, "bad_input::a_session_of_another_portal_opens_nothing", other_portal),
        journey(stand, "bad_input::a_launch_with_a_record_that_is_none_names_the_field", no_record),
    ]
}

#[derive(Clone, Copy)]
enum Sign {
    Well,
    Not,
    Wrongly,
    WronglyWithRightV2,
}

/// A launch call as HubSpot's proxy makes it, with a signature of our choice.
async fn launch(portal: &Portal, at: i64, sign: Sign) -> Result<Answer> {
    let user = portal.rep();
    let app = &portal.app_id;
    let query = |email: &str| format!("userId={user}&portalId={}&userEmail={email}&appId={app}", portal.id);
    let url = |email: &str| format!("{}/hubspot/launch?{}", portal.worker, query(email));
    let (sent, signed) = (url("rep%40fjordlys.example"), url("rep@fjordlys.example"));
    let body = json!({ "objectTypeId": "0-3", "objectId": portal.deal()?, "view": "panel" }).to_string();
    let mut request = client().post(&sent).header("content-type", "application/json").body(body.clone());
    request = request.header("X-HubSpot-Request-Timestamp", at.to_string());
    let secret = match sign {
        Sign::Not => return call(request).await,
        Sign::Well => portal.client_secret.clone(),
        Sign::Wrongly | Sign::WronglyWithRightV2 => format!("{}x", portal.client_secret),
    };
    if matches!(sign, Sign::WronglyWithRightV2) {
        request = request
            .header("X-HubSpot-Signature-Version", "v2")
            .header("X-HubSpot-Signature", wire::hubspot_v2(&portal.client_secret, "POST", &sent, &body));
    }
    let signature = wire::hubspot_v3(&secret, "POST", &signed, &body, at);
    call(request.header("X-HubSpot-Signature-v3", signature)).await
}

/// The control first: the same call well signed is taken. Then the one that must not be.
async fn refused(stand: Arc<Stand>, offset: i64, sign: Sign) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    launch(&portal, wire::now(), Sign::Well).await?.ok()?;
    let answer = launch(&portal, wire::now() + offset, sign).await?;
    ensure!(answer.status == 401, "answered {} {}", answer.status, answer.body);
    ensure!(answer.code() == "unauthorized", "said {}", answer.body);
    Ok(())
}

async fn unknown_portal(stand: Arc<Stand>) -> Result<()> {
    let known = Portal::connected(&stand).await?;
    let mut unknown = known.clone();
    unknown.id = "999999999".to_owned();
    let of_unknown = launch(&unknown, wire::now(), Sign::Well).await?;
    let unsigned = launch(&known, wire::now(), Sign::Not).await?;
    ensure!(of_unknown.status == 401, "answered {}", of_unknown.status);
    let telling = |answer: &Answer| {
        let mut body = answer.body.clone();
        body.as_object_mut().map(|body| body.remove("support_id"));
        body
    };
    ensure!(telling(&of_unknown) == telling(&unsigned), "{} is not {}", of_unknown.body, unsigned.body);
    Ok(())
}

async fn replayed(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let at = wire::now();
    launch(&portal, at, Sign::Well).await?.ok()?;
    let again = launch(&portal, at, Sign::Well).await?;
    ensure!(again.status == 401, "a replay was answered {} {}", again.status, again.body);
    Ok(())
}

async fn token_twice(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    let token = portal.launch_token("0-3", &portal.deal()?).await?;
    Session::open(&portal.worker, &token).await?.ok()?;
    let again = Session::open(&portal.worker, &token).await?;
    ensure!(
        again.status == 401 && again.code() == "unauthorized",
        "answered {} {}",
        again.status,
        again.body
    );
    Ok(())
}

async fn other_portal(stand: Arc<Stand>) -> Result<()> {
    let (ours, theirs) = (Portal::connected(&stand).await?, Portal::connected(&stand).await?);
    let mut session = ours.session("0-3", &ours.deal()?).await?;
    session.get("/api/panel").await?.ok()?;
    // Tokens name their portal in front: the same secret under another portal's name must open nothing.
    let secret = session.token.split_once('.').map(|(_, secret)| secret.to_owned()).unwrap_or_default();
    session.token = format!("{}.{secret}", theirs.id);
    let answer = session.get("/api/panel").await?;
    ensure!(answer.status == 401, "answered {} {}", answer.status, answer.body);
    Ok(())
}

async fn no_record(stand: Arc<Stand>) -> Result<()> {
    let portal = Portal::connected(&stand).await?;
    for (object_type, object) in [("0-5", json!("12")), ("0-3", json!("12; drop")), ("0-3", Value::Null)] {
        let body = json!({ "objectTypeId": object_type, "objectId": object });
        let answer = portal.fetch("POST", "/hubspot/launch", body).await?;
        ensure!(answer.status == 400, "answered {} {}", answer.status, answer.body);
        ensure!(answer.body.get("field").is_some(), "names no field: {}", answer.body);
    }
    Ok(())
}
