//! Rate limits per person, in memory only.
//!
//! Only ids and times are stored, nothing of the questions.

use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

/// Requests that one person may make at once. Chosen: more than a person types in one go.
const BURST: NonZeroU32 = match NonZeroU32::new(10) {
    Some(number) => number,
    None => NonZeroU32::MIN,
};
/// Time until one more request is allowed. Chosen: ten in thirty seconds.
const REFILL: Duration = Duration::from_secs(3);
/// Pages that one person may turn at once. Chosen: three times the requests, as paging is cheap.
const PAGES: NonZeroU32 = match NonZeroU32::new(30) {
    Some(number) => number,
    None => NonZeroU32::MIN,
};
/// Time until one more page is allowed. Chosen: faster than reading.
const PAGE: Duration = Duration::from_secs(1);
/// Least time between two public notices to one person. Chosen: what the burst takes to refill.
const NOTICE: Duration = Duration::from_secs(30);

/// Counts requests per person.
#[derive(Debug)]
pub(super) struct RateLimit {
    clock: DefaultClock,
    requests: DefaultKeyedRateLimiter<u64>,
    pages: DefaultKeyedRateLimiter<u64>,
    notices: DefaultKeyedRateLimiter<u64>,
}

impl RateLimit {
    pub(super) fn new() -> Self {
        let clock = DefaultClock::default();
        let often =
            |quota: Option<Quota>| RateLimiter::keyed(quota.unwrap_or(Quota::per_second(BURST)));
        Self {
            clock,
            requests: often(Quota::with_period(REFILL).map(|quota| quota.allow_burst(BURST))),
            pages: often(Quota::with_period(PAGE).map(|quota| quota.allow_burst(PAGES))),
            notices: often(Quota::with_period(NOTICE)),
        }
    }

    /// Counts a request.
    ///
    /// # Errors
    /// Returns the seconds to wait if the limit is reached.
    pub(super) fn take(&self, person: u64) -> Result<(), u64> {
        self.count(&self.requests, person)
    }

    /// Counts a page turn, separately from requests.
    ///
    /// # Errors
    /// Returns the seconds to wait if the limit is reached.
    pub(super) fn turn(&self, person: u64) -> Result<(), u64> {
        self.count(&self.pages, person)
    }

    fn count(&self, counts: &DefaultKeyedRateLimiter<u64>, person: u64) -> Result<(), u64> {
        counts.check_key(&person).map_err(|refused| {
            let wait = refused.wait_time_from(self.clock.now());
            wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
        })
    }

    /// Returns whether a public notice is due, and counts it.
    pub(super) fn may_tell(&self, person: u64) -> bool {
        self.notices.check_key(&person).is_ok()
    }

    /// Evicts people whose limits are full again.
    pub(super) fn forget(&self) {
        for counts in [&self.requests, &self.pages, &self.notices] {
            counts.retain_recent();
            counts.shrink_to_fit();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RateLimit;

    #[test]
    fn one_person_is_held_back_and_others_are_not() {
        let limit = RateLimit::new();
        assert!((0..10).all(|_| limit.take(1).is_ok()));
        assert!(matches!(limit.take(1), Err(1..=3)));
        assert_eq!(limit.take(2), Ok(()));
        assert!((0..30).all(|_| limit.turn(1).is_ok()) && limit.turn(1).is_err());
        assert!(limit.may_tell(1) && !limit.may_tell(1) && limit.may_tell(2));
    }
}
