//! Errors of a database, said to its operator: what, where, what to do.

use std::io;

use sqlx::migrate::MigrateError;

/// The store fails. It names its place, and never what is in it.
#[derive(Debug, thiserror::Error)]
#[error("{location} {trouble}")]
pub struct StoreError {
    location: String,
    trouble: StoreErrorKind,
    #[source]
    source: Option<Cause>,
}

/// Whatever a database or a file system says.
type Cause = Box<dyn std::error::Error + Send + Sync>;

/// The kinds of errors of a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoreErrorKind {
    /// Another program holds the lock.
    #[error(
        "is busy: another program holds it, perhaps a backup; it is tried again with the next change"
    )]
    Busy,
    /// No space is left.
    #[error("cannot grow: the disk is full; make room, and saving goes on by itself")]
    Full,
    /// It cannot be written.
    #[error(
        "cannot be written: fix the permissions of the file and of its folder, or the read-only disk"
    )]
    ReadOnly,
    /// It cannot be opened at all.
    #[error("cannot be opened: fix the permissions of the file and of its folder")]
    Unreadable,
    /// It is there no more.
    #[error(
        "is gone, and was there before: put it back, or put back a backup with `summit-bot store \
         restore`; to begin anew, remove the .guard file beside it"
    )]
    Missing,
    /// There has never been one.
    #[error("is not there: choose the file, or start the bot, which makes the store")]
    NeverThere,
    /// Nothing is left in it.
    #[error(
        "is empty, and was not before: put back a backup with `summit-bot store restore --force`; \
         to begin anew, remove it and the .guard file beside it"
    )]
    Emptied,
    /// Its pages contradict one another.
    #[error("is damaged: put back a backup with `summit-bot store restore --force`")]
    Corrupt,
    /// Some other file.
    #[error("is not a database: store.url names the wrong file, or it was overwritten")]
    NotADatabase,
    /// The database of another program.
    #[error("is a database of another program: choose another file with store.url")]
    Foreign,
    /// A newer version of the bot has written it.
    #[error(
        "was written by a newer version of summit-bot (schema {found}, and this one knows {known}): \
         run that version, or put back an older backup"
    )]
    Newer {
        /// The version of its schema.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// It has our tables, and yet not as we make them.
    #[error("has a schema that was changed by hand: put back a backup")]
    Changed,
    /// Another bot has it open.
    #[error(
        "is in use by another summit-bot: stop that one, or share a PostgreSQL server, to which \
         several can connect"
    )]
    InUse,
    /// No answer from the server.
    #[error("cannot be reached: start it, or fix the address in store.url")]
    Unreachable,
    /// The server lets no one in.
    #[error("refuses the user, the password or the database: fix store.url")]
    Refused,
    /// There is something already.
    #[error("already exists; use --force to replace it")]
    Exists,
    /// No backup of a server.
    #[error("is a PostgreSQL server: back up with pg_dump, and restore with pg_restore")]
    Server,
    /// Nothing that could be backed up.
    #[error("is forgotten when the program ends: there is nothing to keep")]
    Forgotten,
    /// Something else.
    #[error("fails")]
    Other,
}

impl StoreError {
    pub(super) fn new(location: &str, trouble: StoreErrorKind) -> Self {
        Self { location: location.to_owned(), trouble, source: None }
    }

    /// Returns what is wrong, for whoever acts on it.
    #[must_use]
    pub fn trouble(&self) -> StoreErrorKind {
        self.trouble
    }

