//! A database file of SQLite: made, guarded, opened, checked.
//!
//! Beside the file is a guard of the same name with `.guard`. While a bot runs, it is locked;
//! and it remembers that there was a database, so that a lost one is never taken for a new one.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection};

use super::database::Database;
use super::error::{StoreError, StoreErrorKind};
use super::migrations;

/// Marks a file as ours: “summ”.
const APPLICATION: u32 = 0x7375_6d6d;
/// How long a lock is waited for: whoever changes something gets an answer within three seconds.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long a connection may take to be opened: after a crash its log is read first, on a machine
/// that may have much to do. Whoever waits for an answer is told sooner.
const OPENING: Duration = Duration::from_secs(20);
/// Connections that read beside the one that writes.
const READERS: u32 = 2;
/// Bytes to which the log beside the file is cut back.
const LOG_SIZE: &str = "4194304";
/// The text of the guard for whoever opens it.
const GUARD: &str = "\
summit-bot keeps what communities set in the database beside this file. While this file is here, a
missing or empty database counts as lost, and not as new. It is locked while the bot runs.
";

/// A file that is open, and no one else's until this is dropped.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) database: Database,
    identity: Option<Identity>,
    _guard: File,
}

/// Which file it is, whatever its name becomes; known where the system tells.
type Identity = (u64, u64);

/// The place of a database file, and its name in messages.
#[derive(Debug, Clone)]
pub(super) struct DatabaseFile {
    path: PathBuf,
    location: String,
}

impl DatabaseFile {
    pub(super) fn new(path: &Path) -> Self {
        Self::named("the store", path)
    }

    /// A file that is called `what` in messages.
    pub(super) fn named(what: &str, path: &Path) -> Self {
        Self { path: path.to_owned(), location: format!("{what} {}", path.display()) }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn location(&self) -> &str {
        &self.location
    }

    pub(super) fn trouble(&self, trouble: StoreErrorKind) -> StoreError {
        StoreError::new(&self.location, trouble)
    }

    pub(super) fn io(&self, error: io::Error) -> StoreError {
        StoreError::of_file(&self.location, error)
    }

    pub(super) fn sql(&self, error: sqlx::Error) -> StoreError {
        StoreError::of_database(&self.location, error)
    }

    /// Returns a file beside it, with the same name and an ending.
    pub(super) fn beside(&self, ending: &str) -> PathBuf {
        let mut name: OsString = self.path.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    }

    fn folder(&self) -> &Path {
        match self.path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        }
    }

    pub(super) fn make_folder(&self) -> Result<(), StoreError> {
        fs::create_dir_all(self.folder()).map_err(|error| self.io(error))
    }

    /// Returns that it cannot be looked at: never made, or gone.
    pub(super) fn absent(&self, error: io::Error) -> StoreError {
        let was_there = fs::metadata(self.beside(".guard")).is_ok_and(|guard| guard.len() > 0);
        match error.kind() {
            io::ErrorKind::NotFound if !was_there => self.trouble(StoreErrorKind::NeverThere),
            _ => self.io(error),
        }
    }

    /// Opens it, and makes it where there has never been one.
    pub(super) async fn open(&self) -> Result<Opened, StoreError> {
        let mut guard = self.lock()?;
        if self.is_new(&mut guard)? {
            self.create().await?;
        }
        self.remember(&mut guard)?;
        self.is_ours()?;
        let writer = self.pool(1, self.options()).await?;
        if let Err(error) = self.prepare(&writer).await {
            writer.close().await;
            return Err(error);
        }
        let reader = self.pool(READERS, self.options().pragma("query_only", "ON")).await?;
        let database = Database::Sqlite { writer, reader };
        Ok(Opened { database, identity: self.identity(), _guard: guard })
    }

