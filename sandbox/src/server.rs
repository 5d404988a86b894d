//! The accept loop: as `axum::serve`, but able to close a connection without an answer.

use std::convert::Infallible;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, Response};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tower::ServiceExt as _;

use crate::faults::CutConnection;
use crate::world::World;

/// Serves for ever; abort the task to stop.
pub async fn serve(listener: TcpListener, router: Router, world: World) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let (router, world) = (router.clone(), world.clone());
        tokio::spawn(async move {
            let service = service_fn(move |request| answer(router.clone(), world.clone(), request));
            // An error here is a client that went away or a connection cut on purpose.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

async fn answer(
    router: Router,
    world: World,
    request: Request<Incoming>,
) -> Result<Response<Body>, std::io::Error> {
    let reads = request.method() == Method::GET && !request.uri().path().starts_with("/oauth");
    let result: Result<Response<Body>, Infallible> = router.oneshot(request.map(Body::new)).await;
    if !reads {
        world.touch();
    }
    let response = result.map_err(std::io::Error::other)?;
    if response.extensions().get::<CutConnection>().is_some() {
        return Err(std::io::Error::other("cut by a fault"));
    }
    Ok(response)
}
