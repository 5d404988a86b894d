//! The sender view: stands for DocuSign's own editor. A person sees message, documents and recipients, changes
//! what the app lets them change, and sends, saves, discards or cancels.
//!
//! Hidden or fixed as the request's `settings` say: `showDiscardAction`, `showBackButton`, `showEditMessage`,
//! `showEditRecipients`, and `sendButtonAction: redirect` (back to the app without sending).

use std::collections::HashMap;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::model::{Document, Object, Paper, Recipient, View, text};
use super::pages::Size;
use super::paper::each_tab;
use super::problem::Problem;
use super::settle::{check_message, check_recipient};
use super::views::live;
use crate::assets::page;
use crate::lock::lock;
use crate::world::World;

fn paper_of(world: &World, view: &View) -> Option<Paper> {
    let docusign = lock(&world.docusign);
    let account = docusign.accounts.get(&view.account_id)?;
    let of_template =
        || account.templates.iter().find(|t| t.template_id == view.subject_id).map(|t| &t.paper);
    account.envelopes.get(&view.subject_id).map(|e| &e.paper).or_else(of_template).cloned()
}

/// Whether a switch in the request's settings is not off. `part` is the group it stands in, or "".
fn is_on(settings: &Object, part: &str, name: &str) -> bool {
    let group = if part.is_empty() { Some(settings) } else { settings.get(part).and_then(|g| g.as_object()) };
    group.is_none_or(|g| text(g, name) != "false")
}

/// Whether message and recipients may be changed: the app allows it and the template does not lock it.
fn rights(view: &View, paper: &Paper) -> (bool, bool) {
    let may = |name: &str, lock: &str| {
        is_on(&view.settings, "recipientSettings", name) && paper.text(lock) != "true"
    };
    (may("showEditMessage", "messageLock"), may("showEditRecipients", "recipientsLock"))
}

/// The editor's page; `problem` is why it was not sent.
pub fn show(world: &World, token: &str, view: &View, problem: &str) -> Response {
    let Some(paper) = paper_of(world, view) else { return StatusCode::NOT_FOUND.into_response() };
    let (message, people) = rights(view, &paper);
    let body = html! {
        form.sbx-editor method="post" data-testid="sender-view" novalidate {
            header.row.spread {
                div { h1.as-h2 { "Prepare the envelope" } p.subtle { "Here DocuSign shows its own editor." } }
                div.row {
                    // The first one is what Enter does.
                    button.btn name="action" value="save" data-testid="view-save" { "Save and close" }
                    button.btn.primary name="action" value="send" data-testid="view-send" { "Send" }
                    @if is_on(&view.settings, "", "showBackButton") {
                        button.btn.transparent name="action" value="cancel" data-testid="view-cancel" { "Cancel" }
                    }
                    @if is_on(&view.settings, "", "showDiscardAction") {
                        button.btn.transparent name="action" value="discard" data-testid="view-discard" { "Discard" }
                    }
                }
            }
            @if !problem.is_empty() {
                div.banner.danger role="alert" data-testid="view-problem" { div { b { "Not sent" } p { (problem) } } }
            }
            div.sbx-desk {
                div.stack {
                    section.sbx-card aria-label="Message" {
                        div.field {
                            label for="subject" { "Subject" }
                            input.input #subject name="subject" value=(paper.text("emailSubject")) maxlength="100" readonly[!message];
                        }
                        div.field {
                            label for="message" { "Message" }
                            textarea.textarea #message name="message" rows="6" readonly[!message] { (paper.text("emailBlurb")) }
                        }
                    }
                    section.sbx-card aria-label="Recipients" {
                        h2.as-h3 { "Recipients" }
                        @if paper.recipients.is_empty() { p.subtle { "Nobody yet." } }
                        @for (n, r) in paper.recipients.iter().enumerate() { (person(n, r, people)) }
                    }
                }
                div.stack { (documents(&format!("/view/{token}"), &paper, &paper.recipients)) }
            }
        }
    };
    let status = if problem.is_empty() { StatusCode::OK } else { StatusCode::BAD_REQUEST };
    (status, page("Prepare the envelope", &body)).into_response()
}

fn colour(n: usize) -> String {
    format!("r{}", n % 6 + 1)
}

/// Name and address fields of a recipient: of an in-person signer, the signer's name and the host's.
fn fields_of(r: &Recipient) -> Vec<(&'static str, &'static str)> {
    if r.kind == "inPersonSigners" {
        vec![("signerName", "Signer's name"), ("hostName", "Host's name"), ("hostEmail", "Host's e-mail")]
    } else {
        vec![("name", "Name"), ("email", "E-mail")]
    }
}

fn person(n: usize, r: &Recipient, may_edit: bool) -> Markup {
    html! {
        fieldset.stack.tight data-recipient-id=(r.id()) {
            legend.row {
                span class=(format!("sbx-number {}", colour(n))) { (r.text("routingOrder")) }
                @if r.text("roleName").is_empty() { (r.display_name()) } @else { (r.text("roleName")) }
                span.tag { (r.text("recipientType")) }
            }
            @for (key, label) in fields_of(r) {
                @let id = format!("{key}-{}", r.id());
                div.field {
                    label for=(id) { (label) }
                    input.input.small id=(id) name=(format!("{key}:{}", r.id())) value=(r.text(key)) readonly[!may_edit];
                }
            }
            @if !r.text("note").is_empty() { p.subtle { "Note: " (r.text("note")) } }
        }
    }
}

