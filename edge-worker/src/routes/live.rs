//! `GET /api/live`: upgrades to the WebSocket of `portal::live`. The session comes in the offered protocols,
//! since a browser cannot set headers here and an address ends up in logs.

use shared::error::Code;
use worker::{Headers, Request, RequestInit, Response};

use crate::{
    access,
    call::Call,
    failure::{Failure, Outcome},
    portal::live,
};

pub async fn answer(call: &Call) -> Outcome<Response> {
    let upgrade = call.header("upgrade").unwrap_or_default();
    if !upgrade.eq_ignore_ascii_case("websocket") {
        return Err(Failure::new(Code::BadRequest, "no WebSocket upgrade"));
    }
    // Cookies are not at stake, but no page of another origin has any business here.
    if call.header("origin").as_deref() != Some(call.config.base_url.as_str()) {
        return Err(Failure::new(Code::Unauthorized, "another origin"));
    }
    let offered = call.header("sec-websocket-protocol").unwrap_or_default();
    let bearer = live::offered_session(&offered).ok_or(Failure::new(Code::Unauthorized, "no session"))?;
    let session = access::session_of(call, bearer)?;
    let headers = Headers::new();
    headers.set("upgrade", "websocket")?;
    headers.set("sec-websocket-protocol", &offered)?;
    let mut init = RequestInit::new();
    init.with_headers(headers);
    let request = Request::new_with_init(&format!("https://portal/{}", live::NAME), &init)?;
    let response = session.portal.upgrade(request).await?;
    if response.status_code() == 401 {
        return Err(Failure::new(Code::Unauthorized, "the object refused the session"));
    }
    Ok(response)
}
