//! What the pages have around them: notice, top bar with search and user menu, rail.

use maud::{DOCTYPE, Markup, html};

use super::{Here, format::initials};
use crate::assets::icon;

/// Which entry of the rail is current.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Contacts,
    Companies,
    Deals,
    Apps,
    Control,
    Search,
}

/// The app's mark, at a size in pixels.
pub fn app_mark(size: u32) -> Markup {
    html! {
        svg viewBox="0 0 20 20" width=(size) height=(size) aria-hidden="true" {
            rect width="20" height="20" rx="5" fill="#141414" {}
            path d="M5 12.5c2.2-5 3.6-5.6 4-4.3.5 1.7-1.4 4.6.3 4.6 1.2 0 1.9-1.9 3-1.9.8 0 .8 1.3 2.7 1.3" fill="none" stroke="#fff" stroke-width="1.5" stroke-linecap="round" {}
            path d="M5 15.5h10" stroke="#ff4800" stroke-width="1.5" stroke-linecap="round" {}
        }
    }
}

fn head(title: &str) -> Markup {
    html! {
        meta charset="utf-8";
        meta name="viewport" content="width=device-width, initial-scale=1";
        title { (title) " · Sandbox CRM" }
        link rel="stylesheet" href="/assets/tokens.css";
        link rel="stylesheet" href="/assets/components.css";
        link rel="stylesheet" href="/assets/crm/crm.css";
        link rel="icon" href="data:,";
    }
}

/// A page that stands alone: consent, errors.
pub fn bare(title: &str, main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head { (head(title)) }
            body.alone {
                aside.sandbox aria-label="Sandbox notice" { span.tag.warning { (icon("s-info")) "Sandbox" } span { "Stands in for HubSpot. No account is opened anywhere." } }
                main.sheet { (main) }
            }
        }
    }
}

/// A page of the CRM. `main` brings its own `main` element; `back` is this page's path.
pub fn page(
    here: &Here<'_>,
    title: &str,
    place: Place,
    back: &str,
    query: &str,
    main: &Markup,
    scripts: &[&str],
) -> Markup {
    let portal = here.portal.id;
    let entry = |to: Place, path: String, symbol: &str, text: &str| {
        html! { li { a href=(path) aria-current=[(place == to).then_some("page")] { (icon(symbol)) (text) } } }
    };
    let list = |type_id: &str| format!("/contacts/{portal}/objects/{type_id}/views");
    html! {
        (DOCTYPE)
        html lang="en" {
            head { (head(title)) }
            body {
                div.crm {
                    a.btn.skip href="#main" { "Skip to the content" }
                    aside.sandbox aria-label="Sandbox notice" {
                        span.tag.warning { (icon("s-info")) "Sandbox" }
                        span.grow { "Stands in for HubSpot and DocuSign. No account, no real mail: what is sent lands in the Mailbox." }
                        a href=(here.mailbox) { "Mailbox" }
                        a href="/control" { "Faults and requests" }
                    }
                    header.topbar {
                        a.brand href="/" { "Sandbox CRM" }
                        form.search role="search" action=(format!("/search/{portal}")) {
                            (icon("search"))
                            input.input type="search" name="q" value=(query) aria-label="Search the CRM" placeholder="Search contacts, companies and deals";
                        }
                        (menu(here, back))
                    }
                    nav.rail aria-label="Sandbox" {
                        h2 { "CRM" }
                        ul.sidenav {
                            (entry(Place::Contacts, list("0-1"), "user", "Contacts"))
                            (entry(Place::Companies, list("0-2"), "building", "Companies"))
                            (entry(Place::Deals, list("0-3"), "deal", "Deals"))
                        }
                        h2 { "Around it" }
                        ul.sidenav {
                            (entry(Place::Apps, format!("/apps/{portal}"), "link", "Connected apps"))
                            li { a href=(here.mailbox) { (icon("mail")) "Mailbox" } }
                            (entry(Place::Control, "/control".into(), "sliders", "Control page"))
                        }
                    }
                    (main)
                }
                script type="module" src="/assets/crm/crm.js" {}
                @for script in scripts { script type="module" src=(format!("/assets/crm/{script}")) {} }
            }
        }
    }
}

/// Account, user and language: everything that decides what the app is told.
fn menu(here: &Here<'_>, back: &str) -> Markup {
    let Here { portal, user, portals, .. } = here;
    html! {
        details.who-menu {
            summary {
                span.avatar aria-hidden="true" { (initials(&user.name())) }
                span { span.sr-only { "Switch account, user or language. Now " } (user.name()) small { (portal.name) } }
                (icon("down"))
            }
            div.menu {
                h3 { "Signed in as" }
                @for one in &portal.users {
                    form method="post" action="/session" {
                        input type="hidden" name="portal" value=(portal.id);
                        input type="hidden" name="back" value=(back);
                        button name="user" value=(one.id) aria-pressed=(if one.id == user.id { "true" } else { "false" }) {
                            span { (one.name()) small { (one.email) @if one.super_admin { " · super admin" } } }
                        }
                    }
                }
                h3 { "Language of the app" }
                form.pair method="post" action="/session" {
                    input type="hidden" name="portal" value=(portal.id);
                    input type="hidden" name="user" value=(user.id);
                    input type="hidden" name="back" value=(back);
                    @for (locale, name) in [("en", "English"), ("da", "Dansk")] {
                        button name="locale" value=(locale) lang=(locale) aria-pressed=(if user.locale == locale { "true" } else { "false" }) { (name) }
                    }
                }
                h3 { "Account" }
                @for (id, name) in portals {
                    a href=(format!("/contacts/{id}/objects/0-1/views")) aria-current=[(*id == portal.id).then_some("true")] {
                        span { (name) small { (id) } }
                    }
                }
            }
        }
    }
}
