//! What a community sets for itself, value by value.
//!
//! Each value has a name for files and commands, which never changes its meaning.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::change::Edit;

/// Whom an answer reaches where the asker does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Visibility {
    /// Everyone in the channel.
    #[default]
    Public,
    /// The asker alone.
    Private,
}

/// How an answer looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// An embed for each excerpt.
    #[default]
    Card,
    /// Text alone.
    Plain,
}

/// Where mentions of the bot are answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mentions {
    /// In every channel but those where they are switched off.
    #[default]
    Everywhere,
    /// Only in channels where they are switched on.
    Listed,
    /// Nowhere, whatever is set for a channel.
    Off,
}

/// How long questions without an answer are kept for the moderators.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Keep {
    /// Not at all.
    #[default]
    Off,
    /// For seven days.
    #[serde(rename = "7-days")]
    SevenDays,
    /// For thirty days.
    #[serde(rename = "30-days")]
    ThirtyDays,
}

impl Keep {
    /// Days; `None` where nothing is kept.
    #[must_use]
    pub fn days(self) -> Option<u32> {
        match self {
            Self::Off => None,
            Self::SevenDays => Some(7),
            Self::ThirtyDays => Some(30),
        }
    }
}

/// How many excerpts an answer shows at once: one to three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Excerpts(u8);

/// A number of excerpts that no answer shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no number of excerpts: one to three can be shown")]
pub struct NotExcerpts(u8);

impl Excerpts {
    /// The fewest.
    pub const LEAST: u8 = 1;
    /// The most.
    pub const MOST: u8 = 3;

    /// Returns the number.
    #[must_use]
    pub fn number(self) -> usize {
        usize::from(self.0)
    }

    /// The nearest number of excerpts that can be shown.
    #[must_use]
    pub fn nearest(number: usize) -> Self {
        Self(u8::try_from(number).unwrap_or(Self::MOST).clamp(Self::LEAST, Self::MOST))
    }
}

impl Default for Excerpts {
    fn default() -> Self {
        Self(Self::LEAST)
    }
}

impl TryFrom<u8> for Excerpts {
    type Error = NotExcerpts;

    fn try_from(number: u8) -> Result<Self, NotExcerpts> {
        let is_shown = (Self::LEAST..=Self::MOST).contains(&number);
        if is_shown { Ok(Self(number)) } else { Err(NotExcerpts(number)) }
    }
}

impl From<Excerpts> for u8 {
    fn from(excerpts: Excerpts) -> Self {
        excerpts.0
    }
}

impl fmt::Display for Excerpts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// What a community has set; `None` is what holds where nothing is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    /// Whom an answer to a command reaches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply: Option<Visibility>,
    /// How an answer looks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub style: Option<Style>,
    /// Where mentions are answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mentions: Option<Mentions>,
    /// Passages per answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excerpts: Option<Excerpts>,
    /// How long questions without an answer are kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep_unanswered: Option<Keep>,
    /// The id of the role whose members may choose passages and review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moderators: Option<u64>,
}

impl Settings {
    /// Returns the edits that set all of this.
    #[must_use]
    pub fn edits(&self) -> [Edit; 6] {
        [
            Edit::Reply(self.reply),
            Edit::Style(self.style),
            Edit::Mentions(self.mentions),
            Edit::Excerpts(self.excerpts),
            Edit::KeepUnanswered(self.keep_unanswered),
            Edit::Moderators(self.moderators),
        ]
    }
}
