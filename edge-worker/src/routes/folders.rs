//! `GET /api/folders`: DocuSign's template folders that the user sees, as a list.

use shared::api::FolderList;
use worker::Response;

use crate::{
    access::{self, Wanted},
    answer,
    call::Call,
    docusign::failure::During,
    failure::Outcome,
    portal::kept::What,
    wire::account::flattened,
};

pub async fn answer(call: &Call) -> Outcome<Response> {
    let guest = access::enter_with(call, Wanted { kept: &[What::Folders], ..Wanted::default() }).await?;
    if let Some(list) = guest.kept::<FolderList>(What::Folders) {
        return answer::data(&list);
    }
    let tree = guest.docusign(call, During::Envelope, async |d| d.template_folders().await).await?;
    let list = FolderList { folders: flattened(tree) };
    guest.keep(What::Folders, &list).await;
    answer::data(&list)
}
