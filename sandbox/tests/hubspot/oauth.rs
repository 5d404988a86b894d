//! Install, tokens, and their end.

use serde_json::json;

use crate::{desk, every_scope};

const WORKER: &str = "http://127.0.0.1:1";

#[tokio::test]
async fn consent_comes_back_with_code_and_state() {
    let desk = desk(WORKER).await;
    let response = desk.consent(&every_scope(), "connect").await;
    assert_eq!(response.status(), 303);
    let location = response.headers()["location"].to_str().expect("text");
    assert!(location.starts_with("http://127.0.0.1:1/oauth/hubspot/callback?code=eu1-"), "{location}");
    assert!(location.ends_with("&state=s%2F1+%3D"), "{location}");
}

#[tokio::test]
async fn cancel_comes_back_as_access_denied() {
    let desk = desk(WORKER).await;
    let response = desk.consent(&every_scope(), "cancel").await;
    let location = response.headers()["location"].to_str().expect("text");
    assert!(location.contains("error=access_denied") && location.contains("state="), "{location}");
}

#[tokio::test]
async fn the_consent_page_refuses_another_redirect_uri_a_missing_required_scope_and_an_unknown_app() {
    let desk = desk(WORKER).await;
    let redirect_uri = desk.redirect_uri();
    let client_id = sandbox::sample_app::HUBSPOT_CLIENT_ID;
    let page = async |client_id: &str, redirect_uri: &str, scope: &str| {
        let query = [("client_id", client_id), ("redirect_uri", redirect_uri), ("scope", scope)];
        let response =
            desk.http.get(desk.url("/oauth/authorize")).query(&query).send().await.expect("an answer");
        (response.status().as_u16(), response.text().await.expect("text"))
    };
    let good = page(client_id, &redirect_uri, &every_scope()).await;
    assert_eq!(good.0, 200);
    assert!(good.1.contains("Connect app") && good.1.contains("See contacts"));
    for (client_id, redirect_uri, scope, word) in [
        (client_id, format!("{redirect_uri}/"), every_scope(), "redirect URL"),
        (client_id, redirect_uri.clone(), "oauth".to_owned(), "scope mismatch"),
        (client_id, redirect_uri.clone(), format!("{} crm.everything", every_scope()), "not valid"),
        ("another", redirect_uri.clone(), every_scope(), "exist"),
    ] {
        let (status, text) = page(client_id, &redirect_uri, &scope).await;
        assert_eq!(status, 400);
        assert!(text.contains(word), "{word}: {text}");
    }
}

#[tokio::test]
async fn only_a_super_admin_may_install() {
    let desk = desk(WORKER).await;
    let (portal, rep) = (desk.portal_id(), desk.user(1)["id"].to_string());
    let response = desk
        .http
        .post(desk.url("/oauth/authorize"))
        .header("cookie", format!("sandbox_user_{portal}={rep}"))
        .form(&[
            ("client_id", sandbox::sample_app::HUBSPOT_CLIENT_ID),
            ("redirect_uri", &desk.redirect_uri()),
            ("scope", &every_scope()),
            ("portal", &portal.to_string()),
            ("decision", "connect"),
        ])
        .send()
        .await
        .expect("an answer");
    assert_eq!(response.status(), 403);
}

#[tokio::test]
async fn a_code_works_once_and_only_with_its_redirect_uri() {
    let desk = desk(WORKER).await;
    let code = desk.code(&every_scope()).await;
    let redirect_uri = desk.redirect_uri();
    let exchange = async |redirect_uri: &str| {
        desk.token(&[("grant_type", "authorization_code"), ("code", &code), ("redirect_uri", redirect_uri)])
            .await
    };
    assert_eq!(exchange("http://127.0.0.1:1/other").await.1["status"], "BAD_REDIRECT_URI");
    let (status, tokens) = exchange(&redirect_uri).await;
    assert_eq!(
        (status, &tokens["token_use"], &tokens["expires_in"]),
        (200, &json!("access_token"), &json!(1800))
    );
    assert!(tokens["access_token"].as_str().is_some_and(|token| token.len() > 255));
    assert_eq!(exchange(&redirect_uri).await.1["status"], "BAD_AUTH_CODE");
}

