//! Where a claim stands word for word.

use std::collections::HashSet;
use std::ops::Range;

use super::align::{Alignment, MAX_LEFT_OUT, Mark};
use super::claim::ClaimWords;
use crate::index::word_index::Stream;

/// The most places that are kept of a claim that is in many.
const MOST_PLACES: usize = 64;
/// The most comparisons of a piece with a place: what a few hundredths of a second allow. Only
/// claims that leave out words between very frequent ones come near it.
const MOST_COMPARISONS: usize = 1_000_000;

/// Returns the places at which the pieces of `claim` are in order, in one document, with at most
/// [`MAX_LEFT_OUT`] words left out between them; in the order of the text.
pub(super) fn places(stream: &Stream, claim: &ClaimWords) -> Vec<Alignment> {
    let mut found: Vec<Vec<usize>> = Vec::new();
    let Some((anchor, postings)) = rarest(stream, &claim.ids) else {
        return Vec::new();
    };
    let slack = if claim.pieces.len() > 1 { MAX_LEFT_OUT } else { 0 };
    let mut untried = 0;
    let mut comparisons = 0;
    for at in postings {
        let Some(last) = (*at as usize).checked_sub(anchor) else { continue };
        for start in last.saturating_sub(slack).max(untried)..=last {
            let document = stream.document(start);
            let mut search = Search::new(stream, claim, document.end);
            let stands = search.piece(0, start, 0);
            comparisons += search.comparisons;
            if stands {
                // Of two places with the same end the later is the tighter.
                let same_end = |other: &Vec<usize>| other.last() == search.starts.last();
                found.pop_if(|other| same_end(other));
                found.push(search.starts);
            }
        }
        untried = last + 1;
        if found.len() >= MOST_PLACES || comparisons > MOST_COMPARISONS {
            break;
        }
    }
    found.iter().filter_map(|starts| alignment(claim, starts)).collect()
}

/// Returns the length and the position of the longest run of `words` from their beginning that is
/// in one document and has more than `shorter` words; the first of several.
pub(super) fn longest_prefix(
    stream: &Stream,
    words: &[u32],
    shorter: usize,
) -> Option<(usize, usize)> {
    let mut longest = None;
    let mut most = shorter;
    for start in stream.positions(*words.first()?).iter().take(MOST_COMPARISONS) {
        let start = *start as usize;
        let next = words.get(most)?;
        // A run that is longer has this word too: most places are done with here.
        if stream.words(start + most..start + most + 1) != Some(&[*next]) {
            continue;
        }
        let end = stream.document(start).end.min(start + words.len());
        let printed = stream.words(start..end)?;
        let length = printed.iter().zip(words).take_while(|(a, b)| a == b).count();
        if length > most {
            (longest, most) = (Some((length, start)), length);
        }
        if most == words.len() {
            break;
        }
    }
    longest
}

/// Index and positions of the word that is in the fewest places.
fn rarest<'a>(stream: &'a Stream, ids: &[u32]) -> Option<(usize, &'a [u32])> {
    let positions = ids.iter().map(|id| stream.positions(*id)).enumerate();
    positions.min_by_key(|(_, positions)| positions.len())
}

/// The search for all pieces behind the first, the nearest place of each first.
struct Search<'a> {
    stream: &'a Stream,
    claim: &'a ClaimWords,
    end: usize,
    starts: Vec<usize>,
    /// Pieces and places from which no way led on.
    failed: HashSet<(usize, usize)>,
    comparisons: usize,
}

impl<'a> Search<'a> {
    fn new(stream: &'a Stream, claim: &'a ClaimWords, end: usize) -> Self {
        Self { stream, claim, end, starts: Vec::new(), failed: HashSet::new(), comparisons: 0 }
    }

    /// Returns whether piece number `piece` is at `start` and the others behind it, where
    /// `left_out` words are left out so far. The depth is that of [`super::claim::MAX_OMISSIONS`].
    fn piece(&mut self, piece: usize, start: usize, left_out: usize) -> bool {
        let Some(words) = self.claim.piece(piece) else {
            return true;
        };
        self.comparisons += 1;
        let end = start + words.len();
        if end > self.end || self.stream.words(start..end) != Some(words) {
            return false;
        }
        self.starts.push(start);
        if self.claim.piece(piece + 1).is_none() {
            return true;
        }
        for gap in 0..=MAX_LEFT_OUT.saturating_sub(left_out) {
            if self.failed.contains(&(piece + 1, end + gap)) {
                continue;
            }
            if self.piece(piece + 1, end + gap, left_out + gap) {
                return true;
            }
            self.failed.insert((piece + 1, end + gap));
        }
        self.starts.pop();
        false
    }
}

fn alignment(claim: &ClaimWords, starts: &[usize]) -> Option<Alignment> {
    let first = *starts.first()?;
    let mut passage = Vec::new();
    for (piece, start) in starts.iter().enumerate() {
        passage.resize(start - first, Mark::LeftOut);
        passage.resize(start - first + claim.piece(piece)?.len(), Mark::Same);
    }
    let positions: Range<usize> = first..first + passage.len();
    Some(Alignment { positions, passage, claim: vec![Mark::Same; claim.ids.len()] })
}
