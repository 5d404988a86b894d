//! Rate limits (facts §7): 3 000 calls an hour and 200 in 30 seconds per account, and the polling rule per
//! envelope. The polling numbers are not published; the ones here are this sandbox's.

use std::collections::HashMap;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use chrono::{DateTime, Utc};

use super::problem::{Problem, problem};

pub const HOURLY: i64 = 3_000;
pub const BURST: i64 = 200;
const BURST_SECONDS: i64 = 30;
/// One GET of the same resource of an envelope in this time; more is flagged, not refused.
pub const POLLING_SECONDS: i64 = 15 * 60;
const POLLING_BURST: i64 = 40;
const POLLING_HOURLY: i64 = 120;

/// One account's counters. Not saved: they end with the process.
#[derive(Debug, Default)]
pub struct Limits {
    hour: i64,
    in_hour: i64,
    burst: i64,
    in_burst: i64,
    /// Resource path of an envelope to its last GET.
    last_get: HashMap<String, DateTime<Utc>>,
    per_envelope: HashMap<String, Polling>,
    /// GETs that came sooner than the rule allows: they can fail a Go-Live review.
    pub violations: u64,
}

#[derive(Debug, Default)]
struct Polling {
    hour: i64,
    in_hour: i64,
    burst: i64,
    in_burst: i64,
}

impl Limits {
    /// Counts a call.
    ///
    /// # Errors
    /// 429 once a limit is passed.
    pub fn count(&mut self, now: DateTime<Utc>) -> Result<(), Problem> {
        let t = now.timestamp();
        tick(t / 3600, &mut self.hour, &mut self.in_hour);
        tick(t / BURST_SECONDS, &mut self.burst, &mut self.in_burst);
        if self.in_hour > HOURLY {
            return Err(problem(
                429,
                "HOURLY_APIINVOCATION_LIMIT_EXCEEDED",
                "The maximum number of hourly API invocations has been exceeded.",
            ));
        }
        if self.in_burst > BURST {
            return Err(problem(
                429,
                "BURST_APIINVOCATION_LIMIT_EXCEEDED",
                "The maximum number of burst API invocations has been exceeded.",
            ));
        }
        Ok(())
    }

    /// Counts a GET of something of an envelope.
    ///
    /// # Errors
    /// 429 when one envelope is asked for far too often.
    pub fn polled(&mut self, envelope_id: &str, path: &str, now: DateTime<Utc>) -> Result<(), Problem> {
        if let Some(last) = self.last_get.insert(path.to_owned(), now)
            && (now - last).num_seconds() < POLLING_SECONDS
        {
            self.violations += 1;
        }
        let t = now.timestamp();
        let polling = self.per_envelope.entry(envelope_id.to_owned()).or_default();
        tick(t / 3600, &mut polling.hour, &mut polling.in_hour);
        tick(t / BURST_SECONDS, &mut polling.burst, &mut polling.in_burst);
        if polling.in_burst > POLLING_BURST {
            return Err(problem(
                429,
                "BURST_ENVELOPE_POLLING_LIMIT_EXCEEDED",
                "The burst polling limit for this envelope has been exceeded.",
            ));
        }
        if polling.in_hour > POLLING_HOURLY {
            return Err(problem(
                429,
                "HOURLY_ENVELOPE_POLLING_LIMIT_EXCEEDED",
                "The hourly polling limit for this envelope has been exceeded.",
            ));
        }
        Ok(())
    }

    pub fn write(&self, headers: &mut HeaderMap, now: DateTime<Utc>) {
        let reset = (now.timestamp() / 3600 + 1) * 3600;
        let lines = [
            ("x-ratelimit-limit", HOURLY),
            ("x-ratelimit-remaining", (HOURLY - self.in_hour).max(0)),
            ("x-ratelimit-reset", reset),
            ("x-burstlimit-limit", BURST),
            ("x-burstlimit-remaining", (BURST - self.in_burst).max(0)),
        ];
        for (name, value) in lines {
            headers.insert(HeaderName::from_static(name), HeaderValue::from(value));
        }
    }
}

fn tick(window: i64, at: &mut i64, count: &mut i64) {
    if *at != window {
        *at = window;
        *count = 0;
    }
    *count += 1;
}
