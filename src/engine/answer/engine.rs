//! The engine: a corpus and its index, immutable; a question in, an answer out.

use std::sync::{Arc, OnceLock};

use super::abstention::Evidence;
use super::excerpt::Excerpt;
use super::exclusions::Exclusions;
use super::passages::Resolved;
use super::said::{Answer, Question, Reason};
use super::speaker::{self, SpeakerFilter, UnknownSpeaker};
use super::{byline, guards, multi_passage, window};
use crate::index::CorpusIndex;
use crate::index::IndexError;
use crate::index::word_index::WordIndex;
use crate::knowledge::{Corpus, SentenceId};
use crate::question::{Query, SpokenBy};
use crate::ranking::{Candidate, Features, WeightsError};
use crate::semantic::{CountError, Embedding, Embeddings, Encode, EncoderError};
use crate::text;

/// The most excerpts of an answer.
pub const MAX_EXCERPTS: usize = 5;

/// The most excerpts that are an answer together.
pub const MAX_TOGETHER: usize = 3;

/// The fitted weights of the abstention model, with an encoder and without.
const FITTED: &str = include_str!("abstention.toml");
const FITTED_BY_WORDS: &str = include_str!("abstention-lexical.toml");

/// How an answer came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// What the question was understood to ask for.
    pub query: Query,
    /// The candidates in order of rank, each with its features.
    pub candidates: Vec<Candidate>,
    /// What spoke for and against answering; `None` without candidates.
    pub evidence: Option<Evidence>,
    /// What was said.
    pub answer: Answer,
}

