//! The user's language, and what an admin decides for everybody.

use leptos::prelude::*;
use shared::{
    draft::{Expiration, Reminders},
    error::Code,
    settings::{Admin, ChooseLanguage, NoteEvent, Preferences, SavePreferences, Saved},
};

use super::{
    board::{Board, Deed},
    form, head,
};
use crate::{
    edge, fault,
    redraw::redrawn,
    words::{Language, say},
};

pub fn page(board: Board) -> AnyView {
    let known = board.settings.get_untracked();
    let admin = known.as_ref().is_some_and(|s| s.you.admin == Admin::Yes);
    let language = known.as_ref().and_then(|s| s.you.language.clone());
    view! {
        {head("preferences", None)}
        {own_language(board, language)}
        {admin.then(|| view! { <section class="stack" data-testid="for-everybody">{everybody(board)}</section> })}
    }
    .into_any()
}

fn own_language(board: Board, now: Option<String>) -> AnyView {
    let deed = Deed::new(board);
    let mut choices = vec![(String::new(), say("language-hubspot"))];
    choices.extend(Language::ALL.map(|one| (one.tag().to_owned(), one.own_name().to_owned())));
    let choose = move |value: String| {
        let language = (!value.is_empty()).then_some(value);
        let spoken = language.as_deref().and_then(Language::of_locale);
        deed.run(
            |token| async move {
                edge::settings::put_only(&token, "/api/settings/language", &ChooseLanguage { language }).await
            },
            move |()| {
                board.load();
                match spoken {
                    Some(language) => leptos::task::spawn_local(async move {
                        board.frame.speak(language).await;
                    }),
                    None => board.tell(say("language-later")),
                }
            },
        );
    };
    view! {
        <section class="card stack">
            <h2 class="as-h4">{say("for-you")}</h2>
            <div class="half">{form::select("language", say("language"), choices, now.unwrap_or_default(), choose)}</div>
            <p class="detail subtle">{say("language-help")}</p>
            {deed.told()}
        </section>
    }
    .into_any()
}

/// A number of days as it is typed.
#[derive(Clone, Copy)]
struct Typed(RwSignal<String>);

impl Typed {
    fn of(number: Option<u32>) -> Self {
        Self(RwSignal::new(number.map(|n| n.to_string()).unwrap_or_default()))
    }

    /// What is no number is more than is allowed, and so told.
    fn read(self) -> u32 {
        self.0.with(|text| text.trim().parse().unwrap_or(u32::MAX))
    }
}

/// The form.
#[derive(Clone, Copy)]
struct Form {
    remind: RwSignal<bool>,
    first: Typed,
    then: Typed,
    most: Typed,
    expire: RwSignal<bool>,
    after: Typed,
    warn: Typed,
    notes: [RwSignal<bool>; 5],
    file: RwSignal<bool>,
    forget: RwSignal<bool>,
    days: Typed,
}

impl Form {
    fn of(now: &Preferences) -> Self {
        let reminders = now.reminders;
        let expiration = now.expiration;
        Self {
            remind: RwSignal::new(reminders.is_some()),
            first: Typed::of(Some(reminders.map_or(3, |r| r.first_after))),
            then: Typed::of(Some(reminders.map_or(3, |r| r.then_every))),
            most: Typed::of(reminders.and_then(|r| r.at_most)),
            expire: RwSignal::new(expiration.is_some()),
            after: Typed::of(Some(expiration.map_or(120, |e| e.after))),
            warn: Typed::of(Some(expiration.map_or(3, |e| e.warn_before))),
            notes: NoteEvent::ALL.map(|event| RwSignal::new(now.notes.contains(&event))),
            file: RwSignal::new(now.file_signed),
            forget: RwSignal::new(now.retention_days.is_some()),
            days: Typed::of(Some(now.retention_days.unwrap_or(365))),
        }
    }

    fn read(self) -> Preferences {
        let most = match self.most.0.with(|text| text.trim().is_empty()) {
            true => None,
            false => Some(self.most.read()),
        };
        let events = NoteEvent::ALL.into_iter().zip(self.notes);
        Preferences {
            reminders: self.remind.get().then(|| Reminders {
                first_after: self.first.read(),
                then_every: self.then.read(),
                at_most: most,
            }),
            expiration: self
                .expire
                .get()
                .then(|| Expiration { after: self.after.read(), warn_before: self.warn.read() }),
            notes: events.filter(|(_, on)| on.get()).map(|(event, _)| event).collect(),
            file_signed: self.file.get(),
            retention_days: self.forget.get().then(|| self.days.read()),
        }
    }
}

