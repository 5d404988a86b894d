//! `GET /api/templates?q=&folder=&of=&by=&cursor=`: the templates this user may send, as DocuSign lists them. One call;
//! for the favourites one call each, which are then kept.

use futures_util::{StreamExt, stream};
use shared::{
    api::TemplatePage,
    error::{AppError, Code},
    sorted,
    template::TemplateSummary,
};
use worker::Response;

use super::compose::is_template_id;
use crate::{
    access::{self, Guest, Wanted},
    answer,
    call::Call,
    docusign::{
        PAGE,
        failure::During,
        templates::{Choice, Of},
    },
    failure::Outcome,
    portal::kept::What,
};

/// DocuSign never lists more (docusign facts §2.1).
const TEMPLATES_MAX: u32 = 2000;
/// More favourites are not read: nobody would find one among them.
const FAVORITES_MAX: usize = 60;
/// Favourites read at the same time.
const AT_ONCE: usize = 6;

pub async fn answer(call: &Call) -> Outcome<Response> {
    let search = call.parameter("q").unwrap_or_default();
    let folder = call.parameter("folder").filter(|id| !id.is_empty());
    if folder.as_deref().is_some_and(|id| !is_template_id(id)) {
        return Err(AppError::new(Code::BadRequest).field("folder").into());
    }
    let start = call.parameter("cursor").and_then(|c| c.parse().ok()).unwrap_or(0).min(TEMPLATES_MAX);
    let of = match call.parameter("of").as_deref() {
        None | Some("" | "all") => Of::All,
        Some("mine") => Of::Mine,
        Some("shared") => Of::Shared,
        Some("favorites") => {
            let wanted = Wanted { kept: &[What::Favorites], ..Wanted::default() };
            let guest = access::enter_with(call, wanted).await?;
            let all = favorites(call, &guest).await?;
            return answer::data(&page(all, &search, call.parameter("by").as_deref() == Some("used"), start));
        }
        Some(_) => return Err(AppError::new(Code::BadRequest).field("of").into()),
    };
    let by_use = call.parameter("by").as_deref() == Some("used");
    let choice = Choice { search: &search, folder: folder.as_deref(), of, by_use };
    let guest = access::enter(call).await?;
    let list = guest
        .docusign(call, During::Template, async |docusign| docusign.templates(choice, start).await)
        .await?;
    let me = me(&guest);
    let found = list.envelope_templates.unwrap_or_default();
    let templates: Vec<_> = found.into_iter().map(|wire| wire.summary(me)).collect();
    let shown = u32::try_from(templates.len()).unwrap_or(PAGE);
    let total = list.total_set_size.unwrap_or(start.saturating_add(shown));
    let end = start.saturating_add(shown);
    let next = (shown > 0 && end < total.min(TEMPLATES_MAX)).then(|| end.to_string());
    answer::data(&TemplatePage { templates, total, next })
}

fn me(guest: &Guest) -> &str {
    guest.visit.docusign.as_ref().map_or("", |desk| &desk.user)
}

/// The user's favourites, by name. DocuSign lists their ids only; one that is gone is passed over.
async fn favorites(call: &Call, guest: &Guest) -> Outcome<Vec<TemplateSummary>> {
    if let Some(list) = guest.kept(What::Favorites) {
        return Ok(list);
    }
    let ids = guest.docusign(call, During::Envelope, async |docusign| docusign.favorites().await).await?;
    let each = ids.into_iter().take(FAVORITES_MAX).map(|id| async move {
        guest.docusign(call, During::Template, async |docusign| docusign.template_summary(&id).await).await
    });
    let read: Vec<_> = stream::iter(each).buffer_unordered(AT_ONCE).collect().await;
    let mut list = Vec::new();
    for one in read {
        match one {
            Ok(wire) => list.push(TemplateSummary { favorite: true, ..wire.summary(me(guest)) }),
            Err(failure) if matches!(failure.error.code, Code::TemplateGone | Code::DocusignNoPermission) => {
            }
            Err(failure) => return Err(failure),
        }
    }
    sorted::by_text(&mut list, |template| template.name.to_lowercase());
    guest.keep(What::Favorites, &list).await;
    Ok(list)
}

fn page(mut all: Vec<TemplateSummary>, search: &str, by_use: bool, start: u32) -> TemplatePage {
    let search = search.trim().to_lowercase();
    all.retain(|template| template.name.to_lowercase().contains(&search));
    if by_use {
        sorted::by_number(&mut all, |template| {
            u64::MAX - template.used.map_or(0, |used| used.0.abs_diff(i64::MIN))
        });
    }
    let total = u32::try_from(all.len()).unwrap_or(u32::MAX);
    let (from, size) = (usize::try_from(start).unwrap_or(usize::MAX), usize::try_from(PAGE).unwrap_or(1));
    let templates: Vec<_> = all.into_iter().skip(from).take(size).collect();
    let end = start.saturating_add(u32::try_from(templates.len()).unwrap_or(0));
    let next = (!templates.is_empty() && end < total).then(|| end.to_string());
    TemplatePage { templates, total, next }
}
