//! The Tantivy index: candidates by BM25, and known words near a misspelt one.
//!
//! Text never comes from here: the index keeps a sentence number and no text.

use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, FuzzyTermQuery, Occur, Query as TantivyQuery, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token as TantivyToken, TokenStream, Tokenizer, TokenizerManager};
use tantivy::{Index, ReloadPolicy, Searcher, TantivyDocument, Term};

use crate::knowledge::{SentenceId, SpeakerKey};

/// Memory for building, in bytes. The single writer grows past it where a corpus needs more.
const WRITER_BYTES: usize = 15_000_000;

/// The index could not be built or read: a fault of the program or of memory, not of the text.
#[derive(Debug, thiserror::Error)]
#[error("the search index failed: {0}")]
pub struct IndexError(#[from] tantivy::TantivyError);

#[derive(Debug, Clone, Copy)]
struct Fields {
    /// Stems of the sentence.
    body: Field,
    /// Words of the sentence as printed, folded: the dictionary for misspelt words.
    exact: Field,
    /// Whose words the sentence is, as one token.
    speaker: Field,
}

/// The words of one sentence, as the index takes them.
#[derive(Debug, Default)]
pub(crate) struct Row {
    pub(crate) surfaces: Words,
    pub(crate) stems: Words,
    pub(crate) speaker: Option<SpeakerKey>,
}

/// Words on their way into the index, each ended by a line break, which is in none of them.
/// Tantivy's own form for text in tokens goes through JSON, which takes a third of all indexing.
#[derive(Debug, Default)]
pub(crate) struct Words(String);

impl Words {
    pub(crate) fn push(&mut self, word: &str) {
        self.0.push_str(word);
        self.0.push('\n');
    }
}

/// Takes [`Words`] apart again.
#[derive(Clone, Default)]
struct WordPerLine(TantivyToken);

impl WordPerLine {
    const NAME: &str = "word_per_line";
}

impl Tokenizer for WordPerLine {
    type TokenStream<'a> = LineStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> LineStream<'a> {
        self.0.reset();
        LineStream { token: &mut self.0, rest: text }
    }
}

struct LineStream<'a> {
    token: &'a mut TantivyToken,
    rest: &'a str,
}

impl TokenStream for LineStream<'_> {
    fn advance(&mut self) -> bool {
        let Some((word, rest)) = self.rest.split_once('\n') else {
            return false;
        };
        self.rest = rest;
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text.clear();
        self.token.text.push_str(word);
        true
    }

    fn token(&self) -> &TantivyToken {
        self.token
    }

    fn token_mut(&mut self) -> &mut TantivyToken {
        self.token
    }
}

/// Writes rows into a new index.
pub(crate) struct IndexBuilder {
    fields: Fields,
    writer: tantivy::SingleSegmentIndexWriter,
    sentences: Vec<SentenceId>,
}

impl IndexBuilder {
    /// Returns an empty index in memory.
    pub(crate) fn new() -> Result<Self, IndexError> {
        let mut schema = Schema::builder();
        let words = |record| {
            let indexing = TextFieldIndexing::default().set_tokenizer(WordPerLine::NAME);
            let indexing = indexing.set_index_option(record);
            TextOptions::default().set_indexing_options(indexing)
        };
        let fields = Fields {
            body: schema.add_text_field("body", words(IndexRecordOption::WithFreqs)),
            exact: schema.add_text_field("exact", words(IndexRecordOption::Basic)),
            speaker: schema.add_text_field("speaker", STRING),
        };
        let tokenizers = TokenizerManager::default();
        tokenizers.register(WordPerLine::NAME, WordPerLine::default());
        let index = Index::builder().schema(schema.build()).tokenizers(tokenizers);
        // One writer makes one segment: its rows keep the order in which they were added, and
        // equal scores fall in the order of the text, every time.
        let writer = index.single_segment_index_writer(
            tantivy::directory::RamDirectory::create(),
            WRITER_BYTES,
        )?;
        Ok(Self { fields, writer, sentences: Vec::new() })
    }

    /// Adds a sentence.
    pub(crate) fn add(&mut self, id: SentenceId, row: Row) -> Result<(), IndexError> {
        let mut document = TantivyDocument::default();
        document.add_text(self.fields.body, row.stems.0);
        document.add_text(self.fields.exact, row.surfaces.0);
        if let Some(speaker) = row.speaker {
            document.add_text(self.fields.speaker, speaker_token(speaker));
        }
        self.sentences.push(id);
        Ok(self.writer.add_document(document)?)
    }

    /// Adds words that are in no sentence to the dictionary for misspelt words.
    pub(crate) fn add_vocabulary(&mut self, surfaces: Words) -> Result<(), IndexError> {
        let mut document = TantivyDocument::default();
        document.add_text(self.fields.exact, surfaces.0);
        Ok(self.writer.add_document(document)?)
    }

