//! The Worker's bindings and its configuration, read once per isolate.

use core::cell::OnceCell;
use std::rc::Rc;

use worker::Env;

use crate::config::{Config, Fault};

pub const PORTAL: &str = "PORTAL";
pub const TOKENS: &str = "TOKENS";
pub const ASSETS: &str = "ASSETS";

thread_local! {
    static CONFIG: OnceCell<Result<Rc<Config>, Rc<[Fault]>>> = const { OnceCell::new() };
}

/// The configuration, or everything that is wrong with it. Settings do not change within an isolate.
pub fn config(env: &Env) -> Result<Rc<Config>, Rc<[Fault]>> {
    CONFIG.with(|config| {
        let read = || Config::read(|name| env.var(name).ok().map(|v| v.to_string()));
        config.get_or_init(|| read().map(Rc::new).map_err(Rc::from)).clone()
    })
}
