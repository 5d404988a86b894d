//! The page on which a super admin lets the app into an account.

use axum::{
    Form,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{CODE_MS, KNOWN, REQUIRED, redirect_uri};
use crate::{
    assets::icon,
    crm::{frame, session},
    hubspot::{
        model::{Code, Portal},
        refusal::correlation,
    },
    lock::lock,
    sample_app,
    world::World,
};

/// What the app asks for in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    client_id: String,
    redirect_uri: String,
    scope: String,
    optional_scope: String,
    state: String,
}

impl Asked {
    fn scopes(&self) -> Vec<&str> {
        self.scope.split_whitespace().collect()
    }

    fn optional(&self) -> Vec<&str> {
        self.optional_scope.split_whitespace().collect()
    }

    /// Why HubSpot would not show the consent page.
    fn problem(&self, world: &World) -> Option<(&'static str, String)> {
        if self.client_id != sample_app::HUBSPOT_CLIENT_ID {
            return Some((
                "This app doesn't exist",
                format!("There is no app with the client ID “{}”.", self.client_id),
            ));
        }
        if self.redirect_uri != redirect_uri(world) {
            return Some((
                "The redirect URL doesn't match",
                format!(
                    "“{}” is not a redirect URL of this app. Registered: {}",
                    self.redirect_uri,
                    redirect_uri(world)
                ),
            ));
        }
        let scopes = self.scopes();
        let missing: Vec<&str> = REQUIRED.into_iter().filter(|required| !scopes.contains(required)).collect();
        if !missing.is_empty() {
            return Some((
                "Authorization failed because of a scope mismatch",
                format!(
                    "The app requires scopes that the install URL does not ask for: {}",
                    missing.join(", ")
                ),
            ));
        }
        let unknown: Vec<&str> = scopes
            .into_iter()
            .chain(self.optional())
            .filter(|scope| !KNOWN.iter().any(|(known, _)| known == scope))
            .collect();
        (!unknown.is_empty()).then(|| ("One or more scopes are not valid", unknown.join(", ")))
    }
}

pub async fn page(State(world): State<World>, headers: HeaderMap, RawQuery(raw): RawQuery) -> Response {
    show(&world, &headers, raw, None)
}

pub async fn page_for(
    State(world): State<World>,
    Path(portal): Path<u64>,
    headers: HeaderMap,
    RawQuery(raw): RawQuery,
) -> Response {
    show(&world, &headers, raw, Some(portal))
}

fn show(world: &World, headers: &HeaderMap, raw: Option<String>, chosen: Option<u64>) -> Response {
    let asked: Asked = serde_json::from_value(
        url::form_urlencoded::parse(raw.unwrap_or_default().as_bytes())
            .into_owned()
            .map(|(name, value)| (name, value.into()))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    )
    .unwrap_or_default();
    if let Some((title, detail)) = asked.problem(world) {
        return (StatusCode::BAD_REQUEST, refused(title, &detail)).into_response();
    }
    let crm = lock(&world.hubspot);
    let portals: Vec<(&Portal, String, bool)> = crm
        .portals
        .values()
        .filter(|portal| chosen.is_none_or(|chosen| chosen == portal.id))
        .filter_map(|portal| {
            let user = session::user(headers, portal)?;
            Some((portal, user.name(), user.super_admin))
        })
        .collect();
    if portals.is_empty() {
        return (StatusCode::NOT_FOUND, refused("There is no such account", "Choose another account."))
            .into_response();
    }
    consent(&asked, &portals, &world.config.worker_url).into_response()
}