    /// Closes the index for writing.
    pub(crate) fn finish(self) -> Result<SentenceIndex, IndexError> {
        let index = self.writer.finalize()?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let (fields, sentences) = (self.fields, self.sentences);
        Ok(SentenceIndex { fields, searcher: reader.searcher(), sentences })
    }
}

/// Returns the token under which the index knows a speaker.
fn speaker_token(key: SpeakerKey) -> String {
    format!("{}:{}", key.document, key.speaker.index())
}

/// A finished index of sentences.
pub(crate) struct SentenceIndex {
    fields: Fields,
    searcher: Searcher,
    /// The sentence of each row; reading it from Tantivy would open a column for every question.
    sentences: Vec<SentenceId>,
}

impl std::fmt::Debug for SentenceIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SentenceIndex")
            .field("rows", &self.searcher.num_docs())
            .finish_non_exhaustive()
    }
}

impl SentenceIndex {
    /// Returns the `limit` best sentences by BM25 for any of these stems, best first; equal ones in
    /// the order of the text.
    pub(crate) fn best(&self, stems: &[&str], limit: usize) -> Result<Vec<SentenceId>, IndexError> {
        self.search(self.any_of(stems), limit)
    }

    /// Returns the `limit` best among the sentences of one speaker.
    pub(crate) fn best_of_speaker(
        &self,
        speaker: SpeakerKey,
        stems: &[&str],
        limit: usize,
    ) -> Result<Vec<SentenceId>, IndexError> {
        let speaker = speaker_token(speaker);
        let mut clauses = vec![(Occur::Must, self.term(self.fields.speaker, &speaker))];
        clauses.extend(self.any_of(stems));
        self.search(clauses, limit)
    }

    fn any_of(&self, stems: &[&str]) -> Vec<(Occur, Box<dyn TantivyQuery>)> {
        stems.iter().map(|stem| (Occur::Should, self.term(self.fields.body, stem))).collect()
    }

    fn term(&self, field: Field, text: &str) -> Box<dyn TantivyQuery> {
        let record = if field == self.fields.body {
            IndexRecordOption::WithFreqs
        } else {
            IndexRecordOption::Basic
        };
        Box::new(TermQuery::new(Term::from_field_text(field, text), record))
    }

    fn search(
        &self,
        clauses: Vec<(Occur, Box<dyn TantivyQuery>)>,
        limit: usize,
    ) -> Result<Vec<SentenceId>, IndexError> {
        if clauses.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let query = BooleanQuery::new(clauses);
        let top = TopDocs::with_limit(limit).order_by_score();
        let found = self.searcher.search(&query, &top)?;
        let row = |doc: u32| self.sentences.get(doc as usize).copied();
        Ok(found.into_iter().filter_map(|(_, address)| row(address.doc_id)).collect())
    }

    /// Returns the known words within `distance` edits (a transposition is one) of `surface`, which
    /// may be at most 2, that start with the same character.
    pub(crate) fn similar(&self, surface: &str, distance: u8) -> Result<Vec<String>, IndexError> {
        let first = surface.chars().next().map(String::from).unwrap_or_default();
        let term = Term::from_field_text(self.fields.exact, surface);
        let query = FuzzyTermQuery::new(term, distance, true);
        let mut found = Vec::new();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.exact)?;
            // The automaton alone would visit words with any beginning.
            let words = inverted.terms().search(query.automaton()?).ge(&first).lt(behind(&first));
            let mut stream = words.into_stream().map_err(tantivy::TantivyError::from)?;
            while stream.advance() {
                found.extend(std::str::from_utf8(stream.key()).map(str::to_owned));
            }
        }
        Ok(found)
    }

    /// Known words that start with `prefix`, at most `limit`.
    pub(crate) fn with_prefix(
        &self,
        prefix: &str,
        limit: usize,
    ) -> Result<Vec<String>, IndexError> {
        let mut found = Vec::new();
        for segment in self.searcher.segment_readers() {
            let inverted = segment.inverted_index(self.fields.exact)?;
            let stream = inverted.terms().range().ge(prefix).into_stream();
            let mut stream = stream.map_err(tantivy::TantivyError::from)?;
            while found.len() < limit && stream.advance() {
                match std::str::from_utf8(stream.key()) {
                    Ok(word) if word.starts_with(prefix) => found.push(word.to_owned()),
                    _ => break,
                }
            }
        }
        Ok(found)
    }
}

/// Returns the least bytes behind all texts that start with `prefix`: no byte of UTF-8 is that
/// high.
fn behind(prefix: &str) -> Vec<u8> {
    [prefix.as_bytes(), &[u8::MAX]].concat()
}
