//! A claim that is put together from pieces of different sentences.

use super::align::{Alignment, Mark};
use super::claim::ClaimWords;
use super::exact;
use crate::index::word_index::Stream;

/// The most pieces that are looked for where the claim has no ellipsis.
const MOST_PIECES: usize = 3;
/// The fewest words of a piece that an ellipsis borders.
const LEAST_WORDS: usize = 2;
/// The fewest words of a piece where no ellipsis tells where it begins: so many seldom come in the
/// same order by chance.
const LEAST_UNMARKED_WORDS: usize = 4;

/// Returns a place of each piece of `claim`, in the order of the claim; `None` where not all of it
/// is in the documents so.
pub(super) fn pieces(stream: &Stream, claim: &ClaimWords) -> Option<Vec<Alignment>> {
    marked(stream, claim).or_else(|| unmarked(stream, claim))
}

/// The pieces between ellipses.
fn marked(stream: &Stream, claim: &ClaimWords) -> Option<Vec<Alignment>> {
    let pieces: Vec<&[u32]> = (0..claim.pieces.len()).filter_map(|at| claim.piece(at)).collect();
    if pieces.len() < 2 || pieces.iter().any(|piece| piece.len() < LEAST_WORDS) {
        return None;
    }
    pieces.into_iter().map(|piece| place(stream, piece)).collect()
}

/// Pieces as long as they can be, from the beginning on.
fn unmarked(stream: &Stream, claim: &ClaimWords) -> Option<Vec<Alignment>> {
    let mut rest = &claim.ids[..];
    let mut pieces = Vec::new();
    while !rest.is_empty() {
        let (length, start) = exact::longest_prefix(stream, rest, 0)?;
        if length < LEAST_UNMARKED_WORDS || pieces.len() == MOST_PIECES {
            return None;
        }
        pieces.push(alignment(start, length));
        rest = rest.get(length..)?;
    }
    (pieces.len() > 1).then_some(pieces)
}

fn place(stream: &Stream, piece: &[u32]) -> Option<Alignment> {
    let (length, start) = exact::longest_prefix(stream, piece, 0)?;
    (length == piece.len()).then(|| alignment(start, length))
}

fn alignment(start: usize, length: usize) -> Alignment {
    Alignment {
        positions: start..start + length,
        passage: vec![Mark::Same; length],
        claim: Vec::new(),
    }
}
