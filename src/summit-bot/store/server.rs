//! A PostgreSQL server: connected to, and brought up to date.

use std::str::FromStr;
use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};

use super::error::{StoreError, StoreErrorKind};
use super::migrations;
use crate::settings::ServerUrl;

/// How long a connection is waited for: whoever changes something gets an answer within three
/// seconds.
const PATIENCE: Duration = Duration::from_secs(2);
/// Connections of one process.
const CONNECTIONS: u32 = 4;

/// The address of a server, and its name in messages.
#[derive(Debug, Clone)]
pub(super) struct Server {
    options: PgConnectOptions,
    location: String,
}

impl Server {
    pub(super) fn new(url: &ServerUrl) -> Result<Self, StoreError> {
        // The address may hold a password, so that neither it nor what is said of it is shown.
        let options = PgConnectOptions::from_str(url.expose()).map_err(|_| {
            StoreError::new("the PostgreSQL server that store.url names", StoreErrorKind::Refused)
        })?;
        let options = options.application_name("summit-bot").disable_statement_logging();
        let database = options.get_database().unwrap_or_else(|| options.get_username()).to_owned();
        let location = format!(
            "the store on PostgreSQL at {}:{} (database {database})",
            options.get_host(),
            options.get_port()
        );
        Ok(Self { options, location })
    }

    pub(super) fn location(&self) -> &str {
        &self.location
    }

    pub(super) fn sql(&self, error: sqlx::Error) -> StoreError {
        match StoreError::of_database(&self.location, error) {
            // The pool waits as long as the server is away.
            error if error.trouble() == StoreErrorKind::Busy && error.is_time_out() => {
                error.understood_as(StoreErrorKind::Unreachable)
            }
            error => error,
        }
    }

    pub(super) async fn connect(&self) -> Result<PgPool, StoreError> {
        let pool = PgPoolOptions::new().max_connections(CONNECTIONS).acquire_timeout(PATIENCE);
        pool.connect_with(self.options.clone()).await.map_err(|error| self.sql(error))
    }

    /// One connection that stays open, to listen with.
    pub(super) async fn listener_pool(&self) -> Result<PgPool, sqlx::Error> {
        let pool = PgPoolOptions::new().max_connections(1).idle_timeout(None).max_lifetime(None);
        pool.acquire_timeout(PATIENCE).connect_with(self.options.clone()).await
    }

    /// Connects, and brings the schema up to date; bots that start together wait for one another.
    pub(super) async fn open(&self) -> Result<PgPool, StoreError> {
        let pool = self.connect().await?;
        let newest = migrations::newest();
        match migrations::up_to(newest).run(&pool).await {
            Ok(()) => Ok(pool),
            Err(error) => {
                pool.close().await;
                Err(StoreError::of_migration(&self.location, error, newest))
            }
        }
    }
}
