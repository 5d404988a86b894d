//! Who changed what: filtered, page by page, and as a file.

use js_sys::Date;
use leptos::{prelude::*, task::spawn_local};
use shared::settings::audit::{Action, AuditEntry, AuditPage};
use wasm_bindgen::JsValue;

use super::{
    board::{Board, Deed, Fetched},
    form, head,
};
use crate::{edge, fault, icon::icon, redraw::redrawn, times::when, words::say};

const DAY_MS: f64 = 86_400_000.0;

/// What is looked for.
#[derive(Clone, Copy)]
struct Filter {
    action: RwSignal<String>,
    user: RwSignal<String>,
    from: RwSignal<String>,
    to: RwSignal<String>,
    /// Counts how often it was cleared: only then are the selects drawn anew, since that takes their focus away.
    cleared: RwSignal<u32>,
}

impl Filter {
    /// The query, without a cursor. The last day counts whole, as the reader's clock has it.
    fn query(self) -> String {
        let moment = |text: String, plus: f64| {
            let start = Date::new(&JsValue::from_str(&[&text, "T00:00:00"].concat())).get_time();
            if start.is_nan() { String::new() } else { ((start + plus) as i64).to_string() }
        };
        let pairs = [
            ("action", self.action.get_untracked()),
            ("user", self.user.get_untracked()),
            ("from", moment(self.from.get_untracked(), 0.0)),
            ("to", moment(self.to.get_untracked(), DAY_MS - 1.0)),
        ];
        let written = pairs.iter().filter(|(_, value)| !value.is_empty());
        written
            .map(|(name, value)| [*name, "=", &edge::settings::part(value)].concat())
            .collect::<Vec<_>>()
            .join("&")
    }

    fn is_set(self) -> bool {
        [self.action, self.user, self.from, self.to].iter().any(|part| part.with(|text| !text.is_empty()))
    }

    fn clear(self) {
        for part in [self.action, self.user, self.from, self.to] {
            part.set(String::new());
        }
        self.cleared.update(|times| *times = times.wrapping_add(1));
    }
}

pub fn page(board: Board) -> AnyView {
    let empty = || RwSignal::new(String::new());
    let filter =
        Filter { action: empty(), user: empty(), from: empty(), to: empty(), cleared: RwSignal::new(0) };
    let first = Fetched::<AuditPage>::of(board, move || ["/api/settings/audit?", &filter.query()].concat());
    // What was read after the first page.
    let older = RwSignal::new(Vec::<AuditEntry>::new());
    let next = RwSignal::new(None::<Option<String>>);
    // Those whom the list has shown so far.
    let people = RwSignal::new(Vec::<(String, String)>::new());
    Effect::new(move |_| {
        if let Some(page) = first.got() {
            let mut known = people.get_untracked();
            let before = known.len();
            for entry in page.entries {
                if !entry.user.is_empty() && !known.iter().any(|(user, _)| *user == entry.user) {
                    known.push((entry.user, entry.email));
                }
            }
            if known.len() > before {
                people.set(known);
            }
        }
    });
    let again = move || {
        older.set(Vec::new());
        next.set(None);
        first.again();
    };
    let saving = Deed::new(board);
    let save = move || {
        let path = ["/api/settings/audit.csv?", &filter.query()].concat();
        saving.run(
            |token| async move { edge::settings::text(&token, &path, &[]).await },
            move |text| {
                form::save("history.csv", &text);
                board.tell(say("history-saved"));
            },
        );
    };
    let download = view! {
        <button type="button" class="btn" aria-busy=move || saving.busy.get().to_string() on:click=move |_| save()>
            {icon("x-download")} {say("download")}
        </button>
    };
    view! {
        {head("history", Some(download.into_any()))}
        {saving.told()}
        {filters(filter, people, again)}
        {first.shown(move |page| list(board, page, filter, older, next, again))}
    }
    .into_any()
}

