//! Changes: operations, not states.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::quote::TextQuote;
use super::settings::{ChannelMentions, Excerpts, Keep, Mentions, Style, Visibility};
use super::vote::Vote;

/// One operation on what a community has set; `None` sets nothing, so that the default holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Edit {
    /// The audience of answers to commands.
    Reply(Option<Visibility>),
    /// The look of an answer.
    Style(Option<Style>),
    /// The channels in which mentions are answered.
    Mentions(Option<Mentions>),
    /// Passages per answer.
    Excerpts(Option<Excerpts>),
    /// The time for which questions without an answer are kept.
    KeepUnanswered(Option<Keep>),
    /// The role whose members may choose passages and review.
    Moderators(Option<u64>),
    /// Whether mentions are answered in one channel.
    Channel {
        /// The channel's id.
        channel: u64,
        /// The rule for it.
        mentions: ChannelMentions,
    },
    /// A question is answered by this passage.
    Pin {
        /// The question, as typed.
        question: String,
        /// The passage.
        passage: TextQuote,
    },
    /// It no longer is.
    Unpin {
        /// The question, as it was typed.
        question: String,
    },
    /// A passage is never quoted.
    Hide {
        /// The passage.
        passage: TextQuote,
        /// The reason; empty where none was given.
        reason: String,
    },
    /// It can be quoted again.
    Show {
        /// The passage.
        passage: TextQuote,
    },
}

impl Edit {
    /// Returns the name of the setting that it sets, with the value, null for the default; `None`
    /// where it is about something else.
    #[must_use]
    pub fn setting(&self) -> Option<(String, Value)> {
        let is_setting = !self.is_curation() && !matches!(self, Self::Channel { .. });
        match serde_json::to_value(self) {
            Ok(Value::Object(named)) if is_setting => named.into_iter().next(),
            _ => None,
        }
    }

    /// Returns the edit that sets the setting of this name; `None` where it has no such value.
    #[must_use]
    pub fn of_setting(name: &str, value: &Value) -> Option<Self> {
        serde_json::from_value(json!({ name: value })).ok()
    }

    /// Returns whether it is about passages, and not about settings or channels.
    #[must_use]
    pub fn is_curation(&self) -> bool {
        matches!(
            self,
            Self::Pin { .. } | Self::Unpin { .. } | Self::Hide { .. } | Self::Show { .. }
        )
    }
}

/// Something that is to be kept or forgotten. Who does it, when and in which community is known
/// to whoever keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Edits that are recorded as one [`Record`] of the next number.
    Edit {
        /// The edits, in order.
        edits: Vec<Edit>,
        /// The edits that take it back, in order.
        inverse: Vec<Edit>,
    },
    /// A record is undone: its inverse is done and recorded, and the record is marked.
    Undo {
        /// The record that is undone.
        number: u64,
        /// The edits: the inverse of the record.
        edits: Vec<Edit>,
        /// The edits that take this back.
        inverse: Vec<Edit>,
    },
    /// The person's vote on a passage becomes this; `None` takes it back.
    Vote {
        /// The passage.
        passage: TextQuote,
        /// The vote.
        vote: Option<Vote>,
    },
    /// A question without an answer is kept, without a name.
    KeepUnanswered {
        /// The question.
        question: String,
        /// The key that questions on the same matter have in common, for machines.
        topic: String,
        /// For how many days.
        days: u32,
    },
    /// Questions on one matter are deleted.
    Dismiss {
        /// The key that they have in common.
        topic: String,
    },
    /// Questions on one matter are answered by the record that is kept with this: they are set
    /// aside, and are open again where that record is undone.
    Settle {
        /// The key that they have in common.
        topic: String,
    },
    /// All that is held on the person is deleted, in all communities; where the person changed
    /// something, "a former moderator" did.
    ForgetPerson,
}

impl Change {
    /// Returns whether it is recorded, and so counts only where nothing else was recorded since the
    /// [`View`](super::View) on which it was decided.
    #[must_use]
    pub fn is_recorded(&self) -> bool {
        matches!(self, Self::Edit { .. } | Self::Undo { .. })
    }
}

/// A recorded change: the edits, their author and the time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Counted from 1 within the community, without gaps.
    pub number: u64,
    /// The id of who changed it; `None` for a former moderator.
    pub by: Option<u64>,
    /// The time, in seconds since 1970 (UTC).
    pub at: u64,
    /// The edits, in order.
    pub edits: Vec<Edit>,
    /// The edits that take it back, in order.
    pub inverse: Vec<Edit>,
    /// The number of the record that this one undid.
    pub undoes: Option<u64>,
}
