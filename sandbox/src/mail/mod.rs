//! The recipients' mailbox: every mail that DocuSign would have sent, by recipient.

mod sign;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use serde::Deserialize;

use crate::assets::page;
use crate::docusign::model::Mail;
use crate::lock::lock;
use crate::world::World;

const SHOWN: usize = 300;

pub fn router(world: World) -> Router {
    Router::new()
        .route("/", get(|| async { axum::response::Redirect::to("/mail") }))
        .route("/mail", get(list))
        .route("/mail/{mailId}", get(letter))
        .merge(sign::router())
        .with_state(world)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Filter {
    to: String,
    envelope: String,
    /// Only mails about envelopes of this portal's accounts.
    portal: Option<u64>,
}

/// A mail and the envelope it is about.
struct Item {
    envelope_id: String,
    status: String,
    mail: Mail,
}

fn items(world: &World, portal: Option<u64>, fits: impl Fn(&str, &Mail) -> bool) -> Vec<Item> {
    let docusign = lock(&world.docusign);
    let accounts = docusign.accounts.values().filter(|a| portal.is_none_or(|p| p == a.portal_id));
    let envelopes = accounts.flat_map(|a| a.envelopes.values());
    let mut list: Vec<Item> = envelopes
        .flat_map(|e| {
            e.mails.iter().filter(|m| fits(&e.envelope_id, m)).map(|m| Item {
                envelope_id: e.envelope_id.clone(),
                status: e.status.clone(),
                mail: m.clone(),
            })
        })
        .collect();
    list.sort_by_key(|i| std::cmp::Reverse(i.mail.at));
    list
}

fn word(kind: &str) -> &str {
    match kind {
        "sign" => "To sign",
        "copy" => "Copy",
        "reminder" => "Reminder",
        "completed" => "Completed",
        "declined" => "Declined",
        "voided" => "Voided",
        other => other,
    }
}

fn when(mail: &Mail) -> Markup {
    let text = mail.at.format("%-d %b %Y, %H:%M").to_string();
    html! { time datetime=(crate::clock::milliseconds(mail.at)) { (text) } }
}

async fn list(State(world): State<World>, Query(filter): Query<Filter>) -> Markup {
    let mut found = items(&world, filter.portal, |envelope, m| {
        (filter.to.is_empty() || m.to_email.eq_ignore_ascii_case(&filter.to))
            && (filter.envelope.is_empty() || envelope == filter.envelope)
    });
    found.truncate(SHOWN);
    let mut people: Vec<(String, String)> = Vec::new();
    for item in &found {
        if !people.iter().any(|(email, _)| *email == item.mail.to_email) {
            people.push((item.mail.to_email.clone(), item.mail.to_name.clone()));
        }
    }
    let body = html! {
        div.row.spread {
            h1 { "Mailbox" }
            @if !filter.to.is_empty() || !filter.envelope.is_empty() || filter.portal.is_some() { a href="/mail" { "All mails" } }
        }
        @if people.is_empty() { p.subtle { "No mail yet. It arrives when an envelope is sent." } }
        @for (email, name) in &people {
            section.stack.tight data-mailbox=(email) {
                h2.as-h3 { (name) " " span.subtle.detail { (email) } }
                ul.sbx-list {
                    @for item in found.iter().filter(|i| i.mail.to_email == *email) {
                        li {
                            a.mail href=(format!("/mail/{}", item.mail.id)) data-recipient-email=(item.mail.to_email)
                                data-envelope-id=(item.envelope_id) data-mail-kind=(item.mail.kind) {
                                b { (item.mail.subject) }
                                span.tag { (word(&item.mail.kind)) }
                                small { (item.mail.body.split_whitespace().take(14).collect::<Vec<_>>().join(" ")) }
                                small { (when(&item.mail)) }
                            }
                        }
                    }
                }
            }
        }
    };
    page("Mailbox", &body)
}

async fn letter(State(world): State<World>, Path(id): Path<String>) -> Response {
    let Some(item) = items(&world, None, |_, m| m.id == id).into_iter().next() else {
        let body = html! { section.sbx-card.sbx-narrow { h1 { "There is no such mail" } a href="/mail" { "Mailbox" } } };
        return (StatusCode::NOT_FOUND, page("No such mail", &body)).into_response();
    };
    let mail = &item.mail;
    let link = format!("/sign/{}/{}", item.envelope_id, mail.recipient_guid);
    let body = html! {
        article.sbx-card data-recipient-email=(mail.to_email) data-envelope-id=(item.envelope_id) data-mail-kind=(mail.kind) {
            div.row.spread { span.tag { (word(&mail.kind)) } small.subtle { (when(mail)) } }
            h1.as-h2 data-mail-subject { (mail.subject) }
            p.subtle { "To " (mail.to_name) " · " (mail.to_email) " · language " (mail.language) }
            @if mail.kind == "declined" || mail.kind == "voided" {
                p { "Nothing is left to do: the envelope is " (item.status) "." }
            }
            div.sbx-letter data-mail-body { (mail.body) }
            @if !mail.note.is_empty() { p { strong { "Note to you: " } (mail.note) } }
            div.row {
                @match mail.kind.as_str() {
                    "sign" | "reminder" => a.btn.primary href=(link) data-open-envelope { "Review document" },
                    "copy" | "completed" => a.btn.primary href=(link) data-open-envelope { "View document" },
                    _ => {},
                }
                a.btn.transparent href="/mail" { "Back to the mailbox" }
            }
        }
    };
    page(&mail.subject, &body).into_response()
}
