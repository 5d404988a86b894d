//! A choice from a long list, by typing: a combobox with a list, for keyboard and pointer.

use leptos::{ev::KeyboardEvent, prelude::*};
use web_sys::HtmlInputElement;

use crate::{frame::lowercase, icon::icon, redraw::redrawn, words::say};

/// As many lines as somebody would look through.
const SHOWN_MAX: usize = 40;

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    pub value: String,
    pub label: String,
    /// What is known besides, or why it cannot be taken.
    pub second: String,
    pub can: bool,
}

/// What a chooser works on.
#[derive(Clone, Copy)]
pub struct Chooser {
    pub id: &'static str,
    pub offers: Signal<Vec<Offer>>,
    /// The value of the offer that was taken; anything else is shown as it is.
    pub chosen: RwSignal<Option<String>>,
    /// What is typed and none of the offers may be taken, too; the message that offers it.
    pub free: Option<&'static str>,
    /// What stands in the place of a list that is not here.
    pub instead: Signal<Option<String>>,
    /// Told of what is typed, where the list comes from a search.
    pub typed: Option<Callback<String>>,
    pub invalid: Signal<bool>,
}

fn fitting(chooser: Chooser, text: &str) -> Vec<Offer> {
    let wanted = lowercase(text.trim());
    let holds = |offer: &Offer| {
        let all = lowercase(&[&offer.label, " ", &offer.second, " ", &offer.value].concat());
        wanted.split_whitespace().all(|word| all.contains(word))
    };
    let mut found: Vec<Offer> = chooser.offers.with(|offers| {
        offers
            .iter()
            .filter(|offer| chooser.typed.is_some() || holds(offer))
            .take(SHOWN_MAX)
            .cloned()
            .collect()
    });
    if let Some(key) = chooser.free.filter(|_| !wanted.is_empty()) {
        let exact = found.iter().any(|offer| lowercase(&offer.label) == wanted);
        if !exact {
            let value = text.trim().to_owned();
            found.push(Offer {
                label: crate::say!(key, text = &value),
                value,
                second: String::new(),
                can: true,
            });
        }
    }
    found
}

pub fn chooser(label: String, chooser: Chooser) -> AnyView {
    let Chooser { id, offers, chosen, .. } = chooser;
    let label_of = move |value: &str| {
        offers
            .with(|offers| offers.iter().find(|offer| offer.value == value).map(|offer| offer.label.clone()))
            .unwrap_or_else(|| value.to_owned())
    };
    // `None`: nobody is typing, and the choice is shown.
    let text = RwSignal::new(None::<String>);
    let open = RwSignal::new(false);
    let active = RwSignal::new(None::<usize>);
    let found = Memo::new(move |_| fitting(chooser, text.get().as_deref().unwrap_or_default()));
    let take = move |place: usize| {
        let offer = found.with_untracked(|found| found.get(place).filter(|offer| offer.can).cloned());
        if let Some(offer) = offer {
            chosen.set(Some(offer.value));
            text.set(None);
            open.set(false);
            active.set(None);
        }
    };
    let step = move |down: bool| {
        let can: Vec<usize> = found.with_untracked(|found| {
            found.iter().enumerate().filter(|(_, offer)| offer.can).map(|(place, _)| place).collect()
        });
        let at = active.get_untracked().and_then(|now| can.iter().position(|place| *place == now));
        let to = match (at, down) {
            (None, true) => 0,
            (None, false) => can.len().saturating_sub(1),
            (Some(at), true) => (at + 1) % can.len().max(1),
            (Some(at), false) => (at + can.len().saturating_sub(1)) % can.len().max(1),
        };
        let place = can.get(to).copied();
        active.set(place);
        if let Some(place) = place {
            reveal(option_id(id, place));
        }
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowDown" | "ArrowUp" => {
            event.prevent_default();
            open.set(true);
            step(event.key() == "ArrowDown");
        }
        "Enter" if open.get_untracked() => {
            event.prevent_default();
            if let Some(place) = active.get_untracked() {
                take(place);
            }
        }
        // The list closes, and not the dialog that it is in.
        "Escape" if open.get_untracked() => {
            event.prevent_default();
            event.stop_propagation();
            open.set(false);
            text.set(None);
        }
        _ => {}
    };
    let list_id = [id, "-list"].concat();
    let controls = list_id.clone();
    let list_label = label.clone();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <div class="picker">
                <div class="search">
                    {icon("search")}
                    <input class="input" type="text" id=id role="combobox" autocomplete="off" aria-autocomplete="list"
                        aria-controls=controls aria-expanded=move || open.get().to_string()
                        aria-invalid=move || chooser.invalid.get().then_some("true")
                        aria-activedescendant=move || active.get().filter(|_| open.get()).map(|place| option_id(id, place))
                        placeholder=say("choose-type")
                        prop:value=move || text.get().unwrap_or_else(|| chosen.get().map(|value| label_of(&value)).unwrap_or_default())
                        on:input=move |event| {
                            let typed = event_target_value(&event);
                            if let Some(tell) = chooser.typed {
                                tell.run(typed.clone());
                            }
                            text.set(Some(typed));
                            active.set(None);
                            open.set(true);
                        }
                        on:keydown=on_key
                        on:click=move |event| {
                            open.set(true);
                            // What is typed next takes the place of what was chosen.
                            if text.with_untracked(Option::is_none) {
                                event_target::<HtmlInputElement>(&event).select();
                            }
                        }
                        on:blur=move |_| {
                            open.set(false);
                            text.set(None);
                        }/>
                </div>
                <div class="listbox" role="listbox" id=list_id aria-label=list_label hidden=move || !open.get()
                    // The field keeps the focus while the list is clicked in.
                    on:mousedown=|event| event.prevent_default()>
                    {redrawn(move || {
                        let lines = found.get();
                        match (lines.is_empty(), chooser.instead.get()) {
                            (_, Some(words)) => line(words),
                            (true, None) => line(say("choose-none")),
                            (false, None) => lines
                                .into_iter()
                                .enumerate()
                                .map(|(place, offer)| option(id, place, offer, active, take))
                                .collect_view()
                                .into_any(),
                        }
                    })}
                </div>
            </div>
        </div>
    }
    .into_any()
}

/// Words where options would be.
fn line(words: String) -> AnyView {
    view! { <div class="option" role="option" aria-disabled="true" aria-selected="false">{words}</div> }
        .into_any()
}

fn option_id(id: &str, place: usize) -> String {
    [id, "-", &place.to_string()].concat()
}

fn option(
    id: &'static str,
    place: usize,
    offer: Offer,
    active: RwSignal<Option<usize>>,
    take: impl Fn(usize) + Copy + 'static,
) -> AnyView {
    view! {
        <div class="option" role="option" id=option_id(id, place) class:is-active=move || active.get() == Some(place)
            aria-selected=move || (active.get() == Some(place)).to_string() aria-disabled=(!offer.can).then_some("true")
            on:click=move |_| take(place)>
            <span class="grow">{offer.label} " " <small>{offer.second}</small></span>
        </div>
    }
    .into_any()
}

/// Scrolls an option into the list's view.
fn reveal(id: String) {
    request_animation_frame(move || {
        if let Some(option) = document().get_element_by_id(&id) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}
