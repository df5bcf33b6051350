//! Databases that fail: what the operator reads, that nothing is half kept, and that it recovers.

use std::fs;
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use sqlx::{ConnectOptions, Connection};

use super::database::{Database, HOME, Kind, edit, view};
use bot::community::{Edit, Excerpts, Style};
use summit_bot::settings;
use summit_bot::store::{self, CommitError, Store, StoreError, StoreErrorKind};

const PLAIN: Edit = Edit::Style(Some(Style::Plain));

async fn file() -> Database {
    Database::new(Kind::File).await.unwrap()
}

/// A file with something in it, closed.
async fn used() -> Database {
    let database = file().await;
    let store = database.open().await;
    edit(&store, vec![PLAIN]).await.unwrap();
    store.close().await;
    database
}

async fn fails_to_open(database: &Database) -> StoreError {
    Store::open(&database.settings).await.unwrap_err()
}

/// What the operator reads, without the name of the folder.
fn said(error: &StoreError, database: &Database) -> String {
    let folder = database.path().parent().unwrap().display().to_string();
    error.to_string().replace(&folder, "FOLDER")
}

fn trouble(error: &CommitError) -> StoreErrorKind {
    match error {
        CommitError::Store(error) => error.trouble(),
        CommitError::Conflict | CommitError::Unknown(_) => panic!("{error}"),
    }
}

/// Waits until something is kept again.
async fn recovers(store: &Store) {
    let mut last = None;
    let tried = async {
        while let Err(error) = edit(store, vec![Edit::Excerpts(Some(Excerpts::nearest(2)))]).await {
            last = Some(error);
            tokio::task::yield_now().await;
        }
    };
    let done = tokio::time::timeout(Duration::from_secs(20), tried).await;
    assert!(done.is_ok(), "{last:?}");
    let seen = view(store, Some(HOME)).await;
    assert_eq!((seen.excerpts(), seen.style()), (2, Style::Plain));
    assert!(!seen.is_read_only || store.guilds().len() == 1);
}

#[tokio::test]
async fn a_lost_database_is_not_taken_for_a_new_one() {
    let database = used().await;
    fs::remove_file(database.path()).unwrap();
    let error = fails_to_open(&database).await;
    assert_eq!(error.trouble(), StoreErrorKind::Missing);
    insta::assert_snapshot!(said(&error, &database), @"the store FOLDER/store.sqlite3 is gone, and was there before: put it back, or put back a backup with `summit-bot store restore`; to begin anew, remove the .guard file beside it");
    assert!(!database.path().exists());

    fs::write(database.path(), b"").unwrap();
    let error = fails_to_open(&database).await;
    assert_eq!(error.trouble(), StoreErrorKind::Emptied);
    insta::assert_snapshot!(said(&error, &database), @"the store FOLDER/store.sqlite3 is empty, and was not before: put back a backup with `summit-bot store restore --force`; to begin anew, remove it and the .guard file beside it");
    assert_eq!(fs::read(database.path()).unwrap(), b"");

    // To begin anew.
    fs::remove_file(database.path().with_extension("sqlite3.guard")).unwrap();
    assert!(view(&*database.open().await, Some(HOME)).await.last.is_none());
}

#[tokio::test]
async fn other_files_are_refused_and_left_as_they_are() {
    let database = file().await;
    let sqlite = |sql: &'static str| {
        let path = database.path();
        async move {
            let _ = fs::remove_file(&path);
            let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&path);
            let mut connection = options.create_if_missing(true).connect().await.unwrap();
            sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        }
    };
    fs::write(database.path(), b"root:x:0:0:root:/root:/bin/bash\n").unwrap();
    let error = fails_to_open(&database).await;
    assert_eq!(error.trouble(), StoreErrorKind::NotADatabase);
    insta::assert_snapshot!(said(&error, &database), @"the store FOLDER/store.sqlite3 is not a database: store.url names the wrong file, or it was overwritten");
    assert_eq!(fs::read(database.path()).unwrap(), b"root:x:0:0:root:/root:/bin/bash\n");

    sqlite("CREATE TABLE songs (name TEXT)").await;
    let before = fs::read(database.path()).unwrap();
    let error = fails_to_open(&database).await;
    assert_eq!(error.trouble(), StoreErrorKind::Foreign);
    insta::assert_snapshot!(said(&error, &database), @"the store FOLDER/store.sqlite3 is a database of another program: choose another file with store.url");
    assert_eq!(fs::read(database.path()).unwrap(), before);
}

