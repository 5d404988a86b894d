//! The wizard.
use leptos::prelude::*;
pub fn wizard() -> AnyView {
    view! {<main class="wizard"><h1>"W"</h1></main>}.into_any()
}
