//! `GET /api/templates/{id}/documents/{id}/pages`: how large the pages of a template's document are.

use shared::{
    api::{Page, PageList},
    error::Code,
};
use worker::Response;

use super::compose::is_template_id;
use crate::{
    access, answer, cached,
    call::Call,
    docusign::{documents::Holder, failure::During},
    failure::Outcome,
    wire::tab::PageWire,
};

pub async fn answer(call: &Call, template: &str, document: &str) -> Outcome<Response> {
    if !is_template_id(template) || !is_template_id(document) {
        return Err(Code::NotFound.into());
    }
    let guest = access::enter(call).await?;
    let place = guest.place("pages", &[template, document]);
    if let Some(list) = cached::json::<PageList>(&place).await {
        return answer::data(&list);
    }
    let found = guest
        .docusign(call, During::Template, async |d| d.pages(Holder::Template(template), document).await)
        .await?;
    let list = numbered(&found);
    cached::keep_json(&place, &list, cached::MINUTES_10).await;
    answer::data(&list)
}

/// The pages in their order.
pub fn numbered(found: &[PageWire]) -> PageList {
    let mut pages: Vec<Page> = found.iter().map(PageWire::page).collect();
    for (number, page) in (1..).zip(&mut pages) {
        page.number = number;
    }
    PageList { pages }
}
