//! The stretch of a corpus that is most like a claim, found without reading the corpus.

use std::ops::Range;

use super::align::{self, Alignment, LEAST_NEAR_WORDS, MAX_LEFT_OUT, NEAR, Weights};
use super::bound::Bound;
use super::claim::ClaimWords;
use crate::index::word_index::Stream;

/// The most occurrences of words that are counted, those of rare words first.
const MOST_VOTES: usize = 100_000;
/// The most stretches that are laid beside the claim.
const MOST_WINDOWS: usize = 8;

/// Returns the passage that is most like `claim`, and how like it is; `None` where none is
/// [`NEAR`]. Of passages that are equally like, the one that more words vote for.
pub(super) fn passage(stream: &Stream, claim: &ClaimWords) -> Option<(f32, Alignment)> {
    if claim.ids.len() < LEAST_NEAR_WORDS {
        return None;
    }
    let bound = Bound::new(&Weights::new(stream), &claim.ids);
    let mut best: Option<(f32, Alignment)> = None;
    let windows = windows(stream, claim).into_iter();
    for window in windows.flat_map(|window| by_document(stream, window)) {
        let most = stream.words(window.clone()).map_or(0.0, |words| bound.similarity(words));
        let is_promising = best.as_ref().is_none_or(|(similarity, found)| {
            let holds = |at: usize| window.start <= at && at <= window.end;
            most > *similarity && !(holds(found.positions.start) && holds(found.positions.end))
        });
        if most < NEAR || !is_promising {
            continue;
        }
        if let Some(found) = align::best(stream, claim, window)
            && best.as_ref().is_none_or(|(similarity, _)| found.0 > *similarity)
        {
            best = Some(found);
        }
    }
    best
}

/// Returns the stretches that share enough words with the claim, at about the same distances from
/// one another: every occurrence of a word votes for the place at which the claim would start.
fn windows(stream: &Stream, claim: &ClaimWords) -> Vec<Range<usize>> {
    const LEAST_WIDTH: usize = 16;
    let length = claim.ids.len();
    let left_out = if claim.pieces.len() > 1 { MAX_LEFT_OUT } else { 0 };
    let width = (length / 8).max(LEAST_WIDTH).max(left_out);
    let (votes, uncounted) = votes(stream, claim, width);
    let weights = Weights::new(stream);
    let weight = |index: u32| claim.ids.get(index as usize).map_or(0.0, |id| weights.of(*id));
    let buckets: Vec<(u32, f32)> = votes
        .chunk_by(|a, b| a.0 == b.0)
        .filter_map(|chunk| Some((chunk.first()?.0, chunk.iter().map(|vote| weight(vote.1)).sum())))
        .collect();
    let all: f32 = claim.ids.iter().map(|id| weights.of(*id)).sum();
    let mut likely: Vec<(f32, usize)> = Vec::new();
    for (place, (bucket, weight)) in buckets.iter().enumerate() {
        let next = buckets.get(place + 1).filter(|(next, _)| *next == bucket + 1);
        let both = weight + next.map_or(0.0, |(_, weight)| *weight);
        if both + uncounted >= NEAR * all {
            likely.push((both, *bucket as usize));
        }
    }
    likely.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let slack = length / 4 + LEAST_WIDTH + left_out;
    let window = |bucket: usize| {
        let start = (bucket * width).saturating_sub(length + slack);
        start..((bucket + 2) * width + slack).min(stream.len())
    };
    likely.into_iter().take(MOST_WINDOWS).map(|(_, bucket)| window(bucket)).collect()
}

/// Returns the votes, each as a bucket of starts and the index of the word that votes, no word
/// twice for one bucket; and the weight of the words too frequent to be counted.
fn votes(stream: &Stream, claim: &ClaimWords, width: usize) -> (Vec<(u32, u32)>, f32) {
    let length = claim.ids.len();
    let weights = Weights::new(stream);
    let mut rarest: Vec<(usize, usize)> = claim
        .ids
        .iter()
        .enumerate()
        .map(|(index, id)| (stream.positions(*id).len(), index))
        .filter(|(occurrences, _)| *occurrences > 0)
        .collect();
    rarest.sort_unstable();
    let mut votes = Vec::new();
    let mut uncounted = 0.0;
    for (occurrences, index) in rarest {
        let id = claim.ids.get(index).copied().unwrap_or(crate::index::word_index::UNKNOWN);
        if votes.len() + occurrences > MOST_VOTES {
            uncounted += weights.of(id);
            continue;
        }
        let bucket = |at: u32| (at as usize + length - index) / width;
        let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        let own = stream.positions(id).iter().map(|at| (number(bucket(*at)), number(index)));
        votes.extend(own);
    }
    votes.sort_unstable();
    votes.dedup();
    (votes, uncounted)
}

/// Returns the parts of `window` that lie in one document each.
fn by_document(stream: &Stream, window: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = window.start;
    while start < window.end {
        let end = stream.document(start).end.min(window.end);
        if end <= start {
            break;
        }
        parts.push(start..end);
        start = end;
    }
    parts
}
