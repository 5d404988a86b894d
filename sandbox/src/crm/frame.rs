//! What the pages have around them.

use maud::{DOCTYPE, Markup, html};

/// The app's mark, at a size in pixels.
pub fn app_mark(size: u32) -> Markup {
    html! {
        svg.mark viewBox="0 0 20 20" width=(size) height=(size) aria-hidden="true" {
            rect width="20" height="20" rx="5" fill="#141414" {}
            path d="M5 12.5c2.2-5 3.6-5.6 4-4.3.5 1.7-1.4 4.6.3 4.6 1.2 0 1.9-1.9 3-1.9.8 0 .8 1.3 2.7 1.3" fill="none" stroke="#fff" stroke-width="1.5" stroke-linecap="round" {}
            path d="M5 15.5h10" stroke="#ff4800" stroke-width="1.5" stroke-linecap="round" {}
        }
    }
}

pub fn head(title: &str) -> Markup {
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
                aside.sandbox aria-label="Sandbox notice" { span.tag.warning { (crate::assets::icon("s-info")) "Sandbox" } span { "Stands in for HubSpot. No account is opened anywhere." } }
                main.sheet { (main) }
            }
        }
    }
}
