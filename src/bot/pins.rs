//! Questions that moderators have answered by a passage, and what is kept of those that nothing
//! answers.
//!
//! A pin counts for the same question alone, as [`question_key`] says: never for a neighbour.

use sha2::{Digest, Sha256};

use super::component_id::SentenceRange;
use super::request_context::RequestContext;
use crate::community::{Change, TextQuote};
use engine::knowledge::SentenceId;
use engine::text::{question_key, topic_key};

/// Returns the passage pinned to a question, where there is one that the documents still have and
/// that is not hidden.
pub(super) fn pinned(context: &RequestContext<'_>, question: &str) -> Option<SentenceRange> {
    let pins = &context.view.community.pins;
    if pins.is_empty() {
        return None;
    }
    let form = question_key(question);
    let (_, passage) = pins.iter().find(|(pinned, _)| question_key(pinned) == form)?;
    run(context, passage).filter(|run| !context.hides_run(*run))
}

/// Returns where a passage stands now; `None` where it is lost.
pub(super) fn run(context: &RequestContext<'_>, passage: &TextQuote) -> Option<SentenceRange> {
    let (first, last) = passage.resolve(context.corpus()).ok()?;
    Some(SentenceRange::new(first, last.index() - first.index()))
}

/// Returns the words of a run; `None` where it is no passage.
pub(super) fn quote(context: &RequestContext<'_>, run: SentenceRange) -> Option<TextQuote> {
    let last = run.first.index().checked_add(run.more())?;
    TextQuote::of(context.corpus(), run.first, SentenceId::new(u32::try_from(last).ok()?))
}

/// Returns for how many days a question is kept that nothing answers, and the change that keeps
/// it, where the server has switched that on.
pub(super) fn keep_unanswered(
    context: &RequestContext<'_>,
    question: &str,
) -> Option<(u32, Change)> {
    context.server()?;
    let days = context.view.keep_unanswered().days()?;
    let (question, topic) = (question.trim().to_owned(), topic(question));
    Some((days, Change::KeepUnanswered { question, topic, days }))
}

/// Returns the key of what a question is about: 16 hex digits.
pub(super) fn topic(question: &str) -> String {
    let words = topic_key(question).join(" ");
    let digest = Sha256::digest(words.as_bytes());
    let number =
        digest.iter().take(8).fold(0, |number: u64, byte| (number << 8) | u64::from(*byte));
    format!("{number:016x}")
}
