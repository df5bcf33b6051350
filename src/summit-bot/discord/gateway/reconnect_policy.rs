//! When the gateway may be tried again, and when there is no point in it. Pure: no clock, no
//! chance.
//!
//! Discord allows a thousand IDENTIFYs a day and takes the token of whoever needs more. How many
//! are used up it tells itself, so that restarts of the program do not hide them.

use std::collections::VecDeque;
use std::time::Duration;

use serde::Deserialize;
use tokio::time::Instant;

/// The wait after the first failure; it doubles.
const FIRST_WAIT: Duration = Duration::from_secs(1);
/// The longest wait between two failures.
const LONGEST_WAIT: Duration = Duration::from_mins(1);
/// Discord wants so much between two IDENTIFYs of one bot; it doubles with each in vain.
const FIRST_GAP: Duration = Duration::from_secs(5);
/// The longest time between two IDENTIFYs.
const LONGEST_GAP: Duration = Duration::from_mins(5);
/// A connection that ran so long was good, and the next failure is a new one.
const GOOD_CONNECTION: Duration = Duration::from_secs(10);
/// The same for sessions.
const GOOD_SESSION: Duration = Duration::from_mins(10);
/// The most IDENTIFYs in an hour.
const MOST: (usize, Duration) = (60, Duration::from_hours(1));
/// How often a session is tried to be resumed before it is given up.
const RESUMES: u32 = 5;
/// After so long without one success the program ends: who started it may know better.
const HOPELESS: Duration = Duration::from_mins(30);
/// Over which time Discord counts IDENTIFYs.
const DAY: Duration = Duration::from_hours(24);
/// How many IDENTIFYs may come at once, before those that each hour allows: fewer than sixty in
/// the first hour of a day, however often the program is restarted.
const BURST: f64 = 18.0;

/// Discord's limit of IDENTIFYs: `session_start_limit` of `GET /gateway/bot`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) struct StartLimit {
    /// How many a day.
    pub(super) total: u64,
    /// How many are left.
    pub(super) remaining: u64,
    /// Milliseconds until all are there again.
    pub(super) reset_after: u64,
}

impl StartLimit {
    /// Returns how long to wait before the next, so that what is left lasts until the day is over.
    #[allow(clippy::cast_precision_loss, reason = "a day's numbers, for a wait in seconds")]
    pub(super) fn wait(self) -> Duration {
        let reset = Duration::from_millis(self.reset_after).min(DAY);
        if self.remaining == 0 {
            return reset;
        }
        let used = self.total.saturating_sub(self.remaining) as f64;
        let earned = BURST + self.total as f64 * (1.0 - reset.as_secs_f64() / DAY.as_secs_f64());
        let missing = (used + 1.0 - earned).max(0.0);
        DAY.mul_f64(missing / (self.total as f64).max(1.0)).min(reset)
    }
}

/// The attempts so far, and their success.
#[derive(Debug, Default)]
pub(super) struct Pace {
    /// By when each IDENTIFY of the last hour had arrived.
    identifies: VecDeque<Instant>,
    /// IDENTIFYs since the last good session.
    in_vain: u32,
    /// Failures since the last good connection.
    failures: u32,
    last_failure: Option<Instant>,
    /// Since when nothing has succeeded.
    failing_since: Option<Instant>,
}

impl Pace {
    /// Returns how long to wait before the next connection. `chance` is from 0 to 1: so that not
    /// all bots come back at once, the wait is longer by up to a quarter.
    pub(super) fn before_connection(&self, now: Instant, chance: f64) -> Duration {
        let Some(last) = self.last_failure else { return Duration::ZERO };
        // A connection that was good may be followed at once.
        let Some(doublings) = self.failures.checked_sub(1) else { return Duration::ZERO };
        let wait = doubled(FIRST_WAIT, doublings).min(LONGEST_WAIT);
        wait.mul_f64(1.0 + chance.clamp(0.0, 1.0) / 4.0)
            .saturating_sub(now.saturating_duration_since(last))
    }

