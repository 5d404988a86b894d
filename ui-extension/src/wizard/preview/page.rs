//! A page: its picture, fetched when it comes into view, and the fields on it.

use leptos::{html, prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, IntersectionObserver, IntersectionObserverEntry, IntersectionObserverInit, Url};

use super::{Look, fields, pages::Sheet, placed};
use crate::{
    edge::{Failure, documents},
    fault,
    redraw::redrawn,
    say,
    words::say,
};

/// Pixels a picture is asked for at, by how large it is shown.
const THUMB: u32 = 160;
const USUAL: u32 = 800;
const LARGE: u32 = 1700;

/// How far a picture got.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Picture {
    Awaited,
    /// The address of the bytes, in this page's memory.
    Here(String),
    Failed(Failure),
}

pub fn page(look: Look, sheet: Sheet, at: usize) -> AnyView {
    let words = say!("preview-page-of", document = &sheet.name, page = sheet.page.number, pages = sheet.of);
    let (in_view, place) = watched();
    let width = Memo::new(move |_| if look.percent() > 100 { LARGE } else { USUAL });
    let picture = picture(look, &sheet, in_view, width);
    let ratio = format!("{} / {}", sheet.page.width, sheet.page.height);
    let sheet = StoredValue::new(sheet);
    let layer = move || sheet.with_value(|sheet| fields::layer(look, sheet));
    let own = sheet.with_value(|sheet| placed::layer(look, sheet));
    view! {
        <div class="page" node_ref=place id=look.whole.then(|| format!("page-{at}")) tabindex="-1" style:aspect-ratio=ratio
            on:click=move |event| sheet.with_value(|sheet| placed::put(look, sheet, &event))>
            {redrawn(move || shown(picture, words.clone()))}
            {redrawn(layer)}
            {own}
        </div>
    }
    .into_any()
}

pub fn thumb(look: Look, sheet: Sheet) -> AnyView {
    let (in_view, place) = watched();
    let picture = picture(look, &sheet, in_view, Memo::new(|_| THUMB));
    let ratio = format!("{} / {}", sheet.page.width, sheet.page.height);
    let image = move || match picture.get().0 {
        Picture::Here(address) => Some(view! { <img src=address alt="" /> }),
        Picture::Awaited | Picture::Failed(_) => None,
    };
    view! {
        <div class="thumb" aria-hidden="true">
            <div class="page" node_ref=place style:aspect-ratio=ratio>{redrawn(image)}</div>
        </div>
    }
    .into_any()
}

/// Scrolls a page into view and gives it the focus.
pub fn show(at: usize) {
    if let Some(page) = document().get_element_by_id(&format!("page-{at}")) {
        page.scroll_into_view();
        super::super::focus(&page);
    }
}

/// Notes which page is in view, once a frame: asking where elements are is work for the browser.
pub fn note_uppermost(look: Look) {
    if look.noting.get_value() {
        return;
    }
    look.noting.set_value(true);
    request_animation_frame(move || {
        if look.noting.try_set_value(false).is_none() {
            let at = uppermost();
            if look.at.get_untracked() != at {
                look.at.set(at);
            }
        }
    });
}

/// The place of the first page of which the lower half is still to be seen.
fn uppermost() -> usize {
    let Ok(pages) = document().query_selector_all(".preview .stage .page") else { return 0 };
    let Some(frame) = document().query_selector(".preview .stage > .pages").ok().flatten() else { return 0 };
    let top = frame.get_bounding_client_rect().top();
    let is_seen = |at: &u32| {
        let page = pages.item(*at).and_then(|page| page.dyn_into::<Element>().ok());
        page.is_some_and(|page| {
            let around = page.get_bounding_client_rect();
            around.top() + around.height() / 2.0 > top
        })
    };
    (0..pages.length()).find(is_seen).unwrap_or(0) as usize
}

/// A picture, and how to ask for it again.
#[derive(Clone, Copy)]
struct Slot {
    picture: RwSignal<Picture>,
    again: RwSignal<u32>,
}

impl Slot {
    fn get(self) -> (Picture, RwSignal<u32>) {
        (self.picture.get(), self.again)
    }
}

