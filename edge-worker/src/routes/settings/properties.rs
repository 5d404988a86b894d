//! `GET /api/settings/properties?object=contact`: HubSpot's properties that a mapping may name.

use shared::{
    error::{AppError, Code},
    mapping::{PropertyInfo, PropertyList},
    record::ObjectType,
    sorted,
};
use worker::Response;

use super::admin_with;
use crate::{access::Guest, answer, call::Call, failure::Outcome, portal::kept::What, routes::compose};

pub async fn answer(call: &Call) -> Outcome<Response> {
    let object = match call.parameter("object").as_deref() {
        Some("contact") => ObjectType::Contact,
        Some("company") => ObjectType::Company,
        Some("deal") => ObjectType::Deal,
        _ => return Err(AppError::new(Code::BadRequest).field("object").into()),
    };
    let guest = admin_with(call, &[What::PropertiesOf(object)]).await?;
    answer::data(&PropertyList { properties: of(call, &guest, object).await? })
}

/// All of a kind of record, by label.
pub async fn of(call: &Call, guest: &Guest, object: ObjectType) -> Outcome<Vec<PropertyInfo>> {
    let list = compose::property_list(call, guest, object).await?;
    let mut properties: Vec<PropertyInfo> = list.iter().map(|property| property.info(object)).collect();
    sorted::by_text(&mut properties, |property| property.label.to_lowercase());
    Ok(properties)
}
