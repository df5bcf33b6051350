//! The quotation check: whether a text that someone claims is a quotation is in the
//! documents, word for word or nearly, and whose words it is.
//!
//! A claim is data: nothing in it is syntax but ellipses and square brackets, which mean what
//! they mean in print. Comparing goes by words in their normal form (`normal`); exact places are
//! found by their rarest word (`exact`), near ones by voting, an upper bound and alignment (`near`,
//! `bound`, `align`), pieces of different sentences by their longest runs (`stitch`). Whether what
//! a claim leaves out or changes turns the sentence is judged by the words around it (`turning`,
//! `reversal`). What is shown is sliced from the source (`passage`), whole sentences at a time.

mod align;
mod allegation;
mod bound;
mod claim;
mod clauses;
mod exact;
pub mod message;
mod near;
mod passage;
mod reversal;
mod sentence;
mod stitch;
mod turning;

pub use align::{MAX_LEFT_OUT, Mark, NEAR};
pub use allegation::{Allegation, Share, Whose};
pub use claim::{MAX_CLAIM_WORDS, MAX_OMISSIONS};
pub use passage::{Dropped, Passage, Segment, Sentences};
pub use reversal::Change;
pub use turning::{Cue, Cut};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Word for word, and one or more whole sentences.
    Exact,
    /// Word for word, and less than a sentence, which says the same as a whole.
    Part,
    /// Word for word but for what an ellipsis leaves out, which turns nothing.
    Shortened,
    /// Right to the letter, but what is left out turns what the sentence says: see
    /// [`Passage::dropped`].
    Turned,
    /// Put together from pieces of different sentences, paragraphs or speakers: a passage each.
    Stitched,
    /// With some words changed, missing, added or in another order: see
    /// [`Verification::changes`].
    Near,
    /// Not at all: it may be a paraphrase, or made up.
    Absent,
    /// Too few and too common words to prove anything, be they in the documents or not.
    TooShort,
}

impl Verdict {
    /// Returns the name used in machine output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Part => "part",
            Self::Shortened => "shortened",
            Self::Turned => "turned",
            Self::Stitched => "stitched",
            Self::Near => "near",
            Self::Absent => "absent",
            Self::TooShort => "too-short",
        }
    }

    /// Returns whether the words are in the documents and say there what the claim says.
    #[must_use]
    pub fn confirms(self) -> bool {
        matches!(self, Self::Exact | Self::Part | Self::Shortened)
    }
}

/// What came of checking a claim. It can be made only by [`Engine::verify`].
#[derive(Debug, Clone, PartialEq)]
pub struct Verification {
    verdict: Verdict,
    similarity: f32,
    passages: Vec<Passage>,
    claim: Vec<Segment>,
    changes: Vec<Change>,
    alleged: Option<Allegation>,
    unknown_speaker: Option<UnknownSpeaker>,
}

impl Verification {
    /// Returns how the claim is in the documents.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Returns the share of words, weighted by rarity, that the claim and the first passage have in
    /// common in order: at least [`NEAR`] for near, 0 for absent and too short, 1 for all others.
    #[must_use]
    pub fn similarity(&self) -> f32 {
        self.similarity
    }

    /// Returns where it is, the leading place first: one for near, one for each piece of a stitched
    /// claim, none for absent and too short, and one to [`MAX_PASSAGES`] for all others. Running
    /// text goes before pull quotes, which are listed only where the running text has no such
    /// place; of several places, those with the alleged speaker's words lead, then those where
    /// least is left out, and then the order of the documents counts.
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

    /// Returns what a near claim changes, in order; nothing for any other.
    #[must_use]
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Returns whether a near claim says something else than the document.
    #[must_use]
    pub fn reverses(&self) -> bool {
        self.verdict == Verdict::Near
            && (self.changes.iter().any(|change| change.reverses) || self.dropped().is_some())
    }

    /// Returns the words left out of the sentences of the first passage that turn what they say,
    /// for turned and near claims.
    #[must_use]
    pub fn dropped(&self) -> Option<&Dropped> {
        let dropped = self.passages.first()?.dropped()?;
        let turns = match self.verdict {
            Verdict::Turned => true,
            // Whoever quotes from memory seldom ends where a phrase does.
            Verdict::Near => dropped.cue != Cue::Other,
            _ => false,
        };
        turns.then_some(dropped)
    }

    /// Returns how many words of the first passage are where the claim has ellipses.
    #[must_use]
    pub fn words_left_out(&self) -> usize {
        self.passages.first().map_or(0, Passage::words_left_out)
    }

    /// Returns whether the first passage is the alleged speaker's words; `None` where no one
    /// known to the documents was alleged, or the words are in no one place. The verdict does not
    /// depend on it.
    #[must_use]
    pub fn alleged(&self) -> Option<&Allegation> {
        self.alleged.as_ref()
    }

