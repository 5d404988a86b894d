//! Several templates in one envelope: which, and in which order their documents come.

use leptos::prelude::*;

use crate::redraw::redrawn;
use crate::{icon::icon, say, wizard::run::Run, words::say};

/// What is chosen so far, and the way to choose more; nothing before the first.
pub fn chosen(run: Run) -> AnyView {
    redrawn(move || {
        let chosen = run.chosen.get();
        if chosen.is_empty() {
            return None;
        }
        if !run.several.get() {
            return Some(
                view! {
                    <div class="row">
                        <button type="button" class="btn small" id="add-template" on:click=move |_| {
                            run.several.set(true);
                            crate::wizard::focus_soon("#templates-chosen".to_owned());
                        }>{icon("x-plus")} {say("template-add")}</button>
                    </div>
                }
                .into_any(),
            );
        }
        let count = chosen.len();
        let lines = chosen.into_iter().enumerate().map(|(place, template)| {
            let name = template.name.clone();
            let (up, down, out) = (template.id.clone(), template.id.clone(), template.clone());
            let refocus = move |place: usize, which: &str| {
                crate::wizard::focus_soon(format!(".chosen li:nth-child({}) .{which}", place.saturating_add(1)));
            };
            view! {
                <li class="line">
                    <div class="order" hidden={count < 2}>
                        <button type="button" class="handle up" aria-label=say!("template-up", name = &name)
                            aria-disabled=(place == 0).to_string()
                            on:click=move |_| {
                                run.move_chosen(&up, true);
                                refocus(place.saturating_sub(1), "up");
                            }>{icon("x-down")}</button>
                        <button type="button" class="handle down" aria-label=say!("template-down", name = &name)
                            aria-disabled=(place.saturating_add(1) == count).to_string()
                            on:click=move |_| {
                                run.move_chosen(&down, false);
                                refocus(place.saturating_add(1).min(count.saturating_sub(1)), "down");
                            }>{icon("x-down")}</button>
                    </div>
                    <span class="grow">{name.clone()} {(place == 0 && count > 1).then(|| view! { <small>{say("template-first")}</small> })}</span>
                    <button type="button" class="btn transparent square small" aria-label=say!("template-out", name = &name)
                        on:click=move |_| {
                            run.choose(out.clone(), false);
                            crate::wizard::focus_soon("#templates-chosen, #add-template, .step input[type=search]".to_owned());
                        }>{icon("close")}</button>
                </li>
            }
        });
        Some(
            view! {
                <section class="block chosen" data-testid="chosen-templates">
                    <header>
                        <h2 class="as-h4" id="templates-chosen" tabindex="-1">{say!("templates-in-envelope", count = count)}</h2>
                    </header>
                    <ol>{lines.collect_view()}</ol>
                    <p class="line detail subtle">{say("template-add-help")}</p>
                </section>
            }
            .into_any(),
        )
    })
}
