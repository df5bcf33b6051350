//! The settings of all communities, in memory: answering a question reads no database.

use std::collections::HashMap;

use parking_lot::RwLock;

use super::load::Known;

/// The settings that were read last.
#[derive(Debug, Default)]
pub(super) struct Views {
    known: RwLock<HashMap<u64, Known>>,
    /// Held by whoever reads from the database and puts in here what was read, so that no one
    /// puts in what has become old meanwhile.
    pub(super) turn: tokio::sync::Mutex<()>,
}

impl Views {
    pub(super) fn of(&self, guild: u64) -> Option<Known> {
        self.known.read().get(&guild).cloned()
    }

    pub(super) fn put(&self, guild: u64, known: Option<Known>) {
        match known {
            Some(known) => self.known.write().insert(guild, known),
            None => self.known.write().remove(&guild),
        };
    }

    pub(super) fn put_all(&self, known: HashMap<u64, Known>) {
        *self.known.write() = known;
    }

    /// Returns the ids of all communities of which something is known.
    pub(super) fn guilds(&self) -> Vec<(u64, bool)> {
        let mut guilds: Vec<_> =
            self.known.read().iter().map(|(guild, known)| (*guild, known.is_removed)).collect();
        guilds.sort_unstable();
        guilds
    }
}
