//! Whole sentences of running text within one paragraph, with whose words they are.
//!
//! A stretch may be longer than an excerpt: it is what is shown when someone asks for a
//! paragraph. It is sliced from the corpus, and never holds what is not to be quoted.

use std::ops::Range;

use super::component_id::SentenceRange;
use super::reply::Source;
use super::wording::{self, Attributed};
use engine::answer::{ExcerptPart, Origin, Person};
use engine::knowledge::{Attribution, Corpus, Document, Place, Region, Sentence, Span, SpeakerId};
use engine::quotation;

/// A stretch of a document.
#[derive(Debug, Clone)]
pub(super) struct Passage<'a> {
    pub(super) document: &'a Document,
    pub(super) document_index: usize,
    /// Indices of its sentences within the document.
    pub(super) sentences: Range<usize>,
    pub(super) run: SentenceRange,
    pub(super) paragraph: usize,
    pub(super) span: Span,
    origin: Origin,
    attribution: Attribution,
    speaker: Option<Person>,
    via: Option<Person>,
    parts: Vec<ExcerptPart>,
}

impl<'a> Passage<'a> {
    /// Returns the sentences of a run; `None` unless all are running text of one paragraph.
    pub(super) fn of(corpus: &'a Corpus, run: SentenceRange) -> Option<Self> {
        let head = corpus.sentence(run.first)?;
        let end = head.index.checked_add(run.more())?.checked_add(1)?;
        Self::cut(corpus, head.document_index, head.index..end)
    }

    /// Returns these sentences of a document, on the same terms.
    pub(super) fn cut(
        corpus: &'a Corpus,
        document_index: usize,
        range: Range<usize>,
    ) -> Option<Self> {
        let document = corpus.documents().get(document_index)?;
        let sentences = document.sentences().get(range.clone())?;
        let (head, tail) = (sentences.first()?, sentences.last()?);
        let is_whole = |sentence: &Sentence| {
            sentence.region == Region::Body && sentence.place.paragraph == head.place.paragraph
        };
        if !sentences.iter().all(is_whole) {
            return None;
        }
        let span = head.span.through(tail.span);
        let attribution = document.leading_attribution(span);
        Some(Self {
            document,
            document_index,
            run: SentenceRange::new(
                corpus.sentence_id(document_index, range.start)?,
                range.len() - 1,
            ),
            sentences: range,
            paragraph: head.place.paragraph,
            span,
            origin: Origin::of(document),
            attribution,
            speaker: person(document, attribution.speaker),
            via: person(document, attribution.via),
            parts: parts(document, span),
        })
    }

    /// Returns the sentences in which a passage is, on the same terms.
    pub(super) fn around(corpus: &'a Corpus, passage: &quotation::Passage) -> Option<Self> {
        let slug = &passage.origin().slug;
        let index = corpus.documents().iter().position(|document| document.slug() == slug)?;
        let sentences = corpus.documents().get(index)?.sentences();
        let at = |place: Place| sentences.iter().position(|sentence| sentence.place == place);
        Self::cut(corpus, index, at(passage.start())?..at(passage.end())? + 1)
    }

    /// Returns the words, as printed.
    pub(super) fn text(&self) -> &'a str {
        self.span.slice(self.document.text())
    }

    /// Returns whose words it is, by name.
    pub(super) fn who(&self) -> String {
        wording::who(self.speaker.as_ref(), self.via.as_ref(), &self.origin)
    }

    /// Returns where it is, as people cite it: `¶28`, or `¶28.1` and `¶28.1–2` for a part of it.
    pub(super) fn place(&self) -> String {
        let all = self.document.paragraphs().iter().find(|all| all.number == self.paragraph);
        let sentences = self.document.sentences().get(self.sentences.clone()).unwrap_or_default();
        let numbers = (sentences.first(), sentences.last());
        let paragraph = self.paragraph;
        match numbers {
            (Some(first), Some(last))
                if all.is_none_or(|all| all.sentences() != self.sentences) =>
            {
                let (first, last) = (first.place.sentence, last.place.sentence);
                if first == last {
                    format!("¶{paragraph}.{first}")
                } else {
                    format!("¶{paragraph}.{first}–{last}")
                }
            }
            _ => format!("¶{paragraph}"),
        }
    }

    /// Returns where it is.
    pub(super) fn source(&self) -> Source {
        Source {
            slug: self.document.slug().to_owned(),
            start: self.span.start(),
            end: self.span.end(),
        }
    }

    /// Returns whose words it is, for the wording.
    pub(super) fn attributed(&self) -> Attributed<'_> {
        Attributed {
            origin: &self.origin,
            voice: self.attribution.voice,
            speaker: self.speaker.as_ref(),
            via: self.via.as_ref(),
            parts: &self.parts,
            paragraphs: (self.paragraph, self.paragraph),
            characters: self.document.characters(self.span),
        }
    }
}

/// Returns runs of quotable text within these sentences of one paragraph of a document, as long as
/// they go, as indices of sentences; none that `is_hidden` is in them.
pub(super) fn within(
    document: &Document,
    sentences: Range<usize>,
    is_hidden: &dyn Fn(usize) -> bool,
) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for index in sentences {
        let is_body = |sentence: &Sentence| sentence.region == Region::Body;
        if !document.sentences().get(index).is_some_and(is_body) || is_hidden(index) {
            continue;
        }
        match runs.last_mut() {
            Some(last)
                if last.end == index && last.len() <= usize::from(SentenceRange::MAX_MORE) =>
            {
                last.end += 1;
            }
            _ => runs.push(index..index + 1),
        }
    }
    runs
}

fn parts(document: &Document, span: Span) -> Vec<ExcerptPart> {
    let read = document.parts_within(span).map(|part| ExcerptPart {
        text: part.span.slice(document.text()).trim().to_owned(),
        voice: part.attribution.voice,
        speaker: person(document, part.attribution.speaker),
        via: person(document, part.attribution.via),
    });
    read.filter(|part| part.text.chars().any(char::is_alphanumeric)).collect()
}

fn person(document: &Document, speaker: Option<SpeakerId>) -> Option<Person> {
    let speaker = document.speaker(speaker?)?;
    Some(Person { name: speaker.name.clone(), role: speaker.role.clone() })
}
