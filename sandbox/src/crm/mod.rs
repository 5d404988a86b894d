//! The CRM's pages, as far as a person needs them to judge our app in it.

pub mod frame;
pub mod session;

use axum::Router;

use crate::world::World;

pub fn router(_world: World) -> Router {
    Router::new()
}
