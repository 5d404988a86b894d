//! The portal's own HMAC keys: which there are, whether the last messages verified, and how to change one for
//! another without a gap.

use leptos::prelude::*;
use shared::settings::keys::{AddedKey, ConnectKey, Delivery, KEYS_MAX, KeyList, NewKey, Signed, problem};

use super::{
    board::{Board, Deed, Fetched, status},
    dialog, form, head,
};
use crate::{edge, icon::icon, redraw::redrawn, say, times::when, words::say};

const PATH: &str = "/api/settings/keys";

pub fn page(board: Board) -> AnyView {
    let keys = Fetched::<KeyList>::of(board, || PATH.to_owned());
    let adding = RwSignal::new(false);
    let removing = RwSignal::new(None::<ConnectKey>);
    let test = Deed::new(board);
    let add = move || {
        let full = keys.got().is_some_and(|list| list.keys.len() >= KEYS_MAX);
        match full {
            true => view! { <span class="detail subtle">{say("error-too-many-keys")}</span> }.into_any(),
            false => view! {
                <button type="button" class="btn primary" on:click=move |_| adding.set(true)>
                    {icon("x-plus")} {say("key-add")}
                </button>
            }
            .into_any(),
        }
    };
    view! {
        {head("keys", Some(redrawn(add)))}
        {keys.shown(move |list| view! {
            {table(board, &list, removing)}
            {deliveries(board, list.clone(), keys, test)}
            {rotation(list.connect_url)}
        }.into_any())}
        {redrawn(move || adding.get().then(|| add_dialog(board, keys, adding)))}
        {redrawn(move || removing.get().map(|key| remove_dialog(board, keys, key, removing)))}
    }
    .into_any()
}

