//! One document: its source text, and everything the annotation says of it.

use std::fmt;

use super::annotation::Date;
use super::asks::Asks;
use super::attribution::{self, Attribution, Part, SpeakerId};
use super::span::Span;

/// The most words that an excerpt may have; a longer sentence is never quoted.
pub const MAX_EXCERPT_WORDS: usize = 90;

/// A source text with its annotation, checked.
#[derive(Debug)]
pub struct Document {
    pub(super) slug: String,
    pub(super) text: String,
    pub(super) title: String,
    pub(super) author: Option<String>,
    pub(super) published: Option<Date>,
    pub(super) url: Option<String>,
    pub(super) language: String,
    pub(super) hash: String,
    pub(super) speakers: Vec<Speaker>,
    pub(super) sections: Vec<Section>,
    pub(super) parts: Vec<Part>,
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) sentences: Vec<Sentence>,
    pub(super) asks: Asks,
    pub(super) synonyms: Vec<Vec<String>>,
}

/// A person whose words the document prints or who is named as a speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Speaker {
    /// Name as printed.
    pub name: String,
    /// Office as printed.
    pub role: Option<String>,
    /// What people call the speaker: short names, country, party, office.
    pub aliases: Vec<String>,
}

/// A stretch under one heading, or devoted to one speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// Whose section it is. Says nothing about who speaks in it.
    pub speaker: Option<SpeakerId>,
    /// Where it is.
    pub span: Span,
}

/// A non-empty line of the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// The line without white space around it.
    pub span: Span,
    /// Its number, counted from 1.
    pub number: usize,
    /// Characters of the source before it.
    pub(super) characters_before: usize,
    /// Index of its first sentence in the document.
    pub(super) first: usize,
    /// Index behind its last sentence.
    pub(super) end: usize,
}

impl Paragraph {
    /// Indices of its sentences within the document.
    #[must_use]
    pub fn sentences(&self) -> std::ops::Range<usize> {
        self.first..self.end
    }
}

/// What may be done with a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Region {
    /// Running text: found and quoted.
    Body,
    /// In the body, but a repetition or a bare heading, or cut by the border of the body: never
    /// found, never quoted; only a quotation can be checked against it.
    Skipped,
    /// The site's own text around the article: never found, never quoted.
    Furniture,
}

/// Where a sentence is, as people cite it: `¶28.1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Number of the paragraph, counted from 1.
    pub paragraph: usize,
    /// Number of the sentence within it, counted from 1.
    pub sentence: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "¶{}.{}", self.paragraph, self.sentence)
    }
}

/// A sentence and whose words it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Where it is in the source.
    pub span: Span,
    /// Its number for people.
    pub place: Place,
    /// The voice of the sentence as a whole; see [`Document::leading_attribution`].
    pub attribution: Attribution,
    /// Words, by white space.
    pub words: usize,
    /// What may be done with it.
    pub region: Region,
    /// Index of its section.
    pub(super) section: Option<usize>,
}

impl Sentence {
    /// Returns whether the sentence may be quoted: running text of at most [`MAX_EXCERPT_WORDS`]
    /// words.
    #[must_use]
    pub fn is_quotable(&self) -> bool {
        self.region == Region::Body && self.words <= MAX_EXCERPT_WORDS
    }
}

impl Document {
    /// Returns the file name without its ending: the document's name for machines.
    #[must_use]
    pub fn slug(&self) -> &str {
        &self.slug
    }

    /// Returns the source, byte for byte as received.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the title for people; the slug where the annotation gives none.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Returns who wrote it.
    #[must_use]
    pub fn author(&self) -> Option<&str> {
        self.author.as_deref()
    }

    /// When it was published.
    #[must_use]
    pub fn published(&self) -> Option<Date> {
        self.published
    }

    /// Returns where it can be read.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    /// Language tag (BCP 47), `en` where the annotation gives none.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// SHA-256 of source and annotation, in lower-case hex digits.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Everyone who speaks in it or is listed as a speaker.
    #[must_use]
    pub fn speakers(&self) -> &[Speaker] {
        &self.speakers
    }

    /// Returns the speakers with their ids.
    pub fn speaker_ids(&self) -> impl Iterator<Item = (SpeakerId, &Speaker)> {
        (0..).map(SpeakerId).zip(&self.speakers)
    }

    /// One speaker. `None` for an id of another document.
    #[must_use]
    pub fn speaker(&self, id: SpeakerId) -> Option<&Speaker> {
        self.speakers.get(id.index())
    }

    /// Returns the stretches of the body by voice: they touch, and together are the whole body.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Returns whether any words in the body are those of `speaker`, or of someone cited by them.
    #[must_use]
    pub fn has_words_of(&self, speaker: SpeakerId) -> bool {
        self.parts.iter().any(|part| {
            part.attribution.speaker == Some(speaker) || part.attribution.via == Some(speaker)
        })
    }

    /// Returns the non-empty lines, in order.
    #[must_use]
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// Returns all sentences, in order, those that are never quoted included.
    #[must_use]
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// Questions and everyday wordings that the sentence with this index answers, as the annotation
    /// lists them; none for most sentences of most documents. They are there to find the sentence
    /// by, and are never shown: no one said them.
    #[must_use]
    pub fn asks(&self, sentence: usize) -> &[String] {
        self.asks.get(&sentence).map_or(&[], Vec::as_slice)
    }

    /// Groups of words that mean about the same in this document.
    #[must_use]
    pub fn synonyms(&self) -> &[Vec<String>] {
        &self.synonyms
    }

    /// Returns the section in which `sentence` is.
    #[must_use]
    pub fn section_of(&self, sentence: &Sentence) -> Option<&Section> {
        self.sections.get(sentence.section?)
    }

    /// Returns the voices within `span`, in order, each trimmed to the span.
    pub fn parts_within(&self, span: Span) -> impl Iterator<Item = Part> + '_ {
        attribution::within(&self.parts, span)
    }

    /// Returns whose words `span` is, taken as a whole: of those who speak in it other than the
    /// author, the one with most characters; the author only where no one else speaks.
    #[must_use]
    pub fn leading_attribution(&self, span: Span) -> Attribution {
        attribution::leading(self.parts_within(span))
    }

    /// As [`Self::leading_attribution`], of several stretches together.
    #[must_use]
    pub fn leading_attribution_of(&self, spans: &[Span]) -> Attribution {
        attribution::leading(spans.iter().flat_map(|span| self.parts_within(*span)))
    }

    /// Returns the range of `span` counted in characters (Unicode scalar values), for people.
    #[must_use]
    pub fn characters(&self, span: Span) -> std::ops::Range<usize> {
        // Counted from the paragraph on: a document can have millions of characters before it.
        let behind = self.paragraphs.partition_point(|other| other.span.start() <= span.start());
        let paragraph = behind.checked_sub(1).and_then(|index| self.paragraphs.get(index));
        let (known, from) = paragraph.map_or((0, 0), |p| (p.characters_before, p.span.start()));
        let head = Span::from_borders(from, span.start());
        let start = known + head.slice(&self.text).chars().count();
        start..start + span.slice(&self.text).chars().count()
    }
}
