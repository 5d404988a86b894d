//! JSON into our types: text to a [`Value`] by `serde_json`, and the value to a type by a reader of our own.
//!
//! Why not `serde_json` for the second half: it would also read every struct from a list, and tell in words
//! why and where something does not fit, for each type anew. Half of the Worker's code was that. Here there is
//! one answer, "of another shape", which is also one that cannot leak what it read into a log.

use core::fmt;

use serde::{
    Deserializer,
    de::{
        self, DeserializeOwned, Expected, IntoDeserializer, Unexpected, Visitor,
        value::{MapAccessDeserializer, MapDeserializer, SeqDeserializer, StringDeserializer},
    },
};
use serde_json::{Map, Value};

/// Why a text did not become what it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("not JSON")]
    Text,
    #[error("JSON of another shape")]
    Shape,
}

/// A `T` from a whole text.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Unreadable> {
    of(parse(bytes)?)
}

/// As [`read`], from text.
pub fn read_text<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    read(text.as_bytes())
}

/// A `T` from a value.
pub fn of<T: DeserializeOwned>(value: Value) -> Result<T, Unreadable> {
    T::deserialize(Tree(value))
}

#[inline(never)]
pub fn parse(bytes: &[u8]) -> Result<Value, Unreadable> {
    serde_json::from_slice(bytes).map_err(|_| Unreadable::Text)
}

/// A value that is read by what the type asks for, and by nothing else.
struct Tree(Value);

const WRONG: Unreadable = Unreadable::Shape;

macro_rules! numbers {
    ($($name:ident)*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            number(&self.0, visitor)
        }
    )*};
}

macro_rules! texts {
    ($($name:ident)*) => {$(
        fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            match self.0 {
                Value::String(text) => visitor.visit_string(text),
                _ => Err(WRONG),
            }
        }
    )*};
}

fn number<'de, V: Visitor<'de>>(value: &Value, visitor: V) -> Result<V::Value, Unreadable> {
    if let Some(number) = value.as_u64() {
        visitor.visit_u64(number)
    } else if let Some(number) = value.as_i64() {
        visitor.visit_i64(number)
    } else if let Some(number) = value.as_f64() {
        visitor.visit_f64(number)
    } else {
        Err(WRONG)
    }
}

fn map<'de>(map: Map<String, Value>) -> MapDeserializer<'de, Members, Unreadable> {
    MapDeserializer::new(Members(map.into_iter()))
}

/// The members of an object, to be read as trees.
struct Members(serde_json::map::IntoIter);

impl Iterator for Members {
    type Item = (String, Tree);
    fn next(&mut self) -> Option<(String, Tree)> {
        self.0.next().map(|(name, value)| (name, Tree(value)))
    }
}

struct Items(std::vec::IntoIter<Value>);

impl Iterator for Items {
    type Item = Tree;
    fn next(&mut self) -> Option<Tree> {
        self.0.next().map(Tree)
    }
}

impl<'de> Deserializer<'de> for Tree {
    type Error = Unreadable;

