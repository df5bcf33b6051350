//! Indexes the sentences of a corpus: terms, names, synonyms and word positions.
//!
//! The only room that names Tantivy. It knows nothing of questions, ranking and answers.

pub(crate) mod gazetteer;
pub(crate) mod lexicon;
pub(crate) mod sentence_index;
pub(crate) mod word_index;

pub use sentence_index::IndexError;

use crate::knowledge::{Corpus, SpeakerKey};
use gazetteer::Gazetteer;
use lexicon::Lexicon;
use sentence_index::{IndexBuilder, Row, SentenceIndex, Words};

/// An index of all quotable sentences of a corpus. Immutable.
#[derive(Debug)]
pub struct CorpusIndex {
    pub(crate) lexicon: Lexicon,
    pub(crate) sentences: SentenceIndex,
    pub(crate) gazetteer: Gazetteer,
}

impl CorpusIndex {
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
            let speaker = located.sentence.attribution.speaker;
            row.speaker =
                speaker.map(|speaker| SpeakerKey { document: located.document_index, speaker });
            builder.add(id, row)?;
        }
        let gazetteer = Gazetteer::new(corpus, &mut lexicon);
        let mut surfaces = Words::default();
        lexicon.surfaces().for_each(|surface| surfaces.push(surface));
        builder.add_vocabulary(surfaces)?;
        let sentences = builder.finish()?;
        Ok(Self { lexicon, sentences, gazetteer })
    }

    /// Returns how many sentences can be found.
    #[must_use]
    pub fn sentence_count(&self) -> usize {
        self.lexicon.sentence_count() as usize
    }
}
