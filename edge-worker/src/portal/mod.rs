//! The Portal object: one per HubSpot portal, the only writer of everything that must be right.
//!
//! It is single-threaded, but other requests run while one waits for the network. Two rules keep that safe:
//! whatever is decided from storage is written before the next await, and work that must happen once (a token
//! refresh, a send) is a shared future that latecomers wait for.

mod alarm;
pub mod ask;
pub mod client;
mod connections;
mod envelopes;
mod grants;
pub mod live;
mod room;
mod schema;
mod sends;
mod sign_in;
mod sql;
mod told;
mod visits;

use std::rc::Rc;

use serde_json::json;
use worker::{
    DurableObject, Env, Request, Response, State, WebSocket, WebSocketIncomingMessage, durable_object,
};

use self::{ask::Ask, client::Reply, room::Room};
use crate::{failure::Outcome, log, token};

#[durable_object]
pub struct Portal {
    room: Rc<Room>,
}

impl DurableObject for Portal {
    fn new(state: State, env: Env) -> Self {
        Self { room: Room::new(state, env) }
    }

    async fn fetch(&self, request: Request) -> worker::Result<Response> {
        let room = &self.room;
        match request.path().trim_start_matches('/') {
            live::NAME => live::accept(room, &request).await,
            ask::Install::NAME => reply(request, async |a| sign_in::install(room, a).await).await,
            ask::StartSignIn::NAME => reply(request, async |a| sign_in::start(room, a).await).await,
            ask::TakeSignIn::NAME => reply(request, async |a| sign_in::take(room, &a)).await,
            ask::Connect::NAME => reply(request, async |a| connections::connect(room, a).await).await,
            ask::OpenLaunch::NAME => reply(request, async |a| visits::open_launch(room, a).await).await,
            ask::OpenSession::NAME => reply(request, async |a| visits::open_session(room, a).await).await,
            ask::Enter::NAME => reply(request, async |a| visits::enter(room, &a)).await,
            ask::Page::NAME => reply(request, async |a| visits::page(room, &a)).await,
            ask::Card::NAME => reply(request, async |a| visits::card(room, &a)).await,
            ask::NewTicket::NAME => reply(request, async |a| visits::new_ticket(room, a).await).await,
            ask::KeepTemplate::NAME => reply(request, async |a| visits::keep_template(room, &a)).await,
            ask::FreshGrant::NAME => reply(request, async |a| grants::fresh(room, a).await).await,
            ask::SendEnvelope::NAME => reply(request, async |a| sends::send(room, a).await).await,
            ask::Tell::NAME => reply(request, async |a| told::tell(room, a).await).await,
            ask::ForgetContact::NAME => reply(request, async |a| envelopes::forget_contact(room, &a)).await,
            ask::Ping::NAME => reply(request, async |_: ask::Ping| Ok(())).await,
            other => {
                log::warn("a question the object does not know", json!({ "name": other }));
                Response::error("not found", 404)
            }
        }
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

/// Reads the question, answers it, and logs what went wrong: detail stays on this side.
async fn reply<A: Ask>(
    mut request: Request,
    answer: impl AsyncFnOnce(A) -> Outcome<A::Answer>,
) -> worker::Result<Response> {
    let outcome = match serde_json::from_slice::<A>(&request.bytes().await?) {
        Ok(ask) => answer(ask).await,
        Err(error) => Err(error.into()),
    };
    let reply: Reply<A::Answer> = outcome.map_err(|failure| {
        let mut error = failure.error;
        if error.support_id.is_empty() {
            error.support_id = token::support_id();
        }
        log::warn(
            "the portal object refused",
            json!({ "ask": A::NAME, "code": error.code, "support_id": error.support_id, "detail": failure.detail }),
        );
        error
    });
    Response::from_json(&reply)
}
