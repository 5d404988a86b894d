//! The preview: the pages as each recipient will see them, with the fields and values drawn on top.
//!
//! A piece of wasm of its own, fetched when the review is reached. Drawn from the template and the draft: nothing
//! is opened or made at DocuSign. `whole` is the screen of its own, with thumbnails, zoom and the e-mail; without
//! it, the pages stand beside the review.

mod fields;
mod page;
mod pages;
mod pinch;
mod placed;

use leptos::{ev::KeyboardEvent, prelude::*};
use shared::{draft::merged_subject, template::Template};

use self::pages::{Pages, Sheet};
use super::{hotkeys, run::Run};
use crate::{icon::icon, redraw::redrawn, say, words::say};

/// Percent of the width there is.
const ZOOMS: [u32; 6] = [50, 75, 100, 125, 150, 200];

/// Who is shown what, how large.
#[derive(Clone, Copy)]
pub struct Look {
    pub run: Run,
    /// The row whose fields are in colour; `None` for everybody's.
    pub who: RwSignal<Option<usize>>,
    /// An index of [`ZOOMS`].
    zoom: RwSignal<usize>,
    /// The sheet that is in view, for the thumbnails.
    pub at: RwSignal<usize>,
    /// A look at which page is in view is due.
    noting: StoredValue<bool>,
    pub whole: bool,
}

impl Look {
    fn percent(self) -> u32 {
        ZOOMS.get(self.zoom.get()).copied().unwrap_or(100)
    }

    fn step(self, larger: bool) {
        self.zoom.update(|zoom| {
            *zoom = if larger { zoom.saturating_add(1).min(ZOOMS.len() - 1) } else { zoom.saturating_sub(1) };
        });
    }

    /// Another recipient, around the ends.
    fn turn(self, forward: bool) {
        let count = self.run.draft.with_untracked(|draft| draft.rows.len()).max(1);
        let now = self.who.get_untracked().unwrap_or_default();
        self.who.set(Some(if forward { now + 1 } else { now + count - 1 } % count));
    }
}

/// A recipient as the switcher names them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Person {
    row: usize,
    name: String,
    email: String,
}

fn people(run: Run) -> Vec<Person> {
    run.draft.with(|draft| {
        let person = |(row, one): (usize, &shared::draft::Row)| Person {
            row,
            name: if one.name.trim().is_empty() { one.email.clone() } else { one.name.clone() },
            email: one.email.clone(),
        };
        draft.rows.iter().enumerate().map(person).collect()
    })
}

/// `r1` to `r6`, the same as in the wizard's rows.
pub fn colour(row: usize) -> String {
    format!("r{}", row % 6 + 1)
}

pub fn view(run: Run, whole: bool) -> AnyView {
    let style = [&run.frame.base.get_value(), "/preview.css"].concat();
    let look = Look {
        run,
        who: RwSignal::new(whole.then_some(0)),
        zoom: RwSignal::new(2),
        at: RwSignal::new(0),
        noting: StoredValue::new(false),
        whole,
    };
    let pages = Pages::new(run, look.who);
    let inside = if whole { screen(look, pages) } else { beside(look, pages) };
    view! { <link rel="stylesheet" href=style /> {inside} }.into_any()
}

/// The pages beside the review.
fn beside(look: Look, pages: Pages) -> AnyView {
    let run = look.run;
    let tags = move || {
        if let Some(hint) = placing_hint(look) {
            return hint;
        }
        let tags = people(run).into_iter().map(|person| {
            let colour = colour(person.row);
            view! {
                <span class=["who ", &colour].concat()>
                    <span class=["num ", &colour].concat()>{person.row.saturating_add(1)}</span> {person.name}
                </span>
            }
        });
        view! { <span class="row">{tags.collect_view()}</span> }.into_any()
    };
    view! {
        <div class="bar">
            {redrawn(tags)}
            <button type="button" class="btn transparent small" id="open-preview"
                on:click=move |_| run.previewing.set(true)>{say("preview-open")}</button>
        </div>
        {sheets(look, pages)}
    }
    .into_any()
}

