//! The routing order of a draft's rows: who gets the envelope after whom. Rows with the same number get it
//! at the same time.
//!
//! Moving a row exchanges it with its neighbour, places and numbers both. The numbers as a whole stay what they
//! were, so no third row is renumbered behind the sender's back (it may be locked). Rows become parallel by
//! giving them the same number.

use super::{Draft, Row};
use crate::template::{RecipientKind, Role, Template};

/// Which way a row is moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

/// Moves the row at `index` past its neighbour; `rows` are in routing order before and after. Answers with the
/// row's new place, `None` when there is nowhere to go. Neighbours with one number change places only, which
/// DocuSign does not notice.
pub fn move_row(rows: &mut [Row], index: usize, direction: Direction) -> Option<usize> {
    let neighbour = neighbour(rows, index, direction)?;
    let (upper, lower) = (index.min(neighbour), index.max(neighbour));
    if let [first, .., last] = rows.get_mut(upper..=lower)? {
        core::mem::swap(&mut first.routing_order, &mut last.routing_order);
        core::mem::swap(first, last);
    }
    Some(neighbour)
}

/// Whether the template lets the row at `index` be moved that way: there is a neighbour, and where the numbers
/// would change neither of the two is locked, nor the template's recipients as a whole.
pub fn can_move(draft: &Draft, template: &Template, index: usize, direction: Direction) -> bool {
    let pair = neighbour(&draft.rows, index, direction)
        .and_then(|other| Some((draft.rows.get(index)?, draft.rows.get(other)?)));
    let Some((row, other)) = pair else { return false };
    row.routing_order == other.routing_order
        || !(template.recipients_locked || is_locked(row, template) || is_locked(other, template))
}

/// Gives the row at `index` the number `routing_order` (1 or more) and its place among the others: behind
/// those who have the same number. Answers with the new place.
pub fn set_order(rows: &mut Vec<Row>, index: usize, routing_order: u32) -> Option<usize> {
    if index >= rows.len() {
        return None;
    }
    let mut row = rows.remove(index);
    row.routing_order = routing_order.max(1);
    let place = rows.iter().position(|other| other.routing_order > row.routing_order).unwrap_or(rows.len());
    rows.insert(place, row);
    Some(place)
}

/// Whether the row at `index` may be put beside the one above it (`true`) or after it (`false`): it is not there
/// already, and no number changes that the template locks.
pub fn can_set_beside(draft: &Draft, template: &Template, index: usize, beside: bool) -> bool {
    let mut rows = draft.rows.clone();
    set_beside(&mut rows, index, beside)
        && rows.iter().zip(&draft.rows).all(|(now, before)| {
            now.routing_order == before.routing_order
                || !(template.recipients_locked || is_locked(before, template))
        })
}

/// Gives the row at `index` the number of the one above it, or takes it out of that group: it and all below it then
/// come one later, as far as they must. Places stay as they are. `false` when there is nothing to change.
pub fn set_beside(rows: &mut [Row], index: usize, beside: bool) -> bool {
    let above = index.checked_sub(1).and_then(|above| rows.get(above)).map(|row| row.routing_order);
    let (Some(above), Some(row)) = (above, rows.get_mut(index)) else { return false };
    if (row.routing_order == above) == beside {
        return false;
    }
    if beside {
        row.routing_order = above;
        return true;
    }
    // The rest of the group goes along; a gap in the numbers swallows the move.
    let (mut before, mut now) = (above, above.saturating_add(1));
    for row in rows.iter_mut().skip(index) {
        if row.routing_order != before {
            before = row.routing_order;
            now = before.max(now.saturating_add(1));
        }
        row.routing_order = now;
    }
    true
}

/// Whether kind or order of a row may be changed at all.
pub fn may_change(row: &Row, template: &Template) -> bool {
    !template.recipients_locked && !is_locked(row, template)
}

/// Whether a recipient may get other words than the template has for them.
pub fn may_word(row: &Row, template: &Template) -> bool {
    !template.message_locked && !is_locked(row, template)
}

/// Whether a row may be removed: an added one always, a role's unless it is required or all are locked.
pub fn may_drop(row: &Row, template: &Template) -> bool {
    row.role_in(template).is_none_or(|role| !role.required && !template.recipients_locked)
}

/// Whether the rows that fill the template's roles have other numbers, or other kinds, than the template.
pub fn reordered(draft: &Draft, template: &Template) -> bool {
    let differs = |row: &Row, role: &Role| row.routing_order != role.routing_order || row.kind != role.kind;
    draft.rows.iter().any(|row| row.role_in(template).is_some_and(|role| differs(row, role)))
}

