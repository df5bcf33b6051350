//! What is claimed to be a quotation, taken apart for comparing.

use std::ops::Range;

use super::VerifyError;
use crate::index::word_index::WordIndex;
use crate::text::normal::WordReader;

/// The most words of a claim: several pages, and few enough that no claim takes long.
pub const MAX_CLAIM_WORDS: usize = 2_000;

/// The most omissions (“…”) within a claim. Whoever leaves out more is no longer quoting.
pub const MAX_OMISSIONS: usize = 16;

/// The words of a claim, in pieces between its omissions.
#[derive(Debug)]
pub(super) struct ClaimWords {
    /// The words as ids; [`crate::index::word_index::UNKNOWN`] for those that no document has.
    pub(super) ids: Vec<u32>,
    /// Where each is in the claim, in bytes.
    pub(super) places: Vec<Range<usize>>,
    /// Index of the first word of each piece, ascending, starting with 0; no piece is empty.
    pub(super) pieces: Vec<usize>,
}

impl ClaimWords {
    /// Reads `quote`.
    ///
    /// # Errors
    /// Where it has no word, more than [`MAX_CLAIM_WORDS`], or more than [`MAX_OMISSIONS`].
    pub(super) fn read(index: &WordIndex, quote: &str) -> Result<Self, VerifyError> {
        let mut claim = Self { ids: Vec::new(), places: Vec::new(), pieces: Vec::new() };
        let mut reader = WordReader::default();
        let mut has_word = false;
        for piece in pieces(quote) {
            let first = claim.ids.len();
            let offset = piece.start;
            reader.read(quote.get(piece).unwrap_or_default(), |form, place| {
                has_word |= form.contains(char::is_alphanumeric);
                claim.ids.push(index.id(form));
                claim.places.push(offset + place.start..offset + place.end);
            });
            if claim.ids.len() > first {
                claim.pieces.push(first);
            }
        }
        if !has_word {
            Err(VerifyError::NoWords)
        } else if claim.ids.len() > MAX_CLAIM_WORDS {
            Err(VerifyError::TooLong { words: claim.ids.len() })
        } else if claim.pieces.len() > MAX_OMISSIONS + 1 {
            Err(VerifyError::TooManyOmissions { omissions: claim.pieces.len() - 1 })
        } else {
            Ok(claim)
        }
    }

    /// Returns the words of piece number `piece`; `None` behind the last.
    pub(super) fn piece(&self, piece: usize) -> Option<&[u32]> {
        let start = *self.pieces.get(piece)?;
        let end = self.pieces.get(piece + 1).copied().unwrap_or(self.ids.len());
        self.ids.get(start..end)
    }
}

/// Returns the bytes of `quote` between its ellipses: “…”, or three dots and more, with or without
/// spaces between them. Brackets around an ellipsis are punctuation like any other.
fn pieces(quote: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    // First byte, byte behind the last dot, and number of dots of the run that is being read.
    let mut run: Option<(usize, usize, usize)> = None;
    for (at, character) in quote.char_indices() {
        let dots = match character {
            '.' => 1,
            '…' | '⋯' => 3,
            _ if character.is_whitespace() => continue,
            _ => 0,
        };
        if dots > 0 {
            let (first, _, count) = run.unwrap_or((at, at, 0));
            run = Some((first, at + character.len_utf8(), count + dots));
        } else if let Some((first, end, 3..)) = run.take() {
            pieces.push(start..first);
            start = end;
        }
    }
    pieces.push(start..quote.len());
    pieces
}