    /// Returns whether it may pass without anyone doing something.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(
            self.trouble,
            StoreErrorKind::Busy
                | StoreErrorKind::Full
                | StoreErrorKind::Unreachable
                | StoreErrorKind::InUse
        )
    }

    /// Returns the error with what the database says, in one line.
    pub(super) fn with_cause(&self) -> String {
        match &self.source {
            Some(cause) => format!("{self} ({cause})"),
            None => self.to_string(),
        }
    }

    /// Returns whether no connection was free in time.
    pub(super) fn is_time_out(&self) -> bool {
        let cause = self.source.as_ref().and_then(|cause| cause.downcast_ref());
        matches!(cause, Some(sqlx::Error::PoolTimedOut))
    }

    /// The same, understood better.
    pub(super) fn understood_as(self, trouble: StoreErrorKind) -> Self {
        Self { trouble, ..self }
    }

    pub(super) fn of_file(location: &str, error: io::Error) -> Self {
        let trouble = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreErrorKind::Full,
            io::ErrorKind::ReadOnlyFilesystem => StoreErrorKind::ReadOnly,
            io::ErrorKind::PermissionDenied => StoreErrorKind::Unreadable,
            io::ErrorKind::NotFound => StoreErrorKind::Missing,
            _ => StoreErrorKind::Other,
        };
        Self { location: location.to_owned(), trouble, source: Some(error.into()) }
    }

    pub(super) fn of_migration(location: &str, error: MigrateError, known: i64) -> Self {
        let trouble = match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
                return Self::of_database(location, error);
            }
            MigrateError::VersionMissing(found) => StoreErrorKind::Newer { found, known },
            MigrateError::VersionMismatch(_) | MigrateError::Dirty(_) => StoreErrorKind::Changed,
            _ => StoreErrorKind::Other,
        };
        Self { location: location.to_owned(), trouble, source: Some(error.into()) }
    }

    pub(super) fn of_database(location: &str, error: sqlx::Error) -> Self {
        let trouble = match &error {
            sqlx::Error::Database(reported) => {
                let code = reported.code().unwrap_or_default();
                match code.parse() {
                    // PostgreSQL's codes have five characters, SQLite's at most four.
                    Ok(number) if code.len() < 5 => of_sqlite(number),
                    _ => of_postgres(&code),
                }
            }
            sqlx::Error::Io(error) if error.kind() == io::ErrorKind::StorageFull => {
                StoreErrorKind::Full
            }
            sqlx::Error::Io(_) | sqlx::Error::Tls(_) => StoreErrorKind::Unreachable,
            sqlx::Error::PoolTimedOut => StoreErrorKind::Busy,
            sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => StoreErrorKind::Unreadable,
            _ => StoreErrorKind::Other,
        };
        Self { location: location.to_owned(), trouble, source: Some(error.into()) }
    }
}

/// SQLite's result codes: the low byte is the kind.
fn of_sqlite(code: i32) -> StoreErrorKind {
    const IOERR_SHORT_READ: i32 = 522;
    const CANTOPEN: i32 = 14;
    match (code, code & 0xff) {
        (_, 5 | 6) => StoreErrorKind::Busy,
        (_, 8) => StoreErrorKind::ReadOnly,
        (_, 3 | 23 | CANTOPEN) => StoreErrorKind::Unreadable,
        (_, 13) => StoreErrorKind::Full,
        (IOERR_SHORT_READ, _) | (_, 11) => StoreErrorKind::Corrupt,
        (_, 26) => StoreErrorKind::NotADatabase,
        _ => StoreErrorKind::Other,
    }
}

/// PostgreSQL's SQLSTATE: the first two characters are the class.
fn of_postgres(code: &str) -> StoreErrorKind {
    match (code, code.get(..2).unwrap_or_default()) {
        ("25006", _) => StoreErrorKind::ReadOnly,
        ("53100", _) => StoreErrorKind::Full,
        ("57P01" | "57P02" | "57P03", _) | (_, "08") => StoreErrorKind::Unreachable,
        ("3D000", _) | (_, "28") => StoreErrorKind::Refused,
        ("XX001" | "XX002", _) => StoreErrorKind::Corrupt,
        (_, "40" | "53" | "55") => StoreErrorKind::Busy,
        _ => StoreErrorKind::Other,
    }
}
