//! Reading an enum of many words by its list. Derived, it is kilobytes of comparisons for each such enum.

use serde::{Deserialize, Deserializer, de::Error};

pub fn read<'de, D: Deserializer<'de>, T: Copy>(
    reader: D,
    all: &[T],
    name: fn(T) -> &'static str,
) -> Result<T, D::Error> {
    let word = String::deserialize(reader)?;
    let found = all.iter().copied().find(|one| name(*one) == word);
    found.ok_or_else(|| D::Error::custom("an unknown word"))
}

/// `Deserialize` for an enum with `ALL` and `name`.
macro_rules! read_by_name {
    ($type:ty) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
                $crate::word::read(reader, &Self::ALL, Self::name)
            }
        }
    };
}
pub(crate) use read_by_name;
