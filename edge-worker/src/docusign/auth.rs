//! Signing in to DocuSign: authorization code with PKCE as a confidential client, refresh, user info
//! (docusign facts §1).

use reqwest::Client;
use serde::Deserialize;
use shared::time::Timestamp;
use url::form_urlencoded;

use super::ERRORS;
use crate::{
    config::Config,
    moment,
    secret::Secret,
    token,
    vendor::{self, VendorError},
};

/// `extended` must be in the first request: it cannot be added when refreshing.
const SCOPES: &str = "signature extended";

/// The address DocuSign sends the browser back to. Registered with the integration key, letter by letter.
pub fn redirect_uri(config: &Config) -> String {
    format!("{}/oauth/docusign/callback", config.base_url)
}

/// Where the user signs in and consents.
pub fn authorize_url(config: &Config, state: &str, verifier: &str) -> String {
    let query = [
        ("response_type", "code"),
        ("scope", SCOPES),
        ("client_id", &config.docusign_integration_key),
        ("redirect_uri", &redirect_uri(config)),
        ("state", state),
        ("code_challenge", &token::pkce_challenge(verifier)),
        ("code_challenge_method", "S256"),
    ]
    .iter()
    .map(|(name, value)| format!("{name}={}", spaces_as_percent(value)))
    .collect::<Vec<_>>()
    .join("&");
    format!("{}/oauth/auth?{query}", config.docusign_auth_base)
}

/// Scopes are separated by `%20`: neither vendor documents `+`.
pub fn spaces_as_percent(value: &str) -> String {
    form_urlencoded::byte_serialize(value.as_bytes()).collect::<String>().replace('+', "%20")
}

/// What a token request brings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    pub access_token: Secret,
    pub refresh_token: Secret,
    pub expires_at: Timestamp,
}

#[derive(Deserialize)]
struct TokenAnswer {
    access_token: Secret,
    refresh_token: Option<Secret>,
    expires_in: i64,
}

/// Trades the code of the callback for tokens.
pub async fn exchange(
    http: &Client,
    config: &Config,
    code: &Secret,
    verifier: &Secret,
) -> Result<Tokens, VendorError> {
    let form =
        [("grant_type", "authorization_code"), ("code", code.expose()), ("code_verifier", verifier.expose())];
    request(http, config, &form, None).await
}

/// Trades a refresh token for new tokens. The answer's refresh token replaces the old one.
pub async fn refresh(http: &Client, config: &Config, old: &Secret) -> Result<Tokens, VendorError> {
    let form = [("grant_type", "refresh_token"), ("refresh_token", old.expose())];
    request(http, config, &form, Some(old)).await
}

async fn request(
    http: &Client,
    config: &Config,
    form: &[(&str, &str)],
    old: Option<&Secret>,
) -> Result<Tokens, VendorError> {
    let asked = moment::now();
    let request = http
        .post(format!("{}/oauth/token", config.docusign_auth_base))
        .basic_auth(&config.docusign_integration_key, Some(config.docusign_secret_key.expose()))
        .form(form);
    let answer: TokenAnswer = vendor::json(request, vendor::READ, ERRORS).await?;
    let refresh_token = answer.refresh_token.or(old.cloned());
    let refresh_token = refresh_token.ok_or_else(|| VendorError::Garbled("no refresh_token".into()))?;
    Ok(Tokens {
        access_token: answer.access_token,
        refresh_token,
        expires_at: asked.plus_seconds(answer.expires_in),
    })
}

/// Who signed in, and the accounts they belong to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct UserInfo {
    pub sub: String,
    pub name: String,
    pub email: String,
    pub accounts: Vec<AccountInfo>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct AccountInfo {
    pub account_id: String,
    pub account_name: String,
    #[serde(deserialize_with = "crate::wire::lenient::flag")]
    pub is_default: bool,
    pub base_uri: String,
}

/// Limited per hour by DocuSign: asked once per sign-in and kept.
pub async fn user_info(http: &Client, config: &Config, token: &Secret) -> Result<UserInfo, VendorError> {
    let request =
        http.get(format!("{}/oauth/userinfo", config.docusign_auth_base)).bearer_auth(token.expose());
    vendor::json(request, vendor::READ, ERRORS).await
}

impl UserInfo {
    /// The account to start with: the default one, else the first; only accounts whose host we trust with
    /// tokens count.
    pub fn account(&self, config: &Config) -> Option<&AccountInfo> {
        let trusted = || self.accounts.iter().filter(|a| config.allows_docusign_host(&a.base_uri));
        trusted().find(|a| a.is_default).or_else(|| trusted().next())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::tests::sample;

    #[test]
    fn the_authorize_address_carries_state_and_challenge_and_percent_spaces() {
        let config = Config::read(sample).expect("sample");
        let url = authorize_url(&config, "62515.abc", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(
            url,
            "https://account.docusign.com/oauth/auth?response_type=code&scope=signature%20extended\
             &client_id=ds-key&redirect_uri=https%3A%2F%2Fsign.example.com%2Foauth%2Fdocusign%2Fcallback\
             &state=62515.abc&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
        );
    }

    #[test]
    fn an_account_on_an_unknown_host_is_never_chosen() {
        let config = Config::read(sample).expect("sample");
        let account = |id: &str, is_default, base_uri: &str| AccountInfo {
            account_id: id.into(),
            is_default,
            base_uri: base_uri.into(),
            ..AccountInfo::default()
        };
        let check = |accounts: Vec<AccountInfo>, expected: Option<&str>| {
            let info = UserInfo { accounts, ..UserInfo::default() };
            assert_eq!(info.account(&config).map(|a| a.account_id.as_str()), expected);
        };
        let (good, other) = ("https://na3.docusign.net", "https://eu.docusign.net");
        check(vec![account("1", false, good), account("2", true, other)], Some("2"));
        check(vec![account("1", false, good), account("2", true, "https://evil.example")], Some("1"));
        check(vec![account("2", true, "https://evil.example")], None);
        check(vec![], None);
    }
}
