//! `POST /api/session`: trades the one-time launch token for a session. The answer holds the first page of
//! the panel: opening a panel is this one request, and no vendor is called.

use shared::{
    api::{Session, SessionRequest},
    error::Code,
};
use worker::Response;

use crate::{
    answer,
    call::Call,
    failure::{Failure, Outcome},
    portal::ask::OpenSession,
    token,
};

const BODY_MAX: usize = 4 * 1024;

pub async fn answer(mut call: Call) -> Outcome<Response> {
    let request: SessionRequest = call.json(BODY_MAX).await?;
    let portal = token::portal_of(&request.launch)
        .ok_or(Failure::new(Code::Unauthorized, "malformed launch token"))?;
    let session = token::for_portal(portal);
    let ask = OpenSession { launch_hash: token::hash(&request.launch), session_hash: token::hash(&session) };
    let opened = call.portal(portal)?.ask(&ask).await?;
    answer::data(&Session {
        token: session,
        expires_at: opened.expires_at,
        portal_id: portal,
        user_email: opened.user_email,
        record: opened.record,
        view: opened.view,
        locale: opened.locale,
        panel: opened.panel,
    })
}
