//! Where every word of a corpus is: what quotations are looked up in.

use std::collections::HashMap;
use std::ops::Range;

use crate::knowledge::{Corpus, Region, Sentence, SentenceId, Span};
use crate::text::normal::WordReader;

/// The id of a word that no document has; equal to no id in a [`Stream`].
pub(crate) const UNKNOWN: u32 = u32::MAX;

/// The words of a corpus, site furniture left out, in two readings.
#[derive(Debug, Default)]
pub(crate) struct WordIndex {
    gazetteer: HashMap<Box<str>, u32>,
    /// Running text alone: a quotation may run on past a pull quote.
    pub(crate) body: Stream,
    /// Running text with the repeated and skipped lines in their places; only the documents that
    /// have any.
    pub(crate) printed: Stream,
}

/// Words in a row, as ids, with the places of each.
#[derive(Debug, Default)]
pub(crate) struct Stream {
    ids: Vec<u32>,
    /// Position of the first word of every sentence that has words, and the sentence.
    sentences: Vec<(u32, SentenceId)>,
    /// Position of the first word of every document.
    documents: Vec<u32>,
    /// Positions, ordered by word.
    postings: Vec<u32>,
    /// Where the positions of each word start in `postings`.
    offsets: Vec<u32>,
}

/// A word with its place in the source.
#[derive(Debug)]
pub(crate) struct LocatedWord<'a> {
    /// In normal form.
    pub(crate) form: String,
    pub(crate) span: Span,
    pub(crate) sentence: &'a Sentence,
}

impl WordIndex {
    /// Reads all of `corpus`: linear in its length.
    pub(crate) fn build(corpus: &Corpus) -> Self {
        let mut index = Self::default();
        let mut reader = WordReader::default();
        let mut row = Vec::new();
        let skips: Vec<bool> = corpus
            .documents()
            .iter()
            .map(|document| document.sentences().iter().any(|s| s.region == Region::Skipped))
            .collect();
        let mut current = None;
        for (id, located) in corpus.sentences() {
            let region = located.sentence.region;
            let has_skips = skips.get(located.document_index).copied().unwrap_or_default();
            if current != Some(located.document_index) {
                current = Some(located.document_index);
                index.body.open_document();
                index.printed.open_document();
            }
            if region == Region::Furniture {
                continue;
            }
            row.clear();
            let gazetteer = &mut index.gazetteer;
            reader.read(located.text(), |form, _| row.push(intern(gazetteer, form)));
            if region == Region::Body {
                index.body.push(id, &row);
            }
            if has_skips {
                index.printed.push(id, &row);
            }
        }
        let words = index.gazetteer.len();
        index.body.close(words);
        index.printed.close(words);
        index
    }

    /// Returns the id of the word with this normal form, or [`UNKNOWN`].
    pub(crate) fn id(&self, form: &str) -> u32 {
        self.gazetteer.get(form).copied().unwrap_or(UNKNOWN)
    }
}

fn intern(gazetteer: &mut HashMap<Box<str>, u32>, form: &str) -> u32 {
    if let Some(id) = gazetteer.get(form) {
        return *id;
    }
    // There are fewer words than bytes, and fewer bytes than 2^32 in a document.
    let id = u32::try_from(gazetteer.len()).unwrap_or(UNKNOWN);
    gazetteer.insert(form.into(), id);
    id
}

impl Stream {
    fn open_document(&mut self) {
        self.documents.push(position(self.ids.len()));
    }

    fn push(&mut self, sentence: SentenceId, words: &[u32]) {
        if !words.is_empty() {
            self.sentences.push((position(self.ids.len()), sentence));
            self.ids.extend_from_slice(words);
        }
    }

    /// Sorts the positions by word, counting.
    fn close(&mut self, words: usize) {
        let mut offsets = vec![0_u32; words + 1];
        for id in &self.ids {
            if let Some(count) = offsets.get_mut(*id as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for offset in &mut offsets {
            sum += *offset;
            *offset = sum;
        }
        let mut next = offsets.clone();
        self.postings = vec![0; self.ids.len()];
        for (at, id) in self.ids.iter().enumerate() {
            if let Some(slot) = next.get_mut(*id as usize) {
                if let Some(posting) = self.postings.get_mut(*slot as usize) {
                    *posting = position(at);
                }
                *slot += 1;
            }
        }
        self.offsets = offsets;
        self.ids.shrink_to_fit();
        self.sentences.shrink_to_fit();
    }

    /// Returns how many words it has.
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    /// Returns the words at `range`; `None` beyond the end.
    pub(crate) fn words(&self, range: Range<usize>) -> Option<&[u32]> {
        self.ids.get(range)
    }

    /// Returns the positions of a word, ascending.
    pub(crate) fn positions(&self, id: u32) -> &[u32] {
        let offset = |id: usize| self.offsets.get(id).map(|offset| *offset as usize);
        let range = offset(id as usize).zip(offset((id as usize).saturating_add(1)));
        range.and_then(|(start, end)| self.postings.get(start..end)).unwrap_or_default()
    }

    /// Returns the positions of the words of the document in which the word at `at` is.
    pub(crate) fn document(&self, at: usize) -> Range<usize> {
        let behind = self.documents.partition_point(|start| *start as usize <= at);
        let start = behind.checked_sub(1).and_then(|own| self.documents.get(own));
        let end = self.documents.get(behind).map_or(self.ids.len(), |end| *end as usize);
        start.map_or(0, |start| *start as usize)..end
    }

    /// Returns the sentence of the word at `at`, and the positions of its words.
    pub(crate) fn sentence(&self, at: usize) -> Option<(SentenceId, Range<usize>)> {
        let behind = self.sentences.partition_point(|(start, _)| *start as usize <= at);
        let (start, id) = self.sentences.get(behind.checked_sub(1)?)?;
        let end = self.sentences.get(behind).map_or(self.ids.len(), |(end, _)| *end as usize);
        Some((*id, *start as usize..end))
    }

    /// Returns the words at `range` of one document with their places in the source, found by
    /// reading their sentences again.
    pub(crate) fn locate<'a>(
        &self,
        corpus: &'a Corpus,
        range: Range<usize>,
    ) -> Vec<LocatedWord<'a>> {
        let mut reader = WordReader::default();
        let mut located = Vec::with_capacity(range.len());
        let mut at = range.start;
        while at < range.end {
            let Some((id, positions)) = self.sentence(at) else { break };
            let Some(found) = corpus.sentence(id) else { break };
            let source = found.document.text();
            let offset = found.sentence.span.start();
            let mut here = positions.start;
            reader.read(found.text(), |form, bytes| {
                if range.contains(&here) {
                    let span = Span::new(source, offset + bytes.start, offset + bytes.end);
                    let sentence = found.sentence;
                    let word = |span| LocatedWord { form: form.to_owned(), span, sentence };
                    located.extend(span.map(word));
                }
                here += 1;
            });
            at = positions.end;
        }
        located
    }
}

fn position(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
