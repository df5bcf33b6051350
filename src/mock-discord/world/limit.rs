//! Rate limits: five messages in five seconds per channel, fifty requests a second in all. See
//! <https://discord.com/developers/docs/topics/rate-limits>.

use std::collections::BTreeMap;

use super::RestError;

/// Rate limits, and how much of each is used.
#[derive(Debug, Clone)]
pub struct Limits {
    /// `true` if they are enforced; the headers are there either way.
    pub enforced: bool,
    /// How many requests a bucket takes within [`Limits::window_ms`].
    pub per_bucket: u32,
    /// The length of a bucket's window.
    pub window_ms: u64,
    /// How many requests a second all routes take together, interactions apart.
    pub global: u32,
    used: BTreeMap<String, (u64, u32)>,
}

/// A bucket as an answer's headers tell of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Quota {
    /// The bucket's name.
    pub bucket: String,
    /// How many requests it takes.
    pub limit: u32,
    /// How many are left.
    pub remaining: u32,
    /// When it is empty again, in milliseconds of Unix time.
    pub reset_ms: u64,
    /// Seconds until then.
    pub reset_after: f64,
}

impl Limits {
    /// Discord's limits, enforced or only told.
    #[must_use]
    pub fn new(enforced: bool) -> Self {
        let used = BTreeMap::new();
        Self { enforced, per_bucket: 5, window_ms: 5_000, global: 50, used }
    }

    /// Forgets what was used in windows that are over.
    pub fn forget(&mut self, now_ms: u64) {
        let window = self.window_ms;
        self.used.retain(|_, (start, _)| *start + window > now_ms);
    }

    /// Counts one request of all.
    ///
    /// # Errors
    ///
    /// 429 when there were too many within the second.
    pub fn take_global(&mut self, now_ms: u64) -> Result<(), RestError> {
        let quota = self.count("global", now_ms, self.global, 1_000);
        quota.map(|_| ()).map_err(|wait| RestError::rate_limited(wait, true))
    }

    /// Counts one request of a bucket.
    ///
    /// # Errors
    ///
    /// 429 when there were too many within the window.
    pub fn take(&mut self, bucket: &str, now_ms: u64) -> Result<Quota, RestError> {
        self.count(bucket, now_ms, self.per_bucket, self.window_ms)
            .map_err(|wait| RestError::rate_limited(wait, false))
    }

    fn count(&mut self, name: &str, now_ms: u64, limit: u32, window: u64) -> Result<Quota, f64> {
        let (start, used) = self.used.entry(name.to_owned()).or_insert((now_ms, 0));
        if now_ms >= *start + window {
            (*start, *used) = (now_ms, 0);
        }
        let reset_ms = *start + window;
        let reset_after = seconds(reset_ms - now_ms);
        if *used >= limit && self.enforced {
            return Err(reset_after);
        }
        *used = used.saturating_add(1);
        let remaining = limit.saturating_sub(*used);
        Ok(Quota { bucket: name.to_owned(), limit, remaining, reset_ms, reset_after })
    }
}

#[allow(clippy::cast_precision_loss, reason = "milliseconds of a window are small")]
fn seconds(ms: u64) -> f64 {
    ms as f64 / 1000.0
}
