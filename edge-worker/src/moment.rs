//! Now, and the vendors' text dates as moments.

use chrono::{DateTime, NaiveDateTime, Utc};
use core::time::Duration;
use shared::time::Timestamp;

/// The clock of the machine. In workerd it stands still while code runs and moves on with every await.
pub fn now() -> Timestamp {
    Timestamp(Utc::now().timestamp_millis())
}

/// RFC 3339 with any number of fraction digits (DocuSign sends seven); without a zone it is taken as UTC.
pub fn parse(text: &str) -> Option<Timestamp> {
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Some(Timestamp(moment.timestamp_millis()));
    }
    let naive = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
    Some(Timestamp(naive.and_utc().timestamp_millis()))
}

/// Waits. `setTimeout` in workerd, tokio's timer in native tests.
pub async fn pause(duration: Duration) {
    #[cfg(target_arch = "wasm32")]
    worker::Delay::from(duration).await;
    #[cfg(not(target_arch = "wasm32"))]
    tokio::time::sleep(duration).await;
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
        check("", None);
        check("yesterday", None);
    }
}
