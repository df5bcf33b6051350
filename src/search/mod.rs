//! A [`Corpus`] becomes an index; a question becomes a query; the query gives ranked sentences,
//! each with the evidence for it.
//!
//! This room is the only one that names Tantivy. It knows nothing of answers and thresholds.
#![deny(clippy::disallowed_methods, clippy::disallowed_types)]

mod aim;
mod analysis;
mod breadth;
mod encoder;
mod english;
mod facts;
mod features;
mod grams;
mod identity;
mod index;
mod inherit;
mod keywords;
mod language;
mod lexicon;
mod matching;
mod meaning;
mod measures;
mod query;
mod question;
mod ranking;
mod reference;
mod signs;
mod speaking;
mod vector;
mod vocabulary;

pub use aim::Aim;
pub use analysis::{fold_name, topic_stems};
pub use breadth::Breadth;
pub use encoder::{Encoder, EncoderError, MissingToken};
pub use english::AnswerKind;
pub use features::Features;
pub use index::IndexError;
pub use keywords::keywords;
pub use language::Language;
pub use meaning::{CountError, Encode, Likeness, Meanings, Passages};
pub use measures::WeightsError;
pub(crate) use measures::{measures, weights_table};
pub use query::{Concept, ConceptKind, Query, SpeakerKey};
pub use ranking::Candidate;
pub use reference::{Form, Reference};
pub use speaking::SpokenBy;
pub use vector::{DIMENSIONS, Vector};

use crate::knowledge::{Corpus, SentenceId};
use index::{IndexBuilder, Row, SentenceIndex, Words};
use lexicon::Lexicon;
use matching::Matcher;
use question::QuestionAnalyzer;
use vocabulary::Vocabulary;

/// An index of all quotable sentences of a corpus. Immutable.
#[derive(Debug)]
pub struct Search {
    lexicon: Lexicon,
    index: SentenceIndex,
    vocabulary: Vocabulary,
}

/// The fitted weights of the ranking, with an encoder and without.
const FITTED: &str = include_str!("ranking.toml");
const FITTED_BY_WORDS: &str = include_str!("ranking-by-words.toml");

impl Features {
    /// What each feature counts in the ranking, as fitted by `examples/fit`: by words and
    /// meaning, or by words alone.
    ///
    /// # Errors
    /// Where the file of weights that this crate was built with is broken.
    pub fn fitted(has_meaning: bool) -> Result<Self, WeightsError> {
        Self::parse(if has_meaning { FITTED } else { FITTED_BY_WORDS })
    }
}

impl Search {
    /// Indexes `corpus` in memory.
    ///
    /// `progress` is told now and then how many sentences are done.
    ///
    /// # Errors
    /// Where Tantivy fails.
    pub fn build(corpus: &Corpus, mut progress: impl FnMut(usize)) -> Result<Self, IndexError> {
        const PROGRESS_EVERY: usize = 4_096;
        let mut lexicon = Lexicon::new();
        let mut builder = IndexBuilder::new()?;
        for (id, located) in corpus.sentences() {
            if id.index() % PROGRESS_EVERY == 0 {
                progress(id.index());
            }
            if !located.sentence.is_quotable() {
                lexicon.add_sentence("", |_, _| {});
                continue;
            }
            let mut row = Row::default();
            lexicon.add_sentence(located.text(), |surface, stem| {
                row.surfaces.push(surface);
                row.stems.push(stem);
            });
            row.speaker =
                located.sentence.attribution.speaker.map(|speaker| {
                    SpeakerKey { document: located.document_index, speaker }.token()
                });
            builder.add(id, row)?;
        }
        let vocabulary = Vocabulary::new(corpus, &mut lexicon);
        let mut surfaces = Words::default();
        lexicon.surfaces().for_each(|surface| surfaces.push(surface));
        builder.add_vocabulary(surfaces)?;
        let index = builder.finish()?;
        Ok(Self { lexicon, index, vocabulary })
    }

    /// Analyses a question.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn analyze(&self, question: &str) -> Result<Query, IndexError> {
        self.analyzer().analyze(question)
    }

    fn analyzer(&self) -> QuestionAnalyzer<'_> {
        QuestionAnalyzer {
            lexicon: &self.lexicon,
            index: &self.index,
            vocabulary: &self.vocabulary,
        }
    }

    /// How well a sentence answers to each concept of `query`, from 0 to 1.
    #[must_use]
    pub fn held(&self, corpus: &Corpus, query: &Query, id: SentenceId) -> Vec<f32> {
        let mut matcher = Matcher::new(&self.lexicon, query);
        let found = corpus.sentence(id).map(|sentence| matcher.sentence(id.index(), &sentence));
        found.iter().flat_map(|found| found.cover).take(query.concepts.len()).collect()
    }

    /// Whether a sentence, or one beside it, has a word for each fact that `query` asks for.
    #[must_use]
    pub fn tells_facts(&self, corpus: &Corpus, query: &Query, id: SentenceId) -> bool {
        let Some(own) = corpus.sentence(id) else {
            return query.facts.is_empty();
        };
        let from = own.index.saturating_sub(1);
        let near = own.document.sentences().iter().skip(from).take(own.index + 2 - from);
        let texts: Vec<&str> = near.map(|near| near.span.slice(own.document.text())).collect();
        facts::tell(&texts, &query.facts)
    }

    /// How many sentences can be found.
    #[must_use]
    pub fn sentence_count(&self) -> usize {
        self.lexicon.sentence_count() as usize
    }

    /// The terms in common between a question and nothing else; for measuring raw Tantivy.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn raw_top(&self, query: &Query, limit: usize) -> Result<Vec<SentenceId>, IndexError> {
        let literal = query.concepts.iter().filter_map(|concept| concept.variants.first());
        let stems: Vec<&str> = literal
            .flat_map(|variant| &variant.terms)
            .map(|term| self.lexicon.text(*term))
            .collect();
        self.index.best(&stems, limit)
    }
}
