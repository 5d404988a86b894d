//! Now, and the vendors' text dates as moments.

use core::time::Duration;
use shared::{merge::Day, time::Timestamp};

/// The clock of the machine. In workerd it stands still while code runs and moves on with every await.
pub fn now() -> Timestamp {
    #[cfg(target_arch = "wasm32")]
    return Timestamp(worker::js_sys::Date::now() as i64);
    #[cfg(not(target_arch = "wasm32"))]
    {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        Timestamp(since.ok().and_then(|d| i64::try_from(d.as_millis()).ok()).unwrap_or_default())
    }
}

/// `2026-11-23T10:00:00Z`
pub fn iso(at: Timestamp) -> String {
    let seconds = at.0.div_euclid(1000).rem_euclid(86_400);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{}T{hour:02}:{minute:02}:{second:02}Z", Day::utc(at.0).iso())
}

/// RFC 3339 with any number of fraction digits (DocuSign sends seven); without a zone it is taken as UTC.
pub fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let number = |from: usize, to: usize| -> Option<i64> {
        let digits = text.get(from..to)?;
        digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
    };
    let is = |at: usize, expected: &[u8]| text.as_bytes().get(at).is_some_and(|b| expected.contains(b));
    let marks = is(4, b"-") && is(7, b"-") && is(10, b"Tt ") && is(13, b":") && is(16, b":");
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    if !marks || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // 60 is a leap second.
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let (mut rest, mut millis) = (text.get(19..)?, 0);
    if let Some(fraction) = rest.strip_prefix('.') {
        let digits = fraction.bytes().take_while(u8::is_ascii_digit).count();
        millis = format!("{:0<3}", fraction.get(..digits.min(3))?).parse().ok()?;
        rest = fraction.get(digits..)?;
    }
    let seconds = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset(rest)?;
    Some(Timestamp(seconds * 1000 + millis))
}

/// `Z`, `+01:00`, `-0130` or nothing, in seconds east of UTC.
fn offset(zone: &str) -> Option<i64> {
    let (sign, rest) = match zone.split_at_checked(1) {
        None => return Some(0),
        Some(("Z" | "z", "")) => return Some(0),
        Some(("+", rest)) => (1, rest),
        Some(("-", rest)) => (-1, rest),
        Some(_) => return None,
    };
    let digits: String = rest.chars().filter(|c| *c != ':').collect();
    let number: i64 = digits.parse().ok().filter(|_| digits.len() == 4 && !digits.starts_with(['+', '-']))?;
    Some(sign * (number / 100 * 3600 + number % 100 * 60))
}

/// Days from 1970-01-01 to a day of the Gregorian calendar, counted in years that begin in March.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// Waits. `setTimeout` in workerd, tokio's timer in native tests.
pub async fn pause(duration: Duration) {
    #[cfg(target_arch = "wasm32")]
    worker::Delay::from(duration).await;
    #[cfg(not(target_arch = "wasm32"))]
    tokio::time::sleep(duration).await;
}

/// The day of a moment in an IANA time zone, as workerd knows them; `None` where it does not, and in native tests.
#[cfg(target_arch = "wasm32")]
pub fn day_in(time_zone: &str, at: Timestamp) -> Option<Day> {
    use worker::{
        js_sys::{Date, Function, Object, Reflect},
        wasm_bindgen::{JsCast, JsValue},
    };
    if time_zone.is_empty() {
        return None;
    }
    let date = Date::new(&JsValue::from_f64(at.0 as f64));
    let options = Object::new();
    Reflect::set(&options, &"timeZone".into(), &time_zone.into()).ok()?;
    let written: Function = Reflect::get(&date, &"toLocaleDateString".into()).ok()?.dyn_into().ok()?;
    // Swedish days are written 2026-12-31. A zone that is not known throws.
    Day::read(&written.call2(&date, &"sv-SE".into(), &options).ok()?.as_string()?)
}

#[cfg(not(target_arch = "wasm32"))]
pub fn day_in(_: &str, _: Timestamp) -> Option<Day> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn docusign_dates_are_understood_with_seven_digits_and_without_a_zone() {
        let check =
            |text: &str, expected: Option<i64>| assert_eq!(parse(text).map(|t| t.0), expected, "{text}");
        check("2026-11-23T12:00:00.1234567Z", Some(1_795_435_200_123));
        check("2026-11-23T13:00:00.1234567+01:00", Some(1_795_435_200_123));
        check("2026-11-23T12:00:00Z", Some(1_795_435_200_000));
        check("2026-11-23T12:00:00", Some(1_795_435_200_000));
        check("2013-08-22T21:03:03.45", Some(1_377_205_383_450));
        check("2026-11-23T12:00:00-0130", Some(1_795_440_600_000));
        check("1970-01-01T00:00:00Z", Some(0));
        check("1969-12-31T23:59:59.999Z", Some(-1));
        check("2000-02-29T00:00:00Z", Some(951_782_400_000));
        check("2024-03-01T00:00:00.1Z", Some(1_709_251_200_100));
        for bad in [
            "2026-13-01T00:00:00Z",
            "2026-11-23T25:00:00Z",
            "2026-11-23",
            "2026-11-23T12:00:00X",
            "2026-11-23T12:00:00+1",
        ] {
            check(bad, None);
        }
        check("", None);
        check("yesterday", None);
    }
}
