//! Votes on passages: for and against, with one of a few reasons.

use serde::{Deserialize, Serialize};

use super::quote::TextQuote;

/// A person's judgement of a passage as an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Vote {
    /// It helped.
    Up,
    /// It did not, for this reason.
    Down(Reason),
}

/// The reason for which a passage is no good answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// Attributed to the wrong person, or in the wrong voice.
    WrongVoice,
    /// It does not answer the question.
    NoAnswer,
    /// More of what is around it is needed.
    TooShort,
    /// Anything else.
    Other,
}

impl Reason {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::WrongVoice, Self::NoAnswer, Self::TooShort, Self::Other];

    /// Returns the name for machines.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::WrongVoice => "wrong-voice",
            Self::NoAnswer => "no-answer",
            Self::TooShort => "too-short",
            Self::Other => "other",
        }
    }

    /// Returns the reason with this name.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

/// The votes on a passage, counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default, deny_unknown_fields)]
pub struct Tally {
    /// For.
    pub up: u64,
    /// Against: attributed wrongly.
    pub wrong_voice: u64,
    /// Against: no answer.
    pub no_answer: u64,
    /// Against: too short.
    pub too_short: u64,
    /// Against: anything else.
    pub other: u64,
}

impl Tally {
    /// Returns the votes against for one reason.
    #[must_use]
    pub fn down(&self, reason: Reason) -> u64 {
        match reason {
            Reason::WrongVoice => self.wrong_voice,
            Reason::NoAnswer => self.no_answer,
            Reason::TooShort => self.too_short,
            Reason::Other => self.other,
        }
    }

    /// Returns the votes against.
    #[must_use]
    pub fn against(&self) -> u64 {
        Reason::ALL.iter().fold(0, |sum, reason| sum.saturating_add(self.down(*reason)))
    }

    /// Counts `number` votes more.
    pub fn add(&mut self, vote: Vote, number: u64) {
        let count = match vote {
            Vote::Up => &mut self.up,
            Vote::Down(Reason::WrongVoice) => &mut self.wrong_voice,
            Vote::Down(Reason::NoAnswer) => &mut self.no_answer,
            Vote::Down(Reason::TooShort) => &mut self.too_short,
            Vote::Down(Reason::Other) => &mut self.other,
        };
        *count = count.saturating_add(number);
    }
}

/// A passage with its votes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Flag {
    /// The passage.
    pub passage: TextQuote,
    /// Its votes.
    pub votes: Tally,
}
