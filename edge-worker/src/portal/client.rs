//! The Worker's side of a Portal object.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use futures_util::{FutureExt, future::LocalBoxFuture};
use serde_json::Value;
use shared::error::AppError;
use worker::{Env, Headers, Method, Request, RequestInit, Response, Stub, wasm_bindgen::JsValue};

use super::ask::Ask;
use crate::{environment, failure::Outcome, json};

/// One portal's object. Every portal has its own, named by its number: portals share no storage.
#[derive(Debug)]
pub struct Portal {
    pub id: u64,
    stub: Stub,
}

/// An object replies with its answer under this name, or with the error for the browser as it is (its detail
/// is in the object's log).
pub const ANSWER: &str = "answer";

/// The header that holds the question when the body is a file.
pub const QUESTION: &str = "x-question";

impl Portal {
    pub fn of(env: &Env, id: u64) -> Outcome<Self> {
        let stub = env.durable_object(environment::PORTAL)?.get_by_name(&format!("portal-{id}"))?;
        Ok(Self { id, stub })
    }

    pub async fn ask<A: Ask>(&self, ask: &A) -> Outcome<A::Answer> {
        let answer = self.pass_on(A::NAME, serde_json::to_string(ask)?).await?;
        Ok(crate::json::of(answer)?)
    }

    fn pass_on(&self, name: &'static str, question: String) -> LocalBoxFuture<'_, Outcome<Value>> {
        let mut init = RequestInit::new();
        init.with_method(Method::Post).with_body(Some(question.into()));
        self.reply(name, init)
    }

    /// Boxed, so that it is compiled once and not into every caller.
    fn reply(&self, name: &'static str, init: RequestInit) -> LocalBoxFuture<'_, Outcome<Value>> {
        async move {
            let request = Request::new_with_init(&format!("https://portal/{name}"), &init)?;
            let mut response = self.stub.fetch_with_request(request).await?;
            let mut reply = json::parse(&response.bytes().await?)?;
            if let Some(answer) = reply.get_mut(ANSWER) {
                return Ok(answer.take());
            }
            let error: AppError = crate::json::of(reply)?;
            Err(error.into())
        }
        .boxed_local()
    }

    /// As [`Portal::ask`], passing a request's body on as it comes in.
    pub async fn ask_with_body<A: Ask>(&self, ask: &A, request: &Request) -> Outcome<A::Answer> {
        let headers = Headers::new();
        headers.set(QUESTION, &URL_SAFE_NO_PAD.encode(serde_json::to_string(ask)?))?;
        let mut init = RequestInit::new();
        let body = request.inner().body().map(JsValue::from);
        init.with_method(Method::Post).with_headers(headers).with_body(body);
        let answer = self.reply(A::NAME, init).await?;
        Ok(crate::json::of(answer)?)
    }

    /// Passes a WebSocket upgrade on.
    pub async fn upgrade(&self, request: Request) -> Outcome<Response> {
        Ok(self.stub.fetch_with_request(request).await?)
    }
}
