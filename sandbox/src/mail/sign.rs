//! The signing page: the documents' pages with the recipient's fields on them; sign or decline. Opening it is
//! viewing the envelope. An access code is asked for first; three wrong ones lock the recipient out.

use std::collections::HashMap;

use axum::Router;
use axum::body::Body;
use axum::extract::{Form, Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use maud::{Markup, html};
use serde_json::Value;

use crate::assets::page;
use crate::docusign::model::{Document, text};
use crate::docusign::{Act, Object, Recipient, Size, act, each_tab, is_locked_out, pdf};
use crate::lock::lock;
use crate::world::World;

pub fn router() -> Router<World> {
    Router::new()
        .route("/sign/{envelopeId}/{recipient}", get(show).post(submit))
        .route("/sign/{envelopeId}/{recipient}/{documentId}/{page}", get(image))
}

/// What the page needs, copied out of the state.
struct Desk {
    subject: String,
    status: String,
    me: Recipient,
    documents: Vec<Document>,
    locked_out: bool,
}

impl Desk {
    /// Whether this browser still has to give the access code.
    fn asks_for_code(&self, headers: &HeaderMap) -> bool {
        let name = format!("sbx-code-{}={}", self.me.guid, self.me.code_cookie());
        let given = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
        !self.me.text("accessCode").is_empty()
            && !given.flat_map(|v| v.split(';')).any(|pair| pair.trim() == name)
    }
}

fn desk(world: &World, envelope_id: &str, who: &str) -> Option<Desk> {
    let docusign = lock(&world.docusign);
    let e = docusign.accounts.values().find_map(|a| a.envelopes.get(envelope_id))?;
    let me = e.paper.recipients.iter().find(|r| r.guid == who || r.id() == who)?.clone();
    let documents: Vec<Document> =
        e.paper.documents.iter().filter(|d| e.paper.shows(d, &me)).cloned().collect();
    let locked_out = is_locked_out(e, &me.guid);
    Some(Desk {
        subject: e.paper.text("emailSubject").to_owned(),
        status: e.status.clone(),
        me,
        documents,
        locked_out,
    })
}

fn missing() -> Response {
    let body = html! { section.sbx-card.sbx-narrow { h1 { "There is no such envelope" } a href="/mail" { "Mailbox" } } };
    (StatusCode::NOT_FOUND, page("No such envelope", &body)).into_response()
}

async fn show(
    State(world): State<World>,
    Path((envelope_id, who)): Path<(String, String)>,
    Query(query): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let back = query.get("return").cloned().unwrap_or_default();
    let Some(asked) = desk(&world, &envelope_id, &who) else { return missing() };
    if asked.asks_for_code(&headers) {
        return page(&asked.subject, &code_form(&asked, &envelope_id, &back, false)).into_response();
    }
    // Somebody whose turn it is not sees the page too, but that is no viewing.
    let _ = act(&world, &envelope_id, &who, &Act::View);
    let Some(desk) = desk(&world, &envelope_id, &who) else { return missing() };
    page(&desk.subject, &sheet(&desk, &envelope_id, &back, "")).into_response()
}

fn code_form(desk: &Desk, envelope_id: &str, back: &str, was_wrong: bool) -> Markup {
    html! {
        section.sbx-card.sbx-narrow data-testid="access-code" {
            h1.as-h2 { (desk.subject) }
            @if desk.locked_out {
                div.banner.danger role="alert" data-testid="access-locked" { div {
                    b { "Locked" } p { "The access code was wrong too often. Ask the sender to send again." }
                } }
            } @else {
                p { "The sender protects these documents with an access code, and has told it to you in another way." }
                @if was_wrong { div.banner.danger role="alert" data-testid="access-wrong" { div { b { "That is not the code" } } } }
                form.stack method="post" action=(format!("/sign/{envelope_id}/{}", desk.me.guid)) {
                    input type="hidden" name="return" value=(back);
                    div.field {
                        label for="code" { "Access code" }
                        input.input #code name="code" type="password" autocomplete="off" required;
                    }
                    div.row { button.btn.primary name="action" value="code" { "Continue" } }
                }
            }
        }
    }
}

/// The code is right: back to the page, with a cookie. The third wrong one goes back to the app, if there is one.
fn answer_code(world: &World, envelope_id: &str, who: &str, code: &str, back: &str) -> Response {
    if let Err(p) = act(world, envelope_id, who, &Act::Code(code.to_owned())) {
        return p.into_response();
    }
    let Some(desk) = desk(world, envelope_id, who) else { return missing() };
    if !desk.locked_out && desk.me.text("accessCode") == code {
        let back: String = url::form_urlencoded::byte_serialize(back.as_bytes()).collect();
        let cookie = format!(
            "sbx-code-{}={}; Path=/sign; HttpOnly; SameSite=Lax",
            desk.me.guid,
            desk.me.code_cookie()
        );
        let to = format!("/sign/{envelope_id}/{}?return={back}", desk.me.guid);
        return ([(header::SET_COOKIE, cookie)], Redirect::to(&to)).into_response();
    }
    if desk.locked_out && !back.is_empty() {
        return Redirect::to(&with_event(back, "access_code_failed")).into_response();
    }
    let body = page(&desk.subject, &code_form(&desk, envelope_id, back, true));
    (StatusCode::FORBIDDEN, body).into_response()
}

fn with_event(back: &str, event: &str) -> String {
    let joint = if back.contains('?') { '&' } else { '?' };
    format!("{back}{joint}event={event}")
}

fn sheet(desk: &Desk, envelope_id: &str, back: &str, error: &str) -> Markup {
    let open = desk.me.status() == "delivered" && desk.me.acts();
    let here = format!("/sign/{envelope_id}/{}", desk.me.guid);
    html! {
        div.stack.tight {
            h1.as-h2 { (desk.subject) }
            p.subtle data-recipient-status=(desk.me.status()) data-envelope-status=(desk.status) {
                (desk.me.display_name()) " · " (state_in_words(desk))
            }
        }
        @if !error.is_empty() { div.banner.danger role="alert" { div { b { "Not signed" } p { (error) } } } }
        form.stack method="post" action=(here) #sign-form {
            input type="hidden" name="return" value=(back);
            @for d in &desk.documents {
                section.stack.tight aria-label=(d.name) data-document-id=(d.id) {
                    h2.as-h3 { (d.name) }
                    @for n in 1..=d.pages {
                        @let size = d.size(n);
                        div.sbx-page {
                            img src=(format!("{here}/{}/{n}", d.id)) loading="lazy" width=(size.0.round()) height=(size.1.round()) alt=(format!("{}, page {n} of {}", d.name, d.pages));
                            @for (group, tab) in each_tab(&desk.me).filter(|(_, t)| text(t, "documentId") == d.id && text(t, "pageNumber") == n.to_string()) {
                                @if open { (field(group, tab, size)) }
                            }
                        }
                    }
                }
            }
            @if open {
                div.sbx-actions {
                    button.btn.primary name="action" value="sign" { "Sign" }
                    span.subtle { "Your name is put wherever a signature is asked for." }
                }
            }
        }
        @if open {
            section.sbx-card aria-label="Decline" {
                h2.as-h3 { "Rather not?" }
                form.stack method="post" action=(here) {
                    input type="hidden" name="return" value=(back);
                    div.field {
                        label for="reason" { "Reason for declining" }
                        textarea.textarea #reason name="reason" rows="2" required {}
                    }
                    div.row { button.btn name="action" value="decline" { "Decline" } }
                }
            }
        }
    }
}

