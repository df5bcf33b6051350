//! A claim laid beside the words of a document, word by word.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::claim::ClaimWords;
use crate::index::word_index::Stream;

/// The most words that the omissions of a claim may leave out together: about a long paragraph.
/// What stands farther apart was not said in one breath.
pub const MAX_LEFT_OUT: usize = 120;

/// The least share of words, weighted by rarity, that a claim and a passage have in common in
/// order, of the longer of the two, for the claim to be near. Of a sentence of ten words that is
/// up to three or four changed; what keeps less of the wording is a paraphrase, not a quotation.
pub const NEAR: f32 = 0.6;

/// A claim of fewer words is exact or absent: one changed word of three leaves no quotation.
pub(super) const LEAST_NEAR_WORDS: usize = 4;

/// How a word compares with the other side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// Stands on both sides.
    Same,
    /// Changed, missing on the other side, or in another order.
    Different,
    /// In the passage, where the claim has an ellipsis.
    LeftOut,
    /// In the same sentence as the passage, before its beginning or behind its end.
    Around,
}

/// Words of a stream laid beside a claim.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Alignment {
    /// Positions in the stream.
    pub(super) positions: Range<usize>,
    /// A mark for each of them.
    pub(super) passage: Vec<Mark>,
    /// A mark for each word of the claim.
    pub(super) claim: Vec<Mark>,
}

/// How much a word says: from 0 to 1, by its rarity.
pub(super) struct Weights<'a> {
    stream: &'a Stream,
}

impl<'a> Weights<'a> {
    pub(super) fn new(stream: &'a Stream) -> Self {
        Self { stream }
    }

    /// Returns a word of which there is one in a thousand, or fewer, has the weight 1; an article,
    /// one in fifteen, about 0.4. A word that no document has weighs as much as one that is once.
    pub(super) fn of(&self, id: u32) -> f32 {
        const RARE: f32 = 1_000.0;
        let words = self.stream.len() as f32;
        let occurrences = self.stream.positions(id).len().max(1) as f32;
        ((1.0 + words / occurrences).ln() / (1.0 + RARE).ln()).min(1.0)
    }

    fn sum(&self, ids: &[u32]) -> f32 {
        ids.iter().map(|id| self.of(*id)).sum()
    }
}

/// Returns the stretch of `window` that is most like the claim, and how like it is, from 0 to 1;
/// `None` where they share too little to be [`NEAR`].
pub(super) fn best(
    stream: &Stream,
    claim: &ClaimWords,
    window: Range<usize>,
) -> Option<(f32, Alignment)> {
    let weights = Weights::new(stream);
    let words = stream.words(window.clone())?;
    let matches = common(&claim.ids, words);
    let core = core(&weights, claim, words, &matches)?;
    let (first, last) = (matches.get(core.start)?, matches.get(core.end.checked_sub(1)?)?);
    // A changed word at either end has its counterpart in the passage.
    let (_, sentence) = stream.sentence(window.start + first.1)?;
    let start = (window.start + first.1).saturating_sub(first.0).max(sentence.start);
    let (_, sentence) = stream.sentence(window.start + last.1)?;
    let behind = claim.ids.len() - last.0;
    let end = (window.start + last.1 + behind).min(sentence.end);
    let start = start.max(window.start);
    let end = end.min(window.end);
    align(stream, claim, start..end).filter(|(similarity, _)| *similarity >= NEAR)
}

/// Lays `claim` beside all words at `positions`.
fn align(stream: &Stream, claim: &ClaimWords, positions: Range<usize>) -> Option<(f32, Alignment)> {
    let weights = Weights::new(stream);
    let words = stream.words(positions.clone())?;
    let matches = common(&claim.ids, words);
    let mut passage = vec![Mark::Different; words.len()];
    let mut marks = vec![Mark::Different; claim.ids.len()];
    let mut left_out = 0;
    let mut shared = 0.0;
    let mut before: Option<(usize, usize)> = None;
    for &(own, other) in &matches {
        if let Some(mark) = marks.get_mut(own) {
            *mark = Mark::Same;
        }
        if let Some(mark) = passage.get_mut(other) {
            *mark = Mark::Same;
        }
        shared += claim.ids.get(own).map_or(0.0, |id| weights.of(*id));
        if let Some(before) = before
            && is_omission(claim, before, (own, other), left_out)
        {
            left_out += other - before.1 - 1;
            passage.get_mut(before.1 + 1..other)?.fill(Mark::LeftOut);
        }
        before = Some((own, other));
    }
    let claimed = weights.sum(&claim.ids);
    let kept = words.iter().zip(&passage).filter(|(_, mark)| **mark != Mark::LeftOut);
    let printed: f32 = kept.map(|(id, _)| weights.of(*id)).sum();
    let similarity = shared / claimed.max(printed);
    Some((similarity, Alignment { positions, passage, claim: marks }))
}

/// Returns whether the words between two matches are left out where the claim has an ellipsis.
fn is_omission(
    claim: &ClaimWords,
    before: (usize, usize),
    after: (usize, usize),
    left_out: usize,
) -> bool {
    let border = claim.pieces.partition_point(|start| *start <= before.0);
    let gap = after.1 - before.1 - 1;
    claim.pieces.get(border).is_some_and(|start| *start <= after.0)
        && gap > 0
        && left_out + gap <= MAX_LEFT_OUT
}

/// Returns the pairs of equal words of a shortest edit script, as indices, ascending on both sides.
fn common(claim: &[u32], words: &[u32]) -> Vec<(usize, usize)> {
    capture_diff_slices(Algorithm::Myers, claim, words)
        .into_iter()
        .filter_map(|operation| match operation {
            DiffOp::Equal { old_index, new_index, len } => {
                Some((0..len).map(move |ahead| (old_index + ahead, new_index + ahead)))
            }
            _ => None,
        })
        .flatten()
        .collect()
}

/// Returns the run of matches worth most, as a range of `matches`: what is shared counts, what
/// stands between and has no counterpart in the claim counts against it. Without this a stray
/// article would pull half a page into the passage.
fn core(
    weights: &Weights<'_>,
    claim: &ClaimWords,
    words: &[u32],
    matches: &[(usize, usize)],
) -> Option<Range<usize>> {
    const COST_OF_GAP: f32 = 0.75;
    let mut best: Option<(f32, Range<usize>)> = None;
    let mut start = 0;
    let mut sum = 0.0_f32;
    let mut left_out = 0;
    let mut before: Option<(usize, usize)> = None;
    for (index, &(own, other)) in matches.iter().enumerate() {
        if let Some(before) = before {
            if is_omission(claim, before, (own, other), left_out) {
                left_out += other - before.1 - 1;
            } else {
                let printed = weights.sum(words.get(before.1 + 1..other)?);
                let claimed = weights.sum(claim.ids.get(before.0 + 1..own)?);
                sum -= COST_OF_GAP * (printed - claimed).max(0.0);
            }
            if sum <= 0.0 {
                (start, sum, left_out) = (index, 0.0, 0);
            }
        }
        sum += weights.of(*claim.ids.get(own)?);
        if best.as_ref().is_none_or(|(most, _)| sum > *most) {
            best = Some((sum, start..index + 1));
        }
        before = Some((own, other));
    }
    best.map(|(_, range)| range)
}
