//! What is in the document where a claim was found: sliced from the source, attributed.

use std::ops::Range;

use super::align::{Alignment, Mark};
use crate::answer::excerpt::{self, ExcerptPart, Origin, Person};
use crate::index::word_index::Stream;
use crate::knowledge::{Attribution, Corpus, Place, Region, Span, Voice};

/// A stretch of a text whose words compare alike with the other side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The stretch, as written, with the punctuation and white space around its words.
    pub text: String,
    /// How its words compare.
    pub mark: Mark,
}

/// The stretch of a document that a claim was found to be, wholly or nearly.
///
/// A passage can be made only by slicing a [`Document`](crate::knowledge::Document): it is verbatim and attributed by
/// construction. It runs from the first to the last of its words, what is left out between them
/// included; punctuation before and behind is not part of it.
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
}

impl Passage {
    /// Cuts out the words of `alignment`; `None` where they are not in one document.
    pub(super) fn cut(corpus: &Corpus, stream: &Stream, alignment: &Alignment) -> Option<Self> {
        let words = stream.locate(corpus, alignment.positions.clone());
        let (id, _) = stream.sentence(alignment.positions.start)?;
        let located = corpus.sentence(id)?;
        let document = located.document;
        let (first, last) = (words.first()?, words.last()?);
        let span = first.0.through(last.0);
        let text = span.slice(document.text());
        let relative = |span: Span| span.start() - first.0.start()..span.end() - first.0.start();
        let ranges = words.iter().map(|(span, _)| relative(*span));
        let marks = alignment.passage.iter().copied();
        let is_skipped = words.iter().zip(&alignment.passage).any(|((_, sentence), mark)| {
            *mark != Mark::LeftOut && sentence.region == Region::Skipped
        });
        let kept = kept(words.iter().map(|(span, _)| *span).zip(marks.clone()));
        let attribution = document.leading_attribution_of(&kept);
        let (attributions, parts) =
            kept.iter().flat_map(|span| excerpt::attributed_parts(document, *span)).unzip();
        Some(Self {
            document: located.document_index,
            text: text.to_owned(),
            origin: Origin::of(document),
            span,
            characters: document.characters(span),
            places: (first.1.place, last.1.place),
            region: if is_skipped { Region::Skipped } else { Region::Body },
            attribution,
            speaker: excerpt::person(document, attribution.speaker),
            via: excerpt::person(document, attribution.via),
            attributions,
            parts,
            segments: segments(text, ranges.zip(marks.clone())),
            words_left_out: marks.filter(|mark| *mark == Mark::LeftOut).count(),
        })
    }

    /// Position of the document in [`Corpus::documents`].
    pub(super) fn document(&self) -> usize {
        self.document
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
    /// [`Document::leading_attribution`](crate::knowledge::Document::leading_attribution).
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

    /// Returns whether the source still holds exactly these words at these offsets.
    #[must_use]
    pub fn is_verbatim(&self, corpus: &Corpus) -> bool {
        corpus.slice(&self.origin.slug, self.span.start(), self.span.end()) == Some(&*self.text)
    }
}

/// Returns the stretches between what is left out.
fn kept(words: impl Iterator<Item = (Span, Mark)>) -> Vec<Span> {
    let mut kept: Vec<Span> = Vec::new();
    let mut goes_on = false;
    for (span, mark) in words {
        match kept.last_mut() {
            _ if mark == Mark::LeftOut => {}
            Some(last) if goes_on => *last = last.through(span),
            _ => kept.push(span),
        }
        goes_on = mark != Mark::LeftOut;
    }
    kept
}

/// Returns all of `text`, cut where the marks of its `words` change. What is between two words goes
/// with them where they have one mark, and is the same otherwise.
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
    let mut before = Mark::Same;
    for (range, mark) in words {
        let start = range.start.max(position);
        let between = if before == mark && position > 0 { mark } else { Mark::Same };
        add(position..start, between);
        add(start..range.end.max(start), mark);
        position = range.end.max(start);
        before = mark;
    }
    add(position..text.len(), Mark::Same);
    segments
}
