//! `GET /api/templates?q=&cursor=`: the templates this user may send, as DocuSign lists them. One call.

use shared::api::TemplatePage;
use worker::Response;

use crate::{
    access, answer,
    call::Call,
    docusign::{PAGE, failure::During},
    failure::Outcome,
    wire::docusign::TemplateWire,
};

/// DocuSign never lists more (docusign facts §2.1).
const TEMPLATES_MAX: u32 = 2000;

pub async fn answer(call: &Call) -> Outcome<Response> {
    let guest = access::enter(call).await?;
    let search = call.parameter("q").unwrap_or_default();
    let start = call.parameter("cursor").and_then(|c| c.parse().ok()).unwrap_or(0).min(TEMPLATES_MAX);
    let list = guest
        .docusign(call, During::Template, async |docusign| docusign.templates(&search, start).await)
        .await?;
    let templates: Vec<_> =
        list.envelope_templates.unwrap_or_default().into_iter().map(TemplateWire::summary).collect();
    let shown = u32::try_from(templates.len()).unwrap_or(PAGE);
    let total = list.total_set_size.unwrap_or(start.saturating_add(shown));
    let end = start.saturating_add(shown);
    let next = (shown > 0 && end < total.min(TEMPLATES_MAX)).then(|| end.to_string());
    answer::data(&TemplatePage { templates, total, next })
}
