//! From a bearer session to calls in the vendors' names.
//!
//! The object says who the session is and which generation of each grant is current; the grant itself is read
//! from KV, nearby. A copy that is older, expired or refused by the vendor is replaced by asking the object,
//! which refreshes once for everybody.

use futures_util::{FutureExt, future::LocalBoxFuture};
use serde::{Serialize, de::DeserializeOwned};
use shared::{api::Connection, error::Code, settings::Todo};

use crate::{
    cached,
    call::Call,
    docusign::{self, DocuSign},
    environment,
    failure::{Failure, Outcome},
    hubspot::{self, HubSpot},
    json, log, moment,
    portal::{
        ask::{Enter, FreshGrant, Keep, Visit, settings::NoteTrouble},
        client::Portal,
        kept::What,
    },
    token,
    vault::grant::{Grant, Holder},
    vendor::VendorError,
};

/// A session as it came: its portal, and the hash that the object knows it by.
pub struct Session {
    pub portal: Portal,
    pub hash: String,
}

/// Reads `Authorization: Bearer <portal>.<random>`. Whether the session is good, the object will say.
pub fn session(call: &Call) -> Outcome<Session> {
    let header = call.header("authorization").unwrap_or_default();
    let bearer = header.strip_prefix("Bearer ").ok_or(Failure::new(Code::Unauthorized, "no bearer"))?;
    session_of(call, bearer.trim())
}

pub fn session_of(call: &Call, bearer: &str) -> Outcome<Session> {
    let portal = token::portal_of(bearer).ok_or(Failure::new(Code::Unauthorized, "malformed token"))?;
    Ok(Session { portal: call.portal(portal)?, hash: token::hash(bearer) })
}

/// Somebody with a good session.
pub struct Guest {
    pub portal: Portal,
    session_hash: String,
    pub visit: Visit,
}

/// What the object is to answer with besides who it is, as far as it knows.
#[derive(Default)]
pub struct Wanted<'a> {
    pub templates: Vec<String>,
    pub key: Option<String>,
    pub kept: &'a [What],
}

pub async fn enter(call: &Call) -> Outcome<Guest> {
    enter_with(call, Wanted::default()).await
}

pub async fn enter_with(call: &Call, wanted: Wanted<'_>) -> Outcome<Guest> {
    let Session { portal, hash } = session(call)?;
    let Wanted { templates, key, kept } = wanted;
    let ask = Enter { session_hash: hash.clone(), templates, key, kept: kept.to_vec() };
    let visit = portal.ask(&ask).await?;
    Ok(Guest { portal, session_hash: hash, visit })
}

impl Guest {
    /// The hash that the object knows the session by.
    pub fn session_hash(&self) -> &str {
        &self.session_hash
    }

    /// Why DocuSign cannot be called for this user.
    fn not_connected(&self) -> Failure {
        Failure::from(match self.visit.connection {
            Connection::NotInstalled => Code::NotInstalled,
            Connection::MustReconnect(_) => Code::MustReconnect,
            Connection::NotConnected | Connection::Connected(_) => Code::NotConnected,
        })
    }

    /// Where something of this user's DocuSign account is cached: what one user may see is not shown to another.
    pub fn place(&self, what: &str, names: &[&str]) -> String {
        let account = self.visit.docusign.as_ref().map_or("", |desk| &desk.account);
        let mut path = vec![account, &self.visit.user];
        path.extend(names);
        cached::place(self.portal.id, what, &path)
    }

    /// A kept answer that was asked for when entering. A form that an older version wrote is as good as none.
    pub fn kept<T: DeserializeOwned>(&self, what: What) -> Option<T> {
        let (_, body) = self.visit.kept.iter().find(|(kept, _)| *kept == what)?;
        json::read_text(body).ok()
    }

    /// Keeps an answer. That this may fail harms nothing: the vendor is asked again.
    pub async fn keep<T: Serialize>(&self, what: What, value: &T) {
        if let Ok(body) = serde_json::to_string(value) {
            self.keep_body(what, Some(body)).await;
        }
    }

    /// Forgets a kept answer that is known to be over.
    pub async fn forget(&self, what: What) {
        self.keep_body(what, None).await;
    }

    async fn keep_body(&self, what: What, body: Option<String>) {
        let keep = Keep { session_hash: self.session_hash.clone(), what, body };
        if let Err(failure) = self.portal.ask(&keep).await {
            log::warn("an answer was not kept", serde_json::json!({ "detail": failure.detail }));
        }
    }