fn consent(asked: &Asked, portals: &[(&Portal, String, bool)], worker: &str) -> Markup {
    let scopes = asked.scopes();
    let optional = asked.optional();
    let said = |wanted: &[&str]| -> Vec<&str> {
        KNOWN.iter().filter(|(scope, _)| wanted.contains(scope)).map(|(_, text)| *text).collect()
    };
    frame::bare(
        "Connect Countersign to HubSpot",
        &html! {
            div.consent-marks { (frame::app_mark(40)) (icon("swap")) span.hub-mark aria-hidden="true" { "HubSpot" } }
            h1 { "Connect Countersign to your HubSpot account" }
            form.stack method="post" action="/oauth/authorize" {
                input type="hidden" name="client_id" value=(asked.client_id);
                input type="hidden" name="redirect_uri" value=(asked.redirect_uri);
                input type="hidden" name="scope" value=(asked.scope);
                input type="hidden" name="optional_scope" value=(asked.optional_scope);
                input type="hidden" name="state" value=(asked.state);
                fieldset.stack.tight {
                    legend { "Account" }
                    div.choices {
                        @for (n, (portal, user, super_admin)) in portals.iter().enumerate() {
                            div.choice { label {
                                input type="radio" name="portal" value=(portal.id) checked[n == 0] required;
                                span {
                                    b { (portal.name) }
                                    small { (portal.id) " · as " (user) @if *super_admin { ", super admin" } @else { ", not a super admin" } @if portal.install.is_some() { " · installed" } }
                                }
                            } }
                        }
                    }
                }
                section.stack.tight {
                    h2.as-h4 { "Countersign will be able to" }
                    ul.scopes { @for text in said(&scopes) { li { (icon("check")) (text) } } }
                    @if !optional.is_empty() {
                        h2.as-h4 { "And, where your plan has it" }
                        ul.scopes { @for text in said(&optional) { li { (icon("check")) (text) } } }
                    }
                }
                p.detail.subtle { "Countersign is run by its host at " (worker) ". HubSpot has not reviewed it. An admin can remove it at any time under Connected apps." }
                div.row.end {
                    button.btn name="decision" value="cancel" formnovalidate { "Cancel" }
                    button.btn.primary name="decision" value="connect" { "Connect app" }
                }
            }
        },
    )
}

fn refused(title: &str, detail: &str) -> Markup {
    frame::bare(
        title,
        &html! { h1 { (title) } p { (detail) } p { a href="/apps" { "Back to Connected apps" } } },
    )
}

#[derive(Deserialize)]
pub struct Decision {
    #[serde(flatten)]
    asked: Asked,
    #[serde(default)]
    portal: String,
    decision: String,
}

pub async fn decide(
    State(world): State<World>,
    headers: HeaderMap,
    Form(decision): Form<Decision>,
) -> Response {
    let Decision { asked, portal, decision } = decision;
    if let Some((title, detail)) = asked.problem(&world) {
        return (StatusCode::BAD_REQUEST, refused(title, &detail)).into_response();
    }
    if decision != "connect" {
        return back(
            &asked,
            &[("error", "access_denied"), ("error_description", "The user cancelled the installation")],
        );
    }
    let now = world.clock.now().timestamp_millis();
    let mut crm = lock(&world.hubspot);
    let user = portal.parse().ok().and_then(|id: u64| crm.portals.get(&id)).and_then(|portal| {
        let user = session::user(&headers, portal)?;
        Some((portal.id, user.id, user.super_admin))
    });
    let Some((portal, user, super_admin)) = user else {
        return (StatusCode::NOT_FOUND, refused("There is no such account", "Choose another account."))
            .into_response();
    };
    if !super_admin {
        let title = "You don't have permission to connect apps";
        let detail = "Ask a super admin of this account, or someone with App Marketplace access.";
        return (StatusCode::FORBIDDEN, refused(title, detail)).into_response();
    }
    let code = format!("eu1-{}", correlation());
    let scopes = asked.scopes().into_iter().chain(asked.optional()).map(str::to_owned).collect();
    crm.codes.retain(|_, code| code.expires_at > now);
    crm.codes.insert(
        code.clone(),
        Code {
            portal,
            user,
            scopes,
            redirect_uri: asked.redirect_uri.clone(),
            expires_at: now + CODE_MS,
            used: false,
        },
    );
    back(&asked, &[("code", &code)])
}

/// Back to the app. The state is echoed only if there was one.
fn back(asked: &Asked, pairs: &[(&str, &str)]) -> Response {
    let Ok(mut target) = url::Url::parse(&asked.redirect_uri) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    target.query_pairs_mut().extend_pairs(pairs);
    if !asked.state.is_empty() {
        target.query_pairs_mut().append_pair("state", &asked.state);
    }
    Redirect::to(target.as_str()).into_response()
}
