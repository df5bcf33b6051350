//! Notes whether the database works, and when it is tried again.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::error::StoreError;

/// How long a database that fails is left alone: meanwhile no one waits for it in vain.
const PAUSE: Duration = Duration::from_secs(3);
/// How often a failure that goes on is logged.
const REMINDER: Duration = Duration::from_mins(1);

/// The health of a database.
#[derive(Debug, Default)]
pub(super) struct CircuitBreaker {
    until: Mutex<Option<Instant>>,
    logged: Mutex<Option<Instant>>,
    is_behind: AtomicBool,
}

impl CircuitBreaker {
    /// Returns whether it failed a moment ago.
    pub(super) fn is_resting(&self) -> bool {
        self.until.lock().is_some_and(|until| Instant::now() < until)
    }

    /// Notes a failure, for a while; logs it, unless it was logged just now.
    pub(super) fn after(&self, error: StoreError) -> StoreError {
        let now = Instant::now();
        *self.until.lock() = Some(now + PAUSE);
        let mut logged = self.logged.lock();
        if logged.is_none_or(|before| now.duration_since(before) >= REMINDER) {
            *logged = Some(now);
            tracing::error!("nothing can be saved: {}", error.with_cause());
        }
        error
    }

    /// Notes that the end of a change was not heard. It is logged each time: someone may ask.
    pub(super) fn in_doubt(&self, error: StoreError) -> StoreError {
        tracing::error!("it is not known whether a change was saved: {}", error.with_cause());
        self.mark_stale();
        error
    }

    /// Returns whether something could not be read that is needed for views.
    pub(super) fn is_behind(&self) -> bool {
        self.is_behind.load(Ordering::Acquire)
    }

    pub(super) fn mark_stale(&self) {
        self.is_behind.store(true, Ordering::Release);
    }

    pub(super) fn refresh(&self) {
        self.is_behind.store(false, Ordering::Release);
    }
}
