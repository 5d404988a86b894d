//! What every part of the Portal object works with: storage, clock, configuration, and the work that is
//! under way right now.

use core::cell::{Cell, RefCell};
use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
};

use futures_util::{
    future::{LocalBoxFuture, Shared},
    lock::Mutex,
};
use shared::{envelope::Envelope, error::Code};
use worker::{Env, State};

use super::{listed, schema, sql::Sql};
use crate::{
    config::{Config, Fault},
    failure::{Failure, Outcome},
    vault::grant::Grant,
};

/// Work that several callers wait for and that is done once.
pub type Flight<T> = Shared<LocalBoxFuture<'static, Outcome<T>>>;

/// Whose turn it is, by user and draft.
type Turns = HashMap<(String, String), Rc<Mutex<()>>>;

pub struct Room {
    pub state: State,
    pub env: Env,
    pub sql: Sql,
    pub http: reqwest::Client,
    config: Result<Rc<Config>, Rc<[Fault]>>,
    ready: Cell<bool>,
    /// Refreshes under way, by the grant's place.
    pub refreshing: RefCell<HashMap<String, Flight<Grant>>>,
    /// Sends under way, by user and key.
    pub sending: RefCell<HashMap<(String, String), Flight<Envelope>>>,
    /// Who is at work on the DocuSign draft of a draft, by user and id.
    pub papers: RefCell<Turns>,
    /// Files on their way up, by envelope and document.
    pub uploading: RefCell<HashSet<(String, String)>>,
    /// The outbox is at work.
    pub delivering: Cell<bool>,
    /// HubSpot asked for quiet until then, in milliseconds.
    pub quiet_until: Cell<i64>,
}

impl Room {
    pub fn new(state: State, env: Env) -> Rc<Self> {
        let sql = Sql::new(state.storage().sql());
        Rc::new(Self {
            config: crate::environment::config(&env),
            state,
            env,
            sql,
            http: reqwest::Client::new(),
            ready: Cell::new(false),
            refreshing: RefCell::default(),
            sending: RefCell::default(),
            papers: RefCell::default(),
            uploading: RefCell::default(),
            delivering: Cell::new(false),
            quiet_until: Cell::new(0),
        })
    }

    pub fn config(&self) -> Outcome<&Config> {
        self.config.as_deref().map_err(|_| Failure::internal("the configuration is faulty"))
    }

    /// Fails as an unknown token does when the portal was never installed; else the tables are up to date.
    pub fn must_exist(&self) -> Outcome<()> {
        if self.ready.get() {
            return Ok(());
        }
        if !schema::exists(&self.sql)? {
            return Err(Failure::new(Code::Unauthorized, "no such portal"));
        }
        self.create()
    }

    /// The tables are gone.
    pub fn forget(&self) {
        self.ready.set(false);
    }

    /// Makes the tables, or brings them up to date.
    pub fn create(&self) -> Outcome<()> {
        if schema::bring_up(&self.sql)? {
            listed::fill(self)?;
        }
        self.ready.set(true);
        Ok(())
    }

    /// Has the alarm ring at `at` (milliseconds) or earlier.
    pub async fn wake_by(&self, at: shared::time::Timestamp) -> Outcome<()> {
        let storage = self.state.storage();
        if let Some(set) = storage.get_alarm().await?
            && set <= at.0
        {
            return Ok(());
        }
        let wait = at.0.saturating_sub(crate::moment::now().0).max(0);
        storage.set_alarm(wait).await?;
        Ok(())
    }
}
