//! What belongs to the account: folders, account fields, Connect configurations and logs, users, settings.

use axum::Router;
use axum::routing::{get, put};
use serde_json::{Value, json};

use super::call::{Call, Reply, created, ok};
use super::connect::is_failure;
use super::envelope_list::folder_of;
use super::lifecycle;
use super::model::{Account, Folder, Object, new_id, object, text};
use super::problem::{Problem, invalid_parameter, problem};
use super::wire::paging;
use crate::clock::seven_digits;
use crate::world::World;

/// Connect configurations per account (facts §6.1).
const MOST_CONFIGURATIONS: usize = 20;
const MOST_CUSTOM_FIELDS: usize = 500;

pub fn router() -> Router<World> {
    Router::new()
        .route("/folders", get(folders))
        .route("/folders/{folderId}", get(folder).put(move_to_folder))
        .route("/tab_definitions", get(definitions).post(new_definition))
        .route(
            "/tab_definitions/{customTabId}",
            get(definition).put(change_definition).delete(delete_definition),
        )
        .route("/custom_fields", get(custom_fields).post(new_custom_field))
        .route("/connect", get(configurations).post(new_configuration).put(change_configuration))
        .route("/connect/logs", get(logs).delete(clear_logs))
        .route("/connect/logs/{logId}", get(log).delete(clear_log))
        .route("/connect/failures", get(failures))
        .route("/connect/envelopes/retry_queue", put(retry_many))
        .route("/connect/envelopes/{envelopeId}/retry_queue", put(retry_one))
        .route("/connect/{connectId}", get(configuration).delete(delete_configuration))
        .route("/settings", get(settings))
        .route("/users", get(users))
        .route("/users/{userId}", get(user))
        .route("/users/{userId}/settings", get(user_settings))
}

async fn folders(call: Call) -> Reply {
    let include = match call.query("include") {
        "" => "envelope_folders",
        given => given,
    }
    .to_owned();
    // -1 asks for the whole tree; without the word there is only this level (assumed).
    let depth = match call.query("sub_folder_depth") {
        "" => Some(0),
        given => given.parse::<u32>().ok(),
    };
    call.account(|account, _| {
        let wanted = |kind: &str| {
            include.split(',').any(|i| match i.trim() {
                "template_folders" | "shared_template_folders" => kind == "templates",
                _ => kind != "templates",
            })
        };
        let list: Vec<Value> = account
            .folders
            .iter()
            .filter(|f| wanted(&f.kind) && f.parent.is_none())
            .map(|f| shown_folder(account, f, depth))
            .collect();
        let mut out = paging(list.len(), 0, list.len(), "/folders", "");
        out.insert("folders".to_owned(), Value::Array(list));
        ok(Value::Object(out))
    })
}

/// A folder with the folders in it, `depth` levels of them (all if there is none).
fn shown_folder(account: &Account, f: &Folder, depth: Option<u32>) -> Value {
    let items = if f.kind == "templates" {
        account.templates.iter().filter(|t| t.folder_id == f.folder_id && !t.deleted).count()
    } else {
        account.envelopes.values().filter(|e| folder_of(e) == f.kind).count()
    };
    let children: Vec<&Folder> =
        account.folders.iter().filter(|c| c.parent.as_ref() == Some(&f.folder_id)).collect();
    let mut out = object(json!({
        "folderId": f.folder_id, "name": f.name, "type": f.kind, "uri": format!("/folders/{}", f.folder_id),
        "itemCount": items.to_string(), "hasSubFolders": (!children.is_empty()).to_string(),
        "subFolderCount": children.len().to_string(), "hasAccess": "true",
    }));
    if let Some(parent) = &f.parent {
        out.insert("parentFolderId".to_owned(), json!(parent));
        out.insert("parentFolderUri".to_owned(), json!(format!("/folders/{parent}")));
    }
    if depth != Some(0) && !children.is_empty() {
        let below = depth.map(|d| d - 1);
        let list: Vec<Value> = children.into_iter().map(|c| shown_folder(account, c, below)).collect();
        out.insert("folders".to_owned(), Value::Array(list));
    }
    Value::Object(out)
}