#[tokio::test]
async fn a_wrong_secret_is_not_a_bad_refresh_token() {
    let desk = desk(WORKER).await;
    let tokens = desk.install_with(&every_scope()).await;
    let refresh = tokens["refresh_token"].as_str().expect("a token");
    let (status, answer) = desk
        .token(&[("grant_type", "refresh_token"), ("refresh_token", refresh), ("client_secret", "wrong")])
        .await;
    assert_eq!((status, answer["status"].as_str()), (401, Some("BAD_CLIENT_SECRET")));
}

#[tokio::test]
async fn access_tokens_expire_after_thirty_minutes_by_the_sandbox_clock() {
    let desk = desk(WORKER).await;
    let app = desk.install().await;
    let path = "/account-info/2026-09/details";
    assert_eq!(app.get(path).await["portalId"], desk.portal_id());
    desk.advance(1_801).await;
    let (status, answer) = app.call("GET", path, None).await;
    assert_eq!((status, answer["category"].as_str()), (401, Some("EXPIRED_AUTHENTICATION")));
    let refresh = app.tokens["refresh_token"].as_str().expect("a token");
    let (status, fresh) = desk.token(&[("grant_type", "refresh_token"), ("refresh_token", refresh)]).await;
    assert_eq!((status, fresh["hub_id"].as_u64()), (200, Some(desk.portal_id())));
}

#[tokio::test]
async fn after_an_uninstall_tokens_are_dead_and_the_refresh_says_so() {
    let desk = desk(WORKER).await;
    let app = desk.install().await;
    assert_eq!(app.raw("DELETE", "/appinstalls/2026-03/external-install", None).await.status(), 204);
    let (status, answer) = app.call("GET", "/account-info/2026-03/details", None).await;
    assert_eq!((status, answer["category"].as_str()), (401, Some("INVALID_AUTHENTICATION")));
    let refresh = app.tokens["refresh_token"].as_str().expect("a token");
    let (status, answer) = desk.token(&[("grant_type", "refresh_token"), ("refresh_token", refresh)]).await;
    assert_eq!((status, answer["status"].as_str()), (400, Some("BAD_REFRESH_TOKEN")));
    assert_eq!(answer["error"], "invalid_grant");
}

#[tokio::test]
async fn a_revoked_refresh_token_leaves_its_access_token_alive() {
    let desk = desk(WORKER).await;
    let app = desk.install().await;
    let refresh = app.tokens["refresh_token"].as_str().expect("a token");
    let form = [
        ("client_id", sandbox::sample_app::HUBSPOT_CLIENT_ID),
        ("client_secret", sandbox::sample_app::HUBSPOT_CLIENT_SECRET),
        ("token", refresh),
        ("token_type_hint", "refresh_token"),
    ];
    let response =
        desk.http.post(desk.url("/oauth/2026-03/token/revoke")).form(&form).send().await.expect("an answer");
    assert!(response.status().is_success());
    app.get("/account-info/2026-03/details").await;
    let (status, _) = desk.token(&[("grant_type", "refresh_token"), ("refresh_token", refresh)]).await;
    assert_eq!(status, 400);
}

#[tokio::test]
async fn a_call_without_its_scope_names_the_scope() {
    let desk = desk(WORKER).await;
    let tokens = desk.install_with("oauth crm.objects.contacts.read").await;
    let token = tokens["access_token"].as_str().expect("a token");
    let response = desk
        .http
        .get(desk.url("/crm/objects/2026-03/deals"))
        .bearer_auth(token)
        .send()
        .await
        .expect("an answer");
    assert_eq!(response.status(), 403);
    let answer: serde_json::Value = response.json().await.expect("JSON");
    assert_eq!(answer["category"], "MISSING_SCOPES");
    assert_eq!(answer["errors"][0]["context"]["requiredGranularScopes"], json!(["crm.objects.deals.read"]));
}
