//! The Portal object: one per HubSpot portal, the only writer of everything that must be right.
//!
//! It is single-threaded, but other requests run while one waits for the network. Two rules keep that safe:
//! whatever is decided from storage is written before the next await, and work that must happen once (a token
//! refresh, a send) is a shared future that latecomers wait for.

mod alarm;
pub mod ask;
mod audit;
pub mod client;
mod connections;
mod deeds;
mod discards;
mod drafts;
mod envelopes;
mod grants;
mod history;
mod hs_fields;
pub mod kept;
pub mod keys;
mod listed;
pub mod live;
mod mappings;
mod outbox;
mod papers;
mod people;
mod reconcile;
mod room;
mod schema;
mod sends;
mod settings;
mod sign_in;
mod sql;
mod told;
mod uninstall;
mod upkeep;
mod visits;

use std::rc::Rc;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;
use worker::{
    DurableObject, Env, Request, Response, State, WebSocket, WebSocketIncomingMessage, durable_object,
};

use self::{ask::Ask, room::Room};
use crate::{
    failure::{Failure, Outcome},
    json, log, token,
};

#[durable_object]
pub struct Portal {
    room: Rc<Room>,
}

impl DurableObject for Portal {
    fn new(state: State, env: Env) -> Self {
        Self { room: Room::new(state, env) }
    }

    async fn fetch(&self, mut request: Request) -> worker::Result<Response> {
        let room = &self.room;
        let path = request.path();
        let name = path.trim_start_matches('/');
        if name == live::NAME {
            return live::accept(room, &request).await;
        }
        if name == ask::AddDocument::NAME {
            return respond(name, add_document(room, request).await);
        }
        let body = request.bytes().await?;
        let body = body.as_slice();
        let outcome = match name {
            ask::Install::NAME => reply(body, async |a| sign_in::install(room, a).await).await,
            ask::StartSignIn::NAME => reply(body, async |a| sign_in::start(room, a).await).await,
            ask::TakeSignIn::NAME => reply(body, async |a| sign_in::take(room, &a)).await,
            ask::Connect::NAME => reply(body, async |a| connections::connect(room, a).await).await,
            ask::OpenLaunch::NAME => reply(body, async |a| visits::open_launch(room, a).await).await,
            ask::OpenSession::NAME => reply(body, async |a| visits::open_session(room, a).await).await,
            ask::Enter::NAME => reply(body, async |a| visits::enter(room, &a)).await,
            ask::Page::NAME => reply(body, async |a| visits::page(room, &a)).await,
            ask::Card::NAME => reply(body, async |a| visits::card(room, &a)).await,
            ask::NewTicket::NAME => reply(body, async |a| visits::new_ticket(room, a).await).await,
            ask::SaveDraft::NAME => reply(body, async |a| drafts::save(room, a).await).await,
            ask::OpenDraft::NAME => reply(body, async |a| drafts::open(room, &a)).await,
            ask::DeleteDraft::NAME => reply(body, async |a| drafts::delete(room, a).await).await,
            ask::StartDocuments::NAME => reply(body, async |a| papers::start(room, a).await).await,
            ask::ArrangeDocuments::NAME => reply(body, async |a| papers::arrange(room, a).await).await,
            ask::RemoveDocument::NAME => reply(body, async |a| papers::remove(room, a).await).await,
            ask::SeePaper::NAME => reply(body, async |a| papers::see(room, a)).await,
            ask::CheckPaper::NAME => reply(body, async |a| papers::outside::check(room, a).await).await,
            ask::ContinueDraft::NAME => reply(body, async |a| papers::go_on(room, a).await).await,
            ask::KeepTemplate::NAME => reply(body, async |a| visits::keep_template(room, &a)).await,
            ask::Keep::NAME => reply(body, async |a| kept::keep(room, a).await).await,
            ask::FreshGrant::NAME => reply(body, async |a| grants::fresh(room, a).await).await,
            ask::SendEnvelope::NAME => reply(body, async |a| sends::send(room, a).await).await,
            ask::Act::NAME => reply(body, async |a| deeds::act(room, a).await).await,
            ask::SeeEnvelope::NAME => reply(body, async |a| history::see(room, &a)).await,
            ask::TakePdf::NAME => reply(body, async |a| history::take_pdf(room, &a)).await,
            ask::Tell::NAME => reply(body, async |a| told::tell(room, a).await).await,
            ask::ForgetContact::NAME => reply(body, async |a| envelopes::forget_contact(room, a).await).await,
            ask::Ping::NAME => reply(body, async |_: ask::Ping| Ok(())).await,
            _ => about_settings(room, name, body).await,
        };
        respond(name, outcome)
    }

    async fn alarm(&self) -> worker::Result<Response> {
        alarm::ring(&self.room).await;
        Response::empty()
    }

