//! The Worker's side of a Portal object.

use futures_util::{FutureExt, future::LocalBoxFuture};
use serde_json::Value;
use shared::error::AppError;
use worker::{Env, Method, Request, RequestInit, Response, Stub};

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

impl Portal {
    pub fn of(env: &Env, id: u64) -> Outcome<Self> {
        let stub = env.durable_object(environment::PORTAL)?.get_by_name(&format!("portal-{id}"))?;
        Ok(Self { id, stub })
    }

    pub async fn ask<A: Ask>(&self, ask: &A) -> Outcome<A::Answer> {
        let answer = self.pass_on(A::NAME, serde_json::to_string(ask)?).await?;
        Ok(crate::json::of(answer)?)
    }

    /// Boxed, so that it is compiled once and not into every caller.
    fn pass_on(&self, name: &'static str, question: String) -> LocalBoxFuture<'_, Outcome<Value>> {
        async move {
            let mut init = RequestInit::new();
            init.with_method(Method::Post).with_body(Some(question.into()));
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

    /// Passes a WebSocket upgrade on.
    pub async fn upgrade(&self, request: Request) -> Outcome<Response> {
        Ok(self.stub.fetch_with_request(request).await?)
    }
}