/// A question that cannot be answered or abstained from.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The speaker asked for is not in the documents.
    #[error(transparent)]
    UnknownSpeaker(#[from] UnknownSpeaker),
    /// The index failed.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The sentence encoder failed.
    #[error(transparent)]
    Encoder(#[from] EncoderError),
}

/// An engine that could not be built: a fault of the program, not of the documents.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The index failed.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// The weights that the program was built with are broken.
    #[error(transparent)]
    Weights(#[from] WeightsError),
    /// The vectors are not those of the corpus.
    #[error(transparent)]
    Vectors(#[from] CountError),
}

/// What the fitted models weigh.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Models {
    /// Weights of the ranking.
    pub ranking: Features,
    /// Weights of the abstention model.
    pub abstention: Evidence,
}

impl Models {
    /// The confidence below which an engine abstains, where no one sets another: chosen on the
    /// development questions, see `src/answer/abstention.toml`.
    pub const DEFAULT_THRESHOLD: f32 = 0.5;

    /// Returns the models as fitted by `cargo xtask fit` for engines that go by words and meaning.
    ///
    /// # Errors
    /// Where the files that the program was built with are broken.
    pub fn fitted() -> Result<Self, WeightsError> {
        Ok(Self { ranking: Features::fitted(true)?, abstention: Evidence::parse(FITTED)? })
    }

    /// Returns the models for engines that go by words alone.
    ///
    /// # Errors
    /// As [`Self::fitted`].
    pub fn fitted_lexical() -> Result<Self, WeightsError> {
        let ranking = Features::fitted(false)?;
        Ok(Self { ranking, abstention: Evidence::parse(FITTED_BY_WORDS)? })
    }
}

/// A corpus that answers questions. Immutable; shared between threads as it is, and cheap to clone.
#[derive(Debug, Clone)]
pub struct Engine {
    corpus: Arc<Corpus>,
    index: Arc<CorpusIndex>,
    /// Built when the first quotation is checked: most runs check none.
    words: Arc<OnceLock<WordIndex>>,
    /// `None` for an engine that goes by words alone.
    meaning: Option<Meaning>,
    models: Models,
    threshold: f32,
}

/// What the sentences mean, and the encoder that knows what a question means.
#[derive(Debug, Clone)]
struct Meaning {
    encoder: Arc<dyn Encode>,
    embeddings: Arc<Embeddings>,
}

impl Engine {
    /// Indexes `corpus`; questions are answered by their words. Answers below `threshold`, from 0 to 1, become abstentions.
    ///
    /// # Errors
    /// Where the index or the fitted models fail.
    pub fn build(corpus: Corpus, threshold: f32) -> Result<Self, EngineError> {
        Self::with_models(corpus, threshold, Models::fitted_lexical()?, |_| {})
    }

    /// As [`Self::build`], with models of the caller's; `progress` is told now and then how many
    /// sentences are indexed.
    ///
    /// # Errors
    /// Where the index fails.
    pub fn with_models(
        corpus: Corpus,
        threshold: f32,
        models: Models,
        progress: impl FnMut(usize),
    ) -> Result<Self, EngineError> {
        let index = Arc::new(CorpusIndex::build(&corpus, progress)?);
        let (corpus, words) = (Arc::new(corpus), Arc::default());
        Ok(Self { corpus, index, words, meaning: None, models, threshold })
    }

    /// An engine over the same index that goes by words and meaning. `embeddings` are those of this
    /// corpus, made with `encoder`.
    #[must_use]
    pub fn with_embeddings(
        &self,
        encoder: Arc<dyn Encode>,
        embeddings: Embeddings,
        models: Models,
    ) -> Self {
        let meaning = Some(Meaning { encoder, embeddings: Arc::new(embeddings) });
        Self { meaning, models, ..self.clone() }
    }

    /// The same engine with other models.
    #[must_use]
    pub fn weighing(&self, models: Models) -> Self {
        Self { models, ..self.clone() }
    }

    /// Returns whether it goes by words and meaning, or by words alone.
    #[must_use]
    pub fn has_embeddings(&self) -> bool {
        self.meaning.is_some()
    }

    /// Returns what the evidence counts.
    #[must_use]
    pub fn models(&self) -> &Models {
        &self.models
    }

    /// Returns the documents.
    #[must_use]
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// Returns the index of the documents.
    #[must_use]
    pub fn index(&self) -> &CorpusIndex {
        &self.index
    }

    /// Returns where every word is.
    pub(crate) fn words(&self) -> &WordIndex {
        self.words.get_or_init(|| WordIndex::build(&self.corpus))
    }

    /// Answers a question, or abstains.
    ///
    /// # Errors
    /// Where the speaker asked for is unknown, or the index fails.
    pub fn ask(&self, question: &Question<'_>) -> Result<Answer, AskError> {
        Ok(self.explain(question)?.answer)
    }

    /// As [`Self::ask`], as if the documents had no passages `exclusions`, each by its first and
    /// last sentence.
    ///
    /// # Errors
    /// As [`Self::ask`].
    pub fn ask_without(
        &self,
        question: &Question<'_>,
        exclusions: &[(SentenceId, SentenceId)],
    ) -> Result<Answer, AskError> {
        Ok(self.explain_without(question, &Exclusions(exclusions))?.answer)
    }

    /// Answers a question and says how the answer came about.
    ///
    /// # Errors
    /// As [`Self::ask`].
    pub fn explain(&self, question: &Question<'_>) -> Result<Explanation, AskError> {
        self.explain_without(question, &Exclusions(&[]))
    }

    fn explain_without(
        &self,
        question: &Question<'_>,
        exclusions: &Exclusions<'_>,
    ) -> Result<Explanation, AskError> {
        let text = text::without_politeness(question.text);
        let question = &Question { text: &text, ..*question };
        let mut resolved = self.resolve(question)?;
        let exclusions = [exclusions.0, resolved.exclusions()].concat();
        let exclusions = Exclusions(&exclusions);
        let author = (resolved.query.spoken_by == SpokenBy::Author).then_some(speaker::THE_AUTHOR);
        let name = question.speaker.or(author);
        let asked = name.map(|name| speaker::resolve(&self.corpus, name)).transpose()?;
        if let Some(SpeakerFilter { speakers, .. }) = &asked {
            resolved.query.speakers.clone_from(speakers);
        }
        let query = &resolved.query;
        let vector = self.encoded(question.text, &resolved)?;
        let meaning = self.meaning.as_ref().zip(vector);
        let similarities = meaning.map(|(meaning, vector)| meaning.embeddings.beside(vector));
        let weights = &self.models.ranking;
        let mut candidates =
            self.index.rank(&self.corpus, query, weights, similarities.as_ref())?;
        if let Some(asked) = &asked {
            candidates.retain(|candidate| asked.says_sentence(&self.corpus, candidate.sentence));
        }
        resolved.sift(&self.corpus, &mut candidates);
        exclusions.sift(&mut candidates);
        let evidence = Evidence::gather(query, &candidates, self.index.sentence_count());
        let answer = self.decide(&resolved, &candidates, evidence.as_ref(), asked.is_some());
        let answer = exclusions.clear(&self.corpus, answer);
        Ok(Explanation { query: resolved.query, candidates, evidence, answer })
    }

    /// Returns the meaning of a question, with what it took from those before it. `None` for an
    /// engine that goes by words, and for a question that asks for nothing.
    fn encoded(&self, text: &str, resolved: &Resolved) -> Result<Option<Embedding>, EncoderError> {
        let Some(Meaning { encoder, .. }) = self.meaning.as_ref() else {
            return Ok(None);
        };
        if resolved.query.is_blank() {
            return Ok(None);
        }
        let inherited = resolved.inherited.iter();
        let taken = inherited.flat_map(|taken| taken.speaker.iter().chain(&taken.topic));
        let words: Vec<&str> = std::iter::once(text).chain(taken.map(String::as_str)).collect();
        encoder.encode(&words.join(" ")).map(Some)
    }

    fn decide(
        &self,
        resolved: &Resolved,
        candidates: &[Candidate],
        evidence: Option<&Evidence>,
        is_filtered: bool,
    ) -> Answer {
        let Resolved { query, inherited, .. } = resolved;
        let inherited = inherited.clone();
        let asked_in = guards::other_language(&self.corpus, query);
        let quoted_in = asked_in.map_or_else(Vec::new, |_| guards::languages(&self.corpus));
        let mut pinned = resolved.pinned(&self.corpus);
        if pinned.is_empty() {
            pinned = byline::passages(&self.corpus, query);
        }
        if !pinned.is_empty() && !is_filtered {
            let confidence = f32::midpoint(self.threshold, 1.0);
            let together = 1;
            return Answer::Quoted { excerpts: pinned, together, confidence, inherited, quoted_in };
        }
        let confidence = evidence.map_or(0.0, |found| found.confidence(&self.models.abstention));
        let unsure = (confidence < self.threshold).then_some(Reason::NotSureEnough);
        let forbidden = guards::forbids(self, resolved, candidates, is_filtered);
        let is_forbidden = forbidden.is_some();
        let reason = forbidden.or(unsure);
        let reason = reason.map(|reason| match (reason, asked_in) {
            (Reason::NothingAsked | Reason::NothingFound | Reason::NotSureEnough, Some(asked)) => {
                Reason::OtherLanguage { asked, read: quoted_in.clone() }
            }
            (reason, _) => reason,
        });
        let Some(reason) = reason else {
            let multi_passage = multi_passage::positions(self, query, candidates);
            let excerpts = self.excerpts(candidates, &multi_passage);
            let together = multi_passage.len().clamp(1, excerpts.len().max(1));
            return Answer::Quoted { excerpts, together, confidence, inherited, quoted_in };
        };
        let nearest = self.excerpts(candidates, &[]);
        // A rule that forbids answering counts more than the model's score.
        let confidence =
            if is_forbidden { confidence.min(self.threshold) / 2.0 } else { confidence };
        Answer::Abstained { reason, nearest, confidence, inherited }
    }

    /// Returns up to [`MAX_EXCERPTS`] excerpts around the candidates at the positions `first` and
    /// around the best of the others, none of which overlap.
    fn excerpts(&self, candidates: &[Candidate], first: &[usize]) -> Vec<Excerpt> {
        let mut excerpts: Vec<Excerpt> = Vec::new();
        let others = (0..candidates.len()).filter(|position| !first.contains(position));
        for position in first.iter().copied().chain(others) {
            if excerpts.len() == MAX_EXCERPTS {
                break;
            }
            let excerpt = window::excerpt(&self.corpus, candidates, position, &excerpts);
            // Compared with the source once more: what differs is never shown.
            excerpts.extend(excerpt.filter(|excerpt| {
                let sentence = candidates.get(position).map(|candidate| candidate.sentence);
                sentence.is_some_and(|id| excerpt.holds(id)) && excerpt.is_verbatim(&self.corpus)
            }));
        }
        excerpts
    }
}
