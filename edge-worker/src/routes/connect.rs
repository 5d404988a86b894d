//! `POST /api/connect`: an address, good once and for two minutes, at which DocuSign's login starts for this
//! session's user. It is opened in a window of its own: DocuSign does not let itself be framed.

use shared::api::ConnectAnswer;
use worker::Response;

use crate::{access, answer, call::Call, failure::Outcome, portal::ask::NewTicket, token};

pub async fn answer(call: &Call) -> Outcome<Response> {
    let session = access::session(call)?;
    let ticket = token::for_portal(session.portal.id);
    let ask = NewTicket { session_hash: session.hash, ticket_hash: token::hash(&ticket) };
    session.portal.ask(&ask).await?;
    let url = format!("{}/oauth/docusign/connect?ticket={ticket}", call.config.base_url);
    answer::data(&ConnectAnswer { url })
}
