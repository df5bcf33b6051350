//! Edits of what a community has set, as rows.

use sha2::{Digest, Sha256};

use super::database::{Tx, Value};
use bot::community::{ChannelMentions, Edit, TextQuote};

/// Characters of a key: 128 bits.
pub(super) const KEY_LENGTH: usize = 32;

/// Does one edit.
pub(super) async fn apply(work: &mut Tx, guild: u64, edit: &Edit) -> Result<(), sqlx::Error> {
    match edit {
        Edit::Channel { channel, mentions } => set_channel(work, guild, *channel, *mentions).await,
        Edit::Pin { question, passage } => {
            let pin = "INSERT INTO pin (guild, question, passage) VALUES ($1, $2, $3) \
                       ON CONFLICT (guild, question) DO UPDATE SET passage = excluded.passage";
            let key = keep_passage(work, guild, passage).await?;
            work.execute(pin, &[guild.into(), question.as_str().into(), key.into()]).await.map(drop)
        }
        Edit::Unpin { question } => {
            let unpin = "DELETE FROM pin WHERE guild = $1 AND question = $2";
            work.execute(unpin, &[guild.into(), question.as_str().into()]).await.map(drop)
        }
        Edit::Hide { passage, reason } => {
            let hide = "INSERT INTO hidden (guild, passage, reason) VALUES ($1, $2, $3) \
                        ON CONFLICT (guild, passage) DO UPDATE SET reason = excluded.reason";
            let key = keep_passage(work, guild, passage).await?;
            work.execute(hide, &[guild.into(), key.into(), reason.as_str().into()]).await.map(drop)
        }
        Edit::Show { passage } => {
            let show = "DELETE FROM hidden WHERE guild = $1 AND passage = $2";
            work.execute(show, &[guild.into(), key_of(passage).into()]).await.map(drop)
        }
        setting => match setting.setting() {
            Some((name, value)) => set(work, guild, &name, &value).await,
            None => Ok(()),
        },
    }
}

async fn set(
    work: &mut Tx,
    guild: u64,
    name: &str,
    value: &serde_json::Value,
) -> Result<(), sqlx::Error> {
    const SET: &str = "INSERT INTO setting (guild, name, value) VALUES ($1, $2, $3) \
                       ON CONFLICT (guild, name) DO UPDATE SET value = excluded.value";
    const UNSET: &str = "DELETE FROM setting WHERE guild = $1 AND name = $2";
    let done = match value {
        serde_json::Value::Null => work.execute(UNSET, &[guild.into(), name.into()]).await,
        value => work.execute(SET, &[guild.into(), name.into(), text(value)?.into()]).await,
    };
    done.map(drop)
}

async fn set_channel(
    work: &mut Tx,
    guild: u64,
    channel: u64,
    mentions: ChannelMentions,
) -> Result<(), sqlx::Error> {
    const SET: &str = "INSERT INTO channel (guild, channel, mentions) VALUES ($1, $2, $3) \
                       ON CONFLICT (guild, channel) DO UPDATE SET mentions = excluded.mentions";
    const UNSET: &str = "DELETE FROM channel WHERE guild = $1 AND channel = $2";
    let done = match Option::<bool>::from(mentions) {
        Some(is_on) => {
            work.execute(SET, &[guild.into(), channel.into(), i64::from(is_on).into()]).await
        }
        None => work.execute(UNSET, &[guild.into(), channel.into()]).await,
    };
    done.map(drop)
}

/// Keeps the words of a passage, and gives the key under which they are.
pub(super) async fn keep_passage(
    work: &mut Tx,
    guild: u64,
    passage: &TextQuote,
) -> Result<String, sqlx::Error> {
    const KEEP: &str = "INSERT INTO passage (guild, key, document, exact, prefix, suffix) \
                        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (guild, key) DO NOTHING";
    let TextQuote { document, exact, prefix, suffix } = passage;
    let key = key_of(passage);
    let words = [document, exact, prefix, suffix].map(|words| Value::from(words.as_str()));
    let [document, exact, prefix, suffix] = words;
    let values = [guild.into(), key.as_str().into(), document, exact, prefix, suffix];
    work.execute(KEEP, &values).await?;
    Ok(key)
}

/// Returns a hash of the words of a passage.
pub(super) fn key_of(passage: &TextQuote) -> String {
    let TextQuote { document, exact, prefix, suffix } = passage;
    let mut hash = Sha256::new();
    for words in [document, exact, prefix, suffix] {
        hash.update((words.len() as u64).to_be_bytes());
        hash.update(words);
    }
    hex_key(&hash.finalize())
}

/// Returns the first digits of a hash, as the store's keys are written.
pub(super) fn hex_key(hash: &[u8]) -> String {
    let mut key = hex::encode(hash);
    key.truncate(KEY_LENGTH);
    key
}

/// Data as JSON.
pub(super) fn text<T: serde::Serialize + ?Sized>(value: &T) -> Result<String, sqlx::Error> {
    serde_json::to_string(value).map_err(|error| sqlx::Error::Encode(error.into()))
}
