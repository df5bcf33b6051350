//! The settings of a community, value by value.
//!
//! Each value has a name for files and commands, which never changes its meaning.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::change::Edit;

/// The audience of an answer where the asker does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Visibility {
    /// Everyone in the channel.
    #[default]
    Public,
    /// The asker alone.
    Private,
}

/// The look of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Style {
    /// An embed for each excerpt.
    #[default]
    Card,
    /// Text alone.
    Plain,
}

/// The channels in which mentions of the bot are answered.
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

/// Whether mentions are answered in one channel. In records it is true, false or null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Option<bool>", into = "Option<bool>")]
pub enum ChannelMentions {
    /// They are, unless they are answered nowhere.
    On,
    /// They are not.
    Off,
    /// As in the rest of the server.
    Inherit,
}

impl From<Option<bool>> for ChannelMentions {
    fn from(is_on: Option<bool>) -> Self {
        match is_on {
            Some(true) => Self::On,
            Some(false) => Self::Off,
            None => Self::Inherit,
        }
    }
}

impl From<ChannelMentions> for Option<bool> {
    fn from(mentions: ChannelMentions) -> Self {
        match mentions {
            ChannelMentions::On => Some(true),
            ChannelMentions::Off => Some(false),
            ChannelMentions::Inherit => None,
        }
    }
}

/// The time for which questions without an answer are kept for the moderators.
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

/// The number of excerpts that an answer shows at once: one to three.
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

    /// Returns the nearest number of excerpts that can be shown.
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

/// The settings of a community; `None` leaves the default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    /// The audience of answers to commands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply: Option<Visibility>,
    /// The look of an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub style: Option<Style>,
    /// The channels in which mentions are answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mentions: Option<Mentions>,
    /// Passages per answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excerpts: Option<Excerpts>,
    /// The time for which questions without an answer are kept.
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
