//! What a HubSpot property holds, read by its type. HubSpot gives every value as text (hubspot facts §4).

use std::collections::BTreeMap;

use crate::{
    mapping::Via,
    merge::{
        asked::CURRENCY_PROPERTY,
        wording::{Day, Wording},
    },
    record::ObjectType,
    time::Timestamp,
};

/// A property's definition, as far as its values' meaning depends on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    pub object: ObjectType,
    pub name: String,
    pub label: String,
    pub kind: PropertyKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PropertyKind {
    Text,
    Number,
    /// A number that is an amount in the record's currency.
    Money,
    Bool,
    Date,
    DateTime,
    /// Options as value and label; several may be held at once, separated by `;`.
    Options(Vec<(String, String)>),
    /// An id whose meaning is kept elsewhere (an owner, a file): nothing to print.
    Reference,
}

/// The values of one record, as HubSpot gave them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordValues {
    /// How it is reached from the record of the envelope.
    pub via: Via,
    pub object: ObjectType,
    pub values: BTreeMap<String, String>,
    /// ISO 4217 code of amounts, where the record does not say (as a deal does in `deal_currency_code`).
    pub currency: Option<String>,
}

/// A value that is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found {
    Text(String),
    Number(Decimal),
    Money(Decimal, Option<String>),
    Bool(bool),
    Day(Day),
    /// Labels and values of the options that are held.
    Options(Vec<(String, String)>),
}

/// A decimal number as it is written: never computed with, so that nothing is rounded on its way to a contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Decimal {
    pub negative: bool,
    /// Without leading zeros; `0` for none.
    pub whole: String,
    /// Without trailing zeros; empty for none.
    pub fraction: String,
}

/// `None`: HubSpot holds nothing. `Err`: it holds something that its type does not explain, given back as it is.
pub(crate) fn found(
    property: &Property,
    record: &RecordValues,
    wording: &Wording<'_>,
) -> Option<Result<Found, String>> {
    let raw = record.values.get(&property.name)?.trim();
    if raw.is_empty() {
        return None;
    }
    let understood = match &property.kind {
        PropertyKind::Text => Some(Found::Text(raw.to_owned())),
        PropertyKind::Number => Decimal::read(raw).map(Found::Number),
        PropertyKind::Money => Decimal::read(raw).map(|amount| Found::Money(amount, currency(record))),
        PropertyKind::Bool => match raw.to_ascii_lowercase().as_str() {
            "true" => Some(Found::Bool(true)),
            "false" => Some(Found::Bool(false)),
            _ => None,
        },
        PropertyKind::Date => Day::read(raw).or_else(|| raw.parse().ok().map(Day::utc)).map(Found::Day),
        PropertyKind::DateTime => {
            moment(raw).map(|at| (wording.local_day)(at)).or_else(|| Day::read(raw)).map(Found::Day)
        }
        PropertyKind::Options(options) => Some(Found::Options(
            raw.split(';')
                .map(str::trim)
                .filter(|value| !value.is_empty())
                .map(|value| {
                    let label = options.iter().find(|(known, _)| known == value).map_or(value, |(_, l)| l);
                    (label.to_owned(), value.to_owned())
                })
                .collect(),
        )),
        PropertyKind::Reference => None,
    };
    Some(understood.ok_or_else(|| raw.to_owned()))
}

fn currency(record: &RecordValues) -> Option<String> {
    let own = record.values.get(CURRENCY_PROPERTY).filter(|code| !code.trim().is_empty());
    own.or(record.currency.as_ref()).cloned()
}

/// `2026-11-23T10:00:00.000Z`, or milliseconds. HubSpot writes moments in UTC only.
fn moment(text: &str) -> Option<Timestamp> {
    if let Ok(milliseconds) = text.parse() {
        return Some(Timestamp(milliseconds));
    }
    let (day, time) = text.strip_suffix('Z')?.split_once('T')?;
    let mut parts = time.splitn(3, ':');
    let mut number = |limit: i64| -> Option<i64> {
        let part = parts.next()?;
        // Fractions of a second do not move a day.
        let part = part.split_once('.').map_or(part, |(seconds, _)| seconds);
        let digits = part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        part.parse().ok().filter(|n| digits && *n < limit)
    };
    let seconds = number(24)? * 3600 + number(60)? * 60 + number(61)?;
    Some(Timestamp(Day::read(day)?.days_since_1970() * 86_400_000).plus_seconds(seconds))
}

