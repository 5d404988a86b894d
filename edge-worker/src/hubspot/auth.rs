//! Installing into a portal: HubSpot's authorization code flow, refresh, introspection (hubspot facts §3).

use reqwest::{Client, RequestBuilder};
use serde::Deserialize;

use super::{ERRORS, VERSION};
use crate::{
    config::Config,
    docusign::auth::{Tokens, spaces_as_percent},
    moment,
    secret::Secret,
    vendor::{self, VendorError},
    wire::hubspot::Introspection,
};

/// What the app needs: reading the record it is opened on and the people around it. The list must equal
/// `requiredScopes` of the HubSpot project, or the install is refused.
pub const SCOPES: [&str; 6] = [
    "oauth",
    "crm.objects.contacts.read",
    "crm.objects.companies.read",
    "crm.objects.deals.read",
    "crm.objects.owners.read",
    "settings.users.read",
];

/// What else it can do where it is let: show an envelope's status, write values back, add notes and files. Equal to
/// `optionalScopes` of the HubSpot project.
pub const OPTIONAL_SCOPES: [&str; 7] = [
    "crm.objects.contacts.write",
    "crm.objects.companies.write",
    "crm.objects.deals.write",
    "crm.schemas.contacts.write",
    "crm.schemas.companies.write",
    "crm.schemas.deals.write",
    "files",
];

pub fn redirect_uri(config: &Config) -> String {
    format!("{}/oauth/hubspot/callback", config.base_url)
}

/// Where an admin consents; HubSpot asks which portal is meant, unless it is said (hubspot facts §3.1).
pub fn authorize_url(config: &Config, state: &str, portal: Option<u64>) -> String {
    let query = [
        ("client_id", config.hubspot_client_id.as_str()),
        ("redirect_uri", &redirect_uri(config)),
        ("scope", &SCOPES.join(" ")),
        ("optional_scope", &OPTIONAL_SCOPES.join(" ")),
        ("state", state),
    ]
    .iter()
    .map(|(name, value)| format!("{name}={}", spaces_as_percent(value)))
    .collect::<Vec<_>>()
    .join("&");
    let portal = portal.map(|id| format!("/{id}")).unwrap_or_default();
    format!("{}/oauth{portal}/authorize?{query}", config.hubspot_app_base)
}

#[derive(Deserialize)]
struct TokenAnswer {
    access_token: Secret,
    refresh_token: Option<Secret>,
    expires_in: i64,
}

pub async fn exchange(http: &Client, config: &Config, code: &Secret) -> Result<Tokens, VendorError> {
    let redirect = redirect_uri(config);
    let form = [("grant_type", "authorization_code"), ("code", code.expose()), ("redirect_uri", &redirect)];
    tokens(http, config, &form, None).await
}

/// The refresh token that comes back is always taken: HubSpot reserves the right to change it.
pub async fn refresh(http: &Client, config: &Config, old: &Secret) -> Result<Tokens, VendorError> {
    let form = [("grant_type", "refresh_token"), ("refresh_token", old.expose())];
    tokens(http, config, &form, Some(old)).await
}

async fn tokens(
    http: &Client,
    config: &Config,
    form: &[(&str, &str)],
    old: Option<&Secret>,
) -> Result<Tokens, VendorError> {
    let asked = moment::now();
    let answer: TokenAnswer =
        vendor::json(request(http, config, "token", form), vendor::READ, ERRORS).await?;
    let refresh_token = answer.refresh_token.or(old.cloned());
    let refresh_token = refresh_token.ok_or_else(|| VendorError::Garbled("no refresh_token".into()))?;
    Ok(Tokens {
        access_token: answer.access_token,
        refresh_token,
        expires_at: asked.plus_seconds(answer.expires_in),
    })
}

/// Which portal and user a token belongs to.
pub async fn introspect(
    http: &Client,
    config: &Config,
    token: &Secret,
) -> Result<Introspection, VendorError> {
    let form = [("token", token.expose()), ("token_type_hint", "access_token")];
    vendor::json(request(http, config, "token/introspect", &form), vendor::READ, ERRORS).await
}

/// Credentials go in the body, as HubSpot wants them.
fn request(http: &Client, config: &Config, path: &str, form: &[(&str, &str)]) -> RequestBuilder {
    let credentials = [
        ("client_id", config.hubspot_client_id.as_str()),
        ("client_secret", config.hubspot_client_secret.expose()),
    ];
    let fields: Vec<(&str, &str)> = credentials.iter().chain(form).copied().collect();
    http.post(format!("{}/oauth/{VERSION}/{path}", config.hubspot_api_base)).form(&fields)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::tests::sample;

    #[test]
    fn the_install_address_asks_for_exactly_the_scopes_of_the_project() {
        let config = Config::read(sample).expect("sample");
        assert_eq!(
            authorize_url(&config, "s", None),
            "https://app.hubspot.com/oauth/authorize?client_id=hs-client\
             &redirect_uri=https%3A%2F%2Fsign.example.com%2Foauth%2Fhubspot%2Fcallback\
             &scope=oauth%20crm.objects.contacts.read%20crm.objects.companies.read%20crm.objects.deals.read\
             %20crm.objects.owners.read%20settings.users.read\
             &optional_scope=crm.objects.contacts.write%20crm.objects.companies.write\
             %20crm.objects.deals.write%20crm.schemas.contacts.write%20crm.schemas.companies.write\
             %20crm.schemas.deals.write%20files&state=s"
        );
        let preselected = authorize_url(&config, "s", Some(62515));
        assert!(preselected.starts_with("https://app.hubspot.com/oauth/62515/authorize?"));
    }
}
