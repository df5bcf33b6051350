//! The store for the settings of communities: a database file, or a PostgreSQL server.
//!
//! The only room that writes SQL. It decides nothing: it keeps what [`bot::community`] says, whole
//! or not at all, and finds it again. Nothing that it logs holds what anyone wrote, or an id.
#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "the store is a file")]

mod backup;
mod circuit_breaker;
mod commit;
mod database;
mod edit;
mod error;
mod file;
mod find;
mod forget;
mod listen;
mod load;
mod location;
mod migrations;
mod server;
mod sweep;
mod views;
mod votes;

pub use backup::{Report, backup, check, restore};
pub use commit::{Author, CommitError};
pub use error::{StoreError, StoreErrorKind};
pub use sweep::Swept;

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::AbortHandle;
use tokio::time::timeout;

use crate::settings;
use bot::community::{Change, Excerpts, StoreData, StoreQuery, View};
use circuit_breaker::CircuitBreaker;
use commit::{ChangeError, DIRECT};
use database::{Database, TransactionError, Tx};
use load::{Known, Which};
use location::{Connection, Location};
use views::Views;

/// How long anything may take that someone waits for: Discord takes no answer after three
/// seconds.
const LIMIT: Duration = Duration::from_secs(2);

/// The store for the settings of communities.
///
/// Their settings are in memory, and is read again after each change; with PostgreSQL,
/// also after changes by other processes. Where the database fails, what is in memory holds on,
/// and views are read-only until it works again.
#[derive(Debug)]
pub struct Store {
    inner: Arc<Inner>,
    listener: Option<AbortHandle>,
}

#[derive(Debug)]
struct Inner {
    link: Connection,
    views: Views,
    circuit_breaker: CircuitBreaker,
}

impl Drop for Store {
    fn drop(&mut self) {
        if let Some(listener) = &self.listener {
            listener.abort();
        }
    }
}

impl Store {
    /// Opens the store that the settings name; makes it, or brings it up to date, where needed.
    ///
    /// # Errors
    /// If it cannot be used: what is wrong, and what its operator can do.
    pub async fn open(settings: &settings::Store) -> Result<Self, StoreError> {
        let location = Location::new(settings)?;
        let server = match &location {
            Location::Server(server) => Some(server.clone()),
            Location::File(_) | Location::Memory => None,
        };
        let link = Connection::new(location).await?;
        let inner = Arc::new(Inner {
            link,
            views: Views::default(),
            circuit_breaker: CircuitBreaker::default(),
        });
        let listener = match server {
            None => {
                inner.refresh(Which::All).await?;
                None
            }
            Some(server) => {
                let first = listen::connect(&server).await.map_err(|error| server.sql(error))?;
                // Read only once changes by others are heard of.
                inner.refresh(Which::All).await?;
                let listening = listen::listen(*server, first, Arc::clone(&inner));
                Some(tokio::spawn(listening).abort_handle())
            }
        };
        Ok(Self { inner, listener })
    }

    /// Closes it; what is under way is finished first.
    pub async fn close(&self) {
        if let Some(listener) = &self.listener {
            listener.abort();
        }
        self.inner.link.close().await;
    }

    /// Returns what is known of a community: of a server, or, with `None`, of direct messages. It
    /// reads no database, unless it failed before.
    pub async fn view(&self, guild: Option<u64>, default_excerpts: Excerpts) -> View {
        let inner = &self.inner;
        let is_resting = inner.circuit_breaker.is_resting();
        if !is_resting && inner.circuit_breaker.is_behind() {
            // Where it fails, it rests, and what was known last holds.
            inner.refresh_all().await;
        }
        let known = inner.views.of(guild.unwrap_or(DIRECT)).unwrap_or_default();
        let Known { community, revision, last, undoable, .. } = known;
        View {
            community,
            default_excerpts,
            revision,
            last,
            undoable,
            is_read_only: inner.circuit_breaker.is_resting(),
            has_store: true,
            found: StoreData::Nothing,
        }
    }