fn shown(slot: Slot, words: String) -> AnyView {
    match slot.get() {
        (Picture::Here(address), _) => view! { <img src=address alt=words /> }.into_any(),
        (Picture::Awaited, _) => view! { <span class="sr-only">{words}</span> }.into_any(),
        (Picture::Failed(failure), again) => {
            let retry = fault::try_again(move || again.update(|n| *n = n.wrapping_add(1)));
            view! {
                <div class="unseen">
                    <p><b>{say("preview-page-failed")}</b> <span class="sr-only">{words}</span></p>
                    <p class="detail">{fault::sentence(&failure)}</p>
                    {retry}
                </div>
            }
            .into_any()
        }
    }
}

/// Fetches once it was in view; again when asked to, or for a larger size.
fn picture(look: Look, sheet: &Sheet, in_view: RwSignal<bool>, width: Memo<u32>) -> Slot {
    let slot = Slot { picture: RwSignal::new(Picture::Awaited), again: RwSignal::new(0) };
    let (path, number) = (sheet.path.clone(), sheet.page.number);
    let address = StoredValue::new(None::<String>);
    on_cleanup(move || {
        if let Some(address) = address.try_update_value(Option::take).flatten() {
            let _ = Url::revoke_object_url(&address);
        }
    });
    Effect::new(move |_| {
        let width = width.get();
        slot.again.track();
        if !in_view.get() {
            return;
        }
        let path = path.clone();
        let token = look.run.frame.token();
        if matches!(slot.picture.get_untracked(), Picture::Failed(_)) {
            slot.picture.set(Picture::Awaited);
        }
        spawn_local(async move {
            let answer = documents::page_image(&token, &path, number, width).await;
            let new = match answer {
                Ok(blob) => match Url::create_object_url_with_blob(&blob) {
                    Ok(new) => Picture::Here(new),
                    Err(_) => Picture::Failed(Failure::Unreachable),
                },
                // A smaller picture is better than none.
                Err(_) if slot.picture.try_get_untracked().is_some_and(|p| matches!(p, Picture::Here(_))) => {
                    return;
                }
                Err(failure) => Picture::Failed(failure),
            };
            let new_address = match &new {
                Picture::Here(address) => Some(address.clone()),
                _ => None,
            };
            // The page may be gone.
            if slot.picture.try_set(new).is_some() {
                if let Some(address) = new_address {
                    let _ = Url::revoke_object_url(&address);
                }
                return;
            }
            let old = address.try_update_value(|kept| std::mem::replace(kept, new_address)).flatten();
            if let Some(old) = old {
                let _ = Url::revoke_object_url(&old);
            }
        });
    });
    slot
}

/// Turns true, for good, when the element comes near the view.
fn watched() -> (RwSignal<bool>, NodeRef<html::Div>) {
    let in_view = RwSignal::new(false);
    let place = NodeRef::<html::Div>::new();
    let told = Closure::<dyn Fn(js_sys::Array)>::new(move |entries: js_sys::Array| {
        for entry in entries.iter() {
            let entry = entry.dyn_into::<IntersectionObserverEntry>();
            if entry.is_ok_and(|entry| entry.is_intersecting()) && in_view.try_get_untracked() == Some(false)
            {
                in_view.set(true);
            }
        }
    });
    let options = IntersectionObserverInit::new();
    // A page and a half ahead, so that scrolling meets pictures and not gaps.
    options.set_root_margin("60% 0px");
    let observer = IntersectionObserver::new_with_options(told.as_ref().unchecked_ref(), &options).ok();
    let kept = StoredValue::new_local(Some((told, observer)));
    Effect::new(move |_| {
        if let Some(element) = place.get() {
            let element: &Element = &element;
            kept.with_value(|kept| {
                if let Some((_, Some(observer))) = kept {
                    observer.observe(element);
                }
            });
        }
    });
    on_cleanup(move || {
        if let Some((_, Some(observer))) = kept.try_update_value(Option::take).flatten() {
            observer.disconnect();
        }
    });
    (in_view, place)
}
