//! One pool of connections to either database, and the same SQL for both.
//!
//! SQL here is what SQLite and PostgreSQL share: `BIGINT` and `TEXT`, `$1`, `ON CONFLICT`,
//! `RETURNING`. It knows nothing of what is stored.

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgPool, PgRow, Postgres};
use sqlx::sqlite::{Sqlite, SqlitePool, SqliteRow};
use sqlx::{Row as _, Transaction};

/// Connections to one database.
#[derive(Debug, Clone)]
pub(super) enum Database {
    /// A file or memory; there is one connection that writes, so that no one waits for a lock.
    Sqlite {
        /// Begins with the lock.
        writer: SqlitePool,
        /// Reads beside the writer, in states that are whole.
        reader: SqlitePool,
    },
    /// A server.
    Postgres(PgPool),
}

/// A value for a placeholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Number(Option<i64>),
    Text(Option<String>),
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Number(Some(number))
    }
}

/// Ids of Discord and times are stored as they are; SQL has no unsigned numbers.
impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Number(Some(number.cast_signed()))
    }
}

impl From<Option<u64>> for Value {
    fn from(number: Option<u64>) -> Self {
        Self::Number(number.map(u64::cast_signed))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        // PostgreSQL keeps no NUL in a text; both shall keep the same.
        Self::Text(Some(text.replace('\0', "\u{fffd}")))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Self {
        text.map_or(Self::Text(None), Self::from)
    }
}

/// A row that was read.
#[derive(Debug)]
pub(super) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

impl Row {
    /// Returns the number in a column, counted from 0; `None` where it is null.
    pub(super) fn maybe_number(&self, column: usize) -> Result<Option<i64>, sqlx::Error> {
        match self {
            Self::Sqlite(row) => row.try_get(column),
            Self::Postgres(row) => row.try_get(column),
        }
    }

    /// Returns the text in a column, counted from 0; `None` where it is null.
    pub(super) fn maybe_text(&self, column: usize) -> Result<Option<String>, sqlx::Error> {
        match self {
            Self::Sqlite(row) => row.try_get(column),
            Self::Postgres(row) => row.try_get(column),
        }
    }

    pub(super) fn number(&self, column: usize) -> Result<i64, sqlx::Error> {
        self.maybe_number(column)?.ok_or_else(|| null(column))
    }

    /// Returns an id of Discord, a time or a count.
    pub(super) fn id(&self, column: usize) -> Result<u64, sqlx::Error> {
        self.number(column).map(i64::cast_unsigned)
    }

    pub(super) fn maybe_id(&self, column: usize) -> Result<Option<u64>, sqlx::Error> {
        Ok(self.maybe_number(column)?.map(i64::cast_unsigned))
    }

    pub(super) fn text(&self, column: usize) -> Result<String, sqlx::Error> {
        self.maybe_text(column)?.ok_or_else(|| null(column))
    }
}

fn null(column: usize) -> sqlx::Error {
    unreadable(format!("column {column} holds nothing"))
}

/// Returns a row that does not say what it should.
pub(super) fn unreadable(what: impl Into<String>) -> sqlx::Error {
    sqlx::Error::Decode(what.into().into())
}

/// Why it cannot be said that a transaction is kept.
#[derive(Debug)]
pub(super) enum TransactionError {
    /// The database says that nothing of it is.
    RolledBack(sqlx::Error),
    /// The database was lost before it said anything.
    Unknown(sqlx::Error),
}

impl TransactionError {
    fn of(error: sqlx::Error) -> Self {
        // PostgreSQL says these where it ends a connection, whatever becomes of what it was doing.
        let ends =
            |code: &str| code.len() == 5 && (code.starts_with("57") || code.starts_with("08"));
        match &error {
            sqlx::Error::Database(reported) if !reported.code().is_some_and(|code| ends(&code)) => {
                Self::RolledBack(error)
            }
            _ => Self::Unknown(error),
        }
    }