    /// For values whose shape is not known before: enums with a tag inside, and `Value` itself.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(flag) => visitor.visit_bool(flag),
            Value::Number(_) => number(&self.0, visitor),
            Value::String(text) => visitor.visit_string(text),
            Value::Array(items) => visitor.visit_seq(SeqDeserializer::new(Items(items.into_iter()))),
            Value::Object(members) => visitor.visit_map(map(members)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        self.0.as_bool().map_or(Err(WRONG), |flag| visitor.visit_bool(flag))
    }

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
        deserialize_f32 deserialize_f64
    }

    texts! { deserialize_char deserialize_str deserialize_string deserialize_identifier }

    fn deserialize_bytes<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unreadable> {
        Err(WRONG)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Unreadable> {
        Err(WRONG)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            value => visitor.visit_some(Tree(value)),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        if self.0.is_null() { visitor.visit_unit() } else { Err(WRONG) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::Array(items) => visitor.visit_seq(SeqDeserializer::new(Items(items.into_iter()))),
            _ => Err(WRONG),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::Object(members) => visitor.visit_map(map(members)),
            _ => Err(WRONG),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        self.deserialize_map(visitor)
    }

    /// An enum is its name, or an object of its name and content.
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unreadable> {
        match self.0 {
            Value::String(name) => {
                visitor.visit_enum::<StringDeserializer<Unreadable>>(name.into_deserializer())
            }
            Value::Object(members) => visitor.visit_enum(MapAccessDeserializer::new(map(members))),
            _ => Err(WRONG),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        visitor.visit_unit()
    }
}

impl<'de> IntoDeserializer<'de, Unreadable> for Tree {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

/// Every kind of error is the same one, so that nothing of what would tell them apart is compiled.
impl de::Error for Unreadable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        WRONG
    }
    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        WRONG
    }
    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        WRONG
    }
    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        WRONG
    }
    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        WRONG
    }
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        WRONG
    }
    fn missing_field(_: &'static str) -> Self {
        WRONG
    }
    fn duplicate_field(_: &'static str) -> Self {
        WRONG
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{portal::ask, vault::grant::Holder};
    use serde::Serialize;
    use shared::{
        api::{Connection, LaunchRequest, View},
        draft::{Draft, Problem},
        envelope::{Event, RecipientStatus, Status},
        error::{AppError, Code},
        template::RecipientKind,
        time::Timestamp,
    };

    /// Both readers read alike what we write.
    fn check<T: Serialize + DeserializeOwned + fmt::Debug>(value: &T) {
        let text = serde_json::to_string(value).expect("JSON");
        let ours = read_text::<T>(&text).unwrap_or_else(|e| panic!("{e}: {text}"));
        let theirs: T = serde_json::from_str(&text).expect("JSON");
        assert_eq!(format!("{ours:?}"), format!("{theirs:?}"));
        assert_eq!(serde_json::to_string(&ours).expect("JSON"), text);
    }

    #[test]
    fn every_shape_of_our_types_is_read_as_serde_json_reads_it() {
        check(&Timestamp(-5));
        check(&vec![RecipientKind::CarbonCopy, RecipientKind::Other("seals".into())]);
        check(&vec![Status::Sending, Status::Other("timedout".into())]);
        check(&RecipientStatus::AutoResponded);
        check(&vec![Problem::NoRecipients, Problem::Duplicate { row: 1, of: 0 }]);
        check(&Connection::NotConnected);
        check(&Some(View::Send));
        check(&Holder::DocuSign { portal: 1 << 53, user: "42".into() });
        check(&ask::OnBehalf::Ticket { hash: "æ\"\n".into() });
        check(&ask::Ping {});
        let mut error = AppError::new(Code::DraftIncomplete).field("rows");
        error.problems = vec![Problem::EmailMissing { row: 3 }];
        check(&error);
        check(&Event {
            name: "envelope-sent".into(),
            at: Timestamp(1),
            recipient_id: None,
            status: Some(Status::Sent),
            voided_reason: None,
            recipients: Some(vec![]),
        });
        check(&(1.5, true, ()));
    }

    #[test]
    fn numbers_texts_and_names_are_taken_as_they_may_come() {
        let launch = |id: &str| {
            let text = format!(r#"{{"objectTypeId":"0-3","objectId":{id},"view":"panel","more":[1,{{}}]}}"#);
            read_text::<LaunchRequest>(&text).map(|l| l.object_id)
        };
        assert_eq!(launch("987"), Ok(Some("987".to_owned())));
        assert_eq!(launch("\"987\""), Ok(Some("987".to_owned())));
        assert_eq!(launch("null"), Ok(None));
        assert_eq!(launch("[]"), Err(Unreadable::Shape));
    }

    #[test]
    fn what_does_not_fit_is_refused_without_a_word_of_it() {
        for text in ["{}", "[]", "3", r#"{"template_id":"t","rows":{},"subject":"s","message":"m"}"#] {
            assert_eq!(read_text::<Draft>(text).map(drop), Err(Unreadable::Shape), "{text}");
        }
        for text in ["", "{", "nul", "\u{0}"] {
            assert_eq!(read_text::<Draft>(text).map(drop), Err(Unreadable::Text), "{text}");
        }
    }
}
