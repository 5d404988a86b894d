//! Calls below `/api/settings`: the types are `shared::settings`' and `shared::mapping`'s, the paths are said by who
//! calls.

use gloo_net::http::{Request, RequestBuilder};
use serde::{Serialize, de::DeserializeOwned};

use super::{Answer, Failure, answered, call, exchange, get as request_of, segment};

pub async fn get<T: DeserializeOwned>(token: &str, path: &str, query: &[(&str, &str)]) -> Answer<T> {
    call(request_of(path, query), Some(token), None).await
}

pub async fn put<T: DeserializeOwned>(token: &str, path: &str, body: &impl Serialize) -> Answer<T> {
    call(Request::put(path), Some(token), Some(written(body)?)).await
}

/// The same where the answer says nothing.
pub async fn put_only(token: &str, path: &str, body: &impl Serialize) -> Answer<()> {
    exchange(Request::put(path), Some(token), Some(written(body)?)).await.map(drop)
}

pub async fn post<T: DeserializeOwned>(token: &str, path: &str, body: &impl Serialize) -> Answer<T> {
    call(Request::post(path), Some(token), Some(written(body)?)).await
}

pub async fn delete<T: DeserializeOwned>(token: &str, path: &str) -> Answer<T> {
    call(Request::delete(path), Some(token), None).await
}

/// A text as it is, such as a file to be imported.
pub async fn post_text<T: DeserializeOwned>(token: &str, path: &str, text: String) -> Answer<T> {
    call(Request::post(path), Some(token), Some(text)).await
}

/// A text as it comes, such as a file to be saved.
pub async fn text(token: &str, path: &str, query: &[(&str, &str)]) -> Answer<String> {
    let request: RequestBuilder = request_of(path, query);
    let response = answered(request, Some(token), None).await?;
    response.text().await.map_err(|_| Failure::Unreachable)
}

/// A part of a path.
pub fn part(id: &str) -> String {
    segment(id)
}

fn written(body: &impl Serialize) -> Answer<String> {
    serde_json::to_string(body).map_err(|_| Failure::Unreachable)
}
