//! The control page: what went over the wire, faults on demand, and the clock.

use axum::{
    extract::{Query, State},
    http::HeaderMap,
    response::Response,
};
use maud::{Markup, html};

use super::{
    frame::{self, Place},
    missing, session, visit,
};
use crate::{
    assets::icon,
    faults::Rule,
    lock::lock,
    traffic::{Entry, Filter, Vendor},
    world::World,
};

const SHOWN: usize = 100;

#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub struct Wanted {
    vendor: String,
    path: String,
}

pub async fn page(State(world): State<World>, Query(wanted): Query<Wanted>, headers: HeaderMap) -> Response {
    let portal = session::portal(&lock(&world.hubspot), &headers);
    let Some(portal) = portal else {
        return missing("There is no account", "Reset the sandbox to get its sample accounts back.");
    };
    let vendor = VENDORS.iter().find(|(_, name, _)| *name == wanted.vendor).map(|(vendor, ..)| *vendor);
    let path = Some(wanted.path.trim()).filter(|path| !path.is_empty()).map(|path| format!("*{path}*"));
    let mut entries = world.traffic.list(&Filter { vendor, path, ..Filter::default() });
    let total = entries.len();
    entries.reverse();
    entries.truncate(SHOWN);
    let faults = world.faults.list();
    let offset = world.clock.offset_seconds();
    visit(&world, &headers, portal, |here| {
        let clock = super::format::date_and_time(here.portal, here.now);
        let main = html! {
            main.page #main tabindex="-1" {
                header { div { h1 { "Control page" } p.subtle { "What the Worker and the vendors said to each other, and what you can break." } } }
                p role="alert" data-problem {}
                (clock_pane(&clock, &here.portal.time_zone, offset))
                (faults_pane(&faults))
                (requests_pane(&entries, total, &wanted))
            }
        };
        Ok(frame::page(here, "Control page", Place::Control, "/control", "", &main, &["control.js"]))
    })
}

const VENDORS: [(Vendor, &str, &str); 4] = [
    (Vendor::Hubspot, "hubspot", "Worker to HubSpot"),
    (Vendor::Docusign, "docusign", "Worker to DocuSign"),
    (Vendor::HubspotCall, "hubspotcall", "HubSpot to Worker"),
    (Vendor::Connect, "connect", "Connect to Worker"),
];

fn vendor_name(vendor: Vendor) -> &'static str {
    VENDORS.iter().find(|(one, ..)| *one == vendor).map_or("", |(_, _, text)| *text)
}

