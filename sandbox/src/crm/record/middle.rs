//! Middle column: what happened on the record, newest first, and an overview.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::{
    assets::icon,
    crm::{Here, format, list, rich_text},
    hubspot::{
        files,
        model::{At, Kind, Record},
        time,
    },
};

/// One entry of the timeline.
struct Entry {
    at: i64,
    symbol: &'static str,
    title: Markup,
    body: Markup,
}

pub fn show(here: &Here<'_>, at: At, record: &Record) -> Markup {
    let entries = entries(here, at);
    html! {
        section.pane aria-label="Activities and overview" {
            div.pad style="padding-block-end:0" {
                div.tabs role="tablist" aria-label="Record" {
                    button type="button" role="tab" #tab-activities aria-controls="panel-activities" aria-selected="true" { "Activities" }
                    button type="button" role="tab" #tab-overview aria-controls="panel-overview" aria-selected="false" tabindex="-1" { "Overview" }
                }
            }
            div #panel-activities role="tabpanel" aria-labelledby="tab-activities" { (activities(here, &entries)) }
            div #panel-overview role="tabpanel" aria-labelledby="tab-overview" hidden { (overview(here, at, record, &entries)) }
        }
    }
}

fn activities(here: &Here<'_>, entries: &[Entry]) -> Markup {
    // Months in order, newest first.
    let mut months: Vec<(String, Vec<&Entry>)> = vec![];
    for entry in entries {
        let month = format::month(here.portal, entry.at);
        match months.last_mut() {
            Some((last, list)) if *last == month => list.push(entry),
            _ => months.push((month, vec![entry])),
        }
    }
    html! {
        div.pad.row.spread {
            div.search style="inline-size:min(260px,100%)" {
                (icon("search"))
                input.input type="search" aria-label="Search activities" placeholder="Search activities" data-filter="#panel-activities .item" data-none="#no-activities";
            }
            span.detail.subtle { "Notes, emails, calls, meetings and app events" }
        }
        @for (month, list) in &months {
            section data-month aria-label=(month) {
                h2.month { (month) }
                ul { @for entry in list { (item(here, entry)) } }
            }
        }
        p.pad.subtle #no-activities role="status" hidden[!entries.is_empty()] { "No activities here." }
    }
}

fn item(here: &Here<'_>, entry: &Entry) -> Markup {
    html! {
        li.item { (icon(entry.symbol)) span dir="auto" { (entry.title) } (format::when(here.portal, entry.at, here.now)) div dir="auto" { (entry.body) } }
    }
}

fn entries(here: &Here<'_>, at: At) -> Vec<Entry> {
    let portal = here.portal;
    let mut entries: Vec<Entry> = portal
        .activities
        .iter()
        .filter(|activity| activity.records.contains(&at))
        .map(|activity| Entry {
            at: activity.at,
            symbol: match activity.kind.as_str() {
                "email" => "mail",
                "call" => "phone",
                "meeting" => "calendar",
                "stage" => "deal",
                _ => "plus",
            },
            title: html! { (activity.title) },
            body: html! { (activity.body) },
        })
        .collect();
    for link in portal.links(at, Kind::Note) {
        if let Some(note) = portal.record(link.to) {
            entries.push(note_entry(here, note));
        }
    }
    for event in portal.events.values().filter(|event| concerns(&event.body, at)) {
        let name = event.body.get("eventTypeName").and_then(serde_json::Value::as_str).unwrap_or("App event");
        let details: BTreeMap<&str, &str> = event
            .body
            .get("properties")
            .and_then(serde_json::Value::as_object)
            .into_iter()
            .flatten()
            .filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)))
            .collect();
        entries.push(Entry {
            at: event.at,
            symbol: "pen",
            title: html! { b { (name) } },
            body: html! { span.detail.subtle { @for (name, value) in &details { (name) ": " (value) " " } } },
        });
    }
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
    entries
}

fn concerns(event: &serde_json::Value, at: At) -> bool {
    let id = event.get("objectId").and_then(serde_json::Value::as_str);
    id == Some(at.id.to_string().as_str())
}

fn note_entry(here: &Here<'_>, note: &Record) -> Entry {
    let portal = here.portal;
    let ids = note.get("hs_attachment_ids").unwrap_or_default().split(';');
    let attached: Vec<_> = ids.filter_map(|id| portal.files.get(&id.trim().parse().ok()?)).collect();
    Entry {
        at: note.get("hs_timestamp").and_then(time::parse).unwrap_or(note.created_at),
        symbol: if attached.is_empty() { "note" } else { "doc" },
        title: html! { @match note.get("hs_created_by").and_then(|id| portal.user(id.parse().ok()?)) { Some(user) => { "Note by " (user.name()) } None => { "Note" } } },
        body: html! {
            div.note-body { (rich_text::show(note.get("hs_note_body").unwrap_or_default())) }
            @if !attached.is_empty() {
                div.attachments { @for file in attached {
                    a href=(files::signed_link(portal.id, file, here.now + 3_600_000)) target="_blank" rel="noopener" { (icon("doc")) (file.name) @if !file.extension.is_empty() { "." (file.extension) } }
                } }
            }
        },
    }
}

fn overview(here: &Here<'_>, at: At, record: &Record, entries: &[Entry]) -> Markup {
    let portal = here.portal;
    let names: &[(&str, &str)] = match at.kind {
        Kind::Deal => &[
            ("Amount", "amount"),
            ("Close date", "closedate"),
            ("Owner", "hubspot_owner_id"),
            ("Created", "createdate"),
        ],
        Kind::Company => &[
            ("Industry", "industry"),
            ("Employees", "numberofemployees"),
            ("Owner", "hubspot_owner_id"),
            ("Created", "createdate"),
        ],
        _ => &[
            ("Lifecycle stage", "lifecyclestage"),
            ("Lead status", "hs_lead_status"),
            ("Owner", "hubspot_owner_id"),
            ("Created", "createdate"),
        ],
    };
    let others: [Kind; 2] = match at.kind {
        Kind::Contact => [Kind::Company, Kind::Deal],
        Kind::Company => [Kind::Contact, Kind::Deal],
        _ => [Kind::Contact, Kind::Company],
    };
    html! {
        div.pad.stack {
            h2.as-h4 { "Data highlights" }
            dl.highlights {
                @for (label, name) in names { div { dt { (label) } dd { (format::value(portal, at.kind, record, name).unwrap_or_else(|| "–".into())) } } }
                div { dt { "Last activity" } dd { @match entries.first() { Some(entry) => (format::when(portal, entry.at, here.now)), None => "–" } } }
            }
            @for kind in others {
                @let links = portal.links(at, kind);
                @if !links.is_empty() {
                    h2.as-h4 { (list::heading(kind)) " " span.badge { (links.len()) } }
                    ul.stack.tight { @for link in links { li { a href=(list::record_path(portal, link.to)) dir="auto" { (portal.title(link.to)) } } } }
                }
            }
        }
    }
}
