//! What the journeys stand on: a running stack, browsers, a portal per journey, and the sandbox's control.
//!
//! The journeys know the wire and the screens, and none of the Worker's types: a mistake made there must not
//! be made here again and so be hidden.

pub mod after;
pub mod axe;
pub mod browser;
pub mod card;
pub mod contract;
pub mod control;
pub mod desk;
pub mod later;
pub mod paper;
pub mod rep;
pub mod robot;
pub mod settings;
pub mod stand;
pub mod wire;
