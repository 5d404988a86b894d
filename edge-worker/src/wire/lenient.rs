//! Readers for values that come as text, number, boolean or `null`, whichever the vendor feels like.

use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::Value;

fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// Text, or the text form of a number or boolean; empty for `null` and anything else.
pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(as_text(&Value::deserialize(deserializer)?).unwrap_or_default())
}

/// As [`text`], but `None` when absent, `null` or empty.
pub fn maybe<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    Ok(as_text(&Value::deserialize(deserializer)?).filter(|t| !t.is_empty()))
}

/// `"3"`, `3` or `3.0`; `None` for all else.
pub fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let text = as_text(&Value::deserialize(deserializer)?).unwrap_or_default();
    Ok(text.trim().trim_end_matches(".0").parse().ok())
}

/// `"true"`, `"True"` or `true`; everything else is false.
pub fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    Ok(as_text(&Value::deserialize(deserializer)?).is_some_and(|t| t.trim().eq_ignore_ascii_case("true")))
}

/// As [`flag`], but `None` when it is not said.
pub fn maybe_flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    let text = as_text(&Value::deserialize(deserializer)?).unwrap_or_default();
    Ok(match text.trim() {
        t if t.eq_ignore_ascii_case("true") => Some(true),
        t if t.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    })
}

/// A list; `None` when absent or not a list. An item that cannot be read is left out.
pub fn list<'de, D: Deserializer<'de>, T: DeserializeOwned>(
    deserializer: D,
) -> Result<Option<Vec<T>>, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::Array(items) => {
            Some(items.into_iter().filter_map(|item| crate::json::of(item).ok()).collect())
        }
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct All {
        #[serde(default, deserialize_with = "text")]
        text: String,
        #[serde(default, deserialize_with = "maybe")]
        maybe: Option<String>,
        #[serde(default, deserialize_with = "number")]
        number: Option<u32>,
        #[serde(default, deserialize_with = "flag")]
        flag: bool,
        #[serde(default, deserialize_with = "list")]
        list: Option<Vec<String>>,
    }

    #[test]
    fn values_are_read_whatever_type_they_come_in() {
        let check = |json: &str, text: &str, maybe: Option<&str>, number, flag, list: Option<&[&str]>| {
            let expected = All {
                text: text.into(),
                maybe: maybe.map(str::to_owned),
                number,
                flag,
                list: list.map(|l| l.iter().map(|s| (*s).to_owned()).collect()),
            };
            assert_eq!(serde_json::from_str::<All>(json).expect(json), expected, "{json}");
        };
        check("{}", "", None, None, false, None);
        check(
            r#"{"text":"a","maybe":"b","number":"3","flag":"true","list":["x"]}"#,
            "a",
            Some("b"),
            Some(3),
            true,
            Some(&["x"]),
        );
        check(
            r#"{"text":1,"maybe":2,"number":3,"flag":true,"list":["x",{}]}"#,
            "1",
            Some("2"),
            Some(3),
            true,
            Some(&["x"]),
        );
        check(
            r#"{"text":null,"maybe":null,"number":null,"flag":null,"list":null}"#,
            "",
            None,
            None,
            false,
            None,
        );
        check(r#"{"text":[],"maybe":"","number":"-1","flag":"yes","list":"x"}"#, "", None, None, false, None);
    }
}
