//! A part of the wizard that is a piece of wasm of its own: what stands in its place until it is here, and when it
//! cannot be had.

use leptos::{prelude::*, reactive::computed::ScopedFuture, task::spawn_local};

use crate::{app::Lazy, edge::Failure, fault, redraw::redrawn, words::say};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    UnderWay,
    Here,
    Failed,
}

/// What is awaited, and the words for it.
pub struct Awaited {
    pub load: Box<dyn Fn() -> Lazy>,
    pub waiting: &'static str,
    pub failed: &'static str,
    /// The way back, where the piece is all that is shown.
    pub give_up: Option<Box<dyn Fn() + Send + Sync>>,
    pub arrived: Box<dyn Fn()>,
}

/// The slot: fetched when it is first shown, with a retry where that failed.
pub fn piece(awaited: Awaited) -> AnyView {
    let Awaited { load, waiting, failed, give_up, arrived } = awaited;
    let state = RwSignal::new(Piece::UnderWay);
    let view = StoredValue::new_local(None::<AnyView>);
    let arrived = StoredValue::new_local(arrived);
    // What arrives late must live as long as this slot, not as the task that fetched it.
    let owner = Owner::current().unwrap_or_default();
    let load = move || {
        state.set(Piece::UnderWay);
        let arrival = owner.with(|| ScopedFuture::new_untracked(load()));
        spawn_local(async move {
            let _ = match arrival.await {
                Ok(arrival) => {
                    view.try_set_value(Some(arrival));
                    let shown = state.try_set(Piece::Here);
                    let _ = arrived.try_with_value(|arrived| arrived());
                    shown
                }
                Err(()) => state.try_set(Piece::Failed),
            };
        });
    };
    load();
    let again = StoredValue::new_local(load);
    let give_up = StoredValue::new(give_up);
    redrawn(move || match state.get() {
        Piece::Here => view.try_update_value(Option::take).flatten(),
        Piece::UnderWay => {
            Some(view! { <div class="bar"><span role="status">{say(waiting)}</span></div> }.into_any())
        }
        Piece::Failed => {
            let back = give_up.with_value(Option::is_some).then(|| {
                view! {
                    <button type="button" class="btn small" on:click=move |_| {
                        give_up.with_value(|give_up| {
                            if let Some(give_up) = give_up {
                                give_up();
                            }
                        });
                    }>{say("back")}</button>
                }
            });
            let action = view! {
                <div class="row">{fault::try_again(move || again.with_value(|load| load()))} {back}</div>
            };
            let banner = fault::banner(Some(say(failed)), &Failure::Unreachable, Some(action.into_any()));
            Some(view! { <div class="lead alone">{banner}</div> }.into_any())
        }
    })
}
