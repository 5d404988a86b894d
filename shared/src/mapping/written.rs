//! What a recipient entered, as a HubSpot property takes it.
//!
//! Nothing is guessed at: what cannot be read without doubt is not written. A date in figures with slashes is read as
//! DocuSign writes it unless told otherwise, month first; with points or hyphens, day first.

use crate::{
    merge::{Day, Decimal, PropertyKind},
    settings::outbox::NotWritten,
    tab::TabKind,
};

/// The value for a property of `kind`, of which `several` options may be held at once; `None` where the recipient
/// entered nothing, which leaves the property as it is.
pub fn written(
    from: &TabKind,
    value: &str,
    kind: &PropertyKind,
    several: bool,
) -> Result<Option<String>, NotWritten> {
    let value = value.trim();
    if *from == TabKind::Checkbox && *kind == PropertyKind::Bool {
        return Ok(Some((value == "true").to_string()));
    }
    if value.is_empty() {
        return Ok(None);
    }
    let written = match kind {
        PropertyKind::Text => Ok(value.to_owned()),
        PropertyKind::Number | PropertyKind::Money => number(value).ok_or(NotWritten::NoNumber),
        PropertyKind::Bool => yes_or_no(value).map(|yes| yes.to_string()).ok_or(NotWritten::NoYesOrNo),
        PropertyKind::Date => day(value).map(Day::iso).ok_or(NotWritten::NoDate),
        PropertyKind::DateTime => {
            day(value).map(|day| [&day.iso(), "T00:00:00Z"].concat()).ok_or(NotWritten::NoDate)
        }
        PropertyKind::Options(options) => chosen(value, options, several).ok_or(NotWritten::NoOption),
        PropertyKind::Reference => Err(NotWritten::NotWritable),
    };
    written.map(Some)
}

/// With a point for the fraction, and commas, spaces or apostrophes only between groups of three.
fn number(text: &str) -> Option<String> {
    let bare: String = text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'')).collect();
    let (whole, rest) = bare.split_at(bare.find('.').unwrap_or(bare.len()));
    let grouped = whole.contains(',');
    let groups: Vec<&str> = whole.trim_start_matches(['-', '+']).split(',').collect();
    let well_grouped = groups.iter().skip(1).all(|group| group.len() == 3)
        && groups.first().is_some_and(|first| (1..=3).contains(&first.len()));
    if (grouped && !well_grouped) || rest.contains(',') {
        return None;
    }
    Decimal::read(&[whole.replace(',', "").as_str(), rest].concat()).map(|number| number.plain())
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "x" | "ja" | "1" => Some(true),
        "false" | "no" | "nej" | "0" => Some(false),
        _ => None,
    }
}

fn day(text: &str) -> Option<Day> {
    // A time may follow.
    let text = text.split([' ', '|', 'T']).next()?;
    if let Some(day) = Day::read(text) {
        return Some(day);
    }
    let mark = ['/', '.', '-'].into_iter().find(|mark| text.contains(*mark))?;
    let mut parts = text.split(mark);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    let number = |part: &str, digits: core::ops::RangeInclusive<usize>| -> Option<i32> {
        let fits = digits.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        part.parse().ok().filter(|_| fits)
    };
    if parts.next().is_some() {
        return None;
    }
    let (year, month, day) = match (first.len(), third.len()) {
        (4, _) => (number(first, 4..=4)?, number(second, 1..=2)?, number(third, 1..=2)?),
        (_, 4) => {
            let (one, two) = (number(first, 1..=2)?, number(second, 1..=2)?);
            let month_first = if mark == '/' { one <= 12 } else { false };
            let (month, day) = if month_first { (one, two) } else { (two, one) };
            (number(third, 4..=4)?, month, day)
        }
        _ => return None,
    };
    Day::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
}

