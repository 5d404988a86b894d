//! The live update of open panels: one WebSocket per panel, hibernating.
//!
//! Why this and not polling or server-sent events: a hibernating socket is held by the platform, so an open
//! panel costs nothing while nothing happens. The object is not even in memory; a Connect message wakes it, it
//! writes to the sockets of that record, and sleeps again. Polling would cost a request per panel and interval;
//! an event stream would keep the object running, and billed, as long as a panel is open. `ping` is answered
//! by the platform without waking the object.
//!
//! A socket may miss messages while it reconnects: the page asks for the panel again after every reconnect.

use shared::{api::Live, record::RecordRef};
use worker::{Request, Response, WebSocketPair, worker_sys::WebSocketRequestResponsePair};

use super::{room::Room, visits};
use crate::{failure::Outcome, log, moment, token};

/// The path of the upgrade inside the object.
pub const NAME: &str = "live";
/// The tag that says when a socket's session is over.
const UNTIL: &str = "until:";
/// The tag of a socket without a record.
const SETTINGS: &str = "settings";
/// The protocol that is spoken and answered with; the session token comes after it in the offer.
pub const PROTOCOL: &str = "countersign";

/// Takes the socket in, if the session is good.
pub async fn accept(room: &Room, request: &Request) -> worker::Result<Response> {
    let offered = request.headers().get("sec-websocket-protocol")?.unwrap_or_default();
    let session = offered_session(&offered).map(token::hash).unwrap_or_default();
    match open(room, &session) {
        Ok(response) => Ok(response),
        Err(failure) => {
            log::warn("no live update", serde_json::json!({ "detail": failure.detail }));
            Response::error("unauthorized", 401)
        }
    }
}

/// The session in `countersign, <session>`.
pub fn offered_session(protocols: &str) -> Option<&str> {
    let mut offered = protocols.split(',').map(str::trim);
    (offered.next()? == PROTOCOL).then(|| offered.next()).flatten()
}

fn open(room: &Room, session_hash: &str) -> Outcome<Response> {
    let visitor = visits::anybody(room, session_hash)?;
    let pair = WebSocketPair::new()?;
    let place = visitor.record.as_ref().map_or_else(|| SETTINGS.to_owned(), record_tag);
    let user = user_tag(&visitor.user);
    let until = format!("{UNTIL}{}", visitor.expires);
    room.state.accept_websocket_with_tags(&pair.server, &[&place, &user, &until]);
    if let Ok(answer) = WebSocketRequestResponsePair::new("ping", "pong") {
        room.state.set_websocket_auto_response(&answer);
    }
    let response = Response::from_websocket(pair.client)?;
    response.headers().set("sec-websocket-protocol", PROTOCOL)?;
    Ok(response)
}

fn record_tag(record: &RecordRef) -> String {
    format!("record:{record}")
}

fn user_tag(user: &str) -> String {
    format!("user:{user}")
}

pub fn tell_record(room: &Room, record: &RecordRef, live: &Live) {
    tell(room, room.state.get_websockets_with_tag(&record_tag(record)), live);
}

pub fn tell_user(room: &Room, user: &str, live: &Live) {
    tell(room, room.state.get_websockets_with_tag(&user_tag(user)), live);
}

/// The panels of one record that this user has open.
pub fn tell_user_of_record(room: &Room, user: &str, record: &RecordRef, live: &Live) {
    let (record, mut sockets) = (record_tag(record), room.state.get_websockets_with_tag(&user_tag(user)));
    sockets.retain(|socket| room.state.get_tags(socket).contains(&record));
    tell(room, sockets, live);
}

/// The settings that these users have open.
pub fn tell_settings(room: &Room, is_for: impl Fn(&str) -> bool, live: &Live) {
    let mut sockets = room.state.get_websockets_with_tag(SETTINGS);
    sockets.retain(|socket| {
        let tags = room.state.get_tags(socket);
        tags.iter().any(|tag| tag.strip_prefix("user:").is_some_and(&is_for))
    });
    tell(room, sockets, live);
}

pub fn tell_all(room: &Room, live: &Live) {
    tell(room, room.state.get_websockets(), live);
}

/// A socket whose session is over is closed instead; one that is gone already is no failure of ours.
fn tell(room: &Room, sockets: Vec<worker::WebSocket>, live: &Live) {
    let Ok(text) = serde_json::to_string(live) else { return };
    let now = moment::now().0;
    for socket in sockets {
        let tags = room.state.get_tags(&socket);
        let until = tags.iter().find_map(|tag| tag.strip_prefix(UNTIL)?.parse::<i64>().ok());
        let outcome = if until.is_some_and(|until| until > now) {
            socket.send_with_str(&text)
        } else {
            socket.close(Some(4401), Some("the session is over"))
        };
        if outcome.is_err() {
            log::info("a live socket was gone", serde_json::json!({}));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_session_is_the_second_offered_protocol() {
        let check =
            |offer: &str, expected: Option<&str>| assert_eq!(offered_session(offer), expected, "{offer}");
        check("countersign, 62515.abc", Some("62515.abc"));
        check("countersign,62515.abc", Some("62515.abc"));
        check("62515.abc, countersign", None);
        check("countersign", None);
        check("", None);
    }
}
