//! Votes: one a person and passage, by a keyed hash, counted by the day.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::commit::{Author, DIRECT};
use super::database::{Tx, unreadable};
use super::edit::{hex_key, keep_passage, key_of};
use bot::community::retention::DAY;
use bot::community::{Reason, TextQuote, Vote};

/// Makes hashes of voters. The key stays in the database: without it a hash tells nothing, and
/// with it one can only try person by person.
pub(super) struct Voters {
    hmac: Hmac<Sha256>,
}

impl Voters {
    /// With the key of the database, which is made by the first who needs it.
    pub(super) async fn new(work: &mut Tx) -> Result<Self, sqlx::Error> {
        const KEEP: &str = "INSERT INTO about (name, value) VALUES ('voter key', $1) \
                            ON CONFLICT (name) DO NOTHING";
        if let Some(voters) = Self::existing(work).await? {
            return Ok(voters);
        }
        let key = work.secret().await?;
        work.execute(KEEP, &[key.into()]).await?;
        // Another process may have been quicker.
        Self::existing(work).await?.ok_or(sqlx::Error::RowNotFound)
    }

    /// With the key of the database; `None` where no one has voted yet.
    pub(super) async fn existing(work: &mut Tx) -> Result<Option<Self>, sqlx::Error> {
        const KEY: &str = "SELECT value FROM about WHERE name = 'voter key'";
        let Some(row) = work.row(KEY, &[]).await? else { return Ok(None) };
        let key = row.text(0)?;
        let hmac = Hmac::new_from_slice(key.as_bytes()).map_err(|_| unreadable("no key"))?;
        Ok(Some(Self { hmac }))
    }

    /// Returns the hash of a person for one passage.
    pub(super) fn hash(&self, guild: u64, passage: &str, person: u64) -> String {
        let mut hmac = self.hmac.clone();
        hmac.update(&guild.to_be_bytes());
        hmac.update(&person.to_be_bytes());
        hmac.update(passage.as_bytes());
        hex_key(&hmac.finalize().into_bytes())
    }
}

/// Returns the person's vote on a passage becomes `vote`.
pub(super) async fn cast(
    work: &mut Tx,
    author: Author,
    passage: &TextQuote,
    vote: Option<Vote>,
) -> Result<(), sqlx::Error> {
    const CAST: &str = "INSERT INTO ballot (guild, passage, voter, vote, at) \
                        VALUES ($1, $2, $3, $4, $5)";
    const COUNT: &str = "INSERT INTO tally (guild, passage, day) VALUES ($1, $2, $3) \
                         ON CONFLICT (guild, passage, day) DO NOTHING";
    let guild = author.guild.unwrap_or(DIRECT);
    let key = keep_passage(work, guild, passage).await?;
    let voter = Voters::new(work).await?.hash(guild, &key, author.who);
    withdraw(work, guild, &key, &voter).await?;
    let Some(vote) = vote else { return Ok(()) };
    let values =
        [guild.into(), key.as_str().into(), voter.into(), name(vote).into(), author.now.into()];
    work.execute(CAST, &values).await?;
    let location = [guild.into(), key.into(), (author.now / DAY).into()];
    work.execute(COUNT, &location).await?;
    work.execute(statements(vote).more, &location).await.map(drop)
}

/// Takes a vote back, where there is one.
pub(super) async fn withdraw(
    work: &mut Tx,
    guild: u64,
    passage: &str,
    voter: &str,
) -> Result<(), sqlx::Error> {
    const WITHDRAW: &str = "DELETE FROM ballot WHERE guild = $1 AND passage = $2 AND voter = $3 \
                            RETURNING vote, at";
    let values = [guild.into(), passage.into(), voter.into()];
    for row in work.rows(WITHDRAW, &values).await? {
        let vote = of_name(&row.text(0)?).ok_or_else(|| unreadable("no such vote"))?;
        let location = [guild.into(), passage.into(), (row.id(1)? / DAY).into()];
        work.execute(statements(vote).less, &location).await?;
    }
    Ok(())
}

/// Returns the person's vote on a passage.
pub(super) async fn of_person(
    work: &mut Tx,
    guild: u64,
    passage: &TextQuote,
    person: u64,
) -> Result<Option<Vote>, sqlx::Error> {
    const VOTE: &str = "SELECT vote FROM ballot WHERE guild = $1 AND passage = $2 AND voter = $3";
    let Some(voters) = Voters::existing(work).await? else { return Ok(None) };
    let key = key_of(passage);
    let voter = voters.hash(guild, &key, person);
    match work.row(VOTE, &[guild.into(), key.into(), voter.into()]).await? {
        Some(row) => Ok(of_name(&row.text(0)?)),
        None => Ok(None),
    }
}

/// How a vote is counted.
struct Statements {
    more: &'static str,
    less: &'static str,
}

macro_rules! counted {
    ($column:literal) => {
        Statements {
            more: concat!(
                "UPDATE tally SET ",
                $column,
                " = ",
                $column,
                " + 1 WHERE guild = $1 AND passage = $2 AND day = $3"
            ),
            less: concat!(
                "UPDATE tally SET ",
                $column,
                " = ",
                $column,
                " - 1 WHERE guild = $1 AND passage = $2 AND day = $3 AND ",
                $column,
                " > 0"
            ),
        }
    };
}

fn statements(vote: Vote) -> Statements {
    match vote {
        Vote::Up => counted!("up"),
        Vote::Down(Reason::WrongVoice) => counted!("wrong_voice"),
        Vote::Down(Reason::NoAnswer) => counted!("no_answer"),
        Vote::Down(Reason::TooShort) => counted!("too_short"),
        Vote::Down(Reason::Other) => counted!("other"),
    }
}

fn name(vote: Vote) -> &'static str {
    match vote {
        Vote::Up => "up",
        Vote::Down(reason) => reason.name(),
    }
}

fn of_name(name: &str) -> Option<Vote> {
    match name {
        "up" => Some(Vote::Up),
        reason => Reason::of(reason).map(Vote::Down),
    }
}
