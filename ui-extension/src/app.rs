//! From a launch token to a screen.

use std::{future::Future, pin::Pin, rc::Rc, time::Duration};

use js_sys::Promise;
use leptos::{prelude::*, reactive::computed::ScopedFuture, task::spawn_local};
use shared::error::Code;
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::JsFuture;

use crate::redraw::redrawn;
use crate::{
    edge::{self, Failure},
    fault,
    frame::{Frame, Opening, Screen},
    icon::mark,
    live,
    panel::panel,
    wizard::Run,
    words::{self, Language, say},
};

/// A lazy screen: its view, once its piece of wasm is here.
pub type Lazy = Pin<Box<dyn Future<Output = Result<AnyView, ()>>>>;

/// What the binary crate splits off, as it is loaded.
#[derive(Clone, Copy)]
pub struct Screens {
    pub wizard: fn() -> Lazy,
    pub settings: fn() -> Lazy,
    /// An envelope opened in its row; without one the search through all.
    pub detail: fn(Option<String>) -> Lazy,
    /// The preview of what the wizard would send: as a screen of its own, or beside the review.
    pub preview: fn(Run, bool) -> Lazy,
    /// The editor of documents and options, in the place of the wizard's step.
    pub edit: fn(Run) -> Lazy,
    /// Fetches the wizard's pieces without showing it; a failure is met again on opening.
    pub preload_wizard: fn(),
}

/// Mounts the app. `base` is the folder of this build; `launch` the token that stood in the address.
pub fn start(base: String, launch: Option<String>, screens: Screens) {
    leptos::mount::mount_to_body(move || {
        let frame = Frame::new(base);
        provide_context(frame);
        provide_context(screens);
        learn_words(frame);
        open(frame, launch);
        view! {
            {redrawn(move || current(frame, screens))}
            <p class="sr-only" role="status">{redrawn(move || frame.news.get())}</p>
        }
    });
}

/// Fetches the catalogue of the browser's language, or else English.
fn learn_words(frame: Frame) {
    let wanted = window().navigator().language().as_deref().and_then(Language::of_locale).unwrap_or_default();
    spawn_local(async move {
        if !frame.speak(wanted).await && !frame.speak(Language::English).await {
            // Without words nothing can be said; the page itself holds one sentence for this.
            if let Some(sorry) = document().get_element_by_id("unloaded") {
                let _ = sorry.remove_attribute("hidden");
            }
        }
    });
}

/// Trades the launch token for a session.
fn open(frame: Frame, launch: Option<String>) {
    let Some(launch) = launch else { return frame.opening.set(Opening::Stale) };
    frame.opening.set(Opening::UnderWay);
    spawn_local(async move {
        match edge::open_session(launch.clone()).await {
            Ok(session) => {
                let language = session.locale.as_deref().and_then(Language::of_locale);
                if let Some(language) =
                    language.filter(|language| frame.learning.get_value() != Some(*language))
                {
                    frame.speak(language).await;
                }
                frame.open(session);
                live::listen(frame);
            }
            Err(Failure::Edge(error)) if error.code == Code::Unauthorized => {
                frame.opening.set(Opening::Stale)
            }
            Err(failure) => {
                frame.launch.set_value(Some(launch));
                frame.opening.set(Opening::Failed(failure));
            }
        }
    });
}

/// Drawn anew when the language, the opening or the screen changes.
fn current(frame: Frame, screens: Screens) -> AnyView {
    let Some(language) = frame.language.get() else { return waiting(None) };
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", language.tag());
    }
    document().set_title(&say("title"));
    match frame.opening.get() {
        Opening::UnderWay => waiting(Some(say("wizard-loading"))),
        Opening::Stale => fault::full_frame(say("stale-title"), say("stale-body"), None),
        Opening::Failed(failure) => {
            let again = fault::try_again(move || open(frame, frame.launch.get_value()));
            let banner = fault::banner(Some(say("open-failed")), &failure, Some(again));
            view! { <main class="panel"><header>{mark()} <h1 class="as-h3">"DocuSign"</h1></header><div class="lead">{banner}</div></main> }
                .into_any()
        }
        Opening::Open => match frame.screen.get() {
            Screen::Panel => panel(),
            Screen::Wizard => {
                (screens.preload_wizard)();
                lazy(frame, "wizard", Box::new(screens.wizard))
            }
            Screen::Settings => lazy(frame, "settings", Box::new(screens.settings)),
            Screen::Over => fault::full_frame(say("over-title"), say("over-body"), None),
        },
    }
}

/// The shape of the panel while it is awaited; nothing for the first 300 ms.
fn waiting(words: Option<String>) -> AnyView {
    let shown = late();
    view! {
        <main class="panel" aria-busy="true">
            <header>{mark()} <h1 class="as-h3">"DocuSign"</h1></header>
            <div class="group">
                {redrawn(move || shown.get().then(|| skeleton(words.clone())))}
            </div>
        </main>
    }
    .into_any()
}

/// Turns true after 300 ms: shorter waits show nothing.
pub fn late() -> ReadSignal<bool> {
    let (shown, show) = signal(false);
    set_timeout(
        move || {
            // The screen may be gone by then.
            let _ = show.try_set(true);
        },
        Duration::from_millis(300),
    );
    shown
}

