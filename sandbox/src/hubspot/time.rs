//! Times as HubSpot writes them.

use chrono::{DateTime, SecondsFormat, Utc};

/// `2026-11-23T10:00:00.000Z`.
pub fn iso(ms: i64) -> String {
    moment(ms).to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Epoch milliseconds from an ISO text, a plain date, or digits, as HubSpot takes them in properties.
pub fn parse(text: &str) -> Option<i64> {
    if let Ok(ms) = text.parse::<i64>() {
        return Some(ms);
    }
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.timestamp_millis());
    }
    let day = text.parse::<chrono::NaiveDate>().ok()?;
    Some(day.and_hms_opt(0, 0, 0)?.and_utc().timestamp_millis())
}

pub fn moment(ms: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(ms).unwrap_or_default()
}

/// Hours from UTC in winter; the sandbox has no zone table.
pub fn offset_hours(time_zone: &str) -> i32 {
    match time_zone {
        "America/New_York" => -5,
        "Asia/Tokyo" => 9,
        _ => 1,
    }
}