impl Decimal {
    /// HubSpot's way of writing numbers, `1250000.5` or `1.25E6`, of up to 40 digits.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (digits, exponent) = match text.split_once(['e', 'E']) {
            Some((digits, exponent)) => (digits, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (negative, digits) = match digits.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, digits.strip_prefix('+').unwrap_or(digits)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all: String = [whole, fraction].concat();
        if all.is_empty() || all.len() > 40 || !all.bytes().all(|b| b.is_ascii_digit()) || exponent.abs() > 40
        {
            return None;
        }
        // Where the point stands after the exponent has moved it.
        let point = i32::try_from(whole.len()).ok()? + exponent;
        let before = usize::try_from(point).unwrap_or(0);
        let mut whole: String = all.chars().take(before).collect();
        whole.extend(std::iter::repeat_n('0', before.saturating_sub(all.len())));
        let mut fraction = "0".repeat(usize::try_from(-point).unwrap_or(0));
        fraction.extend(all.chars().skip(before));
        let whole = whole.trim_start_matches('0');
        let fraction = fraction.trim_end_matches('0');
        let zero = whole.is_empty() && fraction.is_empty();
        Some(Self {
            negative: negative && !zero,
            whole: if whole.is_empty() { "0".to_owned() } else { whole.to_owned() },
            fraction: fraction.to_owned(),
        })
    }

    /// With a point and nothing else, as DocuSign's number fields take it.
    pub(crate) fn plain(&self) -> String {
        let sign = if self.negative { "-" } else { "" };
        let point = if self.fraction.is_empty() { "" } else { "." };
        [sign, &self.whole, point, &self.fraction].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merge::sample::{english, property, record};
    use proptest::prelude::*;

    fn read(kind: PropertyKind, raw: &str) -> Option<Result<Found, String>> {
        found(&property("p", kind), &record(ObjectType::Deal, &[("p", raw)]), &english())
    }

    #[test]
    fn numbers_are_read_as_hubspot_writes_them() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(Decimal::read(text).map(|n| n.plain()).as_deref(), expected, "{text}");
        };
        check("12500", Some("12500"));
        check("12500.50", Some("12500.5"));
        check("-0.10", Some("-0.1"));
        check("+7", Some("7"));
        check("007", Some("7"));
        check(".5", Some("0.5"));
        check("5.", Some("5"));
        check("-0", Some("0"));
        check("1.25E6", Some("1250000"));
        check("1.25e-3", Some("0.00125"));
        check("125E-1", Some("12.5"));
        check("12,500", None);
        check("12 500", None);
        check("1e999", None);
        check("", None);
        check(".", None);
        check("abc", None);
        check("NaN", None);
        check(&"9".repeat(40), Some("9".repeat(40).as_str()));
        check(&"9".repeat(41), None);
    }

    #[test]
    fn a_moment_is_the_day_of_the_portal() {
        let check = |raw: &str, expected: Option<&str>| {
            let day = match read(PropertyKind::DateTime, raw) {
                Some(Ok(Found::Day(day))) => Some(day.iso()),
                _ => None,
            };
            assert_eq!(day.as_deref(), expected, "{raw}");
        };
        // The sample portal is two hours ahead.
        check("2026-12-31T21:59:59.999Z", Some("2026-12-31"));
        check("2026-12-31T22:00:00Z", Some("2027-01-01"));
        check("1798754400000", Some("2027-01-01"));
        check("2026-12-31", Some("2026-12-31"));
        check("2026-12-31T25:00:00Z", None);
        check("2026-12-31T22:00:00+02:00", None);
        check("soon", None);
    }

    #[test]
    fn a_value_that_its_type_does_not_explain_is_given_back() {
        let check = |kind, raw: &str| assert_eq!(read(kind, raw), Some(Err(raw.to_owned())), "{raw}");
        check(PropertyKind::Number, "twelve");
        check(PropertyKind::Bool, "perhaps");
        check(PropertyKind::Date, "2026-02-30");
        check(PropertyKind::Reference, "4711");
        assert_eq!(read(PropertyKind::Number, "  "), None);
        assert_eq!(
            read(PropertyKind::Date, "1798675200000"),
            Some(Ok(Found::Day(Day::read("2026-12-31").expect("a day"))))
        );
    }

    #[test]
    fn options_are_read_by_their_labels() {
        let options = PropertyKind::Options(vec![("net30".into(), "30 days net".into())]);
        let pair = |label: &str, value: &str| (label.to_owned(), value.to_owned());
        assert_eq!(
            read(options, "net30; gone;"),
            Some(Ok(Found::Options(vec![pair("30 days net", "net30"), pair("gone", "gone")])))
        );
    }

    proptest! {
        #[test]
        fn a_number_keeps_its_value_and_one_way_of_writing(text in "-?[0-9]{0,12}\\.?[0-9]{0,12}([eE]-?[0-9])?") {
            if let Some(number) = Decimal::read(&text) {
                let plain = number.plain();
                prop_assert_eq!(Decimal::read(&plain), Some(number));
                let (a, b): (f64, f64) = (text.parse().expect("a number"), plain.parse().expect("a number"));
                prop_assert!((a - b).abs() <= a.abs() * 1e-12, "{} is not {}", text, plain);
            }
        }

        #[test]
        fn any_raw_value_is_read_without_a_panic(raw in ".{0,40}|[0-9TZ:.E+-]{0,40}") {
            for kind in [PropertyKind::Number, PropertyKind::Money, PropertyKind::Bool, PropertyKind::Date,
                PropertyKind::DateTime, PropertyKind::Options(Vec::new()), PropertyKind::Reference] {
                let _ = read(kind, &raw);
            }
        }
    }
}
