//! One request to the Worker, and what every handler needs with it.

use std::rc::Rc;

use futures_util::StreamExt;
use shared::error::{AppError, Code};
use worker::{Env, Request};

use crate::{
    config::Config,
    failure::{Failure, Outcome},
    json,
    portal::client::Portal,
};

pub struct Call {
    pub request: Request,
    pub env: Env,
    pub config: Rc<Config>,
    pub http: reqwest::Client,
}

impl Call {
    /// A header's value; `None` when absent.
    pub fn header(&self, name: &str) -> Option<String> {
        self.request.headers().get(name).ok().flatten()
    }

    /// Path and query as they came in, unparsed.
    pub fn path_and_query(&self) -> String {
        let url = self.request.inner().url();
        let after_scheme = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        after_scheme.find('/').and_then(|at| after_scheme.get(at..)).unwrap_or("/").to_owned()
    }

    /// The address as the caller used it: proxies may have changed host and scheme, never path and query.
    pub fn public_url(&self) -> String {
        format!("{}{}", self.config.base_url, self.path_and_query())
    }

    /// The query, decoded, in its order.
    pub fn query(&self) -> Vec<(String, String)> {
        let url = self.path_and_query();
        let query = url.split_once('?').map(|(_, query)| query).unwrap_or_default();
        let query = query.split_once('#').map_or(query, |(query, _)| query);
        url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
    }

    /// A query parameter that must not come twice: a second one could be somebody else's.
    pub fn parameter(&self, name: &str) -> Option<String> {
        only(&self.query(), name)
    }

    /// The body, at most `max` bytes of it. What is longer is not read to its end.
    pub async fn body(&mut self, max: usize) -> Outcome<Vec<u8>> {
        let announced = self.header("content-length").and_then(|v| v.parse::<usize>().ok());
        if announced.is_some_and(|length| length > max) {
            return Err(Code::TooLarge.into());
        }
        // A request without a body has no stream.
        let Ok(mut stream) = self.request.stream() else { return Ok(Vec::new()) };
        let mut body = Vec::with_capacity(announced.unwrap_or(0));
        while let Some(chunk) = stream.next().await {
            let chunk = chunk.map_err(|_| Failure::new(Code::BadRequest, "the body broke off"))?;
            if body.len() + chunk.len() > max {
                return Err(Code::TooLarge.into());
            }
            body.extend(chunk);
        }
        Ok(body)
    }

    /// The body as JSON.
    pub async fn json<T: serde::de::DeserializeOwned>(&mut self, max: usize) -> Outcome<T> {
        let body = self.body(max).await?;
        from_json(&body)
    }

    pub fn portal(&self, id: u64) -> Outcome<Portal> {
        Portal::of(&self.env, id)
    }
}

/// JSON from a browser or a vendor, refused politely. The parser's message says position and field, no content.
pub fn from_json<T: serde::de::DeserializeOwned>(body: &[u8]) -> Outcome<T> {
    json::read(body).map_err(|e| Failure::new(AppError::new(Code::BadRequest).field("body"), e.to_string()))
}

/// The value of `name` if it is there exactly once.
pub fn only(query: &[(String, String)], name: &str) -> Option<String> {
    let mut values = query.iter().filter(|(n, _)| n == name).map(|(_, v)| v);
    let value = values.next()?;
    values.next().is_none().then(|| value.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_that_comes_twice_counts_as_absent() {
        let query = [("a", "1"), ("b", "2"), ("a", "3")].map(|(n, v)| (n.to_owned(), v.to_owned()));
        assert_eq!(only(&query, "b").as_deref(), Some("2"));
        assert_eq!(only(&query, "a"), None);
        assert_eq!(only(&query, "c"), None);
    }
}
