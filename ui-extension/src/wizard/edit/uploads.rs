//! The sender's own files on their way: one after the other, each with how far it got, and what went wrong with it.
//!
//! What name and size tell is said before a byte is sent. `fetch` does not tell how far a body got, so this is
//! `XMLHttpRequest`.

use leptos::{ev::DragEvent, html, prelude::*, task::spawn_local};
use shared::{api::UPLOAD_MAX_BYTES, draft::refusal, error::Code};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{File, FileList, HtmlInputElement, ProgressEvent, XmlHttpRequest};

use super::super::{
    editing::{Progress, Upload},
    run::Run,
};
use crate::{
    edge::{Answer, Failure, Refusal, documents},
    fault,
    icon::icon,
    say,
    words::say,
};

/// Files by drop or from the computer.
pub fn drop_zone(run: Run) -> AnyView {
    let input = NodeRef::<html::Input>::new();
    let is_over = RwSignal::new(false);
    let on_over = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(true);
    };
    let on_drop = move |event: DragEvent| {
        event.prevent_default();
        is_over.set(false);
        if let Some(files) = event.data_transfer().and_then(|data| data.files()) {
            take(run, &files);
        }
    };
    let on_change = move |event: leptos::ev::Event| {
        let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        if let Some(input) = input {
            if let Some(files) = input.files() {
                take(run, &files);
            }
            // The same file can be chosen once more.
            input.set_value("");
        }
    };
    let accept = shared::draft::FILE_EXTENSIONS.map(|extension| [".", extension].concat()).join(",");
    view! {
        <div class="drop" class:is-over=move || is_over.get() on:dragover=on_over on:drop=on_drop
            on:dragleave=move |_| is_over.set(false)>
            <span class="row">{icon("x-upload")} {say("drop-here")}
                <button type="button" class="btn small" id="choose-files" on:click=move |_| {
                    if let Some(input) = input.get_untracked() {
                        input.click();
                    }
                }>{say("choose-files")}</button>
            </span>
            <span class="detail subtle">{say("drop-kinds")}</span>
            <input type="file" multiple class="sr-only" tabindex="-1" aria-label=say("choose-files") accept=accept
                node_ref=input on:change=on_change data-testid="files"/>
        </div>
    }
    .into_any()
}

/// Takes files that were chosen or dropped.
fn take(run: Run, files: &FileList) {
    let edit = run.edit;
    for file in (0..files.length()).filter_map(|at| files.get(at)) {
        let (name, bytes) = (file.name(), file.size() as u64);
        let key = edit.uploads.with_untracked(|all| all.iter().map(|one| one.key).max().unwrap_or(0)) + 1;
        let progress = match refusal(&name, bytes) {
            Some(code) => Progress::Failed(Failure::Edge(Box::new(Refusal::from(code)))),
            None => Progress::Waiting,
        };
        edit.files.update_value(|files| files.push((key, file)));
        edit.uploads.update(|all| all.push(Upload { key, name, bytes, progress }));
    }
    next(run);
}

fn set(run: Run, key: u32, progress: Progress) {
    let _ = run.edit.uploads.try_update(|all| {
        if let Some(one) = all.iter_mut().find(|one| one.key == key) {
            one.progress = progress;
        }
    });
}

fn forget(run: Run, key: u32) {
    let _ = run.edit.uploads.try_update(|all| all.retain(|one| one.key != key));
    let _ = run.edit.files.try_update_value(|files| files.retain(|(known, _)| *known != key));
}

/// Sends the first file that waits, unless one is under way.
fn next(run: Run) {
    let edit = run.edit;
    let waiting = edit.uploads.try_with_untracked(|all| {
        let is_busy = all.iter().any(|one| matches!(one.progress, Progress::UnderWay(_)));
        all.iter().find(|one| !is_busy && one.progress == Progress::Waiting).map(|one| one.key)
    });
    let Some(key) = waiting.flatten() else { return };
    let file = edit.files.with_value(|files| files.iter().find(|(known, _)| *known == key).cloned());
    let Some((_, file)) = file else { return forget(run, key) };
    set(run, key, Progress::UnderWay(0));
    spawn_local(async move {
        if let Err(failure) = run.editable().await {
            set(run, key, Progress::Failed(failure));
            return next(run);
        }
        // It may have been stopped meanwhile.
        let is_wanted = edit.uploads.try_with_untracked(|all| all.iter().any(|one| one.key == key));
        if is_wanted != Some(true) {
            return next(run);
        }
        match send(run, key, &file) {
            Ok(request) => edit.request.set_value(Some((key, request))),
            Err(failure) => set(run, key, Progress::Failed(failure)),
        }
    });
}

