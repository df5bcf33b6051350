//! Reads the settings of communities, whole.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::database::{Row, Tx, unreadable};
use bot::community::{Community, Record, Settings, TextQuote};

/// The settings of one community, known without asking the database.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    pub(super) community: Arc<Community>,
    pub(super) revision: u64,
    pub(super) last: Option<Arc<Record>>,
    pub(super) undoable: Option<Arc<Record>>,
    pub(super) is_removed: bool,
}

/// Which communities are read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Which {
    All,
    One(u64),
}

/// A community on its way.
#[derive(Default)]
struct Draft {
    known: Known,
    community: Community,
    settings: serde_json::Map<String, serde_json::Value>,
}

/// Reads communities, by their ids.
pub(super) async fn known(work: &mut Tx, which: Which) -> Result<HashMap<u64, Known>, sqlx::Error> {
    let range = match which {
        Which::All => [i64::MIN.into(), i64::MAX.into()],
        Which::One(guild) => [guild.into(), guild.into()],
    };
    let mut drafts: BTreeMap<u64, Draft> = BTreeMap::new();
    let guilds = "SELECT id, revision, removed_at FROM guild WHERE id BETWEEN $1 AND $2";
    for row in work.rows(guilds, &range).await? {
        let draft = drafts.entry(row.id(0)?).or_default();
        draft.known.revision = row.id(1)?;
        draft.known.is_removed = row.maybe_number(2)?.is_some();
    }
    let settings = "SELECT guild, name, value FROM setting WHERE guild BETWEEN $1 AND $2";
    for row in work.rows(settings, &range).await? {
        let draft = drafts.entry(row.id(0)?).or_default();
        draft.settings.insert(row.text(1)?, json(&row.text(2)?)?);
    }
    let channels = "SELECT guild, channel, mentions FROM channel WHERE guild BETWEEN $1 AND $2";
    for row in work.rows(channels, &range).await? {
        let draft = drafts.entry(row.id(0)?).or_default();
        draft.community.channels.insert(row.id(1)?, row.number(2)? == 1);
    }
    let pins = "SELECT p.guild, document, exact, prefix, suffix, question FROM pin p \
                JOIN passage ON passage.guild = p.guild AND passage.key = p.passage \
                WHERE p.guild BETWEEN $1 AND $2";
    for row in work.rows(pins, &range).await? {
        let draft = drafts.entry(row.id(0)?).or_default();
        draft.community.pins.insert(row.text(5)?, quote(&row, 1)?);
    }
    let hidden = "SELECT h.guild, document, exact, prefix, suffix, reason FROM hidden h \
                  JOIN passage ON passage.guild = h.guild AND passage.key = h.passage \
                  WHERE h.guild BETWEEN $1 AND $2";
    for row in work.rows(hidden, &range).await? {
        let draft = drafts.entry(row.id(0)?).or_default();
        draft.community.hidden.insert(quote(&row, 1)?, row.text(5)?);
    }
    let last = "SELECT guild, number, moderator, at, edits, inverse, undoes FROM history h \
                WHERE guild BETWEEN $1 AND $2 \
                AND number = (SELECT MAX(number) FROM history WHERE guild = h.guild)";
    for row in work.rows(last, &range).await? {
        drafts.entry(row.id(0)?).or_default().known.last = Some(Arc::new(record(&row)?));
    }
    let undoable = "SELECT guild, number, moderator, at, edits, inverse, undoes FROM history h \
                    WHERE guild BETWEEN $1 AND $2 AND number = (SELECT MAX(number) FROM history \
                    WHERE guild = h.guild AND undoes IS NULL AND is_undone = 0)";
    for row in work.rows(undoable, &range).await? {
        drafts.entry(row.id(0)?).or_default().known.undoable = Some(Arc::new(record(&row)?));
    }
    drafts.into_iter().map(|(guild, draft)| Ok((guild, draft.finish()?))).collect()
}

impl Draft {
    fn finish(self) -> Result<Known, sqlx::Error> {
        let Self { mut known, mut community, settings } = self;
        community.settings =
            serde_json::from_value::<Settings>(settings.into()).map_err(|error| strange(&error))?;
        known.community = Arc::new(community);
        Ok(known)
    }
}

/// Returns the passage in four columns.
pub(super) fn quote(row: &Row, first: usize) -> Result<TextQuote, sqlx::Error> {
    Ok(TextQuote {
        document: row.text(first)?,
        exact: row.text(first + 1)?,
        prefix: row.text(first + 2)?,
        suffix: row.text(first + 3)?,
    })
}

fn record(row: &Row) -> Result<Record, sqlx::Error> {
    Ok(Record {
        number: row.id(1)?,
        by: row.maybe_id(2)?,
        at: row.id(3)?,
        edits: json(&row.text(4)?)?,
        inverse: json(&row.text(5)?)?,
        undoes: row.maybe_id(6)?,
    })
}

fn json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, sqlx::Error> {
    serde_json::from_str(text).map_err(|error| strange(&error))
}

/// Returns what is in a row is not repeated: it may be what someone wrote.
fn strange(error: &serde_json::Error) -> sqlx::Error {
    unreadable(format!("a row holds no value of ours ({:?})", error.classify()))
}
