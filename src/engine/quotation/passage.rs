//! What is in the document where a claim was found: sliced from the source, attributed.

use std::ops::Range;

use super::align::{Alignment, Mark};
use super::claim::ClaimWords;
use super::reversal::{self, Change};
use super::sentence::{self, Word};
use super::turning::{self, Cue, Cut};
use crate::answer::excerpt::{self, ExcerptPart, Origin, Person};
use crate::index::word_index::Stream;
use crate::knowledge::{Attribution, Corpus, Document, Place, Region, Sentence, Span, Voice};

/// A stretch of a text whose words compare alike with the other side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The stretch, as written, with the punctuation and white space around its words.
    pub text: String,
    /// How its words compare.
    pub mark: Mark,
}

/// Words that a claim leaves out and that turn what the sentence says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// The words, as printed.
    pub text: String,
    /// Bytes of the source, half open.
    pub span: Span,
    /// How they turn the sentence.
    pub cue: Cue,
    /// Where they are, seen from the claim.
    pub cut: Cut,
}

/// The whole sentences in which a passage is, with whose words they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentences {
    /// Bytes of the source, half open.
    pub span: Span,
    /// The same in characters (Unicode scalar values), for people.
    pub characters: Range<usize>,
    /// The text, with the marks of the passage, and [`Mark::Around`] for what is before and behind.
    pub segments: Vec<Segment>,
    /// How the words are printed, taken as a whole.
    pub voice: Voice,
    /// Whose words they are, taken as a whole; `None` for the author.
    pub speaker: Option<Person>,
    /// Who cites the speaker, where one person quotes another.
    pub via: Option<Person>,
    /// Every stretch by its voice, in order.
    pub parts: Vec<ExcerptPart>,
}

impl Sentences {
    fn around(document: &Document, span: Span, words: &[Word<'_>]) -> Self {
        let attribution = document.leading_attribution(span);
        Self {
            span,
            characters: document.characters(span),
            segments: marked(document, span, words.iter()),
            voice: attribution.voice,
            speaker: excerpt::person(document, attribution.speaker),
            via: excerpt::person(document, attribution.via),
            parts: excerpt::attributed_parts(document, span).map(|(_, part)| part).collect(),
        }
    }

    /// Returns the text, as printed.
    #[must_use]
    pub fn text(&self) -> String {
        self.segments.iter().map(|segment| &*segment.text).collect()
    }
}

/// The stretch of a document that a claim was found to be, wholly or nearly.
///
/// A passage can be made only by slicing a [`Document`]: it is verbatim and attributed by
/// construction. It runs from the first to the last of its words, what is left out between them
/// included; punctuation before and behind is not part of it. The whole [`Sentences`] in which it
/// is come with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    document: usize,
    text: String,
    origin: Origin,
    span: Span,
    characters: Range<usize>,
    places: (Place, Place),
    region: Region,
    attribution: Attribution,
    speaker: Option<Person>,
    via: Option<Person>,
    attributions: Vec<Attribution>,
    parts: Vec<ExcerptPart>,
    segments: Vec<Segment>,
    words_left_out: usize,
    sentences: Sentences,
    dropped: Option<Dropped>,
    is_stitched: bool,
}