    /// Takes the guard.
    ///
    /// # Errors
    /// [`StoreErrorKind::InUse`] where another program has it.
    pub(super) fn lock(&self) -> Result<File, StoreError> {
        self.make_folder()?;
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let guard = options.open(self.beside(".guard")).map_err(|error| self.io(error))?;
        match guard.try_lock() {
            Ok(()) => Ok(guard),
            Err(TryLockError::WouldBlock) => Err(self.trouble(StoreErrorKind::InUse)),
            Err(TryLockError::Error(error)) => Err(self.io(error)),
        }
    }

    /// Returns whether there has never been a database.
    fn is_new(&self, guard: &mut File) -> Result<bool, StoreError> {
        let lost = match fs::metadata(&self.path) {
            Ok(found) if found.len() > 0 => return Ok(false),
            Ok(_) => StoreErrorKind::Emptied,
            Err(error) if error.kind() == io::ErrorKind::NotFound => StoreErrorKind::Missing,
            Err(error) => return Err(self.io(error)),
        };
        let had_data = guard.metadata().map_err(|error| self.io(error))?.len() > 0;
        if had_data { Err(self.trouble(lost)) } else { Ok(true) }
    }

    /// Makes the guard say that there is a database.
    pub(super) fn remember(&self, guard: &mut File) -> Result<(), StoreError> {
        let write = |guard: &mut File| {
            guard.rewind()?;
            guard.write_all(GUARD.as_bytes())?;
            guard.sync_all()
        };
        let is_written = guard.metadata().is_ok_and(|guard| guard.len() >= GUARD.len() as u64);
        if is_written { Ok(()) } else { write(guard).map_err(|error| self.io(error)) }
    }

    /// Makes an empty database under another name, and gives it its own when it is whole.
    async fn create(&self) -> Result<(), StoreError> {
        let path = self.beside(".new");
        for ending in ["", "-journal", "-wal", "-shm"] {
            let mut left_over = path.clone().into_os_string();
            left_over.push(ending);
            remove_if_there(Path::new(&left_over)).map_err(|error| self.io(error))?;
        }
        // What is next to a database that is not there belongs to another.
        for ending in ["-journal", "-wal", "-shm"] {
            remove_if_there(&self.beside(ending)).map_err(|error| self.io(error))?;
        }
        let made = async {
            let options = plain(&path)
                .create_if_missing(true)
                .pragma("application_id", APPLICATION.to_string());
            let mut connection = options.connect().await?;
            sqlx::query("PRAGMA user_version = 1").execute(&mut connection).await?;
            connection.close().await
        };
        made.await.map_err(|error| self.sql(error))?;
        self.put(&path).map_err(|error| self.io(error))
    }

    /// Gives a file that is whole the name of the database, in one step.
    pub(super) fn put(&self, path: &Path) -> io::Result<()> {
        File::open(path)?.sync_all()?;
        fs::rename(path, &self.path)?;
        sync_folder(self.folder())
    }

    /// Looks at the head of the file, before anything is opened that might write to it.
    ///
    /// # Errors
    /// If it is no database, or not ours.
    pub(super) fn is_ours(&self) -> Result<(), StoreError> {
        const MAGIC: &[u8] = b"SQLite format 3\0";
        const MARK: std::ops::Range<usize> = 68..72;
        let mut head = Vec::new();
        let file = File::open(&self.path).map_err(|error| self.io(error))?;
        file.take(100).read_to_end(&mut head).map_err(|error| self.io(error))?;
        if head.is_empty() {
            return Err(self.trouble(StoreErrorKind::Emptied));
        }
        if !head.starts_with(MAGIC) {
            return Err(self.trouble(StoreErrorKind::NotADatabase));
        }
        match head.get(MARK) {
            Some(mark) if *mark == APPLICATION.to_be_bytes() => Ok(()),
            Some(_) => Err(self.trouble(StoreErrorKind::Foreign)),
            None => Err(self.trouble(StoreErrorKind::Corrupt)),
        }
    }