    /// Looks up what a request wants to know beyond its view; nothing where the database fails.
    pub async fn find(&self, asker: Author, wanted: &StoreQuery) -> StoreData {
        if *wanted == StoreQuery::Nothing || self.inner.circuit_breaker.is_resting() {
            return StoreData::Nothing;
        }
        let found = self.inner.read(async |work| find::found(work, asker, wanted).await).await;
        found.unwrap_or_default()
    }

    /// Keeps changes that were decided together: all, or nothing. Once this returns they outlast
    /// a crash, and every view shows them.
    ///
    /// # Errors
    /// [`CommitError::Conflict`] where they were decided on what is out of date, and
    /// [`CommitError::Store`] where the database fails: nothing is kept then.
    /// [`CommitError::Unknown`] where the database was lost at the last moment.
    pub async fn commit(&self, author: Author, changes: &[Change]) -> Result<(), CommitError> {
        let inner = &self.inner;
        let kept = inner.write(async |work| commit::keep(work, author, changes).await).await;
        match kept {
            Ok(touched) => {
                for guild in touched {
                    // Where it fails, it is read again before the next view.
                    let _ = inner.refresh(Which::One(guild)).await;
                }
                Ok(())
            }
            Err(CommitError::Conflict) => {
                let guild = author.guild.unwrap_or(DIRECT);
                inner.refresh(Which::One(guild)).await?;
                Err(CommitError::Conflict)
            }
            Err(CommitError::Unknown(error)) => {
                // Whoever looks shall see what is so, if the database can be reached again.
                inner.refresh_all().await;
                Err(CommitError::Unknown(error))
            }
            Err(error) => Err(error),
        }
    }

    /// Deletes what has been kept as long as it may be, seen from `now`, in seconds since 1970.
    ///
    /// # Errors
    /// If the database fails; nothing is deleted then.
    pub async fn sweep(&self, now: u64) -> Result<Swept, StoreError> {
        let swept = self.inner.housekeep(async |work| sweep::sweep(work, now).await).await?;
        self.inner.refresh(Which::All).await?;
        self.inner.link.trim().await;
        Ok(swept)
    }

    /// Notes that the bot is in a server, perhaps again: what is kept of it stays.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn arrived(&self, guild: u64) -> Result<(), StoreError> {
        const ARRIVED: &str = "UPDATE guild SET removed_at = NULL WHERE id = $1";
        if !self.inner.views.of(guild).is_some_and(|known| known.is_removed) {
            return Ok(());
        }
        self.inner.housekeep(async |work| work.execute(ARRIVED, &[guild.into()]).await).await?;
        self.inner.refresh(Which::One(guild)).await
    }

    /// Returns the bot was removed from a server at `now`. An outage is no removal.
    ///
    /// # Errors
    /// If the database fails.
    pub async fn removed(&self, guild: u64, now: u64) -> Result<(), StoreError> {
        const REMOVED: &str =
            "UPDATE guild SET removed_at = $2 WHERE id = $1 AND removed_at IS NULL";
        if self.inner.views.of(guild).is_none_or(|known| known.is_removed) {
            return Ok(());
        }
        let values = [guild.into(), now.into()];
        self.inner.housekeep(async |work| work.execute(REMOVED, &values).await).await?;
        self.inner.refresh(Which::One(guild)).await
    }

    /// Returns the servers of which something is kept, and whether the bot was removed from each.
    #[must_use]
    pub fn guilds(&self) -> Vec<(u64, bool)> {
        let mut guilds = self.inner.views.guilds();
        guilds.retain(|(guild, _)| *guild != DIRECT);
        guilds
    }
}

impl Inner {
    /// Reads what is known, and puts it where views are made.
    async fn refresh(&self, which: Which) -> Result<(), StoreError> {
        let _turn = self.views.turn.lock().await;
        let known = self.read(async |work| load::known(work, which).await).await;
        let mut known = known.inspect_err(|_| self.circuit_breaker.mark_stale())?;
        match which {
            Which::All => self.views.put_all(known),
            Which::One(guild) => self.views.put(guild, known.remove(&guild)),
        }
        Ok(())
    }

