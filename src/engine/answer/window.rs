//! How much is quoted: the smallest run of sentences that answers.

use super::excerpt::Excerpt;
use crate::knowledge::{Corpus, SentenceId, SentenceRef};
use crate::ranking::Candidate;

/// Words that point back to the sentence before when they open a sentence.
const BACKWARD_WORDS: &[&str] = &[
    "he", "she", "it", "they", "this", "these", "those", "his", "her", "its", "their", "such",
    "him", "them", "both", "there", "which", "whose",
];
/// A sentence under this many words wants the next one beside it.
const FEW_WORDS: usize = 9;

/// Returns the excerpt around the candidate at `position` of `candidates`, which are in order of
/// rank.
///
/// A sentence that opens with a word pointing backwards brings the one before; a very short one
/// brings the next; a neighbour that scores nearly as well joins. Only sentences with the same
/// attribution are ever joined, so that an excerpt has one leading voice. `None` where the
/// candidate is in one of the excerpts `chosen` before; none of their sentences joins.
pub(crate) fn excerpt(
    corpus: &Corpus,
    candidates: &[Candidate],
    position: usize,
    chosen: &[Excerpt],
) -> Option<Excerpt> {
    let best = candidates.get(position)?;
    let is_free = |id: &SentenceId| !chosen.iter().any(|excerpt| excerpt.holds(*id));
    if !is_free(&best.sentence) {
        return None;
    }
    let own = corpus.sentence(best.sentence)?;
    let score = |id: SentenceId| {
        candidates.iter().find(|candidate| candidate.sentence == id).map(|c| c.score)
    };
    let is_close = |id: SentenceId| {
        let candidate = candidates.iter().find(|candidate| candidate.sentence == id);
        candidate.is_some_and(|candidate| candidate.is_close_to(best))
    };
    let before = neighbour(corpus, own, own.index.checked_sub(1)).filter(is_free);
    let after = neighbour(corpus, own, own.index.checked_add(1)).filter(is_free);
    let points_back = before.filter(|_| points_back(own.text()));
    let is_short = after.filter(|_| own.sentence.words < FEW_WORDS);
    let close = || {
        let close = [before, after].into_iter().flatten().filter(|id| is_close(*id));
        close.max_by(|a, b| score(*a).unwrap_or_default().total_cmp(&score(*b).unwrap_or_default()))
    };
    points_back
        .or(is_short)
        .or_else(close)
        .and_then(|other| {
            let first = best.sentence.min(other);
            Excerpt::slice(corpus, first, best.sentence.max(other))
        })
        .or_else(|| Excerpt::slice(corpus, best.sentence, best.sentence))
}

fn neighbour(corpus: &Corpus, own: SentenceRef<'_>, index: Option<usize>) -> Option<SentenceId> {
    let other = own.document.sentences().get(index?)?;
    let fits = other.is_quotable()
        && other.place.paragraph == own.sentence.place.paragraph
        && other.attribution == own.sentence.attribution;
    corpus.sentence_id(own.document_index, index?).filter(|_| fits)
}

fn points_back(text: &str) -> bool {
    let first = text.split(|c: char| !c.is_alphabetic()).find(|word| !word.is_empty());
    first.is_some_and(|word| BACKWARD_WORDS.contains(&word.to_lowercase().as_str()))
}
