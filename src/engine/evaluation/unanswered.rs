//! Questions that an engine leaves unanswered, each beside the passages that come nearest. What
//! becomes of them an editor decides.

use super::questions::GoldQuestion;
use crate::answer::{AskError, Engine, Excerpt, Question};

/// How a question went unanswered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    /// The engine abstained.
    Abstained,
    /// Another passage than one that answers came first.
    Missed,
}

/// A question that the text answers and the engine does not.
#[derive(Debug, Clone)]
pub struct Unanswered<'a> {
    /// The question.
    pub question: &'a GoldQuestion,
    /// How it went unanswered.
    pub failure: Failure,
    /// The passages that come nearest, the best first.
    pub nearest: Vec<Excerpt>,
}

impl Unanswered<'_> {
    /// Returns whether `passage` answers, by the places that the question's file names.
    #[must_use]
    pub fn is_answered_by(&self, passage: &Excerpt) -> bool {
        self.question.is_answered_by(passage)
    }
}

/// Returns what `engine` makes of `question`, where it does not answer it; `None` where it does,
/// and where the file says that the text has no answer.
///
/// # Errors
/// Where the engine fails.
pub fn unanswered<'a>(
    engine: &Engine,
    question: &'a GoldQuestion,
) -> Result<Option<Unanswered<'a>>, AskError> {
    if !question.is_answerable {
        return Ok(None);
    }
    let answer = engine.ask(&Question { text: &question.text, ..Question::default() })?;
    let nearest = answer.passages();
    let failure = if answer.is_abstention() {
        Failure::Abstained
    } else if nearest.first().is_some_and(|first| question.is_answered_by(first)) {
        return Ok(None);
    } else {
        Failure::Missed
    };
    Ok(Some(Unanswered { question, failure, nearest: nearest.to_vec() }))
}
