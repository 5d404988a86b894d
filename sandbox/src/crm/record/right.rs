//! Right column below the app's card: associated records.

use maud::{Markup, html};

use crate::{
    crm::{Here, format, list},
    hubspot::{
        links,
        model::{At, Kind, Link},
    },
};

pub fn show(here: &Here<'_>, at: At) -> Markup {
    let kinds: [Kind; 2] = match at.kind {
        Kind::Contact => [Kind::Company, Kind::Deal],
        Kind::Company => [Kind::Contact, Kind::Deal],
        _ => [Kind::Contact, Kind::Company],
    };
    html! { @for kind in kinds { (pane(here, at, kind)) } }
}

fn pane(here: &Here<'_>, at: At, kind: Kind) -> Markup {
    let links = here.portal.links(at, kind);
    html! {
        section.pane aria-label=(format!("Associated {}", list::heading(kind).to_lowercase())) {
            header { h2.as-h4 { (list::heading(kind)) " " span.badge { (links.len()) } } }
            @if links.is_empty() { p.pad.subtle { "No " (list::heading(kind).to_lowercase()) " are associated with this record." } }
            @else { ul { @for link in links { (row(here, link)) } } }
        }
    }
}

fn row(here: &Here<'_>, link: &Link) -> Markup {
    let portal = here.portal;
    let to = link.to;
    let title = portal.title(to);
    let Some(record) = portal.record(to) else { return html! {} };
    let details: Vec<String> = match to.kind {
        Kind::Deal => [format::value(portal, to.kind, record, "dealstage"), format::money(portal, record)]
            .into_iter()
            .flatten()
            .collect(),
        Kind::Company => {
            ["domain", "city"].iter().filter_map(|name| record.get(name)).map(str::to_owned).collect()
        }
        _ => {
            let email = record.get("email").unwrap_or("no email address");
            record.get("jobtitle").into_iter().chain([email]).map(str::to_owned).collect()
        }
    };
    let labels = link.types.iter().filter_map(|number| links::known(link.from.kind, to.kind, *number)?.0);
    html! {
        li.mini {
            span.avatar aria-hidden="true" { (format::initials(&title)) }
            span {
                a href=(list::record_path(portal, to)) dir="auto" { (title) }
                small dir="auto" { (details.join(" · ")) }
                @for label in labels { span.tag { (label) } " " }
            }
        }
    }
}
