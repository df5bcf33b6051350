//! One question put to an engine, and what came of it.

use std::time::{Duration, Instant};

use super::questions::{GoldAttribution, GoldQuestion};
use crate::answer::{Answer, AskError, Engine, Excerpt, Question};

/// What came of a question with known answers.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Id of the question.
    pub id: String,
    /// Kind of the question, as its file names it.
    pub kind: String,
    /// Whether the text answers it.
    pub is_answerable: bool,
    /// Position of the first passage that answers it, counted from 0; whether or not the engine
    /// abstained.
    pub rank: Option<usize>,
    /// Whether the engine abstained.
    pub abstained: bool,
    /// How sure the engine was, from 0 to 1.
    pub confidence: f32,
    /// For an unanswerable question: what was shown is what should be shown.
    pub is_fair: bool,
    /// Whether the passage that answers is rightly attributed; `None` where none answers, or the
    /// file does not say whose words it is.
    pub is_rightly_attributed: Option<bool>,
    /// Words of the first passage.
    pub words: usize,
    /// Time that the engine took.
    pub latency: Duration,
}

/// Puts `question` to `engine`.
///
/// # Errors
/// Where the engine fails.
pub fn judge(engine: &Engine, question: &GoldQuestion) -> Result<Outcome, AskError> {
    let start = Instant::now();
    let answer = engine.ask(&Question { text: &question.text, ..Question::default() })?;
    Ok(outcome(question, &answer, start.elapsed()))
}

/// Returns what came of `question`, which was answered with `answer`.
pub(super) fn outcome(question: &GoldQuestion, answer: &Answer, latency: Duration) -> Outcome {
    let passages = answer.passages();
    let rank = passages.iter().position(|passage| question.is_answered_by(passage));
    Outcome {
        id: question.id.clone(),
        kind: question.kind.clone(),
        is_answerable: question.is_answerable,
        rank,
        abstained: answer.is_abstention(),
        confidence: answer.confidence(),
        is_fair: is_fair(question, answer),
        is_rightly_attributed: rank
            .and_then(|rank| passages.get(rank))
            .and_then(|passage| rightly_attributed(question, passage)),
        words: passages.first().map_or(0, |p| p.text().split_whitespace().count()),
        latency,
    }
}

/// Returns whether an answer to an unanswerable question is what the file asks for: an abstention,
/// or a passage that it lists as fair.
fn is_fair(question: &GoldQuestion, answer: &Answer) -> bool {
    if answer.is_abstention() {
        return true;
    }
    let covers = |passage: &Excerpt| {
        let span = passage.span();
        question
            .fair
            .iter()
            .any(|fair| span.start() <= fair.bytes.start && fair.bytes.end <= span.end())
    };
    answer.passages().first().is_some_and(covers)
}

fn rightly_attributed(question: &GoldQuestion, passage: &Excerpt) -> Option<bool> {
    let span = passage.span();
    let target = question
        .targets
        .iter()
        .find(|target| span.start() <= target.bytes.start && target.bytes.end <= span.end())?;
    let GoldAttribution { speaker, voice } = target.attribution.as_ref()?;
    let is_speaker = passage.speaker().map(|person| &person.name) == speaker.as_ref();
    Some(is_speaker && passage.voice().name() == voice)
}
