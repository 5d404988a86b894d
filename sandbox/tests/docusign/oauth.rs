//! Login, consent, tokens.

use reqwest::Method;
use serde_json::{Value, json};

use crate::stand::{Stand, VERIFIER};

#[tokio::test]
async fn a_code_is_good_once_and_only_with_its_verifier() {
    let stand = Stand::new().await;
    let code = stand.code("signature").await;
    let wrong = [("grant_type", "authorization_code"), ("code", &code), ("code_verifier", "another")];
    assert_eq!(stand.token_call(&wrong).await.status(), 400);
    let right = [("grant_type", "authorization_code"), ("code", &code), ("code_verifier", VERIFIER)];
    let answer = stand.token_call(&right).await;
    assert_eq!(answer.status(), 400);
    let body: Value = answer.json().await.expect("JSON");
    assert_eq!(body["error"], "invalid_grant");
}

#[tokio::test]
async fn another_redirect_uri_is_refused_on_the_page_and_never_followed() {
    let stand = Stand::new().await;
    let mut words = stand.authorize_words("signature");
    for word in &mut words {
        if word.0 == "redirect_uri" {
            word.1 = format!("{}/", stand.redirect_uri());
        }
    }
    let url = reqwest::Url::parse_with_params(&stand.docusign("/oauth/auth"), &words).expect("a URL");
    let answer = stand.http.get(url).send().await.expect("an answer");
    assert_eq!(answer.status(), 400);
    assert!(answer.headers().get("location").is_none());
}

#[tokio::test]
async fn a_second_consent_is_not_asked_for_once_the_user_has_agreed() {
    let stand = Stand::new().await;
    let mut words = stand.authorize_words("signature");
    words.push(("email", stand.email()));
    let answer = stand.http.post(stand.docusign("/oauth/login")).form(&words).send().await.expect("login");
    let cookie =
        answer.headers()["set-cookie"].to_str().expect("text").split(';').next().unwrap_or("").to_owned();
    let url = reqwest::Url::parse_with_params(&stand.docusign("/oauth/auth"), &words).expect("a URL");
    let answer = stand.http.get(url).header("cookie", cookie).send().await.expect("an answer");
    assert!(answer.headers()["location"].to_str().expect("text").contains("code="));
}

#[tokio::test]
async fn extended_refreshes_go_on_and_others_end_thirty_days_after_the_login() {
    let stand = Stand::new().await;
    let plain = stand.log_in("signature").await["refresh_token"].as_str().expect("text").to_owned();
    let mut tokens = [stand.refresh.clone(), plain];
    let (_, clock) = stand.control("/clock", json!({ "advanceSeconds": 20 * 86_400 })).await;
    assert_eq!(clock["clockOffsetSeconds"], 20 * 86_400);
    for token in &mut tokens {
        let answer = stand.token_call(&[("grant_type", "refresh_token"), ("refresh_token", token)]).await;
        let body: Value = answer.json().await.expect("JSON");
        *token = body["refresh_token"].as_str().expect("a new one").to_owned();
    }
    stand.control("/clock", json!({ "advanceSeconds": 20 * 86_400 })).await;
    let mut statuses = Vec::new();
    for token in &tokens {
        let answer = stand.token_call(&[("grant_type", "refresh_token"), ("refresh_token", token)]).await;
        statuses.push(answer.status().as_u16());
    }
    assert_eq!(statuses, [200, 400]);
}

#[tokio::test]
async fn access_tokens_end_after_eight_hours_or_on_demand() {
    let stand = Stand::new().await;
    stand.get("/templates?count=1").await;
    stand.control("/docusign/tokens/expire", json!({ "userId": stand.user_id(), "refresh": true })).await;
    let (status, body) = stand.call(Method::GET, "/templates", None).await;
    assert_eq!((status, body["errorCode"].as_str()), (401, Some("USER_AUTHENTICATION_FAILED")));
    let answer =
        stand.token_call(&[("grant_type", "refresh_token"), ("refresh_token", &stand.refresh)]).await;
    let body: Value = answer.json().await.expect("JSON");
    assert_eq!(body["error"], "invalid_grant");
}

#[tokio::test]
async fn user_info_names_both_accounts_without_restapi_in_their_base() {
    let stand = Stand::new().await;
    let call = stand.http.get(stand.docusign("/oauth/userinfo")).bearer_auth(&stand.token);
    let body: Value = call.send().await.expect("an answer").json().await.expect("JSON");
    assert_eq!(body["accounts"].as_array().map(Vec::len), Some(2));
    assert_eq!(body["accounts"][0]["is_default"], true);
    assert_eq!(body["accounts"][0]["base_uri"], stand.running.docusign_url);
}

#[tokio::test]
async fn a_token_opens_only_its_users_accounts() {
    let stand = Stand::new().await;
    let other = stand.running.world.fresh_portal(None);
    let account = other["docusign"]["accounts"][0]["accountId"].as_str().expect("an id");
    let url = stand.docusign(&format!("/restapi/v2.1/accounts/{account}/templates"));
    let answer = stand.http.get(url).bearer_auth(&stand.token).send().await.expect("an answer");
    let body: Value = answer.json().await.expect("JSON");
    assert_eq!(body["errorCode"], "USER_DOES_NOT_BELONG_TO_SPECIFIED_ACCOUNT");
}
