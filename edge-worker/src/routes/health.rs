//! `GET /healthz`: for operators. Says the version, which settings are wrong (by name, never by value), and
//! whether the bindings answer. 200 when all is well, 503 otherwise.

use serde::Serialize;
use worker::{Env, Response};

use crate::{
    answer,
    config::Fault,
    environment,
    failure::Outcome,
    portal::{ask::Ping, client::Portal},
};

#[derive(Serialize)]
struct Health<'a> {
    ok: bool,
    version: &'static str,
    configuration: &'a [Fault],
    /// Whether KV, the Portal object and the static files answer.
    tokens: bool,
    portal: bool,
    assets: bool,
}

pub async fn answer(env: &Env, faults: &[Fault]) -> Outcome<Response> {
    let tokens = tokens(env).await.is_ok();
    let portal = portal(env).await.is_ok();
    let assets = env.assets(environment::ASSETS).is_ok();
    let ok = faults.is_empty() && tokens && portal && assets;
    let health =
        Health { ok, version: env!("CARGO_PKG_VERSION"), configuration: faults, tokens, portal, assets };
    answer::with_status(&health, if ok { 200 } else { 503 })
}

async fn tokens(env: &Env) -> Outcome<()> {
    env.kv(environment::TOKENS)?.get("healthz").text().await?;
    Ok(())
}

/// Portal 0 does not exist; its object answers all the same, and stores nothing.
async fn portal(env: &Env) -> Outcome<()> {
    Portal::of(env, 0)?.ask(&Ping {}).await
}
