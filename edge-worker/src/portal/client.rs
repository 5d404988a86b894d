//! The Worker's side of a Portal object.

use serde::de::DeserializeOwned;
use worker::{Env, Method, Request, RequestInit, Response, Stub};

use super::ask::Ask;
use crate::{
    environment,
    failure::{Failure, Outcome},
};

/// One portal's object. Every portal has its own, named by its number: portals share no storage.
#[derive(Debug)]
pub struct Portal {
    pub id: u64,
    stub: Stub,
}

/// What an object answers with: the answer, or the error for the browser (its detail is in the object's log).
pub type Reply<T> = Result<T, shared::error::AppError>;

impl Portal {
    pub fn of(env: &Env, id: u64) -> Outcome<Self> {
        let stub = env.durable_object(environment::PORTAL)?.get_by_name(&format!("portal-{id}"))?;
        Ok(Self { id, stub })
    }

    pub async fn ask<A: Ask>(&self, ask: &A) -> Outcome<A::Answer> {
        let body = serde_json::to_string(ask)?;
        let mut init = RequestInit::new();
        init.with_method(Method::Post).with_body(Some(body.into()));
        let request = Request::new_with_init(&format!("https://portal/{}", A::NAME), &init)?;
        let mut response = self.stub.fetch_with_request(request).await?;
        let reply: Reply<A::Answer> = read(&mut response).await?;
        reply.map_err(Failure::from)
    }

    /// Passes a WebSocket upgrade on.
    pub async fn upgrade(&self, request: Request) -> Outcome<Response> {
        Ok(self.stub.fetch_with_request(request).await?)
    }
}

async fn read<T: DeserializeOwned>(response: &mut Response) -> Outcome<T> {
    let bytes = response.bytes().await?;
    Ok(serde_json::from_slice(&bytes)?)
}
