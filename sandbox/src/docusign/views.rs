//! Embedded views (facts §4): URLs of stand-in pages, good for ten minutes (five for a recipient, and once).

use std::collections::HashMap;

use axum::Router;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use chrono::TimeDelta;
use maud::html;
use serde_json::{Value, json};

use super::call::{Call, Reply, created, ok};
use super::lifecycle;
use super::model::{Envelope, View, new_id, text};
use super::problem::{Problem, invalid_parameter, problem, recipient_missing};
use crate::assets::page;
use crate::lock::lock;
use crate::world::World;

const LONGEST_RETURN_URL: usize = 470;

pub fn router() -> Router<World> {
    Router::new()
        .route("/envelopes/{envelopeId}/views/sender", post(sender))
        .route("/envelopes/{envelopeId}/views/edit", post(sender))
        .route("/envelopes/{envelopeId}/views/correct", post(correct).delete(no_correct))
        .route("/envelopes/{envelopeId}/views/recipient", post(recipient))
        .route("/envelopes/{envelopeId}/views/recipient_preview", post(preview))
        .route("/templates/{templateId}/views/edit", post(template_edit))
        .route("/templates/{templateId}/views/recipient_preview", post(template_preview))
        .route("/views/console", post(console))
}

/// The pages behind the URLs; no token, the URL is the secret. And DocuSign's own page of an envelope, without the
/// login that stands before it.
pub fn pages() -> Router<World> {
    Router::new()
        .route("/documents/details/{envelopeId}", get(details))
        .route("/view/{token}", get(show).post(act))
        .route("/view/{token}/{documentId}/{page}", get(super::editor::image))
}

fn make(call: &Call, kind: &str, subject_id: &str, recipient_guid: &str, minutes: i64) -> Reply {
    let body = call.json()?;
    let return_url: String = text(&body, "returnUrl").chars().take(LONGEST_RETURN_URL).collect();
    if return_url.is_empty() && kind != "console" {
        return Err(invalid_parameter("'returnUrl' is required."));
    }
    let token = new_id();
    let view = View {
        kind: kind.to_owned(),
        account_id: call.caller.account_id.clone(),
        subject_id: subject_id.to_owned(),
        recipient_guid: recipient_guid.to_owned(),
        return_url,
        settings: body.get("settings").and_then(Value::as_object).cloned().unwrap_or_default(),
        expires: call.now + TimeDelta::minutes(minutes),
    };
    lock(&call.world.docusign).views.insert(token.clone(), view);
    created(json!({ "url": format!("{}/view/{token}", call.world.docusign_url()) }))
}

async fn details(State(world): State<World>, Path(id): Path<String>) -> Response {
    let Some(e) = lock(&world.docusign).describe_envelope(&id) else {
        return (StatusCode::NOT_FOUND, page("Not found", &html! { h1 { "There is no such envelope" } }))
            .into_response();
    };
    let words = |name: &str| e.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    page(
        &words("subject"),
        &html! {
            h1 { (words("subject")) }
            p data-testid="envelope-status" { "Status: " (words("status")) }
        },
    )
    .into_response()
}

fn status(why: &str) -> Problem {
    problem(400, "ENVELOPE_INVALID_STATUS", format!("Invalid envelope status. {why}"))
}

async fn sender(call: Call) -> Reply {
    call.envelope(|e| {
        if e.status == "created" {
            Ok(())
        } else {
            Err(status("Sender view cannot be created for an envelope that is not in a draft state."))
        }
    })?;
    make(&call, "sender", call.param("envelopeId"), "", 10)
}

async fn correct(call: Call) -> Reply {
    call.envelope(|e| match e.status.as_str() {
        "sent" | "delivered" => Ok(()),
        "created" => Err(status("Correct view cannot be created for an envelope in a Created state.")),
        _ => Err(super::problem::wrong_status()),
    })?;
    make(&call, "correct", call.param("envelopeId"), "", 10)
}

async fn no_correct(_: Call) -> Reply {
    ok(json!({}))
}

async fn recipient(call: Call) -> Reply {
    let body = call.json()?;
    let guid = call.envelope(|e| {
        let found = e.paper.recipients.iter().find(|r| {
            let id = text(&body, "recipientId");
            !r.text("clientUserId").is_empty()
                && r.text("clientUserId") == text(&body, "clientUserId")
                && (id.is_empty() || id == r.id())
                && r.mail_address() == text(&body, "email")
                && r.display_name() == text(&body, "userName")
        });
        let r = found.ok_or_else(recipient_missing)?;
        if matches!(r.status(), "sent" | "delivered" | "completed") {
            Ok(r.guid.clone())
        } else {
            Err(problem(
                400,
                "RECIPIENT_NOT_IN_SEQUENCE",
                "The token for an out of sequence recipient cannot be generated.",
            ))
        }
    })?;
    make(&call, "recipient", call.param("envelopeId"), &guid, 5)
}

async fn preview(call: Call) -> Reply {
    let body = call.json()?;
    let guid = call.envelope(|e| {
        e.paper.recipient(text(&body, "recipientId")).map(|r| r.guid.clone()).ok_or_else(recipient_missing)
    })?;
    make(&call, "preview", call.param("envelopeId"), &guid, 10)
}

async fn template_edit(call: Call) -> Reply {
    call.template(|_| Ok(()))?;
    make(&call, "template", call.param("templateId"), "", 10)
}

