//! HubSpot's rate limits, as sliding windows per portal: 110 calls in 10 seconds, searches 5 in one second and
//! counted apart.

use std::collections::VecDeque;

pub const CALLS: usize = 110;
pub const CALLS_WINDOW_MS: i64 = 10_000;
pub const SEARCHES: usize = 5;
pub const SEARCHES_WINDOW_MS: i64 = 1_000;
/// `hubspot.fetch` calls under way at once, per portal.
pub const FETCHES: u32 = 20;

#[derive(Clone, Debug, Default)]
pub struct Limits {
    pub calls: Window,
    pub searches: Window,
    pub fetches: u32,
}

#[derive(Clone, Debug, Default)]
pub struct Window(VecDeque<i64>);

impl Window {
    /// Counts a call at `now`; answers how many are left, or nothing when the window is full. A refused call does
    /// not count.
    pub fn take(&mut self, now: i64, max: usize, window_ms: i64) -> Option<usize> {
        while self.0.front().is_some_and(|&at| at <= now - window_ms) {
            self.0.pop_front();
        }
        if self.0.len() >= max {
            return None;
        }
        self.0.push_back(now);
        Some(max - self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_refuses_when_full_and_forgets_what_is_old() {
        let mut window = Window::default();
        for left in (0..SEARCHES).rev() {
            assert_eq!(window.take(1_000, SEARCHES, SEARCHES_WINDOW_MS), Some(left));
        }
        assert_eq!(window.take(1_999, SEARCHES, SEARCHES_WINDOW_MS), None);
        assert_eq!(window.take(2_000, SEARCHES, SEARCHES_WINDOW_MS), Some(SEARCHES - 1));
    }
}