fn clock_pane(clock: &str, zone: &str, offset: i64) -> Markup {
    html! {
        section.pane aria-label="Clock" {
            header { h2.as-h4 { "Clock" } }
            div.pad.stack {
                p { "It is " b { (clock) } " (" (zone) ")" @if offset != 0 { ", " (offset / 60) " minutes ahead of the machine" } "." }
                form.fields data-clock {
                    div.field { label for="minutes" { "Move ahead by minutes" } input.input #minutes name="minutes" type="number" min="1" value="31" required; }
                    button.btn { "Move the clock" }
                }
                p.detail.subtle { "Access tokens of HubSpot last 30 minutes." }
            }
        }
    }
}

fn choice(id: &str, label: &str, options: &[(&str, &str)], chosen: &str) -> Markup {
    named(id, id, label, options, chosen)
}

fn named(id: &str, name: &str, label: &str, options: &[(&str, &str)], chosen: &str) -> Markup {
    html! {
        div.field { label for=(id) { (label) } div.select {
            select #(id) name=(name) { @for (value, text) in options { option value=(value) selected[*value == chosen] { (text) } } }
            (icon("down"))
        } }
    }
}

fn faults_pane(faults: &[Rule]) -> Markup {
    let effects = [
        ("429", "429 too many calls"),
        ("400", "400 refused"),
        ("401", "401 not signed in"),
        ("403", "403 not allowed"),
        ("404", "404 not there"),
        ("500", "500 broken"),
        ("503", "503 not available"),
        ("late", "Only late"),
        ("cutBefore", "Cut off, not done"),
        ("cutAfter", "Cut off, but done"),
        ("drop", "Connect: lost"),
        ("duplicate", "Connect: twice"),
        ("reorder", "Connect: out of order"),
    ];
    html! {
        section.pane aria-label="Faults" {
            header { h2.as-h4 { "Faults " span.badge { (faults.len()) } } @if !faults.is_empty() { button.btn.small type="button" data-call="DELETE /__sandbox/faults" { "Remove all" } } }
            div.pad.stack {
                @if !faults.is_empty() {
                    ul.stack.tight { @for rule in faults { li.row.spread {
                        code { (serde_json::to_string(rule).unwrap_or_default()) }
                        button.btn.small type="button" data-call=(format!("DELETE /__sandbox/faults?id={}", rule.id)) aria-label=(format!("Remove fault {}", rule.id)) { "Remove" }
                    } } }
                }
                form.fields data-fault {
                    (choice("vendor", "Who fails", &[("docusign", "DocuSign"), ("hubspot", "HubSpot"), ("connect", "Connect messages")], "docusign"))
                    (choice("effect", "How", &effects, "500"))
                    div.field { label for="path" { "Path, * for anything" } input.input #path name="path" placeholder="*/envelopes"; }
                    (choice("method", "Method", &[("", "Any"), ("GET", "GET"), ("POST", "POST"), ("PUT", "PUT"), ("PATCH", "PATCH"), ("DELETE", "DELETE")], ""))
                    div.field { label for="count" { "How often" } input.input #count name="count" type="number" min="1" value="1"; }
                    div.field { label for="delayMs" { "Late by milliseconds" } input.input #delayMs name="delayMs" type="number" min="0"; }
                    div.field { label for="portalId" { "Only in account" } input.input #portalId name="portalId" inputmode="numeric"; }
                    button.btn { "Add fault" }
                }
            }
        }
    }
}

fn requests_pane(entries: &[Entry], total: usize, wanted: &Wanted) -> Markup {
    let vendors: Vec<(&str, &str)> =
        [("", "All")].into_iter().chain(VENDORS.iter().map(|(_, name, text)| (*name, *text))).collect();
    html! {
        section.pane aria-label="Requests" {
            header {
                h2.as-h4 { "Requests " span.badge { (total) } }
                div.row {
                    a.btn.small href="/control" { (icon("refresh")) "Refresh" }
                    button.btn.small type="button" data-call="DELETE /__sandbox/requests" { "Forget all" }
                }
            }
            div.pad.stack {
                form.fields action="/control" {
                    (named("vendor-filter", "vendor", "Direction", &vendors, &wanted.vendor))
                    div.field { label for="path-filter" { "Part of the path" } input.input #path-filter name="path" value=(wanted.path); }
                    button.btn { "Filter" }
                }
                @if entries.is_empty() { p.subtle { "No calls yet. Open a record or install the app, then refresh." } }
                @else { div.table-wrap { table.table.log {
                    caption.sr-only { "Calls, newest first" }
                    thead { tr { th scope="col" { "Time" } th scope="col" { "Direction" } th scope="col" { "Call" } th scope="col" { "Answer" } th scope="col" { "Account" } } }
                    tbody { @for entry in entries { (row(entry)) } }
                } } }
                @if total > entries.len() { p.detail.subtle { "The newest " (entries.len()) " of " (total) "." } }
            }
        }
    }
}

fn row(entry: &Entry) -> Markup {
    let tone = match entry.status {
        0 => "danger",
        200..400 => "success",
        400..500 => "warning",
        _ => "danger",
    };
    let answer = match (&entry.outcome, entry.status) {
        (Some(outcome), 0) => outcome.clone(),
        (None, 0) => "under way".into(),
        (_, status) => status.to_string(),
    };
    let pretty = |value: &serde_json::Value| serde_json::to_string_pretty(value).unwrap_or_default();
    html! {
        tr {
            td data-label="Time" { time datetime=(entry.at) { (entry.at.get(11..23).unwrap_or_default()) } }
            td data-label="Direction" { (vendor_name(entry.vendor)) }
            td data-label="Call" {
                details {
                    summary { b { (entry.method) } " " code { (entry.path) } }
                    @if !entry.query.is_empty() { p.detail { "?" (entry.query) } }
                    p.overline { "Sent" } pre tabindex="0" { (pretty(&entry.request_body)) }
                    p.overline { "Answered" } pre tabindex="0" { (pretty(&entry.response_body)) }
                }
            }
            td data-label="Answer" { span class={ "tag " (tone) } { (answer) } }
            td data-label="Account" { (entry.portal_id.as_deref().or(entry.account_id.as_deref()).unwrap_or("–")) }
        }
    }
}
