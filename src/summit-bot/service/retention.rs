//! Tasks that nobody asks for: deleting in time, and knowing which servers the bot is in.

use std::time::{Duration, SystemTime};

use tokio::time::sleep;

use super::Service;
use crate::store::{StoreError, Swept};

/// How often it is looked for what is to be deleted.
const A_DAY: Duration = Duration::from_hours(24);
/// How soon again, where it failed.
const AN_HOUR: Duration = Duration::from_hours(1);

impl Service {
    /// Deletes what has been kept as long as it may be: now, and then every day, for ever.
    pub async fn sweep_daily(&self) {
        loop {
            let pause = match self.sweep(now()).await {
                Ok(Swept { guilds, records, voters, unanswered }) => {
                    tracing::info!(
                        "deleted in time: {guilds} servers, {records} records of changes, {voters} \
                         ties of votes, {unanswered} questions without an answer"
                    );
                    A_DAY
                }
                Err(error) => {
                    tracing::warn!("what is too old was not deleted: {error}");
                    AN_HOUR
                }
            };
            sleep(pause).await;
        }
    }

    /// Deletes what has been kept as long as it may be, seen from `now`, in seconds since 1970.
    ///
    /// # Errors
    /// If the store fails.
    pub async fn sweep(&self, now: u64) -> Result<Swept, StoreError> {
        match &self.store {
            Some(store) => store.sweep(now).await,
            None => Ok(Swept::default()),
        }
    }

    /// The bot is in a server.
    pub async fn arrived(&self, guild: u64) {
        let Some(store) = &self.store else { return };
        if let Err(error) = store.arrived(guild).await {
            tracing::warn!("it was not kept that the bot is in a server: {error}");
        }
    }

    /// The bot was removed from a server at `now`, in seconds since 1970: after a while, what is
    /// kept of it is deleted. An outage is no removal.
    pub async fn removed(&self, guild: u64, now: u64) {
        let Some(store) = &self.store else { return };
        if let Err(error) = store.removed(guild, now).await {
            tracing::warn!("it was not kept that the bot was removed from a server: {error}");
        }
    }

    /// At `now` the bot is in these servers and in no others that `is_ours` says may be among them:
    /// what happened while it did not run.
    pub async fn is_in(&self, guilds: &[u64], is_ours: impl Fn(u64) -> bool, now: u64) {
        let Some(store) = &self.store else { return };
        for (guild, was_removed) in store.guilds() {
            match guilds.contains(&guild) {
                true if was_removed => self.arrived(guild).await,
                false if !was_removed && is_ours(guild) => self.removed(guild, now).await,
                _ => {}
            }
        }
    }
}

/// Returns the time, in seconds since 1970 (UTC).
fn now() -> u64 {
    let passed = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    passed.unwrap_or_default().as_secs()
}
