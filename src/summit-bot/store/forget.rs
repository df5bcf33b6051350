//! Counts and deletes the data on one person.
//!
//! Two tables tie a row to a person: `ballot` by its voter, `history` by its moderator.

use std::collections::BTreeSet;

use super::database::Tx;
use super::votes::{self, Voters};
use bot::community::Held;

/// Who voted on what. For one person and one passage there is one hash, which is found by making
/// it.
const BALLOTS: &str = "SELECT guild, passage, voter FROM ballot ORDER BY guild, passage";

/// Returns what is held on a person, in all communities.
pub(super) async fn count(work: &mut Tx, person: u64) -> Result<Held, sqlx::Error> {
    const CHANGES: &str = "SELECT COUNT(*) FROM history WHERE moderator = $1";
    let votes = ballots(work, person).await?.len() as u64;
    let row = work.row(CHANGES, &[person.into()]).await?.ok_or(sqlx::Error::RowNotFound)?;
    Ok(Held { votes, changes: row.id(0)? })
}

/// Deletes all that ties anything to a person, and names the communities of which something else
/// is known then.
pub(super) async fn person(work: &mut Tx, person: u64) -> Result<BTreeSet<u64>, sqlx::Error> {
    const FORGET: &str = "UPDATE history SET moderator = NULL WHERE moderator = $1 RETURNING guild";
    for Ballot { guild, passage, voter } in ballots(work, person).await? {
        votes::withdraw(work, guild, &passage, &voter).await?;
    }
    let changed = work.rows(FORGET, &[person.into()]).await?;
    changed.iter().map(|row| row.id(0)).collect()
}

/// A vote of the person.
struct Ballot {
    guild: u64,
    passage: String,
    voter: String,
}

async fn ballots(work: &mut Tx, person: u64) -> Result<Vec<Ballot>, sqlx::Error> {
    let Some(voters) = Voters::existing(work).await? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    let mut current = (0, String::new(), String::new());
    for row in work.rows(BALLOTS, &[]).await? {
        let (guild, passage, voter) = (row.id(0)?, row.text(1)?, row.text(2)?);
        if (guild, &passage) != (current.0, &current.1) || current.2.is_empty() {
            let hash = voters.hash(guild, &passage, person);
            current = (guild, passage.clone(), hash);
        }
        if voter == current.2 {
            found.push(Ballot { guild, passage, voter });
        }
    }
    Ok(found)
}
