//! Passages by their words: text quote selectors, after the `TextQuoteSelector` of the W3C Web
//! Annotation Data Model (<https://www.w3.org/TR/annotation-model/#text-quote-selector>).
//!
//! A document changes; a number of a sentence then names another sentence. Words with what stands
//! before and behind them name the same passage, or none.

use serde::{Deserialize, Serialize};

use engine::knowledge::{Corpus, Document, Region, Sentence, SentenceId};

/// Characters kept from before and from behind the words.
const CONTEXT: usize = 32;

/// Whole sentences of one paragraph of a document, named by their words.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TextQuote {
    /// The document's name for machines.
    pub document: String,
    /// The words, as printed.
    pub exact: String,
    /// What is directly before them, without white space between; empty at the beginning of
    /// the document.
    #[serde(default)]
    pub prefix: String,
    /// What is directly behind them, on the same terms.
    #[serde(default)]
    pub suffix: String,
}

/// A passage that the documents do not have any more, or not in a single place that is surely the
/// one meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the documents no longer have this passage")]
pub struct QuoteError;

impl TextQuote {
    /// Returns the sentences from `first` to `last`; `None` unless they are running text of one
    /// paragraph.
    #[must_use]
    pub fn of(corpus: &Corpus, first: SentenceId, last: SentenceId) -> Option<Self> {
        let (head, tail) = (corpus.sentence(first)?, corpus.sentence(last)?);
        if head.document_index != tail.document_index {
            return None;
        }
        let document = head.document;
        let sentences = document.sentences().get(head.index..=tail.index)?;
        if !is_passage(sentences) {
            return None;
        }
        let (start, end) = (head.sentence.span.start(), tail.sentence.span.end());
        let text = document.text();
        Some(Self {
            document: document.slug().to_owned(),
            exact: text.get(start..end)?.to_owned(),
            prefix: last_characters(text.get(..start)?.trim_end()).trim().to_owned(),
            suffix: text
                .get(end..)?
                .trim_start()
                .chars()
                .take(CONTEXT)
                .collect::<String>()
                .trim()
                .to_owned(),
        })
    }

    /// Returns the first and the last sentence of the passage in `corpus`.
    ///
    /// The words must be there exactly, from the beginning of a sentence to the end of one.
    /// Where they stand several times, what is around them decides. Where the surroundings
    /// have changed on one side, the other side is enough; where on both, the words could be
    /// someone else's, and the passage is lost.
    ///
    /// # Errors
    /// Where there is no such passage, or where several could be meant.
    pub fn resolve(&self, corpus: &Corpus) -> Result<(SentenceId, SentenceId), QuoteError> {
        let mut in_full = Vec::new();
        let mut in_part = Vec::new();
        for first in corpus.sentences_beginning_with(&self.exact) {
            let Some((last, sides)) = self.stands_at(corpus, first) else {
                continue;
            };
            match sides {
                2 => in_full.push((first, last)),
                1 => in_part.push((first, last)),
                _ => {}
            }
        }
        match (in_full.as_slice(), in_part.as_slice()) {
            ([only], _) | ([], [only]) => Ok(*only),
            _ => Err(QuoteError),
        }
    }

    /// Returns the last sentence of the passage where it begins with `first`, and on how many sides
    /// its surroundings are as they were.
    fn stands_at(&self, corpus: &Corpus, first: SentenceId) -> Option<(SentenceId, usize)> {
        let head = corpus.sentence(first)?;
        let document = head.document;
        if document.slug() != self.document {
            return None;
        }
        let start = head.sentence.span.start();
        let end = start.checked_add(self.exact.len())?;
        let last = last_index(document, head.index, end)?;
        if !is_passage(document.sentences().get(head.index..=last)?) {
            return None;
        }
        let before = document.text().get(..start)?.trim_end();
        let behind = document.text().get(end..)?.trim_start();
        // The edge of a document is a surrounding too.
        let (prefix, suffix) = (self.prefix.trim(), self.suffix.trim());
        let is_after = before.ends_with(prefix) && before.is_empty() == prefix.is_empty();
        let is_before = behind.starts_with(suffix) && behind.is_empty() == suffix.is_empty();
        let last = corpus.sentence_id(head.document_index, last)?;
        Some((last, usize::from(is_after) + usize::from(is_before)))
    }
}

/// Returns the sentence, from `first` on, that ends at `end`.
fn last_index(document: &Document, first: usize, end: usize) -> Option<usize> {
    let behind = document.sentences().get(first..)?;
    let index = behind.partition_point(|sentence| sentence.span.end() < end);
    (behind.get(index)?.span.end() == end).then_some(first + index)
}

/// Returns whether these sentences are running text of one paragraph.
fn is_passage(sentences: &[Sentence]) -> bool {
    let Some(first) = sentences.first() else {
        return false;
    };
    sentences.iter().all(|sentence| {
        sentence.region == Region::Body && sentence.place.paragraph == first.place.paragraph
    })
}

fn last_characters(text: &str) -> &str {
    let start = text.char_indices().rev().take(CONTEXT).last().map_or(text.len(), |(at, _)| at);
    text.get(start..).unwrap_or_default()
}
