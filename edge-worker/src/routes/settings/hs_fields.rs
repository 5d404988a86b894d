//! `/api/settings/hs-fields`: the custom fields of the DocuSign account that begin with `HS `.

use shared::{
    error::{AppError, Code},
    record::ObjectType,
    settings::hs_fields::{ADDED_MAX, CreateHsFields, HsField, HsFields, of_property, standard},
};
use worker::Response;

use super::{BODY_MAX, admin, admin_with, hash, properties};
use crate::{
    answer,
    call::Call,
    failure::{Failure, Outcome},
    portal::{
        ask::settings::{Because, MakeHsFields, ReadHsFields},
        kept::What,
    },
};

pub async fn read(call: &Call) -> Outcome<Response> {
    let guest = admin(call).await?;
    let stored = guest.portal.ask(&ReadHsFields { session_hash: hash(&guest) }).await?;
    answer::data(&HsFields { standard: standard(), added: stored.added, last: stored.last })
}

pub async fn make(mut call: Call) -> Outcome<Response> {
    let CreateHsFields { add } = call.json(BODY_MAX).await?;
    if add.len() > ADDED_MAX {
        return Err(AppError::new(Code::BadRequest).field("add").into());
    }
    let objects = ObjectType::ALL.into_iter().filter(|object| add.iter().any(|a| a.object == *object));
    let kept: Vec<What> = objects.clone().map(What::PropertiesOf).collect();
    let guest = admin_with(&call, &kept).await?;
    let mut known = Vec::new();
    for object in objects {
        known.extend(properties::of(&call, &guest, object).await?);
    }
    let field = |(at, asked): (usize, &_)| -> Outcome<HsField> {
        let asked: &shared::settings::hs_fields::PropertyChoice = asked;
        let found = known.iter().find(|p| p.object == asked.object && p.name == asked.property);
        let found = found.filter(|p| p.no_read.is_none());
        let found = found.ok_or_else(|| AppError::new(Code::BadRequest).field(format!("add[{at}]")))?;
        Ok(of_property(found.object, &found.name, &found.label))
    };
    let add = add.iter().enumerate().map(field).collect::<Outcome<Vec<_>>>()?;
    let because = Because::Asked { session_hash: hash(&guest), add };
    let report = guest.portal.ask(&MakeHsFields { because }).await?;
    answer::data(&report.ok_or(Failure::internal("no report of the fields that were asked for"))?)
}
