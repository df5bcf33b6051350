//! Databases to test with: a file in a folder of its own, and a server where one is named.

use std::env;
use std::path::PathBuf;
use std::sync::Arc;

use bot::community::{Change, Edit, Excerpts, StoreData, StoreQuery, TextQuote, View};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, PgConnection, Row, SqliteConnection};
use summit_bot::settings;
use summit_bot::store::{Author, CommitError, Store};
use tempfile::TempDir;

use crate::offline::{self, Listening};

/// The server to test with, for example `postgres://postgres@127.0.0.1:5433`; a database is made
/// there for each test. Set by `tests/postgres/run`.
const SERVER: &str = "SUMMIT_TEST_POSTGRES";

/// A time in 2026, on the hour.
pub(crate) const NOW: u64 = 1_790_000_000 - 1_790_000_000 % 86_400;
/// A server of Discord.
pub(crate) const HOME: u64 = 81_384_788_765_712_384;
/// Another.
pub(crate) const AWAY: u64 = 81_384_788_765_712_385;
/// A moderator.
pub(crate) const MODERATOR: u64 = 80_351_110_224_678_912;
/// A member.
pub(crate) const MEMBER: u64 = 80_351_110_224_678_913;

/// The databases that tests run on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    File,
    Server,
}

/// A database, gone when this is dropped.
pub(crate) struct Database {
    pub(crate) settings: settings::Store,
    folder: TempDir,
    made: Option<String>,
    listening: Listening,
}

/// What no line of the log may hold of those who use it: ids, and what they wrote.
impl Drop for Database {
    fn drop(&mut self) {
        let people = [MODERATOR.to_string(), MEMBER.to_string()];
        let texts =
            [passage(1).exact, "Cats?".into(), "Are there cats".into(), "DROP TABLE".into()];
        self.listening.holds_none_of(&[people.as_slice(), texts.as_slice()].concat());
    }
}

impl Database {
    /// A fresh one; `None` where there is no server to make it on, which is said.
    pub(crate) async fn new(kind: Kind) -> Option<Self> {
        let listening = offline::listen();
        let folder = tempfile::tempdir().unwrap();
        if kind == Kind::File {
            let path = folder.path().join("store.sqlite3");
            let settings = settings::Store::File(path);
            return Some(Self { settings, folder, made: None, listening });
        }
        let Ok(server) = env::var(SERVER) else {
            eprintln!(
                "skipped: {SERVER} names no PostgreSQL server; tests/postgres/run starts one"
            );
            return None;
        };
        let name = folder.path().file_name().unwrap().to_str().unwrap();
        let name = format!("t{}", name.replace(|c: char| !c.is_ascii_alphanumeric(), ""));
        let name = format!("{}_{}", name.to_lowercase(), std::process::id());
        let mut admin = admin(&server).await;
        let create = AssertSqlSafe(format!("CREATE DATABASE {name}"));
        sqlx::raw_sql(create).execute(&mut admin).await.unwrap();
        let url = format!("{server}/{name}");
        let settings = settings::Store::parse(&url).unwrap();
        Some(Self { settings, folder, made: Some(name), listening })
    }

    /// A fresh one of the same kind.
    pub(crate) async fn another(&self) -> Option<Self> {
        Self::new(if self.made.is_some() { Kind::Server } else { Kind::File }).await
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("store.sqlite3")
    }

    pub(crate) async fn open(&self) -> Arc<Store> {
        Arc::new(Store::open(&self.settings).await.unwrap())
    }

    /// Runs SQL beside the bot.
    pub(crate) async fn sql(&self, sql: &str) {
        let sql = AssertSqlSafe(sql.to_owned());
        match &self.settings {
            settings::Store::Server(url) => {
                let mut connection = PgConnection::connect(url.expose()).await.unwrap();
                sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
                connection.close().await.unwrap();
            }
            _ => {
                let mut connection = self.file().await;
                sqlx::raw_sql(sql).execute(&mut connection).await.unwrap();
                connection.close().await.unwrap();
            }
        }
    }

    /// The first column, as text.
    pub(crate) async fn column(&self, sql: &str) -> Vec<String> {
        let sql = AssertSqlSafe(sql.to_owned());
        match &self.settings {
            settings::Store::Server(url) => {
                let mut connection = PgConnection::connect(url.expose()).await.unwrap();
                let rows = sqlx::query(sql).fetch_all(&mut connection).await.unwrap();
                connection.close().await.unwrap();
                rows.iter().map(|row| row.get(0)).collect()
            }
            _ => {
                let mut connection = self.file().await;
                let rows = sqlx::query(sql).fetch_all(&mut connection).await.unwrap();
                connection.close().await.unwrap();
                rows.iter().map(|row| row.get(0)).collect()
            }
        }
    }

    async fn file(&self) -> SqliteConnection {
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(self.path());
        options.connect().await.unwrap()
    }

    /// Lets go of it, on the server as well.
    pub(crate) async fn remove(self) {
        if let (Some(name), Ok(server)) = (&self.made, env::var(SERVER)) {
            let drop = AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"));
            sqlx::raw_sql(drop).execute(&mut admin(&server).await).await.unwrap();
        }
    }
}

async fn admin(server: &str) -> PgConnection {
    PgConnection::connect(&format!("{server}/postgres")).await.unwrap()
}

/// Makes one test a database of each test in it.
macro_rules! on_each_database {
    ($($(#[$meta:meta])* async fn $name:ident($database:ident: &Database) $body:block)*) => {
        $(async fn $name($database: &Database) $body)*

        mod on_a_file {
            $(
                $(#[$meta])*
                #[tokio::test]
                async fn $name() {
                    use crate::store::database::{Database, Kind};
                    let database = Database::new(Kind::File).await.unwrap();
                    super::$name(&database).await;
                }
            )*
        }

        mod on_a_server {
            $(
                $(#[$meta])*
                #[tokio::test]
                async fn $name() {
                    use crate::store::database::{Database, Kind};
                    let Some(database) = Database::new(Kind::Server).await else { return };
                    super::$name(&database).await;
                    database.remove().await;
                }
            )*
        }
    };
}
pub(crate) use on_each_database;

// What somebody does

/// A moderator at home, deciding on the last state.
pub(crate) async fn moderator(store: &Store) -> Author {
    by(store, Some(HOME), MODERATOR, NOW).await
}

/// Somebody, deciding on the last state.
pub(crate) async fn by(store: &Store, guild: Option<u64>, who: u64, now: u64) -> Author {
    let revision = view(store, guild).await.revision;
    Author { guild, who, now, revision }
}

pub(crate) async fn view(store: &Store, guild: Option<u64>) -> View {
    store.view(guild, Excerpts::default()).await
}

/// An edit by a moderator at home.
pub(crate) async fn edit(store: &Store, edits: Vec<Edit>) -> Result<(), CommitError> {
    let author = moderator(store).await;
    let view = view(store, Some(HOME)).await;
    let inverse = view.community.inverse(&edits);
    store.commit(author, &[Change::Edit { edits, inverse }]).await
}

/// A passage by its number.
pub(crate) fn passage(number: u64) -> TextQuote {
    TextQuote {
        document: "library".into(),
        exact: format!("Sentence {number} is about dogs."),
        prefix: "It rains. ".into(),
        suffix: " It’s “dry”.".into(),
    }
}

pub(crate) async fn found(store: &Store, who: u64, wanted: StoreQuery) -> StoreData {
    let author = by(store, Some(HOME), who, NOW).await;
    store.find(author, &wanted).await
}
