//! The style sheets and icons of the sandbox's own pages, and the frame that every page shares.

use axum::Router;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use maud::{DOCTYPE, Markup, html};

pub fn router() -> Router {
    let css = |text: &'static str| get(move || async move { file("text/css; charset=utf-8", text) });
    Router::new()
        .route("/assets/tokens.css", css(include_str!("../assets/tokens.css")))
        .route("/assets/components.css", css(include_str!("../assets/components.css")))
        .route("/assets/sandbox.css", css(include_str!("../assets/sandbox.css")))
        .route(
            "/assets/icons.svg",
            get(|| async { file("image/svg+xml", include_str!("../assets/icons.svg")) }),
        )
        .route(
            "/assets/fonts/lexend-deca-latin-wght-normal.woff2",
            get(|| async {
                let font: &'static [u8] =
                    include_bytes!("../assets/fonts/lexend-deca-latin-wght-normal.woff2");
                ([(header::CONTENT_TYPE, "font/woff2"), (header::CACHE_CONTROL, "max-age=86400")], font)
            }),
        )
}

fn file(kind: &'static str, text: &'static str) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "max-age=300")], text)
}

/// A page of the DocuSign side: a bar which says that this is a sandbox, then `main`.
pub fn page(title: &str, main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · DocuSign sandbox" }
                link rel="stylesheet" href="/assets/tokens.css";
                link rel="stylesheet" href="/assets/components.css";
                link rel="stylesheet" href="/assets/sandbox.css";
                link rel="icon" href="data:,";
            }
            body.sbx {
                header.sbx-bar role="banner" {
                    span { strong { "Sandbox" } " standing in for DocuSign. Nothing here is real, and nothing leaves this machine." }
                    a href="/mail" { "Mailbox" }
                }
                main.sbx-main { (main) }
            }
        }
    }
}

pub fn icon(name: &str) -> Markup {
    html! { svg.icon aria-hidden="true" { use href=(format!("/assets/icons.svg#{name}")) {} } }
}
