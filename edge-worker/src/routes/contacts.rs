//! `GET /api/contacts?q=`: a search of the CRM's contacts.

use shared::api::ContactPage;
use worker::Response;

use crate::{access, answer, call::Call, failure::Outcome, hubspot::failure::During};

pub async fn answer(call: &Call) -> Outcome<Response> {
    let guest = access::enter(call).await?;
    let query = call.parameter("q").unwrap_or_default();
    let contacts =
        guest.hubspot(call, During::Search, async |hubspot| hubspot.search_contacts(&query).await).await?;
    answer::data(&ContactPage { contacts })
}
