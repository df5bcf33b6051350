//! The quotation check: whether a text that someone claims is a quotation is in the
//! documents, word for word or nearly, and whose words it is.
//!
//! A claim is data: nothing in it is syntax but ellipses and square brackets, which mean what
//! they mean in print. Comparing goes by words in their normal form (`normal`); exact places are
//! found by their rarest word (`exact`), near ones by voting, an upper bound and alignment (`near`,
//! `bound`, `align`);
//! what is shown is sliced from the source (`passage`).

mod align;
mod allegation;
mod bound;
mod claim;
mod exact;
mod near;
mod passage;

pub use align::{MAX_LEFT_OUT, Mark, NEAR};
pub use allegation::{Allegation, Share};
pub use claim::{MAX_CLAIM_WORDS, MAX_OMISSIONS};
pub use passage::{Passage, Segment};

use self::align::Alignment;
use self::allegation::Alleged;
use self::claim::ClaimWords;
use crate::answer::{Engine, UnknownSpeaker};
use crate::index::word_index::{Stream, WordIndex};
use crate::knowledge::Corpus;

/// The most passages of a verification.
pub const MAX_PASSAGES: usize = 5;

/// A text that someone claims is a quotation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Claim<'a> {
    /// The alleged quotation. An ellipsis within it stands for words left out; words in square
    /// brackets are the claimant's.
    pub quote: &'a str,
    /// Who is alleged to have said it, by a name as the documents or their annotations have it;
    /// "the author" stands for the author.
    pub speaker: Option<&'a str>,
}

/// How a claim is in the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Word for word. Where the claim has an ellipsis words may be left out: see
    /// [`Verification::words_left_out`].
    Exact,
    /// With some words changed, missing, added or in another order.
    Near,
    /// Not at all: it may be a paraphrase, or made up.
    Absent,
}

impl Verdict {
    /// Returns the name used in machine output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Near => "near",
            Self::Absent => "absent",
        }
    }
}

/// What came of checking a claim. It can be made only by [`Engine::verify`].
#[derive(Debug, Clone, PartialEq)]
pub struct Verification {
    verdict: Verdict,
    similarity: f32,
    passages: Vec<Passage>,
    claim: Vec<Segment>,
    alleged: Option<Allegation>,
}

impl Verification {
    /// Returns how the claim is in the documents.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Returns the share of words, weighted by rarity, that the claim and the first passage have in
    /// common in order: 1 for exact, at least [`NEAR`] for near, 0 for absent.
    #[must_use]
    pub fn similarity(&self) -> f32 {
        self.similarity
    }

    /// Returns where it is, the leading place first: one to [`MAX_PASSAGES`] for exact, one for
    /// near, none for absent. Running text goes before pull quotes, which are listed only where the
    /// running text has no such place; of several places, those with the alleged speaker's words
    /// lead, and then the order of the documents counts.
    #[must_use]
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// Returns the claim as written, with the words marked that differ from the first passage. All
    /// of it is different where the claim is absent.
    #[must_use]
    pub fn claim(&self) -> &[Segment] {
        &self.claim
    }

    /// Returns how many words of the first passage are where the claim has ellipses.
    #[must_use]
    pub fn words_left_out(&self) -> usize {
        self.passages.first().map_or(0, Passage::words_left_out)
    }

    /// Returns whether the first passage is the alleged speaker's words; `None` where no one was
    /// alleged, or the claim is absent. The verdict does not depend on it.
    #[must_use]
    pub fn alleged(&self) -> Option<&Allegation> {
        self.alleged.as_ref()
    }
}

/// A claim that cannot be checked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// The claim has no word.
    #[error("there is no word in this quotation, so there is nothing to check")]
    NoWords,
    /// The claim has more than [`MAX_CLAIM_WORDS`] words.
    #[error(
        "this quotation has {words} words, and {MAX_CLAIM_WORDS} is the most that can be checked \
         at once: check it in parts"
    )]
    TooLong {
        /// How many it has.
        words: usize,
    },
    /// The claim has more than [`MAX_OMISSIONS`] omissions.
    #[error(
        "this quotation leaves out words in {omissions} places, and {MAX_OMISSIONS} is the most \
         that can be checked at once: check it in parts"
    )]
    TooManyOmissions {
        /// How many it has.
        omissions: usize,
    },
    /// The alleged speaker is not in the documents.
    #[error(transparent)]
    UnknownSpeaker(#[from] UnknownSpeaker),
}

