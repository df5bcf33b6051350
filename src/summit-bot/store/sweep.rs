//! Deletes data that has been kept as long as it may be. How long is said in one table:
//! [`bot::community::retention`].

use super::database::Tx;
use bot::community::retention::{AFTER_REMOVAL_DAYS, DAY, HISTORY_DAYS, VOTER_DAYS};

/// How many rows a sweep deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Swept {
    /// Servers from which the bot was removed, with all that they had set.
    pub guilds: u64,
    /// Records of changes.
    pub records: u64,
    /// Ties of votes to their voters; the votes still count.
    pub voters: u64,
    /// Questions without an answer.
    pub unanswered: u64,
}

/// Deletes what is too old at `now`.
pub(super) async fn sweep(work: &mut Tx, now: u64) -> Result<Swept, sqlx::Error> {
    const GUILDS: &str = "DELETE FROM guild WHERE removed_at <= $1";
    const HISTORY: &str = "DELETE FROM history WHERE at <= $1";
    const VOTERS: &str = "DELETE FROM ballot WHERE at <= $1";
    const EXPIRED: &str = "DELETE FROM unanswered WHERE until <= $1";
    // A server that keeps questions for a shorter time now, or not at all, means all of them.
    const SWITCHED_OFF: &str = "DELETE FROM unanswered WHERE NOT EXISTS (SELECT 1 FROM setting s \
                                WHERE s.guild = unanswered.guild AND s.name = 'keep-unanswered' \
                                AND s.value <> '\"off\"')";
    const SHORTENED: &str = "DELETE FROM unanswered WHERE at <= $1 AND EXISTS (SELECT 1 \
                             FROM setting s WHERE s.guild = unanswered.guild \
                             AND s.name = 'keep-unanswered' AND s.value = '\"7-days\"')";
    const EMPTY: &str =
        "DELETE FROM tally WHERE up + wrong_voice + no_answer + too_short + other = 0";
    const PASSAGES: &str = "DELETE FROM passage WHERE \
        NOT EXISTS (SELECT 1 FROM pin o WHERE o.guild = passage.guild AND o.passage = key) \
        AND NOT EXISTS (SELECT 1 FROM hidden o WHERE o.guild = passage.guild AND o.passage = key) \
        AND NOT EXISTS (SELECT 1 FROM tally o WHERE o.guild = passage.guild AND o.passage = key)";
    let before = |days: u32| now.saturating_sub(u64::from(days) * DAY);
    let guilds = work.execute(GUILDS, &[before(AFTER_REMOVAL_DAYS).into()]).await?;
    let records = work.execute(HISTORY, &[before(HISTORY_DAYS).into()]).await?;
    let voters = work.execute(VOTERS, &[before(VOTER_DAYS).into()]).await?;
    let unanswered = work.execute(EXPIRED, &[now.into()]).await?
        + work.execute(SWITCHED_OFF, &[]).await?
        + work.execute(SHORTENED, &[before(7).into()]).await?;
    work.execute(EMPTY, &[]).await?;
    work.execute(PASSAGES, &[]).await?;
    Ok(Swept { guilds, records, voters, unanswered })
}