fn everybody(board: Board) -> AnyView {
    // Drawn anew after a conflict only: what is being typed outlives a reading.
    let drawn = RwSignal::new(0u32);
    redrawn(move || {
        drawn.get();
        let known = board.settings.get_untracked();
        known.map(|settings| form_of(board, &settings.preferences, settings.preferences_version, drawn))
    })
}

fn form_of(board: Board, now: &Preferences, version: u32, drawn: RwSignal<u32>) -> AnyView {
    let form = Form::of(now);
    let version = StoredValue::new(version);
    let asked = RwSignal::new(false);
    let deed = Deed::new(board);
    let wrong = Memo::new(move |_| if asked.get() { form.read().problem() } else { None });
    let is = move |name: &'static str| Signal::derive(move || wrong.get() == Some(name));
    let told = move |name: &'static str, key: &'static str| {
        redrawn(move || {
            is(name).get().then(|| {
                view! { <div class="field">{form::error([key, "-error"].concat(), say(key))}</div> }
            })
        })
    };
    let save = move || {
        asked.set(true);
        let preferences = untrack(|| form.read());
        if preferences.problem().is_some() {
            return crate::wizard::focus_soon(".content [aria-invalid=true]".to_owned());
        }
        let save = SavePreferences { preferences, version: version.get_value() };
        deed.run(
            |token| async move { edge::settings::put(&token, "/api/settings/preferences", &save).await },
            move |saved: Saved| {
                version.set_value(saved.version);
                board.load();
                board.tell(say("preferences-saved"));
            },
        );
    };
    let failed = move || {
        let failure = deed.fault.get()?;
        let action = (failure.code() == Some(Code::SettingsConflict)).then(|| {
            fault::try_again_as(say("reload"), move || {
                deed.fault.set(None);
                let known = board.settings;
                board.load_then(move || {
                    if known.try_with_untracked(Option::is_some) == Some(true) {
                        drawn.update(|count| *count = count.wrapping_add(1));
                    }
                });
            })
        });
        Some(fault::banner(None, &failure, action))
    };
    let events = NoteEvent::ALL
        .into_iter()
        .zip(form.notes)
        .map(|(event, on)| form::check(say(&["note-", event.name()].concat()), None, on));
    view! {
        <section class="card stack">
            <h2 class="as-h4">{say("preferences-reminders")}</h2>
            {form::check(say("reminders-on"), Some(say("reminders-help")), form.remind)}
            {redrawn(move || form.remind.get().then(|| view! {
                <div class="formrow">
                    {form::number("first-after", say("preferences-first"), form.first.0, is("reminders"))}
                    {form::number("then-every", say("reminders-then"), form.then.0, is("reminders"))}
                    {form::number("at-most", say("preferences-most"), form.most.0, is("reminders"))}
                </div>
            }))}
            {told("reminders", "reminders-wrong")}
            {form::check(say("expiration-on"), Some(say("expiration-help")), form.expire)}
            {redrawn(move || form.expire.get().then(|| view! {
                <div class="formrow">
                    {form::number("expires-after", say("expiration-days"), form.after.0, is("expiration"))}
                    {form::number("warn-before", say("expiration-warning"), form.warn.0, is("expiration"))}
                </div>
            }))}
            {told("expiration", "expiration-wrong")}
        </section>
        <section class="card stack">
            <h2 class="as-h4">{say("preferences-record")}</h2>
            <p class="detail subtle">{say("preferences-record-help")}</p>
            <fieldset class="stack tight"><legend>{say("notes-legend")}</legend> {events.collect_view()}</fieldset>
            {form::check(say("file-signed"), None, form.file)}
        </section>
        <section class="card stack">
            <h2 class="as-h4">{say("preferences-retention")}</h2>
            {form::check(say("retention-on"), Some(say("retention-help")), form.forget)}
            {redrawn(move || form.forget.get().then(|| view! {
                <div class="half">{form::number("retention-days", say("retention-days"), form.days.0, is("retention_days"))}</div>
            }))}
            {told("retention_days", "retention-wrong")}
        </section>
        {redrawn(failed)}
        <div class="row">{deed.button("btn primary", say("save-for-everybody"), save)}</div>
    }
    .into_any()
}
