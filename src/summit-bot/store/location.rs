//! The place of the store, and the database that is open there.

use std::path::Path;

use tokio::sync::{RwLock, RwLockReadGuard};

use super::database::Database;
use super::error::StoreError;
use super::file::{self, DatabaseFile, Opened};
use super::migrations;
use super::server::Server;
use crate::settings;

/// The place of a store.
#[derive(Debug, Clone)]
pub(super) enum Location {
    File(DatabaseFile),
    Memory,
    Server(Box<Server>),
}

/// The database that is open.
#[derive(Debug)]
enum Open {
    File(Opened),
    Other(Database),
}

impl Open {
    fn database(&self) -> &Database {
        match self {
            Self::File(opened) => &opened.database,
            Self::Other(database) => database,
        }
    }
}

impl Location {
    pub(super) fn new(settings: &settings::Store) -> Result<Self, StoreError> {
        Ok(match settings {
            settings::Store::File(path) => Self::File(DatabaseFile::new(path)),
            settings::Store::Memory => Self::Memory,
            settings::Store::Server(url) => Self::Server(Box::new(Server::new(url)?)),
        })
    }

    fn name(&self) -> &str {
        match self {
            Self::File(file) => file.location(),
            Self::Memory => "the store in memory",
            Self::Server(server) => server.location(),
        }
    }

    pub(super) fn sql(&self, error: sqlx::Error) -> StoreError {
        match self {
            Self::Server(server) => server.sql(error),
            location => StoreError::of_database(location.name(), error),
        }
    }

    async fn open(&self) -> Result<Open, StoreError> {
        Ok(match self {
            Self::File(file) => Open::File(file.open().await?),
            Self::Memory => Open::Other(self.in_memory().await?),
            Self::Server(server) => Open::Other(Database::Postgres(server.open().await?)),
        })
    }

    async fn in_memory(&self) -> Result<Database, StoreError> {
        let options = file::plain(Path::new(":memory:"));
        // Every connection to memory is a database of its own.
        let pool = file::lasting(1).connect_with(options).await.map_err(|error| self.sql(error))?;
        let newest = migrations::newest();
        let migrated = migrations::up_to(newest).run(&pool).await;
        migrated.map_err(|error| StoreError::of_migration(self.name(), error, newest))?;
        Ok(Database::Sqlite { writer: pool.clone(), reader: pool })
    }
}

/// A database that is open, and opened again where another file takes its place.
#[derive(Debug)]
pub(super) struct Connection {
    location: Location,
    open: RwLock<Option<Open>>,
}

/// A database that is in use; it is not closed meanwhile.
pub(super) struct InUse<'a>(RwLockReadGuard<'a, Option<Open>>);

impl InUse<'_> {
    pub(super) fn database(&self) -> Option<&Database> {
        self.0.as_ref().map(Open::database)
    }
}

impl Connection {
    pub(super) async fn new(location: Location) -> Result<Self, StoreError> {
        let open = RwLock::new(Some(location.open().await?));
        Ok(Self { location, open })
    }

    pub(super) fn location(&self) -> &Location {
        &self.location
    }

    /// Returns the database as it was opened last, for reading.
    pub(super) async fn current(&self) -> InUse<'_> {
        InUse(self.open.read().await)
    }

    /// Returns the database, for writing, and whether it had to be opened again.
    ///
    /// # Errors
    /// If its file is gone: what is written would be gone as well.
    pub(super) async fn healthy(&self) -> Result<(InUse<'_>, bool), StoreError> {
        let open = self.open.read().await;
        if self.is_current(open.as_ref())? {
            return Ok((InUse(open), false));
        }
        drop(open);
        let mut open = self.open.write().await;
        if !self.is_current(open.as_ref())? {
            // The guard is let go with it, and taken again.
            if let Some(left) = open.take() {
                left.database().close().await;
            }
            *open = Some(self.location.open().await?);
        }
        Ok((InUse(open.downgrade()), true))
    }

    fn is_current(&self, open: Option<&Open>) -> Result<bool, StoreError> {
        match (open, &self.location) {
            (None, _) => Ok(false),
            (Some(Open::File(opened)), Location::File(file)) => file.is_still(opened),
            (Some(_), _) => Ok(true),
        }
    }

    /// Takes what is deleted out of the log beside the file as well.
    pub(super) async fn trim(&self) {
        let open = self.open.read().await;
        if let Some(Database::Sqlite { writer, .. }) = open.as_ref().map(Open::database) {
            // Where someone reads at this moment, the next sweep does it.
            let _ = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(writer).await;
        }
    }

    /// Lets go of the database.
    pub(super) async fn close(&self) {
        if let Some(open) = self.open.write().await.take() {
            open.database().close().await;
        }
    }
}