fn state_in_words(desk: &Desk) -> &'static str {
    match (desk.me.status(), desk.status.as_str()) {
        (_, "voided") => "This envelope was voided.",
        (_, "declined") => "This envelope was declined.",
        ("completed", "completed") => "Everybody has finished.",
        ("completed", _) => "You have finished. Others are still to act.",
        ("delivered", _) if desk.me.acts() => "Please read and sign.",
        ("created", _) => "It is not your turn yet.",
        _ => "For your information.",
    }
}

/// Places are points from the top left of the page, as everywhere at DocuSign.
fn field(group: &str, tab: &Object, (width, height): (f32, f32)) -> Markup {
    let at = |name: &str, whole: f32| text(tab, name).parse::<f32>().unwrap_or(0.0) / whole * 100.0;
    let style = format!(
        "inset-inline-start:{:.2}%;inset-block-start:{:.2}%",
        at("xPosition", width),
        at("yPosition", height)
    );
    let label = text(tab, "tabLabel");
    let shown =
        [text(tab, "tooltip"), text(tab, "name"), label].into_iter().find(|t| !t.is_empty()).unwrap_or("");
    let name = format!("tab:{label}");
    let required = text(tab, "required") == "true";
    let locked = text(tab, "locked") == "true";
    html! {
        @match group {
            "signHereTabs" => span.sbx-field.r1 style=(style) data-tab=(label) { "Sign here" },
            "initialHereTabs" => span.sbx-field.r1 style=(style) data-tab=(label) { "Initial here" },
            "textTabs" | "numberTabs" | "numericalTabs" | "dateTabs" | "emailTabs" | "zipTabs" | "ssnTabs" | "titleTabs" | "companyTabs" if !locked => {
                span.sbx-field.r1 style=(style) {
                    input name=(name) value=(text(tab, "value")) aria-label=(shown) placeholder=(shown) required[required];
                }
            },
            "checkboxTabs" => {
                span.sbx-field.r1 style=(style) {
                    input type="checkbox" name=(name) value="true" aria-label=(shown) checked[text(tab, "selected") == "true"];
                }
            },
            "listTabs" => {
                span.sbx-field.r1 style=(style) {
                    select name=(name) aria-label=(shown) {
                        option value="" {}
                        @if let Some(items) = tab.get("listItems").and_then(Value::as_array) {
                            @for item in items.iter().filter_map(Value::as_object) {
                                option value=(text(item, "value")) selected[text(item, "selected") == "true"] { (text(item, "text")) }
                            }
                        }
                    }
                }
            },
            _ => {},
        }
    }
}