/// The kinds a row's menu holds: those that are offered, and the row's own where it is not among them.
pub fn kinds_for(row: &Row) -> Vec<RecipientKind> {
    let mut kinds = RecipientKind::OFFERED.to_vec();
    if !kinds.contains(&row.kind) {
        kinds.push(row.kind.clone());
    }
    kinds
}

fn neighbour(rows: &[Row], index: usize, direction: Direction) -> Option<usize> {
    let neighbour = match direction {
        Direction::Up => index.checked_sub(1)?,
        Direction::Down => index.checked_add(1)?,
    };
    (index < rows.len() && neighbour < rows.len()).then_some(neighbour)
}

fn is_locked(row: &Row, template: &Template) -> bool {
    row.role_in(template).is_some_and(|role| role.locked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::sample::{added, draft, template};
    use proptest::prelude::*;

    /// Rows written as `A1 B2`: a name and its number.
    fn rows(text: &str) -> Vec<Row> {
        text.split(' ')
            .map(|word| Row {
                routing_order: word[1..].parse().expect("a number"),
                ..added(&word[..1], "x@firm.example")
            })
            .collect()
    }

    fn text(rows: &[Row]) -> String {
        rows.iter().map(|row| format!("{}{}", row.name, row.routing_order)).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_moved_row_trades_place_and_number_with_its_neighbour() {
        let check = |before, index, direction, after, place| {
            let mut rows = rows(before);
            assert_eq!(move_row(&mut rows, index, direction), place);
            assert_eq!(text(&rows), after);
        };
        check("A1 B2 C3", 2, Direction::Up, "A1 C2 B3", Some(1));
        check("A1 B2 C3", 0, Direction::Down, "B1 A2 C3", Some(1));
        check("A1 B1 C2", 1, Direction::Up, "B1 A1 C2", Some(0));
        check("A1 B1 C2", 2, Direction::Up, "A1 C1 B2", Some(1));
        check("A1 B5", 1, Direction::Up, "B1 A5", Some(0));
        check("A1 B2", 0, Direction::Up, "A1 B2", None);
        check("A1 B2", 1, Direction::Down, "A1 B2", None);
        check("A1 B2", 7, Direction::Up, "A1 B2", None);
    }

    #[test]
    fn the_same_number_puts_rows_in_parallel() {
        let check = |before, index, order, after| {
            let mut rows = rows(before);
            set_order(&mut rows, index, order);
            assert_eq!(text(&rows), after);
        };
        check("A1 B2 C3", 2, 1, "A1 C1 B2");
        check("A1 B2 C3", 0, 3, "B2 C3 A3");
        check("A1 B2", 0, 9, "B2 A9");
        check("A1 B2", 1, 0, "A1 B1");
        check("A1 B2", 5, 1, "A1 B2");
    }

    #[test]
    fn a_row_is_put_beside_the_one_above_and_after_it_again() {
        let check = |before, index, beside, after| {
            let mut rows = rows(before);
            assert_eq!(set_beside(&mut rows, index, beside), before != after);
            assert_eq!(text(&rows), after);
        };
        check("A1 B2 C3", 1, true, "A1 B1 C3");
        check("A1 B1 C3", 1, false, "A1 B2 C3");
        check("A1 B1 C2 D3", 1, false, "A1 B2 C3 D4");
        check("A1 B1 C1 D2 E7", 1, false, "A1 B2 C2 D3 E7");
        check("A1 B2", 0, true, "A1 B2");
        check("A1 B2", 1, false, "A1 B2");
        check("A1 B2", 9, true, "A1 B2");
    }

    #[test]
    fn a_lock_keeps_a_row_out_of_a_group_and_in_it() {
        let mut template = template();
        let mut draft = draft(&template);
        draft.add_row(RecipientKind::CarbonCopy);
        let can = |draft: &Draft, template: &Template| {
            [1, 2].map(|index| can_set_beside(draft, template, index, true))
        };
        assert_eq!(can(&draft, &template), [true, true]);
        template.roles[1].locked = true;
        assert_eq!(can(&draft, &template), [false, true]);
        template.recipients_locked = true;
        assert_eq!(can(&draft, &template), [false, false]);
        assert!(!can_set_beside(&draft, &template, 0, true));
    }

    #[test]
    fn locks_keep_rows_where_they_are() {
        let mut template = template();
        let mut draft = draft(&template);
        draft.add_row(RecipientKind::CarbonCopy);
        assert_eq!(draft.rows[2].routing_order, 3);
        let moves = |draft: &Draft, template: &Template| {
            [0, 1, 2].map(|index| {
                [
                    can_move(draft, template, index, Direction::Up),
                    can_move(draft, template, index, Direction::Down),
                ]
            })
        };
        assert_eq!(moves(&draft, &template), [[false, true], [true, true], [true, false]]);
        template.roles[0].locked = true;
        assert_eq!(moves(&draft, &template), [[false, false], [false, true], [true, false]]);
        template.recipients_locked = true;
        assert_eq!(moves(&draft, &template), [[false, false]; 3]);
        assert!(!may_change(&draft.rows[1], &template));
        assert!(!may_drop(&draft.rows[1], &template));
        assert!(may_drop(&draft.rows[2], &template));
    }

    #[test]
    fn words_are_the_templates_where_it_locks_them() {
        let mut template = template();
        let draft = draft(&template);
        let may = |template: &Template| [0, 1].map(|index| may_word(&draft.rows[index], template));
        template.recipients_locked = true;
        assert_eq!(may(&template), [true, true]);
        template.roles[0].locked = true;
        assert_eq!(may(&template), [false, true]);
        template.message_locked = true;
        assert_eq!(may(&template), [false, false]);
    }

    #[test]
    fn the_menu_keeps_a_kind_that_is_not_offered() {
        let signer = added("Ann", "ann@client.example");
        let seal = Row { kind: RecipientKind::Other("seals".into()), ..signer.clone() };
        assert_eq!(kinds_for(&signer), RecipientKind::OFFERED);
        assert_eq!(kinds_for(&seal).last(), Some(&seal.kind));
    }

    proptest! {
        #[test]
        fn moving_keeps_the_people_the_numbers_and_the_order(
            orders in prop::collection::vec(1u32..5, 1..8), moves in prop::collection::vec((0usize..9, any::<bool>()), 0..20)
        ) {
            let mut orders = orders;
            orders.sort_unstable();
            let mut rows: Vec<Row> = orders
                .iter()
                .enumerate()
                .map(|(i, order)| Row { routing_order: *order, ..added(&i.to_string(), "x@firm.example") })
                .collect();
            for (index, up) in moves {
                let direction = if up { Direction::Up } else { Direction::Down };
                let before = rows.clone();
                match move_row(&mut rows, index, direction) {
                    Some(place) => {
                        let back = if up { Direction::Down } else { Direction::Up };
                        let mut undone = rows.clone();
                        prop_assert_eq!(move_row(&mut undone, place, back), Some(index));
                        prop_assert_eq!(undone, before);
                    }
                    None => prop_assert_eq!(&rows, &before),
                }
                prop_assert_eq!(rows.iter().map(|row| row.routing_order).collect::<Vec<_>>(), orders.clone());
            }
            let mut names: Vec<_> = rows.iter().map(|row| row.name.clone()).collect();
            names.sort();
            prop_assert_eq!(names, (0..orders.len()).map(|i| i.to_string()).collect::<Vec<_>>());
        }
    }

    proptest! {
        #[test]
        fn putting_beside_and_after_keeps_places_and_order(
            orders in prop::collection::vec(1u32..5, 1..8), index in 0usize..9, beside in any::<bool>()
        ) {
            let mut orders = orders;
            orders.sort_unstable();
            let rows = |order: &u32| Row { routing_order: *order, ..added("A", "x@firm.example") };
            let mut rows: Vec<Row> = orders.iter().map(rows).collect();
            let changed = set_beside(&mut rows, index, beside);
            let now: Vec<u32> = rows.iter().map(|row| row.routing_order).collect();
            prop_assert!(now.is_sorted());
            prop_assert_eq!(changed, now != orders);
            if changed {
                prop_assert_eq!(now[index] == now[index - 1], beside);
                // Who was together below the row still is, and nobody new came together there.
                for at in index + 1..now.len() {
                    prop_assert_eq!(now[at] == now[at - 1] || beside && at == index + 1, orders[at] == orders[at - 1] || beside && at == index + 1);
                }
            }
        }
    }

    #[test]
    fn reordering_is_noticed() {
        let template = template();
        let mut draft = draft(&template);
        assert!(!reordered(&draft, &template));
        move_row(&mut draft.rows, 0, Direction::Down);
        assert!(reordered(&draft, &template));
    }
}