    /// Returns how it is opened to be written: nothing that was acknowledged is lost when the power
    /// fails, and what is deleted is overwritten.
    fn options(&self) -> SqliteConnectOptions {
        plain(&self.path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .pragma("secure_delete", "ON")
            .pragma("journal_size_limit", LOG_SIZE)
    }

    async fn pool(
        &self,
        connections: u32,
        options: SqliteConnectOptions,
    ) -> Result<SqlitePool, StoreError> {
        lasting(connections).connect_with(options).await.map_err(|error| self.sql(error))
    }

    /// Checks it, and brings its schema up to date; what it was before is kept beside it.
    async fn prepare(&self, writer: &SqlitePool) -> Result<(), StoreError> {
        let mut connection = writer.acquire().await.map_err(|error| self.sql(error))?;
        if let Some(fault) = fault(&mut connection, "PRAGMA quick_check(1)")
            .await
            .map_err(|error| self.sql(error))?
        {
            tracing::error!("{} does not pass its own check: {fault}", self.location);
            return Err(self.trouble(StoreErrorKind::Corrupt));
        }
        let newest = migrations::newest();
        let found = version(&mut connection).await.map_err(|error| self.sql(error))?;
        if found > newest {
            return Err(self.trouble(StoreErrorKind::Newer { found, known: newest }));
        }
        if found > 0 && found < newest {
            let copy = self.beside(&format!(".before-{newest}"));
            remove_if_there(&copy).map_err(|error| self.io(error))?;
            copy_into(&mut connection, &copy).await.map_err(|error| self.sql(error))?;
        }
        let migrated = migrations::up_to(newest).run_direct(None, &mut *connection, false).await;
        migrated.map_err(|error| StoreError::of_migration(&self.location, error, newest))
    }

    fn identity(&self) -> Option<Identity> {
        identity(&self.path)
    }

    /// Returns whether what is open still is under its name.
    ///
    /// # Errors
    /// [`StoreErrorKind::Missing`] and [`StoreErrorKind::Emptied`]: what is written would be lost.
    pub(super) fn is_still(&self, opened: &Opened) -> Result<bool, StoreError> {
        let found = fs::metadata(&self.path).map_err(|error| self.io(error))?;
        if found.len() == 0 {
            return Err(self.trouble(StoreErrorKind::Emptied));
        }
        Ok(self.identity() == opened.identity)
    }
}

/// Returns a file with the settings that all connections share.
pub(super) fn plain(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .disable_statement_logging()
}

/// Connections that stay open.
pub(super) fn lasting(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(OPENING)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}

/// Returns what SQLite's own check finds wrong first.
pub(super) async fn fault(
    connection: &mut SqliteConnection,
    check: &'static str,
) -> Result<Option<String>, sqlx::Error> {
    let found: Option<String> = sqlx::query_scalar(check).fetch_optional(connection).await?;
    Ok(found.filter(|found| found != "ok"))
}

/// Returns the version of the schema; 0 where there is none yet.
pub(super) async fn version(connection: &mut SqliteConnection) -> Result<i64, sqlx::Error> {
    let has_table = "SELECT COUNT(*) FROM sqlite_master WHERE name = '_sqlx_migrations'";
    let tables: i64 = sqlx::query_scalar(has_table).fetch_one(&mut *connection).await?;
    if tables == 0 {
        return Ok(0);
    }
    let newest = "SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations";
    sqlx::query_scalar(newest).fetch_one(connection).await
}

/// Copies a database, as it is at one moment, into a file that is not there yet.
pub(super) async fn copy_into(
    connection: &mut SqliteConnection,
    path: &Path,
) -> Result<(), sqlx::Error> {
    let path = path.to_str().ok_or_else(|| sqlx::Error::InvalidArgument("no UTF-8".to_owned()))?;
    sqlx::query("VACUUM INTO $1").bind(path).execute(connection).await?;
    Ok(())
}

pub(super) fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|found| (found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn identity(_: &Path) -> Option<Identity> {
    None
}

/// Makes a new name in a folder last.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
