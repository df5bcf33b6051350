//! The engine: a corpus and its index, immutable; a question in, an answer out.

use std::sync::OnceLock;

use super::abstention::Evidence;
use super::excerpt::Excerpt;
use super::follow_up::{Exchange, Inherited};
use super::left_out::LeftOut;
use super::passages::Resolved;
use super::quotation::WordIndex;
use super::speaker::{self, Asked, UnknownSpeaker};
use super::window;
use crate::knowledge::{Corpus, SentenceId};
use crate::search::{
    AnswerKind, Candidate, Features, IndexError, Query, Search, SpeakerKey, WeightsError,
};

/// The most excerpts of an answer.
pub const MAX_EXCERPTS: usize = 5;

/// The fitted weights of the abstention model.
const FITTED: &str = include_str!("abstention.toml");

/// What is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Question<'a> {
    /// The words of the question. Data: nothing in it is query syntax.
    pub text: &'a str,
    /// Only words of this speaker are wanted, by a name as the documents or their annotations
    /// have it; "the author" stands for the author.
    pub speaker: Option<&'a str>,
    /// What was asked and quoted before it, the oldest first. It is used only where the question
    /// points back; see [`Inherited`].
    pub context: &'a [Exchange<'a>],
}

/// What is said to a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Passages that answer, the best first.
    Quoted {
        /// One to [`MAX_EXCERPTS`] excerpts.
        excerpts: Vec<Excerpt>,
        /// How sure it is that the first one answers, from 0 to 1.
        confidence: f32,
        /// What the question took from those before it; `None` where it stands on its own.
        inherited: Option<Inherited>,
    },
    /// The documents do not answer.
    Abstained {
        /// Why nothing is quoted.
        reason: Reason,
        /// The nearest passages in wording; they are no answer.
        nearest: Vec<Excerpt>,
        /// How sure it is that the first one answers, from 0 to 1.
        confidence: f32,
        /// What the question took from those before it; `None` where it stands on its own.
        inherited: Option<Inherited>,
    },
}

/// Why nothing is quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The question holds no word that could be looked for.
    NothingAsked,
    /// Nothing that is asked for stands in the documents.
    NothingFound,
    /// The speaker asked for is named in the documents, which report no words of theirs.
    NoWordsOf {
        /// The speaker's name as printed.
        name: String,
    },
    /// What was found does not answer surely enough.
    NotSureEnough,
}

impl Answer {
    /// How sure it is that the first excerpt answers, from 0 to 1.
    #[must_use]
    pub fn confidence(&self) -> f32 {
        match self {
            Self::Quoted { confidence, .. } | Self::Abstained { confidence, .. } => *confidence,
        }
    }

    /// The ranked passages, whether they answer or are only the nearest.
    #[must_use]
    pub fn passages(&self) -> &[Excerpt] {
        match self {
            Self::Quoted { excerpts, .. } => excerpts,
            Self::Abstained { nearest, .. } => nearest,
        }
    }

    /// First and last sentence of the passage quoted first, as the next question's
    /// [`Exchange`] takes it; empty for an abstention.
    #[must_use]
    pub fn quoted(&self) -> Vec<(SentenceId, SentenceId)> {
        match self {
            Self::Quoted { excerpts, .. } => {
                excerpts.iter().take(1).map(Excerpt::sentences).collect()
            }
            Self::Abstained { .. } => Vec::new(),
        }
    }

    /// What the question took from those before it; `None` where it stands on its own.
    #[must_use]
    pub fn inherited(&self) -> Option<&Inherited> {
        match self {
            Self::Quoted { inherited, .. } | Self::Abstained { inherited, .. } => {
                inherited.as_ref()
            }
        }
    }

    /// Whether nothing is quoted.
    #[must_use]
    pub fn is_abstention(&self) -> bool {
        matches!(self, Self::Abstained { .. })
    }
}

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
    /// The confidence below which an engine abstains, where nobody sets another: chosen on the
    /// development questions, see `src/answer/abstention.toml`.
    pub const DEFAULT_THRESHOLD: f32 = 0.5;

    /// The models as fitted by `examples/fit.rs`.
    ///
    /// # Errors
    /// Where the files that the program was built with are broken.
    pub fn fitted() -> Result<Self, WeightsError> {
        Ok(Self { ranking: Search::fitted_weights()?, abstention: Evidence::parse(FITTED)? })
    }
}

/// A corpus that answers questions. Immutable; shared between threads as it is.
#[derive(Debug)]
pub struct Engine {
    corpus: Corpus,
    search: Search,
    /// Built when the first quotation is checked: most runs check none.
    words: OnceLock<WordIndex>,
    abstention: Evidence,
    threshold: f32,
}

impl Engine {
    /// Indexes `corpus`. Answers below `threshold`, from 0 to 1, become abstentions.
    ///
    /// # Errors
    /// Where the index or the fitted models fail.
    pub fn build(corpus: Corpus, threshold: f32) -> Result<Self, EngineError> {
        Self::with_models(corpus, threshold, Models::fitted()?, |_| {})
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
        let search = Search::build(&corpus, models.ranking, progress)?;
        let words = OnceLock::new();
        Ok(Self { corpus, search, words, abstention: models.abstention, threshold })
    }

    /// The documents.
    #[must_use]
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// The index of the documents.
    #[must_use]
    pub fn search(&self) -> &Search {
        &self.search
    }

