//! The parts of a view that change.

use leptos::prelude::*;

/// A part of a view that is drawn anew when a signal it reads changes.
///
/// Leptos compiles its machinery once for each type of closure; behind a box they all have one. That is a
/// fifth of the wasm of a screen, for one call through a pointer.
pub fn redrawn<V: IntoAny>(part: impl Fn() -> V + Send + 'static) -> AnyView {
    boxed(Box::new(move || part().into_any()))
}

fn boxed(part: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    (move || part()).into_any()
}