fn filters(
    filter: Filter,
    people: RwSignal<Vec<(String, String)>>,
    again: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    let action_choices = move || {
        filter.cleared.track();
        let mut choices = vec![(String::new(), say("all-actions"))];
        choices.extend(
            Action::ALL.iter().map(|one| (one.name().to_owned(), say(&["audit-", one.name()].concat()))),
        );
        let write = move |value| {
            filter.action.set(value);
            again();
        };
        form::select("by-action", say("column-what"), choices, filter.action.get_untracked(), write)
    };
    let user_choices = move || {
        filter.cleared.track();
        let mut choices = vec![(String::new(), say("all-users"))];
        choices.extend(people.get());
        let write = move |value| {
            filter.user.set(value);
            again();
        };
        form::select("by-user", say("column-who"), choices, filter.user.get_untracked(), write)
    };
    let day = move |id: &'static str, label: &'static str, value: RwSignal<String>| {
        view! {
            <div class="field">
                <label for=id>{say(label)}</label>
                <input type="date" class="input" id=id prop:value=move || value.get() on:change=move |event| {
                    value.set(event_target_value(&event));
                    again();
                }/>
            </div>
        }
    };
    view! {
        <div class="formrow filters">
            {redrawn(action_choices)}
            {redrawn(user_choices)}
            {day("from-day", "from-day", filter.from)}
            {day("to-day", "to-day", filter.to)}
        </div>
        {redrawn(move || filter.is_set().then(|| view! {
            <div class="row"><button type="button" class="btn small" on:click=move |_| {
                filter.clear();
                again();
            }>{say("clear-filter")}</button></div>
        }))}
    }
    .into_any()
}

fn list(
    board: Board,
    page: AuditPage,
    filter: Filter,
    older: RwSignal<Vec<AuditEntry>>,
    next: RwSignal<Option<Option<String>>>,
    again: impl Fn() + Copy + Send + Sync + 'static,
) -> AnyView {
    if page.entries.is_empty() {
        let words = if untrack(|| filter.is_set()) { "history-none-found" } else { "history-empty" };
        return view! { <p class="empty">{say(words)}</p> }.into_any();
    }
    let now = board.frame.now.into();
    let row = move |entry: AuditEntry| {
        let who = if entry.email.is_empty() { say("by-itself") } else { entry.email };
        view! {
            <tr>
                <th scope="row">{say(&["audit-", entry.action.name()].concat())}</th>
                <td data-label=say("column-about")>{entry.about}</td>
                <td data-label=say("column-who")><span class="mail">{who}</span></td>
                <td data-label=say("column-when")>{when(entry.at, now)}</td>
            </tr>
        }
        .into_any()
    };
    let reading = RwSignal::new(false);
    let fault = RwSignal::new(None);
    let first_next = page.next.clone();
    let cursor = move || next.get().unwrap_or_else(|| first_next.clone());
    let more = move |cursor: String| {
        reading.set(true);
        fault.set(None);
        spawn_local(async move {
            let path = ["/api/settings/audit?", &filter.query(), "&cursor=", &edge::settings::part(&cursor)]
                .concat();
            let answer: edge::Answer<AuditPage> = edge::settings::get(&board.frame.token(), &path, &[]).await;
            reading.try_set(false);
            match board.heard(answer) {
                Ok(page) => {
                    older.try_update(|known| known.extend(page.entries));
                    next.try_set(Some(page.next));
                }
                Err(failure) => {
                    fault.try_set(Some(failure));
                }
            }
        });
    };
    let entries = page.entries.into_iter().map(row).collect_view();
    view! {
        <div class="table-wrap">
            <table class="table" data-testid="history">
                <caption class="sr-only">{say("subject-history")}</caption>
                <thead><tr>
                    <th scope="col">{say("column-what")}</th>
                    <th scope="col">{say("column-about")}</th>
                    <th scope="col">{say("column-who")}</th>
                    <th scope="col">{say("column-when")}</th>
                </tr></thead>
                <tbody>{entries} {redrawn(move || older.get().into_iter().map(row).collect_view())}</tbody>
            </table>
        </div>
        {redrawn(move || fault.get().map(|failure| fault::banner(None, &failure, Some(fault::try_again(again)))))}
        {redrawn(move || cursor().map(|at| view! {
            <div class="row"><button type="button" class="btn small" aria-busy=move || reading.get().to_string()
                on:click=move |_| more(at.clone())>{say("show-older")}</button></div>
        }))}
    }
    .into_any()
}