    /// Returns the alleged speaker where no document knows the name. The claim is checked all the
    /// same.
    #[must_use]
    pub fn unknown_speaker(&self) -> Option<&UnknownSpeaker> {
        self.unknown_speaker.as_ref()
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
}

impl Engine {
    /// Says whether a claim is in the documents, word for word or nearly, whether it says there
    /// what it says alone, and whose words it is. What counts is the words in their order: case,
    /// punctuation, white space, diacritics and the kinds of quotation marks, apostrophes and
    /// dashes do not. Text outside of the body, a site's own, is no part of a document.
    ///
    /// The first call reads the documents once, which takes as long as they are long.
    ///
    /// # Errors
    /// Where the claim has no word or is longer than can be checked.
    pub fn verify(&self, claim: &Claim<'_>) -> Result<Verification, VerifyError> {
        let corpus = self.corpus();
        let index = self.words();
        let words = ClaimWords::read(index, claim.quote)?;
        let (alleged, unknown_speaker) = match Alleged::of(corpus, claim) {
            Ok(alleged) => (alleged, None),
            Err(unknown) => (None, Some(unknown)),
        };
        let finding = find(corpus, index, &words, claim.quote, alleged.as_ref());
        Ok(Verification {
            unknown_speaker,
            ..finding.verification(claim, &words, alleged.as_ref())
        })
    }
}

/// Where and how a claim was found.
struct Finding {
    verdict: Verdict,
    similarity: f32,
    /// A mark for each word of the claim.
    marks: Vec<Mark>,
    passages: Vec<Passage>,
    changes: Vec<Change>,
}

impl Finding {
    fn none(verdict: Verdict, words: &ClaimWords) -> Self {
        let marks = vec![Mark::Different; words.ids.len()];
        Self { verdict, similarity: 0.0, marks, passages: vec![], changes: vec![] }
    }

    fn verbatim(verdict: Verdict, words: &ClaimWords, passages: Vec<Passage>) -> Self {
        let marks = vec![Mark::Same; words.ids.len()];
        Self { verdict, similarity: 1.0, marks, passages, changes: vec![] }
    }

    fn verification(
        self,
        claim: &Claim<'_>,
        words: &ClaimWords,
        alleged: Option<&Alleged<'_>>,
    ) -> Verification {
        let marked = words.places.iter().cloned().zip(self.marks);
        let is_one_place = self.verdict != Verdict::Stitched;
        let first = self.passages.first().filter(|_| is_one_place);
        Verification {
            verdict: self.verdict,
            similarity: self.similarity,
            claim: passage::segments(claim.quote, marked),
            alleged: alleged.zip(first).map(|(alleged, first)| alleged.allegation(first)),
            passages: self.passages,
            changes: self.changes,
            unknown_speaker: None,
        }
    }
}

fn find(
    corpus: &Corpus,
    index: &WordIndex,
    words: &ClaimWords,
    quote: &str,
    alleged: Option<&Alleged<'_>>,
) -> Finding {
    for stream in [&index.body, &index.printed] {
        match word_for_word(corpus, stream, words, alleged) {
            Some(found) if found.verdict == Verdict::Stitched => break,
            Some(found) => return found,
            None => {}
        }
    }
    if words.is_too_short() {
        return Finding::none(Verdict::TooShort, words);
    }
    stitched(corpus, &index.body, words)
        .or_else(|| near(corpus, index, words, quote))
        .unwrap_or_else(|| Finding::none(Verdict::Absent, words))
}

/// Returns the places of the claim's very words, those of the alleged speaker first.
fn word_for_word(
    corpus: &Corpus,
    stream: &Stream,
    words: &ClaimWords,
    alleged: Option<&Alleged<'_>>,
) -> Option<Finding> {
    let places = exact::places(stream, words);
    let cut = |alignment: &Alignment| Passage::cut(corpus, stream, alignment);
    let mut passages: Vec<(Verdict, Passage)> = places
        .iter()
        .filter_map(cut)
        .map(|passage| (verdict_at(&passage, words), passage))
        .collect();
    passages.sort_by_key(|(verdict, passage)| {
        (alleged.map(|alleged| alleged.share(passage)), *verdict)
    });
    passages.truncate(MAX_PASSAGES);
    let (verdict, _) = passages.first()?;
    let verdict = *verdict;
    if verdict != Verdict::Exact && words.is_too_short() {
        return Some(Finding::none(Verdict::TooShort, words));
    }
    let passages = passages.into_iter().map(|(_, passage)| passage).collect();
    Some(Finding::verbatim(verdict, words, passages))
}

fn verdict_at(passage: &Passage, words: &ClaimWords) -> Verdict {
    if passage.is_stitched() {
        Verdict::Stitched
    } else if passage.dropped().is_some() {
        Verdict::Turned
    } else if passage.is_whole() {
        Verdict::Exact
    } else if words.has_omission || passage.words_left_out() > 0 {
        Verdict::Shortened
    } else {
        Verdict::Part
    }
}

fn stitched(corpus: &Corpus, stream: &Stream, words: &ClaimWords) -> Option<Finding> {
    let pieces = stitch::pieces(stream, words)?;
    let cut = |piece: &Alignment| Passage::cut(corpus, stream, piece);
    let passages: Vec<Passage> = pieces.iter().map(cut).collect::<Option<_>>()?;
    let first = passages.first()?.sentences().span;
    let is_of_several = passages.iter().any(|passage| passage.sentences().span != first);
    is_of_several.then(|| Finding::verbatim(Verdict::Stitched, words, passages))
}

fn near(corpus: &Corpus, index: &WordIndex, words: &ClaimWords, quote: &str) -> Option<Finding> {
    let (stream, similarity, alignment) = nearest(index, words)?;
    let passage = Passage::cut(corpus, stream, &alignment)?;
    let changes = passage.changes(corpus, stream, &alignment, words, quote);
    Some(Finding {
        verdict: Verdict::Near,
        similarity,
        marks: alignment.claim,
        passages: vec![passage],
        changes,
    })
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
