//! The fields on a page: DocuSign's coordinates, this recipient's in colour, and what will stand in each.

use leptos::prelude::*;
use shared::{
    merge::{Line, review},
    tab::{Place, Tab, TabKind},
    template::Template,
};

use super::{Look, colour, pages::Sheet, placed};
use crate::{icon::icon, say, words::say};

/// A field as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Drawn {
    place: Place,
    row: usize,
    is_own: bool,
    kind: TabKind,
    /// What it is called, such as `Sign` or `Deal amount`.
    title: String,
    /// What stands in it; empty for none.
    value: String,
    /// We should have filled it, and could not.
    is_missing: bool,
}

/// The fields on a page as a list in reading order.
pub fn layer(look: Look, sheet: &Sheet) -> AnyView {
    let mut fields = drawn(look, |tab| tab.document == sheet.document);
    fields.retain(|field| field.place.page == sheet.page.number);
    let from_least = |pixels: i32| u64::from(pixels.abs_diff(i32::MIN));
    shared::sorted::by_number(&mut fields, |field| {
        from_least(field.place.y) << 32 | from_least(field.place.x)
    });
    let (width, height) = (sheet.page.width, sheet.page.height);
    let items = fields.into_iter().map(|field| {
        let Place { x, y, width: wide, height: high, .. } = field.place;
        let class = [
            "tab ",
            &colour(field.row),
            if field.is_own { "" } else { " is-other" },
            if field.is_missing && field.is_own { " is-missing" } else { "" },
            if field.value.is_empty() { "" } else { " is-filled" },
        ]
        .concat();
        view! {
            <li class=class
                style:left=share(x.into(), width) style:top=share(y.into(), height)
                style:width=share(wide.into(), width) style:height=share(high.into(), height)>
                {inside(look, field)}
            </li>
        }
    });
    let label = say!("preview-fields-on", page = sheet.page.number);
    view! { <ul class="tabs-layer" aria-label=label>{items.collect_view()}</ul> }.into_any()
}

/// A share of a page's width or height. The browser divides: printing fractions is 14 kB of wasm.
pub fn share(points: i64, of: u32) -> String {
    ["calc(100% * ", &points.to_string(), " / ", &of.max(1).to_string(), ")"].concat()
}

fn inside(look: Look, field: Drawn) -> AnyView {
    let owner = look
        .run
        .draft
        .with(|draft| draft.rows.get(field.row).map(|row| row.name.clone()))
        .unwrap_or_default();
    if !field.value.is_empty() {
        let owner = (!field.is_own).then(|| [owner.as_str(), ", "].concat());
        return view! { <span class="sr-only">{owner} {field.title} ": "</span> <span>{field.value}</span> }
            .into_any();
    }
    let is_box = matches!(field.kind, TabKind::Checkbox | TabKind::Radio);
    if is_box {
        return view! { <span class="sr-only">{owner} ", " {field.title}</span> }.into_any();
    }
    let pen = (field.kind == TabKind::Signature && field.is_own).then(|| icon("x-pen"));
    if !field.is_own {
        let words = if field.kind == TabKind::Signature {
            say!("preview-signs-here", name = &owner).into_any()
        } else {
            view! { <span class="sr-only">{owner} ", "</span> <span>{field.title}</span> }.into_any()
        };
        return words;
    }
    let number = view! { <span class=["num ", &colour(field.row)].concat() aria-hidden="true">{field.row.saturating_add(1)}</span> };
    view! { {number} {pen} <span>{field.title}</span> }.into_any()
}

/// The chosen recipient's fields in words, for whoever does not look at the pages.
pub fn list(look: Look) -> Option<AnyView> {
    let row = look.who.get()?;
    let mut fields = drawn(look, |_| true);
    fields.retain(|field| field.row == row);
    let name =
        look.run.draft.with(|draft| draft.rows.get(row).map(|row| row.name.clone())).unwrap_or_default();
    let title = say!("preview-fields-of", name = &name);
    let own = look.run.template.with(|template| {
        template.as_ref().map(|template| placed::in_words(look, row, template)).unwrap_or_default()
    });
    if fields.is_empty() && own.is_empty() {
        return Some(
            view! { <section class="stack tight"><h2 class="as-h4">{title}</h2><p class="subtle">{say("preview-no-fields")}</p></section> }.into_any(),
        );
    }
    let items = fields.into_iter().map(|field| {
        let page = say!("preview-page", page = field.place.page);
        let value = Some(field.value).filter(|value| !value.is_empty());
        let value = value.map(|value| view! { <b class="words">{value}</b> });
        view! { <li><span>{field.title}</span> <span>{value}</span> <small class="subtle">{page}</small></li> }
    });
    let own = own.into_iter().map(|(title, place)| {
        view! { <li><span>{title}</span> <span></span> <small class="subtle">{place}</small></li> }
    });
    Some(
        view! {
            <section class="stack tight">
                <h2 class="as-h4">{title}</h2>
                <ul class="fieldlist">{items.collect_view()} {own.collect_view()}</ul>
            </section>
        }
        .into_any(),
    )
}