async fn folder(call: Call) -> Reply {
    let id = call.param("folderId");
    call.account(|account, _| {
        let f = account.folders.iter().find(|f| f.folder_id == id || f.kind == id).ok_or_else(no_folder)?;
        let list: Vec<Value> = account
            .envelopes
            .values()
            .filter(|e| folder_of(e) == f.kind)
            .map(|e| {
                json!({
                    "envelopeId": e.envelope_id, "status": e.status, "uri": format!("/envelopes/{}", e.envelope_id),
                    "statusDateTime": seven_digits(e.status_changed),
                })
            })
            .collect();
        let mut out = paging(list.len(), 0, list.len(), "/folders", "");
        out.insert("envelopes".to_owned(), Value::Array(list));
        ok(Value::Object(out))
    })
}

fn no_folder() -> Problem {
    problem(404, "RESOURCE_NOT_FOUND", "The folder was not found.")
}

/// `PUT /folders/recyclebin` discards; any other folder brings an envelope back.
async fn move_to_folder(call: Call) -> Reply {
    let body = call.json()?;
    let ids: Vec<String> = body
        .get("envelopeIds")
        .and_then(Value::as_array)
        .map(|l| l.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect())
        .unwrap_or_default();
    let folder_id = call.param("folderId");
    call.account(|account, users| {
        let kind = account
            .folders
            .iter()
            .find(|f| f.folder_id == folder_id || f.kind == folder_id)
            .map(|f| f.kind.clone())
            .ok_or_else(no_folder)?;
        if ids.iter().any(|id| !account.envelopes.contains_key(id)) {
            return Err(super::problem::envelope_missing());
        }
        let mut moved = Vec::new();
        for id in &ids {
            let Some(e) = account.envelopes.get_mut(id) else { continue };
            let mut events = Vec::new();
            if kind == "recyclebin" {
                if e.deleted.is_none() {
                    events = lifecycle::discarded(e, call.now);
                }
            } else {
                e.deleted = None;
            }
            moved.push(json!({ "envelopeId": id, "uri": format!("/envelopes/{id}"), "status": e.status }));
            super::connect::publish(account, users, id, &events, call.now);
        }
        let mut out = paging(moved.len(), 0, moved.len(), "/folders", "");
        out.insert("envelopes".to_owned(), Value::Array(moved));
        ok(Value::Object(out))
    })
}

async fn definitions(call: Call) -> Reply {
    // `custom_tab_only=true` leaves out the standard tabs; the sandbox has only custom ones.
    call.account(|account, _| ok(json!({ "tabs": account.tab_definitions })))
}

fn find_definition<'a>(account: &'a mut Account, call: &Call) -> Result<&'a mut Object, Problem> {
    let id = call.param("customTabId");
    account
        .tab_definitions
        .iter_mut()
        .find(|d| text(d, "customTabId") == id)
        .ok_or_else(|| problem(404, "RESOURCE_NOT_FOUND", "The custom tab was not found."))
}

async fn definition(call: Call) -> Reply {
    call.account(|account, _| ok(Value::Object(find_definition(account, &call)?.clone())))
}

async fn new_definition(call: Call) -> Reply {
    call.admin_only()?;
    let mut body = call.json()?;
    if text(&body, "type").is_empty() || text(&body, "tabLabel").is_empty() && text(&body, "name").is_empty()
    {
        return Err(invalid_parameter("A custom tab needs a 'type' and a 'tabLabel'."));
    }
    // Given back in lower case, whatever was sent.
    let kind = text(&body, "type").to_lowercase();
    body.insert("type".to_owned(), json!(kind));
    body.insert("customTabId".to_owned(), json!(new_id()));
    body.insert("lastModified".to_owned(), json!(seven_digits(call.now)));
    body.insert("createdByUserId".to_owned(), json!(call.caller.user.user_id));
    body.insert("createdByDisplayName".to_owned(), json!(call.caller.user.name()));
    for (key, value) in
        [("shared", "false"), ("required", "false"), ("locked", "false"), ("editable", "true")]
    {
        body.entry(key).or_insert_with(|| json!(value));
    }
    call.account(|account, _| {
        account.tab_definitions.push(body.clone());
        created(Value::Object(body))
    })
}

async fn change_definition(call: Call) -> Reply {
    call.admin_only()?;
    let mut body = call.json()?;
    body.remove("customTabId");
    call.account(|account, _| {
        let own = find_definition(account, &call)?;
        own.extend(body);
        own.insert("lastModified".to_owned(), json!(seven_digits(call.now)));
        ok(Value::Object(own.clone()))
    })
}

