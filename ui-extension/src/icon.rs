//! Icons and the mark.

use leptos::prelude::*;

use crate::frame::Frame;

/// An icon of `site/icons.svg`, or, when its name begins with an x, of `site/icons-more.svg`, which the panel does not
/// load. Always beside words, or on a button that has a label.
pub fn icon(name: &str) -> AnyView {
    let base = expect_context::<Frame>().base.get_value();
    let file = if name.starts_with('x') { "/icons-more.svg#" } else { "/icons.svg#" };
    let shape = ["<use href=\"", &base, file, name, "\"/>"].concat();
    view! { <svg class="icon" aria-hidden="true" inner_html=shape></svg> }.into_any()
}

/// A signature on its line.
pub fn mark() -> AnyView {
    const SHAPE: &str = "<rect width=\"20\" height=\"20\" rx=\"5\" fill=\"#141414\"/>\
        <path d=\"M5 12.5c2.2-5 3.6-5.6 4-4.3.5 1.7-1.4 4.6.3 4.6 1.2 0 1.9-1.9 3-1.9.8 0 .8 1.3 2.7 1.3\" \
        fill=\"none\" stroke=\"#fff\" stroke-width=\"1.5\" stroke-linecap=\"round\"/>\
        <path d=\"M5 15.5h10\" stroke=\"#ff4800\" stroke-width=\"1.5\" stroke-linecap=\"round\"/>";
    view! { <svg class="mark" viewBox="0 0 20 20" aria-hidden="true" inner_html=SHAPE></svg> }.into_any()
}