    /// Returns how long to wait before the next IDENTIFY.
    pub(super) fn before_identify(&self, now: Instant) -> Duration {
        let since = |at: &Instant| now.saturating_duration_since(*at);
        let Some(last) = self.identifies.back() else { return Duration::ZERO };
        let gap = doubled(FIRST_GAP, self.in_vain.saturating_sub(1)).min(LONGEST_GAP);
        let (most, hour) = MOST;
        let nth = self.identifies.len().checked_sub(most).and_then(|at| self.identifies.get(at));
        let budget = nth.map_or(Duration::ZERO, |at| hour.saturating_sub(since(at)));
        gap.saturating_sub(since(last)).max(budget)
    }

    /// Notes that an IDENTIFY had reached the gateway by then, or may have. One that was waited for
    /// and never sent, as no connection was made, is none.
    pub(super) fn identified(&mut self, by: Instant) {
        self.identifies.push_back(by);
        if self.identifies.len() > MOST.0 {
            self.identifies.pop_front();
        }
        self.in_vain = self.in_vain.saturating_add(1);
    }

    /// Notes the end of a connection whose session ran so long, or not at all, or that there was
    /// no connection.
    pub(super) fn ended(&mut self, now: Instant, ran: Option<Duration>) {
        if ran.is_some_and(|ran| ran >= GOOD_CONNECTION) {
            self.failures = 0;
        } else {
            self.failures = self.failures.saturating_add(1);
        }
        self.last_failure = Some(now);
        if ran.is_some_and(|ran| ran >= GOOD_SESSION) {
            self.in_vain = self.in_vain.min(1);
        }
        match ran {
            Some(_) => self.failing_since = None,
            None => _ = self.failing_since.get_or_insert(now),
        }
    }

    /// Notes that it was waited on Discord's demand, which is no failure.
    pub(super) fn waited(&mut self) {
        self.failing_since = None;
    }

    /// Returns whether a session that could not be resumed is given up.
    pub(super) fn gives_session_up(&self) -> bool {
        self.failures > RESUMES
    }

    /// Returns whether everything has failed for so long that the program may end.
    pub(super) fn is_hopeless(&self, now: Instant) -> bool {
        self.failing_since.is_some_and(|since| now.saturating_duration_since(since) >= HOPELESS)
    }
}

