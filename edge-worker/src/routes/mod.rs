//! Every route, one file per endpoint. The table is all there is: what is not in it is not found.

mod app;
mod card;
mod compose;
mod connect;
mod contacts;
mod docusign_connect;
mod docusign_return;
mod draft_continue;
mod draft_delete;
mod draft_documents;
mod draft_open;
mod draft_pages;
mod draft_save;
mod envelope;
mod envelope_act;
mod envelope_again;
mod envelope_audit;
mod envelope_documents;
mod envelopes;
mod favorite;
mod folders;
mod health;
mod hubspot_webhooks;
mod launch;
mod live;
mod oauth_docusign;
mod oauth_hubspot;
mod page_image;
mod pages;
mod panel;
mod session;
mod settings;
mod templates;

use std::rc::Rc;

use serde_json::json;
use shared::error::Code;
use worker::{Env, Method, Request, Response};

use crate::{
    answer,
    call::Call,
    config::{Config, Fault},
    environment,
    failure::{Failure, Outcome},
    log::{self, Level},
};

/// Answers a request. Never fails: a failure is an answer too.
pub async fn answer(request: Request, env: Env) -> worker::Result<Response> {
    let config = environment::config(&env);
    let path = request.path();
    let route = name(&path);
    let outcome = match &config {
        Ok(config) => dispatch(request, env, Rc::clone(config), &path).await,
        Err(faults) if path == "/healthz" => health::answer(&env, faults).await,
        Err(faults) => unconfigured(faults, route),
    };
    let response = match outcome {
        Ok(response) => response,
        Err(failure) => answer::failure(failure, route).map_err(|f| worker::Error::from(f.into_parts().1))?,
    };
    if response.status_code() != 101 {
        answer::harden(response.headers(), config.as_deref().ok())?;
    }
    Ok(response)
}

async fn dispatch(request: Request, env: Env, config: Rc<Config>, path: &str) -> Outcome<Response> {
    let method = request.method();
    let segments: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    if let (Method::Get, ["healthz"]) = (&method, segments.as_slice()) {
        return health::answer(&env, &[]).await;
    }
    let call = Call { request, env, config, http: reqwest::Client::new() };
    match (method, segments.as_slice()) {
        (Method::Get, ["oauth", "hubspot", "install"]) => oauth_hubspot::install(&call),
        (Method::Get, ["oauth", "hubspot", "callback"]) => oauth_hubspot::callback(&call).await,
        (Method::Get, ["oauth", "docusign", "connect"]) => oauth_docusign::connect(&call).await,
        (Method::Get, ["oauth", "docusign", "callback"]) => oauth_docusign::callback(&call).await,
        (Method::Get, ["docusign", "return"]) => docusign_return::answer(&call),
        (Method::Post, ["hubspot", "launch"]) => launch::answer(call).await,
        (Method::Post, ["hubspot", "panel"]) => card::answer(call).await,
        (Method::Post, ["hubspot", "webhooks"]) => hubspot_webhooks::answer(call).await,
        (Method::Post, ["docusign", "connect", portal]) => docusign_connect::answer(call, portal).await,
        (Method::Post, ["api", "session"]) => session::answer(call).await,
        (Method::Get, ["api", "panel"]) => panel::answer(&call).await,
        (Method::Get, ["api", "templates"]) => templates::answer(&call).await,
        (Method::Put, ["api", "templates", template, "favorite"]) => {
            favorite::answer(&call, template, true).await
        }
        (Method::Delete, ["api", "templates", template, "favorite"]) => {
            favorite::answer(&call, template, false).await
        }
        (Method::Get, ["api", "folders"]) => folders::answer(&call).await,
        (Method::Get, ["api", "templates", template, "documents", document, "pages"]) => {
            pages::answer(&call, template, document).await
        }
        (Method::Get, ["api", "templates", template, "documents", document, "pages", page]) => {
            page_image::answer(&call, template, document, page).await
        }
        (Method::Get, ["api", "compose"]) => compose::answer(&call).await,
        (Method::Put, ["api", "drafts", id]) => draft_save::answer(call, id).await,
        (Method::Get, ["api", "drafts", id]) => draft_open::answer(&call, id).await,
        (Method::Delete, ["api", "drafts", id]) => draft_delete::answer(&call, id).await,
        (Method::Post, ["api", "drafts", id, "continue"]) => draft_continue::answer(&call, id).await,
        (Method::Post, ["api", "drafts", id, "documents"]) => draft_documents::start(&call, id).await,
        (Method::Put, ["api", "drafts", id, "documents"]) => draft_documents::add(&call, id).await,
        (Method::Put, ["api", "drafts", id, "documents", "order"]) => {
            draft_documents::arrange(call, id).await
        }
        (Method::Delete, ["api", "drafts", id, "documents", document]) => {
            draft_documents::remove(&call, id, document).await
        }
        (Method::Get, ["api", "drafts", id, "documents", document, "pages"]) => {
            draft_pages::list(&call, id, document).await
        }
        (Method::Get, ["api", "drafts", id, "documents", document, "pages", page]) => {
            draft_pages::picture(&call, id, document, page).await
        }
        (Method::Get, ["api", "contacts"]) => contacts::answer(&call).await,
        (Method::Post, ["api", "connect"]) => connect::answer(&call).await,
        (Method::Post, ["api", "envelopes"]) => envelopes::answer(call).await,
        (Method::Get, ["api", "envelopes", id]) => envelope::answer(&call, id).await,
        (Method::Post, ["api", "envelopes", id, deed @ ("remind" | "correct" | "void")]) => {
            envelope_act::answer(call, id, deed).await
        }
        (Method::Post, ["api", "envelopes", id, "again"]) => envelope_again::answer(&call, id).await,
        (Method::Get, ["api", "envelopes", id, "audit"]) => envelope_audit::answer(&call, id).await,
        (Method::Get, ["api", "envelopes", id, "documents"]) => envelope_documents::list(&call, id).await,
        (Method::Get, ["api", "envelopes", id, "documents", document]) => {
            envelope_documents::pdf(&call, id, document).await
        }
        (method, ["api", "settings", path @ ..]) => settings::answer(call, method, path).await,
        (Method::Get, ["api", "live"]) => live::answer(&call).await,
        (Method::Get | Method::Head, ["app", ..]) => app::answer(call).await,
        _ => Err(Code::NotFound.into()),
    }
}

/// Nothing is tried with a faulty configuration: half of it might work, and nobody would know which.
fn unconfigured(faults: &[Fault], route: &str) -> Outcome<Response> {
    log::line(Level::Error, "the configuration is faulty", json!({ "settings": faults }));
    answer::failure_with_status(Failure::internal("the configuration is faulty"), route, Some(503))
}

/// The route's name for the log: no ids, no query.
fn name(path: &str) -> &str {
    match path {
        p if p.starts_with("/docusign/connect/") => "/docusign/connect",
        p if p.starts_with("/app/") => "/app",
        p if p.starts_with("/api/templates/") && p.ends_with("/favorite") => "/api/templates/favorite",
        p if p.starts_with("/api/templates/") => "/api/templates/pages",
        p if p.starts_with("/api/settings/") => "/api/settings",
        p if p.starts_with("/api/drafts/") => "/api/drafts",
        p if p.starts_with("/api/envelopes/") => "/api/envelopes/one",
        p if p.len() > 64 => "(long)",
        p => p,
    }
}