impl Passage {
    /// Cuts out the words of `alignment`; `None` where they are not in one document.
    pub(super) fn cut(corpus: &Corpus, stream: &Stream, alignment: &Alignment) -> Option<Self> {
        let (id, _) = stream.sentence(alignment.positions.start)?;
        let located = corpus.sentence(id)?;
        let document = located.document;
        let words = sentence::words(corpus, stream, alignment)?;
        let aligned: Vec<&Word<'_>> =
            words.iter().filter(|word| word.mark != Mark::Around).collect();
        let (first, last) = (aligned.first()?, aligned.last()?);
        let span = first.span.through(last.span);
        let whole = first.sentence.span.through(last.sentence.span);
        let is_skipped = aligned
            .iter()
            .any(|word| word.mark != Mark::LeftOut && word.sentence.region == Region::Skipped);
        let kept = kept(&aligned);
        let attribution = document.leading_attribution_of(&kept);
        let (attributions, parts) =
            kept.iter().flat_map(|span| excerpt::attributed_parts(document, *span)).unzip();
        Some(Self {
            document: located.document_index,
            text: span.slice(document.text()).to_owned(),
            origin: Origin::of(document),
            span,
            characters: document.characters(span),
            places: (first.sentence.place, last.sentence.place),
            region: if is_skipped { Region::Skipped } else { Region::Body },
            attribution,
            speaker: excerpt::person(document, attribution.speaker),
            via: excerpt::person(document, attribution.via),
            attributions,
            parts,
            segments: marked(document, span, aligned.iter().copied()),
            words_left_out: aligned.iter().filter(|word| word.mark == Mark::LeftOut).count(),
            sentences: Sentences::around(document, whole, &words),
            dropped: dropped(document, &words),
            is_stitched: is_stitched(&aligned),
        })
    }

    /// Position of the document in [`Corpus::documents`].
    pub(super) fn document(&self) -> usize {
        self.document
    }

    /// Returns the attribution of its words, taken as a whole.
    pub(super) fn attribution(&self) -> Attribution {
        self.attribution
    }

    /// Returns the attribution of each of the [`Self::parts`].
    pub(super) fn attributions(&self) -> &[Attribution] {
        &self.attributions
    }

    /// Returns the words, as printed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the document.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Bytes of the source, half open.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns the same in characters (Unicode scalar values), for people.
    #[must_use]
    pub fn characters(&self) -> Range<usize> {
        self.characters.clone()
    }

    /// Paragraph and number of the sentence in which it starts.
    #[must_use]
    pub fn start(&self) -> Place {
        self.places.0
    }

    /// Paragraph and number of the sentence in which it ends.
    #[must_use]
    pub fn end(&self) -> Place {
        self.places.1
    }

    /// [`Region::Skipped`] where some of the words are in no running text, but in a pull quote,
    /// a heading or a caption; [`Region::Body`] otherwise.
    #[must_use]
    pub fn region(&self) -> Region {
        self.region
    }

    /// Returns how the words are printed, taken as a whole; see
    /// [`Document::leading_attribution`].
    #[must_use]
    pub fn voice(&self) -> Voice {
        self.attribution.voice
    }

    /// Returns whose words they are, taken as a whole; `None` for the author.
    #[must_use]
    pub fn speaker(&self) -> Option<&Person> {
        self.speaker.as_ref()
    }

    /// Returns who cites the speaker, where one person quotes another.
    #[must_use]
    pub fn via(&self) -> Option<&Person> {
        self.via.as_ref()
    }

    /// Returns every stretch by its voice, in order; what the claim leaves out is in none.
    #[must_use]
    pub fn parts(&self) -> &[ExcerptPart] {
        &self.parts
    }

    /// Returns the text again, with the words marked that differ or are left out.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Returns how many words are here where the claim has ellipses.
    #[must_use]
    pub fn words_left_out(&self) -> usize {
        self.words_left_out
    }

    /// Returns the whole sentences in which it is.
    #[must_use]
    pub fn sentences(&self) -> &Sentences {
        &self.sentences
    }

    /// Returns whether it is one or more whole sentences, without omissions.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.sentences.segments.iter().all(|segment| segment.mark == Mark::Same)
    }

    /// Returns the words of those sentences that the claim leaves out and that turn what they say.
    #[must_use]
    pub fn dropped(&self) -> Option<&Dropped> {
        self.dropped.as_ref()
    }

    /// Returns whether an omission joins sentences that are not neighbours in one paragraph, or not
    /// one speaker's.
    pub(super) fn is_stitched(&self) -> bool {
        self.is_stitched
    }

    /// Returns what a claim changes of it, in order.
    pub(super) fn changes(
        &self,
        corpus: &Corpus,
        stream: &Stream,
        alignment: &Alignment,
        claim: &ClaimWords,
        quote: &str,
    ) -> Vec<Change> {
        let document = corpus.documents().get(self.document);
        let words = sentence::words(corpus, stream, alignment);
        let changes = |(document, words): (&Document, Vec<Word<'_>>)| {
            reversal::changes(document, &words, alignment, claim, quote)
        };
        document.zip(words).map(changes).unwrap_or_default()
    }

    /// Returns whether the source still holds exactly these words at these offsets.
    #[must_use]
    pub fn is_verbatim(&self, corpus: &Corpus) -> bool {
        let is = |span: Span, text: &str| {
            corpus.slice(&self.origin.slug, span.start(), span.end()) == Some(text)
        };
        is(self.span, &self.text) && is(self.sentences.span, &self.sentences.text())
    }
}

