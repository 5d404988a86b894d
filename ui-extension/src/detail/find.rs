//! Finding an envelope of the record: by words, by where it stands, in another order. The edge searches, through all
//! there are; what is found follows live as in the panel.

use std::time::Duration;

use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};
use shared::{card::Face, envelope::Group};

use crate::{
    edge::{Failure, after_send as edge},
    fault,
    frame::Frame,
    icon::icon,
    panel::row,
    redraw::redrawn,
    say,
    wizard::focus_soon,
    words::say,
};

/// Typing rests this long before it is searched for.
const REST: Duration = Duration::from_millis(250);
/// Where an envelope may stand, as the filter offers it after the groups.
const FACES: [Face; 8] = [
    Face::Sent,
    Face::Viewed,
    Face::Partial,
    Face::Completed,
    Face::Declined,
    Face::Bounced,
    Face::Voided,
    Face::Correct,
];

#[derive(Clone, Copy)]
struct Search {
    frame: Frame,
    words: RwSignal<String>,
    /// `g:` and a group, `s:` and a face, or nothing.
    filter: RwSignal<String>,
    by: RwSignal<String>,
    ids: RwSignal<Vec<String>>,
    total: RwSignal<u32>,
    next: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    failed: RwSignal<Option<Failure>>,
    /// Which question the last answer must be of.
    turn: StoredValue<u32>,
}

impl Search {
    fn run(self, more: bool) {
        let turn = self.turn.get_value().wrapping_add(1);
        self.turn.set_value(turn);
        let cursor = if more { self.next.get_untracked().unwrap_or_default() } else { String::new() };
        self.busy.set(true);
        spawn_local(async move {
            let (words, filter, by) =
                (self.words.get_untracked(), self.filter.get_untracked(), self.by.get_untracked());
            let (group, status) = match filter.split_once(':') {
                Some(("g", group)) => (group, ""),
                Some((_, status)) => ("", status),
                None => ("", ""),
            };
            let query = [
                ("q", words.trim()),
                ("group", group),
                ("status", status),
                ("by", by.as_str()),
                ("cursor", &cursor),
            ];
            let answer = edge::find(&self.frame.token(), &query).await;
            if self.turn.try_get_value() != Some(turn) {
                return;
            }
            self.busy.set(false);
            match answer {
                Ok(page) => {
                    self.failed.set(None);
                    self.total.set(page.total);
                    self.next.set(page.next);
                    let found: Vec<String> = page.envelopes.iter().map(|one| one.id.clone()).collect();
                    self.frame.show_found(page.envelopes);
                    self.ids.update(|ids| {
                        if !more {
                            ids.clear();
                        }
                        ids.extend(found);
                    });
                }
                Err(failure) => self.failed.set(Some(failure)),
            }
        });
    }
}

/// In the place of the panel's list.
pub fn find() -> AnyView {
    let frame = expect_context::<Frame>();
    let search = Search {
        frame,
        words: RwSignal::new(String::new()),
        filter: RwSignal::new(String::new()),
        by: RwSignal::new(String::new()),
        ids: RwSignal::new(Vec::new()),
        total: RwSignal::new(0),
        next: RwSignal::new(None),
        busy: RwSignal::new(false),
        failed: RwSignal::new(None),
        turn: StoredValue::new(0),
    };
    search.run(false);
    focus_soon("#find-words".to_owned());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let soon = move || {
        if let Some(before) = waiting.try_update_value(Option::take).flatten() {
            before.clear();
        }
        waiting.set_value(set_timeout_with_handle(move || search.run(false), REST).ok());
    };
    let groups = Group::ALL.map(|group| {
        let key = match group {
            Group::NeedsAttention => "group-attention",
            Group::InProgress => "group-progress",
            Group::Completed => "group-completed",
        };
        view! { <option value=["g:", group.name()].concat()>{say(key)}</option> }
    });
    let faces = FACES.map(|face| {
        view! { <option value=["s:", face.name()].concat()>{say(&["face-", face.name()].concat())}</option> }
    });
    let close = move || {
        frame.finding.set(false);
        focus_soon("#find-envelopes".to_owned());
    };
    view! {
        <section class="group find" data-testid="find" aria-busy=move || search.busy.get().to_string()
            on:keydown=move |event| {
                if event.key() == "Escape" && !event.default_prevented() && document().query_selector("dialog[open]").ok().flatten().is_none() {
                    event.prevent_default();
                    close();
                }
            }>
            <div class="row spread">
                <h2 class="overline">{say("find-title")}</h2>
                <button type="button" class="btn transparent square small" aria-label=say("find-close") on:click=move |_| close()>{icon("close")}</button>
            </div>
            <div class="search">
                {icon("search")}
                <input class="input" id="find-words" type="search" maxlength="100" aria-label=say("panel-search")
                    placeholder=say("find-hint") prop:value=move || search.words.get()
                    on:input=move |event| {
                        search.words.set(event_target_value(&event));
                        soon();
                    }/>
            </div>
            <div class="row filters">
                <div class="select small grow">
                    <select aria-label=say("find-filter") on:change=move |event| {
                        search.filter.set(event_target_value(&event));
                        search.run(false);
                    }>
                        <option value="">{say("find-all")}</option>
                        <optgroup label=say("find-groups")>{groups.collect_view()}</optgroup>
                        <optgroup label=say("find-statuses")>{faces.collect_view()}</optgroup>
                    </select>
                    {icon("x-down")}
                </div>
                <div class="select small grow">
                    <select aria-label=say("find-order") on:change=move |event| {
                        search.by.set(event_target_value(&event));
                        search.run(false);
                    }>
                        <option value="">{say("find-by-need")}</option>
                        <option value="changed">{say("find-by-change")}</option>
                    </select>
                    {icon("x-down")}
                </div>
            </div>
            <p class="detail subtle" role="status">
                {redrawn(move || say!("find-count", count = search.total.get() as usize))}
            </p>
            {redrawn(move || search.failed.get().map(|failure| {
                let again = fault::try_again(move || search.run(false));
                fault::banner(Some(say("panel-failed")), &failure, Some(again))
            }))}
            <ul><For each=move || search.ids.get() key=Clone::clone children=row/></ul>
            {redrawn(move || search.next.with(Option::is_some).then(|| view! {
                <button type="button" class="btn small" aria-busy=move || search.busy.get().to_string() on:click=move |_| search.run(true)>
                    {say("show-more")}
                </button>
            }))}
        </section>
    }
    .into_any()
}
