//! The routing order of a draft's rows: who gets the envelope after whom. Rows with the same number get it
//! at the same time.

use super::{Draft, Row};
use crate::template::Template;

/// Which way a row is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

/// Moves the row at `index` past its neighbour. Answers with its new place, `None` when there is nowhere to go.
pub fn move_row(_rows: &mut [Row], _index: usize, _direction: Direction) -> Option<usize> {
    None
}

/// Whether the template lets the row at `index` be moved that way.
pub fn can_move(_draft: &Draft, _template: &Template, _index: usize, _direction: Direction) -> bool {
    false
}

/// Whether the template's roles come in another order than the template has them.
pub fn reordered(_draft: &Draft, _template: &Template) -> bool {
    false
}
