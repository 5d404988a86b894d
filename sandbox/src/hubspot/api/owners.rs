//! Owners (who a record belongs to) and users (who may do what).

use axum::{
    Extension, Json, Router,
    extract::{Path, RawQuery, State},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::{Value, json};

use super::objects::Query;
use crate::{
    hubspot::{
        access::{Caller, with_portal},
        model::{Owner, User},
        refusal::Refusal,
        time,
    },
    world::World,
};

type Answer = Result<Response, Refusal>;

pub fn router() -> Router<World> {
    Router::new()
        .route("/crm/owners/2026-03", get(owners))
        .route("/crm/owners/2026-03/{id}", get(owner))
        .route("/settings/users/2026-03", get(users))
        .route("/settings/users/2026-03/{id}", get(user))
}

/// The user id of an archived owner is told only as "including inactive".
fn wire_owner(owner: &Owner) -> Value {
    let mut wire = json!({
        "id": owner.id.to_string(),
        "firstName": owner.first_name,
        "lastName": owner.last_name,
        "type": if owner.queue { "QUEUE" } else { "PERSON" },
        "archived": owner.archived,
        "createdAt": time::iso(owner.at),
        "updatedAt": time::iso(owner.at),
    });
    if let Some(map) = wire.as_object_mut() {
        if let Some(email) = &owner.email {
            map.insert("email".into(), email.as_str().into());
        }
        if let Some(user) = owner.user_id {
            map.insert("userIdIncludingInactive".into(), user.into());
            if !owner.archived {
                map.insert("userId".into(), user.into());
            }
        }
    }
    wire
}

fn wire_user(user: &User) -> Value {
    json!({
        "id": user.id.to_string(),
        "email": user.email,
        "firstName": user.first_name,
        "lastName": user.last_name,
        "superAdmin": user.super_admin,
        "roleIds": if user.super_admin { json!([]) } else { json!(["500101"]) },
        "secondaryTeamIds": [],
        "sendWelcomeEmail": false,
    })
}

async fn owners(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    RawQuery(raw): RawQuery,
) -> Answer {
    caller.require(&["crm.objects.owners.read"])?;
    let query = Query::parse(raw);
    let limit = query.number("limit", 100, 500)?;
    let after = query.number("after", 0, usize::MAX)?;
    let archived = query.get("archived") == Some("true");
    let email = query.get("email").map(str::to_lowercase);
    with_portal(&world, &caller, |portal, _| {
        let fitting: Vec<&Owner> = portal
            .owners
            .iter()
            .filter(|owner| owner.archived == archived)
            .filter(|owner| email.is_none() || owner.email.as_deref().map(str::to_lowercase) == email)
            .collect();
        let page: Vec<Value> =
            fitting.iter().skip(after).take(limit).map(|owner| wire_owner(owner)).collect();
        Ok(Json(paged(page, after, fitting.len())).into_response())
    })
}

async fn owner(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path(key): Path<String>,
    RawQuery(raw): RawQuery,
) -> Answer {
    caller.require(&["crm.objects.owners.read"])?;
    let query = Query::parse(raw);
    let by_user = query.get("idProperty") == Some("userId");
    let archived = query.get("archived") == Some("true");
    with_portal(&world, &caller, |portal, _| {
        let owner = portal.owners.iter().filter(|owner| owner.archived == archived).find(|owner| {
            if by_user {
                owner.user_id.is_some_and(|id| id.to_string() == key)
            } else {
                owner.id.to_string() == key
            }
        });
        Ok(Json(wire_owner(owner.ok_or_else(Refusal::not_found)?)).into_response())
    })
}

async fn users(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    RawQuery(raw): RawQuery,
) -> Answer {
    caller.require(&["settings.users.read", "crm.objects.users.read"])?;
    let query = Query::parse(raw);
    let limit = query.number("limit", 100, 100)?;
    let after = query.number("after", 0, usize::MAX)?;
    with_portal(&world, &caller, |portal, _| {
        let page: Vec<Value> = portal.users.iter().skip(after).take(limit).map(wire_user).collect();
        Ok(Json(paged(page, after, portal.users.len())).into_response())
    })
}

async fn user(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path(key): Path<String>,
    RawQuery(raw): RawQuery,
) -> Answer {
    caller.require(&["settings.users.read", "crm.objects.users.read"])?;
    let by_email = Query::parse(raw).get("idProperty") == Some("EMAIL");
    with_portal(&world, &caller, |portal, _| {
        let user = portal.users.iter().find(|user| {
            if by_email { user.email.eq_ignore_ascii_case(&key) } else { user.id.to_string() == key }
        });
        Ok(Json(wire_user(user.ok_or_else(Refusal::not_found)?)).into_response())
    })
}

fn paged(page: Vec<Value>, after: usize, total: usize) -> Value {
    let end = after + page.len();
    let more = end < total && !page.is_empty();
    let mut answer = json!({ "results": page });
    if let (true, Some(map)) = (more, answer.as_object_mut()) {
        map.insert("paging".into(), json!({ "next": { "after": end.to_string() } }));
    }
    answer
}
