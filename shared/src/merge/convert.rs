//! Whether a value fits a kind of tab, and how it is written there (docusign facts §5.3).

use crate::{
    email::is_email,
    merge::{
        value::{Decimal, Found},
        wording,
    },
    tab::{Choice, TabKind},
};

/// `found` as a tab of `kind` takes it; `Err` holds its text where the tab does not take it.
pub(crate) fn convert(
    found: &Found,
    kind: &TabKind,
    choices: &[Choice],
    language: &str,
) -> Result<String, String> {
    let shown = || text(found, language);
    match kind {
        TabKind::Number | TabKind::Numerical => match found {
            Found::Number(number) | Found::Money(number, _) => Ok(number.plain()),
            Found::Text(text) => Decimal::read(text).map(|n| n.plain()).ok_or_else(shown),
            _ => Err(shown()),
        },
        TabKind::Email => match found {
            Found::Text(text) if is_email(text) => Ok(text.clone()),
            _ => Err(shown()),
        },
        // Of a date field DocuSign takes any text, so that a property of text may hold one.
        TabKind::Date => match found {
            Found::Day(_) | Found::Text(_) => Ok(shown()),
            _ => Err(shown()),
        },
        TabKind::Checkbox => ticked(found).map(|yes| yes.to_string()).ok_or_else(shown),
        TabKind::List | TabKind::Radio => {
            let mut names = vec![shown()];
            if let Found::Options(held) = found {
                names.extend(held.iter().map(|(_, value)| value.clone()));
                if held.len() > 1 {
                    return Err(shown());
                }
            }
            names.iter().find_map(|name| choice(name, choices)).ok_or_else(shown)
        }
        _ => Ok(shown()),
    }
}

/// Whether what a sender wrote may go into a tab of `kind`. Nothing always may.
pub fn fits(value: &str, kind: &TabKind, choices: &[Choice]) -> bool {
    let value = value.trim();
    value.is_empty()
        || match kind {
            TabKind::Number | TabKind::Numerical => Decimal::read(value).is_some(),
            TabKind::Email => is_email(value),
            TabKind::Checkbox => matches!(value, "true" | "false"),
            TabKind::List | TabKind::Radio => choices.iter().any(|choice| choice.value == value),
            _ => true,
        }
}

/// For a reader.
fn text(found: &Found, language: &str) -> String {
    match found {
        Found::Text(text) => text.clone(),
        Found::Number(number) => wording::number(number, language),
        Found::Money(amount, currency) => wording::money(amount, currency.as_deref(), language),
        Found::Bool(yes) => wording::yes_no(*yes, language).to_owned(),
        Found::Day(day) => wording::day(*day, language),
        Found::Options(held) => held.iter().map(|(label, _)| label.as_str()).collect::<Vec<_>>().join(", "),
    }
}

fn ticked(found: &Found) -> Option<bool> {
    let said = match found {
        Found::Bool(yes) => return Some(*yes),
        Found::Text(text) => text,
        Found::Options(held) => match held.as_slice() {
            [(_, value)] => value,
            _ => return None,
        },
        _ => return None,
    };
    match said.to_ascii_lowercase().as_str() {
        "true" | "yes" => Some(true),
        "false" | "no" => Some(false),
        _ => None,
    }
}

/// The value of the choice that is called `name`; capitals matter only where two would fit.
fn choice(name: &str, choices: &[Choice]) -> Option<String> {
    let exact = choices.iter().find(|c| c.value == name || c.text == name);
    let lower = name.to_lowercase();
    let found = exact.or_else(|| {
        choices.iter().find(|c| c.value.to_lowercase() == lower || c.text.to_lowercase() == lower)
    });
    found.map(|choice| choice.value.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merge::Day;

    fn choices() -> Vec<Choice> {
        let choice = |value: &str, text: &str| Choice { value: value.into(), text: text.into(), place: None };
        vec![choice("14", "14 days net"), choice("30", "30 days net"), choice("yes", "Yes")]
    }

    #[track_caller]
    fn check(found: Found, kind: TabKind, expected: Result<&str, &str>) {
        let made = convert(&found, &kind, &choices(), "en");
        let made = made.as_deref().map_err(String::as_str);
        assert_eq!(made, expected, "{found:?} into {kind:?}");
        if let Ok(value) = made {
            assert!(fits(value, &kind, &choices()), "{value:?} must be allowed by hand, too");
        }
    }

    fn number(text: &str) -> Found {
        Found::Number(Decimal::read(text).expect("a number"))
    }

    fn words(text: &str) -> Found {
        Found::Text(text.into())
    }

    #[test]
    fn every_kind_takes_what_fits_it() {
        let day = || Found::Day(Day::read("2026-12-31").expect("a day"));
        let money = || Found::Money(Decimal::read("12500.5").expect("a number"), Some("EUR".into()));
        let terms = |value: &str, label: &str| Found::Options(vec![(label.into(), value.into())]);
        check(number("12500.5"), TabKind::Text, Ok("12,500.5"));
        check(number("12500.5"), TabKind::Number, Ok("12500.5"));
        check(money(), TabKind::Text, Ok("EUR\u{a0}12,500.50"));
        check(money(), TabKind::Numerical, Ok("12500.5"));
        check(words(" 7 "), TabKind::Number, Err(" 7 "));
        check(words("7"), TabKind::Number, Ok("7"));
        check(words("seven"), TabKind::Number, Err("seven"));
        check(day(), TabKind::Number, Err("December 31, 2026"));
        check(day(), TabKind::Date, Ok("December 31, 2026"));
        check(day(), TabKind::Text, Ok("December 31, 2026"));
        check(number("7"), TabKind::Date, Err("7"));
        check(words("ann@client.example"), TabKind::Email, Ok("ann@client.example"));
        check(words("ann"), TabKind::Email, Err("ann"));
        check(Found::Bool(true), TabKind::Checkbox, Ok("true"));
        check(Found::Bool(false), TabKind::Text, Ok("No"));
        check(words("Yes"), TabKind::Checkbox, Ok("true"));
        check(words("perhaps"), TabKind::Checkbox, Err("perhaps"));
        check(terms("net30", "30 days net"), TabKind::List, Ok("30"));
        check(terms("30", "Thirty days"), TabKind::Radio, Ok("30"));
        check(terms("net60", "60 days net"), TabKind::List, Err("60 days net"));
        check(words("30 DAYS NET"), TabKind::List, Ok("30"));
        check(Found::Bool(true), TabKind::Radio, Ok("yes"));
        let two =
            || Found::Options(vec![("14 days net".into(), "14".into()), ("30 days net".into(), "30".into())]);
        check(two(), TabKind::Text, Ok("14 days net, 30 days net"));
        check(two(), TabKind::List, Err("14 days net, 30 days net"));
    }

    #[test]
    fn a_value_by_hand_must_fit_too() {
        let check = |value: &str, kind: TabKind, good: bool| {
            assert_eq!(fits(value, &kind, &choices()), good, "{value:?} {kind:?}");
        };
        for kind in [TabKind::Number, TabKind::Email, TabKind::Checkbox, TabKind::List, TabKind::Radio] {
            check("", kind.clone(), true);
            check("?", kind, false);
        }
        check("anything", TabKind::Text, true);
        check("anything", TabKind::Date, true);
        check(" 7.5 ", TabKind::Number, true);
        check("30 days net", TabKind::List, false);
        check("30", TabKind::List, true);
    }
}