    async fn websocket_message(&self, ws: WebSocket, _: WebSocketIncomingMessage) -> worker::Result<()> {
        // The page has nothing to say here; `ping` is answered without waking us.
        ws.close(Some(1008), Some("nothing is expected"))
    }

    async fn websocket_close(&self, ws: WebSocket, code: usize, _: String, _: bool) -> worker::Result<()> {
        // 1005 and 1006 say that no code came; they may not be sent.
        let code = u16::try_from(code).ok().filter(|c| !matches!(c, 1005 | 1006));
        let _ = ws.close(code.or(Some(1000)), None::<&str>);
        Ok(())
    }

    async fn websocket_error(&self, _: WebSocket, _: worker::Error) -> worker::Result<()> {
        Ok(())
    }
}

/// Questions about the settings: of a function of their own, since few requests ask them.
async fn about_settings(room: &Rc<Room>, name: &str, body: &[u8]) -> Outcome<String> {
    use ask::settings as ask;
    match name {
        ask::ReadSettings::NAME => reply(body, async |a| settings::read(room, &a)).await,
        ask::KeepAdmin::NAME => reply(body, async |a| settings::keep_admin(room, a).await).await,
        ask::SavePreferences::NAME => reply(body, async |a| settings::save_preferences(room, a).await).await,
        ask::SwitchAccount::NAME => reply(body, async |a| people::switch_account(room, a)).await,
        ask::Disconnect::NAME => reply(body, async |a| people::disconnect(room, a).await).await,
        ask::ChooseLanguage::NAME => reply(body, async |a| people::choose_language(room, a)).await,
        ask::NoteTrouble::NAME => reply(body, async |a| people::note_trouble(room, &a)).await,
        ask::ListUsers::NAME => reply(body, async |a| people::list(room, &a)).await,
        ask::ChooseAutomation::NAME => reply(body, async |a| people::choose_automation(room, a).await).await,
        ask::ListKeys::NAME => reply(body, async |a| keys::list(room, &a)).await,
        ask::AddKey::NAME => reply(body, async |a| keys::add(room, a).await).await,
        ask::RemoveKey::NAME => reply(body, async |a| keys::remove(room, a).await).await,
        ask::Delivered::NAME => reply(body, async |a| keys::delivered(room, &a)).await,
        ask::ReadMappings::NAME => reply(body, async |a| mappings::read(room, &a)).await,
        ask::SaveMappings::NAME => reply(body, async |a| mappings::save(room, a)).await,
        ask::MappingsOf::NAME => reply(body, async |a| mappings::of_object(room, &a)).await,
        ask::ReadHsFields::NAME => reply(body, async |a| hs_fields::read(room, &a)).await,
        ask::MakeHsFields::NAME => reply(body, async |a| hs_fields::make(room, a).await).await,
        ask::PlanUninstall::NAME => reply(body, async |a| uninstall::plan(room, &a)).await,
        ask::Uninstall::NAME => reply(body, async |a| uninstall::uninstall(room, a).await).await,
        ask::ReadIndex::NAME => reply(body, async |a| envelopes::index(room, &a)).await,
        ask::ReadOutbox::NAME => reply(body, async |a| outbox::stuck::read(room, &a)).await,
        ask::RetryOutbox::NAME => reply(body, async |a| outbox::stuck::retry(room, a).await).await,
        ask::ReadAudit::NAME => reply(body, async |a| audit::read(room, &a)).await,
        ask::NoteAudit::NAME => reply(body, async |a| audit::note_for(room, &a)).await,
        _ => Err(Failure::internal("a question the object does not know")),
    }
}

/// Reads the question, and writes the answer.
async fn reply<A: Ask>(body: &[u8], answer: impl AsyncFnOnce(A) -> Outcome<A::Answer>) -> Outcome<String> {
    let answer = answer(json::read(body)?).await?;
    Ok(serde_json::to_string(&answer)?)
}

/// A file, whose question is in a header since the file is the body.
async fn add_document(room: &Rc<Room>, request: Request) -> Outcome<String> {
    let header = request.headers().get(client::QUESTION)?.unwrap_or_default();
    let question = URL_SAFE_NO_PAD.decode(header).map_err(|_| Failure::internal("a malformed question"))?;
    let documents = papers::upload(room, json::read(&question)?, request).await?;
    Ok(serde_json::to_string(&documents)?)
}

/// The reply; what went wrong is logged, since its detail stays on this side.
fn respond(name: &str, outcome: Outcome<String>) -> worker::Result<Response> {
    let text = match outcome {
        Ok(answer) => format!("{{\"{}\":{answer}}}", client::ANSWER),
        Err(failure) => {
            let (mut error, detail) = failure.into_parts();
            if error.support_id.is_empty() {
                error.support_id = token::support_id();
            }
            log::warn(
                "the portal object refused",
                json!({ "ask": name, "code": error.code, "support_id": error.support_id, "detail": detail }),
            );
            serde_json::to_string(&error)?
        }
    };
    Response::ok(text)
}
