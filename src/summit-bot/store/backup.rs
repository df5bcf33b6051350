//! The store from the command line: checked, backed up, restored.

use std::fs;
use std::path::Path;

use sqlx::{ConnectOptions, Connection};

use super::error::{StoreError, StoreErrorKind};
use super::file::{self, DatabaseFile};
use super::migrations;
use super::server::Server;
use crate::settings;

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The place of the database.
    pub location: String,
    /// The version of its schema.
    pub version: i64,
    /// The newest version that this program knows; an older database is brought up to it when the
    /// bot starts.
    pub newest: i64,
    /// Bytes of the file; unknown for a server.
    pub bytes: Option<u64>,
    /// The first fault that the database's own check finds.
    pub fault: Option<String>,
}

/// Looks at a store without changing it; a bot may be running.
///
/// # Errors
/// If it cannot be read, or is not ours.
pub async fn check(store: &settings::Store) -> Result<Report, StoreError> {
    match store {
        settings::Store::File(path) => check_file(&DatabaseFile::new(path)).await,
        settings::Store::Server(url) => check_server(&Server::new(url)?).await,
        settings::Store::Memory => {
            Err(StoreError::new("a store in memory", StoreErrorKind::Forgotten))
        }
    }
}

async fn check_file(database: &DatabaseFile) -> Result<Report, StoreError> {
    let found = fs::metadata(database.path()).map_err(|error| database.absent(error))?;
    database.is_ours()?;
    let looked = async {
        let mut connection = file::plain(database.path()).read_only(true).connect().await?;
        let fault = file::fault(&mut connection, "PRAGMA integrity_check(1)").await?;
        let dangling = "SELECT 'a row of ' || \"table\" || ' belongs to nothing' \
                        FROM pragma_foreign_key_check";
        let fault = match fault {
            None => file::fault(&mut connection, dangling).await?,
            fault => fault,
        };
        let version = file::version(&mut connection).await?;
        connection.close().await?;
        Ok((version, fault))
    };
    let (version, fault) = looked.await.map_err(|error| database.sql(error))?;
    Ok(Report {
        location: database.location().to_owned(),
        version,
        newest: migrations::newest(),
        bytes: Some(found.len()),
        fault,
    })
}

async fn check_server(server: &Server) -> Result<Report, StoreError> {
    let pool = server.connect().await?;
    let newest = "SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations";
    let version = sqlx::query_scalar(newest).fetch_one(&pool).await;
    pool.close().await;
    Ok(Report {
        location: server.location().to_owned(),
        version: version.map_err(|error| server.sql(error))?,
        newest: migrations::newest(),
        bytes: None,
        fault: None,
    })
}

/// Copies a store, as it is at one moment, to `to`; a bot may be running.
///
/// # Errors
/// If there is nothing to copy, it is damaged, or `to` is there already and is not to be
/// replaced.
pub async fn backup(store: &settings::Store, to: &Path, replace: bool) -> Result<(), StoreError> {
    let from = file_of(store)?;
    let report = check_file(&from).await?;
    if report.fault.is_some() {
        return Err(from.trouble(StoreErrorKind::Corrupt));
    }
    copy(&from, &DatabaseFile::named("the backup", to), replace).await
}

/// Puts `from` in the place of the store; no bot may be running. What was there stays beside it,
/// with `.replaced` behind its name.
///
/// # Errors
/// If `from` is no sound store of a version that this program knows, a bot is running, or
/// there is a store already and it is not to be replaced.
pub async fn restore(
    store: &settings::Store,
    from: &Path,
    replace: bool,
) -> Result<(), StoreError> {
    let to = file_of(store)?;
    let from = DatabaseFile::named("the backup", from);
    let report = check_file(&from).await?;
    if report.fault.is_some() {
        return Err(from.trouble(StoreErrorKind::Corrupt));
    }
    if report.version > report.newest {
        let Report { version: found, newest: known, .. } = report;
        return Err(from.trouble(StoreErrorKind::Newer { found, known }));
    }
    let mut guard = to.lock()?;
    copy(&from, &to, replace).await?;
    to.remember(&mut guard)
}

fn file_of(store: &settings::Store) -> Result<DatabaseFile, StoreError> {
    match store {
        settings::Store::File(path) => Ok(DatabaseFile::new(path)),
        settings::Store::Server(url) => {
            Err(StoreError::new(Server::new(url)?.location(), StoreErrorKind::Server))
        }
        settings::Store::Memory => {
            Err(StoreError::new("a store in memory", StoreErrorKind::Forgotten))
        }
    }
}

/// Makes the copy next to its place, and moves it there in one step.
async fn copy(from: &DatabaseFile, to: &DatabaseFile, replace: bool) -> Result<(), StoreError> {
    let is_there = fs::metadata(to.path()).is_ok_and(|found| found.len() > 0);
    if is_there && !replace {
        return Err(to.trouble(StoreErrorKind::Exists));
    }
    to.make_folder()?;
    let partial = to.beside(".partial");
    file::remove_if_there(&partial).map_err(|error| to.io(error))?;
    let copied = async {
        let mut connection = file::plain(from.path()).read_only(true).connect().await?;
        file::copy_into(&mut connection, &partial).await?;
        connection.close().await
    };
    // What fails now is mostly the disk of the copy.
    copied.await.map_err(|error| to.sql(error))?;
    if is_there {
        set_aside(to).await?;
    }
    to.put(&partial).map_err(|error| to.io(error))
}

/// Keeps what is to be replaced under another name; it stays under its own as well.
async fn set_aside(database: &DatabaseFile) -> Result<(), StoreError> {
    // Closing the last connection takes over what is in the log beside the file. What is
    // damaged cannot be opened, and is kept as it is.
    if let Ok(connection) = file::plain(database.path()).connect().await {
        let _ = connection.close().await;
    }
    let aside = database.beside(".replaced");
    let kept = || {
        file::remove_if_there(&aside)?;
        fs::copy(database.path(), &aside)?;
        // Another database's log must not be taken over into the new one.
        file::remove_if_there(&database.beside("-wal"))?;
        file::remove_if_there(&database.beside("-shm"))
    };
    kept().map_err(|error| database.io(error))
}
