//! Connected apps: install the app, see what it was given, open its settings, remove it.

use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use maud::{Markup, html};

use super::{
    Here, format,
    frame::{self, Place},
    missing,
    record::card,
    session, visit,
};
use crate::{assets::icon, hubspot::oauth, lock::lock, world::World};

pub async fn home(State(world): State<World>, headers: HeaderMap) -> Response {
    match session::portal(&lock(&world.hubspot), &headers) {
        Some(portal) => Redirect::to(&format!("/apps/{portal}")).into_response(),
        None => missing("There is no account", "Reset the sandbox to get its sample accounts back."),
    }
}

pub async fn page(State(world): State<World>, Path(portal): Path<u64>, headers: HeaderMap) -> Response {
    visit(&world, &headers, portal, |here| {
        let main = html! {
            main.page #main tabindex="-1" {
                header { div { h1 { "Connected apps" } p.subtle { "Apps that may work with the records of " (here.portal.name) "." } } }
                section.pane aria-label="Countersign" { (app(here)) }
            }
            (card::modal())
        };

        Ok(frame::page(
            here,
            "Connected apps",
            Place::Apps,
            &format!("/apps/{portal}"),
            "",
            &main,
            &["card.js"],
        ))
    })
}

fn app(here: &Here<'_>) -> Markup {
    let portal = here.portal;
    let install_at = format!("{}/oauth/hubspot/install?portalId={}", here.worker, portal.id);
    let Some(install) = &portal.install else {
        return html! {
            div.app-row {
                (frame::app_mark(40))
                div.stack.tight {
                    h2.as-h3 { "Countersign" }
                    p { "Send DocuSign templates from contacts, companies and deals, and follow their envelopes." }
                    @if !here.user.super_admin { p.detail.subtle { (here.user.name()) " may not connect apps here; a super admin may. Switch the user at the top right." } }
                }
                a.btn.primary href=(install_at) { "Install" }
            }
        };
    };
    let by = portal
        .user(install.user_id)
        .map_or_else(|| "a former user".to_owned(), crate::hubspot::model::User::name);
    let scopes = oauth::KNOWN.iter().filter(|(scope, _)| install.scopes.iter().any(|held| held == scope));
    html! {
        div.app-row {
            (frame::app_mark(40))
            div.stack {
                div.row { h2.as-h3 { "Countersign" } span.tag.success { (icon("s-done")) "Installed" } }
                dl.facts {
                    dt { "Connected by" } dd { (by) }
                    dt { "Since" } dd { (format::date_and_time(portal, install.at)) }
                    dt { "Runs at" } dd { (here.worker) }
                }
                details.disclosure {
                    summary { (icon("right")) span { "What it may do" } }
                    ul.scopes { @for (_, text) in scopes { li { (icon("check")) (text) } } }
                }
                p.detail.subtle { "Its card is on the right of every contact, company and deal." }
                p role="status" data-settings-told {}
            }
            div.row {
                button.btn.small type="button" data-settings data-portal=(portal.id) data-user=(here.user.id)
                    data-locale=(here.user.locale) data-worker=(here.worker) { "Settings" }
                a.btn.small href=(install_at) { "Connect again" }
                form method="post" action=(format!("/apps/{}/uninstall", portal.id)) { button.btn.small { "Uninstall" } }
            }
        }
    }
}

/// Nobody is told: the app finds out when it next uses a token.
pub async fn uninstall(State(world): State<World>, Path(portal): Path<u64>) -> Response {
    oauth::uninstall(&mut lock(&world.hubspot), portal);
    Redirect::to(&format!("/apps/{portal}")).into_response()
}
