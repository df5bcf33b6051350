//! What is asked, and what is said to it.

use super::excerpt::Excerpt;
use super::follow_up::{Exchange, Inherited};
use crate::knowledge::SentenceId;
use crate::text::Language;

/// What is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Question<'a> {
    /// The words of the question. Data: nothing in it is query syntax.
    pub text: &'a str,
    /// Only words of this speaker are wanted, by a name as the documents or their annotations
    /// have it; "the author" stands for the author.
    pub speaker: Option<&'a str>,
    /// What was asked and quoted before it, the oldest first. It is used only where the question
    /// points back; see [`Inherited`].
    pub context: &'a [Exchange<'a>],
}

/// What is said to a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Passages that answer, the best first.
    Quoted {
        /// One to [`MAX_EXCERPTS`](super::MAX_EXCERPTS) excerpts.
        excerpts: Vec<Excerpt>,
        /// How many of the first excerpts are the answer together, 1 to
        /// [`MAX_TOGETHER`](super::MAX_TOGETHER): a comparison or a list needs more than one.
        together: usize,
        /// The languages of the documents, in English, where the question is in none of them.
        quoted_in: Vec<&'static str>,
        /// How sure it is that the first one answers, from 0 to 1.
        confidence: f32,
        /// What the question took from those before it; `None` where it is on its own.
        inherited: Option<Inherited>,
    },
    /// The documents do not answer.
    Abstained {
        /// Why nothing is quoted.
        reason: Reason,
        /// The nearest passages in wording; they are no answer.
        nearest: Vec<Excerpt>,
        /// How sure it is that the first one answers, from 0 to 1.
        confidence: f32,
        /// What the question took from those before it; `None` where it is on its own.
        inherited: Option<Inherited>,
    },
}

/// Why nothing is quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The question holds no word that could be looked for.
    NothingAsked,
    /// Nothing that is asked for is in the documents.
    NothingFound,
    /// The speaker asked for is named in the documents, which report no words of theirs.
    NoWordsOf {
        /// The speaker's name as printed.
        name: String,
    },
    /// Someone is asked to have spoken who is no speaker of the documents.
    NotASpeaker {
        /// The name as asked.
        name: String,
    },
    /// The bot is asked what it thinks.
    OpinionAsked,
    /// The bot is told to do something else than to quote.
    OrderGiven,
    /// The question is in another language than the documents.
    OtherLanguage {
        /// The language of the question.
        asked: Language,
        /// The languages of the documents, in English.
        read: Vec<&'static str>,
    },
    /// What was found does not answer surely enough.
    NotSureEnough,
}

impl Reason {
    /// Returns whether the documents were asked something: only then some passage is the nearest.
    #[must_use]
    pub fn asks_documents(&self) -> bool {
        !matches!(self, Self::OpinionAsked | Self::OrderGiven)
    }
}

impl Answer {
    /// Returns how sure it is that the first excerpt answers, from 0 to 1.
    #[must_use]
    pub fn confidence(&self) -> f32 {
        match self {
            Self::Quoted { confidence, .. } | Self::Abstained { confidence, .. } => *confidence,
        }
    }

    /// Returns the ranked passages, whether they answer or are only the nearest.
    #[must_use]
    pub fn passages(&self) -> &[Excerpt] {
        match self {
            Self::Quoted { excerpts, .. } => excerpts,
            Self::Abstained { nearest, .. } => nearest,
        }
    }

    /// First and last sentence of the passage quoted first, as the next question's
    /// [`Exchange`] takes it; empty for an abstention.
    #[must_use]
    pub fn quoted(&self) -> Vec<(SentenceId, SentenceId)> {
        match self {
            Self::Quoted { excerpts, .. } => {
                excerpts.iter().take(1).map(Excerpt::sentences).collect()
            }
            Self::Abstained { .. } => Vec::new(),
        }
    }

    /// Returns what the question took from those before it; `None` where it is on its own.
    #[must_use]
    pub fn inherited(&self) -> Option<&Inherited> {
        match self {
            Self::Quoted { inherited, .. } | Self::Abstained { inherited, .. } => {
                inherited.as_ref()
            }
        }
    }

    /// Returns how many of the first passages are the answer together; 0 for an abstention.
    #[must_use]
    pub fn together(&self) -> usize {
        match self {
            Self::Quoted { together, .. } => *together,
            Self::Abstained { .. } => 0,
        }
    }

    /// Returns whether nothing is quoted.
    #[must_use]
    pub fn is_abstention(&self) -> bool {
        matches!(self, Self::Abstained { .. })
    }
}