fn screen(look: Look, pages: Pages) -> AnyView {
    let run = look.run;
    let mail_first = RwSignal::new(false);
    let close = move || super::leave_preview(run);
    // On the window: the focus may be anywhere, or nowhere.
    let keys = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        let Some(key) = hotkeys::pressed(run, &event) else { return };
        match key.as_str() {
            "+" | "=" => look.step(true),
            "-" => look.step(false),
            "0" => look.zoom.set(2),
            "n" => look.turn(true),
            "r" => look.turn(false),
            "j" => page::show(look.at.get_untracked().saturating_add(1)),
            "k" => page::show(look.at.get_untracked().saturating_sub(1)),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || keys.remove());
    let switcher = move || {
        let choices = people(run).into_iter().map(|person| {
            let row = person.row;
            view! {
                <label class=colour(row)>
                    <input type="radio" name="preview-who" prop:checked=move || look.who.get() == Some(row)
                        on:change=move |_| look.who.set(Some(row)) />
                    <span class=["num ", &colour(row)].concat()>{row.saturating_add(1)}</span>
                    <span>{person.name}</span>
                </label>
            }
        });
        view! { <div class="switcher grow" role="radiogroup" aria-label=say("preview-recipient")>{choices.collect_view()}</div> }
    };
    let zoom_button = move |shape: &'static str, larger: bool, label: &str| {
        view! {
            <button type="button" class="btn transparent square small" aria-label=say(label)
                on:click=move |_| look.step(larger)>{icon(shape)}</button>
        }
    };
    let percent = move || say!("preview-percent", percent = look.percent());
    view! {
        <main class="preview" data-testid="preview">
            <div class="shell" class:shows-mail=move || mail_first.get()>
                <div class="top">
                    <h1 class="as-h3" tabindex="-1">{say("preview-title")}</h1>
                    {redrawn(switcher)}
                    <div class="row zoom">
                        {zoom_button("x-minus", false, "preview-zoom-out")}
                        <span class="detail percent" role="status">{redrawn(percent)}</span>
                        {zoom_button("x-plus", true, "preview-zoom-in")}
                        <button type="button" class="btn transparent square small" aria-label=say("preview-close")
                            on:click=move |_| close()>{icon("close")}</button>
                    </div>
                </div>
                <nav class="thumbs" aria-label=say("preview-pages") tabindex="0">{redrawn(move || thumbs(look, pages))}</nav>
                <div class="stage" role="group" aria-label=say("preview-document")>
                    <div class="bar">{redrawn(move || place_words(look, pages))}</div>
                    {sheets(look, pages)}
                </div>
                <div class="aside" role="group" aria-label=say("preview-details") tabindex="0">
                    {redrawn(move || mail(look))}
                    {redrawn(move || fields::list(look))}
                </div>
                <div class="bottom">
                    <div class="row">
                        <button type="button" class="btn transparent" on:click=move |_| close()>{say("back")}</button>
                        <button type="button" class="btn only-narrow" on:click=move |_| mail_first.update(|on| *on = !*on)>
                            {redrawn(move || say(if mail_first.get() { "preview-see-pages" } else { "preview-see-mail" }))}
                        </button>
                    </div>
                    {run.edit.section.with_untracked(Option::is_none).then(|| super::send_button(run))}
                </div>
            </div>
        </main>
    }
    .into_any()
}

/// All pages of all documents, one below the other. A page keeps its picture while others come and go.
fn sheets(look: Look, pages: Pages) -> AnyView {
    let run = look.run;
    let around = move || {
        let failed = pages.failure().map(|failure| {
            let again = crate::fault::try_again(move || pages.load());
            crate::fault::banner(Some(say("preview-failed")), &failure, Some(again))
        });
        let awaited = pages.is_loading().then(|| {
            let words = view! { <p class="detail subtle" role="status">{say("preview-loading")}</p> };
            view! { {words} <div class="page is-awaited" aria-hidden="true"></div> }
        });
        view! { {failed} {awaited} }
    };
    let numbered = move || pages.sheets().into_iter().enumerate();
    let is_placing = move || run.edit.placing.get().is_some();
    view! {
        <div class="pages" class:is-placing=is_placing tabindex="0" role="group" aria-label=say("preview-document")
            node_ref=pinch::listen(look)
            on:scroll=move |_| {
                if look.whole {
                    page::note_uppermost(look);
                }
            }
            style:--zoom=move || format!("{}%", look.percent())>
            {redrawn(move || withheld(look))}
            <For each=numbered key=|(at, sheet)| (*at, sheet.path.clone(), sheet.page.number)
                children=move |(at, sheet)| page::page(look, sheet, at)/>
            {redrawn(around)}
            <span class="sr-only" id="placed-help">{say("placed-help")}</span>
        </div>
    }
    .into_any()
}