#[tokio::test]
async fn damage_is_found_and_nothing_is_written() {
    for (at, damage) in [(8_192_usize, 4_096_usize), (20_000, 3_000), (40_960, 20_000)] {
        let database = used().await;
        let mut file = fs::OpenOptions::new().write(true).open(database.path()).unwrap();
        file.seek(std::io::SeekFrom::Start(at as u64)).unwrap();
        file.write_all(&vec![0xA5; damage]).unwrap();
        drop(file);
        let error = fails_to_open(&database).await;
        assert_eq!(error.trouble(), StoreErrorKind::Corrupt, "{damage} bytes at {at}");
        let report = store::check(&database.settings).await;
        assert!(report.map_or(true, |report| report.fault.is_some()));
    }
    let database = used().await;
    let whole = fs::read(database.path()).unwrap();
    fs::write(database.path(), &whole[..whole.len() / 2]).unwrap();
    let error = fails_to_open(&database).await;
    assert_eq!(error.trouble(), StoreErrorKind::Corrupt);
    insta::assert_snapshot!(said(&error, &database), @"the store FOLDER/store.sqlite3 is damaged: put back a backup with `summit-bot store restore --force`");
}

#[tokio::test]
async fn one_bot_at_a_time_and_the_first_is_unharmed() {
    let database = file().await;
    let store = database.open().await;
    let error = fails_to_open(&database).await;
    assert_eq!(error.trouble(), StoreErrorKind::InUse);
    insta::assert_snapshot!(said(&error, &database), @"the store FOLDER/store.sqlite3 is in use by another summit-bot: stop that one, or share a PostgreSQL server, to which several can connect");
    edit(&store, vec![PLAIN]).await.unwrap();
}

#[tokio::test]
async fn a_busy_database_is_said_to_be_and_tried_again() {
    let database = file().await;
    let store = database.open().await;
    edit(&store, vec![PLAIN]).await.unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(database.path());
    let mut other = options.connect().await.unwrap();
    sqlx::raw_sql("BEGIN EXCLUSIVE").execute(&mut other).await.unwrap();
    let error = edit(&store, vec![Edit::Style(None)]).await.unwrap_err();
    assert_eq!(trouble(&error), StoreErrorKind::Busy);
    // What was set holds on, and nobody waits for the database in the meantime.
    let seen = view(&store, Some(HOME)).await;
    assert_eq!((seen.style(), seen.is_read_only), (Style::Plain, true));
    sqlx::raw_sql("ROLLBACK").execute(&mut other).await.unwrap();
    recovers(&store).await;
}

#[tokio::test]
async fn a_file_that_goes_while_the_bot_runs_is_missed_and_found_again() {
    let database = file().await;
    let store = database.open().await;
    edit(&store, vec![PLAIN]).await.unwrap();
    let saved = database.path().with_extension("saved");
    store::backup(&database.settings, &saved, false).await.unwrap();
    fs::remove_file(database.path()).unwrap();
    let error = edit(&store, vec![Edit::Style(None)]).await.unwrap_err();
    assert_eq!(trouble(&error), StoreErrorKind::Missing, "it would be lost with the file");
    assert_eq!(view(&store, Some(HOME)).await.style(), Style::Plain);
    for left in ["sqlite3-wal", "sqlite3-shm"] {
        let _ = fs::remove_file(database.path().with_extension(left));
    }
    fs::copy(saved, database.path()).unwrap();
    recovers(&store).await;
}

/// Runs a program in a place of its own, where it may mount disks; `None` where it may not.
fn on_a_disk(script: &str, folder: &Path) -> Option<String> {
    let program = std::env::current_exe().unwrap();
    let done = Command::new("unshare")
        .args(["-m", "sh", "-c", script])
        .env("FOLDER", folder)
        .env("PROGRAM", program)
        .output();
    let done = done.ok()?;
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    if said.contains("unshare failed") || said.contains("permission denied") {
        eprintln!("skipped: no disks of our own can be mounted here: {said}");
        return None;
    }
    assert!(done.status.success(), "{said}\n{}", String::from_utf8_lossy(&done.stdout));
    Some(said)
}

/// Which part of a test runs on the disk that was mounted for it.
const ON_DISK: &str = "SUMMIT_TEST_DISK";

fn disk() -> Option<PathBuf> {
    std::env::var_os(ON_DISK).map(PathBuf::from)
}