    /// Reads everything again, after something could not be read.
    async fn refresh_all(&self) {
        self.circuit_breaker.refresh();
        // Where it fails, everything is stale again.
        let _ = self.refresh(Which::All).await;
    }

    async fn read<T>(
        &self,
        look: impl AsyncFnOnce(&mut Tx) -> Result<T, sqlx::Error>,
    ) -> Result<T, StoreError> {
        let link = self.link.current().await;
        let looked = async {
            let database = link.database().ok_or(sqlx::Error::PoolClosed)?;
            let mut work = database.read().await?;
            let found = look(&mut work).await;
            work.rollback().await;
            found
        };
        let found = in_time(looked).await;
        found.map_err(|error| self.circuit_breaker.after(self.link.location().sql(error)))
    }

    async fn write(
        &self,
        change: impl AsyncFnOnce(&mut Tx) -> Result<Vec<u64>, ChangeError>,
    ) -> Result<Vec<u64>, CommitError> {
        let healthy = self.link.healthy().await.map_err(|error| self.circuit_breaker.after(error));
        let (link, is_new) = healthy?;
        if is_new {
            self.circuit_breaker.mark_stale();
        }
        let changed = match link.database() {
            Some(database) => kept(database, change).await,
            None => Err(ChangeError::Database(sqlx::Error::PoolClosed)),
        };
        changed.map_err(|refusal| match refusal {
            ChangeError::Conflict => CommitError::Conflict,
            ChangeError::Database(error) => {
                CommitError::Store(self.circuit_breaker.after(self.link.location().sql(error)))
            }
            ChangeError::Unknown(error) => {
                CommitError::Unknown(self.circuit_breaker.in_doubt(self.link.location().sql(error)))
            }
        })
    }

    /// Returns a change that no one waits for, and that is not of a community.
    async fn housekeep<T>(
        &self,
        change: impl AsyncFnOnce(&mut Tx) -> Result<T, sqlx::Error>,
    ) -> Result<T, StoreError> {
        let (link, is_new) = self.link.healthy().await?;
        if is_new {
            self.circuit_breaker.mark_stale();
        }
        let changed = async {
            let database = link.database().ok_or(sqlx::Error::PoolClosed)?;
            let mut work = database.write().await?;
            match change(&mut work).await {
                Ok(changed) => {
                    let kept = work.commit().await.map(|()| changed);
                    kept.map_err(TransactionError::into_error)
                }
                Err(error) => {
                    work.rollback().await;
                    Err(error)
                }
            }
        };
        changed.await.map_err(|error| self.link.location().sql(error))
    }
}

/// One transaction, with the news of it.
async fn kept(
    database: &Database,
    change: impl AsyncFnOnce(&mut Tx) -> Result<Vec<u64>, ChangeError>,
) -> Result<Vec<u64>, ChangeError> {
    let changed = async {
        let mut work = database.write().await?;
        let changed = async {
            let touched = change(&mut work).await?;
            for guild in &touched {
                work.announce(*guild).await?;
            }
            Ok(touched)
        };
        match changed.await {
            Ok(touched) => Ok((work, touched)),
            Err(refusal) => {
                work.rollback().await;
                Err(refusal)
            }
        }
    };
    let too_long = |_| Err(ChangeError::Database(sqlx::Error::PoolTimedOut));
    let (work, touched) = timeout(LIMIT, changed).await.unwrap_or_else(too_long)?;
    // However long it takes: once it is begun, no one can say that nothing has changed.
    work.commit().await?;
    Ok(touched)
}

async fn in_time<T>(work: impl Future<Output = Result<T, sqlx::Error>>) -> Result<T, sqlx::Error> {
    timeout(LIMIT, work).await.unwrap_or(Err(sqlx::Error::PoolTimedOut))
}
