//! The view of a community on which a request is decided.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::change::Record;
use super::quote::TextQuote;
use super::settings::{Excerpts, Keep, Style, Visibility};
use super::state::Community;
use super::vote::{Flag, Vote};

/// All that is known for one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View {
    /// The settings, pins and hidden passages of the place; none in a direct message.
    pub community: Arc<Community>,
    /// The number of excerpts per answer where the community has set none.
    pub default_excerpts: Excerpts,
    /// The number of the last record of the community, 0 before the first; whoever keeps a
    /// recorded change refuses it where this is no longer the last.
    pub revision: u64,
    /// The last record, undoings included; `None` before the first and once it is too old.
    pub last: Option<Arc<Record>>,
    /// The last record that is neither an undoing nor undone.
    pub undoable: Option<Arc<Record>>,
    /// There is somewhere to keep things.
    pub has_store: bool,
    /// Nothing can be kept at the moment.
    pub is_read_only: bool,
    /// The answer to the [`StoreQuery`] of the request.
    pub found: StoreData,
}

impl View {
    /// Returns the audience of answers to commands.
    #[must_use]
    pub fn reply(&self) -> Visibility {
        self.community.settings.reply.unwrap_or_default()
    }

    /// Returns how an answer looks.
    #[must_use]
    pub fn style(&self) -> Style {
        self.community.settings.style.unwrap_or_default()
    }

    /// Returns the number of passages per answer.
    #[must_use]
    pub fn excerpts(&self) -> usize {
        self.community.settings.excerpts.unwrap_or(self.default_excerpts).number()
    }

    /// Returns how long questions without an answer are kept; not at all where nothing can be kept.
    #[must_use]
    pub fn keep_unanswered(&self) -> Keep {
        if self.is_read_only {
            return Keep::Off;
        }
        self.community.settings.keep_unanswered.unwrap_or_default()
    }
}

/// A place without anything set, where nothing can be kept.
impl Default for View {
    fn default() -> Self {
        Self {
            community: Arc::default(),
            default_excerpts: Excerpts::default(),
            revision: 0,
            last: None,
            undoable: None,
            has_store: false,
            is_read_only: true,
            found: StoreData::Nothing,
        }
    }
}

/// A question to the store that a request needs answered, beyond what every [`View`] has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreQuery {
    /// No more.
    Nothing,
    /// The person's vote on a passage.
    Vote(TextQuote),
    /// Questions without an answer, in groups of one topic: those asked most often first, then
    /// those asked last, then by topic.
    Unanswered {
        /// Asked at this time or later, in seconds since 1970.
        since: u64,
        /// Groups to leave out.
        skip: u32,
        /// Groups at most.
        take: u32,
    },
    /// The questions on one topic.
    Topic(String),
    /// Passages with votes against them: those with most first, then by the passage.
    Flags {
        /// Voted at this time or later, in seconds since 1970.
        since: u64,
        /// Passages to leave out.
        skip: u32,
        /// Passages at most.
        take: u32,
    },
    /// The data on the person, in all communities.
    Held,
    /// The numbers of the community.
    Statistics,
}

/// The answer to a [`StoreQuery`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum StoreData {
    /// Nothing was, or nothing can be read at the moment.
    #[default]
    Nothing,
    /// For [`StoreQuery::Vote`].
    Vote(Option<Vote>),
    /// For [`StoreQuery::Unanswered`].
    Unanswered(Page<Unanswered>),
    /// For [`StoreQuery::Topic`]; `None` where there is no such topic any more.
    Topic(Option<Unanswered>),
    /// For [`StoreQuery::Flags`].
    Flags(Page<Flag>),
    /// For [`StoreQuery::Held`].
    Held(Held),
    /// For [`StoreQuery::Statistics`].
    Statistics(Statistics),
}

/// Some of many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// Those wanted.
    pub items: Vec<T>,
    /// The number of all of them.
    pub all: u64,
}

/// Questions without an answer that are on the same matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unanswered {
    /// The key that they have in common.
    pub topic: String,
    /// The one asked last, as it was typed.
    pub question: String,
    /// The number of them.
    pub times: u64,
    /// The time of the last one, in seconds since 1970.
    pub last_at: u64,
}

/// The amount of data on a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    /// Votes that can still be tied to the person.
    pub votes: u64,
    /// Records of changes that the person made.
    pub changes: u64,
}

/// The numbers of a community.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Statistics {
    /// Questions without an answer that are kept at the moment.
    pub unanswered: u64,
    /// Passages with their votes, those with most votes first; at most
    /// [`Statistics::MAX_PASSAGES`].
    pub passages: Vec<Flag>,
}

impl Statistics {
    /// The most passages that are listed.
    pub const MAX_PASSAGES: usize = 200;
}
