//! How values are written for a reader: numbers, amounts and days by the habits of a language.
//!
//! Rules, not a library: a contract needs few of them, and each is listed here. Numbers are grouped by threes and
//! never rounded. An amount carries its ISO 4217 code, which no country reads differently. A day is written with
//! the month's name in English, where figures alone mean different days to different readers, and in figures in
//! the other languages, each of which has one order. A language that is not listed is written as English.

use crate::{merge::value::Decimal, time::Timestamp};

/// How to write, and whose day it is.
#[derive(Clone, Copy)]
pub struct Wording<'a> {
    /// The recipient's language, such as `da` or `en-us`.
    pub language: &'a str,
    /// The day of a moment in the portal's time zone.
    pub local_day: &'a dyn Fn(Timestamp) -> Day,
}

/// A day of the calendar, in no time zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: i32,
    month: u8,
    day: u8,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const HARD_SPACE: &str = "\u{a0}";

/// A language's habits.
struct Habits {
    group: &'static str,
    point: &'static str,
    day: DayOrder,
    /// `EUR 12.50` rather than `12.50 EUR`.
    code_first: bool,
}

enum DayOrder {
    /// 31 December 2026
    English,
    /// December 31, 2026
    American,
    /// Day, month and year in figures, with this between them.
    DayFirst(&'static str),
    /// Year, month and day in figures, with this between them.
    YearFirst(&'static str),
}

fn habits(language: &str) -> Habits {
    let language = language.trim().to_ascii_lowercase().replace('_', "-");
    let habits = |group, point, day, code_first| Habits { group, point, day, code_first };
    match language.split('-').next().unwrap_or_default() {
        "da" | "tr" => habits(".", ",", DayOrder::DayFirst("."), false),
        "de" => habits(".", ",", DayOrder::DayFirst("."), false),
        "nl" => habits(".", ",", DayOrder::DayFirst("-"), true),
        "es" | "it" | "pt" | "id" => habits(".", ",", DayOrder::DayFirst("/"), false),
        "fr" => habits(HARD_SPACE, ",", DayOrder::DayFirst("/"), false),
        "nb" | "nn" | "no" | "fi" | "pl" | "cs" | "sk" | "uk" | "ru" | "bg" => {
            habits(HARD_SPACE, ",", DayOrder::DayFirst("."), false)
        }
        "sv" => habits(HARD_SPACE, ",", DayOrder::YearFirst("-"), false),
        "ja" | "zh" => habits(",", ".", DayOrder::YearFirst("/"), true),
        _ if language == "en-us" || language == "en" => habits(",", ".", DayOrder::American, true),
        _ => habits(",", ".", DayOrder::English, true),
    }
}

/// How many decimals an amount of a currency is written with (ISO 4217), where it is not two.
fn decimals(currency: &str) -> usize {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX" | "VND"
        | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

pub(crate) fn number(number: &Decimal, language: &str) -> String {
    written(number, &number.fraction, &habits(language))
}

/// At least the currency's decimals; more where the amount has more. Without a currency two, and no code.
pub(crate) fn money(amount: &Decimal, currency: Option<&str>, language: &str) -> String {
    let habits = habits(language);
    let currency = currency.map(str::trim).filter(|code| !code.is_empty()).map(str::to_ascii_uppercase);
    let decimals = currency.as_deref().map_or(2, decimals);
    let fraction = format!("{:0<decimals$}", amount.fraction);
    let figures = written(amount, &fraction, &habits);
    match currency {
        None => figures,
        Some(code) if habits.code_first => format!("{code}{HARD_SPACE}{figures}"),
        Some(code) => format!("{figures}{HARD_SPACE}{code}"),
    }
}

fn written(number: &Decimal, fraction: &str, habits: &Habits) -> String {
    let mut text = String::from(if number.negative { "-" } else { "" });
    let digits = number.whole.len();
    for (at, digit) in number.whole.chars().enumerate() {
        if at > 0 && (digits - at).is_multiple_of(3) {
            text.push_str(habits.group);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push_str(habits.point);
        text.push_str(fraction);
    }
    text
}

pub(crate) fn day(day: Day, language: &str) -> String {
    let Day { year, month, day } = day;
    let name = MONTHS.get(usize::from(month).saturating_sub(1)).copied().unwrap_or_default();
    match habits(language).day {
        DayOrder::English => format!("{day} {name} {year}"),
        DayOrder::American => format!("{name} {day}, {year}"),
        DayOrder::DayFirst(sep) => format!("{day:02}{sep}{month:02}{sep}{year:04}"),
        DayOrder::YearFirst(sep) => format!("{year:04}{sep}{month:02}{sep}{day:02}"),
    }
}

/// `Yes` and `No`, for a property of that kind in a field of text.
pub(crate) fn yes_no(yes: bool, language: &str) -> &'static str {
    let (yes_word, no_word) =
        match language.trim().to_ascii_lowercase().split(['-', '_']).next().unwrap_or_default() {
            "da" => ("Ja", "Nej"),
            "nb" | "nn" | "no" => ("Ja", "Nei"),
            "de" => ("Ja", "Nein"),
            "nl" => ("Ja", "Nee"),
            "sv" => ("Ja", "Nej"),
            "es" => ("Sí", "No"),
            "it" => ("Sì", "No"),
            "pt" => ("Sim", "Não"),
            "fr" => ("Oui", "Non"),
            "fi" => ("Kyllä", "Ei"),
            "pl" => ("Tak", "Nie"),
            "ja" => ("はい", "いいえ"),
            _ => ("Yes", "No"),
        };
    if yes { yes_word } else { no_word }
}

impl Day {
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let last = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        let good = (1..=9999).contains(&year) && (1..=last).contains(&day);
        good.then_some(Self { year, month, day })
    }

    /// The day in UTC of a moment in milliseconds since 1970; days outside the years 1 to 9999 become the nearest.
    pub fn utc(milliseconds: i64) -> Self {
        // Days since 0000-03-01, so that leap days come last in a year of 400-year eras (proleptic Gregorian).
        let days = (milliseconds.div_euclid(86_400_000) + 719_468).clamp(306, 3_652_364);
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Self { year: year as i32, month: month as u8, day: day as u8 }
    }

    /// `2026-12-31`.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
        if parts.next().is_some() || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
            return None;
        }
        Self::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    pub(crate) fn days_since_1970(self) -> i64 {
        let month = i64::from(self.month);
        let year = i64::from(self.year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let of_year =
            (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + of_year - 719_468
    }

    /// `2026-12-31`
    pub fn iso(self) -> String {
        day(self, "sv")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::read(text).expect("a number")
    }

    #[test]
    fn numbers_follow_the_language() {
        let check = |text: &str, language: &str, expected: &str| {
            assert_eq!(
                number(&decimal(text), language).replace(HARD_SPACE, "_"),
                expected,
                "{text} {language}"
            );
        };
        check("1234567.5", "en", "1,234,567.5");
        check("1234567.5", "da", "1.234.567,5");
        check("1234567.5", "da-DK", "1.234.567,5");
        check("1234567.5", "fr_CA", "1_234_567,5");
        check("1234567.5", "ja", "1,234,567.5");
        check("1234567.5", "xx", "1,234,567.5");
        check("-999", "de", "-999");
        check("-1000", "de", "-1.000");
        check("0", "", "0");
    }

    #[test]
    fn amounts_carry_their_currency() {
        let check = |text: &str, currency: &str, language: &str, expected: &str| {
            let shown = money(&decimal(text), Some(currency), language).replace(HARD_SPACE, "_");
            assert_eq!(shown, expected, "{text} {currency} {language}");
        };
        check("12500", "EUR", "en", "EUR_12,500.00");
        check("12500.5", "dkk", "da", "12.500,50_DKK");
        check("12500.125", "EUR", "de", "12.500,125_EUR");
        check("12500", "JPY", "ja", "JPY_12,500");
        check("12500", "KWD", "en-gb", "KWD_12,500.000");
        check("-5", "USD", "en", "USD_-5.00");
        check("12500", " ", "en", "12,500.00");
        assert_eq!(money(&decimal("7"), None, "da"), "7,00");
    }

    #[test]
    fn days_follow_the_language() {
        let check = |language: &str, expected: &str| {
            assert_eq!(day(Day::new(2026, 2, 3).expect("a day"), language), expected, "{language}");
        };
        check("en", "February 3, 2026");
        check("en-US", "February 3, 2026");
        check("en-gb", "3 February 2026");
        check("da", "03.02.2026");
        check("nl", "03-02-2026");
        check("fr", "03/02/2026");
        check("sv", "2026-02-03");
        check("zh-tw", "2026/02/03");
        check("tlh", "3 February 2026");
    }

    #[test]
    fn days_that_are_not_in_the_calendar_are_refused() {
        let check = |text: &str, good: bool| assert_eq!(Day::read(text).is_some(), good, "{text}");
        check("2026-12-31", true);
        check("2024-02-29", true);
        check("2026-02-29", false);
        check("1900-02-29", false);
        check("2000-02-29", true);
        check("2026-13-01", false);
        check("2026-00-01", false);
        check("0000-01-01", false);
        check("2026-1-1", false);
        check("2026-01-01-01", false);
        check("+026-01-01", false);
    }

    #[test]
    fn danish_and_norwegian_refuse_in_their_own_words() {
        assert_eq!((yes_no(true, "da"), yes_no(false, "da-dk")), ("Ja", "Nej"));
        assert_eq!((yes_no(true, "nb"), yes_no(false, "nb")), ("Ja", "Nei"));
        assert_eq!((yes_no(true, "en"), yes_no(false, "")), ("Yes", "No"));
    }

    proptest! {
        #[test]
        fn a_day_and_its_number_are_one(days in -719_162i64..2_932_896) {
            let day = Day::utc(days * 86_400_000);
            prop_assert_eq!(day.days_since_1970(), days);
            prop_assert_eq!(Day::read(&day.iso()), Some(day));
        }

        #[test]
        fn any_moment_has_a_day(milliseconds: i64) {
            let day = Day::utc(milliseconds);
            prop_assert_eq!(Day::new(day.year, day.month, day.day), Some(day));
        }

        #[test]
        fn no_digit_is_lost_in_writing(text in "-?[1-9][0-9]{0,20}(\\.[0-9]{0,6})?", language in "en|da|fr|sv|ja|xx") {
            let read = decimal(&text);
            let digits = |t: &str| t.chars().filter(char::is_ascii_digit).collect::<String>();
            prop_assert_eq!(digits(&number(&read, &language)), digits(&read.plain()));
            prop_assert!(digits(&money(&read, Some("EUR"), &language)).starts_with(&digits(&read.plain())));
        }
    }
}