async fn delete_definition(call: Call) -> Reply {
    call.admin_only()?;
    let id = call.param("customTabId");
    call.account(|account, _| {
        find_definition(account, &call)?;
        account.tab_definitions.retain(|d| text(d, "customTabId") != id);
        ok(json!({}))
    })
}

fn fields_by_type(account: &Account) -> Value {
    let of = |kind: &str| -> Vec<Value> {
        account
            .custom_fields
            .iter()
            .filter(|f| text(f, "customFieldType") == kind)
            .map(|f| {
                let mut f = f.clone();
                f.remove("customFieldType");
                Value::Object(f)
            })
            .collect()
    };
    json!({ "textCustomFields": of("text"), "listCustomFields": of("list") })
}

async fn custom_fields(call: Call) -> Reply {
    call.account(|account, _| ok(fields_by_type(account)))
}

async fn new_custom_field(call: Call) -> Reply {
    call.admin_only()?;
    let mut body = call.json()?;
    if text(&body, "name").is_empty() || text(&body, "name").chars().count() > 100 {
        return Err(invalid_parameter("'name' must have 1 to 100 characters."));
    }
    body.entry("customFieldType").or_insert_with(|| json!("text"));
    call.account(|account, _| {
        if account.custom_fields.len() >= MOST_CUSTOM_FIELDS {
            return Err(invalid_parameter("An account may have 500 custom fields."));
        }
        let id = account.number().to_string();
        body.insert("fieldId".to_owned(), json!(id));
        account.custom_fields.push(body);
        created(fields_by_type(account))
    })
}

fn results(list: Vec<Object>) -> Value {
    json!({ "totalRecords": list.len().to_string(), "configurations": list })
}

async fn configurations(call: Call) -> Reply {
    call.admin_only()?;
    call.account(|account, _| ok(results(account.connect.clone())))
}

async fn configuration(call: Call) -> Reply {
    call.admin_only()?;
    let id = call.param("connectId");
    call.account(|account, _| {
        let found: Vec<Object> =
            account.connect.iter().filter(|c| text(c, "connectId") == id).cloned().collect();
        if found.is_empty() { Err(no_configuration()) } else { ok(results(found)) }
    })
}

fn no_configuration() -> Problem {
    problem(404, "RESOURCE_NOT_FOUND", "The Connect configuration was not found.")
}

async fn new_configuration(call: Call) -> Reply {
    call.admin_only()?;
    let mut body = call.json()?;
    if text(&body, "urlToPublishTo").is_empty() {
        return Err(invalid_parameter("'urlToPublishTo' is required."));
    }
    // Off unless switched on (facts §6.1).
    for (key, value) in
        [("allowEnvelopePublish", "false"), ("configurationType", "custom"), ("enableLog", "false")]
    {
        body.entry(key).or_insert_with(|| json!(value));
    }
    call.account(|account, _| {
        if account.connect.len() >= MOST_CONFIGURATIONS {
            return Err(invalid_parameter("An account may have 20 Connect configurations."));
        }
        let id = account.number().to_string();
        body.insert("connectId".to_owned(), json!(id));
        account.connect.push(body.clone());
        created(Value::Object(body))
    })
}

async fn change_configuration(call: Call) -> Reply {
    call.admin_only()?;
    let body = call.json()?;
    call.account(|account, _| {
        let own = account
            .connect
            .iter_mut()
            .find(|c| text(c, "connectId") == text(&body, "connectId"))
            .ok_or_else(no_configuration)?;
        own.extend(body.clone());
        ok(Value::Object(own.clone()))
    })
}

async fn delete_configuration(call: Call) -> Reply {
    call.admin_only()?;
    let id = call.param("connectId");
    call.account(|account, _| {
        let before = account.connect.len();
        account.connect.retain(|c| text(c, "connectId") != id);
        if account.connect.len() == before { Err(no_configuration()) } else { ok(json!({})) }
    })
}

async fn logs(call: Call) -> Reply {
    call.admin_only()?;
    call.account(|account, _| {
        ok(json!({ "logs": account.connect_logs, "totalRecords": account.connect_logs.len().to_string() }))
    })
}