/// The documents that the chosen recipient will not be shown.
fn withheld(look: Look) -> Option<AnyView> {
    let who = look.who.get()?;
    let hidden = pages::hidden(look.run, Some(who));
    if hidden.is_empty() {
        return None;
    }
    let name =
        look.run.draft.with(|draft| draft.rows.get(who).map(|row| row.name.clone())).unwrap_or_default();
    let names = hidden.into_iter().map(|(_, name)| name).collect::<Vec<_>>().join(", ");
    let words = say!("preview-hidden", name = &name, documents = &names);
    Some(
        view! { <p class="banner info" data-testid="hidden">{icon("lock")} <span>{words}</span></p> }
            .into_any(),
    )
}

fn thumbs(look: Look, pages: Pages) -> AnyView {
    let links = pages.sheets().into_iter().enumerate().map(|(at, sheet)| {
        let address = format!("#page-{at}");
        let number = sheet.page.number;
        let words = say!("preview-page", page = number);
        let full = say!("preview-page-of", document = &sheet.name, page = number, pages = sheet.of);
        let current = move || (look.at.get() == at).then_some("true");
        view! {
            <a href=address aria-label=full aria-current=current
                on:click=move |event| {
                    event.prevent_default();
                    page::show(at);
                }>
                {page::thumb(look, sheet)}
                <span>{words}</span>
            </a>
        }
    });
    links.collect_view().into_any()
}

/// What to do with a field that waits for its place.
fn placing_hint(look: Look) -> Option<AnyView> {
    look.run.edit.placing.get()?;
    Some(view! { <b role="status">{say("field-click")}</b> }.into_any())
}

fn place_words(look: Look, pages: Pages) -> AnyView {
    if let Some(hint) = placing_hint(look) {
        return hint;
    }
    let sheets = pages.sheets();
    let now: Option<Sheet> = sheets.get(look.at.get()).cloned();
    let place = now.map(|sheet| {
        say!("preview-page-of", document = &sheet.name, page = sheet.page.number, pages = sheet.of)
    });
    let todo = fields::to_fill_in(look);
    view! { <span>{place}</span> <span class="only-wide">{say!("preview-to-fill-in", count = todo)}</span> }
        .into_any()
}

/// The e-mail that the chosen recipient gets.
fn mail(look: Look) -> Option<AnyView> {
    let run = look.run;
    let row = look.who.get()?;
    let template: Template = run.template.get()?;
    let (to, subject, body, note) = run.draft.with(|draft| {
        let one = draft.rows.get(row)?;
        let (subject, body) = match &one.own_message {
            Some(own) => (own.subject.clone(), own.body.clone()),
            None => (draft.subject.clone(), draft.message.clone()),
        };
        let to = [one.name.as_str(), ", ", one.email.as_str()].concat();
        Some((to, merged_subject(&subject, draft, &template), body, one.note.clone()))
    })?;
    Some(
        view! {
            <article class="mail" aria-label=say("stage-mail")>
                <dl>
                    <dt>{say("mail-to")}</dt>
                    <dd>{to}</dd>
                    <dt>{say("subject")}</dt>
                    <dd><b>{subject}</b></dd>
                </dl>
                <div class="letter">
                    <p class="words">{body}</p>
                    {(!note.trim().is_empty()).then(|| view! {
                        <p class="words"><b>{say("preview-note")}</b> " " {note}</p>
                    })}
                </div>
            </article>
        }
        .into_any(),
    )
}
