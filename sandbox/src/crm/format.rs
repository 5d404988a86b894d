//! Values as people read them: money, dates in the portal's time, names of owners and options.

use chrono::{DateTime, FixedOffset};
use maud::{Markup, html};

use crate::hubspot::{
    model::{Kind, Portal, Record},
    properties, time,
};

/// Up to two letters of a name.
pub fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let ends = match words.as_slice() {
        [] => vec![],
        [only] => vec![*only],
        [first, .., last] => vec![*first, *last],
    };
    let letters: String = ends.iter().filter_map(|word| word.chars().find(|c| c.is_alphanumeric())).collect();
    if letters.is_empty() { "?".into() } else { letters.to_uppercase() }
}

pub fn local(portal: &Portal, ms: i64) -> DateTime<FixedOffset> {
    let hours = time::offset_hours(&portal.time_zone);
    let offset = FixedOffset::east_opt(hours * 3_600).unwrap_or_else(|| chrono::Offset::fix(&chrono::Utc));
    time::moment(ms).with_timezone(&offset)
}

pub fn date(portal: &Portal, ms: i64) -> String {
    local(portal, ms).format("%-d %B %Y").to_string()
}

pub fn month(portal: &Portal, ms: i64) -> String {
    local(portal, ms).format("%B %Y").to_string()
}

pub fn date_and_time(portal: &Portal, ms: i64) -> String {
    local(portal, ms).format("%-d %B %Y at %H:%M").to_string()
}

/// A time, relative to the eye and exact to everybody else.
pub fn when(portal: &Portal, ms: i64, now: i64) -> Markup {
    let exact = date_and_time(portal, ms);
    let minutes = (now - ms) / 60_000;
    let short = match minutes {
        ..1 => "now".to_owned(),
        1..60 => format!("{minutes} min"),
        60..1_440 => format!("{} h", minutes / 60),
        1_440..10_080 => format!("{} d", minutes / 1_440),
        _ if local(portal, ms).format("%Y").to_string() == local(portal, now).format("%Y").to_string() => {
            local(portal, ms).format("%-d %b").to_string()
        }
        _ => local(portal, ms).format("%-d %b %Y").to_string(),
    };
    html! { time datetime=(time::iso(ms)) title=(exact) { span aria-hidden="true" { (short) } span.sr-only { (exact) } } }
}

/// `1284000` as `1,284,000`.
pub fn grouped(number: &str) -> String {
    let (whole, rest) = number.split_once('.').unwrap_or((number, ""));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    if !digits.chars().all(|c| c.is_ascii_digit()) {
        return number.to_owned();
    }
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{out}{point}{rest}")
}

pub fn money(portal: &Portal, record: &Record) -> Option<String> {
    let amount = record.get("amount")?;
    Some(format!("{} {}", record.get("deal_currency_code").unwrap_or(&portal.currency), grouped(amount)))
}

/// A property's value in words; nothing if it has none.
pub fn value(portal: &Portal, kind: Kind, record: &Record, name: &str) -> Option<String> {
    let raw = record.get(name)?;
    let property = properties::find(portal, kind, name)?;
    if property.owner {
        return portal.owner(raw).map(crate::hubspot::model::Owner::name);
    }
    if name == "amount" {
        return money(portal, record);
    }
    let label = |part: &str| {
        let option = property.options.iter().find(|option| option.value == part);
        option.map_or_else(|| part.to_owned(), |option| option.label.clone())
    };
    Some(match property.kind.as_str() {
        "enumeration" => {
            raw.split(';').filter(|part| !part.is_empty()).map(label).collect::<Vec<_>>().join(", ")
        }
        "bool" => (if raw == "true" { "Yes" } else { "No" }).to_owned(),
        "date" => time::parse(raw)
            .map_or_else(|| raw.to_owned(), |ms| time::moment(ms).format("%-d %B %Y").to_string()),
        "datetime" if matches!(name, "closedate" | "createdate") => {
            time::parse(raw).map_or_else(|| raw.to_owned(), |ms| date(portal, ms))
        }
        "datetime" => time::parse(raw).map_or_else(|| raw.to_owned(), |ms| date_and_time(portal, ms)),
        "number" => grouped(raw),
        _ => raw.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_three() {
        for (given, expected) in
            [("7", "7"), ("1000", "1,000"), ("1284000", "1,284,000"), ("-96400.50", "-96,400.50"), ("x", "x")]
        {
            assert_eq!(grouped(given), expected);
        }
    }

    #[test]
    fn initials_come_from_the_first_and_last_word_in_any_script() {
        for (given, expected) in [
            ("Ann Lee", "AL"),
            ("Søren Ægidius-Ågård", "SÆ"),
            ("美咲 星野", "美星"),
            ("Sam", "S"),
            ("–", "?"),
        ] {
            assert_eq!(initials(given), expected);
        }
    }
}
