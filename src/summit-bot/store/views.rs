//! What is known of all communities, in memory: answering a question reads no database.

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use super::load::Known;

/// What was read last.
#[derive(Debug, Default)]
pub(super) struct Views {
    known: RwLock<HashMap<u64, Known>>,
    /// Held by whoever reads from the database and puts in here what was read, so that no one
    /// puts in what has become old meanwhile.
    pub(super) turn: tokio::sync::Mutex<()>,
}

impl Views {
    pub(super) fn of(&self, guild: u64) -> Option<Known> {
        self.read().get(&guild).cloned()
    }

    pub(super) fn put(&self, guild: u64, known: Option<Known>) {
        match known {
            Some(known) => self.write().insert(guild, known),
            None => self.write().remove(&guild),
        };
    }

    pub(super) fn put_all(&self, known: HashMap<u64, Known>) {
        *self.write() = known;
    }

    /// Returns the ids of all communities of which something is known.
    pub(super) fn guilds(&self) -> Vec<(u64, bool)> {
        let mut guilds: Vec<_> =
            self.read().iter().map(|(guild, known)| (*guild, known.is_removed)).collect();
        guilds.sort_unstable();
        guilds
    }

    fn read(&self) -> RwLockReadGuard<'_, HashMap<u64, Known>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<u64, Known>> {
        self.known.write().unwrap_or_else(PoisonError::into_inner)
    }
}
