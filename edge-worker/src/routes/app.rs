//! `GET /app/…`: the page in the iframe. A static file; who may frame it is a setting, so the header that says
//! so is added here. The files it loads come from `/a/<hash>/` and never pass through the Worker.

use worker::{Fetcher, Response};

use crate::{call::Call, environment, failure::Outcome};

pub async fn answer(call: Call) -> Outcome<Response> {
    let assets: Fetcher = call.env.assets(environment::ASSETS)?;
    let file = assets.fetch_request(call.request).await?;
    // What came from a fetch has frozen headers: a copy has not.
    let headers = file.headers().clone();
    // A second policy beside the file's own: browsers obey both.
    let frame = format!("frame-ancestors {}", call.config.frame_ancestors);
    headers.append("content-security-policy", &frame)?;
    Ok(file.with_headers(headers))
}
