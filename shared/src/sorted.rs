//! Sorting by a number or by a text; what is equal keeps its order.
//!
//! std's sort is compiled anew for every type, 4 kB of wasm each time. Here it is compiled for two kinds of keys,
//! and the items are then exchanged until they lie as their keys do.

pub fn by_number<T>(items: &mut [T], key: impl FnMut(&T) -> u64) {
    let swaps = swaps(numbers(items.iter().map(key).collect()));
    swaps.into_iter().for_each(|(a, b)| items.swap(a, b));
}

pub fn by_text<T>(items: &mut [T], key: impl FnMut(&T) -> String) {
    let swaps = swaps(texts(items.iter().map(key).collect()));
    swaps.into_iter().for_each(|(a, b)| items.swap(a, b));
}

/// A number, set or not: what has none comes last.
pub fn or_last(number: Option<u32>) -> u64 {
    number.map_or(u64::MAX, u64::from)
}

/// At which place what belongs first, second, ... lies.
#[inline(never)]
fn numbers(keys: Vec<u64>) -> Vec<usize> {
    let mut keys: Vec<(u64, usize)> = keys.into_iter().zip(0..).collect();
    keys.sort_unstable();
    keys.into_iter().map(|(_, at)| at).collect()
}

#[inline(never)]
fn texts(keys: Vec<String>) -> Vec<usize> {
    let mut keys: Vec<(String, usize)> = keys.into_iter().zip(0..).collect();
    keys.sort_unstable();
    keys.into_iter().map(|(_, at)| at).collect()
}

/// Which places to exchange, one after another. What was at a place that is done lies where it was exchanged to.
#[inline(never)]
fn swaps(order: Vec<usize>) -> Vec<(usize, usize)> {
    let mut swaps = Vec::new();
    for (to, from) in order.iter().enumerate() {
        let mut from = *from;
        while let Some(moved) = order.get(from).filter(|_| from < to) {
            from = *moved;
        }
        if from != to {
            swaps.push((to, from));
        }
    }
    swaps
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_sorts_as_std_does(numbers in prop::collection::vec(0u64..9, 0..40)) {
            let items: Vec<(u64, usize)> = numbers.into_iter().zip(0..).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|(number, _)| *number);
            let (mut by_numbers, mut by_texts) = (items.clone(), items);
            by_number(&mut by_numbers, |(number, _)| *number);
            by_text(&mut by_texts, |(number, _)| number.to_string());
            prop_assert_eq!(&by_numbers, &expected);
            prop_assert_eq!(&by_texts, &expected);
        }
    }
}
