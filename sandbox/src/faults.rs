//! Faults on demand: rules that make a vendor's API answer badly, late or not at all.
//!
//! A rule names a vendor, and optionally a method, a path pattern (`*` stands for anything, slashes too), an
//! account or a portal, and how often it strikes. The first rule that fits wins. `connect` rules are asked
//! for by the Connect sender instead of by the middleware.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::lock::lock;
use crate::traffic::{Owner, Vendor};
use crate::world::World;

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Rule {
    #[serde(default)]
    pub id: u64,
    pub vendor: Vendor,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// `connect` only: the event's name, `*` allowed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub portal_id: Option<String>,
    /// How often the rule still strikes; absent = until it is deleted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    pub effect: Effect,
}

#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Effect {
    /// Answer this status instead of doing the call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Value>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub headers: BTreeMap<String, String>,
    /// With `status`: do the call, and only then answer that status.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub takes_effect: bool,
    /// The call is done at once, its answer comes this much later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay_ms: Option<u64>,
    /// Cut the connection before the call is done, or after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut: Option<Cut>,
    /// What happens to a Connect message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<MessageFault>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Cut {
    Before,
    After,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum MessageFault {
    /// Never sent.
    Drop,
    /// Sent twice.
    Duplicate,
    /// Sent `delayMs` later (default one second).
    Delay,
    /// Sent after the message that follows it.
    Reorder,
}

/// Marks a response that must not reach the client: the server closes the connection instead.
#[derive(Clone, Copy, Debug)]
pub struct CutConnection;

#[derive(Debug, Default)]
pub struct Faults {
    rules: Mutex<(u64, Vec<Rule>)>,
}

/// What a call is known by when a rule is looked for.
pub struct Call<'a> {
    pub vendor: Vendor,
    pub method: &'a str,
    pub path: &'a str,
    pub event: &'a str,
    pub account_id: Option<&'a str>,
    pub portal_id: Option<&'a str>,
}

impl Faults {
    pub fn add(&self, mut rule: Rule) -> Rule {
        let mut rules = lock(&self.rules);
        rules.0 += 1;
        rule.id = rules.0;
        rules.1.push(rule.clone());
        rule
    }

    pub fn list(&self) -> Vec<Rule> {
        lock(&self.rules).1.clone()
    }

    /// Removes the rules that fit: by id, by vendor, by account, by portal, or all.
    pub fn remove(&self, keep: impl Fn(&Rule) -> bool) {
        lock(&self.rules).1.retain(keep);
    }

    /// The effect of the first rule that fits; its count goes down.
    pub fn strike(&self, call: &Call<'_>) -> Option<Effect> {
        let mut rules = lock(&self.rules);
        let at = rules.1.iter().position(|r| fits(r, call))?;
        let rule = rules.1.get_mut(at)?;
        let effect = rule.effect.clone();
        if let Some(count) = &mut rule.count {
            *count = count.saturating_sub(1);
            if *count == 0 {
                rules.1.remove(at);
            }
        }
        Some(effect)
    }
}

fn fits(rule: &Rule, call: &Call<'_>) -> bool {
    let same = |wanted: &Option<String>, got: Option<&str>| match wanted {
        None => true,
        Some(w) => got == Some(w.as_str()),
    };
    rule.count != Some(0)
        && rule.vendor == call.vendor
        && rule.method.as_ref().is_none_or(|m| m.eq_ignore_ascii_case(call.method))
        && rule.path.as_ref().is_none_or(|p| glob(p, call.path))
        && rule.event.as_ref().is_none_or(|e| glob(e, call.event))
        && same(&rule.account_id, call.account_id)
        && same(&rule.portal_id, call.portal_id)
}

/// `*` matches any run of characters, the empty one too. Case-sensitive.
pub fn glob(pattern: &str, text: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(first) = parts.next() else { return text.is_empty() };
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let middle: Vec<&str> = parts.collect();
    let Some((last, middle)) = middle.split_last() else { return rest.is_empty() };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = rest.get(at + part.len()..).unwrap_or("");
    }
    rest.ends_with(last)
}

/// The middleware of both vendors' API routers. Browser pages under the same router are left alone only if
/// no rule names them.
pub async fn apply(State((world, vendor)): State<(World, Vendor)>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    if path.starts_with("/__sandbox") {
        return next.run(request).await;
    }
    let method = request.method().to_string();
    let owner = request.extensions().get::<Owner>().cloned().unwrap_or_default();
    let call = Call {
        vendor,
        method: &method,
        path: &path,
        event: "",
        account_id: owner.account_id.as_deref(),
        portal_id: owner.portal_id.as_deref(),
    };
    let Some(effect) = world.faults.strike(&call) else { return next.run(request).await };
    if effect.cut == Some(Cut::Before) {
        wait(&effect).await;
        return cut();
    }
    let response = match effect.status {
        Some(_) if !effect.takes_effect => planned_answer(&effect),
        Some(_) => {
            next.run(request).await;
            planned_answer(&effect)
        }
        None => next.run(request).await,
    };
    wait(&effect).await;
    if effect.cut == Some(Cut::After) {
        return cut();
    }
    response
}

async fn wait(effect: &Effect) {
    if let Some(ms) = effect.delay_ms {
        tokio::time::sleep(Duration::from_millis(ms)).await;
    }
}

fn cut() -> Response {
    let mut response = StatusCode::BAD_GATEWAY.into_response();
    response.extensions_mut().insert(CutConnection);
    response
}

fn planned_answer(effect: &Effect) -> Response {
    let status = effect.status.and_then(|s| StatusCode::from_u16(s).ok()).unwrap_or(StatusCode::OK);
    let (kind, body) = match &effect.body {
        None => ("application/json", Body::empty()),
        Some(Value::String(text)) => ("text/html", Body::from(text.clone())),
        Some(json) => ("application/json", Body::from(json.to_string())),
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert("content-type", HeaderValue::from_static(kind));
    for (name, value) in &effect.headers {
        if let (Ok(n), Ok(v)) = (HeaderName::try_from(name.as_str()), HeaderValue::from_str(value)) {
            headers.insert(n, v);
        }
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything() {
        let cases = [
            ("/a/*/c", "/a/b/c", true),
            ("/a/*/c", "/a/b/b/c", true),
            ("*/envelopes", "/restapi/v2.1/accounts/1/envelopes", true),
            ("*/envelopes", "/restapi/v2.1/accounts/1/envelopes/2", false),
            ("/a", "/a", true),
            ("/a", "/ab", false),
            ("*", "", true),
            ("/a*a", "/a", false),
        ];
        for (pattern, text, expected) in cases {
            assert_eq!(glob(pattern, text), expected, "{pattern} on {text}");
        }
    }

    #[test]
    fn a_rule_with_a_count_strikes_that_often() {
        let faults = Faults::default();
        let rule =
            serde_json::json!({"vendor":"docusign","path":"*/envelopes","count":2,"effect":{"status":500}});
        faults.add(serde_json::from_value(rule).expect("a rule"));
        let call = Call {
            vendor: Vendor::Docusign,
            method: "POST",
            path: "/x/envelopes",
            event: "",
            account_id: None,
            portal_id: None,
        };
        let struck: Vec<bool> = (0..3).map(|_| faults.strike(&call).is_some()).collect();
        assert_eq!(struck, [true, true, false]);
    }
}