impl Engine {
    /// Says whether a claim is in the documents, word for word or nearly, and whose words it
    /// is. What counts is the words in their order: case, punctuation, white space, diacritics
    /// and the kinds of quotation marks, apostrophes and dashes do not. A claim of fewer than
    /// four words is exact or absent. Text outside of the body, a site's own, is no part of a
    /// document.
    ///
    /// The first call reads the documents once, which takes as long as they are long.
    ///
    /// # Errors
    /// Where the claim has no word or is longer than can be checked, or the alleged speaker is
    /// unknown.
    pub fn verify(&self, claim: &Claim<'_>) -> Result<Verification, VerifyError> {
        let corpus = self.corpus();
        let alleged = Alleged::of(corpus, claim)?;
        let index = self.words();
        let words = ClaimWords::read(index, claim.quote)?;
        for stream in [&index.body, &index.printed] {
            let passages = word_for_word(corpus, stream, &words, alleged.as_ref());
            if !passages.is_empty() {
                let marks = vec![Mark::Same; words.ids.len()];
                let found = (Verdict::Exact, 1.0, &marks[..]);
                return Ok(verification(claim, &words, found, passages, alleged.as_ref()));
            }
        }
        if let Some((stream, similarity, alignment)) = nearest(index, &words)
            && let Some(passage) = Passage::cut(corpus, stream, &alignment)
        {
            let found = (Verdict::Near, similarity, &alignment.claim[..]);
            return Ok(verification(claim, &words, found, vec![passage], alleged.as_ref()));
        }
        let marks = vec![Mark::Different; words.ids.len()];
        Ok(verification(claim, &words, (Verdict::Absent, 0.0, &marks), vec![], None))
    }
}

/// Returns the places of the claim's very words, those of the alleged speaker first.
fn word_for_word(
    corpus: &Corpus,
    stream: &Stream,
    words: &ClaimWords,
    alleged: Option<&Alleged<'_>>,
) -> Vec<Passage> {
    let places = exact::places(stream, words);
    let cut = |alignment: &Alignment| Passage::cut(corpus, stream, alignment);
    let mut passages: Vec<Passage> = match alleged {
        None => places.iter().filter_map(cut).take(MAX_PASSAGES).collect(),
        Some(_) => places.iter().filter_map(cut).collect(),
    };
    if let Some(alleged) = alleged {
        passages.sort_by_key(|passage| alleged.share(passage));
    }
    passages.truncate(MAX_PASSAGES);
    passages
}

/// Returns the nearest passage in running text, or as printed where that is nearer.
fn nearest<'a>(index: &'a WordIndex, claim: &ClaimWords) -> Option<(&'a Stream, f32, Alignment)> {
    let find = |stream: &'a Stream| {
        near::passage(stream, claim).map(|(similarity, found)| (stream, similarity, found))
    };
    match (find(&index.body), find(&index.printed)) {
        (Some(body), Some(printed)) if printed.1 > body.1 => Some(printed),
        (body, printed) => body.or(printed),
    }
}

fn verification(
    claim: &Claim<'_>,
    words: &ClaimWords,
    (verdict, similarity, marks): (Verdict, f32, &[Mark]),
    passages: Vec<Passage>,
    alleged: Option<&Alleged<'_>>,
) -> Verification {
    let marked = words.places.iter().cloned().zip(marks.iter().copied());
    Verification {
        verdict,
        similarity,
        claim: passage::segments(claim.quote, marked),
        alleged: alleged.zip(passages.first()).map(|(alleged, first)| alleged.allegation(first)),
        passages,
    }
}