fn doubled(wait: Duration, times: u32) -> Duration {
    wait * (1 << times.min(16))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{DAY, Duration, FIRST_GAP, HOPELESS, Instant, LONGEST_GAP, Pace, StartLimit};

    /// The fate of a connection.
    #[derive(Debug, Clone, Copy)]
    struct Fate {
        /// `true` if an IDENTIFY is needed.
        is_new: bool,
        /// Seconds until it can be sent; nothing where no connection is made.
        greeted: Option<u64>,
        /// Seconds from then until it ends.
        lasts: u64,
        runs: bool,
    }

    fn fate() -> impl Strategy<Value = Fate> {
        let lasts = prop_oneof![Just(0), 0..20_u64, 0..1_000_u64];
        let greeted = proptest::option::weighted(0.8, prop_oneof![Just(0), 0..15_u64]);
        (any::<bool>(), greeted, lasts, any::<bool>())
            .prop_map(|(is_new, greeted, lasts, runs)| Fate { is_new, greeted, lasts, runs })
    }

    /// When there are IDENTIFYs, in seconds, where this happens again and again for four hours.
    fn identifies(fates: &[Fate]) -> Vec<u64> {
        let start = Instant::now();
        let (mut reconnect_policy, mut now, mut found) = (Pace::default(), start, Vec::new());
        for fate in fates.iter().cycle() {
            now += reconnect_policy.before_connection(now, 0.0);
            if fate.is_new {
                now += reconnect_policy.before_identify(now);
            }
            let mut ran = None;
            if let Some(greeted) = fate.greeted {
                now += Duration::from_secs(greeted);
                let lasts = Duration::from_secs(fate.lasts);
                ran = fate.runs.then_some(lasts);
                if fate.is_new {
                    found.push((now - start).as_secs());
                    reconnect_policy.identified(if fate.runs { now } else { now + lasts });
                }
                now += lasts;
            }
            reconnect_policy.ended(now, ran);
            if now > start + Duration::from_hours(4) {
                break;
            }
        }
        found
    }

    proptest! {
        #[test]
        fn sixty_identifies_an_hour_are_the_most_whatever_happens(
            fates in proptest::collection::vec(fate(), 1..9),
        ) {
            for window in identifies(&fates).windows(61) {
                prop_assert!(window[60] - window[0] >= 3600, "{window:?}");
            }
        }

        #[test]
        fn two_identifies_are_never_closer_than_discord_wants(
            fates in proptest::collection::vec(fate(), 1..9),
        ) {
            for pair in identifies(&fates).windows(2) {
                prop_assert!(pair[1] - pair[0] >= FIRST_GAP.as_secs(), "{pair:?}");
            }
        }
    }

    #[test]
    fn a_gateway_that_refuses_is_tried_ever_more_rarely() {
        let refused = Fate { is_new: true, greeted: Some(0), lasts: 0, runs: false };
        let at = identifies(&[refused]);
        let gaps: Vec<u64> = at.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert_eq!(gaps[..7], [5, 10, 20, 40, 80, 160, 300]);
        assert!(gaps[7..].iter().all(|gap| *gap == LONGEST_GAP.as_secs()), "{gaps:?}");
    }

    #[test]
    fn a_connection_that_was_good_is_followed_at_once() {
        let now = Instant::now();
        let mut reconnect_policy = Pace::default();
        reconnect_policy.identified(now);
        let later = now + Duration::from_mins(1);
        reconnect_policy.ended(later, Some(Duration::from_mins(1)));
        assert_eq!(reconnect_policy.before_connection(later, 1.0), Duration::ZERO);
        // Also where the session is lost.
        assert_eq!(reconnect_policy.before_identify(later), Duration::ZERO);
    }

    #[test]
    fn connections_that_break_at_once_are_tried_ever_more_rarely_and_the_session_given_up() {
        let mut now = Instant::now();
        let (mut reconnect_policy, mut waits) = (Pace::default(), Vec::new());
        for _ in 0..9 {
            reconnect_policy.ended(now, None);
            let wait = reconnect_policy.before_connection(now, 0.0);
            waits.push((wait.as_secs(), reconnect_policy.gives_session_up()));
            assert_eq!(reconnect_policy.before_connection(now, 1.0), wait.mul_f64(1.25));
            now += wait;
        }
        let expected = [1, 2, 4, 8, 16, 32, 60, 60, 60];
        let expected = expected.into_iter().enumerate().map(|(at, wait)| (wait, at >= 5));
        assert_eq!(waits, expected.collect::<Vec<_>>());
    }

    #[test]
    fn half_an_hour_of_nothing_but_failures_is_hopeless() {
        let start = Instant::now();
        let mut reconnect_policy = Pace::default();
        reconnect_policy.ended(start, None);
        assert!(!reconnect_policy.is_hopeless(start));
        assert!(reconnect_policy.is_hopeless(start + HOPELESS));
        reconnect_policy.ended(start + HOPELESS, Some(Duration::ZERO));
        assert!(!reconnect_policy.is_hopeless(start + 2 * HOPELESS));
    }

    #[test]
    fn what_discord_counts_holds_a_bot_back_that_is_restarted_again_and_again() {
        let limit = |remaining, reset: Duration| StartLimit {
            total: 1000,
            remaining,
            reset_after: u64::try_from(reset.as_millis()).unwrap(),
        };
        assert_eq!(limit(1000, DAY).wait(), Duration::ZERO);
        assert_eq!(limit(990, DAY).wait(), Duration::ZERO);
        assert_eq!(limit(1000, Duration::ZERO).wait(), Duration::ZERO);
        assert_eq!(limit(0, DAY / 2).wait(), DAY / 2);
        assert!(limit(1, DAY / 2).wait() > Duration::from_hours(11));

        // A process that does nothing but identify and end, for a day.
        let (mut now, mut used, mut at) = (Duration::ZERO, 0, Vec::new());
        loop {
            now += limit(1000 - used, DAY.saturating_sub(now)).wait();
            if now >= DAY {
                break;
            }
            used += 1;
            at.push(now.as_secs());
            now += Duration::from_secs(1);
        }
        assert!(at.len() > 900, "{}", at.len());
        assert!(at.windows(61).all(|window| window[60] - window[0] >= 3600));
    }
}