fn table(board: Board, list: &KeyList, removing: RwSignal<Option<ConnectKey>>) -> AnyView {
    let now = board.frame.now.into();
    if list.keys.is_empty() {
        return view! {
            <div class="banner info">
                {icon("x-s-info")}
                <div><b>{say("keys-none")}</b> <p>{say("keys-none-help")}</p></div>
            </div>
        }
        .into_any();
    }
    let rows = list.keys.iter().cloned().map(|key| {
        let (state, seen) = match key.last_valid {
            Some(at) => (status("success", "s-done", say("key-in-use")), when(at, now)),
            None => (
                status("info", "s-sent", say("key-waiting")),
                view! { <span class="subtle">"–"</span> }.into_any(),
            ),
        };
        let spoken = [say("remove-ask"), ": ".to_owned(), key.label.clone()].concat();
        let whole = key.clone();
        view! {
            <tr>
                <th scope="row">{key.label} <small>{say("key-added")} " " {when(key.added_at, now)} " · " {key.added_by}</small></th>
                <td data-label=say("key-end")><code>{["…", &key.end].concat()}</code></td>
                <td data-label=say("column-status")>{state}</td>
                <td data-label=say("key-last")>{seen}</td>
                <td class="end"><button type="button" class="btn small" aria-label=spoken
                    on:click=move |_| removing.set(Some(whole.clone()))>{say("remove-ask")}</button></td>
            </tr>
        }
    });
    view! {
        <div class="table-wrap">
            <table class="table" data-testid="keys">
                <caption class="sr-only">{say("subject-keys")}</caption>
                <thead><tr>
                    <th scope="col">{say("key")}</th>
                    <th scope="col">{say("key-end")}</th>
                    <th scope="col">{say("column-status")}</th>
                    <th scope="col">{say("key-last")}</th>
                    <th scope="col"><span class="sr-only">{say("column-actions")}</span></th>
                </tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Whether the last messages were genuine, and by which key.
fn deliveries(board: Board, list: KeyList, keys: Fetched<KeyList>, test: Deed) -> AnyView {
    let now = board.frame.now.into();
    let rows = list.deliveries.iter().map(|Delivery { at, signed }| {
        let words = match signed {
            Signed::Integration => status("success", "s-done", say("signed-integration")),
            Signed::Portal { id } => match list.keys.iter().find(|key| key.id == *id) {
                Some(key) => status("success", "s-done", say!("signed-portal", name = &key.label)),
                None => status("success", "s-done", say("signed-gone")),
            },
            Signed::Nobody => status("danger", "s-declined", say("signed-nobody")),
        };
        view! { <tr><td data-label=say("column-when")>{when(*at, now)}</td><td data-label=say("column-result")>{words}</td></tr> }
    });
    let refused = list.deliveries.iter().filter(|one| one.signed == Signed::Nobody).count();
    let inside = match list.deliveries.is_empty() {
        true => view! { <p class="subtle">{say("deliveries-none")}</p> }.into_any(),
        false => view! {
            {(refused > 0).then(|| view! { <p>{say!("deliveries-refused", count = refused)}</p> })}
            <div class="table-wrap">
                <table class="table" data-testid="deliveries">
                    <caption class="sr-only">{say("deliveries")}</caption>
                    <thead><tr><th scope="col">{say("column-when")}</th><th scope="col">{say("column-result")}</th></tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any(),
    };
    let ask = move || {
        test.run(
            |token| async move { edge::settings::get(&token, PATH, &[]).await },
            move |list| {
                keys.put(Ok(list));
                board.tell(say("deliveries-read"));
            },
        );
    };
    view! {
        <section class="stack tight">
            <div class="row spread">
                <h2 class="as-h4">{say("deliveries")}</h2>
                {test.button("btn small", say("deliveries-test"), ask)}
            </div>
            <p class="detail subtle">{say("deliveries-help")}</p>
            {test.told()}
            {inside}
        </section>
    }
    .into_any()
}

fn rotation(address: String) -> AnyView {
    let steps = ["rotate-1", "rotate-2", "rotate-3", "rotate-4"]
        .map(|key| view! { <li><span>{say(key)}</span></li> });
    view! {
        <details class="disclosure">
            <summary>{icon("right")} <span>{say("rotate")}</span></summary>
            <div class="stack">
                <ol class="steps">{steps.collect_view()}</ol>
                {form::copyable("connect-url", say("connect-url"), address)}
            </div>
        </details>
    }
    .into_any()
}

fn add_dialog(board: Board, keys: Fetched<KeyList>, shown: RwSignal<bool>) -> AnyView {
    // The same key however often it is tried.
    let id = window().crypto().map(|crypto| crypto.random_uuid()).unwrap_or_default();
    let path = [PATH, "/", &id].concat();
    let label = RwSignal::new(String::new());
    let pasted = RwSignal::new(String::new());
    let made = RwSignal::new(false);
    let wrong = RwSignal::new(None::<&'static str>);
    let added = RwSignal::new(None::<AddedKey>);
    let deed = Deed::new(board);
    let problem_of = move |field: &'static str, key: &'static str| {
        Signal::derive(move || (wrong.get() == Some(field)).then(|| say(key)))
    };
    let add = move || {
        let key = (!made.get_untracked()).then(|| pasted.get_untracked().trim().to_owned());
        let new = NewKey { label: label.get_untracked().trim().to_owned(), key };
        wrong.set(problem(&new));
        if wrong.get_untracked().is_some() {
            return crate::wizard::focus_soon("dialog [aria-invalid=true]".to_owned());
        }
        let path = path.clone();
        deed.run(
            move |token| async move { edge::settings::put(&token, &path, &new).await },
            move |answer: AddedKey| {
                keys.again();
                match answer.secret.is_some() {
                    true => added.set(Some(answer)),
                    false => {
                        dialog::close();
                        board.tell(say("key-is-added"));
                    }
                }
            },
        );
    };
    let way = move |value: bool, words: &'static str, help: &'static str| {
        view! {
            <label class="check">
                <input type="radio" name="way" prop:checked=move || made.get() == value on:change=move |_| made.set(value)/>
                <span>{say(words)} <small>{say(help)}</small></span>
            </label>
        }
    };
    let add = StoredValue::new_local(add);
    let body = redrawn(move || match added.get() {
        Some(answer) => view! {
            <p>{say("key-shown-once")}</p>
            {form::copyable("new-key", say("key"), answer.secret.unwrap_or_default())}
        }
        .into_any(),
        None => view! {
            {form::text_field("key-label", say("key-name"), label, "", problem_of("label", "key-name-wrong"))}
            <fieldset class="stack tight">
                <legend>{say("key-way")}</legend>
                {way(false, "key-paste", "key-paste-help")}
                {way(true, "key-make", "key-make-help")}
            </fieldset>
            {redrawn(move || (!made.get()).then(|| {
                form::text_field("key-value", say("key"), pasted, "mono", problem_of("key", "key-wrong"))
            }))}
            {deed.told()}
        }
        .into_any(),
    });
    let footer = redrawn(move || {
        match added.get() {
        Some(_) => view! {
            <button type="button" class="btn primary" on:click=move |_| dialog::close()>{say("key-copied")}</button>
        }
        .into_any(),
        None => view! {
            {dialog::cancel(say("cancel"))}
            {deed.button("btn primary", say("key-add-now"), move || add.with_value(|add| add()))}
        }
        .into_any(),
    }
    });
    dialog::dialog("", say("key-add-title"), move || shown.set(false), body, footer)
}

fn remove_dialog(
    board: Board,
    keys: Fetched<KeyList>,
    key: ConnectKey,
    shown: RwSignal<Option<ConnectKey>>,
) -> AnyView {
    let deed = Deed::new(board);
    let path = [PATH, "/", &edge::settings::part(&key.id)].concat();
    let remove = move || {
        let path = path.clone();
        deed.run(
            move |token| async move { edge::settings::delete(&token, &path).await },
            move |list: KeyList| {
                dialog::close();
                keys.put(Ok(list));
                board.tell(say("key-is-removed"));
            },
        );
    };
    let seen = match key.last_valid {
        Some(at) => {
            view! { <p>{say("key-remove-seen")} " " {when(at, board.frame.now.into())}"."</p> }.into_any()
        }
        None => view! { <p>{say("key-remove-unseen")}</p> }.into_any(),
    };
    let body = view! { <p>{say("key-remove-help")}</p> {seen} {deed.told()} };
    let footer = view! {
        {dialog::cancel(say("key-keep"))}
        {deed.button("btn destructive", say("key-remove"), remove)}
    };
    let title = say!("key-remove-title", name = &key.label);
    dialog::dialog("", title, move || shown.set(None), body.into_any(), footer.into_any())
}