/// By value or by label, in whatever case.
fn chosen(text: &str, options: &[(String, String)], several: bool) -> Option<String> {
    let one = |text: &str| {
        let same = |known: &str| known.trim().to_lowercase() == text.trim().to_lowercase();
        let by_value = options.iter().find(|(value, _)| value == text.trim());
        let found = by_value.or_else(|| options.iter().find(|(value, label)| same(value) || same(label)));
        found.map(|(value, _)| value.clone())
    };
    if let Some(found) = one(text) {
        return Some(found);
    }
    let parts: Vec<&str> = text.split(';').map(str::trim).filter(|part| !part.is_empty()).collect();
    if !several || parts.is_empty() {
        return None;
    }
    parts.into_iter().map(one).collect::<Option<Vec<String>>>().map(|all| all.join(";"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(kind: PropertyKind, value: &str, expected: Result<Option<&str>, NotWritten>) {
        let found = written(&TabKind::Text, value, &kind, true);
        assert_eq!(found, expected.map(|value| value.map(str::to_owned)), "{value} as {kind:?}");
    }

    #[test]
    fn what_was_entered_is_written_as_the_property_takes_it() {
        use NotWritten::{NoDate, NoNumber, NoOption, NoYesOrNo, NotWritable};
        use PropertyKind::{Bool, Date, DateTime, Money, Number, Reference, Text};
        check(Text, " Aarhus ", Ok(Some("Aarhus")));
        check(Text, "  ", Ok(None));
        for (value, expected) in [
            ("1250.5", Ok(Some("1250.5"))),
            ("1,250,000.50", Ok(Some("1250000.5"))),
            ("1 250", Ok(Some("1250"))),
            ("-7", Ok(Some("-7"))),
            ("1,25", Err(NoNumber)),
            ("1.250,50", Err(NoNumber)),
            ("twelve", Err(NoNumber)),
            ("12 kr", Err(NoNumber)),
        ] {
            check(Number, value, expected);
            check(Money, value, expected);
        }
        for (value, expected) in [
            ("2026-12-31", Ok(Some("2026-12-31"))),
            ("12/31/2026", Ok(Some("2026-12-31"))),
            ("31/12/2026", Ok(Some("2026-12-31"))),
            ("02/03/2026", Ok(Some("2026-02-03"))),
            ("02.03.2026", Ok(Some("2026-03-02"))),
            ("2-3-2026", Ok(Some("2026-03-02"))),
            ("2026/3/2", Ok(Some("2026-03-02"))),
            ("12/31/2026 | 10:15:00 AM", Ok(Some("2026-12-31"))),
            ("31 December 2026", Err(NoDate)),
            ("02/30/2026", Err(NoDate)),
            ("1/2/26", Err(NoDate)),
            ("soon", Err(NoDate)),
        ] {
            check(Date, value, expected);
        }
        check(DateTime, "12/31/2026", Ok(Some("2026-12-31T00:00:00Z")));
        check(Bool, "Yes", Ok(Some("true")));
        check(Bool, "nej", Ok(Some("false")));
        check(Bool, "perhaps", Err(NoYesOrNo));
        check(Reference, "7", Err(NotWritable));
        let terms = PropertyKind::Options(vec![
            ("net30".into(), "30 days net".into()),
            ("net60".into(), "60 days".into()),
        ]);
        check(terms.clone(), "30 Days Net", Ok(Some("net30")));
        check(terms.clone(), "net60; net30", Ok(Some("net60;net30")));
        check(terms.clone(), "net60; net90", Err(NoOption));
        let one = written(&TabKind::Text, "net60;net30", &terms, false);
        assert_eq!(one, Err(NoOption));
    }

    #[test]
    fn a_box_that_is_not_ticked_says_no() {
        let tick = |value: &str| written(&TabKind::Checkbox, value, &PropertyKind::Bool, false);
        assert_eq!(tick("true"), Ok(Some("true".into())));
        assert_eq!(tick(""), Ok(Some("false".into())));
        assert_eq!(written(&TabKind::Checkbox, "", &PropertyKind::Text, false), Ok(None));
    }

    proptest! {
        #[test]
        fn anything_entered_is_read_without_a_panic(value in ".{0,30}|[0-9/., :T|-]{0,20}") {
            for kind in [PropertyKind::Number, PropertyKind::Bool, PropertyKind::Date, PropertyKind::DateTime,
                PropertyKind::Options(vec![("a".into(), "b".into())])] {
                if let Ok(Some(text)) = written(&TabKind::Text, &value, &kind, true) {
                    prop_assert!(!text.is_empty());
                }
            }
        }
    }
}
