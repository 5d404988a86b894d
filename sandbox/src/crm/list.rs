//! Lists of contacts, companies and deals, and the search over all three.

use axum::{
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
};
use maud::{Markup, html};
use serde::Deserialize;

use super::{
    Here, format,
    frame::{self, Place},
    visit,
};
use crate::{
    assets::icon,
    hubspot::model::{At, Kind, Portal, Record},
    world::World,
};

const PER_PAGE: usize = 25;

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    q: String,
    page: usize,
}

pub fn place(kind: Kind) -> Place {
    match kind {
        Kind::Company => Place::Companies,
        Kind::Deal => Place::Deals,
        _ => Place::Contacts,
    }
}

pub fn heading(kind: Kind) -> &'static str {
    match kind {
        Kind::Company => "Companies",
        Kind::Deal => "Deals",
        _ => "Contacts",
    }
}

pub fn record_path(portal: &Portal, at: At) -> String {
    format!("/contacts/{}/record/{}/{}", portal.id, at.kind.type_id(), at.id)
}

/// Column: header, and what stands in it.
type Column = (&'static str, fn(&Portal, Kind, &Record) -> Markup);

fn columns(kind: Kind) -> [Column; 4] {
    fn property(portal: &Portal, kind: Kind, record: &Record, name: &str) -> Markup {
        match format::value(portal, kind, record, name) {
            Some(text) => html! { (text) },
            None => html! { span.subtle { "–" } },
        }
    }
    fn company(portal: &Portal, kind: Kind, record: &Record) -> Markup {
        match portal.primary_company(At { kind, id: record.id }) {
            Some(at) => html! { a href=(record_path(portal, at)) { (portal.title(at)) } },
            None => html! { span.subtle { "–" } },
        }
    }
    match kind {
        Kind::Company => [
            ("Domain", |p, k, r| property(p, k, r, "domain")),
            ("City", |p, k, r| property(p, k, r, "city")),
            ("Industry", |p, k, r| property(p, k, r, "industry")),
            ("Owner", |p, k, r| property(p, k, r, "hubspot_owner_id")),
        ],
        Kind::Deal => [
            ("Stage", |p, k, r| property(p, k, r, "dealstage")),
            ("Amount", |p, k, r| property(p, k, r, "amount")),
            ("Close date", |p, k, r| property(p, k, r, "closedate")),
            ("Company", company),
        ],
        _ => [
            ("Email", |p, k, r| property(p, k, r, "email")),
            ("Job title", |p, k, r| property(p, k, r, "jobtitle")),
            ("Company", company),
            ("Owner", |p, k, r| property(p, k, r, "hubspot_owner_id")),
        ],
    }
}

/// Records with every word of the query somewhere in their name, address or number.
fn matching<'a>(portal: &'a Portal, kind: Kind, query: &str) -> Vec<&'a Record> {
    let words: Vec<String> = query.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let text = |record: &Record| {
        let names = ["email", "domain", "company", "phone", "jobtitle", "purchase_order"];
        let values = names.iter().filter_map(|name| record.get(name)).collect::<Vec<_>>().join(" ");
        format!("{} {values} {}", portal.title(At { kind, id: record.id }), record.id).to_lowercase()
    };
    portal.all(kind).filter(|record| words.iter().all(|word| text(record).contains(word.as_str()))).collect()
}

fn table(portal: &Portal, kind: Kind, records: &[&Record]) -> Markup {
    let columns = columns(kind);
    html! {
        div.table-wrap {
            table.table {
                caption.sr-only { (heading(kind)) }
                thead { tr {
                    th scope="col" { "Name" }
                    @for (name, _) in &columns { th.num-cell[*name == "Amount"] scope="col" { (name) } }
                } }
                tbody { @for record in records {
                    @let at = At { kind, id: record.id };
                    tr {
                        th scope="row" { a href=(record_path(portal, at)) dir="auto" { (portal.title(at)) } }
                        @for (name, cell) in &columns { td.num-cell[*name == "Amount"] data-label=(name) { (cell(portal, kind, record)) } }
                    }
                } }
            }
        }
    }
}

pub async fn page(
    State(world): State<World>,
    Path((portal, object_type)): Path<(u64, String)>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Response {
    visit(&world, &headers, portal, |here| {
        let kind = Kind::parse(&object_type).filter(|kind| Kind::RECORDS.contains(kind));
        let kind = kind.ok_or_else(|| nothing(here, "There is no such list"))?;
        let path = format!("/contacts/{portal}/objects/{}/views", kind.type_id());
        Ok(frame::page(here, heading(kind), place(kind), &path, "", &list(here, kind, &path, &wanted), &[]))
    })
}

fn list(here: &Here<'_>, kind: Kind, path: &str, wanted: &Wanted) -> Markup {
    let portal = here.portal;
    let found = matching(portal, kind, &wanted.q);
    let pages = found.len().div_ceil(PER_PAGE).max(1);
    let page = wanted.page.clamp(1, pages);
    let first = (page - 1) * PER_PAGE;
    let shown: Vec<&Record> = found.iter().copied().skip(first).take(PER_PAGE).collect();
    let link = |page: usize| {
        let query: String = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("q", &wanted.q)
            .append_pair("page", &page.to_string())
            .finish();
        format!("{path}?{query}")
    };
    html! {
        main.page #main tabindex="-1" {
            header {
                div { h1 { (heading(kind)) } p.subtle { (portal.all(kind).count()) " records in " (portal.name) } }
                form.search action=(path) role="search" aria-label=(format!("{} only", heading(kind))) {
                    (icon("search"))
                    input.input type="search" name="q" value=(wanted.q) aria-label=(format!("Search {}", heading(kind).to_lowercase())) placeholder="Name, email, domain or number";
                }
            }
            @if shown.is_empty() {
                div.empty { p { "Nothing here matches “" (wanted.q) "”." } a.btn.small href=(path) { "Show all " (heading(kind).to_lowercase()) } }
            } @else {
                (table(portal, kind, &shown))
                nav.pager aria-label="Pages" {
                    span.detail.subtle { (first + 1) " to " (first + shown.len()) " of " (found.len()) }
                    span.row {
                        @if page > 1 { a.btn.small href=(link(page - 1)) rel="prev" { (icon("left")) "Previous" } }
                        @if page < pages { a.btn.small href=(link(page + 1)) rel="next" { "Next" (icon("right")) } }
                    }
                }
            }
        }
    }
}

fn nothing(here: &Here<'_>, title: &str) -> Markup {
    let main =
        html! { main.page #main tabindex="-1" { h1 { (title) } p { a href="/" { "Go to the contacts" } } } };
    frame::page(here, title, Place::Search, "/", "", &main, &[])
}

pub async fn search(
    State(world): State<World>,
    Path(portal): Path<u64>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Response {
    visit(&world, &headers, portal, |here| {
        let found = Kind::RECORDS.map(|kind| (kind, matching(here.portal, kind, &wanted.q)));
        let total: usize = found.iter().map(|(_, records)| records.len()).sum();
        let main = html! {
            main.page #main tabindex="-1" {
                header { div { h1 { "Search" } p.subtle role="status" { (total) " records match “" (wanted.q) "”" } } }
                @for (kind, records) in &found { @if !records.is_empty() {
                    section.stack.tight aria-label=(heading(*kind)) {
                        h2.as-h3 { (heading(*kind)) " " span.badge { (records.len()) } }
                        (table(here.portal, *kind, &records.iter().copied().take(10).collect::<Vec<_>>()))
                    }
                } }
            }
        };
        Ok(frame::page(here, "Search", Place::Search, "/", &wanted.q, &main, &[]))
    })
}
