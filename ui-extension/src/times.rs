//! Moments in the reader's language and zone: relative for the eye, exact on hover and for screen readers.

use js_sys::{Date, Intl, Object, Reflect};
use leptos::prelude::*;
use shared::time::Timestamp;
use wasm_bindgen::JsValue;

use crate::redraw::redrawn;
use crate::words::{language, locales};

/// Milliseconds since 1970, now.
pub fn now() -> Timestamp {
    Timestamp(Date::now() as i64)
}

/// A distance in the unit a person would use, negative for the past; `None` where a date says more.
fn distance(from: Timestamp, now: Timestamp) -> Option<(i64, &'static str)> {
    const MINUTE: i64 = 60;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    let seconds = (from.0.saturating_sub(now.0)) / 1000;
    Some(match seconds.abs() {
        0..45 => (0, "second"),
        45..3_600 => (seconds.signum() * ((seconds.abs() + 30) / MINUTE).max(1), "minute"),
        3_600..79_200 => (seconds.signum() * ((seconds.abs() + HOUR / 2) / HOUR).max(1), "hour"),
        79_200..2_592_000 => (seconds.signum() * ((seconds.abs() + DAY / 2) / DAY).max(1), "day"),
        _ => return None,
    })
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (name, value) in pairs {
        // Setting a property of a fresh plain object cannot fail.
        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    options
}

fn written(moment: Timestamp, pairs: &[(&str, &str)]) -> String {
    let format = Intl::DateTimeFormat::new(&locales(language()), &options(pairs)).format();
    let date = Date::new(&JsValue::from_f64(moment.0 as f64));
    format.call1(&JsValue::UNDEFINED, &date).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// Such as “3 days ago” or “2 Oct”.
pub fn relative(moment: Timestamp, now: Timestamp) -> String {
    let Some((count, unit)) = distance(moment, now) else {
        return written(moment, &[("day", "numeric"), ("month", "short")]);
    };
    let options = options(&[("numeric", "auto"), ("style", "short")]);
    let format = Intl::RelativeTimeFormat::new(&locales(language()), &options);
    format.format(count as f64, unit).into()
}

/// Such as “20 November 2026 at 16:40”.
pub fn exact(moment: Timestamp) -> String {
    written(moment, &[("dateStyle", "long"), ("timeStyle", "short")])
}

/// `<time>`: relative to the eye, exact on hover and to a screen reader.
pub fn when(moment: Timestamp, now: Signal<Timestamp>) -> AnyView {
    let iso = String::from(Date::new(&JsValue::from_f64(moment.0 as f64)).to_iso_string());
    let title = exact(moment);
    let spoken = title.clone();
    view! {
        <time datetime=iso title=title>
            <span aria-hidden="true">{redrawn(move || relative(moment, now.get()))}</span>
            <span class="sr-only">{spoken}</span>
        </time>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_is_told_in_the_unit_a_person_would_use() {
        let check = |seconds: i64, expected| {
            assert_eq!(distance(Timestamp(-seconds * 1000), Timestamp(0)), expected, "{seconds} s ago");
        };
        check(0, Some((0, "second")));
        check(44, Some((0, "second")));
        check(45, Some((-1, "minute")));
        check(23 * 60, Some((-23, "minute")));
        check(3_600, Some((-1, "hour")));
        check(86_400, Some((-1, "day")));
        check(3 * 86_400 + 5, Some((-3, "day")));
        check(31 * 86_400, None);
        check(-120, Some((2, "minute")));
    }
}
