//! Changes, kept: all of those that were decided together, or none.

use super::database::{TransactionError, Tx};
use super::edit::{self, text};
use super::error::StoreError;
use super::{forget, votes};
use bot::community::retention::DAY;
use bot::community::{Change, Edit};

/// Who changes something, where, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Author {
    /// The server; `None` for direct messages.
    pub guild: Option<u64>,
    /// The person's id.
    pub who: u64,
    /// When, in seconds since 1970 (UTC).
    pub now: u64,
    /// The number of the last record of the server on which it was decided.
    pub revision: u64,
}

/// Why it cannot be said that changes were kept.
#[derive(Debug, thiserror::Error)]
pub enum CommitError {
    /// Someone else was quicker: nothing is kept, and it is to be decided again.
    #[error("something else was changed meanwhile")]
    Conflict,
    /// The database fails; nothing is kept.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The connection was lost before the database said whether it kept them: it has kept all of
    /// them, or nothing.
    #[error("it is not known whether the changes were kept")]
    Unknown(#[source] StoreError),
}

/// Why changes are not kept.
pub(super) enum ChangeError {
    Conflict,
    Database(sqlx::Error),
    /// The last word of the database was not heard.
    Unknown(sqlx::Error),
}

impl From<sqlx::Error> for ChangeError {
    fn from(error: sqlx::Error) -> Self {
        Self::Database(error)
    }
}

impl From<TransactionError> for ChangeError {
    fn from(error: TransactionError) -> Self {
        match error {
            TransactionError::RolledBack(error) => Self::Database(error),
            TransactionError::Unknown(error) => Self::Unknown(error),
        }
    }
}

/// The number under which the data of direct messages is kept.
pub(super) const DIRECT: u64 = 0;

/// Does the changes, and names the communities of which something else is known now.
pub(super) async fn keep(
    work: &mut Tx,
    author: Author,
    changes: &[Change],
) -> Result<Vec<u64>, ChangeError> {
    let guild = author.guild.unwrap_or(DIRECT);
    let mut revision = lock(work, guild).await?;
    if changes.iter().any(Change::is_recorded) && revision != author.revision {
        return Err(ChangeError::Conflict);
    }
    let mut touched = Vec::new();
    for change in changes {
        match change {
            Change::Edit { edits, inverse } => {
                revision += 1;
                record(work, author, revision, edits, inverse, None).await?;
                touched.push(guild);
            }
            Change::Undo { number, edits, inverse } => {
                const MARK: &str = "UPDATE history SET is_undone = 1 \
                                    WHERE guild = $1 AND number = $2 AND is_undone = 0";
                const REOPEN: &str = "UPDATE unanswered SET settled_by = NULL \
                                      WHERE guild = $1 AND settled_by = $2";
                if work.execute(MARK, &[guild.into(), (*number).into()]).await? == 0 {
                    return Err(ChangeError::Conflict);
                }
                work.execute(REOPEN, &[guild.into(), (*number).into()]).await?;
                revision += 1;
                record(work, author, revision, edits, inverse, Some(*number)).await?;
                touched.push(guild);
            }
            Change::Vote { passage, vote } => {
                votes::cast(work, author, passage, *vote).await?;
            }
            Change::KeepUnanswered { question, topic, days } => {
                keep_unanswered(work, author, question, topic, *days).await?;
            }
            Change::Dismiss { topic } => {
                const DISMISS: &str = "DELETE FROM unanswered \
                                       WHERE guild = $1 AND topic = $2 AND settled_by IS NULL";
                work.execute(DISMISS, &[guild.into(), topic.as_str().into()]).await?;
            }
            Change::Settle { topic } => {
                const SETTLE: &str = "UPDATE unanswered SET settled_by = $3 \
                                      WHERE guild = $1 AND topic = $2 AND settled_by IS NULL";
                let values = [guild.into(), topic.as_str().into(), revision.into()];
                work.execute(SETTLE, &values).await?;
            }
            Change::ForgetPerson => {
                touched.extend(forget::person(work, author.who).await?);
            }
        }
    }
    touched.sort_unstable();
    touched.dedup();
    Ok(touched)
}

/// Makes whoever changes something in the same community wait, and gives the number of its last
/// record. A server in which something is changed is one that the bot is in.
async fn lock(work: &mut Tx, guild: u64) -> Result<u64, sqlx::Error> {
    const LOCK: &str = "INSERT INTO guild (id) VALUES ($1) \
                        ON CONFLICT (id) DO UPDATE SET removed_at = NULL RETURNING revision";
    let row = work.row(LOCK, &[guild.into()]).await?.ok_or(sqlx::Error::RowNotFound)?;
    row.id(0)
}

/// Does edits and records them.
async fn record(
    work: &mut Tx,
    author: Author,
    number: u64,
    edits: &[Edit],
    inverse: &[Edit],
    undoes: Option<u64>,
) -> Result<(), sqlx::Error> {
    const RECORD: &str = "INSERT INTO history \
                          (guild, number, at, moderator, edits, inverse, undoes) \
                          VALUES ($1, $2, $3, $4, $5, $6, $7)";
    const COUNT: &str = "UPDATE guild SET revision = $2 WHERE id = $1";
    let guild = author.guild.unwrap_or(DIRECT);
    for one in edits {
        edit::apply(work, guild, one).await?;
    }
    let values = [
        guild.into(),
        number.into(),
        author.now.into(),
        author.who.into(),
        text(edits)?.into(),
        text(inverse)?.into(),
        undoes.into(),
    ];
    work.execute(RECORD, &values).await?;
    work.execute(COUNT, &[guild.into(), number.into()]).await.map(drop)
}

async fn keep_unanswered(
    work: &mut Tx,
    author: Author,
    question: &str,
    topic: &str,
    days: u32,
) -> Result<(), sqlx::Error> {
    const KEEP: &str = "INSERT INTO unanswered (guild, number, topic, question, at, until) \
                        SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, $4, $5 \
                        FROM unanswered WHERE guild = $1";
    let guild = author.guild.unwrap_or(DIRECT);
    let until = author.now.saturating_add(u64::from(days) * DAY);
    let values = [guild.into(), topic.into(), question.into(), author.now.into(), until.into()];
    work.execute(KEEP, &values).await.map(drop)
}
