//! `PUT` and `DELETE /api/templates/{id}/favorite`: makes a template a favourite of the DocuSign user's, or no longer.
//! Once more changes nothing.

use shared::error::Code;
use worker::Response;

use super::compose::is_template_id;
use crate::{access, answer, call::Call, docusign::failure::During, failure::Outcome, portal::kept::What};

pub async fn answer(call: &Call, template: &str, favorite: bool) -> Outcome<Response> {
    if !is_template_id(template) {
        return Err(Code::NotFound.into());
    }
    let guest = access::enter(call).await?;
    guest
        .docusign(call, During::Template, async |docusign| docusign.set_favorite(template, favorite).await)
        .await?;
    guest.forget(What::Favorites).await;
    answer::data(&())
}