    /// Calls DocuSign as this user; a token that DocuSign refuses is replaced, once.
    pub async fn docusign<T>(
        &self,
        call: &Call,
        during: docusign::failure::During,
        made: impl AsyncFn(DocuSign) -> Result<T, VendorError>,
    ) -> Outcome<T> {
        let mut refused = None;
        loop {
            let (client, generation) = self.docusign_client(call, refused).await?;
            match made(client).await {
                Err(error) if refused.is_none() && error.is_unauthorized() => refused = Some(generation),
                Err(error) => return Err(self.refused(&error, during).await),
                Ok(answer) => return Ok(answer),
            }
        }
    }

    /// What a failed call is to the user. A suspended account is noted: the settings tell it from now on, to the
    /// user and to the admins.
    fn refused<'a>(
        &'a self,
        error: &VendorError,
        during: docusign::failure::During,
    ) -> LocalBoxFuture<'a, Failure> {
        let refusal = docusign::failure::failure(error, during);
        async move {
            if refusal.error.code == Code::DocusignAccountSuspended {
                let session_hash = self.session_hash.clone();
                let note = NoteTrouble { session_hash, trouble: Some(Todo::AccountSuspended) };
                if let Err(failure) = self.portal.ask(&note).await {
                    let facts = serde_json::json!({ "detail": failure.detail });
                    log::warn("a suspended account was not noted", facts);
                }
            }
            refusal
        }
        .boxed_local()
    }

    /// A client, with the generation of its grant: a newer one than what was refused. Boxed, so that it is
    /// compiled once.
    fn docusign_client<'a>(
        &'a self,
        call: &'a Call,
        refused: Option<u64>,
    ) -> LocalBoxFuture<'a, Outcome<(DocuSign, u64)>> {
        async move {
            let desk = self.visit.docusign.as_ref().ok_or_else(|| self.not_connected())?;
            let holder = Holder::DocuSign { portal: self.portal.id, user: self.visit.user.clone() };
            let grant = self.grant(call, &holder, desk.generation, refused).await?;
            let http = call.http.clone();
            Ok((DocuSign::new(http, &desk.base_uri, &desk.account, grant.access_token), grant.generation))
        }
        .boxed_local()
    }

    /// Calls HubSpot for this portal; a token that HubSpot refuses is replaced, once.
    pub async fn hubspot<T>(
        &self,
        call: &Call,
        during: hubspot::failure::During,
        made: impl AsyncFn(HubSpot) -> Result<T, VendorError>,
    ) -> Outcome<T> {
        let mut refused = None;
        loop {
            let (client, generation) = self.hubspot_client(call, refused).await?;
            match made(client).await {
                Err(error) if refused.is_none() && error.is_unauthorized() => refused = Some(generation),
                other => return other.map_err(|e| hubspot::failure::failure(&e, during)),
            }
        }
    }

    /// As [`Self::docusign_client`].
    fn hubspot_client<'a>(
        &'a self,
        call: &'a Call,
        refused: Option<u64>,
    ) -> LocalBoxFuture<'a, Outcome<(HubSpot, u64)>> {
        async move {
            let generation = self.visit.hubspot_generation;
            if generation == 0 {
                return Err(Code::NotInstalled.into());
            }
            let holder = Holder::HubSpot { portal: self.portal.id };
            let grant = self.grant(call, &holder, generation, refused).await?;
            let base = &call.config.hubspot_api_base;
            Ok((HubSpot::new(call.http.clone(), base, grant.access_token), grant.generation))
        }
        .boxed_local()
    }

    /// A usable grant of at least `generation`: KV's copy, or the object's; of one that was refused, its successor.
    async fn grant(
        &self,
        call: &Call,
        holder: &Holder,
        generation: u64,
        refused: Option<u64>,
    ) -> Outcome<Grant> {
        if let Some(refused) = refused {
            return self.fresh(holder, refused).await;
        }
        match copy(call, holder).await {
            Some(copy) if copy.generation >= generation && copy.is_usable(moment::now()) => Ok(copy),
            _ => self.fresh(holder, generation.saturating_sub(1)).await,
        }
    }

    async fn fresh(&self, holder: &Holder, older_than: u64) -> Outcome<Grant> {
        self.portal.ask(&FreshGrant { holder: holder.clone(), older_than }).await
    }
}

/// KV's copy of a grant. One that is absent or does not open is no failure: the object has the real one.
async fn copy(call: &Call, holder: &Holder) -> Option<Grant> {
    let kv = call.env.kv(environment::TOKENS).ok()?;
    let sealed = kv.get(&holder.place()).text().await.ok()??;
    Grant::open(&call.config.sealing_keys, holder, &sealed).ok()
}
