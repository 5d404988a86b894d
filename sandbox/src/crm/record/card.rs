//! The app's card. The shell is the CRM's; what is in it is a frame of the app, or a sentence on why there is none.

use maud::{Markup, html};

use crate::{assets::icon, crm::Here, hubspot::model::At};

pub fn show(here: &Here<'_>, at: At) -> Markup {
    let header = |action: Markup| html! { header { h2 { "DocuSign" } (action) } };
    if here.portal.install.is_none() {
        return html! {
            section.pane.card aria-label="DocuSign" {
                (header(html! {}))
                div.told {
                    p { "Countersign is not installed in this account." }
                    a.btn.small href=(format!("/apps/{}", here.portal.id)) { "Go to Connected apps" }
                }
            }
        };
    }
    html! {
        section.pane.card aria-label="DocuSign" data-card
            data-portal=(here.portal.id) data-user=(here.user.id) data-type=(at.kind.type_id()) data-object=(at.id)
            data-locale=(here.user.locale) data-worker=(here.worker)
        {
            (header(html! { button.btn.transparent.small type="button" data-open { (icon("external")) "Open in a window" } }))
            div.stage data-stage { noscript { p.told { "The card needs JavaScript." } } }
            p.sr-only role="status" data-live {}
            footer { "Powered by " a href=(format!("/apps/{}", here.portal.id)) { "Countersign" } }
        }
    }
}

/// The window that `openIframeModal` opens: 1000 by 760, or what the screen has.
pub fn modal() -> Markup {
    html! {
        dialog.modal data-modal aria-labelledby="modal-title" {
            header {
                h2 #modal-title { "DocuSign" }
                button.btn.transparent.square.small type="button" data-close aria-label="Close the window" { (icon("close")) }
            }
            div data-modal-body {}
        }
    }
}
