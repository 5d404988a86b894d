//! `/crm/objects/2026-03/{type}`: one record at a time, lists and search.

use std::collections::BTreeMap;

use axum::{
    Extension, Json, Router,
    body::Bytes,
    extract::{Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{id, kind};
use crate::{
    hubspot::{
        access::{Caller, body, with_portal},
        links,
        model::{At, Kind, Portal, Record},
        properties,
        refusal::Refusal,
        search::{self, SearchRequest},
        time,
    },
    world::World,
};

type Answer = Result<Response, Refusal>;

pub fn router() -> Router<World> {
    Router::new()
        .route("/crm/objects/2026-03/{type}", get(list).post(create))
        .route("/crm/objects/2026-03/{type}/search", post(find))
        .route("/crm/objects/2026-03/{type}/{id}", get(read).patch(update).delete(archive))
}

/// What a query asks for, repeated or with commas.
pub struct Query {
    pairs: Vec<(String, String)>,
}

impl Query {
    pub fn parse(raw: Option<String>) -> Query {
        let raw = raw.unwrap_or_default();
        Query { pairs: url::form_urlencoded::parse(raw.as_bytes()).into_owned().collect() }
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn list(&self, name: &str) -> Vec<String> {
        let values = self.pairs.iter().filter(|(key, _)| key == name).flat_map(|(_, value)| value.split(','));
        values.filter(|value| !value.is_empty()).map(str::to_owned).collect()
    }

    pub fn number(&self, name: &str, default: usize, max: usize) -> Result<usize, Refusal> {
        match self.get(name).map(str::parse::<usize>) {
            None => Ok(default),
            Some(Ok(number)) if number <= max => Ok(number),
            Some(_) => {
                Err(Refusal::validation(format!("Invalid {name}: a number of at most {max} is expected")))
            }
        }
    }
}

async fn list(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path(object_type): Path<String>,
    RawQuery(raw): RawQuery,
) -> Answer {
    let kind = kind(&object_type)?;
    caller.require_objects(kind, "read")?;
    let query = Query::parse(raw);
    let limit = query.number("limit", 10, 100)?;
    let after: u64 = match query.get("after") {
        None => 0,
        Some(text) => id(text).map_err(|_| Refusal::validation("Invalid paging cursor"))?,
    };
    let wanted = query.list("properties");
    with_portal(&world, &caller, |portal, _| {
        let mut page: Vec<&Record> =
            portal.all(kind).filter(|record| record.id > after).take(limit + 1).collect();
        let more = page.len() > limit;
        page.truncate(limit);
        let results: Vec<Value> = page.iter().map(|record| wire(portal, kind, record, &wanted)).collect();
        let mut answer = json!({ "results": results });
        if let (true, Some(last), Some(map)) = (more, page.last(), answer.as_object_mut()) {
            map.insert("paging".into(), json!({ "next": { "after": last.id.to_string() } }));
        }
        Ok(Json(answer).into_response())
    })
}

async fn read(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path((object_type, key)): Path<(String, String)>,
    RawQuery(raw): RawQuery,
) -> Answer {
    let kind = kind(&object_type)?;
    caller.require_objects(kind, "read")?;
    let query = Query::parse(raw);
    let associated: Vec<Kind> =
        query.list("associations").iter().map(|name| super::kind(name)).collect::<Result<_, _>>()?;
    with_portal(&world, &caller, |portal, _| {
        let record = locate(portal, kind, &key, query.get("idProperty"))?;
        let mut answer = wire(portal, kind, record, &query.list("properties"));
        let linked = inline_associations(portal, At { kind, id: record.id }, &associated);
        if let (false, Some(map)) = (linked.is_empty(), answer.as_object_mut()) {
            map.insert("associations".into(), linked.into());
        }
        Ok(Json(answer).into_response())
    })
}

/// The old inline form: kinds without a link are left out, and a primary company is there twice.
fn inline_associations(portal: &Portal, from: At, kinds: &[Kind]) -> Map<String, Value> {
    let mut all = Map::new();
    for &kind in kinds {
        let results: Vec<Value> = portal
            .links(from, kind)
            .into_iter()
            .flat_map(|link| {
                let id = link.to.id.to_string();
                links::inline_names(link).into_iter().map(move |name| json!({ "id": id, "type": name }))
            })
            .collect();
        if !results.is_empty() {
            all.insert(kind.plural().into(), json!({ "results": results }));
        }
    }
    all
}

#[derive(Deserialize)]
struct CreateInput {
    properties: BTreeMap<String, Value>,
    #[serde(default)]
    associations: Vec<NewAssociation>,
}

#[derive(Deserialize)]
struct NewAssociation {
    to: To,
    types: Vec<NewType>,
}

#[derive(Deserialize)]
struct To {
    id: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NewType {
    pub association_category: String,
    pub association_type_id: u32,
}

async fn create(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path(object_type): Path<String>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answer {
    let kind = kind(&object_type)?;
    caller.require_objects(kind, "write")?;
    let input: CreateInput = body(&headers, &bytes)?;
    let values = texts(input.properties)?;
    with_portal(&world, &caller, |portal, now| {
        properties::check(portal, kind, &values)?;
        if kind == Kind::Note && !values.contains_key("hs_timestamp") {
            return Err(Refusal::validation("Error creating NOTE. Some required properties were not set.")
                .context(json!({ "properties": ["hs_timestamp"] })));
        }
        let values = normalised(portal, kind, values);
        refuse_taken_email(portal, kind, &values, None)?;
        let links = input
            .associations
            .iter()
            .map(|new| new_link(portal, kind, new))
            .collect::<Result<Vec<_>, _>>()?;
        let id = portal.create(kind, values, now);
        for (to, number) in links {
            portal.link(At { kind, id }, to, Some(number));
        }
        let record = portal.record(At { kind, id }).ok_or_else(Refusal::not_found)?;
        Ok((StatusCode::CREATED, Json(whole(portal, kind, record))).into_response())
    })
}

fn new_link(portal: &Portal, from: Kind, new: &NewAssociation) -> Result<(At, u32), Refusal> {
    let text = match &new.to.id {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let target: u64 =
        text.parse().map_err(|_| Refusal::validation(format!("Invalid association target: {text}")))?;
    let new_type = new.types.first().ok_or_else(|| Refusal::validation("An association needs a type."))?;
    let number = new_type.association_type_id;
    for kind in [Kind::Contact, Kind::Company, Kind::Deal, Kind::Note] {
        if let Some((_, by_hubspot)) = links::known(from, kind, number) {
            let category = if by_hubspot { "HUBSPOT_DEFINED" } else { "USER_DEFINED" };
            if new_type.association_category != category {
                break;
            }
            let at = At { kind, id: target };
            return match portal.record(at) {
                Some(_) => Ok((at, number)),
                None => Err(Refusal::not_found()),
            };
        }
    }
    Err(Refusal::validation(format!(
        "One or more associations are not valid: no type {number} from {}",
        from.singular()
    )))
}

#[derive(Deserialize)]
struct UpdateInput {
    properties: BTreeMap<String, Value>,
}

async fn update(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path((object_type, key)): Path<(String, String)>,
    RawQuery(raw): RawQuery,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answer {
    let kind = kind(&object_type)?;
    caller.require_objects(kind, "write")?;
    let input: UpdateInput = body(&headers, &bytes)?;
    let values = texts(input.properties)?;
    let query = Query::parse(raw);
    with_portal(&world, &caller, |portal, now| {
        let id = locate(portal, kind, &key, query.get("idProperty"))?.id;
        let answer = change(portal, At { kind, id }, values, now)?;
        Ok(Json(answer).into_response())
    })
}

/// Checks and stores changes of a record; answers it with what was changed.
pub fn change(
    portal: &mut Portal,
    at: At,
    values: BTreeMap<String, String>,
    now: i64,
) -> Result<Value, Refusal> {
    properties::check(portal, at.kind, &values)?;
    let values = normalised(portal, at.kind, values);
    refuse_taken_email(portal, at.kind, &values, Some(at.id))?;
    portal.update(at, &values, now);
    let record = portal.record(at).ok_or_else(Refusal::not_found)?;
    let names: Vec<String> =
        values.into_keys().chain(properties::always(at.kind).map(str::to_owned)).collect();
    Ok(wire(portal, at.kind, record, &names))
}

async fn archive(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path((object_type, key)): Path<(String, String)>,
) -> Answer {
    let kind = kind(&object_type)?;
    caller.require_objects(kind, "write")?;
    let id = id(&key)?;
    with_portal(&world, &caller, |portal, now| {
        if let Some(record) = portal.record_mut(At { kind, id }) {
            record.archived = true;
            record.updated_at = now;
        }
        Ok(StatusCode::NO_CONTENT.into_response())
    })
}

async fn find(
    State(world): State<World>,
    Extension(caller): Extension<Caller>,
    Path(object_type): Path<String>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Answer {
    let kind = kind(&object_type)?;
    caller.require_objects(kind, "read")?;
    let request: SearchRequest = body(&headers, &bytes)?;
    with_portal(&world, &caller, |portal, now| {
        let found = search::search(portal, kind, &request, now)?;
        let results: Vec<Value> =
            found.records.iter().map(|r| wire(portal, kind, r, &request.properties)).collect();
        let mut answer = json!({ "total": found.total, "results": results });
        if let (Some(next), Some(map)) = (found.next, answer.as_object_mut()) {
            map.insert("paging".into(), json!({ "next": { "after": next.to_string() } }));
        }
        Ok(Json(answer).into_response())
    })
}

/// A record by id, or by a property that is unique.
pub fn locate<'a>(
    portal: &'a Portal,
    kind: Kind,
    key: &str,
    id_property: Option<&str>,
) -> Result<&'a Record, Refusal> {
    let found = match id_property {
        None | Some("hs_object_id") => portal.record(At { kind, id: id(key)? }),
        Some(name) => {
            let unique = properties::find(portal, kind, name).is_some_and(|property| property.unique);
            if !unique {
                return Err(Refusal::validation(format!(
                    "Property {name} is not a unique identifier property"
                )));
            }
            portal
                .all(kind)
                .find(|record| record.get(name).is_some_and(|held| held.eq_ignore_ascii_case(key)))
        }
    };
    found.ok_or_else(Refusal::not_found)
}

/// A record as HubSpot answers it: asked-for properties that have no value are null, unknown ones are left out.
pub fn wire(portal: &Portal, kind: Kind, record: &Record, wanted: &[String]) -> Value {
    let defaults = properties::defaults(kind).iter().map(|name| (*name).to_owned());
    let names: Vec<String> = if wanted.is_empty() {
        defaults.collect()
    } else {
        wanted.iter().cloned().chain(properties::always(kind).map(str::to_owned)).collect()
    };
    let values: Map<String, Value> = names
        .into_iter()
        .filter(|name| properties::find(portal, kind, name).is_some())
        .map(|name| {
            let value = record.get(&name).map_or(Value::Null, Value::from);
            (name, value)
        })
        .collect();
    frame(record, values)
}

/// The answer to a creation: everything that was set.
fn whole(_portal: &Portal, _kind: Kind, record: &Record) -> Value {
    frame(
        record,
        record.properties.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect(),
    )
}

fn frame(record: &Record, values: Map<String, Value>) -> Value {
    json!({
        "id": record.id.to_string(),
        "properties": values,
        "createdAt": time::iso(record.created_at),
        "updatedAt": time::iso(record.updated_at),
        "archived": record.archived,
    })
}

/// Property values as text. HubSpot takes numbers and booleans too; null clears.
pub fn texts(values: BTreeMap<String, Value>) -> Result<BTreeMap<String, String>, Refusal> {
    values
        .into_iter()
        .map(|(name, value)| match value {
            Value::String(text) => Ok((name, text)),
            Value::Null => Ok((name, String::new())),
            Value::Number(_) | Value::Bool(_) => Ok((name, value.to_string())),
            _ => Err(Refusal::validation(format!("Invalid input JSON: property {name} is not a text"))),
        })
        .collect()
}

fn normalised(portal: &Portal, kind: Kind, values: BTreeMap<String, String>) -> BTreeMap<String, String> {
    let normal = |(name, value): (String, String)| {
        let value = properties::normalise(portal, kind, &name, &value);
        (name, value)
    };
    values.into_iter().map(normal).collect()
}

fn refuse_taken_email(
    portal: &Portal,
    kind: Kind,
    values: &BTreeMap<String, String>,
    own: Option<u64>,
) -> Result<(), Refusal> {
    let Some(email) = values.get("email").filter(|email| kind == Kind::Contact && !email.is_empty()) else {
        return Ok(());
    };
    let taken = portal.all(kind).find(|record| record.get("email") == Some(email) && Some(record.id) != own);
    match taken {
        None => Ok(()),
        Some(other) => {
            Err(Refusal::new(409, "CONFLICT", format!("Contact already exists. Existing ID: {}", other.id)))
        }
    }
}
