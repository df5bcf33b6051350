//! What is quoted: whole sentences, sliced from a corpus, with their attribution.

use crate::knowledge::{
    Attribution, Corpus, Date, Document, MAX_EXCERPT_WORDS, Place, SentenceId, SentenceRef, Span,
    SpeakerId, Voice,
};

/// The most sentences of an excerpt.
pub const MAX_EXCERPT_SENTENCES: usize = 3;

/// A person, as the document prints name and office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Name as printed.
    pub name: String,
    /// Office as printed.
    pub role: Option<String>,
}

/// A stretch of an excerpt in one voice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExcerptPart {
    /// The words, as printed.
    pub text: String,
    /// How they are printed.
    pub voice: Voice,
    /// Whose words they are; `None` for the author.
    pub speaker: Option<Person>,
    /// Who cites them, where one person quotes another.
    pub via: Option<Person>,
}

/// Where the document comes from, for the line under an excerpt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The document's name for machines.
    pub slug: String,
    /// The document's title.
    pub title: String,
    /// Who wrote it.
    pub author: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// Where it can be read.
    pub url: Option<String>,
}

/// One to three whole, contiguous sentences of one paragraph, with their attribution.
///
/// An excerpt can be made only by slicing a [`Corpus`]: it is verbatim and attributed by
/// construction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    text: String,
    origin: Origin,
    place: Place,
    first: SentenceId,
    last: SentenceId,
    span: Span,
    characters: std::ops::Range<usize>,
    voice: Voice,
    speaker: Option<Person>,
    via: Option<Person>,
    parts: Vec<ExcerptPart>,
}

impl Excerpt {
    /// Returns the sentences from `first` through `last`.
    ///
    /// `None` unless they are one to three quotable sentences of one paragraph with at most
    /// [`MAX_EXCERPT_WORDS`] words together.
    #[must_use]
    pub fn slice(corpus: &Corpus, first: SentenceId, last: SentenceId) -> Option<Self> {
        let head = corpus.sentence(first)?;
        let tail = corpus.sentence(last)?;
        if head.document_index != tail.document_index || last < first {
            return None;
        }
        let document = head.document;
        let sentences = document.sentences().get(head.index..=tail.index)?;
        let words: usize = sentences.iter().map(|sentence| sentence.words).sum();
        let is_whole = sentences.len() <= MAX_EXCERPT_SENTENCES
            && words <= MAX_EXCERPT_WORDS
            && sentences.iter().all(|sentence| {
                sentence.is_quotable() && sentence.place.paragraph == head.sentence.place.paragraph
            });
        is_whole.then(|| Self::cut(document, head, tail, (first, last)))
    }

    fn cut(
        document: &Document,
        head: SentenceRef<'_>,
        tail: SentenceRef<'_>,
        (first, last): (SentenceId, SentenceId),
    ) -> Self {
        let span = head.sentence.span.through(tail.sentence.span);
        let leading = document.leading_attribution(span);
        Self {
            text: span.slice(document.text()).to_owned(),
            origin: Origin::of(document),
            place: head.sentence.place,
            first,
            last,
            span,
            characters: document.characters(span),
            voice: leading.voice,
            speaker: person(document, leading.speaker),
            via: person(document, leading.via),
            parts: parts(document, span),
        }
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

    /// Paragraph and number of the first sentence.
    #[must_use]
    pub fn place(&self) -> Place {
        self.place
    }

    /// First and last sentence.
    #[must_use]
    pub fn sentences(&self) -> (SentenceId, SentenceId) {
        (self.first, self.last)
    }

    /// Returns whether the sentence is one of the excerpt's.
    #[must_use]
    pub fn holds(&self, sentence: SentenceId) -> bool {
        self.first <= sentence && sentence <= self.last
    }

    /// Bytes of the source, half open.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// Returns the same in characters (Unicode scalar values), for people.
    #[must_use]
    pub fn characters(&self) -> std::ops::Range<usize> {
        self.characters.clone()
    }

    /// Returns how the words are printed, taken as a whole; see [`Document::leading_attribution`].
    #[must_use]
    pub fn voice(&self) -> Voice {
        self.voice
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

    /// Returns every stretch by its voice, in order.
    #[must_use]
    pub fn parts(&self) -> &[ExcerptPart] {
        &self.parts
    }

    /// Returns the person whom another person quotes somewhere in the excerpt.
    #[must_use]
    pub fn quoting(&self) -> Option<&Person> {
        self.parts.iter().find(|part| part.via.is_some()).and_then(|part| part.speaker.as_ref())
    }

    /// Returns the voices, each once, in the order of the text.
    #[must_use]
    pub fn voices(&self) -> Vec<Voice> {
        let mut voices = Vec::new();
        for part in &self.parts {
            if !voices.contains(&part.voice) {
                voices.push(part.voice);
            }
        }
        voices
    }

    /// Returns whether the source still holds exactly these words at these offsets.
    #[must_use]
    pub fn is_verbatim(&self, corpus: &Corpus) -> bool {
        corpus.slice(&self.origin.slug, self.span.start(), self.span.end()) == Some(&*self.text)
    }
}

impl Origin {
    /// What is known of the origin of `document`.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        Self {
            slug: document.slug().to_owned(),
            title: document.title().to_owned(),
            author: document.author().map(str::to_owned),
            published: document.published(),
            url: document.url().map(str::to_owned),
        }
    }
}

/// Returns the speaker with this id; `None` for the author.
pub(crate) fn person(document: &Document, speaker: Option<SpeakerId>) -> Option<Person> {
    let speaker = document.speaker(speaker?)?;
    Some(Person { name: speaker.name.clone(), role: speaker.role.clone() })
}

/// Returns the parts of `span`, as they are shown.
fn parts(document: &Document, span: Span) -> Vec<ExcerptPart> {
    attributed_parts(document, span).map(|(_, part)| part).collect()
}

/// Returns the parts with something to read in them: a lone full stop between two quotations is
/// none.
pub(crate) fn attributed_parts(
    document: &Document,
    span: Span,
) -> impl Iterator<Item = (Attribution, ExcerptPart)> {
    document
        .parts_within(span)
        .map(|part| (part.span.slice(document.text()).trim(), part.attribution))
        .filter(|(text, _)| text.chars().any(char::is_alphanumeric))
        .map(|(text, attribution)| {
            let part = ExcerptPart {
                text: text.to_owned(),
                voice: attribution.voice,
                speaker: person(document, attribution.speaker),
                via: person(document, attribution.via),
            };
            (attribution, part)
        })
}
