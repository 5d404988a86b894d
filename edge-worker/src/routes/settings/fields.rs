//! `GET /api/settings/fields?template=ID`: the DocuSign fields that a mapping may name: the account's custom fields, or
//! those of one template.

use shared::{
    mapping::{FieldInfo, FieldList, FieldRef},
    sorted,
    template::Template,
};
use worker::Response;

use super::admin_with;
use crate::{access::Guest, answer, call::Call, failure::Outcome, portal::kept::What, routes::compose};

pub async fn answer(call: &Call) -> Outcome<Response> {
    let guest = admin_with(call, &[What::Definitions]).await?;
    let template = call.parameter("template").filter(|id| !id.is_empty());
    let fields = match template {
        None => of_account(call, &guest).await?,
        Some(id) => of_template(&compose::joined(call, &guest, &compose::good_ids(vec![id])?, &[]).await?),
    };
    answer::data(&FieldList { fields })
}

/// The account's custom fields, by name.
pub async fn of_account(call: &Call, guest: &Guest) -> Outcome<Vec<FieldInfo>> {
    let list = compose::definition_list(call, guest).await?;
    let mut fields: Vec<FieldInfo> = list
        .iter()
        .filter(|field| !field.name().trim().is_empty())
        .map(|field| FieldInfo {
            field: FieldRef::Account { name: field.name().to_owned() },
            name: field.name().to_owned(),
            kind: field.kind(),
            roles: Vec::new(),
        })
        .collect();
    sorted::by_text(&mut fields, |field| field.name.to_lowercase());
    Ok(fields)
}

/// Those that a value can go into or come from, each label once.
fn of_template(template: &Template) -> Vec<FieldInfo> {
    let mut fields: Vec<FieldInfo> = Vec::new();
    for tab in template.tabs.iter().filter(|tab| tab.kind.is_filled_in() && !tab.label.is_empty()) {
        let role = template.roles.iter().find(|role| role.recipient_id == tab.recipient);
        let role = role.map(|role| role.role_name.clone()).unwrap_or_default();
        let field = FieldRef::Template { label: tab.label.clone(), kind: Some(tab.kind.clone()) };
        match fields.iter_mut().find(|known| known.field == field) {
            Some(known) if known.roles.contains(&role) => {}
            Some(known) => known.roles.push(role),
            None => fields.push(FieldInfo {
                field,
                name: tab.title().to_owned(),
                kind: tab.kind.clone(),
                roles: vec![role],
            }),
        }
    }
    fields
}