async fn template_preview(call: Call) -> Reply {
    call.template(|_| Ok(()))?;
    make(&call, "template-preview", call.param("templateId"), "", 10)
}

async fn console(call: Call) -> Reply {
    make(&call, "console", "", "", 10)
}

pub fn live(world: &World, token: &str) -> Option<View> {
    let now = world.clock.now();
    let mut docusign = lock(&world.docusign);
    let view = docusign.views.get(token).filter(|v| v.expires > now).cloned()?;
    if view.kind == "recipient" {
        // Good once.
        docusign.views.remove(token);
    }
    Some(view)
}

/// Too late; with a way back to the app if the address is known.
fn gone(world: &World, token: &str) -> Response {
    let back = lock(&world.docusign).views.get(token).map(|v| returning(v, "SessionEnd"));
    let body = html! {
        section.sbx-card.sbx-narrow {
            h1 { "This page has expired" }
            p { "Ask the app for a new one." }
            @if let Some(back) = back { a.btn href=(back) data-testid="view-back" { "Back to the app" } }
        }
    };
    (StatusCode::GONE, page("Expired", &body)).into_response()
}

async fn show(State(world): State<World>, Path(token): Path<String>) -> Response {
    let Some(view) = live(&world, &token) else { return gone(&world, &token) };
    if view.kind == "recipient" {
        let back = url::form_urlencoded::byte_serialize(view.return_url.as_bytes()).collect::<String>();
        return Redirect::to(&format!("/sign/{}/{}?return={back}", view.subject_id, view.recipient_guid))
            .into_response();
    }
    if view.kind == "sender" {
        return super::editor::show(&world, &token, &view, "");
    }
    let subject = subject_of(&world, &view);
    let (title, buttons): (&str, &[(&str, &str)]) = match view.kind.as_str() {
        "correct" => ("Correct the envelope", &[("send", "Send correction"), ("cancel", "Cancel")]),
        "template" => ("Edit the template", &[("save", "Save and close"), ("cancel", "Cancel")]),
        _ => ("Preview", &[("viewing_complete", "Close")]),
    };
    let body = html! {
        section.sbx-card {
            h1 { (title) }
            p { strong { (subject) } }
            p.subtle { "Here DocuSign shows its own pages. The sandbox has only their ends." }
            form.row method="post" {
                @for (n, (value, label)) in buttons.iter().enumerate() {
                    button.btn.primary[n == 0] name="action" value=(value) data-testid=(format!("view-{value}")) { (label) }
                }
            }
        }
        @if let Some(sheets) = super::editor::preview(&world, &token, &view) { (sheets) }
    };
    page(title, &body).into_response()
}

fn subject_of(world: &World, view: &View) -> String {
    let docusign = lock(&world.docusign);
    let Some(account) = docusign.accounts.get(&view.account_id) else { return String::new() };
    let envelope = account.envelopes.get(&view.subject_id).map(|e| e.paper.text("emailSubject").to_owned());
    let template =
        account.templates.iter().find(|t| t.template_id == view.subject_id).map(|t| t.name.clone());
    envelope.or(template).unwrap_or_default()
}

/// The app's address with DocuSign's capitalised `event`.
fn returning(view: &View, event: &str) -> String {
    let joint = if view.return_url.contains('?') { '&' } else { '?' };
    let id = if view.kind.starts_with("template") { "templateId" } else { "envelopeId" };
    format!("{}{joint}{id}={}&event={event}", view.return_url, view.subject_id)
}

/// What the person did, then back to the app.
async fn act(
    State(world): State<World>,
    Path(token): Path<String>,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    let Some(view) = live(&world, &token) else { return gone(&world, &token) };
    let action = form.get("action").map(String::as_str).unwrap_or("cancel");
    let event = if view.kind == "sender" {
        match edited(&world, &view, action, &form) {
            Ok(event) => event,
            // As in DocuSign's editor, what is missing is told on the page, and the person goes on there.
            Err(p) => return super::editor::show(&world, &token, &view, &p.message),
        }
    } else {
        ended(&world, &view, action)
    };
    lock(&world.docusign).views.remove(&token);
    Redirect::to(&returning(&view, event)).into_response()
}

/// The ends of the sender view. Discarding comes back as `Cancel` (assumed: no event of its own is documented).
fn edited(
    world: &World,
    view: &View,
    action: &str,
    form: &HashMap<String, String>,
) -> Result<&'static str, Problem> {
    let now = world.clock.now();
    match action {
        "send" => {
            super::editor::take(world, view, form)?;
            if !super::editor::only_redirects(view) {
                super::change(world, &view.subject_id, |e: &mut Envelope| lifecycle::send(e, "Sender", now))?;
            }
            Ok("Send")
        }
        "save" => super::editor::take(world, view, form).map(|()| "Save"),
        "discard" => super::outside::discard(world, &view.subject_id).map(|()| "Cancel"),
        _ => Ok("Cancel"),
    }
}

fn ended(world: &World, view: &View, action: &str) -> &'static str {
    let now = world.clock.now();
    match (view.kind.as_str(), action) {
        ("correct", "send") => {
            let done = super::change(world, &view.subject_id, |e: &mut Envelope| {
                Ok(lifecycle::corrected(e, "Sender", now))
            });
            if done.is_ok() { "Send" } else { "Error" }
        }
        (_, "save") => "Save",
        (_, "viewing_complete") => "viewing_complete",
        _ => "Cancel",
    }
}
