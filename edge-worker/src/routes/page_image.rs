//! `GET /api/templates/{id}/documents/{id}/pages/{number}?width=`: the picture of a page, a PNG.
//!
//! Kept for a while: DocuSign throttles these. Widths are rounded up to a few steps, so that a window dragged
//! wider does not fetch every picture anew.

use shared::error::{AppError, Code};
use worker::{Response, ResponseBuilder};

use super::compose::is_template_id;
use crate::{
    access, cached,
    call::Call,
    docusign::{documents::Holder, failure::During},
    failure::Outcome,
};

/// In pixels.
const WIDTHS: [u32; 5] = [160, 480, 800, 1200, 1700];
/// More pages than DocuSign takes in an envelope.
const PAGE_MAX: u32 = 5_000;

pub async fn answer(call: &Call, template: &str, document: &str, page: &str) -> Outcome<Response> {
    let page = page_number(page)?;
    if !is_template_id(template) || !is_template_id(document) {
        return Err(Code::NotFound.into());
    }
    let asked = call.parameter("width").and_then(|width| width.parse().ok());
    let asked: u32 = asked.ok_or_else(|| AppError::new(Code::BadRequest).field("width"))?;
    let width = step(asked);
    let guest = access::enter(call).await?;
    let place = guest.place("page", &[template, document, &page.to_string(), &width.to_string()]);
    let found = match cached::bytes(&place).await {
        Some(found) => found,
        None => {
            let fetched = async |d: crate::docusign::DocuSign| {
                d.page_image(Holder::Template(template), document, page, width).await
            };
            let found = guest.docusign(call, During::Template, fetched).await?;
            cached::keep(&place, found.clone(), cached::MINUTES_10).await;
            found
        }
    };
    // For this browser alone, as long as ours is kept.
    image(found, "private, max-age=600")
}

/// A page's number, from 1.
pub fn page_number(page: &str) -> Outcome<u32> {
    let page = page.parse::<u32>().ok().filter(|page| (1..=PAGE_MAX).contains(page));
    page.ok_or(Code::NotFound.into())
}

/// A PNG, and how long whom may keep it.
pub fn image(bytes: Vec<u8>, kept: &str) -> Outcome<Response> {
    let response = ResponseBuilder::new().from_bytes(bytes)?;
    let headers = response.headers();
    headers.set("content-type", "image/png")?;
    headers.set("cache-control", kept)?;
    headers.set("content-security-policy", "default-src 'none'; frame-ancestors 'none'")?;
    Ok(response)
}

/// The width that is asked for, rounded up.
pub fn step(asked: u32) -> u32 {
    let [.., widest] = WIDTHS;
    WIDTHS.into_iter().find(|width| *width >= asked).unwrap_or(widest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_few() {
        let check = |asked, expected| assert_eq!(step(asked), expected, "{asked}");
        check(0, 160);
        check(160, 160);
        check(161, 480);
        check(1700, 1700);
        check(u32::MAX, 1700);
    }
}