/// How many fields the chosen recipient has to fill in.
pub fn to_fill_in(look: Look) -> usize {
    let Some(row) = look.who.get() else { return 0 };
    let fields = drawn(look, |tab| tab.kind.is_filled_in() && !tab.locked);
    fields.iter().filter(|field| field.row == row && field.value.is_empty()).count()
}

fn drawn(look: Look, wanted: impl Fn(&Tab) -> bool) -> Vec<Drawn> {
    let run = look.run;
    let chosen = look.who.get();
    run.template.with(|template| {
        let Some(template) = template else { return Vec::new() };
        run.fields.with(|fields| {
            run.draft.with(|draft| {
                let lines = review(fields, draft, template);
                let row_of = |tab: &Tab| {
                    draft.rows.iter().position(|row| {
                        row.role_in(template)
                            .is_some_and(|role| role.recipient_id == tab.recipient && role.kind == row.kind)
                    })
                };
                let mut all = Vec::new();
                for tab in template.tabs.iter().filter(|tab| wanted(tab)) {
                    let Some(row) = row_of(tab) else { continue };
                    let person = draft.rows.get(row);
                    let name = person.map_or("", |person| &person.name);
                    let email = person.map_or("", |person| &person.email);
                    draw(tab, row, chosen, &lines, template, (name, email), &mut all);
                }
                all
            })
        })
    })
}

fn draw(
    tab: &Tab,
    row: usize,
    chosen: Option<usize>,
    lines: &[Line<'_>],
    template: &Template,
    (name, email): (&str, &str),
    all: &mut Vec<Drawn>,
) {
    let line = lines.iter().find(|line| line.field.tabs.contains(&tab.id));
    let held = line.map_or(tab.value.as_str(), |line| line.value);
    let value = match tab.kind {
        TabKind::FullName => name.to_owned(),
        TabKind::FirstName => name.split_whitespace().next().unwrap_or_default().to_owned(),
        TabKind::LastName => name.split_whitespace().last().unwrap_or_default().to_owned(),
        TabKind::EmailAddress => email.to_owned(),
        TabKind::Signature | TabKind::Initials | TabKind::DateSigned => String::new(),
        TabKind::Checkbox => (if held == "true" { "✓" } else { "" }).to_owned(),
        TabKind::List => tab
            .choices
            .iter()
            .find(|choice| choice.value == held)
            .map_or(held, |choice| &choice.text)
            .to_owned(),
        _ => held.to_owned(),
    };
    let is_locked =
        template.roles.iter().any(|role| role.recipient_id == tab.recipient && role.role_name.is_empty());
    let field = |place: Place, value: String| Drawn {
        place,
        row,
        is_own: chosen.is_none_or(|chosen| chosen == row),
        kind: tab.kind.clone(),
        title: title(tab, line),
        is_missing: line.is_some() && value.is_empty() && !is_locked,
        value,
    };
    if tab.kind == TabKind::Radio {
        for choice in &tab.choices {
            let pressed = if choice.value == held && !held.is_empty() { "●" } else { "" };
            all.extend(choice.place.map(|place| field(place, pressed.to_owned())));
        }
        return;
    }
    all.extend(tab.place.map(|place| field(place, value)));
}

/// The name a person gave it; a label that DocuSign's editor made up says nothing to anybody.
fn title(tab: &Tab, line: Option<&Line<'_>>) -> String {
    if let Some(line) = line {
        return line.field.name.trim_start_matches("HS ").to_owned();
    }
    let key = match tab.kind {
        TabKind::Signature => "tab-signature",
        TabKind::Initials => "tab-initials",
        TabKind::DateSigned => "tab-date-signed",
        TabKind::FullName | TabKind::FirstName | TabKind::LastName => "tab-name",
        TabKind::EmailAddress => "tab-email",
        TabKind::Company => "tab-company",
        TabKind::Title => "tab-title",
        TabKind::EnvelopeId => "tab-envelope-id",
        _ => {
            let own = tab.title();
            let made_up = own.len() > 40 && own.contains('-') && tab.name.trim().is_empty();
            return if own.is_empty() || made_up { say("tab-field") } else { own.to_owned() };
        }
    };
    say(key)
}