    /// Where every word stands.
    pub(super) fn words(&self) -> &WordIndex {
        self.words.get_or_init(|| WordIndex::build(&self.corpus))
    }

    /// Answers a question, or abstains.
    ///
    /// # Errors
    /// Where the speaker asked for is unknown, or the index fails.
    pub fn ask(&self, question: &Question<'_>) -> Result<Answer, AskError> {
        Ok(self.explain(question)?.answer)
    }

    /// As [`Self::ask`], as if the documents had no passages `left_out`, each by its first and
    /// last sentence.
    ///
    /// # Errors
    /// As [`Self::ask`].
    pub fn ask_without(
        &self,
        question: &Question<'_>,
        left_out: &[(SentenceId, SentenceId)],
    ) -> Result<Answer, AskError> {
        Ok(self.explain_without(question, &LeftOut(left_out))?.answer)
    }

    /// Answers a question and says how the answer came about.
    ///
    /// # Errors
    /// As [`Self::ask`].
    pub fn explain(&self, question: &Question<'_>) -> Result<Explanation, AskError> {
        self.explain_without(question, &LeftOut(&[]))
    }

    fn explain_without(
        &self,
        question: &Question<'_>,
        left_out: &LeftOut<'_>,
    ) -> Result<Explanation, AskError> {
        let mut resolved = self.resolve(question)?;
        let asked =
            question.speaker.map(|name| speaker::resolve(&self.corpus, name)).transpose()?;
        if let Some(Asked { speakers, .. }) = &asked {
            resolved.query.speakers.clone_from(speakers);
        }
        let query = &resolved.query;
        // The seam for a further score of each sentence, such as a sentence encoder's.
        let mut candidates = self.search.rank(&self.corpus, query, |_| 0.0)?;
        if let Some(asked) = &asked {
            candidates.retain(|candidate| asked.says_sentence(&self.corpus, candidate.sentence));
        }
        resolved.sift(&self.corpus, &mut candidates);
        left_out.sift(&mut candidates);
        let evidence = Evidence::gather(query, &candidates, self.search.sentence_count());
        let answer = self.decide(&resolved, &candidates, evidence.as_ref(), asked.is_some());
        let answer = left_out.clear(&self.corpus, answer);
        Ok(Explanation { query: resolved.query, candidates, evidence, answer })
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
        let pinned = resolved.pinned(&self.corpus);
        if !pinned.is_empty() && !is_filtered {
            let confidence = f32::midpoint(self.threshold, 1.0);
            return Answer::Quoted { excerpts: pinned, confidence, inherited };
        }
        let confidence = evidence.map_or(0.0, |found| found.confidence(&self.abstention));
        let excerpts = self.excerpts(candidates);
        let reason = if query.is_blank() {
            Reason::NothingAsked
        } else if let Some(name) = self.silent_speaker(query, is_filtered) {
            Reason::NoWordsOf { name }
        } else if excerpts.is_empty() {
            Reason::NothingFound
        } else if confidence < self.threshold || matches_only_a_name(resolved, candidates) {
            Reason::NotSureEnough
        } else {
            return Answer::Quoted { excerpts, confidence, inherited };
        };
        // A rule that forbids answering counts more than the model's score.
        let is_by_rule = confidence >= self.threshold;
        let confidence = if is_by_rule { self.threshold / 2.0 } else { confidence };
        Answer::Abstained { reason, nearest: excerpts, confidence, inherited }
    }

    /// Up to [`MAX_EXCERPTS`] excerpts around the best candidates, none of which overlap.
    fn excerpts(&self, candidates: &[Candidate]) -> Vec<Excerpt> {
        let mut excerpts: Vec<Excerpt> = Vec::new();
        for (position, candidate) in candidates.iter().enumerate() {
            if excerpts.len() == MAX_EXCERPTS {
                break;
            }
            let excerpt = window::excerpt(&self.corpus, candidates, position, &excerpts);
            // Compared with the source once more: what differs is never shown.
            excerpts.extend(excerpt.filter(|excerpt| {
                excerpt.holds(candidate.sentence) && excerpt.is_verbatim(&self.corpus)
            }));
        }
        excerpts
    }

    /// The speaker asked for, where words of theirs are wanted and there are none.
    fn silent_speaker(&self, query: &Query, is_filtered: bool) -> Option<String> {
        let first = query.speakers.first()?;
        let asks_for_theirs = query.asks_for_words && query.kind != Some(AnswerKind::Person);
        let wants_words = is_filtered || asks_for_theirs;
        let has_words = |key: &SpeakerKey| {
            let document = self.corpus.documents().get(key.document);
            document.is_some_and(|document| document.has_words_of(key.speaker))
        };
        if !wants_words || query.speakers.iter().any(has_words) {
            return None;
        }
        let document = self.corpus.documents().get(first.document)?;
        document.speaker(first.speaker).map(|speaker| speaker.name.clone())
    }
}

/// Whether a speaker is named, and nothing of what is asked about them stands near the best
/// candidate: the words of the right person on another matter are no answer.
fn matches_only_a_name(resolved: &Resolved, candidates: &[Candidate]) -> bool {
    let topic_cover = candidates.first().map_or(0.0, |best| best.features.topic_cover);
    let names_someone = !resolved.query.speakers.is_empty() || resolved.is_of_stranger;
    names_someone && topic_cover <= 0.0
}
