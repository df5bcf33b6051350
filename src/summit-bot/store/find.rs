//! Data that a request wants beyond what is always known.

use super::commit::{Author, DIRECT};
use super::database::{Row, Tx};
use super::{forget, load, votes};
use bot::community::retention::DAY;
use bot::community::{Flag, Page, Statistics, StoreData, StoreQuery, Tally, Unanswered};

/// Looks it up.
pub(super) async fn found(
    work: &mut Tx,
    asker: Author,
    wanted: &StoreQuery,
) -> Result<StoreData, sqlx::Error> {
    let guild = asker.guild.unwrap_or(DIRECT);
    Ok(match wanted {
        StoreQuery::Nothing => StoreData::Nothing,
        StoreQuery::Vote(passage) => {
            StoreData::Vote(votes::of_person(work, guild, passage, asker.who).await?)
        }
        StoreQuery::Unanswered { since, skip, take } => {
            StoreData::Unanswered(unanswered(work, guild, *since, *skip, *take).await?)
        }
        StoreQuery::Topic(topic) => StoreData::Topic(on_topic(work, guild, topic).await?),
        StoreQuery::Flags { since, skip, take } => {
            StoreData::Flags(flags(work, guild, *since, *skip, *take).await?)
        }
        StoreQuery::Held => StoreData::Held(forget::count(work, asker.who).await?),
        StoreQuery::Statistics => StoreData::Statistics(statistics(work, guild).await?),
    })
}

async fn unanswered(
    work: &mut Tx,
    guild: u64,
    since: u64,
    skip: u32,
    take: u32,
) -> Result<Page<Unanswered>, sqlx::Error> {
    const COUNT: &str = "SELECT COUNT(DISTINCT topic) FROM unanswered \
                         WHERE guild = $1 AND at >= $2 AND settled_by IS NULL";
    const PAGE: &str = "SELECT topic, COUNT(*), MAX(at) FROM unanswered \
                        WHERE guild = $1 AND at >= $2 AND settled_by IS NULL GROUP BY topic \
                        ORDER BY COUNT(*) DESC, MAX(at) DESC, topic LIMIT $3 OFFSET $4";
    let since = since.min(i64::MAX.unsigned_abs());
    let all = count(work, COUNT, &[guild.into(), since.into()]).await?;
    let range = [guild.into(), since.into(), i64::from(take).into(), i64::from(skip).into()];
    let mut items = Vec::new();
    for row in work.rows(PAGE, &range).await? {
        items.extend(group(work, guild, &row).await?);
    }
    Ok(Page { items, all })
}

async fn on_topic(
    work: &mut Tx,
    guild: u64,
    topic: &str,
) -> Result<Option<Unanswered>, sqlx::Error> {
    const TOPIC: &str = "SELECT topic, COUNT(*), MAX(at) FROM unanswered \
                         WHERE guild = $1 AND topic = $2 AND settled_by IS NULL GROUP BY topic";
    match work.row(TOPIC, &[guild.into(), topic.into()]).await? {
        Some(row) => group(work, guild, &row).await,
        None => Ok(None),
    }
}

/// Returns a group with the question that was asked last.
async fn group(work: &mut Tx, guild: u64, row: &Row) -> Result<Option<Unanswered>, sqlx::Error> {
    const LAST: &str = "SELECT question FROM unanswered WHERE guild = $1 AND topic = $2 \
                        AND settled_by IS NULL ORDER BY at DESC, number DESC LIMIT 1";
    let topic = row.text(0)?;
    let Some(last) = work.row(LAST, &[guild.into(), topic.as_str().into()]).await? else {
        return Ok(None);
    };
    let question = last.text(0)?;
    Ok(Some(Unanswered { topic, question, times: row.id(1)?, last_at: row.id(2)? }))
}

async fn flags(
    work: &mut Tx,
    guild: u64,
    since: u64,
    skip: u32,
    take: u32,
) -> Result<Page<Flag>, sqlx::Error> {
    const COUNT: &str = "SELECT COUNT(*) FROM (SELECT passage FROM tally \
                         WHERE guild = $1 AND day >= $2 GROUP BY passage \
                         HAVING SUM(wrong_voice + no_answer + too_short + other) > 0) AS flagged";
    const PAGE: &str = "SELECT document, exact, prefix, suffix, \
                        up, wrong_voice, no_answer, too_short, other \
                        FROM (SELECT passage, CAST(SUM(up) AS BIGINT) AS up, \
                        CAST(SUM(wrong_voice) AS BIGINT) AS wrong_voice, \
                        CAST(SUM(no_answer) AS BIGINT) AS no_answer, \
                        CAST(SUM(too_short) AS BIGINT) AS too_short, \
                        CAST(SUM(other) AS BIGINT) AS other \
                        FROM tally WHERE guild = $1 AND day >= $2 GROUP BY passage) AS votes \
                        JOIN passage ON passage.guild = $1 AND passage.key = votes.passage \
                        WHERE wrong_voice + no_answer + too_short + other > 0 \
                        ORDER BY wrong_voice + no_answer + too_short + other DESC, \
                        document, exact, prefix, suffix LIMIT $3 OFFSET $4";
    let first_day = since / DAY;
    let all = count(work, COUNT, &[guild.into(), first_day.into()]).await?;
    let range = [guild.into(), first_day.into(), i64::from(take).into(), i64::from(skip).into()];
    let rows = work.rows(PAGE, &range).await?;
    let items = rows.iter().map(flag).collect::<Result<_, _>>()?;
    Ok(Page { items, all })
}

async fn statistics(work: &mut Tx, guild: u64) -> Result<Statistics, sqlx::Error> {
    const UNANSWERED: &str =
        "SELECT COUNT(*) FROM unanswered WHERE guild = $1 AND settled_by IS NULL";
    const VOTED: &str = "SELECT document, exact, prefix, suffix, \
                         up, wrong_voice, no_answer, too_short, other \
                         FROM (SELECT passage, CAST(SUM(up) AS BIGINT) AS up, \
                         CAST(SUM(wrong_voice) AS BIGINT) AS wrong_voice, \
                         CAST(SUM(no_answer) AS BIGINT) AS no_answer, \
                         CAST(SUM(too_short) AS BIGINT) AS too_short, \
                         CAST(SUM(other) AS BIGINT) AS other \
                         FROM tally WHERE guild = $1 GROUP BY passage) AS votes \
                         JOIN passage ON passage.guild = $1 AND passage.key = votes.passage \
                         WHERE up + wrong_voice + no_answer + too_short + other > 0 \
                         ORDER BY up + wrong_voice + no_answer + too_short + other DESC, \
                         document, exact, prefix, suffix LIMIT $2";
    let unanswered = count(work, UNANSWERED, &[guild.into()]).await?;
    let most = Statistics::MAX_PASSAGES as u64;
    let rows = work.rows(VOTED, &[guild.into(), most.into()]).await?;
    let passages = rows.iter().map(flag).collect::<Result<_, _>>()?;
    Ok(Statistics { unanswered, passages })
}

async fn count(
    work: &mut Tx,
    sql: &'static str,
    values: &[super::database::Value],
) -> Result<u64, sqlx::Error> {
    work.row(sql, values).await?.ok_or(sqlx::Error::RowNotFound)?.id(0)
}

fn flag(row: &Row) -> Result<Flag, sqlx::Error> {
    let votes = Tally {
        up: row.id(4)?,
        wrong_voice: row.id(5)?,
        no_answer: row.id(6)?,
        too_short: row.id(7)?,
        other: row.id(8)?,
    };
    Ok(Flag { passage: load::quote(row, 0)?, votes })
}
