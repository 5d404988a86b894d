//! What went over the wire between the Worker and the stand-ins, for counting and for checking against the
//! vendors' schemas afterwards.
//!
//! Kept in memory, the newest 20 000. `Authorization` is never kept, only its scheme. Pages for people
//! (HTML, redirects of the authorize pages, pictures on DocuSign's own pages) are not traffic.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Mutex;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use axum::middleware::Next;
use axum::response::Response;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::form_urlencoded;

use crate::faults::CutConnection;
use crate::lock::lock;
use crate::world::World;

const KEPT: usize = 20_000;
/// DocuSign's request limit (facts §7); nothing larger is read.
pub const LARGEST_BODY: usize = 35_651_584;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Vendor {
    Docusign,
    Hubspot,
    /// Connect messages, from DocuSign to the Worker.
    Connect,
    /// Calls from HubSpot to the Worker: `hubspot.fetch`, webhooks, workflow actions.
    HubspotCall,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    pub seq: u64,
    pub at: String,
    pub vendor: Vendor,
    pub method: String,
    /// The path for calls to a vendor, the whole URL for calls to the Worker.
    pub path: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub query: String,
    pub request_headers: BTreeMap<String, String>,
    pub request_body: Value,
    /// 0 while under way, and if no answer was given.
    pub status: u16,
    pub response_headers: BTreeMap<String, String>,
    pub response_body: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub portal_id: Option<String>,
    /// `cut` when the connection was cut by a fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Connect: which try this was, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tries: Option<u32>,
}

#[derive(Debug, Default)]
pub struct Traffic {
    log: Mutex<(u64, VecDeque<Entry>)>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Filter {
    pub vendor: Option<Vendor>,
    pub method: Option<String>,
    /// `*` allowed.
    pub path: Option<String>,
    pub portal_id: Option<String>,
    pub account_id: Option<String>,
    /// Only entries with a higher `seq`.
    pub since: Option<u64>,
}

impl Filter {
    pub fn fits(&self, e: &Entry) -> bool {
        self.vendor.is_none_or(|v| v == e.vendor)
            && self.method.as_ref().is_none_or(|m| m.eq_ignore_ascii_case(&e.method))
            && self.path.as_ref().is_none_or(|p| crate::faults::glob(p, &e.path))
            && self.portal_id.as_ref().is_none_or(|p| e.portal_id.as_ref() == Some(p))
            && self.account_id.as_ref().is_none_or(|a| e.account_id.as_ref() == Some(a))
            && self.since.is_none_or(|s| e.seq > s)
    }
}

impl Traffic {
    /// Records a call that has begun and returns its number.
    pub fn begin(&self, mut entry: Entry) -> u64 {
        let mut log = lock(&self.log);
        log.0 += 1;
        entry.seq = log.0;
        log.1.push_back(entry);
        if log.1.len() > KEPT {
            log.1.pop_front();
        }
        log.0
    }

    pub fn finish(&self, seq: u64, change: impl FnOnce(&mut Entry)) {
        if let Some(entry) = lock(&self.log).1.iter_mut().rev().find(|e| e.seq == seq) {
            change(entry);
        }
    }

    pub fn list(&self, filter: &Filter) -> Vec<Entry> {
        lock(&self.log).1.iter().filter(|e| filter.fits(e)).cloned().collect()
    }

    pub fn clear(&self, filter: &Filter) {
        lock(&self.log).1.retain(|e| !filter.fits(e));
    }