/// The pages of all documents with the tabs of `people` on them.
pub fn documents(base: &str, paper: &Paper, people: &[Recipient]) -> Markup {
    html! {
        @if paper.documents.is_empty() { section.sbx-card { p { "No documents yet." } } }
        @for d in &paper.documents {
            section.stack.tight aria-label=(d.name) data-document-id=(d.id) {
                h2.as-h3 { (d.name) }
                @for n in 1..=d.pages { (sheet(base, d, n, people)) }
            }
        }
    }
}

fn sheet(base: &str, d: &Document, n: u32, people: &[Recipient]) -> Markup {
    let (width, height) = d.size(n);
    let here = |t: &Object| text(t, "documentId") == d.id && text(t, "pageNumber") == n.to_string();
    html! {
        div.sbx-page {
            img src=(format!("{base}/{}/{n}", d.id)) loading="lazy" width=(width.round()) height=(height.round())
                alt=(format!("{}, page {n} of {}", d.name, d.pages));
            @for (i, r) in people.iter().enumerate() {
                @for (group, tab) in each_tab(r).filter(|(_, t)| here(t)) {
                    @let at = |key: &str, whole: f32| text(tab, key).parse::<f32>().unwrap_or(0.0) / whole * 100.0;
                    span class=(format!("sbx-field {}", colour(i)))
                        style=(format!("inset-inline-start:{:.2}%;inset-block-start:{:.2}%", at("xPosition", width), at("yPosition", height))) {
                        @match text(tab, "value") {
                            "" if text(tab, "tabLabel").is_empty() => (group.trim_end_matches("Tabs")),
                            "" => (text(tab, "tabLabel").chars().take(24).collect::<String>()),
                            value => (value),
                        }
                    }
                }
            }
        }
    }
}

/// A page's picture, for whoever has the view's address.
pub async fn image(
    State(world): State<World>,
    Path((token, document_id, number)): Path<(String, String, usize)>,
) -> Response {
    let missing = || StatusCode::NOT_FOUND.into_response();
    let view = lock(&world.docusign).views.get(&token).cloned();
    let Some(paper) = view.and_then(|v| paper_of(&world, &v)) else { return missing() };
    let Ok((_, wanted)) = super::paper::Wanted::new(&paper, &document_id, "") else { return missing() };
    let pdf = super::paper::pdf_of(wanted).await;
    let size = Size { dpi: 100.0, max_width: None, max_height: None };
    let drawing =
        tokio::task::spawn_blocking(move || world.pages.png(&pdf, number.checked_sub(1)?, size)).await;
    match drawing.ok().flatten() {
        Some(png) => {
            ([(header::CONTENT_TYPE, "image/png")], Body::from(png.as_ref().clone())).into_response()
        }
        None => missing(),
    }
}

/// Takes what the person has typed into the draft.
///
/// # Errors
/// Not a draft any more, a bad address, a text that is too long; then nothing is taken.
pub fn take(world: &World, view: &View, form: &HashMap<String, String>) -> Result<(), Problem> {
    super::change(world, &view.subject_id, |e| {
        if e.status != "created" || e.deleted.is_some() {
            return Err(super::problem::wrong_status());
        }
        let mut paper = e.paper.clone();
        let (message, people) = rights(view, &paper);
        for (name, key) in [("subject", "emailSubject"), ("message", "emailBlurb")] {
            if let (true, Some(value)) = (message, form.get(name)) {
                paper.fields.insert(key.to_owned(), serde_json::Value::String(value.replace("\r\n", "\n")));
            }
        }
        for r in paper.recipients.iter_mut().filter(|_| people) {
            for (key, _) in fields_of(r) {
                if let Some(value) = form.get(&format!("{key}:{}", r.id())) {
                    r.set(key, value.trim());
                }
            }
            check_recipient(r)?;
        }
        check_message(&paper)?;
        e.paper = paper;
        Ok(Vec::new())
    })
}

/// Whether the app wants to send by itself.
pub fn only_redirects(view: &View) -> bool {
    text(&view.settings, "sendButtonAction") == "redirect"
}

/// The preview as a recipient sees it: what is visible to them, with their fields.
pub fn preview(world: &World, token: &str, view: &View) -> Option<Markup> {
    live(world, token)?;
    let mut paper = paper_of(world, view)?;
    let me: Vec<Recipient> =
        paper.recipients.iter().filter(|r| r.guid == view.recipient_guid).cloned().collect();
    if let Some(r) = me.first() {
        let all = paper.clone();
        paper.documents.retain(|d| all.shows(d, r));
    }
    let people = if me.is_empty() { paper.recipients.clone() } else { me };
    Some(documents(&format!("/view/{token}"), &paper, &people))
}
