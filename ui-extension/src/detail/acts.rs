//! What can be done with the envelope: buttons for what is possible, reasons for what is not.

use leptos::{html, prelude::*, task::spawn_local};
use serde::Serialize;
use shared::{
    after_send::{
        Remind,
        doable::{Action, Why},
    },
    envelope::Recipient,
};
use wasm_bindgen::{JsCast, JsValue};

use super::{Asking, Desk, Said, reasons};
use crate::{
    edge::{Answer, after_send as edge},
    frame::Screen,
    icon::icon,
    redraw::redrawn,
    say,
    words::say,
};

/// A key of its own for each thing that is wanted: doubled clicks and retries are the same thing.
pub fn fresh_key() -> String {
    window().crypto().map(|crypto| crypto.random_uuid()).unwrap_or_default()
}

/// Does `deed`, once per `key`; `done` is what is said then.
pub fn act(desk: Desk, deed: &'static str, key: String, body: impl Serialize + 'static, done: String) {
    if desk.busy.get_untracked().is_some() {
        return;
    }
    desk.busy.set(Some(deed));
    desk.said.set(None);
    spawn_local(async move {
        match edge::act(&desk.frame.token(), &desk.id(), deed, &key, &body).await {
            Ok(detail) => {
                desk.take(detail);
                desk.end(Said::Done(done));
            }
            Err(failure) => {
                // What was counted or found out meanwhile is in it.
                desk.load();
                desk.end(Said::Failed(failure));
            }
        }
    });
}

pub fn acts(desk: Desk) -> AnyView {
    // One key until it is known how it ended: pressing again after a lost answer asks for the same.
    let remind_key = StoredValue::new(fresh_key());
    Effect::new(move |_| {
        if matches!(desk.said.get(), Some(Said::Done(_))) {
            remind_key.set_value(fresh_key());
        }
    });
    let is = move |name: &'static str| move || (desk.busy.get() == Some(name)).to_string();
    let remind = move || {
        let count = desk.ask(|case| case.to_remind().len()).unwrap_or_default();
        (desk.may(Action::Remind).is_ok() && count > 0).then(|| {
            let key = remind_key.get_value();
            view! {
                <button type="button" class="btn small" aria-busy=is("remind") data-act="remind"
                    on:click=move |_| act(desk, "remind", key.clone(), Remind { recipients: Vec::new() }, say!("reminded", count = count))>
                    {icon("x-bell")} {say!("remind", count = count)}
                </button>
            }
        })
    };
    let opens = move |action: Action, asking: Asking, words: &'static str, name: &'static str| {
        desk.may(action).is_ok().then(|| {
            view! {
                <button type="button" class="btn small" data-act=name on:click=move |_| {
                    desk.said.set(None);
                    desk.asking.set(Some(asking));
                }>{say(words)}</button>
            }
        })
    };
    view! {
        <div class="row" role="group" aria-label=say("detail-actions")>
            {redrawn(remind)}
            {redrawn(move || opens(Action::Correct, Asking::Correct, "correct-open", "correct"))}
            {redrawn(move || opens(Action::Download, Asking::Papers, "papers-open", "papers"))}
            {redrawn(move || desk.may(Action::SendAgain).is_ok().then(|| view! {
                <button type="button" class="btn small" aria-busy=is("again") data-act="again" on:click=move |_| again(desk)>
                    {say("send-again")}
                </button>
            }))}
            {redrawn(move || desk.may(Action::Open).is_ok().then(|| link(desk)))}
            {redrawn(move || opens(Action::Void, Asking::Void, "void-open", "void"))}
        </div>
        {redrawn(move || desk.detail.with(Option::is_some).then(|| reasons::reasons(desk)))}
    }
    .into_any()
}

/// The reminder of one recipient, where there are others to be told apart from; or when the next one is possible.
pub fn remind_one(desk: Desk, recipient: &Recipient, name: &str) -> Option<AnyView> {
    let count = desk.ask(|case| case.to_remind().len())?;
    match desk.ask(|case| case.may_remind(recipient))? {
        Ok(()) if count > 1 => {
            let key = StoredValue::new(fresh_key());
            let who = recipient.key().to_owned();
            let label = say!("remind-name", name = name);
            Some(
                view! {
                    <small><button type="button" class="btn transparent small" data-act="remind-one" on:click=move |_| {
                        let body = Remind { recipients: vec![who.clone()] };
                        act(desk, "remind", key.get_value(), body, say!("reminded", count = 1usize));
                    }>{icon("x-bell")} {label}</button></small>
                }
                .into_any(),
            )
        }
        Err(why @ (Why::TooSoon { .. } | Why::Bounced)) => Some(
            view! { <small class="subtle" data-why=why.name()>{reasons::why(desk, why)}</small> }.into_any(),
        ),
        _ => None,
    }
}

/// DocuSign's page, and its address to be passed on.
fn link(desk: Desk) -> AnyView {
    let url = desk.detail.with(|detail| detail.as_ref().map(|one| one.url.clone())).unwrap_or_default();
    let shown = RwSignal::new(None::<bool>);
    let field = NodeRef::<html::Input>::new();
    let address = url.clone();
    let copy = move |_| {
        shown.set(Some(false));
        request_animation_frame(move || {
            let Some(field) = field.try_get_untracked().flatten() else { return };
            let _ = field.focus();
            field.select();
            let _ = shown.try_set(Some(copied()));
        });
    };
    view! {
        <a class="btn small" href=url.clone() target="_blank" rel="noopener" data-act="open">{icon("x-external")} {say("open-in-docusign")}</a>
        <button type="button" class="btn small" data-act="link" on:click=copy>{icon("x-link")} {say("copy-link")}</button>
        {redrawn(move || shown.get().is_some().then(|| {
            let address = address.clone();
            view! {
                <span class="copied">
                    <input class="input small" readonly=true aria-label=say("link-of-envelope") value=address node_ref=field/>
                    <span class="detail subtle" role="status">
                        {redrawn(move || match shown.get() {
                            Some(true) => say("link-copied"),
                            _ => say("link-by-hand"),
                        })}
                    </span>
                </span>
            }
        }))}
    }
    .into_any()
}

/// Copies what is selected. In a frame of another site the newer way is not allowed; this one is, within a click.
fn copied() -> bool {
    let document: JsValue = document().into();
    let copy = js_sys::Reflect::get(&document, &"execCommand".into());
    let copy = copy.ok().and_then(|found| found.dyn_into::<js_sys::Function>().ok());
    copy.and_then(|copy| copy.call1(&document, &"copy".into()).ok()).is_some_and(|done| done == JsValue::TRUE)
}

/// A draft of the same templates to the same people; the wizard goes on with it.
fn again(desk: Desk) {
    if desk.busy.get_untracked().is_some() {
        return;
    }
    desk.busy.set(Some("again"));
    desk.said.set(None);
    let key = fresh_key();
    spawn_local(async move {
        let made: Answer<()> = edge::again(&desk.frame.token(), &desk.id(), &key).await;
        match made {
            Ok(()) => {
                desk.frame.resumed.set(Some(key));
                desk.frame.screen.set(Screen::Wizard);
            }
            Err(failure) => desk.end(Said::Failed(failure)),
        }
    });
}