async fn submit(
    State(world): State<World>,
    Path((envelope_id, who)): Path<(String, String)>,
    headers: HeaderMap,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    let back = form.get("return").cloned().unwrap_or_default();
    if let Some(code) = form.get("code") {
        return answer_code(&world, &envelope_id, &who, code, &back);
    }
    match desk(&world, &envelope_id, &who) {
        Some(desk) if !desk.asks_for_code(&headers) => {}
        Some(_) => return Redirect::to(&format!("/sign/{envelope_id}/{who}")).into_response(),
        None => return missing(),
    }
    let decline = form.get("action").is_some_and(|a| a == "decline");
    let todo = if decline {
        Act::Decline(form.get("reason").cloned().unwrap_or_default())
    } else {
        let values = form
            .iter()
            .filter_map(|(k, v)| Some((k.strip_prefix("tab:")?.to_owned(), Value::String(v.clone()))));
        Act::Sign(values.collect())
    };
    match act(&world, &envelope_id, &who, &todo) {
        Ok(()) if back.is_empty() => Redirect::to(&format!("/sign/{envelope_id}/{who}")).into_response(),
        Ok(()) => {
            let event = if decline { "decline" } else { "signing_complete" };
            Redirect::to(&with_event(&back, event)).into_response()
        }
        Err(p) => match desk(&world, &envelope_id, &who) {
            Some(desk) => {
                (StatusCode::BAD_REQUEST, page(&desk.subject, &sheet(&desk, &envelope_id, &back, &p.message)))
                    .into_response()
            }
            None => missing(),
        },
    }
}

async fn image(
    State(world): State<World>,
    Path((envelope_id, who, document_id, number)): Path<(String, String, String, usize)>,
    headers: HeaderMap,
) -> Response {
    let Some(desk) = desk(&world, &envelope_id, &who) else { return StatusCode::NOT_FOUND.into_response() };
    if desk.asks_for_code(&headers) || !desk.documents.iter().any(|d| d.id == document_id) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let Some(pdf) = pdf(&world, &envelope_id, &document_id).await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let size = Size { dpi: 100.0, max_width: None, max_height: None };
    let drawing =
        tokio::task::spawn_blocking(move || world.pages.png(&pdf, number.checked_sub(1)?, size)).await;
    match drawing.ok().flatten() {
        Some(png) => {
            ([(header::CONTENT_TYPE, "image/png")], Body::from(png.as_ref().clone())).into_response()
        }
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
