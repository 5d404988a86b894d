//! The stand-in for DocuSign: account server, eSignature REST API v2.1, Connect.
//!
//! The source of its behaviour is DocuSign's public documentation; where that is silent, the comment says that
//! the sandbox assumes.

mod account;
mod anchors;
mod blob;
mod call;
pub mod connect;
mod contract;
mod convert;
mod create;
mod documents;
mod editor;
mod envelope_list;
mod envelopes;
mod letters;
mod lifecycle;
mod limits;
mod locks;
pub mod model;
mod oauth;
pub mod outside;
mod pages;
mod paper;
mod picture;
mod problem;
mod recipients;
mod sample;
mod settings;
mod settle;
mod templates;
mod typeset;
mod update;
mod views;
mod wire;

use std::collections::HashMap;

use axum::Router;
use axum::http::HeaderMap;
use axum::middleware::from_fn_with_state;
use serde_json::{Value, json};

pub use self::blob::{Blob, keep};
use self::lifecycle::Event;
pub use self::lifecycle::is_locked_out;
pub use self::model::{DocuSign, Envelope, Object, Recipient};
pub use self::pages::{PageCache, Size};
pub use self::paper::each_tab;
pub use self::problem::Problem;
pub use self::settings::unknown as unknown_settings;
use crate::clock::seven_digits;
use crate::lock::lock;
use crate::traffic::Owner;
use crate::world::World;

pub fn router(world: World) -> Router {
    let rest = Router::new()
        .merge(templates::router())
        .merge(envelopes::router())
        .merge(recipients::router())
        .merge(documents::router())
        .merge(views::router())
        .merge(account::router())
        .layer(from_fn_with_state(world.clone(), call::gate));
    Router::new()
        .nest("/restapi/v2.1/accounts/{accountId}", rest)
        .merge(views::pages())
        .with_state(world.clone())
        .merge(oauth::router(world))
}

/// Whose call it is, for faults and the request log.
pub fn owner(world: &World, headers: &HeaderMap, path: &str) -> Owner {
    let docusign = lock(&world.docusign);
    let account_id = call::account_in(path).map(str::to_owned);
    let by_account = account_id.as_ref().and_then(|a| docusign.accounts.get(a)).map(|a| a.portal_id);
    let by_token = || {
        let token = docusign.access_tokens.get(call::bearer(headers)?)?;
        docusign.users.get(&token.user_id).map(|u| u.portal_id)
    };
    Owner { account_id, portal_id: by_account.or_else(by_token).map(|p| p.to_string()) }
}

/// The portal of a token call, by the code or the refresh token that it trades in.
pub fn portal_of_grant(world: &World, form: &HashMap<String, String>) -> Option<String> {
    let docusign = lock(&world.docusign);
    let by_code = form.get("code").and_then(|c| docusign.codes.get(c)).map(|c| &c.user_id);
    let by_refresh =
        || form.get("refresh_token").and_then(|t| docusign.refresh_tokens.get(t)).map(|t| &t.user_id);
    let user = docusign.users.get(by_code.or_else(by_refresh)?)?;
    Some(user.portal_id.to_string())
}

/// Changes an envelope from outside the API (signing page, control, time) and tells the listeners.
///
/// # Errors
/// `ENVELOPE_DOES_NOT_EXIST`, and those of `work`.
pub fn change(
    world: &World,
    envelope_id: &str,
    work: impl FnOnce(&mut Envelope) -> Result<Vec<Event>, Problem>,
) -> Result<(), Problem> {
    let now = world.clock.now();
    let messages = {
        let mut docusign = lock(&world.docusign);
        let (accounts, users) = docusign.split();
        let account = accounts
            .values_mut()
            .find(|a| a.envelopes.contains_key(envelope_id))
            .ok_or_else(problem::envelope_missing)?;
        let envelope = call::envelope_of(account, envelope_id)?;
        let events = work(envelope)?;
        connect::publish(account, &users, envelope_id, &events, now);
        std::mem::take(&mut account.outbox)
    };
    world.touch();
    connect::send(world, messages);
    Ok(())
}

/// What a recipient does.
pub enum Act {
    View,
    Sign(Object),
    Decline(String),
    Bounce,
    /// Gives an access code.
    Code(String),
}

/// A recipient acts; `who` is the recipient's id, GUID, e-mail address or role.
///
/// # Errors
/// Unknown envelope or recipient, or not that recipient's turn.
pub fn act(world: &World, envelope_id: &str, who: &str, act: &Act) -> Result<(), Problem> {
    let now = world.clock.now();
    if matches!(act, Act::Sign(_) | Act::Decline(_)) {
        // Nobody signs without having looked: that is told first, as it is then.
        self::act(world, envelope_id, who, &Act::View)?;
    }
    change(world, envelope_id, |e| {
        let found = e.paper.recipients.iter().find(|r| {
            r.id() == who
                || r.guid == who
                || r.mail_address().eq_ignore_ascii_case(who)
                || r.text("roleName") == who
        });
        let guid = found.map(|r| r.guid.clone()).ok_or_else(problem::recipient_missing)?;
        match act {
            Act::View => lifecycle::view(e, &guid, now),
            Act::Sign(values) => lifecycle::sign(e, &guid, values, now),
            Act::Decline(reason) => lifecycle::decline(e, &guid, reason, now),
            Act::Bounce => lifecycle::bounce(e, &guid, now),
            Act::Code(code) => match lifecycle::give_code(e, &guid, code, now)? {
                true => Ok(Vec::new()),
                false => Ok(lifecycle::code_refused(e, &guid, now)),
            },
        }
    })
}

