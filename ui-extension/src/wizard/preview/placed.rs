//! The sender's own fields on the pages: drawn like the template's, and while the editor is open put, moved and
//! removed there by pointer and keys.

use leptos::{
    ev::{KeyboardEvent, MouseEvent, PointerEvent},
    prelude::*,
};
use shared::{
    draft::{PlacedAt, PlacedField, PlacedKind},
    template::Template,
};
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element};

use super::{Look, colour, fields::share, pages::Sheet};
use crate::{icon::icon, redraw::redrawn, say, words::say};

/// Where a field is on a page, in points.
type Spot = (u32, u32);

fn spot_on(field: &PlacedField, sheet: &Sheet) -> Option<Spot> {
    match field.at {
        PlacedAt::Point { page, x, y } if page == sheet.page.number && field.document == sheet.document => {
            Some((x, y))
        }
        _ => None,
    }
}

/// What the tab of a kind is called.
pub fn title(kind: PlacedKind) -> String {
    say(match kind {
        PlacedKind::Signature => "tab-signature",
        PlacedKind::Initials => "tab-initials",
        PlacedKind::FullName => "tab-name",
        PlacedKind::DateSigned => "tab-date-signed",
    })
}

/// Puts the field that waits for its place where the page was clicked.
pub fn put(look: Look, sheet: &Sheet, event: &MouseEvent) {
    let run = look.run;
    let Some(placing) = run.edit.placing.get_untracked() else { return };
    let page = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(page) = page.map(|page| page.get_bounding_client_rect()) else { return };
    let (wide, high) = placing.kind.size();
    // The pointer is where the middle of the field comes.
    let (x, y) = points(&page, sheet, f64::from(event.client_x()), f64::from(event.client_y()));
    let at = (x - f64::from(wide) / 2.0, y - f64::from(high) / 2.0);
    let (x, y) = kept_on(sheet, placing.kind, at);
    run.edit.placing.set(None);
    let at = PlacedAt::Point { page: sheet.page.number, x, y };
    let id = run.place_field(placing, sheet.document.clone(), at);
    super::super::focus_soon(["#placed-", &id.to_string()].concat());
}

/// A point of the window as points of the page.
fn points(page: &DomRect, sheet: &Sheet, x: f64, y: f64) -> (f64, f64) {
    let scale = f64::from(sheet.page.width) / page.width().max(1.0);
    ((x - page.left()) * scale, (y - page.top()) * scale)
}

/// The nearest place at which a field lies on the page as a whole.
fn kept_on(sheet: &Sheet, kind: PlacedKind, (x, y): (f64, f64)) -> Spot {
    let (wide, high) = kind.size();
    let last = |of: u32, size: u32| f64::from(of.saturating_sub(size));
    (x.clamp(0.0, last(sheet.page.width, wide)) as u32, y.clamp(0.0, last(sheet.page.height, high)) as u32)
}

/// The fields of `sheet`. A field keeps its element while it moves, and so the focus and the pointer.
pub fn layer(look: Look, sheet: &Sheet) -> AnyView {
    let sheet = StoredValue::new(sheet.clone());
    let ids = Memo::new(move |_| {
        look.run.draft.with(|draft| {
            let here =
                draft.placed.iter().filter(|field| sheet.with_value(|sheet| spot_on(field, sheet).is_some()));
            here.map(|field| field.id).collect::<Vec<_>>()
        })
    });
    let list = move || {
        ids.with(|ids| !ids.is_empty()).then(|| {
            let label = sheet.with_value(|sheet| say!("preview-own-fields-on", page = sheet.page.number));
            view! {
                <ul class="tabs-layer own" aria-label=label>
                    <For each=move || ids.get() key=|id| *id children=move |id| field(look, sheet, id)/>
                </ul>
            }
        })
    };
    let any = Memo::new(move |_| ids.with(|ids| !ids.is_empty()));
    redrawn(move || if any.get() { untrack(list).into_any() } else { ().into_any() })
}

fn find(look: Look, id: u32) -> Option<PlacedField> {
    look.run.draft.with(|draft| draft.placed.iter().find(|field| field.id == id).cloned())
}