fn is_stitched(words: &[&Word<'_>]) -> bool {
    let mut before: Option<&Word<'_>> = None;
    let mut is_gap = false;
    for &word in words {
        if word.mark == Mark::LeftOut {
            is_gap = true;
            continue;
        }
        if is_gap && before.is_some_and(|before| !are_neighbours(before.sentence, word.sentence)) {
            return true;
        }
        (before, is_gap) = (Some(word), false);
    }
    false
}

/// Returns whether two sentences are one, or one behind the other and of one speaker.
fn are_neighbours(own: &Sentence, next: &Sentence) -> bool {
    own.span == next.span
        || (own.place.paragraph == next.place.paragraph
            && next.place.sentence <= own.place.sentence + 1
            && own.attribution.speaker == next.attribution.speaker)
}

fn dropped(document: &Document, words: &[Word<'_>]) -> Option<Dropped> {
    let turn = turning::turn(words)?;
    let left_out = words.get(turn.words)?;
    let span = left_out.first()?.span.through(left_out.last()?.span);
    let text = span.slice(document.text()).to_owned();
    Some(Dropped { text, span, cue: turn.cue, cut: turn.cut })
}

/// Returns the stretches between what is left out.
fn kept(words: &[&Word<'_>]) -> Vec<Span> {
    let mut kept: Vec<Span> = Vec::new();
    let mut goes_on = false;
    for word in words {
        match kept.last_mut() {
            _ if word.mark == Mark::LeftOut => {}
            Some(last) if goes_on => *last = last.through(word.span),
            _ => kept.push(word.span),
        }
        goes_on = word.mark != Mark::LeftOut;
    }
    kept
}

/// Returns the text at `span`, cut where the marks of its words change.
fn marked<'a>(
    document: &Document,
    span: Span,
    words: impl Iterator<Item = &'a Word<'a>>,
) -> Vec<Segment> {
    let relative = |word: &Word<'_>| {
        (word.span.start() - span.start()..word.span.end() - span.start(), word.mark)
    };
    segments(span.slice(document.text()), words.map(relative))
}

/// Returns all of `text`, cut where the marks of its `words` change. What is between two words goes
/// with them where they have one mark; otherwise it is around the claim where one of them is, and the
/// same where none is.
pub(super) fn segments(
    text: &str,
    words: impl Iterator<Item = (Range<usize>, Mark)>,
) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut add = |range: Range<usize>, mark: Mark| {
        let text = text.get(range).unwrap_or_default();
        match segments.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if last.mark == mark => last.text.push_str(text),
            _ => segments.push(Segment { text: text.to_owned(), mark }),
        }
    };
    let mut position = 0;
    let mut before = None;
    for (range, mark) in words {
        let start = range.start.max(position);
        add(position..start, between(before, Some(mark)));
        add(start..range.end.max(start), mark);
        position = range.end.max(start);
        before = Some(mark);
    }
    add(position..text.len(), between(before, None));
    segments
}

/// Returns the mark of what is between two words, or between a word and the border of the text.
fn between(before: Option<Mark>, after: Option<Mark>) -> Mark {
    match (before, after) {
        (Some(before), Some(after)) if before == after => before,
        (Some(Mark::Around), _) | (_, Some(Mark::Around)) => Mark::Around,
        _ => Mark::Same,
    }
}