/// What time does by itself: expiry and reminders. Called every second and after the clock was moved.
pub fn tick(world: &World) {
    let now = world.clock.now();
    let messages = {
        let mut docusign = lock(&world.docusign);
        let (accounts, users) = docusign.split();
        let mut messages = Vec::new();
        for account in accounts.values_mut() {
            let mut happened = Vec::new();
            for e in account.envelopes.values_mut() {
                let events = lifecycle::tick(e, now);
                if !events.is_empty() {
                    happened.push((e.envelope_id.clone(), events));
                }
            }
            for (id, events) in happened {
                connect::publish(account, &users, &id, &events, now);
            }
            messages.append(&mut account.outbox);
        }
        messages
    };
    if !messages.is_empty() {
        world.touch();
        connect::send(world, messages);
    }
}

/// The PDF of a document of an envelope, for the signing page.
pub async fn pdf(world: &World, envelope_id: &str, document_id: &str) -> Option<Blob> {
    let wanted = {
        let docusign = lock(&world.docusign);
        let e = docusign.accounts.values().find_map(|a| a.envelopes.get(envelope_id))?;
        paper::Wanted::new(&e.paper, document_id, "").ok()?.1
    };
    Some(paper::pdf_of(wanted).await)
}

impl DocuSign {
    /// The bytes of all uploaded documents.
    pub fn blobs(&self) -> Vec<Blob> {
        let envelopes = self.accounts.values().flat_map(|a| a.envelopes.values());
        let documents = envelopes.flat_map(|e| &e.paper.documents);
        documents
            .filter_map(|d| match &d.source {
                model::Source::Uploaded(blob) => Some(blob.clone()),
                model::Source::Contract(_) => None,
            })
            .collect()
    }

    /// Brings back the bytes of uploaded documents after the state was read.
    pub fn load_blobs(&mut self, folder: &std::path::Path) {
        let envelopes = self.accounts.values_mut().flat_map(|a| a.envelopes.values_mut());
        for document in envelopes.flat_map(|e| &mut e.paper.documents) {
            if let model::Source::Uploaded(blob) = &mut document.source {
                blob.load(folder);
            }
        }
    }

    /// What `GET /__sandbox/state` shows of DocuSign.
    pub fn describe(&self) -> Value {
        let users: Vec<Value> = self
            .users
            .values()
            .map(|u| {
                json!({
                    "userId": u.user_id, "portalId": u.portal_id, "name": u.name(), "email": u.email,
                    "isAdmin": u.is_admin, "lacksPermission": u.lacks_permission, "accounts": u.accounts,
                    "connected": self.refresh_tokens.values().any(|t| t.user_id == u.user_id),
                })
            })
            .collect();
        let accounts: Vec<Value> = self.accounts.values().map(|a| self.describe_account(a)).collect();
        json!({ "users": users, "accounts": accounts, "revokeOldRefreshTokens": self.revoke_on_refresh })
    }

    fn describe_account(&self, a: &model::Account) -> Value {
        let templates: Object = a
            .templates
            .iter()
            .filter(|t| !t.deleted)
            .map(|t| (t.name.clone(), Value::String(t.template_id.clone())))
            .collect();
        let envelopes: Vec<Value> = a.envelopes.values().map(describe_envelope).collect();
        json!({
            "accountId": a.account_id, "portalId": a.portal_id, "name": a.name, "suspended": a.suspended,
            "formDataAllowed": a.form_data_allowed, "connectKeys": a.connect_keys, "templates": templates,
            "envelopes": envelopes,
            "pollingViolations": self.limits.get(&a.account_id).map_or(0, |l| l.violations),
        })
    }

    /// One envelope, as the control API shows it.
    pub fn describe_envelope(&self, id: &str) -> Option<Value> {
        self.accounts.values().find_map(|a| a.envelopes.get(id)).map(describe_envelope)
    }

    /// An account's envelopes that are not in the recycle bin, oldest first.
    pub fn describe_envelopes(&self, account_id: &str) -> Option<Vec<Value>> {
        let account = self.accounts.get(account_id)?;
        let mut list: Vec<&Envelope> = account.envelopes.values().filter(|e| e.deleted.is_none()).collect();
        list.sort_by_key(|e| e.created);
        Some(list.into_iter().map(describe_envelope).collect())
    }
}

fn describe_envelope(e: &Envelope) -> Value {
    let recipients: Vec<Value> = e
        .paper
        .recipients
        .iter()
        .map(|r| {
            json!({
                "recipientId": r.id(), "guid": r.guid, "type": r.kind, "roleName": r.text("roleName"),
                "name": r.display_name(), "email": r.mail_address(), "status": r.status(),
                "routingOrder": r.text("routingOrder"),
            })
        })
        .collect();
    json!({
        "envelopeId": e.envelope_id, "status": e.status, "subject": e.paper.text("emailSubject"),
        "senderId": e.sender_id, "transactionId": e.transaction_id, "created": seven_digits(e.created),
        "deleted": e.deleted.is_some(), "recipients": recipients, "customFields": wire::custom_fields(&e.paper),
        "documents": e.paper.documents.iter().map(|d| json!({ "documentId": d.id, "name": d.name, "pages": d.pages })).collect::<Vec<_>>(),
        "mails": e.mails.iter().map(|m| json!({ "id": m.id, "to": m.to_email, "subject": m.subject, "kind": m.kind, "body": m.body })).collect::<Vec<_>>(),
    })
}
