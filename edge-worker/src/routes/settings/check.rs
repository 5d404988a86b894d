//! `POST /api/settings/check`: asks DocuSign whether the connection works, and answers with the settings as they are
//! then. What DocuSign refuses is no failure of this call: it is what the settings tell.

use shared::{error::Code, settings::Todo};
use worker::Response;

use super::{hash, overview, person};
use crate::{
    answer, call::Call, docusign::failure::During, failure::Outcome, portal::ask::settings::NoteTrouble,
};

pub async fn answer(call: &Call) -> Outcome<Response> {
    let guest = person(call).await?;
    if let Some(desk) = &guest.visit.docusign {
        let looked = guest.docusign(call, During::Envelope, async |d| d.may_send(&desk.user).await).await;
        let trouble = match looked {
            Ok(true) => None,
            Ok(false) => Some(Todo::MissingRight),
            Err(failure) => match failure.error.code {
                Code::DocusignAccountSuspended => Some(Todo::AccountSuspended),
                Code::DocusignNoPermission => Some(Todo::MissingRight),
                // Told by the connection itself.
                Code::MustReconnect | Code::NotConnected => None,
                _ => return Err(failure),
            },
        };
        guest.portal.ask(&NoteTrouble { session_hash: hash(&guest), trouble }).await?;
    }
    answer::data(&overview::read(call, &guest).await?)
}