/// Grey lines in the shape of a list, with the words for those who do not see them.
pub fn skeleton(words: Option<String>) -> AnyView {
    let line = |wide: u32, narrow: u32| {
        view! {
            <div class="stack tight">
                <span class="skeleton" style=format!("inline-size:{wide}%")></span>
                <span class="skeleton" style=format!("inline-size:{narrow}%")></span>
            </div>
        }
    };
    view! {
        {words.map(|words| view! { <p class="detail subtle" role="status">{words}</p> })}
        <div class="stack skeletons" aria-hidden="true">{line(78, 44)} {line(62, 28)} {line(70, 36)}</div>
    }
    .into_any()
}

/// Fetches what a lazy screen wants besides its wasm: its words and its style sheet, each once.
pub async fn dress(frame: Frame, screen: &str) -> bool {
    let base = frame.base.get_value();
    let sheet = style(&[&base, "/", screen, ".css"].concat());
    let spoken = words::learn(&base, screen).await;
    // A sheet that cannot be had leaves the screen plain, and usable.
    if let Some(sheet) = sheet {
        let _ = JsFuture::from(sheet).await;
    }
    spoken
}

/// Adds a style sheet, once. The promise is kept when it has arrived, or cannot; `None` when it is here.
fn style(address: &str) -> Option<Promise> {
    let document = document();
    let link = match document.get_element_by_id(address) {
        Some(link) => link,
        None => {
            let link = document.create_element("link").ok()?;
            link.set_id(address);
            let _ = link.set_attribute("rel", "stylesheet");
            let _ = link.set_attribute("href", address);
            // One that failed makes room for another try.
            let failed = link.clone();
            let make_room = Closure::once_into_js(move || failed.remove());
            let _ = link.add_event_listener_with_callback("error", make_room.unchecked_ref());
            document.head()?.append_child(&link).ok()?;
            link
        }
    };
    let is_here = js_sys::Reflect::get(&link, &"sheet".into()).is_ok_and(|sheet| !sheet.is_null());
    (!is_here).then(|| {
        Promise::new(&mut |done, _| {
            for event in ["load", "error"] {
                let _ = link.add_event_listener_with_callback(event, &done);
            }
        })
    })
}

/// Begins to fetch the wizard, its words and its style; what fails is met again on opening.
pub fn preload_wizard(frame: Frame, screens: Screens) {
    (screens.preload_wizard)();
    spawn_local(async move {
        dress(frame, "wizard").await;
    });
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    UnderWay,
    Here,
    Failed,
}

/// A part of the panel that is a piece of its own: the envelope `id`, or the search.
pub fn inside(frame: Frame, id: Option<String>) -> AnyView {
    let screens = expect_context::<Screens>();
    lazy(frame, "detail", Box::new(move || (screens.detail)(id.clone())))
}

/// A screen's slot: fetched on the first visit, with a retry where that failed.
fn lazy(frame: Frame, name: &'static str, screen: Box<dyn Fn() -> Lazy>) -> AnyView {
    let whole = name != "detail";
    let screen = Rc::new(screen);
    let state = RwSignal::new(Piece::UnderWay);
    let view = StoredValue::new_local(None::<AnyView>);
    // A click has no owner of its own: without this one the late view's signals would be gone at once.
    let owner = Owner::current().unwrap_or_default();
    let load = move || {
        state.set(Piece::UnderWay);
        let (owner, screen) = (owner.clone(), Rc::clone(&screen));
        spawn_local(async move {
            let dressed = dress(frame, name).await;
            let arrival = match dressed {
                true => owner.with(|| ScopedFuture::new_untracked(screen())).await,
                false => Err(()),
            };
            let _ = match arrival {
                Ok(arrived) => {
                    view.try_set_value(Some(arrived));
                    state.try_set(Piece::Here)
                }
                Err(()) => state.try_set(Piece::Failed),
            };
        });
    };
    load();
    let again = StoredValue::new_local(load);
    (move || match state.get() {
        Piece::Here => view.try_update_value(Option::take).flatten(),
        Piece::UnderWay if whole => Some(waiting(Some(say("wizard-loading")))),
        Piece::UnderWay => {
            Some(view! { <p class="detail subtle" role="status">{say("wizard-loading")}</p> }.into_any())
        }
        Piece::Failed => {
            let action = view! {
                <div class="row">
                    {fault::try_again(move || again.with_value(|load| load()))}
                    {(name == "wizard").then(|| view! {
                        <button type="button" class="btn small" on:click=move |_| frame.screen.set(Screen::Panel)>
                            {say("back-to-panel")}
                        </button>
                    })}
                </div>
            };
            let banner =
                fault::banner(Some(say("wizard-unloaded")), &Failure::Unreachable, Some(action.into_any()));
            if !whole {
                return Some(banner);
            }
            Some(view! { <main class="panel"><header>{mark()} <h1 class="as-h3">"DocuSign"</h1></header><div class="lead alone">{banner}</div></main> }.into_any())
        }
    })
    .into_any()
}