async fn failures(call: Call) -> Reply {
    call.admin_only()?;
    call.account(|account, _| {
        let list: Vec<Object> = account.connect_logs.iter().filter(|l| is_failure(l)).cloned().collect();
        ok(json!({ "totalRecords": list.len().to_string(), "failures": list }))
    })
}

async fn clear_logs(call: Call) -> Reply {
    call.admin_only()?;
    call.account(|account, _| {
        account.connect_logs.clear();
        ok(json!({}))
    })
}

async fn log(call: Call) -> Reply {
    call.admin_only()?;
    let id = call.param("logId");
    call.account(|account, _| {
        let found = account.connect_logs.iter().find(|l| text(l, "logId") == id).cloned();
        found.map_or_else(
            || Err(problem(404, "RESOURCE_NOT_FOUND", "The log was not found.")),
            |l| ok(Value::Object(l)),
        )
    })
}

async fn clear_log(call: Call) -> Reply {
    call.admin_only()?;
    let id = call.param("logId");
    call.account(|account, _| {
        account.connect_logs.retain(|l| text(l, "logId") != id);
        ok(json!({}))
    })
}

async fn retry_one(call: Call) -> Reply {
    let ids = vec![call.param("envelopeId").to_owned()];
    republish(&call, &ids)
}

async fn retry_many(call: Call) -> Reply {
    let ids: Vec<String> = call
        .json()?
        .get("envelopeIds")
        .and_then(Value::as_array)
        .map(|l| l.iter().filter_map(|v| v.as_str().map(str::to_owned)).collect())
        .unwrap_or_default();
    republish(&call, &ids)
}

/// Sends the envelope's present state again.
fn republish(call: &Call, ids: &[String]) -> Reply {
    call.admin_only()?;
    call.account(|account, users| {
        let mut queue = Vec::new();
        for id in ids {
            let Some(e) = account.envelopes.get(id) else {
                queue.push(json!({ "envelopeId": id, "status": "failed", "statusMessage": "The envelope does not exist." }));
                continue;
            };
            let events = lifecycle::present_state(e);
            super::connect::publish(account, users, id, &events, call.now);
            queue.push(json!({ "envelopeId": id, "status": "queued" }));
        }
        ok(json!({ "retryQueue": queue }))
    })
}

async fn settings(call: Call) -> Reply {
    call.admin_only()?;
    call.account(|account, _| ok(Value::Object(super::settings::settings(&account.settings))))
}

fn user_entry(u: &super::model::User) -> Value {
    object(json!({
        "userId": u.user_id, "userName": u.name(), "firstName": u.first_name, "lastName": u.last_name,
        "email": u.email, "isAdmin": if u.is_admin { "True" } else { "False" }, "userStatus": "Active",
        "userType": "CompanyUser", "uri": format!("/users/{}", u.user_id),
        "permissionProfileName": if u.is_admin { "DS Admin" } else { "DS Sender" },
        "createdDateTime": seven_digits(u.created),
    }))
    .into_iter()
    .collect()
}

async fn users(call: Call) -> Reply {
    let account_id = call.caller.account_id.clone();
    call.account(|_, users| {
        let list: Vec<Value> =
            users.0.values().filter(|u| u.accounts.contains(&account_id)).map(user_entry).collect();
        let mut out = paging(list.len(), 0, list.len(), "/users", "");
        out.insert("users".to_owned(), Value::Array(list));
        ok(Value::Object(out))
    })
}

/// What a user may do in the account. Of DocuSign's long list only what the permission profile says of sending.
async fn user_settings(call: Call) -> Reply {
    let id = call.param("userId");
    call.account(|account, users| {
        let found = users.0.get(id).filter(|u| u.accounts.contains(&account.account_id));
        found.map_or_else(
            || Err(problem(404, "RESOURCE_NOT_FOUND", "The user was not found.")),
            |u| ok(json!({ "canSendEnvelope": (!u.lacks_permission).to_string() })),
        )
    })
}

async fn user(call: Call) -> Reply {
    let id = call.param("userId");
    call.account(|account, users| {
        let found = users.0.get(id).filter(|u| u.accounts.contains(&account.account_id));
        found.map_or_else(
            || Err(problem(404, "RESOURCE_NOT_FOUND", "The user was not found.")),
            |u| ok(user_entry(u)),
        )
    })
}
