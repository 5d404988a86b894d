//! The recipients' mailbox and the signing pages.

use axum::Router;

use crate::world::World;

pub fn router(_world: World) -> Router {
    Router::new()
}
