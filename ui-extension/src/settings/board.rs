//! What the pages of the settings share: what is known, how the edge is asked, how a deed is waited for.

use std::{future::Future, pin::Pin};

use leptos::{prelude::*, task::spawn_local};
use serde::de::DeserializeOwned;
use shared::{
    error::Code,
    settings::{Settings, Uninstalled},
};

use crate::{
    app::{late, skeleton},
    edge::{self, Answer, Failure},
    fault,
    frame::{Frame, Opening},
    icon::icon,
    redraw::redrawn,
    words::say,
};

/// All of it, cheap to pass around.
#[derive(Clone, Copy)]
pub struct Board {
    pub frame: Frame,
    pub settings: RwSignal<Option<Settings>>,
    pub fault: RwSignal<Option<Failure>>,
    /// What was just done, in words.
    pub told: RwSignal<Option<String>>,
    /// The app is uninstalled: nothing here works any more.
    pub ended: RwSignal<Option<Uninstalled>>,
    /// It is being uninstalled.
    pub leaving: RwSignal<bool>,
}

impl Board {
    pub fn new(frame: Frame) -> Self {
        Self {
            frame,
            settings: RwSignal::new(None),
            fault: RwSignal::new(None),
            told: RwSignal::new(None),
            ended: RwSignal::new(None),
            leaving: RwSignal::new(false),
        }
    }

    /// Reads `GET /api/settings`; what is known stays until the answer is here.
    pub fn load(self) {
        self.load_then(|| {});
    }

    /// The same; `done` hears of a good answer.
    pub fn load_then(self, done: impl FnOnce() + 'static) {
        if self.leaving.get_untracked() {
            return;
        }
        spawn_local(async move {
            let answer = edge::settings::get(&self.frame.token(), "/api/settings", &[]).await;
            match self.heard(answer) {
                Ok(settings) => {
                    self.take(settings);
                    done();
                }
                Err(failure) => {
                    self.fault.try_set(Some(failure));
                }
            }
        });
    }

    pub fn take(self, settings: Settings) {
        self.fault.try_set(None);
        if self.settings.try_with_untracked(|known| known.as_ref() != Some(&settings)) == Some(true) {
            self.settings.set(Some(settings));
        }
    }

    /// The answer; a session that has ended closes the frame.
    pub fn heard<T>(self, answer: Answer<T>) -> Answer<T> {
        let unauthorized = answer.as_ref().err().and_then(Failure::code) == Some(Code::Unauthorized);
        // An uninstall takes the session along, and has its own last page.
        if unauthorized && !self.leaving.get_untracked() {
            self.frame.opening.set(Opening::Stale);
        }
        answer
    }

    /// Says what was done, to eye and ear.
    pub fn tell(self, words: String) {
        self.told.try_set(Some(words));
    }
}

/// Something that is read when its page is opened.
pub struct Fetched<T: Send + Sync + 'static> {
    board: Board,
    address: StoredValue<Box<dyn Fn() -> String + Send + Sync>>,
    /// `None` while it is awaited for the first time.
    pub state: RwSignal<Option<Answer<T>>>,
    /// Only the newest reading counts.
    turn: StoredValue<u32>,
}

impl<T: Send + Sync + 'static> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Fetched<T> {}

impl<T: DeserializeOwned + Clone + PartialEq + Send + Sync + 'static> Fetched<T> {
    /// Begins to read; `address` is asked anew every time.
    pub fn of(board: Board, address: impl Fn() -> String + Send + Sync + 'static) -> Self {
        let fetched = Self {
            board,
            address: StoredValue::new(Box::new(address)),
            state: RwSignal::new(None),
            turn: StoredValue::new(0),
        };
        fetched.again();
        fetched
    }

    /// Reads again; what is here stays until the answer is.
    pub fn again(self) {
        let Some(address) = self.address.try_with_value(|address| address()) else { return };
        self.turn.update_value(|turn| *turn = turn.wrapping_add(1));
        let mine = self.turn.get_value();
        spawn_local(async move {
            let answer = edge::settings::get(&self.board.frame.token(), &address, &[]).await;
            let answer = self.board.heard(answer);
            if self.turn.try_get_value() == Some(mine) {
                self.put(answer);
            }
        });
    }

    /// What is read stays as it is drawn if it is the same.
    pub fn put(self, answer: Answer<T>) {
        if self.state.try_with_untracked(|known| known.as_ref() != Some(&answer)) == Some(true) {
            self.state.set(Some(answer));
        }
    }

    pub fn got(self) -> Option<T> {
        self.state.with(|state| state.as_ref().and_then(|answer| answer.as_ref().ok()).cloned())
    }

    /// Awaited, failed or drawn.
    pub fn shown(self, draw: impl Fn(T) -> AnyView + Send + 'static) -> AnyView {
        let is_late = late();
        redrawn(move || match self.state.get() {
            None => {
                let shape = is_late.get().then(|| skeleton(Some(say("settings-loading"))));
                view! { <div class="awaited" aria-busy="true">{shape}</div> }.into_any()
            }
            Some(Ok(value)) => draw(value),
            Some(Err(failure)) => {
                let again = fault::try_again(move || {
                    self.state.set(None);
                    self.again();
                });
                fault::banner(None, &failure, Some(again))
            }
        })
    }
}

/// Something that somebody asked for: under way, done, or failed.
#[derive(Clone, Copy)]
pub struct Deed {
    board: Board,
    pub busy: RwSignal<bool>,
    pub fault: RwSignal<Option<Failure>>,
}

type Call<T> = Pin<Box<dyn Future<Output = Answer<T>>>>;

impl Deed {
    pub fn new(board: Board) -> Self {
        Self { board, busy: RwSignal::new(false), fault: RwSignal::new(None) }
    }

    /// Does it, unless it is being done. `call` gets the session's token.
    pub fn run<T: 'static, F: Future<Output = Answer<T>> + 'static>(
        self,
        call: impl FnOnce(String) -> F,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.fault.set(None);
        self.board.told.set(None);
        self.wait(Box::pin(call(self.board.frame.token())), Box::new(done));
    }

    fn wait<T: 'static>(self, call: Call<T>, done: Box<dyn FnOnce(T)>) {
        spawn_local(async move {
            let answer = self.board.heard(call.await);
            self.busy.try_set(false);
            match answer {
                Ok(value) => done(value),
                Err(failure) => {
                    self.fault.try_set(Some(failure));
                }
            }
        });
    }

    /// Why it failed, if it did.
    pub fn told(self) -> AnyView {
        redrawn(move || self.fault.get().map(|failure| fault::banner(None, &failure, None)))
    }

    /// A button that does it; `looks` are its classes.
    pub fn button(self, looks: &'static str, words: String, press: impl Fn() + 'static) -> AnyView {
        view! {
            <button type="button" class=looks aria-busy=move || self.busy.get().to_string() on:click=move |_| press()>
                {words}
            </button>
        }
        .into_any()
    }
}

/// A word with its shape and colour.
pub fn tag(tone: &'static str, shape: &'static str, words: String) -> AnyView {
    view! { <span class=["tag ", tone].concat()>{icon(shape)} {words}</span> }.into_any()
}

/// The same in a table.
pub fn status(tone: &'static str, shape: &'static str, words: String) -> AnyView {
    view! { <span class=["status ", tone].concat()>{icon(shape)} <span>{words}</span></span> }.into_any()
}