    fn forget(&self, seq: u64) {
        lock(&self.log).1.retain(|e| e.seq != seq);
    }
}

/// Whose call it is, as far as the request shows. Lies in the request's extensions behind [`record`].
#[derive(Clone, Default)]
pub struct Owner {
    pub account_id: Option<String>,
    pub portal_id: Option<String>,
}

fn owner(world: &World, vendor: Vendor, parts: &Parts, body: &[u8]) -> Owner {
    let path = parts.uri.path();
    // A token call names nobody but by what it trades in.
    let form = || -> HashMap<String, String> {
        let is_form = content_type(&parts.headers).contains("urlencoded");
        if is_form { form_urlencoded::parse(body).into_owned().collect() } else { HashMap::new() }
    };
    match vendor {
        Vendor::Docusign => {
            let mut owner = crate::docusign::owner(world, &parts.headers, path);
            owner.portal_id = owner.portal_id.or_else(|| crate::docusign::portal_of_grant(world, &form()));
            owner
        }
        Vendor::Hubspot => {
            let by_token = crate::hubspot::portal_of(world, &parts.headers, path);
            let portal_id = by_token.or_else(|| crate::hubspot::portal_of_grant(world, &form()));
            Owner { account_id: None, portal_id }
        }
        Vendor::Connect | Vendor::HubspotCall => Owner::default(),
    }
}

/// An entry for a call about to be made to the Worker; fill in the answer with [`Traffic::finish`].
pub fn entry(world: &World, vendor: Vendor, method: &str, path: &str) -> Entry {
    Entry {
        seq: 0,
        at: crate::clock::milliseconds(world.clock.now()),
        vendor,
        method: method.to_owned(),
        path: path.to_owned(),
        query: String::new(),
        request_headers: BTreeMap::new(),
        request_body: Value::Null,
        status: 0,
        response_headers: BTreeMap::new(),
        response_body: Value::Null,
        account_id: None,
        portal_id: None,
        outcome: None,
        tries: None,
    }
}

/// The middleware of both vendors' routers. It must be the outermost, so that faults are recorded too.
pub async fn record(
    State((world, vendor)): State<(World, Vendor)>,
    request: Request,
    next: Next,
) -> Response {
    let path = request.uri().path().to_owned();
    if ["/__sandbox", "/assets/", "/view/"].iter().any(|own| path.starts_with(own)) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, LARGEST_BODY).await else {
        return Response::builder().status(413).body(Body::empty()).unwrap_or_default();
    };
    let owner = owner(&world, vendor, &parts, &bytes);
    parts.extensions.insert(owner.clone());
    let seq = world.traffic.begin(Entry {
        query: query(&parts.uri),
        request_headers: headers_of_interest(&parts.headers),
        request_body: readable(&parts.headers, &bytes),
        account_id: owner.account_id,
        portal_id: owner.portal_id,
        ..entry(&world, vendor, parts.method.as_str(), &path)
    });
    let response = next.run(Request::from_parts(parts, Body::from(bytes))).await;
    let (parts, body) = response.into_parts();
    if content_type(&parts.headers).starts_with("text/html") || parts.status.is_redirection() {
        world.traffic.forget(seq);
        return Response::from_parts(parts, body);
    }
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let was_cut = parts.extensions.get::<CutConnection>().is_some();
    let portal = parts.extensions.get::<crate::hubspot::OfPortal>().map(|of| of.0.to_string());
    world.traffic.finish(seq, |e| {
        e.portal_id = e.portal_id.take().or(portal);
        if was_cut {
            e.outcome = Some("cut".to_owned());
        } else {
            e.status = parts.status.as_u16();
            e.response_headers = headers_of_interest(&parts.headers);
            e.response_body = readable(&parts.headers, &bytes);
        }
    });
    Response::from_parts(parts, Body::from(bytes))
}

fn query(uri: &Uri) -> String {
    uri.query().unwrap_or("").to_owned()
}

fn content_type(headers: &HeaderMap) -> &str {
    headers.get("content-type").and_then(|v| v.to_str().ok()).unwrap_or("")
}

fn headers_of_interest(headers: &HeaderMap) -> BTreeMap<String, String> {
    headers
        .iter()
        .filter_map(|(name, value)| {
            let name = name.as_str();
            let value = value.to_str().unwrap_or("<binary>");
            match name {
                "authorization" => {
                    let scheme = value.split(' ').next().unwrap_or("");
                    Some((name.to_owned(), format!("{scheme} <hidden>")))
                }
                "cookie" | "set-cookie" | "host" | "connection" | "user-agent" | "accept-encoding" => None,
                _ => Some((name.to_owned(), value.to_owned())),
            }
        })
        .collect()
}

/// JSON as JSON, a form and text as text, anything else as a remark on its size.
pub fn readable(headers: &HeaderMap, bytes: &Bytes) -> Value {
    if bytes.is_empty() {
        return Value::Null;
    }
    let kind = content_type(headers);
    if kind.contains("json")
        && let Ok(json) = serde_json::from_slice(bytes)
    {
        return json;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if kind.contains("json") || kind.starts_with("text/") || kind.contains("urlencoded") => {
            Value::String(text.to_owned())
        }
        _ => Value::String(format!("<{} bytes of {kind}>", bytes.len())),
    }
}