#[tokio::test]
async fn a_full_disk_keeps_nothing_and_loses_nothing() {
    let Some(disk) = disk() else {
        let folder = tempfile::tempdir().unwrap();
        on_a_disk(
            "mount -t tmpfs -o size=600k tmpfs \"$FOLDER\" && SUMMIT_TEST_DISK=\"$FOLDER\" \
             \"$PROGRAM\" --exact store::faults::a_full_disk_keeps_nothing_and_loses_nothing",
            folder.path(),
        );
        return;
    };
    let settings = settings::Store::File(disk.join("store.sqlite3"));
    let store = Store::open(&settings).await.unwrap();
    edit(&store, vec![PLAIN]).await.unwrap();
    // Everything that is left, to the last byte.
    let mut ballast = fs::File::create(disk.join("ballast")).unwrap();
    while ballast.write_all(&[0; 512]).is_ok() {}
    let mut kept = 0;
    let error = loop {
        let long = "x".repeat(50_000);
        let passage = super::database::passage(kept);
        match edit(&store, vec![Edit::Hide { passage, reason: long }]).await {
            Ok(()) => kept += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(trouble(&error), StoreErrorKind::Full);
    let seen = view(&store, Some(HOME)).await;
    assert_eq!((seen.style(), seen.community.hidden.len() as u64), (Style::Plain, kept));
    drop(ballast);
    fs::remove_file(disk.join("ballast")).unwrap();
    recovers(&store).await;
    store.close().await;
    assert_eq!(store::check(&settings).await.unwrap().fault, None);
}

#[tokio::test]
async fn a_read_only_disk_is_said_to_be() {
    let Some(disk) = disk() else {
        let folder = tempfile::tempdir().unwrap();
        on_a_disk(
            "mount -t tmpfs -o size=2m tmpfs \"$FOLDER\" && SUMMIT_TEST_DISK=\"$FOLDER\" \
             \"$PROGRAM\" --exact store::faults::a_read_only_disk_is_said_to_be",
            folder.path(),
        );
        return;
    };
    let remount = |how: &str| {
        let done =
            Command::new("mount").args(["-o", &format!("remount,{how}")]).arg(&disk).status();
        assert!(done.unwrap().success());
    };
    let settings = settings::Store::File(disk.join("store.sqlite3"));
    let store = Store::open(&settings).await.unwrap();
    edit(&store, vec![PLAIN]).await.unwrap();
    store.close().await;
    remount("ro");
    let error = Store::open(&settings).await.unwrap_err();
    assert_eq!(error.trouble(), StoreErrorKind::ReadOnly);
    remount("rw");
    assert_eq!(
        view(&Store::open(&settings).await.unwrap(), Some(HOME)).await.style(),
        Style::Plain
    );
}

#[tokio::test]
async fn a_server_that_is_not_there_is_said_to_be() {
    // Nobody listens at port 1.
    let settings = settings::Store::parse("postgres://bot:hush@127.0.0.1:1/summit").unwrap();
    let error = Store::open(&settings).await.unwrap_err();
    assert_eq!(error.trouble(), StoreErrorKind::Unreachable);
    insta::assert_snapshot!(error.to_string(), @"the store on PostgreSQL at 127.0.0.1:1 (database summit) cannot be reached: start it, or fix the address in store.url");
}

#[tokio::test]
async fn a_backup_is_the_whole_store_and_can_be_put_back() {
    let database = file().await;
    let store = database.open().await;
    edit(&store, vec![PLAIN]).await.unwrap();
    let saved = database.path().with_extension("saved");
    // The bot runs on.
    store::backup(&database.settings, &saved, false).await.unwrap();
    edit(&store, vec![Edit::Style(None)]).await.unwrap();

    let again = store::backup(&database.settings, &saved, false).await.unwrap_err();
    assert_eq!(again.trouble(), StoreErrorKind::Exists);
    let running = store::restore(&database.settings, &saved, true).await.unwrap_err();
    assert_eq!(running.trouble(), StoreErrorKind::InUse);
    store.close().await;
    let there = store::restore(&database.settings, &saved, false).await.unwrap_err();
    assert_eq!(there.trouble(), StoreErrorKind::Exists);
    assert_eq!(view(&*database.open().await, Some(HOME)).await.style(), Style::Card);

    store::restore(&database.settings, &saved, true).await.unwrap();
    assert_eq!(view(&*database.open().await, Some(HOME)).await.style(), Style::Plain);
    // What was replaced is there still.
    let replaced = settings::Store::File(database.path().with_extension("sqlite3.replaced"));
    let replaced = Store::open(&replaced).await.unwrap();
    assert_eq!(view(&replaced, Some(HOME)).await.style(), Style::Card);
}

#[tokio::test]
async fn a_damaged_backup_is_not_put_back() {
    let database = used().await;
    let saved = database.path().with_extension("saved");
    store::backup(&database.settings, &saved, false).await.unwrap();
    let mut bytes = fs::read(&saved).unwrap();
    bytes[8_192..20_000].fill(0xA5);
    fs::write(&saved, bytes).unwrap();
    let error = store::restore(&database.settings, &saved, true).await.unwrap_err();
    assert_eq!(error.trouble(), StoreErrorKind::Corrupt);
    assert_eq!(view(&*database.open().await, Some(HOME)).await.style(), Style::Plain);

    // Of a lost store, a sound one can.
    let database = used().await;
    store::backup(&database.settings, &saved, true).await.unwrap();
    fs::remove_file(database.path()).unwrap();
    store::restore(&database.settings, &saved, false).await.unwrap();
    assert_eq!(view(&*database.open().await, Some(HOME)).await.style(), Style::Plain);
}
