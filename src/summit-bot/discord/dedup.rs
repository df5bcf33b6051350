//! Acts that may happen once only, however often and however quickly it is asked for.

use std::collections::HashMap;
use std::time::Duration;

use parking_lot::Mutex;
use serenity::model::id::MessageId;
use tokio::time::Instant;

/// How long it is remembered. The button is gone after the first press; what counts are presses
/// that were under way by then.
const KEPT: Duration = Duration::from_mins(15);

/// Messages from which something was done.
#[derive(Debug, Default)]
pub(super) struct Dedup(Mutex<HashMap<MessageId, Instant>>);

impl Dedup {
    /// Returns whether this is the first time for a message.
    pub(super) fn is_first(&self, message: MessageId) -> bool {
        let now = Instant::now();
        let mut done = self.0.lock();
        done.retain(|_, at| now.saturating_duration_since(*at) < KEPT);
        done.insert(message, now).is_none()
    }

    /// It did not happen after all.
    pub(super) fn forget(&self, message: MessageId) {
        self.0.lock().remove(&message);
    }
}

#[cfg(test)]
mod tests {
    use super::Dedup;

    #[test]
    fn the_first_is_the_first_until_it_is_forgotten() {
        let dedup = Dedup::default();
        assert!(dedup.is_first(1.into()) && !dedup.is_first(1.into()) && dedup.is_first(2.into()));
        dedup.forget(1.into());
        assert!(dedup.is_first(1.into()));
    }
}
