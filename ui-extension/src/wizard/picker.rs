//! The contact picker: the record's own contacts first, then the CRM's by search, and at the end whoever is
//! in neither. A combobox with a list, by keyboard and by pointer.

use std::time::Duration;

use leptos::{ev::KeyboardEvent, leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use shared::record::Contact;

use super::{
    problem::{self, Spot},
    recipient::{focus_in, initials},
    run::{Line, Run},
};
use crate::redraw::redrawn;
use crate::{edge, frame::lowercase, icon::icon, say, words::say};

const PAUSE: Duration = Duration::from_millis(300);

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Offer {
    Contact {
        contact: Contact,
        of_record: bool,
    },
    Searching,
    /// The search failed; the rest of the list still works.
    Failed,
    /// Somebody who is not in the CRM, called so.
    Somebody(String),
}

impl Offer {
    fn can_be_picked(&self) -> bool {
        match self {
            Self::Contact { contact, .. } => contact.email.is_some(),
            Self::Somebody(_) => true,
            Self::Searching | Self::Failed => false,
        }
    }
}

#[derive(Clone, Copy)]
struct Search {
    run: Run,
    text: RwSignal<String>,
    found: RwSignal<Vec<Contact>>,
    searching: RwSignal<bool>,
    failed: RwSignal<bool>,
    asked: StoredValue<u32>,
    pause: StoredValue<Option<TimeoutHandle>>,
}

impl Search {
    fn typed(self, text: String) {
        let question = self.asked.get_value().wrapping_add(1);
        self.asked.set_value(question);
        if let Some(pause) = self.pause.get_value() {
            pause.clear();
        }
        let is_empty = text.trim().is_empty();
        self.text.set(text);
        self.failed.set(false);
        self.searching.set(!is_empty);
        if is_empty {
            return self.found.set(Vec::new());
        }
        let handle = set_timeout_with_handle(move || self.ask(question), PAUSE);
        self.pause.set_value(handle.ok());
    }

    fn ask(self, question: u32) {
        let Some(text) = self.text.try_get_untracked() else { return };
        spawn_local(async move {
            let answer = edge::contacts(&self.run.frame.token(), text.trim()).await;
            if self.asked.try_get_value() != Some(question) {
                return;
            }
            self.searching.set(false);
            match answer {
                Ok(page) => self.found.set(page.contacts),
                Err(_) => self.failed.set(true),
            }
        });
    }

    fn offers(self) -> Vec<Offer> {
        let text = self.text.get();
        let wanted = lowercase(text.trim());
        let own = self
            .run
            .record
            .with(|record| record.as_ref().map(|record| record.contacts.clone()).unwrap_or_default());
        let fits = |contact: &Contact| {
            lowercase(&contact.name).contains(&wanted)
                || contact.email.as_deref().is_some_and(|email| lowercase(email).contains(&wanted))
        };
        let found = self.found.get().into_iter().filter(|one| !own.iter().any(|known| known.id == one.id));
        let found: Vec<Offer> = found.map(|contact| Offer::Contact { contact, of_record: false }).collect();
        let mut offers: Vec<Offer> = own
            .iter()
            .filter(|contact| fits(contact))
            .map(|contact| Offer::Contact { contact: contact.clone(), of_record: true })
            .collect();
        offers.extend(found);
        if self.searching.get() {
            offers.push(Offer::Searching);
        }
        if self.failed.get() {
            offers.push(Offer::Failed);
        }
        offers.push(Offer::Somebody(text.trim().to_owned()));
        offers
    }
}

pub fn picker(run: Run, line: Line, role: String) -> AnyView {
    let search = Search {
        run,
        text: RwSignal::new(String::new()),
        found: RwSignal::new(Vec::new()),
        searching: RwSignal::new(false),
        failed: RwSignal::new(false),
        asked: StoredValue::new(0),
        pause: StoredValue::new(None),
    };
    let open = RwSignal::new(false);
    let active = RwSignal::new(None::<usize>);
    let offers = Memo::new(move |_| search.offers());
    let take = move |place: usize| {
        let Some(offer) = offers.with_untracked(|offers| offers.get(place).cloned()) else { return };
        match offer {
            Offer::Contact { contact, .. } if contact.email.is_some() => {
                run.pick(line, &contact);
                focus_in(line, ".clear");
            }
            Offer::Somebody(text) => {
                let is_address = text.contains('@');
                run.edit(line, |row| if is_address { row.email = text } else { row.name = text });
                run.set_typing(line, true);
                focus_in(line, if is_address { "input[type=text]" } else { "input[type=email]" });
            }
            _ => {}
        }
    };
    let step = move |down: bool| {
        let can: Vec<usize> = offers.with_untracked(|offers| {
            let numbered = offers.iter().enumerate();
            numbered.filter(|(_, offer)| offer.can_be_picked()).map(|(place, _)| place).collect()
        });
        let now = active.get_untracked().filter(|_| open.get_untracked());
        let next = match (now, down) {
            (None, true) => can.first(),
            (None, false) => can.last(),
            (Some(now), true) => can.iter().find(|place| **place > now).or(can.first()),
            (Some(now), false) => can.iter().rev().find(|place| **place < now).or(can.last()),
        };
        open.set(true);
        active.set(next.copied());
        if let Some(place) = next {
            reveal(line, *place);
        }
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowDown" | "ArrowUp" => {
            event.prevent_default();
            step(event.key() == "ArrowDown");
        }
        "Enter" => {
            event.prevent_default();
            if let Some(place) = active.get_untracked().filter(|_| open.get_untracked()) {
                take(place);
            } else {
                open.set(true);
            }
        }
        "Escape" if open.get_untracked() => {
            // The wizard's own Escape looks at this.
            event.prevent_default();
            open.set(false);
        }
        _ => {}
    };
    let list_id = format!("contacts-{}", line.key);
    let described = format!("contact-problem-{}", line.key);
    let error_id = described.clone();
    let missing = Memo::new(move |_| {
        let place = run.place(line);
        let named =
            problem::first_at(run, place, Spot::Name).or_else(|| problem::first_at(run, place, Spot::Email));
        named.map(|_| say("row-empty"))
    });
    let key = line.key;
    view! {
        <div class="picker">
            <div class="search">
                {icon("search")}
                <input type="text" class="input" role="combobox" autocomplete="off" aria-autocomplete="list"
                    aria-label=say!("contact-for", role = &role) placeholder=say("contact-search")
                    aria-expanded=move || open.get().to_string() aria-controls=list_id.clone()
                    aria-activedescendant=move || active.get().filter(|_| open.get()).map(|place| option_id(key, place))
                    aria-describedby=described aria-invalid=move || missing.with(Option::is_some).to_string()
                    on:input=move |event| {
                        search.typed(event_target_value(&event));
                        active.set(None);
                        open.set(true);
                    }
                    on:keydown=on_key
                    on:click=move |_| open.set(true)
                    on:blur=move |_| open.set(false)/>
            </div>
            <div class="listbox" role="listbox" id=list_id aria-label=say("contacts") hidden=move || !open.get()
                // The field keeps the focus while the list is clicked in.
                on:mousedown=|event| event.prevent_default()>
                {redrawn(move || offers.with(|offers| {
                    offers.iter().enumerate().map(|(place, offer)| option(run, key, place, offer, active, take)).collect_view()
                }))}
            </div>
        </div>
        {redrawn(move || missing.get().map(|words| view! {
            <div class="field">{problem::line(error_id.clone(), words)}</div>
        }))}
    }
    .into_any()
}