    /// For whom it makes no difference.
    pub(super) fn into_error(self) -> sqlx::Error {
        match self {
            Self::RolledBack(error) | Self::Unknown(error) => error,
        }
    }
}

/// A transaction: all of it is kept, or nothing. Nothing is, where it is dropped.
pub(super) enum Tx {
    /// Begun and ended by hand: sqlx counts transactions, and miscounts those that SQLite takes
    /// back by itself, as on a full disk.
    Sqlite(PoolConnection<Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

macro_rules! query {
    ($sql:expr, $values:expr) => {{
        let mut query = sqlx::query($sql);
        for value in $values {
            query = match value {
                Value::Number(number) => query.bind(*number),
                Value::Text(text) => query.bind(text.clone()),
            };
        }
        query
    }};
}

impl Tx {
    /// Returns the rows that a query gives.
    pub(super) async fn rows(
        &mut self,
        sql: &'static str,
        values: &[Value],
    ) -> Result<Vec<Row>, sqlx::Error> {
        Ok(match self {
            Self::Sqlite(work) => {
                let rows = query!(sql, values).fetch_all(&mut **work).await?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            Self::Postgres(work) => {
                let rows = query!(sql, values).fetch_all(&mut **work).await?;
                rows.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    /// Returns the first row that a query gives.
    pub(super) async fn row(
        &mut self,
        sql: &'static str,
        values: &[Value],
    ) -> Result<Option<Row>, sqlx::Error> {
        Ok(self.rows(sql, values).await?.into_iter().next())
    }

    /// Does something, and says how many rows it touched.
    pub(super) async fn execute(
        &mut self,
        sql: &'static str,
        values: &[Value],
    ) -> Result<u64, sqlx::Error> {
        Ok(match self {
            Self::Sqlite(work) => query!(sql, values).execute(&mut **work).await?.rows_affected(),
            Self::Postgres(work) => query!(sql, values).execute(&mut **work).await?.rows_affected(),
        })
    }

    /// Thirty bytes that no one can guess, in hexadecimal digits.
    pub(super) async fn secret(&mut self) -> Result<String, sqlx::Error> {
        let sql = match self {
            Self::Sqlite(_) => "SELECT lower(hex(randomblob(30)))",
            Self::Postgres(_) => {
                "SELECT replace(concat(gen_random_uuid(), gen_random_uuid()), '-', '')"
            }
        };
        self.row(sql, &[]).await?.ok_or(sqlx::Error::RowNotFound)?.text(0)
    }

    /// Tells other processes, once it is committed, that something else is known of a community.
    pub(super) async fn announce(&mut self, guild: u64) -> Result<(), sqlx::Error> {
        const ANNOUNCE: &str = "SELECT CAST(pg_notify('summit_bot', $1) AS TEXT)";
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(_) => {
                self.execute(ANNOUNCE, &[guild.to_string().into()]).await.map(drop)
            }
        }
    }

    /// Keeps what was done.
    pub(super) async fn commit(self) -> Result<(), TransactionError> {
        let kept = match self {
            Self::Sqlite(mut work) => {
                let kept = sqlx::raw_sql("COMMIT").execute(&mut *work).await;
                if kept.is_err() {
                    Self::Sqlite(work).rollback().await;
                }
                kept.map(drop)
            }
            Self::Postgres(work) => work.commit().await,
        };
        kept.map_err(TransactionError::of)
    }

    /// Keeps nothing of what was done.
    pub(super) async fn rollback(self) {
        // Where it fails, there is nothing to take back any more.
        match self {
            Self::Sqlite(mut work) => drop(sqlx::raw_sql("ROLLBACK").execute(&mut *work).await),
            Self::Postgres(work) => drop(work.rollback().await),
        }
    }
}

/// Begins a transaction on a connection; one that was left open there is taken back.
async fn begin(pool: &SqlitePool, statement: &'static str) -> Result<Tx, sqlx::Error> {
    const ERROR: &str = "1";
    let mut connection = pool.acquire().await?;
    let begun = sqlx::raw_sql(statement).execute(&mut *connection).await;
    let is_open = |error: &sqlx::Error| {
        error.as_database_error().is_some_and(|reported| reported.code().as_deref() == Some(ERROR))
    };
    match begun {
        Err(error) if is_open(&error) => {
            sqlx::raw_sql("ROLLBACK").execute(&mut *connection).await?;
            sqlx::raw_sql(statement).execute(&mut *connection).await?;
        }
        Err(error) => return Err(error),
        Ok(_) => {}
    }
    Ok(Tx::Sqlite(connection))
}

impl Database {
    /// Returns a transaction that may write.
    pub(super) async fn write(&self) -> Result<Tx, sqlx::Error> {
        Ok(match self {
            // The lock is taken at once, so that nothing read before it can be out of date.
            Self::Sqlite { writer, .. } => begin(writer, "BEGIN IMMEDIATE").await?,
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Returns a transaction that reads one state of the whole.
    pub(super) async fn read(&self) -> Result<Tx, sqlx::Error> {
        Ok(match self {
            Self::Sqlite { reader, .. } => begin(reader, "BEGIN").await?,
            Self::Postgres(pool) => {
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
                Tx::Postgres(pool.begin_with(begin).await?)
            }
        })
    }

    /// Closes all connections; what is under way is finished first.
    pub(super) async fn close(&self) {
        match self {
            Self::Sqlite { writer, reader } => {
                reader.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}