/// Begins to send a file; the rest comes by events.
fn send(run: Run, key: u32, file: &File) -> Answer<XmlHttpRequest> {
    let unreachable = |_| Failure::Unreachable;
    let request = XmlHttpRequest::new().map_err(unreachable)?;
    let path = documents::upload_path(&run.id(), &file.name());
    request.open_with_async("PUT", &path, true).map_err(unreachable)?;
    let header = |name: &str, value: &str| request.set_request_header(name, value).map_err(unreachable);
    header("Authorization", &["Bearer ", &run.frame.token()].concat())?;
    header("Content-Type", "application/octet-stream")?;
    let on_progress = Closure::<dyn FnMut(ProgressEvent)>::new(move |event: ProgressEvent| {
        let percent = event.loaded() * 100.0 / event.total().max(1.0);
        set(run, key, Progress::UnderWay(percent as u32));
    });
    let upload = request.upload().map_err(unreachable)?;
    upload.set_onprogress(Some(on_progress.into_js_value().unchecked_ref()));
    let answered = request.clone();
    let on_end = Closure::once_into_js(move || {
        let status = answered.status().unwrap_or_default();
        let text = answered.response_text().ok().flatten().unwrap_or_default();
        let _ = run.edit.request.try_set_value(None);
        if run.edit.uploads.is_disposed() {
            return;
        }
        match documents::uploaded(status, &text) {
            Ok(answer) => {
                let name = answered_name(run, key);
                forget(run, key);
                run.take_documents(answer.documents);
                run.frame.news.set(say!("upload-done", name = &name));
            }
            Err(failure) => set(run, key, Progress::Failed(failure)),
        }
        next(run);
    });
    request.set_onloadend(Some(on_end.unchecked_ref()));
    request.send_with_opt_blob(Some(file)).map_err(unreachable)?;
    Ok(request)
}

fn answered_name(run: Run, key: u32) -> String {
    run.edit.uploads.with_untracked(|all| {
        all.iter().find(|one| one.key == key).map(|one| one.name.clone()).unwrap_or_default()
    })
}

/// Stops one, or takes its failure away.
fn stop(run: Run, key: u32) {
    forget(run, key);
    let request = run.edit.request.try_update_value(|kept| kept.take_if(|(known, _)| *known == key));
    if let Some((_, request)) = request.flatten() {
        let _ = request.abort();
    }
    super::super::focus_soon("#choose-files".to_owned());
    next(run);
}

/// What went wrong with a file, in words.
fn reason(failure: &Failure) -> String {
    match failure.code() {
        Some(Code::TooLarge) => say!("upload-too-large", max = (UPLOAD_MAX_BYTES >> 20) as usize),
        _ => [fault::sentence(failure), fault::next_step(failure)].join(" "),
    }
}

/// Whether sending the same bytes again could end differently.
fn is_worth_a_retry(failure: &Failure) -> bool {
    !matches!(
        failure.code(),
        Some(Code::TooLarge | Code::FileTypeRefused | Code::FileProtected | Code::FileUnreadable)
    )
}

/// A line per file that is on its way or could not be added.
pub fn lines(run: Run) -> AnyView {
    view! {
        <For each=move || run.edit.uploads.get().into_iter().map(|one| (one.key, one.name, one.bytes))
            key=|(key, ..)| *key
            children=move |(key, name, bytes)| line(run, key, name, bytes)/>
    }
    .into_any()
}

fn line(run: Run, key: u32, name: String, bytes: u64) -> AnyView {
    let progress = Memo::new(move |_| {
        run.edit.uploads.with(|all| all.iter().find(|one| one.key == key).map(|one| one.progress.clone()))
    });
    let is_failed = move || matches!(progress.get(), Some(Progress::Failed(_)));
    let id = ["upload-", &key.to_string()].concat();
    let label = id.clone();
    let named = name.clone();
    let how = move || match progress.get() {
        Some(Progress::UnderWay(percent)) => {
            let words = say!("upload-under-way", percent = percent, size = &super::size(bytes));
            view! {
                <small id=id.clone()>{words}</small>
                <progress value=percent max="100" aria-labelledby=id.clone()></progress>
            }
            .into_any()
        }
        Some(Progress::Failed(failure)) => view! {
            <span class="error" role="alert" data-code=failure.code().map_or("network", Code::name)>
                {icon("s-declined")} <span>{reason(&failure)}</span>
            </span>
        }
        .into_any(),
        Some(Progress::Waiting) | None => view! { <small>{say("upload-waiting")}</small> }.into_any(),
    };
    let again = {
        let name = named.clone();
        move || {
            let failure = match progress.get() {
                Some(Progress::Failed(failure)) => failure,
                _ => return None,
            };
            is_worth_a_retry(&failure).then(|| {
                view! {
                    <button type="button" class="btn small" aria-label=say!("upload-again", name = &name)
                        on:click=move |_| {
                            set(run, key, Progress::Waiting);
                            next(run);
                        }>{icon("refresh")} {say("try-again")}</button>
                }
            })
        }
    };
    let stop_words = {
        let name = named.clone();
        move || {
            if is_failed() { say!("upload-dismiss", name = &name) } else { say!("upload-stop", name = &name) }
        }
    };
    view! {
        <li class="line upload" data-upload=label>
            {icon("x-upload")}
            <span class="grow">{named} {crate::redraw::redrawn(how)}</span>
            {crate::redraw::redrawn(again)}
            <button type="button" class="btn transparent square small" aria-label=stop_words
                on:click=move |_| stop(run, key)>{icon("close")}</button>
        </li>
    }
    .into_any()
}
