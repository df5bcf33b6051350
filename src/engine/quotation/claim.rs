//! What is claimed to be a quotation, taken apart for comparing.

use std::ops::Range;

use super::VerifyError;
use crate::index::word_index::{UNKNOWN, WordIndex};
use crate::text::cues::cue_at;
use crate::text::english;
use crate::text::normal::WordReader;

/// The most words of a claim: several pages, and few enough that no claim takes long.
pub const MAX_CLAIM_WORDS: usize = 2_000;

/// The most omissions (“…”) within a claim. Whoever leaves out more is no longer quoting.
pub const MAX_OMISSIONS: usize = 16;

/// The words of a claim, in pieces between its omissions.
#[derive(Debug, Default)]
pub(super) struct ClaimWords {
    /// The words as ids; [`UNKNOWN`] for those that no document has.
    pub(super) ids: Vec<u32>,
    /// The words in normal form.
    pub(super) forms: Vec<String>,
    /// Where each is in the claim, in bytes.
    pub(super) places: Vec<Range<usize>>,
    /// Index of the first word of each piece, ascending, starting with 0; no piece is empty.
    pub(super) pieces: Vec<usize>,
    /// Whether it has an ellipsis, be it at its beginning or its end.
    pub(super) has_omission: bool,
}

impl ClaimWords {
    /// Reads `quote`. Words in square brackets are the claimant's and are no words of the claim, but
    /// for those that would change what it says, such as `[not]`.
    ///
    /// # Errors
    /// Where it has no word, more than [`MAX_CLAIM_WORDS`], or more than [`MAX_OMISSIONS`].
    pub(super) fn read(index: &WordIndex, quote: &str) -> Result<Self, VerifyError> {
        let mut claim = Self::default();
        let mut reader = WordReader::default();
        let mut has_word = false;
        let pieces = pieces(quote);
        claim.has_omission = pieces.len() > 1;
        for piece in pieces {
            let mut begins = true;
            let offset = piece.start;
            reader.read(quote.get(piece).unwrap_or_default(), |form, place| {
                if index.id(form) == UNKNOWN && is_harmless_insertion(form) {
                    begins = true;
                    return;
                }
                has_word |= form.contains(char::is_alphanumeric);
                if begins {
                    claim.pieces.push(claim.ids.len());
                    begins = false;
                }
                claim.ids.push(index.id(form));
                claim.forms.push(form.to_owned());
                claim.places.push(offset + place.start..offset + place.end);
            });
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

    /// Returns whether so few and so common words prove nothing, wherever they are.
    pub(super) fn is_too_short(&self) -> bool {
        const LEAST_WORDS: usize = 4;
        const LEAST_COMMON_WORDS: usize = 5;
        let carries = |form: &&String| !english::class_of(form).is_stop;
        match self.forms.iter().filter(carries).count() {
            0 => self.ids.len() < LEAST_COMMON_WORDS,
            1 => self.ids.len() < LEAST_WORDS,
            _ => false,
        }
    }

    /// Returns the words of piece number `piece`; `None` behind the last.
    pub(super) fn piece(&self, piece: usize) -> Option<&[u32]> {
        let start = *self.pieces.get(piece)?;
        let end = self.pieces.get(piece + 1).copied().unwrap_or(self.ids.len());
        self.ids.get(start..end)
    }
}

/// Returns whether a word is one in square brackets that says nothing of its own: a name for a
/// pronoun, the ending of a verb.
fn is_harmless_insertion(form: &str) -> bool {
    form.strip_prefix('[').is_some_and(|word| {
        cue_at(&[word], 0).is_none()
            && english::number_word(word).is_none()
            && !word.contains(char::is_numeric)
    })
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
    if let Some((first, end, 3..)) = run {
        pieces.push(start..first);
        start = end;
    }
    pieces.push(start..quote.len());
    pieces
}
