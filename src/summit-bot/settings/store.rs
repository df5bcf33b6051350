//! The place of the store, from `store.url`.

use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::Check;

/// The place of the store for the settings of communities.
#[derive(Debug, Clone, PartialEq)]
pub enum Store {
    /// A database file of SQLite.
    File(PathBuf),
    /// Memory: forgotten when the program ends.
    Memory,
    /// A PostgreSQL server.
    Server(ServerUrl),
}

/// The address of a database server. It may hold a password, and cannot be printed.
#[derive(Debug, Clone)]
pub struct ServerUrl(SecretString);

impl ServerUrl {
    /// Returns the address as it was written, for the one place that connects.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl PartialEq for ServerUrl {
    fn eq(&self, other: &Self) -> bool {
        self.expose() == other.expose()
    }
}

impl Store {
    /// Reads `sqlite:PATH`, `sqlite::memory:` or `postgres://…`.
    #[must_use]
    pub fn parse(url: &str) -> Option<Self> {
        let url = url.trim();
        if ["postgres://", "postgresql://"].iter().any(|scheme| url.starts_with(scheme)) {
            return Some(Self::Server(ServerUrl(SecretString::new(url.to_owned()))));
        }
        let path = url.strip_prefix("sqlite:")?;
        let path = path.strip_prefix("//").unwrap_or(path);
        match path {
            ":memory:" => Some(Self::Memory),
            "" => None,
            path if path.ends_with('/') => None,
            path => Some(Self::File(PathBuf::from(path))),
        }
    }
}

/// Not printable, since a password may be in it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawStore {
    url: String,
}

impl std::fmt::Debug for RawStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RawStore").finish_non_exhaustive()
    }
}

impl RawStore {
    pub(super) fn check(self, check: &mut Check<'_>) -> Store {
        let place = Store::parse(&self.url);
        check.that(place.is_some(), "store.url", || {
            "must be sqlite: and a file, for example sqlite:data/summit-bot.sqlite3, or \
             postgres:// and a server"
                .to_owned()
        });
        place.unwrap_or(Store::Memory)
    }
}