fn field(look: Look, sheet: StoredValue<Sheet>, id: u32) -> AnyView {
    let run = look.run;
    let now = Memo::new(move |_| find(look, id));
    let place = move |pick: fn(u32, u32, (u32, u32)) -> u32, of: fn(&Sheet) -> u32| {
        let shown = now.with(|field| {
            let field = field.as_ref()?;
            let PlacedAt::Point { x, y, .. } = field.at else { return None };
            Some(share(pick(x, y, field.kind.size()).into(), sheet.with_value(of)))
        });
        shown.unwrap_or_default()
    };
    let owner = Memo::new(move |_| {
        let row = now.with(|field| field.as_ref().map(|field| field.row))?;
        run.draft.with(|draft| {
            let place = draft.rows.iter().position(|one| one.id == row)?;
            Some((place, draft.rows.get(place)?.name.clone()))
        })
    });
    let is_own = move || {
        let chosen = look.who.get();
        chosen.is_none() || chosen == owner.with(|owner| owner.as_ref().map(|(place, _)| *place))
    };
    let class = move || {
        let place = owner.with(|owner| owner.as_ref().map_or(0, |(place, _)| *place));
        ["tab is-placed ", &colour(place), if is_own() { "" } else { " is-other" }].concat()
    };
    let inside = move || {
        let Some(kind) = now.with(|field| field.as_ref().map(|field| field.kind)) else {
            return ().into_any();
        };
        let (place, name) = owner.get().unwrap_or_default();
        if kind == PlacedKind::FullName && !name.is_empty() {
            return view! { <span>{name}</span> }.into_any();
        }
        let number = view! { <span class=["num ", &colour(place)].concat() aria-hidden="true">{place.saturating_add(1)}</span> };
        let pen = (kind == PlacedKind::Signature).then(|| icon("x-pen"));
        view! { {number} {pen} <span class="sr-only">{name} ", "</span> <span>{title(kind)}</span> }
            .into_any()
    };
    let is_movable = Memo::new(move |_| run.edit.section.with(Option::is_some));
    let body = move || {
        if is_movable.get() { movable(look, sheet, id, redrawn(inside)) } else { redrawn(inside) }
    };
    view! {
        <li class=class style:left=move || place(|x, _, _| x, |sheet| sheet.page.width)
            style:top=move || place(|_, y, _| y, |sheet| sheet.page.height)
            style:width=move || place(|_, _, (wide, _)| wide, |sheet| sheet.page.width)
            style:height=move || place(|_, _, (_, high)| high, |sheet| sheet.page.height)>
            {redrawn(body)}
        </li>
    }
    .into_any()
}

fn movable(look: Look, sheet: StoredValue<Sheet>, id: u32, inside: AnyView) -> AnyView {
    let run = look.run;
    // From the pointer to the field's corner, in points, while it is dragged.
    let grip = StoredValue::new(None::<(f64, f64)>);
    let shift = move |to: &dyn Fn(f64, f64) -> (f64, f64)| {
        run.move_field(id, |field| {
            let kind = field.kind;
            if let PlacedAt::Point { x, y, .. } = &mut field.at {
                (*x, *y) = sheet.with_value(|sheet| kept_on(sheet, kind, to(f64::from(*x), f64::from(*y))));
            }
        });
    };
    let on_key = move |event: KeyboardEvent| {
        let step = if event.shift_key() { 10.0 } else { 1.0 };
        let (right, down) = match event.key().as_str() {
            "ArrowLeft" => (-step, 0.0),
            "ArrowRight" => (step, 0.0),
            "ArrowUp" => (0.0, -step),
            "ArrowDown" => (0.0, step),
            "Delete" | "Backspace" => {
                event.prevent_default();
                run.remove_field(id);
                super::super::focus_soon("#place-on-page".to_owned());
                return;
            }
            _ => return,
        };
        event.prevent_default();
        shift(&|x, y| (x + right, y + down));
    };
    let at = move |event: &PointerEvent| {
        let target = event.current_target().and_then(|target| target.dyn_into::<Element>().ok())?;
        let page = target.closest(".page").ok().flatten()?.get_bounding_client_rect();
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        Some((target, sheet.with_value(|sheet| points(&page, sheet, x, y))))
    };
    let on_down = move |event: PointerEvent| {
        let corner = match untrack(|| find(look, id)).map(|field| field.at) {
            Some(PlacedAt::Point { x, y, .. }) => (f64::from(x), f64::from(y)),
            _ => return,
        };
        if let Some((target, (x, y))) = at(&event) {
            let _ = target.set_pointer_capture(event.pointer_id());
            grip.set_value(Some((corner.0 - x, corner.1 - y)));
        }
    };
    let on_move = move |event: PointerEvent| {
        if let (Some((right, down)), Some((_, (x, y)))) = (grip.get_value(), at(&event)) {
            shift(&|_, _| (x + right, y + down));
        }
    };
    let on_up = move |_: PointerEvent| grip.set_value(None);
    view! {
        <button type="button" class="move" id=["placed-", &id.to_string()].concat()
            aria-describedby="placed-help" on:keydown=on_key on:pointerdown=on_down on:pointermove=on_move
            on:pointerup=on_up on:pointercancel=on_up on:click=|event| event.stop_propagation()>{inside}</button>
    }
    .into_any()
}

/// A row's own fields in words: what, and where. Nobody can say beforehand where a text stands.
pub fn in_words(look: Look, row: usize, template: &Template) -> Vec<(String, String)> {
    look.run.draft.with(|draft| {
        let id = draft.rows.get(row).map(|row| row.id);
        let fields = draft.placed.iter().filter(|field| Some(field.row) == id);
        let line = |field: &PlacedField| {
            let place = match &field.at {
                PlacedAt::Point { page, .. } => say!("preview-page", page = *page),
                PlacedAt::Text { text } => say!("preview-at-text", text = text),
            };
            let document = template.documents.iter().find(|one| one.id == field.document);
            let document = document.map(|one| one.name.as_str()).unwrap_or_default();
            (title(field.kind), [document, &place].join(", "))
        };
        fields.map(line).collect()
    })
}
