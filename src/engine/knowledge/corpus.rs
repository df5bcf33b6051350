//! All documents together, and ids for their sentences.

use std::sync::OnceLock;

use super::diagnostic::Diagnostics;
use super::document::{Document, Sentence};
use super::load::{self, SourceFile};
use super::span::Span;

/// The documents that the bot quotes. Immutable.
#[derive(Debug, Default)]
pub struct Corpus {
    documents: Vec<Document>,
    /// Id of the first sentence of each document.
    starts: Vec<u32>,
    /// All sentences in the order of their words; made when it is first asked for.
    by_words: OnceLock<Vec<SentenceId>>,
}

/// A sentence of a corpus; counted through all documents, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SentenceId(u32);

impl SentenceId {
    /// The id with this number; valid only for a corpus with more sentences than that.
    #[must_use]
    pub fn new(number: u32) -> Self {
        Self(number)
    }

    /// Position among all sentences of the corpus.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A sentence together with its document.
#[derive(Debug, Clone, Copy)]
pub struct SentenceRef<'a> {
    /// Where the sentence is.
    pub document: &'a Document,
    /// Position of the document in [`Corpus::documents`].
    pub document_index: usize,
    /// The sentence.
    pub sentence: &'a Sentence,
    /// Index of the sentence within the document.
    pub index: usize,
}

impl<'a> SentenceRef<'a> {
    /// Returns the words of the sentence, as printed.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.sentence.span.slice(self.document.text())
    }

    /// Returns what people may ask that the sentence answers; see [`Document::asks`].
    #[must_use]
    pub fn asks(&self) -> &'a [String] {
        self.document.asks(self.index)
    }
}

impl Corpus {
    /// Builds the corpus from `files`: source texts (`.txt`, `.md`) and their annotations
    /// (`.toml`). Documents are in the order of their slugs, whatever the order of the files.
    ///
    /// # Errors
    /// All faults of all files; see [`Diagnostics`].
    pub fn load(files: &[SourceFile]) -> Result<Self, Diagnostics> {
        let documents = load::documents(files)?;
        let mut starts = Vec::with_capacity(documents.len());
        let mut next = 0_u32;
        for document in &documents {
            starts.push(next);
            // A document holds fewer than 2^32 bytes, and so fewer sentences.
            next =
                next.saturating_add(u32::try_from(document.sentences().len()).unwrap_or(u32::MAX));
        }
        Ok(Self { documents, starts, by_words: OnceLock::new() })
    }

    /// Returns the documents, ordered by slug.
    #[must_use]
    pub fn documents(&self) -> &[Document] {
        &self.documents
    }

    /// Returns how many sentences all documents have together.
    #[must_use]
    pub fn sentence_count(&self) -> usize {
        self.documents.iter().map(|document| document.sentences().len()).sum()
    }

    /// Returns the sentence with this id; `None` for an id of another corpus.
    #[must_use]
    pub fn sentence(&self, id: SentenceId) -> Option<SentenceRef<'_>> {
        let document_index = self.starts.partition_point(|start| *start <= id.0).checked_sub(1)?;
        let document = self.documents.get(document_index)?;
        let index = (id.0 - self.starts.get(document_index)?) as usize;
        let sentence = document.sentences().get(index)?;
        Some(SentenceRef { document, document_index, sentence, index })
    }

    /// Returns the id of a sentence by its document and its index there.
    #[must_use]
    pub fn sentence_id(&self, document: usize, sentence: usize) -> Option<SentenceId> {
        self.documents.get(document)?.sentences().get(sentence)?;
        Some(SentenceId(self.starts.get(document)? + u32::try_from(sentence).ok()?))
    }

    /// Returns every sentence with its id, in order.
    pub fn sentences(&self) -> impl Iterator<Item = (SentenceId, SentenceRef<'_>)> {
        let located = self.documents.iter().enumerate().flat_map(|(document_index, document)| {
            document.sentences().iter().enumerate().map(move |(index, sentence)| SentenceRef {
                document,
                document_index,
                sentence,
                index,
            })
        });
        (0..).map(SentenceId).zip(located)
    }

    /// Returns the sentences from whose beginning on the text reads `words`, in order. Quick in any
    /// corpus: no text is read through.
    #[must_use]
    pub fn sentences_beginning_with(&self, words: &str) -> Vec<SentenceId> {
        let by_words = self.by_words.get_or_init(|| {
            let mut ids: Vec<SentenceId> = self.sentences().map(|(id, _)| id).collect();
            ids.sort_by_key(|id| (beginning(self.text_from(*id)), *id));
            ids
        });
        let wanted = beginning(words);
        let start = by_words.partition_point(|id| beginning(self.text_from(*id)) < wanted);
        let behind = by_words.get(start..).unwrap_or_default().iter();
        let mut found: Vec<SentenceId> = behind
            .take_while(|id| beginning(self.text_from(**id)).starts_with(wanted))
            .filter(|id| self.text_from(**id).starts_with(words))
            .copied()
            .collect();
        found.sort();
        found
    }

    /// Returns the text of the document from the beginning of a sentence on.
    fn text_from(&self, id: SentenceId) -> &str {
        let from = |found: SentenceRef<'_>| found.sentence.span.start();
        let found = self.sentence(id);
        found.and_then(|found| found.document.text().get(from(found)..)).unwrap_or_default()
    }

    /// Returns the words at `span` of the document with this slug; `None` where there is no such
    /// place.
    #[must_use]
    pub fn slice(&self, slug: &str, start: usize, end: usize) -> Option<&str> {
        let document = self.documents.iter().find(|document| document.slug() == slug)?;
        Span::new(document.text(), start, end).map(|span| span.slice(document.text()))
    }
}

/// Returns what sentences are put in order by: so many bytes that few share them, and so few that a
/// text which repeats itself is put in order as quickly.
fn beginning(text: &str) -> &[u8] {
    const BYTES: usize = 128;
    text.as_bytes().get(..BYTES).unwrap_or(text.as_bytes())
}
