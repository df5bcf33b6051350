//! The schema, version by version. What has been released is never edited: a change is a new
//! version.

use sqlx::SqlSafeStr;
use sqlx::migrate::{Migration, MigrationType, Migrator};

/// Every version: its number, what it brings, and how.
const VERSIONS: &[(i64, &str, &str)] = &[
    (1, "communities", include_str!("migrations/0001_communities.sql")),
    (2, "review", include_str!("migrations/0002_review.sql")),
    (3, "settled questions", include_str!("migrations/0003_settled.sql")),
];

/// Returns the newest version of the schema.
#[must_use]
pub(super) fn newest() -> i64 {
    VERSIONS.last().map_or(0, |(number, ..)| *number)
}

/// Brings a database upwards to `version`.
pub(super) fn up_to(version: i64) -> Migrator {
    let versions = VERSIONS.iter().filter(|(number, ..)| *number <= version);
    let migrations = versions.map(|&(number, brings, sql)| {
        Migration::new(number, brings.into(), MigrationType::Simple, sql.into_sql_str(), false)
    });
    Migrator::with_migrations(migrations.collect())
}