fn option_id(key: u32, place: usize) -> String {
    format!("contact-{key}-{place}")
}

/// Scrolls an option into the list's view.
fn reveal(line: Line, place: usize) {
    request_animation_frame(move || {
        if let Some(option) = document().get_element_by_id(&option_id(line.key, place)) {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}

fn option(
    run: Run,
    key: u32,
    place: usize,
    offer: &Offer,
    active: RwSignal<Option<usize>>,
    take: impl Fn(usize) + Copy + 'static,
) -> AnyView {
    let (picture, first, second) = match offer {
        Offer::Contact { contact, of_record } => {
            let email = contact.email.clone().unwrap_or_else(|| say("contact-without-email"));
            let own = of_record.then(|| say!("on-this-record", record = run.frame.record_kind()));
            let parts = [contact.company.clone(), Some(email), own];
            let second =
                parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
            (initials(&contact.name).into_any(), contact.name.clone(), second)
        }
        Offer::Searching => (icon("search"), say("contacts-searching"), String::new()),
        Offer::Failed => (icon("s-declined"), say("contacts-failed"), say("contacts-failed-fix")),
        Offer::Somebody(text) => {
            let first = match text.as_str() {
                "" => say("somebody-else"),
                text => say!("somebody-called", text = text),
            };
            (icon("x-plus"), first, say("somebody-fix"))
        }
    };
    let can = offer.can_be_picked();
    view! {
        <div class="option" role="option" id=option_id(key, place) class:is-active=move || active.get() == Some(place)
            aria-selected=move || (active.get() == Some(place)).to_string() aria-disabled=(!can).then_some("true")
            on:click=move |_| take(place)>
            <span class="avatar" aria-hidden="true">{picture}</span>
            <span class="grow">{first} " " <small>{second}</small></span>
        </div>
    }
    .into_any()
}
